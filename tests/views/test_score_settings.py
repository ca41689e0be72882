"""Every rule, clock and policy against the readable definitions, one forecaster at a time."""

import numpy as np
import pytest
import synthetic
from sqlmodel import Session

from db.engine import open_engine
from forecasts.maths.common import common_scores
from forecasts.maths.panel import read_panel
from forecasts.maths.rules import score
from forecasts.maths.windows import reference, window_scores
from forecasts.views import crowd_scores, imputing, standing
from forecasts.views.comparison import comparison
from forecasts.views.crowd_scores import crowd_scored
from forecasts.views.losses import rule_for
from forecasts.views.scores import scoreboard
from forecasts.views.scoring import scored, settings_of
from forecasts.views.snapshot import forget, look
from forecasts.views.standing import rows_of, stated_on

WITHIN = 1e-9
PLAIN = {"retrospective": False, "possibilities": False}
WAYS = [
    {"scale": 2, "clock": "continuous"},
    {"before_first": "uniform"},
    {"before_first": "crowd", "retrospective": True, "clock": "continuous"},
    {"rule": "log_score", "before_first": "crowd"},
    {"rule": "spherical_score", "before_first": "uniform", "clock": "continuous"},
]


@pytest.fixture(scope="module")
def engine(empty_template, tmp_path_factory):
    """A synthetic record with questions of every kind, claims, withdrawals and expiries."""
    path = tmp_path_factory.mktemp("settings") / "desk.db"
    path.write_bytes(empty_template.read_bytes())
    found = open_engine(f"sqlite:///{path}")
    synthetic.fill(found, questions=40, forecasts=900, people=40, sources=4)
    yield found
    found.dispose()


def histories(snapshot, asked, **which):
    rows = rows_of(snapshot, question=asked.id, **which)
    return {one.forecaster_id: one.history for one in stated_on(snapshot, asked, rows)}


def panel_of(asked, members, clock):
    window = {"opens": asked.opens, "ends": asked.ends, "zone": asked.zone}
    return read_panel(list(members), clock=clock, **window)


def by_definition(snapshot, settings):
    """Each forecaster on each question, beside a crowd of the other persons' live forecasts."""
    options = {"scale": settings.scale, "clip": settings.clip}
    for asked in snapshot.questions.values():
        if not asked.is_scored:
            continue
        counted = {"classes": settings.classes, "possibilities": settings.possibilities}
        live = histories(snapshot, asked, classes=("live",), persons=True)
        for who, own in histories(snapshot, asked, **counted).items():
            others = [one for key, one in live.items() if key != who]
            panel = panel_of(asked, [own, *others], settings.clock)
            found, *_ = window_scores(
                panel,
                asked.outcome,
                before_first=settings.before_first,
                rule=rule_for(asked, settings),
                **options,
            )
            if found is not None:
                yield asked.id, who, found


@pytest.mark.parametrize("compiled", [False, True], ids=["by definition", "by the engine"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: ", ".join(map(str, way.values())))
def test_scores_are_those_of_the_definition(engine, monkeypatch, way, compiled):
    for room in (imputing, standing):
        monkeypatch.setattr(room, "COMPILED_FROM", 0 if compiled else 10**9)
    settings = settings_of(**(PLAIN | way))
    forget()
    with Session(engine) as session:
        snapshot = look(session)
    found = scored(snapshot, settings)
    expected = sorted(by_definition(snapshot, settings), key=lambda one: one[:2])
    keys = zip(found.question.tolist(), found.forecaster.tolist(), strict=True)
    assert list(keys) == [one[:2] for one in expected]
    wanted = [(one.mean, one.coverage) for _, _, one in expected]
    np.testing.assert_allclose(
        np.stack([found.score, found.coverage], axis=1), wanted, rtol=0, atol=WITHIN
    )
    ranged = ~np.isnan(found.at_low)
    assert ranged.any()
    filled = np.array([one.imputed > 0 for _, _, one in expected])
    assert filled.any() == (settings.before_first != "skip")


def test_other_settings_change_every_number_of_the_board(engine):
    with Session(engine) as session:
        boards = [
            scoreboard(session, now=synthetic.END, settings=settings_of(**PLAIN, **way))
            for way in ({}, {"scale": 2}, {"rule": "spherical_score"})
        ]
    plain, twice, spherical = boards
    for one, other in zip(plain.people, twice.people, strict=True):
        assert other.forecaster == one.forecaster
        assert other.score == pytest.approx(2 * one.score)
        assert other.uniform == pytest.approx(2 * one.uniform)
        assert other.adjusted == pytest.approx(2 * one.adjusted)
        if one.interval is not None:
            assert other.interval == pytest.approx([2 * end for end in one.interval])
    for one, other in zip(plain.heat.rows, twice.heat.rows, strict=True):
        assert [cell and cell.score for cell in other.cells] == pytest.approx(
            [cell and 2 * cell.score for cell in one.cells]
        )
    assert [one.value[-1] for one in twice.series] == pytest.approx(
        [2 * one.value[-1] for one in plain.series]
    )
    best = [row.score for row in spherical.people]
    assert best == sorted(best, reverse=True)
    assert spherical.settings.know_nothing == pytest.approx(2**-0.5)


@pytest.mark.parametrize(
    "way", [{}, {"rule": "log_score", "clock": "continuous"}], ids=["Brier", "log"]
)
def test_two_are_compared_over_their_common_time(engine, way):
    settings = settings_of(**PLAIN, **way)
    with Session(engine) as session:
        snapshot = look(session)
        everyone = scored(snapshot, settings)
        first = int(np.bincount(everyone.forecaster).argmax())
        beside = np.isin(everyone.question, everyone.by(first).question)
        beside &= everyone.forecaster != first
        seconds = [int(np.bincount(everyone.forecaster[beside]).argmax()), "crowd", "equal odds"]
        found = [comparison(session, first, one, settings=settings) for one in seconds]
    for second, one in zip(seconds, found, strict=True):
        expected = {}
        for asked in snapshot.questions.values():
            both = common_by_definition(snapshot, asked, first, second, settings)
            if asked.is_scored and both is not None:
                expected[asked.id] = both
        assert [row.id for row in one.questions] == sorted(
            expected, key=lambda key: (snapshot.ends[key], key)
        )
        for row in one.questions:
            assert (row.first, row.second) == pytest.approx(expected[row.id], abs=WITHIN)
        scores = np.array(list(expected.values()))
        assert one.means == pytest.approx(scores.mean(axis=0), abs=WITHIN)
        assert one.test.difference == pytest.approx(-one.lead, abs=WITHIN)
        assert one.test.questions == len(expected) > 0


def common_by_definition(snapshot, asked, first, second, settings):
    counted = histories(snapshot, asked, classes=settings.classes)
    own = counted.pop(first, None)
    others = histories(snapshot, asked, classes=("live",), persons=True)
    others.pop(first, None)
    if own is None or not asked.is_scored:
        return None
    if second == "crowd":
        panel = panel_of(asked, [own, *others.values()], settings.clock)
        beside = reference(panel, 0)
        beside[~panel.standing[1:].any(axis=0)] = np.nan
    elif second == "equal odds":
        panel = panel_of(asked, [own], settings.clock)
        beside = np.full(panel.forecasts.shape[1:], 1 / len(asked.options))
    elif second in counted:
        panel = panel_of(asked, [own, counted[second]], settings.clock)
        beside = panel.forecasts[1]
    else:
        return None
    return common_scores(
        panel,
        asked.outcome,
        panel.forecasts[0],
        beside,
        rule=rule_for(asked, settings),
        scale=settings.scale,
        clip=settings.clip,
    )


def median_scores(snapshot, settings):
    """The crowd on each question with two persons or more: mean score, coverage, time heard."""
    for asked in snapshot.questions.values():
        live = histories(snapshot, asked, classes=("live",), persons=True)
        if not asked.is_scored or len(live) < 2:
            continue
        panel = panel_of(asked, live.values(), settings.clock)
        heard = panel.standing.any(axis=0)
        if not (time := panel.weights[heard].sum()):
            continue
        each = panel.forecasts[:, heard]
        median = np.nanmedian(each, axis=0)
        silent = median.sum(axis=1) == 0
        median[silent] = np.nanmean(each, axis=0)[silent]
        median /= median.sum(axis=1, keepdims=True)
        losses = score(
            rule_for(asked, settings),
            median,
            asked.outcome,
            scale=settings.scale,
            clip=settings.clip,
        )
        mean = np.average(losses, weights=panel.weights[heard])
        days = time if settings.clock == "daily" else time / 86_400e6
        yield asked.id, mean, time / panel.weights.sum(), days


@pytest.mark.parametrize("compiled", [False, True], ids=["by definition", "by the engine"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: ", ".join(map(str, way.values())))
def test_the_crowds_scores_are_those_of_the_medians(engine, monkeypatch, way, compiled):
    for room in (crowd_scores, imputing, standing):
        monkeypatch.setattr(room, "COMPILED_FROM", 0 if compiled else 10**9)
    settings = settings_of(**(PLAIN | way))
    forget()
    with Session(engine) as session:
        snapshot = look(session)
        found = crowd_scored(snapshot, settings)
        board = scoreboard(session, now=synthetic.END, settings=settings)
        expected = np.array(list(median_scores(snapshot, settings)))
    assert found.question.tolist() == expected[:, 0].tolist()
    assert len(expected) > 10
    for column, name in enumerate(("score", "coverage", "days"), start=1):
        assert getattr(found, name) == pytest.approx(expected[:, column], abs=WITHIN), name
    assert board.crowd.score == pytest.approx(expected[:, 1].mean(), abs=WITHIN)
    assert board.crowd.questions == len(expected)
    assert all(row.forecaster_kind != "crowd" for row in board.people)
