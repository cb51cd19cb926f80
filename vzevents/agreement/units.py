"""What a gold file says of a stretch of text, and what a coder answers there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from vzevents.statements import Statement

_ASSAULT = frozenset({"18", "19", "20"})

Step = Callable[[], None]  # called after each text that is coded


@dataclass(frozen=True, slots=True)
class Given:
    """An answer under a label: the code behind it, by which rule, and how sure."""

    event_code: str
    rule_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text: the labels that it has by the gold file (`gold`), and those given to it.

    Units with one `group`, such as the sentences of an article, do not vary independently.
    """

    unit_id: str
    group: str
    gold: frozenset[str]
    answers: Mapping[str, Given] = field(default_factory=dict)

    def answered(self, label: str, given: Given) -> Unit:
        """Return the unit with one more answer; of two under one label the surer stays."""
        known = self.answers.get(label)
        if known is not None and known.confidence >= given.confidence:
            return self
        return replace(self, answers={**self.answers, label: given})


def article_root(event_code: str) -> str:
    """Return the CAMEO root under which a code counts in coded articles: 18, 19 and 20 are one there."""
    return "18-20" if event_code[:2] in _ASSAULT else event_code[:2]


def given_by(statement: Statement, confidence: float) -> Given:
    """Return a statement as an answer."""
    return Given(statement.event_code, statement.choice.rule_id, confidence)
