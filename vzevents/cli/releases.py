"""vzevents releases: list the releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vzevents.cli.options import clean, console, echo_safe, json_option

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@click.option(
    "--data-dir",
    type=click.Path(exists=True, file_okay=False),
    help="Folder with one folder a version (default: that of the package).",
)
@json_option
def command(data_dir: str | None, as_json: bool) -> None:
    """List the releases, oldest first.

    \b
    Example:
        vzevents releases
        vzevents releases --json
    """
    from vzevents.dataset import list_releases

    releases = list_releases(data_dir=data_dir)
    releases = releases.assign(date=releases["date"].dt.strftime("%Y-%m-%d"))
    if as_json:
        echo_safe(releases.to_json(orient="records", indent=2))
    else:
        _show(releases)


def _show(releases: pd.DataFrame) -> None:
    from rich.table import Table

    table = Table("version", "date", "events", "codebook", "note", box=None, pad_edge=False)
    texts = releases.astype("string").fillna("")
    for row in texts.to_dict("records"):
        note = f"redacted; {row['note']}" if row["redacted"] == "True" else row["note"]
        cells = (row["version"], row["date"], row["n_events"], row["codebook_version"], note)
        table.add_row(*map(clean, cells))
    console().print(table)
