"""The code command: what it writes, what it refuses, and that nothing half done is left behind."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from vzevents.articles import Article
from vzevents.cli import main
from vzevents.rows import CodedText
from vzevents.runs import batches
from vzevents.sentences import Sentence, Token
from vzevents.tablefiles import read_raw
from vzevents.tables import arrow_schema, column_names, read_table, to_frame

ANSWER = {
    "event_code": "051",
    "event_root_code": "05",
    "plover": None,
    "benchmark_root": "SUPPORT",
    "quad_class": np.int64(1),
    "confidence": np.float32(0.5),
    "rule_id": "051.en.1",
    "alternatives": [
        {"event_code": "054", "score": np.float64(0.25)},
        {"event_code": "050", "score": np.nan},
    ],
}

WORD = Token(0, "Words", "word", "NOUN", "NNS", "ROOT", 0, 0, 5)
SENTENCE = Sentence(0, 0, 5, "Words", "en", (WORD,), "Words")


class StandInCoder:
    """Makes one accepted and one rejected statement of an article, of "none" none; fails at "fail"."""

    made = 0

    def __init__(self, *, model: object, threshold: float = 0.0, skip: bool = True) -> None:
        StandInCoder.made += 1

    def read_all(self, articles: Iterable[Article]) -> list[CodedText]:
        """Read one sentence an article."""
        return [CodedText(article, "en", (SENTENCE,), ()) for article in articles]

    def frame(self, coded: Iterable[CodedText]) -> pd.DataFrame:
        """Return the rows of all articles."""
        return to_frame("statements", [row for one in coded for row in self._rows(one.article)])

    def _rows(self, article: Article) -> list[dict[str, object]]:
        if article.text == "fail":
            raise RuntimeError(article.article_id)
        if article.text == "none":
            return []
        row = {"article_id": article.article_id, "action_text": article.text[:10], "event_date": None}
        accepted = {"statement_id": "s1", "event_code": "014", "status": "accepted", "confidence": 0.5}
        rejected = {
            "statement_id": "s2",
            "status": "rejected",
            "reject_reason": "negated",
            "reciprocal": False,
        }
        return [row | accepted | {"event_date": article.published_date}, row | rejected]

    def code_statement(
        self, text: str, *, source: str, target: str, language: str | None = None
    ) -> dict[str, object]:
        """Return the same answer to all."""
        return {**ANSWER, "rule_id": f"{source}>{target}:{language}"}


@pytest.fixture(autouse=True)
def coder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the stand-in in the coder's place: these tests need no parser."""
    monkeypatch.setattr("vzevents.coding.Coder", StandInCoder)
    monkeypatch.setattr("vzevents.runs.batches.Coder", StandInCoder)
    monkeypatch.setattr("vzevents.runs.batches._stamp", lambda _settings: "stand-in")
    monkeypatch.setattr(StandInCoder, "made", 0)
    batches._coder.cache_clear()
    yield
    batches._coder.cache_clear()


def run(*arguments: object) -> Result:
    """Run the command with standard error apart."""
    return CliRunner().invoke(main, ["code", *map(str, arguments)])


def jsonl(path: Path, *records: object) -> Path:
    """Write records, or lines as they are."""
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def article(name: str = "007", text: str = "Some words.") -> dict[str, str]:
    """Return an article's record."""
    return {"article_id": name, "text": text, "published_date": "2021-06-11", "language": "en"}


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_writes_the_statements_table(tmp_path: Path, suffix: str) -> None:
    """Every format holds the same table, with ids and codes as text and missing as missing."""
    source = jsonl(tmp_path / "in.jsonl", article(), article("8", "none"), article("9"))
    result = run(source, "-o", tmp_path / f"out{suffix}")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "3 articles, 3 sentences: 2 statements accepted, 2 rejected" in result.stderr
    table = read_table(tmp_path / f"out{suffix}", "statements")
    assert list(table.columns) == column_names("statements")
    assert table["article_id"].tolist() == ["007", "007", "9", "9"]
    assert table["event_code"].isna().tolist() == [False, True, False, True]
    assert table["event_code"][0] == "014"
    assert table["event_date"][0] == pd.Timestamp("2021-06-11")
    assert table["reciprocal"][1] == np.False_
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", f"out{suffix}"]


def test_missing_is_null_and_empty(tmp_path: Path) -> None:
    """Missing cells are null in JSON Lines and empty fields in CSV."""
    source = jsonl(tmp_path / "in.jsonl", article())
    run(source, "-o", tmp_path / "out.jsonl")
    run(source, "-o", tmp_path / "out.csv")
    first = json.loads((tmp_path / "out.jsonl").read_text().splitlines()[0])
    assert (first["target_actor"], first["killed_low"], first["confidence"]) == (None, None, 0.5)
    with (tmp_path / "out.csv").open(newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["target_actor"], row["killed_low"], row["event_date"]) == ("", "", "2021-06-11")


def test_parquet_has_the_schema_of_the_table(tmp_path: Path) -> None:
    """The Parquet file has the table's Arrow schema, also where no article gives a statement."""
    source = jsonl(tmp_path / "in.jsonl", article("8", "none"))
    assert run(source, "-o", tmp_path / "out.parquet").exit_code == 0
    stored = pq.read_table(tmp_path / "out.parquet")
    assert stored.schema.equals(arrow_schema("statements"))
    assert stored.num_rows == 0


def test_small_groups_are_gathered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches share row groups, and a group is written before the next is held."""
    monkeypatch.setattr("vzevents.output._GROUP", 4)
    monkeypatch.setattr("vzevents.runs.batches._ARTICLES", 1)
    source = jsonl(tmp_path / "in.jsonl", *(article(str(number)) for number in range(5)))
    run(source, "-o", tmp_path / "out.parquet")
    metadata = pq.ParquetFile(tmp_path / "out.parquet").metadata
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [4, 4, 2]
    run(jsonl(tmp_path / "two.jsonl", *(article(str(n)) for n in range(2))), "-o", tmp_path / "two.parquet")
    assert pq.ParquetFile(tmp_path / "two.parquet").metadata.num_row_groups == 1


def test_standard_output(tmp_path: Path) -> None:
    """Without -o the statements are JSON Lines on standard output, messages apart from them."""
    result = run(jsonl(tmp_path / "in.jsonl", article()))
    assert [json.loads(line)["status"] for line in result.stdout.splitlines()] == ["accepted", "rejected"]
    assert "1 article, 1 sentence: 1 statement accepted, 1 rejected" in result.stderr


def test_quiet_and_verbose(tmp_path: Path) -> None:
    """With -q nothing is said; with -v each batch of articles is, as it is done."""
    source = jsonl(tmp_path / "in.jsonl", *(article(str(number)) for number in range(70)))
    assert run(source, "-q").stderr == ""
    assert [line.split(",")[0] for line in run(source, "-v").stderr.splitlines()] == [
        "64 articles", "6 articles", "70 articles",
    ]  # fmt: skip


def test_date_and_language_fill_what_is_missing(tmp_path: Path) -> None:
    """--published-date and --language serve articles that have none."""
    path = tmp_path / "a.txt"
    path.write_text("Some words.")
    result = run(path, "--published-date", "2020-02-29", "--language", "es")
    assert json.loads(result.stdout.splitlines()[0])["event_date"] == "2020-02-29"


def test_bad_record_stops_and_leaves_nothing(tmp_path: Path) -> None:
    """A bad record exits with 3 and its line; an older output stays as it was, standard output empty."""
    source = jsonl(tmp_path / "in.jsonl", article(), "{broken", article("9"))
    output = tmp_path / "out.csv"
    output.write_text("older")
    result = run(source, "-o", output)
    assert result.exit_code == 3
    assert f"{source}:2: not JSON" in result.stderr
    assert output.read_text() == "older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.csv"]
    assert run(source).stdout == ""


def test_skip_bad_lists_and_exits_with_1(tmp_path: Path) -> None:
    """With --skip-bad the rest is coded, the bad records are listed, and the exit code is 1."""
    source = jsonl(tmp_path / "in.jsonl", article(), "{broken", article("9"))
    result = run(source, "-o", tmp_path / "out.jsonl", "--skip-bad", "-q")
    assert result.exit_code == 1
    assert f"skipped {source}:2: not JSON" in result.stderr
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 4


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_failing_coder_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    """When coding fails half way no file is left, neither under its name nor under another."""
    source = jsonl(tmp_path / "in.jsonl", article(), article("9", "fail"))
    result = run(source, "-o", tmp_path / f"out{suffix}")
    assert isinstance(result.exception, RuntimeError)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("in.jsonl", "is read as input and is not overwritten"),
        ("sub/../in.jsonl", "is read as input and is not overwritten"),
        ("out.xlsx", "must end in .parquet, .csv, .jsonl"),
        ("none/out.csv", "no such folder"),
        ("sub.csv", "is a folder"),
    ],
)
def test_output_is_checked_first(tmp_path: Path, output: str, message: str) -> None:
    """An input is never overwritten, and an output that cannot be written is refused before any work."""
    source = jsonl(tmp_path / "in.jsonl", article())
    before = source.read_bytes()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub.csv").mkdir()
    result = run(source, "-o", tmp_path / output)
    assert result.exit_code == 3
    assert message in result.stderr
    assert source.read_bytes() == before
    assert StandInCoder.made == 0


def test_unreadable_input_comes_before_the_model(tmp_path: Path) -> None:
    """A missing or empty file is refused with 3 before the parser is loaded."""
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    for path in (tmp_path / "missing.jsonl", tmp_path, empty):
        result = run(path)
        assert result.exit_code == 3
        assert str(path) in result.stderr
    assert StandInCoder.made == 0


@pytest.mark.parametrize(
    "arguments", [[], ["--published-date", "2021-02-30", "x"], ["--language", "fr", "x"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    """Without a path, with a date that is none or a language that is not supported: exit 2."""
    assert run(*arguments).exit_code == 2


TASKS = [
    {"id": "b", "text": "One.", "source": "S", "target": "T", "language": "es"},
    {"id": "007", "text": "Two.", "source": "U", "target": "V"},
]
NAMES = ["id", *ANSWER]


def test_answers_in_input_order(tmp_path: Path) -> None:
    """Each statement gets one answer, in order, with plain JSON numbers and null for missing."""
    source = jsonl(tmp_path / "in.jsonl", *TASKS)
    result = run("--statements", source, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 0
    assert "2 statements coded" in result.stderr
    answers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [list(answer) for answer in answers] == [NAMES, NAMES]
    assert [(a["id"], a["rule_id"]) for a in answers] == [("b", "S>T:es"), ("007", "U>V:None")]
    assert (answers[0]["confidence"], answers[0]["quad_class"], answers[0]["plover"]) == (0.5, 1, None)
    assert answers[0]["alternatives"][1] == {"event_code": "050", "score": None}


def test_answers_in_tables(tmp_path: Path) -> None:
    """CSV and Parquet answers have alternatives as JSON text, and keep ids and codes as text."""
    pd.DataFrame(TASKS).to_parquet(tmp_path / "in.parquet")
    pd.DataFrame(TASKS).to_csv(tmp_path / "in.csv", index=False)
    run("--statements", tmp_path / "in.csv", "-o", tmp_path / "out.parquet")
    run("--statements", tmp_path / "in.parquet", "-o", tmp_path / "out.csv")
    stored = pq.read_table(tmp_path / "out.parquet").to_pylist()
    with (tmp_path / "out.csv").open(newline="") as file:
        fields = list(csv.DictReader(file))
    assert [row["id"] for row in stored] == [row["id"] for row in fields] == ["b", "007"]
    assert [(row["event_code"], row["plover"]) for row in stored] == [("051", None)] * 2
    assert [(row["event_code"], row["plover"]) for row in fields] == [("051", "")] * 2
    assert json.loads(stored[0]["alternatives"]) == json.loads(fields[0]["alternatives"])
    assert (stored[0]["confidence"], fields[0]["confidence"]) == (0.5, "0.5")


def test_carriage_return_in_an_id(tmp_path: Path) -> None:
    """An id with a lone carriage return comes back from CSV as one cell, and other readers agree."""
    source = jsonl(tmp_path / "in.jsonl", {**TASKS[0], "id": "a\rb"}, TASKS[1])
    assert run("--statements", source, "-o", tmp_path / "out.csv").exit_code == 0
    raw = read_raw(tmp_path / "out.csv").frame
    assert raw["id"].tolist() == ["a\rb", "007"]


def test_bad_statement(tmp_path: Path) -> None:
    """A bad statement stops with 3 and its line; with --skip-bad the others are answered, exit 1."""
    source = jsonl(tmp_path / "in.jsonl", TASKS[0], {**TASKS[1], "id": 7})
    result = run("--statements", source, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 3
    assert f"{source}:2: id must be text" in result.stderr
    assert not (tmp_path / "out.jsonl").exists()
    result = run("--statements", source, "--skip-bad")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["b"]


def test_help_has_an_example() -> None:
    """--help names the formats and shows an example."""
    result = run("--help")
    assert result.exit_code == 0
    assert "vzevents code articles.jsonl -o statements.parquet" in result.stdout
