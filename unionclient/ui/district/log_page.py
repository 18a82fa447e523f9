"""The district's own log: what was received, answered, certified and sent down."""

from unionclient.ui.views.log_page import LogPage, Step


class DistrictLogPage(LogPage):
    """The book's ledgers have no pages of their own, so a double click leads nowhere."""

    def _go(self, step: Step) -> None:
        self._show_step()
