"""What users call: the right table of the right release, or an error that says what there is."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import small_project as small
import yaml
from published import needs_release

from vzevents import tables
from vzevents.codebook import Codebook
from vzevents.dataset import cite, list_releases, load
from vzevents.errors import ChecksumMismatchError, ReleaseError, ReleaseNotFoundError
from vzevents.releases import build, folders
from vzevents.releases.citation import Citation, render


@pytest.fixture(scope="module", autouse=True)
def _stand_in_events():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_make_events", small.stand_in_events)
        yield


@pytest.fixture(scope="module")
def written(tmp_path_factory, _stand_in_events):
    """Write the releases 0.1.0 and 0.10.0 once."""
    root, built = tmp_path_factory.mktemp("project"), small.build()
    small.write(built, root, "0.10.0", note="")
    return small.write(built, root).parent


@pytest.fixture
def releases(written, tmp_path):
    """Return a copy of the folder of both releases, to be spoilt."""
    return Path(shutil.copytree(written, tmp_path / "releases"))


@pytest.mark.parametrize("table", tables.TABLE_NAMES)
def test_load_gives_the_schema_columns_and_types(releases, table):
    """Each table has exactly its columns, in order, with the types of an empty table of its kind."""
    frame = load(table, data_dir=releases)
    expected = tables.to_frame(table, [])
    assert list(frame.columns) == list(expected.columns)
    assert frame.dtypes.astype(str).to_dict() == expected.dtypes.astype(str).to_dict()


def test_load_gives_what_was_built(releases):
    """Cells come back unchanged; missing is missing."""
    pd.testing.assert_frame_equal(load("events", data_dir=releases), small.build()["events"])
    assert pd.isna(load("events", data_dir=releases).loc[0, "goldstein"])


def test_events_and_the_newest_are_the_default(releases):
    """Without arguments come the events of the newest version, 0.10.0 after 0.1.0."""
    events = load(data_dir=str(releases))
    assert (events.attrs["table"], events.attrs["version"]) == ("events", "0.10.0")
    assert load(version="0.1.0", data_dir=releases).attrs["version"] == "0.1.0"


def test_attrs_name_the_file_that_was_read(releases):
    """attrs['sha256'] is the one that SHA256SUMS has."""
    codes = load("codes", version="0.1.0", data_dir=releases)
    sums = (releases / "0.1.0" / "SHA256SUMS").read_text()
    assert f"{codes.attrs['sha256']}  codes.parquet\n" in sums


def test_what_was_loaded_is_the_callers(releases):
    """A change to a loaded table does not reach the next load."""
    events = load(data_dir=releases)
    events.loc[0, "note"] = "mine"
    assert load(data_dir=releases)["note"].isna().all()


def test_unknown_table_is_said_with_those_there_are(releases):
    """The message names the ten tables."""
    with pytest.raises(
        ReleaseNotFoundError, match=r"no table 'event' in 0\.10\.0; there are: articles, .*changes"
    ):
        load("event", data_dir=releases)


@pytest.mark.parametrize("version", ["0.2.0", "0.1", "latest", "../0.1.0", "", "/", "."])
def test_unknown_version_is_said_with_those_there_are(releases, version):
    """Never another version: the message names those that are there, and no path is followed."""
    with pytest.raises(ReleaseNotFoundError, match=f"{re.escape(repr(version))}.* there are: 0.1.0, 0.10.0"):
        load(version=version, data_dir=releases)


def test_no_release_is_said(tmp_path):
    """An empty or a missing folder gives a message, not an empty table."""
    with pytest.raises(ReleaseNotFoundError, match=r"no release in .*there are: none"):
        load(data_dir=tmp_path)
    with pytest.raises(ReleaseNotFoundError, match="no such folder"):
        load(data_dir=tmp_path / "nowhere")


def test_changed_file_is_not_loaded(releases):
    """A file with one byte changed or cut off is refused; the other tables still load."""
    path = releases / "0.10.0" / "events.parquet"
    data = path.read_bytes()
    for wrong in (data[:-1], data[:100] + bytes([data[100] ^ 1]) + data[101:]):
        path.write_bytes(wrong)
        with pytest.raises(ChecksumMismatchError, match=r"events\.parquet: "):
            load(data_dir=releases)
    assert len(load("codes", data_dir=releases)) == 3


def test_folder_of_another_version_is_not_loaded(releases):
    """A release that was renamed to another version is refused."""
    (releases / "0.10.0").rename(releases / "0.11.0")
    with pytest.raises(ReleaseError, match=r"0\.11\.0: its manifest is that of version 0\.10\.0"):
        load(data_dir=releases)


def test_package_releases_are_the_default(releases, monkeypatch):
    """Without data_dir the releases of the package are read."""
    monkeypatch.setattr(folders, "resource_dir", {"data/releases": releases}.__getitem__)
    assert load().attrs["version"] == "0.10.0"
    assert len(list_releases()) == 2


def test_releases_are_listed_oldest_first(releases):
    """One row a release, by number; a leftover of a killed publish is no release."""
    (releases / ".partial-0.11.0").mkdir()
    listed = list_releases(data_dir=releases)
    assert list(listed["version"]) == ["0.1.0", "0.10.0"]
    assert list(listed["n_events"]) == [2, 2]
    assert listed["date"].dt.date.eq(small.DATE).all()
    assert listed.loc[0, "note"] == small.NOTE
    assert pd.isna(listed.loc[1, "note"])
    assert not listed["redacted"].any()


def test_list_of_no_release_keeps_its_columns(tmp_path):
    """No release is an empty table of the same columns and types."""
    listed = list_releases(data_dir=tmp_path)
    names = ["version", "date", "note", "n_events", "codebook_version", "redacted"]
    assert list(listed.columns) == names
    assert listed.empty
    assert str(listed["n_events"].dtype) == "Int64"


# Citations


def test_apa_says_version_doi_and_note(releases):
    """The APA form has author, year, version, that there is no DOI, and the maintainers' note."""
    assert cite("0.1.0", data_dir=releases) == (
        "The vzevents maintainers. (2026). vzevents: Venezuelan political events (Version 0.1.0) [Data set]. "
        "Codebook 0.1.0. No DOI has been assigned to this version. Demonstration, not for citation."
    )


def test_cite_takes_a_loaded_table(releases):
    """A table is cited as the release it came from, not as the newest."""
    events = load(version="0.1.0", data_dir=releases)
    assert "(Version 0.1.0)" in cite(events, data_dir=releases)
    assert "(Version 0.10.0)" in cite(data_dir=releases)


def test_table_of_unknown_release_is_not_cited(releases):
    """A table that does not say where it is from is not cited as if it did."""
    with pytest.raises(ReleaseError, match="does not say which release"):
        cite(pd.DataFrame(), data_dir=releases)


def test_unknown_style_is_refused(releases):
    """The message names the styles."""
    with pytest.raises(ValueError, match="must be one of apa, bibtex, cff"):
        cite(style="mla", data_dir=releases)


@pytest.mark.parametrize("version", ["0.1.0", "0.10.0"])
def test_cff_is_the_file_of_the_release(releases, version):
    """cite() and CITATION.cff are one text, and it is YAML with the version."""
    text = cite(version, style="cff", data_dir=releases)
    assert text + "\n" == (releases / version / "CITATION.cff").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["version"] == version


def test_bibtex_is_the_one_in_croissant(releases):
    """The entry for BibTeX is what croissant.json says to cite."""
    croissant = json.loads((releases / "0.1.0" / "croissant.json").read_text(encoding="utf-8"))
    assert croissant["citeAs"] == cite("0.1.0", style="bibtex", data_dir=releases)


def test_bibtex_escapes_what_tex_reads():
    """No character of a note is markup in TeX, and braces stay balanced."""
    note = "50% & more_or_less {#1} ~ ^ $x$ \\input"
    entry = render(Citation("0.1.0", "2026-11-22", "0.1.0", note), "bibtex")
    escaped = (
        r"50\% \& more\_or\_less \{\#1\} \textasciitilde{} \textasciicircum{} \$x\$ \textbackslash{}input"
    )
    assert escaped in entry
    assert re.sub(r"\\[{}]", "", entry).count("{") == re.sub(r"\\[{}]", "", entry).count("}")
    assert entry.startswith("@misc{vzevents_0_1_0,\n")


@pytest.mark.parametrize("style", ["apa", "bibtex", "cff"])
def test_every_style_has_the_same_facts(style):
    """Author, title, year, version, codebook, DOI and note stand in each form."""
    text = " ".join(render(Citation("1.2.3", "2030-05-06", "9.8.7", "a note."), style).split())
    for fact in (
        "The vzevents maintainers",
        "Venezuelan political events",
        "2030",
        "1.2.3",
        "Codebook 9.8.7",
    ):
        assert fact in text
    assert "No DOI has been assigned to this version. A note." in text


@needs_release
def test_codebook_edited_after_publishing_has_a_new_version():
    """Two codebooks never go by one version: the newest release has this one, or an older one."""
    manifest, codebook = folders.release_manifest(folders.find_release()), Codebook.load()
    released, here = (tuple(map(int, v.split("."))) for v in (manifest.codebook_version, codebook.version))
    assert released < here or (released == here and manifest.codebook_sha256 == codebook.sha256)
