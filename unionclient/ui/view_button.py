"""The button 视图 above a grid: saved views of the ledger, the choice of columns, and how many of them are hidden."""

from typing import Any

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from unionclient.ui import ask, icons
from unionclient.ui.column_dialog import ColumnDialog
from unionclient.ui.saved_views import SavedViews, View
from unionclient.definition.words import _

_LONGEST = 12      # characters of a view's name on the button


class ViewButton(QPushButton):
    """`page` is a LedgerPage: its search, filter, grid and model are what a view remembers and restores."""

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.views = SavedViews(page.desk.ws, page.ledger.id)
        self.setIcon(icons.icon("columns"))
        self.setAutoDefault(False)
        self.setToolTip(_("保存筛选、排序和列的样子，以后一点就回来；选择显示哪些列"))
        self.clicked.connect(self.open_menu)
        page.model.modelReset.connect(self.name_state)
        self.name_state()

    def now(self, name: str = "") -> View:
        """What is in force, as a view."""
        page = self._page
        columns = () if page.model.fields == page.model.all_fields else tuple(field.id for field in page.model.fields)
        return View(name, page.search.text().strip(), page.filter.condition, page.model.source.order, columns)

    def current(self) -> View | None:
        """The saved view that is in force unchanged."""
        now = self.now()
        return next((view for view in self.views.all() if (view.search, view.where, view.order, view.columns)
                     == (now.search, now.where, now.order, now.columns)), None)

    def name_state(self) -> None:
        """The button says which view is in force, else how many columns are hidden."""
        view, hidden = self.current(), len(self._page.model.all_fields) - len(self._page.model.fields)
        name = view.name if view else ""
        short = name if len(name) <= _LONGEST else name[:_LONGEST] + "…"
        self.setText(_("视图：{}").format(short) if view else _("视图（{} 列未显示）").format(hidden) if hidden else _("视图"))

    # menu ---------------------------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        self.menu_now().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_now(self) -> QMenu:
        """The menu as it stands at this moment."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        views, current = self.views.all(), self.current()
        group = QActionGroup(menu)
        for view in views:
            action = menu.addAction(view.name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(current == view)
            action.setData(view.name)
            action.setActionGroup(group)
        group.triggered.connect(self._chosen)
        if views:
            menu.addAction(_("恢复原样"), self.plain)
            menu.addSeparator()
        menu.addAction(_("把现在的样子存为视图…"), self._ask_name)
        if views:
            away = menu.addMenu(_("删除视图"))
            for view in views:
                away.addAction(view.name.replace("&", "&&")).setData(view.name)
            away.triggered.connect(self._drop)
        menu.addSeparator()
        menu.addAction(_("选择显示的列…"), self.choose_columns)
        return menu

    def _chosen(self, action: Any) -> None:
        view = next((view for view in self.views.all() if view.name == action.data()), None)
        if view is not None:
            self.apply(view)

    def apply(self, view: View) -> None:
        """Put a view in force."""
        page = self._page
        page.grid.choose_columns(view.columns)
        page.search.setText(view.search)
        page.grid.order_by(view.order)
        page.filter.narrow_to(view.where)
        self.name_state()

    def plain(self) -> None:
        """No filter, order of entry, all columns."""
        self.apply(View(""))

    def _ask_name(self) -> None:
        ask.line(self, _("保存视图"), _("给现在的筛选、排序和列起个名字："), self.save)

    def save(self, name: str) -> None:
        self.views.put(self.now(name))
        self.name_state()
        self._page.desk.say(_("已保存视图“{}”，在“视图”里可以再选").format(name))

    def _drop(self, action: Any) -> None:
        self.views.drop(action.data())
        self.name_state()
        self._page.desk.say(_("已删除视图“{}”，记录没有变动").format(action.data()))

    def choose_columns(self) -> None:
        page = self._page
        named = page.ledger.label[0] if page.ledger.label else page.model.all_fields[0].id
        ColumnDialog(page.model.all_fields, page.model.fields, named, self._columns_chosen, page).open()

    def _columns_chosen(self, fields: list[str]) -> None:
        self._page.grid.choose_columns(fields)
        self.name_state()
