"""How a database is opened: the settings that keep what was acknowledged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from db.engine import SQLITE_SETTINGS, database_url, open_engine, wal_is_safe
from db.session import reading, transaction
from db.tables import Forecaster
from db.types import EPOCH, from_us, to_us


def test_every_connection_has_the_settings(empty_db):
    engine = open_engine(empty_db)
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in SQLITE_SETTINGS
        }
        journal = connection.execute(text("PRAGMA journal_mode")).scalar()
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
    engine.dispose()
    assert found == SQLITE_SETTINGS
    safe = wal_is_safe(tuple(int(part) for part in version.split(".")))
    assert journal == ("wal" if safe else "truncate")


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_only_where_commits_survive(version, safe):
    assert wal_is_safe(version) is safe


def test_the_url_comes_from_the_environment_or_the_users_folder(monkeypatch):
    monkeypatch.setenv("FORECASTS_DB", "postgresql+psycopg://desk@host/record")
    assert database_url() == "postgresql+psycopg://desk@host/record"
    monkeypatch.delenv("FORECASTS_DB")
    assert database_url().startswith("sqlite:///")
    assert database_url().endswith("forecast-desk/desk.db")


def test_a_transaction_is_all_or_nothing(empty_db):
    engine = open_engine(empty_db)

    def add(handle):
        return Forecaster(handle=handle, kind="source", name=handle, recorded_at=EPOCH)

    def fail_half_way():
        with transaction(engine) as session:
            session.add(add("first"))
            session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail_half_way()
    with transaction(engine) as session:
        session.add(add("second"))
    with reading(engine) as session:
        assert session.execute(text("SELECT handle FROM forecaster")).scalars().all() == ["second"]
    engine.dispose()


@given(st.integers(-(2**50), 2**50))
def test_instants_keep_every_microsecond(microseconds):
    assert to_us(from_us(microseconds)) == microseconds


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        to_us(from_us(0).replace(tzinfo=None))
