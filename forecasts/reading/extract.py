"""The statements of a file as plain objects, ready to be written as lines of JSON."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from forecasts.reading.candidate import Candidate
from forecasts.reading.scales import RECOMMENDED
from forecasts.reading.statements import read_statements


def extract_records(
    name: str, text: str, *, published: date | None = None, scale: str = RECOMMENDED
) -> Iterator[dict[str, Any]]:
    """The statements of one article as plain objects, one for each line of a JSONL file.

    ``name`` stands in each as ``file``; the other keys are those of :class:`Candidate`.
    """
    for candidate in read_statements(text, published=published, scale=scale):
        yield record_of(name, candidate)


def record_of(name: str, candidate: Candidate) -> dict[str, Any]:
    """One statement as a plain object."""
    keys = (
        "start", "end", "quote", "hedge", "polarity", "probability", "probability_low",
        "probability_high", "scale", "horizon", "speaker", "condition",
    )  # fmt: skip
    record: dict[str, Any] = {"file": name}
    record |= {key: getattr(candidate, key) for key in keys}
    return record | {"actors": list(candidate.actors), "confidence": candidate.confidence}
