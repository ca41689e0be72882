"""A question on paper: what it asks, how it was forecast, how it came out, and who was right."""

from collections.abc import Sequence
from datetime import datetime

from dashboard import formats
from dashboard.charts.daily_score import (
    daily_chart,
    daily_finding,
    daily_subtitle,
)
from dashboard.charts.evidence import numbered_evidence
from dashboard.charts.history import history_chart
from dashboard.charts.history_finding import history_finding, history_subtitle
from dashboard.charts.history_number import number_chart, number_finding, number_subtitle
from dashboard.charts.history_numbers import history_numbers
from dashboard.reports.settings import NUMBER, Pairs, settings_section
from dashboard.reports.sheet import (
    Report,
    address,
    chart,
    counted,
    facts,
    note,
    said,
    section,
    sheet,
    table,
)
from dashboard.theme import LIGHT
from dashboard.widgets.question.daily import HEAD, stretch_rows
from dashboard.widgets.question.record_rows import (
    record_head,
    record_rows,
    score_table,
    scores_under,
)
from dashboard.widgets.safe import Html, joined
from forecasts.results.daily import DailyScores
from forecasts.results.question import NoteView, QuestionView, ResolutionView
from forecasts.results.reports import Stamp
from forecasts.results.scores import ScoreSettings

SHOWN = 300
"""Forecasts of the record that are printed; the others are counted."""


def question_sheet(
    view: QuestionView, daily: DailyScores | None, stamp: Stamp, board: Sequence[Html] = ()
) -> Report:
    """One question as its page shows it to nobody in particular, at ``stamp.made_at``.

    ``view`` is that of no reader (``me`` None); ``daily`` is the score of whoever scored best;
    ``board`` is what there is of a scenario set besides.
    """
    people = len({entry.forecaster_id for entry in view.record})
    covers = (
        f"Question {view.row.id}. {_state(view, stamp.made_at)}. Everything recorded about it: "
        f"{formats.count(len(view.record), 'forecast')} by "
        f"{formats.count(people, 'forecaster')}, "
        f"{formats.count(len(view.evidence), 'piece', 'pieces')} of evidence, "
        f"{formats.count(len(view.comments), 'comment')}. Times are UTC."
    )
    sections = [
        _asked(view),
        *board,
        _history(view, stamp.made_at),
        *_outcomes(view),
        *_scores(view),
        *_days(view, daily),
        _record(view),
        _notes("Evidence", view.evidence),
        _notes("Comments", view.comments),
        _settings(view),
    ]
    return sheet(
        kind="report on a question",
        title=view.row.title,
        covers=covers,
        sections=sections,
        stamp=stamp,
        file=f"question-{view.row.id}",
    )


def _state(view: QuestionView, now: datetime) -> str:
    row = view.row
    if row.status in ("resolved", "annulled") and view.resolutions:
        return f"It came out: {_outcome(view, view.resolutions[-1])}"
    if row.status == "annulled":
        return "Annulled: its condition was not met"
    if row.status == "upcoming":
        return f"It opens {formats.day(row.opens_at)}"
    if row.status == "closed":
        return f"It closed {formats.closing(row.closes_at)} and waits for its outcome"
    return f"Open, closes {formats.closing(row.closes_at)}, {formats.in_days(row.closes_at, now)}"


def _outcome(view: QuestionView, version: ResolutionView) -> str:
    """What a version says, and since when it is known."""
    known = formats.known_date(version.known_at, version.known_precision)
    held = version.outcome
    what = version.state if held is None else formats.outcome(held, view.row.kind)
    return f"{what}, known {known}"


def _asked(view: QuestionView) -> Html:
    row = view.row
    pairs: Pairs = [("Criteria", view.criteria)]
    pairs += [
        (f"Clarified {formats.day(entry.recorded_at)}", entry.text) for entry in view.clarifications
    ]
    pairs += [("Background", view.background)] if view.background else []
    pairs += [("Settled by", view.resolution_source)] if view.resolution_source else []
    pairs.append(("Open", f"{formats.day(row.opens_at)} to {formats.closing(row.closes_at)}"))
    if view.base_rate is not None:
        rate = formats.exact_percent(view.base_rate)
        pairs.append(("Base rate", f"{rate}: {view.base_rate_class or ''}"))
    if view.parent_id is not None:
        pairs.append(("Only if", f"{view.parent_title} = {view.parent_outcome}"))
    if row.tags:
        pairs.append(("Tags", ", ".join(row.tags)))
    if view.article is not None:
        who = view.article.publisher or view.article.author or ""
        day = formats.partial_date(view.article.published)
        pairs.append(("Article", f"{view.article.title} ({who}, {day})"))
        pairs += [("Address", address(view.article.url))] if view.article.url else []
    if view.statement is not None:
        pairs.append(("Statement", f"“{view.statement.quote}” ({view.statement.speaker})"))
    return section("What is asked", "", facts(pairs))


def _history(view: QuestionView, now: datetime) -> Html:
    numeric = view.row.kind == "numeric"
    finding = number_finding(view, reader=False) if numeric else history_finding(view, reader=False)
    draw = number_chart if numeric else history_chart
    drawn = chart(
        draw(view, now=now, palette=LIGHT),
        history_numbers(view),
        title=finding,
        under=number_subtitle(view) if numeric else history_subtitle(view),
        name="history",
    )
    marks = [
        f"[{number}] {formats.day(at)}: {entry.text}"
        for number, at, entry in numbered_evidence(view)
    ]
    return joined([drawn, note(*marks)])


def _outcomes(view: QuestionView) -> list[Html]:
    """How it came out, the version that holds first, then what held before it."""
    if not view.resolutions:
        return []
    pieces = []
    for version in reversed(view.resolutions):
        by = (
            f"Version {version.version}: {_outcome(view, version)}; recorded by "
            f"{version.recorded_by} on {formats.day(version.recorded_at)}."
        )
        why = f" Corrected: {version.reason}" if version.reason else ""
        pieces.append(said(version.evidence, by + why, version.source_url))
    return [section(f"It came out: {_outcome(view, view.resolutions[-1])}", "", *pieces)]


def _scores(view: QuestionView) -> list[Html]:
    head, rows = score_table(view, None)
    if not rows:
        return []
    first = (view.number_scores or view.scores)[0]
    title = f"The lowest error is {first.forecaster}’s"
    return [section(title, scores_under(view), table(head, rows))]


def _days(view: QuestionView, daily: DailyScores | None) -> list[Html]:
    if daily is None:
        return []
    drawn = chart(
        daily_chart(daily, mine=False, palette=LIGHT),
        None,
        title=daily_finding(daily, mine=False),
        under=daily_subtitle(daily),
        name="days",
    )
    return [joined([drawn, table(HEAD, stretch_rows(daily, view.options))])]


def _record(view: QuestionView) -> Html:
    if not view.record:
        return section("The record", "", note("No forecast was made on this question yet."))
    rows = table(record_head(view), record_rows(view, limit=SHOWN))
    return section(
        "The record",
        "Every forecast, the latest first, with its number in the log. Retrospective: claimed for "
        "a time before it was recorded, and not scored.",
        rows,
        counted(SHOWN, len(view.record), "earlier forecast"),
    )


def _notes(title: str, notes: tuple[NoteView, ...]) -> Html:
    if not notes:
        return Html("")
    return section(
        title,
        "",
        *(
            said(
                entry.text,
                f"{entry.recorded_by}, {formats.day(entry.recorded_at)}"
                + (f", dated {formats.partial_date(entry.dated)}" if entry.dated else ""),
                entry.url,
            )
            for entry in notes
        ),
    )


def _settings(view: QuestionView) -> Html:
    found = settings_section(ScoreSettings(zone=view.zone), calibrated=False)
    if view.row.kind != "numeric":
        return found
    return section("Settings", "", facts([("Rule", NUMBER), ("Days", view.zone)]))
