"""A forecaster on paper: how good, how calibrated, on which questions, and what stands now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from dashboard import formats, measure
from dashboard.charts.calibration_finding import verdict
from dashboard.charts.score_time import score_time_chart, score_time_numbers
from dashboard.reports.calibrating import calibration_sections
from dashboard.reports.settings import settings_section
from dashboard.reports.sheet import Report, chart, counted, facts, note, section, sheet, table
from dashboard.theme import LIGHT
from dashboard.widgets.forecasting.stated import stated_values
from dashboard.widgets.safe import Html, fill
from forecasts.results.reports import ForecasterReport, QuestionScore, Stamp, Standing
from forecasts.results.scores import Scoreboard, ScoreSeries
from forecasts.views.score_series import TRAILING

MONTHS = 24
"""Rows of the table of the score over time."""

SCORED_HEAD = Html(
    "<tr><th>Question</th><th>Outcome</th><th class='n'>Ended</th><th class='n'>Score</th>"
    "<th class='n'>Know-nothing</th><th class='n'>Coverage</th></tr>"
)
STANDING_HEAD = Html(
    "<tr><th>Question</th><th class='n'>Closes</th><th class='n'>Forecast</th>"
    "<th class='n'>Since</th></tr>"
)


def forecaster_sheet(report: ForecasterReport, board: Scoreboard, stamp: Stamp) -> Report:
    """One forecaster's record at ``stamp.made_at``; ``board`` is everyone's, for its settings."""
    covers = (
        f"All that is recorded of {report.name}"
        + (f" ({report.publisher})" if report.publisher else "")
        + f": forecasts on {formats.count(report.questions, 'question')}, "
        f"{report.scored_in_all:,} of them scored. Times are UTC."
    )
    role = "source" if report.kind == "source" else "me"
    return sheet(
        kind="report on a forecaster",
        title=_title(report),
        covers=covers,
        sections=[
            _score(report),
            *_over_time(report, board, role),
            *calibration_sections(report.calibration, role=role),
            _scored(report),
            _standing(report),
            settings_section(
                report.settings, calibrated=True, left_out=report.calibration.left_out
            ),
        ],
        stamp=stamp,
        file=f"forecaster-{report.id}",
    )


def _title(report: ForecasterReport) -> str:
    found = verdict(report.calibration)
    return (
        found if found.startswith(report.name) else f"{report.name}: {found[0].lower()}{found[1:]}"
    )


def _score(report: ForecasterReport) -> Html:
    said = [(formats.sentence_start(name), f"{number:,}") for name, number in report.said]
    row = report.row
    if row is None:
        return section("No score yet", measure.meaning(report.settings), facts(said))
    pairs = [
        ("Score", formats.score(row.score)),
        ("95 % interval", formats.interval(row.interval)),
        ("Know-nothing", f"{formats.score(row.uniform)} on the same questions"),
        ("Coverage", f"{formats.percent(row.coverage)} of the days, {row.days:,.0f} scored days"),
    ]
    if row.at_low is not None and row.at_high is not None:
        ends = f"{formats.score(row.at_low)} / {formats.score(row.at_high)}"
        pairs.append(("If low / high", f"{ends}, had the words meant the ends of their range"))
    if report.rank is not None:
        place, of = report.rank
        pairs.append(("Place", f"{place} of {of} scored on ten questions or more"))
    gap = measure.difference(row.score, row.uniform, report.settings)
    perhaps = "perhaps " if row.may_be_chance else ""
    title = f"{report.name} scored {formats.score(row.score)}, {perhaps}{gap} than a know-nothing"
    return section(title, measure.meaning(report.settings), facts([*pairs, *said]))


def _over_time(report: ForecasterReport, board: Scoreboard, role: str) -> list[Html]:
    series = report.series
    if series is None or len(series.at) < 2:
        return []
    # A line of its own colour, and no other beside it.
    alone = replace(series, role="source" if role == "source" else "me")
    narrowed = replace(board, series=(alone,))
    count = formats.count(series.questions[-1], "question")
    ends = month_ends(alone)
    months = _points(ends, range(len(ends.at))[-MONTHS:])
    latest = f", the last {MONTHS}" if len(ends.at) > MONTHS else ""
    return [
        chart(
            score_time_chart(narrowed, palette=LIGHT),
            score_time_numbers(replace(narrowed, series=(months,))),
            title=f"{formats.score(series.value[-1])} over the last {count}, "
            f"{formats.score(series.value[0])} at first",
            under=f"{measure.unit(report.settings)}; mean over the last {TRAILING} questions that "
            "ended.",
            name="time",
            rows=f"As it stood at the end of each month in which a question ended{latest}.",
        )
    ]


def month_ends(series: ScoreSeries) -> ScoreSeries:
    """The last point of each month (UTC): as the score stood when the month was over."""
    months = [(at.year, at.month) for at in (at.astimezone(UTC) for at in series.at)]
    last = [place for place, one in enumerate(months) if one not in months[place + 1 : place + 2]]
    return _points(series, last)


def _points(series: ScoreSeries, places: Sequence[int]) -> ScoreSeries:
    return replace(
        series,
        at=tuple(series.at[place] for place in places),
        value=tuple(series.value[place] for place in places),
        questions=tuple(series.questions[place] for place in places),
    )


def _scored(report: ForecasterReport) -> Html:
    if not report.scored:
        return Html("")
    better = sum(report.settings.lead(one.score, one.uniform) > 0 for one in report.scored)
    title = f"Better than a know-nothing on {better:,} of {len(report.scored):,} questions"
    return section(
        title,
        f"{measure.unit(report.settings)}, on each question; the last to end first.",
        table(SCORED_HEAD, [_scored_row(one) for one in report.scored]),
        counted(len(report.scored), report.scored_in_all, "earlier question"),
    )


def _scored_row(one: QuestionScore) -> Html:
    return fill(
        "<tr><td>{id} <bdi>{title}</bdi></td><td><bdi>{outcome}</bdi></td><td class='n'>{ended}"
        "</td><td class='n'><b>{score}</b></td><td class='n'>{uniform}</td>"
        "<td class='n'>{coverage}</td></tr>",
        id=one.question_id,
        title=one.title,
        outcome=one.outcome,
        ended=formats.day(one.ended_at),
        score=formats.score(one.score),
        uniform=formats.score(one.uniform),
        coverage=formats.percent(one.coverage),
    )


def _standing(report: ForecasterReport) -> Html:
    if not report.standing:
        return section("Nothing stands", "", note("No forecast on a question without an outcome."))
    return section(
        f"{formats.sentence_start(formats.count(report.standing_in_all, 'forecast'))} stand"
        + ("s" if report.standing_in_all == 1 else ""),
        "On questions without an outcome, the first to close first.",
        table(STANDING_HEAD, [_standing_row(one) for one in report.standing]),
        counted(len(report.standing), report.standing_in_all, "forecast"),
    )


def _standing_row(one: Standing) -> Html:
    return fill(
        "<tr><td>{id} <bdi>{title}</bdi></td><td class='n'>{closes}</td>"
        "<td class='n'><bdi>{said}</bdi></td><td class='n'>{since}</td></tr>",
        id=one.question_id,
        title=one.title,
        closes=formats.closing(one.closes_at),
        said=stated_values(one.probabilities, one.quantiles, one.options),
        since=formats.day(one.made_at),
    )
