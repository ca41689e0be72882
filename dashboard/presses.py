"""Presses of buttons that save something, kept until their act was tried.

Streamlit tells the script of a press in one run only. Whatever the reader does before that run has
come to the button makes Streamlit give the run up, and the press with it: of three forecasts
confirmed within a second, one would be lost unseen. A press is therefore noted as it arrives.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

_SLOT = "presses"


class EndOfPage(Exception):
    """Raised by a page that has no more to show: ``st.stop()`` looks like a run given up."""


@dataclass(slots=True)
class Press:
    """A press that waits for its act."""

    label: str
    reached: bool = False  # this run came to its button


@dataclass(slots=True)
class Presses:
    """Those of one visit, by the idempotency keys of their forms.

    Every look into Streamlit's state may end the run. Whoever carries an act out therefore asks
    for this object before, and notes in it, without another look, what the record now holds.
    """

    waiting: dict[str, Press] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    notice: str | None = None  # what the last act saved, until it is told

    def tried(self, key: str) -> None:
        """The form's act was carried out, or refused."""
        self.waiting.pop(key, None)

    def carried_out(self, key: str, notice: str) -> None:
        """The form's act is in the record; its key is used up."""
        self.tried(key)
        self.done.add(key)
        self.notice = notice

    def refused(self) -> None:
        """What the run came to was refused before its act could be tried."""
        self.waiting = {key: one for key, one in self.waiting.items() if not one.reached}


def presses() -> Presses:
    """The presses of this visit."""
    found: Presses = st.session_state.setdefault(_SLOT, Presses())
    return found


def note_press(key: str, label: str) -> None:
    """The form's button was pressed. The second click of a double click may come too late."""
    found = presses()
    if key not in found.done:
        found.waiting[key] = Press(label)


def is_pressed(key: str) -> bool:
    """Whether the form's act is still to be tried."""
    press = presses().waiting.get(key)
    if press is not None:
        press.reached = True
    return press is not None


@contextmanager
def one_run() -> Iterator[list[str]]:
    """A run of a page: presses outlive it only if it is given up for another run.

    Yields a list that holds, afterwards, the labels of those whose buttons the run never came to.
    """
    missed: list[str] = []
    found = presses()
    for press in found.waiting.values():
        press.reached = False
    try:
        yield missed
    except EndOfPage:
        pass
    except (RerunException, StopException):
        raise
    except BaseException:
        found.waiting.clear()
        raise
    missed += [press.label for press in found.waiting.values() if not press.reached]
    found.waiting.clear()
