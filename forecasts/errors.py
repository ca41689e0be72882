"""What can be refused, by name. Doors catch ``TrackerError`` and nothing wider."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


def shown(value: object, limit: int = 80) -> str:
    """``value`` as one short line, fit to stand inside a message."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def without_password(url: str) -> str:
    """An address fit to be shown."""
    return re.sub(r"(://[^:/@]*):[^@]*@", r"\1:***@", url)


class TrackerError(Exception):
    """A request that was understood and is refused; ``str()`` is one line fit for a reader."""


class InvalidInput(TrackerError):
    """A value that cannot be accepted. Names the field and the value."""

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(f"{field} {shown(value)!r}: {reason}")
        self.field = field
        self.value = value
        self.reason = reason


LARGEST_ID = 2**31 - 1


def check_id(what: str, key: int) -> int:
    """``key`` if a row can have it as its id; else there is none, and ``NotFound`` says so."""
    if not 1 <= key <= LARGEST_ID:
        raise NotFound(what, key)
    return key


class NotFound(TrackerError):
    """There is no such thing in the record."""

    def __init__(self, what: str, key: object) -> None:
        super().__init__(f"There is no {what} {shown(key)}.")
        self.what = what
        self.key = key


class UnreadableDocument(TrackerError):
    """A file or page that no article text can be taken from."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{shown(name)}: {reason}")
        self.name = name
        self.reason = reason


class FetchRefused(TrackerError):
    """An address that is not fetched, or whose answer is not taken."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{shown(url)}: {reason}")
        self.url = url
        self.reason = reason


class AssistantFailed(TrackerError):
    """The language model gave no proposals that can be used."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The assistant {shown(reason, 200)}.")
        self.reason = reason


class DatabaseUnavailable(TrackerError):
    """The record cannot be opened or used. ``url`` has no password in it."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"The record at {shown(url, 200)} cannot be used: {shown(reason, 200)}")
        self.reason = reason


class ArticleAlreadyStored(TrackerError):
    """The same text is in the record already."""

    def __init__(self, article_id: int, title: str) -> None:
        super().__init__(f"This text is already stored as article {article_id}, {shown(title)!r}.")
        self.article_id = article_id


class StatementAlreadyDecided(TrackerError):
    """The statement no longer waits for a decision."""

    def __init__(self, statement_id: int, decision: str) -> None:
        super().__init__(f"Statement {statement_id} was already {decision}.")
        self.statement_id = statement_id
        self.decision = decision


class QuestionClosed(TrackerError):
    """A live forecast came at or after the close."""

    def __init__(self, question_id: int, closed_at: datetime) -> None:
        super().__init__(
            f"Question {question_id} closed at {closed_at:%Y-%m-%d %H:%M} UTC "
            "and takes no more forecasts."
        )
        self.question_id = question_id
        self.closed_at = closed_at


class QuestionSettled(TrackerError):
    """A forecast came after the question was resolved or annulled."""

    def __init__(self, question_id: int, state: str) -> None:
        super().__init__(f"Question {question_id} is {state} and takes no more forecasts.")
        self.question_id = question_id
        self.state = state


class AlreadyResolved(TrackerError):
    """A second resolution was offered. A correction names the version it supersedes."""

    def __init__(self, question_id: int, outcome: str, by: str, at: datetime) -> None:
        super().__init__(
            f"Question {question_id} was already resolved {outcome} by {shown(by)} "
            f"on {at:%Y-%m-%d %H:%M} UTC. To change it, correct it."
        )
        self.question_id = question_id
        self.outcome = outcome


class ResolutionConflict(TrackerError):
    """Someone else changed the resolution since the reader looked at it."""

    def __init__(self, question_id: int, expected: int, found: int) -> None:
        super().__init__(
            f"Question {question_id} has resolution version {found}, not {expected}: "
            "someone else changed it. Look again before you correct it."
        )
        self.question_id = question_id


class NarrativeConflict(TrackerError):
    """Someone else told the scenario anew since the reader looked at it."""

    def __init__(self, scenario: str, found: int) -> None:
        super().__init__(
            f"“{shown(scenario)}” was told anew meanwhile, as version {found}. Read that first; "
            "what you save then takes its place."
        )
        self.found = found


class KeyReused(TrackerError):
    """One idempotency key came with two different requests."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Key {shown(key)!r} was already used for a different request.")
        self.key = key


class NotAllowed(TrackerError):
    """The actor's role is too small for what was asked. Nothing was changed."""

    def __init__(self, name: str, role: str, kind: str, needed: str) -> None:
        super().__init__(
            f"{shown(name)} has the role {role}; this ({kind}) needs the role {needed}. "
            "An admin can give it."
        )
        self.kind = kind
        self.needed = needed


class WordsRemain(TrackerError):
    """Words were erased from the record, and may still stand in the database's files."""

    def __init__(self, reason: str, key: str | None) -> None:
        under = "" if key is None else f" with --key {key}"
        super().__init__(
            "The words are erased from the record, but its files could not be rewritten and may "
            f"still hold them ({shown(reason)}). Run the same command again{under}."
        )
        self.reason = reason


class NotSignedIn(TrackerError):
    """Somebody who has not signed in asked a desk that asks for a sign-in."""

    def __init__(self) -> None:
        super().__init__("Sign in first.")


class SignInNeeded(TrackerError):
    """A desk without sign-in was asked to change a shared record."""

    def __init__(self) -> None:
        super().__init__(
            "This record is shared, and this desk has no sign-in: it can be looked at here, and "
            "changed from a desk with sign-in (docs/sharing.md) or from the command line."
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """One row of a file that cannot be entered."""

    file: str
    line: int  # of the file, from 1
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}, {self.field}"
        return f"{where} {shown(self.value)!r}: {self.reason}"


class ImportRefused(TrackerError):
    """Rows of an import cannot be entered, so nothing was. ``refused`` names every one of them."""

    def __init__(self, refused: Sequence[Refused], rows: int) -> None:
        super().__init__(f"Nothing was entered: {len(refused):,} of {rows:,} rows are refused.")
        self.refused = tuple(refused)
        self.rows = rows
