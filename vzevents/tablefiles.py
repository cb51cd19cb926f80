"""Table files: rows out of CSV, JSON Lines and Parquet, and back, the same bytes every time.

A cell goes into CSV as it stands, also one that a spreadsheet would take for a formula (``=``, ``+``, ``-``
or ``@`` at its start): the file is data, and ids must come back unchanged. Rule VZ110 reports such cells.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from vzevents.arrow import arrow_frame, arrow_table
from vzevents.errors import InputError

if TYPE_CHECKING:
    from vzevents.columns import Table

_NEEDS_QUOTES = re.compile('[",\r\n]')

SUFFIXES = (".csv", ".jsonl", ".parquet")


@dataclass(frozen=True)
class RawTable:
    """Rows as a file holds them.

    `lines` gives the line of each row where the format has lines; `stored` the types of Parquet columns.
    """

    path: Path
    frame: pd.DataFrame
    from_text: bool
    lines: tuple[int, ...] | None = None
    stored: Mapping[str, pa.DataType] = field(default_factory=dict)


def read_raw(path: Path) -> RawTable:
    """Return the rows of a file, before any of them is cast.

    Parameters
    ----------
    path : Path
        A ``.csv``, ``.jsonl`` or ``.parquet`` file.

    Returns
    -------
    RawTable
        Its rows, with line numbers where the format has them.

    Raises
    ------
    InputError
        If the file is not there, of another format, or broken; the message says file and line.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        message = f"{path}: no table format; the name must end in {', '.join(SUFFIXES)}"
        raise InputError(message)
    try:
        return reader(path)
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror or error}"
        raise InputError(message) from error


def _read_text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{path}:{line}: not UTF-8 (byte 0x{data[error.start]:02X}); save the file as UTF-8"
        raise InputError(message) from error


def _read_csv(path: Path) -> RawTable:
    records = _csv_records(path)
    first = next(records, None)
    if first is None:
        message = f"{path}:1: no header line; the file is empty"
        raise InputError(message)
    header = _checked_header(path, first[1])
    rows, lines = [], []
    for line, record in records:
        if len(record) != len(header):
            message = f"{path}:{line}: {len(record)} fields where the header has {len(header)}"
            raise InputError(message)
        rows.append([cell or None for cell in record])
        lines.append(line)
    frame = pd.DataFrame(rows, columns=pd.Index(header), dtype=object)
    return RawTable(path, frame, from_text=True, lines=tuple(lines))


def _csv_records(path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_read_text(path), newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"{path}:{line}: not CSV: {error}"
        raise InputError(message) from error


def _checked_header(path: Path, header: list[str]) -> list[str]:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        message = f"{path}:1: fields are not separated by commas, as they must be"
        raise InputError(message)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        message = f"{path}:1: the header names columns twice: {', '.join(twice)}"
        raise InputError(message)
    return header


def _read_jsonl(path: Path) -> RawTable:
    rows, lines = [], []
    # Not splitlines(): it also breaks at characters that JSON allows inside a text.
    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        if line.strip():
            rows.append(_json_row(line, f"{path}:{number}"))
            lines.append(number)
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name) for name in names] for row in rows]
    frame = pd.DataFrame(cells, columns=pd.Index(names), dtype=object)
    return RawTable(path, frame, from_text=False, lines=tuple(lines))


def _json_row(line: str, where: str) -> dict[str, object]:
    try:
        row = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        message = f"{where}: not JSON: {error}"
        raise InputError(message) from error
    if not isinstance(row, dict):
        message = f"{where}: a JSON object is due on each line, not {type(row).__name__}"
        raise InputError(message)
    return row


def _refuse_constant(name: str) -> None:
    message = f"{name} is no JSON; write null for a missing value"
    raise ValueError(message)


def _read_parquet(path: Path) -> RawTable:
    try:
        with path.open("rb") as file:  # opened here: from a path, pyarrow reads columns out of folder names
            table = pq.ParquetFile(file).read()
    except pa.ArrowException as error:
        message = f"{path}: not a whole Parquet file: {error}"
        raise InputError(message) from error
    stored = dict(zip(table.column_names, table.schema.types, strict=True))
    if len(stored) < table.num_columns:
        message = f"{path}: has two columns of one name"
        raise InputError(message)
    return RawTable(path, arrow_frame(table), from_text=False, stored=stored)


_READERS: Mapping[str, Callable[[Path], RawTable]] = {
    ".csv": _read_csv,
    ".jsonl": _read_jsonl,
    ".parquet": _read_parquet,
}


def write_frame(frame: pd.DataFrame, path: Path, table: Table) -> None:
    """Write a frame of the table's own types and columns; the file is there whole or not at all.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows in the order in which to write them.
    path : Path
        The file to write or replace; its suffix gives the format.
    table : Table
        The table's schema.

    Raises
    ------
    InputError
        If the suffix is of no table format, or the file cannot be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        message = f"{path}: no table format; the name must end in {', '.join(SUFFIXES)}"
        raise InputError(message)
    # In the same folder, so that os.replace stays on one file system and is atomic.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            writer(frame, table, file)
        part.replace(path)
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror or error}"
        raise InputError(message) from error
    finally:
        part.unlink(missing_ok=True)


def _write_csv(frame: pd.DataFrame, table: Table, file: IO[bytes]) -> None:
    with io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True) as text:
        text.write(csv_line(table.columns))
        for row in plain_rows(frame, table):
            text.write(csv_line(row.values()))


def csv_line(cells: Iterable[object]) -> str:
    """Return one row of CSV with its line end.

    Parameters
    ----------
    cells : iterable
        Texts, numbers and truth values; None becomes an empty field.

    Returns
    -------
    str
        The row; a cell with a comma, quote or line end is quoted.
    """
    return ",".join(map(_csv_cell, cells)) + "\n"


def _csv_cell(cell: object) -> str:
    # Not csv.writer: it leaves a lone carriage return unquoted, which its reader takes for the end of a row.
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def _write_jsonl(frame: pd.DataFrame, table: Table, file: IO[bytes]) -> None:
    for row in plain_rows(frame, table):
        file.write(json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def _write_parquet(frame: pd.DataFrame, table: Table, file: IO[bytes]) -> None:
    # Snappy is what every reader of Parquet has; all that could change the bytes is fixed here.
    pq.write_table(
        arrow_table(frame, table),
        file,
        compression="snappy",
        version="2.6",
        row_group_size=131_072,
        use_dictionary=True,
    )


def plain_rows(frame: pd.DataFrame, table: Table) -> Iterator[dict[str, object]]:
    """Yield rows as JSON has them: None for a missing cell, dates as ISO text.

    Parameters
    ----------
    frame : pandas.DataFrame
        A frame in the table's types.
    table : Table
        The table's schema.

    Yields
    ------
    dict
        One row, its columns in the order of the schema.
    """
    columns = [_plain_column(frame[name], column.dtype) for name, column in table.columns.items()]
    for cells in zip(*columns, strict=True):
        yield dict(zip(table.columns, cells, strict=True))


def _plain_column(series: pd.Series, dtype: str) -> list[object]:
    if dtype == "date":  # not strftime: whether it pads a year below 1000 depends on the platform
        return [None if day is pd.NaT else day.date().isoformat() for day in series]
    return series.astype(object).where(series.notna(), None).tolist()


_WRITERS: Mapping[str, Callable[[pd.DataFrame, Table, IO[bytes]], None]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
}
