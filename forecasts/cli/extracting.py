"""Forecast statements of files, shown and not stored."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from forecasts.cli.terminal import Progress, complain, percent, say
from forecasts.cli.values import Published, parse_date
from forecasts.errors import InvalidInput, TrackerError
from forecasts.files import files_of
from forecasts.readers import Answer, Task, children_for, read_all
from forecasts.reading.scales import RECOMMENDED, scale_names


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(extract)


def extract(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Text, Markdown, HTML or PDF files, or folders with such files."),
    ],
    published: Published = None,
    format_: Annotated[str, typer.Option("--format", help="jsonl or text.")] = "text",
    scale: Annotated[
        str, typer.Option(help="What turns words into numbers: " + ", ".join(scale_names()) + ".")
    ] = RECOMMENDED,
    assistant: Annotated[
        bool, typer.Option("--assistant", help="Ask the assistant about each file, too.")
    ] = False,
) -> None:
    """Print the forecast statements found in files and folders. Needs no database.

    A file that cannot be read is named on the error stream and the others are read; the exit
    status is then 1.
    """
    if format_ not in ("jsonl", "text"):
        raise InvalidInput("format", format_, "must be jsonl or text")
    if scale not in scale_names():
        raise InvalidInput("scale", scale, f"must be one of {', '.join(scale_names())}")
    day = parse_date("published", published).exact if published else None
    files = list(files_of(paths))
    progress = Progress(len(files))
    tasks = (Task(file, day, scale) for file in files)
    show = _as_json if format_ == "jsonl" else _as_text
    refused = 0
    read = map(_read_with_assistant, tasks) if assistant else None
    for answer in read or read_all(tasks, children=children_for(files)):
        progress.clear()
        refused += _shown(answer, show)
        progress.step(answer.file.name)
    progress.clear()
    if refused:
        sys.exit(1)


def _read_with_assistant(task: Task) -> Answer:
    """Read a file as ``read_one`` does, and add what the assistant proposes, marked as such.

    Its failure is the file's: nothing of the file is answered then.
    """
    from forecasts import assistant
    from forecasts.children import read_file
    from forecasts.reading.extract import record_of
    from forecasts.reading.statements import read_statements

    name = task.file.name
    try:
        document = read_file(task.file.content(), name=name)
        stated = document.published if document.precision == "day" else None
        published = task.published or stated
        known = read_statements(document.text, published=published, scale=task.scale)
        found = assistant.propose(document.text, published, known, scale=task.scale)
    except TrackerError as refusal:
        reason = str(refusal)
        return Answer(task.file, refused=reason if name in reason else f"{name}: {reason}")
    records = [record_of(name, one) | {"found_by": "reader"} for one in known]
    records += [record_of(name, one) | {"found_by": "assistant"} for one in found.candidates]
    return Answer(task.file, tuple(records))


def _shown(answer: Answer, show: Callable[[dict[str, Any]], str]) -> bool:
    """Print what was found in a file; whether it was refused."""
    for record in answer.records:
        say(show(record))
    if answer.refused is not None:
        complain(answer.refused)
    return answer.refused is not None


def _as_json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _as_text(record: dict[str, Any]) -> str:
    low, high = record["probability_low"], record["probability_high"]
    quote = " ".join(record["quote"].split())
    return f"{percent(low)}–{percent(high)}  {record['hedge']}: {quote}"
