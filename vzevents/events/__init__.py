"""Coded statements -> links and events: what happened, told from what was said of it."""

from __future__ import annotations

import pandas as pd

from vzevents.codebook import Codebook
from vzevents.events.linking import link_statements
from vzevents.events.making import make_events

__all__ = ["link_events", "link_statements", "make_events"]


def link_events(
    statements: pd.DataFrame, articles: pd.DataFrame, *, codebook: Codebook | None = None, first: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the links and the events of coded statements.

    Parameters
    ----------
    statements, articles : pandas.DataFrame
        The tables of those names.
    codebook : Codebook, optional
        The bundled one when left out.
    first : int, default 1
        Number of the first event: 123 gives ``VZ-000123``.

    Returns
    -------
    tuple of pandas.DataFrame
        The `links` and the `events` table.
    """
    codebook = codebook or Codebook.load()
    links = link_statements(statements, articles, codebook=codebook, first=first)
    return links, make_events(statements, links, articles, codebook)
