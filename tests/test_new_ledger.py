"""A new ledger is one file and no code: it is met in window, import, export, check and print."""

import subprocess

import pytest

from unionclient.workspace import Edit, Workspace

NEW = """
[ledger]
id = "book_corner"
code = "T01"
title = "职工书屋台账"
version = 1
group = "建家评家"
key = ["name"]
match = [["name"]]
label = ["name"]
source = "测试"

[fields]
name = { title = "书屋名称", required = true, length = 40, aliases = ["书屋"] }
unit_id = { title = "所在单位", type = "reference", ref = "unit" }
books = { title = "藏书", type = "int", unit = "册" }
cost = { title = "购书费", type = "money", unit = "元" }
opened_on = { title = "开放日期", type = "date" }
level = { title = "级别", type = "code", codes = "corner_level" }

[rules]
TB001 = { kind = "not_future", fields = ["opened_on"], message = "开放日期晚于今天" }

[codes.corner_level]
title = "书屋级别"
codes = { 1 = "街道", 2 = "区级" }

[checks.T001]
title = "书屋没有书"
ledger = "book_corner"
fields = ["books"]
level = "explain"
message = "{name}没有藏书"
sql = "SELECT id AS record, name FROM book_corner WHERE coalesce(books, 0) = 0"
"""


@pytest.fixture
def street(tmp_path):
    folder = tmp_path / "store"
    (folder / "forms").mkdir(parents=True)
    (folder / "forms" / "910_book_corner.toml").write_text(NEW, encoding="utf-8")
    with Workspace.create(folder, street="110101013", officer="张三") as opened:
        yield opened


def _sheet(path):
    from openpyxl import Workbook as Book

    book = Book()
    for row in (["职工书屋台账"], ["序号", "书屋", "所在单位", "藏书（册）", "购书费", "开放日期", "级别"],
                [1, "一号书屋", "甲公司", "1,200册", "3000.50元", "2017.3.1", "区级"], [2, "二号书屋", "甲公司", 0, None, "2017年5月1日", "街道"],
                ["合计", None, None, 1200]):
        book.active.append(row)
    book.save(path)
    return path


def test_it_is_imported_checked_exported_and_printed(street, tmp_path):
    street.save("unit", [Edit(None, {"name": "甲公司"})])
    plan = street.plan_import("book_corner", _sheet(tmp_path / "书屋.xlsx"))
    street.apply_import(plan)
    assert (plan.new, plan.rejected) == (2, 0)
    first = street.records("book_corner")[0]
    assert (first["books"], first["cost"], first["level"], street.show("book_corner", first, "unit_id")) == (1200, 300050, "2", "甲公司")
    assert {"T001"} <= {f.issue.rule for f in street.check("book_corner").findings}
    assert street.export("book_corner", tmp_path / "out.xlsx") == 2
    again = street.plan_import("book_corner", tmp_path / "out.xlsx")
    assert (again.same, again.changed, again.new) == (2, 0, 0)
    printed = street.print_form("book_corner", tmp_path / "out.pdf")
    assert printed.read_bytes().startswith(b"%PDF")


def test_its_page_is_in_the_window(street, qtbot, qapp, tmp_path):
    from unionclient.ui.config import Config
    from unionclient.ui.main_window import MainWindow
    from unionclient.ui.theme import Look

    street.save("book_corner", [Edit(None, {"name": "一号书屋", "books": "12"})])
    config = Config(tmp_path)
    config.put("page", "book_corner")
    window = MainWindow(street, config, Look(qapp, "light", "standard"))
    qtbot.addWidget(window)
    assert window.page("book_corner").title == "职工书屋台账"
    assert window.page("book_corner").model.rowCount() >= 1
    window.close()


def test_forms_check_accepts_the_file_alone(tmp_path):
    import sys

    (tmp_path / "910_book_corner.toml").write_text(NEW, encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "unionclient", "forms", "check", str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    (tmp_path / "910_book_corner.toml").write_text(NEW.replace('type = "money"', 'type = "mony"'), encoding="utf-8")
    done = subprocess.run([sys.executable, "-m", "unionclient", "forms", "check", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "910_book_corner.toml" in done.stdout and "money" in done.stdout
