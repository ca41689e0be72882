"""A report on standard output: ``python -m dashboard.reports FORM KIND …``.

What ``forecasts report`` runs: FORM is html or pdf, KIND question, forecaster or period. A refusal
is one line on the error stream and status 3.
"""

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
from forecasts.views.report_forecaster import find_forecaster


def main(form: str, kind: str, *words: str) -> None:
    """Write the report as bytes."""
    try:
        with looking() as session:
            made = _made(session, kind, *words)
        out = pdf(made.html) if form == "pdf" else made.html.encode("utf-8")
    except TrackerError as refused:
        sys.stderr.write(f"{refused}\n")
        sys.exit(REFUSED)
    sys.stdout.buffer.write(out)


def _made(session: Session, kind: str, *words: str) -> Report:
    now = clock.now()
    if kind == "question":
        return of_question(session, int(words[0]), now=now)
    if kind == "forecaster":
        return of_forecaster(session, find_forecaster(session, words[0]), now=now)
    first, last = map(date.fromisoformat, words)
    return of_period(session, first, last, now=now)


if __name__ == "__main__":
    main(*sys.argv[1:])
