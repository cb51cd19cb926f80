"""``vzevents demo``: the whole flow on the articles written for this project."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import clean, console, json_option, quiet_verbose

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from vzevents.demonstration import Step

_SHOWN = (
    "event_date",
    "event_code",
    "event_name",
    "source_country",
    "source_role",
    "target_country",
    "target_role",
)
_STATEMENTS = ("action_text", "event_code", "source_country", "source_role", "target_country", "target_role")
_VERDICT = ("status", "reject_reason")


@click.command()
@click.option("--rows", default=12, show_default=True, help="Rows of each table to show.")
@json_option
@quiet_verbose
def command(rows: int, as_json: bool, quiet: bool, verbose: int) -> None:
    """Code, validate, publish and load the articles written for this project.

    Nothing is left behind: the release is written into a temporary folder. With -q only the events are
    shown; with -v rejected statements too. JSON has the steps and all events.

    \b
    Example:
        vzevents demo
    """
    from tempfile import TemporaryDirectory

    from vzevents.demonstration import run_demonstration

    with TemporaryDirectory() as folder:
        steps = run_demonstration(Path(folder))
        if as_json:
            click.echo(_json(steps))
            return
        for step in steps:
            _show(step, rows, quiet=quiet, every=verbose > 0)


def _json(steps: Iterable[Step]) -> str:
    from vzevents.columns import table_schema
    from vzevents.tablefiles import plain_rows

    done = list(steps)
    told = [{"name": step.name, "outcome": step.outcome, "rows": len(step.table)} for step in done]
    events = list(plain_rows(done[-1].table, table_schema("events")))
    return json.dumps({"steps": told, "events": events}, ensure_ascii=False, indent=2)


def _show(step: Step, rows: int, *, quiet: bool, every: bool) -> None:
    out = console()
    if not quiet:
        out.print(f"{step.name:<9} {clean(step.outcome)}")
    if step.name == "code" and not quiet:
        accepted = step.table["status"] == "accepted"
        shown = step.table if every else step.table[accepted]
        columns = (*_STATEMENTS, *(_VERDICT if every else ()))
        out.print(_as_table(shown, columns, rows, plain=not out.is_terminal))
    elif step.name == "load":
        out.print(_as_table(step.table, _SHOWN, rows, plain=not out.is_terminal))


def _as_table(shown: pd.DataFrame, columns: tuple[str, ...], rows: int, *, plain: bool) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(*columns, box=None if plain else box.SIMPLE_HEAD)
    for row in shown[list(columns)].head(rows).astype("string").fillna("").itertuples(index=False):
        table.add_row(*(clean(value) for value in row))
    return table
