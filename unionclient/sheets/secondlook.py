"""What the cell reader does not tell: error cells, formulas without a result, the 1904 calendar, merges of .ods.

Reads the XML inside a workbook once more, and only where a quick search of its bytes finds something to see.
A part that cannot be read here is left alone: the cells themselves have been read already.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from unionclient.sheets.book import NOT_CALCULATED, Span

_TELLING = (re.compile(rb"""=["']e["'](?<=t....)"""), re.compile(rb"f(?<=[<:]f)[> /]"))    # an error cell, a formula
_CHUNK = 1 << 20
_FIRST_RECORD, _FILEPASS = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x2F     # [MS-XLS] 2.4.21, 2.4.117
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)\Z")
_TROUBLE = (KeyError, ValueError, ParseError, expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


class XlsxParts:
    """The parts of an .xlsx container that say which sheet is where."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self.date1904 = False
        self._members: dict[str, str] = {}
        try:
            self._read_workbook()
        except _TROUBLE:
            self._members = {}

    def _read_workbook(self) -> None:
        from defusedxml.ElementTree import fromstring

        links = {}
        for link in fromstring(self._zip.read("xl/_rels/workbook.xml.rels")):
            links[link.get("Id")] = posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
        for node in fromstring(self._zip.read("xl/workbook.xml")).iter():
            name = node.tag.rpartition("}")[2]
            if name == "workbookPr":
                self.date1904 = node.get("date1904") in ("1", "true")
            elif name == "sheet":
                key = next((value for attribute, value in node.attrib.items() if attribute.endswith("}id")), None)
                if key in links:
                    self._members[node.get("name", "")] = links[key]

    def faults(self, sheet: str) -> dict[tuple[int, int], str]:
        """{(row, column): "#N/A" or NOT_CALCULATED} of one sheet."""
        member = self._members.get(sheet)
        try:
            if member is None or not self._telling(member):
                return {}
            with self._zip.open(member) as stream:
                return _Cells().read(stream)
        except _TROUBLE:
            return {}

    def _telling(self, member: str) -> bool:
        tail = b""
        with self._zip.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                if any(sign.search(part) for sign in _TELLING for part in (chunk, tail + chunk[:8])):
                    return True
                tail = chunk[-8:]
        return False


def _parser() -> expat.XMLParserType:
    """An expat parser that meets no document type, hence no entities of the file's own."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise ValueError("document type in a workbook part")

    parser.StartDoctypeDeclHandler = refuse
    return parser


class _Cells:
    """Walks `<c>` elements of a sheet and keeps those that show an error or lack a result."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], str] = {}
        self._row = -1
        self._column = -1
        self._kind = ""
        self._formula = False
        self._text: list[str] = []

    def read(self, stream: zipfile.ZipExtFile) -> dict[tuple[int, int], str]:
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

        def collect(text: str) -> None:
            self._text.append(text)

        self._parser, self._collect = parser, collect
        parser.ParseFile(stream)
        return self.found

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            self._place(attributes.get("r"))
            self._kind, self._formula, self._text = attributes.get("t", ""), False, []
        elif name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 2)) - 1, -1
        elif name == "f":
            self._formula = True
        elif name == "v":
            self._parser.CharacterDataHandler = self._collect

    def _place(self, reference: str | None) -> None:
        place = _REFERENCE.match(reference) if reference else None
        if place is None:
            self._column += 1
            return
        column = 0
        for sign in place[1]:
            column = column * 26 + ord(sign) - 64
        self._row, self._column = int(place[2]) - 1, column - 1

    def _end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "v":
            self._parser.CharacterDataHandler = None
        elif name == "c":
            text = "".join(self._text)
            if self._kind == "e":
                self.found[self._row, self._column] = text or "#N/A"
            elif self._formula and not text and self._kind != "str":
                self.found[self._row, self._column] = NOT_CALCULATED


def ods_merges(content: bytes) -> dict[str, tuple[Span, ...]]:
    """Merged ranges of every sheet of an .ods container, by sheet name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container, container.open("content.xml") as stream:
            return _Spans().read(stream)
    except _TROUBLE:
        return {}


class _Spans:
    """Walks the tables of an OpenDocument and keeps the cells that span others."""

    def __init__(self) -> None:
        self.found: dict[str, list[Span]] = {}
        self._sheet: list[Span] = []
        self._row = 0
        self._column = 0
        self._repeat = 1

    def read(self, stream: zipfile.ZipExtFile) -> dict[str, tuple[Span, ...]]:
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.ParseFile(stream)
        return {name: tuple(spans) for name, spans in self.found.items()}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "table":
            self._sheet = self.found.setdefault(_named(attributes, "name"), [])
            self._row = 0
        elif name == "table-row":
            self._column, self._repeat = 0, _number(attributes, "number-rows-repeated")
        elif name in ("table-cell", "covered-table-cell"):
            down, right = _number(attributes, "number-rows-spanned"), _number(attributes, "number-columns-spanned")
            if down > 1 or right > 1:
                self._sheet.append((self._row, self._column, self._row + down - 1, self._column + right - 1))
            self._column += _number(attributes, "number-columns-repeated")

    def _end(self, tag: str) -> None:
        if tag.rpartition("}")[2] == "table-row":
            self._row += self._repeat


def _named(attributes: dict[str, str], name: str) -> str:
    return next((value for key, value in attributes.items() if key.rpartition("}")[2] == name), "")


def _number(attributes: dict[str, str], name: str) -> int:
    text = _named(attributes, name)
    return int(text) if text.isdigit() else 1


def is_protected(content: bytes, kind: str) -> bool:
    """True if the file can only be opened with a password."""
    if kind == "ods":
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as container:
                return b"encryption-data" in container.read("META-INF/manifest.xml")
        except _TROUBLE:
            return False
    if "EncryptedPackage".encode("utf-16-le") in content:
        return True
    at = content.find(_FIRST_RECORD)
    for _ in range(20):                         # the records of an old workbook: number, length, content
        if at < 0 or at + 4 > len(content):
            return False
        number, length = struct.unpack_from("<HH", content, at)
        if number == _FILEPASS:
            return True
        at += 4 + length
    return False


def members(content: bytes) -> Iterator[zipfile.ZipInfo]:
    """The directory of a zip container. Raises `zipfile.BadZipFile`."""
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        yield from container.infolist()
