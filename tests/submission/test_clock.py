"""A wrong clock is noticed on both sides, and only told, never corrected."""

from datetime import UTC, datetime, timedelta

import pytest

from unionclient.submission import clock

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(("known", "said"), [
    ({}, ""),
    ({"last_package": NOW - 90 * DAY, "list_made": NOW - 30 * DAY, "newest_entry": NOW - HOUR}, ""),
    ({"newest_entry": NOW + timedelta(minutes=5)}, ""),
    ({"newest_entry": NOW + HOUR}, "早于最近一次录入的时间"),
    ({"last_package": NOW + DAY}, "早于上一个报送包的时间"),
    ({"list_made": NOW + 3 * DAY}, "早于吊销列表的日期"),
    ({"last_package": NOW - 500 * DAY, "newest_entry": NOW - 401 * DAY}, "可能快了"),
    ({"last_package": NOW - 500 * DAY, "newest_entry": NOW - 399 * DAY}, ""),
])
def test_the_sender_is_warned(known, said):
    told = clock.suspect(NOW, **known)
    assert (said in told) if said else told == ""


@pytest.mark.parametrize(("signed", "known", "said"), [
    (NOW, {}, ""),
    (NOW + 12 * HOUR, {}, ""),
    (NOW + 2 * DAY, {}, "晚于收到的时间"),
    (NOW - DAY, {"previous_signed": NOW - 30 * DAY, "list_made": NOW - 10 * DAY}, ""),
    (NOW - DAY, {"previous_signed": NOW}, "早于上一个报送包"),
    (NOW - DAY, {"list_made": NOW}, "早于它所用的吊销列表"),
])
def test_the_receiver_notices_the_senders_clock(signed, known, said):
    told = clock.sender_suspect(signed, NOW, **known)
    assert (said in told) if said else told == ""
