"""Loading a million forecasts from a database into columns; it costs more than scoring them."""

import itertools
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from db.engine import open_engine
from db.upgrade import upgrade
from forecasts.maths.engine import Forecasts

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
import postgres_server

MOST = 1_000_000
COLUMNS = "question_id, forecaster_id, made_at, probability"
QUERY = f"SELECT {COLUMNS} FROM forecast"
INSERT = (
    f"INSERT INTO forecast ({COLUMNS}, forecast_class, withdrawn, is_possibility, recorded_at, "
    "recorded_by) VALUES (?, ?, ?, ?, 'live', 0, 0, ?, 1)"
)
Alone = Callable[[str, Callable[[], Any], float | None, float, str], None]


def columns_of(connection: Any) -> Forecasts:
    """The forecasts of an open ADBC connection."""
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        table = cursor.fetch_arrow_table()
    question, forecaster, made, p = (table.column(i).to_numpy() for i in range(4))
    return Forecasts(question, forecaster, made, p)


def compare(folder: Path, rows: Forecasts, alone: Alone) -> None:
    """Load from SQLite and from PostgreSQL, and from SQLite without ADBC."""
    rows = rows.take(slice(0, MOST))
    million = len(rows) / 1e6
    path = folder / "desk.db"
    _fill_sqlite(path, rows)
    print(f"\nloading {len(rows):,} forecasts into columns, per million")
    alone("SQLite by ADBC", lambda: _same(_sqlite(path), rows), 1, million, "s")
    alone("SQLite by sqlite3", lambda: _same(_plain(path), rows), None, million, "s")
    with postgres_server.server() as server:
        _fill_postgres(server, rows)
        alone("PostgreSQL by ADBC", lambda: _same(_postgres(server), rows), None, million, "s")


def _same(found: Forecasts, rows: Forecasts) -> None:
    if len(found) != len(rows) or found.probabilities.sum() != rows.probabilities.sum():
        raise ValueError("what was loaded is not what was stored")


def _sqlite(path: Path) -> Forecasts:
    from adbc_driver_sqlite import dbapi

    with dbapi.connect(str(path)) as connection:
        return columns_of(connection)


def _plain(path: Path) -> Forecasts:
    with sqlite3.connect(path) as connection:
        found = np.array(connection.execute(QUERY).fetchall(), dtype=object)
    return Forecasts(
        found[:, 0].astype(np.int32),
        found[:, 1].astype(np.int32),
        found[:, 2].astype(np.int64),
        found[:, 3].astype(np.float64),
    )


def _postgres(server: str) -> Forecasts:
    from adbc_driver_postgresql import dbapi

    with dbapi.connect(f"postgresql:///postgres?host={server}&user=postgres") as connection:
        return columns_of(connection)


def _fill_sqlite(path: Path, rows: Forecasts) -> None:
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    made = rows.made.tolist()
    values = zip(
        rows.question.tolist(),
        rows.forecaster.tolist(),
        made,
        rows.probabilities.tolist(),
        made,
        strict=True,
    )
    with sqlite3.connect(path) as connection:  # foreign keys are not asked for here
        connection.executemany(INSERT, values)


def _fill_postgres(server: str, rows: Forecasts) -> None:
    import psycopg

    columns = (rows.question, rows.forecaster, rows.made, rows.probabilities)
    with psycopg.connect(host=server, user="postgres", dbname="postgres") as connection:
        connection.execute(
            "CREATE TABLE forecast (question_id integer, forecaster_id integer, "
            "made_at bigint, probability double precision)"
        )
        with connection.cursor().copy(f"COPY forecast ({COLUMNS}) FROM STDIN") as copy:
            for row in itertools.zip_longest(*(column.tolist() for column in columns)):
                copy.write_row(row)
