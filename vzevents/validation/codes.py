"""VZ2xx: what a table says of a code agrees with the codebook."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pandas as pd

from vzevents.validation.data import Data, differs
from vzevents.validation.findings import Found, flag
from vzevents.validation.rule import Rule

if TYPE_CHECKING:
    from vzevents.codebook import Codebook
    from vzevents.codebook.model import Code


def _unknown_code(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["event_code"]):
        unknown = (
            frame["event_code"].notna() & ~_known(frame["event_code"], data) & ~_without_zeros(frame, data)
        )
        for found in flag(name, frame, unknown, "event_code", "{event_code} is no code of the codebook"):
            yield Found(name, found.row, found.column, found.value, found.message + _near(found.value, data))


def _near(code: object, data: Data) -> str:
    near = difflib.get_close_matches(str(code), [code.event_code for code in data.codebook], n=3, cutoff=0.6)
    return f"; near: {', '.join(near)}" if near else ""


def _lost_zeros(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["event_code"]):
        message = (
            "{event_code} seems to have lost its leading zero: 0{event_code} is a code; read codes as text"
        )
        yield from flag(name, frame, _without_zeros(frame, data), "event_code", message)


def _without_zeros(frame: pd.DataFrame, data: Data) -> pd.Series:
    codes = frame["event_code"]
    could_be = _known("0" + codes, data)
    surely = could_be & ~_known(codes, data)
    if "event_root_code" in frame.columns:
        surely |= (frame["event_root_code"] == codes.str[:1]).fillna(value=False)
    # 10 may stand for 010. Beside codes that surely lost a zero, where none begins with one, it does.
    all_lost = surely.any() and not codes.str.startswith("0").any()
    return could_be if all_lost else surely


def _known(codes: pd.Series, data: Data) -> pd.Series:
    known = {code for code in codes.dropna().unique() if code in data.codebook}
    return codes.isin(known)


def _levels_differ(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["event_code", "event_base_code", "event_root_code"]):
        for column, length in (("event_base_code", 3), ("event_root_code", 2)):
            wrong = frame["event_code"].notna() & differs(frame[column], frame["event_code"].str[:length])
            message = f"{column} {{{column}}} is not the beginning of event_code {{event_code}}"
            yield from flag(name, frame, wrong, column, message)


def _quad_class_differs(data: Data) -> Iterator[Found]:
    yield from _scale_differs(data, "quad_class", lambda code, _: code.quad_class)


def _goldstein_differs(data: Data) -> Iterator[Found]:
    yield from _scale_differs(data, "goldstein", lambda code, _: code.goldstein)


def _plover_differs(data: Data) -> Iterator[Found]:
    yield from _scale_differs(data, "plover", lambda code, _: code.plover.event)
    yield from _scale_differs(data, "plover_quad", lambda code, book: book.plover_quad(code.event_code))
    yield from _scale_differs(data, "benchmark_root", lambda code, book: book.benchmark_root(code.event_code))


def _acled_differs(data: Data) -> Iterator[Found]:
    yield from _scale_differs(data, "acled_event_type", lambda code, _: code.acled.event)
    yield from _scale_differs(data, "acled_sub_event_type", lambda code, _: code.acled.mode)


def _scale_differs(data: Data, column: str, scale: Callable[[Code, Codebook], object]) -> Iterator[Found]:
    book = data.codebook
    for name, frame in data.with_columns(["event_code", column]):
        if name == "codes" and _is_of_another_codebook(data):
            continue
        codes = frame["event_code"].where(_known(frame["event_code"], data))
        by_code = {code: scale(book[code], book) for code in codes.dropna().unique()}
        due = pd.Series([by_code.get(code) for code in codes.fillna("")], dtype=frame[column].dtype)
        wrong = codes.notna() & differs(frame[column], due)
        shown = frame.assign(due=due)
        message = f"{column} is {{{column}}}; the codebook has {{due}} for code {{event_code}}"
        yield from flag(name, shown, wrong, column, message)


def _is_of_another_codebook(data: Data) -> bool:
    """Whether all rows were coded by other versions: a list of codes beside them is that of its own."""
    versions = data.ids("statements", "codebook_version")
    return versions is not None and len(versions) > 0 and data.codebook.version not in versions


def _not_assignable(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["event_code", "coding_method"]):
        closed = [code.event_code for code in data.codebook if not code.assignable]
        wrong = frame["event_code"].isin(closed)
        if "status" in frame.columns:
            wrong &= (frame["status"] == "accepted").fillna(value=False)
        yield from flag(
            name, frame, wrong, "event_code", "code {event_code} only groups others; use one below it"
        )


def _mode_not_allowed(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["event_code", "mode"]):
        allowed = {(code.event_code, mode) for code in data.codebook for mode in code.modes}
        known = _known(frame["event_code"], data) & frame["mode"].notna()
        pairs = zip(frame["event_code"], frame["mode"], known, strict=True)
        wrong = [bool(known) and (code, mode) not in allowed for code, mode, known in pairs]
        yield from flag(name, frame, wrong, "mode", "code {event_code} does not allow mode {mode}")


def _other_codebook(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["codebook_version"]):
        other = frame["codebook_version"] != data.codebook.version
        message = f"coded by codebook {{codebook_version}}, checked against {data.codebook.version}"
        yield from flag(name, frame, other, "codebook_version", message)


RULES = (
    Rule(
        "VZ201",
        "error",
        "Code not in the codebook",
        _unknown_code,
        "Every event code must be one of the codebook's.",
    ),
    Rule(
        "VZ202",
        "error",
        "Leading zero lost",
        _lost_zeros,
        "A code is text: 010 read as a number turns into 10, which is another code or none. Read files with "
        "their code columns as text, and never save them from a program that takes codes for numbers.",
    ),
    Rule(
        "VZ203",
        "error",
        "Base or root code differs",
        _levels_differ,
        "Base and root code are the first three and two digits of the event code.",
    ),
    Rule(
        "VZ204",
        "error",
        "Quad class differs",
        _quad_class_differs,
        "The quad class follows from the code and is not coded on its own.",
    ),
    Rule(
        "VZ205",
        "error",
        "Goldstein value differs",
        _goldstein_differs,
        "The Goldstein value follows from the code; it is missing where no value is published.",
    ),
    Rule(
        "VZ206",
        "error",
        "PLOVER type differs",
        _plover_differs,
        "PLOVER event type and its quad class follow from the code by the codebook's crosswalk.",
    ),
    Rule(
        "VZ207",
        "error",
        "ACLED type differs",
        _acled_differs,
        "ACLED event and sub-event type follow from the code by the codebook's crosswalk.",
    ),
    Rule(
        "VZ208",
        "error",
        "Code not assignable",
        _not_assignable,
        "Some codes only group others; an accepted statement or an event has one that may be assigned.",
    ),
    Rule(
        "VZ209",
        "error",
        "Mode not allowed",
        _mode_not_allowed,
        "The codebook says in which modes (asserted, alleged, denied) a code may stand.",
    ),
    Rule(
        "VZ210",
        "info",
        "Another codebook version",
        _other_codebook,
        "Rows that another version of the codebook coded may be coded otherwise today. Where it coded all "
        "rows of a release, the table codes beside them is its own, and its scales are not compared.",
    ),
)
