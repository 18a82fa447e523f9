"""The plan alone, on small ledgers in memory: claims, feeds, references, copies and repeats, and that nothing changes twice."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionclient.definition.ledger import Feed, Field, Ledger, Library
from unionclient.definition.record import Record
from unionclient.sheets.book import Book, Sheet
from unionclient.sheets.importer import plan_import

UNIT = Ledger("unit", "单位", {f.id: f for f in (
    Field("name", "单位名称", format="unit_name"), Field("code", "信用代码"), Field("phone", "单位电话"), Field("remark", "备注"))},
    match=(("code", "name"), ("code",), ("name",)), label=("name",))
PERSON = Ledger("person", "人员", {f.id: f for f in (Field("name", "姓名", format="person_name"), Field("phone", "电话", format="phone"))},
                match=(("name", "phone"),), label=("name",))
STAT = Ledger("stat", "人数", {f.id: f for f in (
    Field("unit_id", "单位", "reference", ref="unit", required=True), Field("as_of", "截止日期", "date", required=True),
    Field("heads", "职工人数", "int"))}, match=(("unit_id", "as_of"),), label=("unit_id",))
UNION = Ledger("union", "工会", {f.id: f for f in (
    Field("name", "工会名称", format="unit_name"), Field("unit_id", "所在单位", "reference", ref="unit"),
    Field("above_id", "上级工会", "reference", ref="union"), Field("chair_id", "主席", "reference", ref="person"),
    Field("deputy_id", "副主席", "reference", ref="person"), Field("founded_on", "成立日期", "date"), Field("heads", "职工人数", "int"),
    Field("remark", "备注", length=500))},
    match=(("unit_id",), ("name",)), label=("name",), feeds=(
        Feed("unit", into="unit_id", columns={"name": ("单位名称",), "code": ("信用代码",), "phone": ("单位电话",)}),
        Feed("person", into="chair_id", columns={"name": ("主席.姓名",), "phone": ("主席.电话",)}),
        Feed("person", into="deputy_id", columns={"name": ("副主席.姓名",), "phone": ("副主席.电话",)}),
        Feed("stat", link="unit_id", copy={"unit_id": "unit_id", "as_of": "founded_on", "heads": "heads"})))
CHECK = Ledger("check", "检查", {"no": Field("no", "检查编号")}, match=(("no",),), label=("no",))
FAULT = Ledger("fault", "隐患", {"what": Field("what", "隐患描述"), "grade": Field("grade", "级别")}, parent="check",
               match=(("parent_id", "what"),), label=("what",), feeds=(Feed("check", into="parent_id", columns={"no": ("检查编号",)}),))
ROSTER = Ledger("roster", "名册", {f.id: f for f in (Field("name", "姓名"), Field("unit_id", "工作单位", "reference", ref="unit"))},
                match=(("name",),), label=("name",),
                feeds=(Feed("unit", into="unit_id", columns={"name": ("工作单位",), "code": ("单位代码",)}, make=False),))
ALL = (UNIT, PERSON, STAT, UNION, CHECK, FAULT, ROSTER)
LIBRARY = Library({ledger.id: ledger for ledger in ALL}, {}, {}, {}, {}, {}, {})


class Shelf:
    """Keeps records as a store would: the importer's lookup, and what applying a plan does."""

    def __init__(self):
        self.records = {ledger.id: {} for ledger in ALL}
        self.numbers = itertools.count(1)

    def existing(self, ledger):
        return list(self.records[ledger].values())

    def resolve(self, ledger, text):
        fitting = [r.id for r in self.existing(ledger) if text in (r.values.get("name"), r.values.get("no"), r.id)]
        return fitting[0] if len(fitting) == 1 else None

    def new_id(self):
        return f"n{next(self.numbers)}"

    def complete(self, ledger, record, values, raw, parent):
        return dict(values)

    def judge(self, ledger, values, raw):
        return []

    def plan(self, ledger, head, *rows, merges=(), **how):
        columns = tuple(zip(*([head] if not isinstance(head[0], tuple) else head), *rows))
        return plan_import(ledger, LIBRARY, Book((Sheet("表", columns, merges=tuple(merges)),), "0" * 64, "表.xlsx"), self, **how)

    def apply(self, plan):
        for write in plan.writes:
            held = self.records[write.ledger]
            old = held.get(write.id) or Record(write.ledger, write.id, {})
            assert write.is_new is (write.id not in held)
            values = {**old.values, **write.values}
            raw = {n: t for n, t in {**old.raw, **write.raw}.items() if values.get(n) is None}
            held[write.id] = Record(write.ledger, write.id, values, raw, write.parent or old.parent)
        return plan

    def bring(self, ledger, head, *rows, **how):
        return self.apply(self.plan(ledger, head, *rows, **how))

    def values(self, ledger, name):
        return [r.values.get(name) for r in self.existing(ledger)]


@pytest.fixture
def shelf():
    return Shelf()


def counts(plan):
    return plan.new, plan.changed, plan.same, plan.rejected


def rules(plan):
    return [(f.cell, f.rule) for f in plan.findings]


# recognising --------------------------------------------------------------------------------------------------------

HEAD = ("单位名称", "信用代码", "单位电话")


def test_a_code_finds_a_unit_whatever_its_name(shelf):
    shelf.bring(UNIT, HEAD, ("甲公司", "A", None))
    assert counts(shelf.bring(UNIT, HEAD, ("乙公司", "A", None))) == (0, 1, 0, 0) and shelf.values("unit", "name") == ["乙公司"]


def test_a_name_finds_a_unit_unless_the_codes_differ(shelf):
    shelf.bring(UNIT, HEAD, ("甲公司", "A", None))
    assert counts(shelf.bring(UNIT, HEAD, ("甲公司", None, "1"))) == (0, 1, 0, 0)
    assert counts(shelf.bring(UNIT, HEAD, ("甲公司", "B", None))) == (1, 0, 0, 0)


def test_a_name_that_two_units_bear_is_not_guessed(shelf):
    shelf.bring(UNIT, HEAD, ("甲公司", "A", None), ("甲公司", "B", None))
    plan = shelf.plan(UNIT, HEAD, ("甲公司", None, "1"))
    assert counts(plan) == (0, 0, 0, 1) and "有2条记录" in plan.findings[0].message


def test_a_row_that_says_less_never_takes_the_record_of_one_that_says_more(shelf):
    shelf.bring(UNIT, HEAD, ("甲公司", "A", None))
    plan = shelf.bring(UNIT, HEAD, ("丙公司", "A", "1"), ("甲公司", "A", "2"))
    assert counts(plan) == (1, 1, 0, 0) and [r for _, r in rules(plan)] == ["IMP-DUP", "IMP-DUP"]
    assert sorted(zip(shelf.values("unit", "name"), shelf.values("unit", "phone"))) == [("丙公司", "1"), ("甲公司", "2")]


def test_a_missing_code_is_added_to_the_unit_of_that_name(shelf):
    shelf.bring(UNIT, HEAD, ("甲公司", None, None))
    assert counts(shelf.bring(UNIT, HEAD, ("甲公司", "A", None), ("甲公司", "B", None))) == (1, 1, 0, 0)
    assert sorted(shelf.values("unit", "code")) == ["A", "B"]


def test_of_rows_about_one_record_the_later_holds_and_is_told(shelf):
    plan = shelf.bring(UNIT, HEAD, ("甲公司", "A", "1"), ("甲公司", "A", "2"), ("甲公司", "A", None))
    assert counts(plan) == (1, 1, 1, 0) and shelf.values("unit", "phone") == ["2"]
    assert ("C3", "IMP-DIFFER") in rules(plan) and [r for _, r in rules(plan)].count("IMP-REPEAT") == 2


def test_the_record_id_of_an_export_finds_its_record_and_a_copied_row_makes_a_new_one(shelf):
    shelf.bring(UNIT, HEAD, ("甲公司", "A", None))
    head = (*HEAD, "系统编号")
    assert counts(shelf.plan(UNIT, head, ("新名公司", "Z", None, "n1"))) == (0, 1, 0, 0)
    plan = shelf.plan(UNIT, head, ("甲公司", "A", None, "n1"), ("乙公司", "B", None, "n1"))
    assert counts(plan) == (1, 0, 1, 0)
    assert counts(shelf.plan(UNIT, head, ("甲公司", "A", None, "别处的编号"))) == (0, 0, 1, 0)


# feeds --------------------------------------------------------------------------------------------------------------

UNION_HEAD = ("单位名称", "信用代码", "成立日期", "职工人数", "主席.姓名", "主席.电话", "副主席.姓名", "副主席.电话")
FULL = ("甲公司", "A", "2017-03-01", "120", "王小明", "13800138000", "李四", "13900139000")


def test_one_row_feeds_every_ledger(shelf):
    assert counts(shelf.bring(UNION, UNION_HEAD, FULL)) == (1, 0, 0, 0)
    union, stat = shelf.existing("union")[0], shelf.existing("stat")[0]
    unit = shelf.existing("unit")[0]
    assert union.values["unit_id"] == stat.values["unit_id"] == unit.id and stat.values["heads"] == 120
    assert str(stat.values["as_of"]) == "2017-03-01"


def test_two_feeds_of_one_ledger_keep_their_own_columns(shelf):
    shelf.bring(UNION, UNION_HEAD, FULL)
    people, union = shelf.records["person"], shelf.existing("union")[0]
    assert [people[union.values[n]].values["name"] for n in ("chair_id", "deputy_id")] == ["王小明", "李四"]


def test_two_header_rows_lead_to_two_feeds(shelf):
    top = ("单位名称", "主席", None, "副主席", None)
    low = (None, "姓名", "电话", "姓名", "电话")
    plan = shelf.bring(UNION, (top, low), ("甲公司", "王小明", "13800138000", "李四", "13900139000"), merges=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)))
    assert plan.unknown_columns == () and shelf.values("person", "name") == ["王小明", "李四"]


def test_a_fed_record_that_repeats_is_shared_without_a_finding(shelf):
    rows = [(f"工会{n}", "甲公司", "13800138000") for n in range(3)]
    plan = shelf.bring(ROSTER, ("姓名", "工作单位", "电话"), *rows)
    assert [r for _, r in rules(plan)] == []
    plan = shelf.bring(FAULT, ("检查编号", "隐患描述"), ("一", "插座松动"), ("一", "通道堵塞"), ("二", "插座松动"))
    assert counts(plan) == (3, 0, 0, 0) and plan.findings == () and len(shelf.existing("check")) == 2


def test_a_person_without_what_tells_persons_apart_is_not_made_but_told(shelf):
    plan = shelf.bring(UNION, UNION_HEAD, (*FULL[:5], None, None, None))
    assert ("E2", "IMP-PART") in rules(plan) and shelf.existing("person") == []
    assert shelf.existing("union")[0].raw == {"chair_id": "王小明"}


def test_a_row_that_stays_out_leaves_no_fed_records(shelf):
    plan = shelf.bring(UNION, UNION_HEAD, (*FULL[:3], "若干", *FULL[4:]))
    assert counts(plan) == (0, 0, 0, 1) and plan.writes == ()


def test_a_fed_record_alone_makes_a_row_changed(shelf):
    shelf.bring(UNION, UNION_HEAD, FULL)
    assert counts(shelf.bring(UNION, (*UNION_HEAD, "单位电话"), (*FULL, "64012345"))) == (0, 1, 0, 0)
    assert counts(shelf.plan(UNION, (*UNION_HEAD, "单位电话"), (*FULL, "64012345"))) == (0, 0, 1, 0)


def test_an_approximate_number_is_remarked_once(shelf):
    head = (*UNION_HEAD, "备注")
    for _ in range(2):
        shelf.bring(UNION, head, (*FULL[:3], "约120", *FULL[4:], "迁址"))
    assert shelf.values("union", "remark") == ["迁址；职工人数为约数"]


# parents and references ---------------------------------------------------------------------------------------------

def test_a_child_without_a_parent_stays_out(shelf):
    plan = shelf.plan(FAULT, ("检查编号", "隐患描述"), (None, "插座松动"))
    assert counts(plan) == (0, 0, 0, 1) and "检查" in plan.findings[0].message


def test_a_child_finds_its_parent_by_label(shelf):
    shelf.bring(CHECK, ("检查编号",), ("一",))
    shelf.bring(FAULT, ("检查", "隐患描述"), ("一", "插座松动"))
    assert shelf.existing("fault")[0].parent == shelf.existing("check")[0].id


def test_a_name_nobody_bears_stays_as_text_and_is_linked_later(shelf):
    head = ("姓名", "工作单位")
    shelf.bring(ROSTER, head, ("张三", "甲公司"))
    assert shelf.existing("roster")[0].raw == {"unit_id": "甲公司"}
    assert counts(shelf.plan(ROSTER, head, ("张三", "甲公司"))) == (0, 0, 1, 0)
    shelf.bring(UNIT, HEAD, ("甲公司", "A", None))
    assert counts(shelf.bring(ROSTER, head, ("张三", "甲公司"))) == (0, 1, 0, 0)
    assert shelf.existing("roster")[0].values["unit_id"] and shelf.existing("roster")[0].raw == {}


def test_a_name_several_bear_is_told_and_not_chosen(shelf):
    shelf.bring(UNIT, HEAD, ("甲公司", "A", None), ("甲公司", "B", None))
    plan = shelf.bring(ROSTER, ("姓名", "工作单位"), ("张三", "甲公司"))
    assert ("B2", "IMP-WHICH") in rules(plan) and shelf.existing("roster")[0].raw == {"unit_id": "甲公司"}


def test_a_name_may_be_borne_by_a_record_of_the_same_file(shelf):
    plan = shelf.bring(UNION, ("工会名称", "上级工会"), ("下级工会", "街道总工会"), ("街道总工会", None))
    assert counts(plan) == (2, 0, 0, 0)
    below, above = shelf.existing("union")
    assert below.values["above_id"] == above.id


# nothing changes twice ----------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["甲公司", "甲 公司", "甲（东城）", "甲(东城)", "乙店", None])
CODES = st.sampled_from(["A", "B", "C", None])
PHONES = st.sampled_from(["13800138000", "13900139000", "64012345", None])
UNITS = st.lists(st.tuples(NAMES, CODES, PHONES), min_size=1, max_size=7)
UNIONS = st.lists(st.tuples(NAMES, CODES, st.sampled_from(["2017-03-01", "2017.4.1", 2017.1, None]), st.sampled_from(["120", "约120", "-", "若干"]),
                            st.sampled_from(["王小明", "李四", None]), PHONES, st.sampled_from(["赵六", None]), PHONES), min_size=1, max_size=6)
FAULTS = st.lists(st.tuples(st.sampled_from(["一", "二", None]), st.sampled_from(["插座", "通道", None]), st.sampled_from(["一般", "重大", None])), min_size=1, max_size=7)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.tuples(st.just(UNIT), st.just(HEAD), UNITS), st.tuples(st.just(UNION), st.just(UNION_HEAD), UNIONS),
                          st.tuples(st.just(FAULT), st.just(("检查编号", "隐患描述", "级别")), FAULTS)), min_size=1, max_size=3))
def test_what_was_imported_last_is_all_the_same_the_next_time(files):
    shelf = Shelf()
    for ledger, head, rows in files:
        first = shelf.bring(ledger, head, *rows)
        again = shelf.plan(ledger, head, *rows)
        assert first.rows == again.rows <= len(rows)
        assert (again.new, again.changed, again.writes) == (0, 0, ()) and again.rejected == first.rejected
