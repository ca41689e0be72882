"""What was recorded about one question, entry by entry, oldest first."""

from sqlmodel import Session, col, select

from db.tables import (
    Clarification,
    Comment,
    Evidence,
    Forecast,
    Forecaster,
    ForecastOption,
    ForecastQuantile,
    PrivateText,
    Resolution,
    Statement,
)
from forecasts.results import ForecastView, NoteView, PartialDate, ResolutionView
from forecasts.views.loading import Asked

ERASED = "[erased]"


def record(session: Session, asked: Asked) -> tuple[ForecastView, ...]:
    """Every forecast on a question, withdrawals included."""
    rows = session.exec(
        select(Forecast, Forecaster, Statement.hedge, PrivateText)
        .join(Forecaster, col(Forecaster.id) == Forecast.forecaster_id)
        .join(Statement, col(Statement.id) == Forecast.statement_id, isouter=True)
        .join(PrivateText, col(PrivateText.commitment) == Forecast.rationale, isouter=True)
        .where(Forecast.question_id == asked.id)
        .order_by(col(Forecast.made_at), col(Forecast.recorded_at), col(Forecast.id))
    ).all()
    return tuple(
        _forecast(session, asked, forecast, who, hedge, words)
        for forecast, who, hedge, words in rows
    )


def resolutions(session: Session, question_id: int) -> tuple[ResolutionView, ...]:
    """Every version of a question's resolution; the last one holds."""
    rows = session.exec(
        select(Resolution, Forecaster.name)
        .join(Forecaster, col(Forecaster.id) == Resolution.recorded_by)
        .where(Resolution.question_id == question_id)
        .order_by(col(Resolution.version))
    )
    return tuple(
        ResolutionView(
            version=row.version,
            state=row.state,
            outcome=row.outcome,
            known_at=row.known_at,
            known_precision=row.known_precision,
            evidence=row.evidence,
            source_url=row.source_url,
            reason=row.reason,
            recorded_at=row.recorded_at,
            recorded_by=name,
        )
        for row, name in rows
    )


def clarifications(session: Session, question_id: int) -> tuple[NoteView, ...]:
    """What was added to a question's criteria."""
    rows = session.exec(
        select(Clarification, Forecaster.name)
        .join(Forecaster, col(Forecaster.id) == Clarification.recorded_by)
        .where(Clarification.question_id == question_id)
        .order_by(col(Clarification.id))
    )
    return tuple(
        NoteView(row.id or 0, row.text, None, None, row.recorded_at, name) for row, name in rows
    )


def comments(session: Session, question_id: int) -> tuple[NoteView, ...]:
    """What people said about a question."""
    rows = session.exec(
        select(Comment, Forecaster.name, PrivateText.text)
        .join(Forecaster, col(Forecaster.id) == Comment.recorded_by)
        .join(PrivateText, col(PrivateText.commitment) == Comment.text)
        .where(Comment.question_id == question_id)
        .order_by(col(Comment.id))
    )
    return tuple(
        NoteView(row.id or 0, ERASED if text is None else text, None, None, row.recorded_at, name)
        for row, name, text in rows
    )


def evidence(session: Session, question_id: int) -> tuple[NoteView, ...]:
    """Quotes and links attached to a question."""
    rows = session.exec(
        select(Evidence, Forecaster.name)
        .join(Forecaster, col(Forecaster.id) == Evidence.recorded_by)
        .where(Evidence.question_id == question_id)
        .order_by(col(Evidence.id))
    )
    return tuple(
        NoteView(
            row.id or 0,
            row.text,
            row.url,
            PartialDate.of(row.dated, row.dated_precision),
            row.recorded_at,
            name,
        )
        for row, name in rows
    )


def _forecast(
    session: Session,
    asked: Asked,
    row: Forecast,
    who: Forecaster,
    hedge: str | None,
    words: PrivateText | None,
) -> ForecastView:
    shares: tuple[float, ...] = ()
    if row.probability is not None:
        shares = (row.probability, 1 - row.probability)
    elif asked.options and not row.withdrawn:
        shares = tuple(
            session.exec(
                select(ForecastOption.probability)
                .where(ForecastOption.forecast_id == row.id)
                .order_by(col(ForecastOption.position))
            )
        )
    quantiles = session.exec(
        select(ForecastQuantile.level, ForecastQuantile.value)
        .where(ForecastQuantile.forecast_id == row.id)
        .order_by(col(ForecastQuantile.level))
    )
    return ForecastView(
        id=row.id or 0,
        forecaster_id=row.forecaster_id,
        forecaster=who.name,
        forecaster_kind=who.kind,
        cls=row.forecast_class,
        made_at=row.made_at,
        recorded_at=row.recorded_at,
        withdrawn=row.withdrawn,
        probabilities=shares,
        quantiles=tuple((level, value) for level, value in quantiles),
        probability_low=row.probability_low,
        probability_high=row.probability_high,
        is_possibility=row.is_possibility,
        hedge=hedge,
        confidence=row.confidence,
        expires_at=row.expires_at,
        rationale=None if words is None else (ERASED if words.text is None else words.text),
    )
