"""Text of strangers, made harmless before it meets HTML, Markdown or a chart.

Titles, names, quotes, rationales and whole articles are untrusted. They reach a screen only
through ``fill`` (HTML), ``plain`` (labels and messages, which Streamlit reads as Markdown),
``chart_text`` (Plotly, which reads a few tags), ``visible`` (places that show text as it is).
"""

import html
import re
from typing import LiteralString

# C0 but tab and newline, DEL and C1, direction marks and overrides, isolates, interlinear marks.
# A U+202E left in place turns the rest of the paragraph round.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&^=@/])")
_ADDRESS = re.compile(r"://|w\.|@\w", re.IGNORECASE)


class Html(str):
    """A string that is known to be safe HTML: constant, or built by ``fill`` and ``joined``."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        # Streamlit asks for this first and then never takes the string for a file's name.
        return str(self)


def visible(text: str) -> str:
    """``text`` with control and direction characters written out as "[U+202E]"."""
    return _INVISIBLE.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def escaped(text: str) -> Html:
    """``text`` as HTML that shows exactly its characters."""
    return Html(html.escape(visible(text), quote=True))


def fill(template: LiteralString, /, **values: object) -> Html:
    """``template`` with its ``{fields}`` replaced; whatever is not ``Html`` already is escaped."""
    return Html(
        template.format(
            **{
                name: value if isinstance(value, Html) else escaped(str(value))
                for name, value in values.items()
            }
        )
    )


def joined(pieces: "list[Html] | tuple[Html, ...]", between: LiteralString = "") -> Html:
    """Several pieces of safe HTML in a row."""
    return Html(between.join(pieces))


def plain(text: str) -> str:
    """``text`` for a place that reads Markdown (labels, messages), shown as typed on one line."""
    line = " ".join(visible(text).split())
    # Bare addresses are made links after the escapes are read; a word joiner prevents that.
    apart = _ADDRESS.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", line)
    return _MARKDOWN.sub(r"\\\1", apart)


def chart_text(text: str) -> str:
    """``text`` for Plotly's labels and hovers, which read tags such as <b> and <a>."""
    return html.escape(" ".join(visible(text).split()), quote=False)


def web_link(url: str | None) -> str | None:
    """``url`` if it is an ordinary web address, else None: it is then shown, not linked."""
    return url if url and re.match(r"https?://[^\s\"'<>]+\Z", url, re.IGNORECASE) else None
