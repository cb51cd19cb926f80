"""A tour of bad input through the command line: message, exit code, no traceback, nothing written."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
import small_project as small
from click.testing import CliRunner, Result
from small_tables import valid_tables

from vzevents.cli import main
from vzevents.releases import build
from vzevents.tables import write_table

ARTICLE = {"article_id": "a1", "text": "Canada sent aid.", "published_date": "2021-06-11", "language": "en"}
SOUND = Path(__file__).parent / "codebooks" / "sound"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, so that messages name files as they were given."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(folder: Path, *arguments: str, code: int) -> Result:
    """Run a command that must end with an exit code, without a traceback and without writing a file."""
    before = contents(folder)
    result = CliRunner().invoke(main, arguments)
    assert isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    assert contents(folder) == before
    return result


def lines(*records: object) -> bytes:
    """Return JSON Lines."""
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def half(frame: pd.DataFrame, path: Path) -> None:
    """Write a Parquet file that was cut in half on its way."""
    frame.to_parquet(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


# code: files that cannot be read


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.jsonl", None, "missing.jsonl: no such file"),
        ("empty.jsonl", b"", "empty.jsonl: is empty (0 bytes)"),
        ("empty.csv", b"", "empty.csv: is empty (0 bytes)"),
        ("latin.txt", "dos años".encode("latin-1"), "latin.txt:1: not UTF-8: "),
        (
            "latin.jsonl",
            lines(ARTICLE) + json.dumps({**ARTICLE, "text": "año"}, ensure_ascii=False).encode("latin-1"),
            "latin.jsonl:2: not UTF-8: ",
        ),
        (
            "broken.jsonl",
            lines(*({**ARTICLE, "article_id": f"a{n}"} for n in range(6))) + b'{"article_id": "a7", "te\n',
            "broken.jsonl:7: not JSON: ",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("output", [["-o", "out.csv"], []], ids=["file", "stdout"])
def test_code_refuses_a_file(
    folder: Path, name: str, data: bytes | None, message: str, output: list[str]
) -> None:
    """The message names file and line; neither a file nor a line of output comes out. Exit code 3."""
    if data is not None:
        (folder / name).write_bytes(data)
    result = refused(folder, "code", name, *output, code=3)
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "data", "allowed"),
    [
        ("latin.txt", b"a\xf1o", "save the file as UTF-8"),
        ("broken.jsonl", b"not json\n", "each line must be one JSON object"),
        ("list.jsonl", b"[1]\n", "an object is due"),
        ("empty.jsonl", b'{"article_id": "a1"}\n', "text"),
    ],
)
def test_message_says_what_is_allowed(folder: Path, name: str, data: bytes, allowed: str) -> None:
    """A message does not only say what is wrong, but what to give instead."""
    (folder / name).write_bytes(data)
    message = refused(folder, "code", name, code=3).stderr
    assert f"{name}:1: " in message
    assert allowed in message


def test_code_refuses_a_folder(folder: Path) -> None:
    """A folder is refused by its name, with what to give instead. Exit code 3."""
    (folder / "articles").mkdir()
    message = refused(folder, "code", "articles", "-o", "out.csv", code=3).stderr
    assert "articles: is a folder; give its files" in message


def test_code_refuses_half_a_parquet_file(folder: Path) -> None:
    """A Parquet file cut in half is refused by its name. Exit code 3."""
    half(pd.DataFrame([ARTICLE] * 50), folder / "articles.parquet")
    message = refused(folder, "code", "articles.parquet", "-o", "out.csv", code=3).stderr
    assert "articles.parquet: not whole Parquet" in message


def test_code_needs_a_file(folder: Path) -> None:
    """Without a file the usage is shown. Exit code 2."""
    message = refused(folder, "code", code=2).stderr
    assert "Missing argument 'PATH...'" in message


# validate: files that cannot be read, and findings


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("events.csv", None, "events.csv: cannot be read: No such file"),
        ("events.csv", b"", "events.csv:1: no header line; the file is empty"),
        ("articles.jsonl", lines(ARTICLE) * 6 + b"{\n", "articles.jsonl:7: not JSON: "),
        ("articles.jsonl", '{"article_id": "ñ"}'.encode("latin-1"), "articles.jsonl:1: not UTF-8"),
        ("events.xlsx", b"PK", "events.xlsx: no table format; the name must end in .csv, .jsonl, .parquet"),
        ("mine.csv", b"a,b\n1,2\n", "mine.csv: neither its name nor its columns say which table it is"),
    ],
)
def test_validate_refuses_a_file(folder: Path, name: str, data: bytes | None, message: str) -> None:
    """The message names file and line, and what is allowed. Exit code 3."""
    if data is not None:
        (folder / name).write_bytes(data)
    result = refused(folder, "validate", name, code=3)
    assert message in result.stderr
    assert result.stdout == ""


def test_validate_refuses_half_a_parquet_file(folder: Path) -> None:
    """A Parquet file cut in half is refused by its name. Exit code 3."""
    half(valid_tables()["events"], folder / "events.parquet")
    message = refused(folder, "validate", "events.parquet", code=3).stderr
    assert "events.parquet: not a whole Parquet file" in message


def test_validate_finds_a_wrong_date(folder: Path) -> None:
    """A date that is none is a finding with its line, its value and the form that is allowed. Exit code 1."""
    path = folder / "articles.csv"
    write_table(valid_tables()["articles"], path, "articles")
    with path.open(newline="", encoding="utf-8") as file:
        header, row = csv.reader(file)
    row[header.index("published_date")] = "2019-02-30"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, row])
    found = refused(folder, "validate", "articles.csv", code=1).stdout
    assert (
        "articles.csv:2: error VZ103 published_date: '2019-02-30' is not a date written YYYY-MM-DD" in found
    )


def test_unknown_rule_is_wrong_usage(folder: Path) -> None:
    """A rule that does not exist is named. Exit code 2."""
    write_table(valid_tables()["articles"], folder / "articles.csv", "articles")
    message = refused(folder, "validate", "articles.csv", "--select", "VZ9999", code=2).stderr
    assert "VZ9999" in message


# codebook: mistakes in its files


@pytest.fixture
def project(folder: Path) -> Path:
    """Return a project whose codebook has no mistake."""
    shutil.copytree(SOUND, folder / "project" / "codebook")
    return folder / "project"


def test_codebook_check_finds_every_mistake(folder: Path, project: Path) -> None:
    """A code given twice and one without quotes are told in one run, with file and line. Exit code 1."""
    path = project / "codebook" / "codes" / "14.yaml"
    text = path.read_text(encoding="utf-8")
    n_lines = len(text.splitlines())
    path.write_text(
        text + '"120":\n  label: {en: A, es: A}\n014:\n  label: {en: B, es: B}\n', encoding="utf-8"
    )
    found = refused(folder, "codebook", "check", "--root", "project", code=1).stdout
    twice = f'codebook/codes/14.yaml:{n_lines + 1}: code "120" is already in codebook/codes/12.yaml:6'
    unquoted = f'codebook/codes/14.yaml:{n_lines + 3}: the key 014 is read as the number 12; quote it: "014"'
    assert twice in found
    assert unquoted in found


def test_wrong_codebook_is_not_used(folder: Path, project: Path) -> None:
    """A codebook with a mistake neither shows a code nor checks a table by it. Exit code 1."""
    (project / "codebook" / "codes" / "14.yaml").write_text("014: {}\n", encoding="utf-8")
    write_table(valid_tables()["articles"], folder / "articles.csv", "articles")
    for arguments in (["codebook", "show"], ["validate", "articles.csv"]):
        result = refused(folder, *arguments, "--root", "project", code=1)
        assert (
            'codebook/codes/14.yaml:1: the key 014 is read as the number 12; quote it: "014"' in result.stderr
        )
        assert result.stdout == ""


def test_unknown_code_is_wrong_usage(folder: Path) -> None:
    """A code that does not exist is named with those that are close. Exit code 2."""
    message = refused(folder, "codebook", "show", "defekt", code=2).stderr
    assert "'defekt' is neither a code nor the name of one; did you mean defect" in message


# releases


def test_verify_finds_one_changed_byte(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release whole and unchanged is fine; with one byte changed its file is named. Exit code 3."""
    monkeypatch.setattr(build, "_make_events", small.stand_in_events)
    release = small.write(small.build(), folder)
    assert CliRunner().invoke(main, ["verify", str(release)]).exit_code == 0
    path = release / "events.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    result = refused(folder, "verify", str(release), code=3)
    assert "events.parquet: " in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["verify", "cite"])
def test_release_that_is_not_there(folder: Path, command: str) -> None:
    """The version asked for is named, with those that there are. Exit code 3."""
    message = refused(folder, command, "9.9.9", code=3).stderr
    assert "'9.9.9'" in message
    assert "there are: " in message
