"""Check patterns against each other: the same twice, never chosen, or chosen by their order alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import partial
from itertools import takewhile
from operator import ne
from typing import TYPE_CHECKING

from vzevents.codebook.reporting import PlacedPattern, placed_patterns

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.patterns import Element, Pattern, Slot


def check_patterns(contents: Contents) -> None:
    """Note patterns that stand twice, that never win and that win by their place alone.

    Parameters
    ----------
    contents : Contents
        The codebook as read; its `problems` grow.
    """
    groups = _only_once(
        placed
        for placed in placed_patterns(contents)
        # ACT in a pattern of a code is a mistake of its own.
        if placed.key in contents.operators or not placed.pattern.is_operator
    )
    # What an operator leads to depends on the act inside it: nothing can be said of two of them here.
    groups = [[one for one in group if not one.pattern.is_operator] for group in groups]
    unreachable = _unreachable([placed for group in groups for placed in group])
    for group in groups:
        _overlapping([placed for placed in group if placed not in unreachable])


def _only_once(patterns: Iterable[PlacedPattern]) -> list[list[PlacedPattern]]:
    """Report what asks for the same as an earlier pattern; return the rest, by all but their heads."""
    frames: dict[Hashable, dict[Hashable, PlacedPattern]] = defaultdict(dict)
    for placed in patterns:
        other = frames[_frame(placed.pattern)].setdefault(placed.pattern.heads, placed)
        if other is placed:
            continue
        if other.key == placed.key:
            same = "stands twice" if other.pattern.text == placed.pattern.text else f"means {_named(other)}"
            placed.report(f"pattern {placed.pattern.text!r} {same}; keep it or that in line {other.line}")
        else:
            message = f"is also a pattern of {_owner(other)}; one of them can never win"
            placed.report(f"pattern {placed.pattern.text!r} {message}")
    return [list(group.values()) for group in frames.values()]


def _unreachable(patterns: list[PlacedPattern]) -> set[PlacedPattern]:
    """Report patterns that match only where a stronger one of another code does, and return them."""
    shapes: dict[Hashable, dict[str, list[PlacedPattern]]] = {}
    for placed in sorted(patterns, key=_strength, reverse=True):  # so that rivals come first that win
        by_head = shapes.setdefault(_shape(placed.pattern), defaultdict(list))
        for word in {word for word, _ in placed.pattern.heads}:
            by_head[word].append(placed)
    found = set()
    for placed in patterns:
        by_head = shapes[_shape(placed.pattern)]
        rivals = min((by_head[word] for word, _ in placed.pattern.heads), key=len)
        stronger = takewhile(partial(ne, placed), rivals)
        winner = next(
            (r for r in stronger if r.key != placed.key and _covers(r.pattern, placed.pattern)), None
        )
        if winner is not None:
            found.add(placed)
            message = f"never wins: {_named(winner)} of {_owner(winner)} matches whenever it does"
            placed.report(f"pattern {placed.pattern.text!r} {message}, and is stronger")
    return found


def _overlapping(group: list[PlacedPattern]) -> None:
    """Warn where two patterns ask for the same behind a word they share, and the earlier one wins."""
    by_head: dict[tuple[str, str | None], list[PlacedPattern]] = defaultdict(list)
    shared: dict[tuple[PlacedPattern, PlacedPattern], list[str]] = defaultdict(list)
    for placed in group:
        for head in placed.pattern.heads:
            for rival in by_head[head]:
                if _only_order_decides(rival, placed):
                    shared[rival, placed].append("_".join(filter(None, head)))
            by_head[head].append(placed)
    for (rival, placed), words in shared.items():
        some = ", ".join(words[:3]) + (", …" if len(words) > 3 else "")
        message = f"shares {some} with {_named(rival)} of {_owner(rival)}; their order alone decides"
        placed.report(f"pattern {placed.pattern.text!r} {message}", "warning")


def _only_order_decides(one: PlacedPattern, other: PlacedPattern) -> bool:
    return one.key != other.key and _strength(one)[:2] == _strength(other)[:2]


def _strength(placed: PlacedPattern) -> tuple[int, int, int]:
    """Sort key as the coder's: weight, then the longer code, then the earlier; slots are the same here."""
    return placed.pattern.weight, len(placed.key), -placed.rank


def _frame(pattern: Pattern) -> Hashable:
    """Return everything that a pattern asks for but its head."""
    return pattern.language, pattern.nominal, pattern.subject, pattern.elements


def _shape(pattern: Pattern) -> Hashable:
    return pattern.language, pattern.nominal, tuple(element.kind for element in pattern.elements)


def _covers(wide: Pattern, narrow: Pattern) -> bool:
    """Whether one pattern matches whatever the other, of the same shape, matches."""
    if not _slot_covers(wide.subject, narrow.subject):
        return False
    if not all(map(_element_covers, wide.elements, narrow.elements)):
        return False
    return all(
        (word, particle) in wide.heads or (word, None) in wide.heads for word, particle in narrow.heads
    )


def _element_covers(wide: Element, narrow: Element) -> bool:
    if (wide.optional, wide.anywhere) != (narrow.optional, narrow.anywhere):
        return False
    if wide.kind == "never":
        return wide.prepositions == narrow.prepositions and wide.words <= narrow.words
    if bool(wide.prepositions) != bool(narrow.prepositions) or not wide.prepositions >= narrow.prepositions:
        return False
    return wide.words >= narrow.words and _slot_covers(wide.slot, narrow.slot)


def _slot_covers(wide: Slot | None, narrow: Slot | None) -> bool:
    if wide is None or narrow is None:
        return wide is narrow
    if (wide.name, wide.mutual) != (narrow.name, narrow.mutual):
        return False
    if not wide.conditions and not wide.words:
        return True
    asked = bool(narrow.conditions or narrow.words)
    return asked and wide.conditions >= narrow.conditions and wide.words >= narrow.words


def _named(placed: PlacedPattern) -> str:
    return repr(placed.pattern.text)


def _owner(placed: PlacedPattern) -> str:
    return f'"{placed.key}" ({placed.origin})'
