"""CHANGES.md: what a release changed, for people."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from vzevents import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

# What Markdown or HTML would take for markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")
_SHOWN = 100


def changes_markdown(changes: pd.DataFrame, *, version: str, date: str, note: str | None) -> str:
    """Write what a version changed.

    Parameters
    ----------
    changes : pandas.DataFrame
        The changes table; rows of other versions are passed over.
    version : str
        The version.
    date : str
        Its date.
    note : str or None
        The maintainers' note.

    Returns
    -------
    str
        Markdown: a count for each table and action, the events, then every other changed row with
        its reason. Long lists are cut, and say so; `changes.parquet` has them whole.
    """
    current = changes[changes["version"].eq(version)]
    lines = [f"# Changes in {version} ({date})", ""]
    if note:
        lines += [f"**{_escape(note)}**", ""]
    lines += [*_counts(current), *_added_events(current), *_reasons(current)]
    lines += ["The table `changes` holds every change, this release's and those before."]
    return "\n".join(lines) + "\n"


def _counts(changes: pd.DataFrame) -> Iterator[str]:
    if changes.empty:
        yield from ("Nothing changed.", "")
        return
    # A row counts once, however many of its cells changed.
    rows = changes.drop_duplicates(["table", "row_id", "action"])
    yield from ("| table | action | rows |", "|---|---|---:|")
    counts = Counter(zip(rows["table"], rows["action"], strict=True))
    for table in tables.TABLE_NAMES:
        actions = sorted(action for name, action in counts if name == table)
        yield from (f"| {table} | {action} | {counts[table, action]} |" for action in actions)
    yield ""


def _added_events(changes: pd.DataFrame) -> Iterator[str]:
    added = changes["table"].eq("events") & changes["action"].eq("added") & changes["column"].isna()
    event_ids = sorted(changes.loc[added, "row_id"])
    if event_ids:
        yield from ("## Events added", "", _listed(event_ids), "")


def _listed(event_ids: list[str]) -> str:
    shown = ", ".join(event_ids[:_SHOWN])
    return shown if len(event_ids) <= _SHOWN else f"{shown} and {len(event_ids) - _SHOWN} more"


def _reasons(changes: pd.DataFrame) -> Iterator[str]:
    changed = changes[~changes["action"].eq("added")]
    if changed.empty:
        return
    yield from ("## Rows changed", "")
    groups = changed.groupby(["table", "row_id", "action", "reason"], sort=True, dropna=False)
    for shown, ((table, row_id, action, reason), cells) in enumerate(groups):
        if shown == _SHOWN:
            yield f"- and {groups.ngroups - _SHOWN} more"
            break
        yield f"- {table} {_escape(row_id)} {action}{_columns(cells)}: {_escape(reason)}"
    yield ""


def _columns(cells: pd.DataFrame) -> str:
    names = cells["column"].dropna()
    return f" ({', '.join(f'`{name}`' for name in names)})" if len(names) else ""


def _escape(text: object) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(str(text).split()))
