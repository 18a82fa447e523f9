"""Proposed rows: what the work programme asks for can be taken into a ledger and edited there."""

from unionclient.workspace import Edit


def test_the_tasks_of_the_programme_are_taken_over_once(workspace):
    proposed = workspace.proposals("work_task", 2017)
    assert len(proposed) == 35 and proposed[0]["title"] == "落实楼宇工会工作管理办法"
    workspace.propose("work_task", 2017)
    assert workspace.count("work_task") == 35
    assert workspace.proposals("work_task", 2017) == [] and not workspace.propose("work_task", 2017)
    assert len(workspace.proposals("work_task", 2018)) == 35
    first = workspace.records("work_task")[0]
    assert (first["level"], first["due_on"].isoformat(), first["status"]) == ("1", "2017-12-25", "1")
    workspace.undo()
    assert workspace.count("work_task") == 0


def test_a_task_with_another_deadline_of_the_year_is_there_already(workspace):
    workspace.save("work_task", [Edit(None, {"code": "J28", "owner": "王五", "due_on": "2017-06-30"})])
    assert "J28" not in {row["code"] for row in workspace.proposals("work_task", 2017)}


def test_the_streets_share_of_a_target_is_proposed_and_stays_a_proposal_without_a_letter(workspace):
    """674 over 17 streets: 39 each and one more for the first eleven; 110101013 is the thirteenth."""
    rows = {row["target_id"]: row["value"] for row in workspace.proposals("target_allocation", 2017)}
    assert (rows["T1-01"], rows["T2-01"], rows["T3-01"], len(rows)) == ("39", "98", "3.5", 43)
    workspace.propose("target_allocation", 2017)
    [figure] = workspace.figures("2017Y", only=["T1-01"])
    assert (figure.target, figure.target_proposed) == (39, True)
    own = next(r for r in workspace.records("target_allocation") if r["target_id"] == "T1-01")
    workspace.save("target_allocation", [Edit(own.id, {"value": "42", "doc_no": "东工发〔2017〕8号"})])
    [figure] = workspace.figures("2017Y", only=["T1-01"])
    assert (figure.target, figure.target_proposed) == (42, False)


def test_a_ledger_without_a_proposal_proposes_nothing(workspace):
    assert workspace.proposals("unit", 2017) == []


def test_the_command_line_takes_proposals_over_too(tmp_path):
    from click.testing import CliRunner

    from unionclient.cli import main

    store = ["--store", str(tmp_path / "store")]
    runner = CliRunner()
    assert runner.invoke(main, [*store, "init", "--street", "110101013", "--officer", "张三"]).exit_code == 0
    told = runner.invoke(main, [*store, "propose", "work_task", "--year", "2017"])
    assert (told.exit_code, told.output.strip()) == (0, "写入 35 条建议")
