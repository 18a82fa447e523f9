"""An explanation belongs to the values it explains, not to the words they were shown in."""

import datetime as dt

from unionclient.definition.library import builtin_library
from unionclient.definition.words import CHINESE, speaking
from unionclient.validation.explanations import explanation_key
from unionclient.validation.rules import judge_row


def found(ledger, values):
    issues = [issue for issue in judge_row(builtin_library().ledgers[ledger], values, today=dt.date(2017, 6, 30)) if issue.facts]
    return {explanation_key(issue) for issue in issues}, [issue.value for issue in issues]


def test_an_explanation_holds_whatever_language_it_was_given_in():
    values = {"found_on": dt.date(2017, 5, 2), "due_on": dt.date(2017, 5, 1), "grade": "major"}
    with speaking(CHINESE):
        keys, shown = found("hazard", values)
    with speaking("en"):
        told, read = found("hazard", values)
    assert keys == told and shown != read


def test_another_value_needs_another_explanation():
    first = found("hazard", {"found_on": dt.date(2017, 5, 2), "due_on": dt.date(2017, 5, 1)})[0]
    assert first - found("hazard", {"found_on": dt.date(2017, 5, 3), "due_on": dt.date(2017, 5, 1)})[0]
