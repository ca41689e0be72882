"""By when? The horizon as worded, and the days it spans if they can be counted."""

import re

from forecasts.reading.horizons.dates import MONTHS

# Month names keep their capital, or "this may" would be a month.
_MONTH = "(?-i:(?:" + "|".join(MONTHS) + r")\b\.?)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|few|several"
    r"|couple\sof)"
)
_NUMBER = rf"(?:{_COUNT}(?:\s?(?:-|–|—|/|\sto\s|\sor\s)\s?{_COUNT})?)"
_UNIT = r"(?:hours?|days?|weeks?|months?|quarters?|years?|decades?)"
_YEAR = r"(?:19|20|21)\d\d"
_EVENT = (
    r"(?:elections?|vote|ballot|summit|referendum|runoff|primary|primaries|midterms?|polls"
    r"|inauguration|budget|harvest|census|congress|conference|convention|olympics|rains"
    r"|rainy\sseason|monsoon|lean\sseason|holidays)"
)
_FEAST = r"(?-i:Christmas|Easter|Ramadan|Eid|New\sYear|Thanksgiving|Diwali|Passover|Nowruz)"
_PART = r"(?:first|second|third|fourth|last|next|final)\s(?:half|quarter)"

_PATTERNS = [
    rf"(?:between|from)\s{_MONTH}(?:\s{_YEAR})?\s(?:and|to)\s{_MONTH}(?:\s{_YEAR})?",
    rf"(?:between|from)\s{_YEAR}\s(?:and|to)\s{_YEAR}",
    r"(?:in|during|over|through|throughout|by|until)\sthe\s(?:early\s|late\s|mid[\s-])?20\d0s\b",
    rf"(?:in|for|by|during)\s(?:FY\s?|(?:the\s)?(?:fiscal|financial)\s(?:year\s)?){_YEAR}(?:[-/]\d{{2,4}})?",
    rf"as\s(?:soon|early|quickly|late)\sas\s{_NUMBER}\s{_UNIT}(?:\safter)?",
    r"(?:in|during|over|by|until)\sthe\s(?:coming\s)?(?:fall|autumn|winter|spring|summer)"
    r"(?:\sand\s(?:fall|autumn|winter|spring|summer))?(?:\s(?:months|season))?\b",
    r"for\s(?:a\swhile|an\sextended\speriod|the\stime\sbeing|the\srest\sof\sthe\s(?:year|decade))\b",
    r"for\s(?:some|many|several)\s(?:time|weeks|months|years|decades)(?:\sto\scome)?\b",
    r"going\sforward\b|(?<!not )in\sfuture\b(?=[,.;]|$|\sas\b)",
    r"(?:in|over|during|within)\s(?:this|that|the\ssame)\s(?:time ?frame|period)\b",
    rf"(?:in|over)\sthe\s{_UNIT}\sahead",
    r"for\s(?:\w+\s)?(?:months|years|decades)\sto\scome",
    r"before\sthe\s(?:week|month|year)\sis\s(?:out|over)",
    rf"(?:by|before|until|till|in|during|through|at|from|after|around|towards?)?\s?(?:the\s)?"
    rf"(?:end|start|beginning|middle|close|turn)\sof\s(?:the\s|this\s|next\s)?(?:{_MONTH}\s)?"
    rf"(?:{_YEAR}|year|month|week|quarter|decade|century|{_MONTH})\b",
    rf"(?:by|before|until|in|during|through|after|on)\s(?:early|mid|late)[\s-](?:{_MONTH}\s?)?(?:{_YEAR}|{_MONTH})?",
    rf"(?:in|by|during|for|into|from|until)\s(?:the\s)?{_PART}(?:\sof\s(?:{_YEAR}|this\syear|next\syear|the\s(?:coming\s)?year))?",
    rf"(?:by|in|before|during)\s?(?:Q[1-4]|H[12])\s?{_YEAR}",
    rf"(?:on\s)?(?:{_WEEKDAY},?\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
    rf"(?:on\s)?(?:{_WEEKDAY},?\s)?{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s{_YEAR})?",
    rf"(?:by|before|until|in|into|during|through|after|since|from|for)\s{_MONTH}(?:\s(?:of\s)?{_YEAR})?",
    rf"(?:by|before|until|till|in|into|to|during|through|after|beyond|throughout|towards?)\s{_YEAR}\b(?:\s?[-–]\s?\d{{2,4}})?",
    rf"(?:in|over|during|within|for)\s(?:the\s)?(?:coming|next|following|near)\s(?:{_NUMBER}\s)?(?:{_UNIT}|term|future)",
    rf"(?:the\s)?(?:coming|next)\s(?:{_NUMBER}\s)?{_UNIT}",
    rf"(?:within|in)\s(?:the\s)?{_NUMBER}\s{_UNIT}(?:['’]\stime)?",
    rf"within\s(?:the\s)?{_UNIT}\b",
    rf"(?:another|a\sfurther)\s(?:{_COUNT}\s)?{_UNIT}",
    rf"{_NUMBER}\s{_UNIT}\sfrom\snow",
    rf"(?:later\s|early\s|earlier\s|late\s)?(?:this|next)\s(?:week(?:end)?|month|quarter|year|decade|century|spring|summer|autumn|fall|winter|{_MONTH}|{_WEEKDAY})",
    rf"(?:on\s|next\s|this\s|by\s)?{_WEEKDAY}",
    r"\btomorrow|\btonight|\btoday|(?:at|on|over|for)\sthe\s(?:coming\s)?weekend",
    r"(?:by\s)?year[-\s]end|(?:by\s)?the\syear['’]s\send",
    r"(?:in\s|over\s)?(?:the\s)?(?:short|near|medium|long|longer|immediate)(?:[-\s]to[-\s](?:medium|long))?[-\s](?:term|run|future)\b",
    r"(?:for\s|in\s)?(?:the\s)?foreseeable\sfuture",
    rf"(?!in\sthe\spolls)(?:before|after|at|until|in|by)\s(?:the\s|this\s|its\s|next\s)(?:coming\s|next\s|upcoming\s)?(?:{_MONTH}\s|{_YEAR}\s)?(?:\w+\s){{0,2}}?{_EVENT}(?:\s(?:in|of)\s(?:{_MONTH}\s)?{_YEAR})?",
    rf"(?:by|before|until|till|after|at|over|around)\s(?:after\s)?{_FEAST}",
    rf"the\s(?:coming|next|upcoming)\s(?:{_MONTH}\s|{_YEAR}\s)?(?:\w+\s)?{_EVENT}",
    r"(?:in\s)?the\s(?:days|weeks|months|years|decades)\s(?:ahead|to\scome)",
    rf"(?:in|into|by|before|after|during|over|until|through)\s(?:the\s|this\s|next\s)?(?:spring|summer|autumn|winter)(?:\s(?:of\s)?{_YEAR})?",
    r"(?:by|before|until|till|after)\sthen\b|by\sthat\s(?:time|point)\b",
    r"sooner\sor\slater",
    rf"as\s(?:soon|early)\sas\s(?:{_MONTH}(?:\s{_YEAR})?|{_YEAR}|(?:next|this)\s\w+|tomorrow)",
    rf"(?:in\sthe\srun-up\sto|ahead\sof)\s(?:the\s|this\s|next\s)?(?:{_MONTH}\s|{_YEAR}\s)?"
    rf"(?:\w+\s){{0,2}}?{_EVENT}",
    rf"until\sat\sleast\s(?:{_MONTH}|{_YEAR}|(?:mid|early|late)[\s-]\w+)",
    r"the\sfollowing\s(?:day|week|month|year)",
    r"\bsoon\b(?!\sas)|\bshortly\b|\bimminently\b|before long",
]  # fmt: skip
HORIZON = re.compile("|".join(rf"(?:(?<!\w){p}(?!\w))" for p in _PATTERNS), re.I)
_LEADING = re.compile(  # "on Tuesday" is kept as "Tuesday", but "by 2030" as "by 2030"
    r"^(?:on|in|by|for|over|during|within|at)\s+"
    r"(?=the\s+(?:coming|foreseeable|next)|\w+day\b|this\b|foreseeable)",
    re.I,
)
_PAST = re.compile(
    r"(?:\b(?:which|that|who)\s\w+(?:ed|ew|oke|ell|an|ent|ook)\s$)|(?:\b(?:(?:the|over|during|in)\s+last|since|ago|previous(?:ly)?|past|back|earlier)\b[^,;]{0,12}$)",
    re.I,
)
_RECORD = re.compile(r"\b(?:\w{3,}est|first|worst|best)\b[^,;]{0,24}$", re.I)
_OCCASION = re.compile(rf"(?:in|at)\s.*{_EVENT}", re.I)
_SPAN_OF_TIME = re.compile(rf"(?:in|for|within)\s(?:the\s)?{_NUMBER}\s{_UNIT}", re.I)


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
        if _SPAN_OF_TIME.match(wording) and _RECORD.search(text[: found.start()]):
            continue  # "the worst drought in ten years"
        if _OCCASION.fullmatch(wording) and HORIZON.match(text, found.end() + 1):
            continue  # "in the vote *on Sunday*"
        if re.match(r"\s*ago\b", text[found.end() :]):
            continue
        return _LEADING.sub("", wording)
    return None


_THEN = re.compile(r"(by|before|until|till|after)\s(?:then|that\s(?:time|point))$", re.I)


def spelled_out(wording: str, before: str) -> str:
    """ "by then" as "by 12 December", the time that ``before`` names last; others as they are."""
    then = _THEN.match(wording)
    named = [m.group().strip(" ,.") for m in HORIZON.finditer(before)] if then else []
    named = [name for name in named if not _THEN.match(name)]
    if then is None or not named:
        return wording
    bare = re.sub(r"^(?:by|on|in|at|before|after|until|till|within|for)\s", "", named[-1])
    return f"{then[1].lower()} {bare}"


def horizon_of_heading(heading: str, *, not_before: int | None = None) -> str | None:
    """The horizon that a heading such as "Short-term" gives to what stands under it."""
    for name in reversed(heading.split(" > ")):
        found = horizon_in(name, not_before=not_before) or _bare_span(name, not_before)
        if found and (len(found) * 2 > len(name) or _OUTLOOK.search(name)):
            return found.lower() if re.search(r"term|run", found, re.I) else found
    return None


_OUTLOOK = re.compile(
    r"\b(?:outlook|forecasts?|projections?|scenarios?|expect\w*|predictions?|next|coming|ahead|term"
    r"|horizon|subject|scope|period|time ?frame|after|before|watch|look)\b", re.I,
)  # fmt: skip


def _bare_span(heading: str, not_before: int | None) -> str | None:
    """ "Outlook 2027", "0-6 months": in a heading a year or a span of time needs no preposition."""
    found = re.search(rf"\b{_NUMBER}\s{_UNIT}\b|\b{_YEAR}\b", heading, re.I)
    if found is None or (found.group().isdecimal() and int(found.group()) < (not_before or 0)):
        return None
    return found.group()
