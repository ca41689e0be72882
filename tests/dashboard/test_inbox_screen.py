"""From an article to a question, as an analyst does it on the screen."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from assistant_server import Endpoint, endpoint
from sqlmodel import Session, col, select
from streamlit.testing.v1 import AppTest

from dashboard.widgets.inbox.article_choice import OFFERED, offered
from dashboard.widgets.scale import TITLES
from db.tables import Forecast, Question
from forecasts import clock
from forecasts.reading.scales import scale_names
from forecasts.reading.statements import read_statements
from forecasts.results.articles import ArticleHead, InboxItem
from forecasts.results.terms import PartialDate
from forecasts.services.articles import add_article
from forecasts.services.questions import ask_question
from forecasts.views.inbox import article, best_first
from forecasts.views.inbox_items import inbox

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
    press(tester, "Dismiss")
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
    tester = app("inbox", article="1")
    assert "statement 1 of" in page_text(tester)
    press(tester, "Next")
    assert "statement 2 of" in page_text(tester)
    press(tester, "Previous")
    assert "statement 1 of" in page_text(tester)
    assert page_text(tester).count(' on"') == 1


@pytest.mark.parametrize("asked", ["999", "x", ""])
def test_an_address_that_names_no_article_is_answered(
    seeded_db: str, app: Open, asked: str, page_text: Text
) -> None:
    tester = app("inbox", article=asked)
    assert len(tester.error) == bool(asked)
    assert ("Which article?" in page_text(tester)) == bool(asked)
    assert field(tester.selectbox, "Article").options


def test_the_numbers_follow_the_scale_and_so_does_what_is_recorded(
    desk: Any, app: Open, page_text: Text
) -> None:
    tester = with_story(app)
    assert "10–35" in page_text(tester)
    tester = field(tester.selectbox, "Scale for the words").select("nato").run()
    assert "10–40" in page_text(tester)
    assert "by NATO AJP-2.1" in page_text(tester)
    assert "25" in field(tester.text_input, "Your first forecast (optional)").placeholder
    field(tester.text_area, "Question").set_value("Will China criticise the pact by 2030?")
    field(tester.text_area, "Criteria").set_value("Yes if its foreign ministry does.")
    field(tester.date_input, "Closes at the end of (UTC)").set_value("2099-12-31")
    press(tester, "Accept")
    with Session(desk.engine) as session:
        said = session.exec(select(Forecast)).one()
    assert (said.probability_low, said.probability_high, said.scale) == (0.1, 0.4, "nato")


def test_the_best_statement_comes_first_and_says_what_it_lacks(
    desk: Any, app: Open, page_text: Text
) -> None:
    shown = page_text(with_story(app))
    assert "the most resolvable first" in shown
    ranked = best_first(desk.ask(article, desk.ask(inbox)[0].head.id))
    assert f"<bdi>{ranked[0][0].quote}</bdi>" in shown
    assert "lacks nothing that is looked for" in shown
    assert "bare possibility" in shown


def test_a_dismissal_is_undone_with_one_click(desk: Any, app: Open, page_text: Text) -> None:
    tester = with_story(app)
    assert field(tester.button, "Undo").disabled
    press(tester, "Dismiss")
    field(tester.text_input, "Why").set_value("too vague")
    press(tester, "Dismiss the statement")
    press(tester, "Undo")
    assert {one.decision for one in desk.ask(article, 1).statements} == {"waiting"}
    assert field(tester.button, "Undo").disabled


def test_a_statement_is_merged_into_a_question_that_asks_the_same(
    desk: Any, draft: Any, app: Open, page_text: Text
) -> None:
    desk.now = clock.now()
    desk.do(
        ask_question,
        draft=draft(
            title="Will China publicly criticise the pact *soon*?",
            opens_at=datetime(2024, 7, 1, tzinfo=UTC),
            closes_at=datetime(2099, 1, 1, tzinfo=UTC),
        ),
    )
    tester = with_story(app)
    assert "Similar question 1" in page_text(tester)
    assert "Will China publicly criticise the pact *soon*?" in page_text(tester)
    later = datetime(2099, 1, 1, tzinfo=UTC)
    desk.do(ask_question, draft=draft(title="Will the treaty be void?", closes_at=later))
    press(tester, "Merge")
    choice = field(tester.selectbox, "Into an existing question")
    assert choice.options == ["Will China publicly criticise the pact *soon*?"]
    field(tester.text_input, "Words in another question").set_value("VOID treaty").run()
    choice = field(tester.selectbox, "Into an existing question")
    assert choice.value == 2
    assert len(choice.options) == 2
    field(tester.text_input, "Words in another question").set_value("").run()
    press(tester, "Merge into the question")
    assert "Saved as entry" in page_text(tester)
    with Session(desk.engine) as session:
        said = session.exec(select(Forecast)).one()
    assert (said.question_id, said.probability) == (1, 0.22)


def test_what_was_missed_is_marked_by_quoting_it(desk: Any, app: Open, page_text: Text) -> None:
    tester = with_story(app)
    before = len(desk.ask(article, 1).statements)
    quote = "Words of the article, exactly as they stand"
    field(tester.text_area, quote).set_value("Trade may shrink")
    press(tester, "Mark it")
    assert "does not stand in the article" in tester.error[0].value
    field(tester.text_area, quote).set_value("Jane Roe")
    press(tester, "Mark it")
    assert "no words of likelihood" in tester.error[0].value
    field(tester.text_area, quote).set_value("Seoul will probably protest")
    field(tester.selectbox, "They say that").select("it will not happen")
    press(tester, "Mark it")
    after = desk.ask(article, 1).statements
    assert len(after) == before + 1
    (marked,) = [one for one in after if one.found_by == "analyst"]
    assert (marked.quote, marked.polarity) == ("Seoul will probably protest", "negative")
    assert "marked by an analyst" in page_text(tester)


def test_of_many_articles_those_with_the_words_are_offered_and_waiting_ones_first() -> None:
    def item(key: int, waiting: int = 0, **changes: Any) -> InboxItem:
        values = {"title": f"Story {key}", "publisher": None, "author": None} | changes
        head = ArticleHead(key, url=None, published=None, recorded_at=clock.now(), **values)
        return InboxItem(head, waiting, 2)

    few = [item(key) for key in range(OFFERED)]
    assert offered(few, "nothing has these words", keep=3) == few
    many = [*few, item(90, waiting=1), item(91, publisher="Łódź Post"), item(92, author="Ana")]
    assert [one.head.id for one in offered(many, "", keep=7)][:3] == [7, 90, 0]
    assert len(offered(many, "", keep=7)) == OFFERED
    assert [one.head.id for one in offered(many, "łódź STORY", keep=7)] == [7, 91]
    assert [one.head.id for one in offered(many, "ana", keep=92)] == [92]
    assert [one.head.id for one in offered(many, "story 90", keep=-1)] == [90]


def test_nearly_the_same_article_is_named(desk: Any, app: Open, page_text: Text) -> None:
    words = " ".join(f"word{number}" for number in range(120))
    for extra in ("China will rise.", "China will rise. More of it."):
        desk.do(add_article, text=f"{words} {extra}", title=f"Story {len(extra)}")
    shown = page_text(app("inbox", article="2"))
    assert "Nearly the same as “Story 16”" in shown
    assert "of the wording is in both" in shown


def test_a_condition_is_asked_alongside(desk: Any, app: Open, page_text: Text) -> None:
    text = "If talks fail, Seoul will probably protest in September."
    found = read_statements(text, published=date(2024, 7, 11))
    published = PartialDate(date(2024, 7, 11), "day")
    desk.do(add_article, text=text, title="T", published=published, candidates=found)
    tester = app("inbox")
    assert field(tester.text_area, "Question of the condition").value == "Will talks fail?"
    comes_out = "It counts if that comes out; otherwise it is annulled"
    assert field(tester.selectbox, comes_out).value == "yes"
    field(tester.text_area, "Criteria").set_value("Yes if it protests.")
    field(tester.date_input, "Closes at the end of (UTC)").set_value("2099-12-31")
    press(tester, "Accept")
    assert "close" in tester.error[0].value
    closing = field(tester.date_input, "The condition is settled by the end of (UTC)")
    closing.set_value("2099-11-30")
    press(tester, "Accept")
    assert "still has to be decided" in tester.error[0].value
    field(tester.text_area, "Criteria of the condition").set_value(
        "Yes if they end without a text."
    )
    press(tester, "Accept")
    with Session(desk.engine) as session:
        parent, child = session.exec(select(Question).order_by(col(Question.id))).all()
    assert parent.title == "Will talks fail?"
    assert (child.parent_id, child.parent_outcome) == (parent.id, "yes")


def test_a_condition_is_a_question_found_by_its_title(desk: Any, app: Open, draft: Any) -> None:
    other = desk.do(
        ask_question,
        draft=draft(title="Which talks?", kind="multiple_choice", options=("they fail", "held")),
    )
    text = "If talks fail, Seoul will probably protest by 31 December 2099."
    desk.do(add_article, text=text, title="T", candidates=read_statements(text))
    tester = app("inbox")
    field(tester.selectbox, "The condition is settled by").select("other").run()
    field(tester.text_area, "Criteria").set_value("Yes if it protests.")
    press(tester, "Accept")
    assert "choose the question that settles it" in tester.error[0].value
    words = field(tester.text_input, "Words in the question that settles it")
    words.set_value("TALKS").run()
    field(tester.selectbox, "The question that settles it").select(other.id).run()
    comes_out = "It counts if that comes out; otherwise it is annulled"
    field(tester.selectbox, comes_out).select("held")
    press(tester, "Accept")
    with Session(desk.engine) as session:
        child = session.exec(select(Question).order_by(col(Question.id).desc())).first()
    assert child is not None
    assert (child.parent_id, child.parent_outcome) == (other.id, "held")


def test_a_condition_can_be_left_out(desk: Any, app: Open) -> None:
    text = "If talks fail, Seoul will probably protest in September."
    desk.do(add_article, text=text, title="T", candidates=read_statements(text))
    tester = app("inbox")
    assert "annulled" in field(tester.text_area, "Criteria").value.lower()
    field(tester.selectbox, "The condition is settled by").select("none").run()
    assert "annulled" not in field(tester.text_area, "Criteria").value.lower()
    assert [one for one in tester.text_area if one.label == "Question of the condition"] == []


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    """A stand-in for a language model that the environment names."""
    with endpoint() as found:
        monkeypatch.setenv("FORECASTS_ASSISTANT_URL", found.url)
        monkeypatch.setenv("FORECASTS_ASSISTANT_MODEL", "small-one")
        yield found


def test_nobody_is_asked_unless_an_assistant_is_configured(empty_db: str, app: Open) -> None:
    tester = with_story(app)
    assert "Ask the assistant" not in [button.label for button in tester.button]


def test_what_the_assistant_proposes_is_written_only_when_taken(
    desk: Any, app: Open, page_text: Text, model: Endpoint
) -> None:
    text = "China is unlikely to complain this year. Trade may grow."
    desk.do(add_article, text=text, title="T", candidates=read_statements(text)[:1])
    good = {
        "quote": "Trade may grow", "hedge": "may", "polarity": "affirm", "speaker": "author",
        "condition": "",
    }  # fmt: skip
    hostile = good | {"quote": "<img src=x onerror=alert(1)>"}
    wording = {"statement": 1, "title": "Will <b>China</b> complain?", "criteria": "Yes if so."}
    model.content = {"statements": [good, hostile], "drafts": [wording]}
    tester = press(app("inbox"), "Ask the assistant")
    shown = page_text(tester)
    assert "Dropped: “&lt;img src=x onerror=alert(1)&gt;” does not stand in the article" in shown
    assert "<img" not in shown
    assert "<b>China" not in shown
    assert len(desk.ask(article, 1).statements) == 1
    press(tester, "Add to the statements")
    assert [one.found_by for one in desk.ask(article, 1).statements] == ["reader", "assistant"]
    assert "Add to the statements" not in [button.label for button in tester.button]
    tester = field(tester.toggle, "Use the assistant's wording").set_value(True).run()
    assert field(tester.text_area, "Question").value == "Will <b>China</b> complain?"


def test_an_assistant_that_fails_says_so_in_one_line(desk: Any, app: Open, model: Endpoint) -> None:
    desk.do(add_article, text="Trade may grow.", title="T")
    model.status = 500
    tester = press(app("inbox"), "Ask the assistant")
    assert "answered with status 500" in tester.error[0].value


def test_every_scale_has_a_name_for_readers() -> None:
    assert set(TITLES) == set(scale_names())
