"""The states of a period's report: every legal step leads where it should, no other step exists."""

import pytest

from unionclient.submission.lifecycle import STEPS, TRACK, State, Step, WrongStep, after, may, todo

LEGAL = """
    draft    review   reviewed
    reviewed review   reviewed
    reviewed change   draft
    reviewed pack     packed
    packed   withdraw draft
    packed   send     sent
    sent     accept   accepted
    sent     return   returned
    returned review   reviewed
    accepted reopen   draft
    revised  reopen   draft
"""
ROWS = [tuple(line.split()) for line in LEGAL.strip().splitlines()]


@pytest.mark.parametrize(("state", "step", "reached"), ROWS)
def test_a_legal_step_leads_to_its_state(state, step, reached):
    assert after(State(state), Step(step)) == reached


@pytest.mark.parametrize(("state", "step"), [(a, b) for a in State for b in Step if (a.value, b.value) not in {row[:2] for row in ROWS}])
def test_any_other_step_is_refused_and_says_what_to_do(state, step):
    assert not may(state, step)
    with pytest.raises(WrongStep, match=state.title) as refused:
        after(state, step)
    assert refused.value.todo == todo(state)


def test_an_accepted_amendment_makes_the_report_revised():
    assert after(State.SENT, Step.ACCEPT, amending=True) is State.REVISED
    assert after(State.SENT, Step.RETURN, amending=True) is State.RETURNED


def test_the_track_is_walked_by_legal_steps():
    for here, there in zip(TRACK, TRACK[1:], strict=False):
        assert there in {reached for (state, _), reached in STEPS.items() if state is here}


def test_nothing_reaches_packed_without_a_review():
    assert {state for (state, step), reached in STEPS.items() if reached is State.PACKED} == {State.REVIEWED}
