"""Learn from the marked articles which clauses to take for forecasts.

    .venv/bin/python tests/support/acceptance_weights.py            learn, and write the weights
    .venv/bin/python tests/support/acceptance_weights.py --measure  how well it reads unseen texts

The model is a logistic regression with an L2 penalty: thousands of words that each tell a little
read unseen texts better than the few that an L1 penalty leaves. Weights too small to matter are
left out afterwards. It is measured on the articles of one annotator after learning from all others.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from statement_marks import (
    DATA,
    Span,
    Tally,
    families,
    is_near_the_middle,
    jaccard,
    published,
    read_marks,
    tally_article,
)

from forecasts.reading.acceptance import model
from forecasts.reading.acceptance.candidates import LEARNED_IN, SOUND, Considered, considered
from forecasts.reading.acceptance.clauses import KIND
from forecasts.reading.extract import extract_records
from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.sentences import sentences

WEIGHTS = Path(model.__file__).with_name("weights.tsv")
SEEDS = "statements_gold.jsonl"
PENALTY = 0.1  # the inverse of its strength, as the library counts
RAREST = 3  # examples below which a feature is left out
SMALLEST = 0.02  # a weight; those below it change next to nothing together
OF_SENTENCES = 4.0  # what an example of a sentence that stands for its kind weighs
OF_SEEDS = 5.0  # and one of the seeds: the only ones that two annotators marked and settled
FOLDERS = ("practice", "learning", "articles")


@dataclass(frozen=True, slots=True)
class Example:
    features: set[str]
    is_forecast: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Marked:
    """An article with its marks."""

    path: Path
    text: str
    marks: list[Span]

    @property
    def annotator(self) -> str:
        return self.path.name[:2] if self.path.parent.name == "learning" else self.path.parent.name


def marked_articles() -> Iterator[Marked]:
    for folder in FOLDERS:
        marks = DATA / (SEEDS if folder == "articles" else f"{folder}/marks.jsonl")
        for path in sorted((DATA / folder).glob("*.txt")):
            yield Marked(path, path.read_text(encoding="utf-8"), read_marks(marks, path.name))


def examples(article: Marked) -> Iterator[Example]:
    """Every clause considered, and whether it is marked; those in doubt are left out."""
    dated = published(article.text)
    year = dated.year if dated else LEARNED_IN
    weight = OF_SEEDS if article.annotator == "articles" else 1.0
    for one in considered(article.text, sentences(article.text), year=year):
        for hedge, features in zip(one.hedges, one.features, strict=True):
            verdict = _verdict(hedge, one, article.marks)
            if verdict is not None:
                yield Example(features, verdict, weight)


def _verdict(hedge: Hedge, one: Considered, marks: list[Span]) -> bool | None:
    start = one.sentence.start
    head, event, words = (start + t.idx for t in (hedge.head, hedge.event, hedge.words[0]))
    core = [m for m in marks if m["is_forecast_core"]]
    if hedge.kind == KIND:
        around = next((m for m in core if _holds(m, head)), None)
        if around is not None:
            return _is_its_clause(hedge, one, around)
    elif any(_holds(m, words) and (_holds(m, event) or _holds(m, head)) for m in core):
        return True
    elif any(_holds(m, at) for m in core for at in (head, event, words)):
        return None
    in_doubt = any(m["neutral"] and (_holds(m, head) or _holds(m, words)) for m in marks)
    return None if in_doubt else False


def _is_its_clause(hedge: Hedge, one: Considered, mark: Span) -> bool | None:
    """Whether a mere clause is what is marked, and not a part of it."""
    start = one.sentence.start
    if any(g.pos_ in {"VERB", "AUX"} and _holds(mark, start + g.idx) for g in hedge.head.ancestors):
        return False
    known = (h for h in one.hedges if h.kind != KIND)
    return None if any(_holds(mark, start + h.words[0].idx) for h in known) else True


def _holds(mark: Span, at: int) -> bool:
    return bool(mark["start"] <= at < mark["end"])


def examples_of_families() -> Iterator[Example]:
    """Sentences that stand for their kind: where nothing is claimed, and where the rules claim."""
    for text, probabilities in families():
        for one in considered(text, sentences(text)):
            for hedge, features in zip(one.hedges, one.features, strict=True):
                claims = bool(probabilities) and hedge.kind != KIND and SOUND in features
                yield Example(features, claims, OF_SENTENCES)


def learned(learnt_from: Iterable[Example]) -> dict[str, float]:
    """The weight of each feature that has one."""
    given = list(learnt_from)
    common = Counter(name for example in given for name in example.features)
    names = sorted(name for name, count in common.items() if count >= RAREST)
    column = {name: i for i, name in enumerate(names)}
    pairs = [(i, column[n]) for i, e in enumerate(given) for n in e.features if n in column]
    rows, columns = np.array(pairs, dtype=np.int32).T
    table = csr_matrix((np.ones(len(pairs)), (rows, columns)), (len(given), len(names)))
    fit = LogisticRegression(
        C=PENALTY, l1_ratio=0, solver="liblinear", tol=1e-6, max_iter=5000, random_state=0
    )
    fit.fit(table, [e.is_forecast for e in given], sample_weight=[e.weight for e in given])
    weights = {n: round(float(w), 3) for n, w in zip(names, fit.coef_[0], strict=True)}
    weights[model.INTERCEPT] = round(float(fit.intercept_[0]), 3)
    return {name: weight for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST}


def weights_of_all() -> dict[str, float]:
    """What is learned from all that is marked."""
    articles = (e for a in marked_articles() for e in examples(a))
    return learned([*articles, *examples_of_families()])


def measure() -> None:
    articles = list(marked_articles())
    given = {a.path: list(examples(a)) for a in articles}
    # The marks of "wf" have no probabilities to measure by.
    for annotator in ("ta", "tb", "te", "tf", "vc", "wb", "practice", "articles"):
        unseen = [a for a in articles if a.annotator == annotator]
        rest = [e for a in articles if a.annotator != annotator for e in given[a.path]]
        rest += examples_of_families()
        weights = learned(rest)
        for threshold in (0.2, 0.25, 0.3, 0.4, 0.5):
            told(annotator, threshold, _read(unseen, weights, threshold))


def _read(articles: list[Marked], weights: dict[str, float], threshold: float) -> Tally:
    total = Tally([], [], [], 0, 0)
    with patch.multiple(model, weights=lambda: weights, ACCEPTED=threshold):
        for article in articles:
            found = list(extract_records(article.path.name, article.text))
            total += tally_article(article.text, found, article.marks)
    return total


def told(annotator: str, threshold: float, tally: Tally) -> None:
    spans = tally.share(lambda found, mark: jaccard(found, mark) >= 0.5)
    near = tally.share(is_near_the_middle)
    polarity = tally.share(lambda found, mark: found["polarity"] == mark["polarity"])
    print(
        f"{annotator:<9} from {threshold:.2f}: recall {tally.recall:.3f}, precision"
        f" {tally.precision:.3f}, traps {tally.traps_hit / tally.traps:.2f}, spans {spans:.2f},"
        f" probability {near:.2f}, polarity {polarity:.2f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    if parser.parse_args().measure:
        measure()
        return
    weights = weights_of_all()
    lines = (f"{name}\t{weight}\n" for name, weight in weights.items())
    WEIGHTS.write_text("".join(lines), encoding="utf-8")
    print(f"{len(weights)} weights in {WEIGHTS.name}")


if __name__ == "__main__":
    main()
