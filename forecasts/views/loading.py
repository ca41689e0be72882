"""Rows to the arrays that scores are made of: questions, forecasters, histories."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from sqlmodel import Session, col, select

from db.tables import (
    Article,
    Forecast,
    Forecaster,
    ForecastOption,
    Question,
    QuestionOption,
    Resolution,
    Statement,
    Tagging,
)
from db.types import to_us
from forecasts.maths.timeline import NEVER, History
from forecasts.results import Status

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as scores and lists need it. Instants are microseconds since the epoch."""

    row: Question
    id: int
    options: tuple[str, ...]
    opens: int
    closes: int
    zone: tzinfo
    tags: tuple[str, ...]
    publisher: str | None
    resolution: Resolution | None
    parent_failed: bool  # its condition, or one further up, was not met: nothing is scored

    @property
    def ends(self) -> int:
        """End of the scoring window: the close, or when the outcome was known if earlier."""
        known = self.closes if self.resolution is None else to_us(self.resolution.known_at)
        return min(self.closes, known)

    @property
    def outcome(self) -> int | None:
        """Index of the option that came true; None if unsettled, annulled or numeric."""
        held = self.resolution
        if held is None or held.outcome not in self.options:
            return None
        return self.options.index(held.outcome)

    def status(self, now: datetime) -> Status:
        """Where the question stands at ``now``."""
        if self.resolution is not None:
            return "resolved" if self.resolution.state == "resolved" else "annulled"
        if self.parent_failed:
            return "annulled"
        if now < self.row.opens_at:
            return "upcoming"
        return "open" if now < self.row.closes_at else "closed"


@dataclass(frozen=True, slots=True)
class Stated:
    """What one forecaster said on one question, at the middle, low and high end of the words.

    ``low`` and ``high`` are None where no row carries a range.
    """

    question_id: int
    forecaster_id: int
    history: History
    low: History | None
    high: History | None


def load_questions(session: Session, ids: Iterable[int] | None = None) -> dict[int, Asked]:
    """Every question, or those with ``ids``, by id."""
    query = select(Question).order_by(col(Question.id))
    if ids is not None:
        query = query.where(col(Question.id).in_(list(ids)))
    questions = session.exec(query).all()
    options = _options(session)
    tags = load_tags(session)
    publishers = _publishers(session)
    resolutions = latest_resolutions(session)
    failed = _failed(session, resolutions)
    return {
        question.id: Asked(
            row=question,
            id=question.id,
            options=YES_NO if question.kind == "binary" else options.get(question.id, ()),
            opens=to_us(question.opens_at),
            closes=to_us(question.closes_at),
            zone=ZoneInfo(question.zone) if question.zone else UTC,
            tags=tags.get(question.id, ()),
            publisher=publishers.get(question.statement_id or 0),
            resolution=resolutions.get(question.id),
            parent_failed=question.id in failed,
        )
        for question in questions
        if question.id is not None
    }


def chosen_questions(
    session: Session, *, tag: str | None = None, publisher: str | None = None
) -> dict[int, Asked]:
    """The questions with a tag and from a publisher's statements, where those are named."""
    return {
        key: asked
        for key, asked in load_questions(session).items()
        if (tag is None or tag in asked.tags)
        and (publisher is None or asked.publisher == publisher)
    }


def load_forecasters(session: Session) -> dict[int, Forecaster]:
    """Every forecaster by id."""
    return {row.id: row for row in session.exec(select(Forecaster)) if row.id is not None}


def forecaster_id(session: Session, login: str | None) -> int | None:
    """The forecaster behind a login; None before the person's first act."""
    if login is None:
        return None
    return session.exec(select(Forecaster.id).where(Forecaster.login == login)).one_or_none()


def load_stated(
    session: Session,
    questions: Mapping[int, Asked],
    *,
    classes: Iterable[str],
    possibilities: bool = False,
    kinds: Iterable[str] = ("person", "source", "model"),
    by: frozenset[int] | None = None,
) -> list[Stated]:
    """Histories on ``questions`` by the chosen classes of forecasts and forecasters.

    ``kinds`` and ``by`` (ids) narrow the forecasters; None is everyone.

    Numeric questions have no distribution over options and are left out.
    """
    query = (
        select(Forecast)
        .join(Forecaster, col(Forecaster.id) == Forecast.forecaster_id)
        .where(
            col(Forecast.forecast_class).in_(list(classes)), col(Forecaster.kind).in_(list(kinds))
        )
        .order_by(col(Forecast.made_at), col(Forecast.recorded_at), col(Forecast.id))
    )
    if len(questions) == 1:
        query = query.where(col(Forecast.question_id) == next(iter(questions)))
    if not possibilities:
        query = query.where(col(Forecast.is_possibility).is_(False))
    grouped: dict[tuple[int, int], list[Forecast]] = defaultdict(list)
    for row in session.exec(query):
        asked = questions.get(row.question_id)
        if asked is not None and asked.options and (by is None or row.forecaster_id in by):
            grouped[row.question_id, row.forecaster_id].append(row)
    several = any(asked.row.kind != "binary" for asked in questions.values())
    shares = _option_shares(session) if several else {}
    return [
        _stated(questions[question_id], who, rows, shares)
        for (question_id, who), rows in grouped.items()
    ]


def latest_resolutions(session: Session) -> dict[int, Resolution]:
    """The resolution that holds, by question."""
    rows = session.exec(select(Resolution).order_by(col(Resolution.version)))
    return {row.question_id: row for row in rows}


def load_tags(session: Session) -> dict[int, tuple[str, ...]]:
    """The tags that hold, sorted, by question."""
    held: dict[int, dict[str, bool]] = defaultdict(dict)
    for row in session.exec(select(Tagging).order_by(col(Tagging.id))):
        held[row.question_id][row.tag] = row.applied
    return {
        question: tuple(sorted(tag for tag, applied in tags.items() if applied))
        for question, tags in held.items()
    }


def _failed(session: Session, resolutions: Mapping[int, Resolution]) -> set[int]:
    """Questions whose condition, or a condition of that one, turned out otherwise."""
    conditional = session.exec(
        select(Question.id, Question.parent_id, Question.parent_outcome)
        .where(col(Question.parent_id).is_not(None))
        .order_by(col(Question.id))  # a parent is asked before its children
    )
    failed: set[int] = set()
    for child, parent, wanted in conditional:
        held = resolutions.get(parent or 0)
        if child and (parent in failed or (held is not None and held.outcome != wanted)):
            failed.add(child)
    return failed


def _options(session: Session) -> dict[int, tuple[str, ...]]:
    names: dict[int, list[str]] = defaultdict(list)
    for row in session.exec(select(QuestionOption).order_by(col(QuestionOption.position))):
        names[row.question_id].append(row.name)
    return {question: tuple(options) for question, options in names.items()}


def _publishers(session: Session) -> dict[int, str | None]:
    rows = session.exec(
        select(Statement.id, Article.publisher).join(
            Article, col(Article.id) == Statement.article_id
        )
    )
    return {statement: publisher for statement, publisher in rows if statement is not None}


def _option_shares(session: Session) -> dict[int, list[float]]:
    shares: dict[int, list[float]] = defaultdict(list)
    for row in session.exec(select(ForecastOption).order_by(col(ForecastOption.position))):
        shares[row.forecast_id].append(row.probability)
    return shares


def _stated(
    asked: Asked, who: int, rows: list[Forecast], shares: Mapping[int, list[float]]
) -> Stated:
    size = len(asked.options)

    def history(column: str) -> History:
        return History(
            made=np.array([to_us(row.made_at) for row in rows]),
            probabilities=np.array([_vector(row, column, size, shares) for row in rows]),
            withdrawn=np.array([row.withdrawn for row in rows]),
            expires=np.array(
                [NEVER if row.expires_at is None else to_us(row.expires_at) for row in rows]
            ),
        )

    ranged = any(row.probability_low is not None for row in rows)
    return Stated(
        question_id=asked.id,
        forecaster_id=who,
        history=history("probability"),
        low=history("probability_low") if ranged else None,
        high=history("probability_high") if ranged else None,
    )


def _vector(
    row: Forecast, column: str, size: int, shares: Mapping[int, list[float]]
) -> list[float]:
    """The distribution a row states over the options; NaN where it withdraws."""
    if row.withdrawn:
        return [np.nan] * size
    if row.probability is None:
        return shares[row.id or 0]
    stated = getattr(row, column)
    yes = row.probability if stated is None else stated
    return [yes, 1 - yes]
