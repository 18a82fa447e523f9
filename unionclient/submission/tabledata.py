"""Tables as data for machines: CSV (RFC 4180, UTF-8) and its description `datapackage.json`, written and read back.

Limits: text that a spreadsheet would run as a formula gets an apostrophe in front, and text that begins with one gets
a second; a reader takes one off. An empty cell is "not filled in". Numbers have at most 18 digits before and
6 after the point.
"""

import csv
import hashlib
import io
import json
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from unionclient.definition.words import _
from unionclient.submission.manifest import Controls, Member

DATAPACKAGE = "datapackage.json"
MOST_COLUMNS = 300
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_FORMULA = (*_FORMULA_SIGNS, "'")
_SUMMED = ("integer", "number")


class TableFault(ValueError):
    """A sentence (Chinese) on what in a CSV or its description does not hold; `place` names file and line."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(_("{place}：{fault}").format(place=place, fault=message))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `type` is string, integer, number, boolean, date, yearmonth or datetime (Frictionless).

    `summed` columns (integer, number) get a control total in the manifest.
    """

    name: str
    title: str
    type: str = "string"
    required: bool = False
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table to be packed. Cells are None, str, int, bool, Decimal, date or datetime, never float.

    `primary_key` names the columns that tell rows apart; rows are written in its order, so that the same
    records give the same bytes.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    primary_key: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"data/{self.name}.csv"


@dataclass(frozen=True, slots=True)
class Resource:
    """A CSV as `datapackage.json` describes it."""

    name: str
    path: str
    title: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    sha256: str


# Text of a cell -> value for sums, or None where the text is not of the type.
def _truth(text: str) -> Any:
    return text if text in ("true", "false") else None


def _integer(text: str) -> Any:
    return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else None


def _number(text: str) -> Any:
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,6})?", text) else None


def _by(pattern: str, reader: Callable[[str], Any]) -> Callable[[str], Any]:
    shape = re.compile(pattern, re.ASCII)

    def read(text: str) -> Any:
        if not shape.fullmatch(text):
            return None
        try:
            return reader(text)
        except ValueError:
            return None
    return read


_READ: dict[str, Callable[[str], Any]] = {
    "string": lambda text: text,
    "integer": _integer,
    "number": _number,
    "boolean": _truth,
    "date": _by(r"\d{4}-\d\d-\d\d", date.fromisoformat),
    "yearmonth": _by(r"\d{4}-(0[1-9]|1[0-2])", str),
    "datetime": _by(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", datetime.fromisoformat),
}


def cell_text(value: Any, column: Column) -> str:
    """A cell as it stands in the CSV. Raises ValueError where the value is not of the column's type."""
    if value is None or value == "":
        return ""
    if column.type == "string" and type(value) is str:      # by far the most cells
        return "'" + value if value.startswith(_FORMULA) else value
    if isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, datetime):
        text = value.strftime("%Y-%m-%dT%H:%M:%S")
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, Decimal):
        text = format(value, "f")
    elif isinstance(value, (int, str)):
        text = str(value)
    else:
        raise ValueError(f"column {column.name}: {type(value).__name__} cannot be packed")
    if column.type == "string":
        return "'" + text if text.startswith(_FORMULA) else text
    if _READ[column.type](text) is None:
        raise ValueError(f"column {column.name}: value is not a {column.type}")
    return text


def table_member(table: Table) -> Member:
    """The table as a member of a package: CSV with a header of column names, CRLF, rows in the order of the key.

    Row count and control totals are those of the bytes. Raises ValueError on a table that its own reader would
    refuse: a fault of the caller, not of the data.
    """
    lines = _lines(table)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(lines)
    sums = {column.name: format(sum((Decimal(line[place] or 0) for line in lines), Decimal(0)), "f")
            for place, column in enumerate(table.columns) if column.summed}
    return Member(table.path, table.title, "data", "text/csv", out.getvalue().encode("utf-8"), len(lines), None, sums)


def _lines(table: Table) -> list[list[str]]:
    names = [column.name for column in table.columns]
    if not all(_NAME.fullmatch(name) for name in (table.name, *names)) or len(set(names)) != len(names):
        raise ValueError(f"table {table.name}: names must be unique and [a-z][a-z0-9_]*")
    keyed = operator.itemgetter(*(names.index(key) for key in table.primary_key))
    lines = [[cell_text(value, column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
    lines.sort(key=keyed)
    if any(keyed(first) == keyed(second) for first, second in zip(lines, lines[1:], strict=False)):
        raise ValueError(f"table {table.name}: two rows with the same key")
    return lines


def datapackage_member(tables: Iterable[Table], members: Mapping[str, Member], title: str) -> Member:
    """`datapackage.json` for the CSVs in `members` (by path). Source: Frictionless Data Package 1.0."""
    tree = {
        "profile": "tabular-data-package",
        "name": "unionclient-data",
        "title": title,
        "resources": [_resource_tree(table, members[table.path].content)
                      for table in sorted(tables, key=lambda table: table.name)],
    }
    content = (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    return Member(DATAPACKAGE, "数据说明", "schema", "application/json", content)


def _resource_tree(table: Table, content: bytes) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field_tree(column) for column in table.columns],
            "primaryKey": list(table.primary_key),
            "missingValues": [""],
        },
    }


def _field_tree(column: Column) -> dict[str, Any]:
    tree: dict[str, Any] = {"name": column.name, "title": column.title, "type": column.type}
    if column.required:
        tree["constraints"] = {"required": True}
    return tree


def read_resources(content: bytes) -> dict[str, Resource]:
    """The tables described in a `datapackage.json`, by path. Raises TableFault."""
    try:
        tree = json.loads(content.decode("utf-8"))
        resources = [_resource(item) for item in tree["resources"]]
    except (UnicodeDecodeError, json.JSONDecodeError, KeyError, TypeError, AttributeError, RecursionError):
        raise TableFault(DATAPACKAGE, _("数据说明读不出来")) from None
    found = {resource.path: resource for resource in resources}
    if len(found) != len(resources):
        raise TableFault(DATAPACKAGE, _("同一张表说明了两次"))
    return found


def _resource(item: Mapping[str, Any]) -> Resource:
    name, schema = item["name"], item["schema"]
    if not _NAME.fullmatch(name) or item["path"] != f"data/{name}.csv":
        raise TableFault(DATAPACKAGE, _("表名不合规定"))
    if schema["missingValues"] != [""] or item["encoding"] != "utf-8":
        raise TableFault(DATAPACKAGE, _("表 {name} 的编码或空值写法不合规定").format(name=name))
    columns = tuple(
        Column(part["name"], part["title"], part["type"], bool(part.get("constraints", {}).get("required", False)))
        for part in schema["fields"])
    names = [column.name for column in columns]
    known = all(_NAME.fullmatch(column.name) and isinstance(column.title, str) and column.type in _READ for column in columns)
    key = tuple(schema["primaryKey"])
    if not known or len(set(names)) != len(names) or not 0 < len(names) <= MOST_COLUMNS or not key or set(key) - set(names):
        raise TableFault(DATAPACKAGE, _("表 {name} 的列说明不合规定").format(name=name))
    return Resource(name, item["path"], str(item["title"]), columns, key, str(item["hash"]).removeprefix("sha256:"))


def records(content: bytes) -> list[list[str]]:
    """The cells of a CSV of ours without its heading."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))[1:]


def keyed(content: bytes, resource: Resource) -> "Keyed | None":
    """Numbers and dates of every record by its key, where the key is one column. The table has been read before."""
    if len(resource.primary_key) != 1:
        return None
    names = [column.name for column in resource.columns]
    place = names.index(resource.primary_key[0])
    watched = [(names.index(column.name), column.name) for column in resource.columns if column.type in ("integer", "number", "date")]
    return Keyed(resource.primary_key[0], {
        cells[place].removeprefix("'"): {name: cells[at] for at, name in watched} for cells in records(content)})


@dataclass(frozen=True, slots=True)
class Keyed:
    """What a workbook is held against, row by row: texts of the CSV by key and column."""

    key: str
    records: Mapping[str, Mapping[str, str]]


def read_table(content: bytes, resource: Resource) -> Controls:
    """Row count and exact sums of every integer and number column of a CSV, recomputed from its bytes.

    Raises TableFault naming file and line at the first cell that is not as `resource` describes it.
    """
    if hashlib.sha256(content).hexdigest() != resource.sha256:
        raise TableFault(resource.path, _("内容与数据说明中的摘要不符"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise TableFault(resource.path, _("不是 UTF-8 编码")) from None
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        if next(lines, None) != [column.name for column in resource.columns]:
            raise TableFault(resource.path, _("表头与数据说明不一致"))
        return _add_up(lines, resource)
    except csv.Error:
        raise TableFault(_line(resource, lines.line_num), _("不是正确的 CSV")) from None


def _line(resource: Resource, number: int) -> str:
    return _("{path} 第 {row} 行").format(path=resource.path, row=number)


def _add_up(lines: Any, resource: Resource) -> Controls:
    sums = [Decimal(0) if column.type in _SUMMED else None for column in resource.columns]
    width, readers = len(resource.columns), [_READ[column.type] for column in resource.columns]
    places = [[column.name for column in resource.columns].index(key) for key in resource.primary_key]
    seen, count = set(), 0
    for cells in lines:
        count += 1
        where = _line(resource, lines.line_num)
        if len(cells) != width:
            raise TableFault(where, _("有 {count} 列，应为 {width} 列").format(count=len(cells), width=width))
        key = tuple(cells[place] for place in places)
        if key in seen:
            raise TableFault(where, _("与前面的行编号重复"))
        seen.add(key)
        for place, cell in enumerate(cells):
            if not cell:
                if resource.columns[place].required:
                    raise TableFault(where, _("必填的列 {name} 为空").format(name=resource.columns[place].name))
                continue
            if resource.columns[place].type == "string" and cell.startswith(_FORMULA_SIGNS):
                raise TableFault(where, _("列 {name} 的文字会被电子表格当作公式").format(name=resource.columns[place].name))
            value = readers[place](cell)
            if value is None:
                raise TableFault(where, _("列 {name} 的内容与数据说明的类型不符").format(name=resource.columns[place].name))
            if sums[place] is not None:
                sums[place] += value
    named = zip(resource.columns, sums, strict=True)
    return Controls(count, {column.name: format(total, "f") for column, total in named if total is not None})
