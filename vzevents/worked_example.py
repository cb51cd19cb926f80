"""The worked example of the documentation: one article, sentence by sentence, without its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml

from vzevents.codebook import Codebook
from vzevents.tables import read_table

_SUSPECTED = "suspected_source_error"


@dataclass(frozen=True, slots=True)
class _Sentence:
    number: int
    start: int
    end: int
    gloss: str


def worked_example(root: Path, *, article_id: str, statements: str) -> str:
    """Write the worked example as Markdown.

    Parameters
    ----------
    root : Path
        The project, with data/ and codebook/.
    article_id : str
        The article; ``data/glosses/<article_id>.yaml`` says its sentences in our own words.
    statements : str
        The file below data/statements/ that holds its statements.

    Returns
    -------
    str
        For each sentence its place, its gloss, and what was coded or rejected by which rule; at the end
        the events.
    """
    codebook = Codebook.load(root / "codebook")
    table = read_table(root / "data" / "statements" / statements, "statements")
    links = read_table(root / "data" / "links.csv", "links")
    coded = table[table["article_id"] == article_id].merge(links, on="statement_id", how="left")
    lines: list[str] = []
    for sentence in _sentences(root / "data" / "glosses" / f"{article_id}.yaml"):
        lines += _sentence(sentence, coded, codebook)
    return "\n".join([*lines, *_events(coded, codebook)]) + "\n"


def _sentences(path: Path) -> list[_Sentence]:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["sentences"]
    return [_Sentence(n, e["start"], e["end"], e["gloss"]) for n, e in enumerate(entries, start=1)]


def _sentence(sentence: _Sentence, coded: pd.DataFrame, codebook: Codebook) -> Iterator[str]:
    yield f"### Sentence {sentence.number} (characters {sentence.start}–{sentence.end})"
    yield ""
    yield f"{sentence.gloss}"
    yield ""
    own = coded[(coded["sentence_start"] == sentence.start) & (coded["sentence_end"] == sentence.end)]
    for row in own.to_dict("records"):
        yield _statement({str(k): None if pd.isna(v) else v for k, v in row.items()}, codebook)
    if own.empty:
        yield "- Nothing coded: no rule of the codebook is met."
    yield ""


def _statement(row: dict[str, object], codebook: Codebook) -> str:
    code = codebook[str(row["event_code"])]
    head = f"`{code.event_code}` {code.label['en']}"
    who = f"{_party(row, 'source')} → {_party(row, 'target')}"
    if row["status"] == "accepted":
        verdict = f"**coded** as {head}, event {row['event_id']}"
    elif row["reject_reason"] == _SUSPECTED:
        verdict = f"**kept, makes no event** (suspected error of the article): {head}"
    else:
        verdict = f"**rejected** ({str(row['reject_reason']).replace('_', ' ')}): {head}"
    return f"- {verdict}; {who}. Rule `{row['rule_id']}`. {_when(row)}{row['note']}"


def _party(row: dict[str, object], slot: str) -> str:
    known = [str(row[f"{slot}_{part}"]) for part in ("country", "role") if row[f"{slot}_{part}"]]
    size = row[f"{slot}_group_size"]
    return " ".join([*known, f"({size} states)"] if size else known) or "nobody named"


def _when(row: dict[str, object]) -> str:
    if row["event_date"] is None:
        return ""
    first, last = str(row["event_date"])[:10], str(row["event_date_end"])[:10]
    return f"{first}. " if first == last else f"{first} to {last} ({row['date_precision']}). "


def _events(coded: pd.DataFrame, codebook: Codebook) -> Iterator[str]:
    yield "### The events"
    yield ""
    yield "| event | code | statements |"
    yield "|---|---|---|"
    for event_id, members in coded[coded["event_id"].notna()].groupby("event_id"):
        code = codebook[str(members["event_code"].iloc[0])]
        yield f"| {event_id} | `{code.event_code}` {code.label['en']} | {len(members)} |"
