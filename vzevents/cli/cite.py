"""vzevents cite: say how to cite a release."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import click

from vzevents.cli.options import echo_safe, json_option

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
@json_option
def command(version: str | None, style: str, data_dir: str | None, as_json: bool) -> None:
    """Say how to cite a release (default: the newest).

    \b
    Example:
        vzevents cite
        vzevents cite 0.1.0 --style bibtex
    """
    from vzevents.dataset import cite

    text = cite(version, style=cast("Style", style), data_dir=data_dir)
    echo_safe(_json(text, version, data_dir) if as_json else text)


def _json(text: str, version: str | None, data_dir: str | None) -> str:
    from vzevents.releases.citation import Citation, fields
    from vzevents.releases.folders import find_release, release_manifest

    facts = fields(Citation.of(release_manifest(find_release(version, data_dir))))
    return json.dumps({**facts, "text": text}, ensure_ascii=False, indent=2)
