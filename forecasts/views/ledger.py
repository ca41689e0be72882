"""How far the log goes, when it was last verified and when a checkpoint of it last left."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.tables import Checkpoint, Forecaster, LedgerHead, Verification
from forecasts.results.ledger import LedgerState, VerificationView
from forecasts.results.reports import Stamp
from forecasts.views.exported import head


def ledger_state(session: Session) -> LedgerState:
    """What the record itself knows; only ``forecasts verify`` against a held checkpoint proves."""
    found = session.exec(
        select(Verification, Forecaster.name)
        .join(Forecaster, col(Forecaster.id) == Verification.made_by, isouter=True)
        .order_by(col(Verification.id).desc())
    ).first()
    checkpoint = session.exec(select(Checkpoint).order_by(col(Checkpoint.size).desc())).first()
    return LedgerState(
        entries=session.exec(select(LedgerHead.size)).one_or_none() or 0,
        verification=None if found is None else _view(*found),
        checkpoint_size=None if checkpoint is None else checkpoint.size,
        checkpoint_at=None if checkpoint is None else checkpoint.made_at,
    )


def stamp(session: Session, *, now: datetime) -> Stamp:
    """Which state of the log a report is made from."""
    (size, root), state = head(session), ledger_state(session)
    return Stamp(now, size, root.hex(), state.checkpoint_size, state.checkpoint_at)


def _view(row: Verification, name: str | None) -> VerificationView:
    return VerificationView(row.made_at, name, row.size, row.findings, row.first)
