"""What an analyst does every day, as the benchmark of the desk does it in the browser.

Each act begins on a page that is drawn, and ends when what it asked for is seen there.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desk_steps import (
    Step,
    button,
    click,
    decide_criteria,
    dismissal,
    form,
    give_reason,
    heading,
    later_statement,
    offered,
    open_first_line,
    open_form,
    opening,
    picking,
    press,
    probability,
    said,
    say,
    search,
    seen,
    settled,
    text,
    typing,
    undone,
    unfold,
)
from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Act:
    """One thing done on a page. What comes ``before`` it is not timed."""

    path: str
    do: Step
    shows: Callable[[Page], Locator]
    before: tuple[Step, ...] = ()


UPDATE = (open_form, form)
MINE = "questions?state=open&sort=my+probability"
OPEN = (open_first_line, form, settled)
SAVED = text(r"Saved as entry")
LISTED = text(r"questions\. Click one")

FIRST, SECOND = (text(f"statement {place} of") for place in (1, 2))
READY = (seen(FIRST), seen(button("^Dismiss")), settled)
DISMISSING = (*READY, press("d"), give_reason, settled)

# The newest article is the long one; it opens by itself.
INBOX = {
    "inbox: open an article": Act(
        "inbox",
        picking("Synthetic outlook 4200 (", exact=False),
        heading("outlook 4200"),
        (opening("^Article"), typing("outlook 4200")),
    ),
    "inbox: open a long article": Act(
        "inbox?article=4200",
        picking("Synthetic talks", exact=False),
        heading("talks"),
        (opening("^Article"), typing("talks")),
    ),
    "inbox: choose a statement": Act(
        "inbox", later_statement, text("statement 8 of"), (unfold("^All "),)
    ),
    "inbox: next, by key": Act("inbox", press("j"), SECOND, READY),
    "inbox: previous, by key": Act(
        "inbox", press("k"), FIRST, (*READY, press("j"), seen(SECOND), settled)
    ),
    "inbox: change the scale": Act(
        "inbox", picking("Kent 1964"), text("by Kent 1964"), (opening("^Scale for the words"),)
    ),
    "inbox: begin to dismiss": Act("inbox", press("d"), dismissal, READY),
    "inbox: dismiss": Act("inbox", press("Enter"), SAVED, DISMISSING),
    "inbox: undo": Act("inbox", press("u"), undone, (*DISMISSING, press("Enter"), seen(SAVED))),
    "inbox: accept": Act(
        "inbox", press("Control+Enter"), SAVED, (*READY, press("e"), decide_criteria)
    ),
}

ACTS = {
    "today: open a form": Act("", open_form, probability),
    "today: type a probability": Act("", say, button("^Save 41"), UPDATE),
    "today: save an update": Act("", click("^Save 41"), SAVED, (*UPDATE, said, settled)),
    "today: confirm": Act("", click("^Confirm"), SAVED),
    "today: show more": Act("", click(r"^Show \d+ more"), offered),
    "today: open a question": Act("", click("^Open"), text("^Open · closes|^Closed ")),
    "questions: search": Act("questions", search, text(r"^\d{1,2} questions?\. Click")),
    "questions: sort": Act("questions", picking("newest"), LISTED, (opening("Sorted by"),)),
    "questions: a tag": Act("questions", picking("asia"), LISTED, (opening("Tag"),)),
    "questions: second page": Act("questions", click("^(Page |Go to page )?2$"), LISTED),
    "questions: open a line": Act(
        "questions", open_first_line, text("^Open · closes|^Closed |^Resolved ")
    ),
    "question: type a probability": Act(MINE, say, button("^Save 41"), OPEN),
    "question: save a forecast": Act(MINE, click("^Save 41"), SAVED, (*OPEN, said, settled)),
    "calibration: a tag": Act("calibration", picking("asia"), heading("."), (opening("Tag"),)),
    "calibration: a forecaster": Act(
        "calibration",
        picking("Analyst 2 (person)"),
        text("Analyst 2"),
        (opening("Forecaster"), typing("Analyst 2 (person)")),
    ),
    "calibration: all sources": Act(
        "calibration", picking("All sources"), heading("[Ss]ources"), (opening("Forecaster"),)
    ),
    "calibration: by forecaster": Act(
        "calibration?who=Everyone",
        picking("forecaster"),
        heading("confiden"),
        (opening("Over- and underconfidence by"),),
    ),
    "scores: a rule": Act("scores", picking("Log"), text("[Ll]og"), (opening("Rule"),)),
    "scores: a tag": Act("scores", picking("asia"), heading("Forecasters"), (opening("Tag"),)),
    "scores: compare with another": Act(
        "scores",
        picking("Analyst 2"),
        heading("Analyst 2"),
        (opening("The other"), typing("Analyst 2")),
    ),
    "sources: one of them": Act(
        "sources", picking("All of Publisher 1"), text("Words|words"), (opening("Source"),)
    ),
} | INBOX
