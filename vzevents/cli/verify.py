"""vzevents verify: check a release against its manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import echo_safe, json_option, quiet_verbose

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from vzevents.releases.manifest import Manifest


@click.command()
@click.argument("release", metavar="[VERSION|FOLDER]", required=False)
@json_option
@quiet_verbose
def command(release: str | None, as_json: bool, quiet: bool, verbose: int) -> None:
    """Check that a release is whole and unchanged (default: the newest of the package).

    \b
    Every file that the manifest lists must be there with its SHA-256, every table
    with its rows and content, and nothing else. Exit code 3: something is wrong.
    With -v every file is listed with its SHA-256.

    \b
    Example:
        vzevents verify 0.1.0
        vzevents verify data/releases/0.1.0
    """
    from vzevents.releases.manifest import read_manifest
    from vzevents.releases.verify import verify_release

    folder = _folder(release)
    verify_release(folder)
    manifest = read_manifest(folder)
    if as_json:
        click.echo(json.dumps(_fields(manifest), indent=2))
        return
    for line in _lines(manifest, summary=not quiet, every=verbose > 0):
        echo_safe(line)


def _lines(manifest: Manifest, *, summary: bool, every: bool) -> Iterator[str]:
    if every:
        yield from (f"{entry.sha256}  {name}" for name, entry in manifest.files.items())
    if summary:
        files, tables = len(manifest.files), len(manifest.tables)
        yield f"{manifest.version}: {files} files as published, {tables} tables"


def _fields(manifest: Manifest) -> dict[str, object]:
    return {
        "version": manifest.version,
        "date": manifest.date,
        "files": {name: entry.sha256 for name, entry in manifest.files.items()},
        "tables": {name: entry.rows for name, entry in manifest.tables.items()},
    }


def _folder(release: str | None) -> Traversable:
    from pathlib import Path

    from vzevents.releases.folders import find_release
    from vzevents.releases.versions import is_version

    if release is None or is_version(release):
        return find_release(release)
    if not Path(release).is_dir():
        message = f"{release!r} is neither a version (three numbers, such as 0.1.0) nor a folder"
        raise click.UsageError(message)
    return Path(release)
