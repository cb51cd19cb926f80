"""Read codebook.yaml: version, what each root stands for, closed lists."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.fields import Entry, frozen
from vzevents.codebook.model import Names, Texts

if TYPE_CHECKING:
    from vzevents.codebook.reading import Document

_LISTS = (
    "modes", "fits", "splits", "actor_kinds", "agent_kinds", "roles", "sides", "bases", "place_kinds",
)  # fmt: skip
_KEYS = (
    "version", "roots", "benchmark_root", "plover_quad", "benchmark_quad", "implied_targets", "example_rates",
    *_LISTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Root:
    """What holds for all codes of a root unless a code says otherwise."""

    quad_class: int
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """The contents of codebook.yaml."""

    version: str
    roots: MappingProxyType[str, Root]
    benchmark_by_plover: Texts
    benchmark_by_root: Texts
    plover_quad: MappingProxyType[str, int]
    benchmark_quad: MappingProxyType[str, int]
    implied_targets: Texts
    example_rates: MappingProxyType[str, float]  # split -> share of its examples that must pass
    lists: Names


def read_settings(document: Document) -> Settings:
    """Turn codebook.yaml into settings, noting its mistakes in the document."""
    entry = Entry(document, keys=_KEYS)
    if document.data or not document.problems:
        entry.require("version", "roots", *_LISTS)
    lists = MappingProxyType({name: entry.strings(name) for name in _LISTS})
    benchmark = entry.entry("benchmark_root", ("plover", "root"))
    return Settings(
        version=entry.text("version") or "",
        roots=_roots(entry.entry("roots"), lists["modes"]),
        benchmark_by_plover=_texts(benchmark.entry("plover")),
        benchmark_by_root=_texts(benchmark.entry("root")),
        plover_quad=_quads(entry.entry("plover_quad")),
        benchmark_quad=_quads(entry.entry("benchmark_quad")),
        implied_targets=_texts(entry.entry("implied_targets")),
        example_rates=_rates(entry.entry("example_rates", lists["splits"])),
        lists=lists,
    )


def _roots(entry: Entry, modes: tuple[str, ...]) -> MappingProxyType[str, Root]:
    roots = {}
    for code in entry:
        root = entry.entry(code, ("quad_class", "modes"))
        root.require("quad_class", "modes")
        roots[code] = Root(int(root.number("quad_class", 1, 4) or 0), root.strings("modes", choices=modes))
    return MappingProxyType(roots)


def _texts(entry: Entry) -> Texts:
    return frozen({key: value for key in entry if (value := entry.text(key)) is not None})


def _quads(entry: Entry) -> MappingProxyType[str, int]:
    return MappingProxyType({key: int(entry.number(key, 1, 4) or 0) for key in entry})


def _rates(entry: Entry) -> MappingProxyType[str, float]:
    rates = {key: entry.number(key, 0, 1) for key in entry}
    return MappingProxyType({key: rate for key, rate in rates.items() if rate is not None})
