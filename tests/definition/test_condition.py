"""One condition, two machine readers: Python and SQL always agree; empty never satisfies a comparison."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unionclient.definition.condition import Clause, Condition
from unionclient.store import driver

PERIOD = {"begins": "2017-01-01", "ends": "2017-12-31", "cutoff": "2017-06-30", "year": 2017, "year_begins": "2017-01-01", "today": "2017-07-02"}
COLUMNS = {"n": "INTEGER", "m": "INTEGER", "t": "TEXT", "day": "TEXT", "many": "TEXT"}
_days = st.dates(dt.date(2016, 1, 1), dt.date(2018, 12, 31))
_texts = st.sampled_from(["", "1", "2", "甲", "甲乙", "%", "a'b"]).map(lambda t: t or None)
_records = st.fixed_dictionaries({
    "n": st.none() | st.integers(-3, 3), "m": st.none() | st.integers(-3, 3), "t": _texts, "day": st.none() | _days,
    "many": st.none() | st.sets(st.sampled_from("123"), min_size=1).map(lambda s: tuple(sorted(s)))})
_compare = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
_clauses = st.one_of(
    st.builds(Clause, st.just("n"), _compare, st.integers(-3, 3)),
    st.builds(lambda op: Clause("n", op, other="m"), _compare),
    st.builds(lambda op, day: Clause("day", op, day.isoformat()), _compare, _days),
    st.builds(lambda op, p: Clause("day", op, parameter=p), _compare, st.sampled_from(["begins", "ends", "cutoff", "today"])),
    st.builds(lambda op, v: Clause("t", op, tuple(v)), st.sampled_from(["in", "not_in"]), st.lists(st.sampled_from(["1", "2", "甲"]), min_size=1)),
    st.builds(lambda v: Clause("many", "has", v), st.sampled_from("1234")),
    st.builds(lambda v: Clause("t", "contains", v), st.sampled_from(["甲", "乙", "%"])),
    st.builds(Clause, st.sampled_from(list(COLUMNS)), st.sampled_from(["empty", "filled"])))


@pytest.fixture(scope="module")
def table():
    connection = driver.connect_plain(Path(":memory:"))
    connection.execute(f"CREATE TABLE t ({', '.join(f'{n} {k}' for n, k in COLUMNS.items())}) STRICT")
    connection.execute(f"CREATE TABLE period ({', '.join(PERIOD)})")
    connection.execute(f"INSERT INTO period VALUES ({', '.join('?' * len(PERIOD))})", list(PERIOD.values()))
    yield connection
    connection.close()


@settings(max_examples=200, deadline=None)
@given(record=_records, clauses=st.lists(_clauses, max_size=3))
def test_python_and_sql_agree(table, record, clauses):
    condition = Condition(tuple(clauses))
    stored = [v.isoformat() if isinstance(v, dt.date) else ",".join(v) if isinstance(v, tuple) else v for v in (record[n] for n in COLUMNS)]
    table.execute("DELETE FROM t")
    table.execute("INSERT INTO t VALUES (?, ?, ?, ?, ?)", stored)
    sql, values = condition.where()
    counted = table.execute(f"SELECT count(*) FROM t WHERE {sql}", values).fetchone()[0]
    negated = table.execute(f"SELECT count(*) FROM t WHERE NOT {sql}", values).fetchone()[0]
    holds = condition.holds(record, PERIOD)
    assert (counted, negated) == (int(holds), int(not holds))


def test_a_condition_is_said_in_chinese():
    condition = Condition((Clause("grade", "=", "2"), Clause("due_on", "<", parameter="cutoff"), Clause("closed_on", "empty")))
    titles = {"grade": "级别", "due_on": "整改期限", "closed_on": "销号日期"}
    assert condition.say(titles.get, lambda f, v: "重大" if f == "grade" else v) == "级别是重大，且整改期限小于截止日，且销号日期没有填写"
