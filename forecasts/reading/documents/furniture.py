"""Page furniture: what a web page prints around an article and the author never wrote."""

import re

from forecasts.reading.documents.heads import front_matter_end

# A line that is nothing but one of these.
_LINES = re.compile(
    r"""\W*(?:
      read\ more | view\ original | (?:add|leave|post)\ (?:yours|a\ (?:comment|reply))
    | there\ are\ no\ comments | no\ comments(?:\ yet)? | \d+\ comments?
    | (?:estimated\ )?read(?:ing)?\ time\b.{0,30} | \d+\ min(?:ute)?s?\ read
    | see\ this\ (?:map|chart|image|graph\w*)\ in\ the\ original\ post
    | share(?:\ (?:this|on|via)\b.{0,60})? | follow\ us\b.{0,80} | tweet | print | email
    | (?:>+\ ?|➤\ ?)?keep\ up\ to\ date\b.{0,80} | get\ the\ latest\b.{0,80}
    | subscribe\b.{0,80} | sign\ (?:up|in)\b.{0,80} | log\ in | skip\ to\ content
    | advert(?:isement|ising)? | sponsored(?:\ content)? | continue\ reading.{0,60}
    | click\ (?:here|to)\b.{0,60} | listen\ to\ this\ article.{0,40} | back\ to\ top
    | (?:tags|filed\ under|posted\ in|categories|topics)\s*:.{0,200}
    | (?:previous|next)\ (?:article|post|story)\b.{0,200}
    | .{0,80}all\ rights\ reserved.{0,80} | (?:copyright|©)\ .{0,160}
    | (?:image|photo|picture|cover|featured\ image)(?:\ (?:credit|source|by))?s?\s*:.{0,160}
    | \(?(?:photo|image|picture)\ by\ .{0,160} | credits?\s*:.{0,160}
    | .{1,80}\ (?:/|via)\ (?:wikimedia(?:\ commons)?|getty\ images|reuters|ap|afp|unsplash
      |shutterstock|flickr|pixabay|istock|epa|tass)\W*.{0,30}
    | about\ the\ author\b.{0,600}
    | .{0,60}\b(?:uses\ cookies|cookie\ policy|privacy\ policy)\b.{0,200}
    )\W*""",
    re.I | re.X,
)

# A line that opens a list of other articles: the short lines after it belong to it.
_LISTS = re.compile(
    r"""\W*(?:
      (?:you\ (?:may|might)\ also\ (?:like|enjoy|be\ interested\ in))
    | (?:similar|related|more|latest|trending|top|popular|recommended|most\ (?:read|popular))
      \ (?:news|stories|articles|posts|reading|headlines|content|videos)
      (?:\ (?:on|about|from)\b.{0,60})?
    | more\ (?:from|on|in)\b.{0,60} | read\ next | see\ also | recommended(?:\ for\ you)?
    | most\ read
    | editor['’]?s['’]?\ (?:picks?|choice) | don['’]t\ miss | related
    | [\w\ ]{2,30}\ latest\ news,\ .{0,60}
    )\W*(?:similar\ news\W.*|:.*you\ can\ also\ read.*)?""",
    re.I | re.X,
)

# A line after which nothing is the author's.
_ENDS = re.compile(
    r"\W*(?:disclaimer|legal notice|terms of use|terms and conditions)\b\W*.{0,60}", re.I
)

_READ_MORE = re.compile(r"\W*(?:read|see|show) (?:more|full (?:story|article))\W*", re.I)

LONGEST_TEASER = 400  # characters; an article's paragraph after a list is usually longer


def furniture_spans(text: str) -> list[tuple[int, int]]:
    """Where the page speaks and not the author.

    Returns
    -------
    list of (start, end)
        In characters of ``text``, sorted and disjoint, each at least one line.
    """
    lines = [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    front = front_matter_end(text)
    spans: list[tuple[int, int]] = [(0, front)] if front else []
    in_list = False
    for number, (start, end) in enumerate(lines):
        if start < front:
            continue
        line = text[start:end]
        if len(line) <= LONGEST_TEASER and _ENDS.fullmatch(line):
            spans.append((start, len(text)))
            break
        following = text[end + 1 : lines[number + 1][1]] if number + 1 < len(lines) else ""
        opens = len(line) <= LONGEST_TEASER and bool(_LISTS.fullmatch(line))
        in_list = opens or (in_list and len(line) <= LONGEST_TEASER)
        if in_list or _is_furniture(line, following):
            spans.append((start, end))
    return _merged(spans, text)


def _is_furniture(line: str, following: str) -> bool:
    if len(line) > 2 * LONGEST_TEASER:
        return False
    # A teaser stands right above its link; a paragraph has a blank line after it.
    teaser = len(line) <= LONGEST_TEASER and not following.startswith("\n")
    teaser = teaser and bool(_READ_MORE.fullmatch(following))
    return teaser or bool(_LINES.fullmatch(line.strip()))


def _merged(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Neighbours with only white space between them become one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
