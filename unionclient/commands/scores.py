"""The command line's `score` verbs: evaluations, rankings of honours, the street's yearly score, the contest."""

from typing import Any

import click

from unionclient.commands.speaking import Verbs, opened, option, say, say_json
from unionclient.definition.words import _, marked

_HONOURS = {"home": "1", "branch": "2", "officer": "3"}
_LEVELS = {"district": "1", "city": "2", "nation": "3"}


@click.group(cls=Verbs)
def score() -> None:
    """评分：职工之家考核、两模一优排名、三级联创、安康杯。"""


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


@score.command("homes")
@option("--year", type=int, required=True)
@option("--json", "as_json", is_flag=True)
@click.pass_context
def homes(ctx: click.Context, year: int, as_json: bool) -> None:
    """职工之家考核：各工会的得分、等级和要改的地方。"""
    workspace = opened(ctx)
    found = [(workspace.label("union_org", r["union_id"]), workspace.evaluation(r.id)) for r in workspace.records("home_evaluation") if r["year"] == year]
    if as_json:
        say_json([{"union": name, "record": e.record.id, "sheet": e.sheet.id, "final": _text(e.result.final), "grade": e.result.grade,
                   "counted": e.result.counted, "totals": {c: _text(t) for c, t in e.result.totals.items()},
                   "proposed_vetoes": list(e.proposed_vetoes), "problems": [p.message for p in e.result.problems]} for name, e in found])
        return
    for name, e in found:
        final = "—" if e.result.final is None else _("{points} 分").format(points=e.result.final)
        words = _("{name}：{points} {grade}，{count} 处要改或说明") if e.result.problems else _("{name}：{points} {grade}")
        say(words.format(name=name, points=final, grade=e.result.grade_title, count=len(e.result.problems)))


@score.command("honours")
@option("--year", type=int, required=True)
@option("--kind", type=click.Choice(list(_HONOURS)), default="home", help=marked("home 模范之家，branch 模范小家，officer 优秀工会工作者"))
@option("--level", type=click.Choice(list(_LEVELS)), default="district", help=marked("district 区级，city 市级，nation 全国"))
@option("--keep", is_flag=True, help=marked("把名次记入推荐台账"))
@option("--json", "as_json", is_flag=True)
@click.pass_context
def honours(ctx: click.Context, year: int, kind: str, level: str, keep: bool, as_json: bool) -> None:
    """两模一优：谁符合条件、排第几、名额取到谁。"""
    workspace = opened(ctx)
    chosen = (year, _HONOURS[kind], _LEVELS[level])
    if keep:
        workspace.keep_ranking(*chosen)
    found = workspace.ranking(*chosen)
    if as_json:
        say_json([{"record": p.record, "name": p.name, "union": p.union, "rank": p.place.rank, "chosen": p.place.chosen, "score": _text(p.score),
                   "rate": _text(p.rate), "members": p.members, "told": p.place.told} for p in found.places])
        return
    for p in found.places:
        say(_("{rank:>3} {name}：{score} 分，满意率 {rate}%，会员 {members} 人，{told}").format(
            rank=p.place.rank or "—", name=p.name, score=p.score or "—", rate=p.rate or "—", members=p.members, told=p.place.told))


@score.command("street")
@option("--year", type=int, required=True)
@option("--compute", is_flag=True, help=marked("先按本年指标计算；没有自评的新建一份"))
@option("--json", "as_json", is_flag=True)
@click.pass_context
def street(ctx: click.Context, year: int, compute: bool, as_json: bool) -> None:
    """三级联创：街道自评的各项得分和合计。"""
    from unionclient.workspace import Edit

    workspace = opened(ctx)
    record = next((r.id for r in workspace.records("triple_creation") if r["year"] == year), None)
    if record is None and compute:
        record = workspace.save("triple_creation", [Edit(None, {"year": year})]).ledgers["triple_creation"][0][0]
    if record is None:
        say(_("{year} 年还没有三级联创自评，加上 --compute 按指标计算。").format(year=year))
        return
    if compute:
        workspace.compute_street_score(record)
    found = workspace.street_score(record)
    if as_json:
        say_json({"record": record, "sheet": found.sheet.id, "auto": _text(found.total.auto), "self": _text(found.total.self),
                  "verified": _text(found.total.verified), "scaled": _text(found.total.scaled), "stale": list(found.stale),
                  "items": [{"code": line.item.code, "title": line.item.title, "points": _text(line.item.points), "now": _text(line.now.value),
                             "target": line.now.target_text, "done": line.now.done_text, "words": line.now.words} for line in found.lines]})
        return
    for line in found.lines:
        value = "—" if line.now.value is None else f"{line.now.value}"
        say(_("{code} {title}（{points} 分）：{value}　{told}").format(
            code=line.item.code, title=line.item.title, points=line.item.points, value=value, told=line.now.done_text or line.now.words))
    say(_("合计：系统计算 {auto}，街道自评 {own}，区核定 {verified}").format(
        auto=found.total.auto or "—", own=found.total.self or "—", verified=found.total.verified or "—"))


@score.command("contest")
@option("--year", type=int, required=True)
@option("--json", "as_json", is_flag=True)
@click.pass_context
def contest(ctx: click.Context, year: int, as_json: bool) -> None:
    """安康杯：各参赛单位的得分和不能评优胜的原因。"""
    workspace = opened(ctx)
    found = [(workspace.label("unit", r["unit_id"]), workspace.contest(r.id)) for r in workspace.records("ankang_entry") if r["year"] == year]
    if as_json:
        say_json([{"unit": name, "record": c.record.id, "sheet": c.sheet.id,
                   "results": {column: {"total": _text(r.total), "fit": r.fit, "against": list(r.against)} for column, r in c.results.items()}}
                  for name, c in found])
        return
    for name, c in found:
        result = c.results.get("inspect") or c.results.get("self")
        if result is None:
            say(_("{name}：还没有逐项打分").format(name=name))
        else:
            words = _("{name}：{total} 分，可以评优胜") if result.fit else _("{name}：{total} 分，{against}")
            say(words.format(name=name, total=result.total, against=_("；").join(result.against)))
