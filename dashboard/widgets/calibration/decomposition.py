"""A Brier score taken apart: how hard, how miscalibrated, how telling."""

from dashboard import formats
from dashboard.widgets.safe import Html, fill
from forecasts.maths.calibration import ReliabilityCurve

HEAD = Html("<tr><th>Part</th><th class='n'>Brier</th></tr>")


def decomposition(curve: ReliabilityCurve) -> list[Html]:
    """Rows that add up: uncertainty + miscalibration − discrimination = score."""
    parts = (
        ("How hard the questions were", "UNC", formats.score(curve.uncertainty), "other"),
        ("plus: miscalibration", "MCB", f"+ {formats.score(curve.miscalibration)}", "other"),
        (
            "minus: telling yes from no",
            "DSC",
            f"{formats.MINUS} {formats.score(curve.discrimination)}",
            "other",
        ),
        ("Brier score", "", formats.score(curve.brier), "sum"),
    )
    return [
        fill(
            '<tr class="{kind}"><td>{name} <small>{short}</small></td><td class="n">{n}</td></tr>',
            kind=kind,
            name=name,
            short=short,
            n=number,
        )
        for name, short, number, kind in parts
    ]
