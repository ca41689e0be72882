"""Answers as views give them, made by hand, and the app as a reader meets it."""

import dataclasses
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from forecasts.maths.calibration import (
    Recalibration,
    binned_reliability,
    consistency_band,
    reliability_curve,
)
from forecasts.results.calibration import CalibrationView
from forecasts.results.question import Line, QuestionView
from forecasts.results.questions import QuestionRow
from forecasts.results.scores import ScoreRow, ScoreSettings

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def at(day: int, month: int = 8) -> datetime:
    return datetime(2024, month, day, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit leaves the app as ``__main__``, and a process started later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def row() -> Callable[..., QuestionRow]:
    """A row of the list of questions, changed as a test needs."""

    def make(**changes: Any) -> QuestionRow:
        plain = QuestionRow(
            id=7,
            title="Will the treaty enter into force by 31 December 2024?",
            kind="binary",
            status="open",
            opens_at=at(1, 7),
            closes_at=at(1, 12),
            tags=("alliance",),
            retrospective=False,
            publisher="BISI",
            outcome=None,
            mine=None,
            mine_at=None,
            crowd=None,
            crowd_size=0,
            source=None,
            source_low=None,
            source_high=None,
            change_7d=None,
        )
        return dataclasses.replace(plain, **changes)

    return make


@pytest.fixture
def question_view(row: Callable[..., QuestionRow]) -> Callable[..., QuestionView]:
    """Everything about one question, changed as a test needs; ``row`` changes go into its row."""

    def make(lines: tuple[Line, ...] = (), **changes: Any) -> QuestionView:
        plain = QuestionView(
            row=row(**changes.pop("row", {})),
            options=("yes", "no"),
            background="",
            criteria="Yes if it enters into force.",
            resolution_source="",
            base_rate=None,
            base_rate_class=None,
            zone="UTC",
            unit=None,
            statement=None,
            article=None,
            parent_id=None,
            parent_title=None,
            parent_outcome=None,
            parent_failed=False,
            lines=lines,
            record=(),
            resolutions=(),
            clarifications=(),
            comments=(),
            evidence=(),
            scores=(),
            ends_at=at(1, 12),
        )
        return dataclasses.replace(plain, **changes)

    return make


@pytest.fixture
def calibration_view() -> Callable[..., CalibrationView]:
    """A calibration computed from probabilities and outcomes, one question each."""

    def make(
        probabilities: list[float],
        happened: list[bool],
        *,
        recalibration: Recalibration | None = None,
    ) -> CalibrationView:
        curve = reliability_curve(probabilities, happened) if probabilities else None
        rng = np.random.default_rng(1)
        return CalibrationView(
            who="You",
            entering="every stated forecast",
            curve=curve,
            band=consistency_band(probabilities, rng=rng, replicates=100) if curve else None,
            bins=binned_reliability(probabilities, happened) if curve else (),
            recalibration=recalibration,
            forecasts=len(probabilities),
            questions=len(probabilities),
            left_out=(),
            settings=ScoreSettings(),
        )

    return make


@pytest.fixture
def score_row() -> Callable[..., ScoreRow]:
    """One forecaster's score, changed as a test needs."""

    def make(**changes: Any) -> ScoreRow:
        plain = ScoreRow(
            forecaster_id=1,
            forecaster="ana",
            forecaster_kind="person",
            publisher=None,
            questions=12,
            score=0.142,
            uniform=0.25,
            at_low=None,
            at_high=None,
            coverage=0.86,
            days=300,
            interval=(0.1, 0.2),
        )
        return dataclasses.replace(plain, **changes)

    return make


@pytest.fixture
def app() -> Callable[..., AppTest]:
    """The running app on one page, with query parameters; every run must raise nothing."""

    def open_page(page: str = "today", **parameters: str) -> AppTest:
        st.cache_resource.clear()
        tester = AppTest.from_file(APP, default_timeout=60)
        tester.switch_page(f"screens/{page}.py")
        for name, value in parameters.items():
            tester.query_params[name] = value
        tester.run()
        assert not tester.exception, [raised.value for raised in tester.exception]
        return tester

    return open_page


@pytest.fixture
def page_text() -> Callable[[AppTest], str]:
    """All HTML that a page put on the screen, one string."""

    def text(tester: AppTest) -> str:
        return "\n".join(element.proto.body for element in tester.get("html"))

    return text


@pytest.fixture
def desk(file_desk: Any) -> Any:
    """One kind of database is enough here: pages and browser never see which it is."""
    return file_desk
