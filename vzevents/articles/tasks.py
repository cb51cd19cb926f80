"""Coding tasks: a sentence with its source and target given, to be answered with one code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vzevents.articles.formats import check_paths, stream
from vzevents.articles.reading import language_of
from vzevents.articles.records import BadRecord, Gate, Record, id_of, once, text_of

_NEEDS = (("id",), ("text",), ("source",), ("target",))


@dataclass(frozen=True, slots=True)
class CodingTask:
    """A statement to be coded: its text, who acts and towards whom."""

    id: str
    text: str
    source: str
    target: str
    language: str | None
    origin: str


def read_tasks(
    paths: Sequence[Path],
    *,
    language: str | None = None,
    skip_bad: bool = False,
    bad: list[BadRecord] | None = None,
) -> Iterator[CodingTask]:
    """Read statements to be coded: records with `id`, `text`, `source`, `target`, and perhaps `language`.

    Parameters
    ----------
    paths : sequence of Path
        JSON, JSON Lines, CSV or Parquet files.
    language : str, optional
        For records that name no language.
    skip_bad : bool
        Go on after a record that cannot be read.
    bad : list of BadRecord, optional
        Receives those records.

    Yields
    ------
    CodingTask
        In the order of the files and their records.

    Raises
    ------
    InputError
        If a file or, without `skip_bad`, a record cannot be read or an id comes twice.
    """
    check_paths(paths)
    gate = Gate(skip_bad, bad if bad is not None else [])
    yield from gate.good(once(_tasks(paths, language), "id"))


def _tasks(paths: Sequence[Path], language: str | None) -> Iterator[CodingTask | BadRecord]:
    for path in paths:
        for record in stream(path, needs=_NEEDS):
            yield record if isinstance(record, BadRecord) else _task(record, language)


def _task(record: Record, language: str | None) -> CodingTask | BadRecord:
    values = record.values
    try:
        return CodingTask(
            id=id_of(values, "id"),
            text=text_of(values, "text"),
            source=text_of(values, "source"),
            target=text_of(values, "target"),
            language=language_of(values) or language,
            origin=record.origin,
        )
    except ValueError as error:
        return BadRecord(record.origin, str(error))
