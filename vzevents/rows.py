"""Coded texts -> rows of the `statements` table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vzevents.articles import Article
from vzevents.circumstances import CircumstanceReader
from vzevents.parties import Party
from vzevents.sentences import Sentence, sentence_sha256
from vzevents.statements import Statement, StatementExtractor

_BACKGROUND = 0.15  # what a clause that is not the news costs in confidence
_UNKNOWN_TARGET = 0.1
_LEAST = 0.05

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class CodedText:
    """An article, parsed and coded, before it becomes rows; `language` is None where it is not supported."""

    article: Article
    language: str | None
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]


def statement_rows(
    coded: CodedText, extractor: StatementExtractor, *, how: Mapping[str, object]
) -> Iterator[Row]:
    """Yield the rows of an article in a language that is supported.

    Parameters
    ----------
    coded : CodedText
        The article.
    extractor : StatementExtractor
        The one that coded it.
    how : mapping
        The columns that say what codes.

    Yields
    ------
    dict
        One a statement, each id once; behind them one a sentence that is too long to be read.
    """
    reader = CircumstanceReader(extractor, published=coded.article.published_date)
    rows: dict[object, Row] = {}
    for statement in coded.statements:
        row = {**how, **_row(statement, coded.article, extractor, reader)}
        if row["status"] == "accepted" or row["statement_id"] not in rows:
            rows[row["statement_id"]] = row
    yield from rows.values()
    for sentence in coded.sentences:
        if sentence.is_too_long:
            yield unread_row(coded.article, "too_long", how=how, sentence=sentence)


def unread_row(
    article: Article, reason: str, *, how: Mapping[str, object], sentence: Sentence | None = None
) -> Row:
    """Return the row of an article, or of one of its sentences, that is not read.

    Parameters
    ----------
    article : Article
        The article.
    reason : str
        The reason of rejection.
    how : mapping
        The columns that say what codes.
    sentence : Sentence, optional
        The sentence; the whole article when left out.

    Returns
    -------
    dict
        Without a code.
    """
    place = () if sentence is None else (str(sentence.start), str(sentence.end), reason)
    return {
        **how,
        **(_sentence(sentence) if sentence else {}),
        "statement_id": _hashed(article.article_id, *place),
        "article_id": article.article_id,
        "actor_implied": False,
        "reciprocal": False,
        "status": "rejected",
        "reject_reason": reason,
    }


def confidence_of(statement: Statement) -> float:
    """Return how likely the code of a statement is right; without a model, a scale from 0 to 1."""
    confidence = statement.choice.confidence
    if statement.choice.probability is None:
        target_known = statement.target is None or statement.target.reading.is_known
        confidence -= _BACKGROUND * statement.situation.background + _UNKNOWN_TARGET * (not target_known)
    return round(max(confidence, _LEAST), 3)


def _row(
    statement: Statement, article: Article, extractor: StatementExtractor, reader: CircumstanceReader
) -> Row:
    start, end = statement.span
    words = [party.text if party else "" for party in (statement.source, statement.target)]
    return {
        **_sentence(statement.sentence),
        **_where(statement),
        **_what(statement, extractor),
        **_party("source", statement.source),
        **_party("target", statement.target),
        **_when(statement, reader),
        "statement_id": _hashed(article.article_id, str(start), str(end), statement.event_code, *words),
        "article_id": article.article_id,
        "to_actor": statement.to_actor.reading.actor_id if statement.to_actor else None,
        "status": "rejected" if statement.reject_reason else "accepted",
        "reject_reason": statement.reject_reason,
    }


def _what(statement: Statement, extractor: StatementExtractor) -> Row:
    codebook = extractor.codebook
    code = codebook[statement.event_code]
    group = statement.list_group
    implied = any(party is not None and party.implied for party in (statement.source, statement.target))
    return {
        "actor_implied": implied,
        "reciprocal": statement.choice.match.rule.pattern.is_mutual,
        "list_group": None if group is None else f"{statement.sentence.index}-{group}",
        "event_code": code.event_code,
        "event_base_code": code.event_base_code,
        "event_root_code": code.event_root_code,
        "plover": code.plover.event,
        "benchmark_root": codebook.benchmark_root(code.event_code),
        "mode": statement.mode,
        "claimed_by": statement.claimed_by,
        "rule_id": statement.choice.rule_id,
        "confidence": confidence_of(statement),
    }


def _sentence(sentence: Sentence) -> Row:
    return {
        "sentence_index": sentence.index,
        "sentence_start": sentence.start,
        "sentence_end": sentence.end,
        "sentence_sha256": sentence_sha256(sentence.text),
    }


def _where(statement: Statement) -> Row:
    start, end = statement.span
    return {
        "start": start,
        "end": end,
        "action_text": statement.action_text,
        "source_text": statement.source.text or None if statement.source else None,
        "target_text": statement.target.text or None if statement.target else None,
    }


def _party(slot: str, party: Party | None) -> Row:
    if party is None:
        return {}
    reading = party.reading
    return {
        f"{slot}_actor": reading.actor_id,
        f"{slot}_country": reading.country,
        f"{slot}_role": reading.role,
        f"{slot}_side": reading.side,
        f"{slot}_office_claimed": reading.office_claimed,
        f"{slot}_group_size": reading.group_size,
    }


def _when(statement: Statement, reader: CircumstanceReader) -> Row:
    interval = reader.interval(statement)
    return {
        "event_date": interval.start,
        "event_date_end": interval.end,
        "date_precision": interval.precision,
        "place_id": reader.place_id(statement),
    }


def _hashed(*parts: str) -> str:
    return "S" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
