"""The words and tags of a clause and around it, as features.

What the classes of :mod:`forecasts.reading.acceptance.words` do not know is learned word by word.
"""

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

_AROUND = 3  # words before a verb, and after it, whose place is told


class Wording:
    """A sentence's words, looked up once for all of its clauses."""

    def __init__(self, doc: Doc) -> None:
        self._lower = [t.lower_ for t in doc]
        self._lemmas = [t.lemma_.lower() for t in doc]
        self._tags = [t.tag_ for t in doc]

    def features(self, verb: Token, event: Token) -> Iterator[str]:
        """Of the clause that ``verb`` heads, and of what is foretold in it."""
        yield f"verb={self._lemmas[verb.i]}"
        yield from self._children("verb", verb)
        if event.i != verb.i:
            yield f"event={self._lemmas[event.i]}"
            yield from self._children("event", event)
        yield from self._governors(verb)
        first, stop = verb.left_edge.i, verb.right_edge.i + 1
        yield from (f"word={lemma}" for lemma in self._lemmas[first:stop])
        yield from (f"words={a} {b}" for a, b in pairwise(self._lower[first:stop]))
        yield from self._around(verb.i)

    def _children(self, role: str, verb: Token) -> Iterator[str]:
        for child in verb.children:
            yield f"{role}.{child.dep_}={self._lemmas[child.i]}"

    def _governors(self, verb: Token) -> Iterator[str]:
        governor = verb.head
        if governor.i != verb.i:
            yield f"under={self._lemmas[governor.i]}"
            yield f"under={self._lemmas[governor.i]}|{verb.dep_}"

    def _around(self, at: int) -> Iterator[str]:
        first = max(0, at - _AROUND)
        for i in range(first, min(len(self._tags), at + _AROUND + 1)):
            yield f"at{i - at:+}={self._lower[i]}"
            yield f"tag{i - at:+}={self._tags[i]}"
        yield f"tags={' '.join(self._tags[max(0, at - 2) : at + 1])}"
        yield f"tags={' '.join(self._tags[at : at + 3])}|after"
