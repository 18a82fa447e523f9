"""Member ballots: the worked example, exact thresholds, and counts that cannot be true."""

from decimal import Decimal
from fractions import Fraction

import pytest

from unionclient.assessment.ballots import BallotCount, read_turnout, tally
from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level

NAMES = ("eligible", "issued", "returned", "valid", "satisfied", "basic", "unsatisfied", "abstain")


def count(*numbers):
    return BallotCount(**dict(zip(NAMES, numbers, strict=True)))


WORKED = count(141, 141, 137, 137, 127, 10, 0, 0)


def test_the_worked_example_of_the_handbook():
    result = tally(WORKED)
    assert result.return_rate == Decimal("97.16")                    # 137/141
    assert result.satisfaction == {"both": Decimal("100.00"),        # (127+10)/137
                                   "strict": Decimal("92.70"),       # 127/137
                                   "half": Decimal("96.35")}         # (127+5)/137
    assert (result.valid_ballot, result.passed, result.verdict, result.problems) == (True, True, "通过", ())
    assert result.turnout == Decimal("97.16")


@pytest.mark.parametrize(("reading", "rate", "title"), [
    ("both", "100.00", "满意率（满意＋基本满意）"), ("strict", "92.70", "满意率（仅满意）"), ("half", "96.35", "满意率（基本满意折半）")])
def test_the_chosen_reading_is_the_rate_and_is_worded_for_print(reading, rate, title):
    result = tally(WORKED, reading=reading)
    assert (result.rate, result.reading_title) == (Decimal(rate), title)


@pytest.mark.parametrize(("valid", "eligible", "holds"), [(66, 99, True), (66, 100, False), (67, 100, True)])
def test_a_ballot_needs_two_thirds_exactly(valid, eligible, holds):
    result = tally(count(eligible, eligible, valid, valid, valid, 0, 0, 0))
    assert result.valid_ballot is holds
    assert [p.rule for p in result.problems] == ([] if holds else ["X29"])
    assert result.passed is (True if holds else None)


def test_the_threshold_is_a_setting():
    thin = count(100, 100, 30, 30, 30, 0, 0, 0)
    assert not tally(thin).valid_ballot
    assert tally(thin, turnout=read_turnout("30%")).valid_ballot


@pytest.mark.parametrize(("text", "share"), [(None, "2/3"), ("", "2/3"), ("2/3", "2/3"), ("30%", "3/10"), ("1/2", "1/2")])
def test_the_threshold_is_written_as_a_share(text, share):
    assert read_turnout(text) == Fraction(share)


@pytest.mark.parametrize("text", ["三分之二", "0.3", "3/2", "0%", "2/0", "30", "101%"])
def test_another_threshold_is_refused_in_chinese(text):
    with pytest.raises(UnionClientError, match="有效票比例"):
        read_turnout(text)


@pytest.mark.parametrize(("satisfied", "passed", "words"), [(80, True, "通过"), (79, False, "60日内整改"), (60, False, "60日内整改"), (59, False, "两年内不得")])
def test_80_percent_passes_and_under_60_bars_from_titles(satisfied, passed, words):
    result = tally(count(100, 100, 100, 100, satisfied, 0, 100 - satisfied, 0))
    assert result.passed is passed and words in result.verdict
    assert ("两年内" in result.verdict) == (satisfied < 60)


@pytest.mark.parametrize(("numbers", "column", "words"), [
    ((100, 101, 90, 90, 90, 0, 0, 0), "issued", "发出票数 101 大于应评会员数 100"),
    ((100, 90, 95, 90, 90, 0, 0, 0), "returned", "收回票数 95 大于发出票数 90"),
    ((100, 90, 80, 85, 85, 0, 0, 0), "valid", "有效票数 85 大于收回票数 80"),
    ((100, 90, 80, 80, 70, 5, 4, 0), "valid", "之和是 79"),
    ((100, 90, 80, 80, 81, 0, -1, 0), "unsatisfied", "不能小于 0"),
    ((100, 90, 80, None, 80, 0, 0, 0), "valid", "没有填写有效票"),
])
def test_X28_counts_that_cannot_be_true_decide_nothing(numbers, column, words):
    result = tally(count(*numbers))
    assert [(p.rule, p.level, p.column) for p in result.problems] == [("X28", Level.BLOCK, column)]
    assert words in result.problems[0].message
    assert (result.passed, result.valid_ballot) == (None, False)


def test_a_ballot_of_nobody_has_no_rates():
    result = tally(count(0, 0, 0, 0, 0, 0, 0, 0))
    assert (result.turnout, result.return_rate, result.rate, result.valid_ballot) == (None, None, None, False)


def test_a_reading_we_do_not_know_is_refused():
    with pytest.raises(UnionClientError, match="口径"):
        tally(WORKED, reading="most")
