"""Whose scores an outcome would change, and by how much, before it is confirmed."""

from datetime import datetime

from dashboard import formats
from dashboard.context import database, my_id, refusing
from dashboard.widgets.parts import note, table
from dashboard.widgets.safe import Html, fill
from forecasts.results.settlement import ScoreChange, SettlementEffect
from forecasts.views.settlement import settlement_effect

SHOWN = 10
"""Forecasters shown; the others are counted."""

ARROW = "→"
HEAD = Html(
    "<tr><th>Forecaster</th><th class='n'>This question</th><th class='n'>All questions</th></tr>"
)
NUMBERS_HEAD = Html("<tr><th>Forecaster</th><th class='n'>This question</th></tr>")
BRIER = (
    f"Brier, 0 to 1, lower is better: now {ARROW} then; all questions is the mean over everything "
    "scored."
)
NUMBERS = (
    f"Quantile score in the number’s own unit, lower is better: now {ARROW} then. "
    "It enters no mean."
)


def effect_part(question_id: int, *, outcome: str | None, known_at: datetime) -> None:
    """The scores as they are and as they would be; ``outcome`` None annuls."""
    with refusing(), database() as session:
        effect = settlement_effect(session, question_id, outcome=outcome, known_at=known_at)
        show_effect(effect)


def show_effect(effect: SettlementEffect) -> None:
    """A table of whose scores change, and the conditional questions that follow."""
    people = len(effect.changes)
    if not people:
        note("Nobody’s score changes by this.")
    else:
        who = "One forecaster’s score" if people == 1 else f"{people:,} forecasters’ scores"
        measure = NUMBERS if effect.number else BRIER
        note(f"{who} would change. {measure}")
        rows = [_row(one, number=effect.number) for one in effect.changes[:SHOWN]]
        table(NUMBERS_HEAD if effect.number else HEAD, rows)
    if people > SHOWN:
        less = "" if effect.number else ", whose mean changes less"
        note(f"And {people - SHOWN:,} more{less}.")
    for _, title, is_scored in effect.conditional:
        state = "scored then" if is_scored else "scored no longer"
        note(f"Asked on condition of this one, {state}: {title}")


def _row(one: ScoreChange, *, number: bool) -> Html:
    mine = one.forecaster_kind == "person" and one.forecaster_id == my_id()
    means = fill(
        '<td class="n">{mean}<br><small>{words}</small></td>',
        mean=_pair(one.mean_before, one.mean_after),
        words=_in_words(one),
    )
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi></td><td class="n">{here}</td>{means}</tr>',
        kind="me" if mine else "other",
        name="You" if mine else one.forecaster,
        here=_quantities(one.before, one.after) if number else _pair(one.before, one.after),
        means=Html("") if number else means,
    )


def _quantities(before: float | None, after: float | None) -> str:
    ends = (formats.DASH if one is None else formats.quantity(one) for one in (before, after))
    return f" {ARROW} ".join(ends)


def _pair(before: float | None, after: float | None) -> str:
    return f"{formats.score(before)} {ARROW} {formats.score(after)}"


def _in_words(one: ScoreChange) -> str:
    if one.mean_before is None:
        return "first score"
    if one.mean_after is None:
        return "no score left"
    return formats.difference(one.mean_after, one.mean_before)
