"""Who of two is better, in words: or that it cannot be told."""

from dashboard import formats, measure
from dashboard.formats import NBSP
from forecasts.maths.comparison import LEAST_QUESTIONS
from forecasts.results.comparison import Party, ScoreComparison


def verdict(found: ScoreComparison) -> str:
    """The heading. It names a better one only where interval and test agree."""
    first, second = _name(found.first), _mid(found.second)
    kind = found.verdict
    if kind == "too few":
        common = formats.count(found.test.questions, "common question")
        return f"Cannot tell yet: {common}, {LEAST_QUESTIONS} are needed"
    if kind == "equal":
        return f"{first} and {second} earned the same on every common question"
    if kind == "open":
        return f"{first} and {second} cannot be told apart yet"
    if found.lead > 0:
        return f"{first} {_verb(found.first)} better than {second}"
    return f"{_name(found.second)} {_verb(found.second)} better than {_mid(found.first)}"


def evidence(found: ScoreComparison) -> str:
    """What the verdict rests on: questions, difference, interval and test."""
    if found.means is None:
        return "There is no question on which both had a forecast at the same time."
    common = formats.count(found.test.questions, "common question")
    one, other = (formats.score(mean) for mean in found.means)
    said = (
        f"On {common} {_mid(found.first)} scored {one} and {_mid(found.second)} {other}: "
        f"{measure.lead(found.lead)}"
    )
    if found.test.interval is None or found.test.p_value is None:
        return f"{said}."
    ends = (found.settings.lead(end, 0.0) for end in found.test.interval)
    worst, best = sorted(ends)
    return (
        f"{said}; the 95{NBSP}% interval runs from {measure.lead(best)} to {measure.lead(worst)}; "
        f"{chance(found.test.p_value)} (sign flips)."
    )


def chance(p_value: float) -> str:
    """A p-value with what it says left to the reader: "p = 0.04", "p < 0.001", "p = 1"."""
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.3f}".rstrip("0").rstrip(".")


def caution(found: ScoreComparison) -> list[str]:
    """What else to know before believing it."""
    lines = []
    if found.depends_on_words:
        lines.append(
            "Who is ahead depends on which numbers the sources’ words stand for: read at the other "
            "end of their ranges, the order changes."
        )
    if found.test.diebold_mariano is not None and found.test.diebold_mariano.p_value is not None:
        lines.append(
            f"Paired t-test (Diebold-Mariano): {chance(found.test.diebold_mariano.p_value)}. "
            f"Interval: {found.test.method} bootstrap, whole questions drawn again."
        )
    return lines


def _name(party: Party) -> str:
    return party.name


def _mid(party: Party) -> str:
    """The name within a sentence."""
    if party.role in ("me", "crowd") or party.name == "A know-nothing":
        return party.name[:1].lower() + party.name[1:]
    return party.name


def _verb(party: Party) -> str:
    return "are" if party.role == "me" else "is"
