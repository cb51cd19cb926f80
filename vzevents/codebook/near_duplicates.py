"""Find texts that are nearly the same: which pairs share more than a given part of their 5-letter pieces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

_SIZE = 5  # letters of a piece


def near_duplicates(texts: Sequence[str], *, above: float) -> Iterator[tuple[int, int, float]]:
    """Yield the pairs of texts whose sets of 5-letter pieces have a Jaccard similarity above a limit.

    Exact, unlike MinHash, and quick enough for some thousand texts: two sets so alike must share one of
    their rarest pieces, so that only texts with such a piece in common are compared.

    Parameters
    ----------
    texts : sequence of str
        The texts; case and white space do not count.
    above : float
        From 0 to 1.

    Yields
    ------
    tuple of (int, int, float)
        Places of the earlier and the later text, and their similarity.
    """
    pieces = [_pieces(text) for text in texts]
    spread = Counter(piece for found in pieces for piece in found)
    earlier: dict[str, list[int]] = defaultdict(list)
    order = {piece: place for place, piece in enumerate(sorted(spread, key=lambda p: (spread[p], p)))}
    for at, own in enumerate(pieces):
        rarest = sorted(own, key=order.__getitem__)[: _prefix(len(own), above)]
        for other in sorted({one for piece in rarest for one in earlier[piece]}):
            similarity = _jaccard(own, pieces[other])
            if similarity > above:
                yield other, at, similarity
        for piece in rarest:
            earlier[piece].append(at)


def _pieces(text: str) -> frozenset[str]:
    plain = " ".join(text.casefold().split())
    return frozenset(plain[i : i + _SIZE] for i in range(max(1, len(plain) - _SIZE + 1)))


def _prefix(size: int, above: float) -> int:
    """Return how many of its rarest pieces a set shares one of with any that is so alike."""
    return size - int(above * size) + 1


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return what part of all their pieces two sets share."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)
