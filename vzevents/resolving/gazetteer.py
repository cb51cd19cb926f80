"""The codebook's names, ready to be found in a text: actors, countries, common nouns, size words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vzevents.codebook import Codebook
from vzevents.codebook.model import Actor

NameKind = Literal[
    "actor", "country", "adjective", "people", "capital", "agent", "size", "state_noun", "region"
]
_WORD = re.compile(r"\w+")


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


def normal(text: str) -> str:
    """Return a text in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class Gazetteer:
    """All names of a codebook in one language; the more specific meaning of a name wins."""

    def __init__(self, codebook: Codebook, *, language: str) -> None:
        self._names: dict[tuple[str, ...], Name] = {}
        self._proper: set[tuple[str, ...]] = set()
        self._longest = 1
        for text, name in _names(codebook, language):
            self._add(text, name)

    def find(self, text: str) -> list[Match]:
        """Return the names that stand in `text`, the longest at each word, without overlap."""
        words = list(_WORD.finditer(text))
        keys = [normal(w.group()) for w in words]
        found: list[Match] = []
        at = 0
        while at < len(words):
            length = self._length_at(words, keys, at)
            if length:
                key = tuple(keys[at : at + length])
                found.append(
                    Match(words[at].start(), words[at + length - 1].end(), " ".join(key), self._names[key])
                )
            at += max(length, 1)
        return found

    def _length_at(self, words: list[re.Match[str]], keys: list[str], at: int) -> int:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            key = tuple(keys[at : at + length])
            if key in self._names and self._is_written_so(key, [w.group() for w in words[at : at + length]]):
                return length
        return 0

    def _is_written_so(self, key: tuple[str, ...], words: list[str]) -> bool:
        """Whether a proper name has its capitals: "US" is a country, "us" is not."""
        if key not in self._proper:
            return True
        if sum(len(w) for w in key) <= 3:
            return all(w.isupper() for w in words)
        return words[0][0].isupper() or words[-1][0].isupper()

    def _add(self, text: str, name: Name) -> None:
        key = tuple(_WORD.findall(normal(text)))
        if not key or key in self._names:
            return
        self._names[key] = name
        self._longest = max(self._longest, len(key))
        if text != text.lower():
            self._proper.add(key)


def _names(codebook: Codebook, language: str) -> Iterator[tuple[str, Name]]:
    """Yield every name; what comes first wins where two share one."""
    yield from _actor_names(codebook, language)
    yield from _country_names(codebook, language)
    words = codebook.words.get(language, {})
    for region in words.get("regions", ()):
        yield region, Name("region")  # "Latin American" is not American
    for noun in words.get("state_nouns", ()):
        yield noun, Name("state_noun", role="GOV")
    for size in ("all", "most", "several", "some"):
        for word in words.get(f"size_{size}", ()):
            yield word, Name("size", size=size)
    for agent in codebook.agents:
        for word in agent.words.get(language, ()):
            yield word, Name("agent", role=agent.role, person=agent.kind == "person")


def _actor_names(codebook: Codebook, language: str) -> Iterator[tuple[str, Name]]:
    for actor in codebook.actors.values():
        if actor.kind == "state":
            continue
        name = Name("actor", actor.country, actor.role, actor, person=actor.kind == "person")
        for text in (actor.name.get(language), *actor.aliases.get(language, ())):
            if text:
                yield text, name


def _country_names(codebook: Codebook, language: str) -> Iterator[tuple[str, Name]]:
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
                yield text, country
        people = [(text, Name("people", state.actor_id, "CVL")) for text in state.people.get(language, ())]
        # In Spanish one word is both: "peruanos" are people unless a noun stands before it.
        yield from people if language == "es" else ()
        for text in state.adjectives.get(language, ()):
            yield text, Name("adjective", state.actor_id, actor=state)
        yield from people if language != "es" else ()
        for text in state.capital.get(language, ()):
            yield text, Name("capital", state.actor_id, "GOV", state)
