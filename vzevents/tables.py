"""The ten tables: their schemas, their types, and the files they are read from and written to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vzevents.cells import PANDAS_TYPES, BadCell, bad_cells_frame, cast_frame
from vzevents.columns import TABLE_NAMES, TYPE_WORDS, Table, table_schema
from vzevents.errors import InputError, InvalidTableError

if TYPE_CHECKING:
    import pandera.pandas
    import pyarrow as pa

    from vzevents.tablefiles import RawTable

__all__ = [
    "TABLE_NAMES",
    "arrow_schema",
    "column_names",
    "conform",
    "guess_table",
    "key",
    "pandera_schema",
    "read_table",
    "to_frame",
    "write_table",
]

_SHOWN = 5  # cells named in an error message; all of them stand in its `issues`


def column_names(table: str) -> list[str]:
    """Return a table's columns in the order of its schema.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    list of str
        Column names, the key first.
    """
    return list(table_schema(table).columns)


def key(table: str) -> list[str]:
    """Return the columns that make a table's key.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    list of str
        Column names.
    """
    return list(table_schema(table).key)


def arrow_schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table's Parquet file.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    pyarrow.Schema
        Text, int64, float64, bool and date32 fields in the order of the schema.
    """
    from vzevents.arrow import schema_of

    return schema_of(table_schema(table))


def pandera_schema(table: str) -> pandera.pandas.DataFrameSchema:
    """Return the pandera schema of a table in memory.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        The YAML's schema; dates are ``datetime64[us]``, as in frames, where Parquet has ``date``.
    """
    return frame_schema(table_schema(table))


def frame_schema(table: Table) -> pandera.pandas.DataFrameSchema:
    """Return the pandera schema by which to check a frame of a table.

    Parameters
    ----------
    table : Table
        The table's schema.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        The YAML's schema with the types of frames.
    """
    from pandera.io.pandas_io import deserialize_schema

    document = deepcopy(dict(table.document))  # pandera changes what it reads
    for column in document["columns"].values():
        column["dtype"] = PANDAS_TYPES[column["dtype"]]
    schema: pandera.pandas.DataFrameSchema = deserialize_schema(document)  # type: ignore[no-untyped-call]
    return schema


def to_frame(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return rows as a frame with the table's types and columns.

    Parameters
    ----------
    table : str
        Name of the table.
    rows : iterable of Mapping
        One mapping a row. What it does not have is missing.

    Returns
    -------
    pandas.DataFrame
        All columns in the order of the schema, rows as given.

    Raises
    ------
    ValueError
        If a row has a name that is no column of the table.
    InvalidTableError
        If cells are not of their column's type.
    """
    rows = list(rows)
    names = column_names(table)
    unknown = sorted({name for row in rows for name in row} - set(names))
    if unknown:
        message = f"{table} has no column {', '.join(unknown)}; its columns are {', '.join(names)}"
        raise ValueError(message)
    cells = {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in names}
    return conform(table, pd.DataFrame(cells))


def conform(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with the table's types and column order.

    Parameters
    ----------
    table : str
        Name of the table.
    frame : pandas.DataFrame
        Rows of any types; all may be text. Columns that the table does not have are kept, at the end.

    Returns
    -------
    pandas.DataFrame
        A new frame; columns that were not there are missing throughout.

    Raises
    ------
    InvalidTableError
        If cells cannot be cast; its `issues` lists them all.
    """
    cast, bad = cast_frame(frame, table_schema(table), from_text=True)
    _refuse(table, bad, where="")
    return cast


def _refuse(table: str, bad: list[BadCell], *, where: str, lines: Sequence[int] | None = None) -> None:
    if not bad:
        return
    shown = [_bad_line(cell, where or table, lines) for cell in bad[:_SHOWN]]
    more = [f"and {len(bad) - _SHOWN} more"] if len(bad) > _SHOWN else []
    raise InvalidTableError("\n".join([*shown, *more]), bad_cells_frame(table, bad))


def _bad_line(cell: BadCell, where: str, lines: Sequence[int] | None) -> str:
    place = f"{where}:{lines[cell.row - 1]}" if lines else f"{where}, row {cell.row}"
    return f"{place}: {cell.column}: {cell.message}"


def read_table(path: Path, table: str | None = None) -> pd.DataFrame:
    """Read a table from a CSV, JSON Lines or Parquet file.

    Parameters
    ----------
    path : Path
        The file.
    table : str, optional
        Name of the table; known from the file's name or its columns where not given.

    Returns
    -------
    pandas.DataFrame
        The rows in the table's types and column order; other columns are kept, at the end.

    Raises
    ------
    InputError
        If the file cannot be read or is not one of the ten tables.
    InvalidTableError
        If cells are not of their column's type; the message says file and line.
    """
    from vzevents.tablefiles import read_raw

    raw = read_raw(Path(path))
    name = table or guess_table(raw.path, list(raw.frame.columns))
    cast, bad = cast_raw(raw, table_schema(name))
    _refuse(name, bad, where=str(path), lines=raw.lines)
    return cast


def cast_raw(raw: RawTable, table: Table) -> tuple[pd.DataFrame, list[BadCell]]:
    """Return a file's rows in a table's types, and what has another type.

    Parameters
    ----------
    raw : RawTable
        Rows as read from a file.
    table : Table
        The table's schema.

    Returns
    -------
    pandas.DataFrame
        The rows; cells that could not be cast are missing.
    list of BadCell
        Those cells; a Parquet column stored in another type is named once, with row 0.
    """
    from vzevents.arrow import fits

    wrong = {
        name: stored
        for name, stored in raw.stored.items()
        if name in table.columns and not fits(stored, table.columns[name].dtype)
    }
    bad = [
        BadCell(0, name, str(stored), _stored_wrong(stored, table, name)) for name, stored in wrong.items()
    ]
    frame = raw.frame.assign(**dict.fromkeys(wrong)) if wrong else raw.frame
    cast, cells = cast_frame(frame, table, from_text=raw.from_text)
    return cast, bad + cells


def _stored_wrong(stored: pa.DataType, table: Table, name: str) -> str:
    due = TYPE_WORDS[table.columns[name].dtype]
    lost = "; as numbers they lose leading zeros" if due == "text" and "int" in str(stored) else ""
    return f"the column is stored as {stored} where {due} is due{lost}"


def write_table(frame: pd.DataFrame, path: Path, table: str) -> None:
    """Write a table to a CSV, JSON Lines or Parquet file, whole or not at all.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows, written in their order; columns that it lacks are written as missing.
    path : Path
        The file to write or replace; its suffix gives the format.
    table : str
        Name of the table.

    Raises
    ------
    InvalidTableError
        If the frame has columns that the table does not have, or cells of another type.
    InputError
        If the file cannot be written.
    """
    from vzevents.tablefiles import write_frame

    cast = conform(table, frame)
    extra = [str(name) for name in cast.columns if name not in table_schema(table).columns]
    if extra:
        message = f"{path}: {table} has no column {', '.join(extra)}; drop or rename it"
        rows = [(table, None, name, "column", None, message) for name in extra]
        issues = pd.DataFrame(rows, columns=["table", "row", "column", "check", "value", "message"])
        raise InvalidTableError(message, issues)
    write_frame(cast, Path(path), table_schema(table))


def guess_table(path: Path, columns: Sequence[str]) -> str:
    """Return which of the ten tables a file holds.

    Parameters
    ----------
    path : Path
        The file; it or its folder may have the table's name (``events-2024.csv``, ``statements/2019.csv``).
    columns : sequence of str
        The columns it has.

    Returns
    -------
    str
        Name of the table.

    Raises
    ------
    InputError
        If neither name nor columns tell; the message names the tables.
    """
    by_name = table_in_name(path)
    if by_name:
        return by_name
    having = set(columns)
    shared = {
        name: len(having & set(column_names(name))) for name in TABLE_NAMES if having.issuperset(key(name))
    }
    best = [name for name, count in shared.items() if count == max(shared.values())]
    if len(best) != 1:
        message = f"{path}: neither its name nor its columns say which table it is"
        message += f"; give one of {', '.join(TABLE_NAMES)}"
        raise InputError(message)
    return best[0]


def table_in_name(path: Path) -> str | None:
    """Return the table that a file's name or its folder's name gives.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str or None
        Name of the table; None where no name or more than one stands there.
    """
    for part in (path.stem, path.parent.name):
        found = set(re.split(r"[^a-z]+", part.lower())) & set(TABLE_NAMES)
        if len(found) == 1:
            return found.pop()
    return None
