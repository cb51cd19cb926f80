"""Where releases lie, and which there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vzevents.errors import ReleaseError, ReleaseNotFoundError
from vzevents.releases.manifest import Manifest, read_manifest
from vzevents.releases.versions import is_version, parse_version
from vzevents.resources import resource_dir

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def releases_dir(data_dir: str | Path | None = None) -> Traversable:
    """Return the folder of releases.

    Parameters
    ----------
    data_dir : str or Path, optional
        A folder with one folder a version; by default that of the package.

    Returns
    -------
    Traversable
        The folder.

    Raises
    ------
    ReleaseNotFoundError
        If `data_dir` is no folder.
    """
    if data_dir is None:
        return resource_dir("data/releases")
    folder = Path(data_dir)
    if not folder.is_dir():
        message = f"{folder}: no such folder; it must hold one folder a version"
        raise ReleaseNotFoundError(message)
    return folder


def list_versions(folder: Traversable) -> list[str]:
    """List the versions in a folder of releases.

    Parameters
    ----------
    folder : Traversable
        Holds one folder a version; all that is not named like a version is passed over.

    Returns
    -------
    list of str
        Oldest first.
    """
    names = [entry.name for entry in folder.iterdir() if is_version(entry.name) and entry.is_dir()]
    return sorted(names, key=parse_version)


def find_release(version: str | None = None, data_dir: str | Path | None = None) -> Traversable:
    """Find the folder of a release.

    Parameters
    ----------
    version : str, optional
        The version; by default the newest.
    data_dir : str or Path, optional
        A folder with one folder a version; by default that of the package.

    Returns
    -------
    Traversable
        The folder.

    Raises
    ------
    ReleaseNotFoundError
        If it is not there; the message names those that are.
    """
    folder = releases_dir(data_dir)
    versions = list_versions(folder)
    # Compared with names that are there, never joined to a path: "../x" is just not found.
    if not versions or version not in (None, *versions):
        wanted = "no release" if version is None else f"no release {version!r}"
        message = f"{wanted} in {folder}; there are: {', '.join(versions) or 'none'}"
        raise ReleaseNotFoundError(message)
    return folder.joinpath(version or versions[-1])


def release_manifest(folder: Traversable) -> Manifest:
    """Read the manifest of a release that lies in a folder of its version's name.

    Parameters
    ----------
    folder : Traversable
        The folder of the release.

    Returns
    -------
    Manifest
        Its manifest.

    Raises
    ------
    ReleaseError
        If the manifest is of another version than the folder's name says.
    """
    manifest = read_manifest(folder)
    if manifest.version != folder.name:
        message = f"{folder}: its manifest is that of version {manifest.version}"
        raise ReleaseError(message)
    return manifest
