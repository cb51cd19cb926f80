"""Parsed sentences: tokens with the relation names of the role layer, the same for every language."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `relation` to its head is of the role layer's own names, `tag` of the Penn Treebank's.

    Beyond Penn's, VBF is a future, VBC a conditional and VBS a subjunctive, which only Spanish has.
    """

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    relation: str
    head: int
    start: int
    end: int
    forms: frozenset[str] = frozenset()  # the words under which a codebook may have it
    plural: bool = False
    first_person: bool = False  # a verb form that says "I" or "we" by itself
    lower: str = field(
        init=False, repr=False, compare=False
    )  # the word in lower case: asked for all the time

    def __post_init__(self) -> None:
        """Work out what is asked for most."""
        object.__setattr__(self, "lower", self.text.casefold())


# Characters of a sentence; what is longer is no sentence of news, and parsing it would take for ever.
LONGEST_SENTENCE = 2_000


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence; `start` and `end` are code points of the article's text.

    One that is too long, or that cannot hold a statement, is not parsed and has no tokens. Words of tokens
    are those of `read`.
    """

    index: int
    start: int
    end: int
    text: str
    language: str
    tokens: tuple[Token, ...]
    read: str  # the text as it was parsed: capitals and lost accents respelt, as long as `text`

    @property
    def is_too_long(self) -> bool:
        """Whether the sentence is too long to be read."""
        return self.end - self.start > LONGEST_SENTENCE

    @property
    def is_skipped(self) -> bool:
        """Whether the sentence is not read because it cannot hold a statement."""
        return not self.tokens and not self.is_too_long

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token its dependents, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(tuple(one) for one in below)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words of the sentence in all forms under which a codebook may have them."""
        return frozenset().union(*(token.forms for token in self.tokens))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """For each of `forms` the tokens that have it, in text order."""
        found: dict[str, list[int]] = {}
        for token in self.tokens:
            for form in token.forms:
                found.setdefault(form, []).append(token.i)
        return found

    def related(self, i: int, *relations: str) -> list[int]:
        """Return the dependents of token `i` that stand in one of `relations` to it."""
        below = self._related[i]
        if len(relations) == 1:
            return list(below.get(relations[0], ()))
        found = [c for relation in relations if relation in below for c in below[relation]]
        return sorted(found) if len(found) > 1 else found

    @cached_property
    def _related(self) -> tuple[dict[str, list[int]], ...]:
        """For each token its dependents by their relation, in text order."""
        found: tuple[dict[str, list[int]], ...] = tuple({} for _ in self.tokens)
        for token in self.tokens:
            if token.head != token.i:
                found[token.head].setdefault(token.relation, []).append(token.i)
        return found

    def subtree(self, i: int, *, without: frozenset[str] = frozenset()) -> tuple[int, ...]:
        """Return token `i` and all that hangs from it but by a relation in `without`, in text order."""
        found = self._subtrees.get((i, without))
        if found is None:
            below, stack = [], [i]
            while stack:  # no recursion: a sentence may be a chain of a thousand words
                below.append(at := stack.pop())
                stack.extend(c for c in self.children[at] if self.tokens[c].relation not in without)
            found = self._subtrees[i, without] = tuple(sorted(below))
        return found

    @cached_property
    def _subtrees(self) -> dict[tuple[int, frozenset[str]], tuple[int, ...]]:
        return {}


def sentence_sha256(text: str) -> str:
    """Return the hash of a sentence in NFC with white space collapsed."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()


@dataclass(slots=True)
class Word:
    """A word as the parser gives it, on its way to a `Token`: an adapter changes it in place.

    `head` is the place of the head among the sentence's words, its own for the root.
    """

    text: str
    lemma: str
    pos: str
    tag: str
    relation: str
    head: int
    features: dict[str, str]
    plural: bool = False
    also: frozenset[str] = frozenset()  # further words under which a codebook may have it

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.casefold()
