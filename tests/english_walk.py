"""The program in English, walked in a process of its own: the language is chosen before the window's modules are read.

Prints {place: [texts that hold a Chinese character, or lie over others]} as JSON: of every page, ledger form and dialog of both windows, of
every blank form on paper, and of the help of every verb. What is data is left out: names of people, bodies and languages, samples in
quotes, and what the examples hand in.
"""

import ast
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
os.environ |= {"QT_QPA_PLATFORM": "offscreen", "UNIONCLIENT_LANGUAGE": "en", "UNIONCLIENT_CONFIG": tempfile.mkdtemp()}

from PySide6.QtCore import QAbstractListModel, QEventLoop, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QHeaderView, QLineEdit, QTabBar, QWidget

from unionclient.definition.words import LANGUAGES
from unionclient.ui.app import make_application
from unionclient.ui.language import TITLE

OFFICER, STREET, DISTRICT = "张三", "东花市街道", "东城区总工会"
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
QUOTED = re.compile('"[^"]*"')
FAULTS: dict[str, str] = {}
_MOST = 60      # entries read of a list


def data() -> list[str]:
    """Texts that stay as they are, the longest first."""
    handed = {node.value for node in ast.walk(ast.parse((HERE / "every_dialog.py").read_text(encoding="utf-8")))
              if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return sorted({*filter(chinese, handed), OFFICER, STREET, DISTRICT, TITLE, *LANGUAGES.values()}, key=len, reverse=True)


def chinese(text: str) -> bool:
    return any("㐀" <= sign <= "鿿" for sign in text)


def told(widget: QWidget) -> Iterator[str]:
    """What `widget` and all in it say, to the eye or to a screen reader."""
    for part in (widget, *widget.findChildren(QWidget)):
        yield from (part.windowTitle(), part.toolTip(), part.accessibleName(), part.accessibleDescription(), part.statusTip(), part.whatsThis())
        for name in ("text", "title", "placeholderText", "toPlainText"):
            said = getattr(part, name, "")
            if not isinstance(part, QLineEdit) or name == "placeholderText":
                yield str(said() if callable(said) else said)
        if isinstance(part, QComboBox):
            yield from (part.itemText(n) for n in range(min(part.count(), _MOST)))
        if isinstance(part, QTabBar):
            yield from (part.tabText(n) + part.tabToolTip(n) for n in range(part.count()))
        if isinstance(part, QAbstractItemView) and not isinstance(part, QHeaderView) and part.model() is not None:
            yield from entries(part.model())
    for action in widget.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def entries(model) -> Iterator[str]:
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
        for role in _SHOWN:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
            yield from (str(model.index(row, column).data(role) or "") for row in range(min(model.rowCount(), _MOST)))


def walk(window) -> Iterator[tuple[str, list[str]]]:
    """Every page, its form of a new record, every dialog."""
    for name in window.specs:
        window.show_page(name)
        while window.desk.jobs.running:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)
        page = window.pages[name]
        if hasattr(page, "open_form"):
            page.open_form()
            page.grid.start_new()
        yield f"page {name}", list(told(page))
    yield "window", list(told(window))


def dialogs(window, made) -> Iterator[tuple[str, list[str]]]:
    for name, make in made.items():
        dialog = make(window)
        yield f"dialog {name}", list(told(dialog))
        dialog.close()


def windows(folder: Path) -> Iterator[tuple[str, list[str]]]:
    import every_dialog

    from unionclient.ui.config import Config
    from unionclient.ui.district.window import DistrictWindow
    from unionclient.ui.main_window import MainWindow
    from unionclient.ui.theme import Look
    from unionclient.workspace import Edit, Workspace
    from unionclient.workspace.district import District

    look = Look(make_application(["unionclient"]), "light", "standard")
    with Workspace.create(folder / "street", street="110101013", officer=OFFICER) as workspace:
        window = MainWindow(workspace, Config(), look)
        yield from walk(window)
        workspace.save("unit", [Edit(None, {"biz_address": name}) for name in ("1 First Road", "2 First Road")])
        window.pages["unit"].refresh(None)
        yield from dialogs(window, every_dialog.STREET)
        window.close()
    with District.create(folder / "district", officer=OFFICER, name=DISTRICT) as district:
        window = DistrictWindow(district, Config(), look)
        yield from walk(window)
        yield from dialogs(window, every_dialog.DISTRICT)
        window.close()


def paper() -> Iterator[tuple[str, list[str]]]:
    """Every form without a record, as the painter writes it; a fault where texts lie over each other or leave the paper."""
    from printing.conftest import assert_apart

    from unionclient.printing import typeset
    from unionclient.definition.library import builtin_library
    from unionclient.printing.painter import Painter
    from unionclient.printing.printer import LAYOUTS, render
    from unionclient.printing.sheet import Job, PrintContext

    pages, (write, end_page) = [[]], (Painter.write, Painter.end_page)

    def watched(self, x, base, text, *, font="UCSong", size=10.5, align="left", grey=0.0):
        wide, high = typeset.width(text, font, size), size * typeset.PT
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[align]
        if text.strip():
            pages[-1].append((left, base - 0.8 * high, left + wide, base + 0.08 * high, text))
        write(self, x, base, text, font=font, size=size, align=align, grey=grey)

    Painter.write, Painter.end_page, Painter.finish = watched, lambda self: (pages.append([]), end_page(self)), lambda self: b""
    library = builtin_library()
    for form in library.forms.values():
        pages[:] = [[]]
        render(LAYOUTS[form.layout, form.options.get("variant", "")], Job(form, library.ledgers[form.ledger], (), PrintContext(), library))
        try:
            assert_apart(pages)
        except AssertionError as fault:
            FAULTS[f"form {form.id}"] = str(fault)
        yield f"form {form.id}", [text for page in pages for *_, text in page]


def helped(command, path: str) -> Iterator[tuple[str, list[str]]]:
    import click

    with click.Context(command, info_name=path) as ctx:
        yield path, [command.get_help(ctx)]
    for name, inner in getattr(command, "commands", {}).items():
        yield from helped(inner, f"{path} {name}")


def main() -> None:
    from unionclient.cli import main as program

    found, kept = {}, data()
    with tempfile.TemporaryDirectory() as folder:
        for place, texts in (*windows(Path(folder)), *paper(), *helped(program, "unionclient")):
            left = set()
            for text in filter(chinese, texts):
                text = QUOTED.sub("", text)
                for name in kept:
                    text = text.replace(name, "")
                left |= {text} if chinese(text) else set()
            found[place] = sorted(left)
    found |= {f"{place}, laid over": [fault] for place, fault in FAULTS.items()}
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
