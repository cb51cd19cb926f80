"""What speaks for each code of an act, and for no code at all -> how likely each is: one weight a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["seen", "asked", "given"]

_LEAST = 0.001  # whatever is less likely counts as this
REASONS = ("first", "wording", "rule", "asked_for", "best_rule", "pair", "by_rules")
NOTHING = ("nothing", "nothing_first", "any_rule", "asked_for_by_any")  # of the answer that it is no act


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code that an act may have.

    `first` is how likely the first look at the sentence finds it, `wording` the linear model, `pair` the
    second look with the parties marked, where it was taken. `asked_for` is what the strongest rule that
    gives the code asks for, None where none does; `best_rule` says whether rules alone would have chosen it.
    Where the actors are given and the act is not, `by_rules` is how likely rules alone find the code.
    """

    code: str
    first: float = 0.0
    wording: float = 0.0
    pair: float | None = None
    asked_for: int | None = None
    best_rule: bool = False
    by_rules: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of one act: its language, its words, its candidates, how likely it is no act.

    Without `nothing` the actors are given, and an act between them there must be.
    """

    language: str
    words: tuple[int, ...]
    nothing: float | None
    candidates: tuple[Candidate, ...]

    @property
    def kind(self) -> Kind:
        """Whether the actors were given; else whether the second look was taken."""
        if self.nothing is None:
            return "given"
        return "asked" if any(c.pair is not None for c in self.candidates) else "seen"

    def table(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Return a row of REASONS and NOTHING for each candidate, and a last one for no act, if it may be."""
        asked_for = [c.asked_for for c in self.candidates if c.asked_for is not None]
        rows = [
            [
                _log(c.first),
                _log(c.wording),
                float(c.asked_for is not None),
                float(c.asked_for or 0),
                float(c.best_rule),
                _log(c.pair) if c.pair is not None else 0.0,
                _log(c.by_rules) if c.by_rules is not None else 0.0,
                *(0.0 for _ in NOTHING),
            ]
            for c in self.candidates
        ]
        if self.nothing is None:
            return np.array(rows)
        none = [1.0, _log(self.nothing), float(bool(asked_for)), float(max(asked_for, default=0))]
        return np.array([*rows, [*(0.0 for _ in REASONS), *none]])


@dataclass(frozen=True, slots=True)
class Weigher:
    """The weights of all reasons, by language and kind of evidence."""

    weights: Mapping[str, Mapping[str, Sequence[float]]]

    def shares(self, evidence: Evidence) -> list[float]:
        """Return how likely each candidate is, and last, how likely the words name no act.

        Parameters
        ----------
        evidence : Evidence
            Of one act.

        Returns
        -------
        list of float
            One more than there are candidates if it may be no act; they sum to 1.
        """
        scores = evidence.table() @ np.array(self.weights[evidence.language][evidence.kind])
        powers = np.exp(scores - scores.max())
        shares: list[float] = (powers / powers.sum()).tolist()
        return shares


def _log(probability: float) -> float:
    return float(np.log(max(probability, _LEAST)))
