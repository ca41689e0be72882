"""The scenario board against Bayes and Jeffrey by hand, and what it leaves out and says."""

from datetime import timedelta

import numpy as np
import pytest

from forecasts.errors import NotFound
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import change_indicator, link_indicator
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import annul_question, resolve_question
from forecasts.services.scenarios import make_scenario_set, set_prior, tell_narrative
from forecasts.views.linkable import linkable
from forecasts.views.scenario_words import gap
from forecasts.views.scenarios import scenario_board, scenario_sets

PRIOR = np.array([0.5, 0.3, 0.2])
YES = np.array([0.8, 0.3, 0.5])


@pytest.fixture
def futures(desk, draft):
    """Set 1 with a prior of PRIOR; questions 2 and 3, whose yes has the chances YES, linked."""
    desk.do(make_scenario_set, draft=draft(title="Which?", options=("war", "peace")))
    desk.do(set_prior, set_id=1, probabilities=PRIOR.tolist())
    for key in (2, 3):
        desk.do(ask_question, draft=draft(title=f"Indicator {key}?"))
        desk.do(link_indicator, set_id=1, question_id=key, likelihoods=judged(YES))
    return desk.later(days=1)


def judged(chances):
    names = ("war", "peace", "something else")
    return {name: (float(p), None) for name, p in zip(names, chances, strict=True)}


def board(desk, me="ana"):
    return desk.ask(scenario_board, 1, me=me, now=desk.now)


def implied(desk, me="ana"):
    return np.array([one.implied for one in board(desk, me).scenarios])


def jeffrey(prior, q):
    """By the definition: each outcome's Bayes posterior, weighted by the forecast of it."""
    yes, no = prior * YES, prior * (1 - YES)
    return q * yes / yes.sum() + (1 - q) * no / no.sum()


def settle(desk, key, outcome="yes"):
    desk.do(resolve_question, question_id=key, outcome=outcome, known_at=desk.now, evidence="Seen.")


def test_an_open_indicator_counts_by_jeffreys_rule_mine_before_the_crowds(futures):
    assert implied(futures) == pytest.approx(PRIOR)
    futures.do(record_forecast, by="bob", question_id=2, probability=0.9)
    futures.do(record_forecast, by="cem", question_id=2, probability=0.7)
    assert implied(futures) == pytest.approx(jeffrey(PRIOR, 0.8), abs=1e-12)
    futures.do(record_forecast, question_id=2, probability=0.1)
    assert implied(futures) == pytest.approx(jeffrey(PRIOR, 0.1), abs=1e-12)
    assert implied(futures, "bob") == pytest.approx(jeffrey(PRIOR, 0.9), abs=1e-12)
    assert [one.current_from for one in board(futures).indicators] == ["me", None]
    assert [one.state for one in board(futures).indicators] == ["open", "unknown"]


def test_resolved_indicators_count_by_bayes_and_their_order_does_not_matter(futures):
    settle(futures, 2)
    once = PRIOR * YES / (PRIOR @ YES)
    assert implied(futures) == pytest.approx(once, abs=1e-12)
    settle(futures.later(hours=1), 3, "no")
    both = PRIOR * YES * (1 - YES)
    assert implied(futures.later(days=2)) == pytest.approx(both / both.sum(), abs=1e-12)
    assert board(futures).watch == ()
    rows = {one.factor: one.probabilities for one in board(futures).sensitivity}
    half = PRIOR * np.sqrt(YES * (1 - YES))
    assert rows[1.0] == pytest.approx(implied(futures))
    assert rows[0.5] == pytest.approx(half / half.sum())


def test_the_series_is_daily_and_every_row_is_the_board_of_its_day(futures):
    days = []
    for share in (0.2, 0.6, 0.9):
        futures.later(hours=1).do(record_forecast, question_id=2, probability=share)
        futures.do(record_forecast, question_id=1, probabilities=[share, 1 - share, 0.0])
        futures.now = futures.now.replace(hour=0) + timedelta(days=1)
        days.append((futures.now, jeffrey(PRIOR, share), share))
    series = board(futures).series
    for at, expected, share in days:
        place = series.at.index(at)
        assert series.implied[place] == pytest.approx(expected, abs=1e-12)
        assert series.mine[place, 0] == share
    assert series.at[-1] == futures.now
    assert np.isnan(series.mine[0]).all()
    assert len(series.at) == len(set(series.at)) == 4


def test_what_was_known_before_the_prior_is_in_it(futures):
    settle(futures, 2)
    futures.later(hours=1).do(set_prior, set_id=1, probabilities=[0.6, 0.3, 0.1])
    assert implied(futures) == pytest.approx([0.6, 0.3, 0.1])
    assert {one.question_id: one.state for one in board(futures).indicators} == {
        2: "before", 3: "unknown",
    }  # fmt: skip
    assert any("holds it already" in notice for notice in board(futures).notices)


def test_a_prior_dated_after_the_set_has_ended_implies_nothing_and_says_so(futures):
    futures.do(record_forecast, question_id=2, probability=0.9)
    ended = futures.now
    settle(futures, 1, "war")
    futures.later(days=3).do(set_prior, set_id=1, probabilities=[0.6, 0.3, 0.1])
    found = board(futures)
    assert (found.status, found.outcome) == ("resolved", "war")
    assert found.prior.dated_at > ended
    assert np.isnan(found.series.implied).all()
    assert found.series.at[-1] == ended
    assert (found.watch, found.sensitivity) == ((), ())
    assert found.gap == "The indicators imply nothing yet."
    assert found.notices[0] == (
        "The prior is dated after the set ended, so the indicators imply nothing."
    )
    futures.do(set_prior, set_id=1, probabilities=[0.6, 0.3, 0.1], dated_at=ended)
    assert not np.isnan(board(futures).series.implied[-1]).any()


def test_annulled_and_unjudged_indicators_are_left_out_and_said_so(futures):
    for key in (2, 3):
        futures.do(record_forecast, question_id=key, probability=0.9)
    futures.do(annul_question, question_id=2, reason="Void.")
    futures.do(change_indicator, set_id=1, question_id=3, likelihoods={"peace": ()})
    assert implied(futures) == pytest.approx(PRIOR)
    found = board(futures)
    assert {one.state for one in found.indicators} == {"annulled", "unjudged"}
    assert found.notices[:2] == (
        "Not yet judged, and not used: “Indicator 3?”. Give every scenario its likelihoods.",
        "Annulled, and left out: “Indicator 2?”.",
    )


def test_an_outcome_that_no_scenario_allows_is_left_out_and_said_so(futures):
    certain = dict.fromkeys(("war", "peace", "something else"), (0.0, 1.0))
    futures.do(change_indicator, set_id=1, question_id=2, likelihoods=certain, certain=True)
    futures.do(record_forecast, question_id=2, probability=0.2)
    assert implied(futures) == pytest.approx(PRIOR)
    assert "impossible" in {one.state for one in board(futures).indicators}
    futures.later(days=1).do(record_forecast, question_id=2, probability=0.0)
    assert "impossible" not in {one.state for one in board(futures).indicators}


def test_ruling_out_every_scenario_is_said_and_nothing_is_implied(futures):
    for key, chances in ((2, (1.0, 0.0, 0.0)), (3, (0.0, 1.0, 1.0))):
        futures.do(
            change_indicator, set_id=1, question_id=key, likelihoods=judged(chances), certain=True
        )
        settle(futures, key)
    found = board(futures)
    assert [one.implied for one in found.scenarios] == [None, None, None]
    assert (found.sensitivity, found.watch) == ((), ())
    assert any("rules out every scenario" in notice for notice in found.notices)


def test_an_indicator_that_cannot_tell_scenarios_apart_says_so_and_changes_nothing(futures):
    futures.do(change_indicator, set_id=1, question_id=3, likelihoods=judged([0.4] * 3))
    before = implied(futures)
    dumb = board(futures).indicators[-1]
    assert (dumb.question_id, dumb.tells_apart) == (3, False)
    assert [one.question_id for one in board(futures).watch] == [2, 3]
    assert board(futures).watch[1].information == pytest.approx(0)
    settle(futures, 3)
    assert implied(futures) == pytest.approx(before, abs=1e-12)


def test_the_gap_is_named_and_what_is_missing_is_said(futures, draft):
    assert board(futures).gap.startswith("You have no standing forecast; the indicators imply 50 %")
    futures.do(record_forecast, question_id=1, probabilities=[0.2, 0.3, 0.5])
    assert board(futures).gap == (
        "Your 20 % for “war” is 30 points below the 50 % that the indicators imply."
    )
    futures.do(tell_narrative, set_id=1, scenario="war", text="It grows.")
    assert board(futures).notices[-1] == "Without a narrative: “peace”; “something else”."
    bare = futures.do(make_scenario_set, draft=draft(options=("a", "b"))).id
    found = futures.ask(scenario_board, bare, me=None, now=futures.now)
    assert "no prior yet" in found.notices[0]
    assert "No indicator" in found.notices[1]
    assert found.gap == "The indicators imply nothing yet."
    rows = futures.ask(scenario_sets, now=futures.now)
    assert [(row.question_id, row.indicators) for row in rows] == [(1, 2), (bare, 0)]
    with pytest.raises(NotFound):
        futures.ask(scenario_board, 2, me=None, now=futures.now)


def test_what_can_still_be_linked_is_found_by_its_words(futures, draft):
    for title, changes in (("Rain in May?", {}), ("How much rain?", {"kind": "numeric"})):
        futures.do(ask_question, draft=draft(title=title, **changes))
    other = futures.do(make_scenario_set, draft=draft(title="Rain or sun?", options=("a",))).id
    found = futures.ask(linkable, 1, text="RAIN ?")
    assert [(one.question_id, one.outcomes) for one in found] == [
        (other, ("a", "something else")), (4, ("yes", "no")),
    ]  # fmt: skip
    kept = futures.ask(linkable, 1, text="may", keep=2)
    assert [one.question_id for one in kept] == [2, 4]
    assert len(futures.ask(linkable, 1, most=1)) == 1


def test_an_indicator_that_turns_out_after_the_set_ended_counts_by_what_stood_then(futures):
    futures.do(record_forecast, question_id=2, probability=0.9)
    settle(futures.later(days=1), 1, "war")
    then = implied(futures)
    settle(futures.later(days=1), 2, "no")
    found = board(futures)
    assert implied(futures) == pytest.approx(then)
    late = next(one for one in found.indicators if one.question_id == 2)
    assert (late.state, late.current_from, late.outcome) == ("after", "me", "no")
    assert late.current == pytest.approx((0.9, 0.1))
    assert "what stood then" in late.why
    assert "Turned out after the set ended, and counted by what stood then: “Indicator 2?”." in (
        found.notices
    )
    assert [one.question_id for one in found.watch] == [3]


def test_days_left_out_because_of_an_impossible_outcome_are_named(futures):
    certain = dict.fromkeys(("war", "peace", "something else"), (0.0, 1.0))
    futures.do(change_indicator, set_id=1, question_id=2, likelihoods=certain, certain=True)
    futures.do(record_forecast, question_id=2, probability=0.2)
    words = "What stood earlier had an outcome that no scenario allows"
    assert not any(words in notice for notice in board(futures).notices)
    futures.later(days=2).do(record_forecast, question_id=2, probability=0.0)
    assert any(words in notice for notice in board(futures).notices)


@pytest.mark.parametrize(
    ("mine", "implied", "words"),
    [
        (0.344, 0.336, "agree within one point"),
        (0.346, 0.334, "Your 34.6 % for “war” is 1.2 points above the 33.4 % that"),
        (0.364, 0.336, "Your 36.4 % for “war” is 2.8 points above the 33.6 % that"),
        (0.352, 0.338, "Your 35 % for “war” is 1 point above the 34 % that"),
        (0.2, 0.6, "Your 20 % for “war” is 40 points below the 60 % that"),
        (0.2, 0.004, "Your 20.0 % for “war” is 19.6 points above the 0.4 % that"),
        (0.2, 1e-5, "Your 20.0 % for “war” is 20.0 points above the < 0.1 % that"),
        (np.nan, 0.996, "the indicators imply > 99 % for “war”"),
        (0.2, 0.0, "Your 20 % for “war” is 20 points above the 0 % that"),
    ],
)
def test_the_gap_adds_up_as_it_is_shown(mine, implied, words):
    ends = (np.array([share, (1 - share) / 2, (1 - share) / 2]) for share in (mine, implied))
    assert words in gap(("war", "peace", "something else"), *ends)
