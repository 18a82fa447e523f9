"""Backups hold what the store held, are proved before they count, and thin out with age."""

import datetime as dt

from unionclient.store.backup import backups, outdated
from unionclient.workspace import Edit, Workspace


def test_a_backup_opens_and_holds_the_records(workspace, tmp_path):
    workspace.save("unit", [Edit(None, {"name": "甲公司"})])
    path = workspace.back_up_if_changed()
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "unionclient.db").write_bytes(path.read_bytes())
    with Workspace.open(tmp_path / "again") as copy:
        assert [r["name"] for r in copy.records("unit")] == ["甲公司"]
        assert copy.verify_log().ok


def test_nothing_is_copied_when_nothing_changed(workspace):
    assert workspace.back_up_if_changed() is None
    workspace.save("unit", [Edit(None, {"name": "甲公司"})])
    assert workspace.back_up_if_changed() is not None
    assert workspace.back_up_if_changed() is None
    assert len(backups(workspace.folder)) == 1


def test_old_backups_thin_out_to_days_weeks_and_months():
    now = dt.datetime(2017, 12, 31, 18)
    every_six_hours = [now - dt.timedelta(hours=6 * n) for n in range(4 * 300)]
    left = sorted(set(every_six_hours) - set(outdated(every_six_hours, now)))
    assert all(m in left for m in every_six_hours[:8])          # two days untouched
    assert 25 <= len(left) <= 8 + 12 + 10 + 9
    assert left[0] < now - dt.timedelta(days=200)
