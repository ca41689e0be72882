"""The engine against the readable definitions, and against a count of days by brute force."""

import math
import statistics
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from forecasts.maths.engine import (
    AGGREGATES,
    NEVER,
    Forecasts,
    Questions,
    Settings,
    score_all,
    time_averages,
)
from forecasts.maths.panel import read_panel
from forecasts.maths.pooling import pool
from forecasts.maths.relative import baseline_score, peer_score, relative_brier
from forecasts.maths.rules import score
from forecasts.maths.timeline import History
from forecasts.maths.windows import window_scores

HOUR = 3_600_000_000
BASE = 1_709_251_200_000_000  # 2024-03-01
ZONES = (UTC, ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo"), ZoneInfo("Asia/Kathmandu"))

percent = st.integers(0, 100).map(lambda n: n / 100)


def shares(k):
    if k == 2:
        return percent.map(lambda p: [p, 1 - p])
    counts = st.lists(st.integers(0, 4), min_size=k, max_size=k).filter(any)
    return counts.map(lambda c: [n / sum(c) for n in c])


# Whole hours, so that rows coincide with each other, with day ends and with window edges.
def tables(k):
    row = st.tuples(
        st.integers(0, 2),  # question
        st.integers(0, 4),  # forecaster
        st.integers(-30, 130),  # hour
        st.one_of(st.none(), shares(k), shares(k), shares(k)),
        st.one_of(st.none(), st.none(), st.integers(0, 60)),
    )
    question = st.tuples(
        st.integers(-24, 24),
        st.integers(1, 100),
        st.integers(0, 40),
        st.integers(0, k - 1),
        st.sampled_from(ZONES),
    )
    return st.tuples(
        st.just(k),
        st.lists(question, min_size=3, max_size=3),
        st.lists(row, min_size=1, max_size=40),
    )


table = st.sampled_from([2, 2, 3, 5]).flatmap(tables)
any_settings = st.builds(
    Settings,
    rule=st.sampled_from(["brier", "ordered_brier", "log_score", "spherical_score"]),
    scale=st.sampled_from([1, 2]),
    clock=st.sampled_from(["daily", "continuous"]),
    before_first=st.sampled_from(["skip", "uniform", "crowd"]),
    clip=st.sampled_from([0.001, 0.01]),
)


def columns(k, asked, said):
    questions = Questions(
        opens=[BASE + opens * HOUR for opens, *_ in asked],
        ends=[BASE + (opens + length) * HOUR for opens, length, *_ in asked],
        closes=[BASE + (opens + length + later) * HOUR for opens, length, later, *_ in asked],
        outcome=[outcome for *_, outcome, _ in asked],
        zones=tuple(zone for *_, zone in asked),
    )
    p = np.array([[7.0] * k if p is None else p for _, _, _, p, _ in said])
    forecasts = Forecasts(
        question=[q for q, *_ in said],
        forecaster=[f for _, f, *_ in said],
        made=[BASE + hour * HOUR for _, _, hour, *_ in said],
        probabilities=p[:, 0] if k == 2 else p,
        withdrawn=[p is None for *_, p, _ in said],
        expires=[
            NEVER if wait is None else BASE + (hour + wait) * HOUR for _, _, hour, _, wait in said
        ],
    )
    return questions, forecasts


def history(k, rows):
    rows = sorted(rows, key=lambda row: row[2])
    return History(
        made=[BASE + hour * HOUR for _, _, hour, *_ in rows],
        probabilities=np.array([[np.nan] * k if p is None else p for _, _, _, p, _ in rows]),
        withdrawn=[p is None for *_, p, _ in rows],
        expires=[
            NEVER if wait is None else BASE + (hour + wait) * HOUR for _, _, hour, _, wait in rows
        ],
    )


def panel_of(k, asked, said, q, settings):
    opens, length, later, _, zone = asked[q]
    who = sorted({f for question, f, *_ in said if question == q})
    histories = [history(k, [r for r in said if r[:2] == (q, f)]) for f in who]
    start, end = BASE + opens * HOUR, BASE + (opens + length) * HOUR
    panel = read_panel(
        histories, opens=start, ends=end, closes=end + later * HOUR, clock=settings.clock, zone=zone
    )
    return who, panel


def assert_close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)


@limits(deadline=None)  # the first example compiles
@given(table, any_settings, st.sampled_from([None, (0, 2, 3), ()]), st.sampled_from([1, 2]))
def test_it_agrees_with_the_readable_definitions(made, settings, some, threads):
    k, asked, said = made
    member = np.array([some is None or f in some for f in range(5)])
    found = score_all(
        *columns(k, asked, said),
        settings,
        members=None if some is None else member,
        aggregates=AGGREGATES,
        threads=threads,
    )
    for q in sorted({row[0] for row in said}):
        who, panel = panel_of(k, asked, said, q, settings)
        outcome = asked[q][3]
        here = found.question == q
        assert found.forecaster[here].tolist() == who
        expected = window_scores(
            panel,
            outcome,
            before_first=settings.before_first,
            members=member[who],
            rule=settings.rule,
            scale=settings.scale,
            clip=settings.clip,
        )
        stood = np.array([one is not None for one in expected])
        assert_close(found.score[here], [math.nan if one is None else one.mean for one in expected])
        assert_close(found.coverage[here], panel.coverage)
        unit = 1 if settings.clock == "daily" else 24 * HOUR
        assert_close(found.days[here], panel.standing @ panel.weights / unit)
        peer = peer_score(panel, outcome, clip=settings.clip)
        assert_close(found.peer[here], np.where(stood, peer, np.nan))
        assert_close(found.peer[here][stood].sum(), 0)
        baseline = baseline_score(panel, outcome, clip=settings.clip)
        assert_close(found.baseline[here], np.where(stood, baseline, np.nan))
        if "brier" in settings.rule:
            relative = relative_brier(panel, outcome, rule=settings.rule, scale=settings.scale)
            assert_close(found.relative[here], relative)
        else:
            assert np.isnan(found.relative[here]).all()
        _assert_crowd(found, q, panel, outcome, member[who], settings)


def _assert_crowd(found, q, panel, outcome, members, settings):
    for name in AGGREGATES:
        if not members.any():
            assert np.isnan(found.crowd[name][q])
            continue
        crowd = pool(panel.forecasts[members], panel.made[members], name, clip=settings.clip)
        stands = ~np.isnan(crowd.forecasts[:, 0])
        if not stands.any():
            assert np.isnan(found.crowd[name][q])
            continue
        weights = panel.weights[stands]
        stood_in = crowd.by_mean[stands] & (crowd.forecasts.shape[1] > 2)
        assert_close(found.by_mean[name][q], np.average(stood_in, weights=weights))
        ticks = score(
            settings.rule,
            crowd.forecasts[stands],
            outcome,
            scale=settings.scale,
            clip=settings.clip,
        )
        assert_close(found.crowd[name][q], np.average(ticks, weights=weights))


@limits(deadline=None)  # the first example compiles
@given(table, any_settings)
def test_the_averages_alone_are_those_of_the_whole(made, settings):
    settings = Settings(settings.rule, settings.scale, settings.clock, "skip", settings.clip)
    everything = score_all(*columns(*made), settings)
    alone = time_averages(*columns(*made), settings)
    for name in ("question", "forecaster", "score", "coverage", "days"):
        assert_close(getattr(alone, name), getattr(everything, name))


@limits(deadline=None)  # the first example compiles
@given(table, any_settings, st.randoms(use_true_random=False))
def test_the_order_of_rows_matters_only_between_equal_times(made, settings, random):
    k, asked, said = made
    whole = score_all(*columns(k, asked, said), settings)
    by_key = {}
    for row in said:
        by_key.setdefault(row[:3], []).append(row)
    keys = list(by_key)
    random.shuffle(keys)
    shuffled = score_all(*columns(k, asked, [row for key in keys for row in by_key[key]]), settings)
    for name in ("question", "forecaster", "score", "relative", "peer", "baseline", "forecasts"):
        assert_close(getattr(shuffled, name), getattr(whole, name))


def explode(asked, rows):
    """The probability of yes standing at the end of every UTC day, day by day."""
    opens, length, *_ = asked
    start = datetime(2024, 3, 1, tzinfo=UTC) + timedelta(hours=opens)
    end = start + timedelta(hours=length)
    midnight = start.replace(hour=0) + timedelta(days=1)
    marks = []
    while midnight <= end:
        marks.append(midnight)
        midnight += timedelta(days=1)
    days = []
    for mark in marks or [end]:
        standing = None
        for _, _, hour, p, wait in sorted(rows, key=lambda row: row[2]):
            made = datetime(2024, 3, 1, tzinfo=UTC) + timedelta(hours=hour)
            if made < mark:
                over = wait is not None and made + timedelta(hours=wait) < mark
                standing = None if p is None or over else p[0]
        days.append(standing)
    return days


@limits(deadline=None)  # the first example compiles
@given(tables(2))
def test_brute_force_over_days_gives_the_same(made):
    _, asked, said = made
    asked = [(*one[:4], UTC) for one in asked]
    found = score_all(*columns(2, asked, said))
    for i, (q, f) in enumerate(zip(found.question, found.forecaster, strict=True)):
        days = explode(asked[q], [row for row in said if row[:2] == (q, f)])
        others = [
            explode(asked[q], [row for row in said if row[:2] == (q, g)])
            for g in sorted({row[1] for row in said if row[0] == q})
        ]
        yes = asked[q][3] == 0
        losses = [None if p is None else (p - yes) ** 2 for p in days]
        mine = [loss for loss in losses if loss is not None]
        assert found.coverage[i] == pytest.approx(len(mine) / len(days), abs=1e-12)
        if not mine:
            assert math.isnan(found.score[i])
            continue
        ahead = 0.0
        for day, loss in enumerate(losses):
            if loss is not None:
                everyone = [(p[day] - yes) ** 2 for p in others if p[day] is not None]
                ahead += loss - statistics.median(everyone)
        assert found.score[i] == pytest.approx(statistics.fmean(mine), abs=1e-12)
        assert found.relative[i] == pytest.approx(ahead / len(days), abs=1e-12)
    for q in {row[0] for row in said}:
        days = zip(
            *(explode(asked[q], [r for r in said if r[:2] == (q, f)]) for f in range(5)),
            strict=True,
        )
        standing = [[p for p in day if p is not None] for day in days]
        crowd = [(statistics.median(day) - (asked[q][3] == 0)) ** 2 for day in standing if day]
        expected = statistics.fmean(crowd) if crowd else math.nan
        assert found.crowd["median"][q] == pytest.approx(expected, abs=1e-12, nan_ok=True)
