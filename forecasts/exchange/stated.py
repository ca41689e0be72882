"""From rows of a FORECASTS file to forecasts: several rows make one where there are options."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from forecasts.errors import InvalidInput
from forecasts.exchange.asked import Asked
from forecasts.exchange.assembling import check_complete, refuse_rows, runs, together
from forecasts.exchange.said import Said
from forecasts.maths.checks import SUM_TOLERANCE, Bools, Floats, Ints
from forecasts.maths.engine import Forecasts, Questions
from forecasts.maths.quantiles import quantile_score


@dataclass(frozen=True, slots=True)
class Group:
    """Settled questions that are scored together, with the forecasts on them."""

    kind: str
    asked: list[int]  # place of each question in the file
    questions: Questions
    forecasts: Forecasts  # of numeric ones, the score of each in place of a probability


def groups(questions: list[Asked], said: Said) -> Iterator[Group]:
    """Yield the settled questions by kind and number of options; numeric ones one group.

    Raises InvalidInput for rows that make no whole forecast, naming the first of them.
    """
    kinds: dict[tuple[str, int], list[int]] = {}
    for place, asked in enumerate(questions):
        kinds.setdefault((asked.kind, len(asked.options)), []).append(place)
    for (kind, k), places in kinds.items():
        code = np.full(len(questions), -1, dtype=np.int32)
        settled = [place for place in places if questions[place].outcome is not None]
        code[settled] = np.arange(len(settled))
        here = np.full(len(questions), False)
        here[places] = True
        rows = np.flatnonzero(here[said.question])
        _refuse_foreign(said, rows, kind)
        # Open questions are left unscored, but a bad row on one is refused all the same.
        made = _MAKERS[kind](questions, said, _in_order(said, rows), k)
        scored = code[made.question] >= 0
        if not scored.any():
            continue
        found = Forecasts(
            question=code[made.question[scored]],
            forecaster=made.forecaster[scored],
            made=made.made[scored],
            probabilities=made.probabilities[scored],
            withdrawn=made.withdrawn[scored] if made.withdrawn is not None else None,
            expires=made.expires[scored] if made.expires is not None else None,
            checked=True,
        )
        chosen = [questions[place] for place in settled]
        yield Group(
            kind=kind,
            asked=settled,
            questions=Questions(
                np.array([one.opens for one in chosen]),
                np.array([one.closes for one in chosen]),
                np.array([one.ends for one in chosen]),
                np.array([0 if kind == "numeric" else int(one.outcome or 0) for one in chosen]),
                tuple(one.zone for one in chosen),
            ),
            forecasts=found,
        )


def _refuse_foreign(said: Said, rows: Ints, kind: str) -> None:
    """Refuse what belongs to the other kind: taken for an empty row, it would withdraw."""
    is_numeric = kind == "numeric"
    columns = (
        {"probability": ~np.isnan(said.probability)}
        if is_numeric
        else {"quantile": ~np.isnan(said.level), "value": ~np.isnan(said.value)}
    )
    here = np.zeros(said.question.size, dtype=np.bool_)
    here[rows] = True
    reason = "must be empty: the question is " + ("numeric" if is_numeric else "not numeric")
    for name, given in columns.items():
        said.table.refuse(given & here, name, reason)


def _in_order(said: Said, rows: Ints) -> Ints:
    """Return the rows in the order in which they were recorded, the file's where it is silent."""
    recorded = said.recorded[rows]
    if (recorded[1:] >= recorded[:-1]).all():
        return rows
    return rows[np.argsort(recorded, kind="stable")]


def _binary(_questions: list[Asked], said: Said, rows: Ints, _k: int) -> Forecasts:
    named = np.array([name not in ("", "yes") for name in said.option_names])
    refused = np.zeros(said.option.size, dtype=np.bool_)
    refused[rows] = named[said.option[rows]]
    said.table.refuse(refused, "option", "must be yes or empty: it is binary")
    return _forecasts(said, rows, said.probability[rows], np.isnan(said.probability[rows]))


def _choice(questions: list[Asked], said: Said, rows: Ints, k: int) -> Forecasts:
    option = _option_index(questions, said, rows)
    whole = option < 0  # a row without an option: it can only withdraw
    stray = np.zeros(said.option.size, dtype=np.bool_)
    stray[rows[whole]] = ~np.isnan(said.probability[rows[whole]])
    said.table.refuse(stray, "option", "must name one of the options")
    parts, part_option = rows[~whole], option[~whole]
    order = together(said, parts, part_option)
    parts, part_option = parts[order], part_option[order]
    check_complete(said, parts, part_option, k)
    p = said.probability[parts].reshape(-1, k)
    first = parts.reshape(-1, k).min(axis=1)
    empty = np.isnan(p)
    refuse_rows(said, first[empty.any(axis=1) & ~empty.all(axis=1)], "has a probability missing")
    wrong = np.abs(p.sum(axis=1) - 1) > SUM_TOLERANCE
    if wrong.any():
        total = p[np.argmax(wrong)].sum()
        refuse_rows(said, first[wrong][:1], f"starts a forecast that sums to {total:.9g}, not 1")
    nothing = np.full((int(whole.sum()), k), np.nan)
    head = np.concatenate([first, rows[whole]])
    again = np.lexsort((head, said.recorded[head]))
    values = np.concatenate([p, nothing])[again]
    withdrawn = np.isnan(values[:, 0])
    # Two options are kept as the probability of the first one, as everywhere in the engine.
    return _forecasts(said, head[again], values[:, 0] if k == 2 else values, withdrawn)


def _numeric(questions: list[Asked], said: Said, rows: Ints, _k: int) -> Forecasts:
    level, value = said.level[rows], said.value[rows]
    withdrawing = np.isnan(level) & np.isnan(value)
    refuse_rows(said, rows[np.isnan(level) != np.isnan(value)], "needs both quantile and value")
    outside = ~withdrawing & ~((level > 0) & (level < 1) & np.isfinite(value))
    refuse_rows(said, rows[outside], "needs a quantile in (0, 1) and a finite value")
    parts = rows[~withdrawing]
    rank = np.unique(said.level[parts], return_inverse=True)[1].astype(np.int32)
    parts = parts[together(said, parts, rank)]
    starts, keys = runs(said, parts)
    sizes = np.diff(np.append(starts, parts.size))
    losses = np.full(starts.size, np.nan)
    outcome = np.array([np.nan if a.outcome is None else a.outcome for a in questions])
    for size in np.unique(sizes):
        same = np.flatnonzero(sizes == size)
        cells = parts[starts[same, np.newaxis] + np.arange(size)]
        levels, which = np.unique(said.level[cells], axis=0, return_inverse=True)
        for i, one in enumerate(levels):
            chosen = cells[which.ravel() == i]
            falling = (np.diff(said.value[chosen], axis=1) < 0).any(axis=1)
            refuse_rows(said, chosen[falling, 0], "starts a forecast whose quantiles cross")
            observed = outcome[said.question[chosen[:, 0]]]
            known = ~np.isnan(observed)
            losses[same[which.ravel() == i][known]] = quantile_score(
                said.value[chosen[known]], one, observed[known]
            )
    head = np.concatenate([keys, rows[withdrawing]])
    values = np.concatenate([losses, np.full(int(withdrawing.sum()), np.nan)])
    gone = np.concatenate([np.zeros(keys.size), np.ones(int(withdrawing.sum()))]) > 0
    again = np.lexsort((head, said.recorded[head]))
    return _forecasts(said, head[again], values[again], gone[again])


_MAKERS = {
    "binary": _binary,
    "multiple_choice": _choice,
    "ordered": _choice,
    "numeric": _numeric,
}


def _forecasts(said: Said, rows: Ints, values: Floats, withdrawn: Bools) -> Forecasts:
    return Forecasts(
        question=said.question[rows],
        forecaster=said.forecaster[rows],
        made=said.made[rows],
        probabilities=values,
        withdrawn=withdrawn if withdrawn.any() else None,
        expires=said.expires[rows],
        checked=True,
    )


def _option_index(questions: list[Asked], said: Said, rows: Ints) -> Ints:
    """Return the place of each row's option in its question, -1 where it names none."""
    width = len(said.option_names)
    pairs, where = np.unique(
        said.question[rows].astype(np.int64) * width + said.option[rows], return_inverse=True
    )
    found = np.empty(pairs.size, dtype=np.int64)
    places: dict[int, dict[str, int]] = {}
    for i, (question, code) in enumerate(zip(*np.divmod(pairs, width), strict=True)):
        if question not in places:
            places[question] = {name: k for k, name in enumerate(questions[question].options)}
        name = said.option_names[code]
        found[i] = places[question].get(name, -2 if name else -1)
    option = found[where]
    if (option == -2).any():
        row = rows[option == -2].min()
        name, asked = said.option_names[said.option[row]], questions[said.question[row]]
        where_ = f"{said.table.path.name}, row {row + 1}, option"
        raise InvalidInput(where_, name, f"must be one of {', '.join(asked.options)}")
    return option
