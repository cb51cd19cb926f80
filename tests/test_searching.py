"""`codebook search`: words of either language lead to codes, the likeliest first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_codebook import DEFECTS, JOINS, STAYS, small_codebook

from vzevents.cli import main
from vzevents.codebook import Codebook
from vzevents.codebook.searching import near_words


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    """Return the small codebook with examples of both splits."""
    return Codebook.load(small_codebook(tmp_path_factory.mktemp("small")))


@pytest.fixture(autouse=True)
def _one_codebook(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command without --root use the codebook that is loaded already."""
    load = Codebook.load
    monkeypatch.setattr(Codebook, "load", lambda folder=None: load(folder) if folder else codebook)


def invoke(*arguments: str) -> Result:
    """Run `codebook search`."""
    return CliRunner().invoke(main, ["codebook", "search", *arguments])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("traición", "1125T"),
        ("TRAICION", "1125T"),
        ("accuse of treason", "1125T"),
        ("treason accuse", "1125T"),
        ("desertar", "120X"),
        ("detención", "173"),
        ("protesta", "14"),
        ("amnesty", "0351A"),
        ("173", "173"),
        ("close border", "160B"),
        ("recognise a government", "054R"),
        ("defect", "120D"),
    ],
)
def test_the_code_meant_comes_first(codebook: Codebook, text: str, code: str) -> None:
    """In both languages, whatever case, accents, order and spelling."""
    hits = codebook.search(text)
    assert code in [hit.code.event_code for hit in hits[: 1 if text != "amnesty" else 2]]


@pytest.mark.parametrize(
    ("text", "where", "language"),
    [
        ("120D", "code", None),
        ("Defect", "name", None),
        ("desertar", "label", "es"),
        ("changes sides", "definition", "en"),
        ("se une", "when", "es"),
        ("defection", "pattern", "en"),
        ("opposition", "example", "en"),
        ("stays", "not", "en"),
    ],
)
def test_a_hit_says_where_it_stands(small: Codebook, text: str, where: str, language: str | None) -> None:
    """Every kind of text is looked at, and the best place is named."""
    (hit,) = [hit for hit in small.search(text) if hit.code.event_code == "120D"]
    assert (hit.where, hit.language) == (where, language)


def test_examples_of_split_test_are_kept_back(small: Codebook) -> None:
    """A word of a test example is found only when asked for; whoever fits patterns must not read it."""
    assert "leaving" in JOINS
    assert "leaving" not in DEFECTS + STAYS
    assert small.search("leaving") == ()
    assert [hit.text for hit in small.search("leaving", every_example=True)] == [JOINS]


def test_a_language_leaves_out_the_other(codebook: Codebook) -> None:
    """With a language only its texts count, and the codes and names that have none."""
    assert codebook.search("traición", language="en") == ()
    assert {hit.language for hit in codebook.search("traición", language="es")} == {"es"}
    assert codebook.search("accuse_of_treason", language="es")[0].code.event_code == "1125T"


def test_words_of_a_set_are_found_in_the_patterns_that_name_it(codebook: Codebook) -> None:
    """A verb that stands in words.yaml alone leads to the codes of its patterns, which say so."""
    (hit,) = [hit for hit in codebook.search("nix") if hit.code.event_code == "120"]
    assert hit.where == "pattern, by a word set"
    assert "<refusing>" in hit.text


def test_all_words_must_stand_in_one_text(codebook: Codebook) -> None:
    """Two words of different codes find nothing; no word finds nothing."""
    assert codebook.search("ceasefire hunger treason") == ()
    assert codebook.search("") == codebook.search("…") == ()


def test_near_words_are_those_of_the_codebook(codebook: Codebook) -> None:
    """A slip of the pen is answered with words that are there, written with their accents."""
    assert "amnesty" in near_words(codebook, "amnisty")
    assert "detención" in near_words(codebook, "detencionn", language="es")
    assert near_words(codebook, "xqxqxq") == ()


def test_the_command_prints_two_lines_a_code() -> None:
    """Code, label and name; below it where the words stand; how many more there are on standard error."""
    result = invoke("traición", "--limit", "2")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "1125T Acusar de traición (accuse_of_treason)"
    assert lines[1].startswith("      label (es): Acusar de traición  [+")
    assert len(lines) == 4
    assert "2 of " in result.stderr


def test_a_long_find_is_cut_around_the_word() -> None:
    """A line of a terminal is enough: what stands around the word is shown, and the word is in it."""
    lines = invoke("botellas", "--limit", "5").stdout.splitlines()[1::2]
    assert lines
    assert all(len(line) < 160 for line in lines)
    assert any("… " in line and "botellas" in line for line in lines)


def test_json_has_the_hits() -> None:
    """--json gives plain rows, no more than --limit."""
    rows = json.loads(invoke("treason", "--json", "--limit", "2").stdout)
    assert [row["event_code"] for row in rows] == ["1125T", "1125"]
    assert set(rows[0]) == {"event_code", "name", "label", "where", "language", "text", "n_texts"}


def test_nothing_found_exits_1_with_a_hint(tmp_path: Path) -> None:
    """Near words where there are any, else what else may be tried; JSON is an empty list."""
    result = invoke("amnisty")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith('no code has "amnisty"; did you mean amnesty')
    assert "try fewer words" in invoke("ceasefire", "hunger", "treason").stderr
    nothing = invoke("xqxqxq", "--json")
    assert (nothing.exit_code, json.loads(nothing.stdout)) == (1, [])
    small_codebook(tmp_path)
    assert invoke("defect", "--root", str(tmp_path)).exit_code == 0
