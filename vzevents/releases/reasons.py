"""Why rows changed: what the maintainers wrote, matched with what changed."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from vzevents import tables
from vzevents.errors import InputError, ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

REQUIRED = ("table", "row_id", "column", "reason")
OPTIONAL = ("version", "action", "successors")

# Stands for every row, every column, and the row as a whole.
WHOLE = "*"

# What may become of a row, and of a cell.
_ENDS = ("withdrawn", "merged", "split", "redacted")
_MENDS = ("recoded", "corrected", "redacted")
_SHOWN = 20


def read_reasons(path: Path, version: str) -> pd.DataFrame | None:
    """Read why rows change in a version.

    Parameters
    ----------
    path : Path
        A CSV with the columns `table`, `row_id`, `column` and `reason`, where ``*`` stands for every
        row or column; optionally `version` (other versions are passed over), `action` (withdrawn,
        merged, split, redacted, recoded, corrected) and `successors` (event ids joined by a bar).
    version : str
        The version to be built.

    Returns
    -------
    pandas.DataFrame or None
        The columns above as text and `line`, the row's line in the file; None without a file.

    Raises
    ------
    InputError
        If a column is missing or unknown, or a reason is empty.
    """
    if not path.exists():
        return None
    rows = _read_rows(path)
    kept = [row for row in rows if row["version"] in ("", version)]
    return pd.DataFrame(kept, columns=[*REQUIRED, *OPTIONAL, "line"])


def _read_rows(path: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_columns(path, reader.fieldnames or [])
            for row in reader:
                rows.append(_checked(row, f"{path}:{reader.line_num}") | {"line": reader.line_num})
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"{path}: cannot be read as CSV in UTF-8: {error}"
        raise InputError(message) from error
    return rows


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in REQUIRED + OPTIONAL]
    if missing or unknown:
        wrong = f"columns missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}"
        message = f"{path}:1: {wrong}; must be {', '.join(REQUIRED)} and may be {', '.join(OPTIONAL)}"
        raise InputError(message)


def _checked(row: dict[str, str | None], where: str) -> dict[str, object]:
    values = {name: (row.get(name) or "").strip() for name in REQUIRED + OPTIONAL}
    if None in row or not all(values[name] for name in REQUIRED):
        message = (
            f"{where}: {', '.join(REQUIRED)} must be filled and there must be no cell beyond the last column"
        )
        raise InputError(message)
    allowed = dict.fromkeys(_ENDS + _MENDS)
    if values["action"] and values["action"] not in allowed:
        message = f"{where}: action {values['action']!r}: must be empty or one of {', '.join(allowed)}"
        raise InputError(message)
    return dict(values)


@dataclass(frozen=True, slots=True)
class _Reason:
    reason: str
    action: str
    successors: tuple[str, ...]
    origin: str


_Row = dict[str, Any]
_Reasons = dict[tuple[str, str, str], _Reason]


def give_reasons(
    changes: pd.DataFrame, reasons: pd.DataFrame | None, *, events: Iterable[str], added: str
) -> pd.DataFrame:
    """Fill in why each row changed, and what became of events that are gone.

    Parameters
    ----------
    changes : pandas.DataFrame
        What `diff_tables` returned.
    reasons : pandas.DataFrame or None
        What `read_reasons` returned. The most particular reason counts: row and column, row,
        column, table.
    events : iterable of str
        Ids of the events in the new release, which alone can be successors.
    added : str
        The reason of added rows and columns that have no other.

    Returns
    -------
    pandas.DataFrame
        The changes with `reason` filled. An added row carries no copy of itself, since it stands in
        its table; nor does anything redacted. `new` of a merged or split event is the JSON array of
        its successors.

    Raises
    ------
    ReleaseError
        If a change has no reason, a reason has no change, or an event ends without being withdrawn,
        merged, split or redacted. The message lists all.
    """
    given = _by_place(reasons)
    used: set[tuple[str, str, str]] = set()
    live = set(events)
    problems: list[str] = []
    rows = []
    for row in _records(changes):
        place, reason = _find(given, row)
        used.add(place)
        problems += _problems(row, reason, live, is_exact=WHOLE not in place[:2])
        rows.append(_reasoned(row, reason, added))
    problems += [
        f"{reason.origin}: {' '.join(place)}: nothing of that changed"
        for place, reason in given.items()
        if place not in used and place[1] != WHOLE
    ]
    _refuse(problems)
    return tables.to_frame("changes", rows)


def _records(frame: pd.DataFrame) -> list[_Row]:
    cells = frame.astype(object).where(frame.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in cells.to_dict("records")]


def _by_place(reasons: pd.DataFrame | None) -> _Reasons:
    if reasons is None:
        return {}
    return {
        (row["table"], row["row_id"], row["column"]): _Reason(
            row["reason"],
            row.get("action") or "",
            tuple(filter(None, str(row.get("successors") or "").split("|"))),
            f"reasons.csv:{row.get('line', '?')}",
        )
        for row in _records(reasons)
    }


def _find(given: _Reasons, row: _Row) -> tuple[tuple[str, str, str], _Reason | None]:
    table, row_id, column = row["table"], row["row_id"], row["column"] or WHOLE
    places = ((table, row_id, column), (table, row_id, WHOLE), (table, WHOLE, column), (table, WHOLE, WHOLE))
    return next(((place, given[place]) for place in places if place in given), (places[0], None))


def _problems(row: _Row, reason: _Reason | None, live: set[str], *, is_exact: bool) -> list[str]:
    what = f"{row['table']} {row['row_id']} {row['column'] or ''}".rstrip()
    is_gone = row["action"] == "withdrawn" and row["column"] is None
    if row["action"] == "added":
        return []
    if reason is None:
        return [f"{what}: {row['action']} without a reason"]
    if is_gone and row["table"] == "events" and not (is_exact and reason.action in _ENDS):
        return [f"{what}: gone; event ids are permanent: give it a reason of its own with an action: {_ENDS}"]
    if reason.action and reason.action not in (_ENDS if is_gone else _MENDS):
        allowed = ", ".join(_ENDS if is_gone else _MENDS)
        return [f"{reason.origin}: {what}: cannot be {reason.action}; can be {allowed}"]
    if (reason.action in ("merged", "split")) != bool(reason.successors):
        return [f"{reason.origin}: {what}: merged and split events, and no others, name their successors"]
    unknown = [event_id for event_id in reason.successors if event_id not in live]
    return [
        f"{reason.origin}: {what}: successor {event_id} is no event of this release" for event_id in unknown
    ]


def _reasoned(row: _Row, reason: _Reason | None, added: str) -> _Row:
    action = row["action"]
    if reason is None or action == "added":
        new = None if action == "added" else row["new"]
        return row | {"new": new, "reason": reason.reason if reason else added}
    filled = row | {"action": reason.action or action, "reason": reason.reason}
    if reason.successors:
        filled["new"] = json.dumps(reason.successors)
    if reason.action == "redacted":
        filled["old"] = None
    return filled


def _refuse(problems: list[str]) -> None:
    if problems:
        more = [f"... and {len(problems) - _SHOWN} more"] if len(problems) > _SHOWN else []
        message = "\n".join(
            ["the release is refused; data/reasons.csv must say why:", *problems[:_SHOWN], *more]
        )
        raise ReleaseError(message)
