"""Which input serves which field type."""

from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.definition.ledger import Field
from unionclient.ui.editors.choice import BoolLine, CodeLine, ReferenceLine
from unionclient.ui.editors.dates import DateLine
from unionclient.ui.editors.earlier import EarlierLine
from unionclient.ui.editors.line import FieldLine, FieldText
from unionclient.ui.editors.several import CodesLine

PARAGRAPH = 200  # a longer text has a paragraph in the form


def make_input(field: Field, workspace: Any, parent: QWidget, *, cell: bool = False) -> FieldLine | FieldText:
    """The input for `field`; `cell`: inside the grid. Attachments have no line and are handled by the form."""
    match field.type:
        case "date":
            return DateLine(field, parent, cell=cell)
        case "code":
            return CodeLine(field, parent, cell=cell)
        case "bool":
            return BoolLine(field, parent, cell=cell)
        case "codes":
            return CodesLine(field, parent, cell=cell)
        case "reference":
            return ReferenceLine(field, parent, workspace, cell=cell)
        case "text" if field.repeats:
            return EarlierLine(field, parent, workspace, cell=cell)
        case "text" if field.length > PARAGRAPH and not cell:
            return FieldText(field, parent)
        case _:
            return FieldLine(field, parent, cell=cell)
