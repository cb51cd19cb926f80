"""Sentences -> predicates: the words that may name an act, with who does it and to whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from vzevents.roles.objects import objects, recipients
from vzevents.roles.phrases import prepositional, stray
from vzevents.roles.subjects import subjects
from vzevents.roles.voice import is_passive, is_verb
from vzevents.sentences import Sentence

_NOT = {"en": "not", "es": "no"}
_BY = {"by", "por"}
_ON_THE_PART = {
    "parte", "orden", "órdenes", "decisión", "disposición", "instrucción", "instrucciones", "mandato", "voto",
    "acuerdo", "resolución", "cuenta", "obra", "iniciativa",
}  # fmt: skip
_SIDE_CLAUSES = frozenset(
    {"relative_clause", "noun_clause", "adverbial_clause", "complement", "conjunct", "prepositional_clause"}
)
_FROM = {"de", "del"}
_PHASES = {"volver", "comenzar", "empezar", "llegar"}


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that may name an act, with the heads of the phrases around it.

    `subjects` and `objects` are grammatical; `agents` and `patients` what they mean (passive resolved).
    """

    head: int
    nominal: bool
    lemmas: frozenset[str]
    particles: frozenset[str]
    passive: bool
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    recipients: tuple[int, ...]


def find_predicates(sentence: Sentence, verbs: Collection[str], nouns: Collection[str]) -> list[Predicate]:
    """Return the predicates whose word is one of `verbs` or `nouns` (lemmas), in text order."""
    found = []
    for token in sentence.tokens:
        if _is_phase(sentence, token.i):
            continue
        if is_verb(sentence, token.i, verbs) and not token.forms.isdisjoint(verbs):
            found.append(_verbal(sentence, token.i, token.forms))
        elif (
            (token.pos in {"NOUN", "PROPN"} or _is_made_a_noun(sentence, token.i))
            and token.relation not in {"compound", "modifier"}
            and not token.forms.isdisjoint(nouns)
        ):
            found.append(_nominal(sentence, token.i, token.forms))
    return found


def predicate_at(sentence: Sentence, i: int) -> Predicate:
    """Return the predicate that any word makes, whatever it means."""
    forms = sentence.tokens[i].forms
    return _verbal(sentence, i, forms) if is_verb(sentence, i) else _nominal(sentence, i, forms)


def _is_phase(sentence: Sentence, i: int) -> bool:
    """Whether a Spanish verb only says that something is done again or begun: "volvió a pedir"."""
    if sentence.language != "es" or sentence.tokens[i].forms.isdisjoint(_PHASES):
        return False
    return any(
        sentence.tokens[m].lower == "a"
        for c in sentence.related(i, "complement")
        for m in sentence.related(c, "marker", "case", "preposition")
        if sentence.tokens[c].tag == "VB"
    )


def _is_made_a_noun(sentence: Sentence, i: int) -> bool:
    """Whether a Spanish participle with an article names an act: "el llamado de los obispos"."""
    if sentence.language != "es" or sentence.tokens[i].pos != "ADJ":
        return False
    opens = i == 0 and any(t.lower in _FROM for t in sentence.tokens[1:2])  # "Llamado de Unicef a Haití"
    return opens or bool(sentence.related(i, "determiner"))


def _verbal(sentence: Sentence, i: int, lemmas: frozenset[str]) -> Predicate:
    passive = is_passive(sentence, i)
    grammatical = tuple(subjects(sentence, i))
    by = by_agents(sentence, i) if passive else ()
    return Predicate(
        head=i,
        nominal=False,
        lemmas=lemmas,
        particles=_particles(sentence, i),
        passive=passive,
        agents=by if passive else grammatical,
        patients=(grammatical if passive else ()) or tuple(objects(sentence, i)),
        recipients=tuple(recipients(sentence, i)),
    )


def _nominal(sentence: Sentence, i: int, lemmas: frozenset[str]) -> Predicate:
    owners = sentence.related(i, "possessor", "compound", "modifier")
    by = by_agents(sentence, i)
    return Predicate(i, True, lemmas, frozenset(), False, by or tuple(owners), (), ())


def _particles(sentence: Sentence, i: int) -> frozenset[str]:
    own = [sentence.tokens[c].lower for c in sentence.related(i, "particle", "clitic")]
    # The tagger calls a particle an adverb or a preposition as often as not.
    follows = [t.lower for t in sentence.tokens[i + 1 : i + 2] if t.pos in {"ADP", "ADV", "PART"}]
    enclitic = ["se"] if _ends_in_se(sentence, i) else []
    negated = [_NOT.get(sentence.language, "")] if sentence.related(i, "negation") else []
    return frozenset(own + follows + enclitic + negated)


def _ends_in_se(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return sentence.language == "es" and token.tag in {"VB", "VBG"} and token.lower.endswith("se")


def by_agents(sentence: Sentence, i: int) -> tuple[int, ...]:
    """Return the heads of who does it in a passive: "by Peru", "por orden de la junta"."""
    by = [p for p in sentence.related(i, "preposition") if sentence.tokens[p].lower in _BY]
    if not by:  # the parser may hang it deeper: "was demanded of the envoy by Peru"
        below = sentence.subtree(i, without=_SIDE_CLAUSES)
        by = [
            p for p in below if p > i and sentence.tokens[p].lower in _BY and sentence.tokens[p].pos == "ADP"
        ][:1]
    heads = [a for p in by for h in prepositional(sentence, p) for a in _on_the_part_of(sentence, h)]
    return (*heads, *stray(sentence, i, heads))


def _on_the_part_of(sentence: Sentence, head: int) -> list[int]:
    """Return who stands behind "por parte de", "por orden de"."""
    if sentence.language != "es" or sentence.tokens[head].lower not in _ON_THE_PART:
        return [head]
    return [h for p in sentence.related(head, "preposition") for h in prepositional(sentence, p)] or [head]
