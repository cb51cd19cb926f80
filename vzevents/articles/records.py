"""Records with the place they came from, and the gate that lets the good ones through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from vzevents.errors import InputError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file and its place (``file:line``; of Parquet ``file:row N``)."""

    values: Mapping[str, object]
    origin: str


@dataclass(frozen=True, slots=True)
class BadRecord:
    """What could not be read: its place, what is wrong, and what is allowed."""

    origin: str
    message: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.message}"


@dataclass(slots=True)
class Gate:
    """Lets good records through; a bad one stops the reading, or is listed when `skip_bad` is set."""

    skip_bad: bool = False
    bad: list[BadRecord] = field(default_factory=list)

    def good(self, items: Iterable[T | BadRecord]) -> Iterator[T]:
        """Yield the good ones of some items.

        Parameters
        ----------
        items : iterable
            Anything, with a `BadRecord` in the place of what could not be read.

        Yields
        ------
        object
            The others, in their order.

        Raises
        ------
        InputError
            At the first bad one, unless `skip_bad`.
        """
        for item in items:
            if not isinstance(item, BadRecord):
                yield item
                continue
            if not self.skip_bad:
                raise InputError(str(item))
            self.bad.append(item)


def once(items: Iterable[T | BadRecord], name: str) -> Iterator[T | BadRecord]:
    """Yield items whose id has not been there yet, and a `BadRecord` in the place of the others.

    Parameters
    ----------
    items : iterable
        Objects with an `origin`.
    name : str
        Name of the attribute that holds the id.

    Yields
    ------
    object or BadRecord
        In their order.
    """
    # Hashes and not the ids: the only thing that grows with the corpus.
    seen: set[int] = set()
    for item in items:
        found = getattr(item, name, None)
        if found is not None and hash(found) in seen:
            message = f"{name} {found!r:.80} was there before; each record needs its own"
            yield BadRecord(getattr(item, "origin", ""), message)
            continue
        seen.add(hash(found))
        yield item


def text_of(values: Mapping[str, object], name: str) -> str:
    """Return a text that a record must have.

    Parameters
    ----------
    values : Mapping
        The record.
    name : str
        Name of the value.

    Returns
    -------
    str
        The text, unchanged.

    Raises
    ------
    ValueError
        If it is missing, blank, no text, or holds what is no character; the message says which.
    """
    value = values.get(name)
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        message = f"{name} is missing"
        raise ValueError(message)
    if not isinstance(value, str):
        message = f"{name} must be text, not {type(value).__name__} {value!r:.40}"
        raise ValueError(message)
    if "\0" in value:
        message = f"{name} has a null byte at character {value.index(chr(0))}"
        raise ValueError(message)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        message = f"{name} has half a character (a lone surrogate) at {error.start}"
        raise ValueError(message) from error
    return value


def id_of(values: Mapping[str, object], *names: str) -> str:
    """Return the id that a record must have, exactly as given.

    Parameters
    ----------
    values : Mapping
        The record.
    *names : str
        The names that the id may have; the first one there counts.

    Returns
    -------
    str
        The id.

    Raises
    ------
    ValueError
        If there is none or it is no text: 007 and 7 are two ids, and a number cannot tell them apart.
    """
    name = next((name for name in names if values.get(name) is not None), names[0])
    value = values.get(name)
    if isinstance(value, (int, float)):
        message = f"{name} must be text; write {str(value)!r} in quotes instead of the number {value}"
        raise ValueError(message)
    return text_of(values, name)
