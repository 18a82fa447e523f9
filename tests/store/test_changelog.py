"""The change log: every write is in it, nothing can be changed in it unseen, undo and redo survive a restart."""

import pytest

from unionclient.definition.faults import StoreError, UndoError
from unionclient.store import driver
from unionclient.workspace import Edit, Workspace


def _add(workspace, *names):
    changes = workspace.save("unit", [Edit(None, {"name": name}) for name in names])
    return changes.ledgers["unit"][0]


def _tamper(workspace, statement, *values):
    raw = driver.connect(workspace.folder / "unionclient.db")
    raw.execute("DROP TRIGGER change_no_update")
    raw.execute("DROP TRIGGER change_no_delete")
    raw.execute(statement, values)
    raw.close()


def test_a_new_log_verifies(workspace):
    _add(workspace, "甲公司", "乙公司")
    verdict = workspace.verify_log()
    assert (verdict.ok, verdict.count) == (True, 2)


@pytest.mark.parametrize(("statement", "broken"), [
    ("UPDATE change SET new = replace(new, '乙公司', '丙公司') WHERE seq = 2", 2),
    ("UPDATE change SET who = '李四' WHERE seq = 1", 1),
    ("DELETE FROM change WHERE seq = 2", 2),
    ("UPDATE change SET seq = CASE seq WHEN 1 THEN -2 ELSE -1 END WHERE seq < 3", 1),
])
def test_an_edited_removed_or_reordered_row_is_found(workspace, statement, broken):
    _add(workspace, "甲公司", "乙公司", "丁公司")
    _tamper(workspace, statement)
    verdict = workspace.verify_log()
    assert (verdict.ok, verdict.broken_seq) == (False, broken)


def test_the_log_refuses_plain_updates(workspace):
    _add(workspace, "甲公司")
    with pytest.raises(driver.DatabaseFault):
        workspace._store.connection.execute("UPDATE change SET who = '李四'")


def test_undo_takes_back_a_whole_step_and_redo_repeats_it(workspace):
    _add(workspace, "甲公司", "乙公司")
    assert workspace.undo().ledgers["unit"][2]
    assert workspace.count("unit") == 0
    workspace.redo()
    assert [r["name"] for r in workspace.records("unit")] == ["甲公司", "乙公司"]
    assert workspace.verify_log().ok


def test_undo_survives_a_restart(workspace):
    record = _add(workspace, "甲公司")[0]
    workspace.save("unit", [Edit(record, {"name": "新公司"})])
    folder = workspace.folder
    workspace.close()
    with Workspace.open(folder) as again:
        assert again.undo_title
        again.undo()
        assert again.record("unit", record)["name"] == "甲公司"
        assert again.redo_title


def test_a_new_write_clears_redo(workspace):
    _add(workspace, "甲公司")
    workspace.undo()
    _add(workspace, "乙公司")
    assert workspace.redo_title is None
    with pytest.raises(UndoError):
        workspace.redo()


def test_only_changed_columns_are_logged(workspace):
    record = _add(workspace, "甲公司")[0]
    workspace.save("unit", [Edit(record, {"name": "甲公司", "remark": "备注"})])
    entry = workspace.history("unit", record)[0]
    assert dict(entry.new) == {"remark": "备注"}


def test_saving_the_same_again_writes_nothing(workspace):
    record = _add(workspace, "甲公司")[0]
    before = workspace.verify_log().count
    assert not workspace.save("unit", [Edit(record, {"name": "甲公司"})])
    assert workspace.verify_log().count == before


def test_a_second_program_on_the_same_folder_is_refused(workspace):
    with pytest.raises(StoreError, match="另一个窗口"):
        Workspace.open(workspace.folder)


def test_a_store_of_a_newer_program_is_refused(workspace):
    folder = workspace.folder
    workspace._store.connection.execute("PRAGMA user_version=99")
    workspace.close()
    with pytest.raises(StoreError, match="更新版本"):
        Workspace.open(folder)


def test_a_file_that_is_no_database_is_refused_in_chinese(tmp_path):
    (tmp_path / "unionclient.db").write_bytes(b"not a database at all" * 50)
    with pytest.raises(StoreError, match="打不开"):
        Workspace.open(tmp_path)


def test_definition_sql_cannot_write(workspace):
    from unionclient.workspace.checking import today_row

    reader = workspace._store.reading(today_row())
    for statement in ("DELETE FROM main.unit", "ATTACH ':memory:' AS x", "PRAGMA query_only=OFF", "CREATE TABLE t (a)"):
        with pytest.raises(driver.DatabaseFault):
            reader.execute(statement)
