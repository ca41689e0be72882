"""What was recorded about one question, entry by entry, oldest first."""

from collections import defaultdict
from dataclasses import replace

from sqlmodel import Session, col, select

from db.entries import Entry, entries_of
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
from forecasts.results.question import ForecastView, NoteView, ResolutionView
from forecasts.results.terms import PartialDate
from forecasts.views.loading import Asked
from forecasts.views.own_words import own_words, shown

Quantiles = tuple[tuple[float, float], ...]


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
    shares, quantiles = _shares(session, asked.id), _quantiles(session, asked.id)
    entries = entries_of(session, "forecast", [row.id or 0 for row, *_ in rows])
    found = (
        _forecast(row, who, hedge, words, shares[row.id or 0], quantiles[row.id or 0])
        for row, who, hedge, words in rows
    )
    return tuple(_with_receipt(view, entries.get(view.id)) for view in found)


def _with_receipt(view: ForecastView, entry: Entry | None) -> ForecastView:
    return view if entry is None else replace(view, entry=entry.seq, leaf=entry.leaf.hex())


def _shares(session: Session, question_id: int) -> defaultdict[int, tuple[float, ...]]:
    """The probabilities of the options, by forecast."""
    found: defaultdict[int, tuple[float, ...]] = defaultdict(tuple)
    for key, share in session.exec(
        select(ForecastOption.forecast_id, ForecastOption.probability)
        .join(Forecast, col(Forecast.id) == ForecastOption.forecast_id)
        .where(Forecast.question_id == question_id)
        .order_by(col(ForecastOption.forecast_id), col(ForecastOption.position))
    ):
        found[key] += (share,)
    return found


def _quantiles(session: Session, question_id: int) -> defaultdict[int, Quantiles]:
    """Levels and values, by forecast."""
    found: defaultdict[int, Quantiles] = defaultdict(tuple)
    for key, level, value in session.exec(
        select(ForecastQuantile.forecast_id, ForecastQuantile.level, ForecastQuantile.value)
        .join(Forecast, col(Forecast.id) == ForecastQuantile.forecast_id)
        .where(Forecast.question_id == question_id)
        .order_by(col(ForecastQuantile.forecast_id), col(ForecastQuantile.level))
    ):
        found[key] += ((level, value),)
    return found


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
        NoteView(row.id or 0, shown(text), None, None, row.recorded_at, name)
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
    said = own_words(session, Evidence, col(Evidence.question_id) == question_id)
    return tuple(
        NoteView(
            row.id or 0,
            said.get(row.id or 0, row.text),
            row.url,
            PartialDate.of(row.dated, row.dated_precision),
            row.recorded_at,
            name,
        )
        for row, name in rows
    )


def _forecast(
    row: Forecast,
    who: Forecaster,
    hedge: str | None,
    words: PrivateText | None,
    shares: tuple[float, ...],
    quantiles: Quantiles,
) -> ForecastView:
    if row.probability is not None:
        shares = (row.probability, 1 - row.probability)
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
        quantiles=quantiles,
        probability_low=row.probability_low,
        probability_high=row.probability_high,
        is_possibility=row.is_possibility,
        hedge=hedge,
        confidence=row.confidence,
        expires_at=row.expires_at,
        rationale=None if words is None else shown(words.text),
        scale=row.scale,
    )
