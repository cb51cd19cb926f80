"""Frames to Arrow and back: what a table's Parquet file holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from vzevents.columns import Table

# Dates are date32: R, DuckDB and Stata read a date, and pandas gives datetime.date for pandera's `date`.
ARROW_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "Int64": pa.int64(),
    "Float64": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}

# (pandas_type, numpy_type) of pandas' own metadata: with it a plain read_parquet gives nullable types.
_PANDAS_TYPES = {
    "string": ("unicode", "string"),
    "Int64": ("int64", "Int64"),
    "Float64": ("float64", "Float64"),
    "boolean": ("bool", "boolean"),
    "date": ("date", "object"),
}


def schema_of(table: Table) -> pa.Schema:
    """Return the Arrow schema of a table's Parquet file.

    Parameters
    ----------
    table : Table
        The table's schema.

    Returns
    -------
    pyarrow.Schema
        Fields in the order of the schema, with metadata that lets pandas read nullable types.
    """
    fields = [pa.field(name, ARROW_TYPES[column.dtype]) for name, column in table.columns.items()]
    return pa.schema(fields, metadata={"pandas": _pandas_metadata(table)})


def _pandas_metadata(table: Table) -> str:
    # Written here and not by pandas, whose version would otherwise stand in every file.
    columns = []
    for name, column in table.columns.items():
        pandas_type, numpy_type = _PANDAS_TYPES[column.dtype]
        types = {"pandas_type": pandas_type, "numpy_type": numpy_type}
        columns.append({"name": name, "field_name": name, **types, "metadata": None})
    creator = {"library": "vzevents", "version": "1"}
    head = {"index_columns": [], "column_indexes": [], "columns": columns}
    return json.dumps({**head, "creator": creator, "pandas_version": "2.3.0"})


def arrow_table(frame: pd.DataFrame, table: Table) -> pa.Table:
    """Return a frame of the table's types as an Arrow table.

    Parameters
    ----------
    frame : pandas.DataFrame
        A frame in the table's types and columns.
    table : Table
        The table's schema.

    Returns
    -------
    pyarrow.Table
        The rows in their order.
    """
    schema = schema_of(table)
    arrays = [pa.array(frame[name], from_pandas=True).cast(schema.field(name).type) for name in table.columns]
    return pa.Table.from_arrays(arrays, schema=schema)


def arrow_frame(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as a frame that keeps whole numbers whole beside missing cells.

    Parameters
    ----------
    table : pyarrow.Table
        Any table.

    Returns
    -------
    pandas.DataFrame
        Nullable types; dates as ``datetime64``.
    """
    frame: pd.DataFrame = table.to_pandas(types_mapper=_nullable, date_as_object=False, ignore_metadata=True)
    return frame.reset_index(drop=True)


def _nullable(stored: pa.DataType) -> object:
    if is_text(stored):
        return pd.StringDtype()
    if pa.types.is_integer(stored):
        return pd.Int64Dtype()
    if pa.types.is_floating(stored):
        return pd.Float64Dtype()
    return pd.BooleanDtype() if pa.types.is_boolean(stored) else None


def is_text(stored: pa.DataType) -> bool:
    """Return whether an Arrow type holds text.

    Parameters
    ----------
    stored : pyarrow.DataType
        Type of a column.

    Returns
    -------
    bool
        True for all of Arrow's string types, also inside a dictionary.
    """
    if pa.types.is_dictionary(stored):
        return is_text(stored.value_type)
    types = pa.types
    return bool(types.is_string(stored) or types.is_large_string(stored) or types.is_string_view(stored))


def fits(stored: pa.DataType, dtype: str) -> bool:
    """Return whether a stored type may stand for a schema's type without any change of meaning.

    Parameters
    ----------
    stored : pyarrow.DataType
        Type of a Parquet column.
    dtype : str
        Type that the schema gives: string, Int64, Float64, boolean or date.

    Returns
    -------
    bool
        True also for a column without any value, which has no type.
    """
    types = pa.types
    by_type = {
        "string": is_text(stored),
        "Int64": types.is_integer(stored),
        "Float64": types.is_floating(stored) or types.is_integer(stored),
        "boolean": types.is_boolean(stored),
        "date": types.is_date(stored) or types.is_timestamp(stored),
    }
    return bool(types.is_null(stored) or by_type[dtype])
