"""Rows from elsewhere: every one entered as retrospective, or refused by name."""

import json
import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from db.session import reading
from db.tables import (
    Forecast,
    Forecaster,
    ForecastOption,
    ForecastQuantile,
    Ledger,
    Question,
    Resolution,
)
from db.verification import verify
from forecasts.errors import ImportRefused, InvalidInput, KeyReused, NotAllowed
from forecasts.exchange.claim_files import MOST_ROWS, read_claims
from forecasts.exchange.record_files import FORECASTS, QUESTIONS, UNSCORED
from forecasts.keeping import export_record
from forecasts.services import acts
from forecasts.services.entered_files import earlier_entry
from forecasts.services.erasure import erase
from forecasts.services.forecasts import record_forecast
from forecasts.services.importing import import_claims
from forecasts.services.people import assign_role
from forecasts.services.questions import ask_question
from forecasts.views.people import person_id
from forecasts.views.scores import scoreboard
from forecasts.views.scoring import settings_of

ASKED = """question_id,kind,options,opened_at,closes_at,known_at,outcome,zone,title
q1,binary,,2024-01-01T00:00Z,2024-02-01T00:00Z,2024-01-20T12:00Z,yes,,Will it?
q2,multiple_choice,a|b|=c,2024-01-01T00:00Z,2024-02-01T00:00Z,,'=c,Asia/Seoul,
q3,numeric,,2024-01-01T00:00Z,2024-02-01T00:00Z,,-3.5,,How many?
q4,ordered,low|high,2024-01-01T00:00Z,2099-02-01T00:00Z,,,,Open
"""
SAID = """\
question_id,forecaster,forecaster_kind,made_at,expires_at,option,probability,quantile,value
q1,ana,person,2024-01-05T00:00:00.000001Z,2025-01-05T00:00Z,,0.25,,
q1,ana,,2024-01-06T01:00+01:00,,,,,
q1,'=bot,model,2024-01-05T00:00Z,,yes,1e-3,,
q2,Paper,source,2024-01-05T00:00Z,,b,0.3,,
q2,Paper,source,2024-01-05T00:00Z,,a,0.2,,
q2,Paper,source,2024-01-05T00:00Z,,'=c,0.5,,
q3,bob,,2024-01-05T00:00Z,,,,0.9,7
q3,bob,,2024-01-05T00:00Z,,,,0.1,-7
"""


@pytest.fixture
def files(tmp_path):
    """Write questions and forecasts; returns what was read of them."""

    def read(asked=ASKED, said=SAID):
        questions = tmp_path / QUESTIONS
        if asked is not None:
            questions.write_text(asked)
        (tmp_path / FORECASTS).write_text(said)
        return read_claims(questions if asked is not None else None, [tmp_path / FORECASTS])

    return read


def held(desk, table):
    with Session(desk.engine) as session:
        rows = session.exec(select(table).order_by(*table.__table__.primary_key.columns)).all()
        session.expunge_all()
        return rows


def test_all_kinds_are_entered_as_claimed_and_marked(desk, files):
    desk.later(days=3)
    found = files()
    assert (found.rows, len(found.refused)) == (12, 0)
    desk.do(import_claims, found=found)
    assert {row.forecast_class for row in held(desk, Forecast)} == {"retrospective"}
    assert {row.recorded_at for row in held(desk, Forecast)} == {desk.now}
    assert [row.made_at for row in held(desk, Forecast)][:2] == [
        datetime(2024, 1, 5, 0, 0, 0, 1, UTC),
        datetime(2024, 1, 6, tzinfo=UTC),
    ]
    assert [(row.probability, row.withdrawn) for row in held(desk, Forecast)][:3] == [
        (0.25, False), (None, True), (0.001, False),
    ]  # fmt: skip
    assert [row.probability for row in held(desk, ForecastOption)] == [0.2, 0.3, 0.5]
    assert [(q.level, q.value) for q in held(desk, ForecastQuantile)] == [(0.1, -7.0), (0.9, 7.0)]
    assert [row.outcome for row in held(desk, Resolution)] == ["yes", "=c", "-3.5"]
    assert [row.retrospective for row in held(desk, Question)] == [True, True, True, False]
    kinds = {(row.kind, row.name) for row in held(desk, Forecaster)}
    assert kinds >= {("model", "=bot"), ("source", "Paper"), ("person", "ana"), ("person", "bob")}
    assert verify(desk.engine).total == 0
    by_default = desk.ask(scoreboard, now=desk.now)
    assert (by_default.people, by_default.sources) == ((), ())
    assert desk.ask(
        scoreboard,
        now=desk.now,
        settings=settings_of(retrospective=True, possibilities=False),
    ).people


def test_the_same_files_are_entered_once(desk, files):
    first = desk.do(import_claims, key="same", found=files())
    again = desk.do(import_claims, key="same", found=files())
    assert again == first
    assert len(held(desk, Forecast)) == 5


def test_what_a_file_said_cannot_be_guessed_from_the_log_once_a_person_is_erased(desk, files):
    """Neither the key nor the request is a digest that somebody with a guess could make again."""
    found, digest = files(), "d" * 64
    first = desk.do(import_claims, key="import/one", found=found, files=digest)
    other = files(None, "question_id,forecaster,made_at,probability\n1,zoe,2024-01-09T00:00Z,0.3\n")
    desk.do(import_claims, key="import/two", found=other, files="e" * 64)
    assert [desk.ask(earlier_entry, name) for name in (digest, "e" * 64, "f" * 64)] == [
        "import/one", "import/two", None,
    ]  # fmt: skip
    again = {"key": "import/one", "found": found, "files": digest}
    assert desk.do(import_claims, **again) == first
    with reading(desk.engine) as session:
        bodies = [json.loads(row.body) for row in session.exec(select(Ledger)).all()]
        handle = session.exec(select(Forecaster.handle).where(Forecaster.id == 1)).one()
    guess = ["import", handle, (), {"found": found, "files": digest}, []]
    assert acts._digest(guess) not in {body["request"] for body in bodies}
    desk.do(erase, people=[desk.ask(person_id, "bob")], reason="asked")
    assert desk.ask(earlier_entry, digest) is None
    assert desk.ask(earlier_entry, "e" * 64) == "import/two"  # it did not name him
    with pytest.raises(KeyReused):
        desk.do(import_claims, **again)
    assert verify(desk.engine).total == 0


BAD = [
    ("q1,ana,,2024-01-05T00:00Z,,,1.2,,", "probability '1.2': is not in"),
    ('q1,ana,,2024-01-05T00:00Z,,,"0,35",,', "probability '0,35': is no number"),
    ("q1,ana,,2024-01-05T00:00Z,,,35%,,", "probability '35%': is no number"),
    ("q1,ana,,2024-01-05T00:00Z,,,nan,,", "probability 'nan': is no number"),
    ("q1,ana,,2024-01-05T00:00Z,,,1e999,,", "probability '1e999'"),
    ("q1,ana,,2024-01-05T00:00Z,,no,0.3,,", "option 'no': must be one of yes"),
    ("q1,ana,,2024-01-05T00:00Z,,,,0.5,3", "probability 'None': a binary question takes"),
    ("q1,ana,,2024-01-05,,,0.3,,", "made_at '2024-01-05': write"),
    ("q1,ana,,2024-01-05T00:00,,,0.3,,", "made_at .*: write"),
    ("q1,ana,,2024-13-05T00:00Z,,,0.3,,", "made_at .*: write"),
    ("q1,ana,,2024-02-01T00:00Z,,,0.3,,", "made_at .*: is not before the close"),
    ("q1,ana,,2031-01-05T00:00Z,,,0.3,,", "lies in the future"),
    ("q9,ana,,2024-01-05T00:00Z,,,0.3,,", "question_id 'q9': is not among"),
    (" ,ana,,2024-01-05T00:00Z,,,0.3,,", "question_id '': must not be empty"),
    ("q1,,,2024-01-05T00:00Z,,,0.3,,", "forecaster '': must not be empty"),
    ("q1,a|b,,2024-01-05T00:00Z,,,0.3,,", "forecaster 'a|b': is no login"),
    ("q1,ana,robot,2024-01-05T00:00Z,,,0.3,,", "forecaster_kind 'robot': must be one of"),
    ("q2,ana,,2024-01-05T00:00Z,,x,0.3,,", "option 'x': must be one of a, b, =c"),
    ("q2,ana,,2024-01-05T00:00Z,,a,0.3,,", "option 'b': is missing"),
    ("q3,ana,,2024-01-05T00:00Z,,,,0.5,", "quantile '0.5': quantile and value belong"),
    ("q3,ana,,2024-01-05T00:00Z,,,,1.5,3", "quantile level '1.5'"),
    ("q3,ana,,2024-01-05T00:00Z,,,0.3,0.5,3", "quantile '0.5': stands beside"),
    ("q3,ana,,2024-01-05T00:00Z,,,0.3,,", "probability '0.3': a numeric question takes"),
]


@pytest.mark.parametrize(("line", "named"), BAD, ids=[line for line, _ in BAD])
def test_a_bad_row_is_named_and_nothing_is_entered(desk, files, line, named):
    found = files(said=SAID + line + "\n")
    with pytest.raises(ImportRefused, match="Nothing was entered: 1 of 13 rows") as caught:
        desk.do(import_claims, found=found)
    (one,) = caught.value.refused
    assert (one.file, one.line) == (FORECASTS, 10)
    assert re.search(named.replace("|", r"\|"), str(one)), str(one)
    assert held(desk, Question) == held(desk, Forecaster) == []
    desk.do(import_claims, found=found.without(caught.value.refused))
    assert len(held(desk, Forecast)) == 5


def test_the_rows_of_a_broken_forecast_go_together(desk, files):
    """A level that cannot be read must not leave a forecast of the other levels behind."""
    said = SAID.splitlines()[0] + "\n" + "".join(
        f"q3,ana,,2024-01-05T00:00Z,,,,{level},{value}\n"
        for level, value in ((0.1, 1), (0.5, "x"), (0.9, 3))
    )  # fmt: skip
    with pytest.raises(ImportRefused) as caught:
        desk.do(import_claims, found=files(said=said))
    assert [one.line for one in caught.value.refused] == [2, 3, 4]


def test_a_refused_question_takes_its_forecasts_with_it(desk, files):
    asked = ASKED.replace("q1,binary", "q1,ternary").replace("-3.5", "many")
    found = files(asked=asked)
    with pytest.raises(ImportRefused) as caught:
        desk.do(import_claims, found=found)
    places = Counter(one.file for one in caught.value.refused)
    assert places == {QUESTIONS: 2, FORECASTS: 5}
    left = found.without(caught.value.refused)
    assert sum(len(one.places) for one in left.claims) + len(left.asked) == 12 - 7


def test_without_questions_the_numbers_are_those_of_the_record(desk, files, draft):
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, by="ana", question_id=key, probability=0.5)
    desk.later(days=1)
    said = "question_id,forecaster,made_at,probability\n1,ana,2024-07-11T00:00Z,0.3\n"
    desk.do(import_claims, found=files(None, said))
    assert [row.forecaster_id for row in held(desk, Forecast)] == [1, 1]
    for bad in ("2", "one", "1.0", "-1", "99999999999999999999"):
        with pytest.raises(ImportRefused) as caught:
            desk.do(import_claims, found=files(None, said.replace("\n1,", f"\n{bad},")))
        assert caught.value.refused[0].field == "question_id"


def test_nobody_enters_forecasts_for_others_without_the_right(desk, files):
    desk.do(assign_role, by="boss", login="boss", role="admin", reason="r")
    with pytest.raises(NotAllowed):
        desk.do(import_claims, by="mallory", found=files())
    assert held(desk, Forecast) == []


def test_too_many_rows_are_refused_as_they_are_read(files):
    said = SAID.splitlines()[0] + "\n" + "q1,ana,,2024-01-05T00:00Z,,,0.3,,\n" * MOST_ROWS
    with pytest.raises(InvalidInput, match=r"line 9998.*more than 10,000 rows"):
        files(said=said)


def test_an_empty_file_enters_nothing(desk, files):
    with pytest.raises(InvalidInput, match="nothing to enter"):
        desk.do(import_claims, found=files(None, SAID.splitlines()[0] + "\n"))


CELLS = st.sampled_from(["q1", "q2", "q3", "q4", "q9", "", "ana", "2024-01-05T00:00Z", "0.3", "1"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=9, max_size=9), max_size=8))
def test_accepted_and_refused_rows_are_the_rows_read(tmp_path, rows):
    """Whatever stands in the cells: each row read is in one claim or refused once."""
    good = SAID.splitlines()
    path = tmp_path / FORECASTS
    path.write_text("\n".join([*good, *(",".join(row) for row in rows)]) + "\n")
    found = read_claims(None, [path])
    places = [place.line for one in found.claims for place in one.places]
    assert sorted(places + [one.line for one in found.refused]) == list(range(2, found.rows + 2))
    assert found.rows == len(good) - 1 + len(rows)


def test_an_export_enters_another_record_as_claims(rich, desk, tmp_path):
    """Nothing that was live elsewhere is live here."""
    export_record(rich.engine, tmp_path / "out")
    out = tmp_path / "out"
    found = read_claims(out / QUESTIONS, [out / FORECASTS, out / UNSCORED])
    desk.now = rich.now
    with reading(desk.engine) as session:
        assert session.exec(select(Forecast.id)).first() is None
    desk.do(import_claims, found=found)
    with reading(rich.engine) as session:
        numbers = session.exec(select(Forecast.probability).order_by(col(Forecast.made_at))).all()
    assert sorted(map(str, numbers)) == sorted(str(row.probability) for row in held(desk, Forecast))
    assert {row.forecast_class for row in held(desk, Forecast)} == {"retrospective"}
    assert verify(desk.engine).total == 0
