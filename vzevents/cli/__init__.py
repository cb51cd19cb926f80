"""The command line: one file a command; errors become exit codes here and nowhere else."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from vzevents.cli.options import echo_safe
from vzevents.errors import VzeventsError

# In the order of the flow; --help shows them so.
COMMANDS = {
    "demo": "demo",
    "code": "code",
    "explain": "explain",
    "codebook": "codebook",
    "validate": "validate",
    "publish": "publish",
    "verify": "verify",
    "releases": "releases",
    "describe": "describe",
    "cite": "cite",
    "bench": "bench",
    "models": "models",
}


class _Group(click.Group):
    """A group whose commands live in one module each, listed in the order of the flow."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"vzevents.cli.{COMMANDS[cmd_name]}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except VzeventsError as error:
            echo_safe(f"Error: {error}", stderr=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vzevents")
def main() -> None:
    """Code, validate, publish and load political events.

    \b
    Example:
        vzevents demo
        vzevents explain "Canada recognized Juan Guaido as interim president."
    """
