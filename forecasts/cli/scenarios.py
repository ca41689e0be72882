"""Scenario sets: looking at them, and making, telling and judging them."""

from datetime import datetime
from typing import Annotated, Any

import numpy as np
import typer

from forecasts import clock
from forecasts.cli.doors import Json, Key, looking, me, perform, say_saved
from forecasts.cli.scenario_lines import board_lines
from forecasts.cli.terminal import say, say_json
from forecasts.cli.texts import last_day
from forecasts.cli.values import parse_instant
from forecasts.dates import last_instant
from forecasts.errors import InvalidInput
from forecasts.reading.scales import RECOMMENDED
from forecasts.services.indicators import (
    change_indicator,
    link_indicator,
    unlink_indicator,
)
from forecasts.services.inputs import parse_number, parse_probability
from forecasts.services.likelihoods import Entry, read_entry
from forecasts.services.questions import QuestionDraft
from forecasts.services.scenarios import make_scenario_set, set_prior, tell_narrative
from forecasts.views.scenarios import scenario_board, scenario_sets

SetId = Annotated[int, typer.Argument(metavar="SET", help="A scenario set's id.")]
QuestionId = Annotated[int, typer.Argument(metavar="QUESTION", help="The indicator's id.")]
Given = Annotated[
    list[str] | None,
    typer.Option(
        help="SCENARIO=LIKELIHOOD of yes, or one an outcome with commas: 70%, 0.7, 2:1 against, "
        "words such as likely, or - for what the others leave; nothing after = leaves the scenario "
        "to be judged later. Repeat for each scenario."
    ),
]
Weight = Annotated[
    str | None, typer.Option(help="0 to 1: 1 counts it as independent of the others.")
]
Scale = Annotated[str, typer.Option(help="Whose numbers the words stand for.")]
Note = Annotated[str, typer.Option(help="Why.")]
Certain = Annotated[bool, typer.Option("--certain", help="A probability of 0 or 1 is meant.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("scenarios")(show)
    for command in (make_scenarios, narrate, prior, link, relink, unlink):
        app.command()(command)


def show(
    set_id: Annotated[int | None, typer.Argument(metavar="[SET]")] = None, as_json: Json = False
) -> None:
    """Scenario sets; or one with its probabilities, indicators and what to watch."""
    with looking() as session:
        if set_id is not None:
            board = scenario_board(session, set_id, me=me(), now=clock.now())
        else:
            rows = scenario_sets(session, now=clock.now())
    if set_id is not None:
        if as_json:
            say_json(_finite(board))
        for line in () if as_json else board_lines(board):
            say(line)
        return
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(
            f"{row.question_id:>5}  {row.status:<9} to {last_day(row.closes_at)}  "
            f"{len(row.scenarios)} scenarios, {row.indicators} indicators  {row.title}"
        )
    if not rows:
        say("There is no scenario set yet; `forecasts make-scenarios` makes one.")


def make_scenarios(
    title: Annotated[str, typer.Argument(help="The focal question.")],
    scenario: Annotated[list[str], typer.Option(help="A scenario; repeat. 2 to 8 in all.")],
    criteria: Annotated[str, typer.Option(help="How a stranger would settle it.")],
    closes: Annotated[str, typer.Option(help="The horizon: 2029-12-31 (its end, UTC) or ISO.")],
    background: Annotated[str, typer.Option(help="What a reader should know.")] = "",
    key: Key = None,
) -> None:
    """Make a scenario set. “something else” is added as the last scenario."""
    draft = QuestionDraft(
        title=title,
        criteria=criteria,
        closes_at=parse_instant("close", closes, end_of_day=True),
        kind="multiple_choice",
        options=tuple(scenario),
        background=background,
    )
    receipt = perform(key, make_scenario_set, draft=draft)
    say_saved(receipt, f"Scenario set {receipt.id} made.")


def narrate(set_id: SetId, scenario: str, text: str, key: Key = None) -> None:
    """Tell how a scenario would come about; what was told before is kept."""
    receipt = perform(key, tell_narrative, set_id=set_id, scenario=scenario, text=text)
    say_saved(receipt, "Narrative told.")


def prior(
    set_id: SetId,
    probabilities: Annotated[list[str], typer.Argument(help="One a scenario, in order.")],
    dated: Annotated[
        str | None,
        typer.Option(
            help="When it was believed: 2026-01-31 (its end, UTC, but not after now) or ISO; "
            "now if left out."
        ),
    ] = None,
    note: Note = "",
    certain: Certain = False,
    key: Key = None,
) -> None:
    """State what was believed of the scenarios, from which indicators are counted."""
    receipt = perform(
        key,
        set_prior,
        set_id=set_id,
        probabilities=[parse_probability(text) for text in probabilities],
        dated_at=None if dated is None else _believed(dated, clock.now()),
        note=note,
        certain=certain,
    )
    say_saved(receipt, "Prior stated.")


def link(
    set_id: SetId,
    question_id: QuestionId,
    given: Given = None,
    weight: Weight = None,
    scale: Scale = RECOMMENDED,
    note: Note = "",
    certain: Certain = False,
    key: Key = None,
) -> None:
    """Link a question to a scenario set, with how likely its outcomes are in each scenario."""
    receipt = perform(
        key,
        link_indicator,
        set_id=set_id,
        question_id=question_id,
        likelihoods=_likelihoods(given, scale),
        weight=1.0 if weight is None else parse_number(weight, field="weight"),
        note=note,
        scale=scale,
        certain=certain,
    )
    say_saved(receipt, f"Question {question_id} is an indicator of scenario set {set_id}.")


def relink(
    set_id: SetId,
    question_id: QuestionId,
    given: Given = None,
    weight: Weight = None,
    scale: Scale = RECOMMENDED,
    note: Annotated[str | None, typer.Option(help="Why.")] = None,
    certain: Certain = False,
    key: Key = None,
) -> None:
    """Change an indicator's likelihoods, weight or note; what is not named stays."""
    receipt = perform(
        key,
        change_indicator,
        set_id=set_id,
        question_id=question_id,
        likelihoods=_likelihoods(given, scale),
        weight=None if weight is None else parse_number(weight, field="weight"),
        note=note,
        scale=scale,
        certain=certain,
    )
    say_saved(receipt, f"Indicator {question_id} changed.")


def unlink(set_id: SetId, question_id: QuestionId, note: Note = "", key: Key = None) -> None:
    """Take an indicator off a scenario set."""
    receipt = perform(key, unlink_indicator, set_id=set_id, question_id=question_id, note=note)
    say_saved(receipt, f"Indicator {question_id} taken off.")


def _likelihoods(given: list[str] | None, scale: str) -> dict[str, tuple[Entry, ...]] | None:
    if given is None:
        return None
    found: dict[str, tuple[Entry, ...]] = {}
    for text in given:
        name, separator, values = text.rpartition("=")
        if not separator or not name.strip():
            raise InvalidInput("given", text, "write SCENARIO=0.7 or SCENARIO=likely")
        if not values.strip():
            found[name.strip()] = ()
            continue
        entries = tuple(
            None
            if value.strip() == "-"
            else read_entry(value, scale, field=f"likelihood in {name.strip()}")
            for value in values.split(",")
        )
        found[name.strip()] = (*entries, None) if len(entries) == 1 else entries
    return found


def _believed(text: str, now: datetime) -> datetime:
    """When a prior was believed; a day that has begun counts from its end, but not after now."""
    began = parse_instant("date of the prior", text)
    if parse_instant("date of the prior", text, end_of_day=True) == began:
        return began
    last = last_instant(began.date(), "day")
    return min(last, now) if began <= now else last


def _finite(value: Any) -> Any:
    """A result without the numbers that JSON lacks: null for NaN, text for infinity."""
    if isinstance(value, np.ndarray):
        return _finite(value.tolist())
    if isinstance(value, tuple | list):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not np.isfinite(value):
        return None if np.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if hasattr(value, "__dataclass_fields__"):
        return {name: _finite(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
