"""How numbers and questions are written on a terminal."""

from datetime import datetime, timedelta

from forecasts.cli.terminal import percent
from forecasts.results.articles import StatementView
from forecasts.results.calibration import CalibrationView
from forecasts.results.questions import QuestionRow
from forecasts.results.scores import ScoreRow, ScoreRule, ScoreSettings

SCALE = (
    "Brier score, 0 to 1: lower is better, 0 is perfect, "
    "always saying 50 % on yes/no questions earns 0.250."
)

RULES: dict[ScoreRule, str] = {
    "brier": "Brier score",
    "log_score": "Log score",
    "spherical_score": "Spherical score",
}

CLAIMED = "Retrospective forecasts, claimed for a time before they were recorded, are counted."


def scale_line(settings: ScoreSettings) -> str:
    """What a table of scores is measured by: rule, range, direction, a know-nothing, settings."""
    reach = "in nats from 0" if settings.rule == "log_score" else f"0 to {settings.scale}"
    better, perfect = ("higher", 1) if settings.higher_is_better else ("lower", 0)
    return (
        f"{RULES[settings.rule]}, {reach}: {better} is better, {perfect} is perfect, "
        f"always saying 50 % on yes/no questions earns {settings.know_nothing:.3f}; "
        f"clock {settings.clock}, before the first forecast: {settings.before_first}."
    )


def tenths(share: float) -> str:
    """A probability as ``62.4 %``, for changes that may be less than a point."""
    return f"{100 * share:.1f} %"


def probability_range(one: StatementView) -> str:
    """What a statement's words stand for."""
    low, high = one.probability_low, one.probability_high
    return f"{low * 100:.0f}–{high * 100:.0f} %"


def day(moment: datetime) -> str:
    """A date as the tables show it."""
    return f"{moment:%Y-%m-%d}"


def last_day(close: datetime) -> str:
    """The last day before a close, which itself is not part of the question."""
    return day(close - timedelta(microseconds=1))


def question_line(row: QuestionRow) -> str:
    """One question in a list."""
    outcome = f" {row.outcome}" if row.outcome else ""
    return (
        f"{row.id:>5}  {row.status + outcome:<14} to {last_day(row.closes_at)}  "
        f"you {percent(row.mine):>5}  crowd {percent(row.crowd):>5}  "
        f"source {percent(row.source):>5}  {row.title}"
    )


SCORE_HEAD = (
    f"{'score':>7}  {'95 %':<13}  {'words low/high':<14}  {'equal odds':>10}"
    f"  {'n':>3}  {'cover':>5}"
)


def score_line(row: ScoreRow) -> str:
    """One forecaster in a table of scores, under ``SCORE_HEAD``."""
    spread = "—" if row.interval is None else f"{row.interval[0]:.3f}–{row.interval[1]:.3f}"
    ends = (
        "—" if row.at_low is None or row.at_high is None else f"{row.at_low:.3f}/{row.at_high:.3f}"
    )
    publisher = f", {row.publisher}" if row.publisher and row.publisher != row.forecaster else ""
    return (
        f"{row.score:>7.3f}  {spread:<13}  {ends:<14}  {row.uniform:>10.3f}  "
        f"{row.questions:>3}  {percent(row.coverage):>5}  {row.forecaster}{publisher}"
    )


def calibration_lines(view: CalibrationView) -> list[str]:
    """A reliability table and the decomposition of the Brier score."""
    if view.curve is None:
        return [f"{view.who}: no resolved forecast to calibrate yet."]
    curve = view.curve
    lines = [
        f"{view.who}: {view.forecasts} forecasts on {view.questions} questions; {view.entering}.",
        "  said   happened  questions",
    ]
    lines += [
        f"{percent(float(said)):>6}  {percent(float(seen)):>8}  {count:>9}"
        for said, seen, count in zip(curve.stated, curve.observed, curve.questions, strict=True)
    ]
    lines.append(
        f"Brier {curve.brier:.3f} = uncertainty {curve.uncertainty:.3f} "
        f"+ miscalibration {curve.miscalibration:.3f} − discrimination {curve.discrimination:.3f}"
    )
    return [*lines, SCALE]


def left_out_line(reasons: tuple[tuple[str, int], ...]) -> str:
    """What a scored answer leaves out."""
    if not reasons:
        return "Nothing is left out."
    return "Left out: " + "; ".join(f"{reason}: {count}" for reason, count in reasons) + "."
