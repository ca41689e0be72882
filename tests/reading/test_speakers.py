"""Who is credited, family by family: names, crowds, bodies, pronouns, interviews, transcripts."""

import pytest

from forecasts.reading.statements import read_statements

# Text, and for each statement in it a word of its speaker.
SPEAKERS = [
    (
        '• Banco Norte: "A recession is likely in 2027. We expect prices to fall by June."\n\n'
        "Rates will rise in May.",
        ["Banco Norte", "Banco Norte", "author"],
    ),
    (
        "The truce will not hold beyond March. A wider war is likely. – The Daily Star",
        ["The Daily Star", "The Daily Star"],
    ),
    (
        "The reform passed. In Ruiz’s view, it will weaken the courts. Foreign firms will leave.",
        ["Ruiz", "Ruiz"],
    ),
    (
        'Ana Ruiz, a lecturer at Northern University, said "the party may split over the budget."'
        "\n\nDIGGING IN\n\nThe premier opened the congress.",
        ["Ana Ruiz"],
    ),
    (
        "Banco Norte said exports fell.\n\n“That should help to lower prices,” it wrote.",
        ["Banco Norte"],
    ),
    (
        "The next party head will form a coalition, a source close to the talks said Monday.",
        ["source"],
    ),
    (
        "Prepared remarks from Governor Ana Ruiz\n\nProgress has been slow.\n\nPrices will fall.",
        ["Governor Ana Ruiz"],
    ),
    (
        "Our experts react\n\nDr Ana Ruiz\n\nSenior Fellow, Energy Security\n\n"
        "'The strikes were a blow to the regime. It may now lash out at its neighbours.'\n\n"
        "'Oil prices will rise.'",
        ["Ana Ruiz", "Ana Ruiz"],
    ),
    (
        "In a note headed “Beyond May: a guide, Banco Norte said “The rate will rise in June.\n\n"
        "“Wages will fall as a result of the move.”",
        ["Banco Norte", "Banco Norte"],
    ),
    (
        '"Sales grew by a fifth," said Ana Ruiz of Banco Norte.\n\n'
        '"We expect to see growth for the next few years," the analyst added.',
        ["Ana Ruiz"],
    ),
    (
        '"The region saw a return to growth in 2015 which will last for years," Ana Ruiz said.',
        ["Ana Ruiz"],
    ),
    ("Ana Ruiz said the model shows a surge in cases next winter.", ["Ana Ruiz"]),
    (
        "The quay will close, Ann Lee of the port said. Fees are likely to rise. "
        "The strike was called off in May. It will rain.",
        ["Ann Lee", "Ann Lee", "author"],
    ),
    ("Ana Ruiz of Altbank is convinced that rates will fall in June.", ["Ana Ruiz"]),
    ("Ana Ruiz has no doubt that the bill will pass.", ["Ana Ruiz"]),
    (
        "Some argued that the dam will burst. By the agency's reckoning demand will peak in 2029.",
        ["some", "agency"],
    ),
    (
        "The institute in Kiel has cut its outlook. It now expects growth of 1%.",
        ["institute in Kiel"],
    ),
    ("Altbank warned of a glut. Its analysts see no relief before 2027.", ["Altbank", "Altbank"]),
    ('Asked whether it would pass, Ana Ruiz was firm: "It will pass in June."', ["Ana Ruiz"]),
    ('"It will fail," is the verdict of Ana Ruiz, an analyst in Oslo.', ["Ana Ruiz"]),
    ('The minister was upbeat. "Growth will double next year."', ["the minister"]),
    ("A drought this summer, growers say, could ruin the olive harvest.", ["growers"]),
    ("If the dam is closed, most argue, the harvest will fail.", ["most"]),
    ("The harvest will be smaller this time, say those who study the valley.", ["those who"]),
    (
        "Growers said exports fell. A recovery by May is unlikely, in their view.",
        ["Growers"],
    ),
    (
        "The port will open in May, says a former pilot and consultant in Oslo. "
        "“They will wait, and the fees will go up by June.”",
        ["consultant", "consultant", "consultant"],
    ),
    (
        "A retired consultant who lives by the port takes a darker view. She writes:\n\n"
        "“The port is likely to close. Fees will go up by June.”",
        ["consultant", "consultant"],
    ),
    (
        "The likelihood of a truce lasting a year has been dismissed as tiny by a former envoy.",
        ["a former envoy"],
    ),
    ('"Prices will fall," said Ana Ruiz, an economist at Banco Norte.', ["Ana Ruiz"]),
    ("The bank's chief economist, Ana Ruiz, thinks prices will fall.", ["Ana Ruiz"]),
    ("Prices, Ana Ruiz argues, will fall next year.", ["Ana Ruiz"]),
    ("Ana Ruiz's view is that prices will fall.", ["Ana Ruiz"]),
    ("Our view is that prices will fall.", ["author"]),
    ("Banco Norte's analysis of past cycles suggests that prices will fall.", ["Banco Norte"]),
    ("Prices will fall in June, according to Banco Norte's latest survey.", ["Banco Norte"]),
    ("Banco Norte has cut its forecast for growth to 1.4%.", ["Banco Norte"]),
    (
        "The vote will be put off to June, informed sources revealed Thursday according to"
        " Reuters.",
        ["informed sources"],
    ),
    ("Vote could slip to June: UN envoy Ruiz", ["UN envoy Ruiz"]),
    (
        "According to the envoy, talks will stall. A cold winter could then force both sides back."
        "\n\nPrices will fall.",
        ["envoy", "envoy", "author"],
    ),
    (
        "The Norland Trade Outlook is out. The document also predicts that exports will shrink.",
        ["Norland Trade Outlook"],
    ),
    (
        "In a yearly review, Banco Norte (BN) recently reported that demand will grow.\n\n"
        "Half of all power should be clean by 2029, according to the report.",
        ["Banco Norte", "Banco Norte"],
    ),
    (
        "The minister spoke of the country's modern fleet and added that prices will fall"
        ' "within the year".',
        ["minister"],
    ),
    ("According to recent polls, the party continues to be at risk of losing.", ["recent polls"]),
    ("The team will convene again at 9:30 a.m. (0730 GMT), the sources said.", ["sources"]),
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
    # who "he" and "she" mean: the one who spoke, not the one spoken of
    (
        "Ana Ruiz, a historian, compared Tom Lima with Joe Bly. She said the party would lose.",
        ["Ana Ruiz"],
    ),
    (
        "Prof Lee Park said prices would fall. Speaking of Mrs Ruiz, he said it was unlikely that"
        " she would go. He went on to say that wages would rise.",
        ["Lee Park", "Lee Park", "Lee Park"],
    ),
    (
        "Mr Park beat Mrs Ruiz in 2020. Mrs Ruiz said the party would recover. He said it would"
        " not.",
        ["Ruiz", "Park"],
    ),
    # by a part of the name, or by the office
    (
        "Park Min-ji, a professor at the college, was calm. Park said the talks would fail."
        " The professor warned that sanctions would return.",
        ["Park Min-ji", "Park Min-ji"],
    ),
    (
        "A harbour economist says freight will fall. Ana Ruiz is the director of the Institute"
        " for Ports and spoke to this paper.",
        ["Ana Ruiz"],
    ),
    # bodies, their staff and their papers
    (
        "Altbank cut its outlook on Monday. It now sees oil falling to 50 dollars next year."
        " The lender expects supply to grow in 2027.",
        ["Altbank", "Altbank"],
    ),
    ("The IMF said growth would slow. The fund expects a recovery in 2027.", ["IMF", "IMF"]),
    (
        "A study by the Institute of Trade said exports would fall. The study said that imports"
        " would rise.",
        ["Institute of Trade", "Institute of Trade"],
    ),
    (
        "Altbank said it sees a 60% chance that rates will fall this year, Reuters reported.",
        ["Altbank"],
    ),
    ("If ships return, freight could fall by a tenth, Seaview data shows.", ["Seaview"]),
    (
        "The yen will weaken, Altbank strategists wrote. They predict a rate of 160 by December.",
        ["Altbank strategists", "Altbank strategists"],
    ),
    # whom a pronoun means: the subject of its paragraph before an older speaker
    (
        '"It will open in May," Tom Reed said.\n\nMs Lee shrugged when she heard it. "It will be'
        ' late," she said.',
        ["Tom Reed", "Lee"],
    ),
    (
        '"It will open in May," Tom Reed said.\n\nThe union\'s head, Ann Lee, was blunter. "If they'
        ' order it, people will quit," she said.',
        ["Tom Reed", "Ann Lee"],
    ),
    (
        "Mr Reed could gain votes yet, Ann Lee said. Mr Reed could still win, she suggested,"
        " and Ms Blum could lose.",
        ["Ann Lee", "Ann Lee", "Ann Lee"],
    ),
    # titles, and what stands before a name
    ("She has a 60% chance, according to top pollster Sir Tom Reed.", ["Tom Reed"]),
    (
        "Sir Tom Reed, a pollster, says the mayor will win."
        ' But Sir Tom said: "It will be close in May."',
        ["Tom", "Sir Tom"],
    ),
    ("Army intelligence estimates that 400 tanks will arrive by June.", ["intelligence"]),
    ("Most of the panel are confident that the union would step in, while some agreed.", ["panel"]),
    ('Altbank said: "It is likely that oil will fall in May," Reuters reported.', ["Altbank"]),
    ("OPEC in a monthly report forecast that demand would rise in 2031.", ["OPEC"]),
    ("Efforts will go on, with help from the east, the Gulf states, or India.", ["author"]),
    # by another verb, hung elsewhere, or without one
    ("Ann Lee, who runs the port, was quoted as saying that the quay would close.", ["Ann Lee"]),
    ("A study by the Institute of Ships found that yards will close.", ["Institute of Ships"]),
    (
        "A study published on Monday by the Institute of Ships is grim. Yards will close, it says.",
        ["Institute of Ships"],
    ),
    (
        "In an interview with Radio North, the minister, Ann Lee, said that wheat would fail.",
        ["Lee"],
    ),
    ("Growth is projected at 2.1% next year by the World Bank.", ["World Bank"]),
    ("The fund's forecast for 2027 is 3.1%.", ["fund"]),
    ("Altbank analysts led by Tim Orr said in a note that oil would fall.", ["Altbank"]),
    ("Kim Lee is a retired colonel. In his view the army will be back by spring.", ["Kim Lee"]),
    ("Orders will halve, in the view of Ole Brandt, who runs a yard.", ["Ole Brandt"]),
    (
        'Jo Berg of the teachers\' union said: "Schools will close. Nobody will pay for them."',
        ["Jo Berg", "Jo Berg"],
    ),
    ('"Both want a deal," said Ana Ruiz, who sees a pact signed by 2027.', ["Ana Ruiz"]),
]


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS)
def test_the_one_who_says_it_is_credited(text: str, speakers: list[str]) -> None:
    found = [c.speaker for c in read_statements(text)]
    assert len(found) == len(speakers)
    assert all(word in name for word, name in zip(speakers, found, strict=True)), found


def test_a_list_of_places_is_no_dialogue() -> None:
    text = "North Coast: Rain will return.\nNorth Coast: Floods are likely.\nSea: Waves will rise."
    assert {c.speaker for c in read_statements(text)} == {"author"}
