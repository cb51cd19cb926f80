"""Verbs -> objects: whom or what an act is done to, clitics and raised objects included."""

from __future__ import annotations

from collections.abc import Iterable

from vzevents.roles.phrases import antecedent, coordinated, is_manner, prepositional, stray
from vzevents.sentences import Sentence

_PERSONAL = {"a", "al"}  # Spanish marks objects that are persons with "a"


def objects(sentence: Sentence, verb: int) -> list[int]:
    """Return the heads of the direct object of an active verb."""
    own = personal_objects(sentence, verb)
    own = own or sentence.related(verb, "object") or _raised_object(sentence, verb)
    if own:
        heads = [h for o in own for h in coordinated(sentence, antecedent(sentence, o, verb))]
        return [*heads, *stray(sentence, verb, heads)]
    token = sentence.tokens[verb]
    if token.relation == "compound" and token.pos not in {"VERB", "AUX"}:
        return coordinated(sentence, token.head)  # "to desert Maduro" read as a compound noun
    if token.relation == "relative_clause" and sentence.related(verb, "subject"):
        return [token.head]  # "the man police arrested"
    return []


def personal_objects(sentence: Sentence, verb: int) -> list[int]:
    """Return all objects of a Spanish verb, those behind "a" too; clitics only where they stand alone."""
    if sentence.language != "es":
        return []
    marked = [p for p in sentence.related(verb, "preposition") if sentence.tokens[p].lower in _PERSONAL]
    behind = [
        o
        for p in marked
        for o in sentence.related(p, "prepositional_object")
        if not is_manner(sentence, p, o)
    ]
    own = sorted([*sentence.related(verb, "object", "recipient"), *behind])
    named = [o for o in own if sentence.tokens[o].pos != "PRON" or sentence.tokens[o].tag == "WP"]
    return named if behind else own


def recipients(sentence: Sentence, verb: int) -> Iterable[int]:
    """Yield the heads of whom something is given or told."""
    for child in sentence.related(verb, "recipient"):
        if sentence.tokens[child].pos == "ADP":
            yield from prepositional(sentence, child)
        else:
            yield from coordinated(sentence, child)


def _raised_object(sentence: Sentence, verb: int) -> list[int]:
    """Return the subject of an infinitive that stands right behind the verb: "urged Maduro to leave"."""
    for clause in sentence.related(verb, "complement"):
        infinitive = any(sentence.tokens[c].lower == "to" for c in sentence.related(clause, "auxiliary"))
        between = [c for c in sentence.related(clause, "subject", "passive_subject") if verb < c < clause]
        if infinitive and between:
            return between
    return []
