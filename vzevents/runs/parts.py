"""Parts of a run: a folder beside the output in which each coded batch is kept until all are there."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from vzevents.arrow import arrow_frame, arrow_table
from vzevents.columns import table_schema
from vzevents.runs.batches import Batch, CodedBatch, Counts

_COUNTS = b"vzevents_counts"


class Parts:
    """The coded batches of one run, as files that are whole or not there.

    A part's name has its number and the key of its batch: of articles that have changed since, or were coded
    in another way, no part is taken for the new one.

    Parameters
    ----------
    folder : Path
        Made when the first part is kept.
    stamp : str
        Says what codes: see `Batch.key`.
    """

    def __init__(self, folder: Path, stamp: str) -> None:
        self.folder = folder
        self._stamp = stamp
        self._counts: dict[Path, Counts] = {}

    def find(self, batch: Batch) -> Counts | None:
        """Return the counts of a batch that has been coded before, or None."""
        path = self._path(batch)
        try:
            stored = pq.read_schema(path).metadata[_COUNTS]
        except (OSError, KeyError, TypeError, pa.ArrowInvalid):
            return None
        self._counts[path] = Counts(**json.loads(stored))
        return self._counts[path]

    def keep(self, coded: CodedBatch) -> None:
        """Write a part."""
        self.folder.mkdir(parents=True, exist_ok=True)
        table = arrow_table(coded.statements, table_schema("statements"))
        counted = {**(table.schema.metadata or {}), _COUNTS: json.dumps(asdict(coded.counts)).encode()}
        path = self._path(coded.batch)
        made = path.with_suffix(f".{os.getpid()}")
        pq.write_table(table.replace_schema_metadata(counted), made)
        made.replace(path)
        self._counts[path] = coded.counts

    def frames(self) -> Iterator[pd.DataFrame]:
        """Yield the statements of all parts found or kept, in the order of the batches."""
        for path in sorted(self._counts):
            yield arrow_frame(pq.read_table(path))

    def remove(self) -> None:
        """Delete the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, batch: Batch) -> Path:
        return self.folder / f"{batch.number:08d}-{batch.key(self._stamp)}.parquet"
