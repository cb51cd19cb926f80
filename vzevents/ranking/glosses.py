"""Spanish words -> English ones: the encoder was trained on English, so it reads a gloss of each word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from vzevents.errors import ResourceNotFoundError
from vzevents.resources import model_dir

_WORD = re.compile(r"(?<!\[)(?<!\[/)\b[^\W\d_]+")  # but not the letter of a mark of a party
_TENSES = (
    (re.compile(r".+(?:ré|rás|rá|remos|réis|rán)"), "will "),
    (re.compile(r".+ría(?:s|n|mos|is)?"), "would "),
)


@dataclass(frozen=True, slots=True)
class Gloss:
    """A text for the encoder; each code point knows where its word starts and ends in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of a place in the gloss; an empty one stays empty."""
        if end <= start:
            return (0, 0)
        return self.starts[start], self.ends[end - 1]


def gloss(text: str, language: str) -> Gloss:
    """Return a text as the encoder reads it: English as it is, other words by their gloss where there is one.

    Parameters
    ----------
    text : str
        A sentence, with or without marks of its parties.
    language : str
        ``"en"`` or ``"es"``.

    Returns
    -------
    Gloss
    """
    if language == "en":
        return Gloss(text, range(len(text)), range(1, len(text) + 1))
    made, at = "", 0
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(text):
        word = english(match.group(), language)
        if word is None:
            continue
        start, end = match.span()
        starts += [*range(at, start), *[start] * len(word)]
        ends += [*range(at + 1, start + 1), *[end] * len(word)]
        made += text[at:start] + word
        at = end
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    return Gloss(made + text[at:], starts, ends)


@lru_cache(maxsize=65_536)
def english(word: str, language: str) -> str | None:
    """Return the English gloss of a word, by itself or by its lemma; None where there is none."""
    table = glosses(language)
    if word in table:  # with a capital: a name that is spelled like a word, and stays
        return table[word]
    lower = word.lower()
    if lower in table:
        return table[lower]
    if word.istitle():
        return None  # most likely a name
    from simplemma import lemmatize

    word = lower
    found = table.get(str(lemmatize(word, language)))
    if found is None:
        return None
    tense = next((sign for ending, sign in _TENSES if ending.fullmatch(word)), "")
    return tense + found


@lru_cache(maxsize=2)
def glosses(language: str) -> dict[str, str]:
    """Return the glosses of a language by word, from `gloss_<language>.tsv` (word, tab, gloss).

    Raises
    ------
    ResourceNotFoundError
        If there is no such file.
    """
    path = model_dir() / f"gloss_{language}.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError as error:
        message = f"{path}: no such file; install vzevents again"
        raise ResourceNotFoundError(message) from error
    return dict(line.split("\t", 1) for line in lines)
