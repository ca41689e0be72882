"""Settling questions, with evidence. A correction supersedes and keeps what it corrects."""

import math
from datetime import datetime

from sqlmodel import col, select

from db.tables import Forecaster, Question, Resolution
from db.tables.resolution import KNOWN_PRECISIONS, State
from forecasts.errors import AlreadyResolved, InvalidInput, ResolutionConflict
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.inputs import check_choice, check_instant, check_text, folded, parse_number
from forecasts.services.questions import check_url, options_of


@recorded("resolve")
def resolve_question(
    record: Record,
    *,
    question_id: int,
    outcome: str,
    known_at: datetime,
    evidence: str,
    known_precision: str = "instant",
    source_url: str | None = None,
) -> int:
    """Record how a question turned out and when that became known.

    Scores are not stored: they follow from the forecasts and this row.

    Raises
    ------
    NotFound, AlreadyResolved, InvalidInput
    """
    return add_resolution(
        record,
        question_id,
        outcome=outcome,
        known_at=known_at,
        evidence=evidence,
        known_precision=known_precision,
        source_url=source_url,
    )


def add_resolution(
    record: Record,
    question_id: int,
    *,
    outcome: str,
    known_at: datetime,
    evidence: str,
    known_precision: str = "instant",
    source_url: str | None = None,
) -> int:
    """Check and write a first resolution; a step of the acts that settle."""
    question = record.get(Question, question_id, "question")
    if condition_failed(record, question):
        raise InvalidInput("question", question_id, "is void, because its condition was not met")
    if (last := latest_resolution(record, question_id)) is not None:
        by = record.get(Forecaster, last.recorded_by, "forecaster").name
        raise AlreadyResolved(question_id, last.outcome or last.state, by, last.recorded_at)
    return first_resolution(
        record,
        question,
        outcome=outcome,
        known_at=known_at,
        evidence=evidence,
        known_precision=known_precision,
        source_url=source_url,
    )


def first_resolution(
    record: Record,
    question: Question,
    *,
    outcome: str,
    known_at: datetime,
    evidence: str,
    known_precision: str = "instant",
    source_url: str | None = None,
) -> int:
    """Write the resolution of a question that has none yet, and no condition that failed."""
    return _add(
        record,
        question,
        version=1,
        state="resolved",
        outcome=check_outcome(record, question, outcome),
        known_at=_check_known(record, question, known_at),
        known_precision=known_precision,
        evidence=evidence,
        source_url=source_url,
    )


@recorded("correct")
def correct_resolution(
    record: Record,
    *,
    question_id: int,
    version: int,
    outcome: str,
    known_at: datetime,
    evidence: str,
    reason: str,
    known_precision: str = "instant",
    source_url: str | None = None,
) -> int:
    """Supersede the resolution of the given ``version``, with the reason.

    Raises
    ------
    NotFound, ResolutionConflict, InvalidInput
    """
    question = record.get(Question, question_id, "question")
    last = latest_resolution(record, question_id)
    if last is None:
        raise InvalidInput("question", question_id, "is not resolved yet, so nothing is to correct")
    if last.version != version:
        raise ResolutionConflict(question_id, version, last.version)
    return _add(
        record,
        question,
        version=version + 1,
        state="resolved",
        outcome=check_outcome(record, question, outcome),
        known_at=_check_known(record, question, known_at),
        known_precision=known_precision,
        evidence=evidence,
        source_url=source_url,
        reason=check_text("reason", reason),
    )


@recorded("annul")
def annul_question(
    record: Record, *, question_id: int, reason: str, known_at: datetime | None = None
) -> int:
    """Settle a question as void: nobody is scored on it. An earlier resolution is superseded."""
    question = record.get(Question, question_id, "question")
    last = latest_resolution(record, question_id)
    if last is not None and last.state == "annulled":
        raise InvalidInput("question", question_id, "is annulled already")
    reason = check_text("reason", reason)
    return _add(
        record,
        question,
        version=1 if last is None else last.version + 1,
        state="annulled",
        outcome=None,
        known_at=record.now if known_at is None else _check_known(record, question, known_at),
        known_precision="instant",
        evidence=reason,
        source_url=None,
        reason=reason,
    )


def latest_resolution(record: Record, question_id: int) -> Resolution | None:
    """The resolution that holds; None while the question is unsettled."""
    return record.session.exec(
        select(Resolution)
        .where(Resolution.question_id == question_id)
        .order_by(col(Resolution.version).desc())
    ).first()


def condition_failed(record: Record, question: Question) -> bool:
    """Whether the question's condition, or one further up, turned out otherwise."""
    while question.parent_id is not None:
        held = latest_resolution(record, question.parent_id)
        if held is not None and held.outcome != question.parent_outcome:
            return True
        question = record.get(Question, question.parent_id, "parent question")
    return False


def check_outcome(record: Record, question: Question, outcome: str) -> str:
    """The option's own spelling, or a number within the question's bounds as text."""
    options = options_of(record, question)
    if options:
        for option in options:
            if folded(option) == folded(outcome):
                return option
        raise InvalidInput(
            "outcome", outcome, f"not an option; the options are {', '.join(options)}"
        )
    value = parse_number(outcome, field="outcome")
    low, high = question.lower_bound, question.upper_bound
    outside = (low is not None and value < low) or (high is not None and value > high)
    if not math.isfinite(value) or outside:
        raise InvalidInput("outcome", outcome, f"must be a number from {low} to {high}")
    return repr(value + 0.0)


def _check_known(record: Record, question: Question, known_at: datetime) -> datetime:
    known = check_instant("known at", known_at)
    if known > record.now:
        raise InvalidInput("known at", known.isoformat(), "lies in the future")
    if known < question.opens_at:
        raise InvalidInput(
            "known at",
            known.isoformat(),
            f"comes before the opening {question.opens_at.isoformat()}",
        )
    return known


def _add(
    record: Record,
    question: Question,
    *,
    version: int,
    state: State,
    outcome: str | None,
    known_at: datetime,
    known_precision: str,
    evidence: str,
    source_url: str | None,
    reason: str | None = None,
) -> int:
    precision = check_choice("precision", known_precision, KNOWN_PRECISIONS)
    resolution = Resolution(
        question_id=key_of(question),
        version=version,
        state=state,
        outcome=outcome,
        known_at=known_at,
        known_precision=precision,
        evidence=check_text("evidence", evidence),
        source_url=check_url(source_url),
        reason=reason,
        recorded_at=record.now,
        recorded_by=record.by,
    )
    return record.insert(resolution)
