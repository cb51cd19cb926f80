"""What users call: load a table, list the releases, cite one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from vzevents.errors import ReleaseError, ReleaseNotFoundError
from vzevents.releases import content
from vzevents.releases.citation import STYLES, Citation, Style, render
from vzevents.releases.folders import find_release, list_versions, release_manifest, releases_dir
from vzevents.releases.verify import checked_bytes

if TYPE_CHECKING:
    from pathlib import Path


def load(
    table: str = "events", *, version: str | None = None, data_dir: str | Path | None = None
) -> pd.DataFrame:
    """Load a table of a release.

    Nothing is fetched: the releases are those inside the package, or in `data_dir`. The file is
    checked against its SHA-256 before it is read.

    Parameters
    ----------
    table : str
        ``"events"`` (an act asserted to have happened), ``"statements"`` (a report of one, as coded),
        ``"articles"``, ``"links"``, ``"actors"``, ``"offices"``, ``"codes"``, ``"places"``,
        ``"limitations"`` or ``"changes"``.
    version : str, optional
        The release, such as ``"0.1.0"``; by default the newest.
    data_dir : str or Path, optional
        A folder with one folder a version; by default that of the package.

    Returns
    -------
    pandas.DataFrame
        Exactly the columns that docs/columns.md lists for the table, in its order, with rows sorted
        by key. Text is ``string``, whole numbers ``Int64``, numbers ``Float64``, truth values
        ``boolean``, dates ``datetime64[us]``; what is missing is ``pd.NA``, or ``pd.NaT`` in dates.
        Codes and ids are text and keep their leading zeros. `attrs` has ``version``, ``table`` and
        ``sha256`` of the file.

    Raises
    ------
    ReleaseNotFoundError
        If there is no such table or version; the message names those that are.
    ChecksumMismatchError
        If the file is not the one that was released.

    Examples
    --------
    >>> import vzevents
    >>> events = vzevents.load()
    >>> events.columns[0]
    'event_id'
    """
    folder = find_release(version, data_dir)
    manifest = release_manifest(folder)
    if table not in manifest.tables:
        message = f"no table {table!r} in {folder.name}; there are: {', '.join(manifest.tables)}"
        raise ReleaseNotFoundError(message)
    name = manifest.tables[table].file
    # Read once: what is parsed are the very bytes that were checked.
    frame = content.read_parquet(checked_bytes(folder, name, manifest.files[name]))
    frame.attrs = {"version": manifest.version, "table": table, "sha256": manifest.files[name].sha256}
    return frame


def list_releases(*, data_dir: str | Path | None = None) -> pd.DataFrame:
    """List the releases.

    Parameters
    ----------
    data_dir : str or Path, optional
        A folder with one folder a version; by default that of the package.

    Returns
    -------
    pandas.DataFrame
        Oldest first: `version`, `date` (datetime64), `note` (missing where nothing need be said),
        `n_events` (Int64), `codebook_version`, `redacted` (boolean: whether personal data were
        taken out after publication).

    Examples
    --------
    >>> import vzevents
    >>> "version" in vzevents.list_releases()
    True
    """
    folder = releases_dir(data_dir)
    manifests = [release_manifest(folder.joinpath(version)) for version in list_versions(folder)]
    rows = [
        (m.version, m.date, m.note, m.tables["events"].rows, m.codebook_version, m.redacted)
        for m in manifests
    ]
    types = {
        "version": "string",
        "date": "datetime64[us]",
        "note": "string",
        "n_events": "Int64",
        "codebook_version": "string",
        "redacted": "boolean",
    }
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def cite(
    version: str | pd.DataFrame | None = None,
    *,
    style: Style = "apa",
    data_dir: str | Path | None = None,
) -> str:
    """Say how to cite a release.

    Parameters
    ----------
    version : str or pandas.DataFrame, optional
        The release, or a table that `load` returned; by default the newest.
    style : {"apa", "bibtex", "cff"}
        In which form.
    data_dir : str or Path, optional
        A folder with one folder a version; by default that of the package.

    Returns
    -------
    str
        The citation. It says that there is no DOI, and the maintainers' note on the release.

    Raises
    ------
    ReleaseNotFoundError
        If there is no such version.
    ReleaseError
        If a table does not say which release it is from.
    ValueError
        If there is no such style.

    Examples
    --------
    >>> import vzevents
    >>> vzevents.cite().startswith("The vzevents maintainers")
    True
    """
    if style not in STYLES:
        message = f"style {style!r}: must be one of {', '.join(STYLES)}"
        raise ValueError(message)
    wanted = _version_of(version) if isinstance(version, pd.DataFrame) else version
    return render(Citation.of(release_manifest(find_release(wanted, data_dir))), style)


def _version_of(frame: pd.DataFrame) -> str:
    version = frame.attrs.get("version")
    if not isinstance(version, str):
        message = (
            "the table does not say which release it is from (attrs['version']); give the version as text"
        )
        raise ReleaseError(message)
    return version
