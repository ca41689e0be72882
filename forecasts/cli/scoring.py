"""Scoring files without a database."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import numpy as np
import typer

from forecasts.cli.doors import Json
from forecasts.cli.terminal import percent, say, say_json
from forecasts.cli.values import one_of
from forecasts.errors import InvalidInput

SEED = 20_240_711  # any fixed number: the same files must give the same intervals
_RULES = "brier, ordered_brier, log_score, spherical_score"
_EQUAL_ODDS = {
    "brier": {1: "(K−1)/(2K)", 2: "(K−1)/K"},
    "ordered_brier": {1: "(K+1)/(6K) on average", 2: "(K+1)/(3K) on average"},
    "log_score": dict.fromkeys((1, 2), "ln K"),
    "spherical_score": dict.fromkeys((1, 2), "1/√K"),
}
"""What equal odds on K options earn, by rule and scale."""


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(score)
    app.command()(calibrate)


def score(
    questions: Annotated[Path, typer.Argument(help="CSV or Parquet: what was asked.")],
    forecasts: Annotated[Path, typer.Argument(help="CSV or Parquet: what was said.")],
    rule: Annotated[
        str | None, typer.Option(help=f"{_RULES}; without it, the Brier score that fits.")
    ] = None,
    clock: Annotated[str, typer.Option(help="daily or continuous.")] = "daily",
    zone: Annotated[str, typer.Option(help="Whose days, unless a question says.")] = "UTC",
    before_first: Annotated[str, typer.Option(help="skip, uniform or crowd.")] = "skip",
    scale: Annotated[int, typer.Option(help="1 or 2: what the worst Brier score is.")] = 1,
    models: Annotated[bool, typer.Option("--models", help="Models join the crowd.")] = False,
    as_json: Json = False,
) -> None:
    """Score the forecasts in a file against the outcomes in another."""
    # Here, because they load libraries that no other command needs.
    from forecasts.exchange.asked import read_questions
    from forecasts.exchange.said import read_forecasts
    from forecasts.exchange.scorecard import scorecard

    settings = _settings(rule, clock, before_first, scale)
    with Progress() as progress:
        asked = read_questions(questions, zone=_zone(zone), progress=progress.rows(questions))
        said = read_forecasts(forecasts, asked, progress=progress.rows(forecasts))
        card = scorecard(
            asked,
            said,
            settings,
            models=models,
            rng=np.random.default_rng(SEED),
            ordered_alike=rule is not None,
            progress=progress,
        )
    if as_json:
        _say_card(card)
        return
    for line in _score_lines(card):
        say(line)


def calibrate(
    pairs: Annotated[Path, typer.Argument(help="CSV or Parquet: probability, happened.")],
    as_json: Json = False,
) -> None:
    """Whether what is called 70 % in a file happens 70 % of the time."""
    from forecasts.exchange.reliability import calibration_card, read_pairs

    with Progress() as progress:
        rows = read_pairs(pairs, progress=progress.rows(pairs))
        card = calibration_card(rows, rng=np.random.default_rng(SEED))
    if as_json:
        say_json(card)
        return
    for line in _calibration_lines(card):
        say(line)


def _settings(rule: str | None, clock: str, before_first: str, scale: int) -> Any:
    from forecasts.maths.engine.settings import Settings
    from forecasts.maths.panel import ClockName
    from forecasts.maths.rules import RuleName
    from forecasts.maths.windows import BeforeFirst

    return Settings(
        cast(RuleName, one_of("--rule", rule or "brier", get_args(RuleName))),
        cast(Any, one_of("--scale", scale, (1, 2))),
        cast(ClockName, one_of("--clock", clock, get_args(ClockName))),
        cast(BeforeFirst, one_of("--before-first", before_first, get_args(BeforeFirst))),
    )


def _zone(name: str) -> Any:
    from forecasts.exchange.asked import zone_of

    zone = zone_of(name)
    if zone is None:
        raise InvalidInput("--zone", name, "is no time zone")
    return zone


class Progress:
    """What is being done and how far, on one line of a terminal; nothing anywhere else."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._said = ""

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_raised: object) -> None:
        self._write("")  # an answer or a refusal starts on a clean line

    def __call__(self, what: str, count: int) -> None:
        """Say how far it is."""
        self._write(f"{what}: {count:,}")

    def rows(self, path: Path) -> Callable[[int], None]:
        """Say how many rows of a file were read."""
        return lambda count: self(f"rows of {path.name}", count)

    def _write(self, text: str) -> None:
        if self._shown:
            sys.stderr.write("\r" + text.ljust(len(self._said)) + ("" if text else "\r"))
            sys.stderr.flush()
            self._said = text


def _say_card(card: dict[str, Any]) -> None:
    """Say a card as JSON, row by row: the text of millions of rows is never there at once."""
    lead = "{"
    for name, value in card.items():
        if isinstance(value, dict):
            say(f'{lead}"{name}": {_json(value)}')
        else:
            before = f'{lead}"{name}": ['
            for row in value:
                say(f"{before}{_json(row)}")
                before = ","
            say("]" if before == "," else f"{before}]")
        lead = ","
    say("}")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _score_lines(card: dict[str, Any]) -> list[str]:
    settings, board = card["settings"], card["leaderboard"]
    rules = ", ".join(f"{kind}: {rule}" for kind, rule in settings["rules"].items())
    lines = [
        f"{rules or 'nothing to score'}; {settings['clock']} clock, "
        f"{', '.join(settings['zones'])}; before the first forecast: {settings['before_first']}.",
        *(_measure(rule, settings["scale"]) for rule in dict.fromkeys(settings["rules"].values())),
        f"{settings['questions']} questions, {settings['open']} of them open and unscored.",
    ]
    if len(settings["among"]) > 1:
        lines.append(f"Adjusted scores are among all together: {', '.join(settings['among'])}.")
    if board:
        lines.append(f"{'score':>7}  {'95 %':<13}  {'adjusted':>8}  {'n':>4}  {'cover':>5}")
    for row in board:
        spread = "—" if not row["interval"] else "–".join(f"{x:.3f}" for x in row["interval"])
        adjusted = "—" if row["adjusted"] is None else f"{row['adjusted']:.3f}"
        lines.append(
            f"{row['score']:>7.3f}  {spread:<13}  {adjusted:>8}  {row['questions']:>4}  "
            f"{percent(row['coverage']):>5}  {row['forecaster']}"
            + ("" if row["kind"] == "person" else f" ({row['kind']})")
        )
    scores = [row["score"] for row in card["crowd"] if row["aggregate"] == "median"]
    told = [score for score in scores if score is not None]
    if told:
        lines.append(f"{np.mean(told):>7.3f}  median of the crowd ({settings['crowd']})")
    stood_in = sum(row["by_mean"] > 0 for row in card["crowd"] if row["aggregate"] == "median")
    if stood_in:
        lines.append(
            f"On {stood_in} questions the median was 0 for every option at times: "
            "there the mean stood in."
        )
    return lines


def _measure(rule: str, scale: Any) -> str:
    """The range and direction of a rule, and what a know-nothing earns by it."""
    from forecasts.maths.rules import HIGHER_IS_BETTER, RuleName, uniform_score

    if rule not in get_args(RuleName):
        return (
            f"{rule}, from 0 in each question's own unit: lower is better, 0 is perfect; "
            "a know-nothing has no quantiles to state."
        )
    name = cast(RuleName, rule)
    better, perfect = ("higher", 1) if name in HIGHER_IS_BETTER else ("lower", 0)
    most = {"log_score": "in nats from 0", "spherical_score": "0 to 1"}
    return (
        f"{rule}, {most.get(rule, f'0 to {scale}')}: {better} is better, {perfect} is perfect; "
        f"equal odds on K options earn {_EQUAL_ODDS[rule][scale]}, "
        f"50 % on yes/no questions {uniform_score(name, 2, scale=scale):.3f}."
    )


def _calibration_lines(card: dict[str, Any]) -> list[str]:
    corp, cox = card["corp"], card["recalibration"]
    lines = [
        f"{card['n']} forecasts, {percent(card['base_rate'])} happened.",
        f"Brier {card['brier']:.4f} = uncertainty {corp['unc']:.4f} + miscalibration "
        f"{corp['mcb']:.4f} − discrimination {corp['dsc']:.4f}",
        "Brier 0 to 1: lower is better, 0 is perfect, always saying 50 % earns 0.2500, "
        f"always saying the base rate {corp['unc']:.4f}.",
    ]
    if card["log_score"] is None:
        lines.append(f"Log score infinite: {card['n_infinite']} certainties failed.")
    else:
        lines.append(
            f"Log score {card['log_score']:.4f} nats (from 0: lower is better, 0 is perfect, "
            f"always saying 50 % earns {np.log(2):.4f})"
        )
    if card["auc"] is not None:
        lines.append(f"AUC {card['auc']:.4f} (0.5 is chance, 1 is best)")
    if cox["slope"] is None:
        lines.append(f"No recalibration: {cox['reason']}.")
    else:
        lines.append(
            f"Recalibration: slope {cox['slope']:.3f} (below 1: overconfident), "
            f"intercept {cox['intercept']:.3f}"
        )
    lines.append("  bin        said  happened  forecasts")
    lines += [
        f"  {percent(one.low):>5}–{percent(one.high):<6} {percent(one.mean_forecast):>5}  "
        f"{percent(one.observed):>8}  {one.forecasts:>9}"
        for one in card["murphy"]["by_bin"]["bins"]
    ]
    return lines
