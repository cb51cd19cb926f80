"""Agreement: figures of a coder against gold files, and what is said of files that are none."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.agreement import ExampleGold, Given, Unit, behaviours, read_gold, report
from vzevents.agreement.figures import confusion, scores, trade, trust
from vzevents.agreement.relations import RelationGold
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.errors import InputError

RECORD = {"id": "r1", "text": "Peru thanked Chile.", "source": "Peru", "target": "Chile", "root": "SUPPORT"}
CODED = {
    "id": "a1",
    "language": "es",
    "published_date": "2019-02-01",
    "text": "Perú condenó a Cuba. Llovía.\n\nLa policía detuvo a tres manifestantes.",
    "sentences": [[0, 20], [21, 28], [30, 70]],
    "statements": [
        {"sentence_index": 0, "event_code": "111"},
        {"sentence_index": 2, "event_code": "173"},
    ],
}
PASSAGES = [
    {"kind": "statement", "sure": True, "anchor": "condemned", "anchor_start": 5, "cameo_root": "11"},
    {"kind": "statement", "sure": False, "anchor": "condemned", "anchor_start": 5, "cameo_root": "12"},
    {"kind": "no_event", "anchor": "thank", "anchor_start": 35, "roots_allowed": []},
]


def _write(folder: Path, *records: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def _units(*pairs: tuple[str, str]) -> list[Unit]:
    return [
        Unit(f"u{n}", f"u{n}", frozenset(gold), {label: Given(label, "", 0.5) for label in answers})
        for n, (gold, answers) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("A", "A")], [("A", 1, 1.0, 1.0, 1.0)]),
        ([("A", "B")], [("A", 1, 0.0, 0.0, 0.0)]),
        ([("A", "A"), ("A", "B"), ("B", "B")], [("A", 2, 1.0, 0.5, 2 / 3), ("B", 1, 0.5, 1.0, 2 / 3)]),
        ([("B", "C"), ("A", "A")], [("A", 1, 1.0, 1.0, 1.0), ("B", 1, 0.0, 0.0, 0.0)]),
        ([("AB", "BC"), ("", "A")], [("A", 1, 0.0, 0.0, 0.0), ("B", 1, 1.0, 1.0, 1.0)]),
        ([("A", "")], [("A", 1, 0.0, 0.0, 0.0)]),
    ],
)
def test_scores(pairs: list[tuple[str, str]], expected: list[tuple]) -> None:
    """Precision, recall and F1 are worked out for each gold label, of units with one label or several."""
    found = [(s.label, s.n, s.precision, s.recall, s.f1) for s in scores(_units(*pairs))]
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    assert [one[2:] for one in found] == [pytest.approx(one[2:]) for one in expected]


LABELS = st.sampled_from(["A", "B", "C", "AB", ""])


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=30))
def test_scores_of_any_pairs(pairs: list[tuple[str, str]]) -> None:
    """Every score lies between 0 and 1, F1 between precision and recall, and its interval has an order."""
    found = scores(_units(*pairs), draws=20)
    assert sum(score.n for score in found) == sum(len(set(gold)) for gold, _ in pairs)
    for score in found:
        low, high = sorted((score.precision, score.recall))
        assert 0 <= low <= score.f1 + 1e-9
        assert score.f1 <= high + 1e-9
        assert 0 <= score.f1_low <= score.f1_high <= 1


def test_interval() -> None:
    """An interval holds its figure, is the same each time, and is wider where there are fewer units."""
    pairs = [("A", "A"), ("A", "B"), ("B", "B"), ("B", "B")]
    few, many = scores(_units(*pairs * 3), draws=500), scores(_units(*pairs * 60), draws=500)
    assert few == scores(_units(*pairs * 3), draws=500)
    for one, other in zip(few, many, strict=True):
        assert one.f1_low < other.f1_low < other.f1 < other.f1_high < one.f1_high
    assert math.isnan(scores(_units(*pairs))[0].f1_low)


def test_confusion() -> None:
    """A missed label stands beside each wrong answer of its unit, or beside none."""
    found = confusion(_units(("A", "A"), ("A", "B"), ("A", ""), ("", "B"), ("AB", "AC")))
    assert found == {("A", "A"): 2, ("A", "B"): 1, ("A", "-"): 1, ("-", "B"): 1, ("B", "C"): 1}


def test_trust() -> None:
    """The calibration error is the distance of confidence and right answers; AUROC tells their order."""
    sure = [(0.9, True)] * 9 + [(0.9, False)] + [(0.25, False)] * 3 + [(0.25, True)]
    units = [
        Unit(str(n), str(n), frozenset("A" if is_right else "B"), {"A": Given("A", "", confidence)})
        for n, (confidence, is_right) in enumerate(sure)
    ]
    found = trust(units)
    assert found.n == 14
    assert found.error == pytest.approx(0.0)
    assert found.auroc == pytest.approx((9 * 3 + 9 * 0.5 + 1 * 0 + 3 * 0.5) / 40)
    assert found.bins == (
        (pytest.approx(0.25), pytest.approx(0.25), 4),
        (pytest.approx(0.9), pytest.approx(0.9), 10),
    )


def test_trade() -> None:
    """A higher threshold leaves fewer answers; recall is over all that is wanted."""
    units = [
        Unit("1", "1", frozenset("A"), {"A": Given("A", "", 0.9)}),
        Unit("2", "2", frozenset("A"), {"B": Given("B", "", 0.4)}),
    ]
    low, high, none = trade(units, (0.0, 0.5, 0.95))
    assert (low.answers, low.precision, low.recall) == (2, 0.5, 0.5)
    assert (high.answers, high.precision, high.recall) == (1, 1.0, 0.5)
    assert none.answers == 0
    assert math.isnan(none.precision)


def _relations(codebook: Codebook, *records: Mapping[str, str]) -> RelationGold:
    from vzevents.articles.records import Record

    return RelationGold.of([Record(one, "gold.jsonl:1") for one in records], codebook)


def _answered(codebook: Codebook, *pairs: tuple[str, str | None]) -> Mapping[str, tuple[float, float, float]]:
    gold = _relations(
        codebook, *({**RECORD, "id": f"r{n}", "root": root} for n, (root, _) in enumerate(pairs))
    )
    rows = [{"id": f"r{n}", "root": answer} for n, (_, answer) in enumerate(pairs)]
    return report(gold, gold.predicted(rows), draws=10).figures


def test_relations(codebook: Codebook) -> None:
    """Macro means are over the gold roots; quad and side follow from the root."""
    found = _answered(
        codebook, ("SUPPORT", "SUPPORT"), ("SUPPORT", "AGREE"), ("ASSAULT", "ASSAULT"), ("PROTEST", "ACCUSE")
    )
    assert found["accuracy"][0] == 0.5
    assert found["root_f1"][0] == pytest.approx((1 + 0 + 2 / 3) / 3)
    assert found["binary_f1"][0] == 1.0


@pytest.mark.parametrize(
    ("root", "answer", "binary"),
    [
        ("SUPPORT", "AID", 1.0),
        ("SUPPORT", "ASSAULT", 0.0),
        ("ACCUSE", "ASSAULT", 1.0),
        ("REQUEST", "REQUEST", 1.0),
    ],
)
def test_side(root: str, answer: str, binary: float, codebook: Codebook) -> None:
    """Cooperation and conflict are told apart whatever the root within them."""
    assert _answered(codebook, (root, answer))["binary_f1"][0] == binary


def test_perfect(codebook: Codebook) -> None:
    """A coder that is always right has ones, for each of the fifteen roots."""
    roots = list(codebook.benchmark_quad)
    assert len(roots) == 15
    found = _answered(codebook, *((root, root) for root in roots))
    assert {name: value for name, (value, _, _) in found.items()} == dict.fromkeys(found, 1.0)


def test_predictions_of_relations(codebook: Codebook) -> None:
    """A code counts as its root; a relation without a row has no answer; confidence comes along."""
    gold = _relations(codebook, RECORD, {**RECORD, "id": "r2"})
    first, second = gold.predicted([{"id": "r1", "event_code": "051", "confidence": "0.7"}])
    assert first.answers == {"SUPPORT": Given("051", "", 0.7)}
    assert second.answers == {}


def test_predictions_without_an_answer(codebook: Codebook) -> None:
    """A row that has neither root nor a code of the codebook is refused by its id."""
    with pytest.raises(InputError, match="'r1': needs root, or an event_code"):
        _relations(codebook, RECORD).predicted([{"id": "r1", "event_code": "999"}])


def test_gold_of_relations(tmp_path: Path, codebook: Codebook) -> None:
    """Records come with their language, or with the actors marked; blank lines are none."""
    marked = {"marked": "<s>Peru</s> thanked <t>Chile</t>.", "root": "SUPPORT"}
    path = tmp_path / "gold.jsonl"
    path.write_text(
        json.dumps({**RECORD, "language": "es"}) + "\n\n  \n" + json.dumps(marked), encoding="utf-8-sig"
    )
    gold = read_gold(path, codebook)
    assert isinstance(gold, RelationGold)
    assert gold.languages == {"es", "en"}
    assert [(r.relation_id, r.text, r.source, r.target) for r in gold.items] == [
        ("r1", "Peru thanked Chile.", "Peru", "Chile"),
        ("2", "Peru thanked Chile.", "Peru", "Chile"),
    ]


def test_articles(tmp_path: Path, rules: Coder) -> None:
    """A statement counts for the sentence that holds it; recall is of coded sentences, precision of all."""
    gold = read_gold(_write(tmp_path, CODED), rules.codebook)
    units = gold.coded(rules, lambda: None)
    assert [(u.unit_id, set(u.gold), set(u.answers)) for u in units] == [
        ("a1:0", {"11"}, {"11"}),
        ("a1:1", set(), set()),
        ("a1:2", {"17"}, {"17"}),
    ]
    found = report(gold, units, draws=10).figures
    assert (found["micro_f1"][0], found["precision_all"][0]) == (1.0, 1.0)


def test_predictions_of_articles(tmp_path: Path, codebook: Codebook) -> None:
    """Rows belong to a sentence by their place or its number; rejected ones and other articles are none."""
    gold = read_gold(_write(tmp_path, CODED), codebook)
    rows = [
        {"article_id": "a1", "event_code": "111", "start": 0, "end": 19, "status": "accepted"},
        {"article_id": "a1", "event_code": "190", "sentence_index": 2, "confidence": 0.3},
        {"article_id": "a1", "event_code": "141", "start": 30, "end": 60, "status": "rejected"},
        {"article_id": "a2", "event_code": "141", "start": 30, "end": 60},
    ]
    assert [set(unit.answers) for unit in gold.predicted(rows)] == [{"11"}, set(), {"18-20"}]
    with pytest.raises(InputError, match="needs article_id, event_code and start"):
        gold.predicted([{"article_id": "a1", "event_code": "141"}])


def test_passages(tmp_path: Path, rules: Coder) -> None:
    """Of one article passages count that are sure, and those that must not be coded."""
    article = tmp_path / "article.txt"
    article.write_text("Peru condemned Cuba. Chile did not thank Cuba.", encoding="utf-8")
    gold = read_gold(_write(tmp_path, *PASSAGES), rules.codebook, article=article)
    units = gold.coded(rules, lambda: None)
    assert [(u.unit_id, set(u.gold), set(u.answers)) for u in units] == [
        ("5-14", {"11"}, {"11"}),
        ("35-40", set(), set()),
    ]
    rows = [{"event_code": "051", "start": 21, "end": 55}, {"event_code": "112", "start": 0, "end": 19}]
    assert [set(unit.answers) for unit in gold.predicted(rows)] == [{"11"}, {"05"}]


def test_passages_need_their_article(tmp_path: Path, codebook: Codebook) -> None:
    """Passages alone cannot be coded."""
    with pytest.raises(InputError, match="name it with --article"):
        read_gold(_write(tmp_path, *PASSAGES), codebook)


def test_examples(rules: Coder) -> None:
    """The codebook's own test examples are gold, and go with no predictions."""
    gold = ExampleGold.of(rules.codebook)
    assert {example.split for example in gold.items} == {"test"}
    few = gold.only(20)
    assert len(few) == 20
    units = few.coded(rules, lambda: None)
    assert [unit.unit_id for unit in units] == [example.origin for example in few.items]
    with pytest.raises(InputError, match="not with the codebook's examples"):
        gold.predicted([])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty (0 bytes)"),
        (b"\n \n", "holds no record; a gold file is JSON Lines with text, source, target, root"),
        (b'{"text": "a"', ":1: not JSON: "),
        (b"[1]\n", ":1: is a JSON list; an object is due"),
        (b"{}\n", ":1: no text for text, source, target, root; a gold record has text, source, target, root"),
        (b'"text"\n', ":1: is a JSON str; an object is due"),
        (b'\n{"text": "a", "source": "b", "root": "AID"}\n', ":2: no text for target"),
        (b'{"text": 1, "source": "b", "target": null, "root": "AID"}\n', ":1: no text for text, target"),
        ("é".encode("latin-1"), ":1: not UTF-8: byte 0 is 0xE9"),
        (
            b'{"text": "a", "source": "b", "target": "c", "root": "HELP"}',
            "no benchmark root: HELP; allowed are",
        ),
        (b'{"sentences": 1, "statements": []}', ":1: a coded article has id, text, sentences"),
        (b'{"kind": "no_event", "anchor": "a", "anchor_start": "x"}', ":1: a passage has kind, anchor"),
    ],
)
def test_bad_gold(content: bytes, message: str, tmp_path: Path, codebook: Codebook) -> None:
    """A file that is no gold file is refused with line and field."""
    path, article = tmp_path / "gold.jsonl", tmp_path / "article.txt"
    path.write_bytes(content)
    article.write_text("Peru condemned Cuba.", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold(path, codebook, article=article)
    assert message in str(caught.value)


def test_behaviour(rules: Coder) -> None:
    """What does not matter changes nothing; swapped patterns swap their answers."""
    accusing = {**RECORD, "id": "r2", "text": "Peru condemned Chile.", "root": "ACCUSE"}
    gold = _relations(rules.codebook, RECORD, accusing)
    found = {one.name: one for one in behaviours(gold, rules, lambda: None)}
    assert [(name, one.as_expected, one.asked) for name, one in found.items()] == [
        ("codes in another order", 2, 2),
        ("labels renamed", 2, 2),
        ("actors renamed", 2, 2),
        ("a neutral clause added", 2, 2),
        ("patterns of 051 and 111 swapped", 2, 2),
    ]
    assert all(one.share == 1.0 for one in found.values())


def test_behaviour_that_differs(rules: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers that change are named by their id."""
    gold = _relations(rules.codebook, RECORD)
    monkeypatch.setattr("vzevents.agreement.behaviour._NEUTRAL", {"en": " and bombed Lima"})
    changed = next(
        one for one in behaviours(gold, rules, lambda: None) if one.name == "a neutral clause added"
    )
    assert (changed.as_expected, changed.otherwise) in [(0, ("r1",)), (1, ())]
