"""Verbs that report what somebody says, thinks or promises."""

from spacy.tokens import Token

from forecasts.reading.parsing.grammar import COPULAS, SUBJECTS, ancestors, marks, subject
from forecasts.reading.parsing.lexicon import word_set

SAYING = word_set(
    "say tell add warn believe think argue suggest claim note state write expect predict "
    "forecast estimate project anticipate assess reckon judge conclude explain stress insist "
    "point contend caution report announce observe assert maintain comment acknowledge admit "
    "concede remark declare reveal confirm indicate signal hint deny doubt foresee feel "
    "assume suspect see hold consider speculate posit calculate highlight emphasise emphasize "
    "underline respond reply continue agree fear repeat reiterate reason testify quip envisage "
    "envision concur opine show project advise theorise theorize hypothesise hypothesize guess "
    "surmise conjecture foretell prophesy affirm assert counter retort muse summarise summarize "
    "elaborate allege figure contest mention disclose find tweet joke complain lament boast"
)
PLEDGES = word_set(  # of which "hop" is what the lemmatizer makes of "hoping"
    "vow pledge promise threaten swear commit offer announce undertake demand propose order "
    "urge recommend want hope hop wish intend plan guarantee assure reaffirm reassure ask wonder "
    "fear worry prefer decide request"
)
TEXTS = word_set(
    "pact treaty agreement law bill deal constitution contract policy resolution article "
    "clause act legislation text accord charter amendment declaration memorandum statute rule"
)


_INSTRUMENTS = word_set("model projection forecast simulation scenario outlook baseline modelling")


def reporting_verb(clause: Token) -> Token | None:
    """The nearest verb of saying or thinking, with a subject, whose content ``clause`` is."""
    for governor, child in ancestors(clause):
        if governor.lemma_ not in SAYING | PLEDGES:
            continue
        if child.dep_ not in _CONTENT | {"conj"} and not _is_taken_for_a_noun(governor, child):
            continue
        if child.dep_ == "conj" and not _is_told_on(child, governor):
            continue
        if any(c.tag_ == "MD" and c.lower_ != "would" for c in governor.children):
            continue  # "Russia may feel ..." reports nothing yet
        if governor.lemma_ == "see" and child.dep_ == "dobj" and governor.tag_ == "VBD":
            continue  # "the region saw a rise that will last": witnessed, not said
        if governor.lemma_ == "continue" and child.dep_ == "xcomp" and child.lemma_ not in SAYING:
            continue  # "the party continues to be at risk"
        if any(t.lower_ in _HOWEVER for t in clause.doc[child.i + 1 : governor.i]):
            continue  # "it will not, whatever the market says"
        if child.i > governor.i and _is_added(clause, child):
            continue  # "the judge decided to stay, a ruling that may delay the case"
        if any(t.text == ";" for t in clause.doc[child.i : governor.i]):
            continue  # "it had been expected to add more; it added less"
        if child.dep_ == "advcl" and not (child.i < governor.i and _is_quoted(child, governor)):
            continue
        goes_on = governor.dep_ == "xcomp" and governor.head.lemma_ in {"go", "continue"}
        if (
            goes_on
            or governor.dep_ in _SHARING
            or any(c.dep_ in SUBJECTS for c in governor.children)
            or _has_lost_its_subject(governor, child)
        ):
            return governor
    return _said_that(clause)


def _said_that(clause: Token) -> Token | None:
    """ "Said in a statement *that* it would", "was quoted as saying *that*": hung on a noun or on
    no verb with a subject, where the "that" shows what is told."""
    at = clause
    while "that" not in marks(at):
        if at.dep_ not in _GOING_ON or at.head == at:
            return None
        at = at.head
    mark = next(c for c in at.lefts if c.lower_ == "that" and c.dep_ in {"mark", "advmod"})
    if at.dep_ == "acl" and at.head.dep_ not in {"pobj", "dobj"}:
        return None
    for word in reversed(clause.doc[max(0, mark.i - _LONGEST_WAY) : mark.i]):
        if word.text in {";", ":", "—"}:
            return None
        if word.pos_ == "VERB":
            told = word.lemma_ in SAYING and (word.tag_ in {"VBD", "VBZ"} or word.dep_ == "pcomp")
            return word if told else None
    return None


_GOING_ON = frozenset({"conj", "xcomp"})
_LONGEST_WAY = 8  # tokens from the verb of saying to its "that"


BELIEFS = word_set(
    "think believe expect imagine suppose reckon suspect fear doubt predict bet guess"
)
_HOWEVER = word_set("whatever however whoever whichever matter")
_SHARING = frozenset({"advcl", "acl", "conj"})  # the subject may stand with another verb
_CONTENT = frozenset({"ccomp", "parataxis", "xcomp", "dobj", "advcl"})


def is_credited(verb: Token) -> bool:
    """Whether somebody is named who says so: then its past is that of the saying."""
    report = reporting_verb(verb)
    if report is not None:
        return report.lemma_ not in PLEDGES
    return verb.dep_ != "relcl" and any(
        t.lower_ == "according" and t.i > verb.i for t in verb.children
    )


def is_told_beside(verb: Token) -> bool:
    """ "..., with polls *indicating* that he will win", "with a majority *expecting* a cut"."""
    if verb.tag_ != "VBG":
        return False
    beside = verb.head if verb.dep_ == "pcomp" else verb.head.head if verb.dep_ == "acl" else verb
    return beside.lower_ == "with"


def minding_verb(claim: Token) -> Token | None:
    """The verb of "most *are* confident that it will", whose subject holds the claim."""
    for governor, child in ancestors(claim):
        if governor.lower_ == "doubt" and child.dep_ in {"acl", "ccomp"}:
            verb = governor.head  # "Ana Ruiz *has* no doubt that"
            return verb if verb.lemma_ == "have" and governor.dep_ == "dobj" else None
        if governor.lower_ in _MINDS and governor.tag_ == "VBN" and child.dep_ == "ccomp":
            return governor  # "Ana Ruiz is *convinced* that", taken for a passive
        if governor.lower_ in _MINDS and child.dep_ in {"ccomp", "acl", "xcomp", "advcl"}:
            verb = governor.head
            return verb if verb.lemma_ in COPULAS and child.i > governor.i else None
        if child.dep_ not in {"ccomp", "conj", "xcomp"}:
            return None
    return None


_MINDS = word_set(
    "confident certain sure convinced optimistic pessimistic hopeful sceptical skeptical adamant "
    "doubtful positive persuaded clear"
)


def said_before(root: Token, report: Token) -> Token | None:
    """ "*Ana Ruiz said* it will close, Reuters reported": the one who says it comes first."""
    if report.i < root.i or report.lemma_ != "report":
        return None
    opening = (t for t in root.doc[: root.i] if t.lemma_ in SAYING and t.dep_ != "amod")
    return next((t for t in opening if any(c.dep_ in SUBJECTS for c in t.lefts)), None)


def is_an_instrument(report: Token) -> bool:
    """Whether it is no one who reports: "the model shows"."""
    who = subject(report)
    return who is not None and who.lemma_.lower() in _INSTRUMENTS


def _has_lost_its_subject(governor: Token, child: Token) -> bool:
    """ "MP Ann Lee, who voted for it, warned that", where the parser takes her for an adverb."""
    if child.i < governor.i or governor.i == 0:
        return False
    if _is_taken_for_a_noun(governor, child):
        return True
    if governor.tag_ not in {"VBD", "VBZ"}:
        return False
    named = any(c.pos_ in {"PROPN", "NOUN"} and c.dep_ != "npadvmod" for c in governor.lefts)
    before = governor.nbor(-1) if governor.nbor(-1).text != "," else governor.nbor(-1).nbor(-1)
    return named or before.pos_ == "PROPN"


def _is_taken_for_a_noun(verb: Token, clause: Token) -> bool:
    """ "Army intelligence *estimates* that", "Acme *forecasts* that"."""
    named = any(c.dep_ == "compound" for c in verb.lefts)
    told = clause.dep_ in {"ccomp", "acl"} and "that" in marks(clause)
    return verb.tag_ == "NNS" and verb.dep_ == "ROOT" and named and told


def _is_told_on(child: Token, governor: Token) -> bool:
    """ "He said that A would win, but *B would not*", the latter hung on the saying itself."""
    modals = {c.lower_ for c in child.children if c.tag_ == "MD"}
    told = [c for c in governor.rights if c.dep_ == "ccomp" and c.i < child.i]
    own = any(c.dep_ in SUBJECTS for c in child.children)
    past = governor.tag_ == "VBD"
    return own and past and bool(told) and bool(modals & {"would", "'d", "might", "could"})


def _is_added(clause: Token, content: Token) -> bool:
    """Whether the clause hangs on what is set beside the content, and so is the narrator's."""
    for governor, child in ancestors(clause):
        start = governor.left_edge.i
        if (
            governor.dep_ in {"appos", "npadvmod"}
            and child.dep_ == "relcl"
            and start > content.left_edge.i
        ):
            return clause.doc[start - 1].text in {",", "—"}
        if governor == content:
            return False
    return False


def _is_quoted(child: Token, governor: Token) -> bool:
    """ "Prices will rise, she said": sometimes parsed as an adverbial clause."""
    between = governor.doc[child.i : governor.i].text
    return '"' in between or "," in between
