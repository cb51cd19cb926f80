"""Records out of JSON (one, or a list of them) and JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from vzevents.articles.decoding import decoded_lines
from vzevents.articles.records import BadRecord, Record


def json_records(path: str, text: str) -> Iterator[Record | BadRecord]:
    """Read a JSON file: one record or a list of records.

    Parameters
    ----------
    path : str
        Name of the file, for messages.
    text : str
        Its content.

    Yields
    ------
    Record or BadRecord
        Each with the line at which it begins.
    """
    if text.lstrip()[:1] == "[":
        yield from _listed(path, text)
        return
    try:
        yield _checked(_DECODER.decode(text), f"{path}:1")
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        yield BadRecord(f"{path}:{line}", _reason(error))


def json_lines(path: str, handle: BinaryIO) -> Iterator[Record | BadRecord]:
    """Read a JSON Lines file; blank lines are passed over.

    Parameters
    ----------
    path : str
        Name of the file, for messages.
    handle : BinaryIO
        The file.

    Yields
    ------
    Record or BadRecord
        One a line.
    """
    for number, line in enumerate(decoded_lines(handle), start=1):
        origin = f"{path}:{number}"
        if not isinstance(line, str):
            yield BadRecord(origin, line.message)
        elif line.strip():
            yield _line_record(line, origin)


def _line_record(line: str, origin: str) -> Record | BadRecord:
    try:
        return _checked(_DECODER.decode(line.strip()), origin)
    except (ValueError, RecursionError) as error:
        return BadRecord(origin, f"{_reason(error)}; each line must be one JSON object")


def _listed(path: str, text: str) -> Iterator[Record | BadRecord]:
    position = _after_space(text, text.index("[") + 1)
    line = 1 + text.count("\n", 0, position)
    while text[position : position + 1] != "]":
        try:
            value, end = _DECODER.raw_decode(text, position)
            end = _after_comma(text, end)
        except (ValueError, RecursionError) as error:
            # Where the next record begins cannot be known.
            yield BadRecord(f"{path}:{line}", f"{_reason(error)}; nothing from here on can be read")
            return
        yield _checked(value, f"{path}:{line}")
        line += text.count("\n", position, end)
        position = end
    if text[position + 1 :].strip():
        yield BadRecord(f"{path}:{line}", "not JSON: something stands after the list")


def _after_space(text: str, position: int) -> int:
    while text[position : position + 1] in (" ", "\t", "\r", "\n"):
        position += 1
    return position


def _after_comma(text: str, position: int) -> int:
    position = _after_space(text, position)
    mark = text[position : position + 1]
    if mark == "]":
        return position
    after = _after_space(text, position + 1)
    if mark != "," or text[after : after + 1] == "]":
        raise json.JSONDecodeError("Expecting ',' and a record, or ']'", text, position)  # noqa: EM101
    return after


def _checked(value: object, origin: str) -> Record | BadRecord:
    if isinstance(value, dict):
        return Record(value, origin)
    return BadRecord(origin, f"is a JSON {type(value).__name__}; an object is due, or a list of objects")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} (column {error.colno})"
    return "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"the key {twice!r} stands there twice"
        raise ValueError(message)
    return found


def _refuse_constant(name: str) -> object:
    message = f"{name} is no JSON; write null for a missing value"
    raise ValueError(message)


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse_constant)
