"""The command line about figures: parts and course, work lists, the year's page, readings, the export of everything."""

import csv
import json

import pytest
from click.testing import CliRunner

from unionclient.cli import main
from unionclient.workspace import Edit, Workspace


@pytest.fixture
def run(tmp_path):
    """A command on a street with one union that has no ballot; gives (exit code, standard output)."""
    folder = tmp_path / "store"
    with Workspace.create(folder, street="110101013", officer="张三") as workspace:
        workspace.save("unit", [Edit(None, {"name": "北京甲公司", "community_code": "忠实里社区", "contact_phone": "13800138000"})])
        workspace.save("union_org", [Edit(None, {"unit_id": "北京甲公司", "union_type": "01", "founded_on": "2017-05-04", "status": "2"})])

    def call(*words):
        result = CliRunner().invoke(main, ["--store", str(folder), *map(str, words)], catch_exceptions=False)
        return result.exit_code, result.stdout

    return call


def figure(run, name, *words):
    return next(f for f in json.loads(run("figures", "--period", "2017Y", "--json", *words)[1]) if f["id"] == name)


def test_a_figure_is_told_month_by_month_and_quarter_by_quarter(run):
    months, quarters = figure(run, "T1-01", "--by", "month")["parts"], figure(run, "T1-01", "--by", "quarter")["parts"]
    assert [m["value"] for m in months] == [0] * 4 + [1] + [0] * 7 and [m["done"] for m in months] == [0] * 4 + [1] * 8
    assert [(q["period"], q["value"], q["done"]) for q in quarters] == [("2017Q1", 0, 0), ("2017Q2", 1, 1), ("2017Q3", 0, 1), ("2017Q4", 0, 1)]


def test_a_rate_is_told_by_community(run):
    parts = figure(run, "T4-06", "--by", "community")["parts"]
    assert [(p["community"], p["numerator"], p["denominator"]) for p in parts] == [("忠实里社区", 0, 1)]
    assert "忠实里社区：0.00%（0/1）" in run("figures", "--period", "2017Y", "--by", "community")[1]


def test_the_work_list_says_who_is_missing_and_why(run):
    told = json.loads(run("figures", "--period", "2017Y", "--missing", "T1-05", "--json")[1])
    assert [(r["name"], r["unit"]) for r in told["rows"]] == [("北京甲公司工会委员会", "北京甲公司")] and "会员评家" in told["rows"][0]["why"]
    assert "北京甲公司工会委员会" in run("figures", "--period", "2017Y", "--missing", "T1-05")[1]
    assert "没有工作清单" in run("figures", "--period", "2017Y", "--missing", "SF-03")[1]


def test_the_work_list_goes_to_workbook_and_paper(run, tmp_path):
    from openpyxl import load_workbook

    run("figures", "--period", "2017Y", "--missing", "T1-05", "--out", tmp_path / "list.xlsx")
    rows = [[cell for cell in row if cell] for row in load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True)]
    assert rows[0] == ["本年还没有有效测评的工会（2017年）"] and rows[2][:2] == ["北京甲公司工会委员会", "北京甲公司"]
    run("figures", "--period", "2017Y", "--missing", "T1-05", "--out", tmp_path / "list.pdf")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_the_year_is_printed_on_one_page(run, tmp_path):
    from pikepdf import Pdf

    run("figures", "--period", "2017Y", "--out", tmp_path / "year.pdf")
    with Pdf.open(tmp_path / "year.pdf") as paper:
        assert len(paper.pages) == 1


def test_readings_are_listed_and_chosen(run):
    told = json.loads(run("settings", "list", "--json")[1])
    first = next(s for s in told if len(s["choices"]) > 1)
    other = list(first["choices"])[1]
    assert first["choices"][other] in run("settings", "set", first["id"], other)[1]
    again = next(s for s in json.loads(run("settings", "list", "--json")[1]) if s["id"] == first["id"])
    assert (again["value"], again["chosen"]) == (other, True)
    assert run("settings", "set", first["id"], "default")[1].rstrip().endswith("（默认）")
    assert run("settings", "set", first["id"], "没有这样的")[0] == 2


def test_everything_is_exported_as_csv_unmasked(run, tmp_path):
    run("export-all", tmp_path / "out")
    with open(tmp_path / "out" / "unit.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["name"], r["contact_phone"]) for r in rows] == [("北京甲公司", "13800138000")]
    with open(tmp_path / "out" / "settings.csv", encoding="utf-8", newline="") as file:
        assert ("street", "110101013") in [(r["key"], r["value"]) for r in csv.DictReader(file)]
    assert "导出全部台账" in run("log", "--limit", 1)[1]
    assert (tmp_path / "out" / "home_ballot.csv").read_text(encoding="utf-8").startswith("id,")
