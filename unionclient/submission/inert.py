"""A workbook that can only be read: every part, relationship and element is one that a plain table needs.

What is not on the lists is refused, so macros, links, objects, queries and whatever comes next need no names of their own.
Limits: `.xlsx` as our writers and openpyxl make them; a workbook with charts, notes or pictures is refused too.
"""

import re

from unionclient.definition.words import _
from unionclient.submission.opcparts import CONTENT_TYPES, OpcFault, Package, open_package

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(styles|sharedStrings)\.xml|xl/theme/theme1\.xml|xl/worksheets/sheet\d{1,3}\.xml"
    r"|_xmlsignatures/(origin\.sigs|sig\d{1,2}\.xml)|_xmlsignatures/_rels/origin\.sigs\.rels")
_OFFICE, _PACKAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/", "http://schemas.openxmlformats.org/package/2006/relationships/"
_RELATIONS = {
    *(_OFFICE + name for name in ("officeDocument", "extended-properties", "worksheet", "theme", "styles", "sharedStrings")),
    *(_PACKAGE + name for name in ("metadata/core-properties", "digital-signature/origin", "digital-signature/signature"))}
_TYPES = re.compile(
    r"application/xml|application/vnd\.openxmlformats-package\.(relationships|core-properties|digital-signature-(origin|xmlsignature))(\+xml)?"
    r"|application/vnd\.openxmlformats-officedocument\.(extended-properties|theme)\+xml"
    r"|application/vnd\.openxmlformats-officedocument\.spreadsheetml\.(sheet\.main|worksheet|styles|sharedStrings)\+xml")
# Elements that calculate, link or act; with any prefix, since a prefix is the file's own choice.
_ACTING = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?(f|hyperlink|oleObjects?|control|controls|drawing|legacyDrawing|picture|dataConsolidate|webPublishItems?"
    rb"|externalReferences?|tableParts?|customSheetViews?|smartTags?|fileRecoveryPr|functionGroups|oleSize|pivotCaches?|AlternateContent"
    rb"|extLst|webPublishing)[\s/>]")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")
# DDE and links can hide in a name's formula: ours name print titles and filters only.
_NAME_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?definedName(?:\s[^>]*)?>([^<]*)<")
_PLAIN_FORMULA = re.compile(r"('[^'\[\]|!]*'|[^'\[\]|!(),\s]+)![$A-Z0-9:]+(,('[^'\[\]|!]*'|[^'\[\]|!(),\s]+)![$A-Z0-9:]+)*")
_CONDITION = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?formula[12]?(?:\s[^>]*)?>([^<]*)<")
# One row of a sheet is a few kilobytes; a parser keeps a whole row in memory.
_LONGEST_ROW = 2**21


def refuse_acting(content: bytes) -> None:
    """Raise OpcFault (check `workbook-content`) for anything but a plain table: the file in its ZIP, its parts, their links, their XML."""
    try:
        package = open_package(content)
        for name in package.parts:
            _refuse_part(package, name)
    except OpcFault as fault:
        raise OpcFault(str(fault), "workbook-content") from None


def _refuse_part(package: Package, name: str) -> None:
    if not _PARTS.fullmatch(name):
        raise OpcFault(_("含有不允许的部件 {name}（宏、链接、嵌入的对象等）").format(name=ascii(name)[1:-1][:80]))
    if name != CONTENT_TYPES and not _TYPES.fullmatch(package.type_of(name)):
        raise OpcFault(_("部件 {name} 的类型不在允许之列").format(name=name))
    content = package.read(name)
    if name.endswith(".rels"):
        for relation in package.relations_in(name).values():
            if relation.external or relation.type not in _RELATIONS:
                raise OpcFault(_("含有指向外部或不允许的关系（{kind}）").format(kind=ascii(relation.type.rpartition("/")[2])[1:-1][:40]))
    if name.endswith(".xml"):
        refuse_xml(content)
        if name.startswith("xl/") and not name.startswith("xl/theme/"):
            _refuse_elements(name, content)


def refuse_xml(content: bytes) -> None:
    """Raise OpcFault for XML that is not plain UTF-8 or declares entities: the searches below see what a parser sees."""
    said = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf")[:200])
    plain = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" and (not said or said[1].lower() in (b"utf-8", b"us-ascii"))
    if not plain or b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
        raise OpcFault(_("含有不允许的 XML 内容"))


def _refuse_elements(name: str, content: bytes) -> None:
    if found := _ACTING.search(content):
        raise OpcFault(_("含有公式、链接或会动作的内容（{name}）").format(name=found[1].decode("ascii")))
    for formula in _NAME_FORMULA.findall(content):
        if not _PLAIN_FORMULA.fullmatch(formula.decode("utf-8", "replace").replace("&apos;", "'")):
            raise OpcFault(_("含有带公式的名称"))
    for condition in _CONDITION.findall(content):
        if not condition.startswith((b'"', b"&quot;")) and re.search(rb"[\[\]|!(]", condition):
            raise OpcFault(_("含有带公式的条件"))
    if name.startswith("xl/worksheets/"):
        _refuse_long_rows(content)


def _refuse_long_rows(content: bytes) -> None:
    """A row without end would be held in memory as a whole before it could be counted."""
    at, last = content.find(b"<row"), 0
    while at != -1:
        if at - last > _LONGEST_ROW:
            break
        last, at = at, content.find(b"<row", at + 4)
    if (at if at != -1 else len(content)) - last > _LONGEST_ROW:
        raise OpcFault(_("含有过长的行"))
