"""What is drawn while a forecast is typed: the numbers typed, and one sentence about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.stated_shape import (
    ordered_chart,
    ordered_finding,
    quantile_chart,
    quantile_finding,
)
from dashboard.theme import LIGHT

NAMES = ("under 5", "5 to 9", "<b>10 or more</b>")


def test_bars_are_the_shares_in_the_options_order() -> None:
    figure = ordered_chart(NAMES, [0.2, 0.5, 0.1], palette=LIGHT)
    (bars,) = figure.data
    assert (list(bars.x), list(bars.y)) == ([0, 1, 2], [0.2, 0.5, 0.1])
    assert "<b>" not in "".join([*figure.layout.xaxis.ticktext, *bars.hovertext])


@pytest.mark.parametrize(
    ("shares", "heading"),
    [
        ((0.2, 0.5, 0.1), "Its shape so far"),
        ((0.2, 0.5, 0.3), "The middle lies in “5 to 9”"),
        ((0.5, 0.25, 0.25), "The middle lies in “under 5”"),
        ((0.0, 0.0, 1.0), "The middle lies in “<b>10 or more</b>”"),
    ],
)
def test_the_middle_is_where_half_is_reached(shares: tuple[float, ...], heading: str) -> None:
    assert ordered_finding(NAMES, shares) == heading


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=40))
def test_every_forecast_that_sums_to_one_has_a_middle(weights: list[float]) -> None:
    shares = [weight / sum(weights) for weight in weights]
    assert ordered_finding([str(i) for i in range(len(shares))], shares).startswith("The middle")


def test_the_curve_goes_through_the_stated_points() -> None:
    points = [(0.05, 2.0), (0.5, 7.0), (0.95, 30.0)]
    (line,) = quantile_chart(points, palette=LIGHT).data
    assert list(zip(line.y, line.x, strict=True)) == points
    told = quantile_finding(points).replace("\u00a0", " ")
    assert told == "90 % between 2 and 30, the middle at 7"


def test_values_that_fall_are_named() -> None:
    told = quantile_finding([(0.25, 9.0), (0.5, 7.0)]).replace("\u00a0", " ")
    assert told == "Cannot be: 25 % lies below 9, but 50 % below 7"
