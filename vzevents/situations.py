"""Predicates -> situations: whether it happened, was denied, meant, supposed or alleged, by whose word.

The words that decide stand in the codebook (words.yaml): this module knows only how clauses hang together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from vzevents.roles import Predicate, governor, subjects
from vzevents.sentences import Sentence

_CLAUSAL = {
    "complement",
    "prepositional_clause",
    "noun_clause",
    "adverbial_clause",
    "relative_clause",
    "conjunct",
}
_DEPTH = 8
_BREAKS = {";", ":"}


@dataclass(frozen=True, slots=True)
class Situation:
    """How an act stands in its sentence.

    `refusal` is a reject reason or None; `intended` says that it is announced, not done; `accuser` and
    `speakers` are token numbers of the verb of accusation and of those whose word it is; `on_condition` says
    that it is announced for the case that something else happens; `ended` is the token of "no longer".
    """

    refusal: str | None = None
    intended: bool = False
    accuser: int | None = None
    speakers: tuple[int, ...] = ()
    background: bool = False
    on_condition: bool = False
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """One link of the chain from a clause to the word that it hangs from."""

    clause: int
    relation: str
    above: int


class SituationReader:
    """Reads situations with the word sets of one language."""

    def __init__(self, words: Mapping[str, frozenset[str]]) -> None:
        self._words = words

    def read(self, sentence: Sentence, predicate: Predicate) -> Situation:
        """Return how the act of a predicate stands in its sentence."""
        if sentence.text.rstrip(" \"'”»").endswith("?"):
            return Situation("question")
        if predicate.nominal:
            return self._nominal(sentence, predicate.head)
        return self._verbal(sentence, predicate.head)

    def _is(self, sentence: Sentence, i: int, *sets: str) -> bool:
        forms = sentence.tokens[i].forms
        return any(forms & self._words.get(name, frozenset()) for name in sets)

    def _nominal(self, sentence: Sentence, noun: int) -> Situation:
        if any(self._is(sentence, c, "negators") for c in sentence.related(noun, "determiner", "modifier")):
            return Situation("negated")
        above = governor(sentence, noun)
        before = sentence.tokens[noun].head
        if self._is(sentence, before, "negators"):
            return Situation("negated")
        if above is None or sentence.tokens[above].pos != "VERB":
            return Situation()
        acted_on = sentence.tokens[noun].relation in {"object", "passive_subject", "prepositional_object"}
        if acted_on and self._is(sentence, above, "denying", "preventing"):
            return Situation("denied" if self._is(sentence, above, "denying") else "negated")
        if self._is(sentence, above, "supposing"):
            return Situation("hypothetical")
        if self._is(sentence, above, "carrying_out"):
            return self._verbal(sentence, above)
        return Situation()

    def _verbal(self, sentence: Sentence, verb: int) -> Situation:
        own = self._own(sentence, verb)
        if own.refusal:
            return own
        intended, background = own.intended, False
        for step in _chain(sentence, verb):
            if step.relation == "conjunct":
                found, goes_on = self._across_conjunct(sentence, step)
            elif step.relation in {"relative_clause", "adverbial_clause"}:
                found, goes_on = self._across_side_clause(sentence, step), False
                background = step.relation == "relative_clause"
            else:
                found, goes_on = self._across_complement(sentence, step)
            intended = intended or found.intended
            if found.refusal or found.accuser is not None or found.speakers or not goes_on:
                return replace(found, intended=intended, background=background, on_condition=own.on_condition)
        return replace(own, intended=intended, background=background)

    def _own(self, sentence: Sentence, verb: int) -> Situation:
        """Read negation, modal and marker of the clause itself."""
        before = [c for c in sentence.children[verb] if c < verb]
        modals = [c for c in sentence.related(verb, "auxiliary") if sentence.tokens[c].lower != "to"]
        intended = any(self._is(sentence, c, "future") for c in modals) or _tense(sentence, verb) == "VBF"
        for adverb in (c for c in before if self._is(sentence, c, "ended")):
            beside = sentence.related(verb, "negation") if sentence.language == "es" else []
            if any(self._is(sentence, c, "negators") for c in (*sentence.children[adverb], *beside)):
                return Situation("negated", ended=adverb)
        if self._is_negated(sentence, verb, before):
            return Situation("negated", intended)
        if any(self._is(sentence, c, "conditions") for c in before):
            return Situation("conditional")
        unreal = intended and any(sentence.tokens[c].lemma == "have" for c in modals)  # "would have signed"
        unreal = unreal or _tense(sentence, verb) == "VBC"  # what "would" happen, or is only said to have
        if unreal or any(self._is(sentence, c, "possibility") for c in modals):
            return Situation("hypothetical")
        return Situation(intended=intended, on_condition=intended and self._has_condition(sentence, verb))

    def _has_condition(self, sentence: Sentence, verb: int) -> bool:
        clauses = sentence.related(verb, "adverbial_clause")
        return any(
            self._is(sentence, c, "conditions") for clause in clauses for c in sentence.children[clause]
        )

    def _is_negated(self, sentence: Sentence, verb: int, before: list[int]) -> bool:
        """Whether a clause says no: "did not", "no country did", "arrested nobody"."""
        # "Without warning, police fired" denies the warning, not the shots.
        said = [c for c in before if sentence.tokens[c].relation not in {"punct", "preposition"}]
        said = [c for c in said if sentence.tokens[c].pos != "ADP" or not sentence.children[c]]
        said += sentence.related(verb, "negation")  # "is not" stands behind its verb
        for phrase in sentence.related(verb, "subject", "passive_subject", "object"):
            said += [phrase, *(c for c in sentence.children[phrase] if c < phrase)]
        return any(
            sentence.tokens[c].relation == "negation" or self._is(sentence, c, "negators") for c in said
        )

    def _across_conjunct(self, sentence: Sentence, step: _Step) -> tuple[Situation, bool]:
        if sentence.related(step.clause, "subject", "passive_subject"):
            # "Guaidó said A and B did C": a clause of its own.
            return Situation(), False
        above = self._own(sentence, step.above)
        joined_by_or = any(self._is(sentence, c, "alternatives") for c in sentence.related(step.above, "cc"))
        if above.refusal == "negated" and not joined_by_or:
            above = Situation()
        own_auxiliary = sentence.related(step.clause, "auxiliary", "passive_auxiliary")
        return (Situation() if own_auxiliary else above), True

    def _across_side_clause(self, sentence: Sentence, step: _Step) -> Situation:
        """Read a relative or adverbial clause: aims are no acts, habits in the present are states."""
        if step.relation == "adverbial_clause" and _is_infinitive(sentence, step.clause):
            return Situation("not_an_act")
        if sentence.tokens[step.clause].tag == "VBS":
            return Situation("hypothetical")  # "los alcaldes que no colaboren"
        habit = sentence.tokens[step.clause].tag in {"VBP", "VBZ"}
        habit = habit and not self._is(sentence, step.above, "tools")  # "a letter in which they demand"
        return Situation("state" if habit and step.relation == "relative_clause" else None)

    def _across_complement(self, sentence: Sentence, step: _Step) -> tuple[Situation, bool]:
        above = step.above
        between = (sentence.tokens[step.clause].head, *range(above + 1, step.clause))
        yet = _is_infinitive(sentence, step.clause) and any(
            self._is(sentence, i, "unfulfilled") for i in between
        )
        if yet or (step.relation == "prepositional_clause" and self._is(sentence, between[0], "negators")):
            return Situation("negated"), False
        if self._is(sentence, above, "reporting"):
            return Situation(speakers=tuple(subjects(sentence, above))), False
        if self._is(sentence, above, "denying"):
            return Situation("denied"), False
        if self._is(sentence, above, "accusing"):
            return Situation(accuser=above), False
        if self._is(sentence, above, "preventing"):
            return Situation("negated"), False
        if self._is(sentence, above, "supposing"):
            return Situation("hypothetical"), False
        if sentence.tokens[above].pos in {"NOUN", "PROPN", "PRON"}:
            return self._across_noun(sentence, step)
        outer = self._own(sentence, above)
        opener = sentence.tokens[step.clause].head
        if any(self._is(sentence, i, "afterwards") for i in (opener, opener - 1) if i >= 0):
            return outer, True  # "tras reunirse", "antes de partir": told as a fact
        if self._is(sentence, above, "intending"):
            return Situation(outer.refusal, intended=True), True
        if _is_infinitive(sentence, step.clause) and self._is(sentence, above, "bound"):
            return Situation(outer.refusal, intended=True), True  # "is to visit Peru"
        if _is_infinitive(sentence, step.clause) and not self._is(sentence, above, "implying"):
            return Situation(outer.refusal or "not_an_act"), False
        return outer, True

    def _across_noun(self, sentence: Sentence, step: _Step) -> tuple[Situation, bool]:
        if any(self._is(sentence, c, "negators") for c in sentence.related(step.above, "determiner")):
            return Situation("negated"), False
        noun = step.above
        ordinal = any(
            self._is(sentence, t, "ordinals") for t in sentence.subtree(_top(sentence, noun)) if t <= noun
        )
        if not _is_infinitive(sentence, step.clause) or ordinal:
            return Situation(background=not ordinal), False
        if self._is(sentence, noun, "decisions"):
            return Situation(), False
        return Situation("not_an_act"), False


def _chain(sentence: Sentence, verb: int) -> Iterator[_Step]:
    """Yield the links from a verb up to the main clause; a misread infinitive counts as a complement."""
    at = verb
    for _ in range(_DEPTH):
        token = sentence.tokens[at]
        above = governor(sentence, at)
        if above is None:
            return
        apart = any(sentence.tokens[i].text in _BREAKS for i in range(min(at, above), max(at, above)))
        if apart or token.relation == "parataxis":
            return  # a main clause of its own
        relation = token.relation if token.relation in _CLAUSAL else "complement"
        if relation == "complement" and token.relation == "ROOT":
            return
        yield _Step(at, relation, above)
        at = above


def _top(sentence: Sentence, noun: int) -> int:
    while sentence.tokens[noun].relation in {"prepositional_object", "preposition", "compound"}:
        noun = sentence.tokens[noun].head
    return noun


def _tense(sentence: Sentence, verb: int) -> str:
    """Return the tag that carries the tense: that of the auxiliary where there is one."""
    carriers = sentence.related(verb, "auxiliary", "passive_auxiliary")
    finite = [c for c in carriers if sentence.tokens[c].tag in {"VBF", "VBC"}]
    return sentence.tokens[finite[0] if finite else verb].tag


def _is_infinitive(sentence: Sentence, verb: int) -> bool:
    if sentence.language == "es":
        return sentence.tokens[verb].tag == "VB"
    if any(sentence.tokens[c].lower == "to" for c in sentence.related(verb, "auxiliary")):
        return True
    return verb > 0 and sentence.tokens[verb - 1].lower == "to"
