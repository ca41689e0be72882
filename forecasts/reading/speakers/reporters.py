"""Whose verb of saying it is: "Ann Lee said that", "it expects", "..., adding that"."""

from spacy.tokens import Token

from forecasts.reading.parsing.grammar import NO_ONE, SUBJECTS, subject
from forecasts.reading.parsing.reports import SAYING, reporting_verb, said_before
from forecasts.reading.speakers.names import author_of, is_crowd, name_of
from forecasts.reading.speakers.referents import Referents, SpeakerKind

_CLOSE = 120  # characters between a person's name and the "who" that means them


def reporter(known: Referents, verb: Token, at: int) -> tuple[str, SpeakerKind] | None:
    """Who says, expects or sees what the clause under ``verb`` tells."""
    who = next((s for s in _subjects(verb) if s.dep_ != "expl"), None)
    minded = verb.lower_ in {"convinced", "persuaded"}  # no passive: "Ann Lee is convinced that"
    if not minded and any(c.dep_ in {"nsubjpass", "auxpass"} for c in verb.children):
        by_whom = next((t for c in verb.children if c.dep_ == "agent" for t in c.children), None)
        if by_whom is not None:
            return known.speaker(name_of(by_whom), at, crowd=is_crowd(by_whom))
        nobody = who is None or who.lower_ == "it"
        return ("unnamed official", "unnamed") if nobody else None
    if who is None:
        return None
    if who.tag_ in {"PRP", "DT", "WP"} and not any(c.dep_ == "relcl" for c in who.children):
        return _pronoun(known, who, at)
    if who.lower_ in NO_ONE | {"few"} or who.left_edge.lower_ in {"no", "our", "my", "few"}:
        return "author", "author"
    if (person := _person_before(known, verb, who)) or (person := author_of(who)):
        return person, "named"
    if any(c.lower_ == "its" for c in who.children) and (body := known.last_body(at)):
        return known.speaker(body[1], at)  # "its analysts"
    if who.lemma_.lower() in {"reading", "scenario", "view", "idea", "fear", "analysis"}:
        return None
    return known.speaker(name_of(who), at, crowd=is_crowd(who))


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
    return subjects or _lost_subject(verb)


def _lost_subject(verb: Token) -> list[Token]:
    """ "In an interview with the paper, the minister, *Ann Lee*, said": hung on something else."""
    if verb.tag_ == "NNS":  # "army intelligence *estimates* that", taken for a noun
        return [c for c in verb.lefts if c.dep_ == "compound"][-1:]
    if verb.tag_ not in {"VBD", "VBZ"}:
        return []
    before = list(verb.doc[max(0, verb.i - 2) : verb.i])
    return [t for t in before if t.ent_type_ == "PERSON"][-1:]


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


def _pronoun(known: Referents, who: Token, at: int) -> tuple[str, SpeakerKind] | None:
    if who.lower_ in {"i", "we"}:
        return "author", "author"
    if who.lower_ in {"it", "they"} and (outer := reporting_verb(who.head)) is not None:
        outer = said_before(who.head, outer) or outer
        return reporter(known, outer, at)  # "the bank said that it expects ..."
    if who.lower_ == "it":
        body = known.last_body(at)
        return known.speaker(body[1], at, crowd=not _is_proper(body[1])) if body else None
    if who.tag_ == "WP" and who.head.dep_ == "relcl":  # "said Ann Lee, *who sees* a deal"
        if person := known.people.last_before(at, after=at - _CLOSE):
            return person, "named"  # and not the bank that Ann Lee works for
        whose = who.head.head
        return known.speaker(name_of(whose), at, crowd=is_crowd(whose))
    if who.lower_ in {"some", "many", "most"}:
        return who.lower_, "unnamed"
    if who.lower_ not in {"he", "she", "they"}:
        return None
    going_on = any(t.lemma_ in {"add", "continue", "go"} for t in (who.head, who.head.head))
    named = known.meant_by(who.lower_, at, going_on=going_on)
    return known.speaker(named, at) if named else (who.lower_, "unnamed")


def _is_proper(name: str) -> bool:
    return any(word[0].isupper() for word in name.split()[1:])
