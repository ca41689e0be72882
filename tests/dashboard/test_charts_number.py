"""The history of a number: the medians and intervals that are drawn, and what its heading says."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from dashboard.charts.evidence import mark_comments
from dashboard.charts.history_number import number_chart, number_finding, number_subtitle
from dashboard.theme import LIGHT, blank
from forecasts.results.question import Fan, ForecastView, NoteView, QuestionView, ResolutionView
from forecasts.views.fans import fans

Make = Callable[..., QuestionView]


def at(day: int, month: int = 8) -> datetime:
    return datetime(2024, month, day, tzinfo=UTC)


NOW = at(1, 10)
MINE = Fan("You", "me", (at(1), at(20)), (12, 15), (5, 9), (30, 22), (0.9, 0.9))
OTHER = Fan("bob", "other", (at(3),), (11,), (8,), (14,), (0.5,))
NUMBER = {"kind": "numeric"}


def said(day: int, *quantiles: tuple[float, float], who: int = 1, **changes: Any) -> ForecastView:
    values: dict[str, Any] = {
        "id": day, "forecaster_id": who, "forecaster": f"p{who}", "forecaster_kind": "person",
        "cls": "live", "made_at": at(day), "recorded_at": at(day), "withdrawn": False,
        "probabilities": (), "quantiles": quantiles, "probability_low": None,
        "probability_high": None, "is_possibility": False, "hedge": None, "confidence": None,
        "expires_at": None, "rationale": None,
    }  # fmt: skip
    return ForecastView(**(values | changes))


def test_a_fan_is_what_was_stated_and_nothing_is_interpolated() -> None:
    record = [
        said(1, (0.05, 2), (0.25, 4), (0.5, 7), (0.75, 12), (0.95, 30)),
        said(2, (0.25, 5), (0.75, 9), who=2),
        said(3, (0.5, 8)),
        said(4, withdrawn=True),
        said(5, (0.5, 9), cls="retrospective"),
        said(25, (0.5, 99)),
    ]
    mine, other = fans(record, me=1, until=at(25))
    assert (mine.name, mine.role, mine.at) == ("You", "me", (at(1), at(3), at(4)))
    assert mine.median == (7, 8, None)
    assert (mine.low, mine.high, mine.share) == (
        (2, None, None),
        (30, None, None),
        (0.9, None, None),
    )
    assert (other.role, other.median, other.low, other.high) == ("other", (None,), (5,), (9,))
    assert other.share == (0.5,)


def test_an_expiry_ends_what_stood_unless_it_was_replaced_before() -> None:
    record = [said(1, (0.5, 7), expires_at=at(9)), said(3, (0.5, 8), expires_at=at(6))]
    (mine,) = fans(record, me=1, until=at(25))
    assert (mine.at, mine.median) == ((at(1), at(3), at(6)), (7, 8, None))


def test_medians_are_steps_and_the_interval_is_drawn_while_it_stood(question_view: Make) -> None:
    figure = number_chart(question_view(row=NUMBER, fans=(MINE, OTHER)), now=NOW, palette=LIGHT)
    line = next(data for data in figure.data if data.name == "You")
    assert line.line.shape == "hv"
    assert (list(line.x), list(line.y)) == ([at(1), at(20), NOW], [12, 15, 15])
    bands = [data for data in figure.data if data.name == "interval"]
    assert [(list(band.x)[:2], min(band.y), max(band.y)) for band in bands] == [
        ([at(1), at(20)], 5, 30),
        ([at(20), NOW], 9, 22),
    ]


def test_every_line_is_named_where_it_ends_and_near_names_keep_apart(question_view: Make) -> None:
    near = Fan("eve <b>", "other", (at(4),), (15.1,), (None,), (None,), (None,))
    figure = number_chart(
        question_view(row=NUMBER, fans=(MINE, OTHER, near)), now=NOW, palette=LIGHT
    )
    names = {mark.text: mark.y for mark in figure.layout.annotations if mark.x == NOW}
    assert list(names) == ["<b>You 15</b>", "bob 11", "eve &lt;b&gt; 15.1"]
    heights = sorted(names.values())
    assert all(b - a >= 0.08 * (30 - 5) - 1e-6 for a, b in pairwise(heights))
    assert all(5 <= height <= 30 for height in heights)


def test_names_of_equal_numbers_do_not_cover_each_other(question_view: Make) -> None:
    alike = [Fan(n, "other", (at(3),), (7,), (None,), (None,), (None,)) for n in ("ana", "bob")]
    figure = number_chart(question_view(row=NUMBER, fans=alike), now=NOW, palette=LIGHT)
    low, high = sorted(mark.y for mark in figure.layout.annotations if mark.x == NOW)
    assert low < 7 < high


@pytest.mark.parametrize(
    ("drawn", "heading"),
    [
        ((MINE, OTHER), "You expect 15 km, 9 to 22 (90 %)"),
        ((OTHER,), "bob expects 11 km, 8 to 14 (50 %)"),
        ((OTHER, OTHER), "2 forecasters say how much; you have not yet"),
        ((), "No forecast yet. Yours will be the first step."),
    ],
)
def test_the_heading_is_what_stands(question_view: Make, drawn: Any, heading: str) -> None:
    view = question_view(row=NUMBER, fans=drawn, unit="km")
    assert number_finding(view).replace("\u00a0", " ") == heading


def test_the_band_says_how_wide_it_is(question_view: Make) -> None:
    view = question_view(row=NUMBER, fans=(MINE,), unit="km")
    under = number_subtitle(view).replace("\u00a0", " ")
    assert under.endswith("forecasts, km. The band is your 90 % interval.")


def test_what_came_out_is_a_line_across(question_view: Make) -> None:
    held = ResolutionView(1, "resolved", "13.0", at(2, 9), "day", "E.", None, None, at(2, 9), "ana")
    view = question_view(row=NUMBER, fans=(MINE,), resolutions=(held,), ends_at=at(2, 9))
    figure = number_chart(view, now=NOW, palette=LIGHT)
    across = next(found for found in figure.layout.shapes if found.name == "came out")
    assert (across.y0, across.y1) == (13.0, 13.0)
    assert number_finding(view) == "It came out as 13"


def test_comments_stand_on_the_time_axis_and_near_ones_share_a_mark(question_view: Make) -> None:
    days = (at(1), at(2), at(1, 10))
    comments = tuple(NoteView(n, f"<b>{n}</b>", None, None, d, "eve") for n, d in enumerate(days))
    figure = blank(LIGHT, height=100)
    mark_comments(figure, question_view(comments=comments), LIGHT)
    marks = [(mark.x, mark.text) for mark in figure.layout.annotations]
    assert marks == [(at(1), "“2”"), (at(1, 10), "“”")]
    assert "&lt;b&gt;0&lt;/b&gt;" in figure.layout.annotations[0].hovertext
