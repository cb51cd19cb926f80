"""publish, verify, releases and cite: exit codes, output and messages."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, replace

import pytest
import small_project as small
from click.testing import CliRunner

import vzevents.validation
from vzevents import tables
from vzevents.cli import main
from vzevents.releases import build, content, folders, publishing


@dataclass(frozen=True)
class _Finding:
    severity: str
    rule: str = "VZ101"
    table: str = "events"
    row: int = 2
    column: str = "event_code"
    check: str = "codebook"
    value: str = "999"
    message: str = "no such code"


class _Codebooks:
    """Stands for the class Codebook; what it loads can be exchanged."""

    current = small.StandIn()

    def load(self, path):
        """Return the current stand-in."""
        return self.current


@pytest.fixture
def codebooks(monkeypatch):
    """Publish with stand-ins for codebook, events and validation."""
    books = _Codebooks()
    monkeypatch.setattr(publishing, "Codebook", books)
    monkeypatch.setattr(build, "_make_events", small.stand_in_events)
    monkeypatch.setattr(
        vzevents.validation, "validate_tables", lambda *_: [_Finding("warning")], raising=False
    )
    return books


@pytest.fixture
def project(tmp_path, codebooks, monkeypatch):
    """Make a project of a few rows and work in its folder."""
    small.write_sources(tmp_path)
    monkeypatch.chdir(tmp_path)
    releases = tmp_path / "data" / "releases"
    monkeypatch.setattr(folders, "resource_dir", lambda _: releases)
    return tmp_path


def _run(*arguments: str):
    return CliRunner().invoke(main, arguments)


def _publish(version: str = "0.1.0", *more: str):
    return _run("publish", version, "--date", "2026-11-22", *more)


# publish


def test_publish_writes_a_release_that_verifies(project):
    """Exit 0, rows of each table and the folder on standard output; verify agrees."""
    done = _publish("0.1.0", "--note", small.NOTE)
    assert done.exit_code == 0, done.output
    assert "statements         2 rows" in done.stdout
    assert "0.1.0 of 2026-11-22: written to data/releases/0.1.0" in done.stdout.replace("\\", "/")
    assert _run("verify", "0.1.0").exit_code == 0


def test_publish_elsewhere_with_root(project, tmp_path_factory, monkeypatch):
    """--root publishes another project than that of the current folder."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert _publish("0.1.0", "--root", str(project)).exit_code == 0
    assert (project / "data" / "releases" / "0.1.0" / "manifest.json").is_file()


def test_publish_dry_run_writes_nothing(project):
    """--dry-run does all but write."""
    done = _publish("0.1.0", "--dry-run")
    assert done.exit_code == 0
    assert "not written (dry run)" in done.stdout
    assert not (project / "data" / "releases").exists()


def test_publish_takes_the_date_of_the_commit(project):
    """Without --date it is that of the last commit, whatever day it is today."""
    commands = (
        ["git", "init", "-q"],
        [
            "git",
            "-c",
            "user.name=n",
            "-c",
            "user.email=e@example.org",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            "m",
        ],
    )
    dates = {"GIT_AUTHOR_DATE": "2020-02-29T12:00:00Z", "GIT_COMMITTER_DATE": "2020-02-29T12:00:00Z"}
    for command in commands:
        subprocess.run(command, cwd=project, env=_environment() | dates, check=True)
    assert "0.1.0 of 2020-02-29" in _run("publish", "0.1.0").stdout


def _environment() -> dict[str, str]:
    import os

    # A git hook sets these, and the commit would go into the project under test.
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}


def test_publish_without_any_date_is_refused(project):
    """Exit 3 and the option to give, where there is no commit."""
    done = _run("publish", "0.1.0")
    assert done.exit_code == 3
    assert "give it with --date YYYY-MM-DD" in done.stderr


def test_publish_refuses_tables_with_errors(project, monkeypatch):
    """Exit 1 and the findings on standard error; nothing is written."""
    findings = [_Finding("warning", message="only a warning"), *[_Finding("error")] * 25]
    monkeypatch.setattr(vzevents.validation, "validate_tables", lambda *_: findings)
    done = _publish()
    assert done.exit_code == 1
    assert "its tables have 25 errors" in done.stderr
    assert "events row 2 event_code: VZ101 no such code" in done.stderr
    assert "... and 5 more" in done.stderr
    assert "only a warning" not in done.stderr
    assert not (project / "data" / "releases").exists()


def test_publish_never_overwrites(project):
    """A second publish of a version exits 3 and leaves the first."""
    _publish()
    done = _publish()
    assert done.exit_code == 3
    assert "a release is never changed" in done.stderr
    assert _run("verify").exit_code == 0


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "../../x", "0.1.0-beta"])
def test_publish_refuses_what_is_no_version(project, version):
    """Exit 3 with the form that a version has."""
    done = _publish(version)
    assert done.exit_code == 3
    assert "must be three numbers such as 0.1.0" in done.stderr


def test_publish_refuses_an_older_version(project):
    """A version below the last is refused."""
    _publish("0.2.0")
    done = _publish("0.1.9")
    assert done.exit_code == 3
    assert "must be higher than the last release, 0.2.0" in done.stderr


def test_publish_refuses_too_small_a_version(project):
    """New events in a patch are refused with the smallest number; that number is taken."""
    _publish()
    three = [small.statement(1), small.statement(2, "120D"), small.statement(3)]
    small.write_sources(project, three, [small.link(n) for n in (1, 2, 3)])
    done = _publish("0.1.1")
    assert done.exit_code == 3
    assert "1 events were added, withdrawn or recoded; the smallest is 0.2.0" in done.stderr
    assert _publish("0.2.0").exit_code == 0


def test_publish_refuses_another_meaning_in_a_patch(project, codebooks):
    """Another scale of a code raises the second number below 1.0.0."""
    _publish()
    codebooks.current = small.StandIn(cells={"goldstein": 7.0})
    (project / "data" / "reasons.csv").write_text("table,row_id,column,reason\ncodes,*,*,scale filled\n")
    done = _publish("0.1.1")
    assert done.exit_code == 3
    assert "the meaning of codes changed: 054R; the smallest is 0.2.0" in done.stderr
    assert _publish("0.2.0").exit_code == 0


def test_publish_refuses_another_schema_in_a_patch(project, monkeypatch):
    """A table whose schema is another one raises the second number below 1.0.0."""
    _publish()
    plain = content.schema_sha256
    monkeypatch.setattr(content, "schema_sha256", lambda name: "new" if name == "links" else plain(name))
    done = _publish("0.1.1")
    assert done.exit_code == 3
    assert "the schema changed: links; the smallest is 0.2.0" in done.stderr


def test_publish_refuses_changes_without_reason(project):
    """Exit 3 and the rows; with reasons.csv the release is made, and CHANGES.md has the reason."""
    _publish()
    changed = [small.statement(1) | {"note": "n"}, small.statement(2, "120D")]
    small.write_sources(project, changed)
    done = _publish("0.1.1")
    assert done.exit_code == 3
    assert "statements s1 note: corrected without a reason" in done.stderr
    reasons = "version,table,row_id,column,reason\n0.1.1,statements,s1,note,explained\n0.0.9,events,x,y,old\n"
    (project / "data" / "reasons.csv").write_text(reasons)
    assert _publish("0.1.1").exit_code == 0
    told = (project / "data" / "releases" / "0.1.1" / "CHANGES.md").read_text()
    assert "- statements s1 corrected (`note`): explained\n" in told


def test_publish_does_not_build_upon_a_broken_release(project):
    """The release before is verified first."""
    _publish()
    (project / "data" / "releases" / "0.1.0" / "codes.parquet").write_bytes(b"")
    done = _publish("0.1.1")
    assert done.exit_code == 3
    assert "codes.parquet: has 0 bytes" in done.stderr


def test_publish_names_the_line_of_a_bad_cell(project):
    """A cell of the wrong type in the curated tables: exit 1 with file and line."""
    path = project / "data" / "links.csv"
    path.write_text(path.read_text().replace("1.0", "certain", 1))
    done = _publish()
    assert done.exit_code == 1
    assert "links.csv:2: score" in done.stderr


# verify


def test_verify_says_what_it_checked(project):
    """By version, by folder and by default."""
    _publish()
    for arguments in (["0.1.0"], [str(project / "data" / "releases" / "0.1.0")], []):
        done = _run("verify", *arguments)
        assert (done.exit_code, done.stdout) == (0, "0.1.0: 15 files as published, 10 tables\n")


def test_verify_finds_a_file_cut_in_half(project):
    """Exit 3 and the name of the file."""
    _publish()
    path = project / "data" / "releases" / "0.1.0" / "events.parquet"
    path.write_bytes(path.read_bytes()[:5000])
    done = _run("verify", "0.1.0")
    assert done.exit_code == 3
    assert "events.parquet: has 5000 bytes" in done.stderr
    assert "it was cut or changed; get the release again" in done.stderr


@pytest.mark.parametrize("release", ["9.9", "nowhere"])
def test_verify_of_neither_is_wrong_usage(project, release):
    """What is neither version nor folder is said to be neither, with the form of a version."""
    done = _run("verify", release)
    assert done.exit_code == 2
    assert f"'{release}' is neither a version (three numbers, such as 0.1.0) nor a folder" in done.stderr


@pytest.mark.parametrize("release", ["9.9.9", "data"])
def test_verify_of_no_release_is_said(project, release):
    """A version or folder that is no release: exit 3 and no traceback."""
    _publish()
    done = _run("verify", release)
    assert done.exit_code == 3
    assert done.stderr.startswith("Error: ")


# releases and cite


def test_releases_are_listed(project):
    """One line a release, with its note."""
    _publish("0.1.0", "--note", small.NOTE)
    done = _run("releases")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].split(maxsplit=4) == ["0.1.0", "2026-11-22", "2", "0.1.0", small.NOTE]


def test_releases_as_json(project):
    """JSON with null for what is missing."""
    _publish()
    rows = json.loads(_run("releases", "--json").stdout)
    assert rows[0]["version"] == "0.1.0"
    assert rows[0]["date"] == "2026-11-22"
    assert rows[0]["note"] is None
    assert rows[0]["redacted"] is False


def test_releases_show_a_note_as_text(project):
    """A note cannot colour or clear the terminal, nor mark up."""
    _publish("0.1.0", "--note", "\x1b[2J[red]x[/red]")
    done = _run("releases")
    assert "[red]x[/red]" in done.stdout
    assert "\x1b" not in done.stdout


def test_redacted_release_is_marked(project, monkeypatch):
    """A release that was redacted says so in the list."""
    _publish("0.1.0", "--note", small.NOTE)
    import vzevents.dataset as dataset

    plain = dataset.release_manifest
    monkeypatch.setattr(dataset, "release_manifest", lambda folder: replace(plain(folder), redacted=True))
    assert f"redacted; {small.NOTE}" in _run("releases").stdout


@pytest.mark.parametrize(
    ("arguments", "beginning"),
    [
        ([], "The vzevents"),
        (["0.1.0", "--style", "bibtex"], "@misc{"),
        (["--style", "cff"], "cff-version: 1.2.0"),
    ],
)
def test_cite_writes_the_citation(project, arguments, beginning):
    """Each style on standard output."""
    _publish()
    done = _run("cite", *arguments)
    assert done.exit_code == 0
    assert done.stdout.startswith(beginning)


def test_cite_of_no_release_is_said(project):
    """Exit 3 with the versions there are; a style that is none: exit 2."""
    _publish()
    done = _run("cite", "0.9.0")
    assert (done.exit_code, "there are: 0.1.0" in done.stderr) == (3, True)
    assert _run("cite", "--style", "mla").exit_code == 2


@pytest.mark.parametrize("command", ["publish", "verify", "releases", "cite"])
def test_help_has_an_example(command):
    """Each command says what it does and shows how."""
    done = _run(command, "--help")
    assert done.exit_code == 0
    assert f"Example:\n      vzevents {command}" in done.stdout


def test_table_names_stand_in_the_documentation_of_load():
    """The docstring of load() names every table."""
    from vzevents.dataset import load

    assert all(f'``"{table}"``' in str(load.__doc__) for table in tables.TABLE_NAMES)


def test_json_quiet_and_verbose(project):
    """--json is what programs read, -q leaves the summary out, -v says more."""
    told = json.loads(_publish("0.1.0", "--dry-run", "--json").stdout)
    assert (told["version"], told["date"], told["folder"]) == ("0.1.0", "2026-11-22", None)
    assert _publish("0.1.0", "-q").output == ""
    whole = json.loads(_run("verify", "--json").stdout)
    assert whole["tables"] == told["rows"]
    assert _run("verify", "-q").output == ""
    lines = _run("verify", "-v").stdout.splitlines()
    assert lines[:-1] == [f"{sha256}  {name}" for name, sha256 in whole["files"].items()]
    changed = [small.statement(1) | {"note": "n"}, small.statement(2, "120D")]
    small.write_sources(project, changed)
    reasons = "table,row_id,column,reason\nstatements,s1,note,explained\n"
    (project / "data" / "reasons.csv").write_text(reasons)
    assert _publish("0.1.1", "-v").stdout.startswith("statements: corrected 1\n")


def test_cite_as_json(project):
    """--json has the facts of the citation and its text in the style asked for."""
    _publish()
    told = json.loads(_run("cite", "--style", "bibtex", "--json").stdout)
    assert (told["version"], told["date"], told["type"]) == ("0.1.0", "2026-11-22", "dataset")
    assert told["authors"] == ["The vzevents maintainers"]
    assert told["text"].startswith("@misc{")
