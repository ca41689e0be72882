"""The dashboard's server: ``python -m dashboard`` with the options of ``streamlit run``.

What ``forecasts serve`` becomes. A large record is loaded and scored beside the server's start, so
that the first visitor finds it ready, or nearly.
"""

import gc
import getpass
import sys
from pathlib import Path
from threading import Thread

from sqlmodel import Session
from streamlit.web.cli import main as streamlit

from dashboard.theme import LIGHT, blank
from db.session import reading
from forecasts import clock
from forecasts.errors import DatabaseUnavailable
from forecasts.maths.engine import compile_ahead
from forecasts.opening import naming_faults, open_record
from forecasts.views.questions import facets, question_list
from forecasts.views.scores import scoreboard
from forecasts.views.snapshot import look
from forecasts.views.standing import will_compile
from forecasts.views.today import today


def serve(*options: str) -> None:
    """Serve the dashboard until the process is ended."""
    gc.disable()  # until all is prepared: what is loaded stays, and is searched for garbage in vain
    Thread(target=prepare, daemon=True).start()
    sys.argv = ["streamlit", "run", str(Path(__file__).with_name("app.py")), *options]
    streamlit()


def prepare() -> None:
    """Work out what several pages need, if the record is so large that a reader would wait."""
    try:
        engine = open_record()
        with naming_faults(), reading(engine) as session:
            if will_compile(session):
                _work_out(session)
        engine.dispose()
    except DatabaseUnavailable:  # every page says so
        return
    finally:
        gc.collect()
        gc.freeze()  # else each full collection goes through all of it again: a third of a second
        gc.enable()


def _work_out(session: Session) -> None:
    """First what Today waits for, then the other pages, each for the machine's user."""
    now, me = clock.now(), getpass.getuser()
    look(session)
    compile_ahead(everything=False)
    today(session, me=me, now=now)
    facets(session)
    question_list(session, me=me, now=now)
    blank(LIGHT, height=100)  # loads what charts are drawn with
    scoreboard(session, now=now)
    from forecasts.views.sources import sources  # loads the parser, slowly

    sources(session, now=now)


if __name__ == "__main__":
    serve(*sys.argv[1:])
