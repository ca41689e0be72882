"""The facts of one statement: what was said, by whom, about when."""

from dashboard import formats
from dashboard.widgets.safe import Html, fill, joined
from dashboard.widgets.scale import scale_name
from forecasts.reading.drafting.resolvability import resolvability
from forecasts.results.articles import ArticleHead, StatementView
from forecasts.views.inbox import as_candidate

SAYS = {"affirm": "says it will happen", "negative": "says it will not happen"}


FOUND_BY = {"analyst": ", marked by an analyst", "assistant": ", proposed by the assistant"}


def statement_facts(
    statement: StatementView, head: ArticleHead, *, asked_scale: str | None = None
) -> Html:
    """The quote and a list of what was read from it.

    ``asked_scale`` is the scale the reader wants; it may lack the statement's words.
    """
    kind = "bare possibility" if statement.is_possibility else "estimate"
    facts = [
        ("Hedge", _hedge(statement, asked_scale)),
        ("Speaker", speaker(statement, head)),
        ("Horizon", _horizon(statement)),
        ("Condition", fill("{text}", text=statement.condition or "none")),
    ]
    if statement.confidence:
        facts.insert(1, ("Confidence", _confidence(statement.confidence)))
    facts.append(("Resolvable", _resolvable(statement, head)))
    if statement.actors:
        facts.append(("Actors", fill("{text}", text=", ".join(statement.actors))))
    return fill(
        '<div class="fd-sub">{kind}, {says}{found}</div>'
        '<p class="fd-quote"><bdi>{quote}</bdi></p><dl class="fd-facts">{facts}</dl>',
        kind=formats.sentence_start(kind),
        says=SAYS[statement.polarity],
        found=FOUND_BY.get(statement.found_by, ""),
        quote=statement.quote,
        facts=joined(
            [fill("<dt>{name}</dt><dd>{value}</dd>", name=name, value=v) for name, v in facts]
        ),
    )


def speaker(statement: StatementView, head: ArticleHead) -> Html:
    """Who said it; the author and the publisher by name where it is known."""
    if statement.speaker_kind == "author" and head.author:
        return fill("<bdi>{name}</bdi>, the author", name=head.author)
    if statement.speaker_kind in ("author", "publisher") and head.publisher:
        return fill(
            "the {kind} (<bdi>{name}</bdi>)", kind=statement.speaker_kind, name=head.publisher
        )
    return fill("<bdi>{name}</bdi>", name=statement.speaker)


def _resolvable(statement: StatementView, head: ArticleHead) -> Html:
    """How well a question made of it could be settled, and what stands in the way."""
    found = resolvability(
        as_candidate(statement), published=head.published.exact if head.published else None
    )
    return fill(
        "{share}. {reasons}",
        share=formats.percent(found.score),
        reasons=formats.sentence_start("; ".join(found.reasons)) if found.reasons else "",
    )


def _hedge(statement: StatementView, asked_scale: str | None) -> Html:
    missing = asked_scale is not None and statement.scale not in (asked_scale, "stated")
    return fill(
        "<b>{hedge}</b> → {point} ({reach}) that it happens, by {scale}{missing}{scored}",
        hedge=statement.hedge,
        point=formats.percent(statement.probability),
        reach=formats.percent_range(statement.probability_low, statement.probability_high),
        scale=scale_name(statement.scale),
        missing="; the scale chosen does not list these words" if missing else "",
        scored="; shown, not scored" if statement.is_possibility else "",
    )


def _confidence(level: str) -> Html:
    return fill(
        "<b>{level}</b>: how good the grounds are, which is not how likely the event is",
        level=level,
    )


def _horizon(statement: StatementView) -> Html:
    words = f"“{statement.horizon}”" if statement.horizon else "not stated"
    if statement.horizon_end is None:
        return fill("{words}", words=words)
    return fill(
        "{words}, to <b>{end}</b>",
        words=words,
        end=f"{statement.horizon_end:%-d %b %Y}",
    )
