"""The whole record as it is written to files, row by row, in the order of the ids."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Integer, select, type_coerce
from sqlmodel import Session, col

from db.tables import (
    Checkpoint,
    Forecast,
    Forecaster,
    ForecastOption,
    ForecastQuantile,
    Ledger,
    LedgerHead,
    PrivateText,
)
from db.types import from_us, to_us
from forecasts.exchange.record_files import Cells, Name, Note, Parts, Tables, Words
from forecasts.results.terms import ForecastClass
from forecasts.views.loading import Asked, Speaker, load_questions, load_speakers

AT_ONCE = 5_000
SCORED: tuple[ForecastClass, ...] = ("live", "source")
INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


def parts(session: Session) -> Parts:
    """The log and what stands beside it. Each part is read as it is walked."""
    return Parts(_bodies(session), _names(session), _words(session), _notes(session))


def tables(session: Session) -> Tables:
    """What ``forecasts score`` reads, and the forecasts that no score counts by default."""
    questions, speakers = load_questions(session), load_speakers(session)
    labels = _labels(speakers.values())

    def rows(scored: bool) -> Iterator[Cells]:
        return _forecasts(session, questions, speakers, labels, scored=scored)

    return Tables((_question(asked) for asked in questions.values()), rows(True), rows(False))


def head(session: Session) -> tuple[int, bytes]:
    """Size and root of the log; (0, b"") before the first entry."""
    row = session.exec(select(LedgerHead.size, LedgerHead.root)).first()  # type: ignore[call-overload]
    return (0, b"") if row is None else (row[0], bytes(row[1]))


def _walked(session: Session, query: Any) -> Iterator[Any]:
    yield from session.connection().execute(query.execution_options(yield_per=AT_ONCE))


def _bodies(session: Session) -> Iterator[str]:
    query = select(col(Ledger.body)).order_by(col(Ledger.seq))
    return (body for (body,) in _walked(session, query))


def _names(session: Session) -> Iterator[Name]:
    who = Forecaster
    query = (
        select(col(who.handle), col(who.name), col(who.login))
        .where(col(who.kind) == "person")
        .order_by(col(who.id))
    )
    return (Name(*row) for row in _walked(session, query))


def _words(session: Session) -> Iterator[Words]:
    row = PrivateText
    query = select(col(row.commitment), col(row.salt), col(row.text)).order_by(col(row.commitment))
    for commitment, salt, text in _walked(session, query):
        yield Words(commitment, None if salt is None else bytes(salt), text)


def _notes(session: Session) -> Iterator[Note]:
    row = Checkpoint
    query = select(col(row.size), col(row.note), col(row.made_at)).order_by(col(row.size))
    return (Note(size, note, to_us(made)) for size, note, made in _walked(session, query))


def _labels(speakers: Iterable[Speaker]) -> dict[int, str]:
    """A name for each forecaster that no other has: publisher or number are added where needed."""
    everyone = list(speakers)
    names = Counter(one.name for one in everyone)
    longer = {
        one.id: f"{one.name} ({one.publisher})"
        if one.publisher and names[one.name] > 1
        else one.name
        for one in everyone
    }
    counts = Counter(longer.values())
    return {
        key: label if counts[label] == 1 else f"{label} [{key}]" for key, label in longer.items()
    }


def _question(asked: Asked) -> Cells:
    held = asked.resolution
    settled = held is not None and held.state == "resolved" and not asked.parent_failed
    outcome: str | float | None = None
    if settled and held is not None and held.outcome is not None:
        # A number stays a number: no guard is put before its minus.
        outcome = float(held.outcome) if asked.kind == "numeric" else _in_list(held.outcome)
    return (
        str(asked.id),
        asked.kind,
        "" if asked.kind == "numeric" else "|".join(map(_in_list, asked.options)),
        _instant(asked.opens),
        _instant(asked.closes),
        _instant(held.known) if settled and held is not None else None,
        outcome,
        str(asked.zone),
        asked.title,
    )


def _in_list(option: str) -> str:
    """An option as it stands in a list that bars divide."""
    return option.replace("|", "\N{BROKEN BAR}")


def _forecasts(
    session: Session,
    questions: dict[int, Asked],
    speakers: dict[int, Speaker],
    labels: dict[int, str],
    *,
    scored: bool,
) -> Iterator[Cells]:
    """The rows of the forecasts that scores count by default, or of the others."""
    row = Forecast
    last = 0
    while True:
        found = session.connection().execute(
            select(
                type_coerce(row.id, Integer), col(row.question_id), col(row.forecaster_id),
                col(row.forecast_class), col(row.is_possibility), col(row.made_at),
                col(row.recorded_at), col(row.expires_at), col(row.withdrawn),
                col(row.probability),
            )
            .where(col(row.id) > last)
            .order_by(col(row.id))
            .limit(AT_ONCE)
        ).all()  # fmt: skip
        if not found:
            return
        options, quantiles = _values(session, last, found[-1][0])
        last = found[-1][0]
        for key, asked, who, cls, vague, made, recorded, expires, withdrawn, share in found:
            if (cls in SCORED and not vague) != scored:
                continue
            begin = (
                str(asked), labels[who], speakers[who].kind, _instant(to_us(made)),
                _instant(to_us(recorded)), None if expires is None else _instant(to_us(expires)),
            )  # fmt: skip
            if withdrawn or share is not None:
                yield (*begin, None, share, None, None, cls)
            for position, part in options.get(key, ()):
                name = _in_list(questions[asked].options[position])
                yield (*begin, name, part, None, None, cls)
            for level, value in quantiles.get(key, ()):
                yield (*begin, None, None, level, value, cls)


def _values(session: Session, after: int, last: int) -> tuple[Any, Any]:
    """By forecast: its options with their probabilities, its levels with their values."""
    found = []
    for row, key, value in (
        (ForecastOption, ForecastOption.position, ForecastOption.probability),
        (ForecastQuantile, ForecastQuantile.level, ForecastQuantile.value),
    ):
        by_forecast = defaultdict(list)
        owner = col(row.forecast_id)
        for forecast, *pair in session.connection().execute(
            select(owner, col(key), col(value))
            .where(owner > after, owner <= last)
            .order_by(owner, col(key))
        ):
            by_forecast[forecast].append(pair)
        found.append(by_forecast)
    return found[0], found[1]


def _instant(microseconds: int) -> str:
    return from_us(microseconds).strftime(INSTANT)
