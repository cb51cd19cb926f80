"""Articles -> batches -> coded batches: what one worker does at a time, the same wherever it runs."""

from __future__ import annotations

import gc
import hashlib
import json
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Bundled, Coder
from vzevents.errors import CodingStoppedError
from vzevents.resources import model_dir, sources_sha256
from vzevents.sentences import LANGUAGES, find_model

if TYPE_CHECKING:
    import pandas as pd

_ARTICLES = 64
_CHARACTERS = 100_000
# A cluster's worker may run several threads, and the parser is made for one.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles are coded: all that a worker needs to make the same coder."""

    model: Bundled = "bundled"
    threshold: float = 0.0
    skip: bool = True

    @property
    def coder(self) -> Coder:
        """The coder, made once in a process."""
        return _coder(self)

    @property
    def stamp(self) -> str:
        """What codes: equal stamps code alike."""
        return _stamp(self)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run, or a part of one, has met."""

    articles: int = 0
    sentences: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0  # of the sentences: those that cannot hold a statement

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Counts)))


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles, the `number`-th of a run."""

    number: int
    articles: tuple[Article, ...]

    def key(self, stamp: str) -> str:
        """Return a hash of the articles and of what codes them: equal keys are coded alike."""
        told = [
            (a.article_id, a.text, a.published_date and a.published_date.isoformat(), a.language)
            for a in self.articles
        ]
        return hashlib.sha256(json.dumps([stamp, told]).encode("utf-8", "surrogatepass")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class CodedBatch:
    """The `statements` table of a batch, and what was counted."""

    batch: Batch
    statements: pd.DataFrame
    counts: Counts


def batched(articles: Iterable[Article]) -> Iterator[Batch]:
    """Gather articles into batches, always the same for the same articles.

    Parameters
    ----------
    articles : iterable of Article
        In their order.

    Yields
    ------
    Batch
        At most 64 articles, fewer where they are long.
    """
    number, held, size = 0, list[Article](), 0
    for article in articles:
        held.append(replace(article, extra={}))  # what is not coded need not travel
        size += len(article.text)
        if len(held) >= _ARTICLES or size >= _CHARACTERS:
            yield Batch(number, tuple(held))
            number, held, size = number + 1, [], 0
    if held:
        yield Batch(number, tuple(held))


def code_batch(settings: Settings, stamp: str, batch: Batch) -> CodedBatch:
    """Code a batch; runs in any process.

    Parameters
    ----------
    settings : Settings
        How.
    stamp : str
        Of the settings, where the run was started.
    batch : Batch
        What.

    Returns
    -------
    CodedBatch

    Raises
    ------
    CodingStoppedError
        If this process would code otherwise: it has another vzevents, codebook or parser.
    """
    if settings.stamp != stamp:
        message = (
            "a worker has another version of vzevents, of its codebook, model or parsers: install the same"
        )
        raise CodingStoppedError(message)
    with _ONE_AT_A_TIME:
        coder = settings.coder
        coded = coder.read_all(batch.articles)
        statements = coder.frame(coded)
        _keep_all()
    status = statements["status"].value_counts()
    counts = Counts(
        articles=len(coded),
        sentences=sum(len(one.sentences) for one in coded),
        accepted=int(status.get("accepted", 0)),
        rejected=int(status.get("rejected", 0)),
        skipped=sum(sentence.is_skipped for one in coded for sentence in one.sentences),
    )
    return CodedBatch(batch, statements, counts)


@lru_cache(maxsize=1)
def _stamp(settings: Settings) -> str:
    digest = hashlib.sha256(sources_sha256("vzevents").encode())
    digest.update(Codebook.load().sha256.encode())
    digest.update(repr((settings, [Path(str(find_model(language))).name for language in LANGUAGES])).encode())
    if settings.model:
        for path in sorted(model_dir().iterdir()):
            digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _coder(settings: Settings) -> Coder:
    return Coder(model=settings.model, threshold=settings.threshold, skip=settings.skip)


@cache
def _keep_all() -> None:
    """Keep what the first batch has made: no process that codes need look through rules for garbage."""
    gc.freeze()
