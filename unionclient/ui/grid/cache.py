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
        number, place = divmod(row, PAGE)
        page = self._page if number == self._number else self._turn_to(rowids, number)
        if place >= len(page) or page[place] is None:
            self._fill(page, rowids, number * PAGE)
        return page[place]

    def _turn_to(self, rowids: array, number: int) -> list[Shown | None]:
        page = self._pages.setdefault(number, [])
        self._pages.move_to_end(number)
        if len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        self._number, self._page = number, page
        return page

    def _fill(self, page: list[Shown | None], rowids: array, first: int) -> None:
        """Read what the page lacks, all of it with one question."""
        page.extend([None] * (min(PAGE, len(rowids) - first) - len(page)))
        lacking = [place for place, shown in enumerate(page) if shown is None]
        wanted = [rowids[first + place] for place in lacking]
        found = {record.rowid: record for record in self._source.rows(wanted)}
        gone = Record(self._source.ledger.id, "", dict.fromkeys(self._source.ledger.fields), void=True)
        for place, rowid in zip(lacking, wanted, strict=True):
            page[place] = Shown(found.get(rowid, gone), self._columns)

    def place_of(self, record: str) -> int | None:
        """Where a record stands, if it has been looked at lately."""
        for number, page in reversed(self._pages.items()):
            for place, shown in enumerate(page):
                if shown is not None and shown.record.id == record:
                    return number * PAGE + place
        return None

    def drop(self, row: int) -> None:
        """Forget one row."""
        page = self._pages.get(row // PAGE, [])
        if row % PAGE < len(page):
            page[row % PAGE] = None

    def drop_from(self, row: int) -> None:
        """Forget `row` and all behind it: places have shifted."""
        for number in [n for n in self._pages if n > row // PAGE]:
            del self._pages[number]
        del self._pages.get(row // PAGE, [])[row % PAGE:]
        self._number = -1

    def clear(self) -> None:
        self._pages.clear()
        self._number = -1
