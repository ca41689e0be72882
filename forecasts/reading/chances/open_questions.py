"""Open questions: "it is unclear whether the talks will resume"."""

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.grammar import ancestors, tense
from forecasts.reading.parsing.lexicon import word_set

_SETTLED = word_set("clear known certain sure obvious decided")  # open once denied
_OPEN = word_set("unclear uncertain uncertainty seen early soon unknown doubt doubtful open")


def open_question(token: Token) -> Hedge | None:
    """ "It is unclear whether the talks will resume": about even, and no more than that."""
    if token.lower_ not in {"whether", "if"} or token.dep_ not in {"mark", "advmod"}:
        return None
    event = token.head
    ahead = any(a.lower_ in {"will", "'ll"} for a in event.children)
    chain = [g for g, _ in ancestors(event)][:4]
    ground = next((g for g in chain if g.lower_ in _OPEN), None)
    if ground is None:
        ground = next(
            (
                c
                for g in chain
                for c in g.children
                if g.lemma_ in {"be", "remain"} and (c.lower_ in _OPEN or _is_unsettled(c, g))
            ),
            None,
        )
    if ground is None:
        return None
    told = event.dep_ in {"csubj", "csubjpass"} or ground.lower_ == "seen"
    if not (ahead or (told and tense(event) == "present")):
        return None
    head = next(
        (t for t in (ground, *ground.ancestors) if tense(t) in {"present", "perfect"}), None
    )
    if head is None:
        return None
    words = (ground, token) if ground.i < token.i else (token, ground)
    return Hedge(head, event, words, "too early to say whether", kind="question")


def _is_unsettled(word: Token, verb: Token) -> bool:
    """ "It is *not clear* whether"."""
    if word.lower_ == "question":
        return any(c.lower_ in {"open", "moot"} for c in word.lefts)
    denied = any(c.dep_ == "neg" for c in (*verb.children, *word.children))
    return denied and word.lower_ in _SETTLED
