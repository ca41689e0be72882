"""Constructions that foretell without a modal verb, elliptic ones, and traps, in the plain.

Each is written for the rule, not taken from an article.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.reading.candidate import Candidate
from forecasts.reading.hedges.idioms import idioms
from forecasts.reading.scales import estimate
from forecasts.reading.statements import read_statements

PUBLISHED = date(2026, 3, 10)  # a Tuesday

# Text, probability of the affirmative event, polarity.
IDIOMS = [
    ("The ruling party risks losing its majority.", 0.38, "affirm"),
    ("The dispute threatens to derail the talks.", 0.38, "affirm"),
    ("The company is poised to overtake its rival by 2027.", 0.78, "affirm"),
    ("The peso is headed lower.", 0.78, "affirm"),
    ("The incumbent faces an uphill battle to retain his seat.", 0.22, "negative"),
    ("Winning the rural vote will be a tall order.", 0.22, "negative"),
    ("The odds are against the bill passing this session.", 0.22, "negative"),
    ("I would be surprised if the bank moved before June.", 0.22, "negative"),
    ("It would not surprise me to see oil at $60.", 0.5, "affirm"),
    ("Do not be surprised if the vote is postponed.", 0.5, "affirm"),
    ("There is no sign that the junta will relax its grip.", 0.22, "negative"),
    ("It is hard to see how the coalition can survive.", 0.22, "negative"),
    ("A snap election cannot be excluded.", 0.15, "affirm"),
    ("We do not rule out further increases.", 0.15, "affirm"),
    ("It is only a matter of time before the pipeline is attacked again.", 0.94, "affirm"),
    ("Sooner or later, the dam breaks.", 0.94, "affirm"),
    ("A default is all but inevitable.", 0.94, "affirm"),
    ("Defeat is virtually assured.", 0.94, "affirm"),
    ("The bill faces near-certain defeat.", 0.94, "affirm"),
    ("The merger is by no means assured.", 0.45, "affirm"),
    ("Victory is not inevitable.", 0.45, "affirm"),
    ("Brent is seen rising to $95 by year-end.", 0.68, "affirm"),
    ("The bank sees growth slowing to 2.9% in 2027.", 0.68, "affirm"),
    ("Look for Tehran to escalate in the second half of the year.", 0.68, "affirm"),
    ("Our forecast is that the junta will hold elections.", 0.68, "affirm"),
    ("Inflation will stay under 3%.", 0.95, "affirm"),
    ("The levy will probably be 10%.", 0.68, "affirm"),
    ("He reckons growth this year will come in around 7.2%.", 0.68, "affirm"),
    ("Analysts believe that the government will fall by June.", 0.68, "affirm"),
    ("The ruling will have no effect on its timetable.", 0.05, "negative"),
    ("The vote will hardly change anything in 2027.", 0.05, "negative"),
    ("The Geneva Forum expects no direct meeting before the summer.", 0.32, "negative"),
    ("A common currency is, in my view, out of the question before 2030.", 0.05, "negative"),
    ("There is a two-thirds chance that rates fall in March.", 0.6667, "affirm"),
    ("Diplomats give a round of strikes before summer at “sixty-forty”.", 0.6, "affirm"),
    ("I'd put an outright invasion before 2030 at less than one in ten.", 0.1, "affirm"),
    ("The minister doubts that it will recover.", 0.25, "negative"),
    ("The economist was sceptical that volumes would change before May.", 0.25, "negative"),
    ("We don't doubt that rates will fall in May.", 0.75, "affirm"),
    ("No one should expect pullbacks this summer.", 0.32, "negative"),
    ("A short war is the least likely kind.", 0.22, "negative"),
    ("El Niño conditions are ruled out for this season.", 0.05, "negative"),
    ("I find it hard to imagine the army on the street.", 0.22, "negative"),
    ("We see no sign that he will make one now.", 0.22, "negative"),
    ("None of the parties is on course for a majority in May.", 0.22, "negative"),
    ("My guess is that nobody will dare before 2029.", 0.32, "negative"),
    ("We no longer expect the bank to cut in July.", 0.32, "negative"),
    ("Few analysts expect a cut before autumn.", 0.32, "negative"),
    ("Few lawyers believe the Treasury will pay.", 0.22, "negative"),
    ("The plan is hardly likely to win approval.", 0.22, "negative"),
    ("Nor is the Kremlin likely to sign anything.", 0.22, "negative"),
    ("The measure is more likely than not to be struck down.", 0.68, "affirm"),
    ("A partial remand looks the likeliest outcome.", 0.68, "affirm"),
    ("There will be no return to the status quo.", 0.05, "negative"),
    ("I suspect unemployment tops 5% by the autumn.", 0.68, "affirm"),
    ("The talks are to resume in Doha next week.", 0.95, "affirm"),
    ("The trial begins on Monday.", 0.95, "affirm"),
    ("The new tariffs take effect on 1 July.", 0.95, "affirm"),
    ("Unless the rider is dropped, the party loses four votes.", 0.95, "affirm"),
    ("If it took off, we would have doses for very few.", 0.82, "affirm"),
    ("No coalition would survive that vote.", 0.18, "negative"),
]
NUMBERS = [
    ("The chances of a hard landing have risen to 40%.", 0.4),
    ("The odds of a return by June are no better than one in three.", 0.3333),
    ("Odds of a hung parliament stand at about 50-50.", 0.5),
    ("Base case (55%): the parties agree on a caretaker cabinet.", 0.55),
    ("Downside (15% probability): the ceasefire collapses.", 0.15),
    ("The bank cuts rates at least twice: 65%.", 0.65),
    ("Likelihood: highly unlikely.", 0.1),
]
TRAPS = {
    "a threat by somebody": "The union threatens to strike.",
    "a share of seats": "The law gives the party one in four seats.",
    "a share of a firm": "The deal gives them 35% of the company.",
    "a risk described": "The risk of fire is well known.",
    "a law's term": "Under the agreement, each side will withdraw its forces.",
    "a duty": "The directive shall enter into force on the day of publication.",
    "a permission": "The court may only hear appeals on points of law.",
    "a party's right": "A tenant may terminate the lease with a month's notice.",
    "small print": "This article may contain forward-looking statements.",
    "more small print": "Actual results may differ materially.",
    "a habit": "Negotiators will often bluff.",
    "a proverb": "Those who play with fire will burn themselves.",
    "a tautology": "Boys will be boys.",
    "a tool's work": "The tool will scan your disk and report errors.",
    "critics to come": "Critics will argue the plan is too timid.",
    "a guide": "You will find the data in the appendix.",
    "an argument": "One could argue that the reform worked.",
    "a verdict": "It would be a mistake to leave now.",
    "a requirement": "A new pact would have to be silent about its purpose.",
    "a mood": "Washington may be tempted to stay out of it.",
    "an explanation": "This may explain why prices rose.",
    "a guess": "It may be that he is right.",
    "a past inability": "He could not attend the meeting.",
    "a lost participle": "Had it been invited, it might have.",
    "a past expectation": "OPEC had been expected to add more; it added less.",
    "an old forecast": "I had predicted that the euro would reach 1.25.",
    "an earlier paper": "A previous paper judged that the enclave would collapse.",
    "a name": "Will Smith lives in California.",
    "a purpose told": "The aim is to win in May.",
    "a survey": "Most voters support the bill (62%).",
    "no expectation": "As expected, the bank left rates unchanged.",
}


def only(text: str) -> Candidate:
    found = read_statements(text, published=PUBLISHED)
    assert len(found) == 1, [c.quote for c in found]
    return found[0]


@pytest.mark.parametrize(("text", "probability", "polarity"), IDIOMS)
def test_a_turn_of_phrase_foretells(text: str, probability: float, polarity: str) -> None:
    found = only(text)
    assert found.probability == pytest.approx(probability)
    assert found.polarity == polarity


@pytest.mark.parametrize(("text", "probability"), NUMBERS)
def test_a_number_or_label_is_the_estimate(text: str, probability: float) -> None:
    assert only(text).probability == pytest.approx(probability)


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_it_only_looks_like_a_forecast(text: str) -> None:
    assert read_statements(text, published=PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "Germany will probably agree; France probably not.",
            [("Germany will probably agree", 0.68), ("France probably not", 0.32)],
        ),
        (
            "London is likely to sign, Dublin less so.",
            [("London is likely to sign", 0.68), ("Dublin less so", 0.22)],
        ),
        (
            "Poland will veto the plan; Hungary won't.",
            [("Poland will veto the plan", 0.95), ("Hungary won't", 0.05)],
        ),
        ("Will the bank cut again? Probably not.", [("Probably not", 0.32)]),
        ("Was he guilty? Probably not.", []),
        ("He asked whether they would come. I doubt it.", [("I doubt it", 0.25)]),
        (
            "Our model gives them a 62% chance of a win and a 9% chance of a majority.",
            [
                ("Our model gives them a 62% chance of a win", 0.62),
                ("a 9% chance of a majority", 0.09),
            ],
        ),
        (
            "Famine is unlikely in the camps, but a real risk across the border.",
            [("Famine is unlikely in the camps", 0.22), ("a real risk across the border", 0.5)],
        ),
        (
            "Prices are likely to ease next month and rise again by October.",
            [("Prices are likely to ease next month", 0.68), ("rise again by October", 0.68)],
        ),
        (
            "The envoy will arrive and give a speech.",
            [("The envoy will arrive and give a speech", 0.95)],
        ),
        (
            "She said a good harvest may push prices down, adding that imports could backfire.",
            [("a good harvest may push prices down", 0.38), ("imports could backfire", 0.38)],
        ),
    ],
)
def test_what_is_left_out_is_still_a_claim(text: str, statements: list[tuple[str, float]]) -> None:
    found = read_statements(text, published=PUBLISHED)
    assert [c.quote for c in found] == [quote for quote, _ in statements]
    assert [c.probability for c in found] == pytest.approx([p for _, p in statements])


def test_every_idiom_stands_for_a_word_that_every_scale_reads() -> None:
    pattern, phrases = idioms()
    assert set(pattern.groupindex) == set(phrases)
    for phrase in phrases.values():
        assert estimate(phrase, "icd203").scale in {"icd203", "recommended"}


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Prices could spike should the talks fail.", "should the talks fail"),
        ("On current trends, the party would lose its seats.", "On current trends"),
        ("Rates would stay high for as long as necessary, he said.", None),
    ],
)
def test_conditions_in_other_words(text: str, condition: str | None) -> None:
    assert only(text).condition == condition


_TRIGGERS = """
will won't may might could should would shall not probably likely unlikely too less so the bank
France chance odds prospects risk of that whether if unless by then before spring in 2027 election
; , . — " ' ( ) 40% 50-50 one in five is are looks a tall order expects sees growth slowing said he
Prices they no few analysts forecast doubt it I we is to be on Monday take effect without talks
fail faces an uphill battle all but far from more than scenario 1 base case Q: A: moderate
confidence judgment between June and March there going about view outcome and but which cannot be
ruled out does
"""


@given(st.lists(st.sampled_from(_TRIGGERS.split()), min_size=2, max_size=25).map(" ".join))
@settings(deadline=None, max_examples=150)
def test_no_heap_of_hedges_breaks_the_laws(text: str) -> None:
    for found in read_statements(text, published=PUBLISHED):
        assert text[found.start : found.end] == found.quote
        assert 0 <= found.probability_low <= found.probability <= found.probability_high <= 1
        if found.horizon_start and found.horizon_end:
            assert found.horizon_start <= found.horizon_end
