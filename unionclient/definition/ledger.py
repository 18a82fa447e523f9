"""What a ledger is: frozen descriptions of ledgers, fields, rules, code lists, checks and feeds.

Built by `loader` from `forms/*.toml`; nothing here reads a file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field as _field
from typing import Any

from unionclient.definition.condition import Condition
from unionclient.definition.issue import Level
from unionclient.definition.words import CHINESE, _, language


PARENT = "parent_id"
"""Where a child row's parent stands, in a row of the store and among the fields of a grid."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list: stored `code`, shown `title`, `aliases` accepted on input."""

    code: str
    title: str
    aliases: tuple[str, ...] = ()
    retired: bool = False
    facts: Mapping[str, Any] = _field(default_factory=dict)  # further columns, e.g. grade of a checklist item


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of codes; order is the screen order."""

    id: str
    title: str
    codes: Mapping[str, Code]
    std: str = ""
    version: str = ""

    def title_of(self, code: str) -> str:
        found = self.codes.get(code)
        return found.title if found else code


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a ledger. `type` names a value class in `values.TYPES`."""

    id: str
    title: str
    type: str = "text"
    required: bool = False
    codes: CodeList | None = None
    ref: str | None = None              # ledger id a reference points to
    aliases: tuple[str, ...] = ()       # other headings offices use
    length: int = 200                   # longest text, in characters
    min: int | str | None = None        # smallest number, or earliest date (ISO)
    max: int | str | None = None
    places: int = 0                     # decimals of type "decimal"
    format: str | None = None           # normaliser and check of `formats.FORMATS`, for text
    format_when: Condition | None = None  # the format is checked only where this holds
    personal: str | None = None         # "id" | "phone" | "name" | "address" | "health" | "content"
    default: Any = None
    fill: str | None = None             # text template for an empty value, e.g. "{unit_id}工会委员会"
    unit: str = ""                      # 人, 元, ㎡ … as written, for amounts are read by it; said behind the title
    group: str = ""                     # heading of the field's block in the record form
    help: str = ""
    width: int = 12                     # characters, for grid and sheet
    readonly: bool = False              # computed or set by the program
    computed: str | None = None         # SQL expression over columns of the same row; never typed nor imported
    printed: bool = True
    sent: bool = True                   # False: stays with the street, in no package
    repeats: bool = False               # a text that comes again and again: its input lists what was typed before
    rekey: bool | None = None           # proposed for typing a second time (双录); None: by its type, see `twice`
    retired: bool = False

    @property
    def heading(self) -> str:
        return _("{title}（{unit}）").format(title=self.title, unit=_(self.unit)) if self.unit else self.title

    @property
    def retyped(self) -> bool:
        """May be typed a second time and held against what stands."""
        return not (self.retired or self.readonly or self.computed is not None or self.type == "attachment")

    @property
    def twice(self) -> bool:
        """Proposed for that: as the definition says, else numbers on certificates, amounts and dates."""
        if not self.retyped or self.rekey is not None:
            return self.retyped and bool(self.rekey)
        return (self.type in ("money", "decimal", "date") or (self.type == "int" and bool(self.unit)) or self.personal == "id"
                or self.format in ("uscc", "union_uscc", "resident_id", "doc_no"))


@dataclass(frozen=True, slots=True)
class Rule:
    """A row rule: a `kind` of the closed vocabulary in `validation.rules`, its fields and options."""

    id: str
    kind: str
    fields: tuple[str, ...]
    message: str
    level: Level = Level.BLOCK
    when: Condition | None = None
    options: Mapping[str, Any] = _field(default_factory=dict)
    mend: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A second ledger that a row of a flat workbook feeds.

    `into` is the field of the fed-from ledger that takes the found or made record's id
    (parent and reference feeds come before the main record); `link` is the field of the fed ledger
    that takes the main record's id (feeds after it). `columns` maps the fed ledger's field to headings;
    `copy` maps its field to a field of the main ledger; `constants` are fixed values.
    """

    ledger: str
    into: str | None = None
    link: str | None = None
    columns: Mapping[str, tuple[str, ...]] = _field(default_factory=dict)
    copy: Mapping[str, str] = _field(default_factory=dict)
    constants: Mapping[str, Any] = _field(default_factory=dict)
    make: bool = True                   # False: find only, never make


@dataclass(frozen=True, slots=True)
class Steps:
    """A status machine: from each state of `field`, the states a person may set next. A state without steps is final.

    A new record may start anywhere, and what follows from another ledger (`Follow`) may set any state.
    """

    field: str
    steps: Mapping[str, tuple[str, ...]]

    def allows(self, before: str, after: str) -> bool:
        return before == after or after in self.steps.get(before, ())

    def leads(self, before: str, after: str) -> bool:
        """True if `after` can be reached in any number of steps: a sheet shows only the last of them."""
        seen, waiting = {before}, [before]
        while waiting:
            for state in self.steps.get(waiting.pop(), ()):
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
        return after in seen


@dataclass(frozen=True, slots=True)
class Follow:
    """A step in another ledger that follows from a record by itself, in the same undo step.

    It fires when the record comes to fulfil `when`. With `each`, once for every child row of that ledger fulfilling
    `each_when`. Targets are the alive rows of `ledger` that agree in `match` (their column → template over the cause)
    and fulfil `where`; they get `set` (column → template). `make` makes one where none is found; with `once` only if
    no row agrees in `match` at all. Templates: a literal, `{field}`, `{child.field}`, `{reference.field}`,
    `{parent_id.field}`, and a day before or after: `{founded_on-1d}`.
    """

    id: str
    title: str
    when: Condition
    ledger: str
    match: Mapping[str, str]
    where: Condition = Condition()
    set: Mapping[str, str] = _field(default_factory=dict)
    each: str | None = None
    each_when: Condition = Condition()
    make: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice the source leaves to the street; the first of `choices`, or `default`, holds until another is made.

    kind: "choice" | "number" | "text". `choices`: value → words.
    """

    id: str
    title: str
    kind: str
    default: str
    choices: Mapping[str, str] = _field(default_factory=dict)
    group: str = ""
    help: str = ""
    source: str = ""

    def words(self, value: str | None) -> str:
        """The chosen value as printed under a table."""
        chosen = value or self.default
        return self.choices.get(chosen, chosen)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rows proposed for a year, one for each code of the list `codes` but those `left_out`.

    `set` holds typed texts in which {code}, {title}, {year}, the facts of the code and {target} (what the street is to
    reach in the figure of that name) are filled in. A row that agrees in the fields `same`, and by the date `year_of`
    belongs to the year, is there already.
    """

    title: str
    codes: str
    set: Mapping[str, str]
    same: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    year_of: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One ledger: a table, its form, its workbook sheet and its rules at once."""

    id: str
    title: str
    fields: Mapping[str, Field]
    code: str = ""                      # L02 …
    version: int = 1
    group: str = ""                     # navigation heading on screen
    parent: str | None = None           # parent ledger; the row's column is `parent_id`
    alone_when: Condition | None = None  # rows of a child ledger that need no parent, such as a hazard told by the hotline
    key: tuple[str, ...] = ()           # natural key, shown and required
    match: tuple[tuple[str, ...], ...] = ()   # ways to recognise an existing record, strongest first
    label: tuple[str, ...] = ()         # fields that name a record in other ledgers
    rules: Mapping[str, Rule] = _field(default_factory=dict)
    feeds: tuple[Feed, ...] = ()
    status: Steps | None = None
    follows: tuple[Follow, ...] = ()
    proposal: Proposal | None = None
    menu: bool = True                   # has a page of its own
    source: str = ""
    help: str = ""
    sha256: str = ""                    # of the definition text
    file: str = ""

    @property
    def live_fields(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields.values() if not f.retired)

    def lacks_parent(self, parent: str | None, values: Mapping[str, Any]) -> bool:
        """True for a row that belongs under a record of the parent ledger and hangs on none."""
        return self.parent is not None and parent is None and not (self.alone_when and self.alone_when.holds(values))

    @property
    def stored_fields(self) -> tuple[Field, ...]:
        """The fields that are written, retired ones too; the others are computed by the store."""
        return tuple(f for f in self.fields.values() if f.computed is None)


@dataclass(frozen=True, slots=True)
class Check:
    """A cross-ledger check: SQL returning faulty rows (column `record`, optional `level`, and message values)."""

    id: str
    title: str
    ledger: str
    fields: tuple[str, ...]
    level: Level
    message: str
    sql: str
    mend: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """A view of `sets.sql`: one row per subject, column `record` = id in `ledger`, facts as columns."""

    id: str
    ledger: str
    sql: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: count of a population under `of`, over the population under `per` (rate) or a target (count).

    kind: "C" count, "R" rate, "S" state. measure: "count", "distinct:<column>", "sum:<column>"; `per_measure` where
    the denominator is measured otherwise.
    target: number as text ("98" per cent for rates, district total for counts), or None.
    """

    id: str
    title: str
    population: str
    kind: str
    of: Condition
    per: Condition | None = None
    measure: str = "count"
    unit: str = ""
    target: str | None = None
    op: str = ">="
    reading: str = ""
    group: str = ""
    source: str = ""
    of_population: str | None = None    # numerator's population when it differs
    per_measure: str | None = None      # None: as `measure`


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is missing in a figure: `words` hold where `when` does; {column} in them is a fact of the population."""

    when: Condition
    words: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worklist:
    """Whom a figure lacks and what is to be done: the missing ones of a rate, or the rows of `population` under `where`.

    Every reason that holds is said; `otherwise` where none does.
    """

    figure: str
    title: str = ""
    population: str | None = None
    where: Condition | None = None
    why: tuple[Reason, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What falls due: records of `ledger` under `where`, by their date `due`, told `ahead` days before it.

    `last_of`: fields in which records are the same thing renewed; only the one with the latest date is meant.
    """

    id: str
    title: str
    ledger: str
    due: str
    where: Condition = Condition()
    ahead: int = 30
    last_of: tuple[str, ...] = ()
    mend: str = ""
    source: str = ""


PLACEHOLDER = re.compile(r"\{([\w.]+)(?:\|((?:[^{}]|\{[\w.]+(?:\|[^{}]*)?\})*))?\}")
"""`{path}` or `{path|what a blank form shows there}` in the texts of a form; `{context.x}` is a fact of the print. Another
placeholder behind the bar, `{unit_id|{respondent}}`, is taken where the record has no value."""

PLACEHOLDER_PATH = re.compile(r"\{([\w.]+)")
"""Every path that the placeholders of a text name, the inner ones too."""


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column or cell of a printed form."""

    field: str
    title: str = ""
    width: float = 0.0                  # mm; 0 = share the rest
    align: str = "left"
    group: str = ""                     # first header row


@dataclass(frozen=True, slots=True)
class PrintForm:
    """A printed form: one of the layouts K1–K7 fed from a ledger; `options` belong to the layout."""

    id: str                             # F03
    title: str
    layout: str                         # "K1" … "K7"
    ledger: str
    columns: tuple[FormColumn, ...] = ()
    landscape: bool = False
    mask: bool = False
    version: str = "1"
    options: Mapping[str, Any] = _field(default_factory=dict)
    source: str = ""

    @property
    def timed(self) -> bool:
        """True when what is printed rests on a period: a condition of the form names it."""
        return _names_period(self.options)


def _names_period(options: Any) -> bool:
    if isinstance(options, Condition):
        return any(clause.parameter for clause in options.clauses)
    if isinstance(options, Mapping):
        return any(_names_period(part) for part in options.values())
    return isinstance(options, (list, tuple)) and any(_names_period(part) for part in options)


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """An item of a score sheet; points are tenths-exact text converted to Decimal by `loader`."""

    code: str
    section: str
    title: str
    points: Any                         # Decimal
    rule: str = ""
    must: bool = False
    auto: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A score sheet as data; the points of its items sum to `total`."""

    id: str
    title: str
    version: str
    total: Any
    items: Mapping[str, ScoreItem]
    bands: tuple[tuple[Any, str, str], ...] = ()   # (from points, code, title), best first
    vetoes: Mapping[str, str] = _field(default_factory=dict)
    bonus_max: Any = 0
    options: Mapping[str, Any] = _field(default_factory=dict)
    source: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """All definitions together; the only thing other rooms need to know of `forms/`."""

    ledgers: Mapping[str, Ledger]
    codes: Mapping[str, CodeList]
    checks: Mapping[str, Check]
    populations: Mapping[str, Population]
    indicators: Mapping[str, Indicator]
    sheets: Mapping[str, ScoreSheet]
    forms: Mapping[str, PrintForm]
    settings: Mapping[str, Setting] = _field(default_factory=dict)
    sha256: str = ""
    worklists: Mapping[str, Worklist] = _field(default_factory=dict)
    reminders: Mapping[str, Reminder] = _field(default_factory=dict)
    chinese: "Library | None" = None    # the same definitions as written, where these are translated

    @property
    def spoken(self) -> "Library":
        """The definitions in the language spoken now: what goes to the district is made of the Chinese ones."""
        return self.chinese if self.chinese is not None and language() == CHINESE else self

    def ledger(self, ledger_id: str) -> Ledger:
        return self.ledgers[ledger_id]

    def parent_field(self, ledger_id: str) -> Field | None:
        """The record a row hangs on, as a field that is shown and chosen like any reference; None for a ledger without parent."""
        parent = self.ledgers.get(self.ledgers[ledger_id].parent or "")
        return parent and Field(PARENT, parent.title, "reference", required=True, ref=parent.id, width=24,
                                help=_("这一条属于哪一条{title}").format(title=parent.title))

    def children(self, ledger_id: str) -> tuple[Ledger, ...]:
        return tuple(l for l in self.ledgers.values() if l.parent == ledger_id)
