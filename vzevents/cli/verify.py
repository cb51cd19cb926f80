"""vzevents verify: check a release against its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vzevents.cli.options import echo_safe

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@click.command()
@click.argument("release", metavar="[VERSION|FOLDER]", required=False)
def command(release: str | None) -> None:
    """Check that a release is whole and unchanged (default: the newest of the package).

    \b
    Every file that the manifest lists must be there with its SHA-256, every table
    with its rows and content, and nothing else. Exit code 3: something is wrong.

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
    echo_safe(f"{manifest.version}: {len(manifest.files)} files as published, {len(manifest.tables)} tables")


def _folder(release: str | None) -> Traversable:
    from pathlib import Path

    from vzevents.releases.folders import find_release
    from vzevents.releases.versions import is_version

    if release is not None and not is_version(release):
        return Path(release)
    return find_release(release)
