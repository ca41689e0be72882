"""Which articles are nearly the same text?

One article reaches a desk by several ways: with an aggregator's lines around it, with a paragraph
less, with other quotation marks. Runs of words survive that; a topic in common does not make them.
"""

import re
import unicodedata
from collections.abc import Mapping
from itertools import islice

RUN = 5  # words; long enough that texts on one topic share next to none

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, joiners, marks

# Hashes in place of the runs take half the time and memory. They mean nothing outside this
# process. That two of a million different runs have the same hash has a chance below 1e-6.
Shingles = frozenset[int]


def likeness(a: str, b: str) -> float:
    """Share of the distinct runs of five words in either text that both have, in [0, 1].

    The resemblance of Broder (1997): 1 for the same words in the same order, 0 for no run in
    common. Case, white space, punctuation and quotation marks do not count. A text of fewer than
    five words is one run; two texts without a word are alike.

    Reference: A. Z. Broder (1997), "On the resemblance and containment of documents", Compression
    and Complexity of Sequences, 21-29.

    >>> round(likeness("Rates will rise in June, he said.", "rates will rise in june he says"), 3)
    0.5
    """
    return _resemblance(_shingles(_words(a)), _shingles(_words(b)))


def nearest(
    text: str, others: Mapping[int, str], *, threshold: float = 0.5
) -> tuple[tuple[int, float], ...]:
    """The keys of ``others`` whose likeness to ``text`` is at least ``threshold``.

    Returns
    -------
    tuple of (key, likeness)
        The most alike first; of equals the lower key.

    Raises
    ------
    ValueError
        Unless 0 < threshold <= 1: with 0 every text would be near.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must lie in (0, 1], got {threshold}")
    own = _shingles(_words(text))
    found = []
    for key, other in others.items():
        words = _words(other)
        # No more runs than words: then even if all of them are shared they are too few.
        if own and max(len(words), 1) < threshold * len(own):
            continue
        value = _resemblance(own, _shingles(words))
        if value >= threshold:
            found.append((key, value))
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _words(text: str) -> list[str]:
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _WORD.findall(plain.casefold())


def _shingles(words: list[str]) -> Shingles:
    if len(words) < RUN:
        return frozenset([hash(tuple(words))] if words else [])
    return frozenset(map(hash, zip(*(islice(words, i, None) for i in range(RUN)), strict=False)))


def _resemblance(a: Shingles, b: Shingles) -> float:
    if not a and not b:
        return 1.0
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)
