"""Build the ten tables of a release from the codebook and the curated tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from vzevents import tables
from vzevents.errors import ReleaseError
from vzevents.releases.diff import diff_tables
from vzevents.releases.reasons import give_reasons, read_reasons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vzevents.codebook import Codebook

_ENDED = ("withdrawn", "merged", "split", "redacted")


@dataclass(frozen=True, slots=True)
class Sources:
    """The curated tables of a project, and why rows changed since its last release."""

    articles: pd.DataFrame
    statements: pd.DataFrame
    links: pd.DataFrame
    limitations: pd.DataFrame
    reasons: pd.DataFrame | None


def read_sources(root: Path, *, version: str) -> Sources:
    """Read the curated tables of a project.

    Parameters
    ----------
    root : Path
        The project. Read are, in its data/, articles.csv, statements/*.csv, links.csv and
        limitations.csv, each as its table and empty where there is none, and reasons.csv.
    version : str
        The version to be built, for its reasons.

    Returns
    -------
    Sources
        Every table with its columns in the order of the schema.

    Raises
    ------
    InputError
        If a file cannot be read.
    InvalidTableError
        If a cell has not the type of its column.
    """
    data = root / "data"
    parts = [tables.read_table(path, "statements") for path in sorted(data.glob("statements/*.csv"))]
    return Sources(
        articles=_read(data / "articles.csv", "articles"),
        statements=pd.concat(parts, ignore_index=True) if parts else tables.to_frame("statements", []),
        links=_read(data / "links.csv", "links"),
        limitations=_read(data / "limitations.csv", "limitations"),
        reasons=read_reasons(data / "reasons.csv", version),
    )


def _read(path: Path, table: str) -> pd.DataFrame:
    return tables.read_table(path, table) if path.exists() else tables.to_frame(table, [])


def build_tables(
    codebook: Codebook,
    articles: pd.DataFrame,
    statements: pd.DataFrame,
    links: pd.DataFrame,
    *,
    previous: Mapping[str, pd.DataFrame] | None,
    reasons: pd.DataFrame | None,
    limitations: pd.DataFrame,
    version: str,
) -> dict[str, pd.DataFrame]:
    """Build the ten tables of a release.

    Parameters
    ----------
    codebook : Codebook
        Gives actors, offices, codes and places, and the scales of the events.
    articles, statements, links, limitations : pandas.DataFrame
        The curated tables.
    previous : mapping of str to pandas.DataFrame, optional
        The tables of the release before; None for the first.
    reasons : pandas.DataFrame, optional
        Why rows changed: `table`, `row_id`, `column`, `reason`, and what `read_reasons` adds.
    version : str
        The version to be built.

    Returns
    -------
    dict of str to pandas.DataFrame
        The tables by name, rows sorted by key. `changes` is the history: that of the release
        before, then what changed since; a first release lists its events alone.

    Raises
    ------
    ReleaseError
        If a change has no reason, or an event id is given up without an end or used a second time.
    """
    built = {
        "articles": articles,
        "statements": statements,
        "links": links,
        "events": _make_events(statements, links, articles, codebook),
        "actors": codebook.actors_table(),
        "offices": codebook.offices_table(),
        "codes": codebook.codes_table(),
        "places": codebook.places_table(),
        "limitations": limitations,
    }
    built = {table: _in_order(frame, table) for table, frame in built.items()}
    built["changes"] = _in_order(_history(built, previous, reasons, version), "changes")
    return built


def _make_events(
    statements: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    from vzevents.events import make_events

    return make_events(statements, links, articles, codebook)


def _in_order(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    columns, key = tables.column_names(table), tables.key(table)
    return frame[columns].sort_values(key, kind="stable", ignore_index=True)


def _history(
    built: Mapping[str, pd.DataFrame],
    previous: Mapping[str, pd.DataFrame] | None,
    reasons: pd.DataFrame | None,
    version: str,
) -> pd.DataFrame:
    event_ids = list(built["events"]["event_id"])
    if previous is None:
        # Every row of a first release is new; only that of the events is worth a line each.
        changes = diff_tables({}, {"events": built["events"]}, version=version)
        return give_reasons(changes, None, events=event_ids, added="first release")
    changes = diff_tables(previous, built, version=version)
    _refuse_reused(changes, previous["changes"])
    changes = give_reasons(changes, reasons, events=event_ids, added="new in this release")
    return pd.concat([previous["changes"], changes], ignore_index=True)


def _refuse_reused(changes: pd.DataFrame, earlier: pd.DataFrame) -> None:
    ended = earlier["table"].eq("events") & earlier["column"].isna() & earlier["action"].isin(_ENDED)
    added = changes["table"].eq("events") & changes["column"].isna() & changes["action"].eq("added")
    reused = sorted(set(earlier.loc[ended, "row_id"]) & set(changes.loc[added, "row_id"]))
    if reused:
        ids = ", ".join(reused[:20])
        message = f"data/links.csv: event ids that an earlier release ended are used again: {ids}"
        raise ReleaseError(message)
