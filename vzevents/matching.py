"""Predicates + patterns -> matches: which rules a predicate meets, and who fills the slots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vzevents.codebook.patterns import Element, Pattern
from vzevents.roles import Predicate
from vzevents.sentences import Sentence
from vzevents.slots import REACH, candidates, find_prepositions, two_sides

# Takes the token number of a phrase's head, and conditions; the condition "known" asks for any known actor.
Fits = Callable[[int, frozenset[str]], bool]
_CLAUSES = {"complement", "prepositional_clause", "noun_clause", "adverbial_clause"}
_OTHER = {"relative_clause", "conjunct"}
_KNOWN = frozenset({"known"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with the code or operator it leads to; `rank` is its place in the codebook."""

    key: str  # event code or operator id
    pattern: Pattern
    rank: int

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


class Matcher:
    """The rules of one language by head word."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._verbal: dict[str, list[Rule]] = {}
        self._nominal: dict[str, list[Rule]] = {}
        for rule in rules:
            index = self._nominal if rule.pattern.nominal else self._verbal
            for head, _ in rule.pattern.heads:
                index.setdefault(head, []).append(rule)

    @property
    def verbs(self) -> frozenset[str]:
        """All words that head a verbal pattern."""
        return frozenset(self._verbal)

    @property
    def nouns(self) -> frozenset[str]:
        """All words that head a nominal pattern."""
        return frozenset(self._nominal)

    def headed_by(self, words: Iterable[str]) -> list[Rule]:
        """Return the rules that any of these words heads, in the order of the codebook."""
        found = {
            r.rank: r for w in words for index in (self._verbal, self._nominal) for r in index.get(w, ())
        }
        return [found[rank] for rank in sorted(found)]

    def match(self, sentence: Sentence, predicate: Predicate, fits: Fits) -> list[Match]:
        """Return the rules that a predicate meets, in no order."""
        index = self._nominal if predicate.nominal else self._verbal
        rules = {r.rank: r for word in predicate.lemmas for r in index.get(word, ())}
        zone = _zone(sentence, predicate)
        tried = (_try(sentence, predicate, rule, zone, fits) for rule in rules.values())
        return [m for m in tried if m]


def _zone(sentence: Sentence, predicate: Predicate) -> list[int]:
    """Return the tokens behind a head that may belong to its pattern: its own, and the next few words."""
    head = predicate.head
    apart: set[int] = set()
    for token in sentence.tokens[head + 1 :]:
        has_subject = sentence.related(token.i, "subject", "passive_subject")
        is_clause = token.relation in _OTHER or (token.relation == "adverbial_clause" and has_subject)
        if is_clause and token.pos in {"VERB", "AUX"}:
            apart.update(sentence.subtree(token.i))
    own = [i for i in sentence.subtree(head) if i > head and i not in apart]
    near = []
    for token in sentence.tokens[head + 1 : head + 6]:
        if token.i in apart or token.text in {";", ":"}:
            break
        near.append(token.i)
    behind = _behind_governor(sentence, predicate) if predicate.nominal else []
    return sorted({*own, *near, *(i for i in behind if i not in apart)})


def _behind_governor(sentence: Sentence, predicate: Predicate) -> list[int]:
    """Return what follows a noun but hangs from its verb: "imposed sanctions on …"."""
    token = sentence.tokens[predicate.head]
    if token.relation not in {"object", "passive_subject"}:
        return []
    return [i for i in sentence.subtree(token.head) if i > predicate.head]


def _try(sentence: Sentence, predicate: Predicate, rule: Rule, zone: list[int], fits: Fits) -> Match | None:
    pattern = rule.pattern
    if not any(w in predicate.lemmas and (p is None or p in predicate.particles) for w, p in pattern.heads):
        return None
    slots: dict[str, tuple[int, ...]] = {}
    words: list[int] = []
    acts: list[int] = []
    for element in pattern.elements:
        if element.kind == "slot":
            continue
        met = _meet(sentence, predicate, element, zone, pattern)
        if (element.kind == "never") == bool(met) and not element.optional:
            return None
        (acts if element.kind == "act" else words).extend(met if element.kind not in {"never", "any"} else [])
    for element in pattern.elements:
        if element.slot is not None:
            filled_now = _fill(sentence, predicate, element, zone, words, fits)
            if filled_now is None and not element.optional:
                return None
            slots.update(filled_now or {})
    subject = _subject(sentence, predicate, pattern, slots, fits)
    if subject is None:
        return None
    filled = {**subject, **slots}
    known = sum(any(fits(head, _KNOWN) for head in heads) for heads in filled.values())
    return Match(rule, predicate, filled, tuple(words), tuple(acts), known)


def _fill(
    sentence: Sentence,
    predicate: Predicate,
    element: Element,
    zone: list[int],
    words: list[int],
    fits: Fits,
) -> dict[str, tuple[int, ...]] | None:
    """Return who fills a slot: the first phrase that fits and is somebody known, else the first that fits."""
    slot = element.slot
    if slot is None:
        return None
    found = candidates(sentence, predicate, element, zone, words)
    fitting = [fit for heads in found if (fit := tuple(h for h in heads if fits(h, slot.conditions)))]
    if not fitting:
        return None
    heads = next((heads for heads in fitting if any(fits(h, _KNOWN) for h in heads)), fitting[0])
    if slot.name != "S&T":
        return {slot.name: heads}
    sides = two_sides(sentence, heads)
    return {"S": sides[0], "T": sides[1]} if sides else None


def _subject(
    sentence: Sentence,
    predicate: Predicate,
    pattern: Pattern,
    slots: Mapping[str, tuple[int, ...]],
    fits: Fits,
) -> dict[str, tuple[int, ...]] | None:
    """Return who fills the slot before the head; S where the pattern names none."""
    if pattern.subject is None:
        return {} if "S" in slots else {"S": predicate.agents}
    heads = tuple(h for h in predicate.agents if fits(h, pattern.subject.conditions))
    if pattern.subject.name == "S&T":
        sides = two_sides(sentence, heads)
        return {"S": sides[0], "T": sides[1]} if sides else None
    if pattern.subject.conditions and not heads:
        return None
    return {pattern.subject.name: heads}


def _meet(
    sentence: Sentence, predicate: Predicate, element: Element, zone: list[int], pattern: Pattern
) -> list[int]:
    """Return the tokens that meet an element that is not a slot."""
    if element.kind == "never" and not element.prepositions:
        around = zone + [i for i in sentence.children[predicate.head] if i < predicate.head]
        return [i for i in around if _is_one_of(sentence, i, element.words)]
    if element.kind == "anywhere":
        around = [*zone, *(i for i in sentence.subtree(predicate.head) if i < predicate.head)]
        return [i for i in around if _is_one_of(sentence, i, element.words)][:1]
    if element.kind == "act":
        return list(_acts(sentence, predicate, element, zone))
    if element.prepositions:
        behind = (
            i for p in find_prepositions(sentence, element.prepositions, zone) for i in _behind(sentence, p)
        )
        return [i for i in behind if _is_asked(sentence, i, element)][:1]
    bare = _bare(sentence, predicate, zone, pattern)
    return [i for i in bare if _is_asked(sentence, i, element)][:1]


def _is_asked(sentence: Sentence, i: int, element: Element) -> bool:
    if element.kind == "any":
        return sentence.tokens[i].pos not in {"PUNCT", "SYM", "X"}
    return _is_one_of(sentence, i, element.words)


def _is_one_of(sentence: Sentence, i: int, words: frozenset[str]) -> bool:
    return not words.isdisjoint(sentence.tokens[i].forms)


def _behind(sentence: Sentence, preposition: int) -> list[int]:
    """Return the words that a preposition (or "to", "that", "as") introduces, the nearest first."""
    own = [i for i in sentence.subtree(preposition) if i > preposition]
    near = range(preposition + 1, min(preposition + REACH, len(sentence.tokens)))
    return own or list(near)


def _bare(sentence: Sentence, predicate: Predicate, zone: list[int], pattern: Pattern) -> list[int]:
    """Return the words that stand behind a head without a preposition, and the phrase of its patient."""
    patients = [i for p in predicate.patients for i in sentence.subtree(p)] if predicate.passive else []
    clauses = [i for i in zone if sentence.tokens[i].relation in _CLAUSES]
    used = {p for e in pattern.elements for p in e.prepositions}
    bare: list[int] = []
    passed: set[int] = set()
    for i in zone:
        token = sentence.tokens[i]
        stops = token.pos == "ADP" and token.relation != "particle"
        if stops and not _is_passed(sentence, token.lower, used):
            if sentence.language != "es":
                break
            passed.update(sentence.subtree(i))  # "firmó con Perú el acuerdo": the object comes last
        if i not in passed:
            bare.append(i)
    owned = sentence.children[predicate.head] if predicate.nominal else ()
    return [*bare, *patients, *clauses, *(i for i in owned if i < predicate.head)]


def _is_passed(sentence: Sentence, preposition: str, used: Collection[str]) -> bool:
    """Whether words may go on behind a preposition: "of" binds nouns, Spanish "a" marks an object."""
    if sentence.language == "es" and preposition in {"a", "al"}:
        return True
    return preposition in {"of", "de", "del"} and preposition not in used


def _acts(sentence: Sentence, predicate: Predicate, element: Element, zone: list[int]) -> Iterator[int]:
    """Yield the heads of the clauses or nouns that may name the act inside this one."""
    if not element.prepositions:
        yield from (
            i for i in zone if sentence.tokens[i].relation in _CLAUSES or _is_plain_object(sentence, i)
        )
        return
    near = {predicate.head, *predicate.patients, *predicate.recipients}
    near |= set(sentence.related(predicate.head, "predicate_adjective", "predicate_noun"))
    for preposition in find_prepositions(sentence, element.prepositions, zone):
        token = sentence.tokens[preposition]
        if token.pos in {"PART", "SCONJ"} and token.head > preposition:
            # "to" and "that" are markers of the verb that they stand before, not prepositions above it.
            if sentence.tokens[token.head].head in near:
                yield token.head
        elif token.lower != "to":
            yield from (
                i for i in _behind(sentence, preposition) if sentence.tokens[i].pos in {"VERB", "NOUN"}
            )


def _is_plain_object(sentence: Sentence, i: int) -> bool:
    return sentence.tokens[i].relation == "object" and sentence.tokens[i].pos == "NOUN"
