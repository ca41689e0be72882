"""The entry behind a forecast: found by halving the log, shown with every forecast."""

import json
import random

import pytest
from sqlmodel import select
from tampering import Owner

from db import entries, ledger
from db.entries import entries_of
from db.ledger import Receipt, canonical
from db.merkle import tree_root
from db.session import reading, transaction
from db.tables import Forecast, Ledger, Question
from forecasts.errors import DatabaseUnavailable
from forecasts.opening import naming_faults
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.notes import clarify_criteria, comment
from forecasts.services.questions import ask_question
from forecasts.views.question import question


@pytest.fixture
def busy(desk, draft):
    """Many acts of other kinds between few forecasts, so that halves without any occur."""
    asked = desk.do(ask_question, draft=draft()).id
    rng = random.Random(7)
    with transaction(desk.engine) as session:
        for number in range(50):
            act = Act("ana", desk.now, f"act {number}")
            if rng.random() < 0.2:
                record_forecast(session, act, question_id=asked, probability=number / 50)
            else:
                comment(session, act, question_id=asked, text=f"words {number}")
                words = f'no ["forecast",{{"id":{number}}}] at all'
                act = Act("ana", desk.now, f"note {number}")
                clarify_criteria(session, act, question_id=asked, text=words)
    return desk


def brute_force(session) -> dict[int, int]:
    found = {}
    for row in session.exec(select(Ledger)).all():
        for key in entries.Entry(row.seq, row.body, row.leaf).ids("forecast"):
            found[key] = row.seq
    return found


def test_every_forecast_is_found_however_the_log_is_halved(busy, monkeypatch):
    with reading(busy.engine) as session:
        expected = brute_force(session)
        ids = list(session.exec(select(Forecast.id)))
        assert set(expected) == set(ids)
        for at_once in (1, 4, 25, 1000):
            monkeypatch.setattr(entries, "AT_ONCE", at_once)
            found = entries_of(session, "forecast", [*ids, 999, -4])
            assert {key: entry.seq for key, entry in found.items()} == expected
            one = ids[len(ids) // 2]
            assert entries_of(session, "forecast", [one])[one].seq == expected[one]
            assert entries_of(session, "forecast", []) == {}
            assert set(entries_of(session, "question", session.exec(select(Question.id)))) == {1}


def test_a_repeated_act_gets_the_receipt_it_got(desk, draft):
    """The root is that of the log as it was, however much was recorded since."""
    asked = desk.do(ask_question, draft=draft()).id

    def repeat(number: int) -> Receipt:
        with transaction(desk.engine) as session:
            act = Act("ana", desk.now, f"act {number}")
            return record_forecast(session, act, question_id=asked, probability=number / 50)

    first = [repeat(number) for number in range(17)]
    assert [repeat(number) for number in range(17)] == first
    with reading(desk.engine) as session:
        leaves = [row.leaf for row in session.exec(select(Ledger).order_by(Ledger.seq))]
    assert [one.root for one in first] == [tree_root(leaves[: one.seq]).hex() for one in first]


def test_no_entry_is_believed_about_the_root_of_the_others(desk, draft):
    """Whoever may add entries could write anything into one."""
    asked = desk.do(ask_question, draft=draft()).id
    first = desk.do(record_forecast, key="k", question_id=asked, probability=0.25)
    desk.do(record_forecast, key="next", question_id=asked, probability=0.5)
    owner = Owner(desk.engine.url.render_as_string(hide_password=False))
    with owner.unguarded():
        seq, _, body = owner.entries()[-1]
        owner.write_body(seq, canonical(json.loads(body) | {"root": "no root"}), leaf=True)
        owner.rehash()
    owner.link.close()
    assert desk.do(record_forecast, key="k", question_id=asked, probability=0.25) == first
    with reading(desk.engine) as session:
        leaves = [row.leaf for row in session.exec(select(Ledger).order_by(Ledger.seq))]
        roots = [ledger.root_at(session, size) for size in range(1, len(leaves) + 1)]
    assert roots == [tree_root(leaves[:size]) for size in range(1, len(leaves) + 1)]


def test_an_entry_of_nonsense_hides_no_other(busy, monkeypatch):
    monkeypatch.setattr(entries, "AT_ONCE", 1)
    with reading(busy.engine) as session:
        expected = brute_force(session)
    gone = sorted(expected)[len(expected) // 2]
    owner = Owner(busy.engine.url.render_as_string(hide_password=False))
    with owner.unguarded():
        owner.write_body(expected[gone], 'nonsense ["forecast",{', leaf=True)
    owner.link.close()
    with reading(busy.engine) as session:
        found = entries_of(session, "forecast", list(expected))
    assert {key: entry.seq for key, entry in found.items()} == {
        key: seq for key, seq in expected.items() if key != gone
    }


@pytest.mark.parametrize("alter", [
    lambda body: "nonsense",
    lambda body: "[]",
    lambda body: canonical({key: body[key] for key in body if key != "subject"}),
    lambda body: canonical(body | {"rows": [["forecast", 5]]}),
    lambda body: canonical(body | {"subject": body["subject"] + 1}),
])  # fmt: skip
def test_an_altered_entry_gives_no_receipt_again(desk, draft, alter):
    asked = desk.do(ask_question, draft=draft()).id
    said = {"key": "k", "question_id": asked, "probability": 0.25}
    receipt = desk.do(record_forecast, **said)
    owner = Owner(desk.engine.url.render_as_string(hide_password=False))
    with owner.unguarded():
        seq, _, body = owner.entries()[-1]
        altered = alter(json.loads(body))
        # Where the hash shows nothing, the text has to be one that no act ever had.
        owner.write_body(seq, altered, leaf="subject" not in altered)
    owner.link.close()
    line = f"^The record at .* cannot be used: entry {receipt.seq} of its log was altered; .*$"
    with pytest.raises(DatabaseUnavailable, match=line), naming_faults():
        desk.do(record_forecast, **said)


def test_a_questions_record_shows_the_entry_of_every_forecast(busy):
    with reading(busy.engine) as session:
        view = question(session, 1, me="ana", now=busy.now)
        leaves = {row.seq: row.leaf.hex() for row in session.exec(select(Ledger)).all()}
        expected = brute_force(session)
    assert {one.id: one.entry for one in view.record} == expected
    assert all(one.leaf == leaves[one.entry] for one in view.record)
