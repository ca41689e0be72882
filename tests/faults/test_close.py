"""Closed means closed: to the microsecond, in every zone, also where the clock is turned back."""

import itertools
import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from db.session import transaction
from forecasts.errors import QuestionClosed
from forecasts.services.acts import Act
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question

# Walls where clocks change: an hour that comes twice, and one that does not come.
CLOSES = [
    datetime(2027, 10, 31, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime(2027, 3, 28, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),
    datetime(2027, 11, 7, 1, 59, 59, 999_999, tzinfo=ZoneInfo("America/New_York")),
    datetime(2027, 4, 4, 1, 45, fold=1, tzinfo=ZoneInfo("Australia/Lord_Howe")),
    datetime(2028, 1, 1, tzinfo=ZoneInfo("Pacific/Kiritimati")),
    datetime(2027, 12, 31, 12, tzinfo=UTC),
]
AWAY = [-1, 0, 1, -2, 2, -1_000_000, 1_000_000, -3_600_000_000, 3_600_000_000]
CASES = 1_000


def test_none_is_accepted_at_or_after_the_close(record, draft):
    chance = random.Random(4)
    # By UTC: two times of one zone that differ in their fold alone count as equal.
    closes = [close.astimezone(UTC) for close in CLOSES]
    cases = list(itertools.product(closes, AWAY))
    cases += [
        (chance.choice(closes), chance.randint(-(10**11), 10**11))
        for _ in range(CASES - len(cases))
    ]
    chance.shuffle(cases)  # so that the clock runs backwards as often as forwards
    accepted = 0
    with transaction(record.engine) as session:
        asked = {
            close.astimezone(UTC): ask_question(
                session,
                Act("ana", datetime(2027, 1, 1, tzinfo=UTC), f"q{i}"),
                draft=draft(closes_at=close),
            ).id
            for i, close in enumerate(CLOSES)
        }
        for number, (close, away) in enumerate(cases):
            now = close + timedelta(microseconds=away)
            act = Act("ana", now, f"case {number}")
            try:
                record_forecast(session, act, question_id=asked[close], probability=0.5)
            except QuestionClosed:
                assert away >= 0
            else:
                assert away < 0
                accepted += 1
    assert record.holds({}) == accepted
    print(f"{CASES} cases around the close: {accepted} accepted, 0 of them late")
