"""Other ways to the same numbers: what the engine is measured against."""

import numpy as np

from forecasts.maths.days import day_marks
from forecasts.maths.engine import Forecasts, Questions
from forecasts.maths.engine.windows import window_days
from forecasts.maths.panel import read_panel
from forecasts.maths.relative import peer_score, relative_brier
from forecasts.maths.timeline import NEVER, History
from forecasts.maths.windows import window_scores

DAY = 86_400_000_000


def numpy_averages(questions: Questions, rows: Forecasts) -> np.ndarray:
    """Time-averaged Brier scores of clustered rows, whole arrays at a time."""
    q = rows.question
    days = window_days(questions)
    count = np.diff(days.starts)[q]
    upto = np.clip((rows.made - days.marks[days.starts[:-1]][q]) // DAY + 1, 0, count)
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (q[1:] != q[:-1]) | (rows.forecaster[1:] != rows.forecaster[:-1])
    end = np.append(upto[1:], 0)
    end[np.append(new[1:], True)] = count[np.append(new[1:], True)]
    weight = end - upto
    loss = weight * np.square(rows.probabilities - (questions.outcome[q] == 0))
    starts = np.flatnonzero(new)
    total, stood = np.add.reduceat(loss, starts), np.add.reduceat(weight, starts)
    return np.divide(total, stood, where=stood > 0, out=np.full(starts.size, np.nan))


def _frame(questions: Questions, rows: Forecasts) -> dict[str, np.ndarray]:
    days = window_days(questions)
    first, count = days.marks[days.starts[:-1]], np.diff(days.starts)
    return {
        "q": rows.question,
        "f": rows.forecaster,
        "t": rows.made,
        "p": rows.probabilities,
        "first": first[rows.question],
        "days": count[rows.question],
        "yes": (questions.outcome[rows.question] == 0).astype(np.float64),
    }


def polars_averages(questions: Questions, rows: Forecasts) -> np.ndarray:
    """The same in polars, one expression over windows."""
    import polars as pl

    frame = pl.DataFrame(_frame(questions, rows))
    upto = ((pl.col("t") - pl.col("first")).floordiv(DAY) + 1).clip(0, pl.col("days"))
    found = (
        frame.lazy()
        .with_columns(upto=upto)
        .with_columns(end=pl.col("upto").shift(-1).over("q", "f").fill_null(pl.col("days")))
        .with_columns(w=pl.col("end") - pl.col("upto"))
        .group_by("q", "f", maintain_order=True)
        .agg(s=(pl.col("w") * (pl.col("p") - pl.col("yes")) ** 2).sum(), w=pl.col("w").sum())
        .collect()
    )
    weight = found["w"].to_numpy()
    return np.divide(
        found["s"].to_numpy(), weight, where=weight > 0, out=np.full(weight.size, np.nan)
    )


def duckdb_averages(questions: Questions, rows: Forecasts) -> np.ndarray:
    """The same in SQL, with a window function."""
    import duckdb
    import pyarrow as pa

    said = pa.table(_frame(questions, rows))  # noqa: F841 - the query names it
    query = f"""
        WITH placed AS (
            SELECT q, f, t, p, yes, days,
                   greatest(0, least(days, (t - first + {DAY}) // {DAY})) AS upto FROM said),
        lasting AS (
            SELECT *, lead(upto, 1, days) OVER (PARTITION BY q, f ORDER BY t) - upto AS w
            FROM placed)
        SELECT sum(w * (p - yes) * (p - yes)) / nullif(sum(w), 0) AS s
        FROM lasting GROUP BY q, f ORDER BY q, f"""
    found = duckdb.sql(query).fetchnumpy()["s"]
    return np.ma.filled(found, np.nan)


def pandas_averages(questions: Questions, rows: Forecasts) -> np.ndarray:
    """The same in pandas, by intervals."""
    import pandas as pd

    frame = pd.DataFrame(_frame(questions, rows))
    frame["upto"] = ((frame["t"] - frame["first"]) // DAY + 1).clip(0, frame["days"])
    pairs = frame.groupby(["q", "f"], sort=True)
    end = pairs["upto"].shift(-1).fillna(frame["days"])
    frame["w"] = end - frame["upto"]
    frame["s"] = frame["w"] * (frame["p"] - frame["yes"]) ** 2
    total = frame.groupby(["q", "f"], sort=True)[["s", "w"]].sum()
    return (total["s"] / total["w"].where(total["w"] > 0)).to_numpy()


def pandas_by_days(questions: Questions, rows: Forecasts) -> np.ndarray:
    """The same in pandas, with a row for every day and forecaster, as it is mostly written."""
    import pandas as pd

    frame = pd.DataFrame(_frame(questions, rows))
    frame["day"] = (frame["t"] - frame["first"]) // DAY + 1
    frame = frame[frame["day"] < frame["days"]]
    frame["day"] = frame["day"].clip(lower=0)
    last = frame.drop_duplicates(["q", "f", "day"], keep="last")
    end = last.groupby(["q", "f"])["day"].shift(-1).fillna(last["days"]).astype("int64")
    days = last.loc[last.index.repeat(end - last["day"])]
    loss = (days["p"] - days["yes"]) ** 2
    found = loss.groupby([days["q"], days["f"]]).mean()
    everyone = pd.MultiIndex.from_arrays([rows.question, rows.forecaster]).unique()
    return found.reindex(everyone).to_numpy()


def readable(questions: Questions, rows: Forecasts, count: int) -> dict[str, np.ndarray]:
    """Scores of the first ``count`` questions by the definitions of ``forecasts.maths``."""
    found: dict[str, list[float]] = {"score": [], "relative": [], "peer": []}
    for q in range(count):
        own = rows.take(rows.question == q)
        histories = []
        for f in np.unique(own.forecaster):
            one = own.take(own.forecaster == f)
            p = np.stack([one.probabilities, 1 - one.probabilities], axis=1)
            nothing = np.zeros(len(one), dtype=bool)
            histories.append(History(one.made, p, nothing, np.full(len(one), NEVER)))
        opens, ends = int(questions.opens[q]), int(questions.ends[q])
        assert day_marks(opens, ends, questions.zones[q]).size
        panel = read_panel(histories, opens=opens, ends=ends)
        outcome = int(questions.outcome[q])
        scores = window_scores(panel, outcome)
        stood = [one is not None for one in scores]
        found["score"] += [np.nan if one is None else one.mean for one in scores]
        found["relative"] += relative_brier(panel, outcome).tolist()
        found["peer"] += np.where(stood, peer_score(panel, outcome), np.nan).tolist()
    return {name: np.array(values) for name, values in found.items()}
