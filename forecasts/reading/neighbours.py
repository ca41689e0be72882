"""Which articles are nearly the same text?

One article reaches a desk by several ways: with an aggregator's lines around it, with a paragraph
less, with other quotation marks. Runs of words survive that; a topic in common does not make them.
Of a text to be compared with thousands, a sketch of fixed size is kept.
"""

import re
import unicodedata
from collections.abc import Mapping
from hashlib import blake2b
from math import sqrt

import numpy as np
import numpy.typing as npt

RUN = 5  # words; long enough that texts on one topic share next to none
SKETCH = 128  # numbers; the share of equal ones is off by at most 0.044 (standard error)

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, joiners, marks
_BLOCK = 4096  # runs at a time, so that a long text takes no more memory than a short one

# Hashes in place of the runs take a fraction of the time and memory, and are the same in every
# process. That two of a million different runs have the same hash has a chance below 1e-7.
Runs = npt.NDArray[np.uint64]


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
    return _resemblance(_runs(a), _runs(b))


def nearest(
    text: str, others: Mapping[int, str], *, threshold: float = 0.5
) -> tuple[tuple[int, float], ...]:
    """The keys of ``others`` whose likeness to ``text`` is at least ``threshold``.

    Every text is read; for thousands of them keep sketches, and ask only ``perhaps_near``.

    Returns
    -------
    tuple of (key, likeness)
        The most alike first; of equals the lower key.

    Raises
    ------
    ValueError
        Unless 0 < threshold <= 1: with 0 every text would be near.
    """
    _check(threshold)
    own = _runs(text)
    found = [(key, _resemblance(own, _runs(other))) for key, other in others.items()]
    near = [(key, value) for key, value in found if value >= threshold]
    return tuple(sorted(near, key=lambda pair: (-pair[1], pair[0])))


def sketch(text: str) -> bytes:
    """A text in 512 bytes: of its runs, the least under each of 128 orders.

    The share of equal numbers in two sketches estimates the likeness of their texts without bias,
    with standard error ``sqrt(p (1 - p) / 128)``. Numbers are four bytes, the lowest first.

    Reference: A. Z. Broder, M. Charikar, A. M. Frieze and M. Mitzenmacher (2000), "Min-wise
    independent permutations", Journal of Computer and System Sciences 60, 630-659. The orders are
    those of multiply-shift hashes: M. Dietzfelbinger et al. (1997), "A reliable randomized
    algorithm for the closest-pair problem", Journal of Algorithms 25, 19-51.
    """
    least = np.full(SKETCH, np.iinfo(np.uint32).max, dtype="<u4")
    runs = _runs(text)
    for start in range(0, len(runs), _BLOCK):
        block = runs[start : start + _BLOCK]
        ranks = (block * _FACTORS[:, None] + _SHIFTS[:, None]) >> np.uint64(32)
        np.minimum(least, ranks.min(axis=1).astype("<u4"), out=least)
    return least.tobytes()


def perhaps_near(
    own: bytes, others: Mapping[int, bytes], *, threshold: float = 0.5
) -> tuple[int, ...]:
    """The keys of those whose texts may be as near as ``threshold``, by their sketches.

    Four standard errors below the threshold count as "may": of texts exactly that near one in
    30,000 is missed. ``nearest`` on their texts tells which of them are.

    Raises
    ------
    ValueError
        Unless 0 < threshold <= 1, and every sketch has 512 bytes.
    """
    _check(threshold)
    if any(len(one) != 4 * SKETCH for one in (own, *others.values())):
        raise ValueError(f"a sketch has {4 * SKETCH} bytes")
    held = np.frombuffer(b"".join(others.values()), dtype="<u4").reshape(len(others), SKETCH)
    equal = (held == np.frombuffer(own, dtype="<u4")).mean(axis=1)
    enough = threshold - 4 * sqrt(threshold * (1 - threshold) / SKETCH)
    return tuple(key for key, share in zip(others, equal, strict=True) if share >= enough)


def _check(threshold: float) -> None:
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold must lie in (0, 1], got {threshold}")


def _mixed(values: Runs) -> Runs:
    """Every bit of a value spread over all bits: the finalizer of splitmix64."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_FACTORS = _mixed(np.arange(1, SKETCH + 1, dtype=np.uint64)) | np.uint64(1)
_SHIFTS = _mixed(np.arange(SKETCH + 1, 2 * SKETCH + 1, dtype=np.uint64))
_NEXT = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no word of a run is lost


def _runs(text: str) -> Runs:
    """The distinct runs of a text as hashes, ascending."""
    words = _words(text)
    known = {word: blake2b(word.encode(), digest_size=8).digest() for word in set(words)}
    hashes = np.frombuffer(b"".join(map(known.__getitem__, words)), dtype="<u8")
    length = min(RUN, len(words))
    count = len(words) - length + 1 if words else 0
    runs = np.full(count, length, dtype=np.uint64)
    for place in range(length):
        runs = runs * _NEXT + hashes[place : place + count]
    return np.unique(_mixed(runs))


def _words(text: str) -> list[str]:
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return _WORD.findall(plain.casefold())


def _resemblance(a: Runs, b: Runs) -> float:
    if not len(a) and not len(b):
        return 1.0
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)
