"""Every forecast ever made on a question, and how each forecaster scored."""

from dashboard import formats
from dashboard.widgets.ledger import record_line
from dashboard.widgets.parts import finding, note, table
from dashboard.widgets.safe import Html, fill
from dashboard.widgets.scale import scale_name
from forecasts.results.question import ForecastView, QuestionView
from forecasts.results.scores import ScoreRow

RECORD_HEAD = Html(
    "<tr><th>Made</th><th>Forecaster</th><th class='n'>Forecast</th><th>Kind</th>"
    "<th class='wide'>Confidence</th><th class='wide'>Why</th><th class='n'>Entry</th></tr>"
)
SCORES_HEAD = Html(
    "<tr><th>Forecaster</th><th class='n'>Score</th><th class='n'>Low / high end</th>"
    "<th class='n'>Coverage</th></tr>"
)
SCALE = f"0 is perfect; always saying 50{formats.NBSP}% earns 0.250."


def record_part(view: QuestionView, *, hidden: int = 0) -> None:
    """The whole record, latest first. Nothing in it is ever changed.

    ``hidden`` is how many entries of others the reader chose not to see yet.
    """
    if hidden:
        entries = formats.count(hidden, "entry of others is", "entries of others are")
        note(f"{formats.sentence_start(entries)} hidden until your forecast is in.")
    if not view.record and not hidden:
        note("No forecast was made on this question yet.")
    if not view.record:
        return
    ordered = sorted(view.record, key=lambda entry: (entry.made_at, entry.id), reverse=True)
    table(RECORD_HEAD, [_entry(entry, view) for entry in ordered])
    note(
        "Source: an author’s words as numbers. Retrospective: claimed for a time before it was "
        "recorded; left out of scores unless asked for."
    )
    record_line()


def scores_part(view: QuestionView, me: int | None) -> None:
    """The score of everyone on this question, once it is resolved."""
    days = "UTC" if view.zone == "UTC" else view.zone
    finding("How it scored", f"Brier, 0 to 1, mean over days ({days}); lower is better. {SCALE}")
    if not view.scores:
        note("No forecast stood on a scored day, so nobody is scored.")
        return
    uniform = view.scores[0].uniform
    rows = [_score(row, me) for row in view.scores]
    rows.append(
        fill(
            '<tr class="quiet"><td>Know-nothing</td><td class="n">{score}</td>'
            '<td class="n"></td><td class="n"></td></tr>',
            score=formats.score(uniform),
        )
    )
    table(SCORES_HEAD, rows)
    note("Low / high end: the score if the source’s words meant the ends of their range.")


def _entry(entry: ForecastView, view: QuestionView) -> Html:
    late = (entry.recorded_at - entry.made_at).total_seconds() >= 60
    recorded = f"recorded {formats.day(entry.recorded_at)}" if late else ""
    kind = {"live": "live", "source": "source", "retrospective": "retrospective"}[entry.cls]
    possibility = ", bare possibility, not scored" if entry.is_possibility else ""
    scale = f", read by {scale_name(entry.scale)}" if entry.scale else ""
    return fill(
        '<tr><td><span title="{iso}">{made}</span> <small>{recorded}</small></td>'
        '<td><bdi>{who}</bdi></td><td class="n">{what}</td>'
        '<td class="whole">{kind}{scale}{possibility}</td>'
        '<td class="wide">{confidence}</td><td class="wide"><bdi>{why}</bdi></td>'
        '<td class="n"><span title="{leaf}">{entry}</span></td></tr>',
        iso=formats.iso(entry.made_at),
        made=formats.day(entry.made_at),
        recorded=recorded,
        who=entry.forecaster,
        what=stated(entry, view.options),
        kind=kind,
        possibility=possibility,
        scale=scale,
        confidence=entry.confidence or formats.DASH,
        why=entry.rationale or (f"“{entry.hedge}”" if entry.hedge else ""),
        leaf=f"SHA-256 {entry.leaf}" if entry.leaf else "no act recorded it",
        entry=formats.DASH if entry.entry is None else f"{entry.entry:,}",
    )


def stated(entry: ForecastView, options: tuple[str, ...]) -> str:
    """What was forecast, in one line, with every digit stated."""
    if entry.withdrawn:
        return "withdrawn"
    if entry.quantiles:
        return ", ".join(f"{100 * level:g}%: {value:g}" for level, value in entry.quantiles)
    if len(options) > 2 or options not in ((), ("yes", "no")):
        named = zip(options, entry.probabilities, strict=False)
        return ", ".join(f"{name} {formats.exact_percent(share)}" for name, share in named)
    if entry.probability_low is not None and entry.probability_high is not None:
        reach = formats.percent_range(entry.probability_low, entry.probability_high)
        return f"{formats.exact_percent(entry.probabilities[0])} ({reach})"
    return formats.exact_percent(entry.probabilities[0])


def _score(row: ScoreRow, me: int | None) -> Html:
    mine = row.forecaster_kind == "person" and row.forecaster_id == me
    ends = (
        f"{row.at_low:.3f} / {row.at_high:.3f}"
        if row.at_low is not None and row.at_high is not None
        else formats.DASH
    )
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi></td><td class="n">{score}</td>'
        '<td class="n">{ends}</td><td class="n">{coverage}</td></tr>',
        kind="me" if mine else "other",
        name="You" if mine else row.forecaster,
        score=formats.score(row.score),
        ends=ends,
        coverage=formats.percent(row.coverage),
    )
