"""Heads -> phrases: what stands behind a preposition, in a list, around a noun."""

from __future__ import annotations

from vzevents.sentences import Sentence

NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"}
_RELATIVE = {"WP", "WDT", "WP$"}
_OF = {"of", "de", "del"}
_MANNERS = {
    "altura",
    "ciegas",
    "gritos",
    "golpes",
    "mano",
    "mitad",
    "palos",
    "pie",
    "puerta",
    "ritmo",
    "tiros",
}
_MODIFIERS = {"modifier", "compound", "determiner", "possessor", "number", "case", "adverb", "nmod"}
_BEHIND = {"name", "modifier"}  # "Dirección General", "presos políticos"
_PHRASES = frozenset({"preposition", "conjunct", "relative_clause", "noun_clause"})


def is_manner(sentence: Sentence, preposition: int, noun: int) -> bool:
    """Whether "a" says how, not whom: "a baja altura", "a gritos", "a puñetazos"."""
    token = sentence.tokens[noun]
    if sentence.tokens[preposition].lower != "a" or sentence.related(noun, "determiner"):
        return False
    return token.lower in _MANNERS or token.lower.endswith(("azos", "adas"))


def prepositional(sentence: Sentence, preposition: int) -> list[int]:
    """Return the heads of the phrase that stands behind a preposition."""
    own = sentence.related(preposition, "prepositional_object")
    return [h for o in own for h in coordinated(sentence, o)]


def shared_sides(sentence: Sentence, head: int) -> list[int]:
    """Return the two or more to whom a plural noun belongs: of "ships of A and B" A and B."""
    if not (sentence.tokens[head].plural or sentence.tokens[head].lower.endswith("s")):
        return []
    for modifier in sentence.related(head, "modifier", "compound"):
        joined = [c for c in sentence.related(modifier, "conjunct") if sentence.tokens[c].pos in NOMINAL]
        if joined:
            return [modifier, *joined]
    for preposition in sentence.related(head, "preposition"):
        owners = prepositional(sentence, preposition)
        if sentence.tokens[preposition].lower in _OF and len(owners) > 1:
            return owners
    return []


def phrase(sentence: Sentence, head: int) -> tuple[int, int]:
    """Return the token range (stop exclusive) of the noun phrase of `head`, without its clauses."""
    start, stop = head, head + 1
    for child in sentence.children[head]:
        if child == stop and sentence.tokens[child].relation in _BEHIND:
            stop = sentence.subtree(child, without=_PHRASES)[-1] + 1
        infinitive = sentence.tokens[child - 1].lower == "to" if child else False  # "to desert Maduro"
        infinitive = infinitive or (sentence.language == "es" and sentence.tokens[child].relation == "case")
        if child < head and sentence.tokens[child].relation in _MODIFIERS and not infinitive:
            start = min(start, sentence.subtree(child)[0])
    return start, stop


def governor(sentence: Sentence, i: int) -> int | None:
    """Return the word that a clause or phrase hangs from, prepositions skipped; None for the root."""
    at = sentence.tokens[i].head
    if at == i:
        return None
    while sentence.tokens[at].relation == "preposition" or sentence.tokens[at].pos == "ADP":
        above = sentence.tokens[at].head
        if above == at:
            break
        at = above
    return at


def coordinated(sentence: Sentence, head: int) -> list[int]:
    """Return a head and those that are joined to it: "Peru, Chile and Bolivia"."""
    found, stack = [], [head]
    while stack:  # no recursion: a list of a thousand names is one chain
        found.append(at := stack.pop())
        joined = [c for c in sentence.related(at, "conjunct") if c > at]
        stack.extend(c for c in reversed(joined) if sentence.tokens[c].pos in NOMINAL)
    return found


def stray(sentence: Sentence, verb: int, heads: list[int]) -> list[int]:
    """Return nouns joined to the verb that belong to its last phrase: "by A and most of B"."""
    joined = sentence.related(verb, "conjunct")
    return [c for c in joined if heads and c > heads[-1] and sentence.tokens[c].pos in NOMINAL]


def antecedent(sentence: Sentence, pronoun: int, verb: int) -> int:
    """Return the noun that a relative pronoun stands for; any other word stands for itself."""
    clause = sentence.tokens[verb]
    if sentence.tokens[pronoun].tag in _RELATIVE and clause.relation == "relative_clause":
        return clause.head
    return pronoun
