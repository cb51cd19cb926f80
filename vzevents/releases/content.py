"""The canonical form of a table: text that is the same whatever library wrote the file."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from vzevents.arrow import arrow_frame
from vzevents.columns import table_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)

# What a reader of the schema sees and a program does not.
_WORDING = frozenset({"title", "description"})


def read_parquet(data: bytes) -> pd.DataFrame:
    """Read a Parquet file as it stands, whatever schema it was written by.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    pandas.DataFrame
        The columns as they stand in the file; nullable types, dates ``datetime64[us]``.

    Raises
    ------
    pyarrow.ArrowException
        If it is no Parquet.
    """
    frame = arrow_frame(pq.ParquetFile(pa.BufferReader(data)).read())
    dates = frame.select_dtypes("datetime").columns
    return frame.astype(dict.fromkeys(dates, "datetime64[us]"))


def json_cell(value: object) -> str | None:
    """Write one cell as JSON text.

    Parameters
    ----------
    value : object
        A text, number, boolean, date or missing value.

    Returns
    -------
    str or None
        JSON, dates as ISO 8601 text; None where the value is missing.
    """
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    if hasattr(value, "isoformat"):
        return _ENCODER.encode(value.isoformat().removesuffix("T00:00:00"))
    return _ENCODER.encode(value)


def json_cells(frame: pd.DataFrame) -> dict[str, list[str | None]]:
    """Write every cell of a table as JSON text.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table.

    Returns
    -------
    dict of str to list
        For each column its cells in order; None where one is missing.
    """
    return {name: [json_cell(value) for value in frame[name].astype(object)] for name in frame.columns}


def json_object(cells: Mapping[str, str | None]) -> str:
    """Write a row as a JSON object without its missing cells.

    Parameters
    ----------
    cells : mapping of str to str or None
        JSON text of each cell.

    Returns
    -------
    str
        The object, columns in the order given.
    """
    return (
        "{" + ",".join(f"{json.dumps(name)}:{cell}" for name, cell in cells.items() if cell is not None) + "}"
    )


def row_ids(frame: pd.DataFrame, table: str) -> list[str]:
    """Name every row by its key, as the changes table does.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    table : str
        Its name.

    Returns
    -------
    list of str
        The key; where several columns make it, they are joined by a bar.
    """
    columns = [[_plain(value) for value in frame[name].astype(object)] for name in table_schema(table).key]
    return ["|".join(row) for row in zip(*columns, strict=True)]


def _plain(value: object) -> str:
    cell = json_cell(value)
    return "" if cell is None else str(json.loads(cell))


def content_sha256(frame: pd.DataFrame) -> str:
    """Hash what a table says, apart from how the file was written and how its rows are ordered.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.

    Returns
    -------
    str
        SHA-256, in hexadecimal, of UTF-8 lines that each end in a newline: the JSON array of the
        column names, then the JSON array of each row, these sorted as text.
    """
    columns = json_cells(frame).values()
    lines = sorted("[" + ",".join(cell or "null" for cell in row) + "]" for row in zip(*columns, strict=True))
    header = _ENCODER.encode(list(frame.columns))
    return sha256("".join(f"{line}\n" for line in [header, *lines]).encode())


def schema_sha256(table: str) -> str:
    """Hash the schema of a table without its titles and descriptions.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    str
        SHA-256 of the schema's YAML as canonical JSON; another one means that the schema changed.
    """
    return sha256(_ENCODER.encode(_without_wording(table_schema(table).document)).encode())


def _without_wording(node: object) -> object:
    if isinstance(node, dict):
        # A column may be called title: only a text or nothing is wording.
        return {
            str(name): _without_wording(value)
            for name, value in node.items()
            if not (name in _WORDING and (value is None or isinstance(value, str)))
        }
    if isinstance(node, list):
        return [_without_wording(value) for value in node]
    return node if node is None or isinstance(node, bool | int | float) else str(node)


def sha256(data: bytes) -> str:
    """Hash bytes.

    Parameters
    ----------
    data : bytes
        Of a file.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    return hashlib.sha256(data).hexdigest()
