"""The look of every page, and the palette that charts are drawn with."""

from pathlib import Path

import streamlit as st

from dashboard import theme
from dashboard.theme import Palette

STYLE = Path(__file__).parents[1] / "style.css"

# Neither the menu's theme switch nor the operating system's starts a run of the script, so charts
# would keep the labels of the old theme. This watches the page's colour scheme and asks for a run.
_WATCH = """
export default function (component) {
  const app = document.querySelector(".stApp");
  if (!app) return;
  const scheme = () => getComputedStyle(app).colorScheme;
  // What opens above the page hangs outside the app, and would be drawn light in the dark.
  const spread = () => { document.documentElement.style.colorScheme = scheme(); };
  spread();
  let last = scheme();
  let timer = null;
  const observer = new MutationObserver(() => {
    spread();
    clearTimeout(timer);
    timer = setTimeout(() => {
      const found = scheme();
      if (found !== last) {
        last = found;
        component.setTriggerValue("flip", found);
      }
    }, 250);
  });
  observer.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  return () => { clearTimeout(timer); observer.disconnect(); };
}
"""


def dress() -> None:
    """Put the style sheet on the page and watch for a change of theme. Once a run."""
    st.html(STYLE)
    with st.container(key="fd-flip"):
        watch = st.components.v2.component("fd_theme", js=_WATCH)
        watch(key="theme", height=1, on_flip_change=lambda: None)


def palette() -> Palette:
    """The palette of the theme that the reader looks at."""
    return theme.palette_of(st.context.theme.type)
