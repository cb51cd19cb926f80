"""Tables and files through the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vzevents.columns import Table, bundled_schemas
from vzevents.errors import InputError
from vzevents.tablefiles import SUFFIXES, read_raw
from vzevents.tables import guess_table, table_in_name
from vzevents.validation import schema
from vzevents.validation.data import Data, TableData
from vzevents.validation.findings import Found, Issue, show
from vzevents.validation.rule import Rule
from vzevents.validation.rules import choose_rules

if TYPE_CHECKING:
    import pandas as pd

    from vzevents.codebook import Codebook


@dataclass(frozen=True)
class Report:
    """What came of checking files: the findings, the files by table, and those passed over."""

    issues: list[Issue]
    files: Mapping[str, list[str]]
    rows: int
    skipped: list[str]


def validate_tables(
    tables: Mapping[str, pd.DataFrame],
    codebook: Codebook,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    schemas: Mapping[str, Table] | None = None,
) -> list[Issue]:
    """Return what breaks a rule in tables in memory.

    Parameters
    ----------
    tables : Mapping of str to pandas.DataFrame
        Tables by name. Rules across tables look at those that are given.
    codebook : Codebook
        The codebook they are coded by.
    select, ignore : iterable of str
        Ids of rules or their beginnings to check by and to leave out.
    schemas : Mapping of str to Table, optional
        Schemas of the tables; the bundled ones where not given.

    Returns
    -------
    list of Issue
        By rule, table and row; empty where all is well.

    Raises
    ------
    ValueError
        If a table or rule is not known.
    """
    known = schemas or bundled_schemas()
    given = {name: TableData.of_frame(frame, _schema(known, name)) for name, frame in tables.items()}
    return run_rules(Data(given, codebook, known), choose_rules(select, ignore))


def _schema(schemas: Mapping[str, Table], name: str) -> Table:
    if name not in schemas:
        message = f"no table {name!r}; the tables are {', '.join(schemas)}"
        raise ValueError(message)
    return schemas[name]


def run_rules(data: Data, rules: Iterable[Rule]) -> list[Issue]:
    """Return what rules find in tables.

    Parameters
    ----------
    data : Data
        The tables and the codebook.
    rules : iterable of Rule
        The rules to check by.

    Returns
    -------
    list of Issue
        In the order of the rules.
    """
    return [
        _issue(rule, found, data)
        for rule in rules
        for found in rule.find(data)
        if rule in schema.RULES or not _unread(found, data.tables[found.table])
    ]


def _unread(found: Found, table: TableData) -> bool:
    """Return whether a finding only follows from a cell or column that could not be read."""
    cells = {(found.row, found.column), (0, found.column)}
    return found.column in table.missing or not cells.isdisjoint(table.unread)


def _issue(rule: Rule, found: Found, data: Data) -> Issue:
    path, row, line = data.tables[found.table].origin(found.row)
    value = None if found.value is None else show(found.value)
    check = found.check or rule.name
    return Issue(
        rule.id, rule.severity, found.table, row, found.column, check, value, found.message, path, line
    )


def validate_paths(
    paths: Sequence[Path],
    codebook: Codebook,
    *,
    table: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    schemas: Mapping[str, Table] | None = None,
) -> Report:
    """Return what breaks a rule in table files and folders of them.

    Parameters
    ----------
    paths : sequence of Path
        Files (``.csv``, ``.jsonl``, ``.parquet``), or folders such as a release: its files with a table's
        name, and those of its subfolders with a table's name.
    codebook : Codebook
        The codebook they are coded by.
    table : str, optional
        The table that all the files hold; known from names or columns where not given.
    select, ignore : iterable of str
        Ids of rules or their beginnings to check by and to leave out.
    schemas : Mapping of str to Table, optional
        Schemas of the tables; the bundled ones where not given.

    Returns
    -------
    Report
        Findings with file, row and, for CSV and JSON Lines, line.

    Raises
    ------
    InputError
        If a file cannot be read, or neither name nor columns tell its table.
    ValueError
        If a table or rule is not known.
    """
    rules, known = choose_rules(select, ignore), schemas or bundled_schemas()
    files, skipped = find_files(paths, named=table is not None)
    tables: dict[str, TableData] = {}
    for path in files:
        raw = read_raw(path)
        name = table or guess_table(path, list(raw.frame.columns))
        part = TableData.of_file(raw, _schema(known, name))
        tables[name] = tables[name].join(part) if name in tables else part
    by_table = {name: [str(part.path) for part in data.parts] for name, data in tables.items()}
    rows = sum(len(data.frame) for data in tables.values())
    return Report(run_rules(Data(tables, codebook, known), rules), by_table, rows, skipped)


def find_files(paths: Sequence[Path], *, named: bool) -> tuple[list[Path], list[str]]:
    """Return the table files that paths lead to, and what was passed over in folders.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders.
    named : bool
        Whether the table is known, so that a folder's files need not have its name.

    Returns
    -------
    list of Path
        The files in order.
    list of str
        Table files of folders whose names are of no table.

    Raises
    ------
    InputError
        If a folder has no table.
    """
    files: list[Path] = []
    skipped: list[str] = []
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        inside = _tables_inside(path)
        fitting = [file for file in inside if named or table_in_name(file)]
        if not fitting:
            message = f"{path}: no table in this folder; files are named as their tables: events.csv"
            raise InputError(message)
        files += fitting
        skipped += [str(file) for file in inside if file not in fitting]
    return list(dict.fromkeys(files)), skipped


def _tables_inside(folder: Path) -> list[Path]:
    # Not deeper: below data/ stand the releases, each with tables of its own.
    below = [f for f in folder.iterdir() if f.is_dir() and table_in_name(folder / f.name / "x") == f.name]
    files = [file for place in (folder, *below) for file in place.iterdir() if file.is_file()]
    return sorted(file for file in files if file.suffix.lower() in SUFFIXES)
