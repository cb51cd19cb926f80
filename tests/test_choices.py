"""Choices: one code for each act, by patterns, operators, tense and negation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from vzevents.choices import Choice, CodeChooser
from vzevents.codebook.model import Operator
from vzevents.codebook.patterns import parse_pattern
from vzevents.parties import PartyReader
from vzevents.sentences import parse_text
from vzevents.situations import Situation
from vzevents.statements import StatementExtractor


@dataclass(frozen=True)
class _Rules:
    """As much of a codebook as a CodeChooser reads: patterns by code, and operators."""

    patterns: Mapping[str, tuple[str, ...]]
    operators: Mapping[str, Operator] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[SimpleNamespace]:
        for code, lines in self.patterns.items():
            yield SimpleNamespace(event_code=code, patterns=tuple(map(_pattern, lines)))


def _pattern(line: str) -> object:
    return parse_pattern(line, language="en", words={})


def _operator(name: str, line: str, codes: Mapping[str, str], default: str | None = None) -> Operator:
    return Operator(name, (_pattern(line),) if line else (), default, codes, "operators.yaml:1")  # type: ignore[arg-type]


def _choose(extractor: StatementExtractor, rules: _Rules, text: str) -> dict[str, list[Choice]]:
    """Return the choices for each word of a sentence, the best first."""
    (sentence,) = parse_text(text)
    parties = PartyReader(extractor.resolver, extractor.words, [sentence], published=None)
    parties.begin(sentence)
    chooser = CodeChooser(rules, language="en")  # type: ignore[arg-type]
    found = chooser.choose(sentence, parties)
    return {sentence.tokens[head].text: choices for head, choices in found.items()}


@pytest.mark.parametrize(
    ("text", "patterns", "order"),
    [
        # the pattern that asks for more
        ("Peru thanked Chile.", {"051": ("thank T",), "052": ("thank",)}, ["051", "052"]),
        ("Peru thanked Chile.", {"051": ("thank",), "052": ("thank T",)}, ["052", "051"]),
        ("Peru thanked Chile.", {"051": ("thank T",), "052": ("S:GOV thank T",)}, ["052", "051"]),
        ("Peru gave Chile the guns.", {"051": ("give T",), "052": ("give T guns",)}, ["052", "051"]),
        ("Peru gave in to Chile.", {"051": ("give to T",), "052": ("give_in to T",)}, ["052", "051"]),
        # then the one that fills more slots
        ("Peru fled with Chile.", {"051": ("flee",), "052": ("flee (with T)",)}, ["052", "051"]),
        # then the longer code
        ("Peru thanked Chile.", {"051": ("thank T",), "0512": ("thank T",)}, ["0512", "051"]),
        ("Peru thanked Chile.", {"0512": ("thank T",), "051": ("thank T",)}, ["0512", "051"]),
        # then the earlier pattern
        ("Peru thanked Chile.", {"051": ("thank T",), "052": ("thank T",)}, ["051", "052"]),
        ("Peru thanked Chile.", {"052": ("thank T",), "051": ("thank T",)}, ["052", "051"]),
        # weight goes before the length of a code
        ("Peru thanked Chile.", {"05123": ("thank",), "05": ("thank T:GOV",)}, ["05", "05123"]),
        # known actors count like a word asked for
        ("Peru wrote a baker of Chile.", {"051": ("write T",), "052": ("write of T",)}, ["052", "051"]),
    ],
)
def test_precedence(
    text: str, patterns: dict[str, tuple[str, ...]], order: list[str], extractor: StatementExtractor
) -> None:
    """Of the codes whose patterns are met the best comes first, and the others stay as alternatives."""
    ((choices),) = _choose(extractor, _Rules(patterns), text).values()
    assert [choice.event_code for choice in choices] == order


THREATEN = _operator("threaten", "threaten to ACT", {"17": "137", "173": "1373"}, default="130")
URGE = _operator("urge", "urge T to ACT", {"08": "025"})
CONSIDER = _operator("consider", "consider ACT", {"16": "131"})


@pytest.mark.parametrize(
    ("text", "operator", "word", "event_code"),
    [
        ("Peru threatened to arrest Chile.", THREATEN, "threatened", "1373"),  # the longest beginning
        ("Peru threatened to jail Chile.", THREATEN, "threatened", "137"),
        ("Peru threatened to sanction Chile.", THREATEN, "threatened", "130"),  # no entry: the default
        ("Peru threatened to sing.", THREATEN, "threatened", "130"),  # no act that a pattern knows
        ("Peru urged Chile to yield.", URGE, "urged", "025"),
        ("Peru urged Chile to sing.", URGE, "urged", None),  # neither entry nor default
        ("Peru considered a boycott.", CONSIDER, "considered", "131"),
    ],
)
def test_operator(
    text: str, operator: Operator, word: str, event_code: str | None, extractor: StatementExtractor
) -> None:
    """The code of an act within an act is looked up by the longest beginning of the inner code."""
    patterns = {
        "172": ("jail T",),
        "173": ("arrest T",),
        "080": ("yield",),
        "160": ("sanction T", "the boycott"),
    }
    choices = _choose(extractor, _Rules(patterns, {operator.operator_id: operator}), text).get(word, [])
    assert [choice.event_code for choice in choices] == ([event_code] if event_code else [])


def test_operator_takes_weight_and_target_of_the_act_inside(extractor: StatementExtractor) -> None:
    """What an operator asks for counts with what the act inside asks for; its target is theirs."""
    rules = _Rules({"173": ("arrest T",)}, {"threaten": THREATEN})
    found = _choose(extractor, rules, "Peru threatened to arrest Chile.")
    (whole,), (inner,) = found["threatened"], found["arrest"]
    assert whole.weight >= whole.match.rule.pattern.weight + inner.weight
    assert whole.match.slots["T"] == inner.match.slots["T"]
    assert whole.acts == (inner.match.predicate.head,)
    assert whole.rule_id == "threaten:threaten to ACT"


def test_noun_used_by_another_rule(extractor: StatementExtractor) -> None:
    """A noun that is a word of a verb's rule is no act of its own."""
    rules = _Rules({"085": ("lift embargo",), "163": ("the embargo",)})
    assert list(_choose(extractor, rules, "Peru lifted the embargo.")) == ["lifted"]
    assert list(_choose(extractor, rules, "The embargo began on Monday.")) == ["embargo"]


@pytest.mark.parametrize(
    ("situation", "event_code", "refusal", "prefix"),
    [
        (Situation(), "054", None, ""),
        (Situation(intended=True), "032", None, "intend+"),
        (Situation("negated", intended=True), "120", None, "not_intend+"),
        (Situation("negated"), "054", "negated", ""),
        (Situation("conditional", intended=True), "054", "conditional", ""),
    ],
)
def test_as_it_stands(
    situation: Situation, event_code: str, refusal: str | None, prefix: str, extractor: StatementExtractor
) -> None:
    """What will be done has the code of the promise, what will not be done that of the refusal."""
    operators = {
        "intend": _operator("intend", "", {"05": "032"}),
        "not_intend": _operator("not_intend", "", {"05": "120"}),
    }
    rules = _Rules({"054": ("recognize T",), "173": ("arrest T",)}, operators)
    chooser = CodeChooser(rules, language="en")  # type: ignore[arg-type]
    ((choice,),) = _choose(extractor, rules, "Peru recognized Chile.").values()
    read, left = chooser.as_it_stands(choice, situation)
    assert (read.event_code, left.refusal) == (event_code, refusal)
    assert read.rule_id == f"{prefix}{choice.rule_id}"


def test_hostile_and_decided_is_the_act_itself(extractor: StatementExtractor) -> None:
    """What the operator has no entry for stays as it is."""
    operators = {"intend": _operator("intend", "", {"05": "032"})}
    rules = _Rules({"161": ("expel T",)}, operators)
    ((choice,),) = _choose(extractor, rules, "Peru expelled Chile.").values()
    chooser = CodeChooser(rules, language="en")  # type: ignore[arg-type]
    assert chooser.as_it_stands(choice, Situation(intended=True)) == (choice, Situation(intended=True))


@pytest.mark.parametrize(("weight", "confidence"), [(0, 0.5), (1, 0.58), (5, 0.9), (20, 0.95)])
def test_confidence(weight: int, confidence: float, extractor: StatementExtractor) -> None:
    """Confidence grows with what a rule asks for, from a half to 0.95."""
    ((choice,),) = _choose(extractor, _Rules({"051": ("thank",)}), "Peru thanked Chile.").values()
    weighed = Choice(choice.event_code, choice.rule_id, choice.match, inner_weight=weight)
    assert weighed.confidence == pytest.approx(confidence)
