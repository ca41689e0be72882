"""One question in a list: what it asks, where everyone stands, what it moved."""

from dashboard import formats
from dashboard.widgets.safe import Html, fill, joined
from forecasts.results.questions import QuestionRow

KINDS = {
    "multiple_choice": "one of several options",
    "ordered": "options in an order",
    "numeric": "a number",
}
APART = 0.34  # shares from which two labels have room side by side


def question_row(row: QuestionRow, why: str, mine: str = "") -> Html:
    """Title and reason, the track of probabilities, and my change of the last seven days.

    ``mine`` is what I say where it is no probability of yes.
    """
    change = (
        fill(
            '<div class="change">{points}<br><span class="fd-sub">in 7 days</span></div>',
            points=formats.points(row.change_7d),
        )
        if row.change_7d is not None
        else Html("")
    )
    return fill(
        '<div class="fd-row"><div><div class="q"><bdi>{title}</bdi></div>'
        '<div class="fd-sub">{why}</div></div>{track}{change}</div>',
        title=row.title,
        why=why,
        track=track(row, mine),
        change=change,
    )


def track(row: QuestionRow, mine: str = "") -> Html:
    """Me as a dot, the crowd and the source as rings, on a line from 0 to 100 %.

    Only what is answered by yes or no has a place on it; of others I see what I say, or else
    their kind.
    """
    if mine:
        return fill('<div class="fd-mine">you <bdi>{mine}</bdi></div>', mine=mine)
    if row.kind != "binary":
        return fill('<div class="fd-sub">{kind}</div>', kind=KINDS[row.kind])
    stands = _stands(row)
    if not stands:
        return Html('<div class="fd-track"><div class="bar"></div></div>')
    pieces = [Html('<div class="bar"></div>')]
    if row.source_low is not None and row.source_high is not None:
        pieces.append(_span("band", row.source_low, row.source_high))
    if row.mine is not None and row.crowd is not None:
        pieces.append(_span("gap", min(row.mine, row.crowd), max(row.mine, row.crowd)))
    pieces += [_dot(role, value) for role, value in reversed(stands)]
    spoken = ", ".join(f"{NAMES[role]} {formats.percent(value)}" for role, value in stands)
    return fill(
        '<div class="fd-track" role="img" aria-label="{spoken}">{pieces}{labels}</div>',
        spoken=spoken,
        pieces=joined(pieces),
        labels=_labels(stands),
    )


NAMES = {"me": "you", "crowd": "crowd", "source": "source"}


def _stands(row: QuestionRow) -> list[tuple[str, float]]:
    """Whose value is shown. A source is labelled only where nobody else has a forecast."""
    people = [("me", row.mine), ("crowd", row.crowd if row.crowd_size > 1 else None)]
    shown = [(role, value) for role, value in people if value is not None]
    if not shown and row.source is not None:
        return [("source", row.source)]
    return shown


def _labels(stands: list[tuple[str, float]]) -> Html:
    if len(stands) == 2 and abs(stands[0][1] - stands[1][1]) >= APART:
        return joined([_label([stand]) for stand in stands])
    return _label(sorted(stands, key=lambda stand: stand[1]))


def _label(stands: list[tuple[str, float]]) -> Html:
    words = [
        fill("<b>you {n}</b>", n=round(100 * value))
        if role == "me"
        else fill("{name} {n}", name=NAMES[role], n=round(100 * value))
        for role, value in stands
    ]
    middle = 100 * sum(value for _, value in stands) / len(stands)
    # Shifting by the same share of its own width keeps a label inside the track at both ends.
    return fill(
        '<div class="label" style="left:{x}%;transform:translateX(-{x}%)">{words}</div>',
        x=f"{middle:.1f}",
        words=joined(words, " · "),
    )


def _dot(role: str, value: float) -> Html:
    return fill('<div class="{role}" style="left:{x}%"></div>', role=role, x=f"{100 * value:.1f}")


def _span(kind: str, low: float, high: float) -> Html:
    return fill(
        '<div class="{kind}" style="left:{x}%;width:{w}%"></div>',
        kind=kind,
        x=f"{100 * low:.1f}",
        w=f"{100 * (high - low):.1f}",
    )
