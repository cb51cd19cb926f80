"""Verifying a release: any change is found and named, and nothing in a manifest is trusted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import small_project as small

from vzevents.errors import ChecksumMismatchError, ReleaseError
from vzevents.releases import build, content
from vzevents.releases.folders import list_versions
from vzevents.releases.manifest import read_manifest
from vzevents.releases.verify import checksums, verify_release


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write a small release once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_make_events", small.stand_in_events)
        return small.write(small.build(), tmp_path_factory.mktemp("project"))


@pytest.fixture
def release(written, tmp_path):
    """Return a copy of the release, to be spoilt."""
    return Path(shutil.copytree(written, tmp_path / written.name))


def _reseal(folder: Path, edit) -> None:
    """Change the manifest as a forger would, with its line in SHA256SUMS."""
    entries = json.loads((folder / "manifest.json").read_text())
    edit(entries)
    (folder / "manifest.json").write_text(json.dumps(entries))
    (folder / "SHA256SUMS").write_text(checksums(folder, read_manifest(folder)))


def test_releases_of_the_project_are_as_published():
    """Every release in data/releases is still the one that was published."""
    releases = Path(__file__).parent.parent / "data" / "releases"
    for version in list_versions(releases):
        verify_release(releases / version)


def test_whole_release_verifies(release):
    """A release as written passes, also under another name."""
    verify_release(release)
    verify_release(release.rename(release.with_name("a copy")))


@pytest.mark.parametrize("name", ["events.parquet", "CHANGES.md", "manifest.json", "SHA256SUMS", "LICENSE"])
def test_one_changed_byte_is_found(release, name):
    """One byte changed in any file is found."""
    data = bytearray((release / name).read_bytes())
    place = data.index(b"\n") + 3 if name == "manifest.json" else len(data) // 2
    data[place] ^= 1
    (release / name).write_bytes(data)
    with pytest.raises(ReleaseError, match=name):
        verify_release(release)


def test_file_cut_in_half_is_found(release):
    """A Parquet file cut in half is named, with the sizes found and due."""
    path = release / "statements.parquet"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    message = rf"statements\.parquet: has {len(data) // 2} bytes, must have {len(data)}"
    with pytest.raises(ChecksumMismatchError, match=message):
        verify_release(release)


def test_missing_file_is_found(release):
    """A missing file is named."""
    (release / "events.parquet").unlink()
    with pytest.raises(ChecksumMismatchError, match=r"events\.parquet: missing"):
        verify_release(release)


@pytest.mark.parametrize("make", ["write_text", "mkdir"])
def test_extra_entry_is_found(release, make):
    """A file or folder that the manifest does not list is named."""
    extra = release / "extra.csv"
    extra.mkdir() if make == "mkdir" else extra.write_text("x")
    with pytest.raises(ChecksumMismatchError, match=r"extra\.csv: does not belong"):
        verify_release(release)


def test_link_is_refused(release):
    """A symbolic link is no file of a release, even to the right bytes."""
    path = release / "LICENSE"
    path.symlink_to(path.rename(release.parent / "LICENSE"))
    with pytest.raises(ChecksumMismatchError, match="LICENSE: does not belong"):
        verify_release(release)


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "a\\b", "..", ".hidden", "manifest.json", "", "a\n"]
)
def test_paths_in_a_manifest_are_refused(release, name):
    """A file name with a folder, or anything but a plain name, is refused before it is opened."""
    entries = json.loads((release / "manifest.json").read_text())
    entries["files"][name] = {"bytes": 0, "sha256": ""}
    (release / "manifest.json").write_text(json.dumps(entries))
    with pytest.raises(ReleaseError, match="must be a plain name"):
        verify_release(release)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a manifest"),
        ("[]", "not a manifest"),
        ("{}", "no entry 'files'"),
        ('{"files": [], "tables": {}}', "files: must be an object of objects"),
        ('{"files": {"a": {"bytes": "1", "sha256": ""}}, "tables": {}}', "bytes: must be a whole number"),
        ('{"files": {"a": {"bytes": 1, "sha256": 2}}, "tables": {}}', "sha256: must be text"),
        ('{"files": {}, "tables": {}}', "there is no table events"),
        ("[" * 100_000, "not a manifest"),
        ("\xff", "not a manifest"),
    ],
)
def test_broken_manifest_is_refused(release, text, message):
    """A manifest that is no manifest gives a message that names it, never another error."""
    (release / "manifest.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(ReleaseError, match=rf"manifest\.json: .*{message}"):
        verify_release(release)


def test_folder_without_manifest_is_no_release(tmp_path):
    """A folder without a manifest, or none at all, is said to be no release."""
    with pytest.raises(ReleaseError, match=r"is .* a release"):
        verify_release(tmp_path)
    with pytest.raises(ReleaseError, match=r"is .* a release"):
        verify_release(tmp_path / "nowhere")


def test_manifest_of_another_version_is_found(release):
    """A release folder renamed to another version is found."""
    moved = release.rename(release.with_name("0.2.0"))
    with pytest.raises(ReleaseError, match=r"is that of version 0\.1\.0"):
        verify_release(moved)


@pytest.mark.parametrize(
    ("entry", "value", "message"),
    [("rows", 3, "has 2 rows, must have 3"), ("content_sha256", "0" * 64, "content has another hash")],
)
def test_rows_and_content_are_checked(release, entry, value, message):
    """Rows and content must be those listed, even where all file hashes agree."""
    _reseal(release, lambda entries: entries["tables"]["events"].update({entry: value}))
    with pytest.raises(ChecksumMismatchError, match=rf"events\.parquet: .*{message}"):
        verify_release(release)


def test_listed_file_that_is_no_parquet_is_found(release):
    """A table's file that is no Parquet is named, even where its hash agrees."""
    (release / "events.parquet").write_bytes(b"nothing")
    entry = {"bytes": 7, "sha256": content.sha256(b"nothing")}
    _reseal(release, lambda entries: entries["files"].update({"events.parquet": entry}))
    with pytest.raises(ChecksumMismatchError, match=r"events\.parquet: cannot be read as Parquet"):
        verify_release(release)
