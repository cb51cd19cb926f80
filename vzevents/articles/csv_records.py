"""Records out of CSV: comma-separated, with a header line, empty fields missing."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Protocol

from vzevents.articles.decoding import MAX_BYTES, Fault, decoded_lines
from vzevents.articles.records import BadRecord, Record


class _Reader(Protocol):
    """What csv.reader returns."""

    line_num: int

    def __next__(self) -> list[str]: ...


def csv_records(
    path: str, handle: BinaryIO, needs: Sequence[tuple[str, ...]]
) -> Iterator[Record | BadRecord]:
    """Read a CSV file.

    Parameters
    ----------
    path : str
        Name of the file, for messages.
    handle : BinaryIO
        The file.
    needs : sequence of tuple of str
        Columns that must be there; of those in one tuple, any.

    Yields
    ------
    Record or BadRecord
        One a row, with the line at which it begins; every value is text or None.
    """
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    faults: list[Fault] = []
    reader = csv.reader(_good_lines(handle, faults), strict=True)
    rows = _rows(path, reader, faults)
    header = next(rows, None) or BadRecord(f"{path}:1", "has no header line")
    if isinstance(header, BadRecord):
        yield header
        return
    origin, names = header
    wrong = wrong_columns(names, needs)
    if wrong:
        yield BadRecord(origin, wrong)
        return
    for row in rows:
        yield row if isinstance(row, BadRecord) else _record(row[1], names, row[0])


def wrong_columns(names: Sequence[str], needs: Sequence[tuple[str, ...]]) -> str | None:
    """Say what is wrong with the columns of a table.

    Parameters
    ----------
    names : sequence of str
        Its columns.
    needs : sequence of tuple of str
        Columns that must be there; of those in one tuple, any.

    Returns
    -------
    str or None
        What is wrong and what is there; None when nothing is.
    """
    if len(names) == 1 and any(mark in names[0] for mark in ";\t|"):
        return "columns must be separated by commas"
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        return f"has two columns {', '.join(map(repr, twice))}"
    missing = [" or ".join(anyone) for anyone in needs if not set(anyone) & set(names)]
    if missing:
        return f"has no column {', '.join(missing)}; its columns are {', '.join(map(repr, names))}"
    return None


def _good_lines(handle: BinaryIO, faults: list[Fault]) -> Iterator[str]:
    for line in decoded_lines(handle):
        if isinstance(line, Fault):
            faults.append(line)
            yield "\n"  # so that the lines are still counted
        else:
            yield line


def _rows(path: str, reader: _Reader, faults: list[Fault]) -> Iterator[tuple[str, list[str]] | BadRecord]:
    while True:
        origin = f"{path}:{reader.line_num + 1}"
        try:
            row = next(reader)
        except StopIteration:
            row = []
            if not faults:
                return
        except csv.Error as error:
            yield BadRecord(origin, f"not CSV: {error}")
            continue
        if faults:
            yield BadRecord(f"{path}:{faults[0].line}", faults[0].message)
            faults.clear()
        elif row:  # a blank line is no row
            yield origin, row


def _record(row: list[str], names: list[str], origin: str) -> Record | BadRecord:
    if len(row) != len(names):
        return BadRecord(origin, f"{len(row)} fields where the header has {len(names)}")
    return Record({name: cell or None for name, cell in zip(names, row, strict=True)}, origin)
