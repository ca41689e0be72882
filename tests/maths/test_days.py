from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.maths.days import day_marks, microseconds

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

# Where clocks misbehave around midnight, and one quiet place.
AWKWARD = [
    ("UTC", "2024-03-01"),
    ("Europe/Berlin", "2024-03-31"),  # 23 hours
    ("Europe/Berlin", "2024-10-27"),  # 25 hours
    ("America/Sao_Paulo", "2018-11-04"),  # no midnight: 00:00 -> 01:00
    ("America/Sao_Paulo", "2018-02-18"),  # 24:00 -> 23:00
    ("America/Havana", "2024-11-03"),  # midnight twice: 01:00 -> 00:00
    ("America/St_Johns", "2006-10-29"),  # back across midnight: 00:01 -> 23:01
    ("America/Toronto", "1919-03-31"),  # forward across midnight: 23:30 -> 00:30
    ("Pacific/Apia", "2011-12-30"),  # no such day
    ("Asia/Kathmandu", "2024-05-01"),  # +05:45
]
windows = st.tuples(
    st.sampled_from(AWKWARD), st.integers(-3 * 1440, 1440), st.integers(1, 4 * 1440)
)


def window_of(case):
    (name, day), shift, length = case
    zone = ZoneInfo(name)
    opens = datetime.fromisoformat(day).replace(tzinfo=UTC) + shift * MINUTE
    return opens, opens + length * MINUTE, zone


def marks_by_walking(opens, ends, zone):
    """Look at the wall calendar every minute; a day ends after its last minute."""
    last_minute = {}
    moment = opens - DAY
    while moment < ends + DAY:
        last_minute[moment.astimezone(zone).date()] = moment
        moment += MINUTE
    marks = [last + MINUTE for last in last_minute.values()]
    return sorted(mark for mark in marks if opens < mark <= ends) or [ends]


@settings(max_examples=200, deadline=None)
@given(windows)
def test_agrees_with_walking_through_every_minute(case):
    opens, ends, zone = window_of(case)
    marks = day_marks(microseconds(opens), microseconds(ends), zone)
    assert marks.tolist() == [microseconds(m) for m in marks_by_walking(opens, ends, zone)]


def utc(text):
    return microseconds(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "opens", "ends", "hours"),
    [
        ("Europe/Berlin", "2024-03-29T12:00", "2024-04-02T00:00", [24, 23, 24]),
        ("Europe/Berlin", "2024-10-25T12:00", "2024-10-29T12:00", [24, 25, 24]),
        ("America/Sao_Paulo", "2018-11-02T12:00", "2018-11-06T12:00", [24, 23, 24]),
        ("America/Havana", "2024-11-01T12:00", "2024-11-05T12:00", [24, 25, 24]),
        ("America/St_Johns", "2006-10-27T12:00", "2006-10-31T12:00", [25, 24, 24]),
        ("Pacific/Apia", "2011-12-28T12:00", "2012-01-01T12:00", [24, 24, 24]),
    ],
)
def test_days_have_the_hours_their_zone_gives_them(zone, opens, ends, hours):
    marks = day_marks(utc(opens), utc(ends), ZoneInfo(zone))
    lengths = [(b - a) / 3.6e9 for a, b in pairwise(marks)]
    assert lengths == hours


def test_a_midnight_at_the_opening_is_outside_and_one_at_the_end_inside():
    midnights = [utc(f"2024-05-0{day}T00:00") for day in (1, 2, 3)]
    assert day_marks(midnights[0], midnights[2], UTC).tolist() == midnights[1:]
    assert day_marks(midnights[0], midnights[2] - 1, UTC).tolist() == midnights[1:2]


def test_a_window_without_midnight_is_its_own_day():
    opens, ends = utc("2024-05-01T09:00"), utc("2024-05-01T17:00")
    assert day_marks(opens, ends, UTC).tolist() == [ends]
    assert day_marks(opens, ends, timezone(timedelta(hours=10))).tolist() == [
        utc("2024-05-01T14:00")
    ]


def test_an_empty_window_has_no_days():
    assert day_marks(5, 5, UTC).size == 0
    assert day_marks(6, 5, UTC).size == 0


def test_shared_marks_cannot_be_changed_by_one_reader():
    marks = day_marks(utc("2024-05-01T00:00"), utc("2024-05-09T00:00"), UTC)
    with pytest.raises(ValueError, match="read-only"):
        marks[0] = 0


@pytest.mark.parametrize("ends", [2**63 - 1, utc("9999-12-31T23:00")])
def test_a_window_that_no_calendar_has_is_refused(ends):
    with pytest.raises(ValueError, match=f"ends {ends} is not in the years 2 to 9998"):
        day_marks(utc("9990-01-01T00:00"), ends, UTC)


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_are_exact(moment):
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds(moment)) == moment


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="2024-05-01T00:00:00 has no time zone"):
        microseconds(datetime.fromisoformat("2024-05-01"))
