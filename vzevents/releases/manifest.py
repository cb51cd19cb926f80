"""The manifest of a release: which files it has, what they hold and what made them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from vzevents.errors import ReleaseError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"

# A name from a manifest is joined to a folder: no separator, no leading dot, nothing of a drive.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table of a release; `content_sha256` does not depend on how the file was written."""

    file: str
    rows: int
    content_sha256: str
    schema_sha256: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a release."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is made of; `note` is None where nothing need be said."""

    version: str
    date: str
    note: str | None
    redacted: bool
    package_version: str
    codebook_version: str
    codebook_sha256: str
    tables: Mapping[str, TableEntry]
    files: Mapping[str, FileEntry]

    def to_json(self) -> str:
        """Write the manifest.

        Returns
        -------
        str
            JSON with a newline at its end.
        """
        return json.dumps({"name": "vzevents", **asdict(self)}, ensure_ascii=False, indent=2) + "\n"


def read_manifest(folder: Traversable) -> Manifest:
    """Read the manifest of a release; nothing in it is trusted.

    Parameters
    ----------
    folder : Traversable
        The folder of the release.

    Returns
    -------
    Manifest
        With file names that can be joined to the folder.

    Raises
    ------
    ReleaseError
        If it is missing, no JSON, lacks an entry or names a file outside the folder.
    """
    path = folder.joinpath(MANIFEST)
    try:
        return _parse(json.loads(path.read_bytes()))
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror or error}); is {folder} a release?"
        raise ReleaseError(message) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = f"{path}: not a manifest of a release: {_reason(error)}"
        raise ReleaseError(message) from error


def _reason(error: Exception) -> str:
    return f"no entry {error}" if isinstance(error, KeyError) else str(error)


def _parse(entries: dict[str, object]) -> Manifest:
    texts = ("version", "date", "package_version", "codebook_version", "codebook_sha256")
    files = {_plain(name): _file(entry) for name, entry in _mapping(entries, "files").items()}
    tables = {name: _table(entry) for name, entry in _mapping(entries, "tables").items()}
    for name, entry in tables.items():
        if _plain(entry.file) not in files:
            message = f"the file of table {name} is not under files: {entry.file!r}"
            raise ValueError(message)
    if "events" not in tables:
        message = "there is no table events"
        raise ValueError(message)
    note = entries["note"]
    return Manifest(
        **{name: _text(entries, name) for name in texts},
        note=None if note is None else _text(entries, "note"),
        redacted=entries["redacted"] is True,
        tables=tables,
        files=files,
    )


def _mapping(entries: dict[str, object], name: str) -> dict[str, dict[str, object]]:
    value = entries[name]
    if not isinstance(value, dict) or not all(isinstance(entry, dict) for entry in value.values()):
        message = f"{name}: must be an object of objects"
        raise ValueError(message)
    return value


def _text(entries: Mapping[str, object], name: str) -> str:
    value = entries[name]
    if not isinstance(value, str):
        message = f"{name}: must be text, not {value!r}"
        raise ValueError(message)
    return value


def _number(entries: Mapping[str, object], name: str) -> int:
    value = entries[name]
    if not isinstance(value, int) or isinstance(value, bool):
        message = f"{name}: must be a whole number, not {value!r}"
        raise ValueError(message)
    return value


def _file(entry: Mapping[str, object]) -> FileEntry:
    return FileEntry(_number(entry, "bytes"), _text(entry, "sha256"))


def _table(entry: Mapping[str, object]) -> TableEntry:
    hashes = _text(entry, "content_sha256"), _text(entry, "schema_sha256")
    return TableEntry(_text(entry, "file"), _number(entry, "rows"), *hashes)


def _plain(name: object) -> str:
    if not isinstance(name, str) or _PLAIN_NAME.fullmatch(name) is None or name in (MANIFEST, CHECKSUMS):
        message = f"file name {name!r}: must be a plain name without folders"
        raise ValueError(message)
    return name
