"""Each construction that states a forecast, each that only looks like one, and the laws of both."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasts.reading.candidate import Candidate
from forecasts.reading.documents.furniture import furniture_spans
from forecasts.reading.extract import extract_records
from forecasts.reading.scales import estimate
from forecasts.reading.statements import read_statements

ARTICLES = sorted((Path(__file__).parents[1] / "data" / "articles").glob("*.txt"))
PUBLISHED = date(2024, 7, 11)

# Text, probability of the affirmative event, polarity.
FORECASTS = [
    ("The party will lose its majority.", 0.95, "affirm"),
    ("The measure won't pass.", 0.05, "negative"),
    ("No country will accept these terms.", 0.05, "negative"),
    ("The measure will probably not pass.", 0.32, "negative"),
    ("The ruling will almost certainly be appealed.", 0.94, "affirm"),
    ("In all likelihood, the talks will drag on.", 0.68, "affirm"),
    ("Prices may not fall.", 0.62, "negative"),
    ("Turkey may well block the deal.", 0.5, "affirm"),
    ("Perhaps the army will intervene.", 0.38, "affirm"),
    ("The bank is likely to raise rates.", 0.68, "affirm"),
    ("The bank is not likely to raise rates.", 0.22, "negative"),
    ("It is unlikely that the bank will raise rates.", 0.22, "negative"),
    ("It is highly likely that the treaty will be ratified.", 0.88, "affirm"),
    ("It is likely that he will not stand again.", 0.32, "negative"),
    ("Such a deal is highly unlikely.", 0.1, "negative"),
    ("The talks are set to resume on Monday.", 0.78, "affirm"),
    ("The party looks set to win the election.", 0.68, "affirm"),
    ("Ukraine is on track to join the union by 2030.", 0.78, "affirm"),
    ("The party is going to lose seats.", 0.95, "affirm"),
    ("The central bank is expected to cut interest rates.", 0.68, "affirm"),
    ("We do not expect the bank to cut rates this year.", 0.32, "negative"),
    ("Economists expect growth to slow next year.", 0.68, "affirm"),
    ("I doubt that the law will pass.", 0.25, "negative"),
    ("I don't think there will be a deal.", 0.22, "negative"),
    ("The most likely outcome is a hung parliament.", 0.68, "affirm"),
    ("Inflation should ease in the second half of the year.", 0.7, "affirm"),
    ("There is little chance of a breakthrough at the summit.", 0.1, "negative"),
    ("The chances of a deal are slim.", 0.1, "negative"),
    ("There is a real possibility that the pact will collapse.", 0.5, "affirm"),
    ("There is no doubt that the war will continue.", 0.94, "affirm"),
    ("There is a 60% chance that Labour will win the election.", 0.6, "affirm"),
    ("There is a one in five chance that the treaty collapses.", 0.2, "affirm"),
    ("Traders see a 45% chance that the bank cuts rates by September.", 0.45, "affirm"),
    ("The party is 80% likely to win.", 0.8, "affirm"),
    ("Prediction: 5 %.", 0.05, "affirm"),
    ("It remains to be seen whether the coalition will survive.", 0.45, "affirm"),
    ("A second attack cannot be ruled out.", 0.15, "affirm"),
    ("It is not inconceivable that the government will fall.", 0.15, "affirm"),
    ("If the talks fail, sanctions would follow.", 0.82, "affirm"),
    ("A collapse of the talks would lead to new sanctions.", 0.82, "affirm"),
    ("A defeat would almost certainly cost him his job.", 0.94, "affirm"),
]

TRAPS = {
    "a pledge": "The company vowed that it will cut emissions.",
    "the speaker's own plan": "The minister said he would resign.",
    "a plan": "The two countries plan to hold exercises next month.",
    "a treaty's term": "The pact says both countries will come to each other's aid.",
    "a bill's term": "The bill would ban exports of chips.",
    "an old forecast": "Experts predicted in 2019 that oil would run out.",
    "a past chance": "There was a chance of rain.",
    "a hedge about the past": "Officials may have known about the plan.",
    "a killing already done": "The strike likely killed dozens.",
    "a hedge about the present": "China is likely unhappy at this turn of events.",
    "a present state": "Iran probably has enough uranium for a bomb.",
    "a present whereabouts": "She might be hiding in Spain.",
    "a present belief": "Kim may believe that he can win.",
    "a present truth": "He may be right.",
    "a month": "In May 2024 the army retreated.",
    "a noun": "They pale in comparison to the might of the alliance.",
    "an adjective": "Its potential allies are few and future talks are in doubt.",
    "a purpose": "The plan aims to ensure that prices will fall.",
    "an embedded question": "They asked what the union would gain in return.",
    "a question": "Will the truce hold?",
    "a question headline": "Why the war will not end soon",
    "advice": "The government should resign.",
    "a preference": "The rebels would rather die than surrender.",
    "a fear": "The visit raises concerns about the possibility of a new war.",
    "past ability": "The army tried but could not take the city.",
    "an announcement of intent": "We will discuss this below.",
    "which one is meant": "He sold the technology that could help improve missiles.",
    "no comment": "The minister could not be reached for comment.",
    "page furniture": "You May Also Like",
}


def only(text: str) -> Candidate:
    found = read_statements(text, published=PUBLISHED)
    assert len(found) == 1, [c.quote for c in found]
    return found[0]


@pytest.mark.parametrize(("text", "probability", "polarity"), FORECASTS)
def test_a_forecast_is_read(text: str, probability: float, polarity: str) -> None:
    found = only(text)
    assert found.probability == pytest.approx(probability)
    assert found.polarity == polarity
    assert found.quote == text.rstrip(".")


@pytest.mark.parametrize("text", TRAPS.values(), ids=TRAPS.keys())
def test_a_trap_is_left_alone(text: str) -> None:
    assert read_statements(text, published=PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "The minister is likely to face a vote, and could be forced out.",
            ["The minister is likely to face a vote", "could be forced out"],
        ),
        (
            "Though sanctions may bite, the regime will survive.",
            ["Though sanctions may bite", "the regime will survive"],
        ),
        (
            "The army will probably advance, a step that could raise tensions.",
            ["The army will probably advance", "a step that could raise tensions"],
        ),
        (
            "Russia could supply fuel, potentially reviving the economy.",
            ["Russia could supply fuel", "potentially reviving the economy"],
        ),
        (
            "Oil could rise to $100; gold may fall.",
            ["Oil could rise to $100", "gold may fall"],
        ),
    ],
)
def test_statements_are_clauses(text: str, quotes: list[str]) -> None:
    assert [c.quote for c in read_statements(text)] == quotes


@pytest.mark.parametrize("word", ["may", "might", "could"])
def test_bare_possibility_is_marked(word: str) -> None:
    assert only(f"The deal {word} collapse.").is_possibility
    assert only(f"The deal {word} possibly collapse.").is_possibility
    assert not only(f"The deal {word} well collapse.").is_possibility


def test_one_claim_one_statement_however_many_hedges() -> None:
    assert only("It is likely that the bank will say that rates could rise.").probability == 0.68


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Unless Kyiv gets shells, it will lose ground.", "Unless Kyiv gets shells"),
        ("China will respond if Washington goes ahead.", "if Washington goes ahead"),
        ("Should talks fail, the war will go on.", "Should talks fail"),
        ("Without a deal, the pound could fall sharply.", "Without a deal"),
        ("Any attack would trigger a recession.", "Any attack"),
        ("Otherwise, a new crisis may emerge.", "Otherwise"),
        ("The pound could fall sharply.", None),
        ("The plan could fail without anyone noticing it.", None),
    ],
)
def test_conditions(text: str, condition: str | None) -> None:
    assert only(text).condition == condition


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        ("The war will go on.", "author", "author"),
        ("We think that the war will go on.", "author", "author"),
        ("Some analysts predict a recession in 2025.", "Some analysts", "unnamed"),
        ("Economists expect growth to slow.", "Economists", "unnamed"),
        ("Prices are expected to rise.", "author", "author"),
        ("Experts in Seoul believe that a test is likely.", "Experts in Seoul", "unnamed"),
        ("According to the World Bank, output will shrink.", "the World Bank", "named"),
        ("The deal could fail, Anna Schmidt warned.", "Anna Schmidt", "named"),
        ("“Prices will rise,” said Anna Schmidt, an economist.", "Anna Schmidt", "named"),
        ("Today it was announced that Mr Li will visit Rome.", "unnamed official", "unnamed"),
    ],
)
def test_speakers(text: str, speaker: str, kind: str) -> None:
    found = only(text)
    assert (found.speaker, found.speaker_kind) == (speaker, kind)


def test_a_short_name_is_spelled_out_and_he_added_carries_over() -> None:
    text = (
        "Dr. Bernard Loo works in Singapore.\n\n"
        "Dr. Loo believes that talks could fail. He added that a strike is likely to follow.\n\n"
        "“A deal may come,” said Anna Schmidt. “It will not last.”"
    )
    speakers = [c.speaker for c in read_statements(text)]
    assert speakers == ["Dr. Bernard Loo", "Dr. Bernard Loo", "Anna Schmidt", "Anna Schmidt"]


def test_a_long_quotation_belongs_to_the_name_that_follows_it() -> None:
    text = "“The war drags on. The army could soon run out of shells.” General Jane Roe"
    assert only(text).speaker == "General Jane Roe"


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Jonas Eklund, who heads the institute, is cautious. “The bill may stall,” he said. "
            "He expects a vote in October.",
            ["Jonas Eklund", "Jonas Eklund"],
        ),
        (
            "“Banks are nervous,” said Tom Reed of Harbour Analytics.\n\n"
            "“We will see more failures. The weakest may not survive.”",
            ["Tom Reed", "Tom Reed"],
        ),
        (
            "Dr Helena Marsh directs a centre in Basel.\n\nQ: Will it spread?\n"
            "A: I doubt it. Rich countries will buy everything.",
            ["Dr Helena Marsh", "Dr Helena Marsh"],
        ),
        ("For Amina Diallo, an economist, the debt will become unpayable.", ["Amina Diallo"]),
        ("Its president, Pierre Moscovici, said that debt would hit 120%.", ["Pierre Moscovici"]),
        ("Rivals had hoped to kill it, Ann Lee said, and they may yet succeed.", ["Ann Lee"]),
        ("The union calls it a “price cap”, but fuel prices will rise.", ["author"]),
        (
            "Ann Lee is a lawyer. “A deal is close,” said Bob Ray.\n\nThe talks may fail.",
            ["author"],
        ),
    ],
)
def test_speakers_over_sentences_and_paragraphs(text: str, speakers: list[str]) -> None:
    assert [c.speaker for c in read_statements(text)] == speakers


def test_a_heading_holds_until_the_next_one_of_its_rank() -> None:
    text = (
        "Subject: stability, next 12-18 months\n\nOutlook\n\nThe truce will hold.\n\n"
        "Short-term\n\nPrices will rise.\n\nWages may follow.\n\nBackground\n\nIt will rain."
    )
    horizons = [c.horizon for c in read_statements(text)]
    assert horizons == ["next 12-18 months", "short-term", "short-term", "next 12-18 months"]


def test_by_then_ends_with_the_time_named_before() -> None:
    found = only("The court faces a deadline of 12 December and will rule by then.")
    assert (found.horizon, found.horizon_end) == ("by then", date(2024, 12, 12))


def test_a_dateline_is_no_part_of_the_statement() -> None:
    assert only("LAGOS, March 3 (Wire) - The bank will wait.").quote == "The bank will wait"


def test_a_heading_gives_its_horizon_to_the_lines_below_it() -> None:
    text = (
        "Forecast\n\n  • Short-term\n\n    • Rates will fall.\n\n    • Prices may rise in August.\n"
        "\n  • Long-term\n\n    • Growth will slow.\n"
    )
    horizons = [c.horizon for c in read_statements(text)]
    assert horizons == ["short-term", "in August", "long-term"]


def test_the_scale_asked_for_gives_the_numbers() -> None:
    found = read_statements(
        "The bank is likely to move; the talks are set to fail.", scale="icd203"
    )
    assert [c.scale for c in found] == ["icd203", "recommended"]
    assert found[0].probability == estimate("likely", "icd203").point


def test_an_unknown_scale_is_refused_even_for_an_empty_text() -> None:
    with pytest.raises(ValueError, match="scale must be one of"):
        read_statements("", scale="oracle")


def test_records_carry_the_keys_of_a_line() -> None:
    (record,) = extract_records("a.txt", "The deal may fail.")
    assert " ".join(record) == (
        "file start end quote hedge polarity probability probability_low probability_high scale "
        "horizon speaker condition actors confidence"
    )


PIECES = [text for text, *_ in FORECASTS] + list(TRAPS.values())
articles = st.one_of(
    st.sampled_from([p.read_text(encoding="utf-8") for p in ARTICLES]),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("\n\n".join),
    st.text(max_size=200).map(lambda noise: noise + " It may rain. " + noise),
)


@given(articles)
@settings(deadline=None, max_examples=40)
def test_laws_of_every_candidate(text: str) -> None:
    found = read_statements(text, published=PUBLISHED)
    furniture = furniture_spans(text)
    for c in found:
        assert text[c.start : c.end] == c.quote
        assert 0 <= c.probability_low <= c.probability <= c.probability_high <= 1
        assert not any(c.start < end and c.end > start for start, end in furniture)
        if c.horizon_start and c.horizon_end:
            assert c.horizon_start <= c.horizon_end
    assert found == sorted(found, key=lambda c: c.start)
    assert found == read_statements(text, published=PUBLISHED)


@given(st.sampled_from(ARTICLES), st.integers(1, 3))
@settings(deadline=None, max_examples=10)
def test_lines_put_in_front_shift_the_offsets_and_nothing_else(path: Path, lines: int) -> None:
    text = path.read_text(encoding="utf-8")
    lead = "The cat sat on the mat and looked at the rain.\n\n" * lines
    before, after = read_statements(text), read_statements(lead + text)
    assert [(c.start + len(lead), c.quote, c.hedge) for c in before] == [
        (c.start, c.quote, c.hedge) for c in after
    ]


@pytest.mark.parametrize("noise", ["?", "`", "“", "(", "may ", "\x00", "\ud800", "a\u0301", "\n"])
def test_noise_without_sentences_says_nothing(noise: str) -> None:
    assert read_statements(noise * (100_000 // len(noise))) == []


def test_control_characters_break_nothing() -> None:
    text = "The\x00 talks may\x1f fail.\x07 \ud800 The deal will hold."
    assert [c.quote for c in read_statements(text)] == [
        "The\x00 talks may\x1f fail",
        "The deal will hold",
    ]
