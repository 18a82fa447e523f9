"""Every cross-ledger check finds what it is for and leaves its neighbour alone; run as the program runs it.

A case is a small street: one record a line, `!` before those that must be found, `ledger key parent=@… | field=text`.
`@key` is an earlier record. The day is 2017-10-09, the cutoff 2017-09-30.
"""

import pytest

from unionclient.validation.checks import run_check
from unionclient.workspace import Edit, Workspace

PERIOD = {"begins": "2017-07-01", "ends": "2017-09-30", "cutoff": "2017-09-30", "year": 2017,
          "year_begins": "2017-01-01", "today": "2017-10-09"}
A, B = "91110101MA0000015M", "91110101MA1000113B"
MAN, WOMAN = "110101199003070011", "110101198811150023"

CASES = {
    "X01": """
        ! unit a | name=甲公司 | uscc=91110101MA0000015N
          unit b | name=乙公司 | uscc=91110101MA0000015M
          unit c | name=丙公司 | uscc_missing_reason=尚未登记
    """,
    "X02": f"""
        ! unit a | name=甲公司 | uscc={A}
        ! unit b | name=乙公司 | uscc={A}
          unit c | name=丙公司 | uscc={B}
          unit d | name=丁公司
          unit e | name=戊公司
    """,
    "X03": f"""
        ! unit a | name=甲公司（东城分公司） | uscc={A}
        ! unit b | name=甲公司(东城分公司) | uscc={B}
          unit c | name=乙公司 | uscc=91110101MA1000092T
          unit d | name=乙公司
    """,
    "X04": """
          unit a | name=甲公司 | biz_status=3 | status_from=2017-06-01
          unit b | name=乙公司 | biz_status=4 | status_from=2017-12-01
        ! union_org o | name=甲公司工会委员会 | unit_id=@a | founded_on=2017-01-05
          union_org p | name=乙公司工会委员会 | unit_id=@b | founded_on=2017-01-05
          union_org q | name=甲公司旧工会 | unit_id=@a | founded_on=2010-01-05 | status=5 | dissolved_on=2015-01-01
    """,
    "X05": """
          unit a | name=甲公司
          unit b | name=乙公司
          union_org o | name=甲公司工会委员会 | unit_id=@a | union_type=01 | founded_on=2017-03-06
          union_org j | name=社区联合工会 | union_type=03 | founded_on=2015-01-05
        ! union_coverage c | union_id=@j | unit_id=@a | covered_from=2016-05-01
        ! union_coverage d | union_id=@j | unit_id=@a | covered_from=2016-01-01 | covered_to=2017-03-06
          union_coverage e | union_id=@j | unit_id=@a | covered_from=2016-01-01 | covered_to=2017-03-05
          union_coverage f | union_id=@j | unit_id=@b | covered_from=2016-05-01
    """,
    "X06": """
          unit a | name=甲公司 | registered_on=2017-05-01
          unit b | name=乙公司
        ! union_org o | name=甲公司工会委员会 | unit_id=@a | founded_on=2017-04-30
        ! union_org p | name=乙公司工会委员会 | unit_id=@b | founded_on=2017-10-10
          union_org q | name=甲公司二工会 | unit_id=@a | founded_on=2017-05-01
          union_org r | name=丙联合工会 | founded_on=2017-10-09
    """,
    "X07": """
        ! union_org o | name=甲工会 | approval_no=东花工发[2017]12号
        ! union_org p | name=乙工会 | approval_no=东花工发〔2017〕12号
          union_org q | name=丙工会 | approval_no=东花工发〔2017〕13号
          union_org r | name=丁工会
    """,
    "X08": """
          unit a | name=甲公司
          unit b | name=乙公司
          union_org j | name=一社区联合工会 | union_type=03
          union_org k | name=二社区联合工会 | union_type=03
          union_coverage c | union_id=@j | unit_id=@a | covered_from=2016-05-01
        ! union_coverage d | union_id=@k | unit_id=@a | covered_from=2017-05-01
          union_coverage e | union_id=@j | unit_id=@b | covered_from=2016-05-01 | covered_to=2017-04-30
          union_coverage f | union_id=@k | unit_id=@b | covered_from=2017-05-01
    """,
    "X09": """
        ! unit a | name=甲公司
          unit b | name=乙公司
          employee_stat s | unit_id=@a | as_of=2017-01-01 | employees=9
          employee_stat t | unit_id=@a | as_of=2017-06-01 | employees=1
          employee_stat u | unit_id=@b | as_of=2017-06-01 | employees=1
          employee_stat v | unit_id=@b | as_of=2017-10-01 | employees=0
          membership m | name=张三 | unit_id=@a | status=1
          membership n | name=李四 | unit_id=@a | status=2
          membership o | name=王五 | unit_id=@b | status=1
          membership p | name=赵六 | unit_id=@b | status=3
    """,
    "X10": """
          unit a | name=甲公司
          unit b | name=乙公司
          union_org o | name=甲公司工会委员会 | unit_id=@a | union_type=01
          union_org j | name=社区联合工会 | union_type=03
          union_coverage c | union_id=@j | unit_id=@b | covered_from=2016-05-01
          membership m | name=张三 | unit_id=@a | union_id=@o
        ! membership n | name=李四 | unit_id=@b | union_id=@o
          membership p | name=王五 | unit_id=@b | union_id=@j
        ! membership q | name=赵六 | unit_id=@a | union_id=@j
          membership r | name=孙七 | unit_id=@b
    """,
    "X11": f"""
          union_org o | name=甲工会
        ! membership m | name=张三 | id_no={MAN} | union_id=@o
        ! membership n | name=李四 | id_no={MAN}
          membership p | name=张三 | id_no={MAN} | status=3
          membership q | name=王五 | id_no={WOMAN}
    """,
    "X12": f"""
        ! membership m | name=张三 | id_no={MAN} | gender=2 | birth_date=1990-03-07
        ! membership n | name=李四 | id_no={WOMAN} | gender=2 | birth_date=1988-11-16
          membership p | name=王五 | id_no={WOMAN} | gender=2 | birth_date=1988-11-15
          membership q | name=赵六 | id_no={MAN} | gender=0
          membership r | name=孙七 | id_type=5 | id_no={MAN} | gender=2
          membership s | name=周八 | id_no=110101199003070012 | gender=2
    """,
    "X13": "\n".join((
        "! union_org o | name=甲工会 | founded_on=2017-01-05",
        "  union_org p | name=乙工会 | founded_on=2017-03-01",
        "  union_org q | name=丙工会 | founded_on=2017-01-05",
        *(f"  membership m{n} | name=张某 | union_id=@o | joined_on=2017-03-01" for n in range(10)),
        *(f"  membership n{n} | name=李某 | union_id=@o | joined_on=2017-02-{n + 1:02}" for n in range(20)),
        *(f"  membership s{n} | name=王某 | union_id=@p | joined_on=2017-03-01" for n in range(12)),
        *(f"  membership t{n} | name=赵某 | union_id=@q | joined_on=2017-03-01" for n in range(9)),
    )),
    "X14": f"""
          union_org o | name=甲工会
        ! membership m | name=张三 | join_mode=1 | joined_on=2017-05-02
          membership_event e parent=@m | event=3 | happened_on=2017-05-02
          membership n | name=李四 | join_mode=2 | joined_on=2017-05-02
          membership_event f parent=@n | event=3 | happened_on=2017-05-02
          membership p | name=王五 | id_no={MAN} | status=3 | union_id=@o | joined_on=2015-05-02
        ! membership q | name=王五 | id_no={MAN} | join_mode=1 | joined_on=2017-05-02
          membership r | name=赵六 | id_no={WOMAN} | join_mode=1 | joined_on=2017-05-02
    """,
    "X15": """
        ! union_org o | name=甲工会 | founded_on=2017-01-05
          union_org p | name=乙工会 | founded_on=2017-01-05
          union_org q | name=丙工会 | founded_on=2017-01-05 | status=1
          union_org r | name=丁联合会 | founded_on=2017-01-05 | union_type=06
          membership m | name=张三 | union_id=@p
          membership n | name=李四 | union_id=@o | status=4
    """,
    "X16": """
          union_org o | name=甲工会
          union_org p | name=乙工会
          person a | name=张三
          person b | name=李四
        ! union_cadre c | union_id=@o | post=1 | person_id=@a | begins_on=2015-01-01
        ! union_cadre d | union_id=@o | post=1 | person_id=@b | begins_on=2017-01-01
          union_cadre e | union_id=@o | post=2 | person_id=@a | begins_on=2015-01-01
          union_cadre f | union_id=@o | post=2 | person_id=@b | begins_on=2015-01-01
          union_cadre g | union_id=@p | post=1 | person_id=@a | begins_on=2015-01-01 | ends_on=2017-01-01
          union_cadre h | union_id=@p | post=1 | person_id=@b | begins_on=2017-01-01
          union_cadre i | union_id=@p | post=1 | person_id=@a | begins_on=2017-10-01
    """,
    "X17": """
        ! union_org o | name=甲工会 | term_start=2012-08-01 | term_end=2017-08-01
          union_org p | name=乙工会 | term_start=2012-08-01 | term_end=2017-08-01
          union_org q | name=丙工会 | term_start=2014-10-01 | term_end=2017-10-01
          election e | union_id=@p | term_no=3 | kind=2 | prev_term_end=2017-08-01 | held_on=2017-07-15
          election f | union_id=@o | term_no=3 | kind=3 | held_on=2017-08-15
    """,
    "Y01": """
        ! union_org o | name=甲工会 | term_start=2017-01-05 | term_end=2021-01-04
          union_org p | name=乙工会 | term_start=2017-01-05 | term_end=2020-01-04
          union_org q | name=丙工会 | term_start=2017-01-05 | term_end=2022-01-20
    """,
    "Y02": """
          person a | name=张三
        ! union_org o | name=甲工会 | founded_on=2017-01-05
          union_org p | name=乙工会 | founded_on=2017-01-05
          union_cadre c | union_id=@o | post=1 | person_id=@a | begins_on=2015-01-01 | ends_on=2017-08-01
          union_cadre d | union_id=@p | post=1 | person_id=@a | begins_on=2017-08-01
    """,
    "Y03": """
          unit a | name=甲公司
          union_org o | name=乙公司工会委员会 | union_type=01
          union_org p | name=社区联合工会 | union_type=03
        ! union_coverage c | union_id=@o | unit_id=@a | covered_from=2017-01-05
          union_coverage d | union_id=@p | unit_id=@a | covered_from=2017-01-05
    """,
    "Y04": """
          unit a | name=甲公司
          union_org p | name=社区联合工会 | union_type=03
          union_org q | name=楼宇工会联合会 | union_type=04
        ! union_coverage c | union_id=@p | unit_id=@a
          union_coverage d | union_id=@p | unit_id=@a | community_code=南里社区
          union_coverage e | union_id=@q | unit_id=@a
    """,
    "Y05": """
          union_org o | name=甲工会 | founded_on=2017-03-06
        ! membership m | name=张三 | union_id=@o | joined_on=2017-03-05 | join_mode=1
          membership n | name=李四 | union_id=@o | joined_on=2017-03-06 | join_mode=1
          membership p | name=王五 | union_id=@o | joined_on=2015-03-06 | join_mode=2
    """,
    "Y06": """
        ! membership m | name=张三 | status=3
          membership n | name=李四 | status=3
          membership_event e parent=@n | event=2 | happened_on=2017-05-02
          membership p | name=王五 | status=1
    """,
    "Y07": """
          union_org o | name=甲工会
        ! election e | union_id=@o | term_no=2 | kind=2 | prev_term_end=2017-01-01 | held_on=2017-07-01
          election f | union_id=@o | term_no=3 | kind=2 | prev_term_end=2017-01-01 | held_on=2017-06-30
    """,
    "Y08": """
          union_org o | name=甲工会
          union_org p | name=乙工会
          election e | union_id=@o | term_no=2 | kind=2 | held_on=2012-05-01
        ! election f | union_id=@o | term_no=4 | kind=2 | held_on=2017-05-01
          election g | union_id=@p | term_no=2 | kind=2 | held_on=2012-05-01
          election h | union_id=@p | term_no=2 | kind=3 | held_on=2014-05-01
          election i | union_id=@p | term_no=3 | kind=2 | held_on=2017-05-01
    """,
    "Y09": """
          union_org o | name=甲工会
          home_ballot b | union_id=@o | year=2017 | returned=137 | valid=137
        ! ballot_object x parent=@b | object=1 | valid=138
          ballot_object y parent=@b | object=2 | valid=136
    """,
    "Y10": """
        ! safety_inspection i | no=AQ-1 | conclusion=1
          hazard h parent=@i | no=AQ-1-1 | grade=1
        ! safety_inspection j | no=AQ-2 | conclusion=2
          hazard k parent=@j | no=AQ-2-1 | grade=2
        ! safety_inspection l | no=AQ-3 | conclusion=3
          safety_inspection m | no=AQ-4 | conclusion=2
          hazard n parent=@m | no=AQ-4-1 | grade=1
          safety_inspection o | no=AQ-5 | conclusion=1
          safety_inspection p | no=AQ-6
          hazard q parent=@p | no=AQ-6-1 | grade=2
    """,
    "Y11": """
          unit a | name=甲公司
          unit b | name=乙公司
          unit c | name=丙公司
          safety_inspection i | no=AQ-1 | unit_id=@a
          safety_inspection j | no=AQ-2 | unit_id=@b
          safety_inspection k | no=AQ-3 | unit_id=@c
        ! hazard x parent=@i | no=AQ-1-1 | item_desc=灭火器过期未更换 | found_on=2017-05-02
        ! hazard y parent=@j | no=AQ-2-1 | item_desc=灭火器过期未更换 | found_on=2017-05-02
        ! hazard z parent=@k | no=AQ-3-1 | item_desc=灭火器过期未更换 | found_on=2017-05-02
          hazard v parent=@k | no=AQ-3-2 | item_desc=安全出口堆放纸箱 | found_on=2017-05-02
          hazard w parent=@i | no=AQ-1-2 | item_desc=灭火器过期未更换 | found_on=2017-05-03
    """,
    "Y12": """
          union_org o | name=甲工会
        ! home_evaluation e | union_id=@o | year=2016 | self_total=3
          evaluation_item i parent=@e | item_code=A1 | self=2
          evaluation_item j parent=@e | item_code=A2 | self=1.5
          home_evaluation f | union_id=@o | year=2017 | self_total=3.5
          evaluation_item k parent=@f | item_code=A1 | self=2
          evaluation_item l parent=@f | item_code=A2 | self=1.5
          evaluation_item m parent=@f | item_code=A3 | self=4 | na=是
    """,
}


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    with Workspace.create(tmp_path_factory.mktemp("checks") / "store", street="110101013", officer="张三") as opened:
        yield opened


def _enter(street: Workspace, case: str) -> tuple[dict[str, str], set[str], list[tuple[str, str]]]:
    """Saves the records of a case: key → id, the ids that must be found, and all (ledger, id)."""
    ids: dict[str, str] = {}
    faulty: set[str] = set()
    made: list[tuple[str, str]] = []
    for line in filter(None, map(str.strip, case.splitlines())):
        marked = line.startswith("!")
        head, *cells = (part.strip() for part in line.lstrip("! ").split("|"))
        ledger, key, *parent = head.split()
        values = dict(cell.split("=", 1) for cell in cells)
        values = {name: ids[text[1:]] if text.startswith("@") else text for name, text in values.items()}
        above = ids[parent[0].removeprefix("parent=@")] if parent else None
        ids[key] = street.save(ledger, [Edit(None, values, above)]).ledgers[ledger][0][0]
        made.append((ledger, ids[key]))
        if marked:
            faulty.add(ids[key])
    return ids, faulty, made


def _run(street: Workspace, check_id: str):
    check = street.library.checks[check_id]
    return list(run_check(street._store.reading(PERIOD), check, street.library.ledgers[check.ledger]))


@pytest.fixture
def found_in(street):
    """Enters a case, runs its check, and voids the case again, so that the next one begins with an empty street."""
    made: list[tuple[str, str]] = []

    def run(check_id: str, case: str):
        ids, faulty, entered = _enter(street, case)
        made.extend(entered)
        return ids, faulty, _run(street, check_id)

    yield run
    for ledger, record in made:
        street.retire(ledger, [record], "测试结束")


@pytest.mark.parametrize("check_id", CASES)
def test_a_check_finds_the_faulty_records_and_no_other(found_in, check_id):
    ids, faulty, issues = found_in(check_id, CASES[check_id])
    names = {record: key for key, record in ids.items()}
    assert {names[issue.record] for issue in issues} == {names[record] for record in faulty}
    for issue in issues:
        assert "—" not in issue.message and "None" not in issue.message, issue.message
        assert issue.mend and issue.basis and issue.ledger and issue.fields


def test_X11_shows_no_whole_identity_number(found_in):
    _, _, issues = found_in("X11", CASES["X11"])
    assert issues and not any(MAN in issue.message or MAN in issue.value for issue in issues)


def test_X15_is_softer_where_the_founding_counted_members(found_in):
    case = "! union_org o | name=甲工会 | founded_on=2017-01-05 | members_at_founding=30"
    _, _, (issue,) = found_in("X15", case)
    assert issue.level == "confirm"


@pytest.mark.parametrize(("term_end", "level"), [("2017-04-03", "explain"), ("2017-04-02", "block")])
def test_X17_blocks_after_180_days(found_in, term_end, level):
    _, _, (issue,) = found_in("X17", f"! union_org o | name=甲工会 | term_end={term_end}")
    assert issue.level == level
