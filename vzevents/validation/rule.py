"""What a rule is: an id, a severity, a title, and the function that looks for what breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vzevents.validation.data import Data
from vzevents.validation.findings import Found, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of validation: `find` yields what breaks it, `explanation` says what it demands and why."""

    id: str
    severity: Severity
    title: str
    find: Callable[[Data], Iterator[Found]]
    explanation: str

    @property
    def name(self) -> str:
        """Name of its function, by which findings say what was checked."""
        return self.find.__name__.lstrip("_")
