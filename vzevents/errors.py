"""Every exception that vzevents raises; each knows the exit code of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class VzeventsError(Exception):
    """Base class of all vzevents errors.

    Messages say where, what, and what is allowed. `exit_code` is what the command line exits with:
    1 findings in codebook or data, 2 wrong usage, 3 could not be done.
    """

    exit_code = 3


class CodebookError(VzeventsError, ValueError):
    """A codebook has mistakes; `problems` lists every one of them as ``file:line: message``."""

    exit_code = 1

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class InputError(VzeventsError, ValueError):
    """A file or record that was given cannot be read; the message says file and line."""

    exit_code = 3


class CodingStoppedError(VzeventsError):
    """A coding run cannot go on: a worker died, or no cluster answers. What was coded stays."""


class UnknownCodeError(VzeventsError, LookupError):
    """A code or code name that the codebook does not have."""

    exit_code = 2


class ModelError(VzeventsError):
    """A parser cannot be installed; the message says which file or step and what to do."""


class InvalidTableError(VzeventsError, ValueError):
    """A table breaks its schema or a rule; `issues` is the table of findings."""

    exit_code = 1

    def __init__(self, message: str, issues: pd.DataFrame) -> None:
        self.issues = issues
        super().__init__(message)


class ReleaseError(VzeventsError):
    """A release cannot be built, read or written."""


class ReleaseNotFoundError(ReleaseError, LookupError):
    """The version asked for is not there; the message names those that are."""


class ChecksumMismatchError(ReleaseError, ValueError):
    """A file of a release is not the one that its manifest lists."""


class ResourceNotFoundError(VzeventsError, FileNotFoundError):
    """A folder that the package needs is neither inside the wheel nor beside the checkout."""


class MissingExtraError(VzeventsError, ImportError):
    """An optional dependency is missing; the message gives the command that installs it."""
