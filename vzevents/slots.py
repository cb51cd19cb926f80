"""Predicates -> slots: which phrases around a predicate may fill the slot of a pattern."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from vzevents.codebook.patterns import Element
from vzevents.roles import (
    Predicate,
    coordinated,
    is_manner,
    is_passive,
    prepositional,
    shared_sides,
    subjects,
)
from vzevents.sentences import Sentence
from vzevents.zones import REACH

_NOMINAL = {"NOUN", "PROPN", "PRON"}
_INTRODUCING = frozenset({"that", "which", "as", "que", "como"})
_TO = frozenset({"a", "al"})
_OF = frozenset({"of", "de", "del"})
_OWNING = frozenset({"of", "by", "from"})
_SUBJECTS = ("subject", "passive_subject")
_RELATIVE = {"WP", "WDT", "WP$"}
_CLAUSES = frozenset({"relative_clause", "noun_clause", "conjunct", "apposition"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a predicate: where slots look for their phrases.

    `zone` are the tokens behind the predicate that may belong to the pattern, `words` those that the words
    of the pattern met (they fill no slot), `before` those that it names before the slot, `things` those met
    as objects, `own` those of the source's phrase.
    """

    sentence: Sentence
    predicate: Predicate
    zone: Sequence[int]
    words: Sequence[int]
    before: Sequence[int]
    things: Sequence[int]
    own: frozenset[int]


def candidates(around: Surroundings, element: Element) -> Iterator[tuple[int, ...]]:
    """Yield the heads that may fill a slot, the likeliest first.

    Parameters
    ----------
    around : Surroundings
        The predicate and what stands around it.
    element : Element
        The slot, perhaps behind a preposition, perhaps anywhere.

    Yields
    ------
    tuple of int
        The heads of one phrase, or of a list of phrases.
    """
    if element.prepositions:
        found = _behind_preposition_anywhere if element.anywhere else _behind_preposition
    else:
        found = _anywhere if element.anywhere else _bare
    asked = element.slot.words if element.slot else frozenset()
    for heads in found(around, element):
        # A word that the pattern met says what is done, not to whom, unless the slot asks for it.
        yield tuple(
            h
            for h in heads
            if (h not in around.words or around.sentence.tokens[h].forms & asked)
            and h not in around.own
            and around.sentence.tokens[h].tag not in _RELATIVE
            and around.sentence.tokens[h].lower != "se"
        )


def needs_preposition(element: Element) -> bool:
    """Whether a slot behind prepositions is filled by what stands behind one of them, and in no other way."""
    return element.prepositions.isdisjoint(_INTRODUCING | _OWNING)


def two_sides(sentence: Sentence, heads: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return who does it and to whom, where both stand in one phrase: "A and B", "ships of A and B"."""
    if len(heads) == 1:
        heads = shared_sides(sentence, heads[0])
    elif len(heads) > 1 and sentence.tokens[heads[0]].plural and sentence.tokens[heads[1]].pos == "PROPN":
        # "the ministers of Peru and Bolivia", with Bolivia hung from the ministers
        owners = [
            o
            for p in sentence.related(heads[0], "preposition")
            if sentence.tokens[p].lower in _OF
            for o in prepositional(sentence, p)
        ]
        heads = [*owners[:1], *heads[1:]] if owners else heads
    return (tuple(heads[:1]), tuple(heads[1:])) if len(heads) > 1 else None


def is_own_object(around: Surroundings, element: Element, heads: Sequence[int]) -> bool:
    """Whether Spanish "a" marks a phrase as whom the verb itself is aimed at, known or not.

    In "pidió a los donantes fondos para Haití" it is the donors who are asked.
    """
    sentence, predicate = around.sentence, around.predicate
    if sentence.language != "es" or element.prepositions or element.anywhere:
        return False
    marker = sentence.tokens[sentence.tokens[heads[0]].head]
    noun = sentence.tokens[heads[0]].pos in {"NOUN", "PROPN"}
    return noun and marker.lower in _TO and marker.head == predicate.head and marker.relation == "preposition"


def find_prepositions(sentence: Sentence, wanted: Collection[str], zone: Sequence[int]) -> list[int]:
    """Return the tokens of a zone that are one of the prepositions wanted."""
    return [i for i in zone if sentence.tokens[i].lower in wanted]


def _behind_preposition(around: Surroundings, element: Element) -> Iterator[list[int]]:
    sentence, predicate = around.sentence, around.predicate
    if element.prepositions & _INTRODUCING:
        yield _said_of(sentence, predicate, around.words)
        yield from _subjects_behind(sentence, predicate, element.prepositions)
    found = find_prepositions(sentence, element.prepositions, around.zone)
    last = max(around.before, default=-1)
    holders = {predicate.head, *around.words}
    # "collected signatures of lawmakers in favor of T": the one behind the words of the pattern comes first;
    # what hangs from the pattern goes before what hangs deeper: "the strike for the exit of Rivas of T".
    ordered = sorted((p for p in found if p not in around.own), key=lambda p: (p < last, p))
    close = [p for p in ordered if sentence.tokens[p].head in holders or not predicate.nominal]
    for preposition in close:
        yield prepositional(sentence, preposition) or _next_noun(sentence, preposition, around.words)
    if element.prepositions & _OWNING:
        yield from _owners(around)
    for preposition in ordered:
        if preposition not in close:
            yield prepositional(sentence, preposition) or _next_noun(sentence, preposition, around.words)


def _owners(around: Surroundings) -> Iterator[list[int]]:
    """Yield whose the things are that a pattern names: "demanded Maduro's exit", "U.S. embargo"."""
    tokens = around.sentence.tokens
    for word in around.words:
        yield [o for o in around.sentence.related(word, "possessor") if tokens[o].pos in {"NOUN", "PROPN"}]
        named = around.sentence.related(word, "compound", "modifier")
        yield [m for m in named if tokens[m].text[:1].isupper()]


def _subjects_behind(
    sentence: Sentence, predicate: Predicate, wanted: Collection[str]
) -> Iterator[list[int]]:
    """Yield the subjects of clauses that a word opens: "turned down the medal that the Senate had given"."""
    below = [i for i in sentence.subtree(predicate.head) if i > predicate.head]
    for opener in find_prepositions(sentence, wanted, below):
        verb = sentence.tokens[opener].head
        if verb > opener:
            own = sentence.related(verb, *_SUBJECTS)
            yield [s for s in own if sentence.tokens[s].tag not in _RELATIVE]


def _bare(around: Surroundings, element: Element) -> Iterator[list[int]]:
    sentence, predicate = around.sentence, around.predicate
    if predicate.nominal:
        yield list(predicate.agents)
        return
    asked = element.slot.words if element.slot else frozenset()
    objects = (*predicate.recipients, *predicate.patients)
    own = [h for h in objects if sentence.tokens[h].forms & asked or not _holds(sentence, h, around.things)]
    clitic = all(sentence.tokens[h].pos == "PRON" for h in own)
    if sentence.language == "es" and clitic:
        yield from _marked_objects(around)
    if predicate.passive or own:
        yield own
        if sentence.language == "es":
            yield from _marked_objects(around)
    else:
        free = _next_noun(sentence, predicate.head, around.words)
        yield [h for h in free if h not in around.own and not _holds(sentence, h, around.things)]


def _holds(sentence: Sentence, head: int, words: Sequence[int]) -> bool:
    """Whether a phrase is itself what the words of the pattern speak of: "a flotilla of destroyers"."""
    found, stack = {head}, [head]
    while stack:
        for child in sentence.children[stack.pop()]:
            token = sentence.tokens[child]
            other = token.relation == "preposition" and token.lower not in _OF
            if token.relation not in _CLAUSES and not other:
                found.add(child)
                stack.append(child)
    nouns = {i for i in words if sentence.tokens[i].pos in {"NOUN", "PROPN"}}
    return not found.isdisjoint(nouns)


def _anywhere(around: Surroundings, element: Element) -> Iterator[list[int]]:
    """Yield every noun behind the words of the pattern, then those before, the nearest first."""
    sentence, own = around.sentence, around.own
    head = around.predicate.head
    last = max((*around.before, head))

    def near(i: int) -> tuple[bool, bool, int]:
        return i < last, i < head, -i if i < last else i

    for i in sorted(range(len(sentence.tokens)), key=near):
        token = sentence.tokens[i]
        apart = token.relation in {"compound", "modifier", "name"} or i in own
        if token.pos in {"NOUN", "PROPN"} and not apart:
            yield coordinated(sentence, i)


def _behind_preposition_anywhere(around: Surroundings, element: Element) -> Iterator[list[int]]:
    """Yield what stands behind a preposition near the pattern, then behind any in the sentence."""
    sentence = around.sentence
    yield from _behind_preposition(around, element)
    for preposition in find_prepositions(sentence, element.prepositions, range(len(sentence.tokens))):
        yield prepositional(sentence, preposition)


def _marked_objects(around: Surroundings) -> Iterator[list[int]]:
    """Yield whom Spanish "a" marks, also where it hangs from the thing given: "prestó ayuda a T"."""
    sentence, predicate = around.sentence, around.predicate
    holders = {predicate.head, *around.words, *predicate.patients}
    if sentence.tokens[predicate.head].relation == "complement":
        holders.add(sentence.tokens[predicate.head].head)  # "volvió a vender gas a T"
    found = find_prepositions(sentence, _TO, around.zone)
    clitic = any(sentence.tokens[h].pos == "PRON" for h in (*predicate.recipients, *predicate.patients))
    for preposition in sorted(found, key=lambda p: sentence.tokens[p].head not in holders):
        heads = [h for h in prepositional(sentence, preposition) if not is_manner(sentence, preposition, h)]
        # "los acusó de traicionar a Venezuela": whom is said by the clitic.
        if sentence.tokens[preposition].head in holders or not clitic:
            yield heads


def _said_of(sentence: Sentence, predicate: Predicate, words: Sequence[int]) -> list[int]:
    """Return the subjects of what is said, thought or demanded, also in a quotation before the verb."""
    clauses = sentence.related(predicate.head, "complement", "clause_subject")
    nouns = [predicate.head] if predicate.nominal else predicate.patients
    clauses += [c for noun in nouns for c in sentence.related(noun, "noun_clause")]  # "the demand that"
    # "said that he was killed by gunmen" accuses the gunmen
    clauses = [c for c in clauses if not (c in words and is_passive(sentence, c))]
    return [s for c in clauses if sentence.related(c, *_SUBJECTS) for s in subjects(sentence, c)]


def _next_noun(sentence: Sentence, i: int, words: Sequence[int]) -> list[int]:
    """Return the head of the next noun phrase, where the parser has not attached it."""
    for token in sentence.tokens[i + 1 : i + REACH]:
        if token.pos in {"ADP", "VERB", "PUNCT", "SCONJ"} or token.tag in _RELATIVE:
            return []
        if token.pos in _NOMINAL and token.relation not in {"compound", "possessor"} and token.i not in words:
            return [token.i]
    return []
