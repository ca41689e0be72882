"""The future tense of laws, of small print and of those who may come in."""

import re

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge, text_of
from forecasts.reading.parsing.grammar import auxiliaries, is_dated, subject
from forecasts.reading.parsing.lexicon import word_set

_LEGAL = re.compile(
    r"""\b(?:
      (?:under|pursuant\ to|in\ accordance\ with|subject\ to|by\ virtue\ of
      |in\ terms\ of(?=\ (?:the|its|this|that|an?)\b))
      \ (?:(?:the|its|their|this|that|a|an|such|any|new|current|existing|international)\ )*
      (?:[\w'-]+\ ){0,3}?
      (?:agreement|treat(?:y|ies)|pact|accord|deal|law|act|statute|rules?|regulations?|terms|clause
        |articles?|sections?|paragraph|constitution|convention|charter|protocol|contract|lease
        |directive|ordinance|decree|code|resolution|memorandum|package|plan|scheme|programme|policy)
    | (?:articles?|sections?|paragraphs?|clauses?|rules?)\ \d+
    | until\ proven | on\ points\ of\ law
    | by\ (?:decree|order|statute|law|ordinance|regulation|proclamation)
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
    | (?:terms|rates|prices|offers?|information|contents?|figures|polic(?:y|ies))
      \b.{0,40}\bat\ any\ time
    | reliance\ (?:on|upon) | be\ relied\ (?:on|upon) | be\ liable | without\ (?:prior\ )?notice
    | herein | believed\ to\ be\ reliable | subject\ to\ change
    | all\ rights\ reserved | be\ (?:reproduced|redistributed|construed)
    )\b""",
    re.I | re.X,
)
_PERMITTED = word_set(
    "terminate withdraw appeal apply request file amend leave inspect withhold disclose invoke "
    "waive enter register enrol submit sell buy use hear order grant refuse attend vote sue claim"
)
_ENTITLED = word_set(
    "register apply enrol submit file claim vote request appeal inspect carry bring park "
    "wear smoke ride cast carry use enter withdraw"
)
_ENFORCED = word_set(
    "turn refuse deny admit fine inspect tow confiscate search waive exempt refund"
)


def is_a_rule(hedge: Hedge) -> bool:
    """The law's or the small print's "shall", "may" and "will"."""
    verb, text = hedge.event, text_of(hedge.head.doc)
    modals = {a.lower_ for a in auxiliaries(verb) if a.tag_ == "MD"}
    if not modals or _DISCLAIMER.search(text):
        return bool(modals)
    who = subject(verb)
    if "shall" in modals:
        return who is None or who.lower_ not in {"i", "we"}
    bare = hedge.phrase in {"will", "will not", "would", "may", "may not"}
    if bare and _LEGAL.search(_up_to_a_cut(text, verb)) and not is_dated(verb):
        return True
    only = any(c.lower_ == "only" for c in verb.children)
    party = who is not None and who.left_edge.lower_ in {"a", "an", "any", "each", "every", "no"}
    if "may" not in modals:
        return False
    many = who is not None and who.tag_ == "NNS" and who.left_edge.lower_ not in {"these", "those"}
    if many and verb.lemma_ in _ENFORCED and any(c.dep_ == "auxpass" for c in verb.children):
        return not is_dated(verb)  # "vehicles without a permit may be turned back"
    return verb.lemma_ in _PERMITTED and (only or party or (many and verb.lemma_ in _ENTITLED))


def _up_to_a_cut(text: str, verb: Token) -> str:
    """What stands before the verb and, up to the next comma, behind it."""
    end = text.find(",", verb.idx)
    return text if end < 0 else text[:end]
