"""Working without a pointer: which key does what, and where typing goes after it."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from dashboard.widgets.safe import Html

LEGEND = Html(
    '<p class="fd-keys"><kbd>J</kbd> next <kbd>K</kbd> previous <kbd>A</kbd> accept '
    "<kbd>E</kbd> edit the draft <kbd>M</kbd> merge <kbd>D</kbd> dismiss <kbd>U</kbd> undo "
    "<kbd>Esc</kbd> leaves a field; <kbd>Ctrl</kbd> <kbd>Enter</kbd> saves from inside one</p>"
)
Doing = Literal["edit", "merge", "dismiss"]
DRAFT, DECIDING = "fd-draft", "fd-deciding"
"""Keys of the containers that hold the draft of a question and the other ways of deciding."""
UNDECIDED = "[to decide"
"""How a draft marks what the text leaves open (``forecasts.reading.drafting.draft``)."""

_FIELDS: dict[Doing, str] = {
    "edit": f".st-key-{DRAFT} textarea",
    "merge": f".st-key-{DECIDING} [data-testid$=FormSubmit]",
    "dismiss": f".st-key-{DECIDING} input",
}

# What a draft leaves to decide is selected, ready to be typed over. The field exists only after
# the run that the key started. Escape leaves a field and so gives the keys back.
_FOCUS = """
export default function (component) {
  if (!window.fdLeave) {
    window.fdLeave = true;
    document.addEventListener("keydown", (event) => {
      const left = event.key === "Escape" && document.activeElement;
      if (left && left.closest(".st-key-fd-inbox")) left.blur();
    });
  }
  const { wanted, field, undecided } = component.data;
  if (window.fdTyping === wanted) return;
  window.fdTyping = wanted;
  if (wanted === null) return;
  const timer = setTimeout(() => {
    const fields = [...document.querySelectorAll(field)];
    const open = fields.find((one) => (one.value || "").includes(undecided));
    const found = open || fields[0];
    if (found) found.focus();
    if (open) {
      const words = open.value;
      open.setSelectionRange(words.indexOf(undecided), words.lastIndexOf("]") + 1);
    }
  }, 150);
  return () => clearTimeout(timer);
}
"""
_SLOT = "what is being done with a statement"


@dataclass(frozen=True, slots=True)
class _Started:
    doing: Doing
    statement_id: int
    times: int


def doing(statement_id: int) -> Doing | None:
    """What the reader has begun to do with this statement."""
    started: _Started | None = st.session_state.get(_SLOT)
    return started.doing if started and started.statement_id == statement_id else None


def begin_button(label: str, key: str, what: Doing, statement_id: int) -> None:
    """A button, and its key, that opens one way of deciding about a statement, or closes it."""
    st.button(
        label,
        key=f"{what} {statement_id}",
        shortcut=key,
        on_click=_begin,
        args=(what, statement_id),
    )


def _begin(what: Doing, statement_id: int) -> None:
    started: _Started | None = st.session_state.get(_SLOT)
    closing = what != "edit" and doing(statement_id) == what
    times = started.times + 1 if started else 1
    st.session_state[_SLOT] = None if closing else _Started(what, statement_id, times)


def done() -> None:
    """Nothing is begun any more: the statement has been decided about."""
    st.session_state.pop(_SLOT, None)


def follow_keys(statement_id: int) -> None:
    """Put the focus where the key just pressed means to type. After the fields themselves."""
    started: _Started | None = st.session_state.get(_SLOT)
    here = started if started and started.statement_id == statement_id else None
    wanted = None if here is None else f"{here.doing} {here.statement_id} {here.times}"
    field = "" if here is None else _FIELDS[here.doing]
    with st.container(key="fd-flip-keys"):
        focus = st.components.v2.component("fd_focus", js=_FOCUS)
        focus(
            key="focus",
            height=1,
            data={"wanted": wanted, "field": field, "undecided": UNDECIDED},
        )
