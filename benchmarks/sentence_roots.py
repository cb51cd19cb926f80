"""Measure how far the coder agrees with articles coded by sentence: (sentence, root) precision, recall, F1.

A statement belongs to the sentence that holds the middle of its span; only accepted ones count; roots 18, 19
and 20 are one, since the articles' coding mixes them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from vzevents.articles import Article
from vzevents.coding import Coder

Pair = tuple[str, int, str]  # article, sentence, root
_ASSAULT = frozenset({"18", "19", "20"})
_FEW = 10  # a root with fewer gold pairs is left out of the macro mean


@dataclass(frozen=True)
class Figures:
    """Micro and macro F1 are over the sentences with a gold code; precision is over all."""

    articles: int
    gold: int
    found_in_coded_sentences: int
    micro_f1: float
    macro_f1: float
    precision_all: float
    by_root: Mapping[str, float]


def root_of(code: str) -> str:
    """Return the root under which a code counts."""
    return "18-20" if code[:2] in _ASSAULT else code[:2]


def gold_pairs(record: Mapping[str, object]) -> set[Pair]:
    """Return what people coded."""
    statements: Iterable[Mapping[str, object]] = record["statements"]  # type: ignore[assignment]
    return {(str(record["id"]), int(s["sentence_index"]), root_of(str(s["event_code"]))) for s in statements}


def coded_pairs(record: Mapping[str, object], coder: Coder) -> set[Pair]:
    """Return what the coder accepts."""
    day = date.fromisoformat(str(record["published_date"]))
    name, language = str(record["id"]), str(record["language"])
    found = coder.read(Article(name, str(record["text"]), day, language, {}, name)).statements
    pairs = set()
    for statement in found:
        start, end = statement.span
        middle = (start + end) // 2
        for index, (first, last) in enumerate(record["sentences"]):  # type: ignore[arg-type]
            if first <= middle < last and not statement.reject_reason:
                pairs.add((name, index, root_of(statement.event_code)))
    return pairs


def f1(right: int, found: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (found + wanted) if found + wanted else 0.0


def measure(path: Path, coder: Coder) -> Figures:
    """Code the articles of a file and compare."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    gold = set().union(*(gold_pairs(record) for record in records))
    told = set().union(*(coded_pairs(record, coder) for record in records))
    sentences = {pair[:2] for pair in gold}
    inside = {pair for pair in told if pair[:2] in sentences}
    counts = Counter(root for *_, root in gold)
    by_root = {
        root: f1(
            sum(pair[2] == root for pair in gold & inside), sum(pair[2] == root for pair in inside), count
        )
        for root, count in sorted(counts.items())
        if count >= _FEW
    }
    return Figures(
        articles=len(records),
        gold=len(gold),
        found_in_coded_sentences=len(inside),
        micro_f1=f1(len(gold & inside), len(inside), len(gold)),
        macro_f1=sum(by_root.values()) / len(by_root),
        precision_all=len(gold & told) / len(told) if told else 0.0,
        by_root=by_root,
    )


def main() -> None:
    """Print the figures, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="JSON Lines with text, sentences and statements")
    parser.add_argument("--no-model", action="store_true", help="patterns alone")
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    options = parser.parse_args()
    figures = asdict(measure(options.gold, Coder(model=None if options.no_model else "bundled")))
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        if name != "by_root":
            print(
                f"{name.replace('_', ' '):<26} {value:>8.3f}"
                if isinstance(value, float)
                else f"{name.replace('_', ' '):<26} {value:>8}"
            )
    for root, value in figures["by_root"].items():
        print(f"  root {root:<20} {value:>8.3f}")


if __name__ == "__main__":
    main()
