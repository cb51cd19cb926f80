from __future__ import annotations

from pathlib import Path

import pytest
from small_codebook import small_codebook

from vzevents.codebook import find_problems

pytest.importorskip("simplemma")


def unknown(folder: Path, language: str, *patterns: str, files: dict[str, str] | None = None) -> list[str]:
    """Return the words that `check` finds in no dictionary, in the patterns of code 141."""
    book = small_codebook(folder)
    lines = "".join(f"      - {pattern!r}\n" for pattern in patterns)
    with (book / "codes" / "14.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  patterns:\n    {language}:\n{lines}")
    for name, text in (files or {}).items():
        (book / name).write_text(text, encoding="utf-8")
    messages = (problem.message for problem in find_problems(book))
    return [message.split('"')[1] for message in messages if "in no dictionary" in message]


@pytest.mark.parametrize(
    ("language", "pattern", "words"),
    [
        ("en", "marhc T", ["marhc"]),
        ("en", "march|ralyl on T:GOV|known|VEN", ["ralyl"]),
        ("en", "march (against T:governer)", ["governer"]),
        ("en", "march <officers> ... !pecefully", ["pecefully"]),
        ("en", "S&T meet ... have_to", []),
        ("es", "acuzar T de traición", ["acuzar"]),
        ("es", "negar_se a devolvérselos T", []),
        ("es", "S:known expulsarlo de país", []),
    ],
)
def test_slips_are_found_and_the_notation_is_not(
    language: str, pattern: str, words: list[str], tmp_path: Path
) -> None:
    """A word that no dictionary has is told; slots, conditions, word sets, verbs with pronouns are not."""
    assert unknown(tmp_path, language, pattern) == words


@pytest.mark.parametrize(
    ("patterns", "files"),
    [
        (["marhc T"], {"spelling.yaml": "en: [marhc]\n"}),
        (["marhc T", "marhc on T"], {}),
        (["marhc T"], {"examples/en/train/14.yaml": '"141":\n  - {text: They marhc., split: train}\n'}),
    ],
    ids=["listed", "twice", "in an example"],
)
def test_what_is_meant_is_right(patterns: list[str], files: dict[str, str], tmp_path: Path) -> None:
    """A word that is listed, stands twice or stands in an example is no slip."""
    assert unknown(tmp_path, "en", *patterns, files=files) == []
