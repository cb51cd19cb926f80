"""vzevents publish: build, check and write a release."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import echo_safe, json_option, quiet_verbose, root_option

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from vzevents.releases.publishing import Publication


@click.command()
@click.argument("version")
@click.option(
    "--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the release (default: the last commit's)."
)
@root_option
@click.option(
    "--note", default="", help='What a reader must know, such as "demonstration, not for citation".'
)
@click.option("--dry-run", is_flag=True, help="Do all but write.")
@json_option
@quiet_verbose
def command(
    version: str,
    date: datetime | None,
    root: Path,
    note: str,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Build data/releases/VERSION from the codebook and the curated tables.

    \b
    The version follows from the change since the last release:
        schema or the meaning of a code changed    first number (second below 1.0.0)
        events added, withdrawn or recoded         second number
        anything else                              third number

    \b
    Every changed row needs its reason in data/reasons.csv (table, row_id, column,
    reason; * for every row or column; version, action and successors where needed:
    an event that is gone was withdrawn, merged or split). A release is never
    overwritten. Exit code 1: the tables have errors; 3: refused for another reason.
    With -v the changes since the last release are counted by table and kind.

    \b
    Example:
        vzevents publish 0.2.0 --date 2026-11-22
        vzevents publish 0.2.0 --dry-run
    """
    from vzevents.releases.publishing import publish_release

    day = date.date() if date else None
    publication = publish_release(version, root=root, date=day, note=note, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps(_fields(publication), indent=2))
        return
    for line in [*(_changes(publication) if verbose else ()), *(() if quiet else _summary(publication))]:
        echo_safe(line)


def _fields(publication: Publication) -> dict[str, object]:
    return {
        "version": publication.version,
        "date": publication.date.isoformat(),
        "folder": str(publication.folder) if publication.folder else None,
        "rows": {table: len(frame) for table, frame in publication.tables.items()},
    }


def _changes(publication: Publication) -> list[str]:
    changes = publication.tables["changes"]  # those of earlier releases stand there too
    changes = changes[changes["version"] == publication.version]
    counts = Counter(zip(changes["table"], changes["action"], strict=True))
    return [f"{table}: {action} {n}" for (table, action), n in sorted(counts.items())]


def _summary(publication: Publication) -> list[str]:
    rows = {table: len(frame) for table, frame in publication.tables.items()}
    lines = [f"{table:<12} {n:>7} rows" for table, n in rows.items()]
    where = f"written to {publication.folder}" if publication.folder else "not written (dry run)"
    return [*lines, f"{publication.version} of {publication.date}: {where}"]
