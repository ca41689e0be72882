"""Which sentences are worth parsing: those with any word by which a forecast is known."""

import re

from forecasts.reading.foretelling.headlines import may_be_headline
from forecasts.reading.foretelling.presents import PRESENT
from forecasts.reading.hedges.idioms import idioms

# A sentence without any of these is not parsed at all.
GATE = re.compile(
    r"""\b(?:will|shall|would|may|might|could|should|ought|(?:un)?likely|likelihood|(?:im)?probab\w+
    |(?:im)?possib\w+|potential\w*|perhaps|maybe|presumably|set|poised|unless|likeliest|track
    |course|bound|certain\w*|sure\w*|inevitab\w+|undoubtedly|expect\w*|forecast\w*|predict\w*
    |project\w*|anticipat\w*|foresee\w*|doubt\w*|uncertain\w*|unclear|question\w*
    |remains\ to\ be\ seen|too\ (?:early|soon)|chances?|odds|prospects?|risks?|danger|rul\w+\ out
    |going\ to|due|slated|scheduled|planned|about\ to|imagin\w+|inconceivable|(?:in|un)\w+able
    |plausible|destined|guaranteed|threatens?|threatening|risking|tipped|favou?red|foreseen|assured
    |see(?:s|n)?|puts?|look(?:s|ing)?\ for|ha(?:s|ve)\ it
    |expectations?|fears?|promises?\ to|conceivable|imminent|envisag\w+|envision\w*
    |(?:base|central)\ case|consensus|hopes?\ (?:of|for|that)|warn(?:s|ed)?\ of|estimated|reckoned
    |thought|believed|assumed|shown|pegged|foresaw|unavoidable|estimates?
    |fear(?:s|ed)?|guidance|speculation|talk\ of|in\ our\ view
    |models?|simulations?|futures|foretold|prophes\w+|dismissed|scenario|baseline|assumption
    |feeling|estimate|(?:I|we)(?:\ \w+)?\ (?:think|believe|reckon|suspect|guess
    |bet)|bet(?:s|ting)?\ on|bank(?:s|ing)\ on|pric(?:e|es|ed|ing)\ in|pencil\w+|suspicion)\b
    |won[’']t|[’'](?:ll|d)\b|\d\ ?(?:%|per\ ?cent)|:\ \w+\ (?:in|to)\ \w+""",
    re.I | re.X,
)
# Nor is one in which nothing is judged, counted on or dated, though it told what is to come.
_JUDGED_OR_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Aug|Sept|Oct|Nov|Dec|\w+day|next|coming|tomorrow|tonight|weekend|until|later|soon"
    r"|ahead|20(?:2[6-9]|[3-9]\d)|spring|summer|autumn|winter|(?:is|are|was|were) to|if|when|once"
    r"|before|agree\w*|view|believe\w*|think\w*|stand\w* to|can(?:not|'t)?|base|number|range|call"
    r"|case|outcome|likelier|likeliest|improbable|implausible|credible|attainable|achievable"
    r"|feasible|realistic|unrealistic|inevitable|remote|slim|apt|prone|doomed|optimistic"
    r"|pessimistic|wrong|right|confident|sceptical|skeptical|convinced|premature|ambitious|out"
    r"|within|projection|prediction|prognosis|bet|guess|figure|course|path|sequence|trend"
    r"|assessment|judge?ment|conclusion|target|value|favou?rite|frontrunner|contender|shot)\b"
)


def may_foretell(sentence: str) -> bool:
    """Whether a sentence holds any word by which a hedge or a scheduled event is known."""
    if GATE.search(sentence) or idioms()[0].search(sentence) or may_be_headline(sentence):
        return True
    return bool(_JUDGED_OR_DATED.search(sentence) or PRESENT.search(sentence))
