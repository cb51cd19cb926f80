"""Predicates + patterns -> matches: which rules a predicate meets, and who fills the slots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from vzevents.codebook.patterns import Element, Pattern, Slot
from vzevents.roles import Predicate
from vzevents.sentences import Sentence
from vzevents.slots import (
    Surroundings,
    candidates,
    find_prepositions,
    is_own_object,
    needs_preposition,
    two_sides,
)
from vzevents.zones import CLAUSES, Zone, introduced_by

# Takes the token number of a phrase's head, and conditions; the condition "known" asks for any known actor.
Fits = Callable[[int, frozenset[str]], bool]
_KNOWN = frozenset({"known"})
_FREE = -1  # stands for the words that a rule asks for which asks for none: they are always there


@dataclass(frozen=True)
class Rule:
    """A pattern with the code or operator it leads to; `rank` is its place in the codebook."""

    key: str  # event code or operator id
    pattern: Pattern
    rank: int

    @cached_property
    def phrased(self) -> tuple[Element, ...]:
        """The elements it cannot do without that several words in a row may meet."""
        return tuple(e for e in self.pattern.elements if _must_be_met(e) and e.openers)

    def needs(self) -> Iterator[frozenset[str]]:
        """Yield sets of words: a sentence without any of one cannot meet the rule, whatever its grammar."""
        subject = self.pattern.subject
        if subject and subject.name != "S&T" and subject.words and not subject.conditions:
            yield subject.words
        for element in self.pattern.elements:
            if element.optional:
                continue
            if _must_be_met(element):
                yield element.words | element.openers
            if element.kind == "words" and element.prepositions:
                yield element.prepositions
            if element.slot is not None:
                if element.slot.words and not element.slot.conditions:
                    yield element.slot.words
                if element.prepositions and needs_preposition(element):
                    yield element.prepositions

    @property
    def rule_id(self) -> str:
        """The code and the pattern as written: what a reader looks up."""
        return f"{self.key}:{self.pattern.text}"


@dataclass(frozen=True, slots=True)
class Match:
    """A rule met by a predicate: heads of the phrases in its slots, the words met, the acts inside."""

    rule: Rule
    predicate: Predicate
    slots: Mapping[str, tuple[int, ...]]
    words: tuple[int, ...]
    acts: tuple[int, ...] = field(default=())
    known: int = 0  # slots filled by actors that the codebook knows

    @property
    def strength(self) -> tuple[int, int, int]:
        """Sort key: weight and known actors, then more slots filled, then the earlier pattern."""
        filled = sum(bool(heads) for heads in self.slots.values())
        return self.rule.pattern.weight + 2 * self.known, filled, -self.rule.rank


def _must_be_met(element: Element) -> bool:
    return element.kind in {"words", "anywhere"} and not element.optional


class _Asking(NamedTuple):
    """A rule, the particle that its head needs, if any, and the numbers of the sets of words it asks for."""

    rule: Rule
    particle: str | None
    asked: frozenset[int]


class _Headed:
    """The rules of one head: each under the smallest set of words that it asks for, if it asks.

    They lie in one list, with numbers that say where those of a set begin and end: a list for each set
    would be a hundred thousand lists, which the garbage collector walks through again and again.
    """

    __slots__ = ("_places", "_rules")

    def __init__(self, groups: Mapping[int, Sequence[_Asking]]) -> None:
        self._rules: list[_Asking] = []
        self._places: dict[int, tuple[int, int]] = {}
        for number, rules in groups.items():
            start = len(self._rules)
            self._rules.extend(rules)
            self._places[number] = (start, len(self._rules))

    def all(self) -> Iterator[Rule]:
        """Yield all rules."""
        return (asking.rule for asking in self._rules)

    def able(self, there: Set[int], particles: Collection[str]) -> Iterator[Rule]:
        """Yield the rules that find all they ask for, and the particle of the head."""
        for number in self._places.keys() & there:
            start, end = self._places[number]
            for rule, particle, asked in self._rules[start:end]:
                if (particle is None or particle in particles) and asked <= there:
                    yield rule


class Matcher:
    """The rules of one language by head word."""

    def __init__(self, rules: Iterable[Rule], *, light: frozenset[str] = frozenset()) -> None:
        self._light = light
        verbal: dict[str, dict[int, list[_Asking]]] = {}
        nominal: dict[str, dict[int, list[_Asking]]] = {}
        numbers: dict[frozenset[str], int] = {}  # rules often ask for the same words
        by_number: list[frozenset[str]] = []
        for rule in rules:
            index = nominal if rule.pattern.nominal else verbal
            needs = list(rule.needs())
            for words in needs:
                if words not in numbers:
                    numbers[words] = len(by_number)
                    by_number.append(words)
            asked = frozenset(numbers[words] for words in needs)
            seldom = min(asked, key=lambda n: (len(by_number[n]), n), default=_FREE)
            made: dict[str | None, _Asking] = {}  # many heads have the same particle: none
            for head, particle in rule.pattern.heads:
                asking = made.setdefault(particle, _Asking(rule, particle, asked))
                index.setdefault(head, {}).setdefault(seldom, []).append(asking)
        self._verbal = {head: _Headed(groups) for head, groups in verbal.items()}
        self._nominal = {head: _Headed(groups) for head, groups in nominal.items()}
        met_by: dict[str, set[int]] = {}
        for number, words in enumerate(by_number):
            for word in words:
                met_by.setdefault(word, set()).add(number)
        self._met_by_word = {word: frozenset(found) for word, found in met_by.items()}

    @cached_property
    def verbs(self) -> frozenset[str]:
        """All words that head a verbal pattern."""
        return frozenset(self._verbal)

    @cached_property
    def nouns(self) -> frozenset[str]:
        """All words that head a nominal pattern."""
        return frozenset(self._nominal)

    def headed_by(self, words: Iterable[str]) -> list[Rule]:
        """Return the rules that any of these words heads, in the order of the codebook."""
        headed = (index[w] for w in words for index in (self._verbal, self._nominal) if w in index)
        found = {rule.rank: rule for one in headed for rule in one.all()}
        return [found[rank] for rank in sorted(found)]

    def match(
        self, sentence: Sentence, predicates: Iterable[Predicate], fits: Fits
    ) -> dict[int, list[Match]]:
        """Return the rules that each predicate of a sentence meets, by its head, in no order."""
        met = (self._met_by_word[word] for word in sentence.forms if word in self._met_by_word)
        there = frozenset((_FREE,)).union(*met)
        places = _Places(sentence)
        return {p.head: list(self._met_by(p, places, there, fits)) for p in predicates}

    def _met_by(self, predicate: Predicate, places: _Places, there: Set[int], fits: Fits) -> Iterator[Match]:
        index = self._nominal if predicate.nominal else self._verbal
        headed = (index[word] for word in predicate.lemmas if word in index)
        rules = {rule.rank: rule for one in headed for rule in one.able(there, predicate.particles)}
        able = [rules[rank] for rank in sorted(rules) if all(map(places.of, rules[rank].phrased))]
        if not able:
            return
        known = [agent for agent in predicate.agents if fits(agent, _KNOWN)]
        zone = Zone(places.sentence, predicate, light=self._light, agents=known)
        for rule in able:
            match = _try(zone, places, rule, fits)
            if match:
                yield match


class _Places:
    """Where the words of elements stand in a sentence; many rules ask for the same ones."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self._found: dict[frozenset[str], dict[int, int]] = {}

    def of(self, element: Element) -> dict[int, int]:
        """Return the tokens at which the words of an element begin, with how many tokens they are."""
        found = self._found.get(element.words)
        if found is None:
            found = self._found[element.words] = _lengths(self.sentence, element)
        return found


def _try(zone: Zone, places: _Places, rule: Rule, fits: Fits) -> Match | None:
    sentence, predicate, pattern = zone.sentence, zone.predicate, rule.pattern
    if pattern.subject and pattern.subject.name != "S&T" and not _may_be_subject(zone, pattern.subject, fits):
        return None
    met = _met(zone, places, pattern)
    if met is None:
        return None
    words = [i for element, tokens in met if element.kind != "act" for i in tokens]
    slots: dict[str, tuple[int, ...]] = {}
    for element in pattern.elements:
        if element.slot is None:
            continue
        wide = zone.with_joined(words) if element.prepositions else zone.near
        before = _met_before(element, pattern, met)
        things = [i for e, tokens in met if not e.prepositions for i in tokens if e.kind == "words"]
        around = Surroundings(sentence, predicate, wide, words, before, things, zone.own)
        taken = {head for heads in slots.values() for head in heads}
        filled_now = _fill(around, element, fits, taken)
        if filled_now is None and not element.optional:
            return None
        for name, heads in (filled_now or {}).items():
            slots[name] = (*slots.get(name, ()), *heads)
    subject = _subject(zone, pattern, slots, words, fits)
    if subject is None:
        return None
    filled = {**subject, **slots}
    known = sum(any(fits(head, _KNOWN) for head in heads) for heads in filled.values())
    acts = tuple(i for element, tokens in met if element.kind == "act" for i in tokens)
    return Match(rule, predicate, filled, tuple(words), acts, known)


def _met(zone: Zone, places: _Places, pattern: Pattern) -> list[tuple[Element, list[int]]] | None:
    """Return each element that is no slot with the tokens that meet it; None where one is not met."""
    found: list[tuple[Element, list[int]]] = []
    for element in pattern.elements:
        if element.kind == "slot":
            continue
        taken = {i for _, tokens in found for i in tokens}
        tokens = [i for i in _meet(zone, places, element, pattern, taken) if i not in taken]
        if (element.kind == "never") == bool(tokens) and not element.optional:
            return None
        found.append((element, tokens if element.kind not in {"never", "any"} else []))
    return found


def _met_before(slot: Element, pattern: Pattern, met: list[tuple[Element, list[int]]]) -> list[int]:
    """Return the tokens met by what a pattern names before a slot."""
    place = next(n for n, element in enumerate(pattern.elements) if element is slot)
    earlier = {id(element) for element in pattern.elements[:place]}
    return [i for element, tokens in met if id(element) in earlier for i in tokens]


def _fill(
    around: Surroundings, element: Element, fits: Fits, taken: Collection[int]
) -> dict[str, tuple[int, ...]] | None:
    """Return who fills a slot: the first phrase that fits and is somebody known, else the first that fits."""
    slot = element.slot
    if slot is None:
        return None
    best: tuple[int, ...] | None = None
    for phrase in candidates(around, element):
        heads = tuple(h for h in phrase if h not in taken and _suits(around.sentence, h, slot, fits))
        known = any(fits(h, _KNOWN) for h in heads)
        if not heads or (element.anywhere and not slot.words and not fits(heads[0], _KNOWN)):
            continue  # so far from the pattern only somebody known is meant
        first = best is None
        if first or known:
            best = heads
        if known or (first and is_own_object(around, element, heads)):
            break
    if best is None:
        return None
    heads = best
    if slot.name != "S&T":
        return {slot.name: heads}
    sides = two_sides(around.sentence, heads)
    return {"S": sides[0], "T": sides[1]} if sides else None


def _suits(sentence: Sentence, head: int, slot: Slot, fits: Fits) -> bool:
    """Whether a phrase meets one of a slot's conditions; a slot without any takes everybody."""
    if slot.words and sentence.tokens[head].forms & slot.words:
        return True
    return fits(head, slot.conditions) if slot.conditions or not slot.words else False


def _may_be_subject(zone: Zone, slot: Slot, fits: Fits) -> bool:
    """Whether somebody stands before the head whom a pattern takes there: cheap, and often nobody does."""
    if not slot.conditions and not slot.words:
        return True
    return any(_suits(zone.sentence, head, slot, fits) for head in zone.predicate.agents)


def _subject(
    zone: Zone,
    pattern: Pattern,
    slots: Mapping[str, tuple[int, ...]],
    words: Collection[int],
    fits: Fits,
) -> dict[str, tuple[int, ...]] | None:
    """Return who fills the slot before the head; S where the pattern names none."""
    sentence, predicate, slot = zone.sentence, zone.predicate, pattern.subject
    if slot is None:
        # A thing that the pattern speaks of does not act: "el atentado" is no subject of "se atribuyó".
        acting = tuple(agent for agent in predicate.agents if predicate.nominal or agent not in words)
        return {} if "S" in slots else {"S": acting}
    heads = tuple(h for h in predicate.agents if _suits(sentence, h, slot, fits))
    if slot.name == "S&T":
        sides = two_sides(sentence, heads)
        return {"S": sides[0], "T": sides[1]} if sides else None
    if (slot.conditions or slot.words) and not heads:
        return None
    return {slot.name: heads}


def _meet(
    zone: Zone, places: _Places, element: Element, pattern: Pattern, taken: Collection[int]
) -> list[int]:
    """Return the tokens that meet an element that is not a slot; each element needs some of its own."""
    sentence, head = zone.sentence, zone.predicate.head
    if element.kind == "act":
        return list(_acts(zone, element))
    if element.kind == "never" and not element.prepositions:
        # "said that it recognized": what opens the clause says nothing about the act.
        before = [i for i in sentence.children[head] if i < head and sentence.tokens[i].relation != "marker"]
        lengths = places.of(element)
        return [i for i in zone.near + before if i in lengths] if lengths else []
    if element.kind == "anywhere":
        return _first(places.of(element), (i for i in zone.everywhere if i not in taken))
    if element.prepositions:
        behind = _behind(sentence, find_prepositions(sentence, element.prepositions, zone.wide))
        return _first(places.of(element), (i for i in behind if i not in taken))
    bare = zone.bare({p for e in pattern.elements for p in e.prepositions})
    return _first(places.of(element), (i for i in bare if i not in taken))


def _behind(sentence: Sentence, prepositions: Iterable[int]) -> Iterator[int]:
    """Yield the words behind some prepositions, each once: a chain of a thousand "of" is read once."""
    seen: set[int] = set()
    for preposition in prepositions:
        if preposition not in seen:
            fresh = [i for i in introduced_by(sentence, preposition) if i not in seen]
            seen.update(fresh)
            yield from fresh


def _first(lengths: Mapping[int, int], around: Iterable[int]) -> list[int]:
    """Return the tokens of the first place where the words of an element stand."""
    start = next((i for i in around if i in lengths), None) if lengths else None
    return [] if start is None else list(range(start, start + lengths[start]))


def _lengths(sentence: Sentence, element: Element) -> dict[int, int]:
    """Return the tokens at which the words of an element begin, with how many tokens they are."""
    places = sentence.places
    if not element.words:  # any word
        return {token.i: 1 for token in sentence.tokens if token.pos not in {"PUNCT", "SYM", "X"}}
    found = {i: 1 for word in element.words & sentence.forms for i in places[word]}
    openers = element.openers
    for opener in sorted(openers & sentence.forms) if openers else ():
        for phrase in element.phrases[opener]:
            for i in places[opener]:
                tokens = sentence.tokens[i : i + len(phrase)]
                if len(tokens) == len(phrase) and all(
                    word in token.forms for word, token in zip(phrase, tokens, strict=True)
                ):
                    found.setdefault(i, len(phrase))
    return found


def _acts(zone: Zone, element: Element) -> Iterator[int]:
    """Yield the heads of the clauses or nouns that may name the act inside this one."""
    sentence, predicate = zone.sentence, zone.predicate
    if not element.prepositions:
        plain = CLAUSES - {"prepositional_clause"}
        yield from (
            i for i in zone.near if sentence.tokens[i].relation in plain or _is_plain_object(sentence, i)
        )
        return
    near = {predicate.head, *predicate.patients, *predicate.recipients}
    near |= set(sentence.related(predicate.head, "predicate_adjective", "predicate_noun"))
    for preposition in find_prepositions(sentence, element.prepositions, zone.near):
        token = sentence.tokens[preposition]
        if token.pos in {"PART", "SCONJ"} and token.head > preposition:
            # "to" and "that" are markers of the verb that they stand before, not prepositions above it.
            if sentence.tokens[token.head].head in near:
                yield token.head
        elif token.lower != "to":
            yield from (
                i for i in introduced_by(sentence, preposition) if sentence.tokens[i].pos in {"VERB", "NOUN"}
            )


def _is_plain_object(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].relation == "object" and sentence.tokens[i].pos == "NOUN"
