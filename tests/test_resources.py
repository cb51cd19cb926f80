"""Where the package keeps things, and how it tells one version of its modules from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from vzevents.resources import sources_sha256, user_cache_dir


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """`VZEVENTS_CACHE_DIR` says where; unset or empty, it is the system's place for such files."""
    monkeypatch.setenv("VZEVENTS_CACHE_DIR", "elsewhere")
    assert user_cache_dir() == Path("elsewhere")
    monkeypatch.setenv("VZEVENTS_CACHE_DIR", "")
    assert user_cache_dir().is_absolute()
    assert "vzevents" in user_cache_dir().parts


def test_any_change_to_a_module_changes_the_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package's hash follows the names and contents of its modules, and of nothing else."""
    package = tmp_path / "sample_of_a_package"
    package.mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    found = []
    for name, text in (
        ("__init__.py", ""),
        ("a.py", "x = 1"),
        ("a.py", "x = 2"),
        ("b.py", "x = 2"),
        ("in/c.py", ""),
    ):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
        found.append(sources_sha256(package.name))
    assert len(set(found)) == 5
    (package / "notes.txt").write_text("x", encoding="utf-8")
    assert sources_sha256(package.name) == found[-1]
