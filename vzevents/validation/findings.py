"""What a check found: one row a cell, row or table that breaks a rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from string import Formatter
from typing import Literal, get_args

import numpy as np
import pandas as pd

from vzevents.cells import is_missing

Severity = Literal["error", "warning", "info"]
_LONGEST = 80  # characters of a cell in a message; `value` has all of them
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # the gravest first


@dataclass(frozen=True, slots=True)
class Found:
    """A finding before it is known by which rule; `row` counts data rows from 1."""

    table: str
    row: int | None
    column: str | None
    value: object
    message: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding: the rule it breaks, where it stands, what is there, and what is allowed.

    `row` counts data rows from 1, within its file where it comes from one, and is missing where the finding
    is of the whole table; `line` is known for CSV and JSON Lines.
    """

    rule: str
    severity: Severity
    table: str
    row: int | None
    column: str | None
    check: str
    value: str | None
    message: str
    path: str | None = None
    line: int | None = None

    @property
    def where(self) -> str:
        """Where it stands: file and line, or the table and its row."""
        if self.path and self.line:
            return f"{self.path}:{self.line}"
        row = f", row {self.row}" if self.row else ""
        return f"{self.path or self.table}{row}"


def issues_frame(issues: Iterable[Issue]) -> pd.DataFrame:
    """Return findings as a table.

    Parameters
    ----------
    issues : iterable of Issue
        The findings.

    Returns
    -------
    pandas.DataFrame
        One row a finding; columns rule, severity, table, row, column, check, value, message, path, line.
    """
    names = [field.name for field in fields(Issue)]
    cells = [[_encodable(getattr(issue, name)) for name in names] for issue in issues]
    frame = pd.DataFrame(cells, columns=pd.Index(names), dtype=object)
    return frame.astype({name: "Int64" if name in {"row", "line"} else "string" for name in names})


def _encodable(cell: object) -> object:
    # Half a character, itself a finding, fits into no column of text.
    return cell.encode(errors="backslashreplace").decode() if isinstance(cell, str) else cell


def flag(
    table: str, frame: pd.DataFrame, wrong: Sequence[bool] | pd.Series, column: str, message: str
) -> Iterator[Found]:
    """Yield a finding for every row that is wrong.

    Parameters
    ----------
    table : str
        Name of the table.
    frame : pandas.DataFrame
        Its rows.
    wrong : sequence of bool
        Which rows are wrong; missing is not.
    column : str
        The column to name.
    message : str
        What is wrong and what is allowed; ``{column}`` stands for the row's cell.

    Yields
    ------
    Found
        In the order of the rows.
    """
    named = [name for _, name, _, _ in Formatter().parse(message) if name]
    for i in np.flatnonzero(pd.array(list(wrong), dtype="boolean").to_numpy(bool, na_value=False)):
        cells = {name: _in_message(frame[name].iloc[i]) for name in named}
        yield Found(table, int(i) + 1, column, frame[column].iloc[i], message.format(**cells))


def _in_message(value: object) -> str:
    # A message is one line, and no cell of the data may act on the terminal that shows it.
    text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in show(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def show(value: object) -> str:
    """Return a cell as text: ISO dates, ``nothing`` for a missing one.

    Parameters
    ----------
    value : object
        Any cell.

    Returns
    -------
    str
        Text as it would stand in CSV.
    """
    if is_missing(value):
        return "nothing"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)
