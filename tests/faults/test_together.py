"""Many at once: no gap, no error, one winner, one entry a key."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from db.session import reading
from db.tables import Ledger, Resolution
from forecasts import clock
from forecasts.errors import AlreadyResolved
from forecasts.performing import perform
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question

LONG = pytest.mark.long
FAR = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("each", [20, pytest.param(250, marks=LONG)])
def test_eight_writers(record, each):
    writers = [record.writer(f"w{i}", each) for i in range(8)]
    for writer in writers:
        writer.finish(600)
    acknowledged = {k: v for writer in writers for k, v in writer.acknowledged().items()}
    assert len(acknowledged) == 8 * each
    assert record.holds(acknowledged) == 8 * each
    print(f"8 writers x {each}: {8 * each} entries, gapless, 0 errors")


def resolve(record, question, who, gate):
    gate.wait()
    try:
        receipt = perform(
            record.engine,
            lambda _: Act(who, clock.now(), f"{who}-{question}"),
            resolve_question,
            question_id=question,
            outcome="yes" if who == "ana" else "no",
            known_at=clock.now(),
            evidence="seen",
        )
    except AlreadyResolved as refused:
        return who, str(refused)
    return who, receipt


@pytest.mark.parametrize("races", [8, pytest.param(100, marks=LONG)])
def test_one_resolution_wins(record, draft, races):
    with ThreadPoolExecutor(2) as pool:
        for race in range(races):
            asked = perform(
                record.engine,
                lambda _, race=race: Act("cy", clock.now(), f"race {race}"),
                ask_question,
                draft=draft(closes_at=FAR),
            )
            gate = threading.Barrier(2)
            runs = [pool.submit(resolve, record, asked.id, who, gate) for who in ("ana", "bo")]
            told = dict(run.result() for run in runs)
            losers = [who for who, found in told.items() if isinstance(found, str)]
            assert len(losers) == 1
            winner = "bo" if losers == ["ana"] else "ana"
            assert (
                f"already resolved {'yes' if winner == 'ana' else 'no'} by {winner}"
                in (told[losers[0]])
            )
            with reading(record.engine) as session:
                versions = session.exec(
                    select(Resolution.version).where(Resolution.question_id == asked.id)
                ).all()
            assert versions == [1]
    record.holds({})
    print(f"{races} races, {races} winners")


@pytest.mark.parametrize("submissions", [25, pytest.param(500, marks=LONG)])
def test_one_entry_however_often_it_is_sent(record, submissions):
    chance = random.Random(3)
    with ThreadPoolExecutor(8) as pool:
        for number in range(submissions):
            key, times = f"again-{number}", chance.randint(2, 6 if submissions < 500 else 50)
            sent = [
                pool.submit(
                    perform,
                    record.engine,
                    lambda _, key=key: Act("ana", clock.now(), key),
                    record_forecast,
                    question_id=record.question,
                    probability=number % 101 / 100,
                )
                for _ in range(times)
            ]
            receipts = {run.result().seq for run in sent}
            assert len(receipts) == 1
    assert record.holds({}) == submissions
    with reading(record.engine) as session:
        kept = session.exec(select(Ledger.seq).where(Ledger.event_id.startswith("again-"))).all()
    assert len(kept) == submissions
    print(f"{submissions} submissions sent again and again: {len(kept)} entries")
