"""Future tense without a forecast: rules, warnings to readers, rhetoric and what is always so."""

import re

from spacy.tokens import Token

from forecasts.reading.grammar import auxiliaries, is_dated, subject
from forecasts.reading.hedges import Hedge
from forecasts.reading.lexicon import word_set

_LEGAL = re.compile(
    r"""\b(?:
      (?:under|pursuant\ to|in\ accordance\ with|subject\ to|by\ virtue\ of|in\ terms\ of)
      \ (?:(?:the|its|their|this|that|a|an|such|any|new|current|existing|international)\ )*
      (?:[\w'-]+\ ){0,3}?
      (?:agreement|treat(?:y|ies)|pact|accord|deal|law|act|statute|rules?|regulations?|terms|clause
        |articles?|sections?|paragraph|constitution|convention|charter|protocol|contract|lease
        |directive|ordinance|decree|code|resolution|memorandum|package|plan|scheme|programme|policy)
    | (?:articles?|sections?|paragraphs?|clauses?|rules?)\ \d+
    | until\ proven | on\ points\ of\ law
    )\b""",
    re.I | re.X,
)
_DISCLAIMER = re.compile(
    r"""\b(?:
      forward-looking | views?\ expressed | independently\ verified | also\ (?:like|enjoy)
    | errors?\ (?:or|and)\ omissions | past\ performance | actual\ results
    | (?:investment|legal|financial)\ advice
    | (?:this|the\ present|any\ of\ this|nothing\ in\ this)
      \ (?:article|report|note|document|material|newsletter|publication|presentation|page|site|email
        |post|content|analysis|bulletin|release|brief|memo|paper|update)
      \b.{0,60}\b(?:may|shall|should|will|could|might)\b
    | reliance\ (?:on|upon) | be\ relied\ (?:on|upon) | be\ liable | without\ (?:prior\ )?notice
    | herein | believed\ to\ be\ reliable | change\ at\ any\ time | subject\ to\ change
    | all\ rights\ reserved | be\ (?:reproduced|redistributed|construed)
    )\b""",
    re.I | re.X,
)
_SPOKEN = word_set(
    "say argue claim object complain insist tell ask wonder note remember recall know recognise "
    "recognize remark write notice reply counter protest scoff cry call mourn weep think believe "
    "accuse blame"
)
_ANYBODY = word_set(
    "some critics critic sceptics skeptics sceptic skeptic many others readers reader one anyone "
    "everyone everybody somebody someone people few historians opponents supporters defenders "
    "cynics cynic optimists pessimists shareholders most those you"
)
_ARGUED = word_set("argue say imagine think conclude suppose object forgive ask wonder quibble")
_VERDICTS = word_set(
    "mistake error folly pity shame wrong foolish naive unwise premature unfair absurd strange odd "
    "right wise better best nice wonderful irresponsible reckless misleading simplistic silly "
    "tempting easy hard difficult difficult understandable welcome"
)
_INDICATORS = word_set("cause sign signal indicator warning evidence proof")  # of something else
_SOURCES = word_set("result product work fault outcome legacy effect consequence")  # of the past
_MERITS = word_set("point case reason grounds merit cause")
_SEEMING = word_set("seem appear sound look")
_EXPLAINING = word_set("explain reflect stem account owe indicate suggest derive imply mean")
_IS_NOW = re.compile(r"\b(?:already|currently) be\b|\bstill be (?:in|inside|there|alive|at)\b")
_HABITS = word_set("often usually sometimes typically generally invariably normally regularly")
_TOOLS = word_set(
    "tool device app software command script button function setting plugin feature user program"
)
_PERMITTED = word_set(
    "terminate appeal apply request file amend leave inspect withhold disclose invoke waive enter "
    "register enrol submit sell buy use hear order grant refuse attend vote sue claim"
)
_ENTITLED = word_set(
    "register apply enrol submit file claim vote request appeal inspect carry bring park "
    "wear smoke ride"
)
_ABILITIES = word_set("speak read hear remember recall attend afford play swim sing write count")


def is_a_rule(hedge: Hedge) -> bool:
    """The law's or the small print's "shall", "may" and "will"."""
    verb, text = hedge.event, hedge.head.doc.text
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if not modals or _DISCLAIMER.search(text):
        return bool(modals)
    who = subject(verb)
    if "shall" in modals:
        return who is None or who.lower_ not in {"i", "we"}
    bare = hedge.phrase in {"will", "will not", "would", "may", "may not"}
    if bare and _LEGAL.search(text) and not is_dated(verb):
        return True
    only = any(c.lower_ == "only" for c in verb.children)
    party = who is not None and who.left_edge.lower_ in {"a", "an", "any", "each", "every", "no"}
    if "may" not in modals:
        return False
    many = who is not None and who.tag_ == "NNS" and who.left_edge.lower_ not in {"these", "those"}
    return verb.lemma_ in _PERMITTED and (only or party or (many and verb.lemma_ in _ENTITLED))


def is_rhetoric(hedge: Hedge) -> bool:
    """ "Critics will say", "one could argue", "you will find", "that would be a mistake"."""
    verb = hedge.event
    who = subject(verb)
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if who is not None:
        if verb.lemma_ in _SPOKEN and who.lower_ in _ANYBODY:
            return True
        if who.lower_ == "you" and _is_guided(verb):
            return True
        if "would" in modals and who.lemma_ in {"confidence", "assessment", "judgement"}:
            return True
    if modals & {"could", "might", "may", "would"} and verb.lemma_ in _ARGUED:
        return True
    if "would" in modals and verb.lemma_ == "be":
        return any(
            c.lower_ in _VERDICTS | _INDICATORS
            for c in verb.children
            if c.dep_ in {"attr", "acomp"}
        )
    return False


def _is_guided(verb: Token) -> bool:
    """ "You will find the data below"; "you will see the city shut down" is a forecast."""
    if verb.dep_ == "csubj":  # "what you will see is more of the same"
        return False
    shown = any(c.dep_ in {"ccomp", "xcomp"} for c in verb.children)
    return verb.lemma_ in {"find", "notice", "need"} or (verb.lemma_ == "see" and not shown)


def is_always_so(hedge: Hedge) -> bool:
    """Habits, definitions, what tools do, and what may explain the present."""
    verb, who = hedge.event, subject(hedge.event)
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if modals & {"will", "'ll"}:
        if any(c.lower_ in _HABITS for c in verb.children):
            return True
        if who is not None and who.lemma_.lower() in _TOOLS and not is_dated(verb):
            return True
        if who is not None and who.lower_ in {"those", "anyone"}:
            return any(c.dep_ == "relcl" for c in who.children)  # "those who play with fire"
        same = [c for c in verb.children if c.dep_ == "attr" and who is not None]
        return any(who is not None and c.lemma_ == who.lemma_ for c in same)
    if modals & {"may", "might", "could"}:
        return _is_guess_at_the_present(verb, who)
    return False


def _is_guess_at_the_present(verb: Token, who: Token | None) -> bool:
    """ "It may seem odd", "this may explain why", "it may be that he is right"."""
    said = [c for c in verb.children if c.dep_ in {"attr", "dobj"} and c.i > verb.i]
    if verb.lemma_ == "have" and any(c.lemma_ in _MERITS for c in said):
        return True
    if verb.lemma_ == "be" and any(_stems_from(c) for c in said):
        return True
    if verb.lemma_ == "be" and _IS_NOW.search(verb.doc[: verb.i + 3].text) and not is_dated(verb):
        return True
    if verb.lemma_ in _SEEMING and not is_dated(verb):
        return True
    inner = [c for c in verb.children if c.i > verb.i and c.dep_ in {"ccomp", "advcl", "attr"}]
    past = [c for c in inner if any(t.tag_ == "VBD" for t in (c, *c.children))]
    why = any(t.lower_ in {"why", "because"} for c in inner for t in c.subtree)
    if verb.lemma_ in _EXPLAINING and (past or why):
        return True
    if verb.lemma_ == "be" and (why or _is_cleft(verb, inner)):
        return True
    pronoun = who is not None and who.lower_ in {"he", "she", "i"}
    return pronoun and verb.lemma_ in _ABILITIES and not is_dated(verb)


def _stems_from(noun: Token) -> bool:
    return noun.lemma_ in _SOURCES and any(c.lower_ == "of" for c in noun.children)


def _is_cleft(verb: Token, inner: list[Token]) -> bool:
    """ "It may be *that* he is right": a guess, if nothing in it lies ahead."""
    that = [c for c in inner if any(t.lower_ == "that" for t in c.children)]
    ahead = any(t.tag_ == "MD" for c in that for t in c.children)
    return bool(that) and not ahead
