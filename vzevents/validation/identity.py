"""VZ5xx: every id leads somewhere, and nothing is there twice."""

from __future__ import annotations

from collections.abc import Iterator

from vzevents.validation.data import Data
from vzevents.validation.findings import Found, flag
from vzevents.validation.rule import Rule

# An event that is the same in all of these is the same event.
_SAME_EVENT = [
    "event_date",
    "event_date_end",
    "event_code",
    "source_actor",
    "target_actor",
    "to_actor",
    "place_id",
]


def _article_missing(data: Data) -> Iterator[Found]:
    yield from _dangling(data, "statements", "article_id", "articles")


def _link_dangling(data: Data) -> Iterator[Found]:
    yield from _dangling(data, "links", "statement_id", "statements")
    yield from _dangling(data, "links", "event_id", "events")


def _dangling(data: Data, table: str, column: str, to: str) -> Iterator[Found]:
    frame, known = data.frame(table), data.ids(to, column)
    if frame is None or known is None:
        return
    wrong = frame[column].notna() & ~frame[column].isin(known)
    yield from flag(table, frame, wrong, column, f"{column} {{{column}}} is not in the {to} table")


def _unknown_actor(data: Data) -> Iterator[Found]:
    known = data.known("actors", "actor_id", data.codebook.actors)
    for column in ("source_actor", "target_actor", "to_actor"):
        for name, frame in data.with_columns([column]):
            wrong = frame[column].notna() & ~frame[column].isin(known)
            yield from flag(name, frame, wrong, column, f"{column} {{{column}}} is not in the actors table")


def _actor_reference(data: Data) -> Iterator[Found]:
    known = data.known("actors", "actor_id", data.codebook.actors)
    for table, column in (("actors", "parent"), ("offices", "actor_id")):
        frame = data.frame(table)
        if frame is not None:
            wrong = frame[column].notna() & ~frame[column].isin(known)
            yield from flag(table, frame, wrong, column, f"{column} {{{column}}} is not in the actors table")


def _event_without_statement(data: Data) -> Iterator[Found]:
    events, linked = data.frame("events"), data.ids("links", "event_id")
    if events is not None and linked is not None:
        wrong = events["event_id"].notna() & ~events["event_id"].isin(linked)
        yield from flag("events", events, wrong, "event_id", "no statement is linked to event {event_id}")


def _duplicate_event(data: Data) -> Iterator[Found]:
    events = data.frame("events")
    if events is None:
        return
    certain = events["event_date"].notna() & events["source_actor"].notna()
    wrong = certain & events.duplicated(_SAME_EVENT)
    message = (
        "an earlier row has the same dates, code, actors and place as {event_id} ({event_code}, {event_date})"
    )
    yield from flag("events", events, wrong, "event_id", message)


def _unknown_column(data: Data) -> Iterator[Found]:
    changes = data.frame("changes")
    if changes is None:
        return
    cells = zip(changes["table"], changes["column"].fillna(""), strict=True)
    known = {(table, column) for table, schema in data.schemas.items() for column in (*schema.columns, "")}
    wrong = [(table, column) not in known for table, column in cells]
    yield from flag("changes", changes, wrong, "column", "table {table} has no column {column}")


RULES = (
    Rule(
        "VZ501",
        "error",
        "Article not there",
        _article_missing,
        "The article of every statement stands in the articles table.",
    ),
    Rule(
        "VZ502",
        "error",
        "Link leads nowhere",
        _link_dangling,
        "A link leads from a statement of the statements table to an event of the events table.",
    ),
    Rule(
        "VZ503",
        "warning",
        "Actor not known",
        _unknown_actor,
        "Actors of statements and events stand in the actors table or the codebook.",
    ),
    Rule(
        "VZ504",
        "error",
        "Parent or holder not known",
        _actor_reference,
        "The parent of an actor and the holder of an office stand in the actors table or the codebook.",
    ),
    Rule(
        "VZ505",
        "error",
        "Event without a statement",
        _event_without_statement,
        "Every event is made from statements; the links table says from which.",
    ),
    Rule(
        "VZ506",
        "warning",
        "Event there twice",
        _duplicate_event,
        "Two events alike in dates, code, actors and place are most likely one, found twice.",
    ),
    Rule(
        "VZ507",
        "error",
        "Change of no column",
        _unknown_column,
        "A change is of a column that its table has.",
    ),
)
