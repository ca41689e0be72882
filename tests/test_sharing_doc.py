"""What docs/sharing.md says is what the program does."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from db.engine import open_engine
from db.session import transaction
from db.tables import APPEND_ONLY, metadata
from forecasts import clock
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.services.roles import LEAST_ROLE

GUIDE = (Path(__file__).parents[1] / "docs" / "sharing.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return found


def test_the_table_of_roles_is_the_programs():
    rows = re.findall(r"^\| (viewer|forecaster|resolver|admin) \| ([^|]+) \|", GUIDE, re.MULTILINE)
    told = {kind.strip(): role for role, kinds in rows for kind in kinds.split(",")}
    assert told == LEAST_ROLE


def test_the_secrets_have_all_that_a_sign_in_needs():
    asked = {"redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url"}
    assert set(tomllib.loads(block("toml"))["auth"]) == asked


@pytest.fixture
def app_engine(postgres_db):
    """The record as the desk's own database role has it, granted as the guide says."""
    owner = open_engine(postgres_db)
    with owner.begin() as connection:
        for statement in block("sql").split(";"):
            if statement.strip():
                connection.execute(text(statement))
    engine = open_engine(make_url(postgres_db).set(username="desk_app").render_as_string(False))
    yield engine
    engine.dispose()
    with owner.begin() as connection:
        connection.execute(text("DROP OWNED BY desk_app"))
        connection.execute(text("DROP ROLE desk_app"))
    owner.dispose()


def test_the_desks_database_role_can_add_and_not_change(app_engine, draft):
    now = clock.now()
    with transaction(app_engine) as session:
        question = draft(closes_at=now + timedelta(days=9))
        key = ask_question(session, Act("ana", now, "1"), draft=question).id
    with transaction(app_engine) as session:
        record_forecast(
            session, Act("ana", now, "2"), question_id=key, probability=0.3, rationale="Why."
        )
    attempts = [
        "UPDATE private_text SET text = 'other'",
        "UPDATE forecaster SET name = 'other'",
        "INSERT INTO alembic_version VALUES ('9999')",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$",
    ]
    for table in APPEND_ONLY:
        column = next(iter(metadata.tables[table].columns)).name
        attempts += [
            f'UPDATE {table} SET "{column}" = "{column}"',
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TRIGGER {table}_refuse_change ON {table}",
            f"DROP TABLE {table} CASCADE",
        ]
    for attempt in attempts:
        refusal = "permission denied|must be owner"
        with pytest.raises(DBAPIError, match=refusal), app_engine.begin() as connection:
            connection.execute(text(attempt))
    print(f"{len(attempts)} of {len(attempts)} refused to the desk's own role")
