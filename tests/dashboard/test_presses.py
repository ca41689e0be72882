"""Presses of buttons that save something: each is tried once, however runs are interrupted."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from streamlit.runtime.scriptrunner import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData

from dashboard.presses import EndOfPage, is_pressed, note_press, one_run, presses

BUTTONS = ["a", "b", "c", "d"]


@contextmanager
def visit() -> Iterator[None]:
    """A visit of its own: nothing was pressed yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "session_state", {})
        yield


def run(buttons: list[str], done: list[str], until: int | None = None) -> list[str]:
    """One run of a page with these buttons; it is given up before the button ``until``.

    An act that is carried out asks for another run, as the pages do. Returns what was missed.
    """
    missed: list[str] = []
    try:
        with one_run() as missed:
            for place, key in enumerate(buttons):
                if place == until:
                    raise StopException
                if is_pressed(key):
                    done.append(key)
                    presses().carried_out(key, "Saved.")
                    raise RerunException(RerunData())
    except (RerunException, StopException):
        return [] if until is not None else run(buttons, done)
    return missed


def given_up(reached: list[str]) -> None:
    """A run that another press interrupts after it came to these buttons."""
    with suppress(StopException), one_run():
        assert all(is_pressed(key) for key in reached)
        raise StopException


@given(
    some.lists(
        some.tuples(some.lists(some.sampled_from(BUTTONS)), some.integers(0, len(BUTTONS))),
        max_size=6,
    )
)
def test_every_press_is_carried_out_once(runs: list[tuple[list[str], int]]) -> None:
    with visit():
        done: list[str] = []
        for pressed, until in runs:
            for key in pressed:
                note_press(key, key)
            run(BUTTONS, done, until)
        assert run(BUTTONS, done) == []
        assert sorted(done) == sorted({key for pressed, _ in runs for key in pressed})


@given(some.lists(some.sampled_from(BUTTONS)), some.sets(some.sampled_from(BUTTONS)))
def test_a_press_on_what_is_no_longer_there_is_told_once(
    pressed: list[str], there: set[str]
) -> None:
    with visit():
        for key in pressed:
            note_press(key, f"Save {key}")
        done: list[str] = []
        told = run(sorted(there), done)
        assert set(done) == set(pressed) & there
        assert set(told) == {f"Save {key}" for key in set(pressed) - there}
        assert run(BUTTONS, done) == []
        assert set(done) == set(pressed) & there


def test_a_refused_press_is_over_and_can_be_pressed_again() -> None:
    with visit():
        note_press("a", "Save")
        with one_run() as missed:
            assert is_pressed("a")
            presses().refused()  # what was typed is none, say
        assert missed == []
        with one_run():
            assert not is_pressed("a")
        note_press("a", "Save")
        with one_run():
            assert is_pressed("a")
            presses().tried("a")
            assert not is_pressed("a")


def test_a_refusal_leaves_what_the_run_has_not_come_to() -> None:
    with visit():
        for key in ("a", "b"):
            note_press(key, key)
        given_up(["a", "b"])
        with one_run():
            assert is_pressed("a")
            presses().refused()
            assert is_pressed("b")


def test_a_page_with_no_more_to_show_has_come_to_its_end() -> None:
    with visit():
        note_press("a", "Save")
        with one_run() as missed:
            raise EndOfPage
        assert missed == ["Save"]


def test_a_page_that_fails_ends_its_presses() -> None:
    with visit():
        note_press("a", "Save")
        with pytest.raises(ZeroDivisionError), one_run():
            raise ZeroDivisionError
        with one_run() as missed:
            assert not is_pressed("a")
        assert missed == []
