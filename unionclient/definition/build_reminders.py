"""`[reminders.X]` tables: what falls due, by a date of a ledger's records and a condition on them."""

from collections.abc import Mapping
from typing import Any

from unionclient.definition.build_conditions import build_condition
from unionclient.definition.condition import Condition
from unionclient.definition.ledger import Ledger, Reminder
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.words import _


def build_reminder(name: str, table: dict[str, Any], file: str, ledgers: Mapping[str, Ledger], mistakes: list[Mistake]) -> Reminder:
    """One table. `due` is a date field; `where` may use fields of the ledger only: it is asked every day, of no period."""
    shape = Shape(table, file, f"reminders.{name}", mistakes)
    ledger = shape.choice("ledger", ledgers, "", needed=True)
    fields = ledgers[ledger].fields if ledger else {}
    due = shape.get("due", str, "", needed=True)
    if ledger and (due not in fields or fields[due].type != "date"):
        shape.wrong("due", _("“{due}”不是日期字段").format(due=due), nearest(due, [f.id for f in fields.values() if f.type == "date"]))
    where = build_condition(shape.get("where", list), fields, shape, "where") if "where" in table and ledger else None
    if where and any(clause.parameter for clause in where.clauses):
        shape.wrong("where", _("提醒的条件里不能用期间"), _("请改用字段和固定的值"))
    last_of = shape.words("last_of")
    for field in last_of:
        if ledger and field not in fields and field != "parent_id":
            shape.wrong("last_of", _("本台账没有字段“{field}”").format(field=field), nearest(field, fields))
    reminder = Reminder(name, shape.get("title", str, "", needed=True), ledger, due, where or Condition(),
                        shape.get("ahead", int, 30), last_of, shape.get("mend", str, ""), shape.get("source", str, "", needed=True))
    shape.rest()
    return reminder
