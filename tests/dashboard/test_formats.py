"""Numbers and dates as readers see them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import formats
from forecasts.results.terms import PartialDate


def ascii_spaces(text: str) -> str:
    return text.replace(formats.NBSP, " ")


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0 %"),
        (0.0001, "< 1 %"),
        (0.0099, "< 1 %"),
        (0.01, "1 %"),
        (0.62, "62 %"),
        (0.99, "99 %"),
        (0.9901, "> 99 %"),
        (1.0, "100 %"),
    ],
)
def test_percent(share: float, written: str) -> None:
    assert ascii_spaces(formats.percent(share)) == written


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_only_certainty_is_written_as_certainty(share: float) -> None:
    assert ascii_spaces(formats.percent(share)) not in ("0 %", "100 %")


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.75, "3 : 1 on"),
        (0.25, "3 : 1 against"),
        (0.7, "2.3 : 1 on"),
        (0.5, "1 : 1"),
        (0.0871, "10 : 1 against"),
        (0.0001, "9,999 : 1 against"),
        (0.0, "—"),
        (1.0, "—"),
    ],
)
def test_odds(share: float, written: str) -> None:
    assert ascii_spaces(formats.odds(share)) == written


def test_exact_percent_keeps_what_was_stated() -> None:
    assert ascii_spaces(formats.exact_percent(0.375)) == "37.5 %"
    assert ascii_spaces(formats.exact_percent(0.07)) == "7 %"


@pytest.mark.parametrize(
    ("change", "written"), [(0.14, "+14"), (-0.02, "−2"), (0.0, "±0"), (0.004, "±0")]
)
def test_points(change: float, written: str) -> None:
    assert formats.points(change) == written


def test_a_lower_score_is_better() -> None:
    assert formats.difference(0.142, 0.163) == "0.021 better"
    assert formats.difference(0.163, 0.142) == "0.021 worse"
    assert formats.difference(0.1, 0.1004) == "no different"


def test_scores_and_intervals() -> None:
    assert formats.score(0.25) == "0.250"
    assert formats.score(None) == "—"
    assert formats.interval((0.164, 0.22)) == "0.164 – 0.220"
    assert formats.interval(None) == "—"


def test_counts() -> None:
    assert formats.count(1, "question") == "1 question"
    assert formats.count(1204, "question") == "1,204 questions"
    assert formats.spelled(8) == "eight"
    assert formats.spelled(31) == "31"


def test_a_close_at_midnight_belongs_to_the_day_it_ends() -> None:
    close = datetime(2025, 1, 1, tzinfo=UTC)
    assert ascii_spaces(formats.day(formats.last_day(close))) == "31 Dec 2024"
    noon = datetime(2024, 12, 31, 12, tzinfo=UTC)
    assert ascii_spaces(formats.day(formats.last_day(noon))) == "31 Dec 2024"


def test_distance_in_days() -> None:
    now = datetime(2024, 11, 2, 23, tzinfo=UTC)
    assert formats.in_days(datetime(2024, 11, 5, tzinfo=UTC), now) == "in 3 days"
    assert formats.in_days(datetime(2024, 11, 1, tzinfo=UTC), now) == "1 day ago"
    assert formats.in_days(now, now) == "today"


@pytest.mark.parametrize(
    ("known", "written"),
    [
        (PartialDate(date(2024, 7, 11), "day"), "11 Jul 2024"),
        (PartialDate(date(2024, 6, 1), "month", stated=False), "Jun 2024 (estimated)"),
        (PartialDate(date(2024, 1, 1), "year"), "2024"),
        (None, "no date"),
    ],
)
def test_a_date_is_written_only_as_precisely_as_known(
    known: PartialDate | None, written: str
) -> None:
    assert ascii_spaces(formats.partial_date(known)) == written
