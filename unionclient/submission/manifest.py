"""`manifest.json`: what a package says about itself, written and read by one set of dataclasses.

Limits: the reader takes exactly the fields of `unionclient-package/1`; a package of a newer schema is named as
such and not guessed at. Whether the statements are true is the business of `verify`.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from unionclient.definition.words import _

SCHEMA = "unionclient-package/1"
KINDS = ("full", "delta", "amendment")
ROLES = ("data", "schema", "workbook", "report", "form", "attachment", "readme")
PERIOD_TYPES = ("month", "quarter", "half", "year")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"[0-9A-Z]{3,12}")
_TOTAL = re.compile(r"-?[0-9]{1,24}(\.[0-9]{1,6})?")


class ManifestFault(ValueError):
    """A sentence (Chinese) on the first field of a manifest that does not hold."""


@dataclass(frozen=True, slots=True)
class Printed:
    """Of a PDF: how many rows its tables have, and in which columns (from 1) each row's numbers stand in one record of the source."""

    rows: int
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A file to be packed: its bytes and what the manifest will say of it.

    `path` is ASCII (`data/hazard.csv`), the Chinese name is `title`. `rows` counts records, None where the file has
    none. `source_member` is the CSV the file was made from; `totals` are exact decimals by column of that CSV.
    """

    path: str
    title: str
    role: str
    media_type: str
    content: bytes
    rows: int | None = None
    source_member: str | None = None
    totals: Mapping[str, str] = field(default_factory=dict)
    printed: Printed | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A packed file as the manifest names it: size in bytes, SHA-256 in hex."""

    path: str
    title: str
    role: str
    media_type: str
    size: int
    sha256: str
    rows: int | None
    source_member: str | None
    totals: Mapping[str, str]
    printed: Printed | None = None


@dataclass(frozen=True, slots=True)
class Street:
    """The body that submits: code of 9 digits (or a district body's own code) and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Period:
    """What time the figures are of; both ends included. `label` is the period code, such as 2017Q3."""

    type: str
    start: date
    end: date
    label: str


@dataclass(frozen=True, slots=True)
class Program:
    """What made the package; `db_schema` is the store's schema number."""

    name: str
    version: str
    db_schema: int


@dataclass(frozen=True, slots=True)
class ChangelogHead:
    """The hash of the newest changelog row, and how many rows there are; ties the package to the audit trail."""

    head: str
    count: int


@dataclass(frozen=True, slots=True)
class Amends:
    """The earlier package that this one corrects, and why."""

    package_id: str
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True)
class Controls:
    """Row count of a table and exact sums by column, recomputed by the reader."""

    rows: int
    sums: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a package says about itself; source: packages.md §8 of the design handbook."""

    package_id: str
    street: Street
    period: Period
    seq: int
    prev_sha256: str | None
    created_at: datetime
    clock_suspect: bool
    program: Program
    signer_cert_sha256: str
    members: tuple[Entry, ...]
    controls: Mapping[str, Controls]
    contains_personal_data: bool
    counts_by_topic: Mapping[str, int]
    changelog: ChangelogHead
    kind: str = "full"
    amends: Amends | None = None
    crl_number_seen: int | None = None

    def entry(self, path: str) -> Entry | None:
        return next((entry for entry in self.members if entry.path == path), None)


def manifest_tree(manifest: Manifest) -> dict[str, Any]:
    """The JSON tree of a manifest, keys in reading order."""
    period, amends = manifest.period, manifest.amends
    return {
        "schema": SCHEMA,
        "package_id": manifest.package_id,
        "kind": manifest.kind,
        "street": {"code": manifest.street.code, "name": manifest.street.name},
        "period": {"type": period.type, "start": period.start.isoformat(), "end": period.end.isoformat(),
                   "label": period.label},
        "seq": manifest.seq,
        "prev_sha256": manifest.prev_sha256,
        "amends": amends and {"package_id": amends.package_id, "sha256": amends.sha256, "reason": amends.reason},
        "created_at": manifest.created_at.isoformat(timespec="seconds"),
        "clock_suspect": manifest.clock_suspect,
        "program": {"name": manifest.program.name, "version": manifest.program.version,
                    "db_schema": manifest.program.db_schema},
        "signer_cert_sha256": manifest.signer_cert_sha256,
        "crl_number_seen": manifest.crl_number_seen,
        "changelog": {"head": manifest.changelog.head, "count": manifest.changelog.count},
        "contains_personal_data": manifest.contains_personal_data,
        "counts_by_topic": dict(sorted(manifest.counts_by_topic.items())),
        "controls": {table: {"rows": control.rows, "sums": dict(sorted(control.sums.items()))}
                     for table, control in sorted(manifest.controls.items())},
        "members": [_entry_tree(entry) for entry in sorted(manifest.members, key=lambda entry: entry.path)],
    }


def _entry_tree(entry: Entry) -> dict[str, Any]:
    return {
        "path": entry.path, "title": entry.title, "role": entry.role, "media_type": entry.media_type,
        "size": entry.size, "sha256": entry.sha256, "rows": entry.rows, "source_member": entry.source_member,
        "totals": dict(sorted(entry.totals.items())),
        **({"printed": {"rows": entry.printed.rows, "columns": list(entry.printed.columns)}} if entry.printed else {}),
    }


def manifest_bytes(manifest: Manifest) -> bytes:
    """UTF-8 JSON, the same bytes for the same manifest."""
    return (json.dumps(manifest_tree(manifest), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_manifest(content: bytes) -> Manifest:
    """The manifest in `content`. Raises ManifestFault at the first thing that is not as the schema says."""
    try:
        tree = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ManifestFault(_("manifest.json 不是正确的 JSON 文件")) from None
    if not isinstance(tree, dict):
        raise ManifestFault(_("manifest.json 的内容不是一组字段"))
    schema = tree.get("schema")
    if schema != SCHEMA:
        if isinstance(schema, str) and schema.startswith("unionclient-package/"):
            raise ManifestFault(_("报送包格式为 {schema}，本程序只认识 {known}，请升级程序").format(schema=schema[:40], known=SCHEMA))
        raise ManifestFault(_("manifest.json 没有写明报送包格式"))
    return _manifest(_Node(tree, "manifest.json"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON objects with a key twice are read differently by different readers, so they are refused."""
    tree = dict(pairs)
    if len(tree) != len(pairs):
        raise ManifestFault(_("manifest.json 中有重复的字段"))
    return tree


def _no_constant(text: str) -> Any:
    raise ManifestFault(_("manifest.json 中有不允许的数值 {text}").format(text=text))


class _Node:
    """One JSON object on the way to a dataclass: every field is taken once, what is left over is a fault."""

    def __init__(self, tree: Any, where: str) -> None:
        if not isinstance(tree, dict):
            raise ManifestFault(_("{where} 应当是一组字段").format(where=where))
        self._left = dict(tree)
        self._where = where

    def take(self, key: str) -> Any:
        if key not in self._left:
            raise ManifestFault(_("{where} 缺少字段 {key}").format(where=self._where, key=key))
        return self._left.pop(key)

    def done(self) -> None:
        if self._left:
            raise ManifestFault(_("{where} 有不认识的字段 {key}").format(where=self._where, key=ascii(sorted(self._left)[0])[:60]))

    def wrong(self, key: str, expected: str) -> ManifestFault:
        return ManifestFault(_("{where} 的字段 {key} 应为：{expected}").format(where=self._where, key=key, expected=expected))

    def text(self, key: str, pattern: re.Pattern[str] | None = None, expected: str = "") -> str:
        value = self.take(key)
        if not isinstance(value, str) or len(value) > 500 or (pattern and not pattern.fullmatch(value)):
            raise self.wrong(key, expected or _("文字"))
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.take(key)
        if not isinstance(value, str) or value not in choices:
            raise self.wrong(key, _("{names} 之一").format(names=_("、").join(choices)))
        return value

    def number(self, key: str, least: int = 0) -> int:
        value = self.take(key)
        if type(value) is not int or not least <= value < 2**53:
            raise self.wrong(key, _("不小于 {least} 的整数").format(least=least))
        return value

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if type(value) is not bool:
            raise self.wrong(key, _("true 或 false"))
        return value

    def empty(self, key: str) -> bool:
        """True, and the field taken, where it holds null."""
        if key in self._left and self._left[key] is None:
            del self._left[key]
            return True
        return False

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise self.wrong(key, _("日期")) from None

    def moment(self, key: str) -> datetime:
        try:
            value = datetime.fromisoformat(self.text(key))
        except ValueError:
            raise self.wrong(key, _("时间")) from None
        if value.tzinfo is None:
            raise self.wrong(key, _("带时区的时间"))
        return value

    def node(self, key: str) -> "_Node":
        return _Node(self.take(key), _("{where} 的 {key}").format(where=self._where, key=key))

    def nodes(self, key: str, most: int) -> "list[_Node]":
        value = self.take(key)
        if not isinstance(value, list) or len(value) > most:
            raise self.wrong(key, _("不超过 {most} 项的列表").format(most=most))
        return [_Node(item, _("{where} 的 {key} 第 {place} 项").format(where=self._where, key=key, place=place))
                for place, item in enumerate(value, 1)]

    def numbers(self, key: str, most: int) -> tuple[int, ...]:
        value = self.take(key)
        if not isinstance(value, list) or len(value) > most or not all(type(item) is int and 0 < item < 2**15 for item in value):
            raise self.wrong(key, _("不超过 {most} 个整数").format(most=most))
        return tuple(value)

    def keys(self) -> tuple[str, ...]:
        return tuple(self._left)

    def totals(self, key: str) -> dict[str, str]:
        node = self.node(key)
        return {column: node.text(column, _TOTAL, _("写成文字的数")) for column in node.keys()}


def _manifest(node: _Node) -> Manifest:
    node.take("schema")
    manifest = Manifest(
        package_id=node.text("package_id", _UUID, _("编号")),
        kind=node.choice("kind", KINDS),
        street=_street(node.node("street")),
        period=_period(node.node("period")),
        seq=node.number("seq", 1),
        prev_sha256=None if node.empty("prev_sha256") else node.text("prev_sha256", _SHA256, _("SHA-256 值")),
        amends=None if node.empty("amends") else _amends(node.node("amends")),
        created_at=node.moment("created_at"),
        clock_suspect=node.flag("clock_suspect"),
        program=_program(node.node("program")),
        signer_cert_sha256=node.text("signer_cert_sha256", _SHA256, _("SHA-256 值")),
        crl_number_seen=None if node.empty("crl_number_seen") else node.number("crl_number_seen"),
        changelog=_changelog(node.node("changelog")),
        contains_personal_data=node.flag("contains_personal_data"),
        counts_by_topic=_counts(node.node("counts_by_topic")),
        controls=_controls(node.node("controls")),
        members=tuple(_entry(item) for item in node.nodes("members", 500)),
    )
    node.done()
    _consistent(manifest)
    return manifest


def _consistent(manifest: Manifest) -> None:
    paths = [entry.path for entry in manifest.members]
    if len(set(paths)) != len(paths):
        raise ManifestFault(_("manifest.json 把同一个文件列了两次"))
    if (manifest.kind == "amendment") != (manifest.amends is not None):
        raise ManifestFault(_("更正包必须写明更正哪一个报送包，其他报送包不能写"))
    if manifest.seq == 1 and manifest.prev_sha256 is not None:
        raise ManifestFault(_("第 1 号报送包之前不应有报送包"))
    if manifest.period.start > manifest.period.end:
        raise ManifestFault(_("报送时期的开始晚于结束"))


def _street(node: _Node) -> Street:
    street = Street(node.text("code", _CODE, _("街道代码")), node.text("name"))
    node.done()
    return street


def _period(node: _Node) -> Period:
    period = Period(node.choice("type", PERIOD_TYPES), node.day("start"), node.day("end"), node.text("label"))
    node.done()
    return period


def _amends(node: _Node) -> Amends:
    amends = Amends(
        node.text("package_id", _UUID, _("编号")), node.text("sha256", _SHA256, _("SHA-256 值")), node.text("reason"))
    node.done()
    return amends


def _program(node: _Node) -> Program:
    program = Program(node.text("name"), node.text("version"), node.number("db_schema"))
    node.done()
    return program


def _changelog(node: _Node) -> ChangelogHead:
    changelog = ChangelogHead(node.text("head", _SHA256, _("SHA-256 值")), node.number("count"))
    node.done()
    return changelog


def _counts(node: _Node) -> dict[str, int]:
    return {topic: node.number(topic) for topic in node.keys()}


def _controls(node: _Node) -> dict[str, Controls]:
    controls = {}
    for table in node.keys():
        inner = node.node(table)
        controls[table] = Controls(inner.number("rows"), inner.totals("sums"))
        inner.done()
    return controls


def _printed(node: _Node) -> Printed:
    printed = Printed(node.number("rows"), node.numbers("columns", 200))
    node.done()
    return printed


def _entry(node: _Node) -> Entry:
    entry = Entry(
        path=node.text("path"), title=node.text("title"), role=node.choice("role", ROLES),
        media_type=node.text("media_type"), size=node.number("size"),
        sha256=node.text("sha256", _SHA256, _("SHA-256 值")),
        rows=None if node.empty("rows") else node.number("rows"),
        source_member=None if node.empty("source_member") else node.text("source_member"),
        totals=node.totals("totals"),
        printed=_printed(node.node("printed")) if "printed" in node.keys() else None,
    )
    node.done()
    return entry
