"""What changed between two sets of tables, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vzevents import tables
from vzevents.releases import content

if TYPE_CHECKING:
    import pandas as pd

# The row of a change that is of a whole column.
EVERY_ROW = "*"

# When the code of a row changes, these change with it: one recoding, not several corrections.
_CODED = frozenset(
    {
        "event_code",
        "event_base_code",
        "event_root_code",
        "event_name",
        "quad_class",
        "plover",
        "plover_quad",
        "benchmark_root",
        "goldstein",
        "acled_event_type",
        "acled_sub_event_type",
    }
)

_Row = dict[str, object]
_Cells = dict[str, list[str | None]]


def diff_tables(
    old: Mapping[str, pd.DataFrame], new: Mapping[str, pd.DataFrame], *, version: str
) -> pd.DataFrame:
    """List what changed between two sets of tables, the reasons left open.

    Parameters
    ----------
    old, new : mapping of str to pandas.DataFrame
        Tables by name. A table that is in `new` alone has all its rows added; `changes` is left out.
    version : str
        The version that the changes lead to.

    Returns
    -------
    pandas.DataFrame
        Rows of the changes table in the order of the tables, `reason` missing. A row that came or
        went has no `column` and stands as a JSON object, without its missing cells, in
        `new` (action added) or `old` (withdrawn). A changed cell has JSON text in both, missing
        where the cell is. A column that came or went has ``*`` for its row.
    """
    rows: list[_Row] = []
    for table in tables.TABLE_NAMES:
        if table != "changes" and table in new:
            before = old.get(table, new[table].iloc[:0])
            rows += [{"table": table, "version": version, **row} for row in _diff(table, before, new[table])]
    return tables.to_frame("changes", rows)


def _diff(table: str, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[_Row]:
    yield from _columns(list(old.columns), list(new.columns))
    before, after = content.json_cells(old), content.json_cells(new)
    old_rows = {row_id: row for row, row_id in enumerate(content.row_ids(old, table))}
    new_rows = {row_id: row for row, row_id in enumerate(content.row_ids(new, table))}
    shared = [name for name in new.columns if name in before]
    for row_id in sorted(old_rows.keys() | new_rows.keys()):
        if row_id not in new_rows:
            yield _change(row_id, None, "withdrawn", old=_whole(before, old_rows[row_id]))
        elif row_id not in old_rows:
            yield _change(row_id, None, "added", new=_whole(after, new_rows[row_id]))
        else:
            pair = (_row(before, old_rows[row_id], shared), _row(after, new_rows[row_id], shared))
            yield from _changed_cells(row_id, *pair)


def _columns(old: list[str], new: list[str]) -> Iterator[_Row]:
    for name in old:
        if name not in new:
            yield _change(EVERY_ROW, name, "withdrawn")
    for name in new:
        if name not in old:
            yield _change(EVERY_ROW, name, "added")


def _changed_cells(row_id: str, old: dict[str, str | None], new: dict[str, str | None]) -> Iterator[_Row]:
    changed = [name for name in new if old[name] != new[name]]
    is_recoded = "event_code" in changed
    for name in changed:
        action = "recoded" if is_recoded and name in _CODED else "corrected"
        yield _change(row_id, name, action, old=old[name], new=new[name])


def _row(cells: _Cells, row: int, columns: list[str]) -> dict[str, str | None]:
    return {name: cells[name][row] for name in columns}


def _whole(cells: _Cells, row: int) -> str:
    return content.json_object(_row(cells, row, list(cells)))


def _change(
    row_id: str, column: str | None, action: str, *, old: str | None = None, new: str | None = None
) -> _Row:
    return {"row_id": row_id, "column": column, "action": action, "old": old, "new": new}
