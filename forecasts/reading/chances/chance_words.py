"""Nouns of chance, and what is said with them."""

from spacy.tokens import Token

from forecasts.reading.parsing.lexicon import word_set

CHANCES = word_set(
    "chance chances probability likelihood possibility prospect prospects odds risk risks "
    "potential danger doubt reason hope hopes"
)
AGAINST = frozenset({"no chance", "little chance", "slim chance", "small chance",
                      "remote possibility", "no reason to imagine"})  # fmt: skip
BARE = {
    "chances": "chance", "risks": "risk", "prospects": "possibility", "potential": "possibility",
    "danger": "risk", "prospect": "possibility", "doubt": "uncertain",
    "probability": "likely", "likelihood": "likely",
    "odds": "likely", "reason": "likely",
}  # fmt: skip


def words_of(noun: Token, verb: Token) -> tuple[Token, ...]:
    """The noun with what measures it, and the particle that opens what it is a chance of."""
    kinds = {"amod", "det", "compound", "nummod"}
    left = [c for c in noun.children if c.i < noun.i and c.dep_ in kinds and c.lower_ != "the"]
    left += [g for c in left for g in c.subtree]
    level = [c for c in verb.children if c.dep_ in {"acomp", "neg"}] if verb != noun else []
    after = [t for t in noun.doc[noun.i + 1 : noun.i + 2] if t.lower_ in {"of", "that", "for"}]
    after = after if noun.dep_ != "nsubj" else []
    return tuple(sorted({*left, noun, *level, *after}, key=lambda t: t.i))
