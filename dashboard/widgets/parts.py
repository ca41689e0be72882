"""Headings, notes and small pieces of text that every page uses."""

from collections.abc import Sequence

import streamlit as st

from dashboard.context import saved_notice
from dashboard.widgets.safe import Html, escaped, fill, joined, web_link
from forecasts.results.scores import ScoreSettings


def page_head(title: str, under: str = "") -> None:
    """A page's heading, which is its finding, and one quiet line below it."""
    sub = fill('<p class="fd-sub">{under}</p>', under=under) if under else Html("")
    st.html(fill("<h1>{title}</h1>{sub}", title=title, sub=sub))
    notice_part()


def notice_part() -> None:
    """What the act before saved, in one line below the heading."""
    # The place stays when the notice goes. An element that comes and goes above a form makes the
    # browser build its fields anew, without the words that are being typed into them.
    place = st.empty()
    notice = saved_notice()
    if notice is not None:
        place.html(fill('<p class="fd-saved" role="status">✓ {notice}</p>', notice=notice))


def tell_missed(labels: Sequence[str]) -> None:
    """Presses that came to nothing, because the page changed before they were read."""
    for label in labels:
        st.toast(
            f"“{label}” was not carried out: the page changed first. Nothing was saved.",
            duration="infinite",
        )


def part(title: str, number: int | None = None, *, due: bool = False) -> None:
    """The heading of a section, below a dark rule, with how many it holds."""
    counted = fill("<span>{n}</span>", n=f"{number:,}") if number is not None else Html("")
    kind = Html("due") if due else Html("")
    st.html(
        fill(
            '<div class="fd-part {kind}"><h2>{title}{counted}</h2></div>',
            kind=kind,
            title=title,
            counted=counted,
        )
    )


def finding(title: str, under: str = "") -> None:
    """The heading of a chart or table: what it shows; below it measure, unit and direction."""
    sub = fill('<p class="fd-sub">{under}</p>', under=under) if under else Html("")
    st.html(fill("<h2>{title}</h2>{sub}", title=title, sub=sub))


def note(*texts: str) -> None:
    """Small grey lines."""
    st.html(joined([fill('<p class="fd-note">{text}</p>', text=text) for text in texts]))


def more_button(left: int, *, each: int, slot: str, shown: int) -> None:
    """A button for the next ``each`` of ``left`` things that a list does not show yet.

    ``slot`` is where the session keeps how many are shown, now ``shown``. No button for none.
    """
    if left > 0:
        st.button(
            more_words(left, each),
            key=f"more {slot}",
            type="tertiary",
            on_click=st.session_state.__setitem__,
            args=(slot, shown + each),
        )


def more_words(left: int, each: int) -> str:
    """What a list holds besides: "Show 3 more", "Show 6 more of 40"."""
    return f"Show {min(left, each):,} more" + (f" of {left:,}" if left > each else "")


def left_out_line(left_out: Sequence[tuple[str, int]]) -> list[str]:
    """What an answer leaves out and why, as a line; no line if it leaves out nothing."""
    reasons = "; ".join(f"{reason}: {number:,}" for reason, number in left_out)
    return [f"Left out: {reasons}."] if reasons else []


def claimed_line(settings: ScoreSettings) -> list[str]:
    """That claimed forecasts are counted, as a line; no line if they are not."""
    if "retrospective" not in settings.classes:
        return []
    return ["Retrospective forecasts, claimed for a time before they were recorded, are counted."]


def body(text: str) -> None:
    """A paragraph of somebody's words, line breaks kept."""
    st.html(fill('<p class="fd-body"><bdi>{text}</bdi></p>', text=text))


def link(url: str | None) -> Html:
    """A web address as a link that tells the other side nothing; other text stays text."""
    address = web_link(url)
    if address is None:
        return escaped(url or "")
    return fill(
        '<a href="{url}" target="_blank" rel="noopener noreferrer nofollow">{url}</a>', url=address
    )


def question_link(question_id: int, title: str) -> Html:
    """A question's title that opens its page beside this one, so that nothing typed is lost."""
    return fill(
        '<a class="q" href="question?id={id}" target="_blank" rel="noopener">'
        "<bdi>{title}</bdi></a>",
        id=question_id,
        title=title,
    )


def table(head: Html, rows: list[Html], *, board: bool = False) -> None:
    """A quiet table from ready rows; it scrolls inside its own box when it is too wide."""
    st.html(
        fill(
            '<div class="fd-scroll" tabindex="0" role="region" aria-label="Table">'
            '<table class="fd-table {kind}"><thead>{head}</thead>'
            "<tbody>{rows}</tbody></table></div>",
            kind="fd-board" if board else "",
            head=head,
            rows=joined(rows),
        )
    )
