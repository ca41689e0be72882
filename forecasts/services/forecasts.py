"""Recording what someone believes, and taking it back."""

import math
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from db.tables import Forecast, ForecastOption, ForecastQuantile, Question
from db.tables.forecast import CONFIDENCES, ForecastClass
from forecasts.errors import InvalidInput, QuestionClosed, QuestionSettled
from forecasts.services.acts import Record, key_of, recorded
from forecasts.services.inputs import (
    check_choice,
    check_instant,
    check_probabilities,
    check_probability,
    check_text,
)
from forecasts.services.questions import options_of
from forecasts.services.resolutions import condition_failed, latest_resolution

Quantiles = Sequence[tuple[float, float]]


@recorded("forecast")
def record_forecast(
    record: Record,
    *,
    question_id: int,
    probability: float | None = None,
    probabilities: Sequence[float] | None = None,
    quantiles: Quantiles | None = None,
    rationale: str = "",
    confidence: str | None = None,
    expires_at: datetime | None = None,
    made_at: datetime | None = None,
) -> int:
    """Record a forecast: a probability of yes, one an option, or (level, value) quantiles.

    Without ``made_at`` it is live and must come before the close. With ``made_at`` it claims an
    earlier time: it is retrospective, marked wherever it appears and left out of scores.

    Raises
    ------
    NotFound, QuestionClosed, QuestionSettled, InvalidInput
    """
    if made_at is None:
        return add_live_forecast(
            record,
            question_id,
            probability=probability,
            probabilities=probabilities,
            quantiles=quantiles,
            rationale=rationale,
            confidence=confidence,
            expires_at=expires_at,
        )
    question = record.get(Question, question_id, "question")
    forecast = claimed_forecast(
        record,
        question,
        record.by,
        made_at,
        rationale=rationale,
        confidence=confidence,
        expires_at=expires_at,
    )
    return write_values(record, question, forecast, probability, probabilities, quantiles)


@recorded("withdraw")
def withdraw_forecast(record: Record, *, question_id: int, rationale: str = "") -> int:
    """Stop standing by one's forecast. What stood before stays in the record and is scored."""
    question = open_question(record, question_id)
    standing = record.session.exec(
        select(Forecast)
        .where(
            Forecast.question_id == question_id,
            Forecast.forecaster_id == record.by,
            Forecast.forecast_class == "live",
        )
        .order_by(col(Forecast.made_at).desc(), col(Forecast.id).desc())
    ).first()
    expired = standing is not None and (standing.expires_at or record.now) < record.now
    if standing is None or standing.withdrawn or expired:
        raise InvalidInput("question", question_id, "you have no standing forecast to withdraw")
    forecast = _forecast(record, question, "live", record.now, rationale, None, None)
    forecast.withdrawn = True
    return record.insert(forecast)


def add_live_forecast(
    record: Record,
    question_id: int,
    *,
    probability: float | None = None,
    probabilities: Sequence[float] | None = None,
    quantiles: Quantiles | None = None,
    rationale: str = "",
    confidence: str | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Check and write a live forecast; a step of the acts that forecast."""
    question = open_question(record, question_id)
    forecast = _forecast(record, question, "live", record.now, rationale, confidence, expires_at)
    return write_values(record, question, forecast, probability, probabilities, quantiles)


def claimed_forecast(
    record: Record,
    question: Question,
    forecaster_id: int,
    made_at: datetime,
    *,
    rationale: str = "",
    confidence: str | None = None,
    expires_at: datetime | None = None,
) -> Forecast:
    """A retrospective forecast without its values yet; a step of the acts that enter old ones."""
    made = check_instant("made at", made_at)
    if made > record.now:
        raise InvalidInput("made at", made.isoformat(), "lies in the future")
    if made >= question.closes_at:
        raise QuestionClosed(key_of(question), question.closes_at)
    forecast = _forecast(record, question, "retrospective", made, rationale, confidence, expires_at)
    forecast.forecaster_id = forecaster_id
    return forecast


def open_question(record: Record, question_id: int) -> Question:
    """The question, if it still takes live forecasts."""
    question = record.get(Question, question_id, "question")
    resolution = latest_resolution(record, question_id)
    if resolution is not None:
        raise QuestionSettled(question_id, resolution.state)
    if condition_failed(record, question):
        raise QuestionSettled(question_id, "void, because its condition was not met,")
    if record.now >= question.closes_at:
        raise QuestionClosed(question_id, question.closes_at)
    return question


def _forecast(
    record: Record,
    question: Question,
    forecast_class: ForecastClass,
    made_at: datetime,
    rationale: str,
    confidence: str | None,
    expires_at: datetime | None,
) -> Forecast:
    level = None if confidence is None else check_choice("confidence", confidence, CONFIDENCES)
    expiry = None if expires_at is None else check_instant("expiry", expires_at)
    if expiry is not None and expiry <= made_at:
        raise InvalidInput("expiry", expiry.isoformat(), f"must come after {made_at.isoformat()}")
    words = check_text("rationale", rationale, required=False)
    return Forecast(
        question_id=key_of(question),
        forecaster_id=record.by,
        forecast_class=forecast_class,
        made_at=made_at,
        confidence=level,
        expires_at=expiry,
        rationale=record.private(words) if words else None,
        recorded_at=record.now,
        recorded_by=record.by,
    )


def write_values(
    record: Record,
    question: Question,
    forecast: Forecast,
    probability: float | None,
    probabilities: Sequence[float] | None,
    quantiles: Quantiles | None,
) -> int:
    """Write the forecast with the one kind of values that its question takes."""
    given = {
        "probability": probability,
        "probabilities": probabilities,
        "quantiles": quantiles,
    }
    wanted = {"binary": "probability", "numeric": "quantiles"}.get(question.kind, "probabilities")
    for field, value in given.items():
        if (value is not None) != (field == wanted):
            raise InvalidInput(
                field, value, f"a {question.kind.replace('_', '-')} question takes {wanted}"
            )
    if probability is not None:
        forecast.probability = check_probability(probability, field="probability")
        return record.insert(forecast)
    if probabilities is not None:
        shares = check_probabilities(probabilities, options_of(record, question))
        forecast_id = record.insert(forecast)
        for position, share in enumerate(shares):
            record.add(
                ForecastOption(forecast_id=forecast_id, position=position, probability=share)
            )
        return forecast_id
    checked = _check_quantiles(question, quantiles or ())
    forecast_id = record.insert(forecast)
    for level, value in checked:
        record.add(ForecastQuantile(forecast_id=forecast_id, level=level, value=value))
    return forecast_id


def _check_quantiles(question: Question, quantiles: Quantiles) -> list[tuple[float, float]]:
    if not quantiles:
        raise InvalidInput("quantiles", "", "give at least one level and value")
    previous: tuple[float, float] | None = None
    for level, value in quantiles:
        if not 0 < level < 1:
            raise InvalidInput("quantile level", level, "must lie between 0 and 1")
        if not math.isfinite(value):
            raise InvalidInput("quantile value", value, "must be a number")
        low, high = question.lower_bound, question.upper_bound
        if (low is not None and value < low) or (high is not None and value > high):
            raise InvalidInput("quantile value", value, f"lies outside {low} to {high}")
        if previous and (level <= previous[0] or value < previous[1]):
            raise InvalidInput(
                "quantile", f"{level:g}: {value:g}", "levels must rise and values must not fall"
            )
        previous = (level, value)
    return [(float(level), float(value) + 0.0) for level, value in quantiles]
