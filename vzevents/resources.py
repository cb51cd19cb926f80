"""Where codebook/, data/, schemas/ and the version of the package are: the only module that knows."""

from __future__ import annotations

import hashlib
import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from vzevents.errors import ResourceNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def model_dir() -> Path:
    """Return the folder of the small model that ships with the package."""
    return Path(str(files("vzevents"))) / "models"


def user_data_dir() -> Path:
    """Return the folder for what a user installs: `VZEVENTS_DATA_DIR`, or the system's place for it."""
    import platformdirs

    chosen = os.environ.get("VZEVENTS_DATA_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("vzevents", appauthor=False))


def user_cache_dir() -> Path:
    """Return the folder for what can be made anew: `VZEVENTS_CACHE_DIR`, or the system's place for it."""
    import platformdirs

    chosen = os.environ.get("VZEVENTS_CACHE_DIR")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("vzevents", appauthor=False))


def remove_oldest(folder: Path, pattern: str, *, keep: int) -> None:
    """Remove from a cache folder all files of a pattern but the newest.

    Parameters
    ----------
    folder : Path
        The folder.
    pattern : str
        Such as ``*.json``.
    keep : int
        How many stay.

    Raises
    ------
    OSError
        If that cannot be done.
    """
    newest_last = sorted(folder.glob(pattern), key=lambda one: one.stat().st_mtime)
    for old in newest_last[:-keep]:
        old.unlink()


def sources_sha256(package: str) -> str:
    """Return the sha256 of the modules of a package: what a cache was made by.

    Parameters
    ----------
    package : str
        Such as ``vzevents.codebook``.

    Returns
    -------
    str
        Another one after any change to a module, so that no number need be raised by hand; where a package
        was installed without its sources, the version of vzevents decides.
    """
    digest = hashlib.sha256()
    modules = list(_modules(files(package)))
    for name, module in modules:
        digest.update(name.encode() + b"\0" + module.read_bytes())
    if not modules:
        digest.update(package_version().encode())
    return digest.hexdigest()


def _modules(folder: Traversable, under: str = "") -> Iterator[tuple[str, Traversable]]:
    """Yield the modules of a package and of those inside it, with their names, in one order."""
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.name.endswith(".py"):
            yield under + one.name, one
        elif one.is_dir() and one.name != "__pycache__":
            yield from _modules(one, f"{under}{one.name}/")


def package_version() -> str:
    """Return the version of the package, of a checkout that is not installed too.

    Returns
    -------
    str
        Such as ``0.1.0``.
    """
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and seldom asked for

    try:
        return version("vzevents")
    except PackageNotFoundError:
        import tomllib

        project = Path(str(files("vzevents"))).parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
