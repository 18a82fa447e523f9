"""A free text that comes again and again: what was typed before is listed, found by its signs or in pinyin."""

from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.definition.ledger import Field
from unionclient.definition.pinyin import is_pinyin, ranked
from unionclient.ui.editors.choice import ChoiceLine


class EarlierLine(ChoiceLine):
    """Takes any text. Only pinyin is answered by the first match; what was typed in characters stays as typed."""

    def __init__(self, field: Field, parent: QWidget, workspace: Any, *, cell: bool = False) -> None:
        self._workspace = workspace
        self._earlier: list[str] | None = None
        super().__init__(field, parent, cell=cell)

    def entries(self, text: str) -> list[tuple[str, str]]:
        if self._earlier is None:
            self._earlier = self._workspace.earlier_texts(self.field.id)
        wanted = text.casefold()
        found = sorted((t for t in self._earlier if wanted in t.casefold() and t != text), key=lambda t: not t.casefold().startswith(wanted))
        if is_pinyin(text):
            known = set(found)
            found += [t for t in ranked(self._earlier, text, lambda t: (t,)) if t not in known]
        return [(t, t) for t in found]

    def title_of(self, key: str) -> str:
        return key

    def takes_first(self, text: str, entries: list[tuple[str, str]]) -> bool:
        return is_pinyin(text) and text == text.lower() and len(text) > 1
