"""From a statement to the draft of a question."""

from datetime import date
from pathlib import Path

import pytest

from forecasts.reading.drafting.draft import Draft, draft_question
from forecasts.reading.drafting.wording import question_of
from forecasts.reading.statements import read_statements

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))
PUBLISHED = date(2024, 7, 11)


def draft(text: str, *, published: date | None = PUBLISHED) -> Draft:
    (candidate,) = read_statements(text, published=published)
    return draft_question(
        candidate, publisher="The Desk", author="Jane Roe", title="On trade", published=published
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "China is unlikely to publicly voice complaints regarding the pact this year.",
            "Will China publicly voice complaints regarding the pact by 31 December 2024?",
        ),
        ("China is unlikely to complain.", "Will China complain?"),
        ("The measure will probably not pass.", "Will the measure pass?"),
        ("No country will accept these terms.", "Will any country accept these terms?"),
        ("It is unlikely that the bank will raise rates.", "Will the bank raise rates?"),
        ("Economists expect growth to slow next year.", "Will growth slow by 31 December 2025?"),
        ("The talks are set to resume on Monday.", "Will the talks resume by 15 July 2024?"),
        ("There is little chance of a breakthrough.", "Will there be a breakthrough?"),
        ("Such cooperation is unlikely.", "Will such cooperation come about?"),
        ("Whether the coalition will survive is unclear.", "Will the coalition survive?"),
        (
            "China will respond if Washington goes ahead.",
            "If Washington goes ahead, will China respond?",
        ),
        ("The party is going to lose seats.", "Will the party lose seats?"),
        ("The party will win no seats.", "Will the party win any seats?"),
        ("There will be no vote.", "Will there be any vote?"),
        ("The talks will change nothing.", "Will the talks change anything?"),
        ("The vote will hardly change the cabinet.", "Will the vote change the cabinet?"),
    ],
)
def test_the_title_asks_neutrally_for_the_affirmative_event(text: str, title: str) -> None:
    assert draft(text).title == title


def test_a_horizon_that_is_the_subject_stays_in_the_title() -> None:
    quote = "the coming election will heavily impact how it responds"
    title = question_of(quote, horizon="the coming election", condition=None)
    assert title == "Will the coming election heavily impact how it responds"


def test_no_date_is_invented() -> None:
    found = draft("China is unlikely to complain in the short term.")
    assert found.closes_on is None
    assert " by " not in found.title
    assert "[to decide: the deadline]" in found.criteria
    assert "short term" in found.criteria


def test_a_date_that_follows_from_the_text_closes_the_question() -> None:
    found = draft("The bank is expected to cut rates in September.")
    assert found.closes_on == date(2024, 9, 30)
    assert "30 September 2024" in found.criteria
    assert "the deadline]" not in found.criteria
    assert draft("The bank is expected to cut rates in May.", published=None).closes_on is None


def test_a_condition_is_a_question_that_the_draft_hangs_on() -> None:
    found = draft("If Donald Trump is elected in November, the pact is likely to fall by 2026.")
    assert found.parent is not None
    assert found.parent.title == "Will Donald Trump be elected by 30 November 2024?"
    assert (found.parent.closes_on, found.parent_outcome) == (date(2024, 11, 30), "yes")
    assert found.parent.parent is None
    assert "Donald Trump is elected in November" in found.parent.background
    # The time of the condition is not that of the event.
    assert found.closes_on == date(2026, 12, 31)
    assert "only if the parent question is answered yes" in found.criteria
    assert "Annulled if that turns out otherwise or is annulled itself." in found.criteria


def test_the_edges_of_a_condition_are_asked_about() -> None:
    found = draft("Unless talks resume, prices will probably rise this year.")
    assert found.parent is not None
    assert (found.parent.title, found.parent_outcome) == ("Will talks resume?", "no")
    assert "comes about before the condition is met]" in found.criteria
    assert "[to decide: the deadline]" in found.parent.criteria
    assert found.parent.closes_on is None
    plain = draft("China will respond.")
    assert (plain.parent, plain.parent_outcome) == (None, None)
    assert "annulled" not in plain.criteria.lower()


def test_whether_something_is_a_condition_at_all_is_asked() -> None:
    found = draft("Even if talks fail, China will respond.")
    assert found.parent is None
    assert "[to decide: whether it is asked in any case, or only on “Even if" in found.criteria


def test_a_missing_subject_is_asked_for() -> None:
    text = "The minister is likely to face a vote, and could be forced out."
    second = read_statements(text)[1]
    found = draft_question(second, publisher=None, author=None, title=None, published=None)
    assert found.title == "Will [to decide: who or what] be forced out?"


def test_the_background_names_the_source() -> None:
    assert draft("The war will go on.").background == (
        "Jane Roe writes in “On trade” (The Desk), published on 11 July 2024: “The war will go on”."
    )
    assert draft("The war will go on, Anna Schmidt warned.").background == (
        "Anna Schmidt is cited in “On trade” (The Desk), published on 11 July 2024: "
        "“The war will go on”."
    )


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.name[:3])
def test_every_statement_of_the_articles_has_a_draft(path: Path) -> None:
    for candidate in read_statements(path.read_text(encoding="utf-8"), published=PUBLISHED):
        found = draft_question(candidate, publisher=None, author=None, title=None, published=None)
        assert found.title.endswith("?")
        assert "\n" not in found.title
        assert " ".join(candidate.quote.split()).rstrip(".") in found.background
        assert "[to decide:" in found.criteria
