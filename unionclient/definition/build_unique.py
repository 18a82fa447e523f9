"""Rules of kind `unique` → cross-ledger checks: the records of a ledger that agree in all named fields."""

from collections.abc import Mapping
from typing import Any

from unionclient.definition.condition import Condition
from unionclient.definition.ledger import Check, CodeList, Field, Ledger, Rule
from unionclient.definition.words import _

_TAKEN = ("record", "level")            # columns of a check that mean something else than a field so called
_DEPTH = 2                              # references followed when a record is named in a message


def unique_checks(ledgers: Mapping[str, Ledger]) -> dict[str, Check]:
    """A check with the rule's id for every `unique` rule."""
    return {rule.id: _check(rule, ledger, ledgers) for ledger in ledgers.values() for rule in ledger.rules.values()
            if rule.kind == "unique" and all(n in ledger.fields or n == "parent_id" for n in rule.fields)}


def _check(rule: Rule, ledger: Ledger, ledgers: Mapping[str, Ledger]) -> Check:
    columns = [_quoted(name) for name in rule.fields]
    filled = " AND ".join(f"{c} IS NOT NULL" for c in columns)
    within = _literal(rule.when or Condition())
    same = " AND ".join(f"same.{c} = t.{c}" for c in columns)
    message, words = rule.message, {}
    for name, field in ledger.fields.items():
        if f"{{{name}}}" in message:
            told = f"{name}_shown" if name in _TAKEN else name
            message = message.replace(f"{{{name}}}", f"{{{told}}}")
            words[told] = shown_sql(field, f"t.{_quoted(name)}", ledgers)
    shown = ", ".join(f"{sql} AS {_quoted(told)}" for told, sql in words.items())
    sql = (f"SELECT t.id AS record{', ' + shown if shown else ''} FROM {_quoted(ledger.id)} t "
           f"JOIN (SELECT {', '.join(columns)} FROM {_quoted(ledger.id)} WHERE {filled} AND {within} "
           f"GROUP BY {', '.join(columns)} HAVING count(*) > 1) same ON {same} WHERE {_literal(rule.when or Condition(), 't.')}")
    fields = tuple(name for name in rule.fields if name in ledger.fields) or tuple(ledger.fields)[:1]
    return Check(rule.id, rule.message.split("{")[0].rstrip("，：“ ,:\"(") or rule.id, ledger.id, fields, rule.level, message, sql,
                 rule.mend, rule.basis)


def _quoted(name: str) -> str:
    return '"' + name + '"'


def _literal(condition: Condition, before: str = "") -> str:
    """The condition as SQL without parameters."""
    sql, values = condition.where(lambda name: before + _quoted(name))
    parts = sql.split("?")
    return "".join(part + word for part, word in zip(parts, [*map(_word, values), ""], strict=True))


def _word(value: Any) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def shown_sql(field: Field, column: str, ledgers: Mapping[str, Ledger], depth: int = _DEPTH) -> str:
    """SQL that shows a stored value as people read it: code titles, yes and no, the label of a referenced record."""
    if field.type == "code" and field.codes:
        return _titles(field.codes, column)
    if field.type == "bool":
        return f"CASE {column} WHEN 1 THEN {_word(_('是'))} WHEN 0 THEN {_word(_('否'))} END"
    if field.type in ("decimal", "money"):
        places = 2 if field.type == "money" else field.places
        return f"printf('%.{places}f', {column} / {10 ** places}.0)"
    target = ledgers.get(field.ref or "")
    if target is None:
        return column
    if depth == 0:
        return "''"
    names = " || ' ' || ".join(f"coalesce({shown_sql(target.fields[n], f'r{depth}.{_quoted(n)}', ledgers, depth - 1)}, '')"
                               for n in target.label) or f"r{depth}.id"
    return f"(SELECT {names} FROM {_quoted(target.id)} r{depth} WHERE r{depth}.id = {column})"


def _titles(codes: CodeList, column: str) -> str:
    cases = " ".join(f"WHEN {_word(code.code)} THEN {_word(code.title)}" for code in codes.codes.values())
    return f"CASE {column} {cases} ELSE {column} END"
