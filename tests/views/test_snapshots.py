"""What is kept between two answers, and when it is not."""

import dataclasses
import shutil
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import lived_in
import numpy as np
import pytest
from sqlmodel import Session

from db.engine import open_engine
from db.session import reading, transaction
from forecasts.services.articles import add_article, mark_statement
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question, tag_question
from forecasts.services.resolutions import annul_question, correct_resolution, resolve_question
from forecasts.services.statements import accept_statement, dismiss_statement, reopen_statement
from forecasts.views import columns, scoring
from forecasts.views.answers import Answers
from forecasts.views.calibration import calibration
from forecasts.views.columns import load_said
from forecasts.views.inbox_items import inbox, inbox_items, load_texts
from forecasts.views.loading import load_questions, load_speakers
from forecasts.views.question import question
from forecasts.views.scores import scoreboard
from forecasts.views.scoring import counted, scored, settings_of
from forecasts.views.snapshot import KEPT, _snapshots, forget, look

CLOSE = datetime(2024, 8, 1, tzinfo=UTC)


def seen(desk):
    with reading(desk.engine) as session:
        return look(session)


def same(one, other):
    for name in (*columns._ROWS, "share_id", "share_start", "shares"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_an_unchanged_record_is_neither_loaded_nor_scored_again(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.2)
    first = seen(desk)
    board = desk.ask(scoreboard, now=desk.now)
    assert seen(desk) is first
    assert desk.ask(scoreboard, now=desk.now + timedelta(days=1)) is board


def test_every_act_is_seen(desk, draft):
    key = desk.do(ask_question, draft=draft()).id
    assert desk.ask(scoreboard, now=desk.now).resolved == 0
    desk.do(record_forecast, question_id=key, probability=0.2)
    desk.do(tag_question, question_id=key, add=["asia"])
    assert seen(desk).questions[key].tags == ("asia",)
    desk.now = CLOSE + timedelta(days=1)
    desk.do(resolve_question, question_id=key, outcome="no", known_at=CLOSE, evidence="E.")
    assert desk.ask(scoreboard, now=desk.now).people[0].score < 0.1
    assert desk.ask(question, key, me="ana", now=desk.now).scores[0].score < 0.1


def test_acts_on_open_questions_leave_the_scores_as_they_are(desk, draft):
    """And whatever touches a settled question, or who speaks, does not."""
    keys = [desk.do(ask_question, draft=draft()).id for _ in range(2)]
    for key in keys:
        desk.do(record_forecast, question_id=key, probability=0.2)
    known = desk.now + timedelta(days=4)
    desk.now = known + timedelta(days=1)
    desk.do(resolve_question, question_id=keys[0], outcome="no", known_at=known, evidence="E.")

    def answers():
        views = scoreboard, calibration
        return [desk.ask(view, now=desk.now) for view in views]

    board, curve = answers()
    for act in (
        {"probability": 0.3},
        {"probability": 0.4},
    ):
        desk.do(record_forecast, question_id=keys[1], **act)
        assert [one is other for one, other in zip(answers(), (board, curve), strict=True)] == [
            True, True,
        ]  # fmt: skip
    claimed = known - timedelta(days=2)
    desk.do(record_forecast, question_id=keys[0], probability=0.9, made_at=claimed)
    assert [reason for reason, _ in desk.ask(scoreboard, now=desk.now).left_out] == [
        "retrospective forecasts"
    ]
    desk.do(tag_question, question_id=keys[0], add=["asia"])
    assert desk.ask(scoreboard, now=desk.now, me="ana").heat.tags == (("asia", 1),)
    desk.do(resolve_question, question_id=keys[1], outcome="yes", known_at=known, evidence="E.")
    assert desk.ask(scoreboard, now=desk.now).scored == 2
    kept = seen(desk)
    forget()
    assert desk.ask(scoreboard, now=desk.now).people[0].score == scored_by(kept)


@pytest.mark.parametrize("few", [0, scoring.FEW])
def test_scores_brought_up_to_date_are_those_worked_out_anew(file_desk, draft, monkeypatch, few):
    """Settled, corrected, voided, claimed and tagged, with a look between some of the acts."""
    monkeypatch.setattr(scoring, "FEW", few)  # so that so many acts count as more than a few
    desk = file_desk
    rng = np.random.default_rng(7)
    several = draft(kind="ordered", options=("a", "b", "c"))
    keys = [desk.do(ask_question, draft=several if i % 4 == 0 else draft()).id for i in range(8)]
    for i in range(40):
        share, key = float(rng.integers(101)) / 100, keys[i % 8]
        shares = [share, (1 - share) / 2, (1 - share) / 2]
        said = {"probabilities": shares} if key in keys[::4] else {"probability": share}
        who = ("ana", "bob", "cem")[i % 3]
        desk.later(hours=5).do(record_forecast, by=who, question_id=key, **said)
    opened, desk.now = desk.now, CLOSE + timedelta(days=1)
    about = {"known_at": CLOSE, "evidence": "E."}
    acts = [
        *((resolve_question, {"question_id": key, "outcome": "no", **about}) for key in keys[1:4]),
        (resolve_question, {"question_id": keys[4], "outcome": "b", **about}),
        (record_forecast, {"question_id": keys[2], "probability": 0.9, "made_at": opened}),
        (annul_question, {"question_id": keys[3], "reason": "Void."}),
        (tag_question, {"question_id": keys[1], "add": ["asia"]}),
        (correct_resolution, {"question_id": keys[1], "version": 1, "outcome": "yes",
                              "reason": "R.", **about}),
        (resolve_question, {"question_id": keys[0], "outcome": "a", **about}),
    ]  # fmt: skip
    ways = [
        settings_of(retrospective=False, possibilities=False),
        settings_of(retrospective=True, possibilities=False, before_first="crowd"),
    ]
    brought = 0
    for number, (service, request) in enumerate(acts):
        desk.later(minutes=1).do(service, by="dan" if number == 5 else "ana", **request)
        if number in (1, 6):
            continue  # nobody looks at the scores until after the next act
        grown = seen(desk)
        brought += grown.earlier is not None and len(grown.earlier.answers) == len(ways)
        kept = [(scored(grown, way), counted(grown, way)) for way in ways]
        forget()
        fresh = seen(desk)
        for way, (found, entered) in zip(ways, kept, strict=True):
            equal(found, scored(fresh, way))
            equal(entered, counted(fresh, way))
        remember(grown)
    assert brought >= 5


def equal(one, other):
    for field in dataclasses.fields(one):
        columns_of_both = (getattr(found, field.name) for found in (one, other))
        np.testing.assert_allclose(*columns_of_both, rtol=0, atol=1e-12)


def remember(snapshot):
    """Let the next look continue ``snapshot``."""
    forget()
    _snapshots[snapshot.head] = snapshot


def scored_by(snapshot):
    found = scored(snapshot, settings_of(retrospective=False, possibilities=False))
    return found.score.mean()


def test_what_is_added_goes_where_a_full_load_puts_it(desk, draft):
    """Claimed times, options and several people, loaded act by act and all at once."""
    keys = [desk.do(ask_question, draft=draft()).id for _ in range(2)]
    several = draft(kind="multiple_choice", options=("a", "b", "c"))
    keys.append(desk.do(ask_question, draft=several).id)
    early = desk.now
    rng = np.random.default_rng(3)
    for step in range(30):
        desk.later(hours=1)
        number = int(rng.integers(3))
        claimed = early + timedelta(minutes=int(rng.integers(60))) if step % 3 == 0 else None
        share = float(rng.integers(101)) / 100
        said = {"probability": share}
        if number == 2:
            said = {"probabilities": [share, (1 - share) / 2, (1 - share) / 2]}
        who = ("ana", "bob", "cem")[int(rng.integers(3))]
        desk.do(record_forecast, by=who, question_id=keys[number], made_at=claimed, **said)
        if step % 2:
            grown = seen(desk)
            with Session(desk.engine) as session:
                same(grown.said, load_said(session))
    stated = grown.said.distributions(np.flatnonzero(grown.said.question == keys[2]), 3)
    np.testing.assert_allclose(stated.sum(axis=1), 1)


def test_after_every_kind_of_act_a_look_is_what_a_full_load_gives(file_desk, monkeypatch):
    """What is kept of the look before is kept where the acts since touched nothing of it."""
    act, looks = lived_in.Life.act, []

    def act_and_look(*args, **request):
        found = act(*args, **request)
        looks.append(seen(file_desk))
        with Session(file_desk.engine) as session:
            assert looks[-1].questions == load_questions(session)
            assert looks[-1].speakers == load_speakers(session)
            same(looks[-1].said, load_said(session))
            assert inbox(session) == inbox_items(session, load_texts(session))
        anew = dataclasses.replace(looks[-1], apart=Answers())
        for name in ("outcome", "ends", "options"):
            np.testing.assert_array_equal(getattr(looks[-1], name), getattr(anew, name))
        ids = list(anew.questions)[::2]
        wanted = np.flatnonzero(np.isin(anew.said.question, ids))
        np.testing.assert_array_equal(anew.said.of_questions(reversed(ids)), wanted)
        return found

    monkeypatch.setattr(lived_in.Life, "act", act_and_look)
    lived_in.live(file_desk.engine, "00" * 32)
    kept = sum(one.questions is other.questions for one, other in pairwise(looks))
    assert 3 <= kept < len(looks) - 3


def test_a_decision_leaves_questions_and_texts_as_they_are(desk, draft):
    """And an article, or a statement marked later, is there at the next look."""
    desk.do(ask_question, draft=draft())

    def add(title):
        said = [lived_in.candidate("China will probably protest.")]
        text = f"{lived_in.TEXT} {title}"
        return desk.do(add_article, text=text, title=title, candidates=said).id

    key = add("One")
    waiting = [item.waiting for item in desk.ask(inbox)]
    first = seen(desk)
    desk.do(dismiss_statement, statement_id=1, reason="R.")
    then = seen(desk)
    assert then.questions is first.questions
    assert (then.apart, then.texts) == (first.apart, first.texts)
    assert [waiting, [item.waiting for item in desk.ask(inbox)]] == [[1], [0]]
    desk.do(reopen_statement, statement_id=1)
    assert [item.waiting for item in desk.ask(inbox)] == [1]
    desk.do(mark_statement, article_id=key, candidate=lived_in.candidate("Seoul may protest too."))
    assert [item.waiting for item in desk.ask(inbox)] == [2]
    add("Two")
    assert [(item.head.title, item.waiting) for item in desk.ask(inbox)] == [("Two", 1), ("One", 2)]
    then = seen(desk)
    desk.do(accept_statement, statement_id=1, draft=draft(title="Will it follow?", tags=("asia",)))
    now = seen(desk)
    assert [len(now.questions), now.questions[1] is then.questions[1]] == [2, True]
    assert now.questions[2].tags == ("asia",)
    assert [item.waiting for item in desk.ask(inbox)] == [1, 1]


def test_an_answer_is_worked_out_once_and_keeps_nobody_from_another(file_desk):
    forget()
    snapshot = seen(file_desk)
    begun, go_on = threading.Event(), threading.Event()
    worked = []

    def slow():
        worked.append("slow")
        begun.set()
        assert go_on.wait(20)
        return "made"

    found = []
    ask = [
        threading.Thread(target=lambda: found.append(snapshot.remembered("slow", slow)))
        for _ in range(3)
    ]
    for thread in ask:
        thread.start()
    assert begun.wait(20)
    assert snapshot.remembered("other", lambda: "at once") == "at once"
    go_on.set()
    for thread in ask:
        thread.join()
    assert found == ["made"] * 3
    assert worked == ["slow"]


def test_another_record_under_the_same_name_is_loaded_anew(desk, draft, empty_template, tmp_path):
    """A database may be replaced by a backup, or by one with a longer history of its own."""
    for name in ("one.db", "two.db"):
        shutil.copy(empty_template, tmp_path / name)
    boards = []
    for name, shares in (("one.db", [0.1]), ("two.db", [0.9, 0.8])):
        shutil.copy(tmp_path / name, tmp_path / "in_use.db")
        engine = open_engine(f"sqlite:///{tmp_path / 'in_use.db'}")
        other = type(desk)(engine)
        key = other.do(ask_question, key=f"{name} asks", draft=draft()).id
        for i, share in enumerate(shares):
            other.do(record_forecast, key=f"{name} {i}", question_id=key, probability=share)
        boards.append(seen(other))
        engine.dispose()
    assert [board.said.probability.tolist() for board in boards] == [[0.1], [0.9, 0.8]]


def test_rows_of_an_act_that_is_not_over_are_seen_by_itself_only(desk, draft, monkeypatch):
    monkeypatch.setattr(columns, "BULK", 1)
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.2)
    with transaction(desk.engine) as session:
        session.connection().exec_driver_sql(
            "INSERT INTO forecast (question_id, forecaster_id, forecast_class, made_at, withdrawn, "
            "probability, is_possibility, recorded_at, recorded_by) "
            "SELECT question_id, forecaster_id, forecast_class, made_at + 1, withdrawn, 0.5, "
            "is_possibility, recorded_at + 1, recorded_by FROM forecast"
        )
        assert load_said(session).probability.tolist() == [0.2, 0.5]
        session.rollback()
    assert seen(desk).said.probability.tolist() == [0.2]


def test_few_snapshots_are_kept_and_many_threads_share_them(desk, draft):
    found = []
    for share in (0.1, 0.2, 0.3):
        key = desk.do(ask_question, draft=draft()).id
        desk.do(record_forecast, question_id=key, probability=share)
        threads = [threading.Thread(target=lambda: found.append(seen(desk))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({id(snapshot) for snapshot in found}) == 3
    assert len(_snapshots) <= KEPT


def test_a_look_on_postgresql_is_one_look(desk, postgres_db, draft):
    """What is recorded while a reader reads belongs to the next look."""
    engine = open_engine(postgres_db)
    desk = type(desk)(engine)
    key = desk.do(ask_question, draft=draft()).id
    desk.do(record_forecast, question_id=key, probability=0.2)
    with reading(engine) as session:
        first = look(session)
        desk.later(hours=1).do(record_forecast, question_id=key, probability=0.4)
        assert look(session) is first
        same(load_said(session), first.said)
    assert seen(desk).said.probability.tolist() == [0.2, 0.4]
    engine.dispose()


def test_loading_in_bulk_from_postgresql(desk, postgres_db, draft, monkeypatch):
    engine = open_engine(postgres_db)
    desk = type(desk)(engine)
    several = draft(kind="ordered", options=("a", "b", "c"))
    keys = [desk.do(ask_question, draft=one).id for one in (draft(), several)]
    desk.do(record_forecast, question_id=keys[0], probability=0.2, expires_at=CLOSE)
    desk.do(record_forecast, question_id=keys[1], probabilities=[0.2, 0.3, 0.5])
    with reading(engine) as session:
        one_by_one = load_said(session)
        monkeypatch.setattr(columns, "BULK", 1)
        same(load_said(session), one_by_one)
        assert columns._in_bulk(session, 0, 99) is not None
    engine.dispose()
