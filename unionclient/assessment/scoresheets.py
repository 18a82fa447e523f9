"""Which score sheet holds in which year. A sheet's id is its family and its first year: HE2017 holds until there is an HE2018.

A street brings the next year's sheet as a file in its data folder; what was scored before keeps the sheet it names.
"""

import re

from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Library, ScoreSheet
from unionclient.definition.words import _, marked

HOME, TRIPLE, ANKANG = "HE", "SL", "AK"
"""Families: home evaluation 9.1, the street's yearly score 9.5, the Ankang contest 9.6 of the domain handbook."""
_TITLES = {HOME: marked("职工之家考核"), TRIPLE: marked("三级联创"), ANKANG: marked("安康杯")}
_ID = re.compile(r"([A-Z]{2})(\d{4})\Z")


def sheet_for(library: Library, family: str, year: int) -> ScoreSheet:
    """The newest sheet of `family` that began in `year` or earlier; before the first one, the first.

    Raises `UnionClientError` where the definitions hold no sheet of the family.
    """
    known = sorted(((int(found[2]), sheet) for name, sheet in library.sheets.items()
                   if (found := _ID.match(name)) and found[1] == family), key=lambda known: known[0])
    if not known:
        raise UnionClientError(_("没有{family}的评分表。").format(family=_(_TITLES.get(family, family))), _("内容没有改动。"), _("请检查定义文件。"))
    return next((sheet for begins, sheet in reversed(known) if begins <= year), known[0][1])


def sheet_of(library: Library, family: str, sheet_id: str | None, year: int) -> ScoreSheet:
    """The sheet a record was scored with, or, when it names none yet, the one of its year."""
    if not sheet_id:
        return sheet_for(library, family, year)
    sheet = library.sheets.get(sheet_id)
    if sheet is None:
        raise UnionClientError(_("没有评分表“{sheet_id}”。").format(sheet_id=sheet_id), _("内容没有改动。"), _("这份评分用的评分表不在定义文件里，请找回那个文件。"))
    return sheet
