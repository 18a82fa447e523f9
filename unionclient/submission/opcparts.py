"""The parts of an Office file (an OPC package in a ZIP), read strictly: one reading of every byte, or a fault.

Foreign files are taken too, so the ZIP may spell things its own way (extra fields, sizes behind the data); but members
lie back to back from the first byte to the directory, no name stands twice, and what is unpacked is counted.
Limits: no Zip64, no encryption, no piece-wise parts. Source: ECMA-376 part 2 (OPC), APPNOTE 6.3.
"""

import posixpath
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from unionclient.definition.words import _

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
MOST_PARTS, MOST_BYTES, MOST_RATIO = 500, 256 * 2**20, 200
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_DATE, _VERSION, _MODE = (1 << 5) | 1, 20, 0o100644         # 1980-01-01: no clock in the bytes
_STORED, _DEFLATED = 0, 8
_SIZES_BEHIND = 0x8
_LONG = 0xFFFFFFFF
_NAME = re.compile(r"[A-Za-z0-9_\[\]().%~+@!$&',;=-][A-Za-z0-9_\[\]().%~+@!$&',;= -]*(/[A-Za-z0-9_\[\]().%~+@!$&',;= -]+)*/?")


class OpcFault(ValueError):
    """Why an Office file or its signature is refused; `check` is `workbook-content`, `workbook-signature` or `algorithms`."""

    def __init__(self, message: str, check: str = "workbook-signature") -> None:
        super().__init__(message)
        self.check = check


@dataclass(frozen=True, slots=True)
class Part:
    """A member as it lies in the ZIP: `packed` by `method` (stored or deflate), `size` and `crc` of what it unpacks to."""

    name: str
    method: int
    crc: int
    size: int
    packed: memoryview

    def read(self) -> bytes:
        """The content. Raises OpcFault where it is not of the size and checksum that the directory says."""
        content = bytes(self.packed) if self.method == _STORED else _inflated(self.packed, self.size)
        if len(content) != self.size or zlib.crc32(content) != self.crc:
            raise _damaged()
        return content


def part(name: str, content: bytes) -> Part:
    """A new member, deflated where that helps."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    method, kept = (_DEFLATED, packed) if len(packed) < len(content) else (_STORED, content)
    return Part(name, method, zlib.crc32(content), len(content), memoryview(kept))


def _inflated(packed: memoryview, size: int) -> bytes:
    unpacker = zlib.decompressobj(-15)
    try:
        content = unpacker.decompress(packed, size + 1)
    except zlib.error:
        raise _damaged() from None
    # Bytes behind the end of the stream, or a stream without end, are two readings of one file.
    if not unpacker.eof or unpacker.unused_data:
        raise _damaged()
    return content


def _damaged() -> OpcFault:
    return OpcFault(_("文件已损坏，或者不是 Office 文件"), "workbook-content")


def _unsound(what: str) -> OpcFault:
    return OpcFault(_("文件结构不合规定：{what}").format(what=what), "workbook-content")


def joined(parts: Mapping[str, Part]) -> bytes:
    """The ZIP of `parts` in their order. Same parts, same bytes."""
    pieces: list[bytes | memoryview] = []
    directory, offset = [], 0
    for each in parts.values():
        name = each.name.encode("ascii")
        facts = (_VERSION, 0, each.method, 0, _DATE, each.crc, len(each.packed), each.size, len(name), 0)
        pieces += [_LOCAL.pack(b"PK\3\4", *facts) + name, each.packed]
        directory.append(_CENTRAL.pack(b"PK\1\2", 3 << 8 | _VERSION, *facts, 0, 0, 0, _MODE << 16, offset) + name)
        offset += _LOCAL.size + len(name) + len(each.packed)
    listed = b"".join(directory)
    return b"".join([*pieces, listed, _END.pack(b"PK\5\6", 0, 0, len(parts), len(parts), len(listed), offset, 0)])


# reading the ZIP --------------------------------------------------------------------------------------------------


def read_parts(content: bytes) -> dict[str, Part]:
    """The members by name, in the order of the file. Raises OpcFault at the first thing that could be read in two ways."""
    if len(content) < _END.size or content[:4] != b"PK\3\4":
        raise _damaged()
    magic, disk, start, here, count, size, begins, comment = _END.unpack(content[-_END.size:])
    if magic != b"PK\5\6" or (disk, start, comment) != (0, 0, 0) or here != count or begins + size + _END.size != len(content):
        raise _unsound(_("文件末尾多出内容，或者由几个文件拼接而成"))
    if not 0 < count <= MOST_PARTS:
        raise _unsound(_("内含 {count} 个部件").format(count=count))
    slots = sorted(_slots(content, begins, begins + size, count), key=lambda slot: slot[0])
    folded = {slot[1].name.casefold() for slot in slots}
    if len(folded) != count:
        raise _unsound(_("有重名的部件"))
    _refuse_bomb([slot[1] for slot in slots])
    edge = 0
    for offset, _slot, end in slots:
        if offset != edge:
            raise _unsound(_("部件之间有空隙或重叠"))
        edge = end
    if edge != begins:
        raise _unsound(_("部件与目录之间有空隙或重叠"))
    return {slot[1].name: slot[1] for slot in slots}


def _refuse_bomb(parts: list[Part]) -> None:
    dense = any(each.size > 2**20 and each.size > MOST_RATIO * len(each.packed) for each in parts)
    if dense or sum(each.size for each in parts) > MOST_BYTES:
        raise OpcFault(_("展开后过大，可能是压缩炸弹"), "workbook-content")


def _slots(content: bytes, begins: int, ends: int, count: int) -> Iterator[tuple[int, Part, int]]:
    """Offset, part and end of each line of the directory."""
    view, at = memoryview(content), begins
    for _each in range(count):
        if at + _CENTRAL.size > ends:
            raise _damaged()
        (magic, _by, _needs, flags, method, _time, _day, crc, packed, size, name_size, extra, remark, disk, _kind, mode, offset) = _CENTRAL.unpack(
            content[at:at + _CENTRAL.size])
        name_at = at + _CENTRAL.size
        at = name_at + name_size + extra + remark
        if magic != b"PK\1\2" or disk or at > ends:
            raise _damaged()
        raw = content[name_at:name_at + name_size]
        name = _plain_name(raw)
        if flags & ~(_SIZES_BEHIND | 0x806) or method not in (_STORED, _DEFLATED) or mode >> 28 not in (0, 0o4 if name.endswith("/") else 0o10):
            raise _unsound(_("有加密、快捷方式或少见的压缩方式"))
        data = _data_begins(content, offset, raw, flags, method, (crc, packed, size))
        if _LONG in (packed, size, offset) or data + packed > begins:
            raise _damaged()
        yield offset, Part(name, method, crc, size, view[data:data + packed]), _behind(content, data + packed, flags, (crc, packed, size))
    if at != ends:
        raise _unsound(_("目录中多出内容"))


def _plain_name(raw: bytes) -> str:
    try:
        name = raw.decode("ascii")
    except UnicodeDecodeError:
        raise _unsound(_("部件名不是英文字母")) from None
    if not _NAME.fullmatch(name) or any(step in (".", "..", "") for step in name.rstrip("/").split("/")):
        raise _unsound(_("部件名不合规定"))
    return name


def _data_begins(content: bytes, offset: int, name: bytes, flags: int, method: int, sizes: tuple[int, int, int]) -> int:
    """Where the data begins; the header in front of it must say the same as the directory."""
    if offset + _LOCAL.size > len(content):
        raise _damaged()
    magic, _needs, own_flags, own_method, _time, _day, crc, packed, size, name_size, extra = _LOCAL.unpack(content[offset:offset + _LOCAL.size])
    begins = offset + _LOCAL.size
    if packed == size == _LONG:         # a writer that did not know yet whether it would need eight bytes
        size, packed = _long_sizes(content[begins + name_size:begins + name_size + extra])
    same = own_flags == flags and own_method == method and content[begins:begins + name_size] == name
    said = (crc, packed, size) == sizes or flags & _SIZES_BEHIND and (crc, packed, size) == (0, 0, 0)
    if magic != b"PK\3\4" or not same or not said:
        raise _unsound(_("部件前后写的名称或大小不一致"))
    return begins + name_size + extra


def _long_sizes(extra: bytes) -> tuple[int, int]:
    """Size and packed size from a header's Zip64 field."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1 and length == 16 and at + 20 <= len(extra):
            return struct.unpack_from("<2Q", extra, at + 4)
        at += 4 + length
    raise _damaged()


def _behind(content: bytes, end: int, flags: int, sizes: tuple[int, int, int]) -> int:
    """The end of a member with the sizes that some programs write behind it."""
    if not flags & _SIZES_BEHIND:
        return end
    short, long = struct.pack("<3L", *sizes), struct.pack("<L2Q", *sizes)
    for form in (b"PK\7\x08" + long, b"PK\7\x08" + short, long, short):
        if content[end:end + len(form)] == form:
            return end + len(form)
    raise _unsound(_("部件前后写的名称或大小不一致"))


# reading the package ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Package:
    """The parts of a file with their content types and relationships; each content is unpacked once."""

    parts: Mapping[str, Part]

    @cached_property
    def types(self) -> "Types":
        return _read_types(self.read(CONTENT_TYPES))

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        return {}

    @property
    def names(self) -> list[str]:
        """Every part but the list of content types (folders are no parts)."""
        return [name for name in self.parts if name != CONTENT_TYPES and not name.endswith("/")]

    def read(self, name: str) -> bytes:
        if name not in self.parts:
            raise OpcFault(_("缺少部件 {name}").format(name=name[:80]))
        if name not in self._contents:
            self._contents[name] = self.parts[name].read()
        return self._contents[name]

    def type_of(self, name: str) -> str:
        return self.types.of(name)

    def relations(self, source: str) -> dict[str, "Relation"]:
        """The relationships of a part by Id ("" for the package's own); none where there is no such list."""
        name = relations_name(source)
        return self.relations_in(name) if name in self.parts else {}

    def relations_in(self, name: str) -> dict[str, "Relation"]:
        """The relationships in the part `name` by Id."""
        return read_relations(self.read(name))


def open_package(content: bytes) -> Package:
    """Raises OpcFault where `content` is no Office file of one reading."""
    package = Package(read_parts(content))
    if CONTENT_TYPES not in package.parts or "_rels/.rels" not in package.parts:
        raise _damaged()
    return package


def relations_name(source: str) -> str:
    """Where the relationships of a part lie: `xl/workbook.xml` → `xl/_rels/workbook.xml.rels`."""
    folder, _, name = source.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_folder(relations: str) -> str:
    """The folder from which the targets in a list of relationships are counted: `xl/_rels/workbook.xml.rels` → `xl`."""
    return posixpath.dirname(posixpath.dirname(relations))


@dataclass(frozen=True, slots=True)
class Types:
    """Content types by part name and by ending, both folded."""

    overrides: Mapping[str, str]
    defaults: Mapping[str, str]

    def of(self, name: str) -> str:
        folded = "/" + name.casefold()
        return self.overrides.get(folded) or self.defaults.get(folded.rpartition(".")[2], "")


def _read_types(content: bytes) -> Types:
    overrides: dict[str, str] = {}
    defaults: dict[str, str] = {}
    root = parsed(content)
    if root.tag != f"{_TYPES}Types":
        raise _unsound(_("部件类型表读不出来"))
    for node in root.iterchildren(tag="*"):
        kind, key, into = (("Default", "Extension", defaults) if node.tag == f"{_TYPES}Default" else ("Override", "PartName", overrides))
        name, said = node.get(key), node.get("ContentType")
        if node.tag != _TYPES + kind or not name or not said or name.casefold() in into or set(node.attrib) != {key, "ContentType"}:
            raise _unsound(_("部件类型表有重复或不认识的内容"))
        into[name.casefold()] = said
    return Types(overrides, defaults)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship; `external` where its target lies outside the file."""

    id: str
    type: str
    target: str
    external: bool

    def canonical(self) -> str:
        """As the relationship transform writes it (ECMA-376 part 2, §13.2.4.24)."""
        mode = "External" if self.external else "Internal"
        said = "".join(f' {name}="{_attribute(text)}"' for name, text in
                       (("Id", self.id), ("Target", self.target), ("TargetMode", mode), ("Type", self.type)))
        return f"<Relationship{said}></Relationship>"

    def resolved(self, folder: str) -> str:
        """The name of the part it points to."""
        return posixpath.normpath(posixpath.join("/", folder, self.target)).lstrip("/")


def _attribute(text: str) -> str:
    for sign, spelled in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;"), ("\t", "&#x9;"), ("\n", "&#xA;"), ("\r", "&#xD;")):
        text = text.replace(sign, spelled)
    return text


def read_relations(content: bytes) -> dict[str, Relation]:
    """Relationships by Id. Raises OpcFault for an Id that stands twice and for anything that is no relationship."""
    found: dict[str, Relation] = {}
    root = parsed(content)
    if root.tag != f"{{{RELATIONS}}}Relationships" or root.attrib:
        raise _unsound(_("部件关系表读不出来"))
    for node in root.iterchildren(tag="*"):
        identity, kind, target = node.get("Id"), node.get("Type"), node.get("Target")
        mode = node.get("TargetMode", "Internal")
        known = node.tag == f"{{{RELATIONS}}}Relationship" and set(node.attrib) <= {"Id", "Type", "Target", "TargetMode"}
        if not known or not identity or not kind or target is None or mode not in ("Internal", "External") or len(node) or identity in found:
            raise _unsound(_("部件关系表有重复或不认识的内容"))
        found[identity] = Relation(identity, kind, target, mode == "External")
    return found


def transformed(relations: Mapping[str, Relation], chosen: Iterator[str] | list[str]) -> bytes:
    """The canonical bytes of the chosen relationships, sorted by Id: what a signature's digest is made of."""
    lines = "".join(relations[identity].canonical() for identity in sorted(chosen))
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'.encode()


def blanks(content: bytes) -> int:
    """How many texts (line breaks, mostly) stand between the relationships of a list."""
    root = parsed(content)
    return sum(bool(text) for text in (root.text, *(node.tail for node in root)))


def parsed(content: bytes) -> "_Element":
    """XML without entities and without a DOCTYPE. Raises OpcFault."""
    from lxml import etree

    if b"<!DOCTYPE" in content or b"\0" in content:
        raise OpcFault(_("含有不允许的 XML 内容"), "workbook-content")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise _damaged() from None
