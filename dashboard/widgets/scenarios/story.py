"""How each scenario would come about, in somebody's words, and a form to tell it."""

import re
from collections.abc import Sequence

import streamlit as st

from dashboard.context import form_key, perform
from dashboard.widgets.act_button import act_button
from dashboard.widgets.allowed import allowed
from dashboard.widgets.dates import here, when
from dashboard.widgets.nav import SCENARIOS
from dashboard.widgets.parts import note
from dashboard.widgets.safe import Html, escaped, fill, joined, visible
from dashboard.widgets.scenarios.drafts import drafted, forget_drafts, is_drafted
from forecasts.results.scenarios import ScenarioBoard, ScenarioView
from forecasts.services.scenarios import tell_narrative
from forecasts.views.own_words import ERASED

_QUOTE = re.compile("(“[^“”]*”)")


def stories_part(board: ScenarioBoard) -> None:
    """Every scenario with its narrative; below them what can be told anew."""
    st.html(joined([_story(one) for one in board.scenarios]))
    with st.expander("Write a narrative"):
        narrative_form(board.question_id, board.scenarios)
    with st.container(horizontal=True, vertical_alignment="center"):
        note(
            "The scenarios of a set do not change, because forecasts stand on them. To add, rename "
            "or remove one, make a new set; the old one stays in the record."
        )
        if st.button("New set from this one", type="tertiary"):
            st.switch_page(SCENARIOS, query_params={"from": str(board.question_id)})


def _story(one: ScenarioView) -> Html:
    if one.narrative is None or one.told_at is None:
        text, told = escaped("Not told yet."), Html("")
    else:
        text = quoted(one.narrative)
        again = f", version {one.narrative_version}" if one.narrative_version > 1 else ""
        told = fill("{by}, {on}{again}", by=one.told_by, on=when(here(one.told_at)), again=again)
    return fill(
        '<div class="fd-story"><div><p class="q"><bdi>{name}</bdi></p>'
        '<p class="fd-note"><bdi>{told}</bdi></p></div><p class="fd-body">{text}</p></div>',
        name=one.name,
        told=told,
        text=text,
    )


def quoted(text: str) -> Html:
    """``text`` with what stands in “ ” set as somebody else's words."""
    return joined(
        [
            fill('<q class="fd-said"><bdi>{words}</bdi></q>', words=piece)
            if _QUOTE.fullmatch(piece)
            else fill("<bdi>{words}</bdi>", words=piece)
            for piece in _QUOTE.split(text)
            if piece
        ]
    )


def narrative_form(set_id: int, scenarios: Sequence[ScenarioView]) -> None:
    """Choose a scenario and tell it; its present text is there to go on from.

    What is typed of one scenario is kept while another one is looked at.
    """
    if not allowed("narrative", "Writing a narrative"):
        return
    told = {one.name: one for one in scenarios}
    name = st.selectbox(
        "Scenario",
        list(told),
        index=None,
        format_func=visible,
        key=f"scenario told of {set_id}",
        placeholder="Choose a scenario",
    )
    if name is None:
        return
    form, present = f"narrative {set_id} {told[name].position}", told[name].narrative
    key = form_key(form)
    field, seen = f"narrative {key}", f"version read {key}"
    if not is_drafted(field):
        st.session_state[seen] = told[name].narrative_version
    text = st.text_area(
        "How it comes about",
        **drafted(field, present if present and present != ERASED else ""),
        height=160,
        help="Put the words of others between “ and ”: they are then set apart as quotes.",
    )
    if act_button("Save the narrative", form, type="primary"):
        read = st.session_state.get(seen)
        if perform(
            form, tell_narrative, set_id=set_id, scenario=name, text=text or "", version=read
        ):
            forget_drafts(key)
            st.rerun()
        # What somebody told meanwhile stands above now: saved again, this one takes its place.
        st.session_state[seen] = told[name].narrative_version
