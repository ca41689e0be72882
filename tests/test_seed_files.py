"""The seed files hold together: quotes, references, windows, outcomes.

They are checked as files, without the loader: what is wrong here is wrong for every reader.
"""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from forecasts.exchange.seeds import FOLDER

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
Row = dict[str, Any]

TEXT_SHA256 = {
    "2023-09-12-how-concerning-is-a-russia-kim-alliance.txt": (
        "6973fd8732fd2e7247c7342ad1ace8c49018ccafe0b3c8591a991393358c7fdc"
    ),
    "2023-09-lee-two-isolated-leaders-on-the-same-page.txt": (
        "fa986a19417518f1131f7163d8126a8ef72148001ff42e777ad89edfd906674f"
    ),
    "2024-06-17-geopolitical-insights-putin-to-visit-kim.txt": (
        "ba3558a516ce1cf24e5b24ddc6334d0262d7fb9dc7328fa5bb6c4e6163b1e020"
    ),
    "2024-06-putin-two-day-visit-to-north-korea.txt": (
        "8fcbcc51237c9d06710622129634151eb815ee987991f515bfc854a40f8ab565"
    ),
    "2024-07-11-bisi-pyongyang-parlays.txt": (
        "7b9146a8f0c68dc4fda93ab6d932e8b6e6b17a611428dabd8e46974cf4f0ff94"
    ),
}


def test_an_installed_copy_has_them_too() -> None:
    project = tomllib.loads((SEEDS.parent / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"] == {"seeds": "forecasts/seeds"}
    assert FOLDER in (SEEDS, SEEDS.parent / "forecasts" / "seeds")


# The words a statement may rest on, as (low, probability, high) of the affirmative event.
SCALE = {
    "will": (0.90, 0.95, 0.99),
    "would": (0.70, 0.82, 0.95),
    "likely": (0.55, 0.68, 0.80),
    "uncertain": (0.30, 0.45, 0.60),
    "may": (0.25, 0.38, 0.50),
    "may not": (0.50, 0.62, 0.75),
    "unlikely": (0.10, 0.22, 0.35),
}
TODAY = datetime(2026, 11, 22, tzinfo=UTC)
FAR = datetime(2028, 11, 22, tzinfo=UTC)


def rows(name: str) -> list[Row]:
    found: list[Row] = tomllib.loads((SEEDS / f"{name}s.toml").read_text("utf-8"))[name]
    return found


def text_of(file: str) -> str:
    return (SEEDS / "articles" / file).read_bytes().decode("utf-8")


def instant(stamp: str) -> datetime:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp), stamp
    return datetime.fromisoformat(stamp)


def end_of(date: str, precision: str) -> datetime:
    """The last instant a date of limited precision allows: where the next day or month begins."""
    if precision == "day":
        return datetime.strptime(f"{date} +0000", "%Y-%m-%d %z") + timedelta(days=1)
    assert precision == "month", precision
    start = datetime.strptime(f"{date} +0000", "%Y-%m %z")
    return (start + timedelta(days=31)).replace(day=1)


ARTICLES = rows("article")
STATEMENTS = rows("statement")
QUESTIONS = rows("question")
ARTICLE = {row["file"]: row for row in ARTICLES}
STATEMENT = {row["id"]: row for row in STATEMENTS}
QUESTION = {row["id"]: row for row in QUESTIONS}
RESOLVED = [row for row in QUESTIONS if "resolution" in row]
FROM_SOURCE = [row for row in QUESTIONS if row["source_forecast"]]

each_statement = pytest.mark.parametrize("row", STATEMENTS, ids=lambda row: str(row["id"]))
each_question = pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: str(row["id"]))
each_resolved = pytest.mark.parametrize("row", RESOLVED, ids=lambda row: str(row["id"]))
each_from_source = pytest.mark.parametrize("row", FROM_SOURCE, ids=lambda row: str(row["id"]))


def published(question: Row) -> datetime:
    article = ARTICLE[STATEMENT[question["statement"]]["article"]]
    return end_of(article["published"], article["published_precision"])


def known(question: Row) -> datetime:
    resolution = question["resolution"]
    return end_of(resolution["known_at"], resolution["known_precision"])


def test_texts_are_the_ones_the_offsets_were_counted_in() -> None:
    files = {path.name: path.read_bytes() for path in (SEEDS / "articles").iterdir()}
    assert {name: sha256(data).hexdigest() for name, data in files.items()} == TEXT_SHA256


def test_every_text_has_one_entry_and_a_date() -> None:
    assert sorted(row["file"] for row in ARTICLES) == sorted(TEXT_SHA256)
    for row in ARTICLES:
        assert end_of(row["published"], row["published_precision"]) < TODAY
        assert row["published_stated"] or row["published_note"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda row: str(row["file"]))
def test_title_author_and_publisher_are_named_in_the_text(article: Row) -> None:
    text = text_of(article["file"])
    for key in ("title", "author", "publisher"):
        assert article.get(key, "") in text


def test_ids_are_unique_slugs() -> None:
    for table in (STATEMENTS, QUESTIONS):
        ids = [row["id"] for row in table]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in ids)


def test_statements_of_an_article_are_ordered_and_do_not_overlap() -> None:
    for file in TEXT_SHA256:
        own = [row for row in STATEMENTS if row["article"] == file]
        assert own
        for left, right in pairwise(own):
            assert left["end"] <= right["start"]


@each_statement
def test_statement_stands_in_its_text(row: Row) -> None:
    text = text_of(row["article"])
    assert text[row["start"] : row["end"]] == row["quote"]
    speaker = row["speaker"]
    match row["speaker_kind"]:
        case "author":
            assert speaker == "author"
        case "publisher":
            assert speaker == ARTICLE[row["article"]]["publisher"]
        case "named":
            assert speaker in text
        case kind:
            assert (kind, bool(speaker)) == ("unnamed", True)


@each_statement
def test_words_carry_the_numbers_of_the_scale(row: Row) -> None:
    word = {v: k for k, v in SCALE.items()}[row["low"], row["probability"], row["high"]]
    assert row["scale"] == "recommended"
    assert row["possibility"] == (word in ("may", "may not"))
    assert (row["polarity"] == "negative") == (word in ("may not", "unlikely"))


@each_question
def test_question_is_complete_and_its_references_exist(row: Row) -> None:
    for key in ("title", "background", "criteria", "resolution_source"):
        assert row[key].strip() == row[key] != ""
        assert not re.search(r"\n|  ", row[key])
    assert row["title"].endswith("?")
    assert row["statement"] in STATEMENT
    assert row["tags"] == sorted(set(row["tags"])) != []
    assert row["kind"] in ("binary", "ordered", "multiple_choice")
    assert ("options" in row) == (row["kind"] != "binary")
    assert len(set(row.get("options", ("yes", "no")))) >= 2
    assert ("base_rate" in row) == ("base_rate_class" in row)
    assert 0 <= row.get("base_rate", 0) <= 1


@each_question
def test_background_quotes_the_article_of_its_statement(row: Row) -> None:
    text = text_of(STATEMENT[row["statement"]]["article"]).casefold()
    for quoted in re.findall(r'"([^"]+)"', row["background"]):
        for part in quoted.split("[...]"):
            assert part.strip().strip(".,").casefold() in text


def test_windows_open_after_the_article_and_before_their_close() -> None:
    """One opens earlier, openly: its answer was known before the article."""
    assert all(instant(row["opens_at"]) < instant(row["closes_at"]) for row in QUESTIONS)
    early = [row["id"] for row in QUESTIONS if instant(row["opens_at"]) < published(row)]
    assert early == ["seoul-angered-by-treaty"]


@each_question
def test_condition_is_a_question_of_these_with_that_outcome(row: Row) -> None:
    assert ("parent" in row) == ("parent_outcome" in row)
    if "parent" in row:
        parent = QUESTION[row["parent"]]
        assert "parent" not in parent
        assert row["parent_outcome"] in parent.get("options", ("yes", "no"))
        assert "parent question" in row["criteria"]


@each_from_source
def test_source_forecast_precedes_the_end_of_scoring(row: Row) -> None:
    """Made at publication, when the window opens, and before close and outcome."""
    assert row["kind"] == "binary"
    assert instant(row["opens_at"]) == published(row)
    ends = [instant(row["closes_at"]), *([known(row)] if "resolution" in row else [])]
    assert published(row) < min(ends)
    assert STATEMENT[row["statement"]]["hedge"] in row["background"]


def test_source_gives_its_probability_to_one_question_a_statement() -> None:
    used = [row["statement"] for row in FROM_SOURCE]
    assert len(set(used)) == len(used)


def test_a_question_without_source_forecast_says_why() -> None:
    for row in QUESTIONS:
        assert bool(row.get("source_forecast_reason")) != row["source_forecast"]


@each_resolved
def test_outcome_became_known_after_opening_and_has_evidence(row: Row) -> None:
    resolution = row["resolution"]
    assert resolution["outcome"] in row.get("options", ("yes", "no"))
    assert instant(row["opens_at"]) < known(row) <= TODAY
    assert len(resolution["evidence"]) > 40
    if resolution["outcome"] == "no":
        assert known(row) >= instant(row["closes_at"])


def test_counts() -> None:
    outcomes = [row["resolution"]["outcome"] for row in RESOLVED]
    assert len(STATEMENTS) == 42
    assert len(QUESTIONS) >= 24
    assert len(RESOLVED) >= 12
    assert min(outcomes.count("yes"), outcomes.count("no")) >= 3
    assert sum(instant(row["closes_at"]) > FAR for row in QUESTIONS) >= 8
    assert {row["kind"] for row in QUESTIONS} == {"binary", "ordered", "multiple_choice"}
    assert len({tag for row in QUESTIONS for tag in row["tags"]}) <= 16


def test_far_questions_are_open_and_carry_no_old_estimate() -> None:
    for row in QUESTIONS:
        if instant(row["closes_at"]) > TODAY:
            assert instant(row["opens_at"]) < TODAY
            assert not row["source_forecast"]
            assert "resolution" not in row


def test_scored_source_estimates_have_both_outcomes() -> None:
    """A calibration of the sources from the seeds alone needs some of each."""
    outcomes = {
        row["resolution"]["outcome"]
        for row in FROM_SOURCE
        if "resolution" in row and not STATEMENT[row["statement"]]["possibility"]
    }
    assert outcomes == {"yes", "no"}


def test_chinas_complaints_about_the_pact() -> None:
    row = QUESTION["china-complains-about-pact-by-2024"]
    statement = STATEMENT[row["statement"]]
    assert statement["quote"].startswith("China is unlikely to publicly voice complaints")
    assert (statement["probability"], row["source_forecast"]) == (0.22, True)
    assert row["resolution"]["outcome"] == "no"
    assert instant(row["closes_at"]) == datetime(2025, 1, 1, tzinfo=UTC)


def test_seouls_stance_is_asked_as_fact_and_as_forecast() -> None:
    fact = QUESTION["seoul-angered-by-treaty"]
    forecast = QUESTION["seoul-protests-again-by-2024"]
    assert fact["statement"] == forecast["statement"] == "seoul-angered"
    assert fact["resolution"]["outcome"] == "yes"
    assert known(fact) < published(fact)
    assert not fact["source_forecast"]
    assert forecast["source_forecast"]


def test_scenarios_cite_the_texts_word_for_word_and_invent_no_probability() -> None:
    texts = [text_of(file) for file in TEXT_SHA256]
    for futures in rows("scenario"):
        names = [option["name"] for option in futures["option"]]
        assert names[-1] == "something else"
        assert 2 <= len(set(names)) == len(names) <= 8
        assert instant(futures["opens_at"]) < instant(futures["closes_at"])
        for option in futures["option"]:
            for quote in re.findall("“([^”]+)”", option["narrative"]):
                assert any(quote in text for text in texts), quote
        assert "prior" not in futures
        for indicator in futures["indicator"]:
            question = QUESTION[indicator["question"]]
            assert instant(question["closes_at"]) <= instant(futures["closes_at"])
            for likelihood in indicator.get("likelihood", ()):
                assert likelihood["scenario"] in names
                (words,) = likelihood["words"]
                assert words in STATEMENT[likelihood["statement"]]["hedge"]


def test_related_seed_questions_exist() -> None:
    text = (SEEDS / "scenarios.toml").read_text("utf-8")
    for relation in tomllib.loads(text)["relation"]:
        assert {relation["first"], relation["second"]} <= set(QUESTION)
