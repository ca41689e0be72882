"""The words by which most forecasts are known."""

import re

CUES = re.compile(
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
