"""vzevents describe: what the tables and their columns are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vzevents.cli.options import console, json_option

if TYPE_CHECKING:
    from vzevents.columns import Table


@click.command()
@click.argument("table", required=False)
@json_option
@click.option("--markdown", is_flag=True, help="Write Markdown, as docs/columns.md.")
def command(table: str | None, as_json: bool, markdown: bool) -> None:
    """Show the tables, or the columns of one: type, unit, allowed values, meaning.

    \b
    Example:
        vzevents describe
        vzevents describe events
        vzevents describe events --json
    """
    from vzevents.documents import columns_markdown

    tables = _tables(table)
    if as_json:
        click.echo(_json(tables))
    elif markdown:
        click.echo(columns_markdown(tables), nl=False)
    else:
        _print_tables(tables, with_columns=table is not None)


def _tables(name: str | None) -> dict[str, Table]:
    from vzevents.columns import bundled_schemas, table_schema

    if name is None:
        return bundled_schemas()
    try:
        return {name: table_schema(name)}
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _json(tables: dict[str, Table]) -> str:
    import json

    from vzevents.columns import column_rows

    described = [
        {
            "name": table.name,
            "description": table.description,
            "key": list(table.key),
            "columns": column_rows(table),
        }
        for table in tables.values()
    ]
    return json.dumps(described, ensure_ascii=False, indent=2)


def _print_tables(tables: dict[str, Table], *, with_columns: bool) -> None:
    for table in tables.values():
        console().print(f"{table.name}: {table.description}")
        if with_columns:
            console().print(f"Key: {', '.join(table.key)}. In columns marked ? cells may be missing.\n")
            _print_rows([_row(table, name) for name in table.columns])
        else:
            console().print(f"  key: {', '.join(table.key)}; {len(table.columns)} columns\n")


def _row(table: Table, name: str) -> tuple[str, str, str]:
    from vzevents.columns import TYPE_WORDS

    column = table.columns[name]
    kind = TYPE_WORDS[column.dtype] + (f" ({column.unit})" if column.unit else "")
    allowed = f" Allowed: {column.allowed}" if column.allowed else ""
    return name + ("?" if column.nullable else ""), kind, column.description + allowed


def _print_rows(rows: list[tuple[str, str, str]]) -> None:
    if not console().is_terminal:  # a pipe gets fields, not a picture of them
        click.echo("\n".join("\t".join(row) for row in rows))
        return
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=(0, 2, 0, 0))
    for name in ("name", "kind", "meaning"):
        grid.add_column(name, no_wrap=name != "meaning")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    console().print(grid)
