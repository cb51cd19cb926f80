"""Articles written for this project, coded, against what the coding rules alone demand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml

from vzevents.articles import read_articles
from vzevents.circumstances import CircumstanceReader, Interval
from vzevents.coding import Coder
from vzevents.parties import Party
from vzevents.rows import CodedText
from vzevents.statements import Statement

CASES = Path(__file__).parent / "cases"
EXAMPLES = Path(__file__).parents[1] / "data" / "examples"
ENTRIES = [
    (path.stem, kind, number)
    for path in sorted(CASES.glob("*.yaml"))
    for kind in ("expect", "reject")
    for number in range(len(yaml.safe_load(path.read_text(encoding="utf-8"))[kind]))
]


@pytest.fixture(scope="module")
def coded(coder: Coder) -> dict[str, CodedText]:
    """Every case's article, coded once."""
    found = {}
    for path in CASES.glob("*.yaml"):
        name = case(path.stem)["article"]
        (article,) = read_articles([EXAMPLES / f"{name}.json"])
        found[path.stem] = coder.read(article)
    return found


def case(name: str) -> dict:
    """Read a case."""
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def of_kind(kind: str) -> list[object]:
    """Return the entries of a kind as parameters of a test."""
    return [pytest.param(name, n, id=f"{name}-{n}") for name, k, n in ENTRIES if k == kind]


def matching(coded: CodedText, wanted: dict) -> list[Statement]:
    """Return the accepted statements at a passage with the root and the actors wanted."""
    start = coded.article.text.index(wanted["anchor"])
    end = start + len(wanted["anchor"])
    return [
        s
        for s in coded.statements
        if not s.reject_reason
        and s.span[0] < end
        and start < s.span[1]
        and s.event_code[:2] == wanted["code"][:2]
        and who(s.source) == who_wanted(wanted["source"])
        and who(s.target) == who_wanted(wanted["target"])
    ]


def who(party: Party | None) -> tuple[str | None, str | None]:
    """Return country and role of a party."""
    return (party.reading.country, party.reading.role) if party else (None, None)


def who_wanted(actor: dict | None) -> tuple[str | None, str | None]:
    """Return country and role of an actor of a case."""
    return (actor["country"], actor["role"]) if actor else (None, None)


def day(text: str | None) -> date | None:
    """Return a day of a case."""
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("name", "number"), of_kind("expect"))
def test_statement_is_found(coded: dict[str, CodedText], name: str, number: int) -> None:
    """A sure statement is coded with its root and both actors; one marked as missed still is missed."""
    wanted = case(name)["expect"][number]
    found = matching(coded[name], wanted)
    if "missed" in wanted:
        assert not found, f"now found: take the mark {wanted['missed']!r} away"
    elif wanted["sure"]:
        assert found
        assert found[0].event_code in {wanted["code"], *wanted["also"]}
        assert found[0].mode == wanted["mode"]


@pytest.mark.parametrize(("name", "number"), of_kind("expect"))
def test_interval_is_read(coder: Coder, coded: dict[str, CodedText], name: str, number: int) -> None:
    """A statement that is found has the interval that the article's words give it."""
    wanted = case(name)["expect"][number]
    found = matching(coded[name], wanted)
    if not found:
        pytest.skip("not found: the other test says whether it had to be")
    reader = CircumstanceReader(coder.extractor("en"), published=coded[name].article.published_date)
    interval = Interval(day(wanted["date"]), day(wanted["date_end"]), wanted["precision"])
    assert (reader.interval(found[0]) != interval) == ("missed_date" in wanted)


@pytest.mark.parametrize(("name", "number"), of_kind("reject"))
def test_passage_is_no_event(
    coded: dict[str, CodedText], name: str, number: int, request: pytest.FixtureRequest
) -> None:
    """Nothing is coded whose action stands in a passage that is no event; what is known to be says why."""
    wanted = case(name)["reject"][number]
    passage = wanted["anchor"]
    if "known_failure" in wanted:
        request.applymarker(pytest.mark.xfail(reason=wanted["known_failure"], strict=True))
    start = coded[name].article.text.index(passage)
    heads = [
        s.sentence.tokens[s.choice.match.predicate.head].start
        for s in coded[name].statements
        if not s.reject_reason
    ]
    assert not [head for head in heads if start <= head < start + len(passage)]


def test_examples_are_marked_as_invented() -> None:
    """Whoever opens an example article sees that it is invented."""
    for path in EXAMPLES.glob("*.json"):
        record = json.loads(path.read_text(encoding="utf-8"))
        assert record["outlet"] == "invented"
        assert record["note"].startswith("Invented")
