"""What each forecast scores by itself, under the settings of a page."""

from collections.abc import Iterator

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.clipping import count_clipped
from forecasts.maths.rules import RuleName, score, uniform_score
from forecasts.results.scores import ScoreSettings
from forecasts.views.loading import Asked
from forecasts.views.snapshot import Snapshot


def rule_for(asked: Asked, settings: ScoreSettings) -> RuleName:
    """The rule that fits the kind of question."""
    ordered = asked.kind == "ordered" and settings.rule == "brier"
    return "ordered_brier" if ordered else settings.rule


def row_losses(
    snapshot: Snapshot, rows: Ints, settings: ScoreSettings, column: str = "probability"
) -> Floats:
    """What each of the rows scores, all on settled questions and none of them a withdrawal.

    ``column`` may be ``low`` or ``high``: an end of the words' range, where there is one.
    """
    said = snapshot.said
    question = said.question[rows]
    outcome = snapshot.outcome[question]
    losses = np.empty(rows.size)
    for own, k, rule in alike(snapshot, question, settings):
        stated = said.distributions(rows[own], k, column)
        losses[own] = score(rule, stated, outcome[own], scale=settings.scale, clip=settings.clip)
    return losses


def stated_losses(
    snapshot: Snapshot, question: Ints, stated: Floats, settings: ScoreSettings
) -> Floats:
    """What distributions, (n, K), on settled questions with K options score."""
    outcome = snapshot.outcome[question]
    losses = np.empty(question.size)
    for own, _, rule in alike(snapshot, question, settings):
        losses[own] = score(
            rule, stated[own], outcome[own], scale=settings.scale, clip=settings.clip
        )
    return losses


def equal_odds(snapshot: Snapshot, question: Ints, settings: ScoreSettings) -> Floats:
    """What 1/K on every option of these questions earns, on average over their outcomes."""
    found = np.empty(question.size)
    for own, k, rule in alike(snapshot, question, settings):
        found[own] = uniform_score(rule, k, scale=settings.scale)
    return found


def equal_losses(snapshot: Snapshot, question: Ints, settings: ScoreSettings) -> Floats:
    """What 1/K on every option of these questions scores now that their outcomes are known.

    On ordered questions that is not ``equal_odds``: an outcome in the middle costs less.
    """
    outcome = snapshot.outcome[question]
    found = np.empty(question.size)
    for own, k, rule in alike(snapshot, question, settings):
        stated = np.full((own.size, k), 1 / k)
        found[own] = score(rule, stated, outcome[own], scale=settings.scale, clip=settings.clip)
    return found


def clipped_count(snapshot: Snapshot, rows: Ints, settings: ScoreSettings) -> int:
    """How many of the rows' probabilities of what happened are moved; only a log score does."""
    if settings.rule != "log_score":
        return 0
    question = snapshot.said.question[rows]
    outcome = snapshot.outcome[question]
    moved = 0
    for own, k, _ in alike(snapshot, question, settings):
        stated = snapshot.said.distributions(rows[own], k)
        moved += count_clipped(stated[np.arange(own.size), outcome[own]], settings.clip)
    return moved


def alike(
    snapshot: Snapshot, question: Ints, settings: ScoreSettings
) -> Iterator[tuple[Ints, int, RuleName]]:
    """Where in ``question`` those are that share options' number and rule; and what they share."""
    options = snapshot.options[question]
    in_order = (snapshot.ordered[question] == 1) & (settings.rule == "brier")
    rules: tuple[RuleName, RuleName] = (settings.rule, "ordered_brier")
    for k in np.unique(options).tolist():
        for ordered, rule in enumerate(rules):
            own = np.flatnonzero((options == k) & (in_order == ordered))
            if own.size:
                yield own, k, rule
