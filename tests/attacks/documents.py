"""Attacks inside the files, all signed anew with the right key: numbers that disagree, documents that act."""

import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf
from attacks.rawzip import Line, deflated, zipped
from attacks.scene import BOOK, CSV, PDF, Attack, Scene
from submission.bench import make_pdf, make_workbook, member_table

from unionclient.submission.opc import sign_workbook
from unionclient.submission.pades import _KeySigner, sign_pdf

SHEET, WORKBOOK, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# numbers that disagree --------------------------------------------------------------------------------------------


def _swapped(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new, 1)


def _table(old: bytes, new: bytes, scene: Scene) -> bytes:
    return scene.bench.resigned({CSV: _swapped(scene.bench.members[CSV], old, new)})


def _book(change: Callable[[Any], None], scene: Scene) -> bytes:
    """The workbook with one cell changed, signed anew."""
    return scene.bench.resigned({BOOK: _signed(scene, make_workbook(member_table(), change))})


def _signed(scene: Scene, book: bytes) -> bytes:
    return sign_workbook(book, scene.key, signed_at=scene.now)


def _reprinted(change: dict[tuple[int, int], str], scene: Scene) -> bytes:
    return scene.reprinted(change)


REPRINTED = {"an amount": {(1, 3): "92.50"}, "a count": {(1, 2): "12"}, "that of another record": {(1, 2): "22"},
             "two exchanged": {(1, 3): "25.00", (2, 3): "12.50"}, "an id": {(2, 1): "id-00007"}}


def _twice(book: Any) -> None:
    """The last row says what the row before it says; the sums are those of the table."""
    sheet = book.active
    for column in range(1, 7):
        sheet.cell(5, column).value = sheet.cell(4, column).value


def _cell(place: str, value: Any) -> Callable[[Any], None]:
    return lambda book: book.active.__setitem__(place, value)


# PDF --------------------------------------------------------------------------------------------------------------


def _pdf(content: bytes, scene: Scene) -> bytes:
    return scene.bench.resigned({PDF: content})


def _edited(edit: Callable[[Any], None], scene: Scene) -> bytes:
    """A report that acts, signed anew."""
    out = BytesIO()
    with pikepdf.open(BytesIO(make_pdf())) as pdf:
        edit(pdf)
        pdf.save(out)
    return _pdf(scene.pdf(out.getvalue()), scene)


def _overlay(scene: Scene) -> bytes:
    """An update behind the signature that paints over the page."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(scene.bench.members[PDF]))
    paint = writer.add_object(generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 800 re f"))
    writer.add_stream_to_page(0, paint)
    out = BytesIO()
    writer.write(out)
    return _pdf(out.getvalue(), scene)


def _rewritten(scene: Scene) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(scene.bench.members[PDF])) as pdf:
        pdf.save(out)
    return _pdf(out.getvalue(), scene)


def _signed_again(scene: Scene) -> bytes:
    """A second signature over a changed page: the first still holds over its own part."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    writer = IncrementalPdfFileWriter(BytesIO(scene.bench.members[PDF]))
    meta = signers.PdfSignatureMetadata(field_name="Second", md_algorithm="sha256")
    return _pdf(signers.PdfSigner(meta, signer=_KeySigner(scene.other)).sign_pdf(writer).getvalue(), scene)


def _uncovered(scene: Scene) -> bytes:
    """The ByteRange leaves a stretch of the file out."""
    content = scene.bench.members[PDF]
    at = content.index(b"/ByteRange")
    begin, end = content.index(b"[", at), content.index(b"]", at) + 1
    numbers = [int(each) for each in content[begin + 1:end - 1].split()]
    said = b"[" + b" ".join(b"%d" % each for each in (0, numbers[1] - 50, *numbers[2:])) + b"]"
    return _pdf(content[:begin] + said.ljust(end - begin) + content[end:], scene)


def _action(**said: Any) -> Callable[[Any], None]:
    return lambda pdf: pdf.Root.__setattr__("OpenAction", pikepdf.Dictionary(**said))


ACTING_PDF = {
    "a script when opened": _action(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")),
    "a program started": _action(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
    "a form sent off": _action(S=pikepdf.Name.SubmitForm, F=pikepdf.String("http://a")),
    "another file opened": _action(S=pikepdf.Name.GoToR, F=pikepdf.String("//server/share.pdf")),
    "a script named in a tree": lambda pdf: pdf.Root.__setattr__("Names", pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))])))),
    "an action behind a page": lambda pdf: pdf.pages[0].obj.__setattr__("AA", pikepdf.Dictionary()),
    "an action behind an action": _action(S=pikepdf.Name.GoTo, Next=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("a"))),
    "a file inside": lambda pdf: pdf.attachments.__setitem__("a.exe", b"MZ"),
    "an XFA form": lambda pdf: pdf.Root.__setattr__("AcroForm", pikepdf.Dictionary(XFA=pikepdf.Array([]), Fields=pikepdf.Array([]))),
    "a film": lambda pdf: pdf.pages[0].obj.__setattr__("Annots", pikepdf.Array([pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, RichMediaContent=pikepdf.Dictionary(), Rect=pikepdf.Array([0, 0, 1, 1]))])),
    "a link to the web": lambda pdf: pdf.pages[0].obj.__setattr__("Annots", pikepdf.Array([pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]),
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://a")))])),
}


# workbooks --------------------------------------------------------------------------------------------------------


def _parts(edit: Callable[[dict[str, bytes]], None], scene: Scene) -> bytes:
    """A workbook with other parts; it is refused before its signature is looked at."""
    with zipfile.ZipFile(BytesIO(make_workbook(member_table()))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    edit(parts)
    return scene.bench.resigned({BOOK: zipped([Line(name.encode(), content) for name, content in parts.items()])})


def _part(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, content)


def _in(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, _swapped(parts[name], old, new))


def _related(kind: str, target: str, mode: str = "") -> Callable[[dict[str, bytes]], None]:
    line = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'.encode()
    return _in(RELATIONS, b"</Relationships>", line)


def _sheet(xml: bytes) -> Callable[[dict[str, bytes]], None]:
    """More content at the end of the sheet."""
    return _in(SHEET, b"</sheetData>", b"</sheetData>" + xml)


def _formula(text: bytes, prefix: bytes = b"") -> Callable[[dict[str, bytes]], None]:
    name = prefix + b"f"
    return _in(SHEET, b"</sheetData>", b'<row r="99"><c r="A99"><' + name + b">" + text + b"</" + name + b"><v>1</v></c></row></sheetData>")


def _bomb_book(scene: Scene) -> bytes:
    with zipfile.ZipFile(BytesIO(make_workbook(member_table()))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    whole = [deflated(name, content) for name, content in parts.items() if name != SHEET]
    return scene.bench.resigned({BOOK: zipped([*whole, deflated(SHEET, parts[SHEET] + b" " * 2**27)])})


def _lying_book(scene: Scene) -> bytes:
    """A part said to be small that unpacks to more."""
    with zipfile.ZipFile(BytesIO(make_workbook(member_table()))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    whole = [deflated(name, content, size=100 if name == SHEET else None) for name, content in parts.items()]
    return scene.bench.resigned({BOOK: zipped(whole)})


def _wide_row(scene: Scene) -> bytes:
    """One row with 300,000 cells."""
    return _parts(_in(SHEET, b"</sheetData>", b'<row r="99">' + b'<c r="A99"><v>1</v></c>' * 300_000 + b"</row></sheetData>"), scene)


def _many_rows(scene: Scene) -> bytes:
    with zipfile.ZipFile(BytesIO(make_workbook(member_table()))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[SHEET] = _swapped(parts[SHEET], b"</sheetData>", b"".join(b'<row r="%d"/>' % place for place in range(6, 300_000)) + b"</sheetData>")
    return scene.bench.resigned({BOOK: _signed(scene, zipped([deflated(name, content) for name, content in parts.items()]))})


def _huge_dimension(scene: Scene) -> bytes:
    """A sheet that says it is as large as a sheet can be, with a row at the very end: read as the rows it has."""
    with zipfile.ZipFile(BytesIO(make_workbook(member_table()))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[SHEET] = _swapped(_swapped(parts[SHEET], b'ref="A1:F5"', b'ref="A1:XFD1048576"'), b"</sheetData>",
                            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    return scene.bench.resigned({BOOK: _signed(scene, zipped([deflated(name, content) for name, content in parts.items()]))})


def _wrapped_book(scene: Scene) -> bytes:
    """The signed object moved away under its own Id and a copy with other digests put in its place."""
    with zipfile.ZipFile(BytesIO(scene.bench.members[BOOK])) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = "_xmlsignatures/sig1.xml"
    xml = parts[name]
    at = xml.index(b"<Object")
    end = xml.index(b"</Object>") + len(b"</Object>")
    parts[name] = xml[:at] + xml[at:end] + xml[at:end] + xml[end:]
    return scene.bench.resigned({BOOK: zipped([Line(part.encode(), content) for part, content in parts.items()])})


def _changed_after(scene: Scene) -> bytes:
    """A cell changed after the workbook was signed; the package is signed anew."""
    with zipfile.ZipFile(BytesIO(scene.bench.members[BOOK])) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[SHEET] = _swapped(parts[SHEET], b"<v>21</v>", b"<v>12</v>")
    return scene.bench.resigned({BOOK: zipped([Line(part.encode(), content) for part, content in parts.items()])})


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><sst>&b;</sst>'
XXE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'
CONTENT = {
    "entities in a workbook": {
        "billion laughs": _part("xl/sharedStrings.xml", LAUGHS), "a file read in": _part("xl/sharedStrings.xml", XXE),
        "a DOCTYPE in UTF-16": _part("xl/styles.xml", XXE.decode().encode("utf-16")),
        "a DOCTYPE in EBCDIC": _part("xl/styles.xml", XXE.decode().encode("cp037")),
        "a DOCTYPE in UTF-7": _part("xl/styles.xml", b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE l>'),
        "a DOCTYPE in the relationships": _part("_rels/.rels", LAUGHS),
        "a DOCTYPE in the content types": _part("[Content_Types].xml", LAUGHS)},
    "formula injection": {
        "a formula": _formula(b"1+1"), "a formula with a prefix": _formula(b"1+1", b"x:"), "a program by DDE": _formula(b"cmd|'/c calc'!A1"),
        "a picture from the web": _formula(b"IMAGE(&quot;http://a&quot;)"),
        "a name that calculates": _in(WORKBOOK, b"<definedNames/>", b'<definedNames><definedName name="Auto_Open">cmd|\'/c calc\'!A1</definedName></definedNames>'),
        "a condition that reads another file": _sheet(b'<dataValidations><dataValidation type="custom" sqref="A1"><formula1>[1]a!A1</formula1></dataValidation></dataValidations>')},
    "links and macros": {
        "macros": _part("xl/vbaProject.bin"), "old macro sheet": _part("xl/macrosheets/sheet1.xml", b"<a/>"),
        "a link to another workbook": _part("xl/externalLinks/externalLink1.xml", b"<a/>"), "an object inside": _part("xl/embeddings/oleObject1.bin"),
        "ActiveX": _part("xl/activeX/activeX1.xml", b"<a/>"), "a query": _part("xl/connections.xml", b"<a/>"),
        "a ribbon": _part("customUI/customUI.xml", b"<a/>"), "a custom part": _part("customXml/item1.xml", b"<a/>"),
        "a drawing": _part("xl/drawings/drawing1.xml", b"<a/>"), "a program": _part("xl/setup.exe", b"MZ"),
        "a relationship to the outside": _related("attachedTemplate", "http://a/t.xltm", ' TargetMode="External"'),
        "a relationship to a file": _related("hyperlink", "file:///c:/a.exe", ' TargetMode="External"'),
        "a relationship of another kind": _related("vbaProject", "styles.xml"),
        "a link in a cell": _sheet(b'<hyperlinks><hyperlink ref="A1" location="http://a"/></hyperlinks>'),
        "an object in the sheet": _sheet(b'<oleObjects><oleObject progId="Package" link="a"/></oleObjects>'),
        "an alternate content": _sheet(b'<mc:AlternateContent xmlns:mc="a"/>'),
        "macros by content type": _in("[Content_Types].xml", b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"),
        "a part under two names": lambda parts: parts.update({"xl/worksheets/SHEET1.xml": parts[SHEET]})},
}

def _printed_from(scene: Scene, digest: str | None) -> bytes:
    return sign_pdf(make_pdf(), scene.key, reason="x", source_sha256=digest)


ATTACKS = [
    Attack("mismatch", "one number of the table", partial(_table, b"12.50", b"92.50"), "controls", "invalid"),
    Attack("mismatch", "a row of the table", lambda s: s.bench.resigned({CSV: s.bench.members[CSV][:s.bench.members[CSV].index(b"id-00002")]}), "controls", "invalid"),
    Attack("mismatch", "a word in a column of numbers", partial(_table, b"12.50", b"12,50"), "data", "invalid"),
    Attack("mismatch", "one number of the workbook", partial(_book, _cell("C3", 99)), "workbook-source", "invalid"),
    Attack("mismatch", "two numbers of the workbook that cancel out", partial(_book, lambda book: (_cell("C4", 22)(book), _cell("C5", 21)(book))), "workbook-source", "invalid"),
    Attack("mismatch", "one date of the workbook", partial(_book, _cell("E4", date(2017, 3, 2))), "workbook-source", "invalid"),
    Attack("mismatch", "a date taken out of the workbook", partial(_book, _cell("E4", None)), "workbook-source", "invalid"),
    Attack("mismatch", "a record in place of another in the workbook", partial(_book, _cell("A4", "id-00009")), "workbook-source", "invalid"),
    Attack("mismatch", "a record twice in the workbook", partial(_book, _twice), "workbook-source", "invalid"),
    Attack("mismatch", "one number that no total names", partial(_book, _cell("D4", 99.5)), "workbook-source", "invalid"),
    Attack("mismatch", "a row more in the workbook", lambda s: s.bench.resigned({BOOK: _signed(s, make_workbook(member_table(4)))}), "workbook-source", "invalid"),
    *(Attack("mismatch", f"one number of the PDF: {name}", partial(_reprinted, change), "pdf-source", "invalid") for name, change in REPRINTED.items()),
    Attack("mismatch", "a PDF of another table", lambda s: _pdf(_printed_from(s, "0" * 64), s), "pdf-source", "invalid"),
    Attack("mismatch", "a PDF that names no table", lambda s: _pdf(_printed_from(s, None), s), "pdf-source", "invalid"),
    Attack("mismatch", "another total in the manifest", lambda s: s.bench.resigned(
        {}, edit=lambda tree: tree["controls"]["membership"].update(sums={"age": "1"})), "controls", "invalid"),
    Attack("mismatch", "a total for the workbook only", lambda s: s.bench.resigned(
        {}, edit=lambda tree: next(each for each in tree["members"] if each["path"] == BOOK).update(totals={"age": "1"})), "source", "invalid"),
    Attack("PDF overlay and tail", "the page painted over", _overlay, "pdf-signature", "invalid"),
    Attack("PDF overlay and tail", "bytes behind", lambda s: _pdf(s.bench.members[PDF] + b"\n%junk", s), "pdf-signature", "invalid"),
    Attack("PDF overlay and tail", "another PDF behind", lambda s: _pdf(s.bench.members[PDF] + make_pdf("other"), s), "pdf-signature", "invalid"),
    Attack("PDF overlay and tail", "rewritten", _rewritten, "pdf-signature", "invalid"),
    Attack("PDF overlay and tail", "a second signature", _signed_again, "pdf-signature", "invalid"),
    Attack("PDF overlay and tail", "a stretch left out of the signature", _uncovered, "pdf-signature", "invalid"),
    Attack("PDF overlay and tail", "not a PDF", lambda s: _pdf(b"%PDF-1.7 nothing", s), "pdf-content", "unsafe"),
    *(Attack("PDF that acts", name, partial(_edited, edit), "pdf-content", "unsafe") for name, edit in ACTING_PDF.items()),
    Attack("zip bomb", "a bomb as a workbook", _bomb_book, "workbook-content", "unsafe"),
    Attack("lying size", "a part larger than it says", _lying_book, "workbook-content", "unsafe"),
    Attack("giant dimensions", "300,000 cells in a row", _wide_row, "workbook-content", "unsafe"),
    Attack("giant dimensions", "300,000 empty rows", _many_rows, "workbook-content", "unsafe"),
    Attack("giant dimensions", "a sheet as large as can be", _huge_dimension, "workbook-source", "invalid"),
    Attack("signature wrapping", "an object of a workbook's signature twice", _wrapped_book, "workbook-signature", "invalid"),
    Attack("stripped signature", "a workbook changed after it was signed", _changed_after, "workbook-signature", "invalid"),
    *(Attack(row, name, partial(_parts, edit), "workbook-content", "unsafe") for row, cases in CONTENT.items() for name, edit in cases.items()),
    *(Attack("formula injection", f"text {sign!r} in the table", partial(_table, "会员1".encode(), f'"{sign}cmd|calc!A1"'.encode()), "data", "invalid")
      for sign in ("=", "+", "-", "@", "\t", "\r")),
]

