"""The commands that code: explain, bench and demo, with exit code, output and one failure each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vzevents.articles import Article
from vzevents.cli import main
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.dataset import list_releases
from vzevents.demonstration import example_articles, run_demonstration

GOLD = [
    {"id": "g1", "text": "Peru thanked Chile.", "source": "Peru", "target": "Chile", "root": "SUPPORT"},
    {"id": "g2", "text": "Peru condemned Maduro.", "source": "Peru", "target": "Maduro", "root": "ACCUSE"},
    {"id": "g3\x1b[31m", "text": "Peru thanked Brazil.", "source": "Peru", "target": "Brazil", "root": "AID"},
]


@pytest.fixture(autouse=True)
def _one_codebook(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command use the codebook that is loaded already."""
    monkeypatch.setattr(Codebook, "load", lambda: codebook)


def _invoke(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a gold file of three records, the last of which is coded otherwise."""
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    return path


def test_explain() -> None:
    """The answer names code, label, verdict, actors, rule, words and alternatives."""
    result = _invoke("explain", "Peru accused Maduro of treason.", "--language", "en")
    assert (result.exit_code, result.stderr) == (0, "")
    for told in (
        "Peru accused Maduro of treason.",
        "1125T Accuse of treason [accepted]",
        "Peru (PER GOV PER) -> Maduro (VEN GOV maduro)",
        "rule 1125T:S:known <accusing_of> T of|for|with <treasonwords>; words: accused, treason",
        "asserted; confidence 0.9",
        "alternatives: 112",
    ):
        assert told in result.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Peru never thanked Chile.", "[rejected: negated]"),
        ("Bread is dear.", "no rule of the codebook met"),
        ("Two lawmakers were arrested.", "nobody named -> Two lawmakers (LEG)"),
        ("Maduro accused Colombia of arresting two diplomats.", "alleged, by the word of Maduro"),
        (
            "A Venezuelan general defected to the opposition.",
            "implied (VEN GOV), joining opposition (VEN OPP)",
        ),
        ("A baker thanked Chile.", "baker (unknown) -> Chile"),
    ],
)
def test_explain_tells(text: str, told: str) -> None:
    """Rejections, unknown and implied actors, and allegations are told in words."""
    result = _invoke("explain", text, "--language", "en")
    assert result.exit_code == 0
    assert told in result.stdout


def test_explain_parse() -> None:
    """With --parse each word is told with its lemma, relation and head."""
    plain = _invoke("explain", "Peru thanked Chile.", "--language", "en").stdout
    parsed = _invoke("explain", "--parse", "Peru thanked Chile.", "--language", "en").stdout
    assert "Chile (chile): object of thanked" in parsed
    assert "object of" not in plain


def test_explain_json() -> None:
    """With --json the same comes as one line for programs, in the words of the text."""
    result = _invoke("explain", "--json", "Peru condemned Juan Guaidó.", "--language", "en")
    ((sentence),) = json.loads(result.stdout)
    (why,) = sentence["statements"]
    assert (why["event_code"], why["target"]["text"]) == ("111", "Juan Guaidó")
    assert "Guaidó" in result.stdout
    assert result.stdout.count("\n") == 1


@pytest.mark.parametrize("day", ["2019-02-20", None])
def test_explain_date(day: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The date given is that of the text."""
    seen: list[Article] = []
    read = Coder.read
    monkeypatch.setattr(Coder, "read", lambda self, article: seen.append(article) or read(self, article))
    options = ["--published-date", day] if day else []
    assert _invoke("explain", "Peru thanked Chile.", "--language", "en", *options).exit_code == 0
    assert [str(article.published_date) for article in seen] == [str(day)]


def test_explain_is_safe() -> None:
    """What would act on a terminal is taken out of the text; markup is shown as it is."""
    result = _invoke("explain", "[bold]Peru\x1b[31m[/bold] thanked Chile.", "--language", "en")
    assert "\x1b" not in result.output
    assert "[bold]" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing argument 'TEXT'"),
        (["  "], "TEXT is empty; give a sentence"),
        (["Peru.", "--published-date", "yesterday"], "does not match the format '%Y-%m-%d'"),
        (["Peru.", "--language", "fr"], "is not one of 'en', 'es'"),
    ],
)
def test_explain_fails(arguments: list[str], message: str) -> None:
    """Wrong usage is exit code 2, with what is allowed."""
    result = _invoke("explain", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_bench(gold: Path) -> None:
    """The report has a line for each root with its interval, the means, confusion, trust and behaviour."""
    result = _invoke("bench", gold)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"{gold}: 3 relations, ")
    assert lines[1].split()[:5] == ["label", "n", "precision", "recall", "F1"]
    assert [line.split()[:5] for line in lines[2:5]] == [
        ["ACCUSE", "1", "1.000", "1.000", "1.000"],
        ["AID", "1", "0.000", "0.000", "0.000"],
        ["SUPPORT", "1", "0.500", "1.000", "0.667"],
    ]
    assert [line.split()[:3] for line in lines[6:10]] == [
        ["root", "f1", "0.556"],
        ["quad", "f1", "0.556"],
        ["binary", "f1", "1.000"],
        ["accuracy", "0.667", "0.000"],
    ]
    assert ["AID", "SUPPORT", "1"] in [line.split() for line in lines]
    assert any(line.startswith("confidence: calibration error ") for line in lines)
    assert "  g3: AID, answered SUPPORT (051) by 051:" in result.stdout
    assert "codes in another order                   as it must be: 3 of 3" in result.stdout
    assert "\x1b" not in result.output


def test_bench_json(gold: Path) -> None:
    """With --json each gold file gives one object with all figures; what is not a number is null."""
    result = _invoke("bench", gold, gold, "--json", "--no-behaviour", "--draws", 0)
    first, second = map(json.loads, result.stdout.splitlines())
    assert first["n"] == 3
    assert first["roots"][0] == {
        "label": "ACCUSE", "n": 1,
        "precision": 1.0, "recall": 1.0, "f1": 1.0, "f1_low": None, "f1_high": None,
    }  # fmt: skip
    assert first["figures"]["accuracy"] == [pytest.approx(2 / 3), None, None]
    assert [mistake["gold"] for mistake in first["mistakes"]] == [["AID"]]
    assert first["behaviour"] == []
    assert second["figures"] == first["figures"]
    assert result.stderr == ""


def test_bench_predictions(gold: Path, tmp_path: Path) -> None:
    """Answers in a table are measured as the coder's are."""
    path = tmp_path / "answers.csv"
    path.write_text("id,event_code,confidence\ng1,051,0.9\ng2,111,0.8\n", encoding="utf-8")
    (found,) = map(json.loads, _invoke("bench", gold, "--predictions", path, "--json").stdout.splitlines())
    assert found["figures"]["accuracy"][0] == pytest.approx(2 / 3)
    assert (found["seconds"], found["behaviour"], found["trust"]["n"]) == (None, [], 2)


def test_bench_needs_gold() -> None:
    """Nothing to measure on is wrong usage."""
    result = _invoke("bench")
    assert result.exit_code == 2
    assert "name a gold file, or ask for --examples" in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file"),
        ("", "is empty (0 bytes)"),
        ('{"text": "a"}\n', ":1: no text for source, target, root"),
    ],
)
def test_bench_fails(content: str | None, message: str, tmp_path: Path) -> None:
    """A gold file that cannot be read is exit code 3, with line and field."""
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    result = _invoke("bench", path)
    assert result.exit_code == 3
    assert message in result.stderr
    assert result.stdout == ""


def test_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole flow runs on the example articles, without errors, and leaves nothing behind."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = _invoke("demo", "--rows", 2)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    flow = ["articles", "code", "link", "validate", "publish", "load"]
    assert [word for word in (line.split()[0] for line in lines) if word in flow] == flow
    assert " 0 errors" in result.stdout
    assert "events loaded, version 0.0.1" in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_demo_fails() -> None:
    """Rows that are no number are wrong usage."""
    result = _invoke("demo", "--rows", "few")
    assert result.exit_code == 2
    assert "'few' is not a valid integer" in result.stderr


def test_explain_quiet_and_verbose() -> None:
    """-q tells codes and verdicts alone; -v shows how the words hang together."""
    quiet = _invoke("explain", "Peru thanked Chile.", "--language", "en", "-q").stdout
    assert "[accepted]" in quiet
    assert "rule " not in quiet
    assert "object of" in _invoke("explain", "Peru thanked Chile.", "--language", "en", "-v").stdout


def test_demo_quiet_and_verbose() -> None:
    """-q shows the events alone; -v shows rejected statements too."""
    quiet = _invoke("demo", "-q").stdout
    assert "event_date" in quiet.splitlines()[0]
    assert "articles read" not in quiet
    assert "rejected" in _invoke("demo", "-v", "--rows", 100).stdout.partition("\nlink")[0].partition("\n")[2]


def test_demo_json() -> None:
    """--json has every step with its rows, and every event."""
    result = _invoke("demo", "--json")
    told = json.loads(result.stdout)
    assert [step["name"] for step in told["steps"]][-1] == "load"
    assert len(told["events"]) == told["steps"][-1]["rows"] > 0
    assert result.stderr == ""


def test_demo_release_is_of_the_last_article(tmp_path: Path) -> None:
    """The release of the demonstration is dated by the last day on which an example was published."""
    *_, published, _loaded = run_demonstration(tmp_path)
    assert published.name == "publish"
    (row,) = list_releases(data_dir=tmp_path / "data" / "releases").to_dict("records")
    assert row["date"].date() == max(a.published_date for a in example_articles() if a.published_date)
