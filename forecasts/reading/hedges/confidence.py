"""Analytic confidence: how good the grounds of a judgement are, apart from how likely its event is.

Reference: Intelligence Community Directive 203, "Analytic Standards" (2015), D.6.e(2): confidence
in an assessment and the likelihood of an event are expressed apart.
"""

import re
from collections.abc import Sequence
from typing import Literal

from forecasts.reading.parsing.sentences import Sentence

Confidence = Literal["low", "moderate", "high"]

_LEVEL = r"(?P<{}>low|moderate|medium|high)(?:[\s-]+to[\s-]+(?:low|moderate|medium|high))?"
_STATED = re.compile(
    rf"\b{_LEVEL.format('before')}(?:\s(?:analytic(?:al)?|overall|degree\sof|level\sof|levels\sof))*"
    r"[\s-]+confidence\b"
    r"|\b(?:our|my|the|analytic(?:al)?|overall)\s(?:(?:analytic(?:al)?|overall)\s)?confidence"
    rf"\b[^.;]{{0,60}}?\b(?:is|remains|as)\s(?:only\s)?{_LEVEL.format('after')}\b"
    rf"|\bconfidence(?:\slevel)?\s*[:=]\s*{_LEVEL.format('label')}\b",
    re.I,
)
_OF_OTHERS = re.compile(
    r"\b(?:consumer|business|investor|public|market|voter|popular|household|no|regain\w*|restor\w+"
    r"|vote of|motion of)\s(?:\w+\s)?confidence\b", re.I,
)  # fmt: skip


def confidence_in(text: str) -> Confidence | None:
    """The confidence that ``text`` states; of a range such as "low to moderate" the lower end.

    >>> confidence_in("We assess with moderate confidence that the truce will hold.")
    'moderate'
    """
    found = _STATED.search(text)
    if found is None or _OF_OTHERS.search(text):
        return None
    level = (found["before"] or found["after"] or found["label"]).lower()
    if level == "medium":
        return "moderate"
    return "low" if level == "low" else "high" if level == "high" else "moderate"


def confidence_by_sentence(sentences: Sequence[Sentence]) -> dict[int, Confidence]:
    """The confidence that holds for each sentence, by where the sentence starts.

    A remark ("Our confidence in this judgement is low.") is about the
    sentence before it; a line "Confidence: low" about the paragraph above.
    """
    held: dict[int, Confidence] = {}
    for number, sentence in enumerate(sentences):
        level = confidence_in(sentence.text)
        if level is None:
            continue
        held[sentence.start] = level
        before = sentences[number - 1] if number else sentence
        if before.paragraph == sentence.paragraph and _REMARK.search(sentence.text):
            held.setdefault(before.start, level)
        elif before.paragraph != sentence.paragraph and _LINE.fullmatch(sentence.text):
            for one in sentences[:number]:
                if one.paragraph == before.paragraph:
                    held.setdefault(one.start, level)
    return held


_REMARK = re.compile(
    r"^\W*(?:\w+\W+){1,5}$|\b(?:this|these|that|our|my)\s(?:\w+\s)?(?:judge?ments?|assessments?"
    r"|estimates?|forecasts?|confidence|conclusions?|views?)\b", re.I,
)  # fmt: skip
_LINE = re.compile(r"\W*(?:analytic\w*\s)?confidence(?:\slevel)?\W+\w+(?:\W+\w+){0,2}\W*", re.I)
