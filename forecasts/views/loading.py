"""The small tables as plain values: what was asked, how it ended, and who speaks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Integer, select, type_coerce
from sqlmodel import Session, col

from db.tables import (
    Article,
    Forecaster,
    Question,
    QuestionOption,
    Resolution,
    Statement,
    Tagging,
)
from db.tables.forecaster import ForecasterKind
from db.tables.resolution import State
from db.types import from_us
from forecasts.results.terms import Kind, Status

YES_NO = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Held:
    """The resolution that holds."""

    state: State
    outcome: str | None
    known: int  # microseconds since the epoch


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever states probabilities."""

    id: int
    kind: ForecasterKind
    name: str
    publisher: str
    login: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as scores and lists need it. Instants are microseconds since the epoch."""

    id: int
    kind: Kind
    title: str
    options: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    opens: int
    closes: int
    zone: tzinfo
    retrospective: bool
    tags: tuple[str, ...]
    publisher: str | None
    resolution: Held | None
    condition: tuple[int, str] | None  # the question that it is asked on, and the outcome supposed
    parent_failed: bool  # its condition, or one further up, was not met: nothing is scored

    @property
    def ends(self) -> int:
        """End of the scoring window: the close, or when the outcome was known if earlier."""
        return self.closes if self.resolution is None else min(self.closes, self.resolution.known)

    @property
    def outcome(self) -> int | None:
        """Index of the option that came true; None if unsettled, annulled or numeric."""
        held = self.resolution
        if held is None or held.outcome not in self.options:
            return None
        return self.options.index(held.outcome)

    @property
    def is_settled(self) -> bool:
        """Whether its resolution holds, or its condition was not met."""
        return self.resolution is not None or self.parent_failed

    @property
    def is_scored(self) -> bool:
        """Whether it has an outcome that forecasts are held against."""
        return self.outcome is not None and not self.parent_failed

    def status(self, now: datetime) -> Status:
        """Where the question stands at ``now``."""
        if self.resolution is not None:
            return "resolved" if self.resolution.state == "resolved" else "annulled"
        if self.parent_failed:
            return "annulled"
        if now < self.opens_at:
            return "upcoming"
        return "open" if now < self.closes_at else "closed"


def load_questions(
    session: Session, earlier: Mapping[int, Asked] = MappingProxyType({})
) -> dict[int, Asked]:
    """Every question by id, in the order of the ids; only those that ``earlier`` lacks are loaded.

    Those of ``earlier`` must not have changed; ids rise from one act to the next.
    """
    after = max(earlier, default=0)
    rows = session.connection().execute(
        select(
            _id(Question.id),
            col(Question.kind),
            col(Question.title),
            _us(Question.opens_at),
            _us(Question.closes_at),
            col(Question.zone),
            col(Question.retrospective),
            col(Question.parent_id),
            col(Question.parent_outcome),
        )
        .where(col(Question.id) > after)
        .order_by(col(Question.id))  # a parent is asked before its children
    )
    options, tags = _options(session, after), load_tags(session, after)
    publishers, resolutions = _publishers(session, after), _resolutions(session, after)
    resolutions |= {key: one.resolution for key, one in earlier.items() if one.resolution}
    failed = {key for key, one in earlier.items() if one.parent_failed}
    found = dict(earlier)
    for key, kind, title, opens, closes, zone, retrospective, parent, wanted in rows.all():
        held = resolutions.get(parent or 0)
        if parent in failed or (held is not None and held.outcome != wanted):
            failed.add(key)
        found[key] = Asked(
            id=key,
            kind=kind,
            title=title,
            options=YES_NO if kind == "binary" else options.get(key, ()),
            opens_at=from_us(opens),
            closes_at=from_us(closes),
            opens=opens,
            closes=closes,
            zone=ZoneInfo(zone) if zone else UTC,
            retrospective=retrospective,
            tags=tags.get(key, ()),
            publisher=publishers.get(key),
            resolution=resolutions.get(key),
            condition=None if parent is None or wanted is None else (parent, wanted),
            parent_failed=key in failed,
        )
    return found


def narrowed(
    questions: Mapping[int, Asked], *, tag: str | None = None, publisher: str | None = None
) -> list[Asked]:
    """The questions with a tag and from a publisher's statements, where those are named."""
    return [
        asked
        for asked in questions.values()
        if (tag is None or tag in asked.tags)
        and (publisher is None or asked.publisher == publisher)
    ]


def load_speakers(session: Session) -> dict[int, Speaker]:
    """Every forecaster by id."""
    who = Forecaster
    rows = session.connection().execute(
        select(_id(who.id), col(who.kind), col(who.name), col(who.publisher), col(who.login))
    )
    return {row[0]: Speaker(*row) for row in rows.all()}


def load_tags(session: Session, after: int = 0) -> dict[int, tuple[str, ...]]:
    """The tags that hold, sorted, by question; of questions with ids over ``after``."""
    rows = session.connection().execute(
        select(col(Tagging.question_id), col(Tagging.tag), col(Tagging.applied))
        .where(col(Tagging.question_id) > after)
        .order_by(col(Tagging.id))
    )
    held: dict[int, dict[str, bool]] = defaultdict(dict)
    for question, tag, applied in rows.all():
        held[question][tag] = applied
    return {
        question: tuple(sorted(tag for tag, applied in tags.items() if applied))
        for question, tags in held.items()
    }


def _resolutions(session: Session, after: int) -> dict[int, Held]:
    """The resolution that holds, by question."""
    row = Resolution
    rows = session.connection().execute(
        select(col(row.question_id), col(row.state), col(row.outcome), _us(row.known_at))
        .where(col(row.question_id) > after)
        .order_by(col(row.version))
    )
    return {question: Held(state, outcome, known) for question, state, outcome, known in rows.all()}


def _options(session: Session, after: int) -> dict[int, tuple[str, ...]]:
    rows = session.connection().execute(
        select(col(QuestionOption.question_id), col(QuestionOption.name))
        .where(col(QuestionOption.question_id) > after)
        .order_by(col(QuestionOption.position))
    )
    names: dict[int, list[str]] = defaultdict(list)
    for question, name in rows.all():
        names[question].append(name)
    return {question: tuple(options) for question, options in names.items()}


def _publishers(session: Session, after: int) -> dict[int, str | None]:
    """The publisher of the article behind a question."""
    rows = session.connection().execute(
        select(_id(Question.id), col(Article.publisher))
        .join(Statement, col(Statement.id) == Question.statement_id)
        .join(Article, col(Article.id) == Statement.article_id)
        .where(col(Question.id) > after)
    )
    return {row[0]: row[1] for row in rows.all()}


def _id(column: int | None) -> ColumnElement[int]:
    """The id of a row that is stored, which is never empty."""
    return type_coerce(column, Integer)


def _us(column: datetime) -> ColumnElement[int]:
    """An instant as it is stored: microseconds since the epoch."""
    return type_coerce(column, BigInteger)
