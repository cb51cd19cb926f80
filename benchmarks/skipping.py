"""Measure what skipping sentences before parsing saves, and which accepted statements it loses."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from vzevents.articles import Article
from vzevents.coding import Coder

_AT_ONCE = 16


@dataclass(frozen=True)
class Figures:
    """Of one file: how much is skipped, the share of accepted statements lost, and what both ways take."""

    articles: int
    sentences: int
    skipped: int
    accepted: int
    lost: int
    lost_share: float
    sentences_a_second: float
    with_skipping_a_second: float


def read(path: Path) -> list[Article]:
    """Read the articles of a JSON Lines file; other fields do not matter."""
    records = map(json.loads, path.read_text("utf-8").splitlines())
    return [
        Article(str(n), r["text"], _day(r.get("published_date")), r.get("language"), {}, str(n))
        for n, r in enumerate(records)
    ]


def _day(told: str | None) -> date | None:
    return None if told is None else date.fromisoformat(told)


def coded(coder: Coder, articles: list[Article]) -> tuple[set[tuple[str, object]], int, int, float]:
    """Return the accepted statements, how many sentences there are and were skipped, and the seconds."""
    found: set[tuple[str, object]] = set()
    sentences = skipped = 0
    started = time.process_time()
    for start in range(0, len(articles), _AT_ONCE):
        for one in coder.read_all(articles[start : start + _AT_ONCE]):
            sentences += len(one.sentences)
            skipped += sum(sentence.is_skipped for sentence in one.sentences)
            accepted: Iterable = (s for s in one.statements if not s.reject_reason)
            found |= {(one.article.article_id, (s.span, s.event_code)) for s in accepted}
    return found, sentences, skipped, time.process_time() - started


def measure(path: Path) -> Figures:
    """Code a file without and with skipping."""
    articles = read(path)
    ways = [Coder(skip=False), Coder(skip=True)]
    for coder in ways:
        coder.read_all(articles[:_AT_ONCE])  # what is read once is no time of coding
    (whole, sentences, _, slow), (some, _, skipped, fast) = (coded(coder, articles) for coder in ways)
    return Figures(
        articles=len(articles),
        sentences=sentences,
        skipped=skipped,
        accepted=len(whole),
        lost=len(whole - some),
        lost_share=len(whole - some) / len(whole),
        sentences_a_second=sentences / slow,
        with_skipping_a_second=sentences / fast,
    )


def main() -> None:
    """Print the figures of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, nargs="+", help="JSON Lines with text, and perhaps language")
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    asked = parser.parse_args()
    told = {path.name: asdict(measure(path)) for path in asked.articles}
    if asked.json:
        print(json.dumps(told))
        return
    for name, figures in told.items():
        print(name)
        for what, figure in figures.items():
            shown = f"{figure:10.4f}" if isinstance(figure, float) else f"{figure:5}"
            print(f"  {what.replace('_', ' '):24} {shown}")


if __name__ == "__main__":
    main()
