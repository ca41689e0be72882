"""Whether forecasts hang together: relations between questions, and what contradicts them."""

from typing import Annotated

import typer

from forecasts import clock
from forecasts.cli.doors import Json, Key, looking, me, perform, say_saved
from forecasts.cli.terminal import say, say_json
from forecasts.cli.texts import tenths
from forecasts.results.coherence import CoherenceFinding, CoherenceView
from forecasts.services.relations import relate_questions, unrelate_questions
from forecasts.views.coherence import coherence

Kind = Annotated[str, typer.Argument(help="implies, complement or same_event.")]
First = Annotated[int, typer.Argument(help="A question; for same_event the conditional one.")]
Second = Annotated[int, typer.Argument(help="The other question.")]
Outcome = Annotated[str, typer.Option(help="The outcome that is meant.")]
Note = Annotated[str, typer.Option(help="Why.")]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("coherence")(show)
    for command in (relate, unrelate):
        app.command()(command)


def show(as_json: Json = False) -> None:
    """Linked forecasts of yours that cannot all be right, and the smallest change to mend them."""
    with looking() as session:
        view = coherence(session, me=me(), now=clock.now())
    if as_json:
        say_json(view)
        return
    for line in _lines(view):
        say(line)


def relate(
    kind: Kind,
    first: First,
    second: Second,
    first_outcome: Outcome = "yes",
    second_outcome: Outcome = "yes",
    note: Note = "",
    key: Key = None,
) -> None:
    """State how two questions hang together: by June implies by December."""
    receipt = perform(
        key,
        relate_questions,
        kind=kind,
        first_id=first,
        second_id=second,
        first_outcome=first_outcome,
        second_outcome=second_outcome,
        note=note,
    )
    say_saved(receipt, f"Questions {first} and {second} are related ({kind}).")


def unrelate(
    kind: Kind,
    first: First,
    second: Second,
    first_outcome: Outcome = "yes",
    second_outcome: Outcome = "yes",
    note: Note = "",
    key: Key = None,
) -> None:
    """Take a relation back."""
    receipt = perform(
        key,
        unrelate_questions,
        kind=kind,
        first_id=first,
        second_id=second,
        first_outcome=first_outcome,
        second_outcome=second_outcome,
        note=note,
    )
    say_saved(receipt, f"Questions {first} and {second} are no longer related ({kind}).")


def _lines(view: CoherenceView) -> list[str]:
    lines = [line for finding in view.findings for line in _finding(finding)]
    lines.append(
        f"{len(view.findings)} of {view.checked} groups of linked questions are incoherent."
        if view.checked
        else "You have no two forecasts on linked open questions yet."
    )
    lines += [f"Not checked: {reason}" for reason in view.not_checked]
    if view.forecasters:
        lines.append("Distance from coherent forecasts (lower is better; 0 is coherent):")
    lines += [
        f"  {one.distance:.3f}  {one.groups:>3} groups  {one.forecaster}"
        for one in view.forecasters
    ]
    return lines


def _finding(finding: CoherenceFinding) -> list[str]:
    return [
        f"{finding.sentence} Distance {finding.distance:.3f}.",
        *(f"  {sentence}" for sentence in finding.relations),
        *(
            f"  {tenths(event.stated):>7} → {tenths(event.nearest):>7}  {event.title} "
            f"({event.outcome}{', ' + event.condition if event.condition else ''})"
            for event in finding.events
        ),
    ]
