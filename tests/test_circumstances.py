"""Circumstances: which of a sentence's dates and places belongs to which act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from vzevents.circumstances import CircumstanceReader, Interval
from vzevents.codebook import Codebook
from vzevents.sentences import parse_text
from vzevents.statements import StatementExtractor

PUBLISHED = date(2019, 2, 20)  # a Wednesday
Code = Callable[[str], list[dict[str, object]]]


def _day(value: object) -> str | None:
    return None if value is None else str(value)[:10]


def _when(row: dict[str, object]) -> tuple[str | None, str | None, object]:
    return _day(row["event_date"]), _day(row["event_date_end"]), row["date_precision"]


def _intervals(extractor: StatementExtractor, text: str, published: date | None) -> list[Interval]:
    reader = CircumstanceReader(extractor, published=published)
    statements = extractor.extract(parse_text(text), published=published)
    return [reader.interval(s) for s in statements if not s.reject_reason]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Chile condemned Maduro on Monday.", "2019-02-18", "2019-02-18", "day"),
        ("Chile condemned Maduro on February 12.", "2019-02-12", "2019-02-12", "day"),
        ("Chile condemned Maduro yesterday.", "2019-02-19", "2019-02-19", "day"),
        ("Last week, Chile condemned Maduro.", "2019-02-11", "2019-02-17", "week"),
        ("Chile condemned Maduro in January.", "2019-01-01", "2019-01-31", "month"),
        ("Chile condemned Maduro in 2017.", "2017-01-01", "2017-12-31", "year"),
        ("Chile condemned Maduro.", None, None, "unknown"),
        ("Chile has repeatedly condemned Maduro.", None, None, "unknown"),
        ("Chile will thank Peru next week.", None, None, "unknown"),
    ],
)
def test_interval(text: str, start: str | None, end: str | None, precision: str, code: Code) -> None:
    """An act has the interval of its date, of the precision that the words allow, or none at all.

    What is announced for later is said at an unknown time before.
    """
    (row,) = [r for r in code(text) if r["status"] == "accepted"]
    assert _when(row) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # before both: of both
        ("On Monday, Chile condemned Maduro and thanked Peru.", ["2019-02-18", "2019-02-18"]),
        # behind the first: of the first, unless the second came at once
        ("Chile condemned Maduro on Monday and thanked Peru.", ["2019-02-18", None]),
        ("Chile condemned Maduro on Monday and then thanked Peru.", ["2019-02-18", "2019-02-18"]),
        ("Chile condemned Maduro on Monday and immediately thanked Peru.", ["2019-02-18", "2019-02-18"]),
        # each its own
        ("Chile condemned Maduro on Monday and thanked Peru on Tuesday.", ["2019-02-18", "2019-02-19"]),
        # another sentence's date is not this one's
        ("Chile condemned Maduro on Monday. Peru thanked Chile.", ["2019-02-18", None]),
    ],
)
def test_date_of_several_acts(text: str, days: list[str | None], code: Code) -> None:
    """A date before the verbs goes for all of them, a date behind a verb for that one."""
    rows = [row for row in code(text) if row["status"] == "accepted"]
    assert [_day(row["event_date"]) for row in rows] == days


@pytest.mark.parametrize(
    ("text", "start", "precision"),
    [
        ("Several nations have already recognized Juan Guaidó.", "2019-01-23", "bounded"),
        ("Chile has already recognized Juan Guaidó.", "2019-01-23", "bounded"),
        ("Several nations recognized Juan Guaidó on February 4.", "2019-02-04", "day"),
        ("Several nations recognized Juan Guaidó.", None, "unknown"),
        ("Chile has already condemned Maduro.", None, "unknown"),
    ],
)
def test_already(text: str, start: str | None, precision: str, code: Code) -> None:
    """Who claims an office has "already" been recognized between the claim and the publication."""
    (row,) = code(text)
    assert (_day(row["event_date"]), row["date_precision"]) == (start, precision)
    if precision == "bounded":
        assert _day(row["event_date_end"]) == PUBLISHED.isoformat()


@pytest.mark.parametrize(
    ("text", "published", "start"),
    [
        ("Chile condemned Maduro on Monday.", None, None),
        ("Chile condemned Maduro on Monday.", date(2019, 2, 20), date(2019, 2, 18)),
        ("Chile condemned Maduro on Monday.", date(2019, 3, 6), date(2019, 3, 4)),
        ("Chile condemned Maduro on February 4, 2019.", None, date(2019, 2, 4)),
        ("Several nations have already recognized Juan Guaidó.", None, None),
    ],
)
def test_day_of_publication(
    text: str, published: date | None, start: date | None, extractor: StatementExtractor
) -> None:
    """Relative dates are counted from the day of publication and unknown without; full dates need none."""
    (interval,) = _intervals(extractor, text, published)
    assert interval.start == start


def test_unknown_interval() -> None:
    """An unknown interval has neither first nor last day."""
    assert Interval() == Interval(None, None, "unknown")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Police arrested a lawmaker in Maracaibo.", "Maracaibo"),
        ("Police arrested a lawmaker near Cúcuta.", "Cúcuta"),
        ("Police arrested a lawmaker at La Carlota.", "La Carlota air base"),
        ("Soldiers fired at protesters outside Maracay.", "Maracay"),
        ("In Valencia, police arrested a lawmaker.", "Valencia"),
        ("Protesters marched in Chacao.", "Chacao"),
        ("The Peruvian minister condemned Maduro in Lima on Monday.", "Lima"),
        ("Caracas condemned Lima.", None),
        ("The mayor of Valencia condemned Maduro.", None),
        ("Police arrested a lawmaker.", None),
    ],
)
def test_place(text: str, place: str | None, code: Code, codebook: Codebook) -> None:
    """An act has the place behind "in", "at", "near"; a capital that acts and whose mayor acts are none."""
    (row,) = [r for r in code(text) if r["status"] == "accepted"]
    found = None if row["place_id"] is None else codebook.places[str(row["place_id"])].name
    assert found == place


def test_place_of_another_sentence(code: Code) -> None:
    """Only the sentence of an act gives its place."""
    rows = code("Police arrested a lawmaker in Maracaibo. Peru condemned Maduro.")
    assert [row["place_id"] is None for row in rows] == [False, True]


def test_caracas(code: Code, codebook: Codebook) -> None:
    """The place "Caracas" is the metropolitan area, by convention in the capital district."""
    (row,) = code("Police arrested a lawmaker in Caracas.")
    place = codebook.places[str(row["place_id"])]
    assert (place.kind, place.admin1) == ("metropolitan", "VE-A")
