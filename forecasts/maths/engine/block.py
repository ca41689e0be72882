"""Some neighbouring questions with all their forecasts, ready for the kernels."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecasts.maths.checks import Floats, Ints
from forecasts.maths.engine.clusters import pairs_of, starts_of
from forecasts.maths.engine.columns import Codes, Forecasts, Questions, no_flags
from forecasts.maths.engine.continuous import continuous_spans
from forecasts.maths.engine.daily import daily_spans
from forecasts.maths.engine.losses import clipped_logs, log_of_outcome, row_losses
from forecasts.maths.engine.relative import Losses
from forecasts.maths.engine.settings import Settings
from forecasts.maths.engine.windows import scheduled_days, window_days


@dataclass(frozen=True)
class Block:
    """Rows sorted by (question, forecaster, time), question codes counted within the block.

    A slot is a day of a question's window, or a stretch of time on which no forecast changes;
    a row stands on the slots ``begins:ends`` of its question.
    """

    questions: Questions
    rows: Forecasts
    settings: Settings
    row_starts: Ints  # shape (q + 1,), where each question's rows start
    pair_starts: Ints  # shape (p + 1,), where each forecaster's rows start
    pair_question: Codes  # shape (p,)
    pair_forecaster: Codes  # shape (p,)
    begins: Codes  # shape (n,)
    ends: Codes  # shape (n,)
    slot_starts: Ints  # shape (q + 1,)
    slot_weights: Floats  # shape (slots,), 1 or microseconds
    scheduled: Floats  # shape (q,), weight of the window up to the scheduled close

    @property
    def slots(self) -> int:
        """How many slots the questions have together."""
        return int(self.slot_starts[-1])

    @property
    def made(self) -> Ints:
        """When each row was made."""
        return self.rows.made

    @cached_property
    def row_question(self) -> Codes:
        """The question of each row, counted within the block."""
        return np.repeat(self.pair_question, np.diff(self.pair_starts))

    @cached_property
    def slot_outcome(self) -> Ints:
        """The outcome of each slot's question."""
        return np.repeat(self.questions.outcome, np.diff(self.slot_starts))

    @property
    def binary(self) -> bool:
        """Whether the probabilities are those of "yes" alone."""
        return self.rows.probabilities.ndim == 1

    @property
    def briers(self) -> bool:
        """Whether the rule is one of those with a relative score."""
        return self.settings.rule in ("brier", "ordered_brier")

    def column(self, option: int) -> Floats:
        """The probabilities of one option, shape (n,); of "yes" on binary questions."""
        p = self.rows.probabilities
        return p if self.binary else np.ascontiguousarray(p[:, option])

    def logs_of(self, option: int) -> Floats:
        """Logarithms of the clipped p and 1 - p of one option, shape (2, n)."""
        return self._logs if self.binary else clipped_logs(self.column(option), self.settings.clip)

    @cached_property
    def _logs(self) -> Floats:
        return clipped_logs(self.rows.probabilities, self.settings.clip)

    @cached_property
    def logs(self) -> tuple[Floats, Ints]:
        """Logarithms of clipped probabilities, (v, n), and which are of what happened, (q,).

        The latter has the row of the former that holds for each question.
        """
        outcome = self.questions.outcome
        if self.binary:
            return self._logs, outcome
        p, clip = self.rows.probabilities, self.settings.clip
        return log_of_outcome(p, outcome[self.row_question], clip)[np.newaxis], 0 * outcome

    @cached_property
    def losses(self) -> Losses:
        """The score of each forecast by the rule, shape (n,)."""
        p, outcome = self.rows.probabilities, self.questions.outcome
        if self.binary and self.briers:
            return p, (outcome == 0).astype(np.float64), float(self.settings.scale)
        outcome = outcome[self.row_question]
        return row_losses(p, outcome, self.settings, self.rows.withdrawn), np.empty(0), 0.0

    def losses_of(self, said: Floats) -> Losses:
        """The score of v crowds, shape (v, slots), that say (v, slots, C)."""
        if self.binary and self.briers:
            return said.reshape(said.shape[:2]), *self.losses[1:]
        outcome = np.tile(self.slot_outcome, len(said))
        flat = said.reshape(-1) if self.binary else said.reshape(-1, said.shape[2])
        losses = row_losses(flat, outcome, self.settings)
        return losses.reshape(said.shape[:2]), np.empty(0), 0.0


def make_block(questions: Questions, rows: Forecasts, settings: Settings, *, offset: int) -> Block:
    """Lay out clustered rows whose question codes count from ``offset``."""
    starts, pair_question, pair_forecaster = pairs_of(rows.question, rows.forecaster)
    pair_question -= np.int32(offset)
    withdrawn, expires = no_flags(rows)
    if settings.clock == "daily":
        days = window_days(questions)
        begins, ends = daily_spans(
            starts, pair_question, rows.made, withdrawn, expires, days.marks, days.starts, days.even
        )
        slot_starts, weights = days.starts, np.ones(days.marks.size)
        scheduled = scheduled_days(questions, days)
    else:
        begins, ends, weights, slot_starts = continuous_spans(
            starts, pair_question, rows.made, withdrawn, expires, questions.opens, questions.ends
        )
        scheduled = np.maximum(questions.closes - questions.opens, 0).astype(np.float64)
    return Block(
        questions=questions,
        rows=rows,
        settings=settings,
        row_starts=starts[starts_of(pair_question, len(questions))],
        pair_starts=starts,
        pair_question=pair_question,
        pair_forecaster=pair_forecaster,
        begins=begins,
        ends=ends,
        slot_starts=slot_starts,
        slot_weights=weights,
        scheduled=scheduled,
    )
