"""A small sound codebook with examples of both splits, for tests of what is done with a codebook."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import yaml

from vzevents.codebook import Example

SOUND = Path(__file__).parent / "codebooks" / "sound"
DEFECTS = "The colonel defected from the government to the opposition."
JOINS = "A major has defected to the opposition, leaving the government."
STAYS = "No colonel defected to the opposition."


def small_codebook(folder: Path, *, known: Iterable[str] = (), rates: dict[str, float] | None = None) -> Path:
    """Write the sound codebook with three examples below a folder and return its own."""
    book = folder / "codebook"
    shutil.rmtree(book, ignore_errors=True)
    shutil.copytree(SOUND, book, ignore=shutil.ignore_patterns("examples"))
    expected = {"code": "120D", "source": "colonel", "target": "government", "to": "rival"}
    write_examples(
        book,
        train=[
            {"text": DEFECTS, "split": "train", "is": [expected]},
            {"text": STAYS, "split": "train", "is_not": ["120D"]},
        ],
        test=[{"text": JOINS, "split": "test", "is": [{**expected, "source": "major"}]}],
    )
    listed = [{"example": key(text), "why": "so that it is listed"} for text in known]
    (book / "known_failures.yaml").write_text(yaml.safe_dump({"known_failures": listed}), encoding="utf-8")
    with (book / "codebook.yaml").open("a", encoding="utf-8") as file:
        file.write(f"example_rates: {rates or {}}\n")
    return book


def key(text: str) -> str:
    """Return what stands for an English example in known_failures.yaml."""
    return Example(text, "en", "120D", (), (), "train", "").key


def write_examples(book: Path, **splits: list[dict[str, object]]) -> None:
    """Write the English examples of code 120D, split by split."""
    for split, examples in splits.items():
        file = book / "examples" / "en" / split / "12.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump({"120D": examples}), encoding="utf-8")
