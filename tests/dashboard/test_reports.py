"""Reports of the rich record, of hostile text, and on paper."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import hostile
import pytest
from hostile import ADDRESS, ALL, STRINGS
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pypdf import PdfReader
from sqlmodel import Session

from dashboard.reports import printing
from dashboard.reports.forecaster import month_ends
from dashboard.reports.making import of_forecaster, of_period, of_question
from dashboard.reports.printing import NotPrinted, pdf
from dashboard.widgets.safe import visible
from forecasts import clock
from forecasts.errors import InvalidInput, NotFound
from forecasts.results.scores import ScoreSeries
from forecasts.services.forecasts import record_forecast
from forecasts.services.indicators import link_indicator
from forecasts.services.notes import comment
from forecasts.services.questions import ask_question
from forecasts.services.scenarios import make_scenario_set, set_prior
from forecasts.views.exported import head
from forecasts.views.questions import question_list
from forecasts.views.report_forecaster import find_forecaster
from forecasts.views.scores import scoreboard
from forecasts.views.scoring import settings_of

TAGS = re.compile(
    "html|head|meta|title|style|body|main|header|section|footer|div|p|h1|h2|b|bdi|small|span|a|dl|"
    "dt|dd|q|br|table|thead|tbody|tr|th|td|svg|clippath|rect|g|path|line|circle|text|tspan|time"
)
ATTRIBUTES = re.compile(
    "lang|charset|http-equiv|content|name|class|title|href|rel|scope|rowspan|tabindex|datetime|role|aria-label|"
    "viewbox|xmlns|id|x|y|x1|y1|x2|y2|width|height|cx|cy|r|d|fill|stroke|stroke-width|"
    "stroke-dasharray|stroke-linejoin|opacity|font-size|font-weight|text-anchor|clip-path"
)


def words(page: str) -> str:
    """What a reader sees, on one line."""
    (body,) = html.fromstring(page).xpath("//main")
    return " ".join(body.text_content().split()).replace("\u00a0", " ")


def reports(session: Session, now: Any, questions: list[int], people: list[int]) -> list[str]:
    last = now.date()
    made = [of_question(session, key, now=now) for key in questions]
    made += [of_forecaster(session, key, now=now) for key in people]
    made.append(of_period(session, last - timedelta(days=400), last, now=now))
    assert len({report.file for report in made}) == len(made)
    return [report.html for report in made]


def assert_quiet(page: str) -> None:
    """Nothing in it runs, nothing in it asks anybody for anything."""
    root = html.fromstring(page)
    for element in root.iter():
        assert TAGS.fullmatch(element.tag), element.tag
        assert all(ATTRIBUTES.fullmatch(name) for name in element.attrib), element.attrib
        link = element.get("href")
        assert link is None or re.match(r"https?://", link), link
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
    styles = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
    assert set(re.findall(r"url\((.{5})", styles)) == {"data:"}
    assert "@import" not in styles


def test_hostile_text_is_text_in_every_report(file_desk: Any) -> None:
    now = clock.now()
    ids = hostile.fill(file_desk.engine, now, "admin")
    questions = [ids[name] for name in ("binary", "choice", "number", "child", "futures")]
    with Session(file_desk.engine) as session:
        rows = question_list(session, me=None, now=now)
        settled = next(row.id for row in rows if row.outcome == "yes")
        board = scoreboard(session, now=now)
        people = [board.sources[0].forecaster_id, find_forecaster(session, f"login {STRINGS[3]}")]
        pages = reports(session, now, [*questions, settled], people)
    for page in pages:
        assert_quiet(page)
    shown = [words(page) for page in pages]
    for text in STRINGS:
        assert " ".join(visible(text).split()).replace("\u00a0", " ") in shown[0]
    assert all(ALL[:20] in text for text in (shown[0], shown[3]))
    assert "can tell the scenarios apart" in shown[4]
    assert ADDRESS in shown[0]


def test_a_report_says_what_it_covers_its_settings_and_its_record(rich: Any) -> None:
    with Session(rich.engine) as session:
        rows = question_list(session, me=None, now=rich.now)
        board = scoreboard(session, now=rich.now)
        person = board.people[0]
        pages = reports(session, rich.now, [row.id for row in rows[:25]], [person.forecaster_id])
        size, root = head(session)
    for page in pages:
        text = words(page)
        assert f"{size:,} entries" in text
        assert root.hex() in text
        assert "No checkpoint of it was signed yet." in text
        assert "lower is better" in text
        assert "Settings" in text
        assert_quiet(page)
    *asked, who, period = (words(page) for page in pages)
    for row, text in zip(rows, asked, strict=False):
        assert row.title.split("\u2028")[0] in text
    assert f"{person.score:.3f}" in who
    assert f"{person.uniform:.3f} on the same questions" in who
    assert "90 % consistency band" in who
    assert "skip" not in who
    assert f"{person.score:.3f}" in period
    assert "questions whose scheduled close lies in the period" in period


def test_the_table_below_a_chart_has_its_numbers(seeded: Any) -> None:
    with Session(seeded.engine) as session:
        rows = question_list(session, me=None, now=seeded.now)
        key = next(row.id for row in rows if row.source is not None)
        page = of_question(session, key, now=seeded.now).html
    source = next(row.source for row in rows if row.id == key)
    assert source is not None
    (chart,) = html.fromstring(page).xpath("//*[@class='fd-chart'][1]/following-sibling::table[1]")
    assert f"{100 * source:.6g} %" in " ".join(chart.text_content().split()).replace("\u00a0", " ")
    # One step line, its dots, and the evidence; the drawing is there without a script.
    assert "<script" not in page
    assert 'stroke-dasharray="none"' in page


@given(st.sets(st.integers(0, 24 * 1000), min_size=1))
def test_month_ends_are_the_last_points_of_their_months(hours: set[int]) -> None:
    first = datetime(2022, 1, 1, tzinfo=UTC)
    at = tuple(first + timedelta(hours=one) for one in sorted(hours))
    numbers = tuple(range(len(at)))
    found = month_ends(ScoreSeries("ana", "me", at, numbers, numbers))
    months = [(one.year, one.month) for one in found.at]
    assert months == sorted({(one.year, one.month) for one in at})
    for when, value in zip(found.at, found.value, strict=True):
        assert at[int(value)] == when
        assert all((one.year, one.month) != (when.year, when.month) for one in at if one > when)


def test_forecasters_are_found_and_refusals_say_why(rich: Any) -> None:
    with Session(rich.engine) as session:
        ana = find_forecaster(session, "ana")
        assert find_forecaster(session, str(ana)) == ana == find_forecaster(session, "ANA")
        with pytest.raises(NotFound, match="forecaster nobody"):
            find_forecaster(session, "nobody")
        with pytest.raises(NotFound, match="forecaster 999"):
            of_forecaster(session, 999, now=rich.now)
        with pytest.raises(NotFound, match="question 999"):
            of_question(session, 999, now=rich.now)
        with pytest.raises(InvalidInput, match="the last day lies before the first"):
            of_period(session, date(2024, 2, 1), date(2024, 1, 1), now=rich.now)


def test_a_report_without_the_others_tells_nothing_of_them(file_desk: Any, draft: Any) -> None:
    key = file_desk.do(ask_question, draft=draft()).id
    for who in ("bob", "eve"):
        file_desk.do(
            record_forecast, by=who, question_id=key, probability=0.81, rationale=f"So says {who}."
        )
        file_desk.do(comment, by=who, question_id=key, text=f"{who} thinks so.")
    now = file_desk.later(days=1).now
    with Session(file_desk.engine) as session:
        full = words(of_question(session, key, now=now).html)
        own = words(of_question(session, key, now=now, without_others=True).html)
    for given_away in ("bob", "eve", "81 %"):
        assert given_away in full
        assert given_away not in own


def test_a_set_is_reported_with_its_futures_what_they_imply_and_what_to_watch(
    file_desk: Any, draft: Any
) -> None:
    key = file_desk.do(make_scenario_set, draft=draft(options=("war",)), narratives={"war": "It."})
    file_desk.do(set_prior, set_id=key.id, probabilities=[0.25, 0.75], note="A guess.")
    other = file_desk.do(ask_question, draft=draft(title="Will it rain?")).id
    likely = {"war": (0.9, None), "something else": (0.2, None)}
    file_desk.do(link_indicator, set_id=key.id, question_id=other, likelihoods=likely)
    file_desk.do(record_forecast, by="bob", question_id=other, probability=0.9)
    now = file_desk.later(days=3).now
    with Session(file_desk.engine) as session:
        full = of_question(session, key.id, now=now).html
        own = words(of_question(session, key.id, now=now, without_others=True).html)
    assert_quiet(full)
    implied = 0.9 * 0.225 / 0.375 + 0.1 * 0.025 / 0.625  # Jeffrey's rule
    for said in (
        "warIt.",
        "A guess.",
        "The indicators make “war” likeliest: 54 %",
        f"war—{100 * implied:.0f} %25 %",
        "Next hour: “Will it rain?”",
        "yes (90 %)",
        "open; counts by the crowd's median",
        "Settings",
    ):
        assert said in words(full)
    assert "What others forecast is left out." in own
    assert "war—25 %25 %" in own


def test_chromium_prints_it_and_without_one_a_line_says_so(
    rich: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    with Session(rich.engine) as session:
        report = of_question(session, 1, now=rich.now)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(report.html))
    pages = PdfReader(path).pages
    text = " ".join(page.extract_text() for page in pages)
    assert "Will it close?" in " ".join(text.split())
    assert f"1 / {len(pages)}" in text
    monkeypatch.setattr(printing, "NAMES", ("no-such-browser",))
    monkeypatch.delenv("CHROMIUM", raising=False)
    with pytest.raises(NotPrinted, match="neither Chromium nor Chrome was found"):
        pdf(report.html)
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexit 7\n")
    silent.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(silent))
    with pytest.raises(NotPrinted, match="silent ended with status 7"):
        pdf(report.html)


def test_reports_are_scored_by_the_settings_chosen_and_say_so(rich: Any) -> None:
    chosen = settings_of(
        retrospective=True,
        possibilities=False,
        rule="spherical_score",
        clock="continuous",
        before_first="uniform",
    )
    with Session(rich.engine) as session:
        board = scoreboard(session, now=rich.now, settings=chosen)
        person = next(row for row in board.people if row.forecaster == "bob")
        last = rich.now.date()
        pages = [
            of_forecaster(session, person.forecaster_id, now=rich.now, settings=chosen),
            of_period(session, last - timedelta(days=400), last, now=rich.now, settings=chosen),
        ]
    for page in (words(report.html) for report in pages):
        assert f"{person.score:.3f}" in page
        assert "Spherical score, 0 to 1, higher is better: 1 is perfect" in page
        assert "earns 0.707" in page
        assert "exactly as long as it stood" in page
        assert "scored as equal odds on every option" in page
        assert "retrospective ones, claimed for an earlier time" in page
        assert "retrospective forecasts, not scored" not in page.lower()
        assert "Brier score, 0 to" not in page
        assert "ordered categories" not in page
