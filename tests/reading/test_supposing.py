"""What a condition asks for, and which answer the statement hangs on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.reading.drafting.supposing import supposition


@pytest.mark.parametrize(
    ("condition", "question", "outcome"),
    [
        ("if Donald Trump is elected", "Will Donald Trump be elected", "yes"),
        ("If the treaty has been ratified", "Will the treaty have been ratified", "yes"),
        ("if talks do not resume", "Will talks resume", "no"),
        ("if no deal is reached", "Will any deal be reached", "no"),
        ("if nobody objects", "Will anyone object", "no"),
        ("if there is a second wave", "Will there be a second wave", "yes"),
        ("if China were to invade Taiwan", "Will China invade Taiwan", "yes"),
        ("were China to attack Taiwan", "Will China attack Taiwan", "yes"),
        ("should talks fail", "Will talks fail", "yes"),
        ("unless talks resume", "Will talks resume", "no"),
        ("unless the government does not fall", "Will the government fall", "yes"),
        ("only if the bank cuts rates", "Will the bank cut rates", "yes"),
        ("provided that inflation falls below 2%", "Will inflation fall below 2%", "yes"),
        ("as long as the war continues", "Will the war continue", "yes"),
        ("in the event that the treaty is ratified", "Will the treaty be ratified", "yes"),
        ("in the event of a war", "Will there be a war", "yes"),
        ("in case of escalation", "Will there be escalation", "yes"),
        ("without a ceasefire", "Will there be a ceasefire", "no"),
        ("barring a last-minute deal", "Will there be a last-minute deal", "no"),
        ("any collapse of the talks", "Will there be any collapse of the talks", "yes"),
        ("with talks failing", "Will talks fail", "yes"),
    ],
)
def test_a_condition_becomes_a_question_of_its_own(
    condition: str, question: str, outcome: str
) -> None:
    found = supposition(condition)
    assert found is not None
    assert (found.question, found.outcome) == (question, outcome)


@pytest.mark.parametrize(
    "condition",
    [
        "otherwise",
        "in that case",
        "if so",
        "if it doesn’t",
        "if elected",
        "without announcing it",
    ],
)
def test_what_the_words_leave_open_is_asked(condition: str) -> None:
    found = supposition(condition)
    assert found is not None
    assert "[to decide:" in found.question


@pytest.mark.parametrize("condition", ["even if talks fail", "especially if he is elected"])
def test_what_holds_either_way_is_no_condition(condition: str) -> None:
    assert supposition(condition) is None


def test_several_events_are_quoted_and_not_bent() -> None:
    found = supposition("if Germany agrees and Italy does not object")
    assert found is not None
    assert found.question == "Will this come true: “Germany agrees and Italy does not object”"
    assert found.outcome == "yes"


def test_the_time_of_a_condition_is_its_deadline_and_not_its_wording() -> None:
    found = supposition("if she is elected in November", horizon="in November")
    assert found is not None
    assert found.question == "Will she be elected"


@settings(max_examples=30)  # each one is parsed
@given(st.text(max_size=60))
def test_any_wording_becomes_one_line(condition: str) -> None:
    found = supposition(condition)
    assert found is None or "\n" not in found.question
