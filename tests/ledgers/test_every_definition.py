"""Every rule, check and figure of the definitions is held by cases: one that speaks and one that is silent, figures computed by hand."""

import datetime as dt
import importlib
from collections import Counter
from pathlib import Path

import pytest

from tests.ledgers.cases import CheckCase, FigureCase, RuleCase
from tests.street import Street
from tests.validation import test_cross_checks_sql
from unionclient.definition.library import builtin_library
from unionclient.definition.values import TYPES
from unionclient.validation.rules import judge_row

MODULES = [importlib.import_module(f"tests.ledgers.{path.stem}") for path in sorted(Path(__file__).parent.glob("*_cases.py"))]
RULES: list[RuleCase] = [case for module in MODULES for case in getattr(module, "RULES", ())]
CHECKS: list[CheckCase] = [case for module in MODULES for case in getattr(module, "CHECKS", ())]
FIGURES: list[FigureCase] = [case for module in MODULES for case in getattr(module, "FIGURES", ())]
LIBRARY = builtin_library()


@pytest.fixture(scope="module")
def town():
    made = Street()
    yield made
    made.connection.close()


def _found(case, typed):
    """Rule → message of what is found on the typed row; a value that cannot be read is a fault of the case itself."""
    ledger = LIBRARY.ledgers[case.ledger]
    values = dict.fromkeys(ledger.fields)
    for name, text in typed.items():
        field = ledger.fields[name]
        reading = TYPES[field.type].parse(text, field)
        assert reading.problem is None, f"{name}: {reading.problem}"
        values[name] = reading.value
    return {issue.rule: issue.message for issue in judge_row(ledger, values, today=dt.date.fromisoformat(case.today))}


@pytest.mark.parametrize("case", RULES, ids=[c.rule for c in RULES])
def test_a_row_rule_speaks_on_the_fault_and_only_there(case):
    assert case.rule in LIBRARY.ledgers[case.ledger].rules
    assert case.rule in _found(case, case.fails)
    assert case.rule not in _found(case, case.passes)


@pytest.mark.parametrize("case", RULES, ids=[c.rule for c in RULES])
def test_a_message_shows_the_values_it_speaks_of(case):
    message = _found(case, case.fails)[case.rule]
    assert "{" not in message and "None" not in message and "  " not in message and "！" not in message


def test_a_rule_says_what_is_wrong_what_to_do_and_why():
    silent = [rule.id for ledger in LIBRARY.ledgers.values() for rule in ledger.rules.values()
              if not (rule.message and rule.mend and rule.basis)]
    silent += [check.id for check in LIBRARY.checks.values() if not (check.message and check.mend and check.basis)]
    assert silent == []


def test_an_empty_row_breaks_no_rule_but_the_required_ones():
    """Nothing is told of a row in which nothing is typed, but what must be filled in; `one_of` speaks of that too."""
    spoken = {issue.rule: ledger for ledger in LIBRARY.ledgers.values() for issue in judge_row(ledger, {}, {})
              if issue.rule != "G-REQUIRED" and ledger.rules[issue.rule].kind != "one_of"}
    assert sorted(spoken) == ["HZ019"]


@pytest.mark.parametrize("case", CHECKS, ids=[f"{c.check}-{'finds' if c.finds else 'silent'}" for c in CHECKS])
def test_a_check_finds_the_faulty_records_and_no_others(town, case):
    with town.case(case.rows, case.settings):
        issues = town.findings(case.check, case.period, case.today)
    assert sorted(issue.record for issue in issues) == sorted(case.finds)
    assert all("{" not in issue.message for issue in issues)


@pytest.mark.parametrize("case", FIGURES, ids=[f"{c.figure}-{c.why[:40]}" for c in FIGURES])
def test_a_figure_is_what_the_hand_computes(town, case):
    with town.case(case.rows, case.settings):
        figure = town.figures(case.period, case.today)[case.figure]
        missing = town.records(case.figure, "missing", case.period)[1] if case.missing is not None else None
        counted = town.records(case.figure, "of", case.period)[1] if case.counted is not None else None
    done = figure.numerator if figure.year_to_date is None else figure.year_to_date
    assert (done, figure.denominator) == (case.of, case.per)
    if case.state is not None:
        assert figure.state == case.state
    if case.value is not None:
        assert figure.value_text == case.value
    if missing is not None:
        assert sorted(missing) == sorted(case.missing)
    if counted is not None:
        assert sorted(counted) == sorted(case.counted)


def test_every_row_rule_has_a_case():
    held = {case.rule for case in RULES}
    rules = {rule.id for ledger in LIBRARY.ledgers.values() for rule in ledger.rules.values() if rule.kind != "unique"}
    assert sorted(rules - held) == []


def test_every_check_has_a_case_that_finds_and_one_that_is_silent():
    streets = set(test_cross_checks_sql.CASES)      # each is a whole street with records that are found and others that are not
    finds = {case.check for case in CHECKS if case.finds} | streets
    silent = {case.check for case in CHECKS if not case.finds} | streets
    assert sorted(set(LIBRARY.checks) - finds) == []
    assert sorted(set(LIBRARY.checks) - silent) == []


def test_every_figure_has_three_cases():
    held = Counter(case.figure for case in FIGURES)
    assert sorted(name for name in LIBRARY.indicators if held[name] < 3) == []
