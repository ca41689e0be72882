"""The statements found in articles, and what is decided about them."""

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from forecasts.cli.doors import Json, Key, looking, perform, say_saved
from forecasts.cli.marking import Scale, known_scale, mark, merge, propose
from forecasts.cli.terminal import percent, say, say_json
from forecasts.cli.texts import probability_range
from forecasts.cli.values import parse_instant
from forecasts.errors import InvalidInput
from forecasts.results.articles import ArticleView
from forecasts.services.inputs import parse_probability
from forecasts.services.questions import QuestionDraft
from forecasts.services.statements import accept_statement, dismiss_statement, reopen_statement
from forecasts.views.inbox import article, as_candidate, best_first, statement
from forecasts.views.inbox_items import inbox

if TYPE_CHECKING:
    from forecasts.reading.drafting.draft import Draft


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command("inbox")(show_inbox)
    app.command()(accept)
    app.command()(dismiss)
    app.command()(reopen)
    app.command()(merge)
    app.command()(mark)
    app.command()(propose)


def show_inbox(
    article_id: Annotated[int | None, typer.Argument(help="One article's statements.")] = None,
    scale: Scale = None,
    as_json: Json = False,
) -> None:
    """Articles, and the statements in them that wait, the most resolvable first."""
    with looking() as session:
        waiting = [item.head.id for item in inbox(session) if item.waiting]
        chosen = waiting if article_id is None else [article_id]
        views = [article(session, key, scale=known_scale(scale)) for key in chosen]
    if as_json:
        say_json([{"article": view.head, "statements": _as_objects(view)} for view in views])
        return
    if not views:
        say("Nothing waits. Bring an article with `forecasts ingest FILE`.")
    for view in views:
        say(f"Article {view.head.id}: {view.head.title}")
        for one, judged in best_first(view):
            if article_id or one.decision == "waiting":
                words = f"{one.hedge} ({probability_range(one)}, {one.scale})"
                say(f"  {one.id:>4}  {one.decision:<9} {words}  {one.speaker}: {one.quote}")
                lacks = "; ".join(judged.reasons) or "lacks nothing that is looked for"
                say(f"        {percent(judged.score)} resolvable: {lacks}")


def _as_objects(view: ArticleView) -> list[dict[str, object]]:
    return [
        {field.name: getattr(one, field.name) for field in dataclasses.fields(one)}
        | {"resolvable": judged.score, "lacks": judged.reasons}
        for one, judged in best_first(view)
    ]


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
    scale: Scale = None,
    parent: Annotated[
        int | None, typer.Option(help="The question that settles the statement's condition.")
    ] = None,
    parent_outcome: Annotated[
        str | None, typer.Option(help="The answer on which it counts; as drafted if left out.")
    ] = None,
    unconditional: Annotated[
        bool, typer.Option("--unconditional", help="Ask it in any case.")
    ] = False,
    retrospective: Annotated[bool, typer.Option("--retrospective")] = False,
    key: Key = None,
) -> None:
    """Turn a statement into a question."""
    drafted = _draft(statement_id, unconditional=unconditional)
    if drafted.parent is not None and parent is None:
        raise InvalidInput(
            "condition",
            drafted.parent.title,
            "ask this first and name it with --parent, or give --unconditional",
        )
    day = closes or (drafted.closes_on.isoformat() if drafted.closes_on else None)
    if day is None:
        raise InvalidInput("closes", "", "the statement names no date; give --closes")
    answer = parent_outcome or (drafted.parent_outcome if parent is not None else None)
    question = QuestionDraft(
        title=title or drafted.title,
        criteria=criteria or drafted.criteria,
        background=drafted.background,
        opens_at=parse_instant("opens", opens) if opens else None,
        closes_at=parse_instant("closes", day, end_of_day=True),
        tags=tuple(tag or ()),
        parent_id=parent,
        parent_outcome=answer,
        retrospective=retrospective,
    )
    receipt = perform(
        key,
        accept_statement,
        statement_id=statement_id,
        draft=question,
        scale=known_scale(scale),
        probability=parse_probability(probability) if probability else None,
        rationale=because,
    )
    say_saved(receipt, f"Question {receipt.id}: {question.title}")


def _draft(statement_id: int, *, unconditional: bool) -> "Draft":
    from forecasts.reading.drafting.draft import draft_question

    with looking() as session:
        one = statement(session, statement_id)
        head = article(session, one.article_id).head
    candidate = as_candidate(one)
    return draft_question(
        dataclasses.replace(candidate, condition=None) if unconditional else candidate,
        publisher=head.publisher,
        author=head.author,
        title=head.title,
        published=head.published.exact if head.published else None,
    )


def dismiss(
    statement_id: Annotated[int, typer.Argument(metavar="STATEMENT")],
    because: Annotated[str, typer.Option(help="The reason.")],
    key: Key = None,
) -> None:
    """Set a statement aside, with the reason."""
    receipt = perform(key, dismiss_statement, statement_id=statement_id, reason=because)
    say_saved(receipt, f"Statement {statement_id} dismissed.")


def reopen(
    statement_id: Annotated[int, typer.Argument(metavar="STATEMENT")], key: Key = None
) -> None:
    """Take a dismissal back."""
    receipt = perform(key, reopen_statement, statement_id=statement_id)
    say_saved(receipt, f"Statement {statement_id} waits again.")
