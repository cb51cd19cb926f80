"""Cells become typed columns: one rule of types for every table, whatever file it came from.

Text is pandas ``string``, whole numbers ``Int64``, numbers ``Float64``, truth values ``boolean`` and dates
``datetime64[us]``; a missing cell is ``pd.NA`` (``pd.NaT`` in dates) in all of them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from vzevents.columns import Column, Table

PANDAS_TYPES: Mapping[str, str] = {
    "string": "string",
    "Int64": "Int64",
    "Float64": "Float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
}

_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
# A midnight may follow: so do other programs write a date that they hold as a time.
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ]00:00(:00(\.0+)?)?)?")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_MAX_INT64 = 2**63


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that is not of its column's type; `row` counts data rows from 1."""

    row: int
    column: str
    value: object
    message: str


class _WrongCellError(ValueError):
    """Carries what is allowed in the cell."""


def cast_frame(frame: pd.DataFrame, table: Table, *, from_text: bool) -> tuple[pd.DataFrame, list[BadCell]]:
    """Return a frame's columns in a table's types and order, and the cells that have another type.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows as read. Columns that the table does not have are kept, after its own.
    table : Table
        The schema that gives the types.
    from_text : bool
        Whether numbers and truth values may be given as text, as CSV must.

    Returns
    -------
    pandas.DataFrame
        A new frame; columns that were not there and cells that could not be cast are missing.
    list of BadCell
        The cells that could not be cast, by column and row.
    """
    bad: list[BadCell] = []
    columns: dict[str, object] = {}
    for column in table.columns.values():
        if column.name in frame.columns:
            columns[column.name] = _cast_column(frame[column.name], column, bad, from_text=from_text)
        else:
            columns[column.name] = _array([None] * len(frame), column.dtype)
    extra = {name: frame[name].array for name in frame.columns if name not in table.columns}
    return pd.DataFrame(columns | extra, index=pd.RangeIndex(len(frame))), bad


def _cast_column(series: pd.Series, column: Column, bad: list[BadCell], *, from_text: bool) -> object:
    if _is_clean(series, column.dtype):
        return _array(series.array, column.dtype)
    cast = _CASTS[column.dtype]
    cells = []
    for row, value in enumerate(series, start=1):
        try:
            cells.append(None if is_missing(value) else cast(value, from_text))
        except _WrongCellError as error:
            cells.append(None)
            bad.append(BadCell(row, column.name, value, str(error)))
    return _array(cells, column.dtype)


def _array(cells: Any, dtype: str) -> object:
    pandas_type: Any = PANDAS_TYPES[dtype]
    return pd.array(cells, dtype=pandas_type)  # copies


def _is_clean(series: pd.Series, dtype: str) -> bool:
    """Return whether a column has its type already, so that no cell need be looked at on its own."""
    stored = str(series.dtype)
    if dtype == "date" and stored.startswith("datetime64[") and "," not in stored:
        return bool((series.dropna().dt.normalize() == series.dropna()).all())
    if stored != dtype:
        return False
    if dtype == "string":
        return not (series == "").any()
    return dtype != "Float64" or bool(np.isfinite(series.to_numpy(float, na_value=0.0)).all())


def is_missing(value: object) -> bool:
    """Return whether a cell is None, NaN, NA or NaT.

    Parameters
    ----------
    value : object
        Any cell.

    Returns
    -------
    bool
        True for the four; False for an empty text, which is a value.
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, (float, np.floating)) and math.isnan(value)


def _text(value: object, from_text: bool) -> str:
    if not isinstance(value, str):
        message = f"{type(value).__name__} {value!r} where text is due"
        if isinstance(value, (int, float, np.number)):
            message += "; as a number it loses leading zeros"
        raise _WrongCellError(message)
    if not value:
        message = "empty text; leave the cell missing"
        raise _WrongCellError(message)
    if not value.isascii():
        _check_encodable(value)
    return value


def _check_encodable(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError as error:
        message = "text with half a character (a lone surrogate); it cannot be written as UTF-8"
        raise _WrongCellError(message) from error


def _whole(value: object, from_text: bool) -> int:
    if isinstance(value, str) and from_text and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        value = int(value)
    is_whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not is_whole or not -_MAX_INT64 <= int(value) < _MAX_INT64:  # type: ignore[call-overload]
        message = f"{value!r} is not a whole number such as 12"
        raise _WrongCellError(message)
    return int(value)  # type: ignore[call-overload, no-any-return]


def _number(value: object, from_text: bool) -> float:
    if isinstance(value, str) and from_text and _NUMBER.fullmatch(value):
        value = float(value)
    is_number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    if not is_number or not math.isfinite(float(value)):  # type: ignore[arg-type]
        message = f"{value!r} is not a number such as 0.5 or -2"
        raise _WrongCellError(message)
    return float(value)  # type: ignore[arg-type]


def _truth(value: object, from_text: bool) -> bool:
    if isinstance(value, str) and from_text and value in _TRUTH:
        return _TRUTH[value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    message = f"{value!r} is neither true nor false"
    raise _WrongCellError(message)


def _date(value: object, from_text: bool) -> dt.date:
    try:
        day = _as_date(value)
    except ValueError:  # the 30th of February
        day = None
    if day is None:
        message = f"{str(value)!r} is not a date written YYYY-MM-DD"
        raise _WrongCellError(message)
    return day


def _as_date(value: object) -> dt.date | None:
    if isinstance(value, str):
        match = _DATE.fullmatch(value)
        return dt.date.fromisoformat(match[1]) if match else None
    if isinstance(value, np.datetime64):
        value = pd.Timestamp(value)
    if isinstance(value, dt.datetime):  # also pandas.Timestamp; a time of day is not a date
        return value.date() if value.time() == dt.time() and value.tzinfo is None else None
    return value if isinstance(value, dt.date) else None


_CASTS: Mapping[str, Callable[[object, bool], object]] = {
    "string": _text,
    "Int64": _whole,
    "Float64": _number,
    "boolean": _truth,
    "date": _date,
}


def bad_cells_frame(table: str, bad: Iterable[BadCell]) -> pd.DataFrame:
    """Return cells that could not be cast as a table of findings.

    Parameters
    ----------
    table : str
        Name of the table they stand in.
    bad : iterable of BadCell
        The cells.

    Returns
    -------
    pandas.DataFrame
        Columns table, row, column, check, value, message.
    """
    rows = [(table, cell.row, cell.column, "type", str(cell.value), cell.message) for cell in bad]
    # As objects: not every wrong text fits into a column of text.
    return pd.DataFrame(rows, columns=["table", "row", "column", "check", "value", "message"], dtype=object)
