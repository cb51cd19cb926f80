"""vzevents cite: say how to cite a release."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from vzevents.cli.options import echo_safe

if TYPE_CHECKING:
    from vzevents.releases.citation import Style


@click.command()
@click.argument("version", required=False)
@click.option(
    "--style",
    type=click.Choice(["apa", "bibtex", "cff"]),
    default="apa",
    show_default=True,
    help="Form of the citation.",
)
@click.option(
    "--data-dir",
    type=click.Path(exists=True, file_okay=False),
    help="Folder with one folder a version (default: that of the package).",
)
def command(version: str | None, style: str, data_dir: str | None) -> None:
    """Say how to cite a release (default: the newest).

    \b
    Example:
        vzevents cite
        vzevents cite 0.1.0 --style bibtex
    """
    from vzevents.dataset import cite

    echo_safe(cite(version, style=cast("Style", style), data_dir=data_dir))
