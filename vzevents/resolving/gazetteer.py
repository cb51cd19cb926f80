"""The codebook's names, ready to be found in a text: actors, countries, common nouns, size words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from vzevents.codebook import Codebook
from vzevents.codebook.model import Actor
from vzevents.codebook.shared_names import name_key
from vzevents.resolving.place_words import NOT_FIRST_NAMES, OPENERS, TITLES
from vzevents.unaccented import unaccented

NameKind = Literal[
    "actor", "country", "adjective", "people", "capital", "agent", "size", "state_noun", "region"
]
_WORD = re.compile(r"\w+")
_FIRST_NAME = re.compile(r"(?<![\w-])([^\W\d_][\w’'-]*) $")
_NO_FIRST_NAMES = NOT_FIRST_NAMES | OPENERS | TITLES
_MOSTLY = 0.6
_SHORT = 3  # letters of a name that needs all its capitals
_KEPT = 8_192  # phrases: news speaks of the same again and again
_LONGEST_NAME = 30  # letters of a first name


@dataclass(frozen=True, slots=True)
class Name:
    """What a name of the codebook stands for."""

    kind: NameKind
    country: str | None = None
    role: str | None = None
    actor: Actor | None = None
    person: bool = False
    size: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text: code points `start` to `end`, `word` as it is looked up."""

    start: int
    end: int
    word: str
    name: Name


class Gazetteer:
    """All names of a codebook in one language; the more specific meaning of a name wins."""

    def __init__(self, codebook: Codebook, *, language: str) -> None:
        self._names: dict[tuple[str, ...], Name] = {}
        self._common: dict[tuple[str, ...], Name] = {}
        self._short: set[str] = set()  # names of two or three letters that are no initials: Xi, Eni
        self._longest: dict[str, int] = {}  # first word -> words of the longest name
        self.find = lru_cache(maxsize=_KEPT)(self._find)
        meant: Mapping[str, str] = codebook.shared_names.get(language) or {}
        names = [(name_key(text), text, name, owner) for text, name, owner in _names(codebook, language)]
        # Of names that several share, the one that the codebook says is meant comes first.
        for key, text, name, _ in sorted(names, key=lambda n: meant.get(" ".join(n[0])) != n[3]):
            self._add(key, text, name)

    def _find(self, text: str) -> tuple[Match, ...]:
        """Return the names that stand in `text`, the longest at each word, without overlap."""
        words = list(_WORD.finditer(text))
        keys = [unaccented(w.group()) for w in words]
        found: list[Match] = []
        at = 0
        in_title_case = _is_title_case(words)
        while at < len(words):
            match = self._match_at(text, words, keys, at) if keys[at] in self._longest else None
            if match and not in_title_case and _is_anothers_surname(match, text, found):
                match = None
            if match:
                found.append(match)
            at += match.word.count(" ") + 1 if match else 1
        return tuple(found)

    def _match_at(self, text: str, words: list[re.Match[str]], keys: list[str], at: int) -> Match | None:
        """Return the longest name that begins at a word: a proper one if written so, else a common one."""
        for length in range(min(self._longest[keys[at]], len(words) - at), 0, -1):
            key = tuple(keys[at : at + length])
            if key not in self._names and key not in self._common:
                continue
            written = [w.group() for w in words[at : at + length]]
            name = self._names.get(key)
            if name is None or not (_has_capitals(written) or (length == 1 and written[0] in self._short)):
                name = self._common.get(key)
            if name is not None:
                return Match(words[at].start(), words[at + length - 1].end(), " ".join(key), name)
        return None

    def _add(self, key: tuple[str, ...], text: str, name: Name) -> None:
        if not key:
            return
        names = self._common if text == text.lower() else self._names
        names.setdefault(key, name)
        if len(text) <= _SHORT and text != text.lower():
            self._short.add(text)
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))


def _is_title_case(words: list[re.Match[str]]) -> bool:
    """Whether nearly every word begins with a capital, as in headlines; capitals tell nothing there."""
    capitals = sum(word.group()[0].isupper() for word in words)
    return len(words) > 3 and capitals > _MOSTLY * len(words)


def _is_anothers_surname(match: Match, text: str, found: list[Match]) -> bool:
    """Whether a first name that belongs to nobody known stands before a person's surname: Puerto Cabello."""
    if not match.name.person or match.name.kind != "actor" or " " in match.word:
        return False
    first = _FIRST_NAME.search(text, max(0, match.start - _LONGEST_NAME), match.start)
    if first is None or (found and found[-1].end > first.start()):
        return False  # "President Maduro": the word before is known
    return first[1][0].isupper() and unaccented(first[1]) not in _NO_FIRST_NAMES


def _has_capitals(words: list[str]) -> bool:
    """Whether words are written as a proper name: "US" is a country, "us" is not."""
    if sum(map(len, words)) <= _SHORT:
        return all(word.isupper() for word in words)
    return words[0][0].isupper() or words[-1][0].isupper()


def _names(codebook: Codebook, language: str) -> Iterator[tuple[str, Name, str | None]]:
    """Yield every name with whose it is; what comes first wins where two share one."""
    yield from _actor_names(codebook, language)
    yield from _country_names(codebook, language)
    words = codebook.words.get(language, {})
    for region in words.get("regions", ()):
        yield region, Name("region"), None  # "Latin American" is not American
    for noun in words.get("state_nouns", ()):
        yield noun, Name("state_noun", role="GOV"), None
    for size in ("all", "most", "several", "some"):
        for word in words.get(f"size_{size}", ()):
            yield word, Name("size", size=size), None
    for agent in codebook.agents:
        for word in agent.words.get(language, ()):
            name = Name("agent", role=agent.role, person=agent.kind == "person")
            yield word, name, agent.agent_id


def _actor_names(codebook: Codebook, language: str) -> Iterator[tuple[str, Name, str | None]]:
    for actor in codebook.actors.values():
        if actor.kind == "state":
            continue
        name = Name("actor", actor.country, actor.role, actor, person=actor.kind == "person")
        for text in (actor.name.get(language), *actor.aliases.get(language, ())):
            if text:
                yield text, name, actor.actor_id


def _country_names(codebook: Codebook, language: str) -> Iterator[tuple[str, Name, str | None]]:
    for state in codebook.actors.values():
        if state.kind != "state":
            continue
        country = Name("country", state.actor_id, "GOV", state)
        for text in (
            state.name.get(language),
            *state.aliases.get(language, ()),
            *state.residences.get(language, ()),
        ):
            if text:
                yield text, country, state.actor_id
        owner = state.actor_id
        people = [(text, Name("people", owner, "CVL"), owner) for text in state.people.get(language, ())]
        # In Spanish one word is both: "peruanos" are people unless a noun stands before it.
        yield from people if language == "es" else ()
        for text in state.adjectives.get(language, ()):
            yield text, Name("adjective", owner, actor=state), owner
        yield from people if language != "es" else ()
        for text in state.capital.get(language, ()):
            yield text, Name("capital", owner, "GOV", state), owner
