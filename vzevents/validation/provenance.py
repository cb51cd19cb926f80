"""VZ6xx: every row says where it comes from and why, without carrying others' text."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from vzevents.validation.data import Data
from vzevents.validation.findings import Found, flag
from vzevents.validation.rule import Rule

_MOST_WORDS = 10
_ASSERTS = ["reports", "part_of"]


def _too_many_words(data: Data) -> Iterator[Found]:
    for column in ("action_text", "source_text", "target_text"):
        for name, frame in data.with_columns([column]):
            wrong = frame[column].str.count(r"\S+") > _MOST_WORDS
            yield from flag(name, frame, wrong, column, f"{column} has more than {_MOST_WORDS} words")


def _event_not_asserted(data: Data) -> Iterator[Found]:
    events, links, statements = (data.frame(name) for name in ("events", "links", "statements"))
    if events is None or links is None or statements is None:
        return
    asserting = statements[(statements["status"] == "accepted") & (statements["mode"] == "asserted")]
    reporting = links[
        links["relation"].isin(_ASSERTS) & links["statement_id"].isin(asserting["statement_id"])
    ]
    linked = events["event_id"].isin(links["event_id"])
    wrong = linked & ~events["event_id"].isin(reporting["event_id"])
    message = "no accepted statement asserts event {event_id}; alleged and rejected statements make no event"
    yield from flag("events", events, wrong, "event_id", message)


def _rejected_reports(data: Data) -> Iterator[Found]:
    links, statements = data.frame("links"), data.frame("statements")
    if links is None or statements is None:
        return
    rejected = statements.loc[statements["status"] == "rejected", "statement_id"]
    wrong = links["relation"].isin(_ASSERTS) & links["statement_id"].isin(rejected)
    yield from flag(
        "links", links, wrong, "relation", "statement {statement_id} is rejected and yet {relation}"
    )


def _claimed_by_whom(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["mode", "claimed_by"]):
        wrong = _equals(frame["mode"], "alleged") & frame["claimed_by"].isna()
        yield from flag(name, frame, wrong, "claimed_by", "mode is alleged; claimed_by must say by whom")


def _reason_of_rejection(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["status", "reject_reason"]):
        rejected = _equals(frame["status"], "rejected")
        wrong = rejected & frame["reject_reason"].isna()
        yield from flag(name, frame, wrong, "reject_reason", "rejected without a reject_reason")
        wrong = ~rejected & frame["reject_reason"].notna()
        yield from flag(name, frame, wrong, "reject_reason", "{status} with reject_reason {reject_reason}")


def _change_without_reason(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["action", "reason"]):
        wrong = ~_equals(frame["action"], "added") & frame["reason"].isna()
        yield from flag(name, frame, wrong, "reason", "{table} {row_id} was {action} without a reason")


def _without_rule(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["rule_id", "status", "coding_method"]):
        machine = _equals(frame["status"], "accepted") & _equals(frame["coding_method"], "machine")
        wrong = machine & frame["rule_id"].isna()
        yield from flag(name, frame, wrong, "rule_id", "coded by machine without a rule_id")


def _equals(column: pd.Series, value: str) -> pd.Series:
    return (column == value).astype("boolean").fillna(value=False)


RULES = (
    Rule(
        "VZ601",
        "error",
        "More than ten words of an article",
        _too_many_words,
        "The columns with words of an article hold names and predicates, 10 words at most: no text is "
        "published.",
    ),
    Rule(
        "VZ602",
        "error",
        "Event that nothing asserts",
        _event_not_asserted,
        "An event needs an accepted statement that asserts it: an allegation or a rejected statement makes "
        "none.",
    ),
    Rule(
        "VZ603",
        "error",
        "Rejected statement reports an event",
        _rejected_reports,
        "A rejected statement reports no event; it may only deny or correct one.",
    ),
    Rule(
        "VZ604",
        "error",
        "Allegation without its accuser",
        _claimed_by_whom,
        "An alleged act names who alleges it. An asserted one may name whose word the article gives.",
    ),
    Rule(
        "VZ605",
        "error",
        "Rejection and reason apart",
        _reason_of_rejection,
        "A rejected statement says why it was rejected; an accepted one has no such reason.",
    ),
    Rule(
        "VZ606",
        "error",
        "Change without a reason",
        _change_without_reason,
        "Whatever a release changes but for new rows says why.",
    ),
    Rule(
        "VZ607",
        "warning",
        "Machine coding without a rule",
        _without_rule,
        "A statement that a machine accepted says which rule of the codebook gave its code.",
    ),
)
