"""Verbs -> subjects: who does it, its own or shared with another verb, or lost by the parser."""

from __future__ import annotations

from vzevents.roles.objects import objects, personal_objects
from vzevents.roles.phrases import NOMINAL, antecedent, coordinated, governor
from vzevents.roles.voice import is_passive
from vzevents.sentences import Sentence

_DEPTH = 8  # a chain of governors longer than this is a parser's knot, not a sentence


def subjects(sentence: Sentence, verb: int, depth: int = 0) -> list[int]:
    """Return the heads of the grammatical subject of a verb, its own or the one that it shares."""
    own = sentence.related(verb, "subject", "passive_subject")
    if len(own) > 1 and sentence.language == "es" and not _are_joined(sentence, own):
        own = own[-1:]  # "Vencedor de los comicios, Quiroga fue …"
    if own:
        return [h for o in own for h in coordinated(sentence, antecedent(sentence, o, verb))]
    if depth > _DEPTH:
        return []
    return _shared_subject(sentence, verb, depth) or _fronted_subject(sentence, verb)


def _are_joined(sentence: Sentence, heads: list[int]) -> bool:
    return any(token.lower in {"y", "e"} for token in sentence.tokens[heads[0] : heads[-1]])


def is_impersonal(sentence: Sentence, verb: int) -> bool:
    """Whether a Spanish verb in the plural names nobody who does it: "Detienen a un periodista"."""
    token = sentence.tokens[verb]
    finite = sentence.language == "es" and token.tag in {"VBD", "VBZ", "VBF"}
    # "Detienen a un periodista", "Se investiga al exministro"
    nobody = token.plural or (sentence.related(verb, "clitic") and personal_objects(sentence, verb))
    return bool(finite and nobody and not subjects(sentence, verb))


def _shared_subject(sentence: Sentence, verb: int, depth: int) -> list[int]:
    token = sentence.tokens[verb]
    above = token.head
    if above == verb:
        return []
    if token.relation == "conjunct" and sentence.tokens[above].pos in {"NOUN", "PROPN"}:
        return [above]
    if token.relation in {"conjunct", "adverbial_clause"}:
        return subjects(sentence, above, depth + 1)
    if token.relation == "complement":
        finite = sentence.language == "es" and token.tag not in {"VB", "VBS"}
        controlled = [] if finite or is_passive(sentence, above) else objects(sentence, above)
        if any(sentence.tokens[c].lower == "a" for c in sentence.related(verb, "marker")):
            controlled = [o for o in controlled if o < verb]  # "volvió a vender gas a Perú"
        return controlled or subjects(sentence, above, depth + 1)
    if token.relation == "prepositional_clause":
        return _subject_across_preposition(sentence, above, depth)
    if token.relation in {"noun_clause", "relative_clause", "compound"}:
        return [] if _leaves_subject_out(sentence, verb) else _subject_from_noun(sentence, verb, above)
    return []


def _leaves_subject_out(sentence: Sentence, verb: int) -> bool:
    """Whether a Spanish relative clause has neither its noun nor another subject: "al que reconoció"."""
    if sentence.language != "es" or sentence.tokens[verb].relation != "relative_clause":
        return False
    return any(sentence.tokens[i].tag == "WP" and i < verb for i in sentence.subtree(verb))


def _subject_across_preposition(sentence: Sentence, preposition: int, depth: int) -> list[int]:
    """Return who plots: in "accused Rivas of plotting" the object, in "replied by plotting" the subject."""
    above = governor(sentence, preposition)
    if above is None:
        return []
    if sentence.tokens[above].pos == "NOUN":
        return _subject_from_noun(sentence, preposition, above)
    if sentence.tokens[preposition].lower in {"of", "for", "from", "into", "de", "por"} and not is_passive(
        sentence, above
    ):
        return objects(sentence, above) or subjects(sentence, above, depth + 1)
    return subjects(sentence, above, depth + 1)


def _subject_from_noun(sentence: Sentence, clause: int, noun: int) -> list[int]:
    """Return the noun that a clause stands behind, climbing out of "officer in service to …"."""
    if sentence.tokens[noun].relation == "apposition":
        noun = sentence.tokens[noun].head  # "el estudiante Jairo Pinto, que …"
    owner = sentence.related(noun, "possessor")
    if owner:
        return owner
    at = _top_noun(sentence, clause, noun)
    if at is not None:
        return [at]
    if sentence.tokens[noun].relation == "predicate_noun":  # "Peru was the first country to …"
        return subjects(sentence, sentence.tokens[noun].head) or [noun]
    top = noun
    while (
        sentence.tokens[top].relation in {"prepositional_object", "preposition"}
        and sentence.tokens[top].head != top
    ):
        top = sentence.tokens[top].head
    if sentence.tokens[clause].relation == "compound" and sentence.tokens[top].pos in NOMINAL:
        return [top]
    return [noun]


def _top_noun(sentence: Sentence, verb: int, noun: int) -> int | None:
    """Return the noun that heads a sentence whose verb the parser took for a participle below it."""
    misread = sentence.tokens[verb].tag == "VBN" and sentence.related(verb, "object")
    if sentence.language != "en" or not misread:
        return None
    while sentence.tokens[noun].head != noun and sentence.tokens[noun].relation in {
        "prepositional_object",
        "preposition",
    }:
        noun = sentence.tokens[noun].head
    return noun if sentence.tokens[noun].relation in {"ROOT", "conjunct"} else None


def _fronted_subject(sentence: Sentence, verb: int) -> list[int]:
    """Return the subject that a parser has left in a fronted phrase: "Apart from A, B and C have …"."""
    if sentence.tokens[verb].relation not in {"ROOT", "complement"}:
        return []
    for preposition in reversed([p for p in sentence.related(verb, "preposition", "adverb") if p < verb]):
        inner = [t for t in sentence.subtree(preposition) if t < verb]
        after_comma = [t for t in inner if t > preposition and sentence.tokens[t].relation == "conjunct"]
        if after_comma and sentence.tokens[after_comma[0]].pos in NOMINAL:
            return after_comma
        last = [t for t in inner if sentence.tokens[t].relation == "apposition"]
        if last:
            return last[-1:]
    return []
