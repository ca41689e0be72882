"""A question in a list: everyone's place on the track, in numbers and in words."""

import re
from collections.abc import Callable

import pytest

from dashboard.widgets.forecasting.stated import shortly
from dashboard.widgets.questions.rows import question_row, track
from forecasts.results.question import MyWords, Restated
from forecasts.results.questions import QuestionRow

Make = Callable[..., QuestionRow]


def test_places_are_the_probabilities(row: Make) -> None:
    html = track(row(mine=0.62, crowd=0.66, crowd_size=3))
    assert '<div class="me" style="left:62.0%">' in html
    assert '<div class="crowd" style="left:66.0%">' in html
    assert '<div class="gap" style="left:62.0%;width:4.0%">' in html
    assert 'aria-label="you 62\u00a0%, crowd 66\u00a0%"' in html
    assert "<b>you 62</b> · crowd 66" in html


def test_far_apart_means_two_labels(row: Make) -> None:
    assert track(row(mine=0.1, crowd=0.9, crowd_size=3)).count('class="label"') == 2
    assert track(row(mine=0.6, crowd=0.9, crowd_size=3)).count('class="label"') == 1


def test_a_crowd_of_one_is_no_crowd(row: Make) -> None:
    assert "crowd" not in track(row(mine=0.5, crowd=0.5, crowd_size=1))


def test_a_source_is_shown_by_its_range(row: Make) -> None:
    html = track(row(source=0.22, source_low=0.1, source_high=0.35))
    assert '<div class="band" style="left:10.0%;width:25.0%">' in html
    assert "source 22" in html


def test_what_has_no_probability_of_yes_has_no_line(row: Make) -> None:
    for kind, told in (("ordered", "options in an order"), ("numeric", "a number")):
        html = track(row(kind=kind))
        assert told in html
        assert "fd-track" not in html


def test_nobody_yet_is_a_bare_line(row: Make) -> None:
    assert "label" not in track(row())


def test_certainty_of_no_is_a_place_too(row: Make) -> None:
    assert "you 0" in track(row(mine=0.0))


def test_change_and_title_are_shown_safely(row: Make) -> None:
    html = question_row(row(title="<i>x</i>", change_7d=-0.02), "Closes <soon>.")
    assert "−2" in html
    assert not re.search("<i>|<soon>", html)
    assert "in 7 days" not in question_row(row(), "")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ({"probability": 0.375}, "38 %"),
        ({"probabilities": (0.2, 0.7, 0.1)}, "B: 70 %"),
        ({"probabilities": (0.4, 0.2, 0.4)}, "A / C: 40 %"),
        ({"quantiles": ((0.1, 15.2), (0.5, 18.79), (0.9, 22.4))}, "18.79 thousand TEU"),
        ({"quantiles": ((0.1, -15.2), (0.9, 22.4))}, "−15.2 – 22.4 thousand TEU"),
    ],
)
def test_what_i_say_in_a_few_words(said: dict[str, object], written: str) -> None:
    options = ("A", "B", "C") if "probabilities" in said else ()
    unit = "thousand TEU" if "quantiles" in said else None
    mine = MyWords(Restated(**said), options, unit)
    assert shortly(mine).replace("\u00a0", " ") == written


def test_of_options_and_numbers_i_see_what_i_say(row: Make) -> None:
    html = question_row(row(kind="numeric"), "", "18.79 <i>t</i>")
    assert "you <bdi>18.79 &lt;i&gt;t&lt;/i&gt;</bdi>" in html
    assert "a number" not in html
