"""Charts have the room that their labels need, and their data as lists, before they are drawn."""

import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.charts.drawn_once import BELOW, BELOW_DATES, drawn_once
from dashboard.theme import LIGHT


def blank() -> go.Figure:
    figure = theme.blank(LIGHT, height=300)
    figure.update_xaxes(theme.x_axis(LIGHT))
    figure.update_yaxes(theme.y_axis(LIGHT))
    return figure


def test_longer_labels_have_more_room() -> None:
    rooms = [
        drawn_once(blank().update_yaxes(tickvals=[0], ticktext=[name])).layout.margin.l
        for name in ("", "no", "likely", "almost certainly")
    ]
    assert rooms == sorted(rooms)
    assert rooms[0] == blank().layout.margin.l + 3


@pytest.mark.parametrize(("written", "least"), [(".2f", 35), ("+.2f", 43)])
def test_numbers_have_the_room_that_plotly_measured(written: str, least: float) -> None:
    figure = blank().update_yaxes(range=[-0.4, 0.4], tickformat=written)
    assert drawn_once(figure).layout.margin.l >= least


def test_percentages_have_the_room_that_plotly_measured() -> None:
    assert drawn_once(blank().update_yaxes(**theme.SHARE_TICKS)).layout.margin.l >= 44


def test_two_lines_of_dates_have_more_room_than_one_line() -> None:
    assert drawn_once(blank()).layout.margin.b == BELOW
    assert drawn_once(blank().update_xaxes(theme.date_axis(LIGHT))).layout.margin.b == BELOW_DATES
    above = blank().update_xaxes(side="top")
    assert drawn_once(above).layout.margin.b == blank().layout.margin.b


def test_what_is_not_seen_needs_no_room_and_a_larger_margin_stays() -> None:
    unseen = blank().update_yaxes(visible=False, ticktext=["a long label"], tickvals=[0])
    assert drawn_once(unseen).layout.margin.l == blank().layout.margin.l
    wide = blank().update_layout(margin_t=26, margin_r=200)
    assert (drawn_once(wide).layout.margin.t, drawn_once(wide).layout.margin.r) == (26, 200)
