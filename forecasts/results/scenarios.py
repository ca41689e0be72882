"""What the views of scenarios and of coherence answer with: plain frozen values.

Probabilities are shares in [0, 1]; instants are aware datetimes in UTC. Arrays run over S
scenarios in the order of their positions, K outcomes of an indicator, T instants of a series.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from forecasts.maths.checks import Floats
from forecasts.results.terms import Kind, Status

IndicatorState = Literal[
    "open",  # counts by the forecast that stands
    "unknown",  # open, and nobody whose forecast could count has one: adds nothing yet
    "resolved",  # counts by how it turned out
    "after",  # resolved after the set ended: counts by what stood then
    "before",  # resolved before the prior was made, which therefore holds it already
    "annulled",  # settles nothing: left out
    "unjudged",  # a likelihood is missing: left out until an analyst gives it
    "impossible",  # what is known of it has an outcome that no scenario allows: left out
]


@dataclass(frozen=True, slots=True)
class SetRow:
    """One scenario set in a list."""

    question_id: int
    title: str
    status: Status
    closes_at: datetime
    scenarios: tuple[str, ...]  # by position; the last is "something else"
    indicators: int  # linked to it


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """One alternative future, and how probable it is by each way of looking, at this moment."""

    position: int
    name: str
    narrative: str | None  # None: nobody has told it yet
    narrative_version: int  # 0: nobody has told it yet
    told_by: str | None
    told_at: datetime | None
    mine: float | None  # None: I have no standing forecast on the set
    crowd: float | None
    prior: float | None
    implied: float | None


@dataclass(frozen=True, slots=True)
class PriorView:
    """The prior that holds: what was believed at ``dated_at``, before the indicators since."""

    version: int
    dated_at: datetime
    probabilities: tuple[float, ...]  # (S,)
    note: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Likelihood:
    """P(outcome | scenario), as a number or by a word under a named scale."""

    probability: float
    words: str | None
    scale: str | None


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """A question whose answer would tell the scenarios apart.

    ``likelihoods`` and ``ratios`` hold one row an outcome, in each one entry a scenario.
    ``ratios`` are ln P(o|s)/P(o|not s): above 0 the outcome speaks for the scenario, below 0
    against it; infinite where only s allows it, or s rules it out; None where it cannot be said.
    """

    question_id: int
    title: str
    kind: Kind
    status: Status
    closes_at: datetime
    outcomes: tuple[str, ...]  # (K,)
    outcome: str | None  # how it turned out, even if that was after the set ended
    state: IndicatorState
    why: str  # the state in words
    weight: float  # exponent in [0, 1]: 1 takes it as independent of the others
    note: str
    version: int
    likelihoods: tuple[tuple[Likelihood | None, ...], ...]
    current: tuple[float, ...] | None  # (K,), the forecast or outcome that counts now
    current_from: Literal["me", "crowd", "outcome"] | None
    diagnosticity: float | None  # bits; None without a prior or a likelihood
    ratios: tuple[tuple[float | None, ...], ...] | None
    tells_apart: bool | None  # False: it cannot tell the scenarios apart


@dataclass(frozen=True, slots=True)
class Linkable:
    """A question that could be linked to a set."""

    question_id: int
    title: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WatchRow:
    """What the answer to an open indicator could still do; most informative first.

    ``information`` of a question asked on a condition is that of its answer times ``met``: where
    the condition is not met, it is annulled and tells nothing.
    """

    question_id: int
    title: str
    closes_at: datetime
    information: float  # expected reduction of entropy, bits
    swing: float  # largest change of one scenario between two possible outcomes, in [0, 1]
    outcomes: tuple[str, ...]
    chances: tuple[float, ...]  # (K,), of each outcome by everything known together
    after: tuple[tuple[float, ...] | None, ...]  # (K, S); None: that outcome is impossible
    condition: str | None  # title and outcome of the question that it is asked on
    met: float | None  # chance of its conditions, where the set is not asked on them; None: unsaid


@dataclass(frozen=True, slots=True)
class SensitivityRow:
    """The implied probabilities if every indicator's weight were ``factor`` times as large."""

    factor: float
    probabilities: tuple[float, ...]  # (S,)


@dataclass(frozen=True, slots=True)
class ScenarioSeries:
    """Probabilities at the end of each day and now; NaN where nothing stands.

    ``implied`` reads the whole past by the prior, likelihoods and weights that hold today.
    """

    at: tuple[datetime, ...]  # (T,), increasing
    mine: Floats  # (T, S)
    crowd: Floats  # (T, S)
    implied: Floats  # (T, S); NaN before the prior's date


@dataclass(frozen=True, slots=True)
class ScenarioBoard:
    """Everything about one scenario set."""

    question_id: int
    title: str
    background: str
    criteria: str
    status: Status
    opens_at: datetime
    closes_at: datetime  # the horizon
    outcome: str | None  # the scenario that came about
    scenarios: tuple[ScenarioView, ...]
    prior: PriorView | None
    indicators: tuple[IndicatorView, ...]  # by diagnosticity, highest first; then by id
    watch: tuple[WatchRow, ...]
    sensitivity: tuple[SensitivityRow, ...]  # factors 1, 0.5, 0.25; empty without a prior
    series: ScenarioSeries
    gap: str  # how far the direct judgement is from the implied one, in one sentence
    notices: tuple[str, ...]  # what is missing or left out, and what to do; one sentence each
