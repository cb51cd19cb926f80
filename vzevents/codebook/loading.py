"""Turn the files of a codebook into what they say, gathering every mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook import actors, codes, shared_names, spelling
from vzevents.codebook.model import Crosswalk
from vzevents.codebook.problems import Problem
from vzevents.codebook.reading import Document, read_document, read_rows, read_text
from vzevents.codebook.settings import read_settings

if TYPE_CHECKING:
    from vzevents.codebook.fields import Entry
    from vzevents.codebook.files import Files
    from vzevents.codebook.model import (
        Actor,
        Agent,
        Code,
        Example,
        Office,
        Operator,
        Place,
        Settings,
        SharedNames,
        Words,
    )
    from vzevents.codebook.reading import Value

_DECIDES_NOTHING = ("known_failures.yaml", spelling.FILE)
_PERSONS = ("organisations", "venezuela", "leaders")


@dataclass(slots=True)
class Contents:
    """What the files of a codebook say, before anything is checked across files."""

    settings: Settings
    documents: dict[str, Document]
    words: Words
    codes: list[Code] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    known_failures: list[str] = field(default_factory=list)
    operators: dict[str, Operator] = field(default_factory=dict)
    actors: list[Actor] = field(default_factory=list)
    offices: list[tuple[Office, Entry]] = field(default_factory=list)
    agents: list[Agent] = field(default_factory=list)
    shared_names: SharedNames = field(default_factory=lambda: MappingProxyType({}))
    spelling: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: list[tuple[Place, Document, int]] = field(default_factory=list)
    crosswalks: Mapping[str, list[dict[str, str]]] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """Every mistake found so far, by file and line."""
        return sorted(problem for document in self.documents.values() for problem in document.problems)

    @property
    def published(self) -> MappingProxyType[str, tuple[Crosswalk, ...]]:
        """All that the published tables of other schemes name, by scheme; how well it fits, codes say."""
        plover = (
            Crosswalk(row["event"] or None, row["mode"] or None, row["context"] or None)
            for row in self.crosswalks.get("plover_2021.csv", ())
        )
        acled = (
            Crosswalk(row["event_type"] or None, row["sub_event_type"] or None)
            for row in self.crosswalks.get("acled.csv", ())
        )
        return MappingProxyType(
            {"plover": tuple(dict.fromkeys(plover)), "acled": tuple(dict.fromkeys(acled))}
        )

    @property
    def plain(self) -> dict[str, Value]:
        """The plain contents of what decides a code, by file."""
        return {name: doc.data for name, doc in self.documents.items() if name not in _DECIDES_NOTHING}


def read_codebook(given: Files) -> Contents:
    """Parse every file of a codebook.

    Parameters
    ----------
    given : Files
        As `read_files` returns them.

    Returns
    -------
    Contents
        With the mistakes of every file in `problems`; a missing optional file is none.
    """
    files = _Documents(given)
    settings = read_settings(files.yaml("codebook.yaml", required=True))
    words = codes.read_words(files.yaml("words.yaml"))
    contents = Contents(settings, files.documents, words)
    if not settings.roots:
        return contents  # without the closed lists, every other line would look wrong
    for document in files.folder("codes"):
        contents.codes += codes.read_codes(document, settings, words)
    for language, split in product(("en", "es"), settings.lists["splits"]):
        for document in files.folder(f"examples/{language}/{split}"):
            contents.examples += codes.read_examples(document, language, split, settings)
    contents.known_failures = codes.read_known_failures(files.yaml("known_failures.yaml"))
    contents.operators = codes.read_operators(files.yaml("operators.yaml"), words)
    contents.spelling = spelling.read_spelling(files.yaml(spelling.FILE))
    _read_actors(files, contents)
    for document, rows in files.tables("places"):
        contents.places += [(actors.read_place(document, n, row, settings), document, n) for n, row in rows]
    contents.crosswalks = {
        document.file.rpartition("/")[2]: [row for _, row in rows]
        for document, rows in files.tables("crosswalks")
    }
    return contents


def _read_actors(files: _Documents, contents: Contents) -> None:
    settings = contents.settings
    contents.actors += actors.read_states(files.yaml("actors/states.yaml"))
    for name in _PERSONS:
        contents.actors += actors.read_actors(files.yaml(f"actors/{name}.yaml"), settings)
    contents.offices = actors.read_offices(files.yaml("actors/offices.yaml"), settings)
    contents.agents = actors.read_agents(files.yaml("actors/agents.yaml"), settings)
    contents.shared_names = shared_names.read_shared_names(files.yaml(shared_names.FILE))


class _Documents:
    """The files below a codebook; each one opened is kept with its problems."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.documents: dict[str, Document] = {}

    def yaml(self, name: str, *, required: bool = False) -> Document:
        """Read one YAML file; a missing one that is not required is empty."""
        raw = self._files.contents.get(name)
        if raw is None:
            return self._empty(name, required=required)
        self.documents[name] = read_document(raw, f"{self._files.title}/{name}")
        return self.documents[name]

    def folder(self, name: str) -> Iterator[Document]:
        """Read every YAML file of a folder."""
        for file in self._names(name, ".yaml"):
            yield self.yaml(file)

    def tables(self, name: str) -> Iterator[tuple[Document, list[tuple[int, dict[str, str]]]]]:
        """Read every CSV file of a folder, with the line of each row."""
        for file in self._names(name, ".csv"):
            document = self._empty(file)
            rows = list(read_rows(document, read_text(self._files.contents.get(file, b""), document)))
            document.data = [dict(row) for _, row in rows]
            yield document, rows

    def _empty(self, name: str, *, required: bool = False) -> Document:
        """Return an empty document; what should be a file and is none is a mistake."""
        document = self.documents[name] = Document(f"{self._files.title}/{name}", {})
        if f"{name}/" in self._files.contents:
            document.report("is a folder, not a file")
        elif required:
            document.report("no such file; every codebook has one")
        return document

    def _names(self, name: str, suffix: str) -> list[str]:
        """Return the names of a folder's own files, and of folders named like one."""
        inside = (one.rstrip("/") for one in self._files.contents)
        return sorted(one for one in inside if one.rpartition("/")[0] == name and one.endswith(suffix))
