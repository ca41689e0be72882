"""Conditions of conditions: annulled by themselves, left out of sets, held to the same laws."""

import numpy as np
import pytest

from forecasts.errors import InvalidInput, TrackerError
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import link_indicator
from forecasts.services.questions import ask_question
from forecasts.services.relations import relate_questions
from forecasts.services.resolutions import correct_resolution, resolve_question
from forecasts.services.scenarios import make_scenario_set, set_prior
from forecasts.views.coherence import coherence
from forecasts.views.questions import question_list
from forecasts.views.scenarios import scenario_board


@pytest.fixture
def desk(file_desk):
    """One kind of database is enough: what a chain means is not the database's to say."""
    return file_desk


@pytest.fixture
def chain(desk, draft):
    """Question 1; question 2 asked on its yes; question 3 asked on the no of 2."""
    desk.do(ask_question, draft=draft(title="A?"))
    desk.do(ask_question, draft=draft(title="B?", parent_id=1, parent_outcome="yes"))
    desk.do(ask_question, draft=draft(title="C?", parent_id=2, parent_outcome="no"))
    return desk


def states(desk):
    rows = desk.ask(question_list, me="ana", now=desk.now)
    return {row.id: row.status for row in rows if row.id <= 3}


def test_a_chain_breaks_at_any_link_and_heals_when_that_is_corrected(chain):
    chain.do(record_forecast, question_id=3, probability=0.4)
    settled = {"question_id": 1, "known_at": chain.now, "evidence": "E."}
    chain.do(resolve_question, outcome="no", **settled)
    assert states(chain) == {1: "resolved", 2: "annulled", 3: "annulled"}
    with pytest.raises(TrackerError):
        chain.do(record_forecast, question_id=3, probability=0.5)
    chain.do(correct_resolution, outcome="yes", version=1, reason="Misread.", **settled)
    assert states(chain) == {1: "resolved", 2: "open", 3: "open"}
    chain.do(record_forecast, question_id=3, probability=0.5)
    chain.do(resolve_question, question_id=2, outcome="yes", known_at=chain.now, evidence="E.")
    assert states(chain) == {1: "resolved", 2: "resolved", 3: "annulled"}


def test_an_indicator_at_the_end_of_a_broken_chain_settles_nothing(chain, draft):
    futures = chain.do(make_scenario_set, draft=draft(options=("war", "peace"))).id
    prior = [0.5, 0.3, 0.2]
    chain.do(set_prior, set_id=futures, probabilities=prior)
    chances = {"war": (0.9, None), "peace": (0.2, None), "something else": (0.5, None)}
    chain.do(link_indicator, set_id=futures, question_id=3, likelihoods=chances)
    chain.later(days=1).do(record_forecast, question_id=3, probability=0.8)

    def board():
        return chain.ask(scenario_board, futures, me="ana", now=chain.now)

    assert [one.implied for one in board().scenarios] != pytest.approx(prior)
    chain.do(resolve_question, question_id=1, outcome="no", known_at=chain.now, evidence="E.")
    found = board()
    assert found.indicators[0].state == "annulled"
    assert [one.implied for one in found.scenarios] == pytest.approx(prior)
    assert "Annulled, and left out: “C?”." in found.notices


def test_what_a_conditional_answer_may_tell_counts_as_often_as_its_conditions_are_met(chain, draft):
    futures = chain.do(make_scenario_set, draft=draft(options=("war", "peace"))).id
    on_a = draft(options=("war", "peace"), parent_id=1, parent_outcome="yes")
    inside = chain.do(make_scenario_set, draft=on_a).id
    chances = {"war": (0.9, None), "peace": (0.2, None), "something else": (0.5, None)}
    for key in (futures, inside):
        chain.do(set_prior, set_id=key, probabilities=[0.5, 0.3, 0.2])
        chain.do(link_indicator, set_id=key, question_id=3, likelihoods=chances)

    def watched(key=futures):
        (row,) = chain.ask(scenario_board, key, me="ana", now=chain.later(hours=1).now).watch
        return row

    assert (watched().condition, watched().met) == ("“B?” (no)", None)
    answer = watched().information
    chain.do(record_forecast, question_id=2, probability=0.4)
    assert watched().met is None  # of A nobody says how likely it is
    assert (watched(inside).met, watched(inside).information) == pytest.approx((0.6, 0.6 * answer))
    chain.do(record_forecast, question_id=1, probability=0.3)
    assert (watched().met, watched().information) == pytest.approx((0.18, 0.18 * answer))
    settled = {"known_at": chain.now, "evidence": "E."}
    chain.do(resolve_question, question_id=1, outcome="yes", **settled)
    chain.do(resolve_question, question_id=2, outcome="no", **settled)
    assert (watched().met, watched().information) == pytest.approx((1, answer))


def test_no_set_rests_on_itself_through_a_chain(chain, draft):
    """Up the conditions of the set, and down the conditions that hang on it."""
    below = draft(options=("war", "peace"), parent_id=3, parent_outcome="yes")
    futures = chain.do(make_scenario_set, draft=below).id
    for ancestor in (1, 2, 3):
        with pytest.raises(InvalidInput, match="on its condition"):
            chain.do(link_indicator, set_id=futures, question_id=ancestor)
    child = draft(parent_id=futures, parent_outcome="war")
    child = draft(parent_id=chain.do(ask_question, draft=child).id, parent_outcome="yes")
    grandchild = chain.do(ask_question, draft=child).id
    with pytest.raises(InvalidInput, match="in a circle"):
        chain.do(link_indicator, set_id=futures, question_id=grandchild)


@pytest.mark.parametrize("outright", [0.5, 0.76, 0.9])
def test_a_condition_of_a_condition_is_held_to_the_law_of_total_probability(chain, draft, outright):
    """Inside the world of A: P(D) = P(D|B) P(B) + P(D|not B) P(not B), .7 .8 + 1 .2 = .76."""
    on_a = {"parent_id": 1, "parent_outcome": "yes"}
    whole = chain.do(ask_question, draft=draft(title="D?", **on_a)).id
    on_b = draft(title="D, if B?", parent_id=2, parent_outcome="yes")
    half = chain.do(ask_question, draft=on_b).id
    for part in (half, 3):
        chain.do(relate_questions, kind="same_event", first_id=part, second_id=whole)
    stated = {2: 0.8, half: 0.7, 3: 1.0, whole: outright}
    for key, share in stated.items():
        chain.do(record_forecast, question_id=key, probability=share)
    found = chain.ask(coherence, me="ana", now=chain.now)
    assert found.checked == 1
    if outright == 0.76:
        assert found.findings == ()
        return
    (finding,) = found.findings
    near = {event.question_id: event.nearest for event in finding.events}
    assert near[whole] == pytest.approx(near[half] * near[2] + near[3] * (1 - near[2]), abs=1e-6)
    assert finding.distance == pytest.approx(
        np.linalg.norm([near[key] - share for key, share in stated.items()])
    )


def test_a_part_of_a_chain_is_compared_only_with_what_is_asked_on_the_same_condition(chain, draft):
    free = chain.do(ask_question, draft=draft(title="Asked outright?")).id
    with pytest.raises(InvalidInput, match="must be asked outright, as the first's condition is"):
        chain.do(relate_questions, kind="same_event", first_id=3, second_id=free)
    with pytest.raises(InvalidInput, match="on another condition"):
        chain.do(relate_questions, kind="implies", first_id=2, second_id=free)
