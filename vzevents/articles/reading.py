"""Articles out of records: id, text, date and language, each checked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vzevents.articles.formats import check_paths, stream
from vzevents.articles.language import detect_language
from vzevents.articles.records import BadRecord, Gate, Record, id_of, once, text_of

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.*)?")
_LANGUAGES = {"eng": "en", "spa": "es"}
_OWN = ("article_id", "text", "published_date", "language")


@dataclass(frozen=True)
class Article:
    """A news article; offsets of statements are code points of `text`.

    `published_date` and `language` are None where they are not known; `extra` has whatever else the
    record held, and `origin` says where it came from (``file:line``).
    """

    article_id: str
    text: str
    published_date: dt.date | None
    language: str | None
    extra: Mapping[str, object]
    origin: str


def read_articles(
    paths: Sequence[Path],
    *,
    published_date: dt.date | None = None,
    language: str | None = None,
    skip_bad: bool = False,
    bad: list[BadRecord] | None = None,
) -> Iterator[Article]:
    """Read articles from text, HTML, JSON, JSON Lines, CSV and Parquet files, one at a time.

    Records have `article_id` (or `id`; text, returned unchanged), `text`, and where known `published_date`
    (``YYYY-MM-DD``) and `language`. The id of a text or HTML file is its name without the suffix.

    Parameters
    ----------
    paths : sequence of Path
        The files.
    published_date : datetime.date, optional
        For articles that name no date of their own, as text and HTML files do.
    language : str, optional
        For articles that name no language; without it, English and Spanish are told by their words.
    skip_bad : bool
        Go on after a record that cannot be read.
    bad : list of BadRecord, optional
        Receives those records.

    Yields
    ------
    Article
        In the order of the files and their records.

    Raises
    ------
    InputError
        If a file is missing or of unknown format, or, without `skip_bad`, a record cannot be read or an id
        comes twice. The message says file and line.
    """
    check_paths(paths)
    gate = Gate(skip_bad, bad if bad is not None else [])
    yield from gate.good(once(_articles(paths, published_date, language), "article_id"))


def _articles(
    paths: Sequence[Path], published_date: dt.date | None, language: str | None
) -> Iterator[Article | BadRecord]:
    for path in paths:
        for record in stream(path, needs=(("article_id", "id"), ("text",))):
            yield record if isinstance(record, BadRecord) else _article(record, published_date, language)


def _article(record: Record, published_date: dt.date | None, language: str | None) -> Article | BadRecord:
    values = record.values
    try:
        text = text_of(values, "text")
        own_language = language_of(values)
        return Article(
            article_id=id_of(values, "article_id", "id"),
            text=text,
            published_date=_date_of(values) or published_date,
            language=own_language or language or detect_language(text),
            extra=_extra(values),
            origin=record.origin,
        )
    except ValueError as error:
        return BadRecord(record.origin, str(error))


def _extra(values: Mapping[str, object]) -> dict[str, object]:
    own = _OWN if values.get("article_id") is not None else (*_OWN, "id")
    return {name: value for name, value in values.items() if name not in own}


def _date_of(values: Mapping[str, object]) -> dt.date | None:
    value = values.get("published_date")
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        if match:
            return dt.date.fromisoformat(match.group(1))
    except ValueError:
        pass  # 2019-02-30 looks like a date and is none
    message = f"published_date {value!r:.40} is no date; write YYYY-MM-DD"
    raise ValueError(message)


def language_of(values: Mapping[str, object]) -> str | None:
    """Return the language that a record names.

    Parameters
    ----------
    values : Mapping
        The record.

    Returns
    -------
    str or None
        The language without region (``es-VE`` is ``es``); None when the record names none.

    Raises
    ------
    ValueError
        If it is no text.
    """
    value = values.get("language")
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        message = f"language must be text such as 'en' or 'es', not {value!r:.40}"
        raise ValueError(message)
    subtag = re.split("[-_]", value.strip().lower())[0]  # es-VE is Spanish
    return _LANGUAGES.get(subtag, subtag)
