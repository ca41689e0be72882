"""An article's text with the statements found in it marked."""

from itertools import pairwise

from dashboard import formats
from dashboard.widgets.safe import Html, fill, joined
from forecasts.reading.candidate import Candidate
from forecasts.results.articles import ArticleHead, ArticleView, StatementView

STEPS = (0.6, 0.85)
"""How sure words are, of "will" as of "will not", from which a mark is one step stronger."""

KEY = fill(
    '<div class="fd-key"><span><mark class="affirm s2">▲ says it will happen</mark></span>'
    '<span><mark class="negative s2">▼ says it will not</mark></span>'
    '<span><mark class="possible">? bare possibility</mark>, not scored</span>'
    '<span>How sure the words are: <mark class="affirm s1">under {low}</mark> '
    '<mark class="affirm s2">to {high}</mark> <mark class="affirm s3">above</mark></span>'
    "<span>% = range the words stand for</span></div>",
    low=formats.percent(STEPS[0]),
    high=formats.percent(STEPS[1]),
)


def byline(head: ArticleHead) -> str:
    """Author, publisher and date, as far as they are known."""
    known = [head.author, head.publisher, formats.partial_date(head.published)]
    return " · ".join(piece for piece in known if piece)


def marked_text(view: ArticleView, *, selected: int | None) -> Html:
    """The whole text as stored; every statement is a mark, and page furniture stands back.

    The text is cut at the borders of spans *before* escaping, so offsets stay those of the text.
    """
    cuts = {0, len(view.text)}
    for start, end in [(s.start, s.end) for s in view.statements] + list(view.furniture):
        cuts |= {start, end}
    borders = sorted(cut for cut in cuts if 0 <= cut <= len(view.text))
    pieces = [_piece(view, start, end, selected) for start, end in pairwise(borders)]
    return fill(
        '<div class="fd-article" tabindex="0" role="region" aria-label="Text and its statements">'
        "{pieces}</div>",
        pieces=joined(pieces),
    )


def _piece(view: ArticleView, start: int, end: int, selected: int | None) -> Html:
    text = fill("<bdi>{text}</bdi>", text=view.text[start:end])
    covering = [s for s in view.statements if s.start <= start and end <= s.end]
    if covering:
        statement = min(covering, key=lambda s: (s.id != selected, s.end - s.start))
        ends_here = [s for s in covering if s.end == end]
        return fill(
            '<mark class="{kind}">{text}{labels}</mark>',
            kind=_classes(statement, selected),
            text=text,
            labels=joined([fill("<sup>{label}</sup>", label=label(s)) for s in ends_here]),
        )
    if any(left <= start and end <= right for left, right in view.furniture):
        return fill('<span class="aside">{text}</span>', text=text)
    return text


def _classes(statement: StatementView, selected: int | None) -> str:
    kind = "possible"
    if not statement.is_possibility:
        kind = f"{statement.polarity} s{strength(statement.probability)}"
    on = " on" if statement.id == selected else ""
    return f"{kind}{on}{'' if statement.decision == 'waiting' else ' done'}"


def strength(probability: float) -> int:
    """How strong a statement is that gives an event this probability, 1 to 3.

    "Will not" is as strong as "will": what counts is the distance from even odds.
    """
    return 1 + sum(max(probability, 1 - probability) >= step for step in STEPS)


def label(statement: StatementView | Candidate) -> str:
    """Direction, words and range of a statement: "▼ unlikely 10–35 %"."""
    if statement.is_possibility:
        return f"? {statement.hedge}"
    arrow = "▲" if statement.polarity == "affirm" else "▼"
    condition = "if · " if statement.condition else ""
    reach = formats.percent_range(statement.probability_low, statement.probability_high)
    return f"{arrow} {condition}{statement.hedge} {reach}"
