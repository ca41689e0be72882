"""Calibration: filters in the address, the questions behind a point, one word by publisher."""

import getpass
import re
from collections.abc import Callable
from typing import Any

import worded_record
from streamlit.testing.v1 import AppTest

from dashboard.widgets.calibration.drill import _offered
from forecasts.services.forecasts import record_forecast
from forecasts.services.questions import ask_question

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
HOSTILE = "<img src=x onerror=alert(1)> [a](javascript:alert(1))"
USES = {("likely", "BISI"): (3, 2), ("likely", HOSTILE): (1, 1), ("may", "BISI"): (1, 0)}


def field(tester: AppTest, label: str) -> Any:
    (found,) = [one for one in tester.selectbox if one.label == label]
    return found


def links(tester: AppTest) -> list[str]:
    return [one.proto.label for one in tester.get("page_link")]


def test_the_record_of_sources_is_narrowed_and_taken_apart(
    file_desk: Any, app: Open, page_text: Text
) -> None:
    worded_record.use_words(file_desk, USES)
    tester = app("calibration", publisher="BISI", length="1 to 3 months")
    shown = page_text(tester).replace("\u00a0", " ")
    assert "<h1>Cannot tell yet: 7 more resolved questions needed" in shown
    assert "3 forecasts on 3 resolved questions entered" in shown
    assert "Only questions from BISI; open for 1 to 3 months." in shown
    assert "bare possibilities (may, might, could): 1" in shown
    assert "always saying 50 % on yes/no questions earns 0.250" in shown
    assert "This needs 10 resolved questions; there are 3." in shown
    assert field(tester, "Length of the question").value == "1 to 3 months"

    field(tester, "Forecasts").select("the first").run()
    assert "entered: each forecaster’s first forecast on a question." in page_text(tester)
    field(tester, "Forecasts").select("standing at the end of each day").run()
    tester.checkbox(key="maybe").check().run()
    assert "4 forecasts on 4 resolved questions entered" in page_text(tester)
    field(tester, "Scheduled close").select("within 90 days").run()
    assert "nothing has resolved yet" in page_text(tester)
    assert not tester.exception

    # A range named by the address lists its questions; the field does the same.
    tester = app("calibration", said="60 to 70 %", word="likely")
    shown = page_text(tester).replace("\u00a0", " ")
    assert "Said 60 to 70 %: 4 questions, where it happened 75 % of the time" in shown
    assert "“Likely” happened 3 times in 4" in shown
    assert "it did not happen" in shown
    assert len(links(tester)) == 8  # four behind the range, four behind the word
    assert not any(re.search(r"(?<!\\)[<\[]", label) for label in links(tester))
    assert "<img" not in shown
    field(tester, "Questions behind what was said at").select("0 to 10 %").run()
    assert "No question was put at 0 to 10 % here" in page_text(tester)
    field(tester, "One word, by publisher").select("may").run()
    assert "“May”, as used by BISI, happened 0 times in 1" in page_text(tester)
    assert not tester.exception


def test_overconfidence_is_told_apart_by_what_is_chosen(
    file_desk: Any, app: Open, page_text: Text
) -> None:
    worded_record.use_words(file_desk)
    tester = app("calibration")
    assert "<h2>Nothing to tell apart by tag</h2>" in page_text(tester)
    field(tester, "Over- and underconfidence by").select("publisher").run()
    assert "<h2>Plainly overconfident: BISI</h2>" in page_text(tester)
    (button,) = [one for one in tester.button if one.key == "table confidence"]
    rows = re.findall(r"<tr><td[^>]*>(?:<bdi>)?(BISI|Ifri)<", page_text(button.click().run()))
    assert rows == ["BISI", "Ifri"]
    assert not tester.exception


def test_an_address_that_names_nothing_there_is_ignored(
    file_desk: Any, app: Open, page_text: Text
) -> None:
    file_desk.now = worded_record.SAID
    key = file_desk.do(ask_question, draft=worded_record.draft("Will it?")).id
    me = getpass.getuser()
    file_desk.do(record_forecast, by=me, question_id=key, probability=0.3)
    worded_record.settle(file_desk, {key: "no"})
    tester = app("calibration", said="exactly 30 %", who="Nobody", closed="in 1066", word="never")
    shown = page_text(tester)
    assert field(tester, "Forecaster").value is not None
    assert "Said exactly 30 %: 1 question" in shown
    assert "No resolved statement uses a word of likelihood" in shown
    tester = app("calibration", said="exactly 31 %")
    assert "Said exactly" not in page_text(tester)
    assert field(tester, "Questions behind what was said at").value is None


def test_only_levels_that_were_stated_are_offered(calibration_view: Any) -> None:
    view = calibration_view([0.375, 0.2], [True, False])
    tenths = [f"{10 * n} to {10 * n + 10} %" for n in range(10)]
    assert [one.name for one in _offered(view, "exactly 37.5 %")] == [*tenths, "exactly 37.5 %"]
    assert [one.name for one in _offered(view, "exactly 37 %")] == tenths
    (level,) = [one for one in _offered(view, "exactly 37.5 %") if one.level is not None]
    assert (level.level, level.ends) == (0.375, (0.369, 0.381))
