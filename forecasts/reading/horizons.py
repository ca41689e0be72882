"""By when? The horizon as worded, and the days it spans if they can be counted."""

import re

from forecasts.reading.dates import MONTHS

# Month names keep their capital, or "this may" would be a month.
_MONTH = "(?-i:(?:" + "|".join(MONTHS) + r")\b\.?)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|few|several|couple of)"
)
_UNIT = r"(?:days?|weeks?|months?|quarters?|years?|decades?)"
_YEAR = r"(?:19|20|21)\d\d"
_EVENT = r"(?:elections?|vote|ballot|summit|referendum|runoff|primary|midterms?|polls|inauguration)"

_PATTERNS = [
    rf"(?:by|before|until|till|in|during|through|at|from|after|around|towards?)?\s?(?:the\s)?"
    rf"(?:end|start|beginning|middle|close|turn)\sof\s(?:the\s|this\s|next\s)?(?:{_MONTH}\s)?"
    rf"(?:{_YEAR}|year|month|week|quarter|decade|century|{_MONTH})\b",
    rf"(?:by|before|until|in|during|through|after|on)\s(?:early|mid|late)[\s-](?:{_MONTH}\s?)?(?:{_YEAR}|{_MONTH})?",
    rf"(?:in|by|during|for)\s(?:the\s)?(?:first|second|third|fourth|last|next)\s(?:half|quarter)(?:\sof\s(?:{_YEAR}|this\syear|next\syear|the\s(?:coming\s)?year))?",
    rf"(?:by|in|before|during)\s?(?:Q[1-4]|H[12])\s?{_YEAR}",
    rf"(?:on\s)?(?:{_WEEKDAY},?\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
    rf"(?:on\s)?(?:{_WEEKDAY},?\s)?{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s{_YEAR})?",
    rf"(?:by|before|until|in|during|through|after|since)\s{_MONTH}(?:\s(?:of\s)?{_YEAR})?",
    rf"(?:by|before|until|till|in|during|through|after|beyond|throughout)\s{_YEAR}\b(?:\s?[-–]\s?\d{{2,4}})?",
    rf"(?:in|over|during|within|for)\s(?:the\s)?(?:coming|next|following|near)\s(?:{_NUMBER}\s)?(?:to\s{_NUMBER}\s)?(?:{_UNIT}|term|future)",
    rf"(?:the\s)?(?:coming|next)\s(?:{_NUMBER}\s)?{_UNIT}",
    rf"(?:within|in)\s{_NUMBER}\s(?:to\s{_NUMBER}\s)?{_UNIT}(?:['’]\stime)?",
    rf"(?:later\s|early\s|earlier\s|late\s)?(?:this|next)\s(?:week(?:end)?|month|quarter|year|decade|century|spring|summer|autumn|fall|winter|{_MONTH}|{_WEEKDAY})",
    rf"(?:on\s|next\s|this\s|by\s)?{_WEEKDAY}",
    r"\btomorrow|\btonight|\btoday",
    r"(?:by\s)?year[-\s]end|(?:by\s)?the\syear['’]s\send",
    r"(?:in\s|over\s)?(?:the\s)?(?:short|near|medium|long|longer|immediate)(?:[-\s]to[-\s](?:medium|long))?[-\s](?:term|run|future)\b",
    r"(?:for\s|in\s)?(?:the\s)?foreseeable\sfuture",
    rf"(?:before|after|at|until|in|by)\s(?:the\s|this\s|its\s|next\s)(?:coming\s|next\s|upcoming\s)?(?:{_MONTH}\s)?(?:\w+\s)?{_EVENT}",
    rf"the\s(?:coming|next|upcoming)\s(?:{_MONTH}\s)?(?:\w+\s)?{_EVENT}",
    r"(?:in\s)?the\s(?:days|weeks|months|years|decades)\s(?:ahead|to\scome)",
    rf"(?:in|by|before|after|during|over|until)\s(?:the\s)?(?:spring|summer|autumn|winter)(?:\s(?:of\s)?{_YEAR})?",
    r"\bsoon\b|\bshortly\b|\bimminently\b|before long",
]  # fmt: skip
HORIZON = re.compile("|".join(rf"(?:(?<!\w){p}(?!\w))" for p in _PATTERNS), re.I)
_LEADING = re.compile(  # "on Tuesday" is kept as "Tuesday", but "by 2030" as "by 2030"
    r"^(?:on|in|by|for|over|during|within|at)\s+"
    r"(?=the\s+(?:coming|foreseeable|next)|\w+day\b|this\b|foreseeable)",
    re.I,
)
_PAST = re.compile(
    r"(?:\b(?:which|that|who)\s\w+(?:ed|ew|oke|ell|an|ent|ook)\s$)|(?:\b(?:(?:the|over|during|in)\s+last|since|ago|previous(?:ly)?|past|back|earlier)\b[^,;]{0,12}$)|(?:\b(?:\w{3,}est|first|worst|best)\b[^,;]{0,24}$)",
    re.I,
)


def horizon_in(text: str, *, not_before: int | None = None) -> str | None:
    """The first wording in ``text`` that says when, as written; None if there is none.

    ``not_before`` is a year; a wording that names an earlier one is history.
    """
    for found in HORIZON.finditer(text):
        wording = found.group().strip(" ,.")
        years = [int(y) for y in re.findall(_YEAR, wording)]
        if years and not_before is not None and max(years) < not_before:
            continue
        if re.match(r"since\b", wording, re.I) or _PAST.search(text[: found.start()]):
            continue
        if re.match(r"\s*ago\b", text[found.end() :]):
            continue
        return _LEADING.sub("", wording)
    return None


def horizon_of_heading(heading: str) -> str | None:
    """The horizon that a heading such as "Short-term" gives to what stands under it."""
    for name in reversed(heading.split(" > ")):
        if found := horizon_in(name):
            return found.lower() if re.search(r"term|run", found, re.I) else found
    return None
