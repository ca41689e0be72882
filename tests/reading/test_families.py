"""Families of forecasting grammar, and of sentences that only share its words.

Each stands for all verbs, nouns or adjectives of its kind; articles are in ``test_practice``.
"""

from datetime import date

import pytest

from forecasts.reading.statements import read_statements

PUBLISHED = date(2026, 3, 10)

# Sentence, and the probability of each statement in it.
FAMILIES = [
    # a topic is no claim
    ("One thing to watch will be the size of the crowds.", []),
    ("The winner of the vote will be the mayor.", [0.95]),
    # "ought to" of things is "should"; of those who act it is advice
    ("Demand ought to keep supporting prices next year.", [0.7]),
    ("The rise ought not to last.", [0.3]),
    ("The government ought to resign by June.", []),
    ("We ought to leave in May.", []),
    ("That should not do much to weaken the resolve of the allies.", [0.3]),
    ("They should not do much today.", []),
    # a number that somebody puts, has or leaves a quantity at
    ("Altbank is gloomier, projecting $50 a barrel for 2031.", [0.68]),
    ("We now look for the economy to expand by 2% in 2031.", [0.68]),
    ("The fund has the economy shrinking by 2% next year.", [0.68]),
    ("They left their price forecast at an average of $59 for 2031.", [0.68]),
    ("The agency puts growth below 2% in 2031.", [0.68]),
    ("She puts her coat below the shelf in May 2031.", []),
    ("The firm has staff working on it next year.", []),
    ("The police look for a man to question.", []),
    ("The ministry raised its emissions target to 55%.", []),
    # beside what is no claim, or in a main clause of its own
    ("Nobody trusts the poll, but there is talk that it may be held in May.", [0.38]),
    ("The mayor gained from the outright win of allies, who may support her bid.", [0.38]),
    (
        "Aides caution that it could collapse at any time and the army could intervene.",
        [0.38, 0.38],
    ),
    ("Most are confident that, regardless of how others react, the bank won't move.", [0.05]),
    ("Both smaller parties are poised to endorse Ruiz in the coming days.", [0.78]),
    ("Ruiz should benefit from the split.", [0.7]),
    ("That should help to calm fears.", [0.7]),
    ("Higher tolls would eventually lead to emptier roads.", [0.82]),
    ("Bolivia holds a vote that could decide the fate of the reform.", [0.38]),
    ("That is when the generals can be expected to act.", [0.68]),
    # judgements without a copula, or with a result
    ("Liberals likely to keep the Senate", [0.68]),
    ("Ruiz favoured to win the primary", [0.68]),
    ("The market rose on a plan likely to win approval.", [0.68]),
    ("The outcome most likely means another vote.", [0.88]),
    ("The ban can potentially cripple exporters.", [0.38]),
    ("The jobs report is due at 8.30am.", [0.78]),
    ("Ruiz heads into the second round as the favourite to win.", [0.68]),
    ("A split also decreases the chances of reform.", [0.22]),
    # a thing instead of a clause is expected
    ("No one expects a breakthrough.", [0.32]),
    ("We don't see a cut before June.", [0.32]),
    ("I would expect Beijing to retaliate.", [0.68]),
    ("She said she expected the bank to act in June.", [0.68]),
    ("Traders are betting on a rate cut in March.", [0.68]),
    ("Markets have priced in a quarter-point rise by December.", [0.68]),
    ("The bank projects that inflation will average 4% next year.", [0.68]),
    ("I think he wins.", [0.68]),
    # in the passive
    ("Output is put at 2.1 million barrels a day in 2027.", [0.68]),
    ("The economy is no longer seen sliding into recession.", [0.32]),
    ("Exports are estimated to fall by a tenth this year.", [0.68]),
    # without a verb of its own
    ("The bank left rates alone, with a further cut expected in June.", [0.68]),
    ("The bill, likely to pass next week, divides the party.", [0.68]),
    ("Growth is likely to slow this year, and inflation to rise.", [0.68, 0.68]),
    ("Less likely is a full withdrawal.", [0.22]),
    # nouns of chance
    ("There is little hope of a deal before the autumn.", [0.1]),
    ("The euro is in danger of falling below parity.", [0.38]),
    ("The poorest are exposed, with a 40% chance of default.", [0.4]),
    ("Our base case is for two cuts next year.", [0.68]),
    ("The consensus is for growth of 2%.", [0.68]),
    # told in the present, or turned round
    ("The number is growing, rising from 155 million to 459 million by 2050.", [0.95]),
    ("Nor will the bank move in June.", [0.05]),
    ("Only in 2030 will output recover.", [0.95]),
    ("Next week, where leaders are expected to meet, the port closes.", [0.68]),
    ("If spending rises and the rules are broken, voters might rebel.", [0.38]),
    ("Higher rates would hurt consumers.", [0.82]),
    # reasons, relative clauses and results that look ahead themselves
    ("The company cut its outlook because sales will fall short.", [0.95]),
    ("The ministry is building a pipeline that will double exports by 2027.", [0.95]),
    ("The cup is a test whose outcome is likely to be disputed.", [0.68]),
    ("Demand will rise so much that Europe will not be able to compete.", [0.95, 0.05]),
    ("It is the new order that is disliked and may lead to protests.", [0.38]),
    # what makes an event likely, and what is faced
    ("The debt makes a default almost inevitable.", [0.94]),
    ("His resignation makes a deal before Christmas unlikely.", [0.22]),
    ("The party faces heavy losses in the coming vote.", [0.78]),
    ("The economy is heading into recession.", [0.78]),
    ("It is impossible for Kyiv to advance unless Washington helps.", [0.05]),
    # beside another claim
    ("The bank held, with a majority of members forecasting two cuts next year.", [0.68]),
    ("Prices will rise this year and probably next.", [0.95, 0.68]),
    ("Smith has a 60 percent chance of winning, Jones 30 percent.", [0.6, 0.3]),
    ("Analysts fear that the unrest will spread.", [0.95]),
    # appointments and open questions
    ("The minister takes over the presidency of the bloc this weekend.", [0.95]),
    ("More protests are planned for the weekend.", [0.78]),
    ("It is not clear whether the truce will hold.", [0.45]),
    # told on by the same speaker
    ("Ruiz said that they would gain seats, but the others would not be able to.", [0.82, 0.18]),
    ("The bank held rates, warning that growth would slow in the second quarter.", [0.82]),
    ("Voters will decide on Sunday, with polls showing that the left will win.", [0.95, 0.95]),
    ("The bank said it would be hard for prices to fall if the strike goes on.", [0.82]),
    ("We will be back in recession by Christmas.", [0.95]),
    ("It has little to sell, as it will first fill its own stores.", [0.95]),
    ("A truce will be possible after the vote.", [0.95]),
    ("Neither the mayor nor her rival will win.", [0.05]),
    ("The bank estimated the chances of a deal at 45%.", [0.45]),
    ("The data are due on Monday and are estimated to show a rise.", [0.78, 0.68]),
    # a thing predicted, shown by an instrument, or brought about
    ("Mr Okoro predicted a landslide for the opposition.", [0.68]),
    ("The agency held rates, predicting copper prices to average 9,000 dollars in 2027.", [0.68]),
    ("Simulations point to a shortfall of 2 GW next winter.", [0.68]),
    ("Futures imply three cuts by December.", [0.68]),
    ("The ministry warned of a humanitarian catastrophe.", [0.38]),
    ("Rising wages mean higher prices next year.", [0.68]),
    ("Our central forecast is for prices to be stable next year.", [0.68]),
    ("The bank's central scenario is that output stagnates.", [0.68]),
    ("The consensus forecast is 2.4% for 2027.", [0.68]),
    # a chance moved, ended or rated
    ("That rules out any prospect of a cut in June.", [0.05]),
    ("The vote raises the risk of a second referendum.", [0.38]),
    ("Doubling the guard reduces the risk of an attack.", [0.22]),
    ("The prospect of an early vote is now considered remote.", [0.03]),
    ("The board sees no prospect of a cut before October.", [0.05]),
    ("She gave the plan little chance of success.", [0.1]),
    # idioms of the race and of the road
    ("The incumbent is a shoo-in.", [0.68]),
    ("The talks are heading nowhere.", [0.22]),
    ("Nobody is ruling out a comeback.", [0.15]),
    ("The shortage spells trouble for farmers.", [0.68]),
    # told of a thing beside another claim, or without an owner
    ("It may cross the line, a step that could alarm the neighbours.", [0.38, 0.38]),
    ("Parties that are likely to enter parliament have met.", [0.68]),
    ("Most agreed that the mandate will be the deciding issue.", [0.95]),
    ("The panel said it will be overturned.", [0.95]),
    ("The cut may be smaller than markets think, because the bank is cautious.", [0.38]),
    ("The panel said the act will stand, with most sure the judges will uphold it.", [0.95, 0.95]),
    # without a verb of its own, or with one that the parser takes for a noun
    ("Storm to hit northern coast on Friday", [0.95]),
    ("Survey finds grain prices to stay low next year", [0.95]),
    ("Minority rule seen as likeliest outcome", [0.68]),
    ("A quarrel over the dam risks splitting the league.", [0.38]),
    ("The plant will reopen, with coal use forecast to fall this year.", [0.95, 0.68]),
    ("It will go to a second vote likely to take place on Monday.", [0.95, 0.68]),
    ("2031: High probability", [0.88]),
    # forecasts made over, and how chances stand
    ("The fund has cut its forecast for growth to 1.4%.", [0.68]),
    ("The lender echoed this, raising its estimate for copper to $9,500 a tonne.", [0.68]),
    ("The figures indicate a low likelihood of a rate rise.", [0.1]),
    ("The minister says the odds are low.", [0.1]),
    ("If no heir is found, the risk of a split grows in 2031.", [0.38]),
    ("If no heir is found, the likelihood grows in June.", [0.68]),
    ("The danger of a wider war has grown since May.", [0.38]),
    ("He has little hope of winning a third term.", [0.1]),
    ("A third cut is not our base case.", [0.22]),
    ("The strikes are far from over.", [0.22]),
    (
        "The league has a 60% chance of a draw and a 15% chance of losing, Ann Lee said.",
        [0.6, 0.15],
    ),
    ("Growth of 2.4% is projected for next year.", [0.68]),
    ("The review is 60% likely to pass.", [0.6]),
    ("Arland appeared set for a snap election later this month.", [0.68]),
    ("They agreed to a truce, which is set to begin on Wednesday.", [0.78]),
    (
        "Five predictions for 2031\n\n1. Arland leaves the union. There is no second vote.",
        [0.95, 0.05],
    ),
    # the report says less than what it reports
    ("The weekly has predicted that there may be a second round.", [0.38]),
    ("The ministry predicts that exports will shrink.", [0.95]),
    ("He can probably bring both clubs to the table.", [0.68]),
    # the past of the one who says so
    ("The party was on track to keep its seats, according to the first count.", [0.78]),
    ("It is still possible for Duarte to win outright.", [0.38]),
    ("Ann Lee, who voted for it, warned that Monday's ruling would prolong the dispute.", [0.82]),
    (
        '"The president will use it, because he will not be seen as weak," Ann Lee says.',
        [0.95, 0.05],
    ),
    ("If the house rejects it, we will crash out in May.", [0.95]),
    ("We are very far from a deal.", [0.22]),
    ("Leaving the union is not on the table.", [0.1]),
    # nouns that mean a forecast
    ("The fund's forecast for 2027 is 3.1%.", [0.68]),
    ("Its forecast for next year stands at 2.4 per cent.", [0.68]),
    ("Growth projections for 2027 were revised up to 3.4%.", [0.68]),
    ("There are still expectations for a change of policy in the autumn.", [0.68]),
    ("Expectations of an early cut are fading.", [0.22]),
    ("A soft landing remains our base case.", [0.68]),
    ("The median estimate of the panel calls for the economy to grow 2.2% in 2027.", [0.68]),
    # what is not there yet, or will be held against the firm
    ("For 2027, they expect a gain of 4.2%.", [0.68]),
    ("Police expect more arrests.", [0.68]),
    ("The firm expects to deliver 300 lorries this year.", [0.68]),
    ("They now estimate a price of 80 dollars in 2031.", [0.68]),
    ("The bank cut its price forecast range by 5 dollars to 70.", [0.68]),
    ("Their note draws a grim picture, projecting a 30% chance of default.", [0.3]),
    ("The most likely response by the navy is a blockade.", [0.68]),
    # a clause beside another
    (
        "Most believe that a strike is likely in 2031, that the port is able to cope, and that"
        " it is not ready.",
        [0.68],
    ),
    ("Talks will resume in the spring, and the question is: will both sides come?", [0.95]),
    # beside the filters for what is only generic or laid down
    ("Exports, which depend on the north, will lag.", [0.95]),
    ("In districts with a new ballot it could be lower still.", [0.38]),
    ("The new trees should absorb 13 million tons a year.", [0.7]),
    ("The bill for the year will come to about 18 million dollars.", [0.95]),
    ("The withdrawal of the troops would be a step towards peace.", [0.82]),
    ("Smoke is the gas that traps the heat and may in time change the climate.", [0.38]),
    ("They cope with what could be a record harvest.", [0.38]),
    ("The old limit is dead, unless ministers act.", [0.94]),
    ("Nobody is going to trust the board if an outsider tells them what to do.", [0.05]),
    ("A judge has decided to stay on, a ruling that may delay the case.", [0.38]),
    # asked, and judged
    ("It is doubtful whether she can hold the party together.", [0.25]),
    ("Whether he survives the winter is an open question.", [0.45]),
    ("We judge it highly likely that the group keeps its bases through 2027.", [0.88]),
    ("The chances of him winning are next to nil.", [0.02]),
    ("Bookmakers give her a 30% chance of winning.", [0.3]),
    # told after "said", wherever its clause hangs
    ("The ministry said in a statement that the talks would resume next week.", [0.82]),
    ("Ann Lee was quoted as saying that traffic would double by 2030.", [0.82]),
    ("The board would be replaced in any case; its chair is said to have packed.", [0.82]),
    ("They could be sent to Spain, where they would face lesser charges.", [0.38, 0.82]),
    # numbers
    ("Muddling through (60%: the president stays without a majority).", [0.6]),
    ("1. The film will win the prize. 90%\n2. There will be no second vote - 80%", [0.9, 0.2]),
]


@pytest.mark.parametrize(("text", "probabilities"), FAMILIES)
def test_a_family_is_read(text: str, probabilities: list[float]) -> None:
    found = read_statements(text, published=PUBLISHED)
    assert [c.probability for c in found] == pytest.approx(probabilities, abs=0.011)


@pytest.mark.parametrize(
    "text",
    [
        "Vehicles without a permit may be turned back.",
        "They may be prolonged by decree.",
        "The depth of the berth may be a clue.",
        "He may be the richest man in Asia.",
        "There may be 3,000 rebels in the hills.",
        "This might be called irony.",
        "The delay may explain the loss.",
        "It is possible to rent a car there.",
        "The firm has a chance to show its strength.",
        "The claim could not be verified.",
        "They agreed that talks would resume.",
        "Many thought the war would be short.",
        "He said he would not resign.",
        "The strategist previously expected the index to sink 15%.",
        "The company expects its staff to wear ties.",
        "He denounced the 1997 act, under which NATO would not station troops in the east.",
        "The report will assess the main parties.",
        "You may not have a place to live.",
        "We do not know where the heaviest rain will fall.",
        "It falls because it could be a trap.",
        "The firm makes a profit possible for its partners through sales in April 2019, he said.",
        "The road ahead has been planned with care.",
        "He may be dead.",
        "We will be back soon.",
        "It would be difficult to imagine a worse week.",
        "In December, staff projected growth at 1.1% for 2025.",
        "The survey shows that a third of firms cut jobs last year.",
        "Growth was better than we predicted.",
        "Last year the union predicted heavy losses.",
        "The minister warned of the dangers.",
        "The council has raised the prospect of talks.",
        "They agreed that talks would resume in May.",
        "It may be because the bank was cautious.",
        "The median forecast was for a rise of 0.3%.",
        "Economists had forecast a rise of 0.3%.",
        # of anybody, of a kind, of today
        "A bank that lends to everyone will fail.",
        "Children who read are likely to do better at school.",
        "Many of those who apply will be turned away.",
        "Any teacher facing a full class faces an uphill struggle.",
        "A good nurse will notice when a patient is afraid.",
        "Smokers are ten times more likely to fall ill.",
        "The plan may be popular, but it is wrong.",
        "That may be a small gain.",
        "There may be something to that.",
        "Her youth may also contribute to her calm.",
        "The camera will automatically store the plate.",
        "Everything will be fine.",
        "The studio has the potential to change lives.",
        "This year she certainly deserves the prize.",
        "He may or may not be at home.",
        "Those proposing the cuts will seem stingy.",
        # of the past
        "The refugees could go no further.",
        "The ruined king could neither win nor end the war.",
        "Only a few years ago, a cottage could be had for nothing.",
        "By 1945 the town could no longer feed itself.",
        "Nothing could be further from the truth.",
        # laid down, judged, or held by nobody
        "Few hold the view, as the paper puts it, that the dam will be needed.",
        "It is a fallacy that the coast will flood.",
        "The stone could, in principle, be moved by hand.",
        "If an employer pays more than 15 dollars, the benefit becomes taxable.",
        "The measure would bar towns from taxing boats.",
        "A council with any pride would put its house in order.",
        "It would be bad enough if the aid were shared out evenly.",
        # thought of, threatened or entailed in the past
        "The king believed that a short war would unite the country.",
        "Such a pact, London thought, would keep the strait open.",
        "It also meant that every later talk would rest on guesses.",
        "The raid shattered the notion that the border could be held by cameras.",
        "He recognised that more raids would cost lives.",
        "She is hoping that the ruling will hurt her rival.",
        "Arland has warned that it could use force.",
        "He added that its army will strike back.",
        "The proposal would involve richer towns taking the lead.",
        "Old hands will know that talks run late.",
        "The lull may suggest a fall in risk.",
        "He would see a truce as a boost.",
        "Any attack would be tantamount to a declaration of war.",
        "Our favourite recipes\n\n1. The soup comes first.",
        "It is hard to imagine what she is doing.",
        "Five ways to cook rice",
        "Introduction to forecasting",
        "The man to beat",
        "Lessons to learn from the crisis",
        "Bank faces call to cut rates",
    ],
)
def test_a_permission_a_term_or_a_guess_is_none(text: str) -> None:
    assert read_statements(text, published=PUBLISHED) == []
