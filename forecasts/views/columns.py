"""Every forecast of the record as columns: a million rows are a few arrays, and no objects.

Forecasts are only ever added, with rising ids, by acts that follow one another. What an earlier
look has loaded therefore stays right, and a later look loads the rows with higher ids.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import BigInteger, Integer, Select, case, cast, func, select, type_coerce
from sqlmodel import Session, col

from db.tables import Forecast, ForecastOption
from db.tables.forecast import CLASSES
from forecasts.maths.checks import Bools, Floats, Ints
from forecasts.maths.timeline import NEVER

LIVE, SOURCE, RETROSPECTIVE = (CLASSES.index(name) for name in ("live", "source", "retrospective"))
WIDTH = 2**31
"""More than any id: question * WIDTH + forecaster is one number for both."""

BULK = 20_000
"""From this many rows on, a connection of its own that makes arrays pays: it is 3 times as fast."""

_NONE = -1.0  # a probability that is not there: a driver that infers types takes no NULL for one

Rows = Ints | slice
ALL = slice(None)


@dataclass(frozen=True, slots=True)
class Said:
    """Forecasts sorted by (question, forecaster, made, recorded, id); all of shape (n,).

    Instants are microseconds since the epoch, UTC; a value that is not there is NaN.
    """

    id: Ints
    question: Ints
    forecaster: Ints
    made: Ints
    recorded: Ints
    expires: Ints  # NEVER where there is no expiry
    flags: npt.NDArray[np.int8]  # class + 4 if withdrawn + 8 if a bare may or could
    probability: Floats  # of "yes"; NaN where withdrawn, and on questions that are not binary
    low: Floats
    high: Floats
    share_id: Ints  # shape (s,), increasing: the forecasts over several options
    share_start: Ints  # shape (s,), where each one's shares begin
    shares: Floats

    def classes(self, rows: Rows) -> npt.NDArray[np.int8]:
        """The class of each row: LIVE, SOURCE or RETROSPECTIVE."""
        return self.flags[rows] & 3

    def withdrawn(self, rows: Rows) -> Bools:
        """Which rows take a forecast back."""
        return (self.flags[rows] & 4) > 0

    def possibilities(self, rows: Rows) -> Bools:
        """Which rows are a bare may or could."""
        return (self.flags[rows] & 8) > 0

    def pair(self, rows: Rows) -> Ints:
        """One number for question and forecaster of each row; it does not decrease."""
        return self.question[rows] * WIDTH + self.forecaster[rows]

    def of_question(self, question: int) -> slice:
        """Where a question's rows stand."""
        first, after = np.searchsorted(self.question, [question, question + 1])
        return slice(int(first), int(after))

    def of_questions(self, questions: Iterable[int]) -> Ints:
        """Where the rows of several questions stand, in order."""
        ids = np.array(sorted(questions), dtype=np.int64)
        first, after = (np.searchsorted(self.question, ids, side=s) for s in ("left", "right"))
        sizes = after - first
        begins = np.cumsum(sizes) - sizes
        found: Ints = np.arange(sizes.sum()) + np.repeat(first - begins, sizes)
        return found

    def distributions(self, rows: Ints, options: int, column: str = "probability") -> Floats:
        """What rows on questions with so many options state, (r, options); NaN where withdrawn.

        ``column`` may be ``low`` or ``high``: an end of the words' range, where there is one.
        """
        stated: Floats = getattr(self, column)[rows]
        yes = np.where(np.isnan(stated), self.probability[rows], stated)
        found = np.full((rows.size, options), np.nan)
        if options == 2:
            found[:, 0], found[:, 1] = yes, 1 - yes
        several = np.flatnonzero(np.isnan(yes) & ~self.withdrawn(rows))
        start = self.share_start[np.searchsorted(self.share_id, self.id[rows[several]])]
        found[several] = self.shares[start[:, np.newaxis] + np.arange(options)]
        return found


_ROWS = tuple(field.name for field in fields(Said))[:10]
Query = Select[*tuple[Any, ...]]


def load_said(session: Session, earlier: Said | None = None) -> Said:
    """All forecasts that ``session`` sees; only those that ``earlier`` lacks are loaded."""
    after = 0 if earlier is None else int(earlier.id.max(initial=0))
    last = session.connection().execute(select(func.max(Forecast.id))).scalar() or 0
    if earlier is not None and last <= after:
        return earlier
    # Whatever was added since this look began has a higher id, so a second connection agrees
    # with this one; but rows that this very transaction wrote are on its own connection only.
    found = _in_bulk(session, after, last) if last - after >= BULK else None
    if found is None or found[0][0][-1:].tolist() != [last]:
        found = [_one_by_one(session, query) for query in _queries(after, last)]
    new = _said(*found)
    return new if earlier is None else _merged(earlier, new)


def _queries(after: int, last: int) -> tuple[Query, Query]:
    """The forecasts with ids from ``after`` (without it) to ``last``, and their options."""
    row = Forecast
    flags = (
        case({name: code for code, name in enumerate(CLASSES)}, value=col(row.forecast_class))
        + 4 * cast(row.withdrawn, Integer)
        + 8 * cast(row.is_possibility, Integer)
    )
    instants = (type_coerce(at, BigInteger) for at in (row.made_at, row.recorded_at))
    shares = (row.probability, row.probability_low, row.probability_high)
    forecasts = select(
        col(row.id),
        col(row.question_id),
        col(row.forecaster_id),
        *instants,
        func.coalesce(type_coerce(row.expires_at, BigInteger), NEVER),
        flags,
        *(func.coalesce(share, _NONE) for share in shares),
    ).where(col(row.id) > after, col(row.id) <= last)
    option = ForecastOption
    options = (
        select(col(option.forecast_id), col(option.probability))
        .where(col(option.forecast_id) > after, col(option.forecast_id) <= last)
        .order_by(col(option.forecast_id), col(option.position))
    )
    return forecasts.order_by(col(row.id)), options


def _one_by_one(session: Session, query: Query) -> list[Any]:
    """The columns of a query on the session's own connection."""
    result = session.connection().execute(query)
    names = list(result.keys())
    columns = list(zip(*result.fetchall(), strict=True)) or [()] * len(names)
    return _typed([np.array(column) for column in columns])


def _typed(columns: list[Any]) -> list[Any]:
    """Ids, instants and flags as int64, probabilities as float64: drivers give what is stored."""
    floats = {10: 3, 2: 1}[len(columns)]
    types = [np.int64] * (len(columns) - floats) + [np.float64] * floats
    return [column.astype(kind, copy=False) for column, kind in zip(columns, types, strict=True)]


def _in_bulk(session: Session, after: int, last: int) -> list[list[Any]] | None:
    """The columns of both queries by ADBC; None if other connections find another database.

    Two connections take half of the rows each, in half of the time: they run outside of Python.
    """
    engine = session.connection().engine
    if engine.dialect.name == "postgresql":
        target = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    elif engine.url.database and engine.url.database != ":memory:":
        target = engine.url.database
    else:
        return None
    driver = import_module(f"adbc_driver_{engine.dialect.name}")
    middle = (after + last) // 2

    def half(first: int, stop: int) -> list[list[Any]]:
        queries = (
            str(query.compile(engine, compile_kwargs={"literal_binds": True}))
            for query in _queries(first, stop)
        )
        with driver.connect(target) as database:
            return [_fetched(database, query) for query in queries]

    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(half, (after, middle), (middle, last))
        return [
            [np.concatenate(both) for both in zip(*pair, strict=True)]
            for pair in zip(*halves, strict=True)
        ]


def _fetched(database: Any, query: str) -> list[Any]:
    # Not by ADBC's ``dbapi``, which loads pandas and more: half a second.
    manager, arrow = import_module("adbc_driver_manager"), import_module("pyarrow")
    with (
        manager.AdbcConnection(database) as connection,
        manager.AdbcStatement(connection) as statement,
    ):
        statement.set_sql_query(query)
        stream, _ = statement.execute_query()
        table = arrow.RecordBatchReader.from_stream(stream).read_all()
        return _typed([_array(column.chunks) for column in table.columns])


def _array(chunks: list[Any]) -> Any:
    # Not by ``to_numpy``, which loads pandas too.
    return np.concatenate([np.from_dlpack(chunk) for chunk in chunks]) if chunks else np.empty(0)


def _said(columns: list[Any], shares: list[Any]) -> Said:
    rows = dict(zip(_ROWS, columns, strict=True))
    rows["flags"] = rows["flags"].astype(np.int8)
    for name in ("probability", "low", "high"):
        rows[name] = np.where(rows[name] == _NONE, np.nan, rows[name])
    share_id, share_start = np.unique(shares[0], return_index=True)
    found = Said(**rows, share_id=share_id, share_start=share_start, shares=shares[1])
    # Stable, and the rows come in the order of their ids.
    order = np.lexsort((found.recorded, found.made, found.pair(ALL)))
    # Not column[order], which takes four times as long.
    return replace(found, **{name: column.take(order) for name, column in rows.items()})


def _merged(old: Said, new: Said) -> Said:
    """Put the new rows, all recorded later than the old ones, where they belong."""
    pairs, wanted = old.pair(ALL), new.pair(ALL)
    begins, ends = (np.searchsorted(pairs, wanted, side=side) for side in ("left", "right"))
    places = np.empty(new.id.size, dtype=np.int64)
    for i, (begin, end) in enumerate(zip(begins.tolist(), ends.tolist(), strict=True)):
        # One forecaster's rows on one question are few.
        while end > begin and _is_later(old, end - 1, new, i):
            end -= 1
        places[i] = end
    rows = {name: _inserted(getattr(old, name), places, getattr(new, name)) for name in _ROWS}
    return Said(
        **rows,
        share_id=np.concatenate([old.share_id, new.share_id]),
        share_start=np.concatenate([old.share_start, new.share_start + old.shares.size]),
        shares=np.concatenate([old.shares, new.shares]),
    )


def _inserted(column: Any, places: Ints, values: Any) -> Any:
    """As ``np.insert`` at places that do not decrease, without a mask of every row."""
    bounds = [0, *places.tolist(), column.size]
    pieces = [column[: bounds[1]]]
    for i in range(values.size):
        pieces += [values[i : i + 1], column[bounds[i + 1] : bounds[i + 2]]]
    return np.concatenate(pieces)


def _is_later(old: Said, at: int, new: Said, i: int) -> bool:
    one, other = (old.made[at], old.recorded[at]), (new.made[i], new.recorded[i])
    return bool(one > other)
