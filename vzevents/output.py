"""Coded rows into files as they come: the file is there whole at the end, or not at all."""

from __future__ import annotations

import errno
import io
import json
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from vzevents.errors import InputError
from vzevents.tablefiles import csv_line

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

SUFFIXES = (".parquet", ".csv", ".jsonl")

WriteRow = Callable[[Mapping[str, object]], object]
WriteFrame = Callable[["pd.DataFrame"], None]

# Rows that are gathered before they become a row group of Parquet.
_GROUP = 20_000
# What goes to standard output is held back until all is well; above this size, on disk.
_HELD = 8 << 20
# Errors that writing gives and reading does not.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

# Names of an answer's values in the order in which they are written, and their Arrow types.
ANSWER_TYPES = {
    "id": "string",
    "event_code": "string",
    "event_root_code": "string",
    "plover": "string",
    "benchmark_root": "string",
    "quad_class": "int64",
    "confidence": "float64",
    "rule_id": "string",
    "alternatives": "string",
}


def check_output(path: Path | None, inputs: Sequence[Path]) -> None:
    """Refuse an output that cannot be written, before any work is done.

    Parameters
    ----------
    path : Path or None
        Where to write; None is standard output.
    inputs : sequence of Path
        The files that are read; none of them is overwritten.

    Raises
    ------
    InputError
        If the suffix is of no known format, the folder is missing, or the file is one of the inputs.
    """
    if path is None:
        return
    if path.suffix.lower() not in SUFFIXES:
        message = f"{path}: cannot be written; the name must end in {', '.join(SUFFIXES)}"
        raise InputError(message)
    if path.is_dir() or not path.parent.is_dir():
        message = f"{path}: is a folder" if path.is_dir() else f"{path.parent}: no such folder"
        raise InputError(message)
    if path.exists() and any(given.exists() and path.samefile(given) for given in inputs):
        message = f"{path}: is read as input and is not overwritten; give another name"
        raise InputError(message)


@contextmanager
def statement_writer(path: Path | None) -> Iterator[WriteFrame]:
    """Open a statements file to write frame after frame.

    Parameters
    ----------
    path : Path or None
        A ``.parquet``, ``.csv`` or ``.jsonl`` file; None writes JSON Lines to standard output.

    Yields
    ------
    callable
        Takes a frame of statements. Missing is null, in CSV an empty field.
    """
    from vzevents.columns import table_schema
    from vzevents.tablefiles import plain_rows

    table = table_schema("statements")
    if path is not None and path.suffix.lower() == ".parquet":
        with _whole_file(path) as file, _parquet_statements(file) as write:
            yield write
        return
    with _whole_file(path) as file, _row_writer(file, path, list(table.columns)) as write_row:

        def write(frame: pd.DataFrame) -> None:
            for row in plain_rows(frame, table):
                write_row(row)

        yield write


@contextmanager
def answer_writer(path: Path | None) -> Iterator[WriteRow]:
    """Open a file of answers to coding tasks.

    Parameters
    ----------
    path : Path or None
        A ``.parquet``, ``.csv`` or ``.jsonl`` file; None writes JSON Lines to standard output.

    Yields
    ------
    callable
        Takes an answer. In CSV and Parquet its `alternatives` are JSON text.
    """
    if path is not None and path.suffix.lower() == ".parquet":
        with _whole_file(path) as file, _parquet_answers(file) as write:
            yield write
        return
    with _whole_file(path) as file, _row_writer(file, path, list(ANSWER_TYPES)) as write_row:
        yield lambda answer: write_row({name: plain(answer.get(name)) for name in ANSWER_TYPES})


def plain(value: object) -> object:
    """Return a value as JSON has it: numpy's numbers as plain ones, missing as None.

    Parameters
    ----------
    value : object
        A text, number, truth value, list or mapping of such, or a missing value of pandas.

    Returns
    -------
    object
        The same without numpy or pandas.
    """
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if hasattr(value, "item"):  # a number of numpy
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, (str, int, float)) else None


@contextmanager
def _whole_file(path: Path | None) -> Iterator[IO[bytes]]:
    """Open a file beside the one wanted, and give it that name when all has gone well."""
    if path is None:
        with tempfile.SpooledTemporaryFile(max_size=_HELD) as held:
            yield held
            held.seek(0)
            shutil.copyfileobj(held, sys.stdout.buffer)
        return
    # In the same folder, so that the replacement stays on one file system and is atomic.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with _open_new(part, path) as file:
            yield file
        part.replace(path)
    except OSError as error:
        # What the coder could not read is not this file's fault.
        if error.errno not in _FULL:
            raise
        raise _unwritable(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _open_new(part: Path, path: Path) -> IO[bytes]:
    try:
        return part.open("xb")
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"{path}: cannot be written: {error.strerror or error}")


@contextmanager
def _row_writer(file: IO[bytes], path: Path | None, names: list[str]) -> Iterator[WriteRow]:
    if path is None or path.suffix.lower() == ".jsonl":
        yield lambda row: _write_line(file, row)
        return
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    try:
        text.write(csv_line(names))
        yield lambda row: text.write(csv_line(map(_field, row.values())))
    finally:
        text.detach()  # the file is closed by whoever opened it


def _write_line(file: IO[bytes], row: Mapping[str, object]) -> None:
    file.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def _field(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


@contextmanager
def _parquet_statements(file: IO[bytes]) -> Iterator[WriteFrame]:
    from vzevents.arrow import arrow_table
    from vzevents.columns import table_schema
    from vzevents.tables import arrow_schema, conform

    table = table_schema("statements")
    with _grouped(file, arrow_schema("statements")) as add:
        yield lambda frame: add(arrow_table(conform("statements", frame), table))


@contextmanager
def _parquet_answers(file: IO[bytes]) -> Iterator[WriteRow]:
    import pyarrow as pa

    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in ANSWER_TYPES.items()])
    with _grouped(file, schema) as add:

        def write(answer: Mapping[str, object]) -> None:
            row = {name: _field(plain(answer.get(name))) for name in ANSWER_TYPES}
            add(pa.Table.from_pylist([row], schema=schema))

        yield write


@contextmanager
def _grouped(file: IO[bytes], schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    """Gather small tables into row groups: one a row or an article would make a large, slow file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    held: list[pa.Table] = [schema.empty_table()]  # a file without rows has one group

    with pq.ParquetWriter(file, schema, compression="snappy", version="2.6") as writer:

        def add(table: pa.Table) -> None:
            held.append(table)
            if sum(table.num_rows for table in held) >= _GROUP:
                writer.write_table(pa.concat_tables(held))
                held.clear()

        yield add
        if held:
            writer.write_table(pa.concat_tables(held))
