"""By what views are held: predicates such as "bet on", papers and minds such as "poll"."""

from spacy.tokens import Token

from forecasts.reading.parsing.grammar import COPULAS, subject, tense
from forecasts.reading.parsing.lexicon import ACTORS, FORECASTERS, word_set
from forecasts.reading.parsing.reports import SAYING
from forecasts.reading.speakers.names import is_agent_noun

_STANCES = word_set(
    "expect predict forecast estimate project anticipate foresee envisage envision see reckon think"
    " believe doubt fear suspect assume suppose imagine guess price suggest indicate say argue warn"
    " put rate give imply assign regard find pencil brace"
)
_WITH = {  # "diplomats speak of 2028", "companies are betting on calm"
    "look": "for", "speak": "of", "talk": "of", "bet": "on", "bank": "on", "count": "on",
    "wager": "on", "brace": "for",
}  # fmt: skip
_PAPERS = word_set(
    "count tally report study survey paper note poll analysis assessment review forecast projection"
    " estimate outlook model baseline scenario data figure number schedule timetable calculation"
    " consensus polling research bulletin reckoning modelling simulation index update letter budget"
    " statement account filing guidance"
)
_MINDS = word_set(
    "view opinion word eye estimation judgement judgment mind expectation belief fear hope verdict"
    " guess bet prediction conclusion warning assumption suspicion case"
)
_MINDED = word_set("inclined doubtful sceptical skeptical")
_OF = word_set("by of from among in at")
_SOMEBODY = word_set(
    "he she they it i we some many most others few both another one those swap future option odds"
)


def takes_a_stance(verb: Token) -> bool:
    """Whether the predicate tells what its subject, who can have a view, holds to be coming."""
    if tense(verb) not in {"present", "perfect", "past"}:
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return False
    tied = any(
        c.dep_ in {"prep", "prt"} and c.lower_ == _WITH.get(verb.lemma_) for c in verb.rights
    )
    given = verb.lemma_ == "have" and any(c.tag_ == "VBG" for c in verb.subtree if c.i > verb.i)
    who = subject(verb)
    if who is None:
        return False
    minded = (
        who.lower_ != "it"
        and verb.lemma_ in COPULAS
        and any(c.lower_ in _MINDED for c in verb.rights)
    )
    tied = tied or minded
    if is_paper(who):
        return verb.lemma_ in _STANCES | SAYING or tied or given
    return (verb.lemma_ in _STANCES or tied) and can_hold(who)


def can_hold(who: Token) -> bool:
    """Whether it is somebody, who can have a view: a name, a pronoun, a profession, a body."""
    if who.pos_ == "PROPN" or who.lower_ in _SOMEBODY or who.lemma_ in _SOMEBODY:
        return True
    return who.lemma_.lower() in FORECASTERS | ACTORS or is_agent_noun(who)


def is_paper(noun: Token) -> bool:
    """Whether it is a thing in which views are written down, or a word for a view."""
    return noun.lemma_.lower() in _PAPERS | _MINDS


def owner_of(paper: Token) -> Token | None:
    """Whose it is: "the *bank's* schedule", "the forecast in a survey of 14 *analysts*"."""
    whole = paper.head if paper.dep_ == "compound" else paper  # taken together with what follows
    for child in whole.lefts:
        if child.dep_ == "poss":
            return child
    for child in paper.rights:
        who = next((c for c in child.children if c.dep_ == "pobj"), None)
        if child.dep_ not in {"prep", "agent", "acl"} or child.i > paper.i + _NEAR:
            continue
        if child.dep_ == "acl":  # "a study published by"
            agent = (c for c in child.children if c.dep_ == "agent" or c.lower_ == "by")
            who = next((t for c in agent for t in c.children if t.dep_ == "pobj"), None)
        elif child.lower_ not in _OF:
            continue
        if who is not None and is_paper(who):
            return owner_of(who)
        if who is not None and can_hold(who) and (who.pos_ != "PROPN" or child.lower_ != "in"):
            return who
    return None


_NEAR = 8  # tokens after a paper within which its writer is named
