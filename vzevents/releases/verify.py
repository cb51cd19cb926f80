"""Check that a release is whole and is the one that its manifest lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from vzevents.errors import ChecksumMismatchError, ReleaseError
from vzevents.releases import content
from vzevents.releases.manifest import CHECKSUMS, MANIFEST, FileEntry, Manifest, TableEntry, read_manifest
from vzevents.releases.versions import is_version

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import pandas as pd


def verify_release(folder: Traversable) -> None:
    """Check every file of a release against its manifest.

    Parameters
    ----------
    folder : Traversable
        The folder of the release, a `Path` for one.

    Raises
    ------
    ChecksumMismatchError
        If a file is missing, is not listed, has other bytes or other content than listed, or the
        manifest is not the one that SHA256SUMS lists; the message names the file.
    ReleaseError
        If there is no manifest, or it cannot be read or names a file outside the folder.
    """
    manifest = read_manifest(folder)
    if is_version(folder.name) and manifest.version != folder.name:
        message = f"{folder.joinpath(MANIFEST)}: is that of version {manifest.version}"
        raise ReleaseError(message)
    _check_names(folder, manifest)
    data = {name: checked_bytes(folder, name, entry) for name, entry in manifest.files.items()}
    if _read(folder, CHECKSUMS) != checksums(folder, manifest).encode():
        message = f"{folder.joinpath(CHECKSUMS)}: does not agree with {MANIFEST}; one of the two was changed"
        raise ChecksumMismatchError(message)
    for entry in manifest.tables.values():
        _check_content(folder, entry, data[entry.file])


def checked_bytes(folder: Traversable, name: str, entry: FileEntry) -> bytes:
    """Read a file of a release and check that it is the one listed.

    Parameters
    ----------
    folder : Traversable
        The folder of the release.
    name : str
        The file's name.
    entry : FileEntry
        What the manifest says of it.

    Returns
    -------
    bytes
        The whole file.

    Raises
    ------
    ChecksumMismatchError
        If it is missing or another file.
    """
    data = _read(folder, name)
    if len(data) != entry.bytes:
        found = f"has {len(data)} bytes, must have {entry.bytes}: it was cut or changed"
    elif content.sha256(data) != entry.sha256:
        found = f"its SHA-256 is {content.sha256(data)}, must be {entry.sha256}: it was changed"
    else:
        return data
    message = f"{folder.joinpath(name)}: {found}; get the release again"
    raise ChecksumMismatchError(message)


def checksums(folder: Traversable, manifest: Manifest) -> str:
    """Write the SHA256SUMS of a release.

    Parameters
    ----------
    folder : Traversable
        The folder, with its manifest.json in it.
    manifest : Manifest
        Lists the other files.

    Returns
    -------
    str
        One line a file, as ``sha256sum --check`` reads it.
    """
    sums = {name: entry.sha256 for name, entry in manifest.files.items()}
    sums[MANIFEST] = content.sha256(_read(folder, MANIFEST))
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def _read(folder: Traversable, name: str) -> bytes:
    try:
        return folder.joinpath(name).read_bytes()
    except OSError as error:
        message = f"{folder.joinpath(name)}: cannot be read: {error.strerror or error}"
        raise ChecksumMismatchError(message) from error


def _check_names(folder: Traversable, manifest: Manifest) -> None:
    listed = {MANIFEST, CHECKSUMS, *manifest.files}
    found = {entry.name: entry for entry in folder.iterdir()}
    for name in sorted(listed - found.keys()):
        message = f"{folder.joinpath(name)}: missing, but the manifest lists it"
        raise ChecksumMismatchError(message)
    for name, entry in sorted(found.items()):
        is_link = isinstance(entry, Path) and entry.is_symlink()
        if name not in listed or is_link or not entry.is_file():
            message = f"{entry}: does not belong to the release; its files are {', '.join(sorted(listed))}"
            raise ChecksumMismatchError(message)


def _check_content(folder: Traversable, entry: TableEntry, data: bytes) -> None:
    frame = _read_parquet(folder, entry.file, data)
    if len(frame) != entry.rows:
        found = f"has {len(frame)} rows, must have {entry.rows}"
    elif content.content_sha256(frame) != entry.content_sha256:
        found = "its content has another hash than the manifest lists"
    else:
        return
    message = f"{folder.joinpath(entry.file)}: {found}"
    raise ChecksumMismatchError(message)


def _read_parquet(folder: Traversable, name: str, data: bytes) -> pd.DataFrame:
    try:
        return content.read_parquet(data)
    except (pa.ArrowException, OSError) as error:
        message = f"{folder.joinpath(name)}: cannot be read as Parquet: {error}"
        raise ChecksumMismatchError(message) from error
