"""Paper: a roster of 43,006 members and a batch of 500 approval forms, each beside the plainest way to draw the same.

`python -m benchmarks.paper [--small]`; processor seconds, size of the file, and the ratio to the yardstick of the same run.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from unionclient.definition.library import builtin_library
from unionclient.printing import PrintContext, PrintRow, fonts, print_form
from unionclient.printing.painter import Painter

MEMBERS, FORMS = 43_006, 500
_FAMILY, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰玉"
_WORDS, _TRADES = ("恒源", "启程", "东方", "金诺", "华兴", "国安", "中科", "鼎盛"), ("科技", "商贸", "餐饮管理", "物业管理", "文化传媒")
_CONTEXT = PrintContext("东花市街道", "东花市街道总工会", "2017年", None, "示例经办人")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", action="store_true", help="a twentieth")
    share = 20 if parser.parse_args().small else 1
    chance = random.Random(20170930)
    fonts.faces()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.pdf"
        members = [_member(chance) for _ in range(MEMBERS // share)]
        _line(f"名册 {len(members)} 行", lambda: _print("F07", members, out), lambda: _by_strings(members, out), out)
        transfers = [_transfer(chance, n) for n in range(FORMS // share)]
        _line(f"审批表 {len(transfers)} 份", lambda: _print("F10", transfers, out), lambda: _each_whole(transfers, out), out)


def _line(what: str, work: Callable[[], None], yardstick: Callable[[], None], out: Path) -> None:
    work()  # fonts are read, caches warm
    seconds, size = _seconds(work), out.stat().st_size
    plain, plain_size = _seconds(yardstick), out.stat().st_size
    print(f"{what:14}{seconds:8.2f} s {size / 1e6:7.2f} MB   直接画 {plain:8.2f} s {plain_size / 1e6:7.2f} MB   比值 {seconds / plain:.2f}")


def _seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _print(form_id: str, rows: list[PrintRow], out: Path) -> None:
    library = builtin_library()
    form = library.forms[form_id]
    print_form(form, library.ledgers[form.ledger], rows, out, context=_CONTEXT, library=library)


def _by_strings(rows: list[PrintRow], out: Path) -> None:
    """Every text by reportlab's drawString, no fitting, no rules: what any table drawn by hand costs at least."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(out), pagesize=(842, 595), pageCompression=1)
    for number, row in enumerate(rows):
        if number % 21 == 0 and number:
            canvas.showPage()
        canvas.setFont(fonts.SONG, 8)
        for place, text in enumerate(row.cells.values()):
            canvas.drawString(30 + 70 * place, 540 - 24 * (number % 21), text)
    canvas.save()


def _each_whole(rows: list[PrintRow], out: Path) -> None:
    """The same forms with everything drawn on every sheet."""
    once = Painter.once
    Painter.once = lambda self, _key, draw: draw(self)
    try:
        _print("F10", rows, out)
    finally:
        Painter.once = once


def _member(chance: random.Random) -> PrintRow:
    unit = f"北京{chance.choice(_WORDS)}{chance.choice(_WORDS)}{chance.choice(_TRADES)}有限公司"
    name = chance.choice(_FAMILY) + chance.choice(_GIVEN) + chance.choice(_GIVEN)
    return PrintRow({"name": name, "gender": chance.choice("男女"), "ethnicity": "汉族", "id_no": f"110101********{chance.randrange(10_000):04d}",
                     "phone": f"138****{chance.randrange(10_000):04d}", "employ_type": "合同制", "unit_id": unit, "union_id": f"{unit}工会委员会",
                     "joined_on": f"2017-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}", "join_mode": "新发展", "status": "在籍"})


def _transfer(chance: random.Random, number: int) -> PrintRow:
    unit = f"北京{chance.choice(_WORDS)}{chance.choice(_TRADES)}有限公司"
    return PrintRow({"union_id": f"{unit}工会委员会", "case_type": "其他", "from_org": "东花市街道总工会", "to_org": f"第{number}园区工会联合会",
                     "members_moved": str(chance.randrange(20, 300)), "funds_settled": "是", "applied_on": "2017-09-04"})


if __name__ == "__main__":
    main()
