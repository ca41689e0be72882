"""The two commands on files: worked examples, the same from CSV and Parquet, refusals."""

import json
import math

import numpy as np
import pyarrow as pa
import pytest
import typer
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pyarrow import csv, parquet
from typer.testing import CliRunner

from forecasts.cli import scoring
from forecasts.errors import InvalidInput
from forecasts.exchange.asked import read_questions
from forecasts.exchange.said import read_forecasts
from forecasts.exchange.scorecard import scorecard
from forecasts.maths.engine import Settings

QUESTIONS = "question_id,kind,options,opened_at,closes_at,known_at,outcome\n"
FORECASTS = "question_id,forecaster,made_at,option,probability\n"


@pytest.fixture
def run():
    """Run one command; a refusal is raised as it is."""
    app = typer.Typer()
    scoring.register(app)

    def command(*words):
        done = CliRunner().invoke(app, [str(word) for word in words])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return command


@pytest.fixture
def write(tmp_path):
    def file(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return file


def whole(card):
    """A card with its rows as a list."""
    return {**card, "rows": list(card["rows"])}


def by_name(rows):
    return {row["forecaster"]: row for row in rows}


def test_the_cubs_example_of_cultivate_labs(run, write):
    """F3 spoke on two of seven days; its relative score is that of the days, times coverage."""
    questions = write(
        "questions.csv",
        QUESTIONS + "cubs,binary,,2016-10-26T00:00Z,2016-11-02T00:00Z,2016-11-02T00:00Z,yes\n",
    )
    said = write(
        "said.csv",
        FORECASTS
        + "cubs,F1,2016-10-26T01:00Z,,0.90\ncubs,F1,2016-10-29T01:00Z,,0.95\n"
        + "cubs,F2,2016-10-26T01:00Z,yes,0.25\ncubs,F2,2016-10-28T01:00Z,yes,0.20\n"
        + "cubs,F3,2016-10-31T01:00Z,,0.99\n",
    )
    card = json.loads(run("score", questions, said, "--scale", 2, "--json"))
    rows = by_name(card["rows"])
    assert rows["F1"]["score"] == pytest.approx(0.0114286, abs=1e-7)
    assert rows["F2"]["score"] == pytest.approx(1.235714, abs=1e-6)
    assert rows["F2"]["relative"] == pytest.approx(0.7942857, abs=1e-7)
    assert rows["F3"]["score"] == pytest.approx(0.0002)
    assert rows["F3"]["relative"] == pytest.approx(-0.0048 * 2 / 7)
    assert (rows["F3"]["coverage"], rows["F3"]["days"]) == (pytest.approx(2 / 7), 2)
    assert sum(row["peer"] for row in card["rows"]) == pytest.approx(0, abs=1e-9)
    assert [row["forecaster"] for row in card["leaderboard"]] == ["F3", "F1", "F2"]
    told = run("score", questions, said, "--scale", 2)
    assert "median of the crowd (persons)" in told
    assert (
        "brier, 0 to 2: lower is better, 0 is perfect; equal odds on K options earn (K−1)/K, "
        "50 % on yes/no questions 0.500.\n"
    ) in told
    for rule, earned in (
        ("brier", "0 to 1: lower is better, 0 is perfect; equal odds on K options earn (K−1)/(2K)"),
        ("log_score", "in nats from 0: lower is better, 0 is perfect; equal odds on K options"),
        ("spherical_score", "0 to 1: higher is better, 1 is perfect; equal odds on K options"),
    ):
        assert f"\n{rule}, {earned}" in run("score", questions, said, "--rule", rule)


def test_metaculus_baseline_example_of_five_days(run, write):
    """None, 40, 70, 70, 80 %: 0, -32, +49, +49, +68, on average +27."""
    questions = write("q.csv", QUESTIONS + "m,binary,,2024-01-01T00:00Z,2024-01-06T00:00Z,,yes\n")
    said = write(
        "f.csv",
        FORECASTS
        + "m,A,2024-01-02T00:00Z,,0.4\nm,A,2024-01-03T00:00Z,,0.7\nm,A,2024-01-05T00:00Z,,0.8\n",
    )
    card = json.loads(run("score", questions, said, "--clock", "continuous", "--json"))
    assert card["rows"][0]["baseline"] == pytest.approx(26.5400, abs=1e-4)
    assert card["rows"][0]["days"] == 4


def test_ordered_options_follow_the_ordered_rule_unless_told_otherwise(run, write):
    outcomes = ("low", "mid", "high", "top")
    questions = write(
        "q.csv",
        QUESTIONS
        + "".join(
            f"{o},ordered,low|mid|high|top,2024-01-01T00:00Z,2024-01-03T00:00Z,,{o}\n"
            for o in outcomes
        ),
    )
    # The parts of a forecast need not stand together.
    said = write(
        "f.csv",
        FORECASTS
        + "".join(
            f"{o},A,2024-01-01T01:00+00:00,{option},{p}\n"
            for option, p in (("top", 0.2), ("low", 0.25), ("high", 0.3), ("mid", 0.25))
            for o in outcomes
        ),
    )
    card = json.loads(run("score", questions, said, "--scale", 2, "--json"))
    expected = [0.568333, 0.2350, 0.2350, 0.6350]
    assert [row["score"] for row in card["rows"]] == pytest.approx(expected, abs=1e-6)
    plain = json.loads(run("score", questions, said, "--scale", 2, "--rule", "brier", "--json"))
    assert plain["rows"][2]["score"] == pytest.approx(0.25**2 * 2 + 0.7**2 + 0.2**2)


def test_a_withdrawal_an_expiry_and_kinds_of_forecasters(run, write):
    questions = write(
        "q.csv",
        "question_id,kind,opened_at,closes_at,outcome,zone\n"
        "a,binary,2024-01-01T00:00Z,2024-01-05T00:00Z,yes,UTC\n"
        "open,binary,2024-01-01T00:00Z,2030-01-05T00:00Z,,\n",
    )
    said = write(
        "f.csv",
        "question_id,forecaster,made_at,probability,expires_at,forecaster_kind\n"
        "a,P,2024-01-01T01:00Z,0.5,2024-01-02T12:00Z,person\n"
        "a,P,2024-01-04T01:00Z,,,person\n"
        "a,S,2024-01-01T01:00Z,1,,source\n"
        "open,S,2024-01-01T01:00Z,1,,source\n",
    )
    card = json.loads(run("score", questions, said, "--json"))
    rows = by_name(card["rows"])
    assert (rows["P"]["days"], rows["P"]["coverage"], rows["P"]["forecasts"]) == (1, 0.25, 1)
    assert rows["S"]["score"] == 0
    assert card["settings"]["among"] == ["person", "source"]
    assert [row["kind"] for row in card["leaderboard"]] == ["source", "person"]
    told = run("score", questions, said)
    assert "among all together: person, source." in told
    assert "S (source)\n" in told
    crowd = {row["aggregate"]: row["score"] for row in card["crowd"]}
    assert crowd["median"] == pytest.approx(0.25)
    assert (card["settings"]["open"], len(card["rows"])) == (1, 2)


def test_numeric_forecasts_earn_the_quantile_score_and_no_place_on_the_board(run, write):
    questions = write("q.csv", QUESTIONS + "n,numeric,,2024-01-01T00:00Z,2024-01-03T00:00Z,,13\n")
    said = write(
        "f.csv",
        "question_id,forecaster,made_at,quantile,value\n"
        "n,A,2024-01-01T01:00Z,0.5,10\nn,A,2024-01-02T01:00Z,0.75,17\n"
        "n,A,2024-01-02T01:00Z,0.25,11\n",
    )
    card = json.loads(run("score", questions, said, "--json"))
    # Day one: 2 * 0.5 * 3. Day two: the mean of 2 * 0.25 * 2 and 2 * 0.25 * 4.
    assert card["rows"][0]["score"] == pytest.approx((3 + 1.5) / 2)
    assert (card["rows"][0]["peer"], card["rows"][0]["forecasts"]) == (None, 2)
    assert card["leaderboard"] == []


percent = st.integers(0, 100).map(lambda n: n / 100)
files = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from("XYZ"),
        st.integers(0, 96),
        st.one_of(st.none(), percent),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=25,
)


@limits(deadline=None)
@given(files, st.booleans())
def test_csv_and_parquet_are_one(tmp_path_factory, rows, recorded):
    folder = tmp_path_factory.mktemp("files")
    asked = folder / "q.csv"
    asked.write_text(
        QUESTIONS
        + "a,binary,,2024-01-01T00:00Z,2024-01-04T00:00Z,,yes\n"
        + "b,binary,,2024-01-01T12:00Z,2024-01-09T00:00Z,2024-01-03T00:00Z,no\n"
    )
    at = np.datetime64("2024-01-01T00", "us")
    columns = {
        "question_id": pa.array([q for q, *_ in rows]),
        "forecaster": pa.array([f for _, f, *_ in rows]),
        "made_at": pa.array([at + np.timedelta64(h, "h") for _, _, h, *_ in rows]).cast(
            pa.timestamp("us", "UTC")
        ),
        "probability": pa.array([p for *_, p, _ in rows], pa.float64()),
    }
    if recorded:
        columns["recorded_at"] = pa.array(
            [at + np.timedelta64(500 + r, "h") for *_, r in rows]
        ).cast(pa.timestamp("us", "UTC"))
    table = pa.table(columns)
    parquet.write_table(table, folder / "f.parquet")
    csv.write_csv(table, folder / "f.csv")
    cards = []
    for name in ("f.parquet", "f.csv"):
        questions = read_questions(asked)
        said = read_forecasts(folder / name, questions)
        rng = np.random.default_rng(1)
        cards.append(whole(scorecard(questions, said, Settings(), models=False, rng=rng)))
    assert cards[0] == cards[1]
    if not recorded:
        return
    # Without the column the order of the file decides: sorted by it, nothing changes.
    order = sorted(range(len(rows)), key=lambda i: rows[i][4])
    csv.write_csv(table.take(order).drop_columns("recorded_at"), folder / "g.csv")
    questions = read_questions(asked)
    said = read_forecasts(folder / "g.csv", questions)
    again = scorecard(questions, said, Settings(), models=False, rng=np.random.default_rng(1))
    again = whole(again)
    assert again == cards[0]


HEAD = "question_id,forecaster,made_at,option,probability,quantile,value,expires_at\n"
FINE = "b,A,2024-01-01T01:00Z,,0.5,,,\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b,A,2024-01-01T01:00Z,,1.5,,,", "row 2, probability '1.5': is not in [0, 1]"),
        ("b,A,2024-01-01T01:00Z,,nan,,,", "row 2, probability 'nan': is no number"),
        ("b,A,2024-01-01T01:00Z,,often,,,", "row 2, probability 'often': is no number"),
        ("b,A,2024-01-01T01:00,,0.5,,,", "row 2, made_at '2024-01-01T01:00': write"),
        ("b,A,,,0.5,,,", "row 2, made_at ''"),
        ("z,A,2024-01-01T01:00Z,,0.5,,,", "row 2, question_id 'z': is not among"),
        ("b,,2024-01-01T01:00Z,,0.5,,,", "row 2, forecaster ''"),
        ("b,A,2024-01-01T01:00Z,no,0.5,,,", "row 2, option 'no': must be yes or empty"),
        ("b,A,2024-01-01T01:00Z,,0.5,,,2023-01-01T00:00Z", "row 2, expires_at '2023-01-01 00:00"),
        ("b,A,2024-01-01T01:00Z,,0_1,,,", "row 2, probability '0_1': is no number"),
        ("b,A,2024-01-01T01:00Z,,,0.5,3,", "row 2, quantile '0.5': must be empty: the question"),
        ("m,A,2024-01-01T01:00Z,,,,3,", "row 2, value '3': must be empty: the question is not"),
        ("n,A,2024-01-01T01:00Z,,0.5,,,", "row 2, probability '0.5': must be empty: the question"),
        ("b,A,2024-01-01T01:00Z", "line 3 'b,A,2024-01-01T01:00Z': has 3 cells; the first"),
        (
            "m,A,2024-01-01T01:00Z,x,0.5,,,",
            "row 2 'A': belongs to a forecast that does not have",
        ),
        ("m,A,2024-01-01T01:00Z,q,0.5,,,", "row 2, option 'q': must be one of x, y, z"),
        ("m,A,2024-01-01T01:00Z,,0.5,,,", "row 2, option ''"),
        ("n,A,2024-01-01T01:00Z,,,0.5,,", "row 2 'A': needs both quantile and value"),
        ("n,A,2024-01-01T01:00Z,,,1,3,", "row 2 'A': needs a quantile in (0, 1)"),
    ],
)
def test_a_bad_row_is_named(run, write, row, said):
    span = "2024-01-01T00:00Z,2024-01-03T00:00Z,"
    questions = write(
        "q.csv",
        QUESTIONS
        + f"b,binary,,{span},yes\nm,multiple_choice,x|y|z,{span},x\nn,numeric,,{span},1\n",
    )
    with pytest.raises(InvalidInput) as refusal:
        run("score", questions, write("f.csv", HEAD + FINE + row + "\n"))
    assert said in str(refusal.value)


def test_options_that_miss_one_are_refused_with_their_sum(run, write):
    questions = write(
        "q.csv",
        QUESTIONS + "m,multiple_choice,x|y|z,2024-01-01T00:00Z,2024-01-03T00:00Z,,x\n",
    )
    rows = "".join(f"m,A,2024-01-01T01:00Z,{o},0.3\n" for o in "xyz")
    with pytest.raises(InvalidInput, match=r"row 1 'A': .* sums to 0\.9, not 1"):
        run("score", questions, write("f.csv", FORECASTS + rows))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("b,wild,,2024-01-01T00:00Z,2024-01-03T00:00Z,,yes", "kind 'wild': must be one of"),
        ("b,binary,,2024-01-01T00:00Z,2024-01-03T00:00Z,,maybe", "outcome 'maybe': must be"),
        ("b,binary,a|b,2024-01-01T00:00Z,2024-01-03T00:00Z,,yes", "options 'a|b'"),
        ("b,ordered,a||b,2024-01-01T00:00Z,2024-01-03T00:00Z,,a", "options 'a||b': must be two"),
        ("b,ordered,a,2024-01-01T00:00Z,2024-01-03T00:00Z,,a", "options 'a': must be two"),
        ("b,binary,,2024-01-03T00:00Z,2024-01-03T00:00Z,,yes", "closes_at '2024-01-03"),
        ("b,numeric,,2024-01-01T00:00Z,2024-01-03T00:00Z,,inf", "outcome 'inf': must be"),
    ],
)
def test_a_bad_question_is_named(write, row, said):
    with pytest.raises(InvalidInput) as refusal:
        read_questions(write("q.csv", QUESTIONS + row + "\n"))
    assert f"q.csv, row 1, {said}" in str(refusal.value)


def test_files_that_cannot_be_read_are_refused(run, write, tmp_path):
    questions = write("q.csv", "question_id\na\n")
    with pytest.raises(InvalidInput, match="has no column kind"):
        read_questions(questions)
    twice = write("twice.csv", "question_id,kind,kind\na,binary,binary\n")
    with pytest.raises(InvalidInput, match="line 1 'kind': is the name of two columns"):
        read_questions(twice)
    spreadsheet = "question_id,kind,opened_at,closes_at,outcome,,\n"
    span = "2024-01-01T00:00Z,2024-01-03T00:00Z"
    (asked,) = read_questions(write("wide.csv", f"{spreadsheet}a,binary,{span},yes,,\n"))
    assert asked.id == "a"
    with pytest.raises(InvalidInput, match="separates its columns by semicolons"):
        read_questions(write("semicolons.csv", "question_id;kind\na;binary,0\n"))
    with pytest.raises(InvalidInput, match=r"missing\.csv"):
        read_questions(tmp_path / "missing.csv")
    with pytest.raises(InvalidInput, match="--clock 'slow': must be one of daily, continuous"):
        run("score", questions, questions, "--clock", "slow")


def test_calibrate_gives_the_numbers_of_the_definitions(run, write):
    p = [0.1, 0.4, 0.4, 0.7, 0.7, 0.9, 1.0]
    y = [0, 0, 1, 1, 0, 1, 1]
    rows = "".join(f"{a},{b}\n" for a, b in zip(p, y, strict=True))
    card = json.loads(run("calibrate", write("p.csv", "probability,happened\n" + rows), "--json"))
    brier = np.mean((np.array(p) - y) ** 2)
    assert card["brier"] == pytest.approx(brier)
    corp = card["corp"]
    assert corp["mcb"] - corp["dsc"] + corp["unc"] == pytest.approx(brier)
    assert [point["count"] for point in corp["curve"]] == [1, 2, 2, 1, 1]
    by_bin = card["murphy"]["by_bin"]
    total = by_bin["rel"] - by_bin["res"] + by_bin["unc"] + by_bin["wbv"] - by_bin["wbc"]
    assert total == pytest.approx(brier)
    assert card["log_score"] == pytest.approx(
        -np.mean([math.log(a if b else 1 - a) for a, b in zip(p, y, strict=True)])
    )
    assert card["skill"] == pytest.approx(1 - brier / (4 / 7 * 3 / 7))


def test_a_certainty_that_failed_makes_the_log_score_null(run, write):
    pairs = write("p.csv", "probability,happened,question_id,weight\n1,0,a,1\n0.5,1,b,2\n")
    card = json.loads(run("calibrate", pairs, "--json"))
    assert (card["log_score"], card["n_infinite"]) == (None, 1)
    assert card["brier"] == pytest.approx((1 + 2 * 0.25) / 3)
    told = run("calibrate", pairs)
    assert "1 certainties failed" in told
    assert "lower is better, 0 is perfect, always saying 50 % earns 0.2500, always" in told
    with pytest.raises(InvalidInput, match="row 1, happened '2': is not 0 or 1"):
        run("calibrate", write("bad.csv", "probability,happened\n0.5,2\n"))
