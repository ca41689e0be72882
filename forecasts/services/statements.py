"""Deciding about statements: accept as a question or into one, dismiss, take that back."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import col, select

from db.metadata import APART
from db.tables import Article, Forecast, Question, Statement, StatementDecision
from db.tables.statement import Decision
from forecasts.dates import last_instant
from forecasts.errors import InvalidInput, StatementAlreadyDecided
from forecasts.reading.restating import estimate_under
from forecasts.reading.scales import Estimate, scale_names
from forecasts.reading.speakers.speaker import scored_speaker
from forecasts.services.acts import Record, recorded, source
from forecasts.services.forecasts import add_live_forecast
from forecasts.services.inputs import check_choice, check_text
from forecasts.services.questions import QuestionDraft, add_question


@recorded("accept")
def accept_statement(
    record: Record,
    *,
    statement_id: int,
    draft: QuestionDraft,
    parent: QuestionDraft | None = None,
    scale: str | None = None,
    probability: float | None = None,
    rationale: str = "",
    source_forecast: bool = True,
) -> int:
    """Turn a waiting statement into a question; returns the question's id.

    The source's own estimate becomes a source forecast by its speaker, dated by the article,
    where the article has a date and the question is binary; its numbers are those of ``scale``,
    or of the scale the statement was read by. ``parent`` is the question that settles the
    statement's condition, asked alongside; one that exists is named in the draft instead.
    ``probability`` is the analyst's own first forecast, if any.

    Raises
    ------
    NotFound, StatementAlreadyDecided, InvalidInput
    """
    statement = _waiting(record, statement_id)
    article = record.get(Article, statement.article_id, "article")
    numbers = _numbers(statement, scale)
    if parent is not None:
        if draft.parent_id is not None:
            raise InvalidInput("parent question", draft.parent_id, "is not asked alongside too")
        parent_id = add_question(record, _opened(record, parent, article), statement_id)
        draft = replace(draft, parent_id=parent_id)
    question_id = add_question(record, _opened(record, draft, article), statement_id)
    _decide(record, statement_id, "accepted", question_id=question_id)
    if source_forecast and draft.kind == "binary":
        add_source_forecast(record, question_id, statement, article, numbers)
    if probability is not None:
        add_live_forecast(record, question_id, probability=probability, rationale=rationale)
    return question_id


@recorded("merge")
def merge_statement(
    record: Record,
    *,
    statement_id: int,
    question_id: int,
    scale: str | None = None,
    opposite: bool = False,
) -> int:
    """Accept a waiting statement into a question that exists; returns the question's id.

    What the speaker said is added there as a source forecast. ``opposite`` says that the question
    asks whether the statement's event will *not* happen.

    Raises
    ------
    NotFound, StatementAlreadyDecided, InvalidInput
        Only a yes/no question that was open when the statement was made can take it, and one
        with a condition needs a question with a condition.
    """
    statement = _waiting(record, statement_id)
    article = record.get(Article, statement.article_id, "article")
    question = record.get(Question, question_id, "question")
    said_at = said_on(article)
    if question.kind != "binary":
        raise InvalidInput("question", question_id, "only a yes/no question takes a statement")
    if said_at is not None and said_at >= question.closes_at:
        raise InvalidInput("question", question_id, "closed before the statement was made")
    if statement.condition and question.parent_id is None:
        raise InvalidInput(
            "question", question_id, f"has no condition, the statement has: {statement.condition}"
        )
    numbers = _numbers(statement, scale)
    _decide(record, statement_id, "accepted", question_id=question_id)
    add_source_forecast(
        record, question_id, statement, article, numbers.complement() if opposite else numbers
    )
    return question_id


@recorded("dismiss")
def dismiss_statement(record: Record, *, statement_id: int, reason: str) -> int:
    """Set a waiting statement aside, with the reason."""
    _waiting(record, statement_id)
    why = record.private(check_text("reason", reason, limit=500))
    _decide(record, statement_id, "dismissed", why=why)
    return statement_id


@recorded("reopen")
def reopen_statement(record: Record, *, statement_id: int) -> int:
    """Take a dismissal back: the statement waits again."""
    record.get(Statement, statement_id, "statement")
    last = latest_decision(record, statement_id)
    if last is None or last.decision != "dismissed":
        found = "waiting" if last is None else last.decision
        raise InvalidInput("statement", statement_id, f"is {found}, not dismissed")
    _decide(record, statement_id, "waiting")
    return statement_id


def said_on(article: Article) -> datetime | None:
    """The last instant at which the article's statements can have been made."""
    if article.published is None or article.published_precision is None:
        return None
    return last_instant(article.published, article.published_precision)


def speaker_name(statement: Statement, article: Article) -> str:
    """Who is scored for a statement."""
    return scored_speaker(
        statement.speaker,
        statement.speaker_kind,
        author=article.author,
        publisher=article.publisher,
        title=article.title,
    )


def add_source_forecast(
    record: Record, question_id: int, statement: Statement, article: Article, numbers: Estimate
) -> None:
    """Record what the speaker said as a forecast of class source, if it can be dated."""
    said_at = said_on(article)
    question = record.get(Question, question_id, "question")
    if said_at is None or said_at >= question.closes_at:
        return
    record.add(
        Forecast(
            question_id=question_id,
            forecaster_id=source(record, speaker_name(statement, article), article.publisher),
            forecast_class="source",
            made_at=min(said_at, record.now),
            probability=numbers.point,
            probability_low=numbers.low,
            probability_high=numbers.high,
            scale=numbers.scale,
            is_possibility=statement.is_possibility,
            statement_id=statement.id,
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )


def latest_decision(record: Record, statement_id: int) -> StatementDecision | None:
    """The decision that holds; None while the statement waits for its first."""
    return record.session.exec(
        select(StatementDecision)
        .where(StatementDecision.statement_id == statement_id)
        .order_by(col(StatementDecision.version).desc())
    ).first()


def _waiting(record: Record, statement_id: int) -> Statement:
    statement = record.get(Statement, statement_id, "statement")
    last = latest_decision(record, statement_id)
    if last is not None and last.decision != "waiting":
        raise StatementAlreadyDecided(statement_id, last.decision)
    return statement


def _numbers(statement: Statement, scale: str | None) -> Estimate:
    chosen = None if scale is None else check_choice("scale", scale, scale_names())
    return estimate_under(statement, chosen)


def _opened(record: Record, draft: QuestionDraft, article: Article) -> QuestionDraft:
    """The draft, opened when the article's statements were made unless it says otherwise."""
    said_at = said_on(article)
    if draft.opens_at is None and said_at is not None and said_at < draft.closes_at:
        return replace(draft, opens_at=min(said_at, record.now))
    return draft


def _decide(
    record: Record,
    statement_id: int,
    decision: Decision,
    *,
    why: str | None = None,
    question_id: int | None = None,
) -> None:
    last = latest_decision(record, statement_id)
    record.add(
        StatementDecision(
            statement_id=statement_id,
            version=1 if last is None else last.version + 1,
            decision=decision,
            reason=APART if why else None,
            own_words=why,
            question_id=question_id,
            recorded_at=record.now,
            recorded_by=record.by,
        )
    )
