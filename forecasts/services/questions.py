"""Asking questions, and tagging them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from db.tables import Question, QuestionOption, Statement, Tagging
from db.tables.question import QUESTION_KINDS
from forecasts.errors import InvalidInput
from forecasts.services.acts import Record, recorded
from forecasts.services.inputs import (
    check_choice,
    check_instant,
    check_line,
    check_probability,
    check_text,
    check_zone,
    folded,
)

BINARY_OPTIONS = ("yes", "no")
MOST_OPTIONS = 100
UNDECIDED = "[to decide"  # how a draft marks what the text does not settle


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """A question as an analyst writes it. ``opens_at=None`` opens it when it is asked."""

    title: str
    criteria: str
    closes_at: datetime
    kind: str = "binary"
    options: tuple[str, ...] = ()
    background: str = ""
    resolution_source: str = ""
    opens_at: datetime | None = None
    zone: str | None = None
    tags: tuple[str, ...] = ()
    base_rate: float | None = None
    base_rate_class: str | None = None
    parent_id: int | None = None
    parent_outcome: str | None = None
    unit: str | None = None
    lower: float | None = None
    upper: float | None = None
    retrospective: bool = False


@recorded("question")
def ask_question(record: Record, *, draft: QuestionDraft, statement_id: int | None = None) -> int:
    """Ask a question, with or without a statement behind it.

    Raises
    ------
    InvalidInput, NotFound
    """
    if statement_id is not None:
        record.get(Statement, statement_id, "statement")
    return add_question(record, draft, statement_id)


def add_question(record: Record, draft: QuestionDraft, statement_id: int | None) -> int:
    """Check a draft and write its rows; a step of the acts that ask."""
    opens_at, closes_at = _window(record, draft)
    kind = check_choice("kind", draft.kind, QUESTION_KINDS)
    _check_parent(record, draft)
    base_rate_class = check_line("base rate class", draft.base_rate_class or "", required=False)
    if draft.base_rate is not None and not base_rate_class:
        raise InvalidInput("base rate", draft.base_rate, "name its reference class")
    lower, upper = _bounds(draft)
    question_id = record.insert(
        Question(
            kind=kind,
            title=_decided("title", check_line("title", draft.title)),
            background=check_text("background", draft.background, required=False),
            criteria=_decided("criteria", check_text("criteria", draft.criteria)),
            resolution_source=check_text(
                "resolution source", draft.resolution_source, required=False
            ),
            base_rate=None
            if draft.base_rate is None
            else check_probability(draft.base_rate, field="base rate"),
            base_rate_class=base_rate_class or None,
            opens_at=opens_at,
            closes_at=closes_at,
            zone=check_zone(draft.zone),
            unit=check_line("unit", draft.unit or "", required=False) or None,
            lower_bound=lower,
            upper_bound=upper,
            retrospective=draft.retrospective,
            statement_id=statement_id,
            parent_id=draft.parent_id,
            parent_outcome=draft.parent_outcome,
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
    for position, name in enumerate(_options(draft)):
        record.add(QuestionOption(question_id=question_id, position=position, name=name))
    _add_tags(record, question_id, draft.tags, applied=True)
    return question_id


@recorded("tag")
def tag_question(
    record: Record, *, question_id: int, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> int:
    """Put tags on a question and take tags off it."""
    record.get(Question, question_id, "question")
    if not add and not remove:
        raise InvalidInput("tags", "", "name a tag to add or to remove")
    _add_tags(record, question_id, add, applied=True)
    _add_tags(record, question_id, remove, applied=False)
    return question_id


def options_of(record: Record, question: Question) -> tuple[str, ...]:
    """The names of a question's options in order; none for a numeric one."""
    if question.kind == "binary":
        return BINARY_OPTIONS
    rows = record.session.exec(
        select(QuestionOption.name)
        .where(QuestionOption.question_id == question.id)
        .order_by(col(QuestionOption.position))
    )
    return tuple(rows)


def check_url(url: str | None) -> str | None:
    """A web address, or None where none is given."""
    text = check_line("URL", url or "", required=False)
    if text and not text.startswith(("http://", "https://")):
        raise InvalidInput("URL", text, "must begin with http:// or https://")
    return text or None


def _decided(field: str, text: str) -> str:
    """``text``, unless a draft's open point still stands in it."""
    if (start := text.find(UNDECIDED)) >= 0:
        open_point = text[start:].partition("]")[0] + "]"
        raise InvalidInput(field, open_point, "still has to be decided")
    return text


def _window(record: Record, draft: QuestionDraft) -> tuple[datetime, datetime]:
    closes_at = check_instant("close", draft.closes_at)
    opens_at = record.now if draft.opens_at is None else check_instant("opening", draft.opens_at)
    if closes_at <= record.now and not draft.retrospective:
        raise InvalidInput(
            "close", closes_at.isoformat(), "has passed; such a question can only be retrospective"
        )
    if draft.retrospective and closes_at > record.now:
        raise InvalidInput(
            "close", closes_at.isoformat(), "lies ahead; such a question is not retrospective"
        )
    if draft.opens_at is None and opens_at >= closes_at:
        raise InvalidInput("opening", "", "a question whose close has passed needs its opening")
    if opens_at >= closes_at:
        raise InvalidInput(
            "close", closes_at.isoformat(), f"must come after {opens_at.isoformat()}"
        )
    return opens_at, closes_at


def _check_parent(record: Record, draft: QuestionDraft) -> None:
    if draft.parent_id is None:
        if draft.parent_outcome is not None:
            raise InvalidInput("parent outcome", draft.parent_outcome, "name the parent question")
        return
    options = options_of(record, record.get(Question, draft.parent_id, "parent question"))
    if not options:
        raise InvalidInput("parent", draft.parent_id, "a numeric question cannot be a condition")
    check_choice("parent outcome", draft.parent_outcome or "", options)


def _options(draft: QuestionDraft) -> tuple[str, ...]:
    if draft.kind in ("binary", "numeric"):
        if draft.options:
            raise InvalidInput(
                "options", ", ".join(draft.options), f"a {draft.kind} question has none"
            )
        return ()
    names = tuple(check_line("option", name) for name in draft.options)
    if not 2 <= len(names) <= MOST_OPTIONS:
        raise InvalidInput("options", len(names), f"there must be 2 to {MOST_OPTIONS}")
    seen: dict[str, str] = {}
    for name in names:
        if folded(name) in seen:
            raise InvalidInput("option", name, f"is the same as {seen[folded(name)]!r}")
        seen[folded(name)] = name
    return names


def _bounds(draft: QuestionDraft) -> tuple[float | None, float | None]:
    for field, value in (("lower bound", draft.lower), ("upper bound", draft.upper)):
        if value is not None and (draft.kind != "numeric" or not math.isfinite(value)):
            raise InvalidInput(field, value, "must be a number, on a numeric question")
    if draft.lower is not None and draft.upper is not None and draft.lower >= draft.upper:
        raise InvalidInput("upper bound", draft.upper, f"must be above {draft.lower:g}")
    return draft.lower, draft.upper


def _add_tags(record: Record, question_id: int, tags: Sequence[str], *, applied: bool) -> None:
    for tag in dict.fromkeys(check_line("tag", tag).lower() for tag in tags):
        record.add(
            Tagging(
                question_id=question_id,
                tag=tag,
                applied=applied,
                recorded_at=record.now,
                recorded_by=record.by,
            )
        )
