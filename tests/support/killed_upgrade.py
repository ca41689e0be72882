"""An upgrade in a process of its own that is killed before its n-th statement."""

import itertools
import os
import signal

from sqlalchemy import event

from db.engine import open_engine
from db.upgrade import upgrade


def upgrade_and_die(url: str, before: int) -> None:
    """Upgrade; SIGKILL to oneself before the statement of that number, commit included."""
    engine = open_engine(url)
    number = itertools.count(1)

    def die(*_args: object) -> None:
        if next(number) == before:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", die)
    event.listen(engine, "commit", die)
    upgrade(engine)
    engine.dispose()
