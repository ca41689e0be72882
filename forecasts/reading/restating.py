"""The same words read by another scale: what a statement's numbers would then be."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from forecasts.reading.candidate import Candidate
from forecasts.reading.scales import Estimate, estimate, normal_form, scale_names


class Worded(Protocol):
    """Whatever holds words of likelihood and the numbers one scale gave them."""

    @property
    def hedge(self) -> str: ...
    @property
    def phrase(self) -> str | None: ...
    @property
    def probability(self) -> float: ...
    @property
    def probability_low(self) -> float: ...
    @property
    def probability_high(self) -> float: ...
    @property
    def scale(self) -> str: ...


def estimate_under(one: Worded, scale: str | None) -> Estimate:
    """The numbers of ``one`` by ``scale``; None is the scale it was read by.

    Numbers that the text gives itself belong to no scale and stay. So do those of words that no
    scale is known to list; ``Estimate.scale`` always names what gave the numbers returned.

    Raises
    ------
    ValueError
        If there is no such scale.
    """
    held = Estimate(one.probability_low, one.probability, one.probability_high, one.scale)
    if scale is None or scale == one.scale:
        return held
    if scale not in scale_names():
        raise ValueError(f"scale must be one of {', '.join(scale_names())}, got {scale!r}")
    if one.phrase is not None:
        return estimate(one.phrase, scale)
    if one.scale not in scale_names():
        return held
    found = [estimate(phrase, scale) for phrase in _explaining(one.hedge, held)]
    listed = [numbers for numbers in found if numbers.scale == scale]
    return (listed or found or [held])[0]


def restated(candidate: Candidate, scale: str | None) -> Candidate:
    """``candidate`` with the numbers that ``scale`` gives its words."""
    numbers = estimate_under(candidate, scale)
    return replace(
        candidate,
        probability=numbers.point,
        probability_low=numbers.low,
        probability_high=numbers.high,
        scale=numbers.scale,
    )


def listed_wording(one: Worded) -> str | None:
    """The words of ``one`` as a scale lists them; None for a stated number, or where none does."""
    if one.phrase is not None:
        return normal_form(one.phrase)
    if one.scale not in scale_names():
        return None
    held = Estimate(one.probability_low, one.probability, one.probability_high, one.scale)
    return next(_explaining(one.hedge, held), None)


def _explaining(hedge: str, held: Estimate) -> Iterator[str]:
    """The wordings in ``hedge`` that the scale of ``held`` gives the numbers held, longest first.

    A statement stored without its phrase still has the words as written ("will likely"), of
    which a scale may list only some ("likely").
    """
    for phrase in _wordings(normal_form(hedge).split()):
        try:
            if estimate(phrase, held.scale) == held:
                yield phrase
        except ValueError:
            continue


def _wordings(words: list[str]) -> Iterator[str]:
    most = min(len(words), 8)  # no scale lists a longer wording
    for length in range(most, 0, -1):
        for start in range(len(words) - length + 1):
            run = re.sub(r"[^\w' -]", "", " ".join(words[start : start + length]))
            yield run
            yield f"{run} not"  # "no one will": the denial stands outside the hedge
