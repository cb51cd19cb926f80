"""Write a release: all of it or nothing."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from vzevents import tables
from vzevents.errors import ReleaseError
from vzevents.releases import content, metadata
from vzevents.releases.changelog import changes_markdown
from vzevents.releases.citation import Citation, license_text, render
from vzevents.releases.manifest import CHECKSUMS, MANIFEST, FileEntry, Manifest, TableEntry
from vzevents.releases.verify import checksums, verify_release
from vzevents.releases.versions import parse_version
from vzevents.resources import package_version

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

# No version starts so: readers pass such folders over, and the next publish clears them away.
_PARTIAL = ".partial-"


def write_release(
    frames: Mapping[str, pd.DataFrame],
    version: str,
    root: Path,
    *,
    date: datetime.date,
    codebook_version: str,
    codebook_sha256: str,
    note: str = "",
) -> Path:
    """Write the folder of a release under a project's data/releases/.

    The folder is made beside its place under another name, checked, and renamed when it is whole:
    whenever this is killed, there is no release or a whole one. The same tables and arguments give
    the same bytes.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
        The ten tables by name.
    version : str
        Three numbers, such as ``0.1.0``.
    root : Path
        The project.
    date, note
        Date of the release, and what a reader must know, such as ``demonstration, not for citation``.
    codebook_version, codebook_sha256 : str
        The codebook that made the tables.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    ReleaseError
        If the version is no version or is there already, or the folder cannot be written.
    """
    parse_version(version)
    base = Manifest(
        version=version,
        date=date.isoformat(),
        note=note.strip() or None,
        redacted=False,
        package_version=package_version(),
        codebook_version=codebook_version,
        codebook_sha256=codebook_sha256,
        tables={},
        files={},
    )
    target = root / "data" / "releases" / version
    _write_folder(target, frames, base)
    return target


def _write_folder(target: Path, frames: Mapping[str, pd.DataFrame], base: Manifest) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone_in(target.parent), _whole_folder(target) as folder:
            _fill(folder, frames, base)
            verify_release(folder)
    except OSError as error:
        message = f"{target}: cannot be written: {error}"
        raise ReleaseError(message) from error


@contextmanager
def _alone_in(releases: Path) -> Iterator[None]:
    """Keep a second publish out, which would clear away what the first is writing."""
    if sys.platform == "win32":  # no locks on folders there
        yield
        return
    import fcntl

    descriptor = os.open(releases, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        message = f"{releases}: another publish is writing here; wait until it ends"
        raise ReleaseError(message) from error
    finally:
        os.close(descriptor)


@contextmanager
def _whole_folder(target: Path) -> Iterator[Path]:
    """Give a folder to fill that takes its place when the block ends without an error."""
    for leftover in target.parent.glob(f"{_PARTIAL}*"):
        shutil.rmtree(leftover)
    if target.exists():
        message = f"{target}: is there already; a release is never changed, choose a higher number"
        raise ReleaseError(message)
    partial = target.with_name(f"{_PARTIAL}{target.name}")
    partial.mkdir()
    try:
        yield partial
        for path in partial.iterdir():
            _sync(path)
        _sync(partial)
        partial.rename(target)
        _sync(target.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _sync(path: Path) -> None:
    if sys.platform == "win32":  # neither folders nor files opened for reading can be synced there
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill(folder: Path, frames: Mapping[str, pd.DataFrame], base: Manifest) -> None:
    entries = {table: _write_table(folder, frames[table], table) for table in tables.TABLE_NAMES}
    parquet = {entry.file: _file_entry(folder / entry.file) for entry in entries.values()}
    manifest = replace(base, tables=entries, files=parquet)
    texts = {
        "CHANGES.md": changes_markdown(
            frames["changes"], version=base.version, date=base.date, note=base.note
        ),
        "CITATION.cff": render(Citation.of(manifest), "cff") + "\n",
        "LICENSE": license_text(),
        "croissant.json": metadata.croissant(manifest),
        "datapackage.json": metadata.data_package(manifest),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    described = {name: _file_entry(folder / name) for name in texts}
    manifest = replace(manifest, files=dict(sorted((parquet | described).items())))
    (folder / MANIFEST).write_bytes(manifest.to_json().encode())
    (folder / CHECKSUMS).write_bytes(checksums(folder, manifest).encode())


def _write_table(folder: Path, frame: pd.DataFrame, table: str) -> TableEntry:
    name = f"{table}.parquet"
    tables.write_table(frame, folder / name, table)
    return TableEntry(name, len(frame), content.content_sha256(frame), content.schema_sha256(table))


def _file_entry(path: Path) -> FileEntry:
    data = path.read_bytes()
    return FileEntry(len(data), content.sha256(data))
