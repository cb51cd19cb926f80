"""A linear model over words and pieces of words: how an act is worded -> its code, thousands a second."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vzevents.unaccented import unaccented

if TYPE_CHECKING:
    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

Span = tuple[int, int]

BITS = 17  # features are hashed into 2 ** BITS places
_WORD = re.compile(r"\w+")
_PARTIES = {"S": "ssrc", "T": "ttgt"}
_AROUND = (-2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or a whole party as one; `acts` says whether it names the act."""

    text: str
    acts: bool
    party: bool = False


def features(text: str, spans: Mapping[str, Sequence[Span]]) -> dict[int, float]:
    """Return what the model looks at: places of features with their weights.

    Parameters
    ----------
    text : str
        The text.
    spans : mapping of str to sequence of (int, int)
        Code points of the sources (S), the targets (T) and the words of the act (P).

    Returns
    -------
    dict of int to float
        Place below 2 ** BITS -> one and the logarithm of how often the feature stands there.
    """
    pieces = _pieces(text, spans)
    found: Counter[str] = Counter()
    found.update(f"b:{one.text} {other.text}" for one, other in pairwise(pieces))
    for i, piece in enumerate(pieces):
        found.update((f"w:{piece.text}",) if piece.party else _of_word(piece.text))
        if piece.acts:
            found.update(_of_act(piece.text))
            for step in _AROUND:
                if 0 <= i + step < len(pieces) and not pieces[i + step].acts:
                    found[f"n{'-' if step < 0 else '+'}:{pieces[i + step].text}"] += 1
    found.update(f"pp:{one} {other}" for one, other in pairwise(p.text for p in pieces if p.acts))
    found[f"o:{_order(pieces)}"] += 1
    places: dict[int, float] = {}
    for name, count in found.items():
        place = _place(name)
        places[place] = places.get(place, 0.0) + (1.0 if count == 1 else 1.0 + math.log(count))
    return places


def overlaps(spans: Iterable[Span], start: int, end: int) -> bool:
    """Return whether a stretch of text overlaps with one of several."""
    return any(a < end and start < b for a, b in spans)


class WordingModel:
    """Weights by feature and label, most of them nothing, as `wording_<language>.npz` holds them."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as arrays:
            self._starts = arrays["starts"].astype(np.int64)
            self._labels = arrays["labels"]
            self._weights = arrays["weights"]
            self._idf: Floats = arrays["idf"].astype(np.float32)
            self._intercepts: Floats = arrays["intercepts"].astype(np.float32)
            self._scale = float(arrays["scale"])
            self._sharpness = float(arrays["sharpness"])
            self.codes: tuple[str, ...] = tuple(str(code) for code in arrays["codes"])

    def probabilities(self, text: str, spans: Mapping[str, Sequence[Span]]) -> dict[str, float]:
        """Return how likely each code is for an act with these words and parties; they sum to 1."""
        found = features(text, spans)
        places = np.fromiter(found, dtype=np.int64, count=len(found))
        counts = np.fromiter(found.values(), dtype=np.float32, count=len(found)) * self._idf[places]
        counts /= float(np.linalg.norm(counts)) or 1.0
        starts, lengths = self._starts[places], self._starts[places + 1] - self._starts[places]
        # The weights of one place stand side by side: all of them, place after place.
        within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        at = np.repeat(starts, lengths) + within
        parts = self._weights[at] * np.repeat(counts * self._scale, lengths)
        scores = self._intercepts + np.bincount(self._labels[at], parts, minlength=len(self.codes))
        powers = np.exp(self._sharpness * (scores - scores.max()))
        return dict(zip(self.codes, (powers / powers.sum()).tolist(), strict=True))


def _pieces(text: str, spans: Mapping[str, Sequence[Span]]) -> list[_Piece]:
    found: list[_Piece] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        party = next((slot for slot in _PARTIES if overlaps(spans.get(slot, ()), start, end)), None)
        if party is None:
            found.append(_Piece(unaccented(match.group()), overlaps(spans.get("P", ()), start, end)))
        elif not found or found[-1].text != _PARTIES[party]:
            found.append(_Piece(_PARTIES[party], acts=False, party=True))
    return found


# Words come back all the time: what is worked out of one is kept.
@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[str, ...]:
    return (f"w:{word}", *(f"c:{part}" for part in _parts(word, (3, 4, 5))))


@lru_cache(maxsize=10_000)
def _of_act(word: str) -> tuple[str, ...]:
    return (f"p:{word}", *(f"pc:{part}" for part in _parts(word, (4, 5))))


@lru_cache(maxsize=200_000)
def _place(name: str) -> int:
    return zlib.crc32(name.encode()) & ((1 << BITS) - 1)


def _parts(word: str, lengths: Sequence[int]) -> list[str]:
    framed = f"_{word}_"
    return [framed[i : i + n] for n in lengths for i in range(len(framed) - n + 1)]


def _order(pieces: Sequence[_Piece]) -> str:
    """Return in which order parties (S, T) and words of the act (P) stand, the first six."""
    signs = (("S" if p.text == "ssrc" else "T") if p.party else "P" for p in pieces if p.party or p.acts)
    return re.sub("P+", "P", "".join(signs))[:6]
