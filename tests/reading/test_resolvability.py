"""What keeps a statement from being settled, one rule after another."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.candidate import Candidate
from forecasts.reading.drafting.resolvability import resolvability
from forecasts.reading.statements import read_statements

PUBLISHED = date(2024, 7, 11)
SOUND = "the bank will cut its rate to 4.5 % by 31 December 2024"


def statement(quote=SOUND, *, by=date(2024, 12, 31), **changes):
    horizon = "by 31 December 2024" if by else None
    fields = Candidate(
        start=0, end=len(quote), quote=quote, hedge="will", polarity="affirm", probability=0.9,
        probability_low=0.8, probability_high=0.97, scale="recommended", is_possibility=False,
        horizon=horizon, horizon_start=None, horizon_end=by, speaker="author",
        speaker_kind="author", condition=None, actors=(),
    )  # fmt: skip
    return replace(fields, **changes)


def judged(quote=SOUND, **changes):
    return resolvability(statement(quote, **changes), published=PUBLISHED)


def test_a_statement_that_lacks_nothing():
    assert (judged().score, judged().reasons) == (1.0, ())


# Rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"by": None}, "no date: it names no time"),
        ({"horizon": "short-term", "by": None}, "no date: “short-term” ends on no particular day"),
        ({"by": date(2024, 7, 10)}, "its time was over when it was published"),
        ({"hedge": "may", "is_possibility": True}, "bare possibility: “may” fits either outcome"),
        ({"condition": "if  talks\nfail"}, "a condition to check first: “if talks fail”"),
    ],
)
def test_what_the_extractor_found_missing(changes, reason):
    found = judged(**changes)
    assert found.reasons == (reason,)
    assert 0 < found.score < 1


@pytest.mark.parametrize(
    ("event", "word"),
    [
        ("Russia will feel abandoned", "feel"),
        ("Seoul will be angered by the pact", "angered"),
        ("Moscow will come to see Pyongyang as an ally", "come to see"),
        ("Beijing will want a seat at the table", "want"),
        ("voters will be worried", "worried"),
        ("the meeting will change that sentiment", "sentiment"),
        ("Ankara will view the treaty as a threat", "view"),
    ],
)
def test_a_state_of_mind_cannot_be_observed(event, word):
    assert judged(event).reasons == (f"unobservable: “{word}” is a state of mind",)


@pytest.mark.parametrize(
    ("event", "word"),
    [
        ("the election will impact the talks", "impact"),
        ("the step will strain the alliance", "strain"),
        ("tensions will remain", "tensions"),
        ("the visit will have consequences", "consequences"),
        ("the ban will reshape the market", "reshape"),
    ],
)
def test_a_vague_outcome_is_asked_about(event, word):
    assert judged(event).reasons == (f"vague outcome: what would count as “{word}”?",)


@pytest.mark.parametrize(
    ("event", "word"),
    [
        ("exports will increase", "increase"),
        ("the army will be stronger", "stronger"),
        ("the fighting will escalate", "escalate"),
        ("turnout will fall sharply", "sharply"),
    ],
)
def test_a_degree_needs_a_threshold(event, word):
    assert judged(event).reasons == (f"vague outcome: “{word}” has no threshold",)
    assert judged(f"{event} by 5 %").reasons == ()


def test_the_number_of_a_deadline_is_no_threshold():
    found = judged("exports will increase by 31 December 2024")
    assert found.reasons == ("vague outcome: “increase” has no threshold",)


def test_words_of_likelihood_and_of_the_condition_are_not_the_outcome():
    assert judged("the bank is more likely than not to close", hedge="more likely than not") == (
        judged()
    )
    found = judged("the bank will close if tensions increase", condition="if tensions increase")
    assert found.reasons == ("a condition to check first: “if tensions increase”",)


@pytest.mark.parametrize(
    ("event", "several"),
    [
        ("Putin will visit Pyongyang and meet Kim", True),
        ("the bank will cut its rate or keep it", True),
        ("the strategy will fail, ending the talks", True),
        ("the North will receive cash, food and fuel", True),
        ("the parliament will pass the budget, and the president will sign it", True),
        ("Putin will visit Pyongyang", False),
        ("Japan and Korea will sign the treaty", False),
        ("the bank will buy gold and silver", False),
        ("the bank will sell what it bought and kept", False),
        ("the bank will sell the house that was built and furnished last year", False),
    ],
)
def test_several_events_in_one(event, several):
    assert judged(event).reasons == (("several events in one",) if several else ())


@pytest.mark.parametrize(
    ("event", "word"),
    [("it will sign the treaty", "it"), ("but this will end the talks", "this"),
     ("They will leave", "They"), ("Italy will leave", None)],
)  # fmt: skip
def test_a_pronoun_stands_for_something_said_before(event, word):
    reasons = (f"“{word}” stands for something said before",) if word else ()
    assert judged(event).reasons == reasons


@pytest.mark.parametrize(
    "event",
    [
        "the bank will raise its interest rates",
        "the think tank will close",
        "the company will challenge the ruling in court",
        "Scholz will lose the vote of confidence",
        "Merz will succeed Scholz as chancellor",
    ],
)
def test_plain_events_are_not_called_vague(event):
    assert judged(event).reasons == ()


# Dates ----------------------------------------------------------------------------------------


def test_a_horizon_counted_from_the_publication_needs_its_date():
    undated = statement(horizon="this month", by=None)
    assert resolvability(undated, published=PUBLISHED).reasons == ()
    assert resolvability(undated, published=None).reasons == (
        "no date: “this month” counts from the day of publication, which is not known",
    )


def test_a_named_day_needs_no_date_of_publication():
    assert resolvability(statement(), published=None).score == 1


# Laws -----------------------------------------------------------------------------------------

faults = st.fixed_dictionaries(
    {},
    optional={
        "by": st.none(),
        "is_possibility": st.just(True),
        "condition": st.just("if talks fail"),
        "quote": st.sampled_from(["Russia will feel abandoned", "it will increase tensions"]),
    },
)


@given(faults, faults)
def test_one_more_fault_never_raises_the_score(some, others):
    fewer, more = judged(**some), judged(**(some | others))
    assert 0 < more.score <= 1
    assert (more.score == 1) == (not more.reasons)
    if "quote" not in others or "quote" not in some:
        assert more.score <= fewer.score
        assert len(more.reasons) >= len(fewer.reasons)


@given(st.text(max_size=300))
def test_any_quotation_is_judged(quote):
    assert 0 < judged(quote).score <= 1


# Order ----------------------------------------------------------------------------------------


def test_the_best_question_comes_first():
    text = (
        "China is unlikely to publicly voice complaints regarding the pact by December 2024. "
        "The U.S. will likely seek to strengthen its ties with Japan this year. "
        "Russia may feel abandoned."
    )
    found = read_statements(text, published=PUBLISHED)
    scores = [resolvability(one, published=PUBLISHED).score for one in found]
    assert len(scores) == 3
    assert all(better > worse for better, worse in pairwise(scores))
    assert scores[0] == 1
