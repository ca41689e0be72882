"""A period on paper: what was asked, said and settled, and who was right."""

from dashboard import formats, measure
from dashboard.charts.score_intervals import (
    intervals_chart,
    intervals_finding,
    intervals_numbers,
)
from dashboard.reports.calibrating import calibration_sections
from dashboard.reports.settings import settings_section
from dashboard.reports.sheet import Report, chart, counted, facts, note, section, sheet, table
from dashboard.theme import LIGHT
from dashboard.widgets.safe import Html, fill
from forecasts.results.questions import QuestionRow
from forecasts.results.reports import PeriodReport, Settled, Stamp
from forecasts.results.scores import ScoreRow, ScoreSettings

SETTLED_HEAD = Html(
    "<tr><th>Question</th><th>Outcome</th><th class='n'>Known</th>"
    "<th class='n'>Crowd at the end</th><th class='n'>Source</th></tr>"
)
WAITING_HEAD = Html("<tr><th>Question</th><th class='n'>Closed</th></tr>")
WHICH = "Settled questions whose scheduled close lies in the period."


def period_sheet(report: PeriodReport, stamp: Stamp) -> Report:
    """What happened in a period, as the record has it at ``stamp.made_at``."""
    span = f"{formats.day(report.first)} to {formats.day(report.last)}"
    settled = formats.count(report.settled_in_all, "question")
    return sheet(
        kind="report on a period",
        title=f"{span}: {settled} settled",
        covers=f"{span}, both days included, UTC. Scores and calibration are of settled questions "
        "whose scheduled close lies in the period: by their actual end, questions that resolved "
        "yes early would be picked for having done so.",
        sections=[
            section(
                "What was recorded",
                "",
                facts(
                    [(formats.sentence_start(name), f"{n:,}") for name, n in report.counts],
                    wide=True,
                ),
            ),
            *_scores("people", report.people, report.settings),
            *_scores("sources", report.sources, report.settings),
            *calibration_sections(report.calibration, role="crowd"),
            _settled(report),
            _waiting(report.waiting),
            settings_section(report.settings, calibrated=True, left_out=report.left_out),
        ],
        stamp=stamp,
        file=f"period-{report.first.isoformat()}-{report.last.isoformat()}",
    )


def _scores(name: str, rows: tuple[ScoreRow, ...], settings: ScoreSettings) -> list[Html]:
    if not rows:
        return []
    who = "Persons and models" if name == "people" else "Sources, by their own statements"
    return [
        chart(
            intervals_chart(rows, settings, palette=LIGHT),
            intervals_numbers(rows),
            title=intervals_finding(rows, settings),
            under=f"{who}. {measure.meaning(settings)} Small dot: a know-nothing on the same "
            f"questions. {WHICH}",
            name=name,
        )
    ]


def _settled(report: PeriodReport) -> Html:
    if not report.settled:
        return section("No outcome became known", "", note("No question was settled then."))
    return section(
        f"{formats.sentence_start(formats.count(report.settled_in_all, 'outcome'))} became known",
        "Questions whose outcome became known in the period, the latest first; probabilities of "
        "yes, %.",
        table(SETTLED_HEAD, [_settled_row(one) for one in report.settled]),
        counted(len(report.settled), report.settled_in_all, "question"),
    )


def _settled_row(one: Settled) -> Html:
    row = one.row
    return fill(
        "<tr><td>{id} <bdi>{title}</bdi></td><td><bdi>{outcome}</bdi></td><td class='n'>{known}"
        "</td><td class='n'>{crowd}</td><td class='n'>{source}</td></tr>",
        id=row.id,
        title=row.title,
        outcome=formats.outcome(row.outcome, row.kind) if row.outcome else one.state,
        known=formats.known_date(one.known_at, one.known_precision),
        crowd=_share(row.crowd),
        source=_share(row.source),
    )


def _share(value: float | None) -> str:
    return formats.DASH if value is None else formats.percent(value)


def _waiting(rows: tuple[QuestionRow, ...]) -> Html:
    if not rows:
        return Html("")
    waiting = [
        fill(
            "<tr><td>{id} <bdi>{title}</bdi></td><td class='n'>{closed}</td></tr>",
            id=row.id,
            title=row.title,
            closed=formats.closing(row.closes_at),
        )
        for row in rows
    ]
    closed = formats.count(len(rows), "question")
    return section(
        f"{formats.sentence_start(closed)} closed and still without an outcome",
        "",
        table(WAITING_HEAD, waiting),
    )
