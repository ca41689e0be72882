"""Linked forecasts that cannot all be right are found; those that can are not."""

import math
from datetime import timedelta

import pytest

from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.services.relations import relate_questions, unrelate_questions
from forecasts.services.resolutions import resolve_question
from forecasts.services.scenarios import make_scenario_set
from forecasts.views import coherence as module
from forecasts.views.coherence import coherence, not_checked


@pytest.fixture
def pair(desk, draft):
    """By June, 1, implies by December, 2."""
    for title in ("By June?", "By December?"):
        desk.do(ask_question, draft=draft(title=title))
    desk.do(relate_questions, kind="implies", first_id=1, second_id=2)
    return desk


def said(desk, shares, by="ana"):
    for key, share in shares.items():
        desk.do(record_forecast, by=by, question_id=key, probability=share)


def view(desk, me="ana"):
    return desk.ask(coherence, me=me, now=desk.later(minutes=1).now)


def test_an_earlier_deadline_cannot_be_likelier_than_a_later_one(pair):
    said(pair, {1: 0.6, 2: 0.4})
    found = view(pair)
    (finding,) = found.findings
    assert finding.distance == pytest.approx(0.2 / math.sqrt(2))
    assert [event.nearest for event in finding.events] == pytest.approx([0.5, 0.5])
    assert finding.relations == ("If “By June?” happens, “By December?” happens too.",)
    assert "60.0 % → 50.0 %" in finding.sentence
    assert (found.checked, found.not_checked) == (1, ())
    said(pair, {2: 0.7})
    assert view(pair).findings == ()


def test_complements_sum_to_one(pair):
    pair.do(unrelate_questions, kind="implies", first_id=1, second_id=2)
    pair.do(relate_questions, kind="complement", first_id=1, second_id=2)
    said(pair, {1: 0.6, 2: 0.6})
    assert [event.nearest for event in view(pair).findings[0].events] == pytest.approx([0.5, 0.5])
    pair.do(unrelate_questions, kind="complement", first_id=2, second_id=1)
    assert view(pair).checked == 0


def test_the_law_of_total_probability_holds_conditional_forecasts_to_direct_ones(pair, draft):
    """P(direct) = P(if yes) P(yes) + P(if no) P(no): .5 * .8 + .5 * .2 = .5, and not .9."""
    pair.do(unrelate_questions, kind="implies", first_id=1, second_id=2)
    for outcome in ("yes", "no"):
        child = draft(title=f"If {outcome}?", parent_id=1, parent_outcome=outcome)
        pair.do(relate_questions, kind="same_event", second_id=2,
                first_id=pair.do(ask_question, draft=child).id)  # fmt: skip
    said(pair, {1: 0.5, 3: 0.8, 4: 0.2, 2: 0.5})
    assert view(pair).findings == ()
    said(pair, {2: 0.9})
    (finding,) = view(pair).findings
    nearest = {event.question_id: event.nearest for event in finding.events}
    a = nearest[1]
    assert nearest[2] == pytest.approx(a * nearest[3] + (1 - a) * nearest[4], abs=1e-6)
    assert {event.condition for event in finding.events} == {
        None, "if “By June?”", "if “By June?” (no)",
    }  # fmt: skip


def test_a_scenario_can_imply_an_event(pair, draft):
    futures = pair.do(make_scenario_set, draft=draft(title="Which?", options=("war", "peace"))).id
    pair.do(relate_questions, kind="implies", first_id=futures, first_outcome="war", second_id=2)
    pair.do(record_forecast, question_id=futures, probabilities=[0.6, 0.3, 0.1])
    said(pair, {2: 0.3})
    (finding,) = view(pair).findings
    nearest = {(event.question_id, event.outcome): event.nearest for event in finding.events}
    assert nearest[futures, "war"] <= nearest[2, "yes"] + 1e-9
    assert sum(nearest[futures, name] for name in ("war", "peace", "something else")) == (
        pytest.approx(1)
    )


def test_everybody_is_measured_at_the_last_moment_when_all_were_open(pair):
    said(pair, {1: 0.6, 2: 0.4})
    said(pair, {1: 0.2, 2: 0.9}, by="bob")
    said(pair, {1: 0.2}, by="cem")
    pair.later(days=1)
    pair.do(resolve_question, question_id=1, outcome="no", known_at=pair.now, evidence="E")
    said(pair.later(days=1), {2: 0.1})
    found = view(pair)
    assert found.findings == ()
    assert [(one.forecaster, one.groups) for one in found.forecasters] == [("bob", 1), ("ana", 1)]
    assert [one.distance for one in found.forecasters] == pytest.approx([0, 0.2 / math.sqrt(2)])


def test_contradictory_relations_are_named_and_not_checked(pair, draft):
    third = pair.do(ask_question, draft=draft(title="Third?")).id
    for first, second in ((1, 2), (1, third), (2, third)):
        pair.do(relate_questions, kind="complement", first_id=first, second_id=second)
    said(pair, {1: 0.5, 2: 0.5})
    found = view(pair)
    assert (found.findings, found.checked, found.forecasters) == ((), 0, ())
    assert "contradict each other" in found.not_checked[0]


def test_what_was_not_open_all_at_once_is_measured_in_parts_or_named(pair, draft):
    pair.do(ask_question, draft=draft(title="By May?", closes_at=pair.now + timedelta(days=2)))
    pair.do(relate_questions, kind="implies", first_id=3, second_id=1)
    said(pair, {3: 0.6, 1: 0.4})
    later = pair.later(days=3).do(ask_question, draft=draft(title="Later?")).id
    pair.do(relate_questions, kind="implies", first_id=1, second_id=later)
    said(pair, {later: 0.2})
    (ana,) = view(pair).forecasters
    assert ana.groups == 2
    assert ana.distance == pytest.approx(0.2 / math.sqrt(2))
    assert view(pair).not_checked == ()
    pair.do(relate_questions, kind="implies", first_id=3, second_id=later)
    named = ("“By May?”; “Later?”: never open at the same time.",)
    assert view(pair).not_checked == pair.ask(not_checked) == named
    assert pair.ask(not_checked, open_at=pair.now) == ()


def test_what_was_worked_out_is_not_worked_out_again(pair, monkeypatch):
    solved, project = [], module.project
    monkeypatch.setattr(module, "project", lambda *given: solved.append(1) or project(*given))
    said(pair, {1: 0.6, 2: 0.4})
    said(pair, {1: 0.3, 2: 0.4}, by="bob")
    first = view(pair)
    assert len(solved) == 2
    assert view(pair).findings == first.findings
    said(pair, {1: 0.2}, by="bob")
    view(pair)
    assert len(solved) == 3
