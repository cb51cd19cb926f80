"""Names that several actors or groups of agents share, and who is meant by them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.fields import LANGUAGES, Entry
from vzevents.codebook.model import SharedNames
from vzevents.unaccented import unaccented

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import Actor
    from vzevents.codebook.reading import Document, Step

FILE = "actors/shared_names.yaml"
_WORD = re.compile(r"\w+")
_FIELDS = ("aliases", "adjectives", "people", "capital", "residences")


@dataclass(frozen=True, slots=True)
class _Use:
    """A name as it stands in a file, and whose it is."""

    owner: str
    name: str
    document: Document
    path: tuple[Step, ...]


def name_key(text: str) -> tuple[str, ...]:
    """Return the words of a name as they are looked up: lower case, no accents, no other signs."""
    plain = text.casefold()
    return tuple(_WORD.findall(plain if plain.isascii() else unaccented(plain)))


def read_shared_names(document: Document) -> SharedNames:
    """Turn actors/shared_names.yaml into who is meant, by language and name as it is looked up."""
    book = Entry(document, keys=LANGUAGES)
    meant = {}
    for language in book:
        names = book.entry(language)
        meant[language] = MappingProxyType(
            {" ".join(name_key(name)): owner for name in names if (owner := _meant(names, name))}
        )
    return MappingProxyType(meant)


def _meant(names: Entry, name: str) -> str | None:
    entry = names.entry(name, ("means", "why"))
    entry.require("means", "why")
    return entry.text("means")


def known_names(contents: Contents, language: str) -> frozenset[tuple[str, ...]]:
    """Return the names of actors and common nouns for them, as they are looked up."""
    uses = (*_actor_uses(contents, language), *_agent_uses(contents, language))
    words: Mapping[str, frozenset[str]] = contents.words.get(language) or {}
    groups = (word for name in ("regions", "state_nouns") for word in words.get(name, ()))
    return frozenset(name_key(name) for name in (*(use.name for use in uses), *groups))


def check_shared_names(contents: Contents) -> None:
    """Note names of several actors, or of several groups of agents, of which nothing says who is meant."""
    for uses_of, owners in ((_actor_uses, "actors"), (_agent_uses, "groups of agents")):
        for language in LANGUAGES:
            by_key: dict[tuple[str, ...], list[_Use]] = defaultdict(list)
            for use in uses_of(contents, language):
                by_key[name_key(use.name)].append(use)
            for key, uses in by_key.items():
                if key and len({use.owner for use in uses}) > 1:
                    _check_meant(contents, language, key, uses, owners)
    _check_needed(contents)


def _check_meant(
    contents: Contents, language: str, key: tuple[str, ...], uses: list[_Use], owners: str
) -> None:
    decided = contents.shared_names.get(language)
    meant = decided.get(" ".join(key)) if decided else None
    sharing = list(dict.fromkeys(use.owner for use in uses))
    if meant is None:
        later = next(use for use in uses if use.owner != uses[0].owner)
        message = (
            f'"{later.name}" ({language}) is also a name of "{uses[0].owner}"; say in {FILE} who is meant'
        )
        later.document.report(message, *later.path)
    elif meant not in sharing:
        path = _path(contents, language, key)
        message = f'"{meant}" is none of the {owners} with this name: {", ".join(sharing)}'
        contents.documents[FILE].report(message, *path, "means")


def _check_needed(contents: Contents) -> None:
    """Check that what the file decides is open."""
    for language, names in contents.shared_names.items():
        many: dict[str, set[str]] = defaultdict(set)
        for use in (*_actor_uses(contents, language), *_agent_uses(contents, language)):
            many[" ".join(name_key(use.name))].add(use.owner)
        for name in names:
            if len(many[name]) < 2:
                path = _path(contents, language, tuple(name.split()))
                contents.documents[FILE].report("this name is not shared; take it out", *path)


def _path(contents: Contents, language: str, key: tuple[str, ...]) -> tuple[str, str]:
    """Return where the file decides on a name."""
    written = Entry(contents.documents[FILE]).entry(language)
    return language, next(name for name in written if name_key(name) == key)


def _actor_uses(contents: Contents, language: str) -> Iterator[_Use]:
    for actor in contents.actors:
        file = actor.origin.rpartition(":")[0].partition("/")[2]
        for path, name in _names(actor, language):
            yield _Use(actor.actor_id, name, contents.documents[file], (actor.actor_id, *path))


def _names(actor: Actor, language: str) -> Iterator[tuple[tuple[Step, ...], str]]:
    if language in actor.name:
        yield ("name", language), actor.name[language]
    for field in _FIELDS:
        for index, name in enumerate(getattr(actor, field).get(language, ())):
            yield (field, language, index), name


def _agent_uses(contents: Contents, language: str) -> Iterator[_Use]:
    document = contents.documents["actors/agents.yaml"]
    for place, agent in enumerate(contents.agents):
        for index, word in enumerate(agent.words.get(language, ())):
            yield _Use(agent.agent_id, word, document, (place, language, index))
