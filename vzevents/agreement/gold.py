"""Gold files in the layouts that coders are measured on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, Self

from vzevents.agreement.articles import ArticleGold, PassageGold
from vzevents.agreement.figures import Figure
from vzevents.agreement.relations import RelationGold
from vzevents.agreement.units import Step, Unit
from vzevents.articles import read_articles
from vzevents.articles.formats import check_paths, stream
from vzevents.articles.records import Gate
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.errors import InputError

_LAYOUTS = (
    "text, source, target, root (or marked, root); with id, text, sentences, statements; "
    "or with kind, anchor, anchor_start"
)


class Gold(Protocol):
    """What a coder is compared with; its length is the number of texts to be coded."""

    @property
    def name(self) -> str:
        """What it consists of."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages of its texts."""

    def __len__(self) -> int: ...

    def coded(self, coder: Coder, step: Step) -> list[Unit]:
        """Return the units as a coder answers them."""

    def predicted(self, rows: Iterable[Mapping[str, object]]) -> list[Unit]:
        """Return the units as rows of predictions answer them."""

    def figures(self) -> Iterator[Figure]:
        """Yield what is worked out."""

    def only(self, count: int) -> Self:
        """Return some of it."""


def read_gold(path: Path, codebook: Codebook, *, article: Path | None = None) -> Gold:
    """Read a gold file; its first record tells the layout.

    Parameters
    ----------
    path : Path
        Records, such as JSON Lines: relations (`text`, `source`, `target`, `root`; or `marked`, `root`),
        coded articles (`id`, `text`, `sentences`, `statements`) or passages of one article (`kind`,
        `anchor`, `anchor_start`).
    codebook : Codebook
        Knows the benchmark roots.
    article : Path, optional
        The article in which passages stand.

    Returns
    -------
    Gold

    Raises
    ------
    InputError
        If it cannot be read or a record lacks a field; the message says line and field.
    """
    check_paths([path])
    records = list(Gate().good(stream(path)))
    first = set(records[0].values) if records else set()
    if {"sentences", "statements"} <= first:
        return ArticleGold.of(records)
    if {"kind", "anchor", "anchor_start"} <= first:
        if article is None:
            message = f"{path}: its passages stand in an article: name it with --article"
            raise InputError(message)
        return PassageGold.of(records, next(iter(read_articles([article]))))
    if records:
        return RelationGold.of(records, codebook)
    message = f"{path}: holds no record; a gold file is JSON Lines with {_LAYOUTS}"
    raise InputError(message)
