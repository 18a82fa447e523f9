"""Row rules: one record held against the rules of its ledger, while typing, on save, on import and in the full check.

Pure functions over values; a rule whose fields are empty says nothing, only `required` speaks of emptiness.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from unionclient.definition.formats import FORMATS, id_birth, id_gender
from unionclient.definition.issue import Issue, Level
from unionclient.definition.ledger import PARENT, Field, Ledger, Rule
from unionclient.definition.values import TYPES
from unionclient.definition.words import _
from unionclient.validation.specials import SPECIALS

GENERIC = {
    "G-REQUIRED": Level.BLOCK, "G-UNREAD": Level.BLOCK, "G-FORMAT": Level.BLOCK, "G-RANGE": Level.BLOCK,
    "G-LENGTH": Level.BLOCK, "G-CODE": Level.BLOCK, "G-REF": Level.EXPLAIN, "G-PARENT": Level.BLOCK, "G-STEP": Level.BLOCK,
}
"""Rules that hold in every ledger, and their level."""

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}
Fault = Callable[[Mapping[str, Any], dt.date], bool]


def judge_row(ledger: Ledger, values: Mapping[str, Any], raw: Mapping[str, str] | None = None, *,
              record: str | None = None, today: dt.date | None = None,
              orphan: bool = False, only: Collection[str] | None = None) -> list[Issue]:
    """All findings on one row. `values` are Python values, `raw` texts that could not be read.

    `orphan`: the row belongs under a record of the parent ledger and hangs on none. `only`: ids of the fields and rules that
    alone can find something (see `sieve`).
    """
    day = today or dt.date.today()
    raw = raw or {}
    found: list[Issue] = []
    if orphan:
        found.append(Issue("G-PARENT", GENERIC["G-PARENT"], ledger.id, record, (PARENT, next(iter(ledger.fields))),
                           _("这一条没有挂在上级记录下面，不会计入统计"), "", _("请在第一列选择它属于哪一条")))
    for field, judge in field_judges(ledger):
        if only is not None and field.id not in only:
            continue
        value = values.get(field.id)
        if value is None:
            if field.id in raw:
                found.append(_unread(ledger, field, raw[field.id], record))
            elif field.required:
                found.append(_generic(ledger, "G-REQUIRED", field, record, _("{field}没有填写").format(field=field.title), "",
                                      _("请填写{field}").format(field=field.title)))
        elif ledger.status and field.id == ledger.status.field and field.id in raw:
            found.append(_step(ledger, field, value, raw[field.id], record))
        elif judge is not None and (issue := judge(value, record)) and _format_counts(issue, field, values):
            found.append(issue)
    for rule, fault in rule_faults(ledger):
        if (only is None or rule.id in only) and fault(values, day) and not _typed(rule, values, raw):
            found.append(_issue(ledger, rule, values, record))
    return found


def _format_counts(issue: Issue, field: Field, values: Mapping[str, Any]) -> bool:
    """A format that belongs to one kind of value only, such as the identity card among other papers."""
    return issue.rule != "G-FORMAT" or field.format_when is None or field.format_when.holds(values)


def _typed(rule: Rule, values: Mapping[str, Any], raw: Mapping[str, str]) -> bool:
    """What is typed but unreadable is not missing: its own finding says what is wrong."""
    return bool(raw) and rule.kind == "required_when" and all(values.get(n) is not None or n in raw for n in rule.fields)


def _generic(ledger: Ledger, rule: str, field: Field, record: str | None, message: str, value: str, mend: str) -> Issue:
    return Issue(rule, GENERIC[rule], ledger.id, record, (field.id,), message, value, mend)


def _unread(ledger: Ledger, field: Field, text: str, record: str | None) -> Issue:
    if field.type == "reference":
        return _generic(ledger, "G-REF", field, record, _("没有找到名为“{text}”的{field}").format(text=text, field=field.title), text,
                        _("请从列表中选择，或先登记这个{field}；登记后会自动连上").format(field=field.title))
    problem = TYPES[field.type].parse(text, field).problem
    rule = "G-CODE" if field.codes is not None else "G-UNREAD"
    message = problem.message if problem else _("内容认不出来")
    return _generic(ledger, rule, field, record, _("{field}：{message}").format(field=field.title, message=message), text,
                    problem.mend if problem and problem.mend else _("请改正{field}").format(field=field.title))


def _step(ledger: Ledger, field: Field, state: str, text: str, record: str | None) -> Issue:
    """The status typed is no step from the one that stands."""
    allowed = _("、").join(field.codes.title_of(code) for code in ledger.status.steps.get(state, ()))
    names = {"field": field.title, "state": field.codes.title_of(state), "text": text, "allowed": allowed}
    return _generic(ledger, "G-STEP", field, record, _("{field}不能从“{state}”直接改为“{text}”，仍按“{state}”计").format(**names), text,
                    (_("下一步可以改为：{allowed}") if allowed else _("“{state}”已是最后一步，请改回“{state}”")).format(**names))


_cache: dict[int, tuple[Ledger, Any, Any]] = {}


def _compiled(ledger: Ledger) -> tuple[Ledger, Any, Any]:
    entry = _cache.get(id(ledger))
    if entry is None or entry[0] is not ledger:
        fields = [(f, _field_judge(ledger, f)) for f in ledger.live_fields]
        rules = [(r, _fault(r, ledger)) for r in ledger.rules.values() if r.kind != "unique"]
        entry = _cache[id(ledger)] = (ledger, fields, rules)
    return entry


def field_judges(ledger: Ledger) -> list[tuple[Field, Callable[[Any, str | None], Issue | None] | None]]:
    """The live fields with what judges a value of theirs that could be read; None where nothing does."""
    return _compiled(ledger)[1]


def rule_faults(ledger: Ledger) -> list[tuple[Rule, Fault]]:
    """The row rules, each with the function that faults a row."""
    return _compiled(ledger)[2]


def _field_judge(ledger: Ledger, field: Field) -> Callable[[Any, str | None], Issue | None] | None:
    """The check of a readable value by its field's format, length or range; None where there is none."""
    if field.type == "text":
        return _text_judge(ledger, field)
    if field.type in ("int", "decimal", "money"):
        return _number_judge(ledger, field)
    if field.type in ("date", "datetime", "month") and (field.min or field.max):
        return _number_judge(ledger, field)
    if field.codes is not None and field.type == "code":
        codes = field.codes.codes
        return lambda value, record: None if value in codes else _generic(
            ledger, "G-CODE", field, record, _("{field}的代码“{value}”不在代码表里").format(field=field.title, value=value), str(value),
            _("请从列表中选择"))
    return None


def _text_judge(ledger: Ledger, field: Field) -> Callable[[Any, str | None], Issue | None]:
    form = FORMATS[field.format] if field.format else None

    def judge(value: str, record: str | None) -> Issue | None:
        if len(value) > field.length:
            return _generic(ledger, "G-LENGTH", field, record, _("{field}超过{count}个字").format(field=field.title, count=field.length),
                            value[:40], _("请缩短到{count}个字以内").format(count=field.length))
        if form is not None and (told := form.check(value)) is not None:
            message = _("{field}：{message}").format(field=field.title, message=told)
            return _generic(ledger, "G-FORMAT", field, record, message, value, _(form.mend))
        return None

    return judge


def _number_judge(ledger: Ledger, field: Field) -> Callable[[Any, str | None], Issue | None]:
    kind = TYPES[field.type]
    least = kind.parse(field.min, field).value if field.min is not None else None
    most = kind.parse(field.max, field).value if field.max is not None else None
    if least is None and field.type in ("int", "decimal", "money"):
        least = 0

    def judge(value: Any, record: str | None) -> Issue | None:
        if least is not None and value < least:
            return _generic(ledger, "G-RANGE", field, record, _("{field}不能小于{least}").format(field=field.title, least=kind.show(least, field)),
                            kind.show(value, field), _("请核对后改正"))
        if most is not None and value > most:
            return _generic(ledger, "G-RANGE", field, record, _("{field}不能大于{most}").format(field=field.title, most=kind.show(most, field)),
                            kind.show(value, field), _("请核对后改正"))
        return None

    return judge


def _issue(ledger: Ledger, rule: Rule, values: Mapping[str, Any], record: str | None) -> Issue:
    shown = {name: shown_value(ledger.fields[name], values.get(name)) for name in ledger.fields} if "{" in rule.message else {}
    concerned = [(ledger.fields[n], values.get(n)) for n in rule.fields]
    told = [_("{field}：{value}").format(field=field.title, value=shown_value(field, value) or _("空")) for field, value in concerned]
    facts = [f"{field.id}={'' if value is None else TYPES[field.type].to_sql(value)}" for field, value in concerned]
    return Issue(rule.id, rule.level, ledger.id, record, rule.fields, rule.message.format_map(shown) if shown else rule.message,
                 _("；").join(told), rule.mend, rule.basis, "\x1f".join(facts))


def shown_value(field: Field, value: Any) -> str:
    """A value as a message words it; references stay out, their names are the store's."""
    return "" if value is None or field.type == "reference" else TYPES[field.type].show(value, field)


def looks_at(rule: Rule) -> tuple[str, ...]:
    """The fields on which the verdict of a rule rests."""
    total = (rule.options["total"],) if rule.kind == "sum" else ()
    return tuple(dict.fromkeys((*rule.fields, *total, *(rule.when.fields if rule.when else ()))))


# one function per kind of the vocabulary; each returns whether the row is at fault --------------------------------


def _fault(rule: Rule, ledger: Ledger) -> Fault:
    fault = _KINDS[rule.kind](rule, ledger)
    when = rule.when
    if when is None or rule.kind in ("required_when", "forbidden_when", "fail_when"):
        return fault
    return lambda values, today: fault(values, today) and when.holds(values, {"today": today})  # most rows are not at fault


def _date_order(rule: Rule, ledger: Ledger) -> Fault:
    names, strict = rule.fields, bool(rule.options.get("strict"))

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        before = None
        for name in names:          # a plain loop: asked of every row, several times
            day = values.get(name)
            if day is None:
                continue
            if type(day) is dt.datetime:
                day = day.date()
            if before is not None and (day <= before if strict else day < before):
                return True
            before = day
        return False

    return fault


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, dt.datetime) else value


def _not_future(rule: Rule, ledger: Ledger) -> Fault:
    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        days = [_day(v) for n in rule.fields if (v := values.get(n)) is not None]
        return any([d > today.isoformat()[:7] if isinstance(d, str) else d > today for d in days])

    return fault


def _workdays(rule: Rule, ledger: Ledger) -> Fault:
    """Fewer than `least` working days from the first day to the last, both counted; Monday to Friday, holidays are not known."""
    first, last = rule.fields
    least = int(rule.options["least"])

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        a, b = values.get(first), values.get(last)
        return a is not None and b is not None and a <= b and workdays(a, b) < least

    return fault


def workdays(first: dt.date, last: dt.date) -> int:
    """Mondays to Fridays from `first` to `last`, both included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return 5 * weeks + sum((first.weekday() + n) % 7 < 5 for n in range(rest))


def _required_when(rule: Rule, ledger: Ledger) -> Fault:
    return lambda values, today: _lacks_one(values, rule.fields) and rule.when.holds(values, {"today": today})


def _lacks_one(values: Mapping[str, Any], names: Sequence[str]) -> bool:
    for name in names:          # a plain loop: asked of every row, several times
        if values.get(name) in (None, ()):
            return True
    return False


def _forbidden_when(rule: Rule, ledger: Ledger) -> Fault:
    return lambda values, today: (any(values.get(n) not in (None, ()) for n in rule.fields)
                                  and rule.when.holds(values, {"today": today}))


def _compare(rule: Rule, ledger: Ledger) -> Fault:
    first, second = rule.fields
    compare = _COMPARE[rule.options["op"]]

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        a, b = values.get(first), values.get(second)
        return a is not None and b is not None and not compare(a, b)

    return fault


def _range(rule: Rule, ledger: Ledger) -> Fault:
    least, most = rule.options.get("min"), rule.options.get("max")

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        numbers = [values.get(n) for n in rule.fields]
        return any(v is not None and ((least is not None and v < least) or (most is not None and v > most)) for v in numbers)

    return fault


def _ratio(rule: Rule, ledger: Ledger) -> Fault:
    first, second = rule.fields
    compare, num, den = _COMPARE[rule.options["op"]], rule.options["num"], rule.options["den"]

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        a, b = values.get(first), values.get(second)
        return a is not None and b is not None and not compare(a * den, b * num)

    return fault


def _sum(rule: Rule, ledger: Ledger) -> Fault:
    total, compare = rule.options["total"], _COMPARE[rule.options.get("op", "=")]

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        parts = [values.get(n) for n in rule.fields]
        whole = values.get(total)
        if whole is None or all(p is None for p in parts):
            return False
        if rule.options.get("op", "=") == "=" and any(p is None for p in parts):
            return False  # an unfinished row is not yet a wrong sum
        return not compare(sum(p for p in parts if p is not None), whole)

    return fault


def _pattern(rule: Rule, ledger: Ledger) -> Fault:
    fits = re.compile(str(rule.options["pattern"])).fullmatch

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        for name in rule.fields:
            value = values.get(name)
            if value is not None and not fits(str(value)):
                return True
        return False

    return fault


def _one_of(rule: Rule, ledger: Ledger) -> Fault:
    return lambda values, today: all(values.get(n) in (None, ()) for n in rule.fields)


def _different(rule: Rule, ledger: Ledger) -> Fault:
    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        filled = [values[n] for n in rule.fields if values.get(n) is not None]
        return len(set(filled)) < len(filled)

    return fault


def _min_length(rule: Rule, ledger: Ledger) -> Fault:
    least = int(rule.options["length"])
    return lambda values, today: any(v is not None and len(v) < least for v in map(values.get, rule.fields))


def _matches_id(rule: Rule, ledger: Ledger) -> Fault:
    number, other = rule.fields
    by_date = ledger.fields[other].type == "date"
    told_by = id_birth if by_date else id_gender

    def fault(values: Mapping[str, Any], today: dt.date) -> bool:
        text, stated = values.get(number), values.get(other)
        if text is None or stated is None:
            return False
        told = told_by(text)    # nearly always what is stated; the number itself is judged only where it is not
        return (told is not None and told != stated and (by_date or stated in ("1", "2"))
                and not FORMATS["resident_id"].check(text))

    return fault


def _fail_when(rule: Rule, ledger: Ledger) -> Fault:
    return lambda values, today: rule.when.holds(values, {"today": today})


def _special(rule: Rule, ledger: Ledger) -> Fault:
    function = SPECIALS[rule.options["name"]]
    return lambda values, today: function(values, rule.fields, today)


_KINDS: dict[str, Callable[[Rule, Ledger], Fault]] = {
    "date_order": _date_order, "not_future": _not_future, "workdays": _workdays, "required_when": _required_when,
    "forbidden_when": _forbidden_when, "compare": _compare, "range": _range, "ratio": _ratio, "sum": _sum,
    "pattern": _pattern, "one_of": _one_of, "different": _different, "min_length": _min_length,
    "matches_id": _matches_id, "fail_when": _fail_when, "special": _special,
}
