"""Options that several commands share, and the one way to write to a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

F = TypeVar("F", bound=Callable[..., object])

# Escape sequences as a whole (colours, titles, links), then every control character but tab and
# newline, then what reorders text on the screen or has no character at all.
_SEQUENCES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)|\x1b[ -/]*[0-~]", re.DOTALL
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Piped output must not be wrapped at 80 columns: whoever reads it takes a line as a row.
_PIPED_WIDTH = 10_000


def quiet_verbose(command: F) -> F:
    """Add ``-q/--quiet`` (bool `quiet`) and ``-v/--verbose`` (count `verbose`) to a command.

    Parameters
    ----------
    command : callable
        The function of a click command.

    Returns
    -------
    callable
        The same function with both options.
    """
    quiet = click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
    verbose = click.option("-v", "--verbose", count=True, help="Say more; twice for everything.")
    return quiet(verbose(command))


def json_option(command: F) -> F:
    """Add ``--json`` (bool `as_json`) to a command.

    Parameters
    ----------
    command : callable
        The function of a click command.

    Returns
    -------
    callable
        The same function with the option.
    """
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")(command)


def model_option(command: F) -> F:
    """Add ``--no-model`` to a command.

    Parameters
    ----------
    command : callable
        The function behind the command; it gets `model`, what `Coder` takes.

    Returns
    -------
    callable
        The same function with the option.
    """
    return click.option(
        "--model/--no-model",
        "model",
        default=True,
        callback=lambda _context, _option, wanted: "bundled" if wanted else None,
        help="Whether a model ranks what patterns leave open.",
    )(command)


def root_option(command: F) -> F:
    """Add ``--root`` (path `root`, default the current folder) to a command.

    Parameters
    ----------
    command : callable
        The function of a click command.

    Returns
    -------
    callable
        The same function with the option.
    """
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=Path(),
        help="Project with codebook/, schemas/ and data/ (default: the current folder).",
    )(command)


def console(*, stderr: bool = False) -> Console:
    """Make a console that takes text as it is, and is plain and unwrapped when piped.

    Parameters
    ----------
    stderr : bool
        Write to standard error instead of standard output.

    Returns
    -------
    rich.console.Console
        Neither markup nor emoji nor highlighting; text of data still goes through `clean`.
    """
    from rich.console import Console

    width = None if (sys.stderr if stderr else sys.stdout).isatty() else _PIPED_WIDTH
    return Console(stderr=stderr, width=width, markup=False, emoji=False, highlight=False)


def clean(text: object) -> str:
    """Take out of data what would act on a terminal: escape sequences and control characters.

    Parameters
    ----------
    text : object
        Anything from a file; None becomes the empty string.

    Returns
    -------
    str
        The text with tabs and newlines kept and all other control characters gone.
    """
    return "" if text is None else _CONTROLS.sub("", _SEQUENCES.sub("", str(text)))


def echo_safe(text: object, *, stderr: bool = False) -> None:
    """Write one line of cleaned text.

    Parameters
    ----------
    text : object
        Anything from a file.
    stderr : bool
        Write to standard error instead of standard output.
    """
    click.echo(clean(text), err=stderr)


@contextmanager
def progress(label: str, *, total: int | None = None, quiet: bool = False) -> Iterator[Callable[..., None]]:
    """Show a progress bar on standard error while the block runs.

    Parameters
    ----------
    label : str
        What is being done.
    total : int, optional
        How many steps there are; without it the bar counts.
    quiet : bool
        Show nothing. Nothing is shown either when standard error is no terminal.

    Yields
    ------
    callable
        To be called after each step, or with the number of steps done since.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _steps=1: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda steps=1: bar.advance(task, steps)
