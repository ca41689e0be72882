"""Writers killed, servers crashed: nothing acknowledged is lost, nothing is counted twice."""

import random
import time

import postgres_server
import pytest

LONG = pytest.mark.long


def wait_for_first(writer) -> None:
    """Wait until the writer's first forecast is acknowledged."""
    deadline = time.monotonic() + 60
    while not writer.acknowledged():
        assert time.monotonic() < deadline, "the writer does not begin"
        time.sleep(0.005)


@pytest.mark.parametrize("kills", [12, pytest.param(200, marks=LONG)])
def test_killed_while_writing_on_sqlite(on_sqlite, kills):
    chance = random.Random(1)
    acknowledged = {}
    for round_ in range(kills):
        writer = on_sqlite.writer(f"w{round_}", 10_000)
        wait_for_first(writer)
        time.sleep(chance.uniform(0, 0.15))
        writer.kill()
        acknowledged |= writer.acknowledged()
    found = on_sqlite.holds(acknowledged)
    print(f"{kills} kills, {len(acknowledged)} acknowledged, {found} there, 0 lost")
    # A forecast may have been committed in the instant before its acknowledgement.
    assert 0 <= found - len(acknowledged) <= kills


@pytest.mark.parametrize("crashes", [3, pytest.param(50, marks=LONG)])
def test_server_crashed_while_writing_on_postgres(on_own_server, crashes):
    chance = random.Random(2)
    acknowledged = {}
    for round_ in range(crashes):
        writer = on_own_server.writer(f"w{round_}", 60)
        wait_for_first(writer)
        time.sleep(chance.uniform(0, 0.2))
        postgres_server.crash(on_own_server.server)
        writer.finish()  # it goes on by itself: the same act again, under its key
        acknowledged |= writer.acknowledged()
    found = on_own_server.holds(acknowledged)
    print(f"{crashes} crashes, {len(acknowledged)} acknowledged, {found} there, none twice")
    assert found == len(acknowledged) == crashes * 60
