"""What rules look at: tables in their types beside the codebook, and where each row came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from vzevents.cells import BadCell, cast_frame
from vzevents.columns import table_schema
from vzevents.tables import cast_raw, frame_schema

if TYPE_CHECKING:
    from vzevents.codebook import Codebook
    from vzevents.columns import Table
    from vzevents.tablefiles import RawTable


@dataclass(frozen=True)
class Part:
    """A file's share of a table: the rows from `start` (0-based) on are its."""

    start: int
    path: Path
    lines: tuple[int, ...] | None


@dataclass(frozen=True)
class TableData:
    """A table as given: its rows in the schema's types, and what could not be brought into them."""

    table: Table
    frame: pd.DataFrame
    bad: tuple[BadCell, ...] = ()
    missing: tuple[str, ...] = ()  # columns of the schema that are not there
    parts: tuple[Part, ...] = ()

    @classmethod
    def of_frame(cls, frame: pd.DataFrame, table: Table) -> TableData:
        """Return a frame's rows in the table's types."""
        cast, bad = cast_frame(frame, table, from_text=True)
        missing = tuple(name for name in table.columns if name not in frame.columns)
        return cls(table, cast, tuple(bad), missing)

    @classmethod
    def of_file(cls, raw: RawTable, table: Table) -> TableData:
        """Return a file's rows in the table's types."""
        cast, bad = cast_raw(raw, table)
        missing = tuple(name for name in table.columns if name not in raw.frame.columns)
        return cls(table, cast, tuple(bad), missing, (Part(0, raw.path, raw.lines),))

    def join(self, other: TableData) -> TableData:
        """Return this table with the rows of another file after its own."""
        offset = len(self.frame)
        bad = (replace(cell, row=cell.row + offset) if cell.row else cell for cell in other.bad)
        parts = (replace(part, start=part.start + offset) for part in other.parts)
        missing = tuple(name for name in self.table.columns if name in {*self.missing, *other.missing})
        frame = pd.concat([self.frame, other.frame], ignore_index=True)
        return TableData(self.table, frame, (*self.bad, *bad), missing, (*self.parts, *parts))

    @cached_property
    def unread(self) -> frozenset[tuple[int, str]]:
        """Row and column of each cell that could not be cast; row 0 stands for the whole column."""
        return frozenset((cell.row, cell.column) for cell in self.bad)

    @cached_property
    def failures(self) -> pd.DataFrame:
        """What pandera finds wrong with single cells: check, column, index and failure_case."""
        from pandera.errors import SchemaErrors

        try:
            frame_schema(self.table).validate(self.frame, lazy=True)
        except SchemaErrors as error:
            cases: pd.DataFrame = error.failure_cases
            cases = cases[(cases["schema_context"] == "Column") & cases["index"].notna()]
            # In the order of the schema: pandera's own differs between versions of pandas.
            order = {name: i for i, name in enumerate(self.table.columns)}
            return cases.assign(at=cases["column"].map(order)).sort_values(["at", "index"], kind="stable")
        return pd.DataFrame(columns=["check", "column", "index", "failure_case"], dtype=str)

    def origin(self, row: int | None) -> tuple[str | None, int | None, int | None]:
        """Return file, row within it and line of a row; None for what is not known."""
        if row is None or not self.parts:
            only = self.parts[0] if len(self.parts) == 1 else None
            return (str(only.path) if only else None), row, None
        part = self.parts[bisect_right([p.start for p in self.parts], row - 1) - 1]
        inside = row - part.start
        return str(part.path), inside, part.lines[inside - 1] if part.lines else None


@dataclass(frozen=True)
class Data:
    """The tables under check, by name, and the codebook."""

    tables: Mapping[str, TableData]
    codebook: Codebook
    schemas: Mapping[str, Table]
    _ids: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def frame(self, table: str) -> pd.DataFrame | None:
        """Return a table's rows, or None where it is not given or its schema lacks columns of ours."""
        data = self.tables.get(table)
        if data is None or not data.table.columns.keys() >= table_schema(table).columns.keys():
            return None
        return data.frame

    def with_columns(self, columns: Sequence[str]) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield name and rows of each given table that has all those columns."""
        for name, data in self.tables.items():
            if all(column in data.table.columns for column in columns):
                yield name, data.frame

    def ids(self, table: str, column: str) -> frozenset[str] | None:
        """Return the values of a column, or None where the table is not among those given."""
        frame = self.frame(table)
        if frame is None or column not in frame.columns:
            return None
        if (table, column) not in self._ids:
            self._ids[table, column] = frozenset(frame[column].dropna())
        return self._ids[table, column]

    def known(self, table: str, column: str, in_codebook: Mapping[str, object]) -> frozenset[str]:
        """Return the ids that the codebook or the given table has."""
        return frozenset(in_codebook) | (self.ids(table, column) or frozenset())


def differs(left: pd.Series, right: pd.Series) -> pd.Series:
    """Return where two columns differ; two missing cells are equal, a missing one and a value are not.

    Parameters
    ----------
    left, right : pandas.Series
        Columns of one length and type.

    Returns
    -------
    pandas.Series of bool
        True where they differ.
    """
    same = (left == right).astype("boolean").fillna(value=False)
    return ~(same | (left.isna() & right.isna()))


def look_up(keys: pd.Series, frame: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Return for every key the cell of another table's column; missing where it has no such key.

    Parameters
    ----------
    keys : pandas.Series
        Ids, missing ones too.
    frame : pandas.DataFrame
        The other table.
    key, column : str
        Its key and the column to take.

    Returns
    -------
    pandas.Series
        In the order and with the index of `keys`.
    """
    cells = frame.dropna(subset=[key]).drop_duplicates(key).set_index(key)[column]
    return cells.reindex(pd.Index(keys)).set_axis(keys.index)
