"""Read codebook.yaml: version, what each root stands for, closed lists."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.fields import Entry, frozen
from vzevents.codebook.model import ExampleCounts, Root, Settings, Texts

if TYPE_CHECKING:
    from vzevents.codebook.reading import Document

_LISTS = (
    "modes", "fits", "splits", "actor_kinds", "agent_kinds", "roles", "sides", "bases", "place_kinds",
)  # fmt: skip
_KEYS = (
    "version", "roots", "benchmark_root", "plover_quad", "benchmark_quad", "implied_targets", "example_rates",
    "example_counts", "goldstein_missing",
    *_LISTS,
)  # fmt: skip


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
        example_counts=_counts(entry),
        goldstein_missing=_reasons(entry.entry("goldstein_missing", ("cameo", "vzevents"))),
    )


def _roots(entry: Entry, modes: tuple[str, ...]) -> MappingProxyType[str, Root]:
    roots = {}
    for code in entry:
        root = entry.entry(code, ("quad_class", "modes"))
        root.require("quad_class", "modes")
        roots[code] = Root(int(root.number("quad_class", 1, 4) or 0), root.strings("modes", choices=modes))
    return MappingProxyType(roots)


def _counts(book: Entry) -> ExampleCounts | None:
    if book.data.get("example_counts") is None:
        return None
    keys = ("frequent", "other", "test_share", "new_trigger", "frequent_codes")
    entry = book.entry("example_counts", keys)
    entry.require(*keys)
    kinds = [entry.entry(name, ("positive", "near_miss")) for name in keys[:2]]
    positive, near_miss = (
        [int(kind.number(name, 0, 1000) or 0) for kind in kinds] for name in ("positive", "near_miss")
    )
    return ExampleCounts(
        frequent=entry.strings("frequent_codes"),
        positive=(positive[0], positive[1]),
        near_miss=(near_miss[0], near_miss[1]),
        test_share=entry.number("test_share", 0, 1) or 0.0,
        new_trigger=int(entry.number("new_trigger", 1, 1000) or 1),
    )


def _texts(entry: Entry) -> Texts:
    return frozen({key: value for key in entry if (value := entry.text(key)) is not None})


def _quads(entry: Entry) -> MappingProxyType[str, int]:
    return MappingProxyType({key: int(entry.number(key, 1, 4) or 0) for key in entry})


def _reasons(entry: Entry) -> MappingProxyType[str, Texts]:
    return MappingProxyType({scope: entry.texts(scope) for scope in entry})


def _rates(entry: Entry) -> MappingProxyType[str, float]:
    rates = {key: entry.number(key, 0, 1) for key in entry}
    return MappingProxyType({key: rate for key, rate in rates.items() if rate is not None})
