"""`[proposed]` of a ledger: rows the program proposes for a year, which the officer takes over and edits."""

import re
from collections.abc import Mapping
from typing import Any

from unionclient.definition.ledger import CodeList, Field, Proposal
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.words import _

WORDS = ("code", "title", "year", "target")
"""What a proposed value may name beside the facts of the code list."""
TEMPLATE = re.compile(r"\{(\w+)\}")


def build_proposal(table: Any, fields: Mapping[str, Field], codes: Mapping[str, CodeList], file: str, mistakes: list[Mistake]) -> Proposal | None:
    """The `[proposed]` table: one row for each code of a list."""
    if not isinstance(table, dict):
        mistakes.append(Mistake(file, "proposed", _("[proposed] 应是一个表"), _("请写成 [proposed] 再另起行写各项")))
        return None
    shape = Shape(table, file, "proposed", mistakes)
    listed = shape.choice("codes", codes, "", needed=True)
    left_out, same, year_of = shape.words("left_out"), shape.words("same", needed=True), shape.choice("year_of", fields)
    values = shape.get("set", dict, {}, needed=True)
    title = shape.get("title", str, "", needed=True)
    shape.rest()
    entries = codes[listed].codes if listed in codes else {}
    for code in left_out:
        if code not in entries:
            shape.wrong("left_out", _("代码表里没有 {code!r}").format(code=code), nearest(code, entries))
    facts = {name for entry in entries.values() for name in entry.facts}
    for key, names in (("set", values), ("same", same)):
        for name in names:
            if name not in fields:
                shape.wrong(key, _("本台账没有字段“{name}”").format(name=name), nearest(name, fields))
    for name, text in values.items():
        if not isinstance(text, str):
            shape.wrong(f"set.{name}", _("{text!r} 应写成文字").format(text=text), _('请加上引号，例如 "{year}-12-25"'))
            continue
        for word in TEMPLATE.findall(text):
            if word not in WORDS and word not in facts:
                shape.wrong(f"set.{name}", _("不认识的“{{{word}}}”").format(word=word), nearest(word, [*WORDS, *sorted(facts)]))
    for name in same:
        if name not in values:
            shape.wrong("same", _("“{name}”没有写在 set 里").format(name=name), _("请在 set 里写上它的值，或从 same 里删去"))
    if year_of and fields[year_of].type != "date":
        shape.wrong("year_of", _("“{title}”不是日期字段").format(title=fields[year_of].title), _("请选一个 type = \"date\" 的字段"))
    return Proposal(title, listed, {k: v for k, v in values.items() if isinstance(v, str)}, same, left_out, year_of) if listed in codes else None
