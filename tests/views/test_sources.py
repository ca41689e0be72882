"""What each source said, what became of it, and how right it was, counted by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest
import worded_record

from forecasts.reading.candidate import Candidate
from forecasts.results.sources import SourceKey, WordUse
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.resolutions import resolve_question
from forecasts.services.statements import accept_statement, dismiss_statement
from forecasts.views.inbox import article
from forecasts.views.source import source_statements, words_came_true
from forecasts.views.sources import sources

CLOSE = datetime(2024, 8, 1, tzinfo=UTC)
LINES = (
    ("It is unlikely to happen. ", "is unlikely", "unlikely", (0.1, 0.2, 0.3), "author", "author"),
    ("Bo said it was likely. ", "likely", "likely", (0.6, 0.7, 0.8), "Bo", "named"),
    ("It could rain. ", "could", "could", (0.2, 0.38, 0.5), "author", "author"),
    ("The chance is 65 per cent. ", "65 per cent", None, (0.65, 0.65, 0.65), "author", "author"),
)
TEXT = "".join(line for line, *_ in LINES)
ANA, BO = SourceKey("A. Author", "P"), SourceKey("Bo", "P")


def candidate(line, hedge, phrase, reach, speaker, kind):
    start = TEXT.index(line)
    quote = line.strip()
    low, point, high = reach
    scale = "stated" if phrase is None else "recommended"
    return Candidate(
        start, start + len(quote), quote, hedge, "affirm", point, low, high, scale,
        phrase == "could", None, None, None, speaker, kind, None, (), phrase,
    )  # fmt: skip


def stored(desk):
    """The article's statements by their place in it."""
    receipt = desk.do(
        add_article,
        text=TEXT,
        title="T",
        author="A. Author",
        publisher="P",
        published=PartialDate(date(2024, 7, 11), "day"),
        candidates=[candidate(*line) for line in LINES],
    )
    return desk.ask(article, receipt.id).statements


def told(desk):
    found = desk.ask(sources, now=desk.now)
    return {row.key: row for row in (*found.speakers, *found.publishers)}, found


def test_every_number_of_a_source_by_hand(desk, draft):
    unlikely, bos, could, number = stored(desk)
    key = desk.do(accept_statement, statement_id=unlikely.id, draft=draft()).id
    desk.do(dismiss_statement, statement_id=could.id, reason="Vague.")
    rows, found = told(desk)
    assert (found.statements, found.possibilities) == (4, 1)
    assert rows.keys() == {ANA, BO, SourceKey(None, "P")}
    ana = rows[ANA]
    assert (ana.statements, ana.waiting, ana.dismissed) == (3, 1, 1)
    assert (ana.questions, ana.settled, ana.score) == (1, 0, None)
    assert ana.wording.words == (
        WordUse("could", 1, 0.2, 0.5, possibility=True),
        WordUse("unlikely", 1, 0.1, 0.3, possibility=False),
    )
    assert (ana.wording.numbers, ana.wording.possibilities) == (1, 1)
    assert ana.wording.bands == (0, 1, 0, 1, 0)
    assert ana.judged == 3
    assert 0 < ana.fitness < 1
    whole = rows[SourceKey(None, "P")]
    assert (whole.statements, whole.waiting, whole.questions) == (4, 2, 1)

    desk.now = CLOSE + timedelta(hours=1)
    desk.do(resolve_question, question_id=key, outcome="no", known_at=CLOSE, evidence="E.")
    ana = told(desk)[0][ANA]
    assert (ana.settled, ana.came_true) == (1, 0)
    assert ana.score.score == pytest.approx(0.04)
    assert (ana.score.interval, ana.base_rate) == (None, None)  # one question tells nothing

    shown = desk.ask(source_statements, ANA, now=desk.now, first=0, most=2)
    assert [one.view.id for one in shown] == [unlikely.id, could.id]
    assert (shown[0].question.status, shown[0].question.outcome) == ("resolved", "no")
    assert shown[1].question is None
    assert shown[1].reasons
    rest = desk.ask(source_statements, ANA, now=desk.now, first=2, most=2)
    assert [one.view.id for one in rest] == [number.id]
    assert desk.ask(source_statements, BO, now=desk.now)[0].view.id == bos.id


def test_the_base_rate_is_that_of_the_sources_own_questions(file_desk, draft):
    """Ten questions, three of which came true: always saying 30 % earns 0.3 x 0.7."""
    desk = file_desk
    for number in range(10):
        receipt = desk.do(
            add_article,
            text=f"{TEXT} {number}",
            title="T",
            author="A. Author",
            publisher="P",
            published=PartialDate(date(2024, 7, 11), "day"),
            candidates=[candidate(*LINES[0])],
        )
        (one,) = desk.ask(article, receipt.id).statements
        desk.do(accept_statement, statement_id=one.id, draft=draft())
    desk.now = CLOSE + timedelta(hours=1)
    for key in range(1, 11):
        outcome = "yes" if key <= 3 else "no"
        desk.do(resolve_question, question_id=key, outcome=outcome, known_at=CLOSE, evidence="E.")
    ana = told(desk)[0][ANA]
    assert (ana.came_true, ana.base_rate) == (3, pytest.approx(0.21))
    assert ana.score.score == pytest.approx(0.3 * 0.64 + 0.7 * 0.04)
    low, high = ana.score.interval
    assert low < ana.score.score < high
    assert told(desk)[0][SourceKey(None, "P")].base_rate == pytest.approx(0.21)


def test_a_sources_words_are_held_against_what_came_of_them(desk):
    worded_record.use_words(desk)
    for key in (SourceKey(None, "BISI"), SourceKey("A. BISI", "BISI")):
        found = desk.ask(words_came_true, key, now=desk.now)
        assert {word: (row.statements, row.happened) for word, row in found.items()} == {
            word: counts for (word, by), counts in worded_record.USES.items() if by == "BISI"
        }
    assert desk.ask(words_came_true, SourceKey("Nobody", "BISI"), now=desk.now) == {}
