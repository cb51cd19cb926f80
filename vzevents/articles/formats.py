"""The file formats that records are read from, one reader a suffix, one record at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from vzevents.articles.csv_records import csv_records, wrong_columns
from vzevents.articles.decoding import MAX_BYTES, Fault, decode
from vzevents.articles.json_records import json_lines, json_records
from vzevents.articles.markup import read_markup
from vzevents.articles.records import BadRecord, Gate, Record
from vzevents.errors import InputError

# Columns that a table must have; of those in one tuple, any.
Needs = Sequence[tuple[str, ...]]
Reader = Callable[[Path, BinaryIO, Needs], Iterator[Record | BadRecord]]

_BATCH = 64  # rows of Parquet in memory at once


def read_records(path: Path) -> Iterator[dict[str, object]]:
    """Read the records of a file as they are.

    Parameters
    ----------
    path : Path
        The file; its suffix says the format. A text or HTML file is one record with a `text`.

    Yields
    ------
    dict
        One record. In CSV every value is text, and an empty field is None.

    Raises
    ------
    InputError
        If the file or a record cannot be read; the message says file and line.
    """
    check_paths([path])
    for record in Gate().good(stream(path)):
        yield dict(record.values)


def check_paths(paths: Sequence[Path]) -> None:
    """Refuse what is no file or has an unknown suffix, before anything is read.

    Parameters
    ----------
    paths : sequence of Path
        The files to be read.

    Raises
    ------
    InputError
        If a file is missing, a folder, or of a format that is not known.
    """
    for path in paths:
        if path.is_dir():
            message = f"{path}: is a folder; give its files"
            raise InputError(message)
        if not path.exists():
            message = f"{path}: no such file"
            raise InputError(message)
        if path.suffix.lower() not in _READERS:
            message = f"{path}: unknown suffix {path.suffix!r}; known are {', '.join(SUFFIXES)}"
            raise InputError(message)


def stream(path: Path, *, needs: Needs = ()) -> Iterator[Record | BadRecord]:
    """Yield the records of a file and, in their place, those that cannot be read.

    Parameters
    ----------
    path : Path
        A file that `check_paths` lets through.
    needs : sequence of tuple of str
        Columns that CSV and Parquet must have; of those in one tuple, any.

    Yields
    ------
    Record or BadRecord
        In the order of the file. A bad record may stand for the rest of a file that is cut or broken.
    """
    try:
        with path.open("rb") as handle:
            if not handle.peek(1):
                yield BadRecord(str(path), "is empty (0 bytes)")
                return
            yield from _READERS[path.suffix.lower()](path, handle, needs)
    except OSError as error:
        yield BadRecord(str(path), f"cannot be read: {error.strerror or error}")


def _whole(path: Path, handle: BinaryIO) -> str | BadRecord:
    data = handle.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return BadRecord(str(path), f"is over {MAX_BYTES >> 20} MiB; use .jsonl, one record a line")
    text = decode(data)
    return BadRecord(f"{path}:{text.line}", text.message) if isinstance(text, Fault) else text


def _text_file(path: Path, handle: BinaryIO, needs: Needs) -> Iterator[Record | BadRecord]:
    text = _whole(path, handle)
    yield (
        text if isinstance(text, BadRecord) else Record({"article_id": path.stem, "text": text}, f"{path}:1")
    )


def _html_file(path: Path, handle: BinaryIO, needs: Needs) -> Iterator[Record | BadRecord]:
    page = _whole(path, handle)
    if isinstance(page, BadRecord):
        yield page
        return
    title, text = read_markup(page)
    if text:
        yield Record({"article_id": path.stem, "title": title, "text": text}, f"{path}:1")
    else:
        yield BadRecord(str(path), "the page has no text besides scripts, styles and navigation")


def _json_file(path: Path, handle: BinaryIO, needs: Needs) -> Iterator[Record | BadRecord]:
    text = _whole(path, handle)
    yield from [text] if isinstance(text, BadRecord) else json_records(str(path), text)


def _json_lines_file(path: Path, handle: BinaryIO, needs: Needs) -> Iterator[Record | BadRecord]:
    return json_lines(str(path), handle)


def _csv_file(path: Path, handle: BinaryIO, needs: Needs) -> Iterator[Record | BadRecord]:
    return csv_records(str(path), handle, needs)


def _parquet_file(path: Path, handle: BinaryIO, needs: Needs) -> Iterator[Record | BadRecord]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        table = pq.ParquetFile(handle)
        wrong = wrong_columns(table.schema_arrow.names, needs)
        if wrong:
            yield BadRecord(str(path), wrong)
            return
        for batch in table.iter_batches(batch_size=_BATCH):
            for values in batch.to_pylist():
                number += 1
                yield Record(_without_nan(values), f"{path}:row {number}")
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield BadRecord(f"{path}:row {number + 1}" if number else str(path), f"not whole Parquet: {reason}")


def _without_nan(values: dict[str, object]) -> dict[str, object]:
    # pandas writes a missing number as NaN where a column has no nullable type.
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in values.items()
    }


_READERS: Mapping[str, Reader] = {
    ".txt": _text_file,
    ".html": _html_file,
    ".htm": _html_file,
    ".json": _json_file,
    ".jsonl": _json_lines_file,
    ".csv": _csv_file,
    ".parquet": _parquet_file,
}
SUFFIXES = tuple(_READERS)
