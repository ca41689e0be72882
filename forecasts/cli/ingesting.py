"""From files and web addresses to articles of the record, and the statements in them."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from forecasts.children import read_file
from forecasts.cli.doors import Key, looking, perform, say_saved
from forecasts.cli.marking import propose
from forecasts.cli.terminal import Progress, complain, percent, say
from forecasts.cli.values import Published, parse_date
from forecasts.errors import InvalidInput, TrackerError
from forecasts.fetching import fetch
from forecasts.files import File, files_of
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.views.inbox import nearly_the_same

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.I)


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(ingest)


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
    progress = Progress(len(chosen))
    refused = 0
    for source in chosen:
        progress.clear()
        try:
            article_id = _store(source, title, publisher, author, given, key)
            if assistant:
                propose(article_id)
        except TrackerError as refusal:
            complain(str(refusal))
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
    if isinstance(source, File):
        url, name, content = None, source.name, source.content()
    else:
        url, name, content = source, source, fetch(source).content
    document = read_file(content, name=name)
    if (chosen := title or document.title) is None:
        raise InvalidInput("title", "", f"{name} carries none; give --title")
    day = document.published_as_stated
    dated = published or (parse_date("published", day) if day else None)
    # Loaded for a document only: one that cannot be read is refused at once.
    from forecasts.reading.statements import read_statements

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
