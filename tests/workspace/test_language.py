"""A window that speaks English: the officer reads English, records hold data, the district and the units get Chinese."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from submission.bench import PASSPHRASE

from unionclient.definition.library import builtin_library
from unionclient.definition.words import CHINESE, speaking
from unionclient.submission.manifest import read_manifest
from unionclient.workspace import Edit, Workspace

HAN = re.compile("[\u3400-\u9fff]")


@pytest.fixture
def english(tmp_path):
    with speaking("en"), Workspace.create(tmp_path / "store", street="110101013", officer="张三", library=builtin_library()) as made:
        unit = made.save("unit", [Edit(None, {"name": "北京甲有限公司", "uscc": "91110101MA0000015M", "registered_on": "2001-01-01"})]).ledgers["unit"][0][0]
        made.save("union_org", [Edit(None, {"unit_id": unit, "union_type": "Independent grass-roots union", "founded_on": "2017-03-01"})])
        yield made


def test_typed_english_and_chinese_are_one_value_and_what_the_program_writes_is_chinese(english):
    union = english.records("union_org")[0]
    other = english.try_values("union_org", {"union_type": english.library.chinese.codes["union_type"].title_of(union["union_type"])})[0]
    assert union["union_type"] == other["union_type"] and union["name"] == "北京甲有限公司工会委员会"
    assert english.show("union_org", union, "union_type") == "Independent grass-roots union"
    assert english.street.title == "Donghuashi Street" and english.undo_title == "Add Founding ledger: 1"


def test_a_name_typed_in_either_language_is_found(english):
    unit = english.records("unit")[0]
    assert english.find("union_org", search="independent") == english.find("union_org", search="独立") != []
    assert english.label("unit", unit.id) in ("北京甲有限公司", "北京甲有限公司 91110101MA0000015M")


def test_a_package_made_in_english_is_chinese(english, tmp_path):
    english.retire("union_org", [english.records("union_org")[0].id], "还没有填全")
    report = english.check(period="2017Q3")
    english.explain([f for f in report.findings if f.open], "名册整理中，下季度补齐")
    done = english.submit("2017Q3", tmp_path / "out", lambda new: PASSPHRASE, zero_note="本期没有发生这项工作")
    with zipfile.ZipFile(done.path) as package:
        manifest = read_manifest(package.read("manifest.json"))
        book = load_workbook(io.BytesIO(package.read("workbooks/unit.xlsx"))).active
        figures = package.read("data/figures.csv").decode("utf-8")
    assert manifest.street.name == "东花市街道" and all(HAN.search(member.title) for member in manifest.members if member.role in ("workbook", "report", "form"))
    assert all(HAN.search(str(cell.value)) for cell in book[1]) and "独立建会单位新增" in figures
    assert english.report("2017Q3").state.title == "Packed"


def test_a_form_for_a_unit_is_chinese(english, tmp_path):
    path = english.write_templates(["employee_stat"], tmp_path / "out")[0]
    with speaking(CHINESE):
        title = english.library.ledgers["employee_stat"].title
    sheet = load_workbook(path)[title]
    assert path.name == "北京甲有限公司_填报表.xlsx" and HAN.search(sheet.cell(3, 1).value)


def test_a_chinese_workbook_is_read_and_what_is_wrong_with_it_is_told_in_english(english, tmp_path):
    path = tmp_path / "units.csv"
    path.write_text("单位名称,统一社会信用代码,街道\n北京乙有限公司,123,东花市街道\n", encoding="utf-8")
    plan = english.plan_import("unit", path)
    assert plan.new == 1 and not plan.unknown_columns
    assert plan.findings and not any(HAN.search(re.sub('"[^"]*"', "", finding.message)) for finding in plan.findings)
