"""Sentences + codebook -> statements: who did what to whom, under which code, by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from vzevents.codebook import Codebook
from vzevents.codebook.model import Operator
from vzevents.matching import Match, Matcher, Rule
from vzevents.parties import Party, PartyReader, words_of
from vzevents.resolving.actors import ActorReading, ActorResolver
from vzevents.resolving.places import PlaceIndex
from vzevents.roles import find_predicates, governor, is_passive, subjects
from vzevents.sentences import Sentence
from vzevents.situations import Situation, SituationReader

# The operators of what is announced or refused without a verb of its own: "will recognize", "will not".
_INTEND, _REFUSE = "intend", "not_intend"


@dataclass(frozen=True, slots=True)
class Choice:
    """A code for a predicate with the rule that gives it; `acts` are the acts inside it."""

    event_code: str
    rule_id: str
    match: Match
    acts: tuple[int, ...] = ()
    inner_weight: int = 0

    @property
    def weight(self) -> int:
        """How much the rule asked for, that of the act inside included."""
        return self.match.rule.pattern.weight + self.inner_weight

    @property
    def confidence(self) -> float:
        """The weight on a scale from 0 to 1; calibrated it is not."""
        return min(0.95, 0.5 + 0.08 * self.weight)


@dataclass(frozen=True, slots=True)
class Statement:
    """One coded or rejected statement of a sentence."""

    sentence: Sentence
    choice: Choice
    alternatives: tuple[Choice, ...]
    situation: Situation
    source: Party | None
    target: Party | None
    to_actor: Party | None
    mode: str
    claimed_by: str | None
    reject_reason: str | None
    list_group: int | None = None

    @property
    def event_code(self) -> str:
        """The code given."""
        return self.choice.event_code

    @property
    def span(self) -> tuple[int, int]:
        """Code points of the smallest stretch that holds the action and the parties named in its sentence."""
        tokens = self.sentence.tokens
        inside = [
            (tokens[i].start, tokens[i].end)
            for i in (self.choice.match.predicate.head, *self.choice.match.words)
        ]
        for party in (self.source, self.target):
            if (
                party
                and not party.implied
                and self.sentence.start <= party.start < self.sentence.end
                and party.text
            ):
                inside.append((party.start, party.end))
        return min(start for start, _ in inside), max(end for _, end in inside)

    @property
    def action_text(self) -> str:
        """The words of the action, its head word first."""
        head = self.choice.match.predicate.head
        asked = (*self.choice.match.words, *self.choice.acts, *self.sentence.related(head, "particle"))
        return words_of(self.sentence, [head, *(i for i in asked if head < i <= head + 9)])


class StatementExtractor:
    """Finds and codes the statements of one language with a codebook."""

    def __init__(self, codebook: Codebook, *, language: str = "en") -> None:
        self.codebook = codebook
        self.language = language
        self.words: Mapping[str, frozenset[str]] = codebook.words.get(language, {})
        self.resolver = ActorResolver(codebook, language=language)
        self.places = PlaceIndex.from_codebook(codebook.places)
        self.matcher = Matcher(_rules(codebook, language))
        self._situations = SituationReader(self.words)

    def extract(self, sentences: Sequence[Sentence], *, published: date | None = None) -> list[Statement]:
        """Return the statements of an article, accepted and rejected, in text order."""
        parties = PartyReader(self.resolver, self.words, sentences, published=published)
        return [statement for sentence in sentences for statement in self._of_sentence(sentence, parties)]

    def choices(self, sentence: Sentence, parties: PartyReader) -> dict[int, list[Choice]]:
        """Return the codes that rules give each predicate of a sentence, by its token, the best first."""
        predicates = find_predicates(sentence, self.matcher.verbs, self.matcher.nouns)

        def fits(head: int, conditions: frozenset[str]) -> bool:
            return not conditions or parties.read(sentence, head).reading.fits(conditions)

        matches = {p.head: self.matcher.match(sentence, p, fits) for p in predicates}
        found = {head: choices for head in matches if (choices := self._choose(head, matches, set()))}
        return _without_used(found)

    def situation(self, sentence: Sentence, choice: Choice) -> Situation:
        """Return how the act of a choice stands in its sentence."""
        return self._situations.read(sentence, choice.match.predicate)

    def as_intended(self, choice: Choice) -> Choice:
        """Return the choice as it is coded when the act is announced and not done."""
        return self._operate(_INTEND, choice) or choice

    def _choose(self, head: int, matches: Mapping[int, list[Match]], above: set[int]) -> list[Choice]:
        """Return the codes of a predicate, those of operators worked out from the acts inside."""
        found = []
        for match in matches.get(head, ()):
            operator = self.codebook.operators.get(match.rule.key)
            if operator is None:
                found.append(Choice(match.rule.key, match.rule.rule_id, match))
            else:
                acts = [act for act in match.acts if act not in above and act != head]
                inner = [(act, self._choose(act, matches, above | {head})[:1]) for act in acts]
                found.extend(_operated(operator, match, [(act, one[0]) for act, one in inner if one]))
        return sorted(found, key=_strength, reverse=True)

    def _of_sentence(self, sentence: Sentence, parties: PartyReader) -> list[Statement]:
        parties.begin(sentence)
        chosen = self.choices(sentence, parties)
        inside = {act: head for head, found in chosen.items() for act in found[0].acts}
        terms = _terms(sentence, chosen)
        statements: list[Statement] = []
        for head, found in chosen.items():
            situation = self.situation(sentence, found[0])
            if head in inside:
                situation = self._inside(chosen[inside[head]][0], situation, chosen)
            elif head in terms and not situation.refusal:
                situation = replace(situation, refusal="conditional")
            statements.extend(self._statements(sentence, found, situation, parties, group=len(statements)))
        return list(_without_repeats(statements))

    def _inside(self, outer: Choice, situation: Situation, chosen: Mapping[int, list[Choice]]) -> Situation:
        """Return how an act stands that another holds: alleged in an accusation, else not done."""
        if outer.match.predicate.head == situation.accuser and outer.match.predicate.head in chosen:
            return situation
        return replace(situation, refusal=situation.refusal or "hypothetical", accuser=None)

    def _statements(
        self,
        sentence: Sentence,
        found: list[Choice],
        situation: Situation,
        parties: PartyReader,
        *,
        group: int,
    ) -> Iterator[Statement]:
        choice, situation = self._as_it_stands(found[0], situation)
        slots = choice.match.slots
        sources = self._parties(sentence, slots.get("S", ()), parties)
        targets = self._parties(sentence, slots.get("T", ()), parties, owners=True)
        joined = self._parties(sentence, slots.get("R", ()), parties)
        if choice.match.predicate.nominal and not any(s.reading.is_known for s in sources):
            sources = self._parties(sentence, self._performers(sentence, choice), parties)
        elif not sources and not choice.match.predicate.passive:
            sources = self._nearest_before(sentence, choice, parties, targets)
        none: list[Party | None] = [None]
        pairs = list(product(sources or none, targets or none))
        common = Statement(
            sentence=sentence,
            choice=choice,
            alternatives=tuple(found[1:]),
            situation=situation,
            source=None,
            target=None,
            to_actor=joined[0] if joined else None,
            mode="asserted" if situation.accuser is None else "alleged",
            claimed_by=self._claimed_by(sentence, situation, parties, sources),
            reject_reason=situation.refusal,
            list_group=group if len(pairs) > 1 else None,
        )
        for source, target in pairs:
            aimed_at = target or self._implied_target(choice, source)
            yield self._checked(replace(common, source=source, target=aimed_at))

    def _as_it_stands(self, choice: Choice, situation: Situation) -> tuple[Choice, Situation]:
        """Return the choice as announced ("will recognize") or refused ("will not recognize")."""
        if not situation.intended:
            return choice, situation
        if situation.refusal == "negated":
            refused = self._operate(_REFUSE, choice)
            return (refused, replace(situation, refusal=None)) if refused else (choice, situation)
        return (choice if situation.refusal else self.as_intended(choice)), situation

    def _operate(self, operator_id: str, choice: Choice) -> Choice | None:
        """Return a choice under an operator that stands in tense and negation alone."""
        operator = self.codebook.operators.get(operator_id)
        code = _longest(operator.codes, choice.event_code) if operator else None
        return replace(choice, event_code=code, rule_id=f"{operator_id}+{choice.rule_id}") if code else None

    def _parties(
        self, sentence: Sentence, heads: Sequence[int], parties: PartyReader, *, owners: bool = False
    ) -> list[Party]:
        """Return who fills a slot: those known, else whose it is, else the first as it stands."""
        read = [parties.read(sentence, head) for head in heads]
        known = [party for party in read if party.reading.is_known]
        if not known and owners:
            owned = (parties.owner(sentence, head) for head in heads)
            known = [party for party in owned if party is not None]
        return known or read[:1]

    def _performers(self, sentence: Sentence, choice: Choice) -> list[int]:
        """Return the subject of the verb that carries a noun out: "announced the recall of …"."""
        verb = governor(sentence, choice.match.predicate.head)
        if verb is None or not sentence.tokens[verb].forms & self.words.get("carrying_out", frozenset()):
            return []
        return [] if is_passive(sentence, verb) else subjects(sentence, verb)

    def _nearest_before(
        self, sentence: Sentence, choice: Choice, parties: PartyReader, targets: Sequence[Party]
    ) -> list[Party]:
        """Return the nearest actor before a verb whose subject the parser has lost."""
        head = sentence.tokens[choice.match.predicate.head]
        before = sentence.text[: head.start - sentence.start]
        for match in reversed(self.resolver.find(before)):
            if match.name.kind in {"actor", "country", "agent"}:
                token = next(t for t in sentence.tokens if t.end >= sentence.start + match.end)
                party = parties.read(sentence, token.i)
                if party.reading.is_known and party not in targets:
                    return [party]
        return []

    def _implied_target(self, choice: Choice, source: Party | None) -> Party | None:
        """Return the side that a defector leaves, which news seldom names."""
        implied = self.codebook.implied_targets.get(choice.event_code)
        if implied is None or source is None or source.reading.country is None:
            return None
        return Party(
            "", 0, 0, ActorReading(country=source.reading.country, role=implied, kind="group"), implied=True
        )

    def _claimed_by(
        self, sentence: Sentence, situation: Situation, parties: PartyReader, sources: Sequence[Party]
    ) -> str | None:
        heads = situation.speakers
        if situation.accuser is not None:
            heads = tuple(h for h in sentence.related(situation.accuser, "subject"))
        speakers = [parties.read(sentence, head) for head in heads]
        others = [s.text for s in speakers if s.text and all(s.reading != party.reading for party in sources)]
        return "; ".join(others) or None

    def _checked(self, statement: Statement) -> Statement:
        """Return the statement, rejected where nobody known does it."""
        if statement.reject_reason:
            return statement
        source, target = statement.source, statement.target
        if source is not None and not source.reading.is_known:
            return replace(statement, reject_reason="actor_unresolved")
        if source is None and (target is None or not target.reading.is_known):
            return replace(statement, reject_reason="no_source")
        if (
            source is None
            and not statement.choice.match.predicate.passive
            and not statement.choice.match.predicate.nominal
        ):
            return replace(statement, reject_reason="no_source")
        return statement


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
    for length in range(len(event_code), 0, -1):
        if event_code[:length] in codes:
            return codes[event_code[:length]]
    return None


def _strength(choice: Choice) -> tuple[int, int, int, int]:
    """Sort key: what the rule asked for, actors known, slots filled; the longer code; the earlier."""
    strong, filled, earlier = choice.match.strength
    return strong + choice.inner_weight, filled, len(choice.event_code), earlier


def _operated(operator: Operator, match: Match, inner: Sequence[tuple[int, Choice]]) -> Iterator[Choice]:
    """Yield the code of an operator with the acts inside it; its target, if it names none, is theirs."""
    first = inner[0][1] if inner else None
    code = (_longest(operator.codes, first.event_code) if first else None) or operator.default
    if code is None:
        return
    target = first.match.slots.get("T") if first else None
    if target and "T" not in match.slots:
        match = replace(match, slots={**match.slots, "T": target})
    yield Choice(
        code, match.rule.rule_id, match, tuple(act for act, _ in inner), first.weight if first else 0
    )


def _terms(sentence: Sentence, chosen: Mapping[int, list[Choice]]) -> set[int]:
    """Return the tokens that say to whom an offer is made: who lays down his arms has not done so yet."""
    offers = [found[0].match for found in chosen.values() if found[0].event_code.startswith("03")]
    return {i for match in offers for target in match.slots.get("T", ()) for i in sentence.subtree(target)}


def _without_used(found: dict[int, list[Choice]]) -> dict[int, list[Choice]]:
    """Leave out nouns that are words of another rule: the sanctions in "lifted the sanctions"."""
    used = {word for choices in found.values() for word in choices[0].match.words}
    return {
        head: choices
        for head, choices in found.items()
        if not (choices[0].match.predicate.nominal and head in used)
    }


def _without_repeats(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Mark what says the same root of the same dyad twice in one sentence; the most specific code stays."""
    best: dict[object, Statement] = {}
    for statement in statements:
        if not statement.reject_reason:
            kept = best.get(_dyad(statement))
            if kept is None or len(statement.event_code) > len(kept.event_code):
                best[_dyad(statement)] = statement
    for statement in statements:
        repeated = not statement.reject_reason and best[_dyad(statement)] is not statement
        yield replace(statement, reject_reason="duplicate") if repeated else statement


def _dyad(statement: Statement) -> object:
    source = statement.source.reading if statement.source else None
    target = statement.target.reading if statement.target else None
    return statement.event_code[:2], source, target, statement.mode
