"""Where the rows of a codebook stand in its files, to report mistakes that only several of them show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import Code, Operator
    from vzevents.codebook.patterns import Pattern
    from vzevents.codebook.reading import Document, Step

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPattern:
    """A pattern with the code or operator it stands under and its place in a file."""

    key: str  # event code or operator id
    pattern: Pattern
    rank: int  # its place among all patterns
    document: Document
    path: tuple[Step, ...]

    @property
    def line(self) -> int:
        """The line that holds it."""
        return self.document.line(*self.path)

    @property
    def origin(self) -> str:
        """The line as ``file:line``."""
        return f"{self.document.file}:{self.line}"

    def report(self, message: str, severity: Severity = "error") -> None:
        """Note a mistake in the pattern."""
        self.document.report_line(self.line, message, severity=severity)


def report_at(contents: Contents, origin: str, message: str, severity: Severity = "error") -> None:
    """Note a mistake at a ``file:line``."""
    file, _, line = origin.rpartition(":")
    contents.documents[_below(file)].report_line(int(line), message, severity=severity)


def document_of(contents: Contents, row: Code | Operator) -> Document:
    """Return the file in which a code or operator stands."""
    return contents.documents[_below(row.origin.rpartition(":")[0])]


def placed_patterns(contents: Contents, *, operators: bool = True) -> Iterator[PlacedPattern]:
    """Yield every sound pattern of the codes, then of the operators, in the order in which they stand."""
    rows = [(code.event_code, code.patterns, document_of(contents, code)) for code in contents.codes]
    if operators:
        rows += [(o.operator_id, o.patterns, document_of(contents, o)) for o in contents.operators.values()]
    rank = 0
    for key, patterns, document in rows:
        for pattern, path in _paths(key, patterns, document):
            yield PlacedPattern(key, pattern, rank, document, path)
            rank += 1


def _paths(
    key: str, patterns: Sequence[Pattern], document: Document
) -> Iterator[tuple[Pattern, tuple[Step, ...]]]:
    """Yield patterns with their paths: the lines of a list that are bad patterns are not among them."""
    entry = document.data.get(key) if isinstance(document.data, dict) else None
    lists = entry.get("patterns") if isinstance(entry, dict) else None
    left = list(reversed(patterns))
    for language, lines in (lists if isinstance(lists, dict) else {}).items():
        for index, line in enumerate(lines if isinstance(lines, list) else []):
            if left and (left[-1].language, left[-1].text) == (language, line):
                yield left.pop(), (key, "patterns", language, index)


def _below(file: str) -> str:
    return file.partition("/")[2]
