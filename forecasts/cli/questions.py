"""Asking, forecasting, settling."""

from datetime import datetime
from typing import Annotated

import typer

from forecasts import clock
from forecasts.cli.doors import Key, perform, say_saved
from forecasts.cli.values import parse_date, parse_instant
from forecasts.dates import Precision, last_instant
from forecasts.errors import InvalidInput
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.inputs import parse_number, parse_probability
from forecasts.services.notes import attach_evidence, clarify_criteria, comment
from forecasts.services.questions import QuestionDraft, ask_question, tag_question
from forecasts.services.resolutions import annul_question, correct_resolution, resolve_question

Question = Annotated[int, typer.Argument(metavar="QUESTION")]
Because = Annotated[str, typer.Option(help="Why you think so.")]
Known = Annotated[
    str | None,
    typer.Option(help="When it became known: 2024-06, 2024-06-17 or ISO; now if left out."),
]


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    for command in (ask, record, withdraw, resolve, correct, annul, clarify, attach, tag):
        app.command()(command)
    app.command("comment")(say_comment)


def ask(
    title: Annotated[str, typer.Argument(help="The question.")],
    criteria: Annotated[str, typer.Option(help="How a stranger would settle it.")],
    closes: Annotated[str, typer.Option(help="2026-12-31 (its end, UTC) or ISO with offset.")],
    kind: Annotated[
        str, typer.Option(help="binary, multiple_choice, ordered or numeric.")
    ] = "binary",
    option: Annotated[list[str] | None, typer.Option(help="An option; repeat, in order.")] = None,
    opens: Annotated[str | None, typer.Option(help="Now if left out.")] = None,
    zone: Annotated[str | None, typer.Option(help="Whose days: Europe/Berlin. UTC.")] = None,
    background: Annotated[str, typer.Option()] = "",
    source: Annotated[str, typer.Option(help="Where the outcome will be read.")] = "",
    base_rate: Annotated[str | None, typer.Option(help="0.37 or 37%.")] = None,
    base_rate_class: Annotated[str | None, typer.Option(help="What it was counted over.")] = None,
    parent: Annotated[int | None, typer.Option(help="Counts only if this question…")] = None,
    parent_outcome: Annotated[str | None, typer.Option(help="…turns out so.")] = None,
    unit: Annotated[str | None, typer.Option(help="Of a numeric question.")] = None,
    lower: Annotated[float | None, typer.Option()] = None,
    upper: Annotated[float | None, typer.Option()] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; repeat for more.")] = None,
    retrospective: Annotated[bool, typer.Option("--retrospective")] = False,
    key: Key = None,
) -> None:
    """Ask a question without an article."""
    draft = QuestionDraft(
        title=title,
        criteria=criteria,
        closes_at=parse_instant("closes", closes, end_of_day=True),
        kind=kind,
        options=tuple(option or ()),
        background=background,
        resolution_source=source,
        opens_at=parse_instant("opens", opens) if opens else None,
        zone=zone,
        tags=tuple(tag or ()),
        base_rate=parse_probability(base_rate, field="base rate") if base_rate else None,
        base_rate_class=base_rate_class,
        parent_id=parent,
        parent_outcome=parent_outcome,
        unit=unit,
        lower=lower,
        upper=upper,
        retrospective=retrospective,
    )
    receipt = perform(key, ask_question, draft=draft)
    say_saved(receipt, f"Question {receipt.id}.")


def record(
    question: Question,
    values: Annotated[
        list[str],
        typer.Argument(help="37% for yes/no; one an option in order; 0.1:5 0.5:8 for quantiles."),
    ],
    because: Because = "",
    confidence: Annotated[str | None, typer.Option(help="low, moderate or high.")] = None,
    expires: Annotated[str | None, typer.Option(help="When it stops standing.")] = None,
    made_at: Annotated[
        str | None, typer.Option(help="Claim an earlier time: retrospective, not scored.")
    ] = None,
    key: Key = None,
) -> None:
    """Record a forecast. A change of mind is a new entry."""
    quantiles = [_quantile(value) for value in values] if ":" in values[0] else None
    shares = None if quantiles else [parse_probability(value) for value in values]
    single = shares[0] if shares and len(shares) == 1 else None
    receipt = perform(
        key,
        record_forecast,
        question_id=question,
        probability=single,
        probabilities=None if single is not None else shares,
        quantiles=quantiles,
        rationale=because,
        confidence=confidence,
        expires_at=parse_instant("expires", expires) if expires else None,
        made_at=parse_instant("made at", made_at) if made_at else None,
    )
    say_saved(receipt, f"Question {question}: {' '.join(values)}.")


def withdraw(question: Question, because: Because = "", key: Key = None) -> None:
    """Stop standing by your forecast."""
    receipt = perform(key, withdraw_forecast, question_id=question, rationale=because)
    say_saved(receipt, f"Question {question}: your forecast is withdrawn.")


def resolve(
    question: Question,
    outcome: Annotated[str, typer.Argument(help="yes, no, an option or a number.")],
    evidence: Annotated[str, typer.Option(help="What shows it.")],
    known: Known = None,
    url: Annotated[str | None, typer.Option(help="Where it can be read.")] = None,
    key: Key = None,
) -> None:
    """Settle a question with evidence."""
    known_at, precision = _known(known, clock.now())
    receipt = perform(
        key,
        resolve_question,
        question_id=question,
        outcome=outcome,
        known_at=known_at,
        known_precision=precision,
        evidence=evidence,
        source_url=url,
    )
    say_saved(receipt, f"Question {question} resolved {outcome}.")


def correct(
    question: Question,
    outcome: Annotated[str, typer.Argument(help="yes, no, an option or a number.")],
    evidence: Annotated[str, typer.Option(help="What shows it.")],
    because: Annotated[str, typer.Option(help="Why the earlier resolution was wrong.")],
    version: Annotated[int, typer.Option(help="The version you correct; `show` names it.")],
    known: Known = None,
    url: Annotated[str | None, typer.Option(help="Where it can be read.")] = None,
    key: Key = None,
) -> None:
    """Supersede a resolution. The earlier one stays in the record."""
    known_at, precision = _known(known, clock.now())
    receipt = perform(
        key,
        correct_resolution,
        question_id=question,
        version=version,
        outcome=outcome,
        known_at=known_at,
        known_precision=precision,
        evidence=evidence,
        reason=because,
        source_url=url,
    )
    say_saved(receipt, f"Question {question} corrected to {outcome}.")


def annul(
    question: Question,
    because: Annotated[str, typer.Option(help="Why it is void.")],
    key: Key = None,
) -> None:
    """Settle a question as void: nobody is scored on it."""
    receipt = perform(key, annul_question, question_id=question, reason=because)
    say_saved(receipt, f"Question {question} annulled.")


def clarify(question: Question, text: Annotated[str, typer.Argument()], key: Key = None) -> None:
    """Add to a question's criteria. What was written before stays."""
    receipt = perform(key, clarify_criteria, question_id=question, text=text)
    say_saved(receipt, f"Question {question} clarified.")


def say_comment(
    question: Question, text: Annotated[str, typer.Argument()], key: Key = None
) -> None:
    """Say something about a question."""
    receipt = perform(key, comment, question_id=question, text=text)
    say_saved(receipt, f"Comment on question {question}.")


def attach(
    question: Question,
    text: Annotated[str, typer.Argument(help="A quote or a fact.")],
    url: Annotated[str | None, typer.Option()] = None,
    dated: Annotated[str | None, typer.Option(help="2024-06-17, 2024-06 or 2024.")] = None,
    key: Key = None,
) -> None:
    """Attach evidence to a question."""
    receipt = perform(
        key,
        attach_evidence,
        question_id=question,
        text=text,
        url=url,
        dated=parse_date("dated", dated) if dated else None,
    )
    say_saved(receipt, f"Evidence for question {question}.")


def tag(
    question: Question,
    add: Annotated[list[str] | None, typer.Option(help="A tag to put on.")] = None,
    remove: Annotated[list[str] | None, typer.Option(help="A tag to take off.")] = None,
    key: Key = None,
) -> None:
    """Put tags on a question or take them off."""
    receipt = perform(key, tag_question, question_id=question, add=add or (), remove=remove or ())
    say_saved(receipt, f"Question {question} tagged.")


def _quantile(text: str) -> tuple[float, float]:
    level, colon, value = text.partition(":")
    if not colon:
        raise InvalidInput("quantile", text, "write level:value, such as 0.5:120")
    share = parse_probability(level, field="quantile level")
    return share, parse_number(value, field="quantile value")


def _known(text: str | None, now: datetime) -> tuple[datetime, str]:
    """When an outcome became known, and how precisely; a date counts from its last instant."""
    if text is None:
        return now, "instant"
    if "T" in text or " " in text:
        return parse_instant("known", text), "instant"
    dated = parse_date("known", text)
    precision: Precision = dated.precision
    return min(last_instant(dated.day, precision), now), precision
