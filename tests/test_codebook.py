from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner

from vzevents.cli import main
from vzevents.codebook import Codebook, find_problems
from vzevents.codebook.reading import read_document
from vzevents.errors import CodebookError, UnknownCodeError

HERE = Path(__file__).parent
BAD = HERE / "codebooks"
SOUND = BAD / "sound"
MISTAKES = sorted(folder.name for folder in BAD.iterdir() if folder != SOUND)
BUNDLED = HERE.parent / "codebook"
# What only `codebook check` looks for: errors that keep no program from using the codebook.
USABLE = {
    "codebook_not_complete", "duplicate_pattern", "frequent_code_unknown", "near_duplicate_example",
    "no_new_trigger", "pattern_of_two_codes", "shared_agent_word", "shared_alias", "shared_demonym",
    "shared_name_means_somebody_else", "shared_name_not_shared", "shared_office_title", "too_few_examples",
    "too_few_tests", "trigger_not_in_text", "unknown_actor_in_example", "unreachable_pattern",
}  # fmt: skip
# Warnings that need a look at the whole, which loading does not take.
UNNOTICED = {
    "actor_without_spanish_name", "missing_translation", "name_of_nobody", "overlapping_patterns",
    "word_in_no_dictionary",
}  # fmt: skip
OWN = [
    "120D",
    "120X",
    "120B",
    "051P",
    "054R",
    "120R",
    "160R",
    "017P",
    "017E",
    "112I",
    "1125T",
    "1125C",
    "1125E",
    "0351A",
    "081A",
    "1722D",
    "172I",
    "160B",
    "145M",
]


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    """Load the bundled codebook once."""
    return Codebook.load()


def overlaid(folder: Path, *layers: Path) -> Path:
    """Lay the files of a mistake over the sound codebook."""
    for layer in (SOUND, *layers):
        shutil.copytree(layer, folder / "codebook", dirs_exist_ok=True)
    return folder


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """Copy the sound codebook with one replacement in one file."""
    path = overlaid(folder) / "codebook" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder / "codebook"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_reported_by_file_and_line(mistake: str, tmp_path: Path) -> None:
    """`codebook check` prints exactly what expected.txt says, and exits 1 for errors, 0 for warnings."""
    if mistake == "word_in_no_dictionary":
        pytest.importorskip("simplemma")  # the dictionary
    expected = (BAD / mistake / "expected.txt").read_text(encoding="utf-8").splitlines()
    root = overlaid(tmp_path, BAD / mistake)
    result = CliRunner().invoke(main, ["codebook", "check", "--root", str(root)])
    assert result.stdout.splitlines() == expected
    assert result.exit_code == (1 if any("warning:" not in line for line in expected) else 0)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_loading_refuses_errors_and_keeps_warnings(mistake: str, tmp_path: Path) -> None:
    """Loading raises with all errors at once, save those that stop no program; it keeps its warnings."""
    folder = overlaid(tmp_path, BAD / mistake) / "codebook"
    problems = find_problems(folder)
    errors = [str(problem) for problem in problems if problem.severity == "error"]
    if mistake in USABLE | UNNOTICED:
        assert Codebook.load(folder).warnings == ()
    elif errors:
        with pytest.raises(CodebookError) as caught:
            Codebook.load(folder)
        assert caught.value.problems == errors
    else:
        assert Codebook.load(folder).warnings == tuple(map(str, problems))


def test_the_sound_codebook_has_no_problem(tmp_path: Path) -> None:
    """What the mistakes are laid over is itself in order, so each expected.txt is about its mistake alone."""
    assert find_problems(overlaid(tmp_path) / "codebook") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[" * 5000 + "]" * 5000, "nested too deeply"),
        (
            '"1": !!python/name:os.system',
            "the tag tag:yaml.org,2002:python/name:os.system is not allowed here",
        ),
        ('"1": !!int one', "the tag tag:yaml.org,2002:int is not allowed here"),
        ("&a [*a]", "an alias"),
        ('<<: {"1": 2}', "the key << is not text"),
        ("~: 1", "the key ~ is read as null"),
        ("? [1]\n: 2", "a key must be text"),
        ("\0", "control characters are not allowed"),
        ("a: 1\n---\nb: 2", "but found another document"),
    ],
)
def test_hostile_yaml_is_a_problem_and_not_a_crash(text: str, message: str) -> None:
    """Tags, aliases, deep nesting and control characters are reported; nothing is run."""
    problems = read_document(text.encode(), "codebook/codes/14.yaml").problems
    assert any(message in problem.message for problem in problems)


def test_a_folder_without_settings_is_no_codebook(tmp_path: Path) -> None:
    """The file that every codebook must have is named when it is missing."""
    (tmp_path / "codebook").mkdir()
    result = CliRunner().invoke(main, ["codebook", "check", "--root", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stdout == "codebook/codebook.yaml:1: no such file; every codebook has one\n"


def test_optional_files_may_be_missing(tmp_path: Path) -> None:
    """A codebook of settings and codes alone loads, with nothing else in it."""
    folder = overlaid(tmp_path) / "codebook"
    for name in ("actors", "places", "examples", "crosswalks"):
        shutil.rmtree(folder / name)
    (folder / "words.yaml").unlink()
    (folder / "operators.yaml").unlink()
    codebook = Codebook.load(folder)
    assert len(codebook) == 5
    assert (len(codebook.actors), len(codebook.places), len(codebook.operators)) == (0, 0, 0)
    assert codebook.words == {}


def test_the_bundled_codebook_has_no_problem(codebook: Codebook) -> None:
    """The codebook that ships loads without an error or a warning."""
    assert codebook.warnings == ()
    assert (
        codebook.version == yaml.safe_load((BUNDLED / "codebook.yaml").read_text(encoding="utf-8"))["version"]
    )


def test_all_codes_are_there(codebook: Codebook) -> None:
    """All 317 CAMEO codes and our own are in, ordered, with both labels; the roots are headings."""
    codes = [code.event_code for code in codebook]
    assert sum(code.scope == "cameo" for code in codebook) == 317
    assert {code.event_code for code in codebook if code.scope == "vzevents"} == set(OWN)
    assert [code for code in codes if len(code) == 2] == [f"{root:02}" for root in range(1, 21)]
    assert [code.event_code for code in codebook if not code.assignable] == [c for c in codes if len(c) == 2]
    assert all(set(code.label) == {"en", "es"} for code in codebook)


def test_own_codes_are_explained(codebook: Codebook) -> None:
    """Each of our codes has name, definition and near misses in both languages, and no Goldstein value."""
    for code in map(codebook.__getitem__, OWN):
        assert code.name
        assert set(code.definition) == {"en", "es"}
        assert code.near_misses
        assert all(set(miss.text) == {"en", "es"} for miss in code.near_misses)
        assert code.goldstein is None
        assert code.plover.fit in {"broad", "none"}


@pytest.mark.parametrize(
    ("key", "code"),
    [("120D", "120D"), ("defect", "120D"), ("accuse of treason", "1125T"), ("Accuse-of-Treason", "1125T")],
)
def test_a_code_is_found_by_code_and_name(codebook: Codebook, key: str, code: str) -> None:
    """A name works wherever a code does, with spaces or hyphens too."""
    assert codebook[key].event_code == code
    assert key in codebook


@pytest.mark.parametrize(
    ("key", "near"), [("defct", "defect"), ("120Z", "120X"), ("protest", "threaten_protest")]
)
def test_an_unknown_code_names_near_ones(codebook: Codebook, key: str, near: str) -> None:
    """A wrong code or name is refused with what may have been meant."""
    assert key not in codebook
    with pytest.raises(UnknownCodeError, match=near):
        codebook[key]


def test_parents_lead_to_the_root(codebook: Codebook) -> None:
    """The codes above a code are its own beginnings, the nearest first."""
    assert [code.event_code for code in codebook.parents("1125T")] == ["1125", "112", "11"]
    assert codebook.parents("11") == ()


@pytest.mark.parametrize(
    ("code", "root"),
    [
        ("010", None), ("017P", None), ("020", "REQUEST"), ("0233", "REQUEST"), ("0351A", "AGREE"),
        ("057", "SUPPORT"), ("085", "YIELD"), ("0871", "YIELD"), ("091", "ACCUSE"), ("1041", "REQUEST"),
        ("1125T", "ACCUSE"), ("120D", "REJECT"), ("155", "MOBILIZE"), ("160B", "SANCTION"), ("163", "COERCE"),
        ("1712", "ASSAULT"), ("172I", "COERCE"), ("175", "ASSAULT"), ("176", "COERCE"), ("190", "ASSAULT"),
        ("191", "COERCE"), ("192", "COERCE"), ("1951", "ASSAULT"), ("2042", "ASSAULT"), ("14", "PROTEST"),
    ],
)  # fmt: skip
def test_benchmark_roots(codebook: Codebook, code: str, root: str | None) -> None:
    """A code goes to the root of its PLOVER event, else of its CAMEO root; root 01 to none."""
    assert codebook.benchmark_root(code) == root


def test_plover_quads(codebook: Codebook) -> None:
    """PLOVER's quad is that of the event type, not CAMEO's: protest is material there."""
    assert (codebook["141"].quad_class, codebook.plover_quad("141")) == (3, 4)
    assert codebook.plover_quad("020") is None


def test_the_crosswalk_is_the_published_one(codebook: Codebook) -> None:
    """Every code in the published PLOVER table has its row's event; the codes it lacks have fit none."""
    with (BUNDLED / "crosswalks" / "plover_2021.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["event_code"]: row for row in csv.DictReader(file)}
    for code in codebook:
        row = rows.get(re.sub("[A-Z]", "", code.event_code))
        assert code.plover.event == (row["event"] if row else None)
        assert (code.plover.fit == "none") == (row is None)


def test_nothing_can_be_changed(codebook: Codebook) -> None:
    """What is loaded is read-only."""
    with pytest.raises(TypeError):
        codebook.actors["x"] = codebook.actors["VEN"]  # type: ignore[index]
    with pytest.raises(TypeError):
        codebook["120D"].label["en"] = "x"  # type: ignore[index]
    with pytest.raises(AttributeError):
        codebook["120D"].name = "x"  # type: ignore[misc]


def test_states_are_actors(codebook: Codebook) -> None:
    """A state is an actor under its ISO code that stands for its government."""
    state = codebook.actors["VEN"]
    assert (state.kind, state.country, state.role, state.actor_code) == ("state", "VEN", "GOV", "VENGOV")


def test_the_fingerprint_follows_the_contents(tmp_path: Path) -> None:
    """The sha256 ignores comments, layout and line ends, and changes with any word."""
    before = Codebook.load(overlaid(tmp_path / "a") / "codebook").sha256
    same = overlaid(tmp_path / "b") / "codebook" / "codes" / "14.yaml"
    same.write_bytes(b"# a comment\r\n" + same.read_bytes().replace(b"\n", b"\r\n"))
    assert Codebook.load(same.parents[1]).sha256 == before
    other = changed(tmp_path / "c", "codes/14.yaml", "Manifestarse", "Marchar")
    assert Codebook.load(other).sha256 != before


def test_patterns_and_words_are_parsed(tmp_path: Path) -> None:
    """Patterns come parsed, word sets folded; the modes of the root apply where a code names none."""
    codebook = Codebook.load(overlaid(tmp_path) / "codebook")
    assert [pattern.text for pattern in codebook["defect"].patterns] == [
        "defect to R",
        "the defection of S to R",
        "desertar a R",
    ]
    assert codebook.words["en"]["officers"] == {"colonel", "major"}
    assert codebook["120"].modes == ("asserted", "alleged")
    assert codebook.operators["refuse"].codes == {"14": "120"}


def test_tables_have_the_rows_of_the_codebook(codebook: Codebook) -> None:
    """Codes are text with their zeros, missing is missing, aliases are joined by a bar."""
    codes = codebook.codes_table().set_index("event_code")
    assert len(codes) == len(codebook)
    assert codes.loc["014", "event_root_code"] == "01"
    assert codes.loc["120D", "goldstein"] is pd.NA
    actors = codebook.actors_table().set_index("actor_id")
    assert len(actors) == len(codebook.actors)
    assert "|" in actors.loc["USA", "aliases_en"]
    assert len(codebook.offices_table()) == len(codebook.offices)
    assert len(codebook.places_table()) == len(codebook.places)


def test_examples_stand_for_their_codes(codebook: Codebook) -> None:
    """An example expects its code or excludes it, never both, and names words that stand in its text."""
    texts = [example.text for example in codebook.examples]
    assert len(texts) == len(set(texts))
    for example in codebook.examples:
        expected = {statement["code"] for statement in example.expected}
        assert (example.event_code in expected) != (example.event_code in example.is_not), example.text
        for statement in example.expected:
            assert statement.get("source", "").casefold() in example.text.casefold()
            assert statement.get("target", "").casefold() in example.text.casefold()


def test_show_writes_a_code_out() -> None:
    """`codebook show` gives meaning, near misses, scales and counterparts, in either language."""
    result = CliRunner().invoke(main, ["codebook", "show", "accuse of treason"])
    assert result.exit_code == 0
    assert result.stdout.startswith("1125T Accuse of treason (accuse_of_treason)\n")
    assert "Not when:" in result.stdout
    assert "PLOVER: ACCUSE / allege / legal (broad); benchmark root: ACCUSE" in result.stdout
    spanish = CliRunner().invoke(main, ["codebook", "show", "1125T", "--language", "es"])
    assert spanish.stdout.startswith("1125T Acusar de traición (accuse_of_treason)\n")


def test_show_as_json_and_as_a_list() -> None:
    """`--json` gives plain values with the code as text; without a code all codes are listed."""
    row = json.loads(CliRunner().invoke(main, ["codebook", "show", "014", "--json"]).stdout)
    assert (row["event_code"], row["quad_class"], row["plover"]["fit"]) == ("014", 1, "none")
    listed = CliRunner().invoke(main, ["codebook", "show"]).stdout.splitlines()
    assert len(listed) == 336


def test_show_refuses_an_unknown_code() -> None:
    """A code that is not there exits 2 and says what may have been meant."""
    result = CliRunner().invoke(main, ["codebook", "show", "defct"])
    assert result.exit_code == 2
    assert "did you mean defect" in result.stderr


def test_check_says_that_nothing_is_wrong() -> None:
    """The bundled codebook checks clean: no line on standard output, exit 0."""
    result = CliRunner().invoke(main, ["codebook", "check"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "0 errors, 0 warnings\n"


def test_show_of_a_root_has_no_gap() -> None:
    """A heading without definition and patterns has no two blank lines, and none at its end."""
    for code in ("14", "1125T"):
        shown = CliRunner().invoke(main, ["codebook", "show", code]).stdout
        assert "\n\n\n" not in shown
        assert not shown.endswith("\n\n")


def test_check_as_json_quiet_and_verbose(tmp_path: Path) -> None:
    """--json gives problems as rows; -q leaves the count out; -v names a sound codebook."""
    arguments = ["codebook", "check", "--root", str(overlaid(tmp_path))]
    quiet = CliRunner().invoke(main, [*arguments, "-q"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert "5 codes, SHA-256 " in CliRunner().invoke(main, [*arguments, "-v"]).stderr
    (tmp_path / "codebook" / "codebook.yaml").unlink()
    (row, *_) = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).stdout)
    assert (row["file"], row["line"], row["severity"]) == ("codebook/codebook.yaml", 1, "error")
