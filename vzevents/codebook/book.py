"""The codebook as one read-only object."""

from __future__ import annotations

import copy
import difflib
import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.compiling import Compiled, decode_examples, keep, recall
from vzevents.codebook.files import Files, read_files
from vzevents.errors import CodebookError, UnknownCodeError
from vzevents.resources import resource_dir

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import pandas as pd

    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import (
        Actor,
        Agent,
        Code,
        Crosswalk,
        Example,
        Office,
        Operator,
        Place,
        SharedNames,
    )
    from vzevents.codebook.problems import Problem
    from vzevents.codebook.searching import Hit


class Codebook:
    """Codes, actors, offices, places and words, read once and never changed.

    Iterating gives the codes in order; ``codebook["120D"]``, ``codebook["defect"]`` and
    ``codebook["accuse of treason"]`` give one.
    """

    def __init__(self, compiled: Compiled, examples: tuple[Example, ...] | bytes) -> None:
        self._settings, self._examples = compiled.settings, examples
        self._codes = {code.event_code: code for code in compiled.codes}
        self._by_name = {code.name: code for code in compiled.codes if code.name}
        self.version: str = compiled.settings.version
        self.sha256: str = compiled.sha256
        self.warnings: tuple[str, ...] = compiled.warnings
        self.words: Mapping[str, Mapping[str, frozenset[str]]] = compiled.words
        self.benchmark_quad: Mapping[str, int] = compiled.settings.benchmark_quad
        self.implied_targets: Mapping[str, str] = compiled.settings.implied_targets
        self.example_rates: Mapping[str, float] = compiled.settings.example_rates
        self.operators: Mapping[str, Operator] = MappingProxyType(
            {operator.operator_id: operator for operator in compiled.operators}
        )
        self.known_failures: frozenset[str] = frozenset(compiled.known_failures)
        self.actors: Mapping[str, Actor] = MappingProxyType({a.actor_id: a for a in compiled.actors})
        self.offices: tuple[Office, ...] = compiled.offices
        self.agents: tuple[Agent, ...] = compiled.agents
        self.shared_names: SharedNames = compiled.shared_names
        self.published: Mapping[str, tuple[Crosswalk, ...]] = compiled.published
        self.places: Mapping[str, Place] = MappingProxyType({p.place_id: p for p in compiled.places})

    @classmethod
    def load(cls, path: Path | Traversable | None = None) -> Codebook:
        """Read a codebook and check all of it, or take it from the user's cache where no file has changed.

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
        InputError
            If one of its files cannot be read.
        """
        folder = _folder(path)
        files, name = read_files(folder), str(folder.resolve() if isinstance(folder, Path) else folder)
        with _no_collecting():
            kept = recall(name, files)
        if kept is not None:
            return cls(*kept)
        with _no_collecting():
            compiled, examples = _compile(files)
            keep(name, files, compiled, examples)
        return cls(compiled, examples)

    def with_codes(self, codes: Iterable[Code]) -> Codebook:
        """Return the codebook with these codes in the place of its own; `sha256` stays that of the files."""
        other = copy.copy(self)
        other._codes = {code.event_code: code for code in codes}
        other._by_name = {code.name: code for code in other if code.name}
        return other

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The examples of all codes, decoded when they are first asked for."""
        return decode_examples(self._examples) if isinstance(self._examples, bytes) else self._examples

    @cached_property
    def examples_by_code(self) -> Mapping[str, tuple[Example, ...]]:
        """The examples by the code that they illustrate."""
        found: dict[str, list[Example]] = {}
        for example in self.examples:
            found.setdefault(example.event_code, []).append(example)
        return MappingProxyType({code: tuple(examples) for code, examples in found.items()})

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

    def goldstein_reason(self, event_code: str) -> Mapping[str, str]:
        """Return why a code has no Goldstein value, by language; empty where it has one."""
        code = self[event_code]
        return {} if code.goldstein is not None else self._settings.goldstein_missing.get(code.scope, {})

    def search(
        self, text: str, *, language: str | None = None, every_example: bool = False
    ) -> tuple[Hit, ...]:
        """Find the codes that have words in their meaning, patterns or examples.

        Parameters
        ----------
        text : str
            One word or several, English or Spanish; case and accents do not matter.
        language : str, optional
            ``"en"`` or ``"es"``: look at texts in this language only.
        every_example : bool
            Look at the examples of split test too.

        Returns
        -------
        tuple of Hit
            One a code that has all the words, the best first; each says where they stand.
        """
        from vzevents.codebook.searching import search_codes

        return search_codes(self, text, language=language, every_example=every_example)

    def crosswalk(self, scheme: str, other: str) -> pd.DataFrame:
        """Return what codes of one scheme become in another, and what is lost on the way.

        Parameters
        ----------
        scheme : str
            ``"cameo"`` (with the project's own codes), ``"plover"``, ``"acled"`` or ``"benchmark"``.
        other : str
            Another of these, or ``"goldstein"``.

        Returns
        -------
        pandas.DataFrame
            One row a pair: `code`, `counterpart` (missing where there is none), `fit` (exact, close, broad,
            none) and `loss`: what does not come back from the counterpart; missing where all does.

        Raises
        ------
        UnknownCodeError
            If there is no such pair of schemes.
        """
        from vzevents.codebook.crosswalks import crosswalk_frame

        return crosswalk_frame(self, scheme, other)

    def to_html(self) -> str:
        """Return the whole codebook as one web page, in both languages, that needs no other file."""
        from vzevents.codebook.exporting import codebook_page

        return codebook_page(self)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a code with all that the codebook says of it; what are several is a list."""
        from vzevents.codebook.exporting import codebook_frame

        return codebook_frame(self)

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
    return _read(read_files(_folder(path)), thorough=True).problems


def _folder(path: Path | Traversable | None) -> Path | Traversable:
    return resource_dir("codebook") if path is None else path


def _read(files: Files, *, thorough: bool = False) -> Contents:
    # What is kept needs none of these modules.
    from vzevents.codebook.checking import check_codebook
    from vzevents.codebook.loading import read_codebook

    with _no_collecting():
        contents = read_codebook(files)
        check_codebook(contents, thorough=thorough)
    return contents


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Stop the garbage collector, which would walk through all of a growing codebook again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _compile(files: Files) -> tuple[Compiled, tuple[Example, ...]]:
    from vzevents.codebook.reading import fingerprint

    contents = _read(files)
    errors = [str(problem) for problem in contents.problems if problem.severity == "error"]
    if errors:
        raise CodebookError(errors)
    compiled = Compiled(
        settings=contents.settings,
        sha256=fingerprint(contents.plain),
        warnings=tuple(map(str, contents.problems)),
        words=contents.words,
        codes=tuple(contents.codes),
        known_failures=tuple(contents.known_failures),
        operators=tuple(contents.operators.values()),
        actors=tuple(contents.actors),
        offices=tuple(office for office, _ in contents.offices),
        agents=tuple(contents.agents),
        places=tuple(place for place, _, _ in contents.places),
        shared_names=contents.shared_names,
        published=contents.published,
    )
    return compiled, tuple(contents.examples)


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
