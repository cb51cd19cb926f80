"""Explanations: what `vzevents explain` tells of a text, coded, rejected or empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from vzevents.articles import Article
from vzevents.coding import Coder
from vzevents.errors import InputError
from vzevents.explaining import explain_text

Explain = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def explain(rules: Coder) -> Explain:
    """Return a function that explains an English text."""

    def explained(text: str) -> list[dict[str, Any]]:
        article = Article("a1", text, date(2019, 2, 20), "en", {}, "text")
        return explain_text(rules, rules.read(article))

    return explained


def test_one_statement(explain: Explain) -> None:
    """A statement is explained by code, label, rule, the words that met it, actors and alternatives."""
    ((sentence),) = explain("Peru accused Maduro of treason.")
    (why,) = sentence["statements"]
    alternatives = why.pop("alternatives")
    assert why == {
        "event_code": "1125T",
        "label": "Accuse of treason",
        "rule_id": "1125T:S:known <accusing_of> T of|for|with <treasonwords>",
        "matched_words": ["accused", "treason"],
        "source": {"text": "Peru", "actor": "PER", "country": "PER", "role": "GOV", "implied": False},
        "target": {"text": "Maduro", "actor": "maduro", "country": "VEN", "role": "GOV", "implied": False},
        "to_actor": None,
        "mode": "asserted",
        "claimed_by": None,
        "confidence": 0.82,
        "status": "accepted",
        "reject_reason": None,
    }
    assert alternatives[0]["event_code"] == "112"
    assert str(alternatives[0]["rule_id"]).startswith("112:accuse|")
    assert alternatives[0]["confidence"] < why["confidence"]


def test_alternatives_differ(explain: Explain) -> None:
    """Each other code is told once, and never the code that was given."""
    ((sentence),) = explain("Peru accused Maduro of treason and condemned Maduro.")
    for why in sentence["statements"]:
        codes = [other["event_code"] for other in why["alternatives"]]
        assert len(set(codes)) == len(codes)
        assert why["event_code"] not in codes


def test_every_sentence(explain: Explain) -> None:
    """Sentences without a statement are told too, in the order of the text."""
    found = explain("Bread is dear. Peru thanked Chile.\nThe sun set.")
    assert [s["text"] for s in found] == ["Bread is dear.", "Peru thanked Chile.", "The sun set."]
    assert [len(s["statements"]) for s in found] == [0, 1, 0]


def test_words(explain: Explain) -> None:
    """The parse is told word by word."""
    ((sentence),) = explain("Peru thanked Chile.")
    assert sentence["words"][:3] == [
        {"word": "Peru", "lemma": "peru", "relation": "subject", "head": "thanked"},
        {"word": "thanked", "lemma": "thank", "relation": "ROOT", "head": "thanked"},
        {"word": "Chile", "lemma": "chile", "relation": "object", "head": "thanked"},
    ]


@pytest.mark.parametrize(
    ("text", "event_code", "told"),
    [
        ("Peru never recognized Juan Guaidó.", "054R", {"status": "rejected", "reject_reason": "negated"}),
        (
            "Maduro accused Colombia of arresting two diplomats.",
            "173",
            {"mode": "alleged", "claimed_by": "Maduro"},
        ),
        ("Two lawmakers were arrested.", "173", {"source": None}),
    ],
)
def test_told(text: str, event_code: str, told: dict[str, object], explain: Explain) -> None:
    """Rejections tell their reason, allegations by whose word, and nobody named is nobody."""
    ((sentence),) = explain(text)
    (why,) = [s for s in sentence["statements"] if s["event_code"] == event_code]
    assert {name: why[name] for name in told} == told


def test_implied(explain: Explain) -> None:
    """An actor that no word names has no text and is called implied."""
    ((sentence),) = explain("A Venezuelan general defected to the opposition.")
    (why,) = sentence["statements"]
    assert why["target"] == {"text": None, "actor": None, "country": "VEN", "role": "GOV", "implied": True}
    assert why["to_actor"]["role"] == "OPP"


def test_same_as_coded(rules: Coder, explain: Explain) -> None:
    """What is explained is what is coded: the same rules in the same order."""
    text = "Peru and Chile condemned Maduro. Peru will not recognize Juan Guaidó, the minister said."
    coded = rules.code_text(text, published_date=date(2019, 2, 20), language="en")
    told = [why for sentence in explain(text) for why in sentence["statements"]]
    assert [why["rule_id"] for why in told] == coded["rule_id"].tolist()
    assert [why["mode"] for why in told] == coded["mode"].tolist()


def test_nothing_to_explain(explain: Explain) -> None:
    """A text without a sentence has nothing to explain."""
    assert explain(" \n") == []


def test_language_not_supported(rules: Coder) -> None:
    """A text in a language that is not supported is refused with the languages that are."""
    article = Article("a1", "Le Pérou a remercié le Chili.", None, "fr", {}, "texts.csv:3")
    with pytest.raises(InputError, match="language not supported yet; supported are en, es"):
        explain_text(rules, rules.read(article))
