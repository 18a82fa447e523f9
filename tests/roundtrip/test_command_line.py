"""The same way by the command line alone, with workbooks in and `--json` out: what a script of an office would do."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from roundtrip.streets import NOTE, PERIOD, STREETS, WORDS, figures_of, resident_id

from unionclient.cli import main

OURS, THEIRS = "110101013", "110101009"
DISTRICT = "district"
FOUNDING = ("单位名称", "统一社会信用代码", "工会类型", "批复日期", "批复文号", "成立日期", "职工人数", "会员人数")
MEMBERS = ("姓名", "性别", "民族", "证件类型", "证件号码", "出生日期", "手机号", "入会日期", "入会方式", "会籍状态", "所属工会")


@dataclass
class Office:
    """Calls the program as the district's or a street's officer, each with a passphrase of its own; `stick` carries files."""

    folder: Path
    stick: Path

    def __call__(self, who: str, *words, code: int | None = 0) -> str:
        done = CliRunner().invoke(main, ["--store", str(self.folder / who), *map(str, words)],
                                  env={"UNIONCLIENT_PASSPHRASE": f"{who}的口令不告诉别人"}, catch_exceptions=False)
        assert code is None or done.exit_code == code, f"{words}: {done.exit_code}\n{done.output}"
        return done.stdout

    def facts(self, who: str, *words, code: int | None = 0):
        return json.loads(self(who, *words, "--json", code=code))


@pytest.fixture
def office(tmp_path):
    (tmp_path / "stick").mkdir()
    return Office(tmp_path, tmp_path / "stick")


def workbook(path: Path, headings, *rows) -> Path:
    book = openpyxl.Workbook()
    for row in (headings, *rows):
        book.active.append(row)
    book.save(path)
    return path


def fill(office: Office, street: str) -> None:
    _, name, members = STREETS[street]
    office(street, "import", "union_org", workbook(
        office.stick / "founding.xlsx", FOUNDING, (name, None, "独立", "2017-07-01", "东工发〔2017〕1号", "2017-07-10", 30, 25)))
    office(street, "import", "membership", workbook(office.stick / "members.xlsx", MEMBERS, *(
        (f"李{'一二三四'[number]}", "女", "汉族", "居民身份证", resident_id(int(street[-2:]) * 10 + 2 * number), "1985-06-15", "13812345678", "2017-07-10",
         "新发展", "在籍", f"{name}工会委员会") for number in range(members))), code=None)


def enrol(office: Office) -> None:
    office(DISTRICT, DISTRICT, "init", "--officer", "李四")
    root = office.facts(DISTRICT, "trust", "show", office.folder / DISTRICT / "trust.uct")["signed_by"]
    for street in STREETS:
        office(street, "init", "--street", street, "--officer", "张三")
        office(street, "keys", "new")
        office(street, "keys", "request", "--out", office.stick / "a.p10")
        by_telephone = office.facts(street, "keys", "show", code=1)["asked"]
        issued = office(DISTRICT, DISTRICT, "issue", office.stick / "a.p10", "--fingerprint", by_telephone)
        certificate = next(line for line in issued.splitlines() if ".cer" in line).split("：", 1)[1]
        office(street, "trust", "import", office.folder / DISTRICT / "trust.uct", "--fingerprint", root)
        office(street, "keys", "import", certificate)
        assert office.facts(street, "keys", "show", code=None)["issued"]


def hand_in(office: Office, street: str, *words) -> dict:
    """A package made, on the stick, and said to be sent."""
    office(street, "explain", WORDS, "--period", PERIOD)
    made = office.facts(street, *words, "--period", PERIOD, "--out", office.folder / f"{street}-packages", "--unmasked")
    office(street, "carry", "--period", PERIOD, "--to", office.stick, "--sent")
    return {**made, "stick": office.stick / Path(made["carried"]).name}


def state_of(office: Office, street: str) -> str:
    return next(each["state"] for each in office.facts(street, "periods") if each["period"] == PERIOD)


def test_the_whole_way_by_the_command_line(office):
    enrol(office)
    for street in STREETS:
        fill(office, street)
    accepted = [_returned_and_amended(office), _accepted_at_once(office)]
    _added_up(office, accepted)
    _sent_down(office)
    assert office.facts(DISTRICT, DISTRICT, "packages", "--state", "accepted")[0]["state"] == "accepted"


def _returned_and_amended(office: Office) -> Path:
    assert office(OURS, "submit", "--period", PERIOD, "--out", office.stick, "--zero-note", NOTE, code=1) == ""     # explanations are missing
    first = hand_in(office, OURS, "submit", "--zero-note", NOTE)
    assert office.facts(DISTRICT, "verify", first["stick"])["verdict"] == "valid"
    office(OURS, "verify", first["stick"], code=5)                  # the street itself cannot open what it closed for the district
    office(DISTRICT, DISTRICT, "receive", first["stick"])
    with zipfile.ZipFile(first["path"]) as package:
        unit = next(csv.DictReader(io.StringIO(package.read("data/unit.csv").decode("utf-8-sig"))))["id"]
    told = office(DISTRICT, DISTRICT, "return", first["sha256"], "--remark", f"unit:{unit}:contact_phone:请补填联系电话", "--note", "请补填后再报")
    read = office.facts(OURS, "receipt", "import", told.split("：", 1)[1].strip())
    assert (read["verdict"], [(item["record"], item["field"], item["done"]) for item in read["returned"]]) == (
        "returned", [(unit, "contact_phone", False)])
    assert state_of(office, OURS) == "returned"

    office(OURS, "import", "unit", workbook(office.stick / "unit.xlsx", ("单位名称", "联系电话"), (STREETS[OURS][1], "13812345679")), code=None)
    assert [item["done"] for each in office.facts(OURS, "periods") for item in each["returned"]] == [True]
    second = hand_in(office, OURS, "amend", "--reason", "按退回意见补填联系电话")
    assert (second["seq"], second["amends"]) == (2, 1)
    office(DISTRICT, DISTRICT, "receive", second["stick"])
    _answered(office, OURS, second)
    assert state_of(office, OURS) == "revised"
    office(DISTRICT, DISTRICT, "receive", second["stick"], code=4)
    return Path(second["path"])


def _accepted_at_once(office: Office) -> Path:
    made = hand_in(office, THEIRS, "submit", "--zero-note", NOTE)
    office(DISTRICT, DISTRICT, "receive", made["stick"])
    _answered(office, THEIRS, made)
    assert state_of(office, THEIRS) == "accepted"
    return Path(made["path"])


def _answered(office: Office, street: str, made: dict) -> None:
    told = office(DISTRICT, DISTRICT, "receipt", made["sha256"], "--pdf", office.stick / "receipt.pdf")
    receipt = told.splitlines()[0].split("：", 1)[1].strip()
    assert office.facts(street, "receipt", "import", receipt)["verdict"] == "accepted"
    assert (office.stick / "receipt.pdf").read_bytes().startswith(b"%PDF")


def _added_up(office: Office, packages: list[Path]) -> None:
    assert office.facts(DISTRICT, DISTRICT, "consolidate")["packages"] == 2
    told = {each["figure"]["id"]: each["figure"] for each in office.facts(DISTRICT, DISTRICT, "figures", "--period", PERIOD)}
    for name, (numerator, denominator, year_to_date) in figures_of(packages).items():
        assert (told[name]["numerator"], told[name]["denominator"], told[name]["year_to_date"]) == (numerator, denominator, year_to_date), name
    assert (told["T1-01"]["numerator"], told["T1-04"]["numerator"]) == (2, 5)
    said = office(DISTRICT, DISTRICT, "report", "--period", PERIOD, "--out", office.folder / "report")
    assert {path.suffix for path in (office.folder / "report").iterdir()} == {".xlsx", ".pdf"}, said


def _sent_down(office: Office) -> None:
    given = workbook(office.stick / "targets.xlsx", ("目标编号", "年度", "街道", "目标值", "下达文号"), ("T1-01", 2018, "东花市街道", 52, "东工发〔2018〕3号"))
    office(DISTRICT, DISTRICT, "targets", "--year", 2018, "--set", given)
    told = office(DISTRICT, DISTRICT, "send-down", "--year", 2018, "--out", office.stick, "--note", "请按此安排")
    down = told.split("：", 1)[1].strip()
    assert [(line["figure"], line["after"]) for line in office.facts(OURS, "bundle", "show", down)["targets"]] == [("T1-01", "52.00")]
    office(OURS, "bundle", "import", down)
    assert [line["state"] for line in office.facts(OURS, "bundle", "show", down)["targets"]] == ["same"]
    assert office.facts(THEIRS, "bundle", "show", down)["targets"] == []


def test_a_stranger_and_a_changed_file_are_refused_at_the_districts_door(office):
    enrol(office)
    fill(office, OURS)
    made = hand_in(office, OURS, "submit", "--zero-note", NOTE)
    octets = bytearray(made["stick"].read_bytes())
    octets[-1000] ^= 1
    (office.stick / "changed.asice.p7m").write_bytes(bytes(octets))
    office(DISTRICT, DISTRICT, "receive", office.stick / "changed.asice.p7m", code=1)

    stranger = "110101014"
    office(stranger, "init", "--street", stranger, "--officer", "某人")
    office(stranger, "zero-note", NOTE, "--period", PERIOD)
    office(stranger, "explain", WORDS, "--period", PERIOD)
    own = office.facts(stranger, "submit", "--period", PERIOD, "--out", office.folder / "strange")
    office(DISTRICT, DISTRICT, "receive", own["path"], code=2)
    assert office.facts(DISTRICT, DISTRICT, "packages") == []
