"""A small record in which every kind of act has happened, on any database."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from db.session import transaction
from forecasts.reading.candidate import Candidate
from forecasts.services import (
    articles,
    forecasts,
    notes,
    people,
    questions,
    resolutions,
    signing,
    statements,
)
from forecasts.services.acts import Act
from forecasts.services.questions import QuestionDraft

TEXT = "China will probably protest. Seoul may protest too. It is unlikely that Tokyo will."
BEGIN = datetime(2024, 7, 1, 9, tzinfo=UTC)
CLOSE = BEGIN + timedelta(days=200)


class Life:
    """People acting one after another, a minute apart."""

    def __init__(self, engine: Engine, begin: datetime = BEGIN) -> None:
        self.engine, self.now, self.count = engine, begin, 0

    def act(self, service: Callable[..., Any], by: str = "ana", **request: Any) -> int:
        """One act; returns the id of its main row."""
        self.now += timedelta(minutes=1)
        self.count += 1
        with transaction(self.engine) as session:
            act = Act(by, self.now, f"{self.now.isoformat()} {self.count}")
            return service(session, act, **request).id

    def question(self, **changes: Any) -> int:
        values = {"title": f"Will it happen, {self.count}?", "criteria": "Yes if it does."}
        return self.act(
            questions.ask_question, draft=QuestionDraft(closes_at=CLOSE, **values | changes)
        )


def candidate(quote: str) -> Candidate:
    start = TEXT.index(quote)
    return Candidate(
        start=start, end=start + len(quote), quote=quote, hedge="probably", polarity="affirm",
        probability=0.7, probability_low=0.55, probability_high=0.85, scale="recommended",
        is_possibility=False, horizon=None, horizon_start=None, horizon_end=None,
        speaker="Example Research", speaker_kind="named", condition=None, actors=("China",),
    )  # fmt: skip


def live(engine: Engine, public_key: str) -> None:
    """Fill a migrated, empty record: some forty acts by three persons and a source."""
    life = Life(engine)
    quotes = ("China will probably protest", "Seoul may protest too", "It is unlikely that Tokyo")
    life.act(
        articles.add_article, text=TEXT, title="Protests", publisher="Example",
        candidates=[candidate(quote) for quote in quotes],
    )  # fmt: skip
    yes_no = QuestionDraft(title="Will China protest?", criteria="Yes if so.", closes_at=CLOSE)
    accepted = life.act(statements.accept_statement, statement_id=1, draft=yes_no)
    life.act(statements.dismiss_statement, statement_id=2, reason="too vague")
    binary = life.question(tags=("asia", "trade"))
    chosen = life.question(kind="multiple_choice", options=("red", "green", "blue"))
    number = life.question(kind="numeric", unit="tonnes", lower=0.0, upper=100.0)
    for round_, who in enumerate(("ana", "bob", "cyn") * 4):
        share = (round_ + 1) / 16
        life.act(
            forecasts.record_forecast, who, question_id=binary if round_ % 2 else accepted,
            probability=share, rationale=f"reason {round_}" if round_ % 3 else "",
        )  # fmt: skip
    for who in ("ana", "bob"):
        life.act(forecasts.record_forecast, who, question_id=chosen, probabilities=(0.5, 0.3, 0.2))
        quantiles = ((0.1, 10.0), (0.5, 40.0), (0.9, 80.0))
        life.act(forecasts.record_forecast, who, question_id=number, quantiles=quantiles)
    life.act(
        forecasts.record_forecast, question_id=binary, probability=0.9,
        made_at=life.now - timedelta(hours=2),
    )  # fmt: skip
    life.act(forecasts.withdraw_forecast, "bob", question_id=binary)
    life.act(notes.comment, "bob", question_id=binary, text="words of my own")
    life.act(notes.clarify_criteria, question_id=binary, text="By the end of the day.")
    life.act(notes.attach_evidence, question_id=binary, text="A quote", url="https://example.org")
    life.act(questions.tag_question, question_id=binary, add=["energy"], remove=["trade"])
    life.act(signing.name_key, public_key=public_key)
    life.now += timedelta(days=10)
    settled = {"known_at": life.now, "evidence": "seen"}
    life.act(resolutions.resolve_question, question_id=binary, outcome="yes", **settled)
    life.act(
        resolutions.correct_resolution, question_id=binary, version=1, outcome="no",
        reason="misread", **settled,
    )  # fmt: skip
    life.act(resolutions.annul_question, question_id=accepted, reason="cannot be told")
    life.act(people.assign_role, login="ana", role="admin", reason="keeps the record")
