"""Predicates -> slots: which phrases around a predicate may fill the slot of a pattern."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from vzevents.codebook.patterns import Element
from vzevents.roles import Predicate, prepositional, shared_sides, subjects
from vzevents.sentences import Sentence

REACH = 8  # words behind a preposition that still belong to it
_NOMINAL = {"NOUN", "PROPN", "PRON"}
_INTRODUCING = frozenset({"that", "que"})
_TO = frozenset({"a", "al"})
_SUBJECTS = ("subject", "passive_subject")


def candidates(
    sentence: Sentence, predicate: Predicate, element: Element, zone: Sequence[int], words: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    """Yield the heads that may fill a slot, the likeliest first.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    predicate : Predicate
        The predicate that the pattern is tried on.
    element : Element
        The slot, perhaps behind a preposition.
    zone : sequence of int
        The tokens behind the predicate that may belong to the pattern.
    words : sequence of int
        The tokens that the words of the pattern met; they fill no slot.

    Yields
    ------
    tuple of int
        The heads of one phrase, or of a list of phrases.
    """
    found = _behind_preposition if element.prepositions else _bare
    for heads in found(sentence, predicate, element, zone, words):
        free = tuple(head for head in heads if head not in words)
        if free:
            yield free


def two_sides(sentence: Sentence, heads: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return who does it and to whom, where both stand in one phrase: "A and B", "ships of A and B"."""
    if len(heads) == 1:
        heads = shared_sides(sentence, heads[0])
    return (tuple(heads[:1]), tuple(heads[1:])) if len(heads) > 1 else None


def find_prepositions(sentence: Sentence, wanted: Collection[str], zone: Sequence[int]) -> list[int]:
    """Return the tokens of a zone that are one of the prepositions wanted."""
    return [i for i in zone if sentence.tokens[i].lower in wanted]


def _behind_preposition(
    sentence: Sentence, predicate: Predicate, element: Element, zone: Sequence[int], words: Sequence[int]
) -> Iterator[list[int]]:
    if element.prepositions & _INTRODUCING:
        yield _said_of(sentence, predicate)
    found = find_prepositions(sentence, element.prepositions, zone)
    # "collected signatures of lawmakers in favor of T": the one behind the words of the pattern comes first.
    last = max(words, default=-1)
    for preposition in sorted(found, key=lambda i: (i < last, i)):
        yield prepositional(sentence, preposition) or _next_noun(sentence, preposition, words)


def _bare(
    sentence: Sentence, predicate: Predicate, element: Element, zone: Sequence[int], words: Sequence[int]
) -> Iterator[list[int]]:
    if predicate.nominal:
        yield list(predicate.agents)
        return
    own = [h for h in (*predicate.recipients, *predicate.patients) if h not in words]
    clitic = all(sentence.tokens[h].pos == "PRON" for h in own)
    if sentence.language == "es" and clitic:
        yield from _marked_objects(sentence, predicate, zone, words)
    if predicate.passive or own:
        yield own
    else:
        yield _next_noun(sentence, predicate.head, words)


def _marked_objects(
    sentence: Sentence, predicate: Predicate, zone: Sequence[int], words: Sequence[int]
) -> Iterator[list[int]]:
    """Yield whom Spanish "a" marks, also where it hangs from the thing given: "prestó ayuda a T"."""
    holders = {predicate.head, *words, *predicate.patients}
    for preposition in find_prepositions(sentence, _TO, zone):
        if sentence.tokens[preposition].head in holders:
            yield prepositional(sentence, preposition)


def _said_of(sentence: Sentence, predicate: Predicate) -> list[int]:
    """Return the subjects of what is said, thought or demanded, also in a quotation before the verb."""
    clauses = sentence.related(predicate.head, "complement", "clause_subject")
    return [s for c in clauses if sentence.related(c, *_SUBJECTS) for s in subjects(sentence, c)]


def _next_noun(sentence: Sentence, i: int, words: Sequence[int]) -> list[int]:
    """Return the head of the next noun phrase, where the parser has not attached it."""
    for token in sentence.tokens[i + 1 : i + REACH]:
        if token.pos in {"ADP", "VERB", "PUNCT"}:
            return []
        if token.pos in _NOMINAL and token.relation not in {"compound", "possessor"} and token.i not in words:
            return [token.i]
    return []
