"""Agreement: scores of a coder against a gold file, and what is said of files that are none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.agreement import Score, bench, read_gold, scores
from vzevents.codebook import Codebook
from vzevents.errors import InputError

RECORD = {"id": "r1", "text": "Peru thanked Chile.", "source": "Peru", "target": "Chile", "root": "SUPPORT"}


def _answer(record: Mapping[str, str]) -> Mapping[str, object]:
    """Answer with the root that stands in the text."""
    return {"benchmark_root": record["text"], "event_code": "051", "rule_id": "051:thank T"}


def _gold(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"id": f"r{n}", "text": given, "source": "A", "target": "B", "root": root}
        for n, (root, given) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("A", "A")], [Score("A", 1, 1.0, 1.0, 1.0)]),
        ([("A", "B")], [Score("A", 1, 0.0, 0.0, 0.0)]),
        (
            [("A", "A"), ("A", "B"), ("B", "B")],
            [Score("A", 2, 1.0, 0.5, 2 / 3), Score("B", 1, 0.5, 1.0, 2 / 3)],
        ),
        ([("B", "C"), ("A", "A")], [Score("A", 1, 1.0, 1.0, 1.0), Score("B", 1, 0.0, 0.0, 0.0)]),
        ([], []),
    ],
)
def test_scores(pairs: list[tuple[str, str]], expected: list[Score]) -> None:
    """Precision, recall and F1 are worked out for each label of the gold file, sorted by label."""
    for found, score in zip(scores(pairs), expected, strict=True):
        assert (found.label, found.n) == (score.label, score.n)
        assert found.precision == pytest.approx(score.precision)
        assert found.recall == pytest.approx(score.recall)
        assert found.f1 == pytest.approx(score.f1)


LABELS = st.sampled_from("ABC")


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1))
def test_scores_of_any_pairs(pairs: list[tuple[str, str]]) -> None:
    """Every score lies between 0 and 1, F1 between precision and recall, and the labels count all records."""
    found = scores(pairs)
    assert sum(score.n for score in found) == len(pairs)
    for score in found:
        low, high = sorted((score.precision, score.recall))
        assert 0 <= low <= score.f1 + 1e-9
        assert score.f1 <= high + 1e-9
        assert high <= 1


def test_bench(codebook: Codebook) -> None:
    """Macro means are over the gold roots; quad and side follow from the root; errors name their rule."""
    gold = _gold(("SUPPORT", "SUPPORT"), ("SUPPORT", "AGREE"), ("ASSAULT", "ASSAULT"), ("PROTEST", "ACCUSE"))
    found = bench(_answer, gold, codebook)
    assert found.n == 4
    assert found.accuracy == 0.5
    assert [(s.label, s.n) for s in found.roots] == [("ASSAULT", 1), ("PROTEST", 1), ("SUPPORT", 2)]
    assert found.root_f1 == pytest.approx((1 + 0 + 2 / 3) / 3)
    assert found.binary_f1 == 1.0
    assert [error["id"] for error in found.errors] == ["r1", "r3"]
    assert found.errors[0] == {"id": "r1", "root": "SUPPORT", "answer": "051", "rule_id": "051:thank T"}
    assert found.seconds >= 0


@pytest.mark.parametrize(
    ("root", "given_root", "binary"),
    [
        ("SUPPORT", "AID", 1.0),
        ("SUPPORT", "ASSAULT", 0.0),
        ("ACCUSE", "ASSAULT", 1.0),
        ("REQUEST", "REQUEST", 1.0),
    ],
)
def test_side(root: str, given_root: str, binary: float, codebook: Codebook) -> None:
    """Cooperation and conflict are told apart whatever the root within them."""
    assert bench(_answer, _gold((root, given_root)), codebook).binary_f1 == binary


def test_perfect(codebook: Codebook) -> None:
    """A coder that is always right has ones and no errors, for each of the fifteen roots."""
    roots = list(codebook.benchmark_quad)
    found = bench(_answer, _gold(*((root, root) for root in roots)), codebook)
    assert len(roots) == 15
    assert (found.root_f1, found.quad_f1, found.binary_f1, found.accuracy) == (1.0, 1.0, 1.0, 1.0)
    assert found.errors == ()


def test_root_without_an_answer(codebook: Codebook) -> None:
    """An answer without a root is wrong, not a failure."""
    found = bench(lambda _: {"benchmark_root": None, "event_code": "010", "rule_id": "x"}, [RECORD], codebook)
    assert found.accuracy == 0.0


def test_read_gold(tmp_path: Path) -> None:
    """Records come as they stand in the file, other fields included; blank lines are none."""
    path = tmp_path / "gold.jsonl"
    path.write_text(
        json.dumps(RECORD) + "\n\n  \n" + json.dumps({**RECORD, "language": "en"}), encoding="utf-8-sig"
    )
    assert read_gold(path) == [RECORD, {**RECORD, "language": "en"}]


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
    ],
)
def test_bad_gold(content: bytes, message: str, tmp_path: Path) -> None:
    """A file that is no gold file is refused with line and field."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "message"), [("none.jsonl", r"none\.jsonl: no such file"), (".", "is a folder")]
)
def test_no_gold(name: str, message: str, tmp_path: Path) -> None:
    """A file that is not there, and a folder, are refused with their path."""
    with pytest.raises(InputError, match=message):
        read_gold(tmp_path / name)
