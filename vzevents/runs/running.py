"""A coding run: what has been coded before is not coded again, and the file is there whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from vzevents.articles import Article
from vzevents.output import statement_writer
from vzevents.runs.batches import Batch, Counts, Settings, batched, code_batch
from vzevents.runs.executors import places, results
from vzevents.runs.parts import Parts


@dataclass(frozen=True, slots=True)
class Workers:
    """Who codes: `jobs` processes of this machine, or the Dask cluster of a `scheduler`."""

    jobs: int = 1
    scheduler: str | None = None


def code_to_file(
    articles: Iterable[Article],
    output: Path | None,
    *,
    settings: Settings | None = None,
    workers: Workers | None = None,
    done: Callable[[Counts], None] = lambda _: None,
) -> Counts:
    """Code articles into one file of statements.

    Batches that are done lie in ``<output>.part/`` until the file is written. A run that was stopped goes on
    from there: only articles that are not in it, or have changed, are coded.

    Parameters
    ----------
    articles : iterable of Article
        Read once, only as fast as they are coded.
    output : Path or None
        A ``.parquet``, ``.csv`` or ``.jsonl`` file; None writes JSON Lines to standard output.
    settings : Settings, optional
        How articles are coded.
    workers : Workers, optional
        This process when left out.
    done : callable, optional
        Called with the counts of each batch when it is done, or was before.

    Returns
    -------
    Counts
        Of the whole run. The rows are in the order of the articles, whoever coded them.

    Raises
    ------
    CodingStoppedError
        If a worker dies or no scheduler answers; what was coded stays.
    """
    settings, workers = settings or Settings(), workers or Workers()
    total = Counts()
    with _parts(output, settings) as parts:
        for counts in _coded(batched(articles), parts, settings, workers):
            total += counts
            done(counts)
        with statement_writer(output) as write:
            for frame in parts.frames():
                write(frame)
        parts.remove()
    return total


def _coded(batches: Iterable[Batch], parts: Parts, settings: Settings, workers: Workers) -> Iterator[Counts]:
    """Yield the counts of each batch once a part is there for it."""
    before: list[Counts] = []

    def missing() -> Iterator[Batch]:
        for batch in batches:
            found = parts.find(batch)
            if found is None:
                yield batch
            else:
                before.append(found)

    with places(jobs=workers.jobs, scheduler=workers.scheduler) as place:
        for coded in results(place, partial(code_batch, settings, settings.stamp), missing()):
            parts.keep(coded)
            yield from (before.pop() for _ in range(len(before)))
            yield coded.counts
    yield from before


@contextmanager
def _parts(output: Path | None, settings: Settings) -> Iterator[Parts]:
    if output is not None:
        yield Parts(output.with_name(f"{output.name}.part"), settings.stamp)
        return
    with tempfile.TemporaryDirectory(prefix="vzevents-") as folder:
        yield Parts(Path(folder), settings.stamp)
