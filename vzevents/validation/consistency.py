"""VZ7xx: the cells of a row, and the rows of tables that go together, agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from vzevents.validation.data import Data, differs, look_up
from vzevents.validation.findings import Found, flag
from vzevents.validation.rule import Rule

_NEEDED = ["event_code", "mode", "start", "end", "action_text", "date_precision"]
# Of each pair the first counts no more than the second.
_AT_MOST = [
    ("n_articles", "n_statements"),
    ("n_outlets", "n_articles"),
    ("n_independent", "n_articles"),
    ("n_asserting", "n_statements"),
    ("n_denying", "n_statements"),
]


def _counts_out_of_order(data: Data) -> Iterator[Found]:
    for what in ("participants", "killed"):
        low, best, high = f"{what}_low", f"{what}_best", f"{what}_high"
        for name, frame in data.with_columns([low, best, high]):
            wrong = (frame[low] > frame[best]) | (frame[best] > frame[high]) | (frame[low] > frame[high])
            message = f"{low} {{{low}}}, {best} {{{best}}}, {high} {{{high}}}: not in rising order"
            yield from flag(name, frame, wrong, best, message)


def _span_outside(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["sentence_start", "sentence_end", "start", "end"]):
        wrong = (frame["start"] >= frame["end"]) | (frame["sentence_start"] >= frame["sentence_end"])
        wrong |= (frame["start"] < frame["sentence_start"]) | (frame["end"] > frame["sentence_end"])
        message = "{start} to {end} is no stretch of the sentence {sentence_start} to {sentence_end}"
        yield from flag(name, frame, wrong, "start", message)


def _accepted_incomplete(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["status", *_NEEDED]):
        accepted = (frame["status"] == "accepted").astype("boolean").fillna(value=False)
        for column in _NEEDED:
            yield from flag(
                name, frame, accepted & frame[column].isna(), column, f"accepted without {column}"
            )


def _denied_accepted(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["mode", "status"]):
        wrong = (frame["mode"] == "denied") & (frame["status"] != "rejected")
        yield from flag(name, frame, wrong, "mode", "mode denied on an {status} row")


def _acts_on_itself(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["source_actor", "target_actor"]):
        wrong = frame["source_actor"] == frame["target_actor"]
        yield from flag(name, frame, wrong, "target_actor", "{source_actor} is both source and target")


def _side_not_venezuelan(data: Data) -> Iterator[Found]:
    for party in ("source", "target", "to_actor"):
        for name, frame in data.with_columns([f"{party}_country", f"{party}_side"]):
            wrong = frame[f"{party}_side"].notna() & (frame[f"{party}_country"] != "VEN")
            message = f"{party}_side {{{party}_side}} on an actor of {{{party}_country}}"
            yield from flag(name, frame, wrong, f"{party}_side", message)


def _role_of_organisation(data: Data) -> Iterator[Found]:
    for party in ("source", "target"):
        for name, frame in data.with_columns([f"{party}_country", f"{party}_role"]):
            wrong = (frame[f"{party}_role"] == "IGO") & frame[f"{party}_country"].notna()
            message = f"{party}_role IGO with country {{{party}_country}}; an international body has none"
            yield from flag(name, frame, wrong, f"{party}_country", message)


def _counts_differ(data: Data) -> Iterator[Found]:
    events, links = data.frame("events"), data.frame("links")
    if events is None:
        return
    for less, more in _AT_MOST:
        wrong = events[less] > events[more]
        yield from flag("events", events, wrong, less, f"{less} {{{less}}} is more than {more} {{{more}}}")
    if links is not None:
        linked = Counter(links["event_id"])
        due = pd.Series([linked[event] for event in events["event_id"]], dtype="Int64")
        wrong = differs(events["n_statements"], due)
        message = "n_statements is {n_statements}; {due} statements are linked to {event_id}"
        yield from flag("events", events.assign(due=due), wrong, "n_statements", message)


def _disputed_differs(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["disputed", "n_denying"]):
        wrong = frame["disputed"] != (frame["n_denying"] > 0)
        yield from flag(name, frame, wrong, "disputed", "disputed is {disputed}, n_denying {n_denying}")


def _code_of_no_statement(data: Data) -> Iterator[Found]:
    events, links, statements = (data.frame(name) for name in ("events", "links", "statements"))
    if events is None or links is None or statements is None:
        return
    codes = look_up(links["statement_id"], statements, "statement_id", "event_code")
    coded = set(zip(links["event_id"], codes, strict=True))
    linked = events["event_id"].isin(links["event_id"])
    pairs = zip(events["event_id"], events["event_code"], linked, strict=True)
    wrong = [bool(has) and (event, code) not in coded for event, code, has in pairs]
    yield from flag("events", events, wrong, "event_code", "no statement of {event_id} has code {event_code}")


def _not_json(data: Data) -> Iterator[Found]:
    for table, column in (("limitations", "filter"), ("changes", "old"), ("changes", "new")):
        frame = data.frame(table)
        if frame is not None:
            wrong = [isinstance(cell, str) and not _is_json(cell) for cell in frame[column]]
            yield from flag(table, frame, wrong, column, f"{column} is not JSON: {{{column}}}")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


RULES = (
    Rule(
        "VZ701",
        "error",
        "Counts not in rising order",
        _counts_out_of_order,
        "The lowest count is no higher than the best, the best no higher than the highest.",
    ),
    Rule(
        "VZ702",
        "error",
        "Outside its sentence",
        _span_outside,
        "A statement is a stretch of its sentence, and neither is empty.",
    ),
    Rule(
        "VZ703",
        "error",
        "Accepted and not complete",
        _accepted_incomplete,
        "An accepted statement has a code, a mode, its place in the text, its words and a precision of date.",
    ),
    Rule(
        "VZ704",
        "error",
        "Denied and accepted",
        _denied_accepted,
        "An act that somebody denies stands on a rejected row: it is not known to have happened.",
    ),
    Rule(
        "VZ705",
        "warning",
        "Acts on itself",
        _acts_on_itself,
        "An actor that is source and target of one act is most likely a mistake.",
    ),
    Rule(
        "VZ706",
        "error",
        "Side of a foreign actor",
        _side_not_venezuelan,
        "Only Venezuelan actors have a side in the Venezuelan conflict.",
    ),
    Rule(
        "VZ707",
        "warning",
        "International body with a country",
        _role_of_organisation,
        "An international body (role IGO) belongs to no country.",
    ),
    Rule(
        "VZ708",
        "error",
        "Numbers of reports do not fit",
        _counts_differ,
        "The numbers of statements, articles and outlets of an event fit each other and the links table.",
    ),
    Rule(
        "VZ709",
        "error",
        "Disputed or not",
        _disputed_differs,
        "An event is disputed when a statement denies it, and not otherwise.",
    ),
    Rule(
        "VZ710",
        "warning",
        "Code that no statement has",
        _code_of_no_statement,
        "The code of an event is that of one of its statements.",
    ),
    Rule(
        "VZ711",
        "error",
        "Not JSON",
        _not_json,
        "The filter of a limitation and the old and new value of a change are JSON.",
    ),
)
