"""Bytes to text: UTF-8 only, with the line and byte at which a file is something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

# A line, field or whole file above this is no article but a broken file; it would fill the memory.
MAX_BYTES = 64 << 20

_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch of bytes that is no text: the line it stands in, and what is wrong with it."""

    line: int
    message: str


def decode(data: bytes, *, line: int = 1, offset: int = 0) -> str | Fault:
    """Decode UTF-8, a byte order mark at the beginning of a file left out.

    Parameters
    ----------
    data : bytes
        A file, or a line of it.
    line, offset : int
        Line and byte of the file at which `data` begins.

    Returns
    -------
    str or Fault
        The text as it stands, line ends unchanged, or what is wrong and where.
    """
    if offset == 0:
        if data.startswith(_UTF16):
            return Fault(1, "is UTF-16; save it as UTF-8")
        data, offset = (data[3:], 3) if data.startswith(_BOM) else (data, 0)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        where = f"byte {offset + error.start} is 0x{data[error.start]:02X}"
        return Fault(line + data.count(b"\n", 0, error.start), f"not UTF-8: {where}; save the file as UTF-8")


def decoded_lines(handle: BinaryIO) -> Iterator[str | Fault]:
    """Yield the lines of a file one at a time, never more than one in memory.

    Parameters
    ----------
    handle : BinaryIO
        A file at its beginning.

    Yields
    ------
    str or Fault
        Each line with its end; a `Fault` in place of one that is not UTF-8 or too long.
    """
    number, offset = 1, 0
    while data := handle.readline(MAX_BYTES + 1):
        size = len(data)
        if size > MAX_BYTES:
            size += _rest_of_line(handle)
            yield Fault(number, f"the line is over {MAX_BYTES >> 20} MiB")
        else:
            yield decode(data, line=number, offset=offset)
        number, offset = number + 1, offset + size


def _rest_of_line(handle: BinaryIO) -> int:
    passed = 0
    while data := handle.readline(1 << 20):
        passed += len(data)
        if data.endswith(b"\n"):
            break
    return passed
