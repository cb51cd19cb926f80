"""The codebook as one read-only object."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.checking import check_codebook
from vzevents.codebook.loading import read_codebook
from vzevents.codebook.reading import fingerprint
from vzevents.errors import CodebookError, UnknownCodeError
from vzevents.resources import resource_dir

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import pandas as pd

    from vzevents.codebook.codes import Words
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import Actor, Agent, Code, Example, Office, Operator, Place
    from vzevents.codebook.reading import Problem


class Codebook:
    """Codes, actors, offices, places and words, read once and never changed.

    Iterating gives the codes in order; ``codebook["120D"]``, ``codebook["defect"]`` and
    ``codebook["accuse of treason"]`` give one.
    """

    def __init__(self, contents: Contents) -> None:
        self._settings = contents.settings
        self._codes = {code.event_code: code for code in contents.codes}
        self._by_name = {code.name: code for code in contents.codes if code.name}
        self.version: str = contents.settings.version
        self.sha256: str = fingerprint(contents.plain)
        self.warnings: tuple[str, ...] = tuple(map(str, contents.problems))
        self.words: Words = contents.words
        self.benchmark_quad: Mapping[str, int] = contents.settings.benchmark_quad
        self.implied_targets: Mapping[str, str] = contents.settings.implied_targets
        self.operators: Mapping[str, Operator] = MappingProxyType(contents.operators)
        self.examples: tuple[Example, ...] = tuple(contents.examples)
        self.known_failures: frozenset[str] = frozenset(contents.known_failures)
        self.actors: Mapping[str, Actor] = MappingProxyType({a.actor_id: a for a in contents.actors})
        self.offices: tuple[Office, ...] = tuple(office for office, _ in contents.offices)
        self.agents: tuple[Agent, ...] = tuple(contents.agents)
        self.places: Mapping[str, Place] = MappingProxyType({p.place_id: p for p, _, _ in contents.places})

    @classmethod
    def load(cls, path: Path | Traversable | None = None) -> Codebook:
        """Read a codebook and check all of it.

        Parameters
        ----------
        path : Path or Traversable, optional
            The folder that holds codebook.yaml; the bundled one when left out.

        Returns
        -------
        Codebook

        Raises
        ------
        CodebookError
            If anything in it is wrong; lists every mistake as ``file:line: message``.
        """
        contents = _read(path)
        errors = [str(problem) for problem in contents.problems if problem.severity == "error"]
        if errors:
            raise CodebookError(errors)
        return cls(contents)

    def __getitem__(self, key: str) -> Code:
        """Return a code by its code or its name; spaces and hyphens in a name stand for _."""
        code = self._find(key)
        if code is None:
            known = [*self._codes, *self._by_name]
            near = difflib.get_close_matches(_name(key), known, n=3, cutoff=0.5)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            message = f"{key!r} is neither a code nor the name of one{hint}"
            raise UnknownCodeError(message)
        return code

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self) -> Iterator[Code]:
        return iter(self._codes.values())

    def __len__(self) -> int:
        return len(self._codes)

    def __repr__(self) -> str:
        return f"<Codebook {self.version}: {len(self)} codes, {len(self.actors)} actors>"

    def parents(self, event_code: str) -> tuple[Code, ...]:
        """Return the codes above a code, the nearest first: of 1125T, 1125, 112 and 11."""
        code = self[event_code].event_code
        return tuple(self._codes[code[:end]] for end in range(len(code) - 1, 1, -1))

    def benchmark_root(self, event_code: str) -> str | None:
        """Return which of the 15 benchmark roots a code belongs to; codes of root 01 to none."""
        code = self[event_code]
        if code.plover.event is not None:
            return self._settings.benchmark_by_plover.get(code.plover.event)
        return self._settings.benchmark_by_root.get(code.event_root_code)

    def plover_quad(self, event_code: str) -> int | None:
        """Return PLOVER's quad (1 to 4) of a code's PLOVER event, or none where it has no event."""
        event = self[event_code].plover.event
        return None if event is None else self._settings.plover_quad.get(event)

    def codes_table(self) -> pd.DataFrame:
        """Return the `codes` table."""
        return _frame("codes", map(_code_row, self))

    def actors_table(self) -> pd.DataFrame:
        """Return the `actors` table."""
        return _frame("actors", map(_actor_row, self.actors.values()))

    def offices_table(self) -> pd.DataFrame:
        """Return the `offices` table."""
        names = ("actor_id", "office", "valid_from", "according_to", "valid_to", "role", "side", "basis")
        return _frame("offices", ({name: getattr(o, name) for name in names} for o in self.offices))

    def places_table(self) -> pd.DataFrame:
        """Return the `places` table."""
        names = (
            "place_id", "name", "kind", "country", "admin1", "admin2", "latitude", "longitude", "source",
        )  # fmt: skip
        return _frame("places", ({name: getattr(p, name) for name in names} for p in self.places.values()))

    def _find(self, key: str) -> Code | None:
        return self._codes.get(key) or self._by_name.get(_name(key))


def find_problems(path: Path | Traversable | None = None) -> list[Problem]:
    """Check all of a codebook without stopping at the errors.

    Parameters
    ----------
    path : Path or Traversable, optional
        The folder that holds codebook.yaml; the bundled one when left out.

    Returns
    -------
    list of Problem
        Errors and warnings, by file and line; empty when nothing is wrong.
    """
    return _read(path).problems


def _read(path: Path | Traversable | None) -> Contents:
    contents = read_codebook(resource_dir("codebook") if path is None else path)
    check_codebook(contents)
    return contents


def _name(key: str) -> str:
    return "_".join(key.casefold().replace("-", " ").split())


def _frame(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    # pandas loads here only: whoever codes a sentence or lists codes does without.
    from vzevents.tables import to_frame

    return to_frame(table, rows)


def _code_row(code: Code) -> dict[str, object]:
    return {
        "event_code": code.event_code,
        "name": code.name,
        "label_en": code.label.get("en"),
        "label_es": code.label.get("es"),
        "definition_en": code.definition.get("en"),
        "definition_es": code.definition.get("es"),
        "event_base_code": code.event_base_code,
        "event_root_code": code.event_root_code,
        "scope": code.scope,
        "assignable": code.assignable,
        "quad_class": code.quad_class,
        "goldstein": code.goldstein,
        "plover": code.plover.event,
        "plover_mode": code.plover.mode,
        "plover_context": code.plover.context,
        "plover_fit": code.plover.fit,
        "acled_event_type": code.acled.event,
        "acled_sub_event_type": code.acled.mode,
        "acled_fit": code.acled.fit,
    }


def _actor_row(actor: Actor) -> dict[str, object]:
    return {
        "actor_id": actor.actor_id,
        "name_en": actor.name.get("en"),
        "name_es": actor.name.get("es"),
        "aliases_en": "|".join(actor.aliases.get("en", ())) or None,
        "aliases_es": "|".join(actor.aliases.get("es", ())) or None,
        "kind": actor.kind,
        "country": actor.country,
        "role": actor.role,
        "actor_code": actor.actor_code,
        "parent": actor.parent,
    }
