"""The page of re-keying: the rounds, the blind grid of one of them, or the list of its disagreements."""

from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.rekey.begin_dialog import BeginDialog
from unionclient.ui.rekey.differences_panel import DifferencesPanel, read_list
from unionclient.ui.rekey.rounds_panel import Listed, RoundsPanel, read_rounds
from unionclient.ui.rekey.typing_panel import TypingPanel
from unionclient.ui.views.frame import View
from unionclient.definition.words import _
from unionclient.workspace.rekeying import Round


class RekeyPage(View):
    """`open_at(round=id)` goes to its blind grid, with `record` and `field` to a cell of it."""

    title = _("双录核对")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rounds = RoundsPanel(desk, self)
        self.differences = DifferencesPanel(desk, self)
        self.typing: TypingPanel | None = None
        self._ending = ""
        for panel in (self.rounds, self.differences):
            self.body.addWidget(panel, 1)
        self.sight: QWidget = self.rounds       # the one panel that is shown
        self.head.addWidget(self.differences.bar)
        for hidden in (self.differences, self.differences.bar):
            hidden.hide()
        self.differences.told.connect(self.note.setText)
        self.rounds.typing_wanted.connect(self.type_on)
        self.rounds.list_wanted.connect(self.show_list)
        self.rounds.end_wanted.connect(self._ask_end)
        self.rounds.new_wanted.connect(self._new)
        self.differences.away.connect(self.show_rounds)
        self.differences.again.connect(self._read_again)

    def topic(self) -> tuple[str, str]:
        """(ledger, field) that help is wanted for."""
        if self.typing is not None:
            field = self.typing.model.field(self.typing.grid.currentIndex().column())
            return self.typing.model.ledger.id, field.id if field else ""
        here = self.differences.round if self.sight is self.differences else None
        return (here.ledger if here else next(iter(self.desk.ws.library.ledgers))), ""

    def shows_step(self, changes: Any) -> bool:
        """True if a step taken back is seen here, so that nobody need be led to the ledger."""
        return self.sight is self.differences and self.differences.round.ledger in changes.ledgers

    def refresh(self, changes: Any) -> None:
        if self.typing is None and (changes is None or self.sight is self.rounds
                                    or self.differences.round.ledger in changes.ledgers):
            self._read_again()

    def open_at(self, round: str = "", record: str = "", field: str = "", **_more: Any) -> None:
        if round:
            self.type_on(round, record, field)
        elif self.typing is None:
            (self.differences if self.sight is self.differences else self.rounds).setFocus()

    def leave(self) -> None:
        """Keep what is being typed before another page is shown."""
        if self.typing is not None:
            self.typing.finish_editing()

    # the three sights -----------------------------------------------------------------------------------------------

    def _read_again(self) -> None:
        if self.sight is self.differences:
            self.read(_("读取不一致清单"), read_list(self.differences.round.id), self._put_list)
        else:
            self.read(_("读取双录"), read_rounds, self._put_rounds)

    def _put_rounds(self, listed: list[Listed]) -> None:
        self.rounds.put(listed)

    def _put_list(self, told: Any) -> None:
        self.differences.put(*told)

    def _show(self, panel: QWidget) -> None:
        """One of the sights, with its buttons beside the title."""
        self.note.setText("")
        self.differences.bar.setVisible(panel is self.differences)
        self.sight.hide()
        self.sight = panel
        panel.show()

    def show_rounds(self) -> None:
        self._end_typing()
        self._show(self.rounds)
        self.rounds.table.setFocus()
        self._read_again()

    def type_on(self, found: str, record: str = "", field: str = "") -> None:
        """The blind grid of a round."""
        self._end_typing()
        self.typing = TypingPanel(self.desk, self.desk.ws.rekey_round(found), self)
        self.typing.away.connect(self.show_rounds)
        self.typing.compared.connect(self.show_list)
        self.typing.told.connect(self.note.setText)
        self.body.addWidget(self.typing, 1)
        self._show(self.typing)
        self.head.addWidget(self.typing.bar)
        self.typing.bar.show()
        for before, after in ((self.typing.reader, self.typing.grid), (self.typing.grid, self.typing.go), (self.typing.go, self.typing.back)):
            QWidget.setTabOrder(before, after)
        self.typing.begin(record, field)

    def show_list(self, found: str) -> None:
        """The disagreements of a round."""
        self._end_typing()
        self._show(self.differences)
        self.differences.table.setFocus()
        self.read(_("读取不一致清单"), read_list(found), self._put_list)

    def _end_typing(self) -> None:
        if self.typing is not None:
            typing, self.typing = self.typing, None
            typing.finish_editing()
            self.head.removeWidget(typing.bar)
            self.body.removeWidget(typing)
            typing.bar.deleteLater()
            typing.deleteLater()

    # beginning and ending -------------------------------------------------------------------------------------------

    def _new(self) -> None:
        here = next((each.result.round.ledger for each in self.rounds.table.picks()), "")
        BeginDialog(self.desk, here, self._begun, self).open()

    def _begun(self, begun: Round) -> None:
        self.type_on(begun.id)

    def _ask_end(self, here: Listed) -> None:
        total, self._ending = here.result.total, here.result.round.id
        left = total.cells - total.compared
        words = _("结束后不能再录入。") if total.compared else _("这一轮还没有比对过，录好的 {} 格会丢掉。").format(total.typed)
        more = _("还有 {} 格没有比对。").format(left) if left and total.compared else ""
        ask.confirm(self, _("结束这一轮"), _("结束{}的这一轮双录吗？").format(here.ledger), self._end, yes=_("结束"),
                    more=_("{}{}台账不会改动。").format(words, more), grave=True)

    def _end(self) -> None:
        self.desk.ws.close_rekey(self._ending)
        self.show_rounds()
