"""Take the fields of a YAML mapping one by one, noting what is missing, unknown or of the wrong type."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.reading import misread

if TYPE_CHECKING:
    from vzevents.codebook.model import Names, Texts
    from vzevents.codebook.reading import Document, Step, Value

LANGUAGES = ("en", "es")
NO_NAMES: Names = MappingProxyType({})


def frozen(mapping: Mapping[str, str]) -> Texts:
    """Return a read-only copy."""
    return MappingProxyType(dict(mapping))


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean …?"`` where a known word comes near, else nothing."""
    near = difflib.get_close_matches(word, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else ""


class Entry:
    """The mapping at a path of a document; `keys` are those it may have."""

    def __init__(self, document: Document, *path: Step, keys: Sequence[str] | None = None) -> None:
        self.document, self.path = document, path
        value = _at(document.data, path)
        self.data: dict[str, Value] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.report(f"must be a mapping{' of ' + ', '.join(keys) if keys else ''}")
        for key in self.data:
            if keys is not None and key not in keys:
                hint = suggestion(key, keys) or f"; allowed: {', '.join(keys)}"
                self.report(f'unknown key "{key}"{hint}', key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    @property
    def origin(self) -> str:
        """Where the mapping begins, as ``file:line``."""
        return f"{self.document.file}:{self.document.line(*self.path)}"

    def report(self, message: str, *steps: Step) -> None:
        """Note a mistake in the piece at `steps` within this mapping."""
        self.document.report(message, *self.path, *steps)

    def require(self, *keys: str) -> None:
        """Note those of `keys` that are missing or empty."""
        for key in keys:
            if self.data.get(key) in (None, "", [], {}):
                self.report(f'"{key}" is missing', key)

    def entry(self, key: str, keys: Sequence[str] | None = None) -> Entry:
        """Return the mapping below `key`; an absent one is empty."""
        return Entry(self.document, *self.path, key, keys=keys)

    def text(self, key: str, *, choices: Iterable[str] | None = None) -> str | None:
        """Return the text at `key`, which must be one of `choices`."""
        value = self._as_text(self.data.get(key), key)
        if value is not None and choices is not None and value not in (known := list(choices)):
            self.report(f'{key} "{value}" is not allowed; allowed: {", ".join(known)}', key)
            return None
        return value

    def number(self, key: str, low: float, high: float) -> float | None:
        """Return the number at `key`, which must lie between `low` and `high`."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.report(f"{key} {value!r} is not a number; give one from {low:g} to {high:g} or null", key)
            return None
        if math.isnan(value) or not low <= value <= high:
            self.report(f"{key} {value:g} is out of range; it goes from {low:g} to {high:g}", key)
            return None
        return float(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return the true or false at `key`."""
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            self.report(f"{key} must be true or false", key)
            return default
        return value

    def strings(self, key: str, *, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        """Return the list of texts at `key`, each of which must be one of `choices`."""
        found = []
        for index, item in enumerate(self.items(key)):
            value = self._as_text(item, key, index)
            if item is None:
                self.report(f"{key} has an empty line in its list", key, index)
            if value is not None and choices is not None and value not in (known := list(choices)):
                self.report(f'{key} "{value}" is not allowed; allowed: {", ".join(known)}', key, index)
            elif value is not None:
                found.append(value)
        return tuple(found)

    def items(self, key: str) -> list[Value]:
        """Return the list at `key`; an absent one is empty."""
        value = self.data.get(key)
        if value is not None and not isinstance(value, list):
            self.report(f"{key} must be a list", key)
        return value if isinstance(value, list) else []

    def entries(self, key: str, keys: Sequence[str]) -> list[Entry]:
        """Return the mappings listed at `key`."""
        count = len(self.items(key))
        return [Entry(self.document, *self.path, key, index, keys=keys) for index in range(count)]

    def texts(self, key: str) -> Texts:
        """Return the texts by language at `key`."""
        entry = self.entry(key, LANGUAGES)
        return frozen({lang: text for lang in entry if (text := entry.text(lang)) is not None})

    def names(self, key: str) -> Names:
        """Return the lists of texts by language at `key`."""
        if self.data.get(key) is None:
            return NO_NAMES
        entry = self.entry(key, LANGUAGES)
        return MappingProxyType({lang: entry.strings(lang) for lang in entry if lang in LANGUAGES})

    def _as_text(self, value: Value, *steps: Step) -> str | None:
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, dict | list):
            self.report(f"{steps[0]} must be text", *steps)
            return None
        written = self.document.written(*self.path, *steps)
        self.report(misread(written, value), *steps)
        return None


def _at(data: Value, path: tuple[Step, ...]) -> Value:
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
    return {} if data is None else data
