"""Choices of rules + the model's view -> the code of each act: what rules leave open or contested is ranked.

A rule's code and the model's compete by one score: the logarithm of how likely the model finds the code, and
for a rule what it asked for besides. Where no rule is met, an act that the model is sure of stands alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vzevents.choices import Choice
from vzevents.codebook.patterns import Pattern
from vzevents.matching import Match, Rule
from vzevents.ranking.views import SentenceView
from vzevents.roles import predicate_at
from vzevents.sentences import Sentence
from vzevents.situations import Situation

_MODEL = "model"
_LIKELY = {"en": 0.28, "es": 0.2}  # from which a code that no rule gives is considered
# The model of Spanish is less sure of what it knows.
_ALONE = {"en": 0.42, "es": 0.2}  # from which a code stands that no rule gives to any word of its act
SURE = 0.5  # from which a word that meets no rule names an act
_CLEARLY = 0.6  # from which the model decides against negation, conditions and the like
_CLEAR = 0.9  # from which the first look is enough
_FIRST_LOOK = {"en": 0.4, "es": 0.25}  # what the first look counts beside the second
_FLOOR = 0.002  # the least that a code counts as likely: rules may know better
_RULE = 1.0  # what it counts that a rule gives a code
_WEIGHT = 0.25  # what each thing counts that the rule asked for
_BEHIND = 0.4  # what it costs that rules alone would have given another code
# What the model has learned to tell from acts itself, and what a code of a root says by itself.
_LEARNED = frozenset({"not_an_act", "hypothetical", "state"})
_SAID_BY = {
    "03": frozenset({"conditional"}),
    "12": frozenset({"negated"}),
    "13": frozenset({"conditional", "negated"}),
}
_CONTENT = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV"})

_SLOTS = ("S", "T")
_BARE = {
    nominal: Pattern(_MODEL, language="", nominal=nominal, subject=None, heads=(), elements=(), weight=0)
    for nominal in (False, True)
}

Standing = tuple[Choice, Situation]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks the codes of one codebook with a model's views; `codes` are those that may be given."""

    codes: frozenset[str]

    def rank(
        self, view: SentenceView, head: int, standing: Sequence[Standing], situation: Situation
    ) -> list[Standing]:
        """Return the codes that an act may have, the best first.

        Parameters
        ----------
        view : SentenceView
            What the model says of the sentence.
        head : int
            The word of the act.
        standing : sequence of (Choice, Situation)
            What rules make of it, as it stands in its sentence.
        situation : Situation
            How it stands there whatever its code.

        Returns
        -------
        list of (Choice, Situation)
        """
        first = standing[0][0]
        words = {head, *first.match.words, *first.acts}
        likely = self._asked_again(view, first.match, view.probabilities(words))
        found: list[tuple[float, Standing]] = []
        for choice, how in standing:
            choice = replace(choice, probability=likely.get(choice.event_code, 0.0))
            behind = _BEHIND if choice.event_code != first.event_code else 0.0
            found.append((_score(choice) - behind, (choice, how)))
        given = {choice.event_code for choice, _ in standing}
        for code, probability in likely.items():
            if code in self.codes and code not in given and probability >= _LIKELY[view.sentence.language]:
                choice = _by_model(code, first.match, probability)
                how = as_learned(situation, code) if probability >= _CLEARLY else situation
                found.append((math.log(probability), (choice, how)))
        ranked = [one for _, one in sorted(found, key=lambda scored: -scored[0])]
        best, how = ranked[0]
        probability = best.probability or 0.0
        if probability >= _LIKELY[view.sentence.language]:
            best = replace(best, match=_completed(view, best.match, sure=True))
        return [(best, how), *ranked[1:]]

    def unmatched(self, view: SentenceView, taken: frozenset[int]) -> Iterator[Choice]:
        """Yield a choice for each act that no rule is met by; `taken` are the words that rules have used."""
        seen: set[tuple[str, tuple[int, ...], tuple[int, ...]]] = set()
        sentence = view.sentence
        words = [i for i in view.acts(SURE) if sentence.tokens[i].pos in _CONTENT]
        for word in sorted(words, key=lambda i: (_depth(sentence, i), i)):
            likely = view.probabilities((word,))
            code, probability = max(likely.items(), key=lambda one: one[1], default=("", 0.0))
            if word in taken:
                continue
            beside = [i for i in words if view.probabilities((i,)).get(code, 0.0) >= probability / 2]
            if not taken.isdisjoint(beside):
                continue  # "placed under house arrest": a rule is met by one of its words
            bare = Match(Rule(code, _BARE[False], -1), predicate_at(sentence, word), {}, (word,))
            bare = _completed(view, bare)
            likely = self._asked_again(view, bare, likely)
            code, probability = max(likely.items(), key=lambda one: one[1], default=("", 0.0))
            if code not in self.codes or probability < _ALONE[sentence.language]:
                continue
            choice = _by_model(code, bare, probability)
            key = (code, choice.match.slots.get("S", ()), choice.match.slots.get("T", ()))
            if key not in seen:
                seen.add(key)
                yield choice

    def _asked_again(
        self, view: SentenceView, match: Match, likely: Mapping[str, float]
    ) -> Mapping[str, float]:
        """Return how likely codes are once the parties are marked, where the first look is not clear."""
        if max(likely.values(), default=0.0) >= _CLEAR:
            return likely
        completed = _completed(view, match)
        words = {match.predicate.head, *match.words, *match.acts}
        told = view.codes_between(completed.slots, words)
        act = min(1.0, sum(likely.values()))
        codes = {c for c in (*likely, *told) if likely.get(c, 0.0) + told.get(c, 0.0) >= 0.02}
        share = _FIRST_LOOK[view.sentence.language]
        return {c: share * likely.get(c, 0.0) + (1 - share) * act * told.get(c, 0.0) for c in codes}


def _score(choice: Choice) -> float:
    return math.log(max(choice.probability or 0.0, _FLOOR)) + _RULE + _WEIGHT * choice.weight


def _by_model(code: str, match: Match, probability: float) -> Choice:
    """Return the model's own choice of a code, with the words and slots of a match."""
    pattern = _BARE[match.predicate.nominal]
    match = replace(match, rule=Rule(code, pattern, -1), acts=())
    return Choice(code, f"{_MODEL}:{code}", match, probability=probability)


def as_learned(situation: Situation, event_code: str) -> Situation:
    """Return how an act stands that the model is sure of: what its code itself says refuses nothing."""
    learned = _LEARNED | _SAID_BY.get(event_code[:2], frozenset())
    return replace(situation, refusal=None) if situation.refusal in learned else situation


def _completed(view: SentenceView, match: Match, *, sure: bool = False) -> Match:
    """Return a match whose slots are filled by those whom the model points to.

    A rule's own party stays unless the model is `sure` of the code and points elsewhere, or into its phrase
    ("the border with Brazil"); of a joint subject ("A and B agreed") the model tells who is the target.
    """
    slots = dict(match.slots)
    words = {match.predicate.head, *match.words, *match.acts}
    pointed = {slot: view.heads(slot, words) for slot in _SLOTS}
    by_rule = match.rule.rank >= 0
    for slot, other in (("S", "T"), ("T", "S")):
        meant = tuple(h for h in pointed[slot] if h not in pointed[other] and h not in slots.get("R", ()))
        if not meant:
            continue
        if slots.get(slot):
            if not sure or not view.is_better(slot, words, meant, than=slots[slot]):
                continue
        elif slot == "S" and by_rule and match.predicate.passive and not view.is_sure(slot, words):
            continue  # "was arrested": by whom is said there or hardly anywhere
        slots[slot] = meant
        slots[other] = tuple(h for h in slots.get(other, ()) if h not in meant)
    return replace(match, slots={slot: heads for slot, heads in slots.items() if heads})


def _depth(sentence: Sentence, word: int) -> int:
    depth = 0
    while sentence.tokens[word].head != word and depth < len(sentence.tokens):
        word, depth = sentence.tokens[word].head, depth + 1
    return depth
