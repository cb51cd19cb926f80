"""The worked example: an article told sentence by sentence in our own words, with what was coded."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from vzevents import tables
from vzevents.codebook import Codebook
from vzevents.worked_example import worked_example

Cells = dict[str, object]

EXPULSION: Cells = {
    "sentence_start": 0,
    "sentence_end": 40,
    "source_country": "CHL",
    "source_role": "GOV",
    "target_country": "VEN",
    "target_role": "GOV",
    "event_code": "161",
    "mode": "asserted",
    "event_date": "2019-02-18",
    "event_date_end": "2019-02-18",
    "date_precision": "day",
    "rule_id": "161:expel T",
    "status": "accepted",
    "note": "Chile sends an envoy home.",
}
REFUSED: Cells = {"status": "rejected", "reject_reason": "not_an_act"}
SUSPECTED: Cells = {"status": "rejected", "reject_reason": "suspected_source_error"}


@pytest.fixture(autouse=True)
def _one_codebook(codebook: Codebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the project below `tmp_path` have the codebook that is loaded already."""
    monkeypatch.setattr(Codebook, "load", {tmp_path / "codebook": codebook}.__getitem__)


def _project(folder: Path, *statements: Cells) -> Path:
    """Write a project with one article of two sentences; links go to all that was accepted."""
    data = folder / "data"
    (data / "glosses").mkdir(parents=True)
    (data / "statements").mkdir()
    glosses = [
        {"start": 0, "end": 40, "gloss": "Chile expels an envoy."},
        {"start": 41, "end": 60, "gloss": "The day was warm."},
    ]
    text = yaml.safe_dump({"article_id": "a1", "sentences": glosses})
    (data / "glosses" / "a1.yaml").write_text(text, encoding="utf-8")
    rows = [
        {"statement_id": f"S{n}", "article_id": "a1", **EXPULSION, **cells}
        for n, cells in enumerate(statements)
    ]
    rows.append({**EXPULSION, "statement_id": "S9", "article_id": "a2", "note": "Of another article."})
    links = [
        {"statement_id": row["statement_id"], "event_id": "VZ-000007", "relation": "reports"}
        for row in rows
        if row["status"] == "accepted"
    ]
    tables.write_table(tables.to_frame("statements", rows), data / "statements" / "s.csv", "statements")
    tables.write_table(tables.to_frame("links", links), data / "links.csv", "links")
    return folder


def _example(folder: Path, *statements: Cells) -> list[str]:
    root = _project(folder, *statements)
    return worked_example(root, article_id="a1", statements="s.csv").splitlines()


def test_whole_page(tmp_path: Path) -> None:
    """Each sentence has its place, its gloss and its statements; the events come last."""
    assert _example(tmp_path, {}) == [
        "### Sentence 1 (characters 0–40)",
        "",
        "Chile expels an envoy.",
        "",
        "- **coded** as `161` Reduce or break diplomatic relations, event VZ-000007; CHL GOV → VEN GOV. "
        "Rule `161:expel T`. 2019-02-18. Chile sends an envoy home.",
        "",
        "### Sentence 2 (characters 41–60)",
        "",
        "The day was warm.",
        "",
        "- Nothing coded: no rule of the codebook is met.",
        "",
        "### The events",
        "",
        "| event | code | statements |",
        "|---|---|---|",
        "| VZ-000007 | `161` Reduce or break diplomatic relations | 1 |",
    ]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (REFUSED, "- **rejected** (not an act): `161`"),
        (SUSPECTED, "- **kept, makes no event** (suspected error of the article): `161`"),
        ({"source_country": None, "source_role": None}, "; nobody named → VEN GOV. "),
        ({"source_country": None, "source_group_size": "several"}, "; GOV (several states) → VEN GOV. "),
        ({"target_country": None, "target_role": None}, "; CHL GOV → nobody named. "),
        ({"event_date": None, "event_date_end": None}, "Rule `161:expel T`. Chile sends"),
        ({"event_date_end": "2019-02-24", "date_precision": "week"}, " 2019-02-18 to 2019-02-24 (week). "),
    ],
)
def test_statement(cells: Cells, told: str, tmp_path: Path) -> None:
    """What was rejected says why; unknown actors and dates are left out or called so."""
    (line,) = [line for line in _example(tmp_path, cells) if "`161`" in line and line.startswith("- ")]
    assert told in line


def test_events_count_their_statements(tmp_path: Path) -> None:
    """An event tells how many of the article's statements report it; rejected ones make none."""
    lines = _example(tmp_path, {}, {}, REFUSED)
    assert lines[-1].endswith("| 2 |")


def test_no_event(tmp_path: Path) -> None:
    """Where nothing was accepted the table of events has no row."""
    assert _example(tmp_path, REFUSED)[-1] == "|---|---|---|"


def test_other_articles_stay_out(tmp_path: Path) -> None:
    """Statements of another article at the same place are not told."""
    assert not any("another article" in line for line in _example(tmp_path, {}))
