"""From an article to a question, as an analyst does it on the screen."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from forecasts.views.inbox import article, inbox

Open = Callable[..., AppTest]
Text = Callable[[AppTest], str]
STORY = (
    "Jane Roe\n\nChina is unlikely to publicly criticise the pact this year. "
    "<script>alert(1)</script> Seoul will probably protest in September. "
    "Trade may grow.\n"
)


def field(elements: Any, label: str) -> Any:
    """The one input with this label."""
    (found,) = [element for element in elements if element.label == label]
    return found


def press(tester: AppTest, label: str) -> AppTest:
    tester = field(tester.button, label).click().run()
    assert not tester.exception, [raised.value for raised in tester.exception]
    return tester


def with_story(app: Open) -> AppTest:
    """The inbox with one pasted article in it."""
    tester = app("inbox")
    field(tester.text_area, "Text of the article").set_value(STORY).run()
    press(tester, "Read the text")
    field(tester.text_input, "Title").set_value("A *story*")
    field(tester.date_input, "Published").set_value("2024-07-11")
    field(tester.selectbox, "Where it comes from").select("my estimate")
    return press(tester, "Add the article")


def test_an_article_is_pasted_read_and_marked(desk: Any, app: Open, page_text: Text) -> None:
    tester = with_story(app)
    (item,) = desk.ask(inbox)
    assert item.waiting >= 2
    stored = desk.ask(article, item.head.id)
    assert stored.text == STORY
    assert (item.head.published.precision, item.head.published.stated) == ("day", False)
    shown = page_text(tester)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert shown.count("<mark class=") >= item.total


def test_the_date_is_never_guessed(empty_db: str, app: Open) -> None:
    tester = app("inbox")
    field(tester.text_area, "Text of the article").set_value(STORY).run()
    press(tester, "Read the text")
    assert field(tester.date_input, "Published").value is None
    assert field(tester.selectbox, "Where it comes from").value is None
    field(tester.text_input, "Title").set_value("A story")
    press(tester, "Add the article")
    assert "date" in tester.error[0].value
    assert field(tester.text_input, "Title").value == "A story"


def test_nothing_is_read_from_nothing(empty_db: str, app: Open) -> None:
    tester = app("inbox")
    press(tester, "Read the text")
    assert "paste its text" in tester.error[0].value


def test_a_statement_is_accepted_with_an_edited_question(
    desk: Any, app: Open, page_text: Text
) -> None:
    tester = with_story(app)
    (item,) = desk.ask(inbox)
    assert field(tester.text_area, "Question").value
    field(tester.text_area, "Question").set_value("Will China criticise the pact by 2030?")
    field(tester.text_area, "Criteria").set_value("Yes if its foreign ministry does.")
    field(tester.date_input, "Closes at the end of (UTC)").set_value("2099-12-31")
    field(tester.text_input, "Your first forecast (optional)").set_value("150%")
    press(tester, "Accept")
    assert "probability" in tester.error[0].value
    edited = field(tester.text_area, "Question").value
    assert edited == "Will China criticise the pact by 2030?"
    field(tester.text_input, "Your first forecast (optional)").set_value("15%")
    press(tester, "Accept")
    assert "Saved as entry" in page_text(tester)
    after = desk.ask(article, item.head.id).statements
    assert [statement.decision for statement in after].count("accepted") == 1


def test_a_statement_is_dismissed_and_taken_back(desk: Any, app: Open, page_text: Text) -> None:
    tester = with_story(app)
    (item,) = desk.ask(inbox)
    first = desk.ask(article, item.head.id).statements[0]
    press(tester, "Dismiss the statement")
    assert "reason" in tester.error[0].value
    field(tester.text_input, "Why").set_value("too vague")
    press(tester, "Dismiss the statement")
    assert desk.ask(article, item.head.id).statements[0].decision == "dismissed"
    tester = app("inbox", statement=str(first.id))
    assert "too vague" in page_text(tester)
    press(tester, "Undo the dismissal")
    assert desk.ask(article, item.head.id).statements[0].decision == "waiting"


def test_next_and_previous_walk_through_the_statements(
    seeded_db: str, app: Open, page_text: Text
) -> None:
    tester = app("inbox", article="1", statement="1")
    assert "statement 1 of" in page_text(tester)
    press(tester, "Next")
    assert "statement 2 of" in page_text(tester)
    press(tester, "Previous")
    assert "statement 1 of" in page_text(tester)
    assert page_text(tester).count(' on"') == 1


@pytest.mark.parametrize("asked", ["999", "x", ""])
def test_an_address_that_names_no_article_is_answered(
    seeded_db: str, app: Open, asked: str
) -> None:
    app("inbox", article=asked)
