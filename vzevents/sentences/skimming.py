"""Sentences that cannot hold a statement, told by their words alone, before anything is parsed."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from vzevents.resources import model_dir
from vzevents.unaccented import unaccented

BITS = 17  # features are hashed into 2 ** BITS places
_WORD = re.compile(r"\w+")
_QUOTE = re.compile('["“«]')
_CLOSING = '.!?…"”»'
# Behind a word of three small letters and before a capital: "Gen. Rivas" and "U.S. troops" end nothing.
_END = re.compile(r"(?<=[a-záéíóúñü]{3})[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]*[A-ZÁÉÍÓÚÑ])")
_TITLES = re.compile(
    r"\b(?:Gen|Lic|Ing|Dra|Sra|Srta|Gral|Cnel|Tte|Prof|Sen|Rep|Gov|Adm|Sgt|Mrs)\.\s+$", re.IGNORECASE
)


class Skimmer:
    """A linear model over words that tells which sentences are not worth parsing.

    Parameters
    ----------
    path : Path
        The .npz file of a language.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as arrays:
            self._weights: list[int] = arrays["weights"].tolist()
            self._least = float(arrays["least"])

    def may_hold(self, text: str) -> bool:
        """Return whether a sentence may hold a statement."""
        places = features(text)
        score = sum(self._weights[place] for place in places) / math.sqrt(len(places))
        return score >= self._least


def features(text: str) -> set[int]:
    """Return what the model looks at: places of words, of how they begin and end, of pairs, and of length."""
    words = ["0" if word.isdigit() else unaccented(word) for word in _WORD.findall(text)]
    found = {place for word in words for place in _of_word(word)}
    found.update(_place(f"b:{one} {other}") for one, other in pairwise([*words, "$"]))
    found.add(_place(f"n:{min(len(words) // 4, 10)}"))
    found.add(_place(f"q:{_QUOTE.search(text) is not None}"))
    found.add(_place(f"e:{text.rstrip()[-1:] in _CLOSING}"))
    return found


def sentences_of(line: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences stand in a line, as far as stops tell without doubt."""
    start = 0
    for match in _END.finditer(line):
        if not _TITLES.search(line, start, match.end()):
            yield start, match.end()
            start = match.end()
    if start < len(line):
        yield start, len(line)


@lru_cache
def bundled_skimmer(language: str) -> Skimmer:
    """Return the skimmer of a language that the package brings along."""
    return Skimmer(model_dir() / f"skim_{language}.npz")


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[int, ...]:
    return tuple(_place(name) for name in (f"w:{word}", f"p:{word[:5]}", f"s:{word[-4:]}"))


@lru_cache(maxsize=200_000)
def _place(name: str) -> int:
    return zlib.crc32(name.encode()) & ((1 << BITS) - 1)
