"""What the matrix says of an indicator that turned out after its set had ended."""

from datetime import UTC, datetime

from dashboard.widgets.scenarios.matrix import matrix
from forecasts.results.scenarios import IndicatorView, Likelihood


def test_what_turned_out_too_late_shows_what_stood_then_and_how_it_turned_out():
    late = IndicatorView(
        question_id=2,
        title="Late?",
        kind="binary",
        status="resolved",
        closes_at=datetime(2024, 8, 1, tzinfo=UTC),
        outcomes=("yes", "no"),
        outcome="no",
        state="after",
        why="W",
        weight=1.0,
        note="",
        version=1,
        likelihoods=tuple((Likelihood(p, None, None),) * 2 for p in (0.8, 0.2)),
        current=(0.9, 0.1),
        current_from="crowd",
        diagnosticity=0.0,
        ratios=None,
        tells_apart=False,
    )
    shown = matrix(["war", "peace"], [late])
    assert "turned out no after the set ended; counts by the crowd&#x27;s median of then" in shown
    assert "<bdi>yes</bdi> ✗" in shown
    assert "then 90" in shown
