"""VZ1xx: a table has the columns, types and values of its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from vzevents.columns import TYPE_WORDS, Column
from vzevents.validation.data import Data
from vzevents.validation.findings import Found, flag
from vzevents.validation.rule import Rule

_SPELLED_MISSING = {"nan", "na", "n/a", "none", "null", "<na>", "nat", "-", "?"}
# What a pattern of the schemas means, for whoever does not read patterns; others are shown as they are.
_FORMS = {
    r"^(0[1-9]|1[0-9]|20)$": "two digits from 01 to 20",
    r"^(0[1-9]|1[0-9]|20)[0-9]?$": "two digits from 01 to 20, then at most one more digit",
    r"^(0[1-9]|1[0-9]|20)[0-9]{0,2}[A-Z]?$": "a code such as 051 or 120D, with its leading zero",
    r"^VZ-[0-9]{6,}$": "VZ- and at least six digits, such as VZ-000123",
    r"^[0-9]+\.[0-9]+\.[0-9]+([-+.][0-9A-Za-z.+-]+)?$": "three numbers with points, such as 0.1.0",
    r"^[0-9a-f]{64}$": "64 digits and letters a to f, as SHA-256 has them",
    r"^[A-Z]{2}-[A-Z0-9]{1,3}$": "an ISO 3166-2 code such as VE-A",
    r"^[A-Z]{3}$": "three capital letters, such as VEN",
    r"^[A-Z]{3}[A-Z0-9]{0,12}$": "three capital letters, then at most twelve capital letters or digits",
    r"^[^\s]+$": "at least one character and no white space",
    r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language code such as en, es or pt-BR",
    r"^https?://[^\s]+$": "an address that starts with http:// or https:// and has no white space",
}
_FORMULA = re.compile(r"[=+\-@\t\r]")


def _missing_columns(data: Data) -> Iterator[Found]:
    for name, table in data.tables.items():
        for column in table.missing:
            message = f"column {column} is not there ({_type_words(table.table.columns[column])})"
            yield Found(name, None, column, None, message)


def _type_words(column: Column) -> str:
    return TYPE_WORDS[column.dtype] + (", cells may be missing" if column.nullable else "")


def _missing_cells(data: Data) -> Iterator[Found]:
    for name, case in _failures(data, "not_nullable"):
        yield Found(
            name, case["index"] + 1, case["column"], None, f"{case['column']} is missing; a value is due"
        )


def _wrong_types(data: Data) -> Iterator[Found]:
    for name, table in data.tables.items():
        for cell in table.bad:
            yield Found(name, cell.row or None, cell.column, cell.value, f"{cell.column}: {cell.message}")


def _not_in_list(data: Data) -> Iterator[Found]:
    yield from _not_allowed(data, "isin", "{value} is not allowed; allowed: {allowed}")


def _out_of_range(data: Data) -> Iterator[Found]:
    for check in ("in_range", "greater_than_or_equal_to"):
        yield from _not_allowed(data, check, "{value} is out of range; allowed: {allowed}")


def _pattern_broken(data: Data) -> Iterator[Found]:
    for check in ("str_matches", "str_length"):
        yield from _not_allowed(data, check, "{value} is not written as it must be: {allowed}")


def _not_allowed(data: Data, check: str, message: str) -> Iterator[Found]:
    for name, case in _failures(data, check):
        allowed = _allowed(data.tables[name].table.columns[case["column"]])
        value = repr(case["failure_case"]) if isinstance(case["failure_case"], str) else case["failure_case"]
        text = f"{case['column']}: " + message.format(value=value, allowed=allowed)
        yield Found(name, case["index"] + 1, case["column"], case["failure_case"], text, check)


def _allowed(column: Column) -> str:
    pattern = str(column.checks.get("str_matches"))
    return _FORMS.get(pattern, column.allowed)


def _key_not_unique(data: Data) -> Iterator[Found]:
    for name, table in data.tables.items():
        key = list(table.table.key)
        again = table.frame.duplicated(key) & table.frame[key].notna().any(axis=1)
        cells = " ".join(f"{column} {{{column}}}" for column in key)
        yield from flag(name, table.frame, again, key[0], f"the key {cells} stands in an earlier row too")


def _extra_columns(data: Data) -> Iterator[Found]:
    for name, table in data.tables.items():
        for column in table.frame.columns:
            if column not in table.table.columns:
                yield Found(
                    name,
                    None,
                    str(column),
                    None,
                    f"column {column!r} is not in the schema; it is not checked",
                )


def _missing_in_words(data: Data) -> Iterator[Found]:
    for name, column, frame in _text_columns(data):
        if "isin" in data.tables[name].table.columns[column].checks:
            continue  # there `none` may be a value, and what is not has its own rule
        spelled = frame[column].str.strip().str.lower().isin(_SPELLED_MISSING)
        yield from flag(name, frame, spelled, column, f"{column} is {{{column}}}; leave a missing cell empty")


def _formula(data: Data) -> Iterator[Found]:
    for name, column, frame in _text_columns(data):
        starts = frame[column].str.match(_FORMULA.pattern)
        yield from flag(
            name, frame, starts, column, f"{column} starts like a spreadsheet formula; import it as text"
        )


def _stray_space(data: Data) -> Iterator[Found]:
    for name, column, frame in _text_columns(data):
        stray = frame[column].str.strip() != frame[column]
        yield from flag(name, frame, stray, column, f"{column} has white space at an end: '{{{column}}}'")


def _text_columns(data: Data) -> Iterator[tuple[str, str, pd.DataFrame]]:
    for name, table in data.tables.items():
        for column in table.table.columns.values():
            if column.dtype == "string":
                yield name, column.name, table.frame


def _failures(data: Data, check: str) -> Iterator[tuple[str, Any]]:
    # Cells of a wrong type have a rule of their own; they are missing only because they could not be cast.
    for name, table in data.tables.items():
        cases = table.failures
        for case in cases[cases["check"].str.startswith(check)].to_dict("records"):
            cells = {(case["index"] + 1, case["column"]), (0, case["column"])}
            if case["column"] not in table.missing and cells.isdisjoint(table.unread):
                yield name, case


RULES = (
    Rule(
        "VZ101",
        "error",
        "Column not there",
        _missing_columns,
        "Every column of the schema must be there, even where all of its cells are missing.",
    ),
    Rule(
        "VZ102",
        "error",
        "Value missing",
        _missing_cells,
        "Some columns must have a value in every row; the schema says which.",
    ),
    Rule(
        "VZ103",
        "error",
        "Wrong type",
        _wrong_types,
        "A cell must be of its column's type: text, a whole number, a number, true or false, a date YYYY-MM- "
        "DD. Types are checked as they stand: a number in a column of codes is wrong even where its digits "
        "look like a code, since its leading zeros are lost.",
    ),
    Rule(
        "VZ104",
        "error",
        "Not in the closed list",
        _not_in_list,
        "A column with a closed list of values may hold no other; the list is case-sensitive.",
    ),
    Rule(
        "VZ105",
        "error",
        "Out of range",
        _out_of_range,
        "A number must lie within the range that the schema gives.",
    ),
    Rule(
        "VZ106",
        "error",
        "Wrong form",
        _pattern_broken,
        "Codes, ids, hashes and addresses have a fixed form; the schema gives it as a pattern.",
    ),
    Rule(
        "VZ107",
        "error",
        "Key not unique",
        _key_not_unique,
        "No two rows may have the same key; in a key of several columns missing cells count as equal.",
    ),
    Rule(
        "VZ108",
        "info",
        "Column not in the schema",
        _extra_columns,
        "Columns that the schema does not have are left alone and not checked.",
    ),
    Rule(
        "VZ109",
        "warning",
        "Missing in words",
        _missing_in_words,
        "A missing cell must be empty (null in JSON), not a word or a mark such as NA, None or a dash.",
    ),
    Rule(
        "VZ110",
        "info",
        "Starts like a formula",
        _formula,
        "A text that starts with =, +, - or @ is taken for a formula by spreadsheet programs. It is data and "
        "is kept as it stands; open the file with all columns imported as text.",
    ),
    Rule(
        "VZ111",
        "warning",
        "Stray white space",
        _stray_space,
        "White space at either end of a text is hardly ever meant, and makes equal values differ.",
    ),
)
