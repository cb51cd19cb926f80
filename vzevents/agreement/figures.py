"""Figures of agreement: precision, recall, F1, their intervals, and how far confidence can be believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vzevents.agreement.units import Unit

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_NONE = "-"  # in a confusion table: no label, or no answer
_BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Agreement on one label; `n` is how often the gold file gives it, `f1_low` to `f1_high` 95 in 100."""

    label: str
    n: int
    precision: float
    recall: float
    f1: float
    f1_low: float = float("nan")
    f1_high: float = float("nan")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by group and label, each (G, L): labels that are right, that are given, that are wanted."""

    labels: tuple[str, ...]
    right: Floats
    given: Floats
    wanted: Floats

    def drawn(self, weights: Floats) -> Tally:
        """Return the sums of groups drawn with these weights (D, G), each (D, L)."""
        return Tally(self.labels, weights @ self.right, weights @ self.given, weights @ self.wanted)

    def total(self) -> Tally:
        """Return the sums of all groups, each (1, L)."""
        return self.drawn(np.ones((1, len(self.right))))

    @property
    def f1(self) -> Floats:
        """F1 by label, (G, L); 0 where nothing is given or wanted."""
        return _share(2 * self.right, self.given + self.wanted)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: from which units it is worked out, under which labels, and how, of each row of a tally."""

    name: str
    of: Callable[[Tally, Tally], Floats]  # of drawn groups, and of all of them
    under: Mapping[str, str] | None = None
    only_coded: bool = False  # units without a gold label are left out


def tally(
    units: Sequence[Unit], *, under: Mapping[str, str] | None = None, only_coded: bool = False
) -> Tally:
    """Count by group and label.

    Parameters
    ----------
    units : sequence of Unit
        The units, answered.
    under : mapping of str to str, optional
        Label -> wider label that counts instead.
    only_coded : bool, default False
        Leave units out that have no gold label.

    Returns
    -------
    Tally
        Groups in the order in which they come first, whatever is left out; labels sorted.
    """
    groups = {group: n for n, group in enumerate(dict.fromkeys(unit.group for unit in units))}
    kept = [unit for unit in units if unit.gold or not only_coded]
    wide = (lambda label: label) if under is None else lambda label: under.get(label, label)
    labels = sorted({wide(label) for unit in kept for label in (*unit.gold, *unit.answers)})
    place = {label: n for n, label in enumerate(labels)}
    counts = np.zeros((3, len(groups), len(labels)))
    for unit in kept:
        gold, given = {wide(label) for label in unit.gold}, {wide(label) for label in unit.answers}
        for row, found in enumerate((gold & given, given, gold)):
            for label in found:
                counts[row, groups[unit.group], place[label]] += 1
    return Tally(tuple(labels), *counts)


def scores(units: Sequence[Unit], *, draws: int = 0, only_coded: bool = False) -> list[Score]:
    """Return precision, recall and F1 of each gold label, sorted by label.

    Parameters
    ----------
    units : sequence of Unit
        The units, answered.
    draws : int, default 0
        Bootstrap draws for the intervals; without any they are not a number.
    only_coded : bool, default False
        Leave units out that have no gold label.

    Returns
    -------
    list of Score
    """
    counted = tally(units, only_coded=only_coded)
    total = counted.total()
    precision, recall = _share(total.right, total.given)[0], _share(total.right, total.wanted)[0]
    low, high = _interval(counted.drawn(_weights(len(counted.right), draws)).f1)
    found = zip(counted.labels, total.wanted[0], precision, recall, total.f1[0], low, high, strict=True)
    return [Score(label, int(n), *map(float, rest)) for label, n, *rest in found if n]


def worked_out(
    units: Sequence[Unit], figures: Sequence[Figure], *, draws: int = 0
) -> dict[str, tuple[float, float, float]]:
    """Return each figure with the interval in which it lies in 95 of 100 bootstrap draws of groups."""
    found = {}
    for figure in figures:
        counted = tally(units, under=figure.under, only_coded=figure.only_coded)
        total = counted.total()
        low, high = _interval(figure.of(counted.drawn(_weights(len(counted.right), draws)), total))
        found[figure.name] = (float(figure.of(total, total)[0]), float(low), float(high))
    return found


def macro_f1(
    name: str, *, under: Mapping[str, str] | None = None, least: int = 1, only_coded: bool = False
) -> Figure:
    """Return the mean F1 over the labels that the gold file gives at least so often."""

    def mean(counted: Tally, total: Tally) -> Floats:
        often = total.wanted[0] >= least
        return _share(counted.f1[:, often].sum(axis=1), np.full(len(counted.f1), often.sum(), dtype=float))

    return Figure(name, mean, under, only_coded)


def micro_f1(name: str, *, only_coded: bool = False) -> Figure:
    """Return F1 over all labels together."""
    return Figure(
        name,
        lambda t, _: _share(2 * t.right.sum(1), t.given.sum(1) + t.wanted.sum(1)),
        only_coded=only_coded,
    )


def accuracy(name: str) -> Figure:
    """Return which share of the gold labels is answered right."""
    return Figure(name, lambda t, _: _share(t.right.sum(1), t.wanted.sum(1)))


def precision(name: str) -> Figure:
    """Return which share of the answers is right."""
    return Figure(name, lambda t, _: _share(t.right.sum(1), t.given.sum(1)))


def confusion(units: Sequence[Unit]) -> Counter[tuple[str, str]]:
    """Count pairs of gold label and answer; ``-`` stands for no label, or no answer."""
    found: Counter[tuple[str, str]] = Counter()
    for unit in units:
        given = set(unit.answers)
        found.update((label, label) for label in unit.gold & given)
        missed, wrong = sorted(unit.gold - given), sorted(given - unit.gold)
        found.update((label, answer) for label in missed for answer in wrong or [_NONE])
        if not missed:
            found.update((_NONE, answer) for answer in wrong)
    return found


@dataclass(frozen=True, slots=True)
class Trust:
    """How far confidence can be believed: of answers about as sure, how many are right.

    `error` is the mean distance of confidence and share of right answers over ten bins, weighted by answers
    (expected calibration error); `auroc` how likely a right answer is surer than a wrong one.
    """

    n: int
    error: float
    auroc: float
    bins: tuple[tuple[float, float, int], ...]  # mean confidence, share right, answers


def trust(units: Sequence[Unit]) -> Trust:
    """Return how far the confidence of answers can be believed."""
    told = sorted((g.confidence, label in u.gold) for u in units for label, g in u.answers.items())
    sure = np.array([confidence for confidence, _ in told])
    right = np.array([is_right for _, is_right in told], dtype=bool)
    place = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    bins = tuple(
        (float(sure[place == b].mean()), float(right[place == b].mean()), int((place == b).sum()))
        for b in range(_BINS)
        if (place == b).any()
    )
    error = sum(abs(mean - share) * n for mean, share, n in bins) / len(told) if told else float("nan")
    return Trust(len(told), error, _auroc(sure, right), bins)


@dataclass(frozen=True, slots=True)
class Threshold:
    """What is left when answers below a confidence are left out."""

    threshold: float
    answers: int
    precision: float
    recall: float


def trade(units: Sequence[Unit], thresholds: Sequence[float]) -> list[Threshold]:
    """Return what each threshold gives of precision and takes of recall, over all units."""
    wanted = sum(len(unit.gold) for unit in units)
    told = [(g.confidence, label in u.gold) for u in units for label, g in u.answers.items()]
    found = []
    for threshold in thresholds:
        left = [is_right for confidence, is_right in told if confidence >= threshold]
        found.append(
            Threshold(
                threshold,
                len(left),
                sum(left) / len(left) if left else float("nan"),
                sum(left) / wanted if wanted else float("nan"),
            )
        )
    return found


def _auroc(sure: Floats, right: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    """Return how likely a right answer is surer than a wrong one; ties count half."""
    if right.all() or not right.any():
        return float("nan")
    _, place, counts = np.unique(sure, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    n = right.sum()
    return float((ranks[right].sum() - n * (n + 1) / 2) / (n * (len(right) - n)))


def _weights(groups: int, draws: int) -> Floats:
    """Return how often each group is drawn in each of some bootstrap draws, (D, G); always the same."""
    rng = np.random.default_rng(2019)
    return rng.multinomial(groups, np.full(groups, 1 / groups), size=draws).astype(float)


def _interval(drawn: Floats) -> tuple[Floats, Floats]:
    if not len(drawn):
        nothing = np.full(drawn.shape[1:], np.nan)
        return nothing, nothing
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return low, high


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
