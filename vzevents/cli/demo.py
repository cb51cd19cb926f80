"""``vzevents demo``: the whole flow on the articles written for this project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import clean, console

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

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


@click.command()
@click.option("--rows", default=12, show_default=True, help="Rows of each table to show.")
def command(rows: int) -> None:
    """Code, validate, publish and load the articles written for this project.

    Nothing is left behind: the release is written into a temporary folder.

    \b
    Example:
        vzevents demo
    """
    from tempfile import TemporaryDirectory

    from vzevents.demonstration import run_demonstration

    out = console()
    with TemporaryDirectory() as folder:
        for step in run_demonstration(Path(folder)):
            out.print(f"{step.name:<9} {clean(step.outcome)}")
            columns = {"code": _STATEMENTS, "load": _SHOWN}.get(step.name)
            if columns:
                out.print(_as_table(step.table, columns, rows, plain=not out.is_terminal))


def _as_table(frame: pd.DataFrame, columns: tuple[str, ...], rows: int, *, plain: bool) -> Table:
    from rich import box
    from rich.table import Table

    shown = frame[frame["status"] == "accepted"] if "status" in frame else frame
    table = Table(*columns, box=None if plain else box.SIMPLE_HEAD)
    for row in shown[list(columns)].head(rows).astype("string").fillna("").itertuples(index=False):
        table.add_row(*(clean(value) for value in row))
    return table
