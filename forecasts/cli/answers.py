"""Looking things up."""

from typing import Annotated, cast

import typer

from forecasts import clock
from forecasts.cli.doors import Json, looking, me
from forecasts.cli.settings import (
    BeforeFirstOption,
    ClockOption,
    Possibilities,
    Retrospective,
    RuleOption,
    ScaleOption,
    chosen_settings,
)
from forecasts.cli.terminal import percent, say, say_json
from forecasts.cli.texts import (
    CLAIMED,
    SCALE,
    SCORE_HEAD,
    calibration_lines,
    day,
    last_day,
    left_out_line,
    question_line,
    scale_line,
    score_line,
)
from forecasts.errors import InvalidInput
from forecasts.results.calibration import Choice
from forecasts.results.question import ForecastView, QuestionView
from forecasts.results.scores import Scoreboard
from forecasts.results.terms import Status
from forecasts.views.calibration import calibration
from forecasts.views.loading import YES_NO
from forecasts.views.question import question
from forecasts.views.questions import question_list
from forecasts.views.scores import scoreboard
from forecasts.views.today import due_questions

Tag = Annotated[str | None, typer.Option(help="Only questions with this tag.")]
Publisher = Annotated[str | None, typer.Option(help="Only statements of this publisher.")]
STATUSES = ("upcoming", "open", "closed", "resolved", "annulled")


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("list")(list_questions)
    app.command()(show)
    app.command("due")(show_due)
    app.command()(scores)
    app.command("calibration")(show_calibration)


def list_questions(
    status: Annotated[str | None, typer.Option(help=", ".join(STATUSES))] = None,
    tag: Tag = None,
    publisher: Publisher = None,
    text: Annotated[
        str | None, typer.Option(help="Words in its title, criteria, background, tags, publisher.")
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help="Only those I have a forecast on.")] = False,
    as_json: Json = False,
) -> None:
    """Questions, open ones first."""
    if status is not None and status not in STATUSES:
        raise InvalidInput("status", status, f"must be one of {', '.join(STATUSES)}")
    with looking() as session:
        rows = question_list(
            session,
            me=me(),
            now=clock.now(),
            status=cast(Status | None, status),
            tag=tag,
            publisher=publisher,
            text=text,
            mine=mine,
        )
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(question_line(row))
    if not rows:
        say("No question fits.")


def show(
    question_id: Annotated[int, typer.Argument(metavar="QUESTION")], as_json: Json = False
) -> None:
    """One question with its whole record."""
    with looking() as session:
        view = question(session, question_id, me=me(), now=clock.now())
    if as_json:
        say_json(view)
    else:
        for line in _lines(view):
            say(line)


def show_due(as_json: Json = False) -> None:
    """Questions that wait for a resolution."""
    with looking() as session:
        items = due_questions(session, me=me(), now=clock.now())
    if as_json:
        say_json(items)
        return
    for item in items:
        say(f"{item.row.id:>5}  {item.why:<22} {item.row.title}")
    if not items:
        say("Nothing is due.")


def scores(
    tag: Tag = None,
    publisher: Publisher = None,
    retrospective: Retrospective = False,
    possibilities: Possibilities = False,
    rule: RuleOption = "brier",
    scale: ScaleOption = 1,
    clock_name: ClockOption = "daily",
    before_first: BeforeFirstOption = "skip",
    as_json: Json = False,
) -> None:
    """Scores by forecaster, source and publisher."""
    settings = chosen_settings(
        rule,
        scale,
        clock_name,
        before_first,
        retrospective=retrospective,
        possibilities=possibilities,
    )
    with looking() as session:
        board = scoreboard(
            session,
            now=clock.now(),
            tag=tag,
            publisher=publisher,
            settings=settings,
            me=me(),
        )
    if as_json:
        say_json(board)
        return
    _say_board(board)
    if retrospective:
        say(CLAIMED)
    say(scale_line(settings))


def _say_board(board: Scoreboard) -> None:
    groups = (
        ("Forecasters", board.people),
        ("The crowd, an aggregate: no rank", (board.crowd,) if board.crowd else ()),
        ("Sources", board.sources),
        ("Publishers", board.publishers),
    )
    for name, rows in groups:
        if rows:
            say(f"{SCORE_HEAD}  {name}")
        for row in rows:
            say(score_line(row))
    say(f"{board.scored} of {board.resolved} resolved questions have a scored forecast.")
    say(left_out_line(board.left_out))


def show_calibration(
    forecaster: Annotated[int | None, typer.Option(help="A forecaster's id.")] = None,
    kind: Annotated[str | None, typer.Option(help="person, source or model.")] = None,
    tag: Tag = None,
    publisher: Publisher = None,
    retrospective: Retrospective = False,
    possibilities: Possibilities = False,
    all_questions: Annotated[
        bool, typer.Option("--all-questions", help="Also those whose close lies ahead.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Whether what is called 70 % happens 70 % of the time."""
    if kind is not None and kind not in ("person", "source", "model"):
        raise InvalidInput("kind", kind, "must be person, source or model")
    with looking() as session:
        choice = Choice(
            forecaster_id=forecaster,
            forecaster_kind=kind,
            publisher=publisher,
            tag=tag,
            retrospective=retrospective,
            possibilities=possibilities,
            all_questions=all_questions,
        )
        view = calibration(session, choice, now=clock.now())
    if as_json:
        say_json(view)
        return
    for line in calibration_lines(view):
        say(line)
    say(left_out_line(view.left_out))
    if retrospective:
        say(CLAIMED)


def _lines(view: QuestionView) -> list[str]:
    row = view.row
    lines = [
        f"{row.id}  {row.title}",
        f"{row.status}, {day(row.opens_at)} to {last_day(row.closes_at)} ({view.zone} days)"
        + (", retrospective" if row.retrospective else ""),
        f"Criteria: {view.criteria}",
        *(f"Clarified {day(note.recorded_at)}: {note.text}" for note in view.clarifications),
    ]
    if view.background:
        lines.append(f"Background: {view.background}")
    if view.parent_title:
        lines.append(f"Counts only if question {view.parent_id} turns out {view.parent_outcome}.")
    lines += [
        f"  {day(one.made_at)}  {one.cls:<13} {_values(one, view.options):<24} {one.forecaster}"
        + (f" ({one.hedge})" if one.hedge else "")
        + (f": {one.rationale}" if one.rationale else "")
        for one in view.record
    ]
    lines += [
        f"Resolution {one.version}: {one.outcome or one.state}, known {day(one.known_at)}. "
        f"{one.evidence}"
        for one in view.resolutions
    ]
    if view.scores:
        lines += [SCORE_HEAD, *(score_line(score) for score in view.scores), SCALE]
    return lines


def _values(one: ForecastView, options: tuple[str, ...]) -> str:
    if one.withdrawn:
        return "withdrawn"
    if one.quantiles:
        return ", ".join(f"{percent(level)}: {value:g}" for level, value in one.quantiles)
    if options == YES_NO:
        return percent(one.probabilities[0])
    return ", ".join(
        f"{name} {percent(share)}" for name, share in zip(options, one.probabilities, strict=True)
    )
