"""The probability history: the numbers that are drawn, and what its heading says of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboard.charts.evidence import merged, numbered_evidence
from dashboard.charts.history import history_chart
from dashboard.charts.history_finding import history_finding, history_subtitle
from dashboard.charts.history_frame import standing_until
from dashboard.theme import DARK, LIGHT
from forecasts.results.question import Line, NoteView, QuestionView, ResolutionView
from forecasts.results.terms import PartialDate

Make = Callable[..., QuestionView]


def at(day: int, month: int = 8) -> datetime:
    return datetime(2024, month, day, tzinfo=UTC)


NOW = at(1, 10)
MINE = Line("You", "me", (at(1), at(20)), (0.4, 0.62))
CROWD = Line("Crowd", "crowd", (at(2), at(10)), (0.5, 0.66))
SOURCE = Line("Lily Donahue", "source", (at(11, 7),), (0.68,), 0.55, 0.8, "will likely")


def resolved(outcome: str, known: datetime) -> ResolutionView:
    return ResolutionView(
        version=1,
        state="resolved",
        outcome=outcome,
        known_at=known,
        known_precision="day",
        evidence="It was announced.",
        source_url=None,
        reason=None,
        recorded_at=known,
        recorded_by="ana",
    )


def trace(figure: Any, name: str) -> Any:
    return next(data for data in figure.data if data.name == name)


def shape(figure: Any, name: str) -> Any:
    return next(found for found in figure.layout.shapes if found.name == name)


def texts(figure: Any) -> str:
    return " | ".join(note.text for note in figure.layout.annotations).replace("\u00a0", " ")


def test_steps_are_the_forecasts_and_the_last_stands_to_now(question_view: Make) -> None:
    figure = history_chart(question_view((MINE,)), now=NOW, palette=LIGHT)
    mine = trace(figure, "You")
    assert mine.line.shape == "hv"
    assert list(mine.x) == [at(1), at(20), NOW]
    assert list(mine.y) == [0.4, 0.62, 0.62]
    dots = trace(figure, "You, stated")
    assert list(dots.x) == [at(1), at(20)]
    assert list(dots.y) == [0.4, 0.62]


def test_a_withdrawal_leaves_a_gap(question_view: Make) -> None:
    line = Line("You", "me", (at(1), at(20)), (0.4, None))
    figure = history_chart(question_view((line,)), now=NOW, palette=LIGHT)
    assert list(trace(figure, "You").y) == [0.4, None, None]
    assert "You" not in texts(figure)


def test_after_the_end_nothing_stands_any_longer(question_view: Make) -> None:
    view = question_view((MINE,), ends_at=at(1, 9))
    assert standing_until(view, NOW) == at(1, 9)
    figure = history_chart(view, now=NOW, palette=LIGHT)
    assert list(trace(figure, "You").x)[-1] == at(1, 9)


def test_a_source_is_a_band_over_the_range_of_its_words(question_view: Make) -> None:
    figure = history_chart(question_view((SOURCE,)), now=NOW, palette=DARK)
    band = shape(figure, "range Lily Donahue")
    assert (band.y0, band.y1) == (0.55, 0.8)
    assert (band.x0, band.x1) == (at(11, 7), NOW)
    assert trace(figure, "Lily Donahue").line.dash == "dot"
    assert "Lily Donahue: “will likely”" in texts(figure)


def test_close_and_outcome_are_marked(question_view: Make) -> None:
    known = at(15, 9)
    view = question_view((MINE,), resolutions=(resolved("yes", known),), ends_at=known)
    figure = history_chart(view, now=NOW, palette=LIGHT)
    assert shape(figure, "close").x0 == at(1, 12)
    assert shape(figure, "outcome").x0 == known
    assert shape(figure, "outcome").line.color == LIGHT.yes
    assert "<b>Yes</b>, 15 Sep 2024" in texts(figure)


def test_end_labels_name_the_standing_values_and_keep_apart(question_view: Make) -> None:
    near = Line("Crowd", "crowd", (at(2),), (0.63,))
    figure = history_chart(question_view((MINE, near)), now=NOW, palette=LIGHT)
    labels = [note for note in figure.layout.annotations if note.x == NOW]
    assert {note.text.replace("\u00a0", " ") for note in labels} == {
        "<b>You 62 %</b>",
        "<b>Crowd 63 %</b>",
    }
    first, second = (note.y for note in labels)
    assert abs(first - second) >= 0.08 - 1e-9


def test_names_of_strangers_are_escaped(question_view: Make) -> None:
    hostile = Line("<b>x</b>", "source", (at(11, 7),), (0.68,), 0.55, 0.8, "<i>likely</i>")
    figure = history_chart(question_view((hostile,)), now=NOW, palette=LIGHT)
    assert "<b>x</b>" not in figure.to_json()
    assert "<i>" not in texts(figure)


def test_an_empty_question_draws_without_lines(question_view: Make) -> None:
    figure = history_chart(question_view(), now=NOW, palette=LIGHT)
    assert list(figure.data) == []
    assert history_finding(question_view()) == "No forecast yet. Yours will be the first step."


def note_on(day: date | None, number: int = 1) -> NoteView:
    dated = PartialDate(day, "day") if day else None
    return NoteView(number, f"note {number}", None, dated, NOW, "ana")


def test_evidence_is_numbered_by_its_date_and_close_marks_merge(question_view: Make) -> None:
    notes = (
        note_on(date(2024, 9, 20), 1),
        note_on(date(2024, 7, 28), 3),
        note_on(date(2024, 9, 22), 4),
    )
    numbered = numbered_evidence(question_view(evidence=notes))
    assert [(number, note.id) for number, _, note in numbered] == [(1, 3), (2, 1), (3, 4)]
    assert merged(numbered, timedelta(days=14)) == [(1, 1, at(28, 7)), (2, 3, at(20, 9))]
    figure = history_chart(question_view(evidence=notes), now=NOW, palette=LIGHT)
    assert "<b>1</b>" in texts(figure)
    assert "<b>2–3</b>" in texts(figure)


def test_evidence_without_a_date_stands_where_it_was_attached(question_view: Make) -> None:
    notes = (note_on(date(2024, 9, 20), 1), note_on(None, 2))
    placed = numbered_evidence(question_view(evidence=notes))
    assert [(note.id, place) for _, place, note in placed] == [(1, at(20, 9)), (2, NOW)]
    ended = question_view(evidence=notes, ends_at=NOW - timedelta(days=1))
    assert [note.id for _, _, note in numbered_evidence(ended)] == [1]


@pytest.mark.parametrize(
    ("lines", "changes", "heading"),
    [
        ((MINE,), {}, "You say 62 %"),
        ((MINE, SOURCE), {}, "You say 62 %; the source’s “will likely” stands for 55–80 %"),
        ((MINE, CROWD), {"crowd_size": 3}, "The crowd is above you: 66 % against your 62 %"),
        ((SOURCE,), {}, "The source’s “will likely” stands for 55–80 %"),
        ((CROWD,), {"crowd_size": 3}, "The crowd says 66 %; you have no forecast yet"),
    ],
)
def test_the_heading_says_what_is_drawn(
    question_view: Make, lines: tuple[Line, ...], changes: dict[str, object], heading: str
) -> None:
    found = history_finding(question_view(lines, row=changes))
    assert found.replace("\u00a0", " ") == heading


def test_the_heading_of_a_resolved_question(question_view: Make) -> None:
    view = question_view((MINE, CROWD), resolutions=(resolved("no", at(15, 9)),))
    assert history_finding(view).replace("\u00a0", " ") == (
        "Resolved no: you were at 62 %, the crowd at 66 %"
    )


def test_the_subtitle_explains_the_band(question_view: Make) -> None:
    under = history_subtitle(question_view((SOURCE,))).replace("\u00a0", " ")
    assert "“will likely” stands for, 55–80 %" in under
