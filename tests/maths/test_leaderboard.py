import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import DisjointSet

from forecasts.maths.leaderboard import ALONE, APART, leaderboard

tables = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(10, 17)),
    st.integers(0, 20).map(lambda n: n / 20),
    min_size=1,
    max_size=25,
)


def board(table, *, replicates=20, seed=0):
    who, where = (list(side) for side in zip(*table, strict=True))
    rng = np.random.default_rng(seed)
    ones = np.ones(len(who))
    return leaderboard(who, where, list(table.values()), ones, replicates=replicates, rng=rng)


def groups(table):
    sets = DisjointSet()
    for who, where in table:
        sets.add(("person", who))
        sets.add(("question", where))
        sets.merge(("person", who), ("question", where))
    return sets


def dummy_regression(table, people):
    """The same model by ordinary least squares with a column for everyone and everything."""
    cells = {pair: s for pair, s in table.items() if pair[0] in people}
    who, where = sorted({w for w, _ in cells}), sorted({q for _, q in cells})
    design = np.zeros((len(cells), len(who) + len(where)))
    for row, (person, question) in enumerate(cells):
        design[row, who.index(person)] = 1
        design[row, len(who) + where.index(question)] = 1
    fit = np.linalg.lstsq(design, np.array(list(cells.values())), rcond=None)[0]
    return dict(zip(who, fit[: len(who)] + fit[len(who) :].mean(), strict=True))


@given(tables)
def test_adjusted_scores_are_those_of_the_regression_on_dummies(table):
    sets = groups(table)
    rows = board(table)
    compared = [row.forecaster for row in rows if row.adjusted is not None]
    for one in compared:
        assert sets.connected(("person", one), ("person", compared[0]))
    expected = dummy_regression(table, compared) if compared else {}
    for row in rows:
        if row.adjusted is not None:
            assert row.adjusted == pytest.approx(expected[row.forecaster], abs=1e-9)
            assert row.reason is None


@given(tables)
def test_who_is_left_out_has_the_right_reason(table):
    sets = groups(table)
    sizes = {}
    for who, _ in table:
        root = sets[("person", who)]
        sizes[root] = sizes.get(root, 0) + 1
    for row in board(table):
        size = sizes[sets[("person", row.forecaster)]]
        if row.reason == APART:
            assert size <= max(sizes.values())
            assert len(sizes) > 1
        else:
            assert size == max(sizes.values())
            own = {q for who, q in table if who == row.forecaster}
            alone = all(who == row.forecaster for who, q in table if q in own)
            assert (row.reason == ALONE) == alone


@given(tables)
def test_scores_and_counts_are_the_plain_ones(table):
    for row in board(table):
        own = [s for (who, _), s in table.items() if who == row.forecaster]
        assert row.score == pytest.approx(np.mean(own))
        assert (row.questions, row.coverage) == (len(own), 1.0)
        assert row.interval is None


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_picking_the_easy_questions_does_not_pay(seed):
    """Two forecasters of equal skill; one answers only what everybody finds easy."""
    rng = np.random.default_rng(seed)
    difficulty = np.sort(rng.random(30))
    table = {(0, q): difficulty[q] for q in range(30)}
    table |= {(1, q): difficulty[q] for q in range(15)}
    table |= {(2, q): difficulty[q] + 0.1 for q in range(0, 30, 2)}
    first, picker, worse = board(table)
    assert picker.score < first.score
    assert picker.adjusted == pytest.approx(first.adjusted, abs=1e-9)
    assert worse.adjusted == pytest.approx(first.adjusted + 0.1, abs=1e-9)
    assert first.adjusted == pytest.approx(first.score, abs=1e-9)


def test_the_interval_covers_the_mean_and_narrows_with_the_questions():
    rng = np.random.default_rng(1)
    scores = rng.random(400)
    few, many = (
        board({(1, q): scores[q] for q in range(n)}, replicates=2000)[0] for n in (20, 400)
    )
    assert few.interval[0] < few.score < few.interval[1]
    assert np.diff(many.interval) < np.diff(few.interval)
    # 95 %: 1.96 standard errors either side.
    half = 1.96 * scores.std() / 20
    np.testing.assert_allclose(many.interval, [many.score - half, many.score + half], atol=0.005)
    assert board({(1, q): scores[q] for q in range(9)})[0].interval is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"scores": []}, "scores must be 1-d and not empty"),
        ({"scores": [0.5, np.inf]}, r"scores\[1\] is inf, not finite"),
        ({"coverage": [0.5, 1.5]}, r"coverage\[1\] is 1\.5, not in \[0, 1\]"),
        ({"coverage": [0.5]}, "coverage has 1 rows, not 2"),
        ({"forecasters": [0.0, 1.0]}, "forecasters must be 1-d integers"),
        ({"questions": ["a", "b"]}, "questions must be 1-d integers"),
        ({"questions": [7, 7], "forecasters": [4, 4]}, "forecaster 4 has two scores on one"),
        ({"replicates": 0}, "replicates must be at least 1, got 0"),
    ],
)
def test_bad_input_is_refused(changed, message):
    good = {
        "forecasters": [0, 1],
        "questions": [5, 5],
        "scores": [0.1, 0.2],
        "coverage": [1.0, 0.5],
        "replicates": 5,
        "rng": np.random.default_rng(0),
    }
    assert len(leaderboard(**good)) == 2
    with pytest.raises(ValueError, match=message):
        leaderboard(**(good | changed))
