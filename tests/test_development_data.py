"""What the coder reaches on the development data; skipped unless VZEVENTS_DEV_DATA names its folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from vzevents.agreement import read_gold, report
from vzevents.articles import Article, read_articles
from vzevents.coding import Coder
from vzevents.rows import CodedText
from vzevents.statements import Statement

DATA = Path(os.environ.get("VZEVENTS_DEV_DATA", "no such folder"))
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="VZEVENTS_DEV_DATA names no folder")


@pytest.fixture(scope="module")
def seed(coder: Coder) -> CodedText:
    """Return the article that the project starts from, coded."""
    (article,) = read_articles([DATA / "seed_article.json"])
    return coder.read(article)


@pytest.fixture(scope="module")
def gold() -> list[dict]:
    """Return the statements and passages coded for it."""
    lines = (DATA / "seed_gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def accepted(coded: CodedText) -> list[Statement]:
    """Return the accepted statements."""
    return [s for s in coded.statements if not s.reject_reason]


def is_found(coded: CodedText, wanted: dict) -> bool:
    """Whether a statement at the passage has the root and both actors' country and role."""
    start, end = wanted["anchor_start"], wanted["anchor_start"] + len(wanted["anchor"])
    roots = {wanted["cameo_root"], *wanted["root_alt"]}
    actors = tuple(wanted[f"{slot}_{part}"] for slot in ("source", "target") for part in ("country", "role"))
    return any(
        s.span[0] < end and start < s.span[1] and s.event_code[:2] in roots and parts(s) == actors
        for s in accepted(coded)
    )


def parts(statement: Statement) -> tuple[str | None, ...]:
    """Return country and role of source and target."""
    readings = [party.reading if party else None for party in (statement.source, statement.target)]
    return tuple(getattr(r, part, None) for r in readings for part in ("country", "role"))


def test_seed_statements(seed: CodedText, gold: list[dict]) -> None:
    """All 13 sure statements of the seed article are found, root and both actors right."""
    sure = [g for g in gold if g["kind"] == "statement" and g["sure"]]
    missed = [g["anchor"] for g in sure if not is_found(seed, g)]
    assert len(sure) == 13
    assert not missed


def test_seed_passages_that_are_no_event(seed: CodedText, gold: list[dict]) -> None:
    """Nothing is coded whose action stands in one of the 8 passages that are no event."""
    passages = [g for g in gold if g["kind"] == "no_event"]
    assert len(passages) == 8
    for passage in passages:
        start, end = passage["anchor_start"], passage["anchor_start"] + len(passage["anchor"])
        for s in accepted(seed):
            head = s.sentence.tokens[s.choice.match.predicate.head].start
            assert not (start <= head < end and s.event_code[:2] not in passage["roots_allowed"]), passage


def test_relation_task(coder: Coder) -> None:
    """Every sentence of the relation task is answered, and root macro-F1 is at least .77."""
    gold = read_gold(DATA / "plv_dev.jsonl", coder.codebook)
    result = report(gold, gold.coded(coder, lambda: None), draws=10)
    assert result.n == 1050
    assert result.figures["root_f1"][0] >= 0.77


def test_spanish_articles_pass(coder: Coder) -> None:
    """Every Spanish article is read as Spanish and gives statements, accepted ones among them."""
    lines = (DATA / "es_dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    articles = [Article(r["id"], r["text"], None, None, {}, r["id"]) for r in records]
    frames = list(coder.code_articles(articles))
    assert len(frames) == 80
    assert all("language_not_supported" not in set(frame["reject_reason"]) for frame in frames)
    assert sum((frame["status"] == "accepted").sum() for frame in frames) > 80
