"""How scores are worked out: the options of every command that shows scores of the record."""

from typing import Annotated, cast, get_args

import typer

from forecasts.cli.values import one_of
from forecasts.maths.panel import ClockName
from forecasts.maths.scoring import Scale
from forecasts.maths.windows import BeforeFirst
from forecasts.results.scores import ScoreRule, ScoreSettings
from forecasts.views.scoring import settings_of

RuleOption = Annotated[str, typer.Option("--rule", help=", ".join(get_args(ScoreRule)) + ".")]
ScaleOption = Annotated[int, typer.Option("--scale", help="1 or 2: what the worst Brier score is.")]
ClockOption = Annotated[str, typer.Option("--clock", help=" or ".join(get_args(ClockName)) + ".")]
BeforeFirstOption = Annotated[
    str, typer.Option("--before-first", help=", ".join(get_args(BeforeFirst)) + ".")
]
Retrospective = Annotated[bool, typer.Option("--retrospective", help="Count claimed ones too.")]
Possibilities = Annotated[bool, typer.Option("--possibilities", help="Count may and could too.")]


def chosen_settings(
    rule: str,
    scale: int,
    clock: str,
    before_first: str,
    *,
    retrospective: bool,
    possibilities: bool,
) -> ScoreSettings:
    """The settings that these options stand for.

    Raises
    ------
    InvalidInput
        One of them is none of those there are.
    """
    return settings_of(
        retrospective=retrospective,
        possibilities=possibilities,
        rule=cast(ScoreRule, one_of("--rule", rule, get_args(ScoreRule))),
        scale=cast(Scale, one_of("--scale", scale, get_args(Scale))),
        clock=cast(ClockName, one_of("--clock", clock, get_args(ClockName))),
        before_first=cast(
            BeforeFirst, one_of("--before-first", before_first, get_args(BeforeFirst))
        ),
    )
