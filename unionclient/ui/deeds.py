"""What can be done in the window now, each by its name: the buttons of the page in sight and the keys of its grid."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QWidget

from unionclient.ui.grid.keys import KEYS


@dataclass(frozen=True, slots=True)
class Deed:
    """`title` as the button or the key is called, `keys` its keys or ""."""

    title: str
    keys: str
    do: Callable[[], None]


def deeds(page: QWidget | None) -> list[Deed]:
    """Buttons that can be pressed now, then the keys of the page's grid; one title once."""
    if page is None:
        return []
    found = [Deed(button.text().rstrip("…"), "", partial(QTimer.singleShot, 0, button.click))  # a dialog may follow: not from inside the list
             for button in page.findChildren(QAbstractButton)
             if button.text().strip() and button.isVisibleTo(page) and button.isEnabled() and not button.isCheckable()]
    grid = getattr(page, "grid", None)
    if grid is not None:
        found += [Deed(title, keys.replace("Return", "Enter"), partial(QTimer.singleShot, 0, getattr(grid, verb)))  # the grid has the keyboard again by then
                  for keys, (verb, title) in KEYS.items()]
    return list({deed.title: deed for deed in reversed(found)}.values())[::-1]
