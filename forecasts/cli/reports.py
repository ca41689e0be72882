"""Reports to print or to pass on: one page of HTML that needs nothing else, or a PDF of it."""

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from forecasts.cli.desk import dashboard
from forecasts.cli.files import naming_values
from forecasts.cli.settings import (
    BeforeFirstOption,
    ClockOption,
    Possibilities,
    Retrospective,
    RuleOption,
    ScaleOption,
    chosen_settings,
)
from forecasts.cli.terminal import say
from forecasts.cli.values import parse_date
from forecasts.errors import InvalidInput, TrackerError
from forecasts.results.scores import ScoreSettings

REFUSED = 3
"""With this status the program that draws reports says in one line why it made none."""

report = typer.Typer(
    no_args_is_help=True,
    help="A report on a question, a forecaster or a period, as HTML or PDF, to print or pass on.",
)
Out = Annotated[Path, typer.Argument(metavar="OUT", help="A new file.", dir_okay=False)]
Pdf = Annotated[
    bool,
    typer.Option("--pdf", help="As PDF, by the Chromium of this machine; so is an OUT named .pdf."),
]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.add_typer(report, name="report")


@report.command()
def question(
    question_id: Annotated[int, typer.Argument(metavar="QUESTION")], out: Out, pdf: Pdf = False
) -> None:
    """What a question asks, how it was forecast, how it came out, and who was right."""
    _write(out, pdf, ScoreSettings(), "question", str(question_id))


@report.command()
def forecaster(
    name: Annotated[str, typer.Argument(help="A name, a login or an id.")],
    out: Out,
    pdf: Pdf = False,
    rule: RuleOption = "brier",
    scale: ScaleOption = 1,
    clock: ClockOption = "daily",
    before_first: BeforeFirstOption = "skip",
    retrospective: Retrospective = False,
    possibilities: Possibilities = False,
) -> None:
    """A forecaster's scores, calibration, scored questions and standing forecasts."""
    settings = chosen_settings(
        rule,
        scale,
        clock,
        before_first,
        retrospective=retrospective,
        possibilities=possibilities,
    )
    _write(out, pdf, settings, "forecaster", name)


@report.command()
def period(
    first: Annotated[str, typer.Argument(metavar="FROM", help="Its first day, as 2026-01-01.")],
    last: Annotated[str, typer.Argument(metavar="TO", help="Its last day, both in UTC.")],
    out: Out,
    pdf: Pdf = False,
    rule: RuleOption = "brier",
    scale: ScaleOption = 1,
    clock: ClockOption = "daily",
    before_first: BeforeFirstOption = "skip",
    retrospective: Retrospective = False,
    possibilities: Possibilities = False,
) -> None:
    """What was asked, said and settled in a period, and who was right."""
    days = [_day(field, text).isoformat() for field, text in (("FROM", first), ("TO", last))]
    settings = chosen_settings(
        rule,
        scale,
        clock,
        before_first,
        retrospective=retrospective,
        possibilities=possibilities,
    )
    _write(out, pdf, settings, "period", *days)


def _day(field: str, text: str) -> date:
    found = parse_date(field, text).exact
    if found is None:
        raise InvalidInput(field, text, "write a day, 2026-01-31")
    return found


def _write(out: Path, pdf: bool, settings: ScoreSettings, *words: str) -> None:
    """Have the report made and write it. A file that exists is never replaced."""
    if out.exists():
        raise InvalidInput("file", out, "exists already; a report never replaces one")
    printed = pdf or out.suffix.lower() == ".pdf"
    made = _made("pdf" if printed else "html", json.dumps(asdict(settings)), *words)
    with naming_values("file", out), out.open("xb") as file:
        file.write(made)
    say(f"The report is in {out}.")


def _made(*words: str) -> bytes:
    """What the dashboard's program for reports writes; charts are drawn there."""
    dashboard()  # a refusal where it is not installed
    # A list without a shell. -P keeps modules in the current folder from standing in for ours.
    command = [sys.executable, "-P", "-m", "dashboard.reports", *words]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == REFUSED:
        raise TrackerError(said)
    if done.returncode:
        raise RuntimeError(f"making the report failed with status {done.returncode}:\n{said}")
    return done.stdout
