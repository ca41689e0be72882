"""Whose scale turns words of likelihood into numbers: chosen in the inbox, held for the visit."""

import streamlit as st

from forecasts.reading.scales import RECOMMENDED, scale_names

TITLES = {
    RECOMMENDED: "this desk's scale",
    "icd203": "ICD 203 (United States)",
    "phia": "PHIA yardstick (United Kingdom)",
    "nato": "NATO AJP-2.1",
    "kent": "Kent 1964",
    "ipcc": "IPCC",
    "efsa": "EFSA",
    "kesselman": "Kesselman 2008 (survey)",
    "zonination": "Zonination (survey)",
    "mauboussin": "Mauboussin (survey)",
    "kucharski": "Kucharski (survey)",
    "fagen-ulmschneider": "Fagen-Ulmschneider (survey)",
}
_AS_READ = "as it was read"
_SLOT = "scale for words"


def chosen_scale() -> str | None:
    """The scale that the reader has chosen; None leaves every statement its own."""
    scale: str | None = st.session_state.get(_SLOT)
    return scale


def scale_choice() -> None:
    """Choose the scale; every number on the page follows."""
    options = [None, *scale_names()]
    picked = st.selectbox(
        "Scale for the words",
        options,
        index=options.index(chosen_scale()),
        format_func=lambda name: _AS_READ if name is None else TITLES[name],
        help="What “likely” stands for depends on whose table one reads it by. The forecast that "
        "accepting records for the source holds this scale's numbers.",
    )
    if picked != chosen_scale():
        st.session_state[_SLOT] = picked
        st.rerun()


def scale_name(scale: str) -> str:
    """What gave the numbers, in words."""
    return "the text's own number" if scale == "stated" else TITLES.get(scale, scale)
