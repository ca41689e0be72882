"""What was erased since a backup was made, so that it is not back when the backup is restored."""

import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from db.tables import Forecaster, PrivateText
from forecasts.errors import InvalidInput
from forecasts.exchange.record_files import UNREADABLE, read_record
from forecasts.services.acts import Act
from forecasts.services.erasure import erase_again

NO_LATER = "is no later state of this record"


@dataclass(frozen=True, slots=True)
class Redacted:
    """What one act erased."""

    people: tuple[int, ...]
    commitments: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Since:
    """The acts that erased something after a backup, and the persons who are erased by now."""

    acts: tuple[Redacted, ...] = ()
    handles: frozenset[str] = frozenset()

    @property
    def commitments(self) -> frozenset[str]:
        """Of all texts that were erased."""
        return frozenset(one for act in self.acts for one in act.commitments)


def erased_since(later: Path, backup: Path) -> Since:
    """What a later state of the record in ``backup`` has erased that stands in the backup.

    Raises InvalidInput unless the later log begins with the whole log of the backup: after a
    fork, the same number may stand for another person.
    """
    _, told = read_record(later)
    _, earlier = read_record(backup)
    try:
        acts = map(json.loads, _after(told.bodies, earlier.bodies, later))
        found = [_redacted(act["rows"]) for act in acts if act["kind"] == "redact"]
        handles = {one.handle for one in told.names if one.handle == one.login}
    except OSError as error:
        raise InvalidInput("redactions from", later, error.strerror or str(error)) from error
    except UNREADABLE as error:
        raise InvalidInput("redactions from", later, str(error)) from error
    return Since(tuple(found), frozenset(handles))


def _after(later: Iterable[str], earlier: Iterable[str], named: Path) -> Iterator[str]:
    """The bodies of the later log that come after the earlier log."""
    before = iter(earlier)
    for body in later:
        old = next(before, None)
        if old is None:
            yield body
        elif old != body:
            raise InvalidInput("redactions from", named, NO_LATER)
    if next(before, None) is not None:
        raise InvalidInput("redactions from", named, NO_LATER)


def _redacted(rows: Iterable[tuple[str, dict[str, object]]]) -> Redacted:
    held = [row for table, row in rows if table == "redaction"]
    people = (row["forecaster_id"] for row in held)
    commitments = (row["commitment"] for row in held)
    return Redacted(
        tuple(one for one in people if isinstance(one, int)),
        tuple(one for one in commitments if isinstance(one, str)),
        str(held[0]["reason"]) if held else "",
    )


def record_again(session: Session, since: Since, *, by: str, now: datetime) -> int:
    """Record in a restored log what was erased since; how many acts of it that took."""
    # Before the first act, which may give the number of somebody entered later to somebody else.
    held = [(_held(session, act), act.reason) for act in since.acts]
    done = [(people, texts, why) for (people, texts), why in held if people or texts]
    for people, texts, why in done:
        act = Act(by, now, secrets.token_hex(16))
        erase_again(session, act, people=people, commitments=texts, reason=why)
    return len(done)


def _held(session: Session, act: Redacted) -> tuple[list[int], list[str]]:
    """What of an erasure the restored record holds."""
    return (
        [key for key in act.people if session.get(Forecaster, key) is not None],
        [one for one in act.commitments if session.get(PrivateText, one) is not None],
    )
