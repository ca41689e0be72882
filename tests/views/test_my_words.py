"""What I say of a question now, or said at its end: to be told in a list of questions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from forecasts.results.question import MyWords, Restated
from forecasts.services.forecasts import record_forecast, withdraw_forecast
from forecasts.services.questions import ask_question
from forecasts.services.resolutions import resolve_question
from forecasts.views.restated import my_words


def test_each_kind_in_its_own_terms(desk: Any, draft: Callable[..., Any]) -> None:
    closes = desk.now + timedelta(days=30)

    def ask(**changes: Any) -> int:
        key: int = desk.do(ask_question, draft=draft(closes_at=closes, **changes)).id
        return key

    choice = ask(kind="multiple_choice", options=("a", "b", "c"))
    number = ask(kind="numeric", unit="kg")
    silent, withdrawn = ask(), ask()
    desk.later(days=1)
    quantiles = ((0.1, 1.0), (0.5, 2.0), (0.9, 4.0))
    desk.do(record_forecast, by="ana", question_id=choice, probabilities=(0.2, 0.5, 0.3))
    desk.do(record_forecast, by="ana", question_id=number, quantiles=quantiles)
    desk.do(record_forecast, by="bob", question_id=silent, probability=0.4)
    desk.do(record_forecast, by="ana", question_id=withdrawn, probability=0.4)
    desk.later(days=1).do(withdraw_forecast, by="ana", question_id=withdrawn)
    keys = (choice, number, silent, withdrawn)
    expected = {
        choice: MyWords(Restated(probabilities=(0.2, 0.5, 0.3)), ("a", "b", "c"), None),
        number: MyWords(Restated(quantiles=quantiles), (), "kg"),
    }
    assert desk.ask(my_words, keys, me="ana", now=desk.now) == expected
    assert desk.ask(my_words, keys, me=None, now=desk.now) == {}


def test_of_a_settled_question_what_stood_at_its_end(desk: Any, draft: Callable[..., Any]) -> None:
    closes = desk.now + timedelta(days=30)
    key = desk.do(ask_question, draft=draft(closes_at=closes)).id
    expires = desk.now + timedelta(days=20)
    desk.later(days=1).do(
        record_forecast, by="ana", question_id=key, probability=0.3, expires_at=expires
    )
    desk.later(days=5).do(
        resolve_question,
        question_id=key,
        outcome="yes",
        known_at=desk.now,
        known_precision="day",
        evidence="It happened.",
    )
    found = desk.ask(my_words, [key], me="ana", now=desk.now + timedelta(days=60))
    assert found[key].said == Restated(probability=0.3)
