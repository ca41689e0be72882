"""PAIRS files, and how well calibrated they are, as plain values fit for JSON."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from forecasts.exchange.tables import Progress, read_table
from forecasts.maths.bands import consistency_band
from forecasts.maths.bins import binned_reliability
from forecasts.maths.calibration import ReliabilityCurve, reliability_curve
from forecasts.maths.checks import Floats
from forecasts.maths.discrimination import roc_curve
from forecasts.maths.engine.columns import Codes
from forecasts.maths.murphy import murphy_by_bin, murphy_by_value
from forecasts.maths.recalibration import recalibration
from forecasts.maths.relative import skill
from forecasts.maths.scoring import log_score

_HAPPENED = {"1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0, "true": 1.0, "false": 0.0}
BAND_ROWS = 50_000
"""A band of more rows would be too narrow to see and take minutes."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PairTable:
    """The rows of a PAIRS file as columns of one length."""

    probability: Floats
    happened: Floats  # 0 or 1
    weight: Floats | None
    question: Codes | None


def read_pairs(path: Path, *, progress: Progress = lambda _rows: None) -> PairTable:
    """Read a PAIRS file. Raises InvalidInput, naming the row of a bad value."""
    table = read_table(
        path,
        {"probability": "number", "happened": "code", "question_id": "code", "weight": "number"},
        ("probability", "happened"),
        progress,
    )
    p = table.numbers("probability")
    table.refuse(~((p >= 0) & (p <= 1)), "probability", "is not in [0, 1]")
    codes, texts = table.codes("happened")
    values = np.array([_HAPPENED.get(text.strip().lower(), np.nan) for text in texts])
    happened = values[codes]
    table.refuse(np.isnan(happened), "happened", "is not 0 or 1")
    weight = question = None
    if "weight" in table:
        weight = table.numbers("weight")
        bad = ~((weight > 0) & np.isfinite(weight))
        table.refuse(bad, "weight", "is not positive and finite")
    if "question_id" in table:
        question, ids = table.codes("question_id")
        nameless = np.array([text == "" for text in ids])[question]
        table.refuse(nameless, "question_id", "must not be empty")
    return PairTable(p, happened, weight, question)


def calibration_card(pairs: PairTable, *, rng: np.random.Generator) -> Record:
    """Return everything that PAIRS say about calibration; scores at scale 1, log unclipped."""
    p, y, weights = pairs.probability, pairs.happened, pairs.weight
    w = np.ones(p.size) if weights is None else weights
    curve = _curve(pairs)
    logs = log_score(np.stack([p, 1 - p], axis=1), (y == 0).astype(np.int64))
    infinite = int(np.isinf(logs).sum())
    brier = float(np.average(np.square(p - y), weights=w))
    by_value = murphy_by_value(p, y, weights=weights)
    cox = recalibration(p, y, weights=weights, questions=pairs.question)
    return {
        "n": p.size,
        "base_rate": float(np.average(y, weights=w)),
        "brier": brier,
        "log_score": None if infinite else float(np.average(logs, weights=w)),
        "n_infinite": infinite,
        "skill": skill(brier, curve.uncertainty),
        "auc": roc_curve(p, y, weights=weights).area,
        "corp": _corp(curve, pairs, rng),
        "murphy": {
            "by_value": {
                "rel": by_value.reliability,
                "res": by_value.resolution,
                "unc": by_value.uncertainty,
            },
            "by_bin": _by_bin(pairs),
        },
        "recalibration": {
            "slope": cox.slope,
            "intercept": cox.intercept,
            "intervals": {"slope": cox.slope_interval, "intercept": cox.intercept_interval},
            "reason": cox.reason,
        },
    }


def _curve(pairs: PairTable) -> ReliabilityCurve:
    if pairs.weight is None and pairs.question is None:
        from forecasts.maths.engine.corp import corp_curve  # loads the compiler

        return corp_curve(pairs.probability, pairs.happened)
    return reliability_curve(
        pairs.probability, pairs.happened, weights=pairs.weight, questions=pairs.question
    )


def _corp(curve: ReliabilityCurve, pairs: PairTable, rng: np.random.Generator) -> Record:
    points = zip(curve.stated.tolist(), curve.observed.tolist(), curve.counts.tolist(), strict=True)
    band = None
    if pairs.probability.size <= BAND_ROWS:
        found = consistency_band(
            pairs.probability, weights=pairs.weight, questions=pairs.question, rng=rng
        )
        band = {"kind": "consistency", "level": 0.9, "low": found.low, "high": found.high}
    return {
        "mcb": curve.miscalibration,
        "dsc": curve.discrimination,
        "unc": curve.uncertainty,
        "curve": [dict(zip(("stated", "observed", "count"), one, strict=True)) for one in points],
        "band": band,
        "band_reason": None if band else f"more than {BAND_ROWS} rows",
    }


def _by_bin(pairs: PairTable) -> Record:
    p, y, weights = pairs.probability, pairs.happened, pairs.weight
    parts = murphy_by_bin(p, y, weights=weights)
    return {
        "rel": parts.reliability,
        "res": parts.resolution,
        "unc": parts.uncertainty,
        "wbv": parts.within_variance,
        "wbc": parts.within_covariance,
        "bins": binned_reliability(p, y, weights=weights, questions=pairs.question),
    }
