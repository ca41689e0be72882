"""What would one call this number? The word that a scale has for a probability."""

from forecasts.reading.scales import RECOMMENDED, Estimate, entries, normal_form

# The recommended scale lists many wordings of one degree; these are its degrees, one word each.
_DEGREES = (
    "remote", "highly unlikely", "unlikely", "about even", "likely", "highly likely",
    "almost certainly",
)  # fmt: skip

_BARE = {
    "could", "may", "might", "possibly", "potentially", "perhaps", "maybe", "possible",
    "conceivable", "plausible", "may not", "might not", "could not", "may happen", "could happen",
    "might happen",
}  # fmt: skip


def is_bare_possibility(phrase: str) -> bool:
    """Whether a wording says only that something can happen, and not how likely it is.

    >>> is_bare_possibility("might"), is_bare_possibility("unlikely")
    (True, False)
    """
    return normal_form(phrase) in _BARE


def word_for(probability: float, scale: str = RECOMMENDED) -> tuple[str, Estimate] | None:
    """The scale's word for a probability in [0, 1], with the numbers it stands for.

    Of the words whose range holds the probability, the one whose point is nearest; the first
    listed where two are as near. None where no range holds it: some scales leave gaps on purpose.

    Raises
    ------
    ValueError
        If the probability lies outside [0, 1].

    >>> found = word_for(0.7)
    >>> found and found[0], word_for(0.22, "phia")
    ('likely', None)
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"probability must lie in [0, 1], got {probability}")
    table = entries(scale)
    words = _DEGREES if scale == RECOMMENDED else [w for w in table if not is_bare_possibility(w)]
    fitting = [word for word in words if table[word].low <= probability <= table[word].high]
    if not fitting:
        return None
    best = min(fitting, key=lambda word: abs(table[word].point - probability))
    return best, table[best]
