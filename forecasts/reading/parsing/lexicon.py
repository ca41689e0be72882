"""Word lists are written as text and used as sets."""


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, separated by white space."""
    return frozenset(text.split())


# Common nouns for those who act on purpose: what they "threaten" is a threat, what they "should" do
# is advice.
ACTORS = word_set(
    "government union minister president leader official party group rebel army general company "
    "firm worker employee driver farmer opposition militant gang militia court member state "
    "country regime ministry bank administration lawmaker senator insurgent movement protester "
    "organiser striker family owner board investor shareholder creditor hacker council parliament "
    "congress commission regulator police authority voter citizen reader user nation coalition "
    "cabinet city town village district school chancellor mayor governor judge teacher doctor "
    "business bloc alliance"
)

# Those who make it their business to say what will be.
FORECASTERS = word_set(
    "analyst economist expert investor trader market bank fund agency ministry institute pollster "
    "forecaster strategist observer model poll survey consensus bookmaker broker group firm "
    "consultancy economist report outlook projection forecast meteorologist scientist official "
    "researcher council committee bureau commission diplomat insider most many majority plurality "
    "minority respondent company"
)

# Verbs of change, which even in the present tense can tell what is to come.
CHANGES = word_set(
    "rise fall grow slow drop decline climb slide shrink expand contract recover improve worsen "
    "peak bottom flatten level stabilise stabilize weaken strengthen widen narrow double halve "
    "triple top exceed hit reach settle average ease pick tighten loosen collapse fail lose win "
    "gain change freeze split break hold survive die return resume open close end begin start "
    "expire lapse go come leave quit resign retire vanish disappear evaporate stall unravel become "
    "run dry accelerate decelerate rebound dip edge drift converge cross "
    "overtake pass turn shift spread follow get take vote move cut raise hike pause moderate cool "
    "soften normalise normalize deteriorate deepen persist subside abate dwindle surge soar plunge "
    "plummet jump tumble sink swell balloon spike rally crash escalate intensify retreat unwind"
)
