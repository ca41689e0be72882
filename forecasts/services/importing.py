"""Entering forecasts from elsewhere: always as retrospective, whatever the file says."""

from collections.abc import Sequence
from math import isfinite

from sqlmodel import Session

from db import ledger
from db.ledger import Receipt
from db.tables import Forecast, Question, Resolution
from forecasts.errors import (
    ImportRefused,
    InvalidInput,
    KeyReused,
    NotFound,
    QuestionClosed,
    Refused,
)
from forecasts.exchange.claims import AskedRow, Claim, Claims, Place, refusal
from forecasts.services.acts import Act, Record, key_of, recorded
from forecasts.services.batch import Batch
from forecasts.services.claimants import Claimants
from forecasts.services.entered_files import earlier_entry, mark
from forecasts.services.forecasts import claimed_forecast, write_values
from forecasts.services.questions import QuestionDraft, add_question, options_of
from forecasts.services.resolutions import first_resolution


def enter_files(session: Session, act: Act, *, found: Claims, files: str) -> Receipt:
    """``import_claims``, unless these files were entered before: then the receipt of that act.

    It is the same act whoever sends the files, and under whatever key.

    Raises
    ------
    KeyReused
        The key stands for other files, or for an act of another kind.
    ImportRefused, naming every row that cannot be entered.
    """
    ledger.locked_head(session)  # of two who send them at once, the second finds them
    entered = earlier_entry(session, files)
    for key in (act.key, f"{act.key}/rest"):  # as earlier versions named it after refusals
        if key != entered and ledger.find(session, key) is not None:
            raise KeyReused(act.key)
    earlier = None if entered is None else ledger.find(session, entered)
    return import_claims(session, act, found=found, files=files) if earlier is None else earlier[0]


@recorded("import")
def import_claims(record: Record, *, found: Claims, files: str = "") -> int:
    """Enter all rows of files, or none. Returns the first question, or else the first forecast.

    The questions of the files are new ones. Without a file of questions, a ``question_id`` is
    the number of a question in the record. A person is found by login or by a name that only one
    has; whoever is not there yet is entered. ``files`` is a digest to know the files by again.

    Raises
    ------
    ImportRefused, naming every row that cannot be entered.
    """
    mark(record, files)
    importing = _Import(record, found)
    importing.refused += found.refused
    importing.ask(found.asked)
    importing.enter(found.claims)
    if importing.refused:
        rows = sorted(importing.refused, key=lambda one: (one.file, one.line))
        raise ImportRefused(rows, found.rows)
    if importing.first is None:
        raise InvalidInput("rows", found.rows, "there is nothing to enter")
    return importing.first


class _Import:
    """One import: the questions it made, and what it refused."""

    def __init__(self, record: Record, found: Claims) -> None:
        self.record = record
        asked, claims = len(found.asked), len(found.claims)
        self.batch = Batch(record, {Question: asked, Resolution: asked, Forecast: claims})
        self.new_questions = bool(found.asked)
        self.questions: dict[str, int | None] = {}  # None: the question itself was refused
        self.options: dict[int, tuple[str, ...]] = {}
        self.claimants = Claimants(record)
        self.refused: list[Refused] = []
        self.first: int | None = None  # what was entered first

    def ask(self, asked: Sequence[AskedRow]) -> None:
        """Enter questions and, where the file states them, their resolutions."""
        new: list[tuple[AskedRow, int]] = []
        for one in asked:
            try:
                if one.id in self.questions:
                    raise InvalidInput("question_id", one.id, "stands there already")
                self.questions[one.id] = None
                new.append((one, add_question(self.batch, self._draft(one), None)))
            except InvalidInput as error:
                self.refused.append(refusal(one.place, error))
        self.batch.write()
        for one, key in new:
            try:
                self._resolve(one, key)
                self.questions[one.id] = key
                self.first = self.first or key
            except InvalidInput as error:
                self.refused.append(refusal(one.place, error))
        self.batch.write()

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
            first_resolution(
                self.batch,
                self.record.get(Question, key, "question"),
                outcome=asked.outcome,
                known_at=asked.known_at or asked.closes_at,
                evidence=f"As stated in {asked.place.file}, line {asked.place.line}.",
            )

    def enter(self, claims: Sequence[Claim]) -> None:
        """Enter forecasts; if one is refused, each of its rows is."""
        for claim in claims:
            try:
                key = self._enter(claim)
                self.first = self.first or key
            except InvalidInput as error:
                self._refuse(claim.places, error)
            except QuestionClosed as error:
                reason = f"is not before the close {error.closed_at.isoformat()}"
                made = claim.made_at.isoformat()
                self._refuse(claim.places, InvalidInput("made_at", made, reason))
        self.batch.write()

    def _enter(self, claim: Claim) -> int:
        question = self._question(claim)
        forecast = claimed_forecast(
            self.batch,
            question,
            self.claimants.find(claim),
            claim.made_at,
            rationale=claim.rationale,
            expires_at=claim.expires_at,
        )
        return self._write(claim, question, forecast)

    def _write(self, claim: Claim, question: Question, forecast: Forecast) -> int:
        """Write the values as the question's kind takes them; none at all withdraw."""
        options = dict(claim.options)
        share = claim.probability
        if question.kind == "binary":
            share = options.pop("yes", share)
        if not claim.quantiles and share is None and not any(map(isfinite, options.values())):
            forecast.withdrawn = True
            return self.batch.insert(forecast)
        names = self._options(question)
        for name, value in options.items():
            if name not in names or not isfinite(value) or question.kind == "binary":
                taken = "yes" if question.kind == "binary" else ", ".join(names) or "nothing"
                reason = f"must be one of {taken}" if isfinite(value) else "has no probability"
                raise InvalidInput("option", name, reason)
        if options and len(options) < len(names):
            missing = next(name for name in names if name not in options)
            raise InvalidInput("option", missing, "is missing; a forecast states every option")
        return write_values(
            self.batch,
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

    def _options(self, question: Question) -> tuple[str, ...]:
        key = key_of(question)
        if key not in self.options:
            self.options[key] = options_of(self.record, question)
        return self.options[key]
