"""The walk: fill a street from its messy workbooks, mend as an officer would, check, count, score, print, submit, verify."""

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.definition.text import behind
from unionclient.definition.words import CHINESE, _, marked, speaking
from unionclient.demo import honour, law, org, rights, safety, service
from unionclient.demo.books import write_books
from unionclient.demo.cast import People, complete_units, gather
from unionclient.demo.street import OFFICER, STREET, DemoStreet, make_street
from unionclient.workspace import Edit, Workspace

MARK = ".unionclient-demo"
PASSPHRASE = "示例口令-只用于演示"
ZERO_NOTE = "示例数据没有编这本台账"
PERIOD = "2017Y"
TITLES = {"org": marked("组织建设"), "rights": marked("维权机制"), "service": marked("素质服务"), "safety": marked("劳模技能、安全生产"),
          "law": marked("法律服务"), "honour": marked("评家创优")}
PARTS = (org, rights, service, safety, law, honour)      # each plays its ledgers of the year; honours rest on all the others
_EXPLANATION = "示例数据：名册整理中，下季度补齐"


def _unheard(_text: str, _done: int = 0, _total: int = 0) -> None:
    """Nobody asked how far it is."""


def run_demo(folder: Path, scale: int = 1, progress: Callable[..., None] = _unheard) -> Iterator[str]:
    """Makes `folder`/store and beside it the sample workbooks, corrections, forms and the package; may be run again.

    `scale` 17 makes a district's worth of ledgers, without forms and package: for measuring.
    """
    folder = folder.absolute()
    _clear(folder)
    street = make_street(scale=scale)
    with Workspace.create(folder / "store", street=STREET, officer=OFFICER) as workspace:
        yield _("示例街道：{street}，数据在 {folder}").format(street=workspace.street.title, folder=workspace.folder)
        yield from _import(workspace, street, folder, progress)
        mend(workspace, street)
        add_year(workspace, street)
        yield from play_year(workspace, scale, progress)
        if scale > 1:
            return
        yield from _check(workspace, progress)
        for figure in workspace.figures(PERIOD)[:6]:
            yield _("  {id} {title}：{value}{unit}，目标 {target}，{state}").format(
                id=figure.id, title=figure.title, value=figure.value_text, unit=behind(figure.unit), target=figure.target_text, state=figure.state_text)
        yield from _print(workspace, folder / "forms", progress)
        yield from _submit(workspace, folder / "packages", progress)
        verdict = workspace.verify_log()
        yield verdict.message


def fill(workspace: Workspace) -> None:
    """Fills an empty street with the sample ledgers; for the first run of the window."""
    street = make_street()
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        for _line in _import(workspace, street, Path(folder)):
            pass
    mend(workspace, street)
    add_year(workspace, street)
    for _line in play_year(workspace):
        pass


def play_year(workspace: Workspace, scale: int = 1, progress: Callable[..., None] = _unheard) -> Iterator[str]:
    """The rest of the year's ledgers, one part after the other; says how many records each brought."""
    complete_units(workspace, scale)
    people = People(workspace)
    for done, part in enumerate(PARTS):
        name = part.__name__.rpartition(".")[2]
        told = _("登记全年工作（{part}）").format(part=_(TITLES[name]))
        progress(told, done, len(PARTS))
        before = sum(workspace.count(ledger) for ledger in workspace.library.ledgers)
        with speaking(CHINESE):     # the records are data
            part.add(workspace, gather(workspace, name, people, scale))
        after = sum(workspace.count(ledger) for ledger in workspace.library.ledgers)
        yield _("  {told}：新增 {n} 条").format(told=told, n=after - before)


def _clear(folder: Path) -> None:
    """A former demo is taken away; anything else in the folder is left alone, and a strange store is refused."""
    if (folder / MARK).exists():
        for name in ("store", "samples", "corrections", "forms", "packages"):
            shutil.rmtree(folder / name, ignore_errors=True)
    elif (folder / "store").exists():
        raise UnionClientError(_("{folder} 里已有数据，不是示例。").format(folder=folder / "store"), _("原有数据没有改动。"), _("请换一个空文件夹。"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("示例街道，可以整个删除。\n", encoding="utf-8")


def _import(workspace: Workspace, street: DemoStreet, folder: Path, progress: Callable[..., None] = _unheard) -> Iterator[str]:
    paths = write_books(street, folder / "samples")
    (folder / "corrections").mkdir(exist_ok=True)
    for ledger, path in zip(("union_org", "membership", "hazard"), paths, strict=True):
        plan = workspace.plan_import(ledger, path, progress=progress)
        workspace.apply_import(plan)
        yield _("  导入{name}：新增 {new}，相同 {same}，未导入 {rejected}，问题 {findings}").format(
            name=path.name, new=plan.new, same=plan.same, rejected=plan.rejected, findings=len(plan.findings))
        if plan.rejected:
            workspace.write_corrections(plan, folder / "corrections" / f"{path.stem}_改正.xlsx")


def mend(workspace: Workspace, street: DemoStreet) -> None:
    """What the officer puts right by hand: the swapped dates, the gender, the hazard struck off before it was found."""
    for union in workspace.records("union_org"):
        if union["approved_on"] and union["founded_on"] and union["approved_on"] > union["founded_on"]:
            workspace.save("union_org", [Edit(union.id, {"approved_on": union["founded_on"], "founded_on": union["approved_on"]})],
                           title="改正批复和成立日期")
    for member in workspace.records("membership"):
        if any(i.rule == "MB001" for i in workspace.issues(member)):
            workspace.save("membership", [Edit(member.id, {"gender": "1" if member["gender"] == "2" else "2"})], title="改正性别")
    for hazard in workspace.records("hazard"):
        if hazard["closed_on"] and hazard["closed_on"] < hazard["found_on"]:
            workspace.save("hazard", [Edit(hazard.id, {"closed_on": hazard["rechecked_on"]})], title="改正销号日期")
    late = [m for m in workspace.records("membership") if m["union_id"] is None and m.raw]
    if late:  # members of unions whose row waits in the corrections workbook
        workspace.retire("membership", [m.id for m in late], "所属工会的建会日期待核实，改正后重新导入")


def add_year(workspace: Workspace, street: DemoStreet) -> None:
    """The year's own work: second inspections with signatures, ballots, one scored home, hotline reports."""
    workspace.set_setting("ui.period", PERIOD)
    unions = workspace.records("union_org")
    inspections = [Edit(i.id, {"conclusion": "2", "sign_unit": "是", "sign_team": "是", "items_checked": 40, "items_bad": 1})
                   for i in workspace.records("safety_inspection")]
    workspace.save("safety_inspection", inspections, title="补填检查结论和签字")
    second = [Edit(None, {"unit_id": u["unit_id"], "kind": "2", "inspected_on": dt.date(2017, 10, 12) + dt.timedelta(days=n % 40),
                          "inspectors": "张海燕、李志强", "conclusion": "1", "sign_unit": "是", "sign_team": "是", "items_checked": 40,
                          "items_bad": 0}) for n, u in enumerate(unions) if n % 3]
    workspace.save("safety_inspection", second, title="登记下半年检查")
    ballots = [Edit(None, _ballot(u.id, u["members_at_founding"] or 20, n)) for n, u in enumerate(unions) if n % 4 != 3]
    workspace.save("home_ballot", ballots, title="登记会员评家")
    made = workspace.save("home_evaluation", [Edit(None, {"union_id": unions[0].id, "year": 2017, "leader": "王晓明"})])
    score_home(workspace, made.ledgers["home_evaluation"][0][0])
    reports = [Edit(None, {"received_at": f"2017-0{n + 3}-1{n} 09:30", "channel": "1", "category": str(n + 1), "anonymous": "是",
                           "content": "职工来电咨询相关政策，已答复", "unit_id": unions[n]["unit_id"], "due_on": f"2017-0{n + 3}-2{n}",
                           "replied_on": f"2017-0{n + 3}-1{n + 2}", "result": "已电话答复", "status": "4"}) for n in range(4)]
    workspace.save("hotline_report", reports, title="登记热线反映")


@speaking(CHINESE)
def score_home(workspace: Workspace, evaluation: str) -> None:
    """A full self-assessment and review: computed marks where there are any, a little under the full points elsewhere."""
    workspace.fill_auto(evaluation)
    marks = {}
    for n, line in enumerate(workspace.evaluation(evaluation).lines):
        auto = line.values.get("auto")
        points = line.item.points if auto is None else auto / 10
        review = points if auto is not None or n % 5 else points - 1
        marks[line.item.code] = {"self": str(line.item.points), "review": str(review)}
        if review < line.item.points:
            marks[line.item.code]["deduct_reason"] = line.auto_words or "资料不全，扣1分"
    workspace.set_marks(evaluation, marks)


def _ballot(union: str, members: int, number: int) -> dict[str, object]:
    issued = members
    valid = members * 9 // 10
    basic = valid // 10
    return {"union_id": union, "year": 2017, "held_on": f"2017-11-{number % 28 + 1:02d}", "form": "1", "eligible": members,
            "issued": issued, "returned": valid, "valid": valid, "satisfied": valid - basic, "basic": basic, "unsatisfied": 0,
            "abstain": 0, "tellers": "周建国、吴秀英"}


def _check(workspace: Workspace, progress: Callable[..., None]) -> Iterator[str]:
    report = workspace.check(progress=progress, period=PERIOD)
    counts = report.counts()
    yield _("检查：{counts}").format(counts=_("，").join(f"{Level(name).title} {number}" for name, number in counts.items()))
    workspace.explain([f for f in report.findings if f.open], _EXPLANATION)


def _print(workspace: Workspace, folder: Path, progress: Callable[..., None]) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    forms = workspace.library.forms.values()
    for done, form in enumerate(forms):
        progress(_("打印{form}").format(form=form.title), done, len(forms))
        workspace.print_form(form.id, folder / f"{form.id}_空白.pdf", blank=True)
        chosen = [r.id for r in workspace.records(form.ledger)]
        if chosen:
            workspace.print_form(form.id, folder / f"{form.id}.pdf", records=chosen if form.layout == "K1" else chosen[:3])
    yield _("打印：{n} 份，在 {folder}").format(n=len(list(folder.glob("*.pdf"))), folder=folder)


def _submit(workspace: Workspace, folder: Path, progress: Callable[..., None]) -> Iterator[str]:
    words = os.environ.get("UNIONCLIENT_PASSPHRASE") or PASSPHRASE
    done = workspace.submit(PERIOD, folder, lambda new: words, progress, zero_note=ZERO_NOTE)
    yield _("报送包：{path}").format(path=done.path)
    verdict = workspace.verify(done.path)
    yield _("核验：{message}").format(message=verdict.message)
    if not verdict.valid:
        raise UnionClientError(_("示例报送包没有通过核验。"), "", verdict.message)
