"""What the database itself refuses, whatever code writes to it."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import Session

from db.engine import open_engine
from db.revisions import configuration, is_current, revisions
from db.tables import (
    APPEND_ONLY,
    Article,
    ArticleSketch,
    Checkpoint,
    Clarification,
    Comment,
    Evidence,
    Forecast,
    Forecaster,
    ForecastOption,
    ForecastQuantile,
    IndicatorLikelihood,
    IndicatorLink,
    Ledger,
    Naming,
    Narrative,
    PrivateText,
    Question,
    QuestionOption,
    QuestionRelation,
    Redaction,
    Resolution,
    RoleAssignment,
    ScenarioPrior,
    ScenarioPriorShare,
    ScenarioSet,
    Scrub,
    SigningKey,
    Statement,
    StatementDecision,
    Tagging,
    Verification,
    metadata,
)
from db.upgrade import upgrade

AT = datetime(2024, 7, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    """A migrated database on each server, with one forecaster and one question in it."""
    url = request.getfixturevalue("empty_db" if request.param == "sqlite" else "postgres_db")
    engine = open_engine(url)
    with Session(engine) as session, session.begin():
        session.add(Forecaster(handle="u", kind="person", name="a", login="a", recorded_at=AT))
        session.flush()
        session.add(question())
    yield engine
    engine.dispose()


def question(**changes) -> Question:
    values = {
        "kind": "binary",
        "title": "T?",
        "criteria": "C",
        "opens_at": AT,
        "closes_at": AT + timedelta(days=9),
        "recorded_at": AT,
        "recorded_by": 1,
    }
    return Question(**(values | changes))


def forecast(**changes) -> Forecast:
    values = {
        "question_id": 1,
        "forecaster_id": 1,
        "forecast_class": "live",
        "made_at": AT,
        "probability": 0.3,
        "recorded_at": AT,
        "recorded_by": 1,
    }
    return Forecast(**(values | changes))


def resolution(**changes) -> Resolution:
    values = {
        "question_id": 1,
        "version": 1,
        "state": "resolved",
        "outcome": "no",
        "known_at": AT,
        "evidence": "E",
        "recorded_at": AT,
        "recorded_by": 1,
    }
    return Resolution(**(values | changes))


def store(engine, *rows) -> None:
    with Session(engine) as session, session.begin():
        for row in rows:
            session.add(row)
            session.flush()


def test_good_rows_are_taken(database):
    store(database, forecast(), forecast(probability=None, withdrawn=True), resolution())


@pytest.mark.parametrize(
    "row",
    [
        forecast(probability=1.0000001),
        forecast(probability=-0.01),
        forecast(probability=float("inf")),
        forecast(forecast_class="guess"),
        forecast(confidence="very"),
        forecast(withdrawn=True),
        forecast(made_at=AT - timedelta(microseconds=1)),
        forecast(forecast_class="source", made_at=AT + timedelta(days=1)),
        forecast(expires_at=AT),
        forecast(probability_low=0.5, probability_high=0.9),
        forecast(question_id=99),
        forecast(forecaster_id=99),
        forecast(rationale="0" * 64),
        question(kind="ternary"),
        question(title="  "),
        question(criteria=""),
        question(closes_at=AT),
        question(base_rate=0.1),
        question(base_rate=1.1, base_rate_class="all"),
        question(parent_id=1),
        question(lower_bound=2.0, upper_bound=1.0),
        resolution(outcome=None),
        resolution(state="annulled"),
        resolution(version=2),
        resolution(version=0),
        resolution(evidence=" "),
        resolution(known_precision="hour"),
    ],
    ids=repr,
)
def test_bad_rows_are_refused_by_the_database(database, row):
    copy = type(row)(**row.model_dump(exclude_none=True))
    with pytest.raises(IntegrityError):
        store(database, copy)


def test_a_range_around_no_number_is_refused(database):
    """SQLite keeps NaN as NULL, and NULL passes every range check."""
    with pytest.raises(IntegrityError):
        store(
            database, forecast(probability=float("nan"), probability_low=0.1, probability_high=0.9)
        )


def test_a_text_in_a_number_is_refused(database):
    insert = text("INSERT INTO forecast_quantile VALUES (1, 0.5, :value)")
    store(database, forecast())
    with pytest.raises(DBAPIError), database.begin() as connection:
        connection.execute(insert, {"value": "much"})


def test_a_time_without_a_zone_is_refused(database):
    with pytest.raises(StatementError):
        store(database, forecast(made_at=AT.replace(tzinfo=None)))


def test_a_question_has_one_resolution_of_each_version(database):
    store(database, resolution())
    with pytest.raises(IntegrityError):
        store(database, resolution(outcome="yes"))


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_recorded_is_neither_changed_nor_removed(database, table):
    column = next(iter(metadata.tables[table].columns)).name
    fill(database)
    for attempt in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="append-only"), database.begin() as connection:
            connection.execute(text(attempt))  # names are constants of the code


def test_the_log_takes_the_next_number_only(database):
    fill(database)
    leaf = b"0" * 32
    insert = text("INSERT INTO ledger VALUES (:seq, :key, 'body', :leaf)")
    for seq in (1, 3, 7):
        with pytest.raises(DBAPIError, match="next number"), database.begin() as connection:
            connection.execute(insert, {"seq": seq, "key": f"k{seq}", "leaf": leaf})
    with database.begin() as connection:
        connection.execute(insert, {"seq": 2, "key": "k2", "leaf": leaf})


def fill(database) -> None:
    """At least one row in every append-only table, through the tables' own columns."""
    store(
        database,
        PrivateText(commitment="c" * 64, salt=b"s", text="t"),
        Naming(forecaster_id=1, commitment="c" * 64, recorded_at=AT),
        Article(title="A", text="abc", content_sha256="0" * 64, recorded_at=AT, recorded_by=1),
        Statement(
            article_id=1, start=0, end=3, quote="abc", hedge="may", polarity="affirm",
            probability=0.4, probability_low=0.2, probability_high=0.5, scale="s", speaker="x",
            speaker_kind="named", found_by="reader", recorded_at=AT, recorded_by=1,
        ),
        StatementDecision(
            statement_id=1, version=1, decision="dismissed", reason="r", recorded_at=AT,
            recorded_by=1,
        ),
        QuestionOption(question_id=1, position=0, name="a"),
        Tagging(question_id=1, tag="t", recorded_at=AT, recorded_by=1),
        forecast(),
        ForecastOption(forecast_id=1, position=0, probability=0.5),
        ForecastQuantile(forecast_id=1, level=0.5, value=1.0),
        resolution(),
        Clarification(question_id=1, text="t", recorded_at=AT, recorded_by=1),
        Comment(question_id=1, text="c" * 64, recorded_at=AT, recorded_by=1),
        Evidence(question_id=1, text="t", recorded_at=AT, recorded_by=1),
        RoleAssignment(
            forecaster_id=1, version=1, role="admin", reason="r", recorded_at=AT, recorded_by=1
        ),
        Redaction(forecaster_id=1, reason="r", recorded_at=AT, recorded_by=1),
        Scrub(redaction_id=1, made_at=AT),
        Ledger(seq=1, event_id="e", body="b", leaf=b"0" * 32),
        SigningKey(public_key="0" * 64, recorded_at=AT, recorded_by=1),
        Checkpoint(size=1, note="n", made_at=AT),
        ArticleSketch(article_id=1, sketch=b"0" * 512),
        question(title="U?", kind="multiple_choice"),
        ScenarioSet(question_id=2, recorded_at=AT, recorded_by=1),
        Narrative(set_id=2, position=0, version=1, text="t", recorded_at=AT, recorded_by=1),
        ScenarioPrior(set_id=2, version=1, dated_at=AT, recorded_at=AT, recorded_by=1),
        ScenarioPriorShare(prior_id=1, position=0, probability=1.0),
        IndicatorLink(set_id=2, question_id=1, version=1, recorded_at=AT, recorded_by=1),
        IndicatorLikelihood(indicator_id=1, scenario=0, outcome=0, probability=0.5),
        QuestionRelation(
            kind="implies", first_id=1, first_outcome="yes", second_id=2, second_outcome="a",
            version=1, recorded_at=AT, recorded_by=1,
        ),
        Verification(made_at=AT, size=1, root=b"0" * 32, findings=0),
    )  # fmt: skip


def test_truncating_is_refused_too(postgres_db):
    engine = open_engine(postgres_db)
    for table in APPEND_ONLY:
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {table} CASCADE"))
    engine.dispose()


def test_replacing_is_refused_too(empty_db):
    engine = open_engine(empty_db)
    with Session(engine) as session, session.begin():
        session.add(Forecaster(handle="u", kind="person", name="a", login="a", recorded_at=AT))
        session.flush()
        session.add(question())
    fill(engine)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("INSERT OR REPLACE INTO forecast SELECT * FROM forecast"))
    engine.dispose()


def test_the_migrations_make_the_tables_of_the_code(database):
    with database.connect() as connection:
        command.check(configuration(connection))
        known = ScriptDirectory.from_config(configuration(connection))
    assert [one.revision for one in known.walk_revisions()] == revisions()[::-1]
    assert is_current(database)
    upgrade(database)  # a second time changes nothing


def test_every_constraint_has_a_name(database):
    inspector = inspect(database)
    made = {}
    if database.dialect.name == "sqlite":
        with database.connect() as connection:
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master")
            made = {row.name: row.sql for row in rows}
    for table in metadata.tables:
        for kind in ("check_constraints", "unique_constraints", "foreign_keys"):
            for found in getattr(inspector, f"get_{kind}")(table):
                # SQLAlchemy does not read the name of a key that came with its column.
                named = f"CONSTRAINT fk_{table}_own_words REFERENCES private_text"
                added = found.get("constrained_columns") == ["own_words"]
                assert found["name"] or (added and named in made[table]), (table, kind, found)
