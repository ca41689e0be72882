"""Which questions ask nearly the same? Titles are compared by their words, rare ones above all."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]{2,}")
_STEM = 5  # letters; enough to tell words apart, few enough that "elected" meets "election"
# Words of every question, and those of its deadline.
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "as",
        "at",
        "be",
        "been",
        "before",
        "being",
        "by",
        "can",
        "did",
        "do",
        "does",
        "end",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "more",
        "no",
        "not",
        "of",
        "on",
        "or",
        "other",
        "over",
        "per",
        "such",
        "than",
        "that",
        "the",
        "their",
        "there",
        "these",
        "this",
        "those",
        "to",
        "under",
        "until",
        "up",
        "was",
        "were",
        "what",
        "when",
        "where",
        "whether",
        "which",
        "who",
        "will",
        "with",
        "within",
        "without",
        "would",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "date",
        "utc",
    ]
)


def most_similar(
    title: str, others: Mapping[int, str], *, threshold: float = 0.4, most: int = 3
) -> tuple[tuple[int, float], ...]:
    """The keys of ``others`` whose words are most like those of ``title``.

    The likeness is Dice's coefficient of the sets of word stems, each stem weighing the more the
    fewer titles have it (inverse document frequency): 1 for the same words, 0 for none in common.
    Numbers, months and words of every question do not count.

    Returns
    -------
    tuple of (key, likeness)
        At most ``most`` of at least ``threshold``, the most alike first.

    References
    ----------
    Dice (1945), "Measures of the amount of ecologic association between species", Ecology 26(3);
    Sparck Jones (1972), "A statistical interpretation of term specificity", J. Documentation 28(1).

    >>> most_similar("Will China complain?", {1: "Will China's complaint follow?", 2: "War?"})
    ((1, 0.8),)
    """
    own = _stems(title)
    stems = {key: _stems(other) for key, other in others.items()}
    having = Counter(stem for found in stems.values() for stem in found)
    weights = {
        stem: math.log(1 + len(stems) / max(having[stem], 1)) for stem in own | having.keys()
    }
    whole = sum(map(weights.__getitem__, own))
    found = []
    for key, theirs in stems.items():
        if shared := own & theirs:
            common, other = (sum(map(weights.__getitem__, group)) for group in (shared, theirs))
            found.append((key, round(2 * common / (whole + other), 6)))
    near = [pair for pair in found if pair[1] >= threshold]
    return tuple(sorted(near, key=lambda pair: (-pair[1], pair[0]))[:most])


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    words = _WORD.findall(text.casefold())
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)
