"""Entering forecasts from elsewhere: always as retrospective, whatever the file says."""

import secrets
from collections.abc import Sequence
from math import isfinite

from sqlmodel import col, select

from db.tables import Forecast, Forecaster, Question
from forecasts.errors import ImportRefused, InvalidInput, NotFound, QuestionClosed, Refused
from forecasts.exchange.claims import AskedRow, Claim, Claims, Place, refusal
from forecasts.services.acts import Record, key_of, person, recorded, source
from forecasts.services.forecasts import claimed_forecast, write_values
from forecasts.services.inputs import check_line
from forecasts.services.questions import QuestionDraft, add_question, options_of
from forecasts.services.resolutions import add_resolution
from forecasts.services.roles import PROVIDER_MARK


@recorded("import")
def import_claims(record: Record, *, found: Claims) -> int:
    """Enter all rows of files, or none. Returns the first question, or else the first forecast.

    The questions of the files are new ones. Without a file of questions, a ``question_id`` is
    the number of a question in the record. A person is found by login or by a name that only one
    has; whoever is not there yet is entered.

    Raises
    ------
    ImportRefused, naming every row that cannot be entered.
    """
    importing = _Import(record, new_questions=bool(found.asked))
    importing.refused += found.refused
    for asked in found.asked:
        importing.ask(asked)
    for claim in found.claims:
        importing.enter(claim)
    if importing.refused:
        rows = sorted(importing.refused, key=lambda one: (one.file, one.line))
        raise ImportRefused(rows, found.rows)
    if importing.first is None:
        raise InvalidInput("rows", found.rows, "there is nothing to enter")
    return importing.first


class _Import:
    """One import: the questions it made, and what it refused."""

    def __init__(self, record: Record, *, new_questions: bool) -> None:
        self.record = record
        self.new_questions = new_questions
        self.questions: dict[str, int | None] = {}  # None: the question itself was refused
        self.refused: list[Refused] = []
        self.first: int | None = None  # what was entered first

    def ask(self, asked: AskedRow) -> None:
        """Enter a question and, where the file states one, its resolution."""
        try:
            if asked.id in self.questions:
                raise InvalidInput("question_id", asked.id, "stands there already")
            self.questions[asked.id] = None
            key = add_question(self.record, self._draft(asked), None)
            self._resolve(asked, key)
            self.questions[asked.id] = self._made(key)
        except InvalidInput as error:
            self.refused.append(refusal(asked.place, error))

    def _made(self, key: int) -> int:
        self.first = self.first or key
        return key

    def _draft(self, asked: AskedRow) -> QuestionDraft:
        stated = f"As stated in {asked.place.file}, line {asked.place.line}."
        return QuestionDraft(
            title=asked.title or asked.id,
            criteria=asked.criteria or stated,
            closes_at=asked.closes_at,
            kind=asked.kind,
            options=asked.options,
            opens_at=asked.opened_at,
            zone=asked.zone,
            retrospective=asked.closes_at <= self.record.now,
        )

    def _resolve(self, asked: AskedRow, key: int) -> None:
        if asked.outcome:
            add_resolution(
                self.record,
                key,
                outcome=asked.outcome,
                known_at=asked.known_at or asked.closes_at,
                evidence=f"As stated in {asked.place.file}, line {asked.place.line}.",
            )

    def enter(self, claim: Claim) -> None:
        """Enter a forecast; if it is refused, each of its rows is."""
        try:
            question = self._question(claim)
            forecast = claimed_forecast(
                self.record,
                question,
                self._forecaster(claim),
                claim.made_at,
                rationale=claim.rationale,
                expires_at=claim.expires_at,
            )
            self._made(self._write(claim, question, forecast))
        except InvalidInput as error:
            self._refuse(claim.places, error)
        except QuestionClosed as error:
            reason = f"is not before the close {error.closed_at.isoformat()}"
            self._refuse(claim.places, InvalidInput("made_at", claim.made_at.isoformat(), reason))

    def _write(self, claim: Claim, question: Question, forecast: Forecast) -> int:
        """Write the values as the question's kind takes them; none at all withdraw."""
        options = dict(claim.options)
        share = claim.probability
        if question.kind == "binary":
            share = options.pop("yes", share)
        if not claim.quantiles and share is None and not any(map(isfinite, options.values())):
            forecast.withdrawn = True
            return self.record.insert(forecast)
        names = options_of(self.record, question)
        for name, value in options.items():
            if name not in names or not isfinite(value) or question.kind == "binary":
                taken = "yes" if question.kind == "binary" else ", ".join(names) or "nothing"
                reason = f"must be one of {taken}" if isfinite(value) else "has no probability"
                raise InvalidInput("option", name, reason)
        if options and len(options) < len(names):
            missing = next(name for name in names if name not in options)
            raise InvalidInput("option", missing, "is missing; a forecast states every option")
        return write_values(
            self.record,
            question,
            forecast,
            share,
            [options[name] for name in names] if options else None,
            sorted(claim.quantiles.items()) or None,
        )

    def _refuse(self, places: Sequence[Place], error: InvalidInput) -> None:
        self.refused += [refusal(place, error) for place in places]

    def _question(self, claim: Claim) -> Question:
        name = claim.question
        if self.new_questions:
            if name not in self.questions:
                raise InvalidInput("question_id", name, "is not among the questions")
            key = self.questions[name]
            if key is None:
                raise InvalidInput("question_id", name, "this question is refused")
        elif name.isascii() and name.isdigit() and len(name) < 20:
            key = int(name)
        else:
            raise InvalidInput("question_id", name, "is no question's number in this record")
        try:
            return self.record.get(Question, key, "question")
        except NotFound as error:
            raise InvalidInput("question_id", name, "there is no such question") from error

    def _forecaster(self, claim: Claim) -> int:
        name = check_line("forecaster", claim.forecaster)
        if claim.kind == "source":
            publisher = check_line("publisher", claim.publisher, required=False)
            return source(self.record, name, publisher)
        return self._model(name) if claim.kind == "model" else self._person(name)

    def _model(self, name: str) -> int:
        who = Forecaster
        query = select(who).where(col(who.kind) == "model", col(who.name) == name)
        found = self.record.session.exec(query).first()
        return key_of(
            found
            or self.record.add(
                who(
                    handle=f"m_{secrets.token_hex(8)}",
                    kind="model",
                    name=name,
                    recorded_at=self.record.now,
                )
            )
        )

    def _person(self, name: str) -> int:
        who = Forecaster
        persons = select(who).where(col(who.kind) == "person")
        for column in (col(who.login), col(who.name)):
            rows = self.record.session.exec(persons.where(column == name)).all()
            if len(rows) == 1:
                return key_of(rows[0])
            if rows:
                raise InvalidInput("forecaster", name, "several have this name; write the login")
        if PROVIDER_MARK in name:
            raise InvalidInput("forecaster", name, "is no login that this record knows")
        return person(self.record, name)
