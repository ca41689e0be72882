"""An article, the statements found in it, and what became of each."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from db.tables import Article, ArticleSketch, Question, Statement, StatementDecision
from forecasts.errors import NotFound, check_id
from forecasts.reading.candidate import Candidate
from forecasts.reading.documents.furniture import furniture_spans
from forecasts.reading.neighbours import nearest, perhaps_near, sketch
from forecasts.reading.restating import estimate_under
from forecasts.reading.similar import most_similar
from forecasts.results.articles import (
    ArticleHead,
    ArticleView,
    SimilarQuestion,
    StatementView,
)
from forecasts.views.inbox_items import article_head
from forecasts.views.own_words import own_words
from forecasts.views.snapshot import look

if TYPE_CHECKING:
    from forecasts.reading.drafting.resolvability import Resolvability


FEW = 500
"""Statements up to which their decisions are asked for one by one."""


def article(session: Session, article_id: int, *, scale: str | None = None) -> ArticleView:
    """One article with its text and all its statements by position.

    Their numbers are those of ``scale``, or of the scale each was read by.
    """
    row = session.get(Article, check_id("article", article_id))
    if row is None:
        raise NotFound("article", article_id)
    statements = session.exec(
        select(Statement)
        .where(Statement.article_id == article_id)
        .order_by(col(Statement.start), col(Statement.end))
    ).all()
    return ArticleView(
        head=article_head(row),
        text=row.text,
        furniture=tuple(furniture_spans(row.text)),
        statements=tuple(under_scale(one, scale) for one in statement_views(session, statements)),
    )


def nearly_the_same(session: Session, article_id: int) -> tuple[tuple[ArticleHead, float], ...]:
    """Other articles that share most of this one's words, with the share, likest first.

    Their sketches tell which may; only the texts of those are read, and of articles stored before
    sketches were kept.
    """
    own = session.get(Article, check_id("article", article_id))
    if own is None:
        raise NotFound("article", article_id)
    kept = session.exec(select(ArticleSketch.article_id, ArticleSketch.sketch))
    sketches = dict(kept.all())
    # Ids alone, which an index holds: a condition on the rows would read every text.
    without = set(session.exec(select(Article.id))) - set(sketches)
    known = sketches.pop(article_id, None) or sketch(own.text)
    keys = without.union(perhaps_near(known, sketches)) - {article_id}
    perhaps = session.exec(select(Article).where(col(Article.id).in_(keys)))
    rows = {row.id: row for row in perhaps if row.id is not None}
    alike = nearest(own.text, {key: row.text for key, row in rows.items()})
    return tuple((article_head(rows[key]), share) for key, share in alike)


def statement(session: Session, statement_id: int) -> StatementView:
    """One statement and what became of it."""
    row = session.get(Statement, check_id("statement", statement_id))
    if row is None:
        raise NotFound("statement", statement_id)
    return statement_views(session, [row])[0]


def under_scale(view: StatementView, scale: str | None) -> StatementView:
    """The statement with the numbers that ``scale`` gives its words."""
    numbers = estimate_under(view, scale)
    return dataclasses.replace(
        view,
        probability=numbers.point,
        probability_low=numbers.low,
        probability_high=numbers.high,
        scale=numbers.scale,
    )


def best_first(view: ArticleView) -> tuple[tuple[StatementView, "Resolvability"], ...]:
    """An article's statements with how fit each is for a question.

    Those that wait come first, the fittest of them at the head; the others follow by position.
    """
    from forecasts.reading.drafting.resolvability import resolvability  # loads the parser, slowly

    published = view.head.published.exact if view.head.published else None
    judged = [
        (one, resolvability(as_candidate(one), published=published)) for one in view.statements
    ]
    return tuple(
        sorted(
            judged,
            key=lambda pair: (
                pair[0].decision != "waiting",
                -pair[1].score if pair[0].decision == "waiting" else 0.0,
                pair[0].start,
            ),
        )
    )


def similar_questions(
    session: Session, title: str, *, threshold: float = 0.4, most: int = 3
) -> tuple[SimilarQuestion, ...]:
    """The questions whose titles are most like ``title``, the likest first."""
    return look(session).apart.remembered(
        ("similar", title, threshold, most), lambda: _similar(session, title, threshold, most)
    )


def _similar(
    session: Session, title: str, threshold: float, most: int
) -> tuple[SimilarQuestion, ...]:
    titles = {
        key: asked
        for key, asked in session.exec(select(Question.id, Question.title))
        if key is not None
    }
    found = []
    for key, likeness in most_similar(title, titles, threshold=threshold, most=most):
        if (row := session.get(Question, key)) is not None:
            found.append(SimilarQuestion(key, row.title, row.kind, row.closes_at, likeness))
    return tuple(found)


def as_candidate(view: StatementView) -> Candidate:
    """A stored statement as the reader would hand it over, for drafting a question."""
    return Candidate(
        **{field.name: getattr(view, field.name) for field in dataclasses.fields(Candidate)}
    )


def statement_views(session: Session, rows: Iterable[Statement]) -> tuple[StatementView, ...]:
    """Rows as results, with the decision that holds."""
    statements = list(rows)
    ids = [row.id or 0 for row in statements]
    decisions = latest_decisions(session, ids if len(ids) <= FEW else None)
    held = [(row, decisions.get(row.id or 0)) for row in statements]
    keys = [decision.id for _, decision in held if decision and decision.own_words]
    said = own_words(session, StatementDecision, col(StatementDecision.id).in_(keys))
    return tuple(_statement(row, decision, said) for row, decision in held)


def latest_decisions(
    session: Session, statements: Collection[int] | None = None
) -> dict[int, StatementDecision]:
    """The decision that holds, by statement; of ``statements``, or of all."""
    wanted = select(StatementDecision).order_by(col(StatementDecision.version))
    if statements is not None:
        wanted = wanted.where(col(StatementDecision.statement_id).in_(statements))
    rows = session.exec(wanted)
    return {row.statement_id: row for row in rows}


def _statement(
    row: Statement, decision: StatementDecision | None, said: Mapping[int, str]
) -> StatementView:
    return StatementView(
        id=row.id or 0,
        article_id=row.article_id,
        start=row.start,
        end=row.end,
        quote=row.quote,
        hedge=row.hedge,
        polarity=row.polarity,
        probability=row.probability,
        probability_low=row.probability_low,
        probability_high=row.probability_high,
        scale=row.scale,
        is_possibility=row.is_possibility,
        horizon=row.horizon,
        horizon_start=row.horizon_start,
        horizon_end=row.horizon_end,
        speaker=row.speaker,
        speaker_kind=row.speaker_kind,
        condition=row.condition,
        actors=tuple(name for name in row.actors.split("; ") if name),
        decision="waiting" if decision is None else decision.decision,
        reason=None if decision is None else said.get(decision.id or 0, decision.reason),
        question_id=None if decision is None else decision.question_id,
        phrase=row.phrase,
        confidence=row.confidence,
        found_by=row.found_by,
    )
