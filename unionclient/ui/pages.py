"""The pages of the window: one for each ledger of the menu, and those listed in `WORK_PAGES`.

A page is a QWidget that follows the `Page` protocol. To add one: write its module, add a line to `WORK_PAGES`.
`make` imports the page's module itself, so that a page costs nothing until it is opened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from unionclient.definition.ledger import Library
from unionclient.ui.desk import Desk
from unionclient.definition.words import _


class Page(Protocol):
    """What the window needs of a page, besides its being a QWidget."""

    title: str

    def refresh(self, changes: Any) -> None:
        """Show again what `changes` (a `Changes`, or None for everything) names; called only while visible or on show."""

    def open_at(self, **where: Any) -> None:
        """Show a place: {"record": id, "field": id} on a ledger page; other pages name their own keys."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page that can be opened: `make(desk, parent)` builds it at its first opening; `icon` is a name of `icons`."""

    id: str
    title: str
    group: str
    icon: str
    make: Callable[[Desk, QWidget], QWidget]
    inset: bool = False                 # belongs to the page above it: a child ledger


@dataclass(frozen=True, slots=True)
class _LedgerPages:
    """Makes the page of one ledger."""

    ledger: str

    def __call__(self, desk: Desk, parent: QWidget) -> QWidget:
        from unionclient.ui.ledger_page import LedgerPage

        return LedgerPage(desk, self.ledger, parent)


@dataclass(frozen=True, slots=True)
class Lazily:
    """Makes a page from "module:Class" when it is first opened."""

    target: str

    def __call__(self, desk: Desk, parent: QWidget) -> QWidget:
        from importlib import import_module

        module, _colon, name = self.target.partition(":")
        return getattr(import_module(module), name)(desk, parent)


# Screen order after the ledgers. E.g. PageSpec("check", _("检查"), _("核对与上报"), "check", Lazily("unionclient.ui.check_page:CheckPage"))
WORK_PAGES: tuple[PageSpec, ...] = (
    PageSpec("home", _("首页"), _("核对与上报"), "home", Lazily("unionclient.ui.views.home_page:HomePage")),
    PageSpec("import", _("导入"), _("核对与上报"), "import", Lazily("unionclient.ui.views.import_page:ImportPage")),
    PageSpec("collect", _("单位填报"), _("核对与上报"), "folder", Lazily("unionclient.ui.views.collect_page:CollectPage")),
    PageSpec("rekey", _("双录核对"), _("核对与上报"), "rekey", Lazily("unionclient.ui.rekey.page:RekeyPage")),
    PageSpec("check", _("检查"), _("核对与上报"), "check", Lazily("unionclient.ui.views.check_page:CheckPage")),
    PageSpec("figures", _("指标"), _("核对与上报"), "figures", Lazily("unionclient.ui.views.figures_page:FiguresPage")),
    PageSpec("score", _("考核评分"), _("核对与上报"), "award", Lazily("unionclient.ui.views.score_page:ScorePage")),
    PageSpec("print", _("打印"), _("核对与上报"), "print", Lazily("unionclient.ui.views.print_page:PrintPage")),
    PageSpec("submit", _("报送"), _("核对与上报"), "submit", Lazily("unionclient.ui.views.submit_page:SubmitPage")),
    PageSpec("keys", _("钥匙与证书"), _("核对与上报"), "key", Lazily("unionclient.ui.views.keys_page:KeysPage")),
    PageSpec("settings", _("统计口径"), _("核对与上报"), "columns", Lazily("unionclient.ui.views.settings_page:SettingsPage")),
    PageSpec("log", _("操作日志"), _("核对与上报"), "log", Lazily("unionclient.ui.views.log_page:LogPage")),
)


def all_pages(library: Library) -> tuple[PageSpec, ...]:
    """Every page in screen order; a ledger's page has the ledger's id."""
    ledgers = tuple(PageSpec(ledger.id, ledger.title, ledger.group or _("台账"), "ledger", _LedgerPages(ledger.id),
                             ledger.parent is not None)
                    for ledger in library.ledgers.values() if ledger.menu)
    return ledgers + WORK_PAGES
