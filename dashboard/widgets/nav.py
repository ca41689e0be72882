"""Moving between pages, and what an address asks for."""

from typing import NoReturn

import streamlit as st

from forecasts.errors import InvalidInput

TODAY = "screens/today.py"
INBOX = "screens/inbox.py"
QUESTIONS = "screens/questions.py"
QUESTION = "screens/question.py"
CALIBRATION = "screens/calibration.py"
SCORES = "screens/scores.py"
SCENARIOS = "screens/scenarios.py"
GIVEN = "given"
"""In the address of the list of questions: the condition of the question to be asked."""


def open_question(question_id: int) -> NoReturn:
    """Show a question's own page."""
    st.switch_page(QUESTION, query_params={"id": str(question_id)})


def ask_on(question_id: int) -> NoReturn:
    """Show the form that asks a question on condition of this one."""
    st.switch_page(QUESTIONS, query_params={"ask": "1", GIVEN: str(question_id)})


def open_scenarios(set_id: int) -> NoReturn:
    """Show the board of a scenario set."""
    st.switch_page(SCENARIOS, query_params={"id": str(set_id)})


def check_asked(name: str) -> None:
    """Refuse an address that gives this name something other than a whole number.

    Raises
    ------
    InvalidInput
    """
    given = st.query_params.get(name, "")
    if given and asked_id(name) is None:
        raise InvalidInput(name, given, f"must be a number, as in ?{name}=7")


def asked_id(name: str) -> int | None:
    """A whole number from the page's address (``?id=7``); None if there is none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
