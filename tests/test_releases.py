"""Releases: written whole or not at all, the same bytes each time, and any change found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pandas as pd
import pytest
import small_project as small
import yaml

from vzevents import resources, tables
from vzevents.errors import InputError, ReleaseError
from vzevents.releases import build, content, write
from vzevents.releases.folders import list_versions
from vzevents.releases.manifest import read_manifest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _stand_in_events(monkeypatch):
    monkeypatch.setattr(build, "_make_events", small.stand_in_events)


@pytest.fixture
def release(tmp_path):
    """Write a small release and return its folder."""
    return small.write(small.build(), tmp_path)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Building


def test_build_makes_the_ten_tables_sorted_by_key():
    """All ten tables come out in the order and with the columns of the schemas, rows by key."""
    built = small.build()
    assert tuple(built) == tables.TABLE_NAMES
    for table, frame in built.items():
        assert list(frame.columns) == tables.column_names(table)
    assert list(built["actors"]["actor_id"]) == ["CAN", "VEN"]


def test_build_does_not_depend_on_the_order_of_rows():
    """Statements and links in another order give the same tables."""
    there = small.build()
    back = small.build(
        statements=[small.statement(2, "120D"), small.statement(1)], links=[small.link(2), small.link(1)]
    )
    for table in tables.TABLE_NAMES:
        pd.testing.assert_frame_equal(there[table], back[table])


def test_first_release_lists_its_events_alone():
    """A first release has one added row an event and nothing else in changes."""
    changes = small.build()["changes"]
    assert list(changes["row_id"]) == ["VZ-000001", "VZ-000002"]
    assert set(changes["action"]) == {"added"}
    assert changes[["column", "old", "new"]].isna().all(axis=None)
    assert set(changes["reason"]) == {"first release"}


def test_sources_are_read_from_the_project(tmp_path):
    """Every statements file is read, and a table without a file is empty."""
    small.write_sources(tmp_path)
    tables.write_table(
        tables.to_frame("statements", [small.statement(3)]),
        tmp_path / "data" / "statements" / "2020.csv",
        "statements",
    )
    (tmp_path / "data" / "limitations.csv").unlink()
    sources = build.read_sources(tmp_path, version="0.1.0")
    assert list(sources.statements["statement_id"]) == ["s1", "s2", "s3"]
    assert sources.limitations.empty
    assert sources.reasons is None


def test_project_without_data_has_empty_tables(tmp_path):
    """A project without curated tables is read as one without rows."""
    assert build.read_sources(tmp_path, version="0.1.0").statements.empty


def test_reasons_without_a_column_are_refused(tmp_path):
    """The message says which column of reasons.csv is missing."""
    small.write_sources(tmp_path)
    (tmp_path / "data" / "reasons.csv").write_text("table,row_id,column\nevents,VZ-000001,note\n")
    with pytest.raises(InputError, match=r"reasons\.csv:1: columns missing: reason"):
        build.read_sources(tmp_path, version="0.2.0")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("events,VZ-000001,note,", "must be filled"),
        ("events,VZ-000001,note,why,deleted", "action 'deleted': must be empty or one of withdrawn"),
        ("events,VZ-000001,note,why,,one cell too many", "no cell beyond the last column"),
    ],
)
def test_bad_reasons_are_refused_with_their_line(tmp_path, row, message):
    """A wrong row of reasons.csv is named by its line, with what is allowed."""
    small.write_sources(tmp_path)
    (tmp_path / "data" / "reasons.csv").write_text(f"table,row_id,column,reason,action\n{row}\n")
    with pytest.raises(InputError, match=rf"reasons\.csv:2: .*{message}"):
        build.read_sources(tmp_path, version="0.2.0")


# Writing


def test_release_has_every_file(release):
    """A release has a Parquet file a table and the nine other files, and no other."""
    others = ["CHANGES.md", "CITATION.cff", "LICENSE", "SHA256SUMS", "croissant.json", "datapackage.json"]
    parquet = [f"{table}.parquet" for table in tables.TABLE_NAMES]
    assert _names(release) == sorted([*others, "manifest.json", *parquet])


def test_writing_twice_gives_the_same_bytes(tmp_path):
    """Two writes of the same tables agree byte by byte, in every file."""
    first, second = (small.write(small.build(), tmp_path / name) for name in ("one", "two"))
    assert _names(first) == _names(second)
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in _names(first))


def test_tables_come_back_from_parquet(release):
    """What is read is what was built: rows, types and missing cells."""
    for table, frame in small.build().items():
        pd.testing.assert_frame_equal(tables.read_table(release / f"{table}.parquet", table), frame)


def test_manifest_says_what_made_the_release(release):
    """Version, date, note, codebook and rows of every table stand in the manifest."""
    manifest = read_manifest(release)
    assert (manifest.version, manifest.date, manifest.note) == ("0.1.0", "2026-11-22", small.NOTE)
    assert (manifest.codebook_version, manifest.codebook_sha256) == ("0.1.0", "c" * 64)
    assert manifest.tables["events"].rows == 2
    assert manifest.package_version


def test_missing_note_is_missing(tmp_path):
    """Without a note the manifest has null, not an empty text."""
    folder = small.write(small.build(), tmp_path, note="")
    assert json.loads((folder / "manifest.json").read_text())["note"] is None
    assert "**" not in (folder / "CHANGES.md").read_text()


def test_existing_version_is_never_overwritten(release, tmp_path):
    """A second write of a version is refused and changes nothing."""
    before = (release / "SHA256SUMS").read_bytes()
    with pytest.raises(ReleaseError, match="a release is never changed"):
        small.write(small.build(), tmp_path, note="another")
    assert (release / "SHA256SUMS").read_bytes() == before


@pytest.mark.parametrize(
    "version", ["1", "v0.1.0", "0.1", "0.1.0-rc.1", "../0.1.0", "01.0.0", "٠.١.٠", "0.1.0\n"]
)
def test_version_must_be_three_numbers(tmp_path, version):
    """What is not a version of three numbers is refused before anything is written."""
    with pytest.raises(ReleaseError, match=r"must be three numbers such as 0\.1\.0"):
        small.write(small.build(), tmp_path, version)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("failing", ["write_table", "verify_release", "changes_markdown"])
def test_failed_write_leaves_nothing(tmp_path, monkeypatch, failing):
    """Whatever fails, no release and no partial folder is left, and the error comes through."""

    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tables if failing == "write_table" else write, failing, fail)
    with pytest.raises(ReleaseError, match="No space left"):
        small.write(small.build(), tmp_path)
    assert _names(tmp_path / "data" / "releases") == []


KILLED = """
    import os, signal, sys
    import small_project as small
    from vzevents import tables
    from vzevents.releases import build, write
    from pathlib import Path

    build._make_events = small.stand_in_events
    def kill(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGKILL)
    setattr({module}, {name!r}, kill)
    small.write(small.build(), Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
@pytest.mark.parametrize(("module", "name"), [("write", "changes_markdown"), ("write", "_sync")])
def test_killed_write_leaves_no_release_and_the_next_cleans_up(tmp_path, module, name):
    """Killed half-way there is no release but a leftover that readers ignore; the next write clears it."""
    code = textwrap.dedent(KILLED).format(module=module, name=name)
    paths = os.pathsep.join([str(CHECKOUT), str(CHECKOUT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=os.environ | {"PYTHONPATH": paths}, check=False
    )
    releases = tmp_path / "data" / "releases"
    assert done.returncode == -signal.SIGKILL
    assert _names(releases) == [".partial-0.1.0"]
    small.write(small.build(), tmp_path)
    assert _names(releases) == ["0.1.0"]


def test_two_publishers_do_not_meet(tmp_path):
    """While one writes, another is refused instead of clearing away what the first has written."""
    pytest.importorskip("fcntl")
    releases = tmp_path / "data" / "releases"
    releases.mkdir(parents=True)
    with write._alone_in(releases), pytest.raises(ReleaseError, match="another publish is writing"):
        small.write(small.build(), tmp_path)


# Content and metadata


def test_content_hash_is_of_what_a_table_says():
    """Another order of rows keeps the hash; another cell, or missing for a text, does not."""
    events = small.build()["events"]
    assert content.content_sha256(events.iloc[::-1]) == content.content_sha256(events)
    changed = events.assign(note=["", pd.NA])
    assert content.content_sha256(changed) != content.content_sha256(events)


def test_content_hash_follows_its_documented_form():
    """The hash is that of JSON lines, which anybody can make without this package."""
    frame = pd.DataFrame({"id": ["b", "a"], "n": pd.array([1, None], dtype="Int64"), "x": [0.5, 2.0]})
    frame["day"] = pd.to_datetime(["2019-01-23", None])
    text = '["id","n","x","day"]\n["a",null,2.0,null]\n["b",1,0.5,"2019-01-23"]\n'
    assert content.content_sha256(frame) == content.sha256(text.encode())


def test_schema_hash_does_not_hear_of_wording():
    """Titles and descriptions can be mended without another schema; a column called title counts."""
    plain = content._without_wording({"columns": {"title": {"dtype": "string"}}})
    worded = {
        "title": "A",
        "description": None,
        "columns": {"title": {"dtype": "string", "description": "B"}},
    }
    assert content._without_wording(worded) == plain


def test_data_package_describes_every_file(release):
    """Each table is a resource with its file's hash, its columns and keys to tables that are there."""
    package = json.loads((release / "datapackage.json").read_text())
    resources = {resource["name"]: resource for resource in package["resources"]}
    files = read_manifest(release).files
    assert list(resources) == list(tables.TABLE_NAMES)
    for table, resource in resources.items():
        assert resource["hash"] == f"sha256:{files[resource['path']].sha256}"
        assert [field["name"] for field in resource["schema"]["fields"]] == tables.column_names(table)
        for foreign in resource["schema"].get("foreignKeys", []):
            assert foreign["reference"]["resource"] in resources
            assert set(foreign["fields"]) <= set(tables.column_names(table))


def test_croissant_describes_every_column(release):
    """Each column is a field drawn from a file that the description lists."""
    croissant = json.loads((release / "croissant.json").read_text())
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    files = {file["@id"]: file["sha256"] for file in croissant["distribution"]}
    for records in croissant["recordSet"]:
        assert [field["name"] for field in records["field"]] == tables.column_names(records["@id"])
        assert all(field["source"]["fileObject"]["@id"] in files for field in records["field"])
    assert files["events.parquet"] == read_manifest(release).files["events.parquet"].sha256


def test_release_has_a_citation_file(release):
    """The release's CITATION.cff is a data set of its version that says that there is no DOI."""
    citation = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert (citation["version"], citation["date-released"]) == ("0.1.0", "2026-11-22")
    assert "No DOI" in citation["message"]
    assert "doi" not in citation


def test_license_names_what_it_owes(release):
    """The licence is named with its address, and every source of places with it."""
    text = (release / "LICENSE").read_text()
    assert "https://creativecommons.org/licenses/by/4.0/" in text
    sources = {source.split()[0] for source in pd.read_parquet(release / "places.parquet")["source"].dropna()}
    assert {source for source in sources if source not in text} <= {"ISO", "vzevents"}
    assert "GeoNames" in text
    assert "airportsdata" in text


def test_project_files_agree_on_version_and_licence():
    """pyproject.toml, CITATION.cff and .zenodo.json name one version and one data licence."""
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    preferred = citation["preferred-citation"]
    zenodo = json.loads((CHECKOUT / ".zenodo.json").read_text(encoding="utf-8"))
    assert f'version = "{citation["version"]}"' in (CHECKOUT / "pyproject.toml").read_text()
    assert preferred["version"] == zenodo["version"]
    assert preferred["license"].lower() == zenodo["license"]
    assert preferred["title"] == zenodo["title"]
    assert "No DOI" in preferred["notes"]
    assert "No DOI" in zenodo["notes"]


def test_citation_file_is_of_the_newest_release():
    """Version and date in CITATION.cff are those of the newest release in data/releases."""
    releases = CHECKOUT / "data" / "releases"
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    for version in list_versions(releases)[-1:]:
        manifest = read_manifest(releases / version)
        preferred = citation["preferred-citation"]
        assert (preferred["version"], preferred["date-released"]) == (version, manifest.date)


def test_version_of_a_checkout_that_is_not_installed(monkeypatch):
    """Without the metadata of an installation the version is that of pyproject.toml."""
    told = resources.package_version()

    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    assert resources.package_version() == told
