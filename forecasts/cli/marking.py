"""Statements the reader missed, and statements that a question asks about already."""

import sys
from typing import Annotated

import typer

from forecasts.cli.doors import Key, looking, perform, say_saved
from forecasts.cli.terminal import percent, say
from forecasts.errors import InvalidInput
from forecasts.reading.scales import RECOMMENDED, scale_names
from forecasts.services.articles import mark_statement
from forecasts.services.inputs import check_choice
from forecasts.services.statements import merge_statement
from forecasts.views.inbox import article, as_candidate

Scale = Annotated[
    str | None,
    typer.Option(
        help=f"What turns words into numbers: {', '.join(scale_names())}. As read if left out."
    ),
]


def known_scale(scale: str | None) -> str | None:
    """The scale of this name; None, each statement's own, if none is named."""
    return None if scale is None else check_choice("scale", scale, scale_names())


def merge(
    statement_id: Annotated[int, typer.Argument(metavar="STATEMENT")],
    question_id: Annotated[int, typer.Argument(metavar="QUESTION")],
    opposite: Annotated[
        bool, typer.Option("--opposite", help="The question asks whether it will not happen.")
    ] = False,
    scale: Scale = None,
    key: Key = None,
) -> None:
    """Accept a statement into a question that exists; its source's forecast is added there."""
    receipt = perform(
        key,
        merge_statement,
        statement_id=statement_id,
        question_id=question_id,
        scale=known_scale(scale),
        opposite=opposite,
    )
    say_saved(receipt, f"Statement {statement_id} merged into question {question_id}.")


def mark(
    article_id: Annotated[int, typer.Argument(metavar="ARTICLE")],
    quote: Annotated[str, typer.Argument(help="Words of the article, exactly as they stand.")],
    hedge: Annotated[str, typer.Option(help="Of these, the words that say how likely.")] = "",
    stands_for: Annotated[
        str, typer.Option(help="A wording of the scale that they stand for, if it lacks them.")
    ] = "",
    against: Annotated[
        bool, typer.Option("--against", help="They say that it will not happen.")
    ] = False,
    speaker: Annotated[str, typer.Option(help="Who says so, if not the author.")] = "",
    scale: Scale = None,
    key: Key = None,
) -> None:
    """Mark a statement that the reader missed."""
    from forecasts.reading.marking import Pointed, candidate_at

    pointed = Pointed(
        quote, hedge, stands_for, polarity="negative" if against else None, speaker=speaker
    )
    with looking() as session:
        view = article(session, article_id)
    try:
        candidate = candidate_at(
            view.text,
            pointed,
            published=view.head.published.exact if view.head.published else None,
            scale=known_scale(scale) or RECOMMENDED,
        )
    except ValueError as error:
        raise InvalidInput("quote", quote, str(error)) from None
    receipt = perform(key, mark_statement, article_id=article_id, candidate=candidate)
    say_saved(receipt, f"Statement {receipt.id} waits.")


def propose(
    article_id: Annotated[int, typer.Argument(metavar="ARTICLE")], scale: Scale = None
) -> None:
    """Ask the assistant about a stored article. On a terminal each proposal can be taken over."""
    from forecasts import assistant

    with looking() as session:
        view = article(session, article_id)
    known = [as_candidate(one) for one in view.statements]
    published = view.head.published.exact if view.head.published else None
    found = assistant.propose(view.text, published, known, scale=known_scale(scale) or RECOMMENDED)
    say(f"{len(found.candidates)} statements proposed, {len(found.dropped)} proposals dropped.")
    for candidate in found.candidates:
        low, high = percent(candidate.probability_low), percent(candidate.probability_high)
        say(f"  {candidate.hedge} ({low} to {high}): {candidate.quote}")
        if sys.stdin.isatty() and typer.confirm("  Add it to the statements?"):
            receipt = perform(
                None,
                mark_statement,
                article_id=article_id,
                candidate=candidate,
                found_by="assistant",
            )
            say_saved(receipt, f"  Statement {receipt.id} waits.")
    for statement, draft in found.drafts:
        say(f"  For “{statement.quote}” it would ask: {draft.title}")
    for one in found.dropped:
        say(f"  Dropped: “{one.what[:120]}” {one.reason}.")
