"""What a verification found: by class, the first of each kept with its words."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "engine", "schema", "sequence", "hash", "head", "clock", "row", "private text", "checkpoint"
]
KEPT = 20  # of one class; the rest is counted


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was recorded."""

    kind: Kind
    where: str  # "entry 17", "forecast 3", "trigger forecast_refuse_update"
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Findings:
    """Findings in the order in which they were made."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)

    def add(self, kind: Kind, where: str, what: str) -> None:
        """Count a finding, and keep it if it is among the first of its class."""
        self.counts[kind] += 1
        if self.counts[kind] <= KEPT:
            self.kept.append(Finding(kind, where, what))

    def merge(self, later: "Findings") -> None:
        """Take over what another part of the verification found."""
        self.kept += later.kept
        self.counts += later.counts


def brief(value: object, limit: int = 60) -> str:
    """A value of the record as it may stand in a finding, on one line."""
    text = ascii(value) if not isinstance(value, bytes) else value.hex()
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
