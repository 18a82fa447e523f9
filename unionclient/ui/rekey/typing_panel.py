"""Where the second reader types: the blind grid, whose name stands for what is typed, and how far one is."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.draft import READER
from unionclient.ui.grid.blind import BlindGrid
from unionclient.ui.grid.blind_model import BlindModel
from unionclient.ui.widgets import button, label
from unionclient.definition.words import _
from unionclient.workspace.rekeying import Round


class TypingPanel(QWidget):
    """`bar` stands at the right of the page's title. `compared`: id of the round whose typed cells were held against the ledger;
    `away`: back to the list of rounds; `told`: how far one is.
    """

    told = Signal(str)
    compared = Signal(str)
    away = Signal()

    def __init__(self, desk: Desk, found: Round, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.round = desk, found
        self.bar = QWidget(self)
        self.reader = QLineEdit(str(desk.config.get(READER, "")), self.bar)
        self.reader.setAccessibleName(_("第二次录入的人"))
        self.reader.setPlaceholderText(_("姓名"))
        self.reader.setMaximumWidth(130)
        self.reader.textChanged.connect(self._named)
        self.reader.returnPressed.connect(self._to_grid)
        self.model = BlindModel(desk, found, self.reader.text(), self)
        self.grid = BlindGrid(desk, self.model, self)
        self.grid.setAccessibleName(_("双录{}").format(self.model.ledger.title))
        self.go = button(_("比对"), self.compare, self.bar, kind="primary", icon="check", tip=_("录完了，与台账里的内容比对（F9）"))
        self.back = button(_("返回"), self.leave, self.bar, icon="left", tip=_("以后再录，已录的都留着（Esc）"))
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (label(_("第二次录入的人"), "muted", self.bar), self.reader, self.back, self.go):
            row.addWidget(widget)
        foot = label(_("照着原件录，Tab 到右边一格，Enter 到下一行；原件上空着的填“-”，录错了重新录或按 Delete。F9 比对，Esc 返回。"), "muted", self)
        foot.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.grid, 1)
        layout.addWidget(foot)
        self.model.dataChanged.connect(self._count)
        self.grid.ended.connect(self.go.setFocus)
        self.grid.left_back.connect(self.reader.setFocus)
        for keys, deed in (("F9", self.compare), ("Escape", self.leave)):
            for place in (self, self.bar):
                shortcut = QShortcut(QKeySequence(keys), place)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(deed)
        self._named()

    def begin(self, record: str = "", field: str = "") -> None:
        """The cursor to a cell, or to the first that nothing was typed into."""
        row = self.model.ids.index(record) if record in self.model.ids else 0
        column = next((n for n, each in enumerate(self.model.fields, 1) if each.id == field), 0)
        self.grid.go_to(self.model.index(row, column) if column else self.model.next_empty(row))
        self._count()
        self.grid.setFocus() if self.reader.text().strip() else self.reader.setFocus()

    def _to_grid(self) -> None:
        self.grid.setFocus()

    def _named(self) -> None:
        """Whoever typed the first time and types again finds his own mistakes least."""
        name = self.reader.text().strip()
        self.model.reader = name
        self.desk.config.put(READER, name)
        self._count()

    def _count(self, *_changed: Any) -> None:
        words = [_("{}，已录 {} / {} 格").format(self.model.ledger.title, f"{len(self.model.typed):,}", f"{self.model.cells:,}")]
        if self.model.reader in ("", self.desk.ws.officer):
            words.append(_("最好由另一个人录"))
        self.told.emit(_("；").join(words))

    def finish_editing(self) -> None:
        self.grid.finish_editing()

    def leave(self) -> None:
        self.finish_editing()
        self.away.emit()

    # comparing ------------------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Ask, since what has been compared cannot be typed again, and compare."""
        self.finish_editing()
        waiting, left = self.model.waiting, self.model.cells - len(self.model.typed)
        if not waiting:
            self.desk.say(_("没有新录的内容可以比对"))
            return
        more = _("还有 {} 格没有录，可以以后接着录。").format(left) if left else _("全部录完了。")
        ask.confirm(self, _("比对"), _("把录好的 {} 格与台账比对吗？").format(waiting), self._compare, yes=_("比对"),
                    more=_("{}比对过的格不能再改；台账不会改动。").format(more))

    def _compare(self) -> None:
        self.desk.jobs.run(_("比对双录的内容"), _Comparing(self.round.id), self._compared, parent=self)

    def _compared(self, numbers: tuple[int, int]) -> None:
        self.desk.say(_("比对了 {} 格，{} 格不一致").format(*numbers))
        self.compared.emit(self.round.id)


class _Comparing:
    """The job."""

    def __init__(self, found: str) -> None:
        self._round = found

    def __call__(self, workspace: Any, _progress: Any) -> tuple[int, int]:
        return workspace.compare_rekeyed(self._round)
