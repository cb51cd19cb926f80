"""Choosing: one code for a given pair of actors, for every text, and never a plain statement."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vzevents.choosing import Answer, choose
from vzevents.coding import Coder
from vzevents.sentences import parse_text
from vzevents.statements import StatementExtractor


def _choose(extractor: StatementExtractor, text: str, source: str, target: str) -> list[Answer]:
    return choose(extractor, parse_text(text), source=source, target=target)


@pytest.mark.parametrize(
    ("text", "source", "target", "event_code"),
    [
        ("Peru expelled the Venezuelan ambassador.", "Peru", "Venezuelan ambassador", "161"),
        ("Peru accused Maduro of treason.", "Peru", "Maduro", "1125T"),
        # who is asked for decides, not who comes first
        ("Maduro was accused of treason by Peru.", "Peru", "Maduro", "1125T"),
        ("Chile thanked Brazil and Peru condemned Maduro.", "Chile", "Brazil", "051"),
        ("Chile thanked Brazil and Peru condemned Maduro.", "Peru", "Maduro", "111"),
        ("Peru thanked Chile, while Chile condemned Peru.", "Peru", "Chile", "051"),
        ("Peru thanked Chile, while Chile condemned Peru.", "Chile", "Peru", "111"),
        # in any sentence of the text
        ("The day was long. Peru thanked Chile. Bread is dear.", "Peru", "Chile", "051"),
        # the content goes before the saying
        ("Chile said that Peru condemned Maduro.", "Peru", "Maduro", "111"),
        # as announced, as threatened, as asked for
        ("Peru will recognize Juan Guaidó.", "Peru", "Juan Guaidó", "032"),
        ("Peru will not recognize Juan Guaidó.", "Peru", "Juan Guaidó", "120R"),
        ("Peru threatened to impose sanctions on Chile.", "Peru", "Chile", "1312"),
        ("Brazil urged Maduro to release the prisoners.", "Brazil", "Maduro", "0253"),
        # names without accents, and part of a name
        ("Peru condemned Juan Guaidó.", "peru", "guaido", "111"),
    ],
)
def test_choose(text: str, source: str, target: str, event_code: str, extractor: StatementExtractor) -> None:
    """The best answer is what the source does to the target."""
    assert _choose(extractor, text, source, target)[0].event_code == event_code


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("", "Peru", "Chile"),
        ("Bread.", "Peru", "Chile"),
        ("Peru said hello.", "Peru", "Chile"),
        ("Peru condemned Maduro.", "", ""),
        ("Peru condemned Maduro.", "Mongolia", "Fiji"),
        ("😀", "😀", "😀"),
    ],
)
def test_always_an_answer(text: str, source: str, target: str, extractor: StatementExtractor) -> None:
    """Whatever the text and the actors, there is an answer, and never of root 01."""
    answers = _choose(extractor, text, source, target)
    assert answers
    assert all(answer.event_code[:2] != "01" for answer in answers)


def test_last_resort(extractor: StatementExtractor) -> None:
    """Without any word of the codebook the answer is criticism, and says that no rule gave it."""
    (answer,) = _choose(extractor, "", "Peru", "Chile")
    assert replace(answer, confidence=1.0) == Answer("111", "none", answer.score, 1.0)


@pytest.mark.parametrize("text", ["", "Peru accused Maduro of treason.", "Peru thanked Chile and fled."])
def test_order_and_confidence(text: str, extractor: StatementExtractor) -> None:
    """Answers come by falling score, each code once, with confidences that together are one at most."""
    answers = _choose(extractor, text, "Peru", "Maduro")
    assert [a.score for a in answers] == sorted((a.score for a in answers), reverse=True)
    assert [a.confidence for a in answers] == sorted((a.confidence for a in answers), reverse=True)
    assert len({a.event_code for a in answers}) == len(answers)
    assert all(a.confidence >= 0 for a in answers)
    assert 0 < sum(a.confidence for a in answers) <= 1.001


def test_words_alone(extractor: StatementExtractor) -> None:
    """Where the grammar leads to nobody the words of a rule still give its code."""
    best = _choose(extractor, "Praise for Chile.", "Peru", "Chile")[0]
    assert best.event_code[:2] == "05"


@pytest.mark.parametrize(
    ("text", "known"),
    [("Peru condemned Maduro.", {"111"}), ("Peru did not condemn Maduro. Peru thanked Maduro.", {"051"})],
)
def test_what_is_refused_comes_behind(text: str, known: set[str], extractor: StatementExtractor) -> None:
    """What was negated or denied is a worse answer than what was done."""
    assert _choose(extractor, text, "Peru", "Maduro")[0].event_code in known


def test_code_statement(coder: Coder) -> None:
    """The answer holds the code, what follows from it, the rule, and the next best codes."""
    answer = coder.code_statement("Peru accused Maduro of treason.", source="Peru", target="Maduro")
    alternatives = answer.pop("alternatives")
    confidence = answer.pop("confidence")
    assert confidence <= answer.pop("root_confidence") <= 1.0
    assert answer == {
        "event_code": "1125T",
        "event_root_code": "11",
        "plover": "ACCUSE",
        "benchmark_root": "ACCUSE",
        "quad_class": 3,
        "rule_id": "1125T:S:known <accusing_of> T of|for|with <treasonwords>",
    }
    assert isinstance(confidence, float)
    assert isinstance(alternatives, list)
    assert 0 < len(alternatives) <= 5
    assert alternatives[0]["event_code"].startswith("112")
    assert all(other["confidence"] <= confidence for other in alternatives)


@pytest.mark.parametrize("language", ["en", "fr", "xx", None])
def test_language_not_supported(language: str | None, coder: Coder) -> None:
    """A language that is not supported is read as English: every sentence gets an answer."""
    answer = coder.code_statement("Peru thanked Chile.", source="Peru", target="Chile", language=language)
    assert answer["event_code"] == "051"


@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            ["Peru", "Chile", "thanked", "accused", "will", "not", "of", "sanctions", "killed", ",", ".", "?"]
        )
    ),
    source=st.sampled_from(["Peru", "Chile", "", "?"]),
)
def test_any_words(words: list[str], source: str, coder: Coder) -> None:
    """However words are strung together, the answer is an assignable code of a benchmark root."""
    answer = coder.code_statement(" ".join(words), source=source, target="Chile")
    code = coder.codebook[str(answer["event_code"])]
    assert code.event_code == answer["event_code"]
    assert answer["benchmark_root"] in coder.codebook.benchmark_quad
