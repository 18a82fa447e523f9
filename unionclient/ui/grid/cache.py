"""Pages of records around what is on screen, least recently used thrown out first."""

from array import array
from collections import OrderedDict

from unionclient.definition.issue import Issue, Level
from unionclient.definition.record import Record
from unionclient.ui.grid.source import ChildSource, LedgerSource

PAGE = 128   # rows read at once
PAGES = 64   # pages kept


class Shown:
    """A record with what the grid shows of it, worked out when first asked for."""

    __slots__ = ("record", "texts", "issues", "by_field", "marks")

    def __init__(self, record: Record, columns: int) -> None:
        self.record = record
        self.texts: list[str | None] = [None] * columns
        self.issues: list[Issue] | None = None
        self.by_field: dict[str, list[Issue]] = {}
        self.marks: dict[int, Level] = {}           # by column, the gravest; of the whole row in the first


class RowCache:
    """Rows of `source` by their place in the rowid array."""

    def __init__(self, source: LedgerSource | ChildSource, columns: int) -> None:
        self._source = source
        self._columns = columns
        self._pages: OrderedDict[int, list[Shown | None]] = OrderedDict()      # None: changed, to be read again
        self._number, self._page = -1, []       # the page last asked for: nearly always the next one, too

    def row(self, rowids: array, row: int) -> Shown:
        number = row // PAGE
        page = self._page if number == self._number else self._turn_to(rowids, number)
        shown = page[row - number * PAGE]
        if shown is None:
            shown = page[row - number * PAGE] = self._read(rowids[row:row + 1])[0]
        return shown

    def _turn_to(self, rowids: array, number: int) -> list[Shown | None]:
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._read(rowids[number * PAGE:(number + 1) * PAGE])
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        self._number, self._page = number, page
        return page

    def _read(self, rowids: array) -> list[Shown]:
        found = {record.rowid: record for record in self._source.rows(rowids)}
        gone = Record(self._source.ledger.id, "", dict.fromkeys(self._source.ledger.fields), void=True)
        return [Shown(found.get(rowid, gone), self._columns) for rowid in rowids]

    def drop(self, row: int) -> None:
        """Forget one row."""
        page = self._pages.get(row // PAGE)
        if page is not None and row % PAGE < len(page):
            page[row % PAGE] = None

    def drop_from(self, row: int) -> None:
        """Forget the page of `row` and all behind it: places have shifted."""
        for number in [n for n in self._pages if n >= row // PAGE]:
            del self._pages[number]
        self._number = -1

    def clear(self) -> None:
        self._pages.clear()
        self._number = -1
