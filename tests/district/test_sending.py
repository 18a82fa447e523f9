"""Sending down: targets and definitions go out signed, are looked at, and are taken over in one step."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from district.town import PASSPHRASE, said

from unionclient.definition.faults import DefinitionError, SubmissionError
from unionclient.submission import bundle as bundles
from unionclient.workspace import Workspace

NEW_LEDGER = """
[ledger]
id = "night_school"
code = "L99"
title = "夜校台账"
version = 1
source = "区里下发"
key = ["name"]
match = [["name"]]
label = ["name"]

[fields]
name = { title = "名称", type = "text", required = true }
"""


def workbook(path, *rows):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["目标编号", "年度", "街道", "目标值", "下达文号"])
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture
def pinned(town, workspace):
    """A street that has compared the district's root."""
    district, *_ = town
    workspace.import_trust(district.folder / "trust.uct", district.trust.root_fingerprints[0])
    return district, workspace


def test_targets_go_down_and_arrive_in_one_step(pinned, tmp_path):
    district, street = pinned
    given = workbook(tmp_path / "targets.xlsx", ["T1-01", 2018, "东花市街道", 52, "东工发〔2018〕3号"], ["T1-01", 2018, "东直门街道", 61, "东工发〔2018〕3号"])
    assert district.set_targets(2018, given) == 2
    path = district.send_down(2018, said, note="请按此安排")
    preview = street.look_at_bundle(path)
    assert [(line.figure, line.before, line.after, line.state) for line in preview.targets] == [("T1-01", None, Decimal(52), "new")]
    assert street.count("target_allocation") == 0 and preview.note == "请按此安排"
    street.import_bundle(preview)
    assert [(r.values["value"], r.values["doc_no"]) for r in street.records("target_allocation")] == [(5200, "东工发〔2018〕3号")]
    assert [line.state for line in street.look_at_bundle(path).targets] == ["same"]
    street.undo()
    assert street.count("target_allocation") == 0


def test_definitions_arrive_and_hold_after_reopening(pinned, tmp_path):
    district, street = pinned
    (tmp_path / "901_night_school.toml").write_text(NEW_LEDGER, "utf-8")
    preview = street.look_at_bundle(district.send_down(2018, said, definitions=[tmp_path / "901_night_school.toml"]))
    assert [(line.name, line.state) for line in preview.forms] == [("901_night_school.toml", "new")] and not preview.mistakes
    street.import_bundle(preview)
    folder = street.folder
    street.close()
    with Workspace.open(folder) as again:
        assert "night_school" in again.library.ledgers


def test_definitions_that_do_not_fit_are_not_sent(town, tmp_path):
    district, *_ = town
    (tmp_path / "901_twice.toml").write_text(NEW_LEDGER.replace("night_school", "unit"), "utf-8")
    with pytest.raises(DefinitionError):
        district.send_down(2018, said, definitions=[tmp_path / "901_twice.toml"])


def test_nothing_to_send_is_told(town):
    with pytest.raises(SubmissionError, match="没有要下发"):
        town[0].send_down(2018, said)


def test_a_bundle_that_a_street_signed_is_refused(pinned, town, tmp_path):
    _, street = pinned
    forged = bundles.write(bundles.Bundle(2018, "110101", "东城区总工会", datetime.now(UTC)), town[1].key)
    (tmp_path / "forged.asice").write_bytes(forged)
    with pytest.raises(SubmissionError, match="不是区总工会签的"):
        street.look_at_bundle(tmp_path / "forged.asice")


def test_a_bundle_older_than_the_last_one_is_refused(pinned, tmp_path):
    from unionclient.submission.keys import load_key

    district, street = pinned
    key = load_key(district.folder / "signing-key.json", PASSPHRASE)
    now = datetime.now(UTC)
    for name, when in (("new", now), ("old", now - timedelta(days=1))):
        (tmp_path / name).write_bytes(bundles.write(bundles.Bundle(2018, "110101", "东城区总工会", when), key))
    street.import_bundle(street.look_at_bundle(tmp_path / "new"))
    with pytest.raises(SubmissionError, match="比已导入的旧"):
        street.look_at_bundle(tmp_path / "old")


def test_a_table_of_targets_with_a_wrong_row_is_not_taken(town, tmp_path):
    district, *_ = town
    with pytest.raises(SubmissionError, match="没有导入任何一行|不能采用"):
        district.set_targets(2018, workbook(tmp_path / "targets.xlsx", ["T1-01", 2018, "东花市街道", 52, ""], ["T1-01", 2018, "月球街道", 61, ""]))
    assert not any(value and value[1] is not None for _, _, row in district.targets(2018) for value in row.values())


def test_targets_are_proposed_where_none_are_allocated(town):
    rows = {figure: row for figure, _, row in town[0].targets(2018)}
    assert sum(value[0] for value in rows["T1-01"].values()) == 674


def test_the_table_of_targets_that_is_written_can_be_read_back(town, tmp_path):
    district, *_ = town
    district.set_targets(2017, workbook(tmp_path / "given.xlsx", ["T1-01", 2017, "东花市街道", 52, "东工发〔2017〕3号"]))
    path = district.write_targets(2017, tmp_path / "目标表.xlsx")
    offered = {name: row["110101013"] for name, _title, row in district.targets(2017)}
    assert district.set_targets(2017, path) == sum(value is not None for _n, _t, row in district.targets(2017) for value in row.values())
    assert {name: row["110101013"][0] for name, _title, row in district.targets(2017) if row["110101013"]} == {
        name: value[0] for name, value in offered.items() if value}


def test_next_years_code_list_and_target_arrive(pinned, tmp_path):
    from unionclient.definition.library import builtin_library

    district, street = pinned
    codes = "\n".join(f'{code.code} = "{code.title}"' for code in builtin_library().codes["biz_status"].codes.values())
    (tmp_path / "991_next_year.toml").write_text(f'renews = ["codes.biz_status"]\n[codes.biz_status]\ntitle = "存续状态"\n[codes.biz_status.codes]\n{codes}\n9 = "筹建"\n', "utf-8")
    street.import_bundle(street.look_at_bundle(district.send_down(2018, said, definitions=[tmp_path / "991_next_year.toml"])))
    folder = street.folder
    street.close()
    assert (district.folder / "forms" / "991_next_year.toml").exists()
    with Workspace.open(folder) as again:
        assert again.library.ledgers["unit"].fields["biz_status"].codes.codes["9"].title == "筹建"
