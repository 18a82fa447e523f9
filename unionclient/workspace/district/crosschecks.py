"""What no street can see alone: one unit or person in two of them, transfers that only one side knows.

Reads the shelves of a period's current packages side by side; nothing is stored. Limits: persons whose numbers are masked are
held together by name, birth date and what the mask leaves, so such a finding is a hint; a transfer is found by the names of streets in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.assessment.periods import read_period
from unionclient.definition.formats import name_key
from unionclient.definition.ledger import Library
from unionclient.definition.words import _, marked
from unionclient.store.database import Store
from unionclient.store.shelf import opened_shelf
from unionclient.workspace.district import bodies
from unionclient.workspace.district.consolidating import CONSOLIDATED, index_of
from unionclient.workspace.district.facts import Body, CrossFinding, Place

TITLES = {
    "C01": marked("同一信用代码的单位在两个街道"),
    "C02": marked("同名单位在两个街道"),
    "C03": marked("同一人在两个街道是在籍会员"),
    "C04": marked("划转只有一方登记"),
    "C05": marked("会员转出后，接收街道没有这名会员"),
}
_OUT, _IN = "1", "2"
_UNITS = "SELECT id, uscc, name FROM unit WHERE void = 0 AND name IS NOT NULL AND coalesce(biz_status, '1') IN ('1', '2') ORDER BY id"
_MEMBERS = "SELECT id, id_no, name, birth_date FROM membership WHERE void = 0 AND status = ? AND id_no IS NOT NULL ORDER BY id"
_TRANSFERS = """
SELECT t.id, CASE WHEN t.case_type IN ('1', '4') THEN '1' WHEN t.case_type = '3' THEN '2' ELSE t.direction END,
       t.from_org, t.to_org, o.name, u.uscc
FROM affiliation_transfer t LEFT JOIN union_org o ON o.id = t.union_id LEFT JOIN unit u ON u.id = o.unit_id
WHERE t.void = 0 AND t.status = '4' ORDER BY t.id"""
_LEAVERS = """
SELECT m.id, m.id_no, m.name, m.birth_date, e.to_union FROM membership_event e JOIN membership m ON m.id = e.parent_id
WHERE e.void = 0 AND m.void = 0 AND e.event = '2' AND m.status = '3' AND e.to_union IS NOT NULL AND m.id_no IS NOT NULL ORDER BY m.id, e.id"""
_UNIONS = "SELECT name FROM union_org WHERE void = 0 AND name IS NOT NULL"

Person = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Town:
    """What was read of all streets of a period: (body, row) lists."""

    units: Sequence[tuple[Body, tuple]]
    members: Sequence[tuple[Body, tuple]]
    transfers: Sequence[tuple[Body, tuple]]
    leavers: Sequence[tuple[Body, tuple]]
    unions: dict[str, set[str]]


def cross_checks(store: Store, code: str, progress: Callable | None = None) -> list[CrossFinding]:
    """Findings of all checks, by check and first place."""
    town = _read(store, read_period(code).code, progress)
    names = _street_names(store.library)
    checks = (_same_unit(town), _same_name(town), _same_person(town), _one_sided(town, names), _never_arrived(town))
    return [finding for found in checks for finding in found]


def _read(store: Store, period: str, progress: Callable | None) -> _Town:
    with index_of(store) as index:
        packages = index.execute("SELECT street, shelf FROM package WHERE period = ? AND current = 1 ORDER BY street", (period,)).fetchall()
    read: dict[str, list] = {name: [] for name in ("units", "members", "transfers", "leavers")}
    unions: dict[str, set[str]] = defaultdict(set)
    for done, (street, shelf) in enumerate(packages):
        body = bodies.body(store.library, street)
        if progress:
            progress(_("核对{name}").format(name=body.name), done, len(packages))
        with opened_shelf(store.folder / CONSOLIDATED / shelf, store.library) as opened:
            ask = opened.connection.execute
            read["units"] += [(body, row) for row in ask(_UNITS)]
            read["members"] += [(body, row) for row in ask(_MEMBERS, ("1",))]
            read["transfers"] += [(body, row) for row in ask(_TRANSFERS)]
            read["leavers"] += [(body, row) for row in ask(_LEAVERS)]
            for name, in ask(_UNIONS):
                unions[name_key(name)].add(street)
    return _Town(**read, unions=dict(unions))


def _gathered(rows: Iterable[tuple[Body, tuple]], key: Callable[[tuple], Any]) -> Iterator[tuple[Any, list[tuple[Body, tuple]]]]:
    """Rows with the same key (not None) that stand in more than one body."""
    first: dict[Any, tuple[Body, tuple]] = {}          # nearly every key stands once: no list for those
    more: dict[Any, list[tuple[Body, tuple]]] = {}
    for place in rows:
        if (same := key(place[1])) is not None and first.setdefault(same, place) is not place:
            more.setdefault(same, [first[same]]).append(place)
    for same, places in more.items():
        if len({body.code for body, _row in places}) > 1:
            yield same, places


def _names(places: Iterable[tuple[Body, tuple]]) -> str:
    return _("、").join(dict.fromkeys(body.name for body, _row in places))


def _same_unit(town: _Town) -> Iterator[CrossFinding]:
    for code, places in _gathered(town.units, lambda row: row[1]):
        yield _finding("C01", "explain", _("{unit}（{code}）登记在{streets}，建会和会员可能被重复统计").format(
            unit=places[0][1][2], code=code, streets=_names(places)), "unit",
                       [(body, row[0], row[2]) for body, row in places])


def _same_name(town: _Town) -> Iterator[CrossFinding]:
    """Same name, where not all bear the same code: those are C01's."""
    for _key, places in _gathered(town.units, lambda row: name_key(row[2])):
        codes = {row[1] for _body, row in places}
        if len(codes) > 1 or codes == {None}:
            told = _("{unit}登记在{streets}，信用代码不同") if None not in codes else _("{unit}登记在{streets}，有的没有填信用代码")
            yield _finding("C02", "hint", told.format(unit=places[0][1][2], streets=_names(places)), "unit", [(body, row[0], row[2]) for body, row in places])


def _person(number: str, name: str | None, born: str | None) -> Person:
    """Who a member is: by the number alone where it is whole."""
    return (number.partition("·")[0], name_key(name) or "", born or "") if "*" in number else (number, "", "")


def _same_person(town: _Town) -> Iterator[CrossFinding]:
    for person, places in _gathered(town.members, lambda row: _person(*row[1:4])):
        masked = "*" in person[0]
        told = _("{name}在{streets}都是在籍会员（号码已遮盖，按姓名、出生日期和号码首尾核对）") if masked else _("{name}在{streets}都是在籍会员")
        yield _finding("C03", "hint" if masked else "explain", told.format(name=places[0][1][2], streets=_names(places)), "membership",
                       [(body, row[0], row[2] or "") for body, row in places])


def _street_names(library: Library) -> dict[str, tuple[str, ...]]:
    """Body code → the words by which a text names it, its title first."""
    found = {}
    for listed in ("street", "reporting_body"):
        for code in library.codes[listed].codes.values() if listed in library.codes else ():
            found[code.code] = (code.title, *(alias for alias in code.aliases if not alias.isdigit() and len(alias) > 2))
    return found


def _named(text: str | None, names: dict[str, tuple[str, ...]]) -> str | None:
    return next((code for code, words in names.items() if text and any(word in text for word in words)), None)


def _one_sided(town: _Town, names: dict[str, tuple[str, ...]]) -> Iterator[CrossFinding]:
    """A finished transfer to (or from) a street that handed in, which has no transfer of that union from (to) here."""
    there = {body.code for body, _row in (*town.units, *town.members, *town.transfers)}
    known = {(body.code, row[1], key) for body, row in town.transfers for key in (name_key(row[4]), row[5]) if key}
    for body, row in town.transfers:
        record, direction, from_org, to_org, union, uscc = row
        other = _named(to_org if direction == _OUT else from_org, names) if direction in (_OUT, _IN) else None
        if other is None or other == body.code or other not in there:
            continue
        wanted = _IN if direction == _OUT else _OUT
        if not any((other, wanted, key) in known for key in (name_key(union), uscc) if key):
            name = names[other][0]
            told = (_("{union}：{here}登记划出到{there}，{there}没有登记划入") if direction == _OUT else
                    _("{union}：{here}登记从{there}划入，{there}没有登记划出"))
            yield _finding("C04", "explain", told.format(union=union or _("（未写工会）"), here=body.name, there=name), "affiliation_transfer", [(body, record, union or "")])


def _never_arrived(town: _Town) -> Iterator[CrossFinding]:
    """Moved to a union that exactly one other street has, where nobody of that number is a member."""
    members = {(body.code, _person(*row[1:4])) for body, row in town.members}
    for body, row in town.leavers:
        streets = town.unions.get(name_key(row[4]), set()) - {body.code}
        if len(streets) == 1 and (next(iter(streets)), _person(*row[1:4])) not in members:
            yield _finding("C05", "hint", _("{name}由{street}转到{union}，那里没有这名在籍会员").format(
                name=row[2], street=body.name, union=row[4]), "membership", [(body, row[0], row[2] or "")])


def _finding(check: str, level: str, message: str, ledger: str, places: Sequence[tuple[Body, str, str]]) -> CrossFinding:
    return CrossFinding(check, _(TITLES[check]), level, message, tuple(Place(body.code, body.name, ledger, record, label) for body, record, label in places))
