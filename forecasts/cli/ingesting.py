"""From files and web addresses to statements: shown, or stored."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from forecasts.cli.doors import Key, looking, parse_date, perform, printable, say, say_saved
from forecasts.cli.marking import propose, read_with_assistant
from forecasts.cli.texts import percent
from forecasts.errors import InvalidInput, TrackerError
from forecasts.files import File, files_of
from forecasts.readers import Answer, Task, children_for, read_all
from forecasts.reading.scales import RECOMMENDED, scale_names
from forecasts.results.terms import PartialDate
from forecasts.views.inbox import nearly_the_same

Published = Annotated[
    str | None, typer.Option(help="Publication date: 2024-06-17, 2024-06 or 2024.")
]

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(extract)
    app.command()(ingest)


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
    progress = _Progress(len(files))
    tasks = (Task(file, day, scale) for file in files)
    show = _as_json if format_ == "jsonl" else _as_text
    refused = 0
    read = map(read_with_assistant, tasks) if assistant else None
    for answer in read or read_all(tasks, children=children_for(files)):
        progress.clear()
        refused += _shown(answer, show)
        progress.step(answer.file.name)
    progress.clear()
    if refused:
        sys.exit(1)


def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files, folders or web addresses.")],
    title: Annotated[str | None, typer.Option(help="Title, where the document has none.")] = None,
    publisher: Annotated[str | None, typer.Option()] = None,
    author: Annotated[str | None, typer.Option()] = None,
    published: Published = None,
    estimated: Annotated[
        bool, typer.Option("--estimated", help="The date is your estimate, not the article's.")
    ] = False,
    assistant: Annotated[
        bool, typer.Option("--assistant", help="Ask the assistant about each, once it is stored.")
    ] = False,
    key: Key = None,
) -> None:
    """Store articles and the statements found in them.

    Of several, one that is refused is named on the error stream and the others are stored; the
    exit status is then 1.
    """
    chosen = [found for source in sources for found in _meant(source)]
    for name, value in (("key", key), ("title", title)):
        if value and len(chosen) > 1:
            raise InvalidInput(name, value, f"one {name} is for one article")
    given = parse_date("published", published, stated=not estimated) if published else None
    progress = _Progress(len(chosen))
    refused = 0
    for source in chosen:
        progress.clear()
        try:
            article_id = _store(source, title, publisher, author, given, key)
            if assistant:
                propose(article_id)
        except TrackerError as refusal:
            _complain(str(refusal))
            refused += 1
        progress.step(source if isinstance(source, str) else source.name)
    progress.clear()
    if refused:
        sys.exit(1)


def _store(
    source: str | File,
    title: str | None,
    publisher: str | None,
    author: str | None,
    published: PartialDate | None,
    key: str | None,
) -> int:
    from forecasts.children import read_file
    from forecasts.fetching import fetch
    from forecasts.reading.statements import read_statements
    from forecasts.services.articles import add_article

    if isinstance(source, File):
        url, name, content = None, source.name, source.content()
    else:
        url, name, content = source, source, fetch(source).content
    document = read_file(content, name=name)
    if (chosen := title or document.title) is None:
        raise InvalidInput("title", "", f"{name} carries none; give --title")
    day = document.published_as_stated
    dated = published or (parse_date("published", day) if day else None)
    found = read_statements(document.text, published=dated.exact if dated else None)
    receipt = perform(
        key,
        add_article,
        text=document.text,
        title=chosen,
        publisher=publisher or document.publisher,
        author=author or document.author,
        url=url,
        published=dated,
        candidates=found,
    )
    with looking() as session:
        alike = nearly_the_same(session, receipt.id)
    say_saved(receipt, f"Article {receipt.id}, {len(found)} statements waiting.")
    if dated is None:
        say("It names no date, so horizons such as “this month” stay words; --published dates it.")
    elif not published:
        say(f"Published {day}, as it says itself.")
    for head, share in alike:
        say(f"Nearly the same as article {head.id} ({percent(share)} alike): {head.title}")
    return receipt.id


def _meant(source: str) -> list[str | File]:
    if _ADDRESS.match(source):  # fetching says which kinds of address it takes
        return [source]
    return list(files_of([Path(source)]))


def _shown(answer: Answer, show: Callable[[dict[str, Any]], str]) -> bool:
    """Print what was found in a file; whether it was refused."""
    for record in answer.records:
        say(show(record))
    if answer.refused is not None:
        _complain(answer.refused)
    return answer.refused is not None


def _as_json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _as_text(record: dict[str, Any]) -> str:
    low, high = record["probability_low"], record["probability_high"]
    quote = " ".join(record["quote"].split())
    return f"{percent(low)}–{percent(high)}  {record['hedge']}: {quote}"


def _complain(reason: str) -> None:
    typer.echo(printable(reason), err=True)


class _Progress:
    """How many files are done, on a line of the terminal that the next output takes over."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._wanted = total > 1 and sys.stderr.isatty()

    def step(self, name: str) -> None:
        self._done += 1
        if self._wanted:
            line = f"{self._done:,} of {self._total:,}  {printable(name)[:60]}"
            typer.echo(f"\r{line}", nl=False, err=True)

    def clear(self) -> None:
        if self._wanted:
            typer.echo("\r\x1b[K", nl=False, err=True)
