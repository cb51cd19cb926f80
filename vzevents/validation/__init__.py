"""Validation: tables against schema, codebook and each other; every finding names its rule."""

from vzevents.validation.checking import Report, validate_paths, validate_tables
from vzevents.validation.findings import Issue, issues_frame
from vzevents.validation.rule import Rule
from vzevents.validation.rules import RULES

__all__ = ["RULES", "Issue", "Report", "Rule", "issues_frame", "validate_paths", "validate_tables"]
