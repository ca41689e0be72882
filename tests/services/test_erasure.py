"""A person's words and name leave the record and its files; the log still verifies."""

import hashlib
import json

import pytest
from database_files import found_in_files
from sqlalchemy import func, select
from sqlmodel import Session

from db.erasing import is_scrubbed, scrub
from db.ledger import canonical
from db.session import reading
from db.tables import (
    Comment,
    Forecaster,
    Ledger,
    Naming,
    PrivateText,
    Redaction,
    RoleAssignment,
    metadata,
)
from db.verification import verify
from forecasts.errors import InvalidInput, KeyReused, NotFound
from forecasts.services.erasure import erase, left_to_erase, words_of
from forecasts.services.forecasts import record_forecast
from forecasts.services.notes import comment
from forecasts.services.people import assign_role, enter
from forecasts.services.questions import ask_question
from forecasts.services.roles import role_of
from forecasts.views.people import person_id

WORDS = "xylophone quagmire"
NAME = "Zebedee Kumquat"


@pytest.fixture
def written(desk, draft):
    """A question on which Zebedee said, commented and explained things, and Ana too."""
    question = desk.do(ask_question, draft=draft()).id
    for who in (NAME, "ana"):
        for turn in range(3):
            said = f"{who}: {WORDS} {turn}" if who == NAME else f"kept {turn}"
            desk.later(hours=1).do(
                record_forecast, by=who, question_id=question, probability=0.3, rationale=said
            )
        desk.do(comment, by=who, question_id=question, text=said)
    return desk


def who(desk, login):
    return desk.ask(person_id, login)


def texts(desk):
    with reading(desk.engine) as session:
        return sorted(text or "" for text in session.scalars(select(PrivateText.text)))


def forecasts(desk):
    with reading(desk.engine) as session:
        return session.execute(metadata.tables["forecast"].select()).all()


def test_a_person_is_erased_from_record_and_files(written):
    person, before = who(written, NAME), forecasts(written)
    assert found_in_files(written, WORDS)
    assert found_in_files(written, NAME)
    written.do(erase, people=[person], reason="asked for")
    with reading(written.engine) as session:
        assert not is_scrubbed(session)
    scrub(written.engine, now=written.now)
    with reading(written.engine) as session:
        assert is_scrubbed(session)
    assert not found_in_files(written, WORDS)
    assert not found_in_files(written, NAME)
    named = '["ana","ana"]'
    assert texts(written) == ["", "", "", "", "", named, "kept 0", "kept 1", "kept 2", "kept 2"]
    assert who(written, NAME) is None
    assert forecasts(written) == before  # numbers and times are never erased
    assert verify(written.engine).total == 0
    with reading(written.engine) as session:
        row = session.get_one(Forecaster, person)
        assert row.name == row.login == row.handle
        reasons = session.execute(select(Redaction.reason, Redaction.recorded_by)).all()
        assert reasons == [("asked for", who(written, "ana"))] * 6
    written.do(comment, by=NAME, question_id=1, text="Back again.")  # as somebody new
    assert who(written, NAME) not in (None, person)
    assert verify(written.engine).total == 0


def test_a_name_goes_with_the_person_only(written):
    with Session(written.engine) as session:
        commitment = session.scalars(select(Naming.commitment)).first()
    with pytest.raises(InvalidInput, match="is a person's name, which goes with the person"):
        written.do(erase, commitments=[commitment], reason="r")


def test_one_text_is_erased_and_the_rest_stays(written):
    with Session(written.engine) as session:
        commitment = words_of(session, who(written, NAME))[0].commitment
    written.do(erase, commitments=[commitment], reason="a slip")
    assert texts(written).count("") == 1
    assert who(written, NAME) is not None
    assert verify(written.engine).total == 0


def test_what_a_person_wrote_is_found_in_every_table_that_holds_words():
    """A column to come that points at private texts must not be forgotten."""
    words = metadata.tables["private_text"].c.commitment
    holding = {
        table.name
        for table in metadata.sorted_tables
        for column in table.c
        if column.references(words)
    }
    assert holding == {
        "comment", "evidence", "forecast", "indicator", "naming", "narrative", "redaction",
        "relation", "scenario_prior", "statement_decision",
    }  # fmt: skip
    for name in holding - {"redaction"}:
        columns = metadata.tables[name].c
        assert "recorded_by" in columns or "forecaster_id" in columns


def test_what_cannot_be_erased_is_refused_and_nothing_changes(written):
    person = who(written, NAME)
    before = texts(written)
    for request, refusal, field in (
        ({}, InvalidInput, "people"),
        ({"people": [99]}, NotFound, "person"),
        ({"people": [person], "commitments": ["0" * 64]}, NotFound, "private text"),
        ({"people": [person], "reason": " "}, InvalidInput, "reason"),
    ):
        with pytest.raises(refusal, match=field):
            written.do(erase, **({"reason": "r"} | request))
    assert texts(written) == before
    written.do(erase, people=[person], reason="r")
    with pytest.raises(InvalidInput, match="erased already"):
        written.do(erase, people=[person], reason="r")


def test_a_source_is_not_erased(rich):
    with reading(rich.engine) as session:
        source = session.scalar(select(func.min(Forecaster.id)).where(Forecaster.kind == "source"))
    with pytest.raises(InvalidInput, match="only persons"):
        rich.do(erase, people=[source], reason="r")


def test_the_last_admin_is_not_erased(written):
    written.do(assign_role, login="ana", role="admin", reason="first")
    with pytest.raises(InvalidInput, match="person 'ana': is the record's last admin"):
        written.do(erase, people=[who(written, "ana")], reason="r")
    written.do(assign_role, login=NAME, role="admin", reason="second")
    written.do(erase, people=[who(written, "ana")], reason="r")
    assert who(written, "ana") is None


def test_a_role_ends_with_the_person_and_nobody_acts_under_the_handle(written):
    ana = who(written, "ana")
    written.do(assign_role, login="ana", role="admin", reason="first")
    written.do(assign_role, login=NAME, role="admin", reason="second")
    written.do(erase, by=NAME, people=[ana], reason="asked")
    with reading(written.engine) as session:
        handle = session.get_one(Forecaster, ana).handle
        held = session.exec(select(RoleAssignment).where(RoleAssignment.forecaster_id == ana))
        assert [(row.role, row.reason) for (row,) in held] == [
            ("admin", "first"), ("viewer", "asked"),
        ]  # fmt: skip
        assert role_of(session, handle) == "viewer"
    with pytest.raises(InvalidInput, match="was erased"):
        written.do(enter, by=handle)
    with pytest.raises(InvalidInput, match="was erased"):
        written.do(assign_role, by=NAME, login=handle, role="admin", reason="r")
    with pytest.raises(InvalidInput, match="last admin"):  # the one whose name is gone is none
        written.do(erase, by=NAME, people=[who(written, NAME)], reason="r")
    with pytest.raises(InvalidInput, match="without an admin"):
        written.do(assign_role, by=NAME, login=NAME, role="viewer", reason="r")
    assert verify(written.engine).total == 0


def test_only_what_is_left_is_erased_again(written):
    person = who(written, NAME)
    with Session(written.engine) as session:
        commitments = [row.commitment for row in words_of(session, person)]
        assert left_to_erase(session, [person, 99], ["0" * 64, *commitments]) == (
            [person],
            commitments,
        )
    written.do(erase, people=[person], reason="r")
    with Session(written.engine) as session:
        assert left_to_erase(session, [person], commitments) == ([], [])


def test_what_is_erased_cannot_be_guessed_from_the_log(desk, draft):
    question = desk.do(ask_question, draft=draft()).id
    sent = {"question_id": question, "text": "short"}
    receipts = [desk.do(comment, by=who, **sent) for who in ("ana", "bo")]
    again = desk.do(comment, by="ana", key=receipts[0].event_id, **sent)
    assert again == receipts[0]
    with reading(desk.engine) as session:
        bodies = [body for (body,) in session.execute(select(Ledger.body)).all()]
        said = session.scalars(select(Comment.text).where(Comment.id == receipts[0].id)).one()
    requests = {json.loads(body)["request"] for body in bodies}
    # Without the salts, neither the request as it came nor its parts give the digest.
    for login in ("ana", "bo"):
        guess = canonical(["comment", login, [], sent])
        assert hashlib.sha256(guess.encode()).hexdigest() not in requests
    desk.do(erase, people=(), commitments=(said,), reason="asked for")
    with pytest.raises(KeyReused):
        desk.do(comment, by="ana", key=receipts[0].event_id, **sent)
