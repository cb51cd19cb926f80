"""What tests need to know of data/releases: a checkout before its first release has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from vzevents.releases.folders import list_versions

CHECKOUT = Path(__file__).parents[1]
RELEASES = CHECKOUT / "data" / "releases"
PUBLISHED: list[str] = list_versions(RELEASES) if RELEASES.is_dir() else []

needs_release = pytest.mark.skipif(not PUBLISHED, reason="data/releases is empty: nothing is published yet")
