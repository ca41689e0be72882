"""A record in which sources use the same few words again and again, and an analyst forecasts."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from forecasts.reading.candidate import Candidate
from forecasts.reading.scales import estimate
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import QuestionDraft, ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.services.statements import accept_statement

SAID = datetime(2024, 1, 10, tzinfo=UTC)
CLOSE = datetime(2024, 3, 1, tzinfo=UTC)

Uses = dict[tuple[str, str], tuple[int, int]]
"""(word, publisher) to how often it was used, and how often it came true."""

USES: Uses = {
    ("likely", "BISI"): (8, 6),
    ("likely", "Ifri"): (4, 3),
    ("will", "BISI"): (11, 5),
    ("highly likely", "Ifri"): (3, 3),
    ("unlikely", "BISI"): (10, 2),
    ("may", "Ifri"): (5, 1),
}


def statement(text: str, word: str, start: int = 0) -> Candidate:
    numbers = estimate(word)
    return Candidate(
        start, start + len(text), text, word, "affirm", numbers.point, numbers.low, numbers.high,
        numbers.scale, word == "may", None, None, None, "author", "author", None, (), word,
    )  # fmt: skip


def draft(title: str, **changes: Any) -> QuestionDraft:
    values: dict[str, Any] = {"title": title, "criteria": "Yes if so.", "closes_at": CLOSE}
    return QuestionDraft(**(values | changes))


def use_words(desk: Any, uses: Uses = USES) -> None:
    """One article a publisher, each statement accepted as a question and resolved."""
    desk.now = SAID + timedelta(days=1)
    outcomes: dict[int, str] = {}
    for publisher in sorted({publisher for _, publisher in uses}):
        text, candidates, true = "", [], []
        for (word, by), (used, happened) in uses.items():
            for number in range(used if by == publisher else 0):
                quote = f"It is {word} that event {number} of {publisher} occurs."
                candidates.append(statement(quote, word, len(text)))
                text += f"{quote} "
                true.append(number < happened)
        desk.do(
            add_article, text=text, title=f"Outlook of {publisher}", author=f"A. {publisher}",
            publisher=publisher, published=PartialDate(SAID.date(), "day"), candidates=candidates,
        )  # fmt: skip
        for one, happened in zip(candidates, true, strict=True):
            key = len(outcomes) + 1
            asked = desk.do(accept_statement, statement_id=key, draft=draft(f"Will {one.quote}"))
            outcomes[asked.id] = "yes" if happened else "no"
    settle(desk, outcomes)


def settle(desk: Any, outcomes: dict[int, str]) -> None:
    """Resolve questions an hour after their close."""
    desk.now = CLOSE + timedelta(hours=1)
    for key, outcome in outcomes.items():
        desk.do(resolve_question, question_id=key, outcome=outcome, known_at=CLOSE, evidence="E.")


def forecast_much(desk: Any, questions: int, *, by: str = "ana", seed: int = 1) -> None:
    """An overconfident analyst's questions, forecast when they open and once more later."""
    luck = random.Random(seed)
    begin, outcomes = SAID + timedelta(days=2), {}
    for number in range(questions):
        desk.now = begin + timedelta(minutes=number)
        said = luck.choice((2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98)) / 100
        tags = ("trade",) if number % 3 else ("asia",)
        key = desk.do(ask_question, by=by, draft=draft(f"Will event {number} occur?", tags=tags)).id
        desk.do(record_forecast, by=by, question_id=key, probability=said)
        outcomes[key] = "yes" if luck.random() < 0.5 + 0.7 * (said - 0.5) else "no"
    for number, key in enumerate(outcomes):
        desk.now = begin + timedelta(days=15, minutes=number)
        moved = min(0.97, max(0.03, round(luck.gauss(0.5, 0.25), 2)))
        if number % 4 == 0:
            desk.do(record_forecast, by=by, question_id=key, probability=moved)
    settle(desk, outcomes)
