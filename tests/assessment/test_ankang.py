"""The Ankang contest's sheet: five sections, eighty per cent in each, bonus, vetoes."""

from decimal import Decimal

from unionclient.assessment.ankang import judge
from unionclient.definition.library import builtin_library

SHEET = builtin_library().sheets["AK2017"]
FULL = {code: item.points for code, item in SHEET.items.items()}


def test_the_sections_have_the_reported_points():
    result = judge(SHEET, FULL)
    assert [s.points for s in result.sections] == [12, 35, 25, 15, 13]
    assert [s.title[2:] for s in result.sections] == ["组织领导", "安全管理", "劳动保护与职业健康", "基层组织安全生产建设", "群众监督参与"]
    assert (result.total, result.fit, SHEET.bonus_max) == (100, True, 4)


def test_every_section_needs_eighty_per_cent():
    enough = judge(SHEET, FULL | {"A1": Decimal("0.6")})          # 12 - 2.4 = 9.6, just 80 %
    assert enough.fit and enough.sections[0].rate == Decimal("80.00")
    short = judge(SHEET, FULL | {"A1": Decimal("0.5")})
    assert not short.fit and short.against == ("“一 组织领导”得 9.5 分，不足 12 分的 80%",)


def test_the_whole_needs_eighty_points():
    thin = {code: item.points * Decimal("0.8") for code, item in SHEET.items.items()}
    assert judge(SHEET, thin).fit
    assert any("没有达到 80 分" in words for words in judge(SHEET, thin | {"B1": Decimal(4)}).against)


def test_bonus_is_at_most_four_and_comes_on_top():
    assert judge(SHEET, FULL, bonus=Decimal(6)).total == 104


def test_a_veto_and_an_accident_stand_against_the_title():
    result = judge(SHEET, FULL, vetoes=["V1"], injuries=2)
    assert result.against == ("否决：没有组织开展竞赛活动", "本年有伤亡事故 2 起")


def test_items_that_do_not_apply_leave_their_section():
    result = judge(SHEET, FULL | {"C4": None}, na={"C4"})
    assert (result.sections[2].points, result.fit) == (21, True)
    everything = judge(SHEET, {}, na=set(SHEET.items))
    assert everything.fit and all(s.rate is None for s in everything.sections)
