"""Texts that nobody would print: whatever comes, the coder says something, at once, and the same again.

`make torture` strikes 20,000 times; the tests strike less often.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pandas as pd
from pandera.errors import SchemaErrors
from rich.console import Console
from rich.progress import track

from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.tables import pandera_schema

SECONDS = 5.0  # that a text may take
_AT_ONCE = 25
_LONG, _READ = 1 << 20, 10_000  # characters of a line without an end, and of one of many sentences
_ODD = [
    "\u202e", "\u200f", "\u200b", "\ufeff", "\u0301", "\x00", "\x07", "\x1b[31m", "\u2028", "\r", "\n\n",
    "\t",     "😀", "👩‍👩‍👧‍👦", "🇻🇪", "ﬁ", "ſ", "İ", "ß", "Ǆ", "中文", "العربية", "עברית", "𝔊𝔲𝔞𝔦𝔡𝔬", "�",
]  # fmt: skip
_MARKUP = [
    "<b>", "</b>", "<script>alert(1)</script>", "&nbsp;", "&lt;", "<!--", "]]>", "{{7*7}}", "=CMD()", "'; --",
    "[/red]",
]  # fmt: skip
_QUOTES = ['"', "'", "«", "»", "“", "”", "(", ")", "[", "]", "‘", "—", "..."]

Change = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Struck:
    """A text that broke something, and what it broke."""

    kind: str
    text: str
    what: str


def _cut(text: str, rng: random.Random) -> str:
    start, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    return text[:start] + text[end:]


def _shuffled(text: str, rng: random.Random) -> str:
    words = text.split()
    rng.shuffle(words)
    return " ".join(words)


def _sprinkled(signs: list[str]) -> Change:
    def change(text: str, rng: random.Random) -> str:
        for _ in range(rng.randrange(1, 12)):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice(signs) + text[at:]
        return text

    return change


def _nested(text: str, rng: random.Random) -> str:
    depth = rng.randrange(1, 60)
    return "“" * depth + f"{text}, he said that " * rng.randrange(1, 6) + "”" * depth


def _swapped(text: str, rng: random.Random) -> str:
    signs = list(text)
    for _ in range(rng.randrange(1, 10)):
        a, b = rng.randrange(len(signs)), rng.randrange(len(signs))
        signs[a], signs[b] = signs[b], signs[a]
    return "".join(signs)


def _chained(text: str, rng: random.Random) -> str:
    return rng.choice([" and ", ", ", " of ", " que ", "; ", " "]).join(
        [text.rstrip(".")] * rng.randrange(2, 40)
    )


def _without_stops(text: str, rng: random.Random) -> str:
    return "".join(c for c in text if c.isalnum() or c == " ")


def _bytes(_: str, rng: random.Random) -> str:
    return rng.randbytes(rng.randrange(400)).decode(rng.choice(["latin-1", "utf-8", "utf-16-le"]), "replace")


def _characters(_: str, rng: random.Random) -> str:
    points = (rng.randrange(0x110000) for _ in range(rng.randrange(200)))
    return "".join(chr(p) for p in points if not 0xD800 <= p < 0xE000)


def _nothing(_: str, rng: random.Random) -> str:
    return rng.choice(
        ["", " ", "\n", "\t \n", ".", "?!", "\u00a0", "-", "\u200b", "“”", "0", "a"]
    ) * rng.randrange(1, 9)


def _long(text: str, rng: random.Random) -> str:
    """Return a line of a megabyte without an end; of whole sentences less, since each is read."""
    endless = [_without_stops(text, rng) + " ", "word ", "A", "Peru and ", "(", "🇻🇪", "<b>"]
    part, length = rng.choice([*((one, _LONG) for one in endless), (text + " ", _READ)])
    return (part * length)[:length]


CHANGES: dict[str, tuple[int, Change]] = {
    "as written": (2, lambda text, rng: text),
    "capitals": (2, lambda text, rng: text.upper()),
    "small": (1, lambda text, rng: text.lower()),
    "cut": (4, _cut),
    "shuffled": (3, _shuffled),
    "swapped": (4, _swapped),
    "odd characters": (5, _sprinkled(_ODD)),
    "markup": (4, _sprinkled(_MARKUP)),
    "quotes": (4, _sprinkled(_QUOTES)),
    "nested": (3, _nested),
    "chained": (3, _chained),
    "without stops": (2, _without_stops),
    "bytes": (3, _bytes),
    "characters": (3, _characters),
    "nothing": (2, _nothing),
}
_SELDOM = 1_000  # one text in so many is a line of a megabyte


def texts(codebook: Codebook, count: int, seed: int) -> Iterator[tuple[str, Article]]:
    """Yield what is done to a text, and the article: sentence of the codebook, changed one to three times."""
    rng = random.Random(seed)
    sentences = [(e.language, e.text) for e in codebook.examples if e.split == "train"]
    kinds = list(CHANGES)
    weights = [CHANGES[kind][0] for kind in kinds]
    for number in range(count):
        language, text = rng.choice(sentences)
        chosen = rng.choices(kinds, weights, k=rng.choice([1, 1, 2, 3]))
        for kind in chosen:
            text = CHANGES[kind][1](text or "x", rng)
        if number % _SELDOM == 0:
            chosen, text = ["long"], _long(text or "x", rng)
        yield ", ".join(chosen), Article(f"t{number}", text, None, language, {}, f"t{number}")


def strike(coder: Coder, batch: list[tuple[str, Article]], *, seconds: float = math.inf) -> Iterator[Struck]:
    """Code texts one by one, then together in the other order; yield what broke or took longer."""
    alone: dict[str, pd.DataFrame] = {}
    for kind, article in batch:
        started = time.perf_counter()
        try:
            (alone[article.article_id],) = coder.code_articles([article])
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            yield Struck(kind, article.text, f"{type(error).__name__}: {error}")
            continue
        if (taken := time.perf_counter() - started) > seconds:
            yield Struck(kind, article.text, f"took {taken:.1f} s")
        yield from (Struck(kind, article.text, what) for what in _faults(article, alone[article.article_id]))
    if not alone:
        return
    left = [(kind, article) for kind, article in reversed(batch) if article.article_id in alone]
    for (kind, article), coded in zip(left, coder.read_all([a for _, a in left]), strict=True):
        if not coder.frame([coded]).equals(alone[article.article_id]):
            yield Struck(kind, article.text, "coded otherwise beside other texts")
    try:
        pandera_schema("statements").validate(pd.concat(alone.values()), lazy=True)
    except SchemaErrors as error:
        yield Struck("a batch", batch[0][1].article_id, f"not a table of statements: {error}")


def _faults(article: Article, rows: pd.DataFrame) -> Iterator[str]:
    """Yield what is wrong with the rows of an article."""
    if not rows["statement_id"].is_unique:
        yield "an id twice"
    for row in rows.itertuples():
        if not pd.isna(row.sentence_start) and not 0 <= row.sentence_start <= row.sentence_end <= len(
            article.text
        ):
            yield f"a sentence from {row.sentence_start} to {row.sentence_end}"


def torture(
    coder: Coder, found: Iterable[tuple[str, Article]], *, seconds: float = math.inf
) -> Iterator[Struck]:
    """Strike batch by batch."""
    found = iter(found)
    while batch := list(islice(found, _AT_ONCE)):
        yield from strike(coder, batch, seconds=seconds)


def main() -> None:
    """Strike, and exit with 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2019)
    asked = parser.parse_args()
    codebook = Codebook.load()
    console = Console(stderr=True)
    shown = track(texts(codebook, asked.count, asked.seed), "Striking", total=asked.count, console=console)
    broken: Counter[str] = Counter()
    for one in torture(Coder(codebook), shown, seconds=SECONDS):
        broken[one.what[:60]] += 1
        console.print(f"{one.kind}: {one.what}: {one.text[:300]!r}", markup=False)
    console.print(f"{asked.count:,} texts, {sum(broken.values())} faults")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
