"""The codebook: what decides a code, read from YAML into frozen rows."""

from __future__ import annotations

from vzevents.codebook.book import Codebook, find_problems
from vzevents.codebook.model import (
    Actor,
    Agent,
    Code,
    Crosswalk,
    Example,
    NearMiss,
    Office,
    Operator,
    Place,
)
from vzevents.codebook.problems import Problem

__all__ = [
    "Actor",
    "Agent",
    "Code",
    "Codebook",
    "Crosswalk",
    "Example",
    "NearMiss",
    "Office",
    "Operator",
    "Place",
    "Problem",
    "find_problems",
]
