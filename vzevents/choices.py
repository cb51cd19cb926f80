"""Matches + operators -> choices: which code each predicate has, and which others were possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from vzevents.codebook import Codebook
from vzevents.codebook.model import Operator
from vzevents.matching import Match, Matcher, Rule
from vzevents.parties import PartyReader
from vzevents.roles import find_predicates
from vzevents.sentences import Sentence
from vzevents.situations import Situation

# The operators of what is announced or refused without a verb of its own: "will", "will … if",
# "will not", "no longer".
_INTEND, _INTEND_IF, _REFUSE, _ENDED = "intend", "intend_if", "not_intend", "no_longer"
_SAYING = "010"
_HOLDS_AN_ACT = 1  # weight of a known act inside: "threatened to march" is more than a threat


@dataclass(frozen=True, slots=True)
class Choice:
    """A code for a predicate with the rule that gives it; `acts` are the predicates inside it."""

    event_code: str
    rule_id: str
    match: Match
    acts: tuple[int, ...] = ()
    inner_weight: int = 0
    probability: float | None = None  # where there is a model: all that speaks for the code, weighed

    @property
    def weight(self) -> int:
        """How much the rule asked for, that of the act inside included."""
        return self.match.rule.pattern.weight + self.inner_weight

    @property
    def confidence(self) -> float:
        """How likely the code is right; without a model the rule's weight, on a scale from 0 to 1."""
        return min(0.95, 0.5 + 0.08 * self.weight) if self.probability is None else self.probability


class CodeChooser:
    """Chooses codes with the patterns and operators of one language."""

    def __init__(self, codebook: Codebook, *, language: str) -> None:
        self._operators = codebook.operators
        self._times = codebook.words.get(language, {}).get("times", frozenset())
        self._negators = codebook.words.get(language, {}).get("negators", frozenset())
        light = codebook.words.get(language, {}).get("light_verbs", frozenset())
        self.matcher = Matcher(_rules(codebook, language), light=light)

    def choose(self, sentence: Sentence, parties: PartyReader) -> dict[int, list[Choice]]:
        """Return the codes that rules give each predicate of a sentence, by its token, the best first."""
        predicates = [
            p
            for p in find_predicates(sentence, self.matcher.verbs, self.matcher.nouns)
            if not (p.nominal and parties.is_in_name(sentence, p.head))  # "Amnesty International"
        ]

        @cache  # many rules ask the same of the same phrase
        def fits(head: int, conditions: frozenset[str]) -> bool:
            if not self._times.isdisjoint(sentence.tokens[head].forms):
                return False  # "fought for three days" is no fight against days
            return not conditions or parties.read(sentence, head).reading.fits(conditions)

        matches = self.matcher.match(sentence, predicates, fits)
        found = {head: choices for head in matches if (choices := self._ranked(head, matches, set()))}
        return _without_used(sentence, _without_borrowed(sentence, found))

    def as_it_stands(self, choice: Choice, situation: Situation) -> tuple[Choice, Situation]:
        """Return the choice as announced ("will recognize") or refused ("will not recognize")."""
        if situation.refusal == "negated" and self._holds_negation(choice):
            return choice, replace(situation, refusal=None, intended=False)
        if situation.ended is not None:
            return self._as_ended(choice, situation)
        if not situation.intended or situation.refusal not in {None, "negated"}:
            return choice, situation
        operated = self._operate(_REFUSE if situation.refusal else _INTEND, choice)
        if situation.on_condition and not situation.refusal:
            operated = self._operate(_INTEND_IF, choice) or operated
        return (operated, replace(situation, refusal=None)) if operated else (choice, situation)

    def _holds_negation(self, choice: Choice) -> bool:
        """Whether the rule itself asks for the "not": "did not rule out force" is a threat."""
        pattern = choice.match.rule.pattern
        asked = (e for e in pattern.elements if not e.optional and e.kind != "never")
        words = (*(element.words for element in asked), {particle for _, particle in pattern.heads})
        return any(not self._negators.isdisjoint(one) for one in words)

    def _as_ended(self, choice: Choice, situation: Situation) -> tuple[Choice, Situation]:
        """Return what ends: who no longer recognizes withdraws, unless the rule asks for these very words."""
        if situation.ended in choice.match.words:
            return choice, replace(situation, refusal=None)
        ended = self._operate(_ENDED, choice)
        return (ended, replace(situation, refusal=None)) if ended else (choice, situation)

    def _ranked(self, head: int, matches: Mapping[int, list[Match]], above: set[int]) -> list[Choice]:
        """Return the codes of a predicate, those of operators worked out from the acts inside."""
        found: list[Choice] = []
        for match in matches.get(head, ()):
            operator = self._operators.get(match.rule.key)
            if operator is None:
                found.append(Choice(match.rule.key, match.rule.rule_id, match))
            else:
                acts = [act for act in match.acts if act not in above and act != head]
                inner = [(act, self._ranked(act, matches, above | {head})[:1]) for act in acts]
                found.extend(_operated(operator, match, [(act, one[0]) for act, one in inner if one]))
        return sorted(found, key=_strength, reverse=True)

    def _operate(self, operator_id: str, choice: Choice) -> Choice | None:
        """Return a choice under an operator that stands in tense and negation alone."""
        operator = self._operators.get(operator_id)
        code = _longest(operator.codes, choice.event_code) if operator else None
        return replace(choice, event_code=code, rule_id=f"{operator_id}+{choice.rule_id}") if code else None


def _rules(codebook: Codebook, language: str) -> Iterator[Rule]:
    rank = 0
    keyed = [(code.event_code, code.patterns) for code in codebook]
    keyed += [(key, operator.patterns) for key, operator in codebook.operators.items()]
    for key, patterns in keyed:
        for pattern in patterns:
            if pattern.language == language:
                yield Rule(key, pattern, rank)
                rank += 1


def _longest(codes: Mapping[str, str], event_code: str) -> str | None:
    """Return the entry of the longest beginning of a code."""
    beginnings = (event_code[:length] for length in range(len(event_code), 0, -1))
    return next((codes[beginning] for beginning in beginnings if beginning in codes), None)


def _strength(choice: Choice) -> tuple[int, int, int, int]:
    """Sort key: what the rule asked for, actors known, slots filled; the longer code; the earlier."""
    strong, filled, earlier = choice.match.strength
    return strong + choice.inner_weight, filled, len(choice.event_code), earlier


def _operated(operator: Operator, match: Match, inner: Sequence[tuple[int, Choice]]) -> Iterator[Choice]:
    """Yield the code of an operator with the acts inside it; its target, if it names none, is theirs."""
    first = inner[0][1] if inner else None
    mapped = _longest(operator.codes, first.event_code) if first else None
    code = mapped or operator.default
    if code is None:
        return
    target = first.match.slots.get("T") if first else None
    if target and "T" not in match.slots:
        match = replace(match, slots={**match.slots, "T": target})
    acts = tuple(act for act, _ in inner)
    yield Choice(
        code, match.rule.rule_id, match, acts, first.weight + _HOLDS_AN_ACT if first and mapped else 0
    )


def _without_borrowed(sentence: Sentence, found: Mapping[int, list[Choice]]) -> dict[int, list[Choice]]:
    """Leave out choices with words of a joined verb, which says the same and asks for more.

    In "condemned Rivas and accused him of treason" it is the second that speaks of treason.
    """
    best = {head: choices[0] for head, choices in found.items()}

    def is_borrowed(head: int, choice: Choice) -> bool:
        return any(
            one.event_code == choice.event_code
            and {"S", "T"} <= one.match.slots.keys()
            and one.weight > choice.weight
            and not set(choice.match.words).isdisjoint((other, *one.match.words))
            for other in sentence.related(head, "conjunct")
            if (one := best.get(other))
        )

    kept = {head: [c for c in choices if not is_borrowed(head, c)] for head, choices in found.items()}
    return {head: choices for head, choices in kept.items() if choices}


def _without_used(sentence: Sentence, found: dict[int, list[Choice]]) -> dict[int, list[Choice]]:
    """Leave out nouns that are words of another, stronger rule, and the saying of what is coded itself."""
    used: dict[int, int] = {}
    for choices in found.values():
        for word in choices[0].match.words:
            used[word] = max(choices[0].weight, used.get(word, 0))
    said = {
        head
        for head, choices in found.items()
        if choices[0].event_code == _SAYING and any(i in found and i != head for i in sentence.subtree(head))
    }
    return {
        head: choices
        for head, choices in found.items()
        if head not in said
        and not (choices[0].match.predicate.nominal and choices[0].weight <= used.get(head, -1))
    }
