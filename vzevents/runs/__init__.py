"""Coding runs: articles in batches -> parts -> one file; in one process, in several, or on a cluster."""

from vzevents.runs.batches import Counts, Settings
from vzevents.runs.running import Workers, code_to_file

__all__ = ["Counts", "Settings", "Workers", "code_to_file"]
