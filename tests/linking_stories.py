"""Stories of several reports, coded one by one, with what each reports: how well linking finds it out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pandas as pd

from vzevents.codebook import Codebook
from vzevents.events import link_statements
from vzevents.tables import column_names, to_frame

STORIES = Path(__file__).parent / "cases" / "linking"
_TABLES = ("statements", "articles")


@dataclass(frozen=True)
class Agreement:
    """Pairs of statements that report the same act: found by the program, meant by the stories."""

    meant: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        """How many of the pairs found are meant."""
        return self.both / self.found

    @property
    def recall(self) -> float:
        """How many of the pairs meant are found."""
        return self.both / self.meant

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.both / (self.meant + self.found)


def agreement(split: str, codebook: Codebook | None = None) -> Agreement:
    """Link the stories of a split, all together, and compare."""
    rows = [json.loads(line) for line in (STORIES / f"{split}.jsonl").read_text("utf-8").splitlines()]
    ids = [f"{row['story']}-{number:04d}" for number, row in enumerate(rows)]
    statements = [_statement(row, name, n) for n, (row, name) in enumerate(zip(rows, ids, strict=True))]
    articles = {row["article_id"]: _known(row, "articles") for row in rows}
    links = link_statements(*map(_frame, _TABLES, (statements, articles.values())), codebook=codebook)
    linked = dict(zip(links["statement_id"], links["event_id"], strict=True))
    meant = _pairs((name, row["event"]) for name, row in zip(ids, rows, strict=True))
    found = _pairs((name, linked.get(name)) for name in ids)
    return Agreement(len(meant), len(found), len(meant & found))


def _frame(table: str, rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    return to_frame(table, rows)


def _statement(row: dict[str, str], name: str, number: int) -> dict[str, object]:
    code = row["event_code"]
    sentence = row["text"][: row["text"].find(row["action_text"])].count(". ")
    return {
        **_known(row, "statements"),
        "statement_id": name,
        "start": number,
        "sentence_index": sentence,
        "event_base_code": code[:3],
        "event_root_code": code[:2],
    }


def _known(row: dict[str, str], table: str) -> dict[str, object]:
    return {name: row[name] for name in column_names(table) if name in row}


def _pairs(events: Iterable[tuple[str, str | None]]) -> set[tuple[str, str]]:
    """Return the pairs of statements that stand in one event."""
    members: dict[str, list[str]] = {}
    for name, event in events:
        if event is not None:
            members.setdefault(event, []).append(name)
    return {pair for names in members.values() for pair in combinations(names, 2)}
