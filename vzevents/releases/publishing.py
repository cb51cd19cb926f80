"""Publish a project as its next release: read, build, check, write."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from vzevents.codebook import Codebook
from vzevents.errors import InvalidTableError, ReleaseError
from vzevents.releases import content
from vzevents.releases.build import Sources, build_tables, read_sources
from vzevents.releases.folders import list_versions
from vzevents.releases.manifest import read_manifest
from vzevents.releases.verify import verify_release
from vzevents.releases.versions import check_version, demanded_level, parse_version
from vzevents.releases.write import write_release

if TYPE_CHECKING:
    from pathlib import Path

_Tables = dict[str, pd.DataFrame]
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Publication:
    """A release that was written, or in a dry run would have been (`folder` None)."""

    version: str
    date: datetime.date
    folder: Path | None
    tables: Mapping[str, pd.DataFrame]


def publish_release(
    version: str,
    *,
    root: Path,
    date: datetime.date | None = None,
    note: str = "",
    dry_run: bool = False,
) -> Publication:
    """Build the next release of a project, check it and write it.

    Parameters
    ----------
    version : str
        Its version: higher than the last, and by as much as the change demands.
    root : Path
        The project, with codebook/ and data/.
    date : datetime.date, optional
        Its date; by default that of the last commit.
    note : str
        What a reader must know, such as ``demonstration, not for citation``.
    dry_run : bool
        Do all but write.

    Returns
    -------
    Publication
        Where it lies and what is in it.

    Raises
    ------
    ReleaseError
        If the version is there already or too small, a change has no reason, or the date is unknown.
    InvalidTableError
        If a table breaks a rule; nothing is written then.
    """
    before = _last_release(version, root / "data" / "releases")
    day = date or _commit_date(root)
    codebook = Codebook.load(root / "codebook")
    previous = read_tables(before) if before else None
    tables = _build(codebook, read_sources(root, version=version), previous, version)
    if before:
        _check_version(version, before, tables["changes"])
    _refuse_errors(tables, codebook)
    if dry_run:
        return Publication(version, day, None, tables)
    made_by = {"codebook_version": codebook.version, "codebook_sha256": codebook.sha256}
    folder = write_release(tables, version, root, date=day, note=note, **made_by)
    return Publication(version, day, folder, tables)


def _last_release(version: str, releases: Path) -> Path | None:
    wanted = parse_version(version)
    versions = list_versions(releases) if releases.is_dir() else []
    if version in versions:
        message = (
            f"{releases / version}: is there already; a release is never changed, choose a higher number"
        )
        raise ReleaseError(message)
    if versions and wanted < parse_version(versions[-1]):
        message = f"version {version}: must be higher than the last release, {versions[-1]}"
        raise ReleaseError(message)
    return releases / versions[-1] if versions else None


def _build(codebook: Codebook, sources: Sources, previous: _Tables | None, version: str) -> _Tables:
    return build_tables(
        codebook,
        sources.articles,
        sources.statements,
        sources.links,
        previous=previous,
        reasons=sources.reasons,
        limitations=sources.limitations,
        version=version,
    )


def read_tables(folder: Path) -> _Tables:
    """Read all tables of a release, after checking it.

    Parameters
    ----------
    folder : Path
        The folder of the release.

    Returns
    -------
    dict of str to pandas.DataFrame
        The tables with the columns that they were written with.

    Raises
    ------
    ReleaseError
        If the release is not whole.
    """
    verify_release(folder)
    entries = read_manifest(folder).tables.items()
    return {name: content.read_parquet((folder / entry.file).read_bytes()) for name, entry in entries}


def _check_version(version: str, before: Path, changes: pd.DataFrame) -> None:
    earlier = read_manifest(before).tables
    schema_changes = [
        name for name, entry in earlier.items() if content.schema_sha256(name) != entry.schema_sha256
    ]
    level, why = demanded_level(changes[changes["version"].eq(version)], schema_changes)
    check_version(parse_version(version), parse_version(before.name), level, why)


def _refuse_errors(tables: _Tables, codebook: Codebook) -> None:
    from vzevents.validation import validate_tables

    errors = [issue for issue in validate_tables(tables, codebook) if issue.severity == "error"]
    if errors:
        lines = [
            f"{issue.table} row {issue.row} {issue.column or ''}: {issue.rule} {issue.message}"
            for issue in errors[:_SHOWN]
        ]
        more = [f"... and {len(errors) - _SHOWN} more"] if len(errors) > _SHOWN else []
        message = "\n".join([f"the release is refused; its tables have {len(errors)} errors:", *lines, *more])
        raise InvalidTableError(message, pd.DataFrame([asdict(issue) for issue in errors]))


def _commit_date(root: Path) -> datetime.date:
    command = ["git", "-C", str(root), "log", "-1", "--format=%cI"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        return datetime.datetime.fromisoformat(done.stdout.strip()).date()
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        message = f"{root}: no commit to take the release's date from; give it with --date YYYY-MM-DD"
        raise ReleaseError(message) from error
