"""Appointments told in the present: "the trial begins on Monday", "talks are to resume"."""

import re

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, in_order
from forecasts.reading.horizons.horizon import HORIZON
from forecasts.reading.parsing.grammar import (
    auxiliaries,
    is_infinitive,
    is_negated,
    own_subject,
    tense,
)
from forecasts.reading.parsing.lexicon import word_set

_LEMMAS = word_set(
    "begin start open end close expire resume kick finish conclude convene reconvene meet vote "
    "return retire leave arrive depart visit host hold launch release publish announce decide rule "
    "lapse take come go enter fall hand step debut report appear "
    "assume attend address travel join deliver stage gather unveil present inherit"
)
SCHEDULED = re.compile(
    r"\b(?:begins?|starts?|opens?|ends?|clos(?:es?|ing)|expires?|resumes?|kicks?|finish(?:es)?"
    r"|concludes?|(?:re)?convenes?|meets?|votes?|returns?|retires?|leaves?|arrives?|departs?|visits?"
    r"|hosts?|holds?|launch(?:es)?|releases?|publish(?:es)?|announces?|decides?|rules?|lapses?"
    r"|takes?|comes?|go(?:es)?|enters?|falls?|hands?|steps?|debuts?|reports?|appears?"
    r"|assumes?|attends?|address(?:es)?|travels?|joins?|delivers?|stages?|gathers?|unveils?"
    r"|presents?|inherits?|(?:is|are) \w+ing)\b"
)
_SET_PHRASES = {  # of these verbs only a set phrase is an appointment
    "take": "effect place office over", "come": "into", "go": "to on into", "enter": "into",
    "fall": "due", "hand": "over down", "step": "down", "hold": "", "kick": "off", "report": "",
    "appear": "before in at",
}  # fmt: skip
# Still to come, wherever the calendar stands: a day, or a period that is not over.
_AHEAD = re.compile(
    r"\b(?:next|tomorrow|tonight|later this|this (?:coming )?(?:week|month|\w+day|autumn|spring"
    r"|summer|winter)|on (?:the )?(?:\d|\w+day\b(?!s)|[A-Z][a-z]{2,8} \d)|in [A-Z][a-z]{2,8}\b"
    r"|(?-i:in|from|until|at the end of|by) (?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\b|in (?:\w+|\d+) (?:days|weeks|months)"
    r"|at the end of|the following (?:day|week|month|year))"
)
_HABIT = re.compile(
    r"\b(?:every|each|rarely|seldom|sometimes|generally|never|usually"
    r"|often|always|normally|typically|\w+days|annually)\b"
)
_PURPOSES = word_set(
    "aim goal plan purpose objective idea task job challenge point hope way key step mission role "
    "strategy intention option question problem function trick duty ambition priority temptation"
)


def scheduled_hedge(token: Token) -> Hedge | None:
    """The hedge of a verb that states a dated appointment."""
    if token.pos_ not in {"VERB", "AUX"} or tense(token) != "present":
        return None
    who = own_subject(token)
    if who is None or who.tag_ in {"WP", "WDT"} or _is_a_time(token):
        return None
    clause = token.doc[token.left_edge.i : token.right_edge.i + 1].text
    if not (_AHEAD.search(clause) and HORIZON.search(clause)) or _HABIT.search(clause):
        return None
    event = _ordained(token, who) if token.lemma_ == "be" else _appointed(token)
    if event is None:
        return None
    negated = is_negated(token)
    said = in_order([*auxiliaries(token), token])
    phrase = "will not" if negated else "will"
    return Hedge(token, token, said, phrase, negated, kind="scheduled")


def _is_a_time(verb: Token) -> bool:
    """ "After she *takes* office in January": taken for granted, and only said to tell when."""
    opening = {t.lower_ for t in verb.doc[max(0, verb.left_edge.i - 1) : verb.left_edge.i + 1]}
    return verb.dep_ in {"advcl", "pcomp", "relcl"} and bool(opening & {"after", "before", "once"})


def _ordained(verb: Token, who: Token) -> Token | None:
    """ "The envoy *is to visit* Cairo next week"; "the aim is to win in May" is a purpose."""
    if who.lemma_.lower() in _PURPOSES or who.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    if verb.i + 1 >= len(verb.doc) or verb.nbor().tag_ != "TO":
        return None
    return next((c for c in verb.children if c.dep_ == "xcomp" and is_infinitive(c)), None)


def _appointed(verb: Token) -> Token | None:
    if verb.lemma_ not in _LEMMAS:
        return None
    needed = _SET_PHRASES.get(verb.lemma_)
    following = verb.doc[verb.i + 1 : verb.i + 3].text.split()
    if needed and not set(following) & set(needed.split()):
        return None
    return verb
