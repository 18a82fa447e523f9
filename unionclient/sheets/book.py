"""`Book`: the cells of a foreign workbook as plain Python values, addressed as Excel addresses them.

Row and column numbers are 0-based and count from A1, even where the used range begins later.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Cell = Any                      # str | int | float | bool | date | datetime | time | timedelta | None
Span = tuple[int, int, int, int]  # first row, first column, last row, last column; all inclusive

NOT_CALCULATED = "公式"          # a fault that is no Excel error: a formula that no program ever worked out


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of this PC a foreign file may take before it is given up."""

    seconds: float = 60.0
    memory: int = 1_500_000_000         # bytes of address space of the reading process (POSIX)
    file_size: int = 200_000_000        # bytes on disk
    unpacked: int = 300_000_000         # bytes all members of a zip container claim together
    ratio: int = 200                    # unpacked to packed, once it is over 20 MB
    members: int = 5_000                # files inside a zip container
    cells: int = 30_000_000             # cells of one sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, column by column; all columns are equally long, an empty cell is None.

    `faults` names cells that show an error ("#N/A") or a formula without a result (`NOT_CALCULATED`);
    such a cell is None in `columns`. `date1904`: plain numbers that are dates count from 1904.
    """

    name: str
    columns: tuple[tuple[Cell, ...], ...]
    visible: bool = True
    merges: tuple[Span, ...] = ()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    date1904: bool = False
    text_only: bool = False             # cells come from a text file: nothing in them is typed

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    @property
    def width(self) -> int:
        return len(self.columns)

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """All rows; made anew at every call."""
        return list(zip(*self.columns))

    def row(self, number: int) -> tuple[Cell, ...]:
        return tuple(column[number] for column in self.columns)

    def first_rows(self, count: int) -> Iterator[tuple[Cell, ...]]:
        for number in range(min(count, self.height)):
            yield self.row(number)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read: its sheets, the SHA-256 of the very bytes that were read, and what to tell the officer."""

    sheets: tuple[Sheet, ...]
    sha256: str
    name: str = ""                      # file name without folder
    kind: str = ""                      # "xlsx" "xls" "xlsb" "ods" "csv"
    notes: tuple[str, ...] = ()


def letter(column: int) -> str:
    """0 → "A", 26 → "AA"."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """(16, 3) → "D17"."""
    return f"{letter(column)}{row + 1}"


def shown(cell: Cell) -> str:
    """A cell as text, the way a person would read it; "" for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return format(cell, ".0f") if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if hasattr(cell, "hour") and hasattr(cell, "year"):
        return cell.isoformat(" ", "minutes") if (cell.hour, cell.minute, cell.second) != (0, 0, 0) else cell.date().isoformat()
    return str(cell)
