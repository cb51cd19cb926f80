"""Keep what a sound codebook says in one file that decodes quickly, so that its YAML is read once.

The file lies in the user's cache folder and says of itself what it was made from: every byte of the codebook
and every module of this package. Whatever differs, is damaged or is no such file is passed over, and a new
one is written. Its parts are plain JSON: nothing in it can run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import GenericAlias, MappingProxyType
from typing import Any, TypeVar, cast, get_args, overload

import msgspec

from vzevents.codebook.files import Files
from vzevents.codebook.model import (
    Actor,
    Agent,
    Code,
    Crosswalk,
    Example,
    Office,
    Operator,
    Place,
    Settings,
    SharedNames,
    Words,
)
from vzevents.codebook.patterns import Element, ElementKind, Pattern, Slot
from vzevents.resources import remove_oldest, sources_sha256, user_cache_dir

_EMPTY: MappingProxyType[Any, Any] = MappingProxyType({})
_T = TypeVar("_T")
_KEPT = 16  # codebooks of a user's folder; the oldest go first


@dataclass(frozen=True, slots=True)
class Compiled:
    """All rows of a sound codebook but its examples."""

    settings: Settings
    sha256: str
    warnings: tuple[str, ...]
    words: Words
    codes: tuple[Code, ...]
    known_failures: tuple[str, ...]
    operators: tuple[Operator, ...]
    actors: tuple[Actor, ...]
    offices: tuple[Office, ...]
    agents: tuple[Agent, ...]
    places: tuple[Place, ...]
    shared_names: SharedNames
    # scheme -> all that its published table names
    published: MappingProxyType[str, tuple[Crosswalk, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


# All but text, kinds and flags are numbers under which something is kept once; -1 is none.
_SlotRow = tuple[str, int, bool, int]  # name, conditions, mutual, words
_ElementRow = tuple[str, int, int, int, bool, bool]  # kind, prepositions, slot, words, optional, anywhere
# Text, language, whether it is nominal, slot, heads, elements, weight.
_PatternRow = tuple[
    str, str, bool, int, tuple[int, ...], tuple[int, ...], int
]  # …, slot, heads, elements, weight


@dataclass(frozen=True, slots=True)
class _Packed:
    """All rows, with what patterns ask for given once, since many ask for the same."""

    compiled: Compiled  # its codes without patterns
    sets: tuple[frozenset[str], ...]
    slots: tuple[_SlotRow, ...]
    heads: tuple[tuple[str, str | None], ...]
    elements: tuple[_ElementRow, ...]
    patterns: tuple[tuple[_PatternRow, ...], ...]  # of each code


def recall(folder: str, files: Files) -> tuple[Compiled, bytes] | None:
    """Return what is kept of a codebook, if it was made from these very files.

    Parameters
    ----------
    folder : str
        Where the codebook stands.
    files : Files
        What its files hold now.

    Returns
    -------
    tuple of (Compiled, bytes) or None
        The rows, and the examples still as JSON, since few programs want them; None where nothing is kept,
        or nothing that can be trusted.
    """
    try:
        header, compiled, examples = _place(folder).read_bytes().split(b"\n")
        if header != _header(files, compiled, examples):
            return None
        return _unpacked(msgspec.json.decode(compiled, type=_Packed, dec_hook=_decode)), examples
    except (OSError, ValueError):  # no file, no three lines, or no rows as we know them
        return None


def keep(folder: str, files: Files, compiled: Compiled, examples: tuple[Example, ...]) -> None:
    """Write a sound codebook into the cache; where that cannot be done, nothing happens.

    Parameters
    ----------
    folder : str
        Where the codebook stands.
    files : Files
        What it was read from.
    compiled : Compiled
        Its rows.
    examples : tuple of Example
        Its examples.
    """
    encoder = msgspec.json.Encoder(enc_hook=dict, order="deterministic")
    parts = (encoder.encode(_packed(compiled)), encoder.encode(examples))
    with contextlib.suppress(OSError):
        place = _place(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, b"\n".join((_header(files, *parts), *parts)))
        remove_oldest(place.parent, "*.json", keep=_KEPT)


def decode_examples(raw: bytes) -> tuple[Example, ...]:
    """Return the examples of a cache file."""
    return msgspec.json.decode(raw, type=tuple[Example, ...], dec_hook=_decode)


class _Numbers(dict[_T, int]):
    """What was met, each with the number under which it is kept."""

    def __missing__(self, key: _T) -> int:
        self[key] = len(self)
        return self[key]


def _packed(compiled: Compiled) -> _Packed:
    """Return the rows with what patterns ask for by number; `_unpacked` is the way back."""
    sets, heads = _Numbers[frozenset[str]](), _Numbers[tuple[str, str | None]]()
    slots, elements = _Numbers[_SlotRow](), _Numbers[_ElementRow]()

    def slot(one: Slot | None) -> int:
        return slots[one.name, sets[one.conditions], one.mutual, sets[one.words]] if one else -1

    def element(one: Element) -> int:
        row = (one.kind, sets[one.prepositions], slot(one.slot), sets[one.words], one.optional, one.anywhere)
        return elements[row]

    def pattern(one: Pattern) -> _PatternRow:
        asked = tuple(element(e) for e in one.elements)
        named = tuple(heads[h] for h in one.heads)
        return one.text, one.language, one.nominal, slot(one.subject), named, asked, one.weight

    rows = tuple(tuple(pattern(p) for p in code.patterns) for code in compiled.codes)
    bare = replace(compiled, codes=tuple(replace(code, patterns=()) for code in compiled.codes))
    return _Packed(bare, tuple(sets), tuple(slots), tuple(heads), tuple(elements), rows)


def _unpacked(packed: _Packed) -> Compiled:
    """Give every code its patterns again; nobody has seen these codes yet."""
    sets, heads = packed.sets, packed.heads
    slots = (*(Slot(name, sets[c], mutual, sets[w]) for name, c, mutual, w in packed.slots), None)
    elements = [
        Element(cast("ElementKind", kind), sets[p], slots[s], sets[w], optional, anywhere)
        for kind, p, s, w, optional, anywhere in packed.elements
    ]

    def pattern(row: _PatternRow) -> Pattern:
        text, language, nominal, s, named, asked, weight = row
        named_heads, elements_asked = tuple([heads[n] for n in named]), tuple([elements[n] for n in asked])
        return Pattern(text, language, nominal, slots[s], named_heads, elements_asked, weight)

    for code, rows in zip(packed.compiled.codes, packed.patterns, strict=True):
        object.__setattr__(code, "patterns", _Patterns(rows, pattern))
    return packed.compiled


class _Patterns(Sequence[Pattern]):
    """The patterns of a code, made when somebody asks for them: most who load a codebook do not."""

    def __init__(self, rows: Sequence[_PatternRow], make: Callable[[_PatternRow], Pattern]) -> None:
        self._rows = rows
        self._make = make

    @cached_property
    def _made(self) -> tuple[Pattern, ...]:
        return tuple(map(self._make, self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Pattern: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Pattern, ...]: ...
    def __getitem__(self, place: int | slice) -> Pattern | tuple[Pattern, ...]:
        return self._made[place]

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self._made)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made)


def _place(folder: str) -> Path:
    # One file a codebook and package: two environments side by side do not drive out each other's.
    name = hashlib.sha256(f"{folder}\n{_made_by()}".encode("utf-8", "surrogateescape")).hexdigest()
    return user_cache_dir() / "codebooks" / f"{name[:32]}.json"


@lru_cache(maxsize=1)
def _made_by() -> str:
    return sources_sha256("vzevents.codebook")


def _header(files: Files, *parts: bytes) -> bytes:
    """Return what the first line must be: what was read, by what, and what came of it."""
    digests = [hashlib.sha256(part).hexdigest() for part in parts]
    return " ".join(("vzevents-codebook", _made_by(), files.stamp(), *digests)).encode()


def _write(place: Path, raw: bytes) -> None:
    """Write a file in one step: who reads meanwhile sees the old one or the new one, and no half."""
    import tempfile  # takes milliseconds, and most runs write nothing

    descriptor, name = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
        Path(name).replace(place)
    finally:
        Path(name).unlink(missing_ok=True)


def _decode(kind: type, value: Any) -> Any:
    """Make the mappings of the model, which are read-only; most of them are empty."""
    if not value:
        return _EMPTY
    return MappingProxyType(msgspec.convert(value, _plain(kind), dec_hook=_decode))


@lru_cache(maxsize=32)
def _plain(kind: type) -> Any:
    return GenericAlias(dict, get_args(kind))
