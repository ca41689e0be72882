"""Days as the reader's calendar has them, with the instant in UTC beside them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import formats
from dashboard.charts.history import history_chart
from dashboard.theme import LIGHT
from dashboard.widgets import dates
from dashboard.widgets.question.head import state_line
from forecasts.results.question import Line, QuestionView

TOKYO, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
EARLY, LATE = datetime(1971, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
instants = st.datetimes(
    min_value=EARLY.replace(tzinfo=None),
    max_value=LATE.replace(tzinfo=None),
    timezones=st.just(UTC),
)
zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)


@given(instants, zones)
def test_the_instant_stays_whatever_the_zone(instant: datetime, zone: ZoneInfo) -> None:
    shown = dates.when(instant.astimezone(zone))
    assert f'title="{formats.iso(instant)}"' in shown
    stamp = shown.split('datetime="')[1].split('"')[0]
    assert datetime.fromisoformat(stamp) == instant


@given(instants, zones)
def test_a_close_is_a_whole_day_only_where_the_day_ends(end: datetime, zone: ZoneInfo) -> None:
    local = end.astimezone(zone)
    whole = (local.hour, local.minute) in ((0, 0), (23, 59)) and (
        local.hour == 23 or (local.second, local.microsecond) == (0, 0)
    )
    assert ("," in formats.closing(local)) == (not whole)


def test_the_same_close_in_three_zones() -> None:
    close = datetime(2024, 8, 1, tzinfo=UTC)
    written = {
        zone: formats.closing(close.astimezone(zone)).replace(formats.NBSP, " ")
        for zone in (UTC, TOKYO, NEW_YORK)
    }
    assert written == {
        UTC: "31 Jul 2024",
        TOKYO: "1 Aug 2024, 09:00",
        NEW_YORK: "31 Jul 2024, 20:00",
    }


def test_every_instant_of_an_answer_is_moved_and_none_is_changed(
    question_view: Callable[..., QuestionView],
) -> None:
    late = datetime(2024, 7, 31, 20, tzinfo=UTC)
    line = Line("You", "me", (late, late + timedelta(days=3)), (0.2, 0.4))
    view = question_view((line,), row={"mine_at": late})
    moved = dates.in_zone(view, TOKYO)
    assert moved == view
    assert moved.lines[0].at[0].utcoffset() == timedelta(hours=9)
    assert (moved.row.mine_at.day, moved.row.mine_at.month) == (1, 8)
    back = dates.in_zone(moved, UTC)
    assert back.lines[0].at[0].utcoffset() == timedelta(0)


def test_the_chart_is_drawn_in_local_days_and_hovers_in_utc(
    question_view: Callable[..., QuestionView],
) -> None:
    late = datetime(2024, 7, 31, 20, tzinfo=UTC)
    view = dates.in_zone(question_view((Line("You", "me", (late,), (0.2,)),)), TOKYO)
    figure: Any = history_chart(view, now=late + timedelta(days=9), palette=LIGHT)
    (stated,) = [trace for trace in figure.data if trace.name == "You, stated"]
    assert "2024-08-01T05:00:00" in figure.to_json()
    assert stated.customdata == ("2024-07-31 20:00 UTC",)


def test_the_head_of_a_question_says_when_it_closes_here(
    question_view: Callable[..., QuestionView],
) -> None:
    now = datetime(2024, 11, 20, 12, tzinfo=UTC)
    said = state_line(dates.in_zone(question_view(), NEW_YORK), now).replace(formats.NBSP, " ")
    assert "30 Nov 2024, 19:00" in said
    assert 'title="2024-12-01 00:00 UTC"' in said
    assert said.endswith("in 10 days")


@pytest.mark.parametrize("named", [None, "", "Mars/Olympus", "../../etc/passwd"])
def test_a_zone_that_nobody_knows_is_utc(named: str | None) -> None:
    found = dates.zone_named(named)
    assert datetime(2024, 7, 1, tzinfo=UTC).astimezone(found).utcoffset() == timedelta(0)
