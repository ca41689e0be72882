"""Who is credited, family by family: names, crowds, bodies, pronouns, interviews, transcripts."""

import pytest

from forecasts.reading.statements import read_statements

# Text, and for each statement in it a word of its speaker.
SPEAKERS = [
    ('"Prices will fall," said Ana Ruiz, an economist at Banco Norte.', ["Ana Ruiz"]),
    ("The bank's chief economist, Ana Ruiz, thinks prices will fall.", ["Ana Ruiz"]),
    ("Prices, Ana Ruiz argues, will fall next year.", ["Ana Ruiz"]),
    ("Ana Ruiz's view is that prices will fall.", ["Ana Ruiz"]),
    ("Our view is that prices will fall.", ["author"]),
    ("The consensus among economists is that rates will fall.", ["economists"]),
    ("Banco Norte forecasts that prices will fall.", ["Banco Norte"]),
    ("Analysts at Banco Norte expect the first cut in June.", ["Analysts at Banco Norte"]),
    (
        "In a note on Monday, the bank said prices would fall. It also sees wages slowing to 2%"
        " next year.",
        ["bank", "bank"],
    ),
    ("The bank raised rates in May. It expects prices to fall.", ["The bank"]),
    ('"Prices will fall before the summer," a Western diplomat said.', ["a Western diplomat"]),
    (
        '"Nobody will sign before Christmas," said a former official now employed by a bank.',
        ["a former official"],
    ),
    (
        "Ana Ruiz, who ran the mint, is among the few who know. We met in a café.\n\n"
        '"The plan is good. They did their work," she said.\n\n'
        'She drew a map. "If the border opens, everything on it will change."',
        ["Ana Ruiz"],
    ),
    (
        '"The date is political," Colonel (ret.) Ana Ruiz, who planned the last move, said.'
        ' "They will declare it done, with a parade."',
        ["Ana Ruiz"],
    ),
    (
        'The union\'s head, Ana Ruiz, was blunter. "If they order us to go, people will quit,"'
        " she said.",
        ["Ana Ruiz"],
    ),
    (
        'Lee Park, US analyst at the EIU said: "So far it has gone badly. Losing it is likely to'
        ' hurt him."',
        ["Lee Park"],
    ),
    (
        'Ana Ruiz, professor of law:\n\n"I predict that the court will agree."\n\n'
        'Lee Park, professor of history:\n\n"I predict that the court will refuse."',
        ["Ana Ruiz", "Lee Park"],
    ),
    (
        "An interview with Ana Ruiz\n\nQ: Will prices fall?\nA: They will fall next year.\n"
        "Q: And wages?\nA: Wages will rise.",
        ["Ana Ruiz", "Ana Ruiz"],
    ),
    (
        "Ana Ruiz: Prices will fall next year.\nLee Park: Wages will rise in May.\n"
        "Ana Ruiz: Then rates will rise.\nLee Park: The bank will wait.",
        ["Ana Ruiz", "Lee Park", "Ana Ruiz", "Lee Park"],
    ),
]


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS)
def test_the_one_who_says_it_is_credited(text: str, speakers: list[str]) -> None:
    found = [c.speaker for c in read_statements(text)]
    assert len(found) == len(speakers)
    assert all(word in name for word, name in zip(speakers, found, strict=True)), found


def test_a_list_of_places_is_no_dialogue() -> None:
    text = "North Coast: Rain will return.\nNorth Coast: Floods are likely.\nSea: Waves will rise."
    assert {c.speaker for c in read_statements(text)} == {"author"}
