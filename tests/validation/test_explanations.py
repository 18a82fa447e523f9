"""An explanation belongs to the values it explains, not to the words they were shown in."""

import datetime as dt
import re

from tests.street import Street
from unionclient.definition.library import builtin_library
from unionclient.definition.words import CHINESE, speaking
from unionclient.validation.checks import run_check
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


def test_what_a_check_puts_together_is_english_in_english_and_explained_as_in_chinese():
    street = Street()
    rows = [("union_org", {"id": "u", "name": "A Union"}), ("election", {"id": "e", "union_id": "u", "reported_on": "2017-05-02"})]
    told = {}
    with street.case(rows):
        street.at("2017Y")
        for language in (CHINESE, "en"):
            with speaking(language):
                library = builtin_library()
                told[language] = next(run_check(street.connection, library.checks["HO07"], library.ledgers["election"]))
    chinese, english = told.values()
    assert chinese.message.endswith("上报，已过 243 天没有批复") and chinese.facts.endswith("\x1f已过 243 天没有批复")
    assert english.message == "A Union: election result reported 2017-05-02; no reply after 243 days"
    assert not re.search("[\u3001-\u9fff\uff00-\uff60]", english.value + english.mend)
    assert explanation_key(english) == explanation_key(chinese)
