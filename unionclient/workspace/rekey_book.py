"""What a re-keying came to, as a workbook for the file: the list of disagreements, and the numbers field by field."""

import datetime as dt
from pathlib import Path
from typing import Any

from unionclient.definition.words import _
from unionclient.sheets.tablesbook import SheetTable, write_tables
from unionclient.store.database import Store
from unionclient.workspace import rekeying
from unionclient.workspace.naming import Names
from unionclient.workspace.rekeying import DIFFERS, Difference, Round, Tally


def write_book(store: Store, names: Names, found: Round, path: Path) -> Path:
    """Raises UnionClientError where the file cannot be written."""
    title = store.library.ledgers[found.ledger].title
    listed = [each for each in rekeying.differences(store, names, found) if each.agrees == DIFFERS or each.state in ("open", "changed")]
    headings = ((_("序号"), 6), (_("记录"), 28), (_("项目"), 14), (_("首次录入"), 22), (_("录入人"), 10), (_("时间"), 16), (_("第二次录入"), 22),
                (_("录入人"), 10), (_("时间"), 16), (_("处理"), 18), (_("现在的内容"), 22), (_("决定人"), 10), (_("时间"), 16))
    lines = [(each.place, each.key, each.heading, each.first, each.first_who, _local(each.first_at), each.second, each.second_who,
              _local(each.second_at), said(each), each.now, each.chosen_by, _local(each.chosen_at)) for each in listed]
    return write_tables(path, [
        SheetTable(_("不一致清单"), _("{title}双录不一致清单").format(title=title), headings, lines),
        SheetTable(_("核对结果"), _("{title}双录核对结果").format(title=title), _numbers_head(), _numbers(store, found))])


def said(each: Difference) -> str:
    """How a disagreement stands, in words."""
    if each.state == "open":
        return _("待决定")
    if each.state == "gone":
        return _("记录已作废")
    words = {"first": _("保留首次"), "second": _("改为第二次"), "anew": _("重新填写")}.get(each.choice, _("在台账里改正"))
    if each.state == "changed":
        return _("核对后又改过")
    return words if each.agrees == DIFFERS or each.choice else _("一致，写法不同")


def _numbers_head() -> tuple[tuple[str, int], ...]:
    return ((_("项目"), 24), (_("应录"), 9), (_("已录"), 9), (_("已比对"), 9), (_("一致"), 9), (_("其中写法不同"), 14), (_("不一致"), 9),
            (_("不一致率"), 11), (_("待决定"), 9), (_("已核对无误"), 12), (_("核对后又改过"), 14))


def _numbers(store: Store, found: Round) -> list[tuple[Any, ...]]:
    ledger, whole = store.library.ledgers[found.ledger], rekeying.result(store, found)
    lines = [(ledger.fields[name].title, *_line(tally)) for name, tally in whole.fields.items()]
    lines.append((_("合计"), *_line(whole.total)))
    lines += [(_("第二次录入：{who}，{count}格，{first}至{last}").format(who=who, count=count, first=_local(first), last=_local(last)),)
              for who, count, first, last in whole.readers]
    return lines


def _line(tally: Tally) -> tuple[Any, ...]:
    return (tally.cells, tally.typed, tally.compared, tally.same, tally.spelt, tally.differing, tally.rate, tally.open, tally.verified, tally.changed)


def _local(at: str) -> str:
    """A moment of the log by the officer's clock, to the minute."""
    return dt.datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M") if at else ""
