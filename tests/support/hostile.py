"""A record in which everything that people can write is hostile, made by the ordinary acts."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session

from db.session import transaction
from db.tables import metadata
from forecasts.reading.candidate import Candidate
from forecasts.results.terms import PartialDate
from forecasts.services.acts import Act
from forecasts.services.articles import add_article
from forecasts.services.erasure import erase
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import link_indicator
from forecasts.services.notes import attach_evidence, clarify_criteria, comment
from forecasts.services.people import assign_role, enter
from forecasts.services.questions import QuestionDraft, ask_question
from forecasts.services.relations import relate_questions
from forecasts.services.resolutions import (
    annul_question,
    correct_resolution,
    resolve_question,
)
from forecasts.services.scenarios import make_scenario_set, set_prior
from forecasts.services.statements import accept_statement, dismiss_statement

# Each writes its number into window.hit if it runs, or asks evil.test if it is loaded.
STRINGS = (
    "<script>hit=1</script>",
    "<img src=x onerror=hit=2>",
    "<svg onload=hit=3>",
    '<a href="javascript:hit=4">4</a>',
    "[5](javascript:hit=5)",
    "![6](//evil.test/6)",
    "<iframe srcdoc='<script>top.hit=7</script>'>",
    '"onfocus="hit=8"autofocus="',
    "'><body onload=hit=9>",
    "[10](data:text/html,<script>hit=10</script>)",
    "{{constructor.constructor('hit=11')()}}",
    "<style>@import'//evil.test/12'</style>",
    "http://evil.test/13",
    "a\u202eb",
    "$\\href{javascript:hit=15}{15}$",
    "'; DROP TABLE question;--{0.__class__}%s",
    '=HYPERLINK("//evil.test/17")',
)
ALL = " ".join(STRINGS)  # short enough for a line
TURNED = " ".join(reversed(STRINGS))
ADDRESS = 'https://evil.test/"onmouseover="hit=18'

NOT_WRITTEN_BY_PEOPLE = {
    "article.content_sha256": "a digest",
    "checkpoint.note": "made and signed by the program",
    "forecast.scale": "the name of one of our scales",
    "forecaster.handle": "random",
    "indicator_likelihood.scale": "the name of one of our scales",
    "indicator_likelihood.words": "a wording of our own list",
    "question.zone": "a name of the time zone database",
    "signing_key.public_key": "made by the program",
    "statement.found_by": "one of three words",
    "statement.phrase": "a wording of our own list",
    "statement.scale": "the name of one of our scales",
    "verification.first": "made by the program",
}


def text_columns() -> list[str]:
    """Every column that takes free text: no key, no reference, no word of a fixed list.

    Nor one of earlier versions, whose words are kept apart since.
    """
    found = []
    for table in metadata.sorted_tables:
        named = {str(constraint.name) for constraint in table.constraints}
        for column in table.columns:
            kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
            own = f"ck_{table.name}_{column.name}"
            fixed = {f"{own}_known", f"{own}_apart"} & named
            if isinstance(kind, String) and not column.primary_key and not column.foreign_keys:
                found += [] if fixed else [f"{table.name}.{column.name}"]
    return found


class Filling:
    """Acts one after another, at the times and by the people they are given."""

    def __init__(self, engine: Engine, now: datetime) -> None:
        self.engine, self.now, self.count = engine, now, 0

    def do(self, service, *, by="op", days_ago=40.0, name="", **request):
        self.count += 1
        act = Act(by, self.now - timedelta(days=days_ago), f"{STRINGS[0]} {self.count}", name)
        with transaction(self.engine) as session:
            return service(session, act, **request)

    def question(self, title: str, *, closes_in: float, **changes) -> int:
        draft = self.draft(title, closes_in=closes_in, **changes)
        return self.do(ask_question, draft=draft).id

    def draft(self, title: str, *, closes_in: float, **changes) -> QuestionDraft:
        return QuestionDraft(
            **{
                "title": title,
                "criteria": "\n".join(STRINGS),
                "background": "\n\n".join(STRINGS),
                "resolution_source": ALL,
                "closes_at": self.now + timedelta(days=closes_in),
                "opens_at": self.now - timedelta(days=50),
                "tags": STRINGS,
                "base_rate": 0.1,
                "base_rate_class": TURNED,
            }
            | changes
        )


def fill(engine: Engine, now: datetime, admin: str) -> dict[str, int]:
    """Hostile text in everything; ``admin`` signs in later. Returns ids of pages to look at."""
    desk = Filling(engine, now)
    article = _articles(desk)
    binary = desk.question(ALL, closes_in=30)
    choice = desk.question(
        TURNED, closes_in=30, kind="multiple_choice", options=STRINGS, tags=(TURNED,)
    )
    number = desk.question(ALL[:200], closes_in=30, kind="numeric", unit=ALL)
    child = desk.question("If so?", closes_in=30, parent_id=choice, parent_outcome=STRINGS[0])
    for position, text in enumerate(STRINGS):
        who = {"by": f"login {text}", "name": text}
        desk.do(record_forecast, **who, question_id=binary, probability=0.2 + position / 40,
                rationale=text)  # fmt: skip
        desk.do(comment, **who, question_id=binary, text=text)
        desk.do(attach_evidence, **who, question_id=binary, text=text, url=ADDRESS)
        desk.do(clarify_criteria, **who, question_id=binary, text=text)
        even = [1 / len(STRINGS)] * len(STRINGS)
        desk.do(record_forecast, **who, question_id=choice, probabilities=even, rationale=ALL)
        desk.do(record_forecast, **who, question_id=number, quantiles=[(0.5, 1.0 * position)])
    futures = _scenarios(desk, binary, choice)
    gone = desk.do(enter, by="gone").id
    desk.do(erase, people=[gone], reason=ALL)
    _settle(desk, choice)
    desk.do(enter, by=admin, name=ALL)
    desk.do(assign_role, login="op", role="admin", reason=ALL)
    desk.do(assign_role, login=admin, role="admin", reason=TURNED)
    for text in STRINGS[:4]:
        desk.do(assign_role, login=f"login {text}", role="resolver", reason=text)
    questions = {"binary": binary, "choice": choice, "number": number, "child": child}
    return questions | {"article": article, "futures": futures}


def _articles(desk: Filling) -> int:
    """An article of nothing but statements; and one a string, accepted, most of them settled."""
    said = PartialDate((desk.now - timedelta(days=45)).date(), "day")
    text = "\n".join(f"{one} will happen." for one in STRINGS)
    article = desk.do(
        add_article, text=text, title=ALL, publisher=TURNED, author=ALL, url=ADDRESS,
        published=said, candidates=[_candidate(text, one) for one in STRINGS],
    ).id  # fmt: skip
    desk.do(dismiss_statement, statement_id=1, reason=ALL)
    for position, one in enumerate(STRINGS):
        words = f"{one} will happen, says {position}."
        desk.do(
            add_article, text=words, title=one, publisher=one, author=one, published=said,
            candidates=[_candidate(words, one)],
        )  # fmt: skip
        statement = len(STRINGS) + 1 + position
        closes_in = (30.0, 3.0, -1.0)[position % 3]
        draft = desk.draft(one, closes_in=closes_in)
        question = desk.do(
            accept_statement, statement_id=statement, draft=draft, probability=0.4, rationale=one
        ).id
        if position % 2:
            desk.do(
                resolve_question, days_ago=2, question_id=question, outcome="yes", evidence=one,
                known_at=desk.now - timedelta(days=3), source_url=ADDRESS,
            )  # fmt: skip
    return article


def _scenarios(desk: Filling, binary: int, choice: int) -> int:
    names = STRINGS[:7]
    draft = desk.draft(ALL, closes_in=30, kind="multiple_choice", options=names)
    futures = desk.do(make_scenario_set, draft=draft, narratives={names[0]: ALL}).id
    desk.do(set_prior, set_id=futures, probabilities=[0.125] * 8, note=ALL)
    likelihoods = dict.fromkeys((*names, "something else"), ("likely", None))
    desk.do(
        link_indicator, set_id=futures, question_id=binary, likelihoods=likelihoods, note=TURNED
    )
    for first, second in ((choice, futures), (futures, choice)):
        desk.do(
            relate_questions, kind="implies", first_id=first, second_id=second, note=ALL,
            first_outcome=names[0], second_outcome=names[1],
        )  # fmt: skip
    return futures


def _settle(desk: Filling, choice: int) -> None:
    """Resolved, corrected; and another one annulled."""
    settled = {
        "question_id": choice,
        "outcome": STRINGS[0],
        "known_at": desk.now - timedelta(days=3),
        "source_url": ADDRESS,
    }
    desk.do(resolve_question, days_ago=2, evidence="\n".join(STRINGS), **settled)
    desk.do(correct_resolution, days_ago=1, version=1, evidence=ALL, reason=TURNED, **settled)
    void = desk.question("Void?", closes_in=30)
    desk.do(annul_question, days_ago=1, question_id=void, reason=ALL)


def _candidate(text: str, one: str) -> Candidate:
    quote = f"{one} will happen"
    start = text.index(quote)
    return Candidate(
        start=start, end=start + len(quote), quote=quote, hedge=one, polarity="affirm",
        probability=0.8, probability_low=0.6, probability_high=0.9, scale="recommended",
        is_possibility=False, horizon=one, horizon_start=None, horizon_end=None, speaker=one,
        speaker_kind="named", condition=ALL, actors=STRINGS,
    )  # fmt: skip


def holding(session: Session, column: str) -> bool:
    """Whether a column holds one of the strings somewhere."""
    table, _, name = column.partition(".")
    values = session.connection().execute(metadata.tables[table].select()).mappings()
    known = [*STRINGS, *(one.lower() for one in STRINGS), ADDRESS]
    return any(any(one in (row[name] or "") for one in known) for row in values)
