"""The model that takes clauses for forecasts: laws of its numbers, and what they come from."""

import pytest
from acceptance_weights import weights_of_all
from hypothesis import given
from hypothesis import strategies as st

from forecasts.reading.acceptance.candidates import considered
from forecasts.reading.acceptance.clauses import KIND
from forecasts.reading.acceptance.model import ACCEPTED, is_accepted, likelihood, weights
from forecasts.reading.parsing.sentences import sentences

FEATURES = sorted(weights())
names = st.sets(st.sampled_from([*FEATURES, "unheard of"]), max_size=40)


def test_the_weights_are_what_the_marked_articles_yield() -> None:
    assert weights_of_all() == pytest.approx(weights(), abs=0.02)


@given(names)
def test_a_likelihood_is_one_whatever_is_known(features: set[str]) -> None:
    assert 0 < likelihood(features) < 1
    assert is_accepted(features) == (likelihood(features) >= ACCEPTED)


@given(names, st.sampled_from(FEATURES))
def test_a_feature_moves_the_likelihood_the_way_of_its_weight(
    features: set[str], name: str
) -> None:
    moved = likelihood(features | {name}) - likelihood(features - {name})
    assert moved * weights()[name] >= 0


def test_what_is_not_named_weighs_nothing() -> None:
    assert likelihood({"unheard of"}) == likelihood(set())


def test_each_clause_is_considered_once_under_the_rule_that_knows_it() -> None:
    text = "Parliament reopens in May, and the bank may cut rates, economists say."
    (one,) = considered(text, sentences(text))
    heads = [(h.head.text, h.kind) for h in one.hedges]
    assert ("cut", "modal") in heads
    assert len({h.head.i for h in one.hedges if h.kind == KIND}) == sum(
        h.kind == KIND for h in one.hedges
    )
    assert len(one.features) == len(one.hedges)


@pytest.mark.parametrize(
    "text",
    [
        "If the court sits in May, nobody asked.",
        "He wondered whether the court would sit in May.",
        "By May the court should have sat, and it had.",
    ],
)
def test_what_is_supposed_asked_or_over_is_never_considered(text: str) -> None:
    hedges = [h for one in considered(text, sentences(text)) for h in one.hedges]
    assert not any(h.head.text in {"sits", "sit", "sat"} for h in hedges)


@pytest.mark.parametrize(
    "line", ["By Jane Doe | 17 June 2024", "By Jane Doe and Kim Li", "June 17, 2024", "By Ana Ruiz"]
)
def test_who_wrote_it_and_when_foretells_nothing(line: str) -> None:
    text = f"Rates\n{line}\n\nThey may rise soon."
    assert [one.doc.text for one in considered(text, sentences(text))] == ["They may rise soon."]
