"""Units, answered -> everything that is told of a coder on one gold file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vzevents.agreement.figures import (
    Score,
    Threshold,
    Trust,
    confusion,
    scores,
    trade,
    trust,
    worked_out,
)
from vzevents.agreement.gold import Gold
from vzevents.agreement.units import Unit

_THRESHOLDS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong answer."""

    unit_id: str
    gold: tuple[str, ...]
    answer: str
    event_code: str
    rule_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Report:
    """What a coder reaches on `n` units of a gold file, coded in `seconds`.

    `figures`: name -> value and the interval in which it lies in 95 of 100 bootstrap draws; `confusion`:
    gold label, answer and how often, the most frequent first; `mistakes`: the surest first.
    """

    name: str
    n: int
    seconds: float | None
    figures: Mapping[str, tuple[float, float, float]]
    roots: tuple[Score, ...]
    confusion: tuple[tuple[str, str, int], ...]
    trust: Trust
    trade: tuple[Threshold, ...]
    mistakes: tuple[Mistake, ...]


def report(gold: Gold, units: Sequence[Unit], *, draws: int = 1000, seconds: float | None = None) -> Report:
    """Work out what is told of answers.

    Parameters
    ----------
    gold : Gold
        What they are compared with.
    units : sequence of Unit
        Its units, answered.
    draws : int, default 1000
        Bootstrap draws for the intervals.
    seconds : float, optional
        What coding took.

    Returns
    -------
    Report
    """
    figures = list(gold.figures())
    wrong = [
        Mistake(u.unit_id, tuple(sorted(u.gold)), label, g.event_code, g.rule_id, g.confidence)
        for u in units
        for label, g in u.answers.items()
        if label not in u.gold
    ]
    pairs = sorted(confusion(units).items(), key=lambda one: (-one[1], one[0]))
    return Report(
        name=gold.name,
        n=len(units),
        seconds=seconds,
        figures=worked_out(units, figures, draws=draws),
        roots=tuple(scores(units, draws=draws, only_coded=figures[0].only_coded)),
        confusion=tuple((label, answer, n) for (label, answer), n in pairs),
        trust=trust(units),
        trade=tuple(trade(units, _THRESHOLDS)),
        mistakes=tuple(sorted(wrong, key=lambda one: (-one.confidence, one.unit_id))),
    )
