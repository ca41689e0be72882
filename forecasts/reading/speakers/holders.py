"""Who holds a claim by the grammar of its sentence: "Ann Lee said that", "the bank's view is"."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from forecasts.reading.hedges.hedge import Hedge
from forecasts.reading.parsing.clauses import clause_root
from forecasts.reading.parsing.grammar import (
    COPULAS,
    NO_ONE,
    SUBJECTS,
    ancestors,
    is_dated,
    subject,
    tense,
)
from forecasts.reading.parsing.reports import (
    SAYING,
    is_an_instrument,
    minding_verb,
    reporting_verb,
    said_before,
)
from forecasts.reading.speakers.names import is_crowd, name_of
from forecasts.reading.speakers.referents import Found, Referents
from forecasts.reading.speakers.stances import is_paper, owner_of, takes_a_stance

_CLOSE = 120  # characters between a person's name and the "who" that means them
_NOBODY: Found = ("author", "author")
_IN_VIEW = frozenset({"in", "by", "on", "to", "from", "at"})
_WHOSE = {"his": "he", "her": "she", "their": "they", "its": "it", "my": "i", "our": "we"}


def reporting(hedge: Hedge) -> Token | None:
    """The verb whose subject holds the claim."""
    root = clause_root(hedge)
    if _is_held_by_its_subject(hedge):
        outer = reporting_verb(hedge.head) if is_an_instrument(hedge.head) else None
        return outer or hedge.head
    report = reporting_verb(root)
    return report and (said_before(root, report) or report)


def _is_held_by_its_subject(hedge: Hedge) -> bool:
    """ "Economists expect growth to slow", "traders see a 45 % chance of a cut"."""
    verb = hedge.head
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        # "the risk is rated as low *by the agency*"
        return hedge.kind == "noun" and any(c.dep_ == "agent" for c in verb.children)
    told = hedge.kind == "report" or (hedge.kind in {"noun", "judgement"} and verb.lemma_ in SAYING)
    return told or takes_a_stance(verb)


def reporter(known: Referents, verb: Token, at: int) -> Found | None:
    """Who says, expects or sees what the clause under ``verb`` tells."""
    who = next((s for s in _subjects(verb) if s.dep_ != "expl"), None)
    minded = verb.lower_ in {"convinced", "persuaded"}  # no passive: "Ann Lee is convinced that"
    if not minded and any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        if (by_whom := _agent_of(verb)) is not None:
            return holder(known, by_whom, at)
        nobody = who is None or who.lower_ == "it"
        return ("unnamed official", "unnamed") if nobody else None
    if who is None:
        return None
    if who.lower_ in {"it", "they"} and (outer := reporting_verb(who.head)) is not None:
        outer = said_before(who.head, outer) or outer
        return reporter(known, outer, at)  # "the bank said that it expects ..."
    if (person := _person_before(known, verb, who)) is not None:
        return person, "named"
    return holder(known, who, at)


def holder(known: Referents, who: Token, at: int) -> Found | None:
    """Whom a subject, an agent or an owner means."""
    if who.tag_ in {"PRP", "PRP$", "DT", "WP"} and not any(c.dep_ == "relcl" for c in who.children):
        return _pronoun(known, who, at)
    if who.lower_ in NO_ONE or _is_bare_few(who) or who.left_edge.lower_ in {"no", "our", "my"}:
        return _NOBODY
    if is_paper(who):
        owner = owner_of(who)
        if owner is not None:
            return holder(known, owner, at)
        if who.lemma_.lower() in _IDLE:
            return None
    if any(c.lower_ == "its" for c in who.children) and (body := known.last_body(at)):
        return known.speaker(body[1], at)  # "its analysts"
    return known.speaker(re.sub(r"'s?$", "", name_of(who)), at, crowd=is_crowd(who))


def _is_bare_few(who: Token) -> bool:
    """ "Few expect it" is the narrator's judgement; "few *in the region* expect it" cites them."""
    return who.lower_ == "few" and not any(who.children)


_IDLE = frozenset({"scenario", "view", "fear", "analysis", "case"})


def holder_of(known: Referents, hedge: Hedge, at: int) -> Found | None:
    """Who holds a claim that no verb of saying governs: "*the IMF's* forecast is that"."""
    if (minded := minding_verb(hedge.head)) is not None and (held := reporter(known, minded, at)):
        return held
    if (person := _point_of_view(known, hedge.head)) is not None:
        return person, "named"
    papers = [who for verb in _predicates(hedge.head) if (who := subject(verb)) is not None]
    papers += _views(hedge.head)
    for paper in papers:
        if (
            is_paper(paper)
            and (owner := owner_of(paper)) is not None
            and (found := holder(known, owner, at))
            and found != _NOBODY
        ):
            return found
    agent = _agent_of(hedge.head) if hedge.head.lemma_ in SAYING else None
    return holder(known, agent, at) if agent is not None else None


def _predicates(claim: Token) -> Iterator[Token]:
    """The claim and the copula above it: "their view *is* that it *will*"."""
    if claim.lemma_ in COPULAS and tense(claim) in {"present", "past"}:
        yield claim
    for governor, child in ancestors(claim):
        if governor.lemma_ not in COPULAS or child.dep_ not in _PREDICATED:
            return
        yield governor


_PREDICATED = frozenset({"ccomp", "advcl", "prep", "attr", "pobj"})


def _views(claim: Token) -> Iterator[Token]:
    """ "In the *estimate* of Ann Lee, it will", "..., by the agency's *reckoning*"."""
    for token in claim.doc:
        set_in = token.dep_ == "pobj" and token.head.lower_ in _IN_VIEW and is_paper(token)
        first = token.head.i
        apart = first < 2 or claim.doc[first - 1].text in {",", ";"}
        if set_in and (apart or token.lower_ in _RECKONING):
            yield token
    opening = claim.doc[0]
    if opening.lower_ in _IN_VIEW:  # "By the agency's *reckoning* demand will peak"
        yield from (t for t in claim.doc[1:6] if t.dep_ == "compound" and is_paper(t))


_RECKONING = frozenset({"view", "opinion", "reckoning", "account", "count", "estimation"})


def _point_of_view(known: Referents, claim: Token) -> str | None:
    """ "For *Ann Lee*, an economist, the debt will become unpayable"."""
    if claim.doc[0].lower_ not in {"for", "to"}:
        return None
    names = [t for t in claim.doc[1:7] if t.pos_ == "PROPN" and t.nbor().text == ","]
    return known.people.called(names[0].text) if names else None


def _agent_of(verb: Token) -> Token | None:
    """ "Growth is projected at 2 % *by the fund*"."""
    agents = (t for c in verb.children if c.dep_ == "agent" for t in c.children)
    return next((t for t in agents if t.dep_ == "pobj" and not is_dated(t)), None)


def _subjects(verb: Token) -> list[Token]:
    """The subjects of a verb of saying, or of the verb beside or above it that shares its own."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    if not subjects and verb.dep_ == "advcl" and verb.tag_ == "VBG":  # "..., adding that"
        said = (t for t in verb.ancestors if t.lemma_ in SAYING)
        subjects = [c for t in said for c in t.children if c.dep_ in SUBJECTS][:1]
    if not subjects and verb.dep_ in {"advcl", "acl", "conj"}:
        subjects = [c for c in verb.head.children if c.dep_ in SUBJECTS]
        subjects = subjects or ([verb.head] if verb.head.pos_ in {"NOUN", "PROPN"} else [])
    if not subjects and verb.dep_ == "pcomp":  # "was quoted as saying that"
        subjects = [c for c in verb.head.head.children if c.dep_ in SUBJECTS]
    if not subjects and verb.dep_ == "xcomp":  # "he went on to say that"
        subjects = [s for s in [subject(verb)] if s is not None]
    subjects = subjects or _lost_subject(verb)
    if any(s.i < verb.i for s in subjects):  # "energy company DTEK said": two, to the parser
        subjects = [_named_beside(verb, subjects[-1])]
    return subjects


def _named_beside(verb: Token, who: Token) -> Token:
    """The name that stands between a subject and its verb: "the agency *NESDC* reported"."""
    before = verb.nbor(-1)
    beside = before.pos_ == "PROPN" and before.i > who.i and who not in before.ancestors
    return before if beside and not any(t.text == "," for t in verb.doc[who.i : verb.i]) else who


def _lost_subject(verb: Token) -> list[Token]:
    """ "In an interview with the paper, the minister, *Ann Lee*, said": hung on something else."""
    if verb.tag_ == "NNS":  # "army intelligence *estimates* that", taken for a noun
        return [c for c in verb.lefts if c.dep_ == "compound"][-1:]
    if verb.tag_ not in {"VBD", "VBZ"}:
        return []
    near = [t for t in verb.doc[max(0, verb.i - 2) : verb.i] if t.ent_type_ == "PERSON"][-1:]
    return near or _opening_name(verb)


def _opening_name(verb: Token) -> list[Token]:
    """ "*Ann Lee*, who ..., believes", the rest misread."""
    names = []
    for token in verb.doc[: verb.i]:
        if token.pos_ != "PROPN":
            break
        names.append(token)
    apposed = bool(names) and names[-1].nbor().text == "," and verb.nbor(-1).text == ","
    return names[-1:] if apposed else []


def _person_before(known: Referents, verb: Token, who: Token) -> str | None:
    """The person whose name ends a long title: "City College senior lecturer Ann Lee said"."""
    before = verb.nbor(-1) if verb.i > who.i else who
    person = known.people.called(before.text) if before.pos_ == "PROPN" else None
    if person is None or (before != who and who not in before.ancestors):
        return None
    if who.tag_ == "NNS" and any(t.dep_ == "agent" for t in before.ancestors):
        return None  # "analysts led by Ann Lee said"
    given = before.i > 0 and before.nbor(-1).text in person.split()
    return person if given or before == who.left_edge else None


def _pronoun(known: Referents, who: Token, at: int) -> Found | None:
    word = _WHOSE.get(who.lower_, who.lower_)
    if word in {"i", "we"}:
        return _NOBODY
    if word == "it":
        body = known.last_body(at)
        return known.speaker(body[1], at, crowd=not _is_proper(body[1])) if body else None
    if who.tag_ == "WP" and who.head.dep_ == "relcl":  # "said Ann Lee, *who sees* a deal"
        if person := known.people.last_before(at, after=at - _CLOSE):
            return person, "named"  # and not the bank that Ann Lee works for
        whose = who.head.head
        return known.speaker(name_of(whose), at, crowd=is_crowd(whose))
    if word in {"some", "many", "most", "another", "others"}:
        return word, "unnamed"
    if word not in {"he", "she", "they"}:
        return None
    going_on = any(t.lemma_ in {"add", "continue", "go"} for t in (who.head, who.head.head))
    named = known.meant_by(word, at, going_on=going_on)
    return known.speaker(named, at) if named else (word, "unnamed")


def _is_proper(name: str) -> bool:
    return any(word[0].isupper() for word in name.split()[1:])
