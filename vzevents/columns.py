"""What each table and column is: schemas/*.yaml as frozen rows, and as text for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from vzevents.errors import InputError
from vzevents.resources import resource_dir

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# In the order of the flow: from what was read to what is said about the data.
TABLE_NAMES: tuple[str, ...] = (
    "articles",
    "statements",
    "links",
    "events",
    "actors",
    "offices",
    "codes",
    "places",
    "limitations",
    "changes",
)

TYPE_WORDS = {
    "string": "text",
    "Int64": "whole number",
    "Float64": "number",
    "boolean": "true or false",
    "date": "date",
}

_NOT_CHECKS = {"title", "description", "dtype", "nullable", "coerce", "required", "unique"}
# libyaml reads the ten files some ten times faster; not every build of PyYAML has it.
_SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `checks` are pandera's check names with their arguments."""

    name: str
    title: str
    description: str
    dtype: str  # string, Int64, Float64, boolean, date
    nullable: bool
    unit: str | None
    checks: Mapping[str, Any]

    @property
    def allowed(self) -> str:
        """What is allowed in the column, in plain words; empty where anything of its type is."""
        words = [_CHECK_WORDS[check](value) for check, value in self.checks.items() if check in _CHECK_WORDS]
        return "; ".join(words)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's schema; `document` is the YAML as pandera reads it."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    document: Mapping[str, Any]


def _range_words(value: Mapping[str, Any]) -> str:
    return f"{value['min_value']} to {value['max_value']}"


_CHECK_WORDS: Mapping[str, Callable[[Any], str]] = {
    "isin": lambda value: ", ".join(str(item) for item in value),
    "in_range": _range_words,
    "greater_than_or_equal_to": lambda value: f"{value} or more",
    "str_matches": lambda value: f"matches {value}",
    "str_length": lambda value: f"at least {value['min_value']} character",
}


def parse_table(text: str, *, origin: str) -> Table:
    """Return the table that a schema file describes.

    Parameters
    ----------
    text : str
        YAML in pandera's serialised form, with key and units under `metadata`.
    origin : str
        Name of the file, for messages.

    Returns
    -------
    Table
        The table with its columns in the order of the file.

    Raises
    ------
    InputError
        If the text is not YAML, or lacks columns, a key or a known type.
    """
    try:
        document = yaml.load(text, Loader=_SafeLoader)
        return _table(document)
    except yaml.YAMLError as error:
        message = f"{origin}: not YAML: {error}"
        raise InputError(message) from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"{origin}: not a table schema with name, metadata.key and columns ({error})"
        raise InputError(message) from error


def _table(document: Mapping[str, Any]) -> Table:
    metadata = document["metadata"]
    units = metadata.get("unit") or {}
    columns = {name: _column(name, row, units) for name, row in document["columns"].items()}
    key = tuple(metadata["key"])
    unknown = [name for name in (*key, *units) if name not in columns]
    if unknown:
        message = f"metadata names columns that are not there: {', '.join(unknown)}"
        raise ValueError(message)
    title, description = document.get("title", document["name"]), document.get("description", "")
    return Table(document["name"], title, description, key, columns, document)


def _column(name: str, row: Mapping[str, Any], units: Mapping[str, str]) -> Column:
    if row["dtype"] not in TYPE_WORDS:
        message = f"column {name}: type {row['dtype']} is none of {', '.join(TYPE_WORDS)}"
        raise ValueError(message)
    checks = {key: value for key, value in row.items() if key not in _NOT_CHECKS}
    title, description = row.get("title", name), row.get("description", "")
    return Column(name, title, description, row["dtype"], row.get("nullable", False), units.get(name), checks)


@cache
def table_schema(name: str) -> Table:
    """Return the schema of one of the ten tables.

    Parameters
    ----------
    name : str
        A name of `TABLE_NAMES`.

    Returns
    -------
    Table
        Its key, columns and checks.

    Raises
    ------
    ValueError
        If there is no such table; the message names those that are.
    """
    if name not in TABLE_NAMES:
        message = f"no table {name!r}; the tables are {', '.join(TABLE_NAMES)}"
        raise ValueError(message)
    source = resource_dir("schemas").joinpath(f"{name}.yaml")
    return parse_table(source.read_text(encoding="utf-8"), origin=f"schemas/{name}.yaml")


def read_schemas(folder: Traversable) -> dict[str, Table]:
    """Return the tables that the YAML files of a folder describe, by name.

    Parameters
    ----------
    folder : Traversable
        A folder such as ``schemas/`` of another project.

    Returns
    -------
    dict of str to Table
        The tables in the order of their file names.

    Raises
    ------
    InputError
        If a file is not a table schema.
    """
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    tables = [parse_table(f.read_text(encoding="utf-8"), origin=str(f)) for f in files]
    return {table.name: table for table in tables}


def bundled_schemas() -> dict[str, Table]:
    """Return the schemas of the ten tables, by name.

    Returns
    -------
    dict of str to Table
        In the order of `TABLE_NAMES`.
    """
    return {name: table_schema(name) for name in TABLE_NAMES}


def column_rows(table: Table) -> list[dict[str, object]]:
    """Return a table's columns as rows that a program can read.

    Parameters
    ----------
    table : Table
        The table to describe.

    Returns
    -------
    list of dict
        One row a column: name, title, type, unit, key, missing (may cells be missing), allowed, description.
    """
    return [
        {
            "name": column.name,
            "title": column.title,
            "type": column.dtype,
            "unit": column.unit,
            "key": column.name in table.key,
            "missing": column.nullable,
            "allowed": list(column.checks["isin"]) if "isin" in column.checks else column.allowed or None,
            "description": column.description,
        }
        for column in table.columns.values()
    ]
