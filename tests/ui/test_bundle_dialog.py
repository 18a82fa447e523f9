"""What the district sent down, in the street's window: looked at, then taken over or left."""

import datetime as dt
from decimal import Decimal

import pytest

from unionclient.submission.bundle import Bundle
from unionclient.ui.bundle_dialog import BundleDialog, offer_bundle
from unionclient.workspace.bundles import BundlePreview, FormLine, TargetLine


def preview(*, mistakes=()):
    now = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)
    return BundlePreview(2018, "东城区总工会", now, "请按此安排", (
        TargetLine("T1-01", "独立建会", "110101013", None, None, Decimal(52), "东工发〔2018〕3号", 2018, "new"),
        TargetLine("T2-01", "建制率", "110101013", None, Decimal(98), Decimal(98), "", 2018, "same")),
        (FormLine("901_night.toml", "new", 10),), False, mistakes, Bundle(2018, "110101", "东城区总工会", now))


def texts(dialog, column):
    return [dialog.table.item(row, column).text() for row in range(dialog.table.rowCount())]


def test_every_change_is_shown_and_nothing_is_done_before_it_is_taken(window, workspace):
    dialog = BundleDialog(window.desk, preview(), window)
    dialog.open()
    assert texts(dialog, 5) == ["新增", "不变", "新增"] and texts(dialog, 3)[0] == "52"
    assert "改动 2 处" in dialog.note.text() and workspace.count("target_allocation") == 0
    dialog.reject()
    assert workspace.count("target_allocation") == 0


def test_taking_over_writes_the_targets_in_one_step(window, workspace):
    made = preview()
    made = BundlePreview(**{**{name: getattr(made, name) for name in made.__dataclass_fields__}, "forms": ()})
    dialog = BundleDialog(window.desk, made, window)
    dialog.open()
    dialog.take.click()
    assert [record.values["value"] for record in workspace.records("target_allocation")] == [5200]
    window.undo()
    assert workspace.count("target_allocation") == 0


def test_definitions_with_mistakes_cannot_be_taken(window):
    dialog = BundleDialog(window.desk, preview(mistakes=("901_night.toml：没有 [ledger]",)), window)
    assert not dialog.take.isEnabled() and "告诉区总工会" in dialog.note.text()
    dialog.close()


@pytest.mark.usefixtures("window")
def test_a_file_that_is_no_bundle_is_told(window, answers, tmp_path):
    (tmp_path / "letter.asice").write_bytes(b"nothing")
    offer_bundle(window.desk, tmp_path / "letter.asice", window)
    assert answers.asked and "下发文件" in answers.asked[-1]
