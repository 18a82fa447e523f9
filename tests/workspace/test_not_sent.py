"""What stays with the street: fields marked `sent = false` are in no package, but in the street's own export."""

import zipfile

from openpyxl import load_workbook

from unionclient.workspace import Edit


def _mediated(workspace):
    body = workspace.save("mediation_org", [Edit(None, {"level": "2", "name": "分中心", "founded_on": "2012-06-01"})]).ledgers["mediation_org"][0][0]
    person = workspace.save("person", [Edit(None, {"name": "周调解"})]).ledgers["person"][0][0]
    mediator = workspace.save("mediator", [Edit(None, {"person_id": person, "org_id": body, "lawyer": "否"})]).ledgers["mediator"][0][0]
    workspace.save("mediation_case", [Edit(None, {
        "case_no": "（2017）东街调字第1号", "accepted_on": "2017-06-01", "accept_mode": "1", "mediator_id": mediator, "applicant": "赵申请",
        "applicant_type": "1", "persons": "1", "respondent": "钱雇主", "cause": "1", "request": "支付工资三千元", "status": "2"})])
    workspace.explain([f for f in workspace.check(period="2017Y").findings if f.open], "等待当事人补充材料")


def test_what_parties_said_is_in_no_package(workspace, tmp_path):
    _mediated(workspace)
    package = zipfile.ZipFile(workspace.submit("2017Y", tmp_path, lambda new: "测试用口令一二三", zero_note="本期没有发生这项工作").path)
    table = package.read("data/mediation_case.csv").decode("utf-8-sig")
    with package.open("workbooks/mediation-case.xlsx") as book:
        cells = [str(c) for row in load_workbook(book).active.iter_rows(values_only=True) for c in row if c is not None]
    for words in ("赵申请", "钱雇主", "支付工资三千元"):
        assert words not in table and words not in " ".join(cells)
    assert "东街调字第1号" in table and "（2017）东街调字第1号" in cells
    assert workspace.verify(next(tmp_path.glob("*.asice"))).valid


def test_the_streets_own_export_holds_everything(workspace, tmp_path):
    _mediated(workspace)
    workspace.export_all(tmp_path / "all")
    text = (tmp_path / "all" / "mediation_case.csv").read_text(encoding="utf-8-sig")
    assert "赵申请" in text and "支付工资三千元" in text
