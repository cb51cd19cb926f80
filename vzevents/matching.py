"""Predicates + patterns -> matches: which rules a predicate meets, and who fills the slots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vzevents.codebook.patterns import Element, Pattern, Slot
from vzevents.roles import Predicate
from vzevents.sentences import Sentence
from vzevents.slots import REACH, Surroundings, candidates, find_prepositions, two_sides

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
        # "asked Maduro not to take office and to hand power over" asks for both.
        above = sentence.tokens[token.head].relation
        if token.relation == "conjunct" and above in _CLAUSES and not has_subject:
            is_clause = False
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


def _with_joined(
    sentence: Sentence, predicate: Predicate, zone: list[int], words: Sequence[int]
) -> list[int]:
    """Return a zone with the verb joined to the head in which words of the pattern stand."""
    wide = set(_with_patients(sentence, predicate, zone))
    for joined in sentence.related(predicate.head, "conjunct"):
        below = sentence.subtree(joined)
        if not set(below).isdisjoint(words):
            wide.update(below)
    return sorted(wide)


def _with_patients(sentence: Sentence, predicate: Predicate, zone: list[int]) -> list[int]:
    """Return a zone with what hangs from the patient of a passive: "the house of T was searched"."""
    if not predicate.passive:
        return zone
    return sorted({*zone, *(i for patient in predicate.patients for i in sentence.subtree(patient))})


def _try(sentence: Sentence, predicate: Predicate, rule: Rule, zone: list[int], fits: Fits) -> Match | None:
    pattern = rule.pattern
    if not any(w in predicate.lemmas and (p is None or p in predicate.particles) for w, p in pattern.heads):
        return None
    met = _met(sentence, predicate, pattern, zone)
    if met is None:
        return None
    words = [i for element, tokens in met if element.kind != "act" for i in tokens]
    slots: dict[str, tuple[int, ...]] = {}
    for element in pattern.elements:
        if element.slot is None:
            continue
        wide = _with_joined(sentence, predicate, zone, words) if element.prepositions else zone
        before = _met_before(element, pattern, met)
        filled_now = _fill(Surroundings(sentence, predicate, wide, words, before), element, fits)
        if filled_now is None and not element.optional:
            return None
        for name, heads in (filled_now or {}).items():
            slots[name] = (*slots.get(name, ()), *heads)
    subject = _subject(sentence, predicate, pattern, slots, fits)
    if subject is None:
        return None
    filled = {**subject, **slots}
    known = sum(any(fits(head, _KNOWN) for head in heads) for heads in filled.values())
    acts = tuple(i for element, tokens in met if element.kind == "act" for i in tokens)
    return Match(rule, predicate, filled, tuple(words), acts, known)


def _met(
    sentence: Sentence, predicate: Predicate, pattern: Pattern, zone: list[int]
) -> list[tuple[Element, list[int]]] | None:
    """Return each element that is no slot with the tokens that meet it; None where one is not met."""
    found: list[tuple[Element, list[int]]] = []
    for element in pattern.elements:
        if element.kind == "slot":
            continue
        tokens = _meet(sentence, predicate, element, zone, pattern)
        if (element.kind == "never") == bool(tokens) and not element.optional:
            return None
        found.append((element, tokens if element.kind not in {"never", "any"} else []))
    return found


def _met_before(slot: Element, pattern: Pattern, met: list[tuple[Element, list[int]]]) -> list[int]:
    """Return the tokens met by what a pattern names before a slot."""
    place = next(n for n, element in enumerate(pattern.elements) if element is slot)
    earlier = {id(element) for element in pattern.elements[:place]}
    return [i for element, tokens in met if id(element) in earlier for i in tokens]


def _fill(around: Surroundings, element: Element, fits: Fits) -> dict[str, tuple[int, ...]] | None:
    """Return who fills a slot: the first phrase that fits and is somebody known, else the first that fits."""
    slot = element.slot
    if slot is None:
        return None
    found = (
        tuple(h for h in heads if _suits(around.sentence, h, slot, fits))
        for heads in candidates(around, element)
    )
    fitting = [heads for heads in found if heads]
    if element.anywhere and not slot.words:  # so far from the pattern only somebody known is meant
        fitting = [heads for heads in fitting if fits(heads[0], _KNOWN)]
    if not fitting:
        return None
    heads = next((heads for heads in fitting if any(fits(h, _KNOWN) for h in heads)), fitting[0])
    if slot.name != "S&T":
        return {slot.name: heads}
    sides = two_sides(around.sentence, heads)
    return {"S": sides[0], "T": sides[1]} if sides else None


def _suits(sentence: Sentence, head: int, slot: Slot, fits: Fits) -> bool:
    """Whether a phrase meets one of a slot's conditions; a slot without any takes everybody."""
    if slot.words and sentence.tokens[head].forms & slot.words:
        return True
    return fits(head, slot.conditions) if slot.conditions or not slot.words else False


def _subject(
    sentence: Sentence,
    predicate: Predicate,
    pattern: Pattern,
    slots: Mapping[str, tuple[int, ...]],
    fits: Fits,
) -> dict[str, tuple[int, ...]] | None:
    """Return who fills the slot before the head; S where the pattern names none."""
    slot = pattern.subject
    if slot is None:
        return {} if "S" in slots else {"S": predicate.agents}
    heads = tuple(h for h in predicate.agents if _suits(sentence, h, slot, fits))
    if slot.name == "S&T":
        sides = two_sides(sentence, heads)
        return {"S": sides[0], "T": sides[1]} if sides else None
    if (slot.conditions or slot.words) and not heads:
        return None
    return {slot.name: heads}


def _meet(
    sentence: Sentence, predicate: Predicate, element: Element, zone: list[int], pattern: Pattern
) -> list[int]:
    """Return the tokens that meet an element that is not a slot."""
    if element.kind == "never" and not element.prepositions:
        around = zone + [i for i in sentence.children[predicate.head] if i < predicate.head]
        return [i for i in around if _length(sentence, i, element)]
    if element.kind == "anywhere":
        around = _everywhere(sentence, predicate, zone)
        return _first(sentence, around, element)
    if element.kind == "act":
        return list(_acts(sentence, predicate, element, zone))
    if element.prepositions:
        wide = _with_patients(sentence, predicate, zone)
        prepositions = find_prepositions(sentence, element.prepositions, wide)
        behind = (i for preposition in prepositions for i in _behind(sentence, preposition))
        return _first(sentence, behind, element)
    bare = _bare(sentence, predicate, zone, pattern)
    return _first(sentence, bare, element)


def _everywhere(sentence: Sentence, predicate: Predicate, zone: list[int]) -> list[int]:
    """Return where "..." looks: the whole clause and verbs joined to it, but for who does it."""
    found = {*zone, *sentence.subtree(predicate.head, without=frozenset(_OTHER))}
    for joined in sentence.related(predicate.head, "conjunct"):
        if not sentence.related(joined, "subject", "passive_subject"):
            found.update(sentence.subtree(joined, without=frozenset(_OTHER)))
    for agent in predicate.agents if not predicate.nominal else ():
        found.difference_update(sentence.subtree(agent, without=frozenset(_OTHER)))
    return sorted(found - {predicate.head})


def _first(sentence: Sentence, around: Iterable[int], element: Element) -> list[int]:
    """Return the tokens of the first place where the words of an element stand."""
    for i in around:
        length = _length(sentence, i, element)
        if length:
            return list(range(i, i + length))
    return []


def _length(sentence: Sentence, i: int, element: Element) -> int:
    """Return how many tokens from `i` on meet an element; 0 where they do not."""
    if element.kind == "any":
        return int(sentence.tokens[i].pos not in {"PUNCT", "SYM", "X"})
    if not element.words.isdisjoint(sentence.tokens[i].forms):
        return 1
    for phrase in element.phrases:
        tokens = sentence.tokens[i : i + len(phrase)]
        if len(tokens) == len(phrase) and all(
            word in token.forms for word, token in zip(phrase, tokens, strict=True)
        ):
            return len(phrase)
    return 0


def _behind(sentence: Sentence, preposition: int) -> list[int]:
    """Return the words that a preposition (or "to", "that", "as") introduces, the nearest first."""
    own = [i for i in sentence.subtree(preposition) if i > preposition]
    near = range(preposition + 1, min(preposition + REACH, len(sentence.tokens)))
    return own or list(near)


def _bare(sentence: Sentence, predicate: Predicate, zone: list[int], pattern: Pattern) -> list[int]:
    """Return the words that stand behind a head without a preposition, and the phrase of its patient."""
    # The patient of a passive stands before its verb, and so may that of a relative clause.
    before = [p for p in predicate.patients if predicate.passive or p < predicate.head]
    patients = [i for p in before for i in sentence.subtree(p, without=frozenset({"relative_clause"}))]
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
        plain = _CLAUSES - {"prepositional_clause"}
        yield from (i for i in zone if sentence.tokens[i].relation in plain or _is_plain_object(sentence, i))
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
