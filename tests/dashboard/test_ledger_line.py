"""The line that says when the record was verified, and the alarm when it was changed."""

from dashboard.widgets.ledger import state_lines, verified_line
from db.session import reading, transaction
from db.tables import Checkpoint, Verification
from forecasts.services.questions import ask_question
from forecasts.views.ledger import ledger_state


def state(desk):
    with reading(desk.engine) as session:
        return ledger_state(session)


def keep(desk, *rows) -> None:
    with transaction(desk.engine) as session:
        for row in rows:
            session.add(row)


def outcome(desk, **changes) -> Verification:
    values = {"made_at": desk.now, "made_by": 1, "size": 1, "root": b"r" * 32, "findings": 0}
    return Verification(**(values | changes))


def test_a_record_that_was_never_verified_or_signed_says_so(desk):
    verified, signed = state_lines(state(desk))
    assert verified == "The record has 0 entries. It was never verified: forecasts verify."
    assert signed.startswith("No checkpoint was signed yet")


def test_the_last_verification_and_checkpoint_are_shown(desk, draft):
    desk.do(ask_question, by="ana", draft=draft())
    keep(desk, outcome(desk, findings=2, first="forecast 1: changed"), outcome(desk))
    keep(desk, Checkpoint(size=1, note="n", made_at=desk.now))
    found = state(desk)
    assert found.verification.findings == 0
    verified, signed = state_lines(found)
    assert "by ana over 1 entry: as it was recorded." in verified
    assert signed.startswith("Last signed checkpoint: 1 entry")


def test_a_finding_is_told_with_the_first(desk, draft):
    desk.do(ask_question, by="ana", draft=draft())
    keep(desk, outcome(desk, made_by=None, findings=2, first="forecast 1: changed"))
    line = verified_line(state(desk).verification)
    assert line.endswith("NOT as it was recorded, 2 findings. First: forecast 1: changed")
    assert " by " not in line
