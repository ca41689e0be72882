"""From an article to statements, and what is decided about them."""

import json
from pathlib import Path
from typing import Annotated

import typer

from forecasts.children import pdf_text
from forecasts.cli.doors import (
    Json,
    Key,
    acting,
    looking,
    parse_date,
    parse_instant,
    say,
    say_json,
    say_saved,
)
from forecasts.cli.texts import percent, probability_range
from forecasts.errors import InvalidInput, UnreadableDocument
from forecasts.reading.decoding import MAX_BYTES
from forecasts.services.inputs import parse_probability
from forecasts.services.questions import QuestionDraft
from forecasts.services.statements import accept_statement, dismiss_statement, reopen_statement
from forecasts.views.inbox import article, inbox, nearly_the_same, statement

Published = Annotated[
    str | None, typer.Option(help="Publication date: 2024-06-17, 2024-06 or 2024.")
]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(extract)
    app.command()(ingest)
    app.command("inbox")(show_inbox)
    app.command()(accept)
    app.command()(dismiss)
    app.command()(reopen)


def extract(
    paths: Annotated[list[Path], typer.Argument(help="Text, Markdown, HTML or PDF files.")],
    published: Published = None,
    format_: Annotated[str, typer.Option("--format", help="jsonl or text.")] = "text",
) -> None:
    """Print the forecast statements found in files. Needs no database."""
    from forecasts.reading.documents import read_document
    from forecasts.reading.extract import extract_records

    if format_ not in ("jsonl", "text"):
        raise InvalidInput("format", format_, "must be jsonl or text")
    day = parse_date("published", published).exact if published else None
    for path in paths:
        document = read_document(_bytes(path), name=path.name, pdf=pdf_text)
        for record in extract_records(path.name, document.text, published=day):
            if format_ == "jsonl":
                say(json.dumps(record, ensure_ascii=False))
            else:
                low, high = record["probability_low"], record["probability_high"]
                say(f"{percent(low)}–{percent(high)}  {record['hedge']}: {record['quote']}")


def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files or web addresses.")],
    title: Annotated[str | None, typer.Option(help="Title, where the document has none.")] = None,
    publisher: Annotated[str | None, typer.Option()] = None,
    author: Annotated[str | None, typer.Option()] = None,
    published: Published = None,
    estimated: Annotated[
        bool, typer.Option("--estimated", help="The date is your estimate, not the article's.")
    ] = False,
    key: Key = None,
) -> None:
    """Store articles and the statements found in them."""
    from forecasts.fetching import fetch
    from forecasts.reading.documents import read_document
    from forecasts.reading.statements import read_statements
    from forecasts.services.articles import add_article

    if key and len(sources) > 1:
        raise InvalidInput("key", key, "one key is for one article")
    for source in sources:
        is_url = source.startswith(("http://", "https://"))
        content = fetch(source).content if is_url else _bytes(Path(source))
        name = source if is_url else Path(source).name
        document = read_document(content, name=name, pdf=pdf_text)
        if (chosen := title or document.title) is None:
            raise InvalidInput("title", "", f"{name} carries none; give --title")
        day = published or document.published_as_stated
        dated = parse_date("published", day, stated=not estimated) if day else None
        found = read_statements(document.text, published=dated.exact if dated else None)
        with acting(key) as (session, act):
            receipt = add_article(
                session,
                act,
                text=document.text,
                title=chosen,
                publisher=publisher or document.publisher,
                author=author or document.author,
                url=source if is_url else None,
                published=dated,
                candidates=found,
            )
            alike = nearly_the_same(session, receipt.id)
        say_saved(receipt, f"Article {receipt.id}, {len(found)} statements waiting.")
        for head, share in alike:
            say(f"Nearly the same as article {head.id} ({percent(share)} alike): {head.title}")


def show_inbox(
    article_id: Annotated[int | None, typer.Argument(help="One article's statements.")] = None,
    as_json: Json = False,
) -> None:
    """Articles, and the statements in them that wait for a decision."""
    with looking() as session:
        waiting = [item.head.id for item in inbox(session) if item.waiting]
        chosen = waiting if article_id is None else [article_id]
        views = [article(session, key) for key in chosen]
    if as_json:
        say_json([{"article": view.head, "statements": view.statements} for view in views])
        return
    if not views:
        say("Nothing waits. Bring an article with `forecasts ingest FILE`.")
    for view in views:
        say(f"Article {view.head.id}: {view.head.title}")
        for one in view.statements:
            if article_id or one.decision == "waiting":
                words = f"{one.hedge} ({probability_range(one)})"
                say(f"  {one.id:>4}  {one.decision:<9} {words}  {one.speaker}: {one.quote}")


def accept(
    statement_id: Annotated[int, typer.Argument(metavar="STATEMENT")],
    title: Annotated[str | None, typer.Option(help="The question; a draft if left out.")] = None,
    criteria: Annotated[str | None, typer.Option(help="How it will be settled.")] = None,
    closes: Annotated[str | None, typer.Option(help="2026-12-31 (its end, UTC) or ISO.")] = None,
    opens: Annotated[str | None, typer.Option(help="The publication if left out.")] = None,
    probability: Annotated[
        str | None, typer.Option(help="Your first forecast: 0.37 or 37%.")
    ] = None,
    because: Annotated[str, typer.Option(help="Why you think so.")] = "",
    tag: Annotated[list[str] | None, typer.Option(help="A tag; repeat for more.")] = None,
    retrospective: Annotated[bool, typer.Option("--retrospective")] = False,
    key: Key = None,
) -> None:
    """Turn a statement into a question."""
    from forecasts.reading.drafting import draft_question
    from forecasts.views.inbox import as_candidate

    with acting(key) as (session, act):
        one = statement(session, statement_id)
        head = article(session, one.article_id).head
        draft = draft_question(
            as_candidate(one),
            publisher=head.publisher,
            author=head.author,
            title=head.title,
            published=head.published.exact if head.published else None,
        )
        day = closes or (draft.closes_on.isoformat() if draft.closes_on else None)
        if day is None:
            raise InvalidInput("closes", "", "the statement names no date; give --closes")
        receipt = accept_statement(
            session,
            act,
            statement_id=statement_id,
            draft=QuestionDraft(
                title=title or draft.title,
                criteria=criteria or draft.criteria,
                background=draft.background,
                opens_at=parse_instant("opens", opens) if opens else None,
                closes_at=parse_instant("closes", day, end_of_day=True),
                tags=tuple(tag or ()),
                retrospective=retrospective,
            ),
            probability=parse_probability(probability) if probability else None,
            rationale=because,
        )
    say_saved(receipt, f"Question {receipt.id}: {title or draft.title}")


def dismiss(
    statement_id: Annotated[int, typer.Argument(metavar="STATEMENT")],
    because: Annotated[str, typer.Option(help="The reason.")],
    key: Key = None,
) -> None:
    """Set a statement aside, with the reason."""
    with acting(key) as (session, act):
        receipt = dismiss_statement(session, act, statement_id=statement_id, reason=because)
    say_saved(receipt, f"Statement {statement_id} dismissed.")


def reopen(
    statement_id: Annotated[int, typer.Argument(metavar="STATEMENT")], key: Key = None
) -> None:
    """Take a dismissal back."""
    with acting(key) as (session, act):
        receipt = reopen_statement(session, act, statement_id=statement_id)
    say_saved(receipt, f"Statement {statement_id} waits again.")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # a device has no end; what is longer is refused
    except OSError as error:
        raise UnreadableDocument(path.name, error.strerror or str(error)) from error
