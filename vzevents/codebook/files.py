"""The files of a codebook as they are at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vzevents.errors import InputError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_SUFFIXES = (".yaml", ".csv")
_DEEPEST = 3  # examples/en/train


@dataclass(frozen=True, slots=True)
class Files:
    """What a codebook's files hold, by their names below it; a folder named like a file ends in ``/``.

    Everything is read once and then judged: no file can change between the look at the cache and the
    reading.
    """

    title: str  # what messages call the folder
    contents: Mapping[str, bytes]

    def stamp(self) -> str:
        """Return the sha256 over all names and bytes.

        Sizes and dates of change would do for most edits, but not for a file restored with an older date,
        nor for two edits within the tick of a clock; to read and hash everything takes some milliseconds.
        """
        digest = hashlib.sha256(f"{self.title}\n".encode("utf-8", "surrogateescape"))
        for name, raw in sorted(self.contents.items()):
            digest.update(f"{len(name)} {name} {len(raw)} ".encode("utf-8", "surrogateescape") + raw)
        return digest.hexdigest()


def read_files(folder: Traversable) -> Files:
    """Read every file of a codebook.

    Parameters
    ----------
    folder : Traversable
        The folder that holds codebook.yaml.

    Returns
    -------
    Files
        Empty where there is no such folder.

    Raises
    ------
    InputError
        If a file is there and cannot be read.
    """
    return Files(folder.name, dict(_walk(folder, folder.name, "", 0)))


def _walk(folder: Traversable, title: str, below: str, depth: int) -> Iterator[tuple[str, bytes]]:
    if not folder.is_dir():
        return
    try:
        for child in sorted(folder.iterdir(), key=lambda one: one.name):
            name = f"{below}{child.name}"
            if name.endswith(_SUFFIXES):
                if child.is_dir():
                    yield f"{name}/", b""
                elif child.is_file():
                    yield name, child.read_bytes()
            elif depth < _DEEPEST:
                yield from _walk(child, title, f"{name}/", depth + 1)
    except OSError as error:
        where = f"{title}/{below}".rstrip("/")
        message = f"{error.filename or where}: cannot be read: {error.strerror or error}"
        raise InputError(message) from error
