"""Files read: a bad entry of a Parquet file is named too; progress; very many options."""

import decimal
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from forecasts.errors import InvalidInput
from forecasts.exchange.asked import read_questions
from forecasts.exchange.said import read_forecasts
from forecasts.exchange.scorecard import scorecard
from forecasts.maths.engine import Settings

HEAD = "question_id,kind,options,opened_at,closes_at,known_at,outcome\n"
ASKED = HEAD + "b,binary,,2024-01-01T00:00Z,2024-01-03T00:00Z,,yes\n"
MADE = datetime(2024, 1, 1, 1, tzinfo=UTC)
FINE = {"question_id": ["b", "b"], "forecaster": ["A", "A"], "made_at": [MADE, MADE]}
US = pa.timestamp("us", "UTC")


@pytest.fixture
def asked(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text(ASKED)
    return read_questions(path)


def reading(folder, asked, **columns):
    path = folder / "f.parquet"
    parquet.write_table(pa.table(FINE | {"probability": [0.5, 0.5]} | columns), path)
    return read_forecasts(path, asked)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"probability": ["0.5", "often"]}, "row 2, probability 'often': is no number"),
        ({"probability": [0.5, 1.5]}, "row 2, probability '1.5': is not in"),
        ({"probability": [0.5, float("nan")]}, "row 2, probability 'nan': is no number"),
        ({"probability": [True, False]}, "row 1, probability 'True': is no number"),
        ({"probability": [[0.5], [0.5]]}, "row 1, probability"),
        ({"probability": [1, 2**60]}, "row 2, probability"),
        ({"made_at": pa.array([MADE, None], US)}, "row 2, made_at ''"),
        ({"made_at": ["2024-01-01T01:00Z", "2024-01-01T01:00"]}, "row 2, made_at '2024"),
        ({"made_at": pa.array([0, 1], pa.timestamp("us"))}, "row 1, made_at '1970-01-01 00:00:00'"),
        ({"made_at": [date(2024, 1, 1)] * 2}, "row 1, made_at '2024-01-01'"),
        ({"question_id": [b"b", b"\xff"]}, "row 1, question_id"),
        ({"question_id": ["b", "z"]}, "row 2, question_id 'z': is not among"),
        ({"forecaster": pa.array(["A", ""]).dictionary_encode()}, "row 2, forecaster ''"),
    ],
)
def test_a_bad_entry_of_a_parquet_file_is_named(tmp_path, asked, columns, told):
    with pytest.raises(InvalidInput) as refusal:
        reading(tmp_path, asked, **columns)
    assert f"f.parquet, {told}" in str(refusal.value)


def test_what_other_tools_store_is_read(tmp_path, asked):
    """Decimals, whole numbers for ids, nanoseconds, which pandas writes."""
    nanoseconds = pa.array([1_704_070_800_000_000_001] * 2, pa.timestamp("ns", "UTC"))
    shares = [decimal.Decimal("0.25"), decimal.Decimal("0.50")]
    found = reading(tmp_path, asked, made_at=nanoseconds, probability=shares, forecaster=[7, 8])
    assert found.made.tolist() == [1_704_070_800_000_000] * 2
    assert found.probability.tolist() == [0.25, 0.5]
    assert found.names == ["7", "8"]


def test_a_question_beyond_the_calendar_is_refused(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text(HEAD + "b,binary,,0001-01-01T00:00Z,2024-01-03T00:00Z,,yes\n")
    with pytest.raises(InvalidInput, match=r"row 1, opened_at .* not in the years 2 to 9997"):
        read_questions(path)


def test_ten_thousand_options_of_one_question(tmp_path):
    """Uniform but for the outcome's 0.5: half of (0.5^2 + 9,999 (0.5/9,999)^2), by hand."""
    k = 10_000
    names = [f"o{i}" for i in range(k)]
    (tmp_path / "q.csv").write_text(
        HEAD + f"m,multiple_choice,{'|'.join(names)},2024-01-01T00:00Z,2024-01-03T00:00Z,,o7\n"
    )
    asked = read_questions(tmp_path / "q.csv")
    shares = np.full(k, 0.5 / (k - 1))
    shares[7] = 0.5
    rows = {"question_id": ["m"] * k, "forecaster": ["A"] * k, "made_at": pa.array([MADE] * k, US)}
    table = pa.table(rows | {"option": names, "probability": shares})
    parquet.write_table(table, tmp_path / "f.parquet")
    said = read_forecasts(tmp_path / "f.parquet", asked)
    card = scorecard(asked, said, Settings(), models=False, rng=np.random.default_rng(0))
    (row,) = card["rows"]
    assert row["score"] == pytest.approx((0.25 + 0.25 / (k - 1)) / 2, abs=1e-12)
    assert [one["score"] for one in card["crowd"] if one["aggregate"] == "median"] == [
        pytest.approx(row["score"], abs=1e-12)
    ]


def score(folder, stderr):
    (folder / "q.csv").write_text(ASKED)
    (folder / "f.csv").write_text(
        "question_id,forecaster,made_at,probability\n"
        "b,A,2024-01-01T01:00Z,0.8\nb,B,2024-01-01T01:00Z,0.6\n"
    )
    program = "from forecasts.cli import main; main()"
    files = [folder / "q.csv", folder / "f.csv"]
    command = [sys.executable, "-c", program, "score", *files, "--json"]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=stderr, check=True).stdout


def test_progress_is_shown_on_a_terminal_and_nowhere_else(tmp_path):
    ours, theirs = pty.openpty()
    on_terminal = score(tmp_path, theirs)
    os.close(theirs)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    steps = [step.strip() for step in shown.split("\r")]
    assert "rows of q.csv: 1" in steps
    assert "rows of f.csv: 2" in steps
    assert "binary questions scored: 1" in steps
    assert steps[-1] == ""  # the line is left clean
    with (tmp_path / "errors").open("w+b") as errors:
        elsewhere = score(tmp_path, errors)
        errors.seek(0)
        assert errors.read() == b""
    assert elsewhere == on_terminal
    card = json.loads(elsewhere)
    assert [one["aggregate"] for one in card["crowd"]] == [
        "median",
        "mean",
        "trimmed_mean",
        "geometric_mean_of_odds",
        "extremized",
        "recency_weighted_median",
        "metaculus_median",
    ]
    assert all(one["score"] == pytest.approx(0.09, abs=0.01) for one in card["crowd"][:3])
