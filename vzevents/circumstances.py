"""Statements -> when and where: which of a sentence's dates and places belongs to which act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vzevents.resolving.dates import DateMention, find_dates
from vzevents.resolving.places import PlaceMention, find_places
from vzevents.roles import governor
from vzevents.sentences import Sentence
from vzevents.statements import Statement, StatementExtractor


@dataclass(frozen=True, slots=True)
class Interval:
    """The days in which an act happened, first and last inclusive; both None when unknown."""

    start: date | None = None
    end: date | None = None
    precision: str = "unknown"


class CircumstanceReader:
    """Dates and places of the statements of one article."""

    def __init__(self, extractor: StatementExtractor, *, published: date | None) -> None:
        self._resolver = extractor.resolver
        self._language = extractor.language
        self._words = extractor.words
        self._published = published
        self._places = extractor.places
        self._dates_of: dict[int, list[DateMention]] = {}
        self._places_of: dict[int, list[PlaceMention]] = {}

    def interval(self, statement: Statement) -> Interval:
        """Return when the act of a statement happened, by the words of its sentence."""
        sentence, head = statement.sentence, statement.choice.match.predicate.head
        own, inherited = self._mention(sentence, head)
        mention = own or inherited
        is_group = statement.source is not None and statement.source.reading.kind == "group_of_states"
        if mention is None or (is_group and own is None):
            return self._until_published(statement)
        if self._is_later(mention) or mention.date is None or mention.date_end is None:
            return Interval()
        return Interval(mention.date, mention.date_end, mention.precision)

    def place_id(self, statement: Statement) -> str | None:
        """Return where the act of a statement happened, where its sentence names a place."""
        sentence, head = statement.sentence, statement.choice.match.predicate.head
        if sentence.index not in self._places_of:
            found = find_places(sentence.text, places=self._places, language=self._language)
            self._places_of[sentence.index] = [m for m in found if self._stands_in(sentence, m)]
        for mention in self._places_of[sentence.index]:
            i = _token_at(sentence, sentence.start + mention.start)
            if self._belongs(sentence, i, head):
                return mention.place_id
        return None

    def _belongs(self, sentence: Sentence, i: int, head: int) -> bool:
        """Whether a place hangs from an act, or stands before all verbs of a sentence and goes for each."""
        above = _governors(sentence, i)
        verb = next((g for g in above if sentence.tokens[g].pos in {"VERB", "AUX"}), None)
        if head in above and (verb is None or above.index(head) <= above.index(verb)):
            return True
        fronted = not any(t.pos in {"VERB", "AUX"} for t in sentence.tokens[:i])
        return fronted and verb in {head, *_governors(sentence, head)}

    def _stands_in(self, sentence: Sentence, mention: PlaceMention) -> bool:
        """Whether a preposition of place stands before a place: "in Caracas", not "Caracas accused"."""
        i = _token_at(sentence, sentence.start + mention.start)
        while i > 0 and sentence.tokens[i - 1].relation in {"determiner", "compound", "modifier"}:
            i -= 1
        return i > 0 and self._any(sentence, (i - 1,), "stands_in")

    def _any(self, sentence: Sentence, tokens: Iterable[int], name: str) -> bool:
        return any(sentence.tokens[i].lower in self._words.get(name, ()) for i in tokens)

    def _is_later(self, mention: DateMention) -> bool:
        return bool(self._published and mention.date and mention.date > self._published)

    def _mention(self, sentence: Sentence, head: int) -> tuple[DateMention | None, DateMention | None]:
        """Return the date that belongs to an act, and the one that it shares with the act before it."""
        if sentence.index not in self._dates_of:
            found = find_dates(sentence.text, published=self._published, language=self._language)
            self._dates_of[sentence.index] = found
        line = [head, *_governors(sentence, head)]
        below = set(sentence.subtree(head))
        shared = None
        for mention in self._dates_of[sentence.index]:
            i = _token_at(sentence, sentence.start + mention.start)
            verb = next(
                (g for g in _governors(sentence, i) if sentence.tokens[g].pos in {"VERB", "AUX"}), None
            )
            if verb == head or (verb is None and i in below):
                return mention, None
            if verb in line:
                # Before the verbs it goes for all of them; behind the first only if the next came at once.
                before_all = verb is not None and i < verb
                at_once = self._any(sentence, _around(sentence, head), "at_once")
                joined = sentence.tokens[head].relation == "conjunct"
                if before_all or at_once or not joined:
                    shared = mention
        return None, shared

    def _until_published(self, statement: Statement) -> Interval:
        """Return from the claim to the publication for what has "already" been recognised."""
        sentence, head = statement.sentence, statement.choice.match.predicate.head
        already = self._any(sentence, sentence.children[head], "already")
        target = statement.target.reading.actor_id if statement.target else None
        since = self._resolver.claim_start(target, self._published)
        if not (already and since):
            return Interval()
        return Interval(date.fromisoformat(since), self._published, "bounded")


def _around(sentence: Sentence, head: int) -> list[int]:
    """Return the adverbs of a verb, those of "the same day" included."""
    near = sentence.children[head]
    return [
        *near,
        *(c for n in near if sentence.tokens[n].relation == "adverbial_noun" for c in sentence.children[n]),
    ]


def _token_at(sentence: Sentence, at: int) -> int:
    return next((t.i for t in sentence.tokens if t.end > at), len(sentence.tokens) - 1)


def _governors(sentence: Sentence, i: int) -> Sequence[int]:
    found: list[int] = []
    above = governor(sentence, i)
    while above is not None and above not in found:
        found.append(above)
        above = governor(sentence, above)
    return found
