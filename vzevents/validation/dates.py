"""VZ3xx: it can have happened, been reported and been done by that office then."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from vzevents.validation.data import Data, look_up
from vzevents.validation.findings import Found, flag
from vzevents.validation.rule import Rule

_INTERVAL = ["event_date", "event_date_end"]


def _ends_before_start(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(_INTERVAL):
        wrong = frame["event_date_end"] < frame["event_date"]
        message = "event_date_end {event_date_end} is before event_date {event_date}"
        yield from flag(name, frame, wrong, "event_date_end", message)


def _precision_differs(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns([*_INTERVAL, "date_precision"]):
        precision, start, end = frame["date_precision"], frame["event_date"], frame["event_date_end"]
        wrong = pd.Series(data=False, index=frame.index)
        for word, fits in _fitting(start, end).items():
            wrong |= (precision == word).fillna(value=False) & ~fits
        message = "date_precision {date_precision} does not fit {event_date} to {event_date_end}"
        yield from flag(name, frame, wrong, "date_precision", message)


def _fitting(start: pd.Series, end: pd.Series) -> dict[str, pd.Series]:
    both = start.notna() & end.notna()
    year = start.dt.year == end.dt.year
    return {
        "day": start == end,
        "week": (start.dt.day_of_week == 0) & (end - start == pd.Timedelta(days=6)),
        "month": year & (start.dt.month == end.dt.month) & start.dt.is_month_start & end.dt.is_month_end,
        "year": year & start.dt.is_year_start & end.dt.is_year_end,
        "bounded": both,
        "unknown": start.isna() & end.isna(),
    }


def _published_before(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["event_date", "first_published"]):
        early = frame["first_published"] < frame["event_date"]
        message = "first published on {first_published}, before event_date {event_date}"
        yield from flag(name, frame, early, "event_date", message)
    statements, articles = data.frame("statements"), data.frame("articles")
    if statements is None or articles is None:
        return
    published = look_up(statements["article_id"], articles, "article_id", "published_date")
    shown = statements.assign(published=published)
    early = shown["published"] < shown["event_date"]
    message = "article {article_id} was published on {published}, before event_date {event_date}"
    yield from flag("statements", shown, early, "event_date", message)


def _office_not_held(data: Data) -> Iterator[Found]:
    offices, own = _offices(data), {actor_id: actor.role for actor_id, actor in data.codebook.actors.items()}
    for name, frame in data.with_columns(["source_actor", "source_role", "event_date"]):
        for party in ("source", "target"):
            columns = frame[[f"{party}_actor", f"{party}_role", *_INTERVAL]].itertuples(index=False)
            wrong = [
                actor in offices and role != own.get(actor) and _outside(offices[actor], role, start, end)
                for actor, role, start, end in columns
            ]
            message = f"{{{party}_actor}} was not in an office with role {{{party}_role}} on {{event_date}}"
            yield from flag(name, frame, wrong, f"{party}_role", message)


def _offices(data: Data) -> dict[str, pd.DataFrame]:
    given = data.frame("offices")
    offices = data.codebook.offices_table() if given is None else given
    return {str(actor): spells for actor, spells in offices.groupby("actor_id")}


def _outside(offices: pd.DataFrame, role: object, start: object, end: object) -> bool:
    spells = offices[(offices["role"] == role).fillna(value=False)] if isinstance(role, str) else offices[:0]
    if spells.empty or start is pd.NaT or end is pd.NaT:
        return False
    held = (spells["valid_from"] <= end) & (spells["valid_to"].isna() | (spells["valid_to"] >= start))
    return not held.any()


def _office_reversed(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["valid_from", "valid_to"]):
        wrong = frame["valid_to"] < frame["valid_from"]
        yield from flag(
            name, frame, wrong, "valid_to", "valid_to {valid_to} is before valid_from {valid_from}"
        )


def _read_before_published(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["read_date", "published_date"]):
        wrong = frame["read_date"] < frame["published_date"]
        yield from flag(name, frame, wrong, "read_date", "read on {read_date}, published on {published_date}")


RULES = (
    Rule(
        "VZ301",
        "error",
        "Ends before it starts",
        _ends_before_start,
        "The last day of an interval is not before its first.",
    ),
    Rule(
        "VZ302",
        "error",
        "Precision does not fit the interval",
        _precision_differs,
        "The precision says what the interval is. day: first and last day are equal; week: Monday to Sunday; "
        "month and year: all of one; bounded: any other interval; unknown: no dates. With any but unknown "
        "both dates are there.",
    ),
    Rule(
        "VZ303",
        "error",
        "Published before it happened",
        _published_before,
        "An act cannot be reported before it happened; what is announced is coded as the announcement.",
    ),
    Rule(
        "VZ304",
        "warning",
        "Office not held on that day",
        _office_not_held,
        "An actor acts in a role that it only ever had through an office, on a day outside that office.",
    ),
    Rule(
        "VZ305",
        "error",
        "Office ends before it begins",
        _office_reversed,
        "An office ends no earlier than it begins.",
    ),
    Rule(
        "VZ306",
        "warning",
        "Read before it was published",
        _read_before_published,
        "An article cannot be read before it is published.",
    ),
)
