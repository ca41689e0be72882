"""A report on standard output: ``python -m dashboard.reports FORM SETTINGS KIND …``.

What ``forecasts report`` runs: FORM is html or pdf, SETTINGS are those of the scores as JSON, KIND
is question, forecaster or period. A refusal is one line on the error stream and status 3.
"""

import json
import sys
from datetime import date

from sqlmodel import Session

from dashboard.reports.making import of_forecaster, of_period, of_question
from dashboard.reports.printing import pdf
from dashboard.reports.sheet import Report
from forecasts import clock
from forecasts.cli.doors import looking
from forecasts.cli.reports import REFUSED
from forecasts.errors import TrackerError
from forecasts.results.scores import ScoreSettings
from forecasts.views.report_forecaster import find_forecaster


def main(form: str, settings: str, kind: str, *words: str) -> None:
    """Write the report as bytes."""
    chosen = json.loads(settings)
    chosen["classes"] = tuple(chosen["classes"])
    try:
        with looking() as session:
            made = _made(session, ScoreSettings(**chosen), kind, *words)
        out = pdf(made.html) if form == "pdf" else made.html.encode("utf-8")
    except TrackerError as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(REFUSED)
    sys.stdout.buffer.write(out)


def _made(session: Session, settings: ScoreSettings, kind: str, *words: str) -> Report:
    now = clock.now()
    if kind == "question":
        return of_question(session, int(words[0]), now=now)
    if kind == "forecaster":
        who = find_forecaster(session, words[0])
        return of_forecaster(session, who, now=now, settings=settings)
    first, last = map(date.fromisoformat, words)
    return of_period(session, first, last, now=now, settings=settings)


if __name__ == "__main__":
    main(*sys.argv[1:])
