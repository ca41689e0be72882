"""A hedge: the words by which a sentence says how sure it is of something."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from forecasts.reading.parsing.lexicon import word_set

POSSIBILITY = word_set(
    "may might could possibly potentially perhaps maybe possible conceivable plausible chance "
    "possibility risk potential danger prospect threat"
)


@dataclass(frozen=True, slots=True)
class Hedge:
    """An estimative wording and the predicate it bears on."""

    head: Token  # its clause is the statement
    event: Token  # its tense tells whether the claim is about the future
    words: tuple[Token, ...]  # as written, in order
    phrase: str  # for ``scales.estimate``
    negative: bool = False  # the wording speaks against the event
    numbers: tuple[float, float] | None = None  # stated by the text itself, lowest and highest
    kind: str = "modal"  # see ``selection._RANK`` for the kinds there are
    bounds: tuple[int, int] | None = None  # of its clause, where the parse cannot tell

    @property
    def is_possibility(self) -> bool:
        """Bare possibility, which no standard takes for an estimate."""
        return self.numbers is None and self.phrase.removesuffix(" not") in POSSIBILITY

    @property
    def at(self) -> int:
        return self.words[0].i

    @property
    def first(self) -> int:
        """Where its own part of the sentence begins at the latest."""
        if self.bounds is not None:
            return self.bounds[0]
        return self.head.i if self.kind == "shared" else min(self.head.i, self.at)

    @property
    def last(self) -> int:
        """Where its own part of the sentence ends at the earliest."""
        return self.head.i if self.kind == "shared" else max(self.head.i, self.at)


def text_of(doc: Doc) -> str:
    """``doc.text``, which the parser's library puts together anew each time it is asked."""
    if "text" not in doc.user_data:
        doc.user_data["text"] = doc.text
    text: str = doc.user_data["text"]
    return text


def in_order(tokens: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(sorted(set(tokens), key=lambda t: t.i))
