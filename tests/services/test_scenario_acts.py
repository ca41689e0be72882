"""Making, telling and judging scenario sets, and relating questions."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from db.tables import IndicatorLikelihood, Narrative, PrivateText, QuestionOption, ScenarioPrior
from forecasts.errors import InvalidInput, NarrativeConflict, NotFound
from forecasts.reading.scales import RECOMMENDED
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import change_indicator, link_indicator, unlink_indicator
from forecasts.services.likelihoods import judged
from forecasts.services.questions import ask_question
from forecasts.services.relations import relate_questions, unrelate_questions
from forecasts.services.scenarios import make_scenario_set, set_prior, tell_narrative

WAR_PEACE = {"war": ("likely", None), "peace": (0.25, 0.75), "something else": (0.5, 0.5)}


@pytest.fixture
def futures(desk, draft):
    """A set of three scenarios, 1, and a yes/no question, 2."""
    desk.do(make_scenario_set, draft=draft(title="Which?", options=("war", "peace")))
    desk.do(ask_question, draft=draft())
    return desk


def rows(desk, query):
    return desk.ask(lambda session: list(session.exec(query)))


def cells(desk, version=1):
    query = select(
        IndicatorLikelihood.scenario, IndicatorLikelihood.outcome, IndicatorLikelihood.probability
    ).where(IndicatorLikelihood.indicator_id == version)
    return {(scenario, outcome): p for scenario, outcome, p in rows(desk, query)}


def test_a_set_is_a_question_that_takes_forecasts_and_ends_with_something_else(desk, draft):
    set_id = desk.do(
        make_scenario_set, draft=draft(options=("war", "peace")), narratives={"WAR ": "It grows."}
    ).id
    assert rows(desk, select(QuestionOption.name).order_by(QuestionOption.position)) == [
        "war", "peace", "something else",
    ]  # fmt: skip
    desk.do(record_forecast, question_id=set_id, probabilities=[0.2, 0.3, 0.5])
    desk.do(tell_narrative, set_id=set_id, scenario="war", text="It grows fast.")
    told = rows(
        desk,
        select(Narrative.position, Narrative.version, PrivateText.text)
        .join(PrivateText, PrivateText.commitment == Narrative.own_words)
        .order_by(Narrative.version),
    )
    assert told == [(0, 1, "It grows."), (0, 2, "It grows fast.")]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("war", " WAR"), "is the same as"),
        (("war", "\uff37ar"), "is the same as"),
        ((), "there must be 2 to 8"),
        (tuple("abcdefgh"), "there must be 2 to 8"),
        (("a", "something else", "Something  Else"), "named twice"),
        (("a", " "), "must not be empty"),
    ],
)
def test_scenarios_that_are_no_set_are_refused(desk, draft, options, reason):
    with pytest.raises(InvalidInput, match=reason):
        desk.do(make_scenario_set, draft=draft(options=options))


def test_scenarios_never_change_and_the_refusal_says_what_to_do(futures):
    with pytest.raises(InvalidInput, match="needs a new set"):
        futures.do(tell_narrative, set_id=1, scenario="truce", text="T")
    with pytest.raises(NotFound, match="no scenario set 2"):
        futures.do(tell_narrative, set_id=2, scenario="war", text="T")


def test_a_narrative_that_was_told_anew_since_it_was_read_is_not_replaced_unread(futures):
    tell = {"set_id": 1, "scenario": "war"}
    futures.do(tell_narrative, text="First.", version=0, **tell)
    futures.do(tell_narrative, by="bob", text="Bob's.", version=1, **tell)
    with pytest.raises(NarrativeConflict, match="“war” was told anew meanwhile, as version 2"):
        futures.do(tell_narrative, text="Second.", version=1, **tell)
    futures.do(tell_narrative, text="Second.", version=2, **tell)
    assert rows(futures, select(Narrative.version)) == [1, 2, 3]


def test_a_prior_is_dated_versioned_and_sums_to_one(futures):
    earlier = futures.now - timedelta(days=9)
    futures.do(set_prior, set_id=1, probabilities=[0.2, 0.3, 0.5], dated_at=earlier)
    futures.do(set_prior, set_id=1, probabilities=[0.0, 0.5, 0.5], certain=True)
    found = rows(futures, select(ScenarioPrior.version, ScenarioPrior.dated_at))
    assert found == [(1, earlier), (2, futures.now)]
    for shares, changes, reason in (
        ([0.2, 0.3, 0.4], {}, "sum to 0.9"),
        ([0.0, 0.5, 0.5], {}, "confirm that you mean certainty"),
        ([0.2, 0.3, 0.5], {"dated_at": futures.now + timedelta(days=1)}, "lies in the future"),
        ([0.5, 0.5], {}, "there are 3 options"),
    ):
        with pytest.raises(InvalidInput, match=reason):
            futures.do(set_prior, set_id=1, probabilities=shares, **changes)


def test_likelihoods_come_by_number_or_by_word_and_change_by_version(futures):
    futures.do(link_indicator, set_id=1, question_id=2, likelihoods=WAR_PEACE)
    words = rows(futures, select(IndicatorLikelihood.words, IndicatorLikelihood.scale))
    assert words[0] == ("likely", "recommended")
    assert words[1:] == [(None, None)] * 5
    assert cells(futures) == pytest.approx(
        {(0, 0): 0.68, (0, 1): 0.32, (1, 0): 0.25, (1, 1): 0.75, (2, 0): 0.5, (2, 1): 0.5}
    )
    futures.do(change_indicator, set_id=1, question_id=2, likelihoods={"war": ()}, weight=0.5)
    assert cells(futures, 2) == {(1, 0): 0.25, (1, 1): 0.75, (2, 0): 0.5, (2, 1): 0.5}
    futures.do(unlink_indicator, set_id=1, question_id=2)
    with pytest.raises(InvalidInput, match="is not linked"):
        futures.do(change_indicator, set_id=1, question_id=2, weight=1.0)
    futures.do(link_indicator, set_id=1, question_id=2, likelihoods=WAR_PEACE, scale="kent")
    assert cells(futures, 4)[0, 0] == 0.75


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"likelihoods": {"war": (0.5, 0.6)}}, "more than 1"),
        ({"likelihoods": {"war": (0.5, 0.4)}}, "sum to 0.9"),
        ({"likelihoods": {"war": (None, None)}}, "only one outcome"),
        ({"likelihoods": {"war": (0.5,)}}, "give one of each outcome: yes, no"),
        ({"likelihoods": {"war": ("purple", None)}}, "no word of a scale"),
        ({"likelihoods": {"war": (1.0, None)}}, "make a scenario impossible"),
        ({"likelihoods": {"truce": (0.5, None)}}, "the set has: war; peace; something else"),
        ({"likelihoods": {"war": (0.5, None), "War": (0.4, None)}}, "named twice"),
        ({"weight": 1.5}, "between 0"),
        ({"scale": "mine"}, "must be one of"),
        ({"question_id": 1}, "the scenario set itself"),
    ],
)
def test_likelihoods_that_are_none_are_refused(futures, changes, reason):
    with pytest.raises(InvalidInput, match=reason):
        futures.do(link_indicator, **({"set_id": 1, "question_id": 2} | changes))


def test_certainty_is_taken_once_it_is_confirmed(futures):
    futures.do(
        link_indicator, set_id=1, question_id=2, likelihoods={"war": (1.0, None)}, certain=True
    )
    assert cells(futures) == {(0, 0): 1.0, (0, 1): 0.0}


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=4))
def test_what_is_left_to_the_rest_is_left_to_the_last_digit(drawn):
    shares = [share / (sum(drawn) + 0.1) for share in drawn]
    cells = judged(
        ("war",), [*map(str, shares), "rest"], {"war": (*shares, None)}, RECOMMENDED, False
    )
    exact = 1 - sum(map(Fraction, shares))
    assert abs(Fraction(cells[0][-1].probability) - exact) < 1e-15


def test_a_rest_that_is_but_rounding_is_asked_about():
    with pytest.raises(InvalidInput, match="make a scenario impossible"):
        judged(("war",), ("a", "b", "c"), {"war": (1 / 3, 2 / 3, None)}, RECOMMENDED, False)


def test_no_indicator_may_rest_on_its_own_set(futures, draft):
    child = futures.do(ask_question, draft=draft(parent_id=1, parent_outcome="war")).id
    with pytest.raises(InvalidInput, match="in a circle"):
        futures.do(link_indicator, set_id=1, question_id=child)
    other = futures.do(make_scenario_set, draft=draft(options=("a", "b"))).id
    futures.do(link_indicator, set_id=other, question_id=1)
    with pytest.raises(InvalidInput, match="in a circle"):
        futures.do(link_indicator, set_id=1, question_id=other)
    futures.do(unlink_indicator, set_id=other, question_id=1)
    futures.do(link_indicator, set_id=1, question_id=other)
    under = draft(options=("a", "b"), parent_id=2, parent_outcome="yes")
    conditional = futures.do(make_scenario_set, draft=under).id
    with pytest.raises(InvalidInput, match="on its condition"):
        futures.do(link_indicator, set_id=conditional, question_id=2)


def test_relations_are_stated_once_and_taken_back(futures, draft):
    other = futures.do(ask_question, draft=draft()).id
    same = {"kind": "complement", "first_id": 2, "second_id": other}
    turned = {"kind": "complement", "first_id": other, "second_id": 2}
    futures.do(relate_questions, **same)
    with pytest.raises(InvalidInput, match="stated already"):
        futures.do(relate_questions, **turned)
    futures.do(unrelate_questions, **turned)
    with pytest.raises(InvalidInput, match="not in force"):
        futures.do(unrelate_questions, **same)
    futures.do(relate_questions, **same)


def test_relations_that_compare_nothing_are_refused(futures, draft):
    child = futures.do(ask_question, draft=draft(parent_id=2, parent_outcome="yes")).id
    number = futures.do(ask_question, draft=draft(kind="numeric")).id
    for kind, first, second, changes, reason in (
        ("implies", 2, 2, {}, "is the first one"),
        ("implies", 2, child, {}, "on another condition"),
        ("implies", 2, number, {}, "numeric"),
        ("implies", 2, 1, {}, "must be one of war, peace"),
        ("same_event", 2, child, {}, "on no condition"),
        ("same_event", child, 2, {}, "is the condition of the first"),
        ("opposes", 2, 1, {"second_outcome": "war"}, "must be one of implies"),
    ):
        with pytest.raises(InvalidInput, match=reason):
            futures.do(relate_questions, kind=kind, first_id=first, second_id=second, **changes)
