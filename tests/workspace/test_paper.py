"""What a form prints of the records: which ones, in which order, with which rows below, masked how, counted how."""

import io

import pytest

from unionclient.workspace import Edit, Workspace
from unionclient.workspace.paper import NothingToPrint, Paper, find_form

CLUB = """
[ledger]
id = "club"
code = "T01"
title = "兴趣小组"
version = 1
key = ["name"]
label = ["name"]
source = "测试"

[fields]
name = { title = "名称", required = true }
kind = { title = "类别", type = "code", codes = "club_kind" }
leader_id = { title = "组长", type = "reference", ref = "person" }
unit_id = { title = "单位", type = "reference", ref = "unit" }
cost = { title = "经费", type = "money", unit = "元" }
opened_on = { title = "成立日期", type = "date" }
photos = { title = "照片", type = "attachment" }

[codes.club_kind]
title = "类别"
codes = { 1 = "书画", 2 = "体育", 3 = "摄影" }
"""
MEETING = """
[ledger]
id = "club_meeting"
code = "T01-2"
title = "活动"
version = 1
parent = "club"
key = ["title"]
label = ["title"]
menu = false
source = "测试"

[fields]
title = { title = "内容" }
held_on = { title = "日期", type = "date" }
spent = { title = "支出", type = "money", unit = "元" }
"""
FORMS = """
[form.T1]
title = "小组名册"
layout = "K1"
ledger = "club"
mask = true
columns = [{ field = "name" }, { field = "leader_id" }, { field = "leader_id.id_no" }, { field = "leader_id.phone" }]
options = { where = [["kind", "=", "2"]], sort = ["-cost"], mask_names = true }

[form.T2]
title = "小组活动记录"
layout = "K3"
ledger = "club"
columns = [{ field = "name" }]

[form.T2.options]
photos = { fields = ["photos"], count = 2 }
children = [
    { ledger = "club_meeting", title = "活动", sort = ["-held_on"], total = ["spent"], columns = [{ field = "title" }, { field = "spent" }] },
    { ledger = "club", link = "unit_id", key = "unit_id", where = [["kind", "!=", "1"]], title = "同单位小组", columns = [{ field = "name" }] },
]

[form.T3]
title = "小组统计"
layout = "K1"
ledger = "club"

[form.T3.options]
variant = "tally"
by = "kind"
where = [["opened_on", ">=", { period = "begins" }], ["opened_on", "<=", { period = "ends" }]]
tally = [
    { title = "小组" },
    { title = "有经费的", when = [["cost", "filled"]] },
    { title = "占比", of = 2, per = 1 },
    { title = "经费", sum = "cost" },
    { title = "单位", distinct = "unit_id" },
]
"""


@pytest.fixture
def street(tmp_path):
    folder = tmp_path / "store"
    (folder / "forms").mkdir(parents=True)
    for name, text in (("910_club.toml", CLUB), ("911_meeting.toml", MEETING), ("print_club.toml", FORMS)):
        (folder / "forms" / name).write_text(text, encoding="utf-8")
    with Workspace.create(folder, street="110101013", officer="张三") as opened:
        yield opened


@pytest.fixture
def clubs(street):
    """Four clubs of two units; ids by name."""
    unit = made(street, "unit", [{"name": "甲公司"}, {"name": "乙公司"}])
    person = made(street, "person", [{"name": "欧阳震华", "id_no": "11010519491231002X", "phone": "13800138000"}])
    names = ("书画社", "篮球队", "足球队", "摄影组")
    rows = [{"name": name, "kind": kind, "leader_id": person[0], "unit_id": unit[n % 2], "cost": cost, "opened_on": f"2017-0{n + 2}-01"}
            for n, (name, kind, cost) in enumerate(zip(names, "1223", ("100", "200.50", "3000", None), strict=True))]
    return dict(zip(names, made(street, "club", rows), strict=True))


def made(street, ledger, rows, parent=None):
    return street.save(ledger, [Edit(None, row, parent) for row in rows]).ledgers[ledger][0]


def rows(street, form, chosen=None, period=None):
    import datetime as dt

    dates = {"begins": dt.date(2017, 1, 1), "ends": dt.date(2017, 12, 31)} if period is None else period
    return Paper(street._store, street._names, find_form(street.library, form), dates).rows(chosen)


def test_a_form_prints_the_records_it_is_for_in_its_order(street, clubs):
    assert [row.cells["name"] for row in rows(street, "T1")] == ["足球队", "篮球队"]
    assert street.form_records("T1", "篮球")[0] == [(clubs["篮球队"], "篮球队")]
    assert street.form_records("T1")[1] == 2


def test_chosen_records_are_printed_whatever_they_are(street, clubs):
    assert [row.cells["name"] for row in rows(street, "T1", [clubs["摄影组"]])] == ["摄影组"]


def test_numbers_and_names_are_masked_as_the_form_asks(street, clubs):
    first = rows(street, "T1")[0].cells
    assert (first["leader_id"], first["leader_id.id_no"], first["leader_id.phone"]) == ("欧阳*", "110105********002X", "138****8000")
    assert rows(street, "T2", [clubs["书画社"]])[0].below(1)[0].cells == {"name": "足球队"}


def test_child_tables_have_their_own_rows_order_and_sums(street, clubs):
    made(street, "club_meeting", [{"title": "春", "held_on": "2017-03-01", "spent": "10"}, {"title": "秋", "held_on": "2017-09-01"}], clubs["书画社"])
    row = rows(street, "T2", [clubs["书画社"]])[0]
    assert [child.cells["title"] for child in row.children] == ["秋", "春"]
    assert [child.numbers["spent"] for child in row.children] == [None, 1000]
    assert [child.cells["name"] for child in row.below(1)] == ["足球队"] and row.below(2) == ()


def test_pictures_come_with_the_record(street, clubs, tmp_path):
    from PIL import Image

    picture = tmp_path / "活动室.png"
    Image.new("RGB", (40, 20), "white").save(picture)
    street.attach("club", clubs["书画社"], "photos", picture)
    photo, = rows(street, "T2", [clubs["书画社"]])[0].photos
    assert photo.caption == "活动室" and Image.open(io.BytesIO(photo.content)).size == (40, 20)
    assert street.print_form("T2", tmp_path / "T2.pdf", records=[clubs["书画社"]]).read_bytes().startswith(b"%PDF")


def test_counted_lines_are_exact_and_have_a_line_for_every_code(street, clubs):
    lines = rows(street, "T3")
    assert [line.cells["label"] for line in lines] == ["书画", "体育", "摄影", "合计"]
    assert [list(line.cells.values())[1:] for line in lines] == [
        ["1", "1", "100.00%", "100.00", "1"], ["2", "2", "100.00%", "3,200.50", "2"], ["1", "0", "0.00%", "—", "1"],
        ["4", "3", "75.00%", "3,300.50", "2"]]


def test_a_share_of_nothing_is_no_number(street):
    import datetime as dt

    lines = rows(street, "T3", period={"begins": dt.date(2001, 1, 1), "ends": dt.date(2001, 12, 31)})
    assert {line.cells["n3"] for line in lines} == {""} and lines[-1].cells["n1"] == "0"


def test_a_timed_form_prints_its_period(street, clubs, tmp_path):
    assert find_form(street.library, "T3").timed and not find_form(street.library, "T1").timed
    assert street.print_form("T3", tmp_path / "T3.pdf", period="2017Q1").is_file()


def test_no_record_for_a_form_is_said_and_nothing_is_written(street, tmp_path):
    with pytest.raises(NothingToPrint, match="没有可打印的记录"):
        street.print_form("T1", tmp_path / "T1.pdf")
    assert not (tmp_path / "T1.pdf").exists()
