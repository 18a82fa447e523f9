"""The ranking of recommendations: conditions, score, satisfaction, members, and the places there are."""

from fractions import Fraction

from hypothesis import given, settings, strategies as st

from unionclient.assessment.honours import CONDITIONS, Candidate, rank, read_candidates


def one(record, score=950, satisfied=95, voted=100, members=100, kind="2", lacks=()):
    return Candidate(record, kind, score, satisfied, voted, members, lacks)


def order(places):
    return [p.candidate.record for p in places]


def chosen(places):
    return [p.candidate.record for p in places if p.chosen]


def test_the_score_comes_first_then_satisfaction_then_members():
    places = rank([one("d", members=90), one("c"), one("b", satisfied=96), one("a", score=951, satisfied=90)], {None: 9})
    assert [(p.candidate.record, p.rank) for p in places] == [("a", 1), ("b", 2), ("c", 3), ("d", 4)]


def test_satisfaction_is_compared_exactly():
    # 97.161 % and 97.158 % look alike with two decimals
    places = rank([one("low", satisfied=34199, voted=35199), one("high", satisfied=34200, voted=35200)], {None: 1})
    assert chosen(places) == ["high"]
    assert Fraction(34200, 35200) > Fraction(34199, 35199)


def test_without_the_conditions_there_is_no_rank_and_the_reason_is_said():
    places = rank([one("x", score=990, lacks=("票决没有过半数",)), one("y", score=900)], {None: 2})
    assert [(p.candidate.record, p.rank, p.chosen, p.told) for p in places] == [("y", 1, True, "入围"), ("x", None, False, "票决没有过半数")]


def test_the_total_bounds_all_and_a_kinds_own_number_bounds_the_kind():
    three = [one("a", 980, kind="1"), one("b", 970, kind="1"), one("c", 960, kind="2")]
    assert chosen(rank(three, {None: 2})) == ["a", "b"]
    assert chosen(rank(three, {None: 2, "1": 1})) == ["a", "c"]
    assert chosen(rank(three, {"2": 1})) == ["c"]


def test_without_a_quota_nobody_is_taken():
    assert [p.told for p in rank([one("a")], {})] == ["没有登记名额"]


def test_equals_at_the_end_of_the_places_are_left_to_a_vote():
    places = rank([one("a", 980), one("b"), one("c"), one("d", 900)], {None: 2})
    assert chosen(places) == ["a"]
    assert [(p.rank, p.told) for p in places[1:]] == [(2, "2 个并列，名额只剩 1 个，请票决")] * 2 + [(4, "名额已满")]


def test_a_missing_score_or_ballot_counts_nothing():
    assert order(rank([one("none", score=None), one("some", score=900)], {None: 2})) == ["some", "none"]
    assert one("x", satisfied=None, voted=0).share == 0


def test_the_facts_say_what_is_lacking():
    row = {"record": "r", "kind_of_unit": "1", "final": 900, "satisfied": 9, "voted": 10, "members": 5, **dict.fromkeys(CONDITIONS, 1)}
    assert read_candidates([row])[0].lacks == ()
    assert read_candidates([row | {"ballot_ok": 0, "vote_ok": 0}])[0].lacks == (CONDITIONS["ballot_ok"], CONDITIONS["vote_ok"])


_candidates = st.lists(st.builds(
    one, st.uuids().map(str), st.sampled_from([900, 910, 950]), st.integers(90, 92), st.just(100), st.sampled_from([50, 60]),
    st.sampled_from("123"), st.sampled_from([(), (), ("缺",)])), max_size=12, unique_by=lambda c: c.record)
_quota = st.dictionaries(st.sampled_from([None, "1", "2", "3"]), st.integers(0, 5))


@settings(max_examples=120, deadline=None)
@given(_candidates, _quota, st.randoms())
def test_places_are_never_overdrawn_and_nobody_is_overtaken(candidates, quota, chance):
    places = rank(candidates, quota)
    taken = [p for p in places if p.chosen]
    assert sorted(order(places)) == sorted(c.record for c in candidates)
    assert all(not p.candidate.lacks for p in taken)
    if None in quota:
        assert len(taken) <= quota[None]
    for kind in "123":
        assert sum(p.candidate.kind_of_unit == kind for p in taken) <= quota.get(kind, len(places) if None in quota else 0)
    for p in taken:                         # nobody better of the same kind was passed over
        assert not any(q.rank is not None and q.rank < p.rank and not q.chosen and q.candidate.kind_of_unit == p.candidate.kind_of_unit for q in places)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert rank(shuffled, quota) == places
