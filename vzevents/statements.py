"""Sentences + codebook -> statements: who did what to whom, under which code, by which rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from vzevents.choices import Choice, CodeChooser
from vzevents.codebook import Codebook
from vzevents.participants import read_participants
from vzevents.parties import Party, PartyReader, words_of
from vzevents.ranking import Ranker, SentenceModel, SentenceView, Standing, as_learned
from vzevents.resolving.actors import ActorReading, ActorResolver
from vzevents.resolving.places import PlaceIndex
from vzevents.roles import is_dependent, is_impersonal
from vzevents.sentences import Sentence
from vzevents.situations import Situation, SituationReader

# What lacks nothing, or only somebody who does it: its words are read, another look gives no more.
_CODED = frozenset({None, "no_source", "actor_unresolved"})
_SURE = 0.5  # from which an act stands whose source nobody knows
_LONGEST_ACTION = 9  # words behind the head that its text may take in


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
    claimed_by: str | None
    reject_reason: str | None
    list_group: int | None = None

    @property
    def event_code(self) -> str:
        """The code given."""
        return self.choice.event_code

    @property
    def mode(self) -> str:
        """Whether the article asserts the act, or reports it as denied or only inside an accusation."""
        if self.reject_reason == "denied":
            return "denied"
        return "asserted" if self.situation.accuser is None else "alleged"

    @property
    def span(self) -> tuple[int, int]:
        """Code points of the smallest stretch that holds the action and the parties named in its sentence."""
        words = [
            self.sentence.tokens[i] for i in (self.choice.match.predicate.head, *self.choice.match.words)
        ]
        inside = [(word.start, word.end) for word in words]
        for party in (self.source, self.target):
            if party and party.text and self.sentence.start <= party.start < self.sentence.end:
                inside.append((party.start, party.end))
        return min(start for start, _ in inside), max(end for _, end in inside)

    @property
    def action_text(self) -> str:
        """The words of the action, its head word first."""
        head = self.choice.match.predicate.head
        asked = (*self.choice.match.words, *self.choice.acts, *self.sentence.related(head, "particle"))
        return words_of(self.sentence, [head, *(i for i in asked if head < i <= head + _LONGEST_ACTION)])


class StatementExtractor:
    """Finds and codes the statements of one language with a codebook."""

    def __init__(
        self, codebook: Codebook, *, language: str = "en", model: SentenceModel | None = None
    ) -> None:
        self.codebook = codebook
        self.language = language
        self.words: Mapping[str, frozenset[str]] = codebook.words.get(language, {})
        self.resolver = ActorResolver(codebook, language=language)
        self.places = PlaceIndex.from_codebook(codebook.places)
        self.chooser = CodeChooser(codebook, language=language)
        self.situations = SituationReader(self.words)
        self.model = model
        codes = frozenset(code.event_code for code in codebook)
        implying = frozenset(codebook.implied_targets)
        self.ranker = Ranker(codes, model.weigher, implying) if model else None

    def extract(self, sentences: Sequence[Sentence], *, published: date | None = None) -> list[Statement]:
        """Return the statements of an article, accepted and rejected, in text order."""
        read = [sentence for sentence in sentences if sentence.tokens]
        parties = PartyReader(self.resolver, self.words, read, published=published)
        return [
            statement
            for sentence in read
            for statement in self._of_sentence(
                sentence, parties, self.model.view(sentence) if self.model else None
            )
        ]

    def _of_sentence(
        self, sentence: Sentence, parties: PartyReader, view: SentenceView | None
    ) -> list[Statement]:
        parties.begin(sentence)
        statements = list(self._by_rules(sentence, parties, view))
        if view and self.ranker:
            coded = (s.choice for s in statements if s.reject_reason in _CODED)
            taken = frozenset(word for choice in coded for word in _words_of_act(choice))
            unmatched = self.ranker.unmatched(view, taken)
            statements += self._by_model(sentence, parties, unmatched)
        return list(_without_repeats(statements))

    def _by_rules(
        self, sentence: Sentence, parties: PartyReader, view: SentenceView | None
    ) -> Iterator[Statement]:
        """Yield the statements of words that rules are met by; with a view their codes are ranked."""
        chosen = self.chooser.choose(sentence, parties)
        inside = {
            act: found[0] for found in chosen.values() for act in _acts_inside(sentence, found[0], chosen)
        }
        terms = _terms(sentence, chosen)
        for head, found in chosen.items():
            situation = self.situations.read(sentence, found[0].match.predicate)
            if head in inside:
                situation = _inside(inside[head], situation)
            elif head in terms and not situation.refusal:
                situation = replace(situation, refusal="conditional")
            standing = [self.chooser.as_it_stands(choice, situation) for choice in found]
            if view and self.ranker and head not in inside and situation.refusal != "denied":
                standing = self.ranker.rank(
                    view, head, standing, situation, lambda i: parties.read(sentence, i).reading.is_known
                )
            yield from self._statements(sentence, standing, parties)

    def _by_model(
        self, sentence: Sentence, parties: PartyReader, unmatched: Iterable[Choice]
    ) -> Iterator[Statement]:
        """Yield the statements of acts that no rule is met by."""
        for choice in unmatched:
            situation = self.situations.read(sentence, choice.match.predicate)
            yield from self._statements(sentence, [(choice, as_learned(situation, choice))], parties)

    def _statements(
        self,
        sentence: Sentence,
        standing: Sequence[Standing],
        parties: PartyReader,
    ) -> Iterator[Statement]:
        """Yield one statement for each source and target of the best choice."""
        choice, situation = standing[0]
        people = read_participants(sentence, choice, situation, parties)
        pairs = list(product(people.sources or (None,), people.targets or (None,)))
        for source, target in pairs:
            yield _checked(
                Statement(
                    sentence=sentence,
                    choice=choice,
                    alternatives=tuple(choice for choice, _ in standing[1:]),
                    situation=situation,
                    source=source,
                    target=self._target(choice, source, target),
                    to_actor=people.joined[0] if people.joined else None,
                    claimed_by=people.claimed_by,
                    reject_reason=situation.refusal,
                    list_group=choice.match.predicate.head if len(pairs) > 1 else None,
                ),
                by_tool=any(parties.is_tool(sentence, head) for head in choice.match.slots.get("S", ())),
            )

    def _target(self, choice: Choice, source: Party | None, named: Party | None) -> Party | None:
        """Return who it is aimed at: the one named, or the one implied where nobody known is."""
        aimed = _aimed_at(source, named)
        if aimed is not None and aimed.reading.is_known:
            return aimed
        return self._implied_target(choice, source) or aimed

    def _implied_target(self, choice: Choice, source: Party | None) -> Party | None:
        """Return the side that a defector leaves, which news seldom names."""
        role = self.codebook.implied_targets.get(choice.event_code)
        if role is None or source is None or source.reading.country is None:
            return None
        return Party(
            "", 0, 0, ActorReading(country=source.reading.country, role=role, kind="group"), implied=True
        )


def _words_of_act(choice: Choice) -> frozenset[int]:
    return frozenset((choice.match.predicate.head, *choice.match.words, *choice.acts))


def _acts_inside(sentence: Sentence, outer: Choice, chosen: Mapping[int, Sequence[Choice]]) -> Iterator[int]:
    """Yield the acts inside a choice: its operator's, and the weaker verbs that its rule asks for.

    "urged Peru to free him" frees nobody; in "freed him, he said" the freeing stands for itself.
    """
    yield from outer.acts
    for word in outer.match.words:
        if word in chosen and chosen[word][0].weight <= outer.weight and is_dependent(sentence, word):
            yield word


def _inside(outer: Choice, situation: Situation) -> Situation:
    """Return how an act stands that another holds: alleged in an accusation, else not done."""
    if outer.match.predicate.head == situation.accuser:
        return situation
    return replace(situation, refusal=situation.refusal or "hypothetical", accuser=None)


def _aimed_at(source: Party | None, target: Party | None) -> Party | None:
    """Return the target: never the source itself, told by a pronoun or only guessed to be its own."""
    if source is None or target is None:
        return target
    if target.meant and target.reading.is_known and target.reading == source.reading:
        return None  # "the minister said that he agreed"
    if not target.reading.guessed:
        return target
    itself = source.reading.country == target.reading.country
    if itself and source.reading.role == target.reading.role == "GOV":
        return replace(target, reading=replace(target.reading, country=None, guessed=False))
    return target


def _checked(statement: Statement, *, by_tool: bool) -> Statement:
    """Return the statement, rejected where nobody known does it."""
    source, target = statement.source, statement.target
    predicate = statement.choice.match.predicate
    if statement.reject_reason:
        return statement
    sure = (statement.choice.probability or 0.0) >= _SURE
    if source is not None:
        named = source.reading.is_known or (sure and not _is_pronoun(statement.sentence, statement.choice))
        return statement if named else replace(statement, reject_reason="actor_unresolved")
    aimed = target is not None and target.reading.is_known
    subject = statement.choice.match.rule.pattern.subject
    suffers = by_tool or predicate.passive or (subject is not None and subject.name == "T")
    suffers = suffers or is_impersonal(statement.sentence, predicate.head)
    if (aimed and suffers) or (sure and target is not None):
        return statement
    return replace(statement, reject_reason="no_source")


def _is_pronoun(sentence: Sentence, choice: Choice) -> bool:
    """Whether the source is a word like "we", which names nobody by itself."""
    heads = choice.match.slots.get("S", ())
    return any(sentence.tokens[head].pos in {"PRON", "DET"} for head in heads)


def _terms(sentence: Sentence, chosen: Mapping[int, list[Choice]]) -> set[int]:
    """Return the tokens that say to whom an offer is made: who lays down his arms has not done so yet."""
    offers = [found[0].match for found in chosen.values() if found[0].event_code.startswith("03")]
    return {i for match in offers for target in match.slots.get("T", ()) for i in sentence.subtree(target)}


def _without_repeats(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Mark what says the same root of the same dyad twice in one sentence; the most specific code stays."""
    best: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        if not statement.reject_reason:
            kept = best.setdefault(_dyad(statement), statement)
            if _says_more(statement.choice, kept.choice):
                best[_dyad(statement)] = statement
    aimed = {_dyad(s)[:2] for s in statements if s.target and not s.reject_reason}
    for statement in statements:
        first = best.get(_dyad(statement)) is statement
        vague = statement.target is None and _dyad(statement)[:2] in aimed
        repeats = not statement.reject_reason and (not first or vague)
        yield replace(statement, reject_reason="duplicate") if repeats else statement


def _says_more(one: Choice, other: Choice) -> bool:
    """Return whether a choice tells more of the same act: the likelier one, else the longer code."""
    if one.probability is not None and other.probability is not None:
        return one.probability > other.probability
    return len(one.event_code) > len(other.event_code)


def _dyad(statement: Statement) -> tuple[object, ...]:
    source, target = _identity(statement.source), _identity(statement.target)
    return statement.event_code[:2], source, target, statement.mode


def _identity(party: Party | None) -> object:
    """Return who somebody is; nurses and students without a name are told apart by their words."""
    if party is None or party.reading.actor_id or party.reading.country:
        return party.reading if party else None
    return party.reading, party.text.casefold()
