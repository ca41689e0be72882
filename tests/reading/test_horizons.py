"""By when a statement is to come true: as worded, and in days."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.reading.horizons.dates import MONTHS, interval_of
from forecasts.reading.horizons.horizon import horizon_in, horizon_of_heading, spelled_out
from forecasts.reading.parsing.lexicon import word_set

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
        ("The party will lose in the vote on Sunday.", "Sunday"),
        ("This may hold.", None),
        ("It will be the smallest harvest in a decade.", None),
        ("The law passed three years ago may hold.", None),
        ("The bridge, which fell in March, will reopen in 2026.", "in 2026"),
        ("The pact signed in 1961 will hold.", None),
        ("It will hold.", None),
        ("Talks will drag on into June.", "into June"),
        ("Rates will rise over the next 12-18 months.", "the next 12-18 months"),
        ("It will be signed before Christmas.", "before Christmas"),
        ("It will load its first cargo in the second quarter.", "in the second quarter"),
        ("Talks could start as soon as January.", "as soon as January"),
        ("Doses should arrive before then.", "before then"),
        ("The line could be crossed during the 2030s.", "during the 2030s"),
        ("Output is expected to grow by 6% in FY2024-25.", "in FY2024-25"),
        ("Investment will decline towards 2030.", "towards 2030"),
        ("Cases will surge in the fall.", "in the fall"),
        ("The war looks set to continue for some years.", "for some years"),
        ("This will shape policy going forward.", "going forward"),
        ("There will be no such pact in future.", "in future"),
        ("It could fall as soon as three months after.", "as soon as three months after"),
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
        ("The next five years", "The next five years"),
        ("Outlook 2027", "2027"),
        ("Subject: Stability of the region, next 12-18 months", "next 12-18 months"),
        ("The reforms of 2027 and their many critics", None),
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
        ("the coming November election", "2024-11-01", "2024-11-30"),
        ("before the November election", "2024-07-11", "2024-11-30"),
        ("before the local elections in 2027", "2024-07-11", "2027-12-31"),
        ("over the next 12-18 months", "2024-07-11", "2026-01-11"),
        ("before Christmas", "2024-07-11", "2024-12-24"),
        ("into the first quarter", "2025-01-01", "2025-03-31"),
        ("in the third quarter", "2024-07-01", "2024-09-30"),
        ("between October and March", "2024-10-01", "2025-03-31"),
        ("between 2026 and 2028", "2026-01-01", "2028-12-31"),
        ("this autumn", "2024-09-01", "2024-11-30"),
        ("by the spring", "2024-07-11", "2025-05-31"),
        ("next summer", "2025-06-01", "2025-08-31"),
        ("in the 2030s", "2030-01-01", "2039-12-31"),
        ("before the year is out", "2024-07-11", "2024-12-31"),
        ("in the week ahead", "2024-07-11", "2024-07-18"),
        ("as soon as January", "2025-01-01", "2025-01-31"),
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
        "the coming election",
        "the years ahead",
    ],
)
def test_what_spans_no_agreed_days_has_no_interval(wording: str) -> None:
    assert interval_of(wording, PUBLISHED) == (None, None)


def test_then_is_the_time_named_last() -> None:
    before = "The court faces a deadline of 12 December and"
    assert spelled_out("by then", before) == "by 12 December"
    assert interval_of(spelled_out("by then", before), PUBLISHED)[1] == day("2024-12-12")
    assert spelled_out("by then", "Nothing is dated.") == "by then"
    assert spelled_out("by June", before) == "by June"


def test_an_event_in_a_month_is_before_that_month_is_over_and_after_it_has_begun() -> None:
    assert interval_of("after the November election", PUBLISHED) == (day("2024-11-01"), None)


def test_before_a_season_that_has_begun_is_no_known_day() -> None:
    assert interval_of("before spring", day("2024-04-28")) == (None, None)
    assert interval_of("before 2020", day("2024-04-28")) == (None, day("2019-12-31"))


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


WORDS = sorted(word_set(
    "from between and to by until before after beyond within over in on at the this next coming "
    "last first second third fourth early mid late end start beginning middle close turn of half "
    "quarter week weeks month months year years decade decades day days today tonight tomorrow "
    "later ahead spring summer autumn winter christmas new election summit Friday Monday a an two "
    "six twelve 1 3 12 18 30 31 99 999 2024 2025 1999 2100 2020s Q1 Q3 H1 - – or "
    "March May November"
))  # fmt: skip
months = st.sampled_from(["", "March", "May", "Nov"])
years = st.sampled_from(["", "2024", "2026"])
mashes = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join),
    st.builds("between {} {} and {} {}".format, months, years, months, years).map(
        lambda words: " ".join(words.split())
    ),
)


@settings(max_examples=1000)
@given(mashes, st.none() | st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31)))
def test_whatever_the_words_there_is_an_interval_or_none(
    words: str, published: date | None
) -> None:
    start, end = interval_of(words, published)
    assert start is None or end is None or words.startswith(("by", "before")) or start <= end
    interval_of(spelled_out(words, f"In {words}."), published)
    horizon_in(words, not_before=published.year if published else None)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("between March and May", (None, None)),  # of which year?
        ("from March 2025 to May", (day("2025-03-01"), day("2025-05-31"))),
        ("from November to March 2026", (day("2025-11-01"), day("2026-03-31"))),
        ("between 2026 and 2028", (day("2026-01-01"), day("2028-12-31"))),
        ("between 2028 and 2026", (None, None)),
        ("from March to 2026", (None, None)),
    ],
)
def test_a_range_without_its_year_stays_words(words: str, window: tuple[date, date]) -> None:
    assert interval_of(words, None) == window
