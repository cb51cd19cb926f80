"""Statements -> links: which statements report the same act.

In order of publication each asserted statement joins the event whose statements it is likest to, on average,
if that is likely at all; else it makes a new event. What is alleged or denied is linked to the event that
somebody else asserts and that it is likest to. likeness.py has the rule by which two statements are compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count

import pandas as pd

from vzevents.codebook import Codebook
from vzevents.events.likeness import Likeness, Report, Row, day_of
from vzevents.tables import to_frame

LINKED = 0.5  # the least probability of a link

_Month = tuple[object, int]  # the root code, and the months since year 0


@dataclass(slots=True, eq=False)
class _Event:
    """An event while it is being put together."""

    event_id: str
    members: list[Report] = field(default_factory=list)


class _Events:
    """The events found so far, by root code and month: no others are compared."""

    def __init__(self, likeness: Likeness, first: int) -> None:
        self._likeness = likeness
        self._numbers = count(first)
        self._by_month: dict[_Month, list[_Event]] = {}

    def likest(self, report: Report) -> tuple[_Event | None, float]:
        """Return the event that a statement most likely reports, the earliest of several, and how likely."""
        best: tuple[_Event | None, float] = (None, 0.0)
        near = {id(event): event for month in _months(report) for event in self._by_month.get(month, ())}
        for event in sorted(near.values(), key=lambda event: event.event_id):
            score = self._probability(report, event)
            if score > best[1]:
                best = event, score
        return best

    def add(self, report: Report, event: _Event | None) -> _Event:
        """Put a statement into an event, a new one where none is given."""
        event = event or _Event(f"VZ-{next(self._numbers):06d}")
        event.members.append(report)
        for month in _months(report):
            events = self._by_month.setdefault(month, [])
            if event not in events:
                events.append(event)
        return event

    def _probability(self, report: Report, event: _Event) -> float:
        """Return the mean over the statements of an event; one that rules it out is enough."""
        found = [self._likeness.probability(report, member) for member in event.members]
        return 0.0 if min(found) == 0.0 else sum(found) / len(found)


def link_statements(
    statements: pd.DataFrame, articles: pd.DataFrame, *, codebook: Codebook | None = None, first: int = 1
) -> pd.DataFrame:
    """Link statements to the events that they report.

    Parameters
    ----------
    statements : pandas.DataFrame
        The `statements` table, of any number of articles.
    articles : pandas.DataFrame
        The `articles` table, for the days of publication; it may be empty.
    codebook : Codebook, optional
        Knows actors and places; the bundled one when left out.
    first : int, default 1
        Number of the first new event: 123 gives ``VZ-000123``.

    Returns
    -------
    pandas.DataFrame
        The `links` table. Rejected statements are not in it, unless they deny an event. `score` is how
        likely the link is; the first statement of an event has 1.
    """
    likeness = Likeness(codebook or _bundled())
    events = _Events(likeness, first)
    reports = list(_reports(statements, articles, likeness))
    links: list[dict[str, object]] = []
    for report in (r for r in reports if r.row["status"] == "accepted" and r.row["mode"] == "asserted"):
        event, score = events.likest(report)
        known = event if score >= LINKED else None
        event = events.add(report, known)
        links.append(_link(report.row, event, "reports", score if known else 1.0))
    for report in (r for r in reports if _only_relates(r.row)):
        event, score = events.likest(report)
        if event and score >= LINKED:
            relation = "reports" if report.row["status"] == "accepted" else "denies"
            links.append(_link(report.row, event, relation, score))
    return to_frame("links", links)


@lru_cache(maxsize=1)
def _bundled() -> Codebook:
    return Codebook.load()


def _reports(statements: pd.DataFrame, articles: pd.DataFrame, likeness: Likeness) -> Iterator[Report]:
    """Yield the statements in order of publication."""
    known = articles[articles["published_date"].notna()]
    published = dict(zip(known["article_id"], map(day_of, known["published_date"]), strict=True))
    plain = statements.astype(object).where(statements.notna(), None)
    reports = [
        likeness.report({str(name): value for name, value in row.items()}, published.get(row["article_id"]))
        for row in plain.to_dict("records")
    ]
    yield from sorted(reports, key=_order)


def _order(report: Report) -> tuple[date, str, int, str]:
    row = report.row
    start = int(str(row["start"])) if row["start"] is not None else -1
    return report.published or date.max, str(row["article_id"]), start, str(row["statement_id"])


def _months(report: Report) -> Iterator[_Month]:
    """Yield the months in which an act may have been; where no day is known, one of its own."""
    root, window = report.row["event_root_code"], report.window
    if window is None:
        yield root, 0
        return
    first, last = (day.year * 12 + day.month for day in window)
    yield from ((root, month) for month in range(first, last + 1))


def _only_relates(row: Row) -> bool:
    """Whether a statement speaks of an act without making it an event."""
    alleged = row["status"] == "accepted" and row["mode"] == "alleged"
    return alleged or (row["status"] == "rejected" and row["reject_reason"] == "denied")


def _link(row: Row, event: _Event, relation: str, score: float) -> dict[str, object]:
    return {
        "statement_id": row["statement_id"],
        "event_id": event.event_id,
        "relation": relation,
        "score": round(score, 3),
        "link_method": "rule",
    }
