"""The parts of an .xlsx container that do not depend on the rows: styles, names, page set-up, lists, properties.

Written out by hand for one sheet of a ledger (ECMA-376 part 1, §18 and part 2); nothing here holds a time or a PC.
"""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from unionclient.definition.ledger import Field
from unionclient.definition.words import _
from unionclient.sheets.book import letter

# Cell styles of `_STYLES`, by position; those of decimals follow, one for each number of places.
PLAIN, HEAD, TEXT, DATE, MONEY, WHOLE, STAMPED, QUOTED, BANNER = range(9)
_MOST_PLACES = 6

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHARED_BEGIN = _XML + f'<sst xmlns="{_MAIN}" uniqueCount="{{}}">'

_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_SHEET_TYPE}.sharedStrings+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>')
_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>')
_BOOK_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
_APPLICATION = f'{_XML}<Properties xmlns="{_OFFICE}/extended-properties"><Application>unionclient</Application></Properties>'


def _style(number_format: int, *, font: int = 0, fill: int = 0, border: int = 1, more: str = "", inner: str = "") -> str:
    return (f'<xf numFmtId="{number_format}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" applyNumberFormat="1" '
            f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"{more}>{inner}</xf>')


_CENTRED = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
_LEVEL = '<alignment vertical="center"/>'
_FORMATS = {164: "yyyy\\-mm\\-dd", 165: "#,##0.00", 166: "yyyy\\-mm\\-dd hh:mm",
            **{166 + places: "0." + "0" * places for places in range(1, _MOST_PLACES + 1)}}
_CELL_STYLES = (
    _style(0), _style(49, font=1, fill=2, inner=_CENTRED), _style(49, inner=_LEVEL), _style(164, inner=_LEVEL), _style(165, inner=_LEVEL),
    _style(1, inner=_LEVEL), _style(166, inner=_LEVEL), _style(49, more=' quotePrefix="1"', inner=_LEVEL),
    _style(49, font=2, border=0, inner=_CENTRED), *(_style(166 + places, inner=_LEVEL) for places in range(1, _MOST_PLACES + 1)))
_SIDES = "".join(f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>' for side in ("left", "right", "top", "bottom"))
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(_FORMATS)}">'
    + "".join(f"<numFmt numFmtId=\"{number}\" formatCode={quoteattr(code)}/>" for number, code in _FORMATS.items())
    + '</numFmts><fonts count="3"><font><sz val="10.5"/><name val="宋体"/></font><font><b/><sz val="10.5"/><name val="宋体"/></font>'
    '<font><b/><sz val="16"/><name val="黑体"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFDDE6F0"/><bgColor indexed="64"/></patternFill></fill></fills>'
    f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{_SIDES}<diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_CELL_STYLES)}">{"".join(_CELL_STYLES)}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>')


def decimal_style(places: int) -> int:
    return BANNER + places if places else WHOLE


def fixed_parts(title: str, width: int, height: int, head_row: int) -> Iterator[tuple[str, str]]:
    """(name, text) of every part but the sheet and its texts."""
    yield "[Content_Types].xml", _CONTENT_TYPES
    yield "_rels/.rels", _RELATIONS
    yield "docProps/core.xml", (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>unionclient</dc:creator></cp:coreProperties>")
    yield "docProps/app.xml", _APPLICATION
    yield "xl/workbook.xml", _workbook(sheet_name(title), width, height, head_row)
    yield "xl/_rels/workbook.xml.rels", _BOOK_RELATIONS
    yield "xl/styles.xml", _STYLES


def sheet_name(title: str) -> str:
    """At most 31 characters, none that Excel forbids."""
    return re.sub(r"[\[\]:*?/\\]", "", title).strip(" '")[:31] or "Sheet1"


def _workbook(name: str, width: int, height: int, head_row: int) -> str:
    quoted = escape("'" + name.replace("'", "''") + "'")
    last = letter(max(width, 1) - 1)
    return (f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}/relationships">'
            f'<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets><definedNames>'
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{quoted}!$A${head_row}:${last}${height + head_row}</definedName>'
            f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{quoted}!${head_row}:${head_row}</definedName></definedNames></workbook>')


def sheet_begin(widths: Sequence[int], head_row: int) -> str:
    """`widths` in characters; 0 hides a column."""
    columns = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' if width else
                      f'<col min="{n}" max="{n}" width="12" hidden="1" customWidth="1"/>' for n, width in enumerate(widths, 1))
    below = head_row + 1
    return (f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{head_row}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="A{below}" sqref="A{below}"/></sheetView></sheetViews>'
            f"<cols>{columns}</cols><sheetData>")


def sheet_end(filtered: str, merged: str, lists: Sequence[tuple[str, str]], personal: bool) -> str:
    """After the rows, in the order the format demands: filter, merges, lists, margins, page, footer."""
    merges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    validations = "".join(
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" errorStyle="warning" sqref="{area}">'
        f"<formula1>{escape(chr(34) + words + chr(34))}</formula1></dataValidation>" for area, words in lists)
    chosen = f'<dataValidations count="{len(lists)}">{validations}</dataValidations>' if lists else ""
    warning = f"&amp;L{escape(_('含个人信息，不得外传'))}" if personal else ""
    return (f'</sheetData><autoFilter ref="{filtered}"/>{merges}{chosen}'
            '<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{warning}&amp;C{escape(_('第 &P 页 共 &N 页'))}</oddFooter></headerFooter></worksheet>")


def list_words(field: Field | None) -> str:
    """The titles of a code column for its drop-down list; "" where Excel's 255 characters do not hold them."""
    if field is None or field.type != "code":
        return ""
    titles = [code.title for code in field.codes.codes.values() if not code.retired]
    words = ",".join(titles)
    return words if len(words) <= 250 and not any(sign in title for title in titles for sign in ',"') else ""
