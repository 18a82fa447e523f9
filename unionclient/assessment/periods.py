"""Reporting periods: `2017M03 2017Q1 2017H1 2017Y` and the days they stand for.

Calendar periods only; the national statistics have a cut-off date of their own, so `cutoff` may be set apart.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _

_CODE = re.compile(r"(\d{4})(?:(Y)|(H)([12])|(Q)([1-4])|(M)(0?[1-9]|1[0-2]))")
_MONTHS = {"Y": 12, "H": 6, "Q": 3, "M": 1}


class PeriodError(UnionClientError):
    """A period code that stands for no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period, first to last day inclusive.

    `cutoff` is the day stock figures are taken at (the last day unless said otherwise).
    """

    code: str
    begins: dt.date
    ends: dt.date
    cutoff: dt.date
    year: int

    @property
    def label(self) -> str:
        """As people name the period, in the language spoken when it is asked."""
        kind, number = (self.code[4], int(self.code[5:] or 1)) if self.code[4:] else ("Y", 1)
        if kind == "H":
            return (_("{year}年上半年") if number == 1 else _("{year}年下半年")).format(year=self.year)
        words = {"Y": _("{year}年"), "Q": _("{year}年第{number}季度"), "M": _("{year}年{number}月")}[kind]
        return words.format(year=self.year, number=number)

    @property
    def year_begins(self) -> dt.date:
        """First day of 累计."""
        return dt.date(self.year, 1, 1)

    @property
    def whole_year(self) -> bool:
        return self.code.endswith("Y")

    def row(self, today: dt.date) -> dict[str, str | int]:
        """The one row of the table `period` that definition SQL reads: dates as ISO text."""
        return {"begins": self.begins.isoformat(), "ends": self.ends.isoformat(), "cutoff": self.cutoff.isoformat(),
                "year": self.year, "year_begins": self.year_begins.isoformat(), "today": today.isoformat()}


def read_period(code: str, cutoff: dt.date | None = None) -> Period:
    """The period a code stands for; small letters, full-width forms and `2017M3` are taken too.

    Raises `PeriodError` on anything else, and on a cutoff outside the period.
    """
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", code).strip().upper())
    if found is None or not 1949 <= int(found[1]) <= 2999:
        raise PeriodError(_("“{code}”不是统计期代码").format(code=code), "",
                          _("月份写 2017M03，季度写 2017Q1，半年写 2017H1，全年写 2017Y。"))
    kind = found[2] or found[3] or found[5] or found[7]
    number = int(found[4] or found[6] or found[8] or 1)
    period = _period(int(found[1]), kind, number)
    if cutoff is None:
        return period
    if not period.begins <= cutoff <= period.ends:
        raise PeriodError(_("截止日 {cutoff} 不在{label}之内").format(cutoff=cutoff.isoformat(), label=period.label), "",
                          _("请填 {begins} 到 {ends} 之间的日期。").format(begins=period.begins.isoformat(), ends=period.ends.isoformat()))
    return Period(period.code, period.begins, period.ends, cutoff, period.year)


def _period(year: int, kind: str, number: int) -> Period:
    months = _MONTHS[kind]
    begins = dt.date(year, months * (number - 1) + 1, 1)
    after = months * number + 1
    ends = (dt.date(year + 1, 1, 1) if after > 12 else dt.date(year, after, 1)) - dt.timedelta(days=1)
    code = f"{year}Y" if kind == "Y" else f"{year}M{number:02}" if kind == "M" else f"{year}{kind}{number}"
    return Period(code, begins, ends, ends, year)
