"""Measure how many sentences a second are coded on one core, and what parsing, rules and model take of it."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from vzevents.coding import Coder
from vzevents.ranking import SentenceModel, SentenceView
from vzevents.resources import model_dir
from vzevents.sentences import Sentence, parse_texts

_AT_ONCE = 64


@dataclass(frozen=True)
class Speed:
    """Figures of one file, medians over rounds; `coding_of_parsing`: time of coding over that of parsing."""

    sentences: int
    ready_seconds: float
    parsed_a_second: float
    coded_a_second: float
    together_a_second: float
    coding_of_parsing: float
    seen_by_model: float


class Counting(SentenceModel):
    """The model, counting the sentences that it reads."""

    seen = 0

    def view(self, sentence: Sentence) -> SentenceView:
        """Read a sentence."""
        self.seen += 1
        return super().view(sentence)


def texts_of(path: Path) -> tuple[str, list[str]]:
    """Return the language and the sentences of a gold file, one text each."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    found = []
    for record in records:
        spans = record.get("sentences")
        found += [record["text"][a:b] for a, b in spans] if spans else [record["text"]]
    return records[0].get("language", "en"), [text for text in found if text.strip()]


def parsed(texts: list[str], language: str) -> list[Sentence]:
    """Parse texts as coding does, many together."""
    batches = (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE))
    return [s for batch in batches for one in parse_texts(batch, language=language) for s in one]


def measure(path: Path, *, count: int, rounds: int, with_model: bool) -> Speed:
    """Parse and code the sentences of a file again and again."""
    language, texts = texts_of(path)
    texts = texts[:count]
    started = time.perf_counter()
    model = Counting(model_dir()) if with_model else None
    coder = Coder(model=model)
    list(coder.code_text(texts[0], language=language)["event_code"])
    ready = time.perf_counter() - started
    extractor = coder.extractor(language)
    for sentence in parsed(texts[:_AT_ONCE], language):
        extractor.extract([sentence])
    if model:
        model.seen = 0
    told = list(_rounds(coder, texts, language, rounds))
    sentences, parse, code = (statistics.median(one) for one in zip(*told, strict=True))
    return Speed(
        sentences=int(sentences),
        ready_seconds=ready,
        parsed_a_second=sentences / parse,
        coded_a_second=sentences / code,
        together_a_second=sentences / (parse + code),
        coding_of_parsing=code / parse,
        seen_by_model=model.seen / len(told) / sentences if model else 0.0,
    )


def _rounds(coder: Coder, texts: list[str], language: str, rounds: int) -> Iterator[tuple[int, float, float]]:
    """Yield of each round how many sentences there are and the seconds that parsing and coding took."""
    extractor = coder.extractor(language)
    for _ in range(rounds):
        started = time.process_time()
        sentences = parsed(texts, language)
        between = time.process_time()
        for sentence in sentences:
            extractor.extract([sentence])
        yield len(sentences), between - started, time.process_time() - between


def main() -> None:
    """Print the figures of each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "gold", type=Path, nargs="+", help="JSON Lines with text, and perhaps language, sentences"
    )
    parser.add_argument("--count", type=int, default=1000, help="sentences of each file (default 1000)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told = {
        path.name: asdict(
            measure(path, count=asked.count, rounds=asked.rounds, with_model=not asked.no_model)
        )
        for path in asked.gold
    }
    if asked.json:
        print(json.dumps(told, indent=1))
        return
    for name, figures in told.items():
        print(name)
        for what, figure in figures.items():
            print(
                f"  {what.replace('_', ' '):20} {figure:10.2f}"
                if isinstance(figure, float)
                else f"  {what:20} {figure:7}"
            )


if __name__ == "__main__":
    main()
