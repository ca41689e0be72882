"""Charts drawn as SVG: the numbers where they belong, labels as text, and nothing left out."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dashboard import theme
from dashboard.reports.svg import svg
from dashboard.reports.svg.scales import scale
from dashboard.reports.svg.ticks import ticks
from dashboard.reports.svg.traces import path

SVG = "{http://www.w3.org/2000/svg}"


def figure(**axes: object) -> go.Figure:
    found = theme.blank(theme.LIGHT, height=200)
    found.update_xaxes(theme.x_axis(theme.LIGHT), range=[0, 10])
    found.update_yaxes(theme.y_axis(theme.LIGHT), range=[0, 1], **axes)
    return found


def drawn(found: go.Figure) -> Any:
    return etree.fromstring(svg(found, name="chart", alt="A <b> chart"))


def texts(root: Any) -> list[str]:
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def test_values_lie_where_their_ticks_lie() -> None:
    found = figure(tickvals=[0, 0.5, 1], tickformat="g")
    found.add_scatter(x=[0, 10], y=[0.5, 1], mode="markers", marker={"size": 8, "color": "red"})
    root = drawn(found)
    first, second = root.iter(f"{SVG}circle")
    grid = [one.get("d") for one in root.iter(f"{SVG}path") if one.get("stroke") == "#E8EBEE"]
    heights = [re.search(r" ([\d.]+)L", d or "")[1] for d in grid]
    assert [first.get("cy"), second.get("cy")] == heights[1:]
    assert float(second.get("cx") or 0) > float(first.get("cx") or 0)
    assert {"0", "0.5", "5", "10"} <= set(texts(root))


def test_steps_stand_until_the_next_value_and_gaps_stay_open() -> None:
    points = [(0.0, 5.0), (10.0, 7.0), None, (20.0, 9.0), (30.0, 9.0)]
    assert path(points, shape="hv") == "M0.0 5.0H10.0V7.0M20.0 9.0H30.0V9.0"
    assert path(points) == "M0.0 5.0L10.0 7.0M20.0 9.0L30.0 9.0"
    assert path([(0.0, 5.0), (10.0, 7.0)], shape="vh") == "M0.0 5.0V7.0H10.0"
    assert path([]) == ""


def test_what_is_stacked_stands_on_what_came_before_it_in_its_stack() -> None:
    found = figure(tickvals=[0, 0.25, 0.5, 0.75, 1], tickformat="g")
    for group, heights in (("a", [0.25, 0.5]), ("b", [0.5, 0.5]), ("a", [0.75, 0.25])):
        found.add_scatter(
            x=[0, 10], y=heights, stackgroup=group, fillcolor="#123456", line={"shape": "vh"}
        )
    every = list(drawn(found).iter(f"{SVG}path"))
    paths = [one.get("d") for one in every if one.get("fill") == "#123456"]
    grid = [one.get("d") for one in every if one.get("stroke") == "#E8EBEE"]
    ground, quarter, half, three, top = (re.search(r" ([\d.]+)L", d or "")[1] for d in grid)
    left, right = re.match(r"M([\d.]+) [\d.]+V[\d.]+H([\d.]+)", paths[0] or "").groups()
    assert paths == [
        f"M{left} {quarter}V{half}H{right}L{right} {ground}H{left}V{ground}Z",
        f"M{left} {half}V{half}H{right}L{right} {ground}H{left}V{ground}Z",
        f"M{left} {top}V{three}H{right}L{right} {half}H{left}V{quarter}Z",
    ]


def test_bars_reach_from_zero_to_their_value() -> None:
    found = figure()
    found.add_bar(
        x=[2, 8], y=[0.25, 0.5], width=[1, 1], marker={"color": "#111111"}, text=["a", ""]
    )
    bars = [one for one in drawn(found).iter(f"{SVG}rect") if one.get("fill") == "#111111"]
    low, high = (float(one.get("height") or 0) for one in bars)
    assert high == pytest.approx(2 * low, abs=0.2)
    feet = {float(one.get("y") or 0) + float(one.get("height") or 0) for one in bars}
    assert max(feet) - min(feet) < 0.2


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "a & b", '<a href="javascript:x">', "\x00\u202e"]
)
def test_labels_are_text_whatever_they_say(text: str) -> None:
    found = figure()
    found.add_annotation(x=5, y=0.5, text=f"<b>{text}</b>", showarrow=False)
    found.update_yaxes(tickvals=[0.5], ticktext=[text])
    root = drawn(found)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg", "clipPath", "rect", "g", "path", "text", "tspan", "line", "circle",
    }  # fmt: skip
    assert all(not name.startswith("on") for one in root.iter() for name in one.attrib)
    shown = text.replace("\x00", "[U+0000]").replace("\u202e", "[U+202E]")
    assert texts(root).count(shown) == 2


def test_what_cannot_be_drawn_is_refused_and_not_left_out() -> None:
    for add, message in (
        (lambda found: found.add_pie(values=[1]), "trace 'pie'"),
        (lambda found: found.add_scatter(x=[1], y=[1], line={"shape": "spline"}), "'spline'"),
        (lambda found: found.add_scatter(x=[1], y=[1], fill="tozeroy"), "'tozeroy'"),
        (lambda found: found.add_scatter(x=[1], y=[None], stackgroup="a"), "stack 'a'"),
        (lambda found: found.add_shape(type="circle", x0=0, x1=1, y0=0, y1=1), "'circle'"),
        (lambda found: found.add_hline(y=1, line={"dash": "longdashdot"}), "'longdashdot'"),
    ):
        found = figure()
        add(found)
        with pytest.raises(ValueError, match=message):
            svg(found, name="chart", alt="")


START = datetime(2024, 1, 1, tzinfo=UTC)


@given(st.integers(0, 4000), st.floats(0.5, 9000), st.integers(3, 12))
def test_ticks_of_dates_are_few_in_order_and_say_the_year_once_a_year(
    first: int, days: float, most: int
) -> None:
    low = START + timedelta(days=first)
    axis = go.Layout(xaxis={"range": [low, low + timedelta(days=days)], "nticks": most}).xaxis
    found = ticks(axis, scale(axis, [low], start=0, end=100))
    values = [value for value, _ in found]
    assert values == sorted(values)
    assert len(values) <= most + 1
    assert all(low.timestamp() <= value <= low.timestamp() + days * 86_400 for value in values)
    years = [datetime.fromtimestamp(value, UTC).year for value in values]
    said = [text for _, text in found if re.search(r"\d{4}", text)]
    assert len(said) == len(set(years))


@given(st.floats(-1e6, 1e6), st.floats(1e-4, 1e6), st.integers(3, 10))
def test_ticks_of_numbers_are_few_even_and_say_what_they_mark(
    low: float, span: float, most: int
) -> None:
    axis = go.Layout(yaxis={"range": [low, low + span], "nticks": most}).yaxis
    found = ticks(axis, scale(axis, [], start=100, end=0))
    values = [value for value, _ in found]
    assert 1 <= len(values) <= most
    steps = [(b - a) / span for a, b in pairwise(values)]
    assert max(steps, default=0) - min(steps, default=0) < 1e-4
    for value, text in found:
        assert float(text.replace("\u2212", "-").replace(",", "")) == pytest.approx(
            value, abs=span / 100
        )
