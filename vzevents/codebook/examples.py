"""Run the examples of a codebook through a coder and say which come out otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vzevents.codebook.model import Example

Given = Mapping[str, str | None]  # the columns of `statements` that are compared, by name
CodeText = Callable[[str, str], Iterable[Given]]  # text, language -> accepted statements

_LITTLE_WORDS = frozenset("a an the el la los las un una unos unas".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a coder made of an example: expected statements missing, excluded codes given, all it gave."""

    example: Example
    missing: tuple[Mapping[str, str], ...]
    unwanted: tuple[str, ...]
    given: tuple[Given, ...]
    known: bool

    @property
    def passed(self) -> bool:
        """Whether every expected statement came out and no excluded code did."""
        return not self.missing and not self.unwanted


def run_examples(
    examples: Iterable[Example], code_text: CodeText, *, known_failures: Iterable[str] = ()
) -> Iterator[Outcome]:
    """Code each example and compare.

    Parameters
    ----------
    examples : iterable of Example
        Usually ``codebook.examples``.
    code_text : callable
        Text and language in, the accepted statements out: `event_code`, `source_text`, `target_text`,
        `source_actor`, `target_actor`, `to_text`, `to_actor` and `mode` of each.
    known_failures : iterable of str
        Keys of examples that are known to come out otherwise.

    Yields
    ------
    Outcome
        One per example. Statements beyond the expected ones are no failure.
    """
    known = frozenset(known_failures)
    for example in examples:
        given = tuple(code_text(example.text, example.language))
        codes = {row["event_code"] for row in given}
        missing = tuple(want for want in example.expected if not any(_agrees(want, row) for row in given))
        unwanted = tuple(code for code in example.is_not if code in codes)
        yield Outcome(example, missing, unwanted, given, known=example.key in known)


def _agrees(want: Mapping[str, str], row: Given) -> bool:
    """Whether a row is the statement wanted; of names, one may be the longer."""
    return (
        want["code"] == row.get("event_code")
        and want.get("mode", "asserted") == row.get("mode")
        and all(want[key] == row.get(key) for key in ("source_actor", "target_actor") if key in want)
        and (
            "to" not in want
            or want["to"] == row.get("to_actor")
            or _same_words(want["to"], row.get("to_text") or "")
        )
        and all(
            _same_words(want[key], row.get(f"{key}_text") or "")
            for key in ("source", "target")
            if key in want
        )
    )


def _same_words(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    return bool(a and b) and (a <= b or b <= a)


def _words(text: str) -> frozenset[str]:
    words = "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
    return frozenset(words) - _LITTLE_WORDS
