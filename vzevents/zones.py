"""Predicates -> zones: where around a predicate the words of a pattern may stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from vzevents.roles import Predicate
from vzevents.sentences import Sentence

REACH = 8  # words behind a preposition that still belong to it
CLAUSES = frozenset({"complement", "prepositional_clause", "noun_clause", "adverbial_clause"})
_OTHER = frozenset({"relative_clause", "conjunct"})
_SIDE_CLAUSES = frozenset({"relative_clause", "noun_clause", "conjunct", "apposition"})
_RELATIVE_CLAUSE = frozenset({"relative_clause"})
_ADDRESSING = {"a", "al", "ante", "contra", "sobre"}
_CLOSING = {";", ":", "»", "”"}


class Zone:
    """The places around one predicate, each worked out when it is first asked for.

    `light` are verbs that carry a noun and say nothing themselves: "aid came from Peru"; `agents` those who
    do it and are known.
    """

    def __init__(
        self, sentence: Sentence, predicate: Predicate, *, light: frozenset[str], agents: Sequence[int]
    ) -> None:
        self.sentence = sentence
        self.predicate = predicate
        self._light = light
        self._agents = agents

    @cached_property
    def near(self) -> list[int]:
        """The tokens behind the head that may belong to its pattern: its own, and the next few words."""
        sentence, head = self.sentence, self.predicate.head
        apart = self._apart
        own = [i for i in sentence.subtree(head) if i > head and i not in apart]
        follows = []
        for token in sentence.tokens[head + 1 : head + 6]:
            if token.i in apart or token.text in _CLOSING:
                break
            follows.append(token.i)
        behind = self._behind_governor() if self.predicate.nominal else []
        return sorted({*own, *follows, *(i for i in behind if i not in apart)})

    @cached_property
    def wide(self) -> list[int]:
        """The zone with what hangs from the patient of a passive: "the house of T was searched"."""
        if not self.predicate.passive:
            return self.near
        below = (i for patient in self.predicate.patients for i in self.sentence.subtree(patient))
        return sorted({*self.near, *below})

    @cached_property
    def everywhere(self) -> list[int]:
        """Where "..." looks: the whole clause and verbs joined to it, but for who does it."""
        sentence, predicate = self.sentence, self.predicate
        found = {*self.near, *sentence.subtree(predicate.head, without=_RELATIVE_CLAUSE)}
        for joined in sentence.related(predicate.head, "conjunct"):
            if sentence.related(joined, "subject", "passive_subject"):
                found.difference_update(sentence.subtree(joined))
        for agent in self._agents if not predicate.nominal else ():
            found.difference_update(sentence.subtree(agent, without=_OTHER))
            found.update(sentence.related(agent, "determiner", "negation", "preconj"))  # "no country will …"
        breaks = [t.i for t in sentence.tokens if t.text == ";"]
        first = max((i for i in breaks if i < predicate.head), default=-1)
        last = min((i for i in breaks if i > predicate.head), default=len(sentence.tokens))
        return sorted(i for i in found if first < i < last and i != predicate.head)

    @cached_property
    def own(self) -> frozenset[int]:
        """The tokens of the source's own phrase, which fill no other slot."""
        sentence, predicate = self.sentence, self.predicate
        if predicate.nominal:
            return frozenset()
        phrases = (sentence.subtree(agent, without=_SIDE_CLAUSES) for agent in self._agents)
        found = frozenset(i for phrase in phrases for i in phrase)
        if sentence.language != "es":
            return found
        # "pidió el alcalde a Maduro": the parser hangs the addressee from the subject.
        marked = (i for i in found if sentence.tokens[i].lower in _ADDRESSING and i > predicate.head)
        return found.difference(*(sentence.subtree(i) for i in marked))

    def with_joined(self, words: Sequence[int]) -> list[int]:
        """Return the wide zone with a quotation before the head, and the joined verb of some words met."""
        found = set(self.wide)
        for said in self.sentence.related(self.predicate.head, "complement"):
            if said < self.predicate.head:
                found.update(self.sentence.subtree(said))
        for joined in self.sentence.related(self.predicate.head, "conjunct"):
            below = self.sentence.subtree(joined)
            if not set(below).isdisjoint(words):
                found.update(below)
        return sorted(found)

    def bare(self, used: Collection[str]) -> list[int]:
        """Return the words behind the head without a preposition, and the phrase of its patient.

        `used` are the prepositions that a pattern names: "of" binds nouns unless the pattern asks for it.
        """
        sentence, predicate = self.sentence, self.predicate
        found: list[int] = []
        passed: set[int] = set()
        for i in self.near:
            token = sentence.tokens[i]
            stops = token.pos == "ADP" and token.relation != "particle"
            if stops and not self._goes_on_behind(token.lower, used):
                if sentence.language != "es":
                    break
                passed.update(sentence.subtree(i))  # "firmó con Perú el acuerdo": the object comes last
            if i not in passed:
                found.append(i)
        owned = sentence.children[predicate.head] if predicate.nominal else ()
        return [*found, *self._around, *(i for i in owned if i < predicate.head)]

    @cached_property
    def _around(self) -> list[int]:
        """The phrases of patients that stand before the head, and the clauses behind it."""
        sentence, predicate = self.sentence, self.predicate
        before = [p for p in predicate.patients if predicate.passive or p < predicate.head]
        patients = [i for p in before for i in sentence.subtree(p, without=_RELATIVE_CLAUSE)]
        return [*patients, *(i for i in self.near if sentence.tokens[i].relation in CLAUSES)]

    def _goes_on_behind(self, preposition: str, used: Collection[str]) -> bool:
        if self.sentence.language == "es" and preposition in {"a", "al"}:
            return True  # it marks an object
        return preposition in {"of", "de", "del"} and preposition not in used

    @cached_property
    def _apart(self) -> set[int]:
        """The tokens of clauses that say something of their own."""
        sentence = self.sentence
        found: set[int] = set()
        for token in sentence.tokens[self.predicate.head + 1 :]:
            has_subject = sentence.related(token.i, "subject", "passive_subject")
            is_clause = token.relation in _OTHER or (token.relation == "adverbial_clause" and has_subject)
            # "asked Maduro not to take office and to hand power over" asks for both.
            above = sentence.tokens[token.head].relation
            if token.relation == "conjunct" and above in CLAUSES and not has_subject:
                is_clause = False
            if is_clause and token.pos in {"VERB", "AUX"}:
                found.update(sentence.subtree(token.i))
        return found

    def _behind_governor(self) -> list[int]:
        """Return what follows a noun but hangs from its verb: "imposed sanctions on", "aid came from"."""
        sentence, head = self.sentence, self.predicate.head
        token = sentence.tokens[head]
        carried = token.relation == "subject" and not self._light.isdisjoint(
            sentence.tokens[token.head].forms
        )
        if token.relation not in {"object", "passive_subject"} and not carried:
            return []
        return [i for i in sentence.subtree(token.head) if i > head]


def introduced_by(sentence: Sentence, preposition: int) -> list[int]:
    """Return the words that a preposition (or "to", "that", "as") introduces, the nearest first."""
    own = [i for i in sentence.subtree(preposition) if i > preposition]
    near = range(preposition + 1, min(preposition + REACH, len(sentence.tokens)))
    return own or list(near)
