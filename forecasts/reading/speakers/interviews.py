"""Interviews: whose answer stands where, by "A:", by names, or below questions in bold."""

import re
from collections import Counter
from collections.abc import Sequence

from forecasts.reading.speakers.names import PERSON, full_name_matches
from forecasts.reading.speakers.people import ORGANISATIONS, People
from forecasts.reading.speakers.quoted_spans import Spoken

_ASKING = r"Q\d*|Question|QUESTION|Interviewer|INTERVIEWER|Moderator|MODERATOR|Host|HOST"
_ANSWERING = r"A\d*|Answer|ANSWER"
_LABEL = re.compile(
    rf"^\W{{0,4}}(?P<who>{_ASKING}|{_ANSWERING}|[A-Z]{{2,3}}|{PERSON})"
    r"(?:\W{0,3}:\W{0,3}(?=\s)|\.(?=\*\*\s))", re.M,
)  # fmt: skip
_IS_ASKING = re.compile(_ASKING)
_IS_ANSWERING = re.compile(_ANSWERING)
# A line all in bold or italics, or a line that is one question.
_EMPHASISED = re.compile(r"^[ \t]*(\*{1,3}|_{1,3})(?![*_\s])(?P<said>[^\n]{4,400}?)\1[ \t]*$", re.M)
_BARE_QUESTION = re.compile(r"^(?![ \t]*[-•*#>])[^\n]{8,300}\?[\"”’]?[ \t]*$", re.M)
_ANNOUNCED = re.compile(
    r"\b(?:interview\w*|conversation|Q ?& ?A|questions (?:for|to)|spoke|speaks|talks?|talked|asked"
    r"|sat down|sits down|in dialogue|answers|minutes with)\b", re.I,
)  # fmt: skip
_TO_GUEST = re.compile(
    r"(?:\b(?:interview(?:ed|s)?|conversation|dialogue|Q ?& ?A|questions|talk|chat|discussion)"
    r"\s(?:with|of|for|to)|\bInterview:|\b(?:questions|minutes)[^\n]{0,20}\b(?:for|with)"
    r"|\b(?:we|I)\s(?:spoke|talked|sat down)\s(?:to|with)|\b(?:asked|interviewed))\W{0,4}"
    r"(?:\w+\.?\s(?:\([^)]*\)\s)?){0,3}$", re.I,
)  # fmt: skip
_TO_HOST = re.compile(
    r"\b(?:spoke|speaks|talks?|talked|speaking|told|tells|interview(?:ed)?\sby|sat down"
    r"|interviewer|by|answers|asked\sby)\s(?:to\s|with\s)?(?:\w+\s){0,2}$", re.I,
)  # fmt: skip
_FEWEST = 2  # questions; fewer make no interview


def dialogue_turns(text: str, people: People) -> list[Spoken]:
    """The turns of an interview; of other articles, none."""
    labelled = _labelled(text, people)
    return labelled or _below_questions(text, people)


def _labelled(text: str, people: People) -> list[Spoken]:
    """Lines that begin with "A:", with a name or with initials."""
    labels = [(m.start(), m["who"]) for m in _LABEL.finditer(text)]
    asked = next((at for at, who in labels if _IS_ASKING.fullmatch(who)), None)
    guest = _guest(text, asked, people) if asked is not None else None
    turns = []
    names = Counter(who for _, who in labels if " " in who)
    talking = {who for who, times in names.items() if times > 1}
    talking = talking if len(talking) > 1 else set()
    for number, (start, who) in enumerate(labels):
        end = labels[number + 1][0] if number + 1 < len(labels) else len(text)
        answering = _IS_ANSWERING.fullmatch(who) and asked is not None
        speaker = guest if answering else people.called(who)
        if speaker is None and guest is not None and _may_mean(who, guest):
            speaker = guest
        if speaker is None and who in talking:
            speaker = who
        if speaker is not None or answering or _IS_ASKING.fullmatch(who):
            turns.append(Spoken(start, _end_of_turn(text, start, end, speaker), speaker))
    return turns


def _below_questions(text: str, people: People) -> list[Spoken]:
    """Answers below questions that stand in lines of their own, in bold or italics or plain."""
    questions = [
        m for m in _EMPHASISED.finditer(text) if "?" in m["said"] or len(m["said"].split()) > 4
    ]
    if sum("?" in m["said"] for m in questions) < _FEWEST:
        questions = list(_BARE_QUESTION.finditer(text))
    else:
        first = next(i for i, m in enumerate(questions) if "?" in m["said"])
        questions = questions[first:]
    if len(questions) < _FEWEST or not _ANNOUNCED.search(text, 0, questions[0].start()):
        return []
    guest = _guest(text, questions[0].start(), people)
    turns = []
    for question, following in zip(questions, [*questions[1:], None], strict=True):
        end = following.start() if following is not None else len(text)
        turns.append(Spoken(question.start(), question.end(), None))
        turns.append(
            Spoken(question.end(), _end_of_turn(text, question.end() + 1, end, guest), guest)
        )
    return turns


def _guest(text: str, before: int, people: People) -> str | None:
    """Who is interviewed, by what stands above the first question."""
    named = [m for m in full_name_matches(text[:before]) if not ORGANISATIONS.search(m.group())]
    introduced = [m for m in named if _TO_GUEST.search(text, max(0, m.start() - 80), m.start())]
    hosts = {m.group() for m in named if _TO_HOST.search(text, max(0, m.start() - 80), m.start())}
    hosts -= {m.group() for m in introduced}
    if introduced:
        return re.sub(r"[’']s$", "", introduced[0].group())
    known = people.last_before(before)
    if known is not None and known not in hosts:
        return known
    return next((m.group() for m in named if m.group() not in hosts), None)


def _may_mean(label: str, name: str) -> bool:
    words = name.split()
    initials = "".join(word[0] for word in words)
    return label.lower() in {name.lower(), words[-1].lower(), initials.lower()}


def _end_of_turn(text: str, start: int, end: int, speaker: str | None) -> int:
    """A turn ends where the speaker is spoken of by name, or where the editor speaks."""
    if speaker is None:
        return end
    surname = re.escape(speaker.split()[-1])
    over = re.compile(
        rf"\n[ \t]*(?=[^\n]*\b{surname}\b(?!\W{{0,3}}:))"
        r"|\n[ \t]*(?=[*_][^*_\n]+[*_][ \t]*$)|\n[ \t]*[-*_]{3,}",
        re.M,
    )
    paragraphs: Sequence[re.Match[str]] = [
        m for m in over.finditer(text, start, end) if m.start() > start + 1
    ]
    return paragraphs[0].start() if paragraphs else end
