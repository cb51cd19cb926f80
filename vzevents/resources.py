"""Where codebook/, data/, schemas/ and the version of the package are: the only module that knows."""

from __future__ import annotations

import os
import tomllib
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from vzevents.errors import ResourceNotFoundError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def resource_dir(name: str) -> Traversable:
    """Return the folder `name` of the wheel or, in a checkout, the one beside the package.

    Parameters
    ----------
    name : str
        ``"codebook"``, ``"schemas"``, ``"data/releases"`` or ``"data/examples"``.

    Returns
    -------
    Traversable
        A folder to read with ``.joinpath()``, ``.iterdir()`` and ``.read_text()``.

    Raises
    ------
    ResourceNotFoundError
        If neither place has it; the message names both.
    """
    package = files("vzevents")
    bundled = package.joinpath("_bundled").joinpath(name)
    if bundled.is_dir():
        return bundled
    checkout = Path(str(package)).parent
    beside = checkout / name
    # Without the pyproject.toml a stray site-packages/data could match.
    if beside.is_dir() and (checkout / "pyproject.toml").is_file():
        return beside
    message = f"{name}: no such folder, neither at {bundled} nor at {beside}; install vzevents again"
    raise ResourceNotFoundError(message)


def user_data_dir() -> Path:
    """Return the folder for what a user installs: `VZEVENTS_DATA_DIR`, or the system's place for it."""
    import platformdirs

    chosen = os.environ.get("VZEVENTS_DATA_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("vzevents", appauthor=False))


def package_version() -> str:
    """Return the version of the package, of a checkout that is not installed too.

    Returns
    -------
    str
        Such as ``0.1.0``.
    """
    try:
        return version("vzevents")
    except PackageNotFoundError:
        project = Path(str(files("vzevents"))).parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
