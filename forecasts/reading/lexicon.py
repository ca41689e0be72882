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
    "cabinet chancellor mayor governor judge teacher doctor business bloc alliance"
)
