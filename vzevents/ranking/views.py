"""What the model says of one sentence: how likely each word names which act, and who does it to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

import numpy as np

from vzevents.ranking.wording import Span, overlaps

if TYPE_CHECKING:
    from vzevents.sentences import Sentence

    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

Spans = Mapping[str, Sequence[Span]]

_NOBODY = 0.5  # share of the "nobody" answer from which a slot stays empty
_ENOUGH = 0.85  # of the best phrase's share: the smallest phrase that has as much is meant
_JOINED = 0.5  # of the best phrase's share: another phrase that has as much is named beside it
_SOME = 0.2  # the least share of a phrase that is pointed to
_SELDOM = 0.1  # what counts as next to nothing
_WITHIN = 0.4  # share of a phrase from which a part of it may be meant rather
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
_APART = frozenset({"relative_clause", "noun_clause", "conjunct", "cc", "punct", "apposition"})


class Answering(Protocol):
    """Gives the probabilities of codes for an act whose parties (S, T) and words (P) stand in these spans."""

    def code_pair(self, text: str, spans: Spans, *, language: str) -> Mapping[str, float]:
        """Ask the network, with the spans marked."""

    def code_wording(self, text: str, spans: Spans, *, language: str) -> Mapping[str, float]:
        """Ask the linear model of the wording."""


@dataclass(frozen=True, slots=True)
class SentenceView:
    """The model's view of a sentence of W words.

    `codes` (W, labels) are probabilities by word, label 0 being no act. `asks` and `answers` (pieces, 2, n)
    are the pointers from an act to its source and target; piece 0 answers for nobody. `pieces` says for each
    word which pieces it is made of; a word behind the last piece that the model reads has none. `model` is
    asked again about single acts.
    """

    sentence: Sentence
    labels: tuple[str, ...]
    codes: Floats
    asks: Floats
    answers: Floats
    pieces: tuple[tuple[int, ...], ...]
    model: Answering
    _pointed: dict[tuple[str, frozenset[int]], tuple[Sequence[float], float]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(
        cls,
        sentence: Sentence,
        *,
        labels: tuple[str, ...],
        offsets: Sequence[tuple[int, int]],
        codes: Floats,
        asks: Floats,
        answers: Floats,
        model: Answering,
    ) -> SentenceView:
        """Gather what the model says of the pieces of words, word by word."""
        pieces = _pieces(sentence, offsets)
        by_word = np.zeros((len(sentence.tokens), len(labels)), dtype=np.float32)
        by_word[:, 0] = 1.0
        for word, own in enumerate(pieces):
            if own:
                by_word[word] = codes[list(own)].mean(axis=0)
        halves = (asks.shape[0], 2, asks.shape[1] // 2)
        return cls(sentence, labels, by_word, asks.reshape(halves), answers.reshape(halves), pieces, model)

    def probabilities(self, words: Iterable[int]) -> Mapping[str, float]:
        """Return how likely some words together name an act of each code; below .01 is left out."""
        best = self.codes[list(words)].max(axis=0)
        likely = np.flatnonzero(best[1:] >= 0.01) + 1
        return {self.labels[label]: float(best[label]) for label in likely}

    def acts(self, threshold: float) -> list[int]:
        """Return the words that name an act, at least as likely as a threshold."""
        return [int(word) for word in np.flatnonzero(1.0 - self.codes[:, 0] >= threshold)]

    def heads(self, slot: str, words: Iterable[int]) -> tuple[int, ...]:
        """Return the heads of the phrases that the model points to as source (S) or target (T) of an act."""
        shares, nobody = self.shares(slot, words)
        if nobody >= _NOBODY:
            return ()
        found: list[int] = []
        wanted = _SOME
        mass = {head: share for head, share in self._by_phrase(shares).items() if share >= wanted}
        while mass and (top := max(mass.values())) >= wanted:
            wanted = max(wanted, _JOINED * top)
            enough = [i for i, share in mass.items() if share >= _ENOUGH * top]
            head = min(enough, key=lambda i: (len(self.sentence.subtree(i, without=_APART)), i))
            found.append(head)
            own = set(self.sentence.subtree(head, without=_APART))
            mass = {
                i: share
                for i, share in mass.items()
                if own.isdisjoint(self.sentence.subtree(i, without=_APART))
            }
        return tuple(sorted(found))

    def _by_phrase(self, shares: Sequence[float]) -> Mapping[int, float]:
        """Return what the words of each noun phrase have together: each word counts for all that hold it."""
        tokens = self.sentence.tokens
        mass: dict[int, float] = {}
        for word, share in enumerate(shares):
            at = word if share else None
            while at is not None:
                token = tokens[at]
                if token.pos in _NOMINAL and token.relation not in {"determiner", "number"}:
                    mass[at] = mass.get(at, 0.0) + share
                at = None if token.relation in _APART or token.head == at else token.head
        return mass

    def nothing(self, words: Iterable[int]) -> float:
        """Return how likely none of some words names an act."""
        return float(self.codes[list(words), 0].min())

    def codes_between(self, slots: Mapping[str, Sequence[int]], words: Iterable[int]) -> Mapping[str, float]:
        """Return how likely the network finds each code for words whose parties have these heads."""
        return self.model.code_pair(
            self.sentence.read, self._spans(slots, words), language=self.sentence.language
        )

    def wordings(self, slots: Mapping[str, Sequence[int]], words: Iterable[int]) -> Mapping[str, float]:
        """Return how likely the wording finds each code for words whose parties have these heads."""
        return self.model.code_wording(
            self.sentence.read, self._spans(slots, words), language=self.sentence.language
        )

    def _spans(self, slots: Mapping[str, Sequence[int]], words: Iterable[int]) -> Spans:
        spans: dict[str, list[Span]] = {"S": [], "T": [], "P": []}
        parts = [
            *(
                (slot, self.sentence.subtree(h, without=_APART))
                for slot in ("S", "T")
                for h in slots.get(slot, ())
            ),
            *(("P", run) for run in _runs(words)),
        ]
        tokens, base = self.sentence.tokens, self.sentence.start
        for slot, own in parts:
            start, end = tokens[own[0]].start - base, tokens[own[-1]].end - base
            if not any(overlaps(taken, start, end) for taken in spans.values()):
                spans[slot].append((start, end))
        return spans

    def is_better(
        self, slot: str, words: Iterable[int], heads: Sequence[int], *, than: Sequence[int], below: float
    ) -> bool:
        """Return whether phrases fill a slot rather than others: elsewhere, or what those are parts of."""
        shares, _ = self.shares(slot, words)
        own = {i for head in than for i in self.sentence.subtree(head, without=_APART)}
        share = sum(shares[i] for i in own)
        within = own.issuperset(heads) and set(than).isdisjoint(heads)
        return share < below or (share >= _WITHIN and within)

    def is_sure(self, slot: str, words: Iterable[int]) -> bool:
        """Return whether the model is sure that somebody in the text fills a slot."""
        return self.shares(slot, words)[1] < _SELDOM

    def shares(self, slot: str, words: Iterable[int]) -> tuple[Sequence[float], float]:
        """Return for each word how likely it stands in a slot of an act, and how likely nobody does."""
        asked = (slot, frozenset(words))
        if asked not in self._pointed:
            self._pointed[asked] = self._shares(*asked)
        return self._pointed[asked]

    def _shares(self, slot: str, words: frozenset[int]) -> tuple[Sequence[float], float]:
        asking = [piece for word in sorted(words) for piece in self.pieces[word]]
        if not asking:
            return [0.0] * len(self.pieces), 1.0
        side = "ST".index(slot)
        question = self.asks[asking, side].mean(axis=0)
        scores = self.answers[:, side] @ question / np.sqrt(len(question))
        scores[-1] = -np.inf  # the sign that ends a text
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return [float(sum(shares[piece] for piece in own)) for own in self.pieces], float(shares[0])


def _runs(words: Iterable[int]) -> Iterator[list[int]]:
    """Yield words that stand side by side, in their order."""
    ordered = sorted(set(words))
    for _, run in groupby(enumerate(ordered), key=lambda one: one[1] - one[0]):
        yield [word for _, word in run]


def _pieces(sentence: Sentence, offsets: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Return for each word of a sentence the pieces that overlap with it."""
    found: list[list[int]] = [[] for _ in sentence.tokens]
    word = 0
    for piece, (start, end) in enumerate(offsets):
        if end <= start:
            continue
        while word < len(found) - 1 and sentence.tokens[word].end - sentence.start <= start:
            word += 1
        at = word
        while at < len(found) and sentence.tokens[at].start - sentence.start < end:
            if sentence.tokens[at].end - sentence.start > start:
                found[at].append(piece)
            at += 1
    return tuple(tuple(own) for own in found)
