"""What an earlier look worked out question by question, handed on to a later one."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from forecasts.maths.checks import Ints
from forecasts.views.columns import Said
from forecasts.views.loading import Asked

BY_QUESTION = "by question"
"""What the key of an answer begins with that is made of one part a settled question."""

CARRIED = 2
"""Such answers, those asked for last, that are handed on; each may take some 35 MB."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Answers to keys that begin with ``BY_QUESTION``, and where they no longer hold."""

    answers: Mapping[Hashable, Any]
    touched: frozenset[int]  # the questions whose part no longer holds
    rows: Ints  # where each of the earlier rows now stands


def touched_questions(
    then: Mapping[int, Asked], now: Mapping[int, Asked], said: Said, after: int
) -> frozenset[int]:
    """The settled questions, then or now, that changed or got forecasts with ids over ``after``."""
    before, settled = _settled(then), _settled(now)
    changed = {key for key in before.keys() | settled.keys() if before.get(key) != settled.get(key)}
    new = said.question[said.id > after]
    return frozenset(changed | (settled.keys() & set(new.tolist())))


def handed_on(
    answers: Sequence[tuple[Hashable, Any]], touched: frozenset[int], said: Said, after: int
) -> Earlier:
    """The last of the answers, all to forecasts with ids up to ``after``."""
    held = [(k, v) for k, v in answers if isinstance(k, tuple) and k[0] == BY_QUESTION]
    # Rows are only ever put between others, so the earlier ones still come in the same order.
    return Earlier(dict(held[-CARRIED:]), touched, np.flatnonzero(said.id <= after))


def _settled(questions: Mapping[int, Asked]) -> dict[int, Asked]:
    return {key: asked for key, asked in questions.items() if asked.is_settled}
