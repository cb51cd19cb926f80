"""How far a coder agrees with a gold file: precision, recall and F1 by root, quad and side."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vzevents.articles.formats import check_paths, stream
from vzevents.articles.records import Gate, Record
from vzevents.codebook import Codebook
from vzevents.errors import InputError

_NEEDED = ("text", "source", "target", "root")


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement on one label; `n` is how often the gold file gives it."""

    label: str
    n: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Bench:
    """What a coder reaches on a gold file; macro means are over the labels that the gold file has."""

    n: int
    seconds: float
    roots: tuple[Score, ...]
    root_f1: float
    quad_f1: float
    binary_f1: float
    accuracy: float
    errors: tuple[Mapping[str, object], ...]


def bench(
    answer: Callable[[Mapping[str, str]], Mapping[str, object]],
    gold: Sequence[Mapping[str, str]],
    codebook: Codebook,
) -> Bench:
    """Measure a coder on records whose actors are given and whose root is known.

    Parameters
    ----------
    answer : callable
        Takes a record with `text`, `source`, `target`; returns what `Coder.code_statement` returns.
    gold : sequence of mapping
        The records with their `root`.
    codebook : Codebook
        Gives the quad of each root.

    Returns
    -------
    Bench
        `seconds` covers the answers alone.

    Raises
    ------
    InputError
        If a record's root is none of the 15.
    """
    unknown = sorted({record["root"] for record in gold} - set(codebook.benchmark_quad))
    if unknown:
        message = f"no benchmark root: {', '.join(unknown)}; allowed are {', '.join(codebook.benchmark_quad)}"
        raise InputError(message)
    start = time.perf_counter()
    answers = [answer(record) for record in gold]
    seconds = time.perf_counter() - start
    pairs = [(r["root"], str(a["benchmark_root"])) for r, a in zip(gold, answers, strict=True)]
    quads = [(str(codebook.benchmark_quad.get(g)), str(codebook.benchmark_quad.get(p))) for g, p in pairs]
    roots = scores(pairs)
    wrong = [
        {"id": r.get("id"), "root": g, "answer": a["event_code"], "rule_id": a["rule_id"]}
        for (g, p), r, a in zip(pairs, gold, answers, strict=True)
        if g != p
    ]
    return Bench(
        n=len(gold),
        seconds=seconds,
        roots=tuple(roots),
        root_f1=_macro(roots),
        quad_f1=_macro(scores(quads)),
        binary_f1=_macro(scores([(str(g > "2"), str(p > "2")) for g, p in quads])),
        accuracy=sum(g == p for g, p in pairs) / len(pairs),
        errors=tuple(wrong),
    )


def scores(pairs: Sequence[tuple[str, str]]) -> list[Score]:
    """Return precision, recall and F1 for each gold label of (gold, answer) pairs, sorted by label."""
    gold, given = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    right = Counter(g for g, p in pairs if g == p)
    found = []
    for label in sorted(gold):
        precision = right[label] / given[label] if given[label] else 0.0
        recall = right[label] / gold[label]
        f1 = 2 * precision * recall / (precision + recall) if right[label] else 0.0
        found.append(Score(label, gold[label], precision, recall, f1))
    return found


def read_gold(path: Path) -> list[dict[str, str]]:
    """Read a gold file: records, such as JSON Lines, with `text`, `source`, `target` and `root`.

    Raises
    ------
    InputError
        If it cannot be read or a record lacks a field; the message says line and field.
    """
    check_paths([path])
    records = [_gold_record(record) for record in Gate().good(stream(path))]
    if not records:
        message = f"{path}: holds no record; a gold file is JSON Lines with {', '.join(_NEEDED)}"
        raise InputError(message)
    return records


def _gold_record(record: Record) -> dict[str, str]:
    texts = {name: value for name, value in record.values.items() if isinstance(value, str)}
    missing = [name for name in _NEEDED if name not in texts]
    if missing:
        message = f"{record.origin}: no text for {', '.join(missing)}; a gold record has {', '.join(_NEEDED)}"
        raise InputError(message)
    return texts


def _macro(found: Sequence[Score]) -> float:
    return sum(score.f1 for score in found) / len(found)
