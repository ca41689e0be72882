"""Words that leave open whether something happened."""

import re

# Feelings and judgements of others: only they could say, and they need not.
MIND = re.compile(
    r"""\b(?:
      feel\w* | felt | think(?!\ tank)\w* | thought | believ\w+ | hop(?:e|es|ing) | fear\w*
    | wants? | wish\w* | desire\w* | regret\w* | resent\w* | (?:mis|dis)trust\w* | perceiv\w+
    | com(?:e|ing)\ to\ see | (?:see[sn]?|view\w*|consider(?:s|ed)?)\b(?=.{1,60}\bas\b)
    | inclined | tempted | tentative | hesitant | reluctant | eager | keen | willing
    | sentiments? | moods? | attitudes? | hackles | morale | (?:un)?happy | unhappiness
    | displeas\w+ | anger\w* | angry | annoyed | irritat\w+ | upset | alarm\w* | worr(?:y|ies|ied)
    | concerned | afraid | humiliat\w+ | embarrass\w* | disappoint\w* | frustrat\w+ | confident
    | (?:dis)?satisfied | comfortable | uneasy | nervous
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

# Outcomes that two readers would settle differently.
VAGUE = re.compile(
    r"""\b(?:
      impact\w* | affect\w* | influenc\w+ | strain\w* | tensions? | pressures? | turmoil | unrest
    | (?:in)?stability | (?:de)?stabili[sz]\w+ | uncertaint\w+ | implications? | consequences?
    | repercussions? | ramifications? | fallout | challenges | difficult\w* | problems? | headwinds?
    | momentum | landscape | dynamics | balance\ of\ power | turning\ point | game.changer
    | (?:regional|global|world|international)\ order | relations | relationships? | ties
    | partnerships? | cooperation | role | credibility | legitimacy | goals? | objectives?
    | interests | cris[ei]s | chaos | remain\ (?:allies|friends|partners|rivals)
    | (?:re)?shap(?:e|ed|ing) | undermin\w+ | hinder\w* | hamper\w* | complicat\w+
    | success\w* | struggl\w+ | falter\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

# Comparisons and degrees, which need a number to be met or missed.
DEGREE = re.compile(
    r"""\b(?:
      more | less | fewer | greater | smaller | bigger | larger | higher | lower | better | worse
    | stronger | weaker | faster | slower | closer | deeper | harder | steep\w* | increas\w+
    | decreas\w+ | reduc\w+ | rises? | rising | grow(?:s|ing)? | shrink\w* | declin\w+ | improv\w+
    | worsen\w* | deteriorat\w+ | deepen\w* | widen\w* | strengthen\w* | weaken\w* | escalat\w+
    | intensif\w+ | accelerat\w+ | slow(?:s|ing)? | expand\w* | erod\w+ | soften\w* | ease[sd]?
    | easing | boost\w* | enhanc\w+ | bolster\w* | curtail\w* | significant\w* | substantial\w*
    | considerabl\w+ | heav(?:y|ily) | severe\w* | sharp\w* | dramatic\w* | major | massive\w*
    | slight\w* | somewhat | markedly | gradual\w* | rapid\w* | limited | widespread | strong
    | weak | several | many | few | enough | suffic\w+
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

# What can serve as the threshold of a degree.
NUMBER = re.compile(
    r"""\d | \b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million
    |billion|half|halved?|doubl\w+|tripl\w+|record|majority|zero|all|none)\b""",
    re.IGNORECASE | re.VERBOSE,
)
