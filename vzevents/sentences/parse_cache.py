"""Keep parses on disk: whoever runs the same texts again, as the tests of a codebook do, parses none twice.

Each parser has a file of its own in the user's cache folder. Its name tells parser, libraries and the modules
of this package, so that another version of any of them begins a new file. Parses are JSON under the hash of
their text, each with its own hash: what is damaged is parsed again. Where no file can be kept, all is parsed.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType

import msgspec

from vzevents.resources import remove_oldest, sources_sha256, user_cache_dir
from vzevents.sentences.parsers import model_stamp
from vzevents.sentences.parsing import parse_texts
from vzevents.sentences.tokens import Sentence

_AT_ONCE = 200  # parses written together: what an interrupted run may lose
_KEPT = 6  # files, the newest: two languages of three versions
_TABLE = "CREATE TABLE IF NOT EXISTS parses (text_sha256 BLOB PRIMARY KEY, parse BLOB) WITHOUT ROWID"
_DECODER = msgspec.json.Decoder(list[Sentence])
_DIGEST = hashlib.sha256().digest_size


class ParseCache:
    """Parses texts as the function `parse_texts` does and keeps what comes of it.

    Use it in a ``with`` block, whose end writes what is new.
    """

    def __init__(self) -> None:
        self._stores: dict[str, _Store] = {}

    def __enter__(self) -> ParseCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for store in self._stores.values():
            store.close()

    def parse_texts(self, texts: Sequence[str], *, language: str = "en") -> list[list[Sentence]]:
        """Return the sentences of texts, from disk where they are there.

        Parameters
        ----------
        texts : sequence of str
            The texts.
        language : str, default "en"
            One of `LANGUAGES`.

        Returns
        -------
        list of list of Sentence
            One list a text.

        Raises
        ------
        MissingExtraError
            If spaCy or its model is not installed.
        """
        if language not in self._stores:
            self._stores[language] = _Store(_file(language))
        store = self._stores[language]
        found = {text: store.get(text) for text in texts}
        missing = [text for text, sentences in found.items() if sentences is None]
        for text, sentences in zip(missing, parse_texts(missing, language=language), strict=True):
            store.put(text, sentences)
            found[text] = sentences
        return [found[text] or [] for text in texts]


def _file(language: str) -> Path:
    parts = (_made_by(), model_stamp(language))
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return user_cache_dir() / "parses" / f"{language}-{digest[:32]}.sqlite"


@cache
def _made_by() -> str:
    return (
        f"spacy {version('spacy')}, simplemma {version('simplemma')}, {sources_sha256('vzevents.sentences')}"
    )


class _Store:
    """The parses of one parser; without a file where none can be opened."""

    def __init__(self, path: Path) -> None:
        self._new: dict[bytes, bytes] = {}
        self._path, self._connection = path, _connect(path)

    def get(self, text: str) -> list[Sentence] | None:
        key = _key(text)
        raw = self._new.get(key) or self._read(key)
        if raw is None or hashlib.sha256(raw[_DIGEST:]).digest() != raw[:_DIGEST]:
            return None
        return _DECODER.decode(raw[_DIGEST:])

    def put(self, text: str, sentences: list[Sentence]) -> None:
        if self._connection is None:
            return
        raw = msgspec.json.encode(sentences)
        self._new[_key(text)] = hashlib.sha256(raw).digest() + raw
        if len(self._new) >= _AT_ONCE:
            self._write()

    def close(self) -> None:
        self._write()
        if self._connection is not None:
            self._connection.close()

    def _read(self, key: bytes) -> bytes | None:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(
                "SELECT parse FROM parses WHERE text_sha256 = ?", (key,)
            ).fetchone()
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            self._discard(self._connection)
            return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def _discard(self, connection: sqlite3.Connection) -> None:
        """Remove a file found damaged halfway; the next run begins a new one."""
        connection.close()
        self._connection = None
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _write(self) -> None:
        # Another program may be writing, the disk may be full: then these are parsed again the next time.
        with contextlib.suppress(sqlite3.Error):
            if self._connection is not None and self._new:
                with self._connection:
                    self._connection.executemany("REPLACE INTO parses VALUES (?, ?)", self._new.items())
        self._new.clear()


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _connect(path: Path) -> sqlite3.Connection | None:
    """Open a file, anew where it is no database, and remove those that are long out of use."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            connection = _open(path)
        except sqlite3.OperationalError:  # no such place, locked: nothing is wrong with the file
            return None
        except sqlite3.DatabaseError:
            path.unlink()
            connection = _open(path)
    except (OSError, sqlite3.Error):
        return None
    with contextlib.suppress(OSError):
        path.touch()
        remove_oldest(path.parent, "*.sqlite", keep=_KEPT)
    return connection


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        connection.execute(_TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
