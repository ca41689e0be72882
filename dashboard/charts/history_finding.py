"""What a probability history says, in one sentence for its heading."""

from dashboard import formats
from forecasts.results.question import Line, QuestionView


def history_finding(view: QuestionView, *, reader: bool = True) -> str:
    """The heading of the history chart, computed from the lines it draws.

    ``reader`` says that it speaks to somebody who may forecast; a report speaks to nobody.
    """
    if view.row.kind != "binary":
        return _options_finding(view, reader)
    mine, crowd = _standing(view, "me"), _standing(view, "crowd")
    sources = [line for line in view.lines if line.role == "source" and line.at]
    settled = view.resolutions[-1] if view.resolutions else None
    if settled is not None and settled.state == "resolved":
        where = _where(mine, crowd) or _source_range(sources)
        outcome = settled.outcome or "as stated"
        return f"Resolved {outcome}: {where}" if where else f"Resolved {outcome}"
    if settled is not None:
        return f"This question was {settled.state}: it is not scored"
    if mine is not None and crowd is not None and _others(view):
        return _against_the_crowd(mine, crowd)
    if mine is not None:
        source = _source_range(sources)
        return f"You say {formats.percent(mine)}" + (f"; {source}" if source else "")
    if crowd is not None:
        yet = "; you have no forecast yet" if reader else ""
        return f"The crowd says {formats.percent(crowd)}{yet}"
    if sources:
        return formats.sentence_start(_source_range(sources))
    return nobody_yet(reader)


def nobody_yet(reader: bool) -> str:
    """The heading while nobody has forecast."""
    return "No forecast yet" + (". Yours will be the first step." if reader else "")


def history_subtitle(view: QuestionView) -> str:
    """Measure and unit of the history chart, and what its band is."""
    if view.row.kind != "binary":
        whose = "by your" if any(line.role == "me" for line in view.lines) else "by the crowd’s"
        return f"Probability of each option, %, {whose} standing forecast."
    ranges = [
        f"“{line.words}” stands for, {formats.percent_range(line.low, line.high)}"
        for line in view.lines
        if line.words and line.low is not None and line.high is not None
    ]
    band = f" The band is what {ranges[0]}." if len(set(ranges)) == 1 else ""
    many = " The bands are what the sources’ words stand for." if len(set(ranges)) > 1 else ""
    return f"Probability of yes, %, as standing forecasts.{band}{many}"


def _options_finding(view: QuestionView, reader: bool) -> str:
    """Which option stands highest, or what the one that came true had been given."""
    standing = {line.name: line.value[-1] for line in view.lines if line.value}
    shares = {name: value for name, value in standing.items() if value is not None}
    who = "You" if any(line.role == "me" for line in view.lines) else "The crowd"
    settled = view.resolutions[-1] if view.resolutions else None
    if settled is not None and settled.state == "resolved":
        given = shares.get(settled.outcome or "")
        had = f": {who.lower()} had given it {formats.percent(given)}" if given is not None else ""
        return f"Resolved “{settled.outcome}”{had}"
    if settled is not None:
        return f"This question was {settled.state}: it is not scored"
    if not shares:
        return nobody_yet(reader)
    top = max(shares, key=lambda name: shares[name])
    says = "find" if who == "You" else "finds"
    return f"{who} {says} “{top}” likeliest: {formats.percent(shares[top])}"


def _standing(view: QuestionView, role: str) -> float | None:
    line = next((line for line in view.lines if line.role == role), None)
    return line.value[-1] if line is not None and line.value else None


def _others(view: QuestionView) -> bool:
    return view.row.crowd_size > 1


def _against_the_crowd(mine: float, crowd: float) -> str:
    gap = round(100 * (crowd - mine))
    if abs(gap) < 2:
        return f"You and the crowd agree: {formats.percent(mine)}"
    side = "above" if gap > 0 else "below"
    return f"The crowd is {side} you: {formats.percent(crowd)} against your {formats.percent(mine)}"


def _where(mine: float | None, crowd: float | None) -> str:
    parts = []
    if mine is not None:
        parts.append(f"you were at {formats.percent(mine)}")
    if crowd is not None:
        parts.append(f"the crowd at {formats.percent(crowd)}")
    if mine is None and crowd is not None:
        parts[-1] = f"the crowd was at {formats.percent(crowd)}"
    return ", ".join(parts)


def _source_range(sources: list[Line]) -> str:
    """What the first source's words stand for: "the source’s “likely” stands for 55–80 %"."""
    if not sources:
        return ""
    first = sources[0]
    if first.words and first.low is not None and first.high is not None:
        reach = formats.percent_range(first.low, first.high)
        return f"the source’s “{first.words}” stands for {reach}"
    value = first.value[-1]
    return f"the source says {formats.percent(value)}" if value is not None else ""
