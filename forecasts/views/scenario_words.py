"""What a scenario set lacks, and how far two judgements of it are apart, in sentences."""

from collections.abc import Mapping, Sequence

import numpy as np

from forecasts.maths.checks import Floats
from forecasts.results.scenarios import IndicatorState
from forecasts.views.indicators import Evidence
from forecasts.views.loading import Asked
from forecasts.views.scenario_facts import Prior, Told

AGREES = 0.01
"""Shares closer than this are called the same: one point."""

NAMED = 3
"""Titles listed in one sentence."""

_LEFT_OUT: dict[IndicatorState, str] = {
    "unjudged": "Not yet judged, and not used: {}. Give every scenario its likelihoods.",
    "annulled": "Annulled, and left out: {}.",
    "after": "Turned out after the set ended, and counted by what stood then: {}.",
    "before": "Known before the prior was made, which holds it already, and left out: {}.",
    "unknown": "Open, and there is no forecast to count, so nothing is added: {}.",
    "impossible": "What is known has an outcome that no scenario allows, and is left out: {}. "
    "Correct the likelihoods or the forecast.",
}


def gap(names: Sequence[str], mine: Floats, implied: Floats) -> str:
    """How far my judgement is from the implied one; both (S,), NaN if there is none."""
    if np.isnan(implied).any():
        return "The indicators imply nothing yet."
    if np.isnan(mine).any():
        top = int(np.argmax(implied))
        return (
            f"You have no standing forecast; the indicators imply {_percent(implied[top])} "
            f"for “{names[top]}”."
        )
    apart = mine - implied
    widest = int(np.argmax(np.abs(apart)))
    if abs(apart[widest]) < AGREES:
        return "Your judgement and what the indicators imply agree within one point."
    side = "above" if apart[widest] > 0 else "below"
    ends = float(mine[widest]), float(implied[widest])
    digits = 0 if _adds_up(*ends) and not any(map(_all_but_certain, ends)) else 1
    points = f"{abs(round(100 * ends[0], digits) - round(100 * ends[1], digits)):.{digits}f}"
    return (
        f"Your {_percent(ends[0], digits)} for “{names[widest]}” is "
        f"{points} {'point' if points == '1' else 'points'} {side} the {_percent(ends[1], digits)} "
        "that the indicators imply."
    )


def _adds_up(one: float, other: float) -> bool:
    """Whether the difference in whole points is the difference of the whole points."""
    return abs(round(100 * one) - round(100 * other)) == round(100 * abs(one - other))


def notices(
    asked: Asked,
    prior: Prior | None,
    told: Mapping[int, Told],
    evidence: Sequence[Evidence],
    *,
    ruled_out: bool,
) -> tuple[str, ...]:
    """What is missing or left out, and what to do about it."""
    found = []
    if prior is None:
        found.append(
            "There is no prior yet. State how probable each scenario was at a date; the "
            "indicators are counted from there."
        )
    elif prior.dated > asked.ends:
        found.append("The prior is dated after the set ended, so the indicators imply nothing.")
    if not evidence:
        found.append("No indicator is linked yet. Link questions that would tell scenarios apart.")
    if ruled_out:
        found.append(
            "What is known rules out every scenario. Correct a likelihood of 0 or 1, or the prior."
        )
    for state, sentence in _LEFT_OUT.items():
        titles = [one.asked.title for one in evidence if one.state == state]
        if titles:
            found.append(sentence.format(_listed(titles)))
    past = [
        one.asked.title
        for one in evidence
        if one.counts and one.barred and one.state != "impossible"
    ]
    if past:
        found.append(
            "What stood earlier had an outcome that no scenario allows, and those days are left "
            f"out: {_listed(past)}."
        )
    untold = [name for place, name in enumerate(asked.options) if place not in told]
    if untold:
        found.append(f"Without a narrative: {_listed(untold)}.")
    return tuple(found)


def _listed(names: Sequence[str]) -> str:
    """The first names in quotation marks, and how many more there are."""
    shown = "; ".join(f"“{name}”" for name in names[:NAMED])
    return shown if len(names) <= NAMED else f"{shown}; and {len(names) - NAMED} more"


def _all_but_certain(share: float) -> bool:
    """Whether whole points would say less than a point from certainty as certainty."""
    return 0 < share < AGREES or 1 - AGREES < share < 1


def _percent(share: float, digits: int = 0) -> str:
    """A probability in words; only an exact 0 or 1 reads as certain."""
    step = 10.0**-digits
    if 0 < 100 * share < step:
        return f"< {step:g} %"
    if 100 - step < 100 * share < 100:
        return f"> {100 - step:g} %"
    return f"{share * 100:.{digits}f} %"
