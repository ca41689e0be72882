"""The matrix of indicators: scenarios across, indicators down, and how far each tells them apart.

In the manner of an analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence
Analysis, 1999, ch. 8), with a likelihood where that has a mark for consistent or inconsistent.
"""

import math
from collections.abc import Iterable, Sequence

import streamlit as st

from dashboard import formats
from dashboard.widgets.parts import finding, more_button, note, question_link
from dashboard.widgets.safe import Html, fill, joined
from dashboard.widgets.scale import scale_name
from forecasts.results.scenarios import IndicatorView, Likelihood, ScenarioBoard

SHOWN = 20
"""Indicators that are shown at first, and how many more each time."""

STEPS = (1.25, 2.0, 4.0, 10.0)
"""Likelihood ratios, or their inverses, from which a cell's shade is one step stronger."""

KEY = Html(
    '<p class="fd-note fd-matrix-key">Shade: how many times likelier the outcome is in that '
    "scenario than in the others together ▲, or less likely ▼: "
    '<span class="l0">under 1.25</span> <span class="l1">1.25</span> <span class="l2">2</span> '
    '<span class="l3">4</span> <span class="l4">10 or more</span>. Bits: what the answer would '
    "tell about the scenarios, by the prior; 0 tells nothing.</p>"
)


def matrix_part(board: ScenarioBoard) -> None:
    """The matrix, the most diagnostic indicator first, a part of it at a time."""
    finding(matrix_finding(board.indicators), "P(outcome | scenario), %.")
    if not board.indicators:
        return
    slot = f"indicators shown {board.question_id}"
    shown: int = st.session_state.get(slot, SHOWN)
    names = [one.name for one in board.scenarios]
    st.html(matrix(names, board.indicators[:shown]))
    st.html(KEY)
    if board.prior is None:
        note("Without a prior there is nothing to weigh the others together by: no shade, no bits.")
    more_button(len(board.indicators) - shown, each=SHOWN, slot=slot, shown=shown)


def matrix_finding(indicators: Sequence[IndicatorView]) -> str:
    """Which indicator tells most, and how many cannot tell the scenarios apart."""
    if not indicators:
        return "No indicator is linked yet"
    mute = sum(one.tells_apart is False for one in indicators)
    cannot = f"; {formats.spelled(mute)} cannot tell the scenarios apart" if mute else ""
    best = indicators[0]
    if best.diagnosticity is None:
        return f"{formats.count(len(indicators), 'indicator')}, none of them measured yet"
    if best.tells_apart is False:
        return "No indicator can tell the scenarios apart"
    return f"“{best.title}” tells most: {best.diagnosticity:.2f} bits{cannot}"


def matrix(
    names: Sequence[str], indicators: Iterable[IndicatorView], *, linked: bool = True
) -> Html:
    """The whole table. It scrolls in its own box where it is wider than the page.

    Titles are links to their questions' pages, if ``linked``.
    """
    heads = joined(
        [fill('<th class="c" scope="col"><bdi>{name}</bdi></th>', name=n) for n in names]
    )
    return fill(
        '<div class="fd-scroll" tabindex="0" role="region" aria-label="Matrix of indicators">'
        '<table class="fd-table fd-matrix"><thead><tr><th scope="col">Indicator</th>'
        '<th scope="col">Outcome</th>{heads}<th class="n" scope="col">Bits</th></tr></thead>'
        "<tbody>{rows}</tbody></table></div>",
        heads=heads,
        rows=joined([_rows(names, one, linked=linked) for one in indicators]),
    )


def _rows(names: Sequence[str], one: IndicatorView, *, linked: bool) -> Html:
    """One row an outcome; of yes/no questions only the yes, which says the no as well."""
    outcomes = range(1 if one.kind == "binary" else len(one.outcomes))
    rows = []
    for outcome in outcomes:
        head = _head(one, len(outcomes), linked=linked) if outcome == 0 else Html("")
        tail = _bits(one, len(outcomes)) if outcome == 0 else Html("")
        cells = [_cell(names, one, scenario, outcome) for scenario in range(len(names))]
        rows.append(
            fill(
                "<tr>{head}<td>{outcome}</td>{cells}{tail}</tr>",
                head=head,
                outcome=_outcome(one, outcome),
                cells=joined(cells),
                tail=tail,
            )
        )
    return joined(rows)


def _head(one: IndicatorView, outcomes: int, *, linked: bool) -> Html:
    weight = f"; counts {one.weight:g}" if one.weight != 1 else ""
    plain = fill('<div class="q"><bdi>{title}</bdi></div>', title=one.title)
    return fill(
        '<td rowspan="{span}"><div>{title}</div>'
        '<div class="fd-note wide">{state}</div><div class="fd-note wide"><bdi>{note}</bdi></div>'
        "</td>",
        span=outcomes,
        title=question_link(one.question_id, one.title) if linked else plain,
        state=f"{_state(one)}{weight}",
        note=one.note,
    )


def _state(one: IndicatorView) -> str:
    whose = "your forecast" if one.current_from == "me" else "the crowd's median"
    if one.state == "after" and one.current is not None:
        return f"turned out {one.outcome} after the set ended; counts by {whose} of then"
    if one.state == "open" and one.current is not None:
        return f"open; counts by {whose}"
    if one.state == "resolved":
        return f"resolved {one.outcome}"
    return one.why


def _outcome(one: IndicatorView, outcome: int) -> Html:
    """The outcome's name with what it is given now; the one that came about is ticked."""
    name = one.outcomes[outcome]
    if one.current is None:
        return fill("<bdi>{name}</bdi>", name=name)
    share = formats.percent(one.current[outcome])
    if one.outcome is not None:
        mark = "✓" if one.outcome == name else "✗"
        ticked = fill("<bdi>{name}</bdi> {mark}", name=name, mark=mark)
        then = fill('<div class="fd-note">then {share}</div>', share=share)
        return joined([ticked, then]) if one.state == "after" else ticked
    return fill('<bdi>{name}</bdi><div class="fd-note">now {now}</div>', name=name, now=share)


def _bits(one: IndicatorView, outcomes: int) -> Html:
    if one.diagnosticity is None:
        return fill('<td class="n" rowspan="{span}">{dash}</td>', span=outcomes, dash=formats.DASH)
    mute = (
        Html('<div class="fd-note">cannot tell<br>the scenarios<br>apart</div>')
        if one.tells_apart is False
        else Html("")
    )
    return fill(
        '<td class="n" rowspan="{span}"><b>{bits}</b>{mute}</td>',
        span=outcomes,
        bits=f"{one.diagnosticity:.2f}",
        mute=mute,
    )


def _cell(names: Sequence[str], one: IndicatorView, scenario: int, outcome: int) -> Html:
    likelihood = one.likelihoods[outcome][scenario]
    if likelihood is None:
        return fill('<td class="c" title="not yet judged">{dash}</td>', dash=formats.DASH)
    ratio = None if one.ratios is None else one.ratios[outcome][scenario]
    return fill(
        '<td class="c l{level}" title="{told}">{share}{mark}{words}</td>',
        level=level(ratio),
        told=f"{one.outcomes[outcome]} in {names[scenario]}: {ratio_words(ratio)}",
        share=formats.percent(likelihood.probability),
        mark=_mark(ratio),
        words=_words(likelihood),
    )


def level(ratio: float | None) -> int:
    """The shade of a cell, 0 to 4, by the size of a log-likelihood ratio."""
    if ratio is None:
        return 0
    return sum(abs(ratio) >= math.log(step) for step in STEPS)


def _mark(ratio: float | None) -> Html:
    if level(ratio) == 0 or ratio is None:
        return Html("")
    return Html(" ▲") if ratio > 0 else Html(" ▼")


def ratio_words(ratio: float | None) -> str:
    """A log-likelihood ratio as a reader says it."""
    if ratio is None:
        return "cannot be weighed"
    if math.isinf(ratio):
        return "only this scenario allows it" if ratio > 0 else "it rules this scenario out"
    if level(ratio) == 0:
        return "about as likely as in the others together"
    times = f"{math.exp(min(abs(ratio), math.log(1e6))):,.1f} times"
    return (
        f"{times} as likely as in the others together"
        if ratio > 0
        else f"{times} less likely than in the others together"
    )


def _words(likelihood: Likelihood) -> Html:
    """The word that the number came from, with its scale on hover."""
    if likelihood.words is None or likelihood.scale is None:
        return Html("")
    return fill(
        '<div class="fd-word" title="{scale}"><bdi>{words}</bdi></div>',
        scale=scale_name(likelihood.scale),
        words=likelihood.words,
    )
