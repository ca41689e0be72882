"""The page of a report: its head and foot, its sections, and the settings behind its numbers.

The page is one file that asks nobody for anything: style, font and drawings stand in it, and it
has no script, so it shows and prints the same years from now and can run nothing.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import plotly.graph_objects as go

from dashboard import formats
from dashboard.charts.numbers import Numbers
from dashboard.reports.svg import svg
from dashboard.widgets.number_rows import number_rows
from dashboard.widgets.safe import Html, escaped, fill, joined, web_link
from forecasts.results.reports import Stamp

_ROOM = Path(__file__).parent
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
SHOWN = 120
"""Rows of the table below a chart; the others are counted."""


@dataclass(frozen=True, slots=True)
class Report:
    """A page as it is saved: HTML, and what a file of it is called (without its ending)."""

    html: str
    file: str


def sheet(
    *, kind: str, title: str, covers: str, sections: Sequence[Html], stamp: Stamp, file: str
) -> Report:
    """A whole report; ``title`` is its finding and may be untrusted, like ``covers``."""
    page = fill(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><title>{title}</title>{style}</head>'
        '<body class="stApp"><main class="stHtml"><header><p class="fd-sub">Forecast Desk · '
        '{kind} · made {made}</p><h1><bdi>{title}</bdi></h1><p class="fd-sub"><bdi>{covers}</bdi>'
        "</p></header>{sections}{foot}</main></body></html>\n",
        policy=_POLICY,
        title=title,
        style=_style(),
        kind=kind,
        made=formats.iso(stamp.made_at),
        covers=covers,
        sections=joined(list(sections)),
        foot=_foot(stamp),
    )
    return Report(str(page), file)


def _style() -> Html:
    """The screens' style sheet, the paper's own, and the font, all as text."""
    screens = (_ROOM.parent / "style.css").read_text(encoding="utf-8")
    paper = (_ROOM / "report.css").read_text(encoding="utf-8")
    font = b64encode((_ROOM.parent / "static" / "inter-latin.woff2").read_bytes()).decode("ascii")
    face = (
        "@font-face{font-family:Inter;font-weight:100 900;"
        f"src:url(data:font/woff2;base64,{font}) format('woff2')}}"
    )
    return Html(f"<style>{face}{screens}{paper}</style>")


def section(title: str, under: str, *pieces: Html) -> Html:
    """A part of a report below its heading and one quiet line."""
    return fill(
        "<section><h2><bdi>{title}</bdi></h2>{under}{pieces}</section>",
        title=title,
        under=fill('<p class="fd-sub"><bdi>{text}</bdi></p>', text=under) if under else Html(""),
        pieces=joined(pieces),
    )


def chart(
    figure: go.Figure,
    numbers: Numbers | None,
    *,
    title: str,
    under: str,
    name: str,
    rows: str = "",
) -> Html:
    """A chart below its finding, and the numbers it draws; ``name`` is one word, used once.

    ``rows`` says which of them the table has, where it has not all.
    """
    kept = fill(
        '<div class="fd-chart"><h2><bdi>{title}</bdi></h2>'
        '<p class="fd-sub"><bdi>{under}</bdi></p>{drawing}</div>',
        title=title,
        under=under,
        drawing=svg(figure, name=name, alt=title),
    )
    below = Html("") if numbers is None else numbers_table(numbers)
    which = note(rows) if rows else Html("")
    return fill("<section>{kept}{which}{below}</section>", kept=kept, which=which, below=below)


def numbers_table(numbers: Numbers) -> Html:
    """The numbers of a chart as a table, the first of them where there are many."""
    head, rows = number_rows(_told(numbers), SHOWN)
    return joined([table(head, rows), *_more(len(numbers.rows), SHOWN, "row")])


def _told(numbers: Numbers) -> Numbers:
    """Without the columns that hold nothing: paper is narrow."""
    places = range(len(numbers.columns))
    told = [any(row[place] is not None for row in numbers.rows) for place in places]
    return Numbers(
        dict(compress(numbers.columns.items(), told)),
        [tuple(compress(row, told)) for row in numbers.rows],
    )


def table(head: Html, rows: Sequence[Html]) -> Html:
    """A quiet table from ready rows."""
    return fill(
        '<table class="fd-table"><thead>{head}</thead><tbody>{rows}</tbody></table>',
        head=head,
        rows=joined(list(rows)),
    )


def _more(number: int, shown: int, thing: str) -> list[Html]:
    return [note(f"And {formats.count(number - shown, thing)} more.")] if number > shown else []


def counted(shown: int, in_all: int, thing: str) -> Html:
    """A line on what a list leaves out; empty if it leaves out nothing."""
    return joined(_more(in_all, shown, thing))


def note(*texts: str) -> Html:
    """Small grey lines."""
    return joined([fill('<p class="fd-note"><bdi>{text}</bdi></p>', text=text) for text in texts])


def facts(pairs: Sequence[tuple[str, str | Html]], *, wide: bool = False) -> Html:
    """Names, ``wide`` ones in a wide column, with what they stand for; untrusted text may be."""
    return fill(
        '<dl class="{kind}">{pairs}</dl>',
        kind="wide" if wide else "",
        pairs=joined(
            [
                fill("<dt>{name}</dt><dd><bdi>{value}</bdi></dd>", name=name, value=value)
                for name, value in pairs
            ]
        ),
    )


def said(text: str, by: str, url: str | None = None) -> Html:
    """Somebody's words, and in a quiet line whose and when."""
    return fill(
        '<p class="fd-body"><bdi>{text}</bdi></p><p class="fd-note"><bdi>{by}</bdi> {url}</p>',
        text=text,
        by=by,
        url=address(url),
    )


def address(url: str | None) -> Html:
    """A web address, spelt out for paper, and a link where it is an ordinary one."""
    link = web_link(url)
    if link is None:
        return escaped(url or "")
    return fill('<a href="{url}" rel="noopener noreferrer nofollow">{url}</a>', url=link)


def _foot(stamp: Stamp) -> Html:
    entries = formats.count(stamp.entries, "entry", "entries")
    if stamp.checkpoint_at is None or stamp.checkpoint_size is None:
        signed = "No checkpoint of it was signed yet."
    else:
        signed = (
            f"Latest signed checkpoint: {formats.count(stamp.checkpoint_size, 'entry', 'entries')}"
            f", {formats.iso(stamp.checkpoint_at)}."
        )
    return fill(
        "<footer><p>Made {made} from a record whose log has {entries} and the root</p>"
        '<p class="fd-hash">{root}</p><p>{signed} The same root is the same record: '
        "forecasts verify shows it.</p></footer>",
        made=formats.iso(stamp.made_at),
        entries=entries,
        root=stamp.root or formats.DASH,
        signed=signed,
    )
