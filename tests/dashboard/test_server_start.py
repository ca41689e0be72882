"""What the server works out before anybody looks."""

import pytest

from dashboard.__main__ import prepare
from db.session import reading
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.views import standing
from forecasts.views.scores import scoreboard
from forecasts.views.snapshot import _snapshots, forget, look


@pytest.fixture
def spoken(file_desk, draft):
    key = file_desk.do(ask_question, draft=draft()).id
    file_desk.do(record_forecast, question_id=key, probability=0.2)
    forget()
    return file_desk


def test_a_large_record_is_loaded_and_scored_before_the_first_visit(spoken, monkeypatch):
    monkeypatch.setattr(standing, "COMPILED_FROM", 2)
    prepare()
    (prepared,) = _snapshots.values()
    known = dict(prepared.answers())
    with reading(spoken.engine) as session:
        assert look(session) is prepared
        assert scoreboard(session, now=spoken.now) in known.values()


def test_a_small_record_is_left_to_the_first_visitor(spoken):
    prepare()
    assert not _snapshots


def test_a_record_that_cannot_be_opened_is_left_to_the_pages(spoken, monkeypatch, tmp_path):
    monkeypatch.setenv("FORECASTS_DB", f"sqlite:///{tmp_path / 'no such folder' / 'desk.db'}")
    prepare()
    assert not _snapshots
