"""Classes of words that the model knows by name; a class stands for all of its words."""

from spacy.tokens import Token

from forecasts.reading.parsing.lexicon import ACTORS, CHANGES, FORECASTERS, word_set
from forecasts.reading.parsing.reports import BELIEFS, PLEDGES, SAYING, TEXTS

# By lemma, of the words that carry a clause.
_LEMMAS = {
    "says": SAYING,
    "pledges": PLEDGES,
    "believes": BELIEFS,
    "changes": CHANGES,
    "acts": ACTORS,
    "forecasts": FORECASTERS,
    "text": TEXTS,
    "expects": word_set(
        "expect forecast predict project anticipate foresee envisage envision see look peg "
        "price pencil reckon estimate bet bank wager assume tip lean point doubt"
    ),
    "appoints": word_set(
        "meet open close expire lapse end start begin hold vote publish resume convene host launch "
        "release decide rule return visit address travel inaugurate reopen retire debut announce "
        "review sit go turn set fix schedule plan due slate arrive enter leave step run"
    ),
    "view": word_set(
        "forecast estimate projection outlook expectation prediction prognosis view call bet guess "
        "assumption consensus guidance range number figure scenario case course path sequence "
        "outcome trend assessment judgement judgment conclusion base target value"
    ),
    "chance": word_set(
        "chance odds probability likelihood prospect risk danger threat possibility potential hope "
        "fear favourite favorite frontrunner question doubt bet contender shot"
    ),
    "judged": word_set(
        "likely likelier likeliest unlikely probable improbable possible impossible plausible "
        "implausible credible attainable achievable feasible realistic unrealistic conceivable "
        "inconceivable inevitable unavoidable certain sure doubtful uncertain remote slim due "
        "imminent apt prone bound set poised destined doomed optimistic pessimistic wrong right "
        "confident sceptical skeptical convinced premature ambitious out within"
    ),
    "values": word_set(
        "wrong right mistake wise unwise pity shame delighted glad good bad better best fair "
        "unfair easy hard difficult important necessary welcome sensible foolish tempting"
    ),
    "becomes": word_set("become happen occur follow come emerge materialise materialize result"),
    "terms": word_set(
        "provide require allow permit oblige ban prohibit apply cover station withdraw freeze "
        "receive grant impose set cap phase extend create establish"
    ),
}
_CLASSES: dict[str, tuple[str, ...]] = {
    word: tuple(name for name, words in _LEMMAS.items() if word in words)
    for word in frozenset().union(*_LEMMAS.values())
}

# By form, anywhere in the clause.
_FORMS = {
    "expecting": word_set(
        "expect expects expected expecting forecast forecasts predicted predicts predict projected "
        "projects projection projections anticipated anticipates foresee foresees outlook scenario "
        "estimate estimates estimated guidance consensus pencilled pencils priced pricing bet "
        "betting wager view sees see seen"
    ),
    "judging": word_set(
        "likely unlikely likelier likeliest chance chances odds probable probably probability risk "
        "risks prospect prospects set due scheduled slated poised bound doubt doubtful favourite "
        "inevitable certain surely plausible attainable possible impossible"
    ),
    "terms": word_set(
        "under draft agreement treaty deal bill law plan proposal terms clause accord pact "
        "protocol constitution rules rule article"
    ),
    "always": word_set("always often usually every each whenever never typically generally rarely"),
    "month": word_set(
        "january february march april june july august september october november december"
    ),
    "season": word_set("spring summer autumn winter weekend tomorrow tonight"),
    "then": word_set("eventually ultimately soon sooner later again still yet already now"),
}
WORDS: dict[str, tuple[str, ...]] = {
    word: tuple(name for name, words in _FORMS.items() if word in words)
    for word in frozenset().union(*_FORMS.values())
}


def classes_of(token: Token) -> tuple[str, ...]:
    """The classes of a word, by its lemma."""
    return _CLASSES.get(token.lemma_.lower(), ())
