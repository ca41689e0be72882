"""The sources of the record in two tables, and what each column means."""

from collections.abc import Sequence

import streamlit as st

from dashboard import formats
from dashboard.widgets.parts import finding, note, table
from dashboard.widgets.safe import Html, fill, joined
from dashboard.widgets.scores.leaderboard import ENOUGH
from forecasts.results.sources import SourceKey, SourceRow, Sources, Wording

PAGE = 20
STRENGTHS = (
    f"under 20{formats.NBSP}%",
    f"20 to 45{formats.NBSP}%",
    f"about even, 45 to 55{formats.NBSP}%",
    f"55 to 80{formats.NBSP}%",
    f"80{formats.NBSP}% and more",
)
HEAD = Html(
    "<tr><th scope='col'>{who}</th><th scope='col' class='n'>Statements</th>"
    "<th scope='col' class='wide'>How strong</th><th scope='col' class='n wide'>May, could</th>"
    "<th scope='col' class='n wide'>Resolvable</th><th scope='col' class='n'>Questions</th>"
    "<th scope='col' class='n wide'>Settled</th><th scope='col' class='n'>Score</th>"
    "<th scope='col' class='n wide'>95 % interval</th><th scope='col' class='n wide'>Base rate</th>"
    "<th scope='col' class='n wide'>Know-nothing</th></tr>"
)


def sources_heading(found: Sources) -> str:
    """The finding of the page: who can be judged at all."""
    if not found.speakers:
        return "No source has said anything yet"
    judged = [row for row in found.speakers if _enough(row)]
    if not judged:
        return f"No source has {ENOUGH} settled forecasts yet: nobody can be judged"
    best = min(judged, key=lambda row: row.score.score if row.score else 1.0)
    if len(judged) == 1 or best.score is None:
        return f"One of {len(found.speakers):,} sources can be judged: {best.key.speaker}"
    judged_of = f"{len(judged):,} of {len(found.speakers):,} sources can be judged"
    return f"{judged_of}; the lowest error so far is {best.key.speaker}’s"


def sources_line(found: Sources) -> str:
    """How much was said, and how much of it commits to nothing."""
    said = formats.count(found.statements, "statement")
    if not found.speakers:
        return "Statements come from articles: bring one to the Inbox."
    if not found.statements:
        return "Their forecasts were entered without the statements behind them."
    share = formats.percent(found.possibilities / found.statements)
    return f"{said}; {share} of them a bare may, might or could, which are not scored."


def source_tables(found: Sources) -> None:
    """Publishers first, then their speakers, those with the most statements at the head."""
    with st.container(key="fd-sources"):
        for title, who, rows in (
            ("Publishers", "Publisher", found.publishers),
            ("Speakers", "Speaker", found.speakers),
        ):
            if rows:
                finding(_judged(title, rows), "Brier score, 0 to 1, lower is better.")
                _pages(rows, who)
    note(
        "Statements are counted for whoever is scored for them: a speaker quoted by name, else the "
        "author, else the publisher. How strong: estimates from little to high probability. "
        "Resolvable: how well a question made of a statement could be settled, 100\u00a0% lacking "
        "nothing, the mean of the newest; hover for how many.",
        f"Base rate: always saying the share of this source’s questions that came true, from "
        f"{ENOUGH} yes/no questions on; it is known only afterwards. Know-nothing: equal odds. "
        f"Intervals from {ENOUGH} questions on, resampled by question.",
    )


def _judged(title: str, rows: Sequence[SourceRow]) -> str:
    able = sum(map(_enough, rows))
    if not able:
        return (
            f"{title}: {len(rows):,}, none with the {ENOUGH} settled questions that a verdict needs"
        )
    return f"{title}: {able:,} of {len(rows):,} can be judged"


def _pages(rows: Sequence[SourceRow], who: str) -> None:
    place = st.container()
    sheet = 1
    if len(rows) > PAGE:
        sheet = st.pagination(-(-len(rows) // PAGE), key=f"{who.lower()}s", bind="query-params")
    with place:
        table(
            Html(HEAD.format(who=who)),
            [_row(row) for row in rows[(sheet - 1) * PAGE : sheet * PAGE]],
        )


def _row(row: SourceRow) -> Html:
    score = row.score
    return fill(
        '<tr><td><bdi>{name}</bdi> <small><bdi>{aside}</bdi></small></td><td class="n">{n}</td>'
        '<td class="wide">{profile}</td><td class="n wide">{vague}</td>'
        '<td class="n wide" title="{judged}">{fit}</td><td class="n">{questions}</td>'
        '<td class="n wide">{settled}</td><td class="n {few}"><b>{score}</b>{of}</td>'
        '<td class="n wide">{interval}</td><td class="n wide" title="{came}">{base}</td>'
        '<td class="n wide">{uniform}</td></tr>',
        name=source_name(row.key),
        aside=row.key.publisher if row.key.speaker not in (None, row.key.publisher) else "",
        n=f"{row.statements:,}",
        profile=profile(row.wording),
        vague=share_of(row.wording.possibilities, row.statements),
        judged=f"of the newest {formats.count(row.judged, 'statement')}",
        fit=formats.DASH if row.fitness is None else formats.percent(row.fitness),
        questions=f"{row.questions:,}",
        settled=f"{row.settled:,}",
        few="" if _enough(row) else "few",
        score=formats.score(score.score if score else None),
        of=fill(" <small>on {n}</small>", n=f"{score.questions:,}") if score else "",
        interval=formats.interval(score.interval if score else None),
        came=_came_true(row),
        base=formats.score(row.base_rate),
        uniform=formats.score(score.uniform if score else None),
    )


def source_name(key: SourceKey) -> str:
    """Who it is: a speaker, or the whole publisher."""
    return key.speaker if key.speaker is not None else key.publisher


def share_of(part: int, whole: int) -> str:
    """A share of a count; a dash of nothing."""
    return formats.percent(part / whole) if whole else formats.DASH


def profile(wording: Wording) -> Html:
    """How many estimates are how strong, as five bars from little to high probability."""
    most = max(wording.bands)
    if not most:
        return fill("{dash}", dash=formats.DASH)
    spoken = "; ".join(
        f"{name}: {count:,}" for name, count in zip(STRENGTHS, wording.bands, strict=True)
    )
    bars = [
        fill('<i class="{kind}" style="height:{h}px"></i>', kind="" if n else "none", h=h)
        for n, h in ((n, max(1, round(20 * n / most))) for n in wording.bands)
    ]
    return fill(
        '<div class="fd-profile" role="img" aria-label="{spoken}" title="{spoken}">{bars}</div>',
        spoken=spoken,
        bars=joined(bars),
    )


def _came_true(row: SourceRow) -> str:
    if row.came_true is None or row.score is None:
        return "Not all of its scored questions are yes/no questions"
    return f"{row.came_true:,} of {row.score.questions:,} came true"


def _enough(row: SourceRow) -> bool:
    return row.score is not None and row.score.questions >= ENOUGH
