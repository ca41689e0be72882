"""The forecasts and the scores of a question as rows of tables."""

from dashboard import formats
from dashboard.widgets.dates import when
from dashboard.widgets.forecasting.stated import stated
from dashboard.widgets.safe import Html, fill
from dashboard.widgets.scale import scale_name
from forecasts.results.daily import NumberScore
from forecasts.results.question import ForecastView, QuestionView
from forecasts.results.scores import ScoreRow

ENDS_HEAD = Html(
    "<tr><th>Forecaster</th><th class='n'>Score</th><th class='n'>Low / high end</th>"
    "<th class='n'>Coverage</th></tr>"
)
SCORES_HEAD = Html(
    "<tr><th>Forecaster</th><th class='n'>Score</th><th class='n'>Coverage</th></tr>"
)


def record_head(view: QuestionView) -> Html:
    """The head of the record; a single number stands at the right of its column."""
    return fill(
        "<tr><th>Made</th><th>Forecaster</th><th class='{side}'>Forecast</th>"
        "<th class='wide'>Kind</th><th class='wide'>Confidence</th>"
        "<th class='wide'>Why</th><th class='n'>Entry</th></tr>",
        side=_side(view),
    )


def _side(view: QuestionView) -> str:
    return "n" if view.row.kind == "binary" else "said"


def record_rows(view: QuestionView, *, limit: int | None = None) -> list[Html]:
    """Every forecast, or the last ``limit``, the latest first."""
    ordered = sorted(view.record, key=lambda entry: (entry.made_at, entry.id), reverse=True)
    return [_entry(entry, view) for entry in ordered[:limit]]


def scores_under(view: QuestionView) -> str:
    """Measure, range and direction of a question's scores, and what a know-nothing earns."""
    days = f"mean over days ({view.zone}); lower is better, 0{formats.NBSP}is perfect"
    if view.row.kind == "numeric":
        unit = f", {view.unit}" if view.unit else ""
        return f"Quantile score in the number’s own unit{unit}, {days}."
    if view.row.kind == "binary":
        return f"Brier, 0 to 1, {days}; always saying 50{formats.NBSP}% earns 0.250."
    ordered = " for ordered options" if view.row.kind == "ordered" else ""
    return f"Brier{ordered}, 0 to 1, {days}."


def score_table(view: QuestionView, me: int | None) -> tuple[Html, list[Html]]:
    """Head and rows of everyone's scores, best first; no rows where nobody is scored."""
    if view.row.kind == "numeric":
        return SCORES_HEAD, [_number(row, me, view.unit) for row in view.number_scores]
    if not view.scores:
        return SCORES_HEAD, []
    ends = has_ends(view)
    know_nothing = fill(
        '<tr class="quiet"><td>Know-nothing</td><td class="n">{score}</td>{ends}'
        '<td class="n"></td></tr>',
        score=formats.score(view.scores[0].uniform),
        ends=Html("<td></td>") if ends else Html(""),
    )
    rows = [_score(row, me, ends=ends) for row in view.scores]
    return ENDS_HEAD if ends else SCORES_HEAD, [*rows, know_nothing]


def has_ends(view: QuestionView) -> bool:
    """Whether a score is known at the ends of the range that a source's words stand for."""
    return any(row.at_low is not None and row.at_high is not None for row in view.scores)


def _entry(entry: ForecastView, view: QuestionView) -> Html:
    late = (entry.recorded_at - entry.made_at).total_seconds() >= 60
    recorded = fill("recorded {day}", day=when(entry.recorded_at)) if late else ""
    kind = {"live": "live", "source": "source", "retrospective": "retrospective"}[entry.cls]
    possibility = ", bare possibility, not scored" if entry.is_possibility else ""
    why = entry.rationale or (f"“{entry.hedge}”" if entry.hedge else "")
    scale = f", read by {scale_name(entry.scale)}" if entry.scale else ""
    return fill(
        "<tr><td>{made} <small>{recorded}</small></td>"
        '<td><bdi>{who}</bdi><small class="narrow">{kind}{scale}{possibility}</small>'
        "{aside}</td>"
        '<td class="{side}"><bdi>{what}</bdi></td>'
        '<td class="whole wide">{kind}{scale}{possibility}</td>'
        '<td class="wide">{confidence}</td><td class="wide"><bdi>{why}</bdi></td>'
        '<td class="n"><span title="{leaf}">{entry}<small class="wide">{receipt}</small></span>'
        "</td></tr>",
        made=when(entry.made_at),
        recorded=recorded,
        who=entry.forecaster,
        side=_side(view),
        what=stated(entry, view.options),
        kind=kind,
        possibility=possibility,
        scale=scale,
        confidence=entry.confidence or formats.DASH,
        why=why,
        aside=fill('<small class="narrow"><bdi>{why}</bdi></small>', why=why) if why else Html(""),
        leaf=f"SHA-256 {entry.leaf}" if entry.leaf else "no act recorded it",
        entry=formats.DASH if entry.entry is None else f"{entry.entry:,}",
        receipt=f" · {entry.leaf[:8]}" if entry.leaf else "",
    )


def _score(row: ScoreRow, me: int | None, *, ends: bool) -> Html:
    mine = row.forecaster_kind == "person" and row.forecaster_id == me
    reach = (
        f"{row.at_low:.3f} / {row.at_high:.3f}"
        if row.at_low is not None and row.at_high is not None
        else formats.DASH
    )
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi></td><td class="n">{score}</td>{ends}'
        '<td class="n">{coverage}</td></tr>',
        kind="me" if mine else "other",
        name="You" if mine else row.forecaster,
        score=formats.score(row.score),
        ends=fill('<td class="n">{reach}</td>', reach=reach) if ends else Html(""),
        coverage=formats.percent(row.coverage),
    )


def _number(row: NumberScore, me: int | None, unit: str | None) -> Html:
    mine = row.forecaster_kind == "person" and row.forecaster_id == me
    return fill(
        '<tr class="{kind}"><td><bdi>{name}</bdi></td><td class="n">{score}</td>'
        '<td class="n">{coverage}</td></tr>',
        kind="me" if mine else "other",
        name="You" if mine else row.forecaster,
        score=formats.quantity(row.score, unit),
        coverage=formats.percent(row.coverage),
    )
