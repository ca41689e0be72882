"""Statements the reader missed: marked by hand, or proposed by the optional assistant."""

from dataclasses import replace

import streamlit as st

from dashboard.context import perform, refusing
from dashboard.widgets.act_button import act_button
from dashboard.widgets.allowed import allowed
from dashboard.widgets.inbox.article import label
from dashboard.widgets.inbox.mark_form import mark_form
from dashboard.widgets.parts import note, part
from dashboard.widgets.safe import fill
from dashboard.widgets.scale import chosen_scale
from forecasts.assistant import configured, propose
from forecasts.reading.candidate import Candidate
from forecasts.reading.drafting.draft import Draft
from forecasts.reading.proposals import Proposals
from forecasts.reading.scales import RECOMMENDED
from forecasts.results.articles import ArticleView, StatementView
from forecasts.services.articles import mark_statement
from forecasts.views.inbox import as_candidate

_SLOT = "proposals for article"


def more_statements(view: ArticleView) -> None:
    """Ways to statements that were not found, for who may add them."""
    if allowed("statement", "Marking statements"):
        with st.container(horizontal=True, vertical_alignment="center"):
            mark_form(view)
            _ask_button(view)
        _proposals_part(view)


def _ask_button(view: ArticleView) -> None:
    """Ask the assistant about the article; there is no such button unless one is configured."""
    with refusing():
        if configured() is None or not st.button("Ask the assistant", type="tertiary"):
            return
        published = view.head.published.exact if view.head.published else None
        known = [as_candidate(statement) for statement in view.statements]
        with st.spinner("Asking the assistant"):
            found = propose(view.text, published, known, scale=chosen_scale() or RECOMMENDED)
        st.session_state[f"{_SLOT} {view.head.id}"] = found


def _proposals_part(view: ArticleView) -> None:
    """What was proposed, to be taken one by one, and what was dropped and why."""
    found: Proposals | None = st.session_state.get(f"{_SLOT} {view.head.id}")
    if found is None:
        return
    spans = {(statement.start, statement.end) for statement in view.statements}
    fresh = [one for one in found.candidates if (one.start, one.end) not in spans]
    part("Proposed by the assistant", len(fresh))
    for candidate in fresh:
        _proposed(view, candidate)
    if found.drafts:
        note(f"Wordings proposed for known statements: {len(found.drafts)}; see their forms.")
    for dropped in found.dropped:
        note(f"Dropped: “{dropped.what[:120]}” {dropped.reason}.")


def _proposed(view: ArticleView, candidate: Candidate) -> None:
    form = f"take {view.head.id} {candidate.start} {candidate.end}"
    st.html(
        fill(
            '<p class="fd-quote"><bdi>{quote}</bdi></p><p class="fd-note">{label}</p>',
            quote=candidate.quote,
            label=label(candidate),
        )
    )
    if act_button("Add to the statements", form) and perform(
        form,
        mark_statement,
        article_id=view.head.id,
        candidate=candidate,
        found_by="assistant",
    ):
        st.rerun()


def proposed_wording(statement: StatementView, draft: Draft) -> tuple[Draft, bool]:
    """The draft in the assistant's words where it proposed some and the reader wants them."""
    found: Proposals | None = st.session_state.get(f"{_SLOT} {statement.article_id}")
    for known, proposed in found.drafts if found else ():
        if (known.start, known.end) == (statement.start, statement.end):
            note(f"The assistant would ask: {proposed.title}")
            if st.toggle("Use the assistant's wording", key=f"wording {statement.id}"):
                return replace(draft, title=proposed.title, criteria=proposed.criteria), True
    return draft, False
