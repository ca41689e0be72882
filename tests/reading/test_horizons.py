"""By when a statement is to come true: as worded, and in days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.dates import MONTHS, interval_of
from forecasts.reading.horizons import horizon_in, horizon_of_heading

PUBLISHED = date(2024, 7, 11)  # a Thursday


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "horizon"),
    [
        ("The visit begins on Tuesday.", "Tuesday"),
        ("It will last for the foreseeable future.", "the foreseeable future"),
        ("The coming November election will matter.", "The coming November election"),
        ("Rates will fall by the end of 2025.", "by the end of 2025"),
        ("Rates will fall within six months.", "within six months"),
        ("Rates will fall in the coming weeks.", "the coming weeks"),
        ("Rates will fall later this year.", "later this year"),
        ("Rates will fall in the second half of 2025.", "in the second half of 2025"),
        ("Rates will fall before the election.", "before the election"),
        ("It will open on 3 May 2025.", "on 3 May 2025"),
        ("This may hold.", None),
        ("It will be the smallest harvest in a decade.", None),
        ("The law passed three years ago may hold.", None),
        ("The bridge, which fell in March, will reopen in 2026.", "in 2026"),
        ("The pact signed in 1961 will hold.", None),
        ("It will hold.", None),
    ],
)
def test_horizon_as_worded(text: str, horizon: str | None) -> None:
    assert horizon_in(text, not_before=2024) == horizon


@pytest.mark.parametrize(
    ("heading", "horizon"),
    [
        ("Forecast > Short-term", "short-term"),
        ("Long term > Economy", "long term"),
        ("Summary", None),
        ("", None),
    ],
)
def test_horizon_of_a_heading(heading: str, horizon: str | None) -> None:
    assert horizon_of_heading(heading) == horizon


@pytest.mark.parametrize(
    ("wording", "start", "end"),
    [
        ("Tuesday", "2024-07-16", "2024-07-16"),
        ("Thursday", "2024-07-11", "2024-07-11"),
        ("tomorrow", "2024-07-12", "2024-07-12"),
        ("this week", "2024-07-11", "2024-07-14"),
        ("next week", "2024-07-15", "2024-07-21"),
        ("this month", "2024-07-11", "2024-07-31"),
        ("next month", "2024-08-01", "2024-08-31"),
        ("this year", "2024-07-11", "2024-12-31"),
        ("next year", "2025-01-01", "2025-12-31"),
        ("within six months", "2024-07-11", "2025-01-11"),
        ("the next 10 days", "2024-07-11", "2024-07-21"),
        ("in three to five years", "2024-07-11", "2029-07-11"),
        ("by the end of the decade", "2024-07-11", "2029-12-31"),
        ("by 2030", "2024-07-11", "2030-12-31"),
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("by the end of 2025", "2024-07-11", "2025-12-31"),
        ("in September", "2024-09-01", "2024-09-30"),
        ("in March", "2025-03-01", "2025-03-31"),
        ("before June 2025", "2024-07-11", "2025-05-31"),
        ("on 3 May 2025", "2025-05-03", "2025-05-03"),
        ("in the second half of 2025", "2025-07-01", "2025-12-31"),
        ("in Q1 2025", "2025-01-01", "2025-03-31"),
        ("in the winter of 2024", "2024-12-01", "2025-02-28"),
    ],
)
def test_interval(wording: str, start: str, end: str) -> None:
    assert interval_of(wording, PUBLISHED) == (day(start), day(end))


@pytest.mark.parametrize(
    "wording",
    [
        "short-term",
        "soon",
        "the foreseeable future",
        "the coming weeks",
        "31 February 2025",
        "the coming November election",
        "the years ahead",
    ],
)
def test_what_spans_no_agreed_days_has_no_interval(wording: str) -> None:
    assert interval_of(wording, PUBLISHED) == (None, None)


def test_without_a_day_of_publication_only_a_named_year_is_placed() -> None:
    assert interval_of("this month", None) == (None, None)
    assert interval_of("in 2025", None) == (day("2025-01-01"), day("2025-12-31"))
    assert interval_of("by 2025", None) == (None, day("2025-12-31"))


wordings = st.one_of(
    st.builds("{} {} {}".format, st.sampled_from(["in", "by", "before", "after", "within"]),
              st.sampled_from([*MONTHS, "early", "Q3", "999", "twelve"]),
              st.one_of(st.integers(1900, 2199), st.sampled_from(["decades", "years", "days"]))),
    st.sampled_from(["this decade", "next decade", "next quarter", "this week", "Friday"]),
)  # fmt: skip


@given(wordings, st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1)))
def test_an_interval_never_ends_before_it_starts(wording: str, published: date) -> None:
    start, end = interval_of(wording, published)
    if start is not None and end is not None and not wording.startswith(("before", "by")):
        assert start <= end
    if wording.split()[0] in {"this", "next", "Friday", "within"} and end is not None:
        assert end >= published or wording[-4:].isdecimal() or wording.startswith("within")


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1990, 2100))
def test_a_named_day_is_that_day_whenever_it_was_published(d: int, m: int, y: int) -> None:
    named = date(y, m, d)
    assert interval_of(f"on {d} {MONTHS[m - 1]} {y}", None) == (named, named)
