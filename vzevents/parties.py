"""Phrases in sentences -> parties: who stands there, pronouns and shared nouns included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from vzevents.resolving.actors import ActorReading, ActorResolver
from vzevents.resolving.gazetteer import Match
from vzevents.roles import by_agents, governor, is_passive, phrase, subjects
from vzevents.sentences import Sentence, Token

_CLAUSES = frozenset({"relative_clause", "noun_clause", "conjunct", "punct", "cc"})
_TOWARDS = re.compile(
    r"\b(?:to|with|against|into|from|towards?|con|contra|hacia) (?:the |el |la |los |las )?\Z", re.IGNORECASE
)
_FINITE = {"VBD", "VBZ", "VBF", "VBC", "VBS"}
_NEAR = 2  # sentences back that a pronoun or a verb without subject looks
_LEAD = 3  # what a mention in the first sentence counts when the country of an article is told
_WORDS_PUBLISHED = 10  # what DESIGN.md allows of an article's words in one column


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a sentence: the words, where they stand (code points) and who it is."""

    text: str
    start: int
    end: int
    reading: ActorReading
    implied: bool = False
    meant: str = ""  # whom a pronoun stands for, in the words that name him


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Somebody spoken of, for the pronouns that follow; `rank` 2 main subject, 1 subject, 0 other."""

    sentence: int
    token: int
    plural: bool
    party: Party
    rank: int


class PartyReader:
    """Reads the parties of one article, sentence by sentence, and remembers who was spoken of."""

    def __init__(
        self,
        resolver: ActorResolver,
        words: Mapping[str, frozenset[str]],
        sentences: Sequence[Sentence],
        *,
        published: date | None,
    ) -> None:
        self._resolver = resolver
        self.words = words
        self._published = published
        self._sentences = sentences
        self._noted: list[_Spoken] = []
        self._unread: list[tuple[Sentence, int]] = []  # common nouns that only a pronoun would ask for
        self._named: dict[str, ActorReading] = {}
        self._read: dict[tuple[int, int], Party] = {}
        self._names: dict[int, tuple[Match, ...]] = {}

    @cached_property
    def _focus(self) -> str | None:
        return _focus(self._resolver, self._sentences)

    def begin(self, sentence: Sentence) -> None:
        """Take note of who is spoken of in a sentence, for the names and pronouns that follow."""
        first = sentence.index - _NEAR
        self._noted = [one for one in self._noted if one.sentence >= first]
        self._unread = [(one, i) for one, i in self._unread if one.index >= first]
        for token in sentence.tokens:
            if token.text[:1].isupper():
                self._note(sentence, token.i)  # now: who is named so is remembered by surname
            else:
                self._unread.append((sentence, token.i))

    @property
    def _said(self) -> list[_Spoken]:
        """Who was spoken of in this sentence so far and in those right before it."""
        for sentence, i in self._unread:
            self._note(sentence, i)
        self._unread.clear()
        return self._noted

    def _note(self, sentence: Sentence, i: int) -> None:
        token = sentence.tokens[i]
        subject = token.relation in {"subject", "passive_subject"}
        named = token.pos == "PROPN" and token.relation not in {"compound", "modifier", "name"}
        if (subject or named or token.pos == "NOUN") and token.pos != "PRON":
            party = self.read(sentence, i)
            rank = subject + (subject and sentence.tokens[token.head].relation == "ROOT")
            # A tagger's plural of a surname ("Linares") is none.
            plural = token.plural and not (named and party.reading.kind == "person")
            if party.reading.is_known and (subject or named or party.reading.kind == "person"):
                self._noted.append(_Spoken(sentence.index, i, plural, party, rank))

    def read(self, sentence: Sentence, head: int) -> Party:
        """Return who the phrase with that head stands for."""
        key = (sentence.index, head)
        if key not in self._read:
            self._read[key] = self._party(sentence, head)
        return self._read[key]

    def owner(self, sentence: Sentence, head: int) -> Party | None:
        """Return whose a thing is: of "the offer of the company" the company."""
        owners = [o for o in sentence.related(head, "possessor") if sentence.tokens[o].pos != "PRON"]
        for preposition in sentence.related(head, "preposition"):
            if sentence.tokens[preposition].lower in self.words.get("owning", ()):
                owners.extend(sentence.related(preposition, "prepositional_object"))
        for clause in sentence.related(head, "noun_clause"):  # "missiles launched by British aircraft"
            if is_passive(sentence, clause) and self.is_tool(sentence, head):
                owners.extend(by_agents(sentence, clause))
        read = (self.read(sentence, owner) for owner in owners)
        return next((party for party in read if party.reading.is_known), None)

    def is_tool(self, sentence: Sentence, head: int) -> bool:
        """Return whether a thing stands for those who use it: a drone, a bomb, a letter."""
        return not sentence.tokens[head].forms.isdisjoint(self.words.get("tools", ()))

    def nearest_before(self, sentence: Sentence, head: int) -> Iterator[Party]:
        """Yield the actors that stand before a word, the nearest first: for verbs whose subject was lost."""
        before = sentence.text[: sentence.tokens[head].start - sentence.start]
        for match in reversed(self._resolver.find(before)):
            if match.name.kind in {"actor", "country", "agent"}:
                token = next(t for t in sentence.tokens if t.end >= sentence.start + match.end)
                party = self.read(sentence, token.i)
                if party.reading.is_known:
                    yield party

    def unspoken(self, sentence: Sentence, verb: int) -> Party | None:
        """Return the subject that a finite Spanish verb leaves out: who speaks, or the last main one."""
        carriers = [verb, *sentence.related(verb, "auxiliary", "passive_auxiliary")]
        if sentence.tokens[verb].tag == "VB" and sentence.tokens[verb].relation == "complement":
            carriers.append(sentence.tokens[verb].head)  # "no la vamos a reconocer"
        finite = next((sentence.tokens[i] for i in carriers if sentence.tokens[i].tag in _FINITE), None)
        if sentence.language != "es" or finite is None:
            return None
        if finite.first_person:
            speaker = self._speaker(sentence, verb)
            return speaker if speaker.reading.is_known else None
        fitting = [s for s in self._said if s.rank and s.plural == finite.plural]
        fitting = [s for s in fitting if (s.sentence, s.token) < (sentence.index, verb)]
        best = max(fitting, key=lambda s: (s.sentence, s.rank, s.token), default=None)
        return best.party if best else None

    def _party(self, sentence: Sentence, head: int) -> Party:
        token = sentence.tokens[head]
        possessor = token.relation == "possessor" and token.lower in self.words.get("persons", ())
        if token.pos == "PRON" or possessor:
            # "los de la Casa Blanca" are whose they are.
            return self.owner(sentence, head) or self._pronoun(sentence, head)
        start, stop = phrase(sentence, head)
        while start < head and sentence.tokens[start].lower in self.words.get("calendar", ()):
            start += 1  # "On Monday Peru condemned …"
        stop = max(stop, self._name_end(sentence, head))
        extent = _extent(sentence, head, stop, self.words.get("belonging", frozenset()))
        if token.lower in self.words.get("quantities", ()):
            stop = extent  # "most" alone is nobody
        words = _between(sentence, start, extent)
        if (noun := _described(sentence, head)) is not None:
            words = f"{token.text} {sentence.tokens[noun].text}"
        at = token.start - sentence.tokens[start].start if sentence.language == "es" else None
        reading = self._resolver.resolve(words, on=self._published, head=at)
        adjective = token.pos == "ADJ" and token.relation == "modifier"
        if sentence.language == "es" and adjective and reading.country is None:
            reading = ActorReading()  # "viaje oficial" is no officer's
        if token.pos in {"PROPN", "NOUN"} and token.text[:1].isupper():
            reading = self._remembered(token.lower, reading)
        common = reading.actor_id is None and reading.role not in {None, "IGO"}
        if common and not reading.country and reading.kind != "group_of_states":
            reading = replace(reading, country=self._focus, guessed=True)
        text = _published(sentence, start, stop)
        return Party(text, sentence.tokens[start].start, sentence.tokens[stop - 1].end, reading)

    def _name_end(self, sentence: Sentence, head: int) -> int:
        """Return where a name of the codebook ends that the parser has cut: "Doctors Without Borders"."""
        match = self._name_at(sentence, head)
        if match is None or sentence.tokens[head].pos != "PROPN":
            return head + 1
        end = match.end + sentence.start
        return next((t.i + 1 for t in sentence.tokens[head:] if t.end >= end), head + 1)

    def is_in_name(self, sentence: Sentence, i: int) -> bool:
        """Return whether a word is a part of an actor's name of several words."""
        match = self._name_at(sentence, i)
        return match is not None and match.name.kind == "actor" and " " in match.word

    def _name_at(self, sentence: Sentence, i: int) -> Match | None:
        """Return the name of the codebook that a word stands in."""
        if sentence.index not in self._names:
            self._names[sentence.index] = self._resolver.find(sentence.text)
        at = sentence.tokens[i].start - sentence.start
        return next((m for m in self._names[sentence.index] if m.start <= at < m.end), None)

    def _remembered(self, name: str, reading: ActorReading) -> ActorReading:
        """Return who a surname was when its bearer was introduced: "General Rivas", later "Rivas"."""
        if not reading.is_known:
            return self._named.get(name, reading)
        if reading.kind == "person":
            self._named.setdefault(name, reading)
        return reading

    def _pronoun(self, sentence: Sentence, head: int) -> Party:
        """Return the subject that a pronoun stands for: the nearest before it, or an earlier main one."""
        token = sentence.tokens[head]
        if token.lower in self.words.get("speakers", ()):
            return _standing_for(self._speaker(sentence, head), token)
        fitting = [s for s in self._said if self._agrees(token.lower, s)]
        if token.relation in {"object", "recipient", "prepositional_object"}:
            verb = governor(sentence, head)  # "shot him": never who shoots
            own = set() if verb is None else set(subjects(sentence, verb))
            fitting = [s for s in fitting if s.sentence != sentence.index or s.token not in own]
        here = [s for s in fitting if s.sentence == sentence.index and s.token < head]
        before = [s for s in fitting if s.sentence < sentence.index]
        best = max(here, key=lambda s: (min(s.rank, 1), s.token), default=None) or max(
            before, key=lambda s: (s.sentence, s.rank, s.token), default=None
        )
        return _standing_for(best.party if best else _NOBODY, token)

    def _speaker(self, sentence: Sentence, inside: int) -> Party:
        """Return who says what a word stands in: the subject of the verb above it, or of one of saying."""
        at = inside
        while (above := governor(sentence, at)) is not None:
            said = sentence.tokens[at].relation == "complement" and sentence.tokens[above].pos == "VERB"
            subject = next(iter(sentence.related(above, "subject")), None) if said else None
            if subject is not None and sentence.tokens[subject].pos != "PRON":
                return self.read(sentence, subject)
            at = above
        for token in sentence.tokens:
            if token.pos == "VERB" and token.forms & self.words.get("reporting", frozenset()):
                for subject in sentence.related(token.i, "subject"):
                    if sentence.tokens[subject].pos != "PRON":
                        return self.read(sentence, subject)
        return _NOBODY

    def _agrees(self, pronoun: str, spoken: _Spoken) -> bool:
        kind = spoken.party.reading.kind
        plural = spoken.plural
        if pronoun in self.words.get("persons", ()):
            return kind == "person" and not plural
        if pronoun in self.words.get("groups", ()):
            return plural or kind in {"group", "group_of_states", "organisation"}
        if pronoun in self.words.get("bodies", ()):
            return kind in {"state", "organisation", "group"} and not plural
        return False


def _standing_for(party: Party, pronoun: Token) -> Party:
    """Return a party where a pronoun stands for it."""
    meant = party.meant or party.text
    return replace(party, text=pronoun.text, start=pronoun.start, end=pronoun.end, meant=meant)


_NOBODY = Party("", 0, 0, ActorReading())


def words_of(sentence: Sentence, tokens: Iterable[int]) -> str:
    """Return the stretch of a sentence from the first to the last of some tokens, ten words at most."""
    numbers = sorted(tokens)
    return _published(sentence, numbers[0], numbers[-1] + 1)


def _focus(resolver: ActorResolver, sentences: Sequence[Sentence]) -> str | None:
    """Return the country that an article speaks of most, its beginning above all: the army is its army."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        for match in resolver.find(sentence.text):
            if match.name.country and not _TOWARDS.search(sentence.text, 0, match.start):
                found[match.name.country] += _LEAD if sentence.index == 0 else 1
    return found.most_common(1)[0][0] if found else None


def _extent(sentence: Sentence, head: int, stop: int, belonging: frozenset[str]) -> int:
    """Return where the phrase ends that says whose the head is: "of …" and appositions."""
    for child in sentence.children[head]:
        token = sentence.tokens[child]
        belongs = token.relation == "preposition" and token.lower in belonging
        if (
            child > head
            and (belongs or token.relation == "apposition")
            and sentence.subtree(child)[0] - stop <= 1
        ):
            stop = max(stop, sentence.subtree(child, without=_CLAUSES)[-1] + 1)
    return stop


def _described(sentence: Sentence, head: int) -> int | None:
    """Return the noun that an adjective tells apart: in "the Colombian and Peruvian presidents" two."""
    token = sentence.tokens[head]
    if token.relation == "conjunct" and sentence.tokens[token.head].relation in {"modifier", "compound"}:
        token = sentence.tokens[token.head]
    shared = token.relation in {"modifier", "compound"} and sentence.tokens[token.head].pos == "NOUN"
    joined = shared and sentence.related(token.i, "conjunct")
    return token.head if joined else None


def _between(sentence: Sentence, start: int, stop: int) -> str:
    first, last = sentence.tokens[start], sentence.tokens[stop - 1]
    return sentence.text[first.start - sentence.start : last.end - sentence.start]


def _published(sentence: Sentence, start: int, stop: int) -> str:
    while start < stop - 1 and sentence.tokens[start].relation == "determiner":
        start += 1
    return " ".join(_between(sentence, max(start, stop - _WORDS_PUBLISHED), stop).split()[-_WORDS_PUBLISHED:])
