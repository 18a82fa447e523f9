"""The district's own log: what was received, answered, certified and sent down."""

from unionclient.ui.views.log_page import LogPage, Step
from unionclient.definition.words import _


class DistrictLogPage(LogPage):
    """The book's ledgers have no pages of their own, so a double click leads nowhere."""

    def _show_step(self) -> None:
        super()._show_step()
        if not self.table.picks():
            self.detail.setText(_("选中一步，这里显示它改了什么。"))

    def _go(self, step: Step) -> None:
        self._show_step()
