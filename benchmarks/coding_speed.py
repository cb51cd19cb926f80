"""Measure how many sentences a second the coder codes, and how much memory that takes."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from vzevents.articles import Article
from vzevents.coding import Coder
from vzevents.demonstration import example_articles
from vzevents.sentences import parse_text


@dataclass(frozen=True)
class Speed:
    """Figures of one run; memory is the peak of the whole process."""

    articles: int
    sentences: int
    statements: int
    start_seconds: float
    coding_seconds: float
    sentences_per_second: float
    memory_start_mb: float
    memory_peak_mb: float


def peak_mb() -> float:
    """Return the most memory that this process has held so far."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)  # macOS counts bytes, Linux KiB


def repeated(articles: list[Article], times: int) -> Iterator[Article]:
    """Yield the articles again and again, each time under another id."""
    for turn in range(times):
        yield from (replace(article, article_id=f"{article.article_id}.{turn}") for article in articles)


def measure(times: int) -> Speed:
    """Code the example articles so many times."""
    start = time.perf_counter()
    coder, articles = Coder(), example_articles()
    n_sentences = times * sum(len(list(parse_text(a.text, language="en"))) for a in articles)
    for _ in coder.code_articles(articles):
        pass  # what is loaded on first use belongs to the start
    ready, memory = time.perf_counter(), peak_mb()
    n_statements = sum(len(frame) for frame in coder.code_articles(repeated(articles, times)))
    taken = time.perf_counter() - ready
    return Speed(
        articles=times * len(articles),
        sentences=n_sentences,
        statements=n_statements,
        start_seconds=ready - start,
        coding_seconds=taken,
        sentences_per_second=n_sentences / taken,
        memory_start_mb=memory,
        memory_peak_mb=peak_mb(),
    )


def main() -> None:
    """Print the figures, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="how often the example articles are coded")
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    options = parser.parse_args()
    figures = asdict(measure(options.times))
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(
            f"{name.replace('_', ' '):<22} {value:>10.1f}"
            if isinstance(value, float)
            else f"{name:<22} {value:>8}"
        )


if __name__ == "__main__":
    main()
