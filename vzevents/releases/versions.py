"""Version numbers of releases, and the smallest number that a change may have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from vzevents.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

Level = Literal["patch", "minor", "major"]

# Not \d, which takes digits of every script; the name is also that of a folder.
_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})")

# Wording may be mended in a patch; everything else in a code's row decides what its events mean.
_WORDING = frozenset({"label_en", "label_es"})
_EVENT_ACTIONS = frozenset({"recoded", "merged", "split", "withdrawn"})


@dataclass(frozen=True, order=True, slots=True)
class Version:
    """A semantic version of three numbers; pre-releases and build numbers are not used."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def after(self, level: Level) -> Version:
        """Return the next version for a change of this level.

        Below 1.0.0 a major change raises the second number; the other levels are as ever.

        Parameters
        ----------
        level : {"patch", "minor", "major"}
            What the change demands.

        Returns
        -------
        Version
            The smallest number that such a change may have.
        """
        if level == "major" and self.major > 0:
            return Version(self.major + 1, 0, 0)
        if level in ("major", "minor"):
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


def is_version(text: str) -> bool:
    """Tell whether a text is a version number such as ``0.1.0``.

    Parameters
    ----------
    text : str
        Anything, a folder's name for one.

    Returns
    -------
    bool
        True for three numbers without leading zeros, joined by dots.
    """
    return _VERSION.fullmatch(text) is not None


def parse_version(text: str) -> Version:
    """Read a version number.

    Parameters
    ----------
    text : str
        Three numbers joined by dots.

    Returns
    -------
    Version
        To be compared and raised.

    Raises
    ------
    ReleaseError
        If the text is anything else.
    """
    match = _VERSION.fullmatch(text)
    if match is None:
        message = f"version {text!r}: must be three numbers such as 0.1.0 (semantic, no pre-release, no 'v')"
        raise ReleaseError(message)
    return Version(*(int(number) for number in match.groups()))


def demanded_level(changes: pd.DataFrame, schema_changes: Iterable[str] = ()) -> tuple[Level, str]:
    """Tell which part of the version number a change must raise, and why.

    Parameters
    ----------
    changes : pandas.DataFrame
        Rows of the changes table, against the release before.
    schema_changes : iterable of str
        Names of the tables whose schema is another one.

    Returns
    -------
    tuple of str
        ``"major"`` for a schema or the meaning of a code, ``"minor"`` for events added, withdrawn
        or recoded, else ``"patch"``; then the reason in words.
    """
    tables = sorted(schema_changes)
    if tables:
        return "major", f"the schema changed: {', '.join(tables)}"
    codes = _codes_with_other_meaning(changes)
    if codes:
        return "major", f"the meaning of codes changed: {', '.join(codes[:5])}"
    whole = changes["action"].isin(_EVENT_ACTIONS) | (
        changes["action"].eq("added") & changes["column"].isna()
    )
    events = changes.loc[changes["table"].eq("events") & whole, "row_id"].unique()
    if len(events):
        return "minor", f"{len(events)} events were added, withdrawn or recoded"
    return "patch", "neither schema nor codes nor the list of events changed"


def _codes_with_other_meaning(changes: pd.DataFrame) -> list[str]:
    # A definition where there was none explains a code; another definition changes it.
    explained = changes["column"].str.startswith("definition_").fillna(False) & changes["old"].isna()
    added = changes["action"].eq("added")
    meaning = changes["table"].eq("codes") & ~changes["column"].isin(_WORDING) & ~explained & ~added
    return sorted(changes.loc[meaning, "row_id"].unique())


def check_version(version: Version, before: Version, level: Level, why: str) -> None:
    """Refuse a version number that is too small for its change.

    Parameters
    ----------
    version, before : Version
        The number asked for, and that of the last release.
    level : {"patch", "minor", "major"}
        What the change demands.
    why : str
        The change in words, for the message.

    Raises
    ------
    ReleaseError
        If the number is smaller than the next one of that level.
    """
    smallest = before.after(level)
    if version < smallest:
        message = f"version {version}: too small after {before}, because {why}; the smallest is {smallest}"
        raise ReleaseError(message)
