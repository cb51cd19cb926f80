"""Statements -> links: which statements report the same act.

Two statements report the same act if their codes share the first three digits, source and target are the
same (the same actor, or where the codebook has no id for either, phrases that share a word), their
intervals overlap and their places do not differ. Where both dates are unknown, they must stand in one
article or in articles published within a week. Only what is asserted makes an event; what is alleged or
denied is linked to an event that somebody else asserts. The first fitting event in order of publication wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

import pandas as pd

from vzevents.tables import to_frame

_DAYS_APART = timedelta(days=7)
_PRONOUN = 4  # letters: he, she, they, it
_DYAD = ("country", "role", "group_size")

Row = Mapping[str, object]


@dataclass(slots=True)
class _Event:
    """An event while it is being put together."""

    event_id: str
    members: list[Row] = field(default_factory=list)


def link_statements(statements: pd.DataFrame, articles: pd.DataFrame, *, first: int = 1) -> pd.DataFrame:
    """Link statements to the events that they report.

    Parameters
    ----------
    statements : pandas.DataFrame
        The `statements` table, of any number of articles.
    articles : pandas.DataFrame
        The `articles` table, for the days of publication; it may be empty.
    first : int, default 1
        Number of the first new event: 123 gives ``VZ-000123``.

    Returns
    -------
    pandas.DataFrame
        The `links` table. Rejected statements are not in it, unless they deny an event.
    """
    events: dict[tuple[object, ...], list[_Event]] = {}  # by code and dyad: nothing else can be the same act
    numbers = count(first)
    links: list[dict[str, object]] = []
    rows = _rows(statements, articles)
    for row in (r for r in rows if r["status"] == "accepted" and r["mode"] == "asserted"):
        alike = events.setdefault(_kind(row), [])
        event = next((e for e in alike if all(_is_same_act(row, m) for m in e.members)), None)
        if event is None:
            event = _Event(f"VZ-{next(numbers):06d}")
            alike.append(event)
        links.append(_link(row, event, "reports"))
        event.members.append(row)
    for row in (r for r in rows if _only_relates(r)):
        relation = "reports" if row["status"] == "accepted" else "denies"
        alike = events.get(_kind(row), [])
        found = (e for e in alike if any(_is_same_act(row, m) for m in e.members))
        links.extend(_link(row, event, relation) for event in list(found)[:1])
    return to_frame("links", links)


def _rows(statements: pd.DataFrame, articles: pd.DataFrame) -> list[Row]:
    """Return the statements as plain rows, missing as None, in order of publication."""
    known = articles[articles["published_date"].notna()]
    published = dict(zip(known["article_id"], known["published_date"], strict=True))
    plain = statements.astype(object).where(statements.notna(), None)
    rows: list[Row] = [
        {**{str(name): value for name, value in row.items()}, "published": published.get(row["article_id"])}
        for row in plain.to_dict("records")
    ]
    return sorted(rows, key=_order)


def _order(row: Row) -> tuple[date, str, int, str]:
    start = int(str(row["start"])) if row["start"] is not None else -1
    return _day(row["published"]) or date.max, str(row["article_id"]), start, str(row["statement_id"])


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value)[:10])


def _only_relates(row: Row) -> bool:
    """Whether a statement speaks of an act without making it an event."""
    alleged = row["status"] == "accepted" and row["mode"] == "alleged"
    return alleged or (row["status"] == "rejected" and row["reject_reason"] == "denied")


def _kind(row: Row) -> tuple[object, ...]:
    """Return the three digits and the dyad of a statement, in which reports of one act are equal."""
    return row["event_base_code"], *(
        row[f"{slot}_{field}"] for slot in ("source", "target") for field in _DYAD
    )


def _is_same_act(one: Row, other: Row) -> bool:
    """Whether two statements of one kind report the same act."""
    return (
        _is_same_party("source", one, other)
        and _is_same_party("target", one, other)
        and _is_same_time(one, other)
        and _agree(one["place_id"], other["place_id"])
    )


def _is_same_party(slot: str, one: Row, other: Row) -> bool:
    if one[f"{slot}_actor"] is None and other[f"{slot}_actor"] is None:
        return _share_a_word(one[f"{slot}_text"], other[f"{slot}_text"])
    return _agree(one[f"{slot}_actor"], other[f"{slot}_actor"])


def _share_a_word(one: object, other: object) -> bool:
    """Whether two phrases may name the same party: "General Rivas" and "Colonel Soto" do not."""
    words, others = ({w.casefold() for w in str(text).split()} for text in (one, other))
    pronoun = any(text is None or len(str(text)) <= _PRONOUN for text in (one, other))
    return pronoun or not words.isdisjoint(others)


def _agree(one: object, other: object) -> bool:
    return one is None or other is None or one == other


def _is_same_time(one: Row, other: Row) -> bool:
    first, second = (_day(one["event_date"]), _day(one["event_date_end"]))
    third, fourth = (_day(other["event_date"]), _day(other["event_date_end"]))
    if first and second and third and fourth:
        return first <= fourth and third <= second
    if one["article_id"] == other["article_id"]:
        return True
    published = (_day(one["published"]), _day(other["published"]))
    return bool(published[0] and published[1] and abs(published[0] - published[1]) <= _DAYS_APART)


def _link(row: Row, event: _Event, relation: str) -> dict[str, object]:
    """Return a link; its score says how much of what could agree is known and does."""
    known = [row["source_actor"], row["target_actor"], row["event_date"], row["place_id"]]
    score = 0.6 + 0.1 * sum(value is not None for value in known)
    return {
        "statement_id": row["statement_id"],
        "event_id": event.event_id,
        "relation": relation,
        "score": score if event.members else 1.0,
        "link_method": "rule",
    }
