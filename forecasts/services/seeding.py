"""Loading the seeds by the same acts as any analyst's work. Loading twice changes nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session, select

from db import ledger
from db.ledger import Receipt
from db.tables import Article, Resolution, Statement, StatementDecision
from forecasts.exchange.seeds import (
    SeedArticle,
    SeedIndicator,
    SeedQuestion,
    SeedRelation,
    Seeds,
    SeedScenarios,
)
from forecasts.reading.candidate import Candidate
from forecasts.services.acts import Act, key_of
from forecasts.services.articles import add_article, content_digest, mark_statement
from forecasts.services.indicators import link_indicator
from forecasts.services.questions import QuestionDraft, ask_question
from forecasts.services.relations import relate_questions
from forecasts.services.resolutions import resolve_question
from forecasts.services.scenarios import make_scenario_set
from forecasts.services.statements import accept_statement

Reader = Callable[[SeedArticle], Sequence[Candidate]]


def load_seeds(session: Session, seeds: Seeds, *, actor: str, now: datetime, read: Reader) -> int:
    """Bring what is missing of the seeds into the record; returns how many acts that took.

    ``read`` finds statements in an article; what it finds where no analyst marked anything waits
    in the inbox. It is called only for articles that are not stored yet.

    No forecast of a person is among them: only what the articles' speakers said.
    """
    loader = _Loader(session, actor, now, read)
    statements: dict[str, int] = {}
    for article in seeds.articles:
        statements |= loader.article(article)
    accepting = _accepting(seeds)
    questions: dict[str, int] = {}
    for question in seeds.questions:
        accept = accepting[question.statement] == question.id
        statement = statements[question.statement]
        questions[question.id] = loader.question(question, statement, questions, accept=accept)
        loader.resolution(question, questions[question.id])
    for futures in seeds.scenarios:
        loader.scenarios(futures, questions)
    for relation in seeds.relations:
        loader.relation(relation, questions)
    return loader.acts


class _Loader:
    """Acts under fixed keys: what is recorded under its key is not done again."""

    def __init__(self, session: Session, actor: str, now: datetime, read: Reader) -> None:
        self.session, self.actor, self.now, self.read, self.acts = session, actor, now, read, 0

    def once(self, key: str, perform: Callable[[Act], Receipt]) -> int:
        found = ledger.find(self.session, key)
        if found is not None:
            return found[0].id
        self.acts += 1
        return perform(Act(self.actor, self.now, key)).id

    def article(self, seed: SeedArticle) -> dict[str, int]:
        marked = tuple(seed.marked.values())
        digest = content_digest(seed.text)
        held = self.session.exec(
            select(Article).where(Article.content_sha256 == digest)
        ).one_or_none()
        if held is not None:
            return {name: self.statement(name, held, one) for name, one in seed.marked.items()}
        article_id = self.once(
            f"seed/article/{seed.file}",
            lambda act: add_article(
                self.session,
                act,
                text=seed.text,
                title=seed.title,
                publisher=seed.publisher,
                author=seed.author,
                published=seed.published,
                candidates=_unmarked(self.read(seed), marked),
                marked=marked,
            ),
        )
        stored = self.session.exec(select(Statement).where(Statement.article_id == article_id))
        by_span = {(row.start, row.end): row.id or 0 for row in stored}
        return {name: by_span[one.start, one.end] for name, one in seed.marked.items()}

    def statement(self, name: str, article: Article, marked: Candidate) -> int:
        """The statement where it stands in an article already stored, marked if it is missing."""
        article_id = key_of(article)
        held = self.session.exec(
            select(Statement.id).where(
                Statement.article_id == article_id,
                Statement.start == marked.start,
                Statement.end == marked.end,
            )
        ).one_or_none()
        return held or self.once(
            f"seed/statement/{name}",
            lambda act: mark_statement(self.session, act, article_id=article_id, candidate=marked),
        )

    def question(
        self, seed: SeedQuestion, statement_id: int, questions: dict[str, int], *, accept: bool
    ) -> int:
        draft = QuestionDraft(
            **seed.fields,
            parent_id=questions[seed.parent] if seed.parent else None,
            retrospective=seed.fields["closes_at"] <= self.now,
        )
        if not accept or self.decided(statement_id):
            return self.once(
                f"seed/question/{seed.id}",
                lambda act: ask_question(self.session, act, draft=draft, statement_id=statement_id),
            )
        return self.once(
            f"seed/question/{seed.id}",
            lambda act: accept_statement(
                self.session,
                act,
                statement_id=statement_id,
                draft=draft,
                source_forecast=seed.source_forecast,
            ),
        )

    def decided(self, statement_id: int) -> bool:
        """Whether an analyst has decided about the statement already."""
        row = self.session.exec(
            select(StatementDecision).where(StatementDecision.statement_id == statement_id)
        ).first()
        return row is not None

    def resolution(self, seed: SeedQuestion, question_id: int) -> None:
        settled = seed.resolution
        held = self.session.exec(select(Resolution).where(Resolution.question_id == question_id))
        if settled is not None and held.first() is None:
            self.once(
                f"seed/resolution/{seed.id}",
                lambda act: resolve_question(
                    self.session,
                    act,
                    question_id=question_id,
                    outcome=settled.outcome,
                    known_at=settled.known_at,
                    known_precision=settled.known_precision,
                    evidence=settled.evidence,
                ),
            )

    def scenarios(self, seed: SeedScenarios, questions: dict[str, int]) -> None:
        draft = QuestionDraft(**seed.fields, retrospective=seed.fields["closes_at"] <= self.now)
        set_id = self.once(
            f"seed/scenarios/{seed.id}",
            lambda act: make_scenario_set(
                self.session, act, draft=draft, narratives=seed.narratives
            ),
        )
        for one in seed.indicators:
            self.indicator(seed.id, set_id, one, questions[one.question])

    def indicator(self, seed_id: str, set_id: int, seed: SeedIndicator, question_id: int) -> None:
        self.once(
            f"seed/indicator/{seed_id}/{seed.question}",
            lambda act: link_indicator(
                self.session,
                act,
                set_id=set_id,
                question_id=question_id,
                likelihoods=seed.likelihoods,
                weight=seed.weight,
                note=seed.note,
            ),
        )

    def relation(self, seed: SeedRelation, questions: dict[str, int]) -> None:
        self.once(
            f"seed/relation/{seed.kind}/{seed.first}/{seed.second}",
            lambda act: relate_questions(
                self.session,
                act,
                kind=seed.kind,
                first_id=questions[seed.first],
                second_id=questions[seed.second],
                first_outcome=seed.first_outcome,
                second_outcome=seed.second_outcome,
                note=seed.note,
            ),
        )


def _accepting(seeds: Seeds) -> dict[str, str]:
    """By statement, the question that accepts it: the one with the source's forecast, if any."""
    chosen: dict[str, str] = {}
    for question in seeds.questions:
        if question.source_forecast or question.statement not in chosen:
            chosen[question.statement] = question.id
    return chosen


def _unmarked(found: Sequence[Candidate], marked: Sequence[Candidate]) -> list[Candidate]:
    """What was found where no analyst marked anything."""
    return [one for one in found if all(one.end <= m.start or m.end <= one.start for m in marked)]
