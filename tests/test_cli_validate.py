"""The commands validate and describe: exit codes, output, and messages for wrong use."""

from __future__ import annotations

import json
import shutil

import pytest
import yaml
from click.testing import CliRunner
from small_tables import ROWS

from vzevents import tables
from vzevents.cli import main
from vzevents.columns import bundled_schemas
from vzevents.resources import resource_dir
from vzevents.validation import RULES
from vzevents.validation.schema import _FORMS

ARTICLE = dict.fromkeys(tables.column_names("articles")) | ROWS["articles"][0]


def run(*arguments):
    """Run the command line."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def articles(tmp_path):
    """Return a function that writes one article with the cells given, and gives the file."""

    def write(**cells):
        path = tmp_path / "articles.jsonl"
        path.write_text(json.dumps(ARTICLE | cells) + "\n")
        return path

    return write


def test_clean(articles):
    """Tables without a finding: exit code 0, one line that says so."""
    result = run("validate", articles())
    assert (result.exit_code, result.stdout) == (0, "1 table, 1 row: nothing found\n")


def test_findings(articles):
    """A finding: exit code 1, one line with file, line, rule and what is allowed."""
    result = run("validate", articles(text_extent="half"))
    assert result.exit_code == 1
    assert (
        "articles.jsonl:1: error VZ104 text_extent: 'half' is not allowed; allowed: whole, opening"
        in result.stdout
    )


@pytest.mark.parametrize(
    ("cells", "fail_on", "code"),
    [({"title": "=x"}, "error", 0), ({"title": "=x"}, "info", 1), ({"title": " x"}, "error", 0),
     ({"title": " x"}, "warning", 1), ({"title": "=x"}, "warning", 0)],
)  # fmt: skip
def test_fail_on(articles, cells, fail_on, code):
    """The exit code is 1 from the severity on that --fail-on names."""
    assert run("validate", articles(**cells), "--fail-on", fail_on).exit_code == code


def test_select_and_ignore(articles):
    """Rules are chosen by id or theme, several at once; an unknown one is wrong usage."""
    path = articles(text_extent="half", title=" x")
    assert run("validate", path, "--select", "VZ2,VZ3").exit_code == 0
    assert run("validate", path, "--ignore", "VZ104", "--ignore", "VZ111", "--fail-on", "info").exit_code == 0
    result = run("validate", path, "--select", "VZ9")
    assert result.exit_code == 2
    assert "no rule 'VZ9'" in result.stderr


@pytest.mark.parametrize(
    ("form", "start"), [("json", "{"), ("sarif", "{"), ("junit", "<?xml"), ("github", "::error ")]
)
def test_formats(articles, form, start):
    """Every format goes to standard output alone, with the same exit code."""
    result = run("validate", articles(text_extent="half"), "--format", form)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith(start)


@pytest.mark.parametrize("form", ["text", "json", "junit", "sarif", "github"])
def test_terminal_is_safe(articles, form):
    """No format sends control characters of the data to the terminal."""
    result = run(
        "validate", articles(title="\x1b]0;x\x07\u202e =\x1b[2J ", language="\x1b[31m"), "--format", form
    )
    assert result.exit_code == 1
    assert not set("\x1b\x07\u202e") & set(result.stdout)


def test_table_option(articles, tmp_path):
    """The table can be named; where it cannot be told and is not named, the exit code is 3."""
    other = tmp_path / "mine.jsonl"
    other.write_text('{"colour": "red"}\n')
    result = run("validate", other)
    assert (result.exit_code, "give one of articles" in result.stderr) == (3, True)
    assert "VZ101" in run("validate", other, "--table", "links").stdout
    result = run("validate", articles(), "--table", "link")
    assert (result.exit_code, "the tables are articles" in result.stderr) == (2, True)


def test_what_cannot_be_read(tmp_path):
    """A file that cannot be read is exit code 3 and names the file; no path is wrong usage."""
    result = run("validate", tmp_path / "events.csv")
    assert (result.exit_code, "events.csv: cannot be read" in result.stderr) == (3, True)
    assert run("validate").exit_code == 2


def test_passed_over_files_are_named(articles, tmp_path):
    """Table files in a folder that are no table of ours are named on standard error."""
    articles()
    (tmp_path / "reasons.csv").write_text("a\n")
    result = run("validate", tmp_path)
    assert result.exit_code == 0
    assert "reasons.csv: passed over" in result.stderr


def test_explain():
    """--explain prints one rule or a theme of them without any path; an unknown one is wrong usage."""
    one = run("validate", "--explain", "VZ202")
    assert one.exit_code == 0
    assert one.stdout.startswith("VZ202 (error): Leading zero lost\nA code is text")
    theme = [rule.id for rule in RULES if rule.id.startswith("VZ3")]
    assert [line[:5] for line in run("validate", "--explain", "vz3").stdout.split("\n\n")] == theme
    assert run("validate", "--explain", "101").exit_code == 2


def test_root(articles, tmp_path):
    """--root takes another project's schemas; what that project does not have is the package's."""
    root = tmp_path / "project"
    shutil.copytree(str(resource_dir("schemas")), root / "schemas")
    schema = root / "schemas" / "articles.yaml"
    document = yaml.safe_load(schema.read_text())
    document["columns"]["text_extent"]["isin"] = ["half"]
    schema.write_text(yaml.safe_dump(document, sort_keys=False))
    assert run("validate", articles(text_extent="half"), "--root", root).exit_code == 0
    schema.write_text("a: b\n")
    result = run("validate", articles(), "--root", root)
    assert (result.exit_code, "articles.yaml: not a table schema" in result.stderr) == (3, True)


@pytest.mark.parametrize("command", ["validate", "describe"])
def test_help(command):
    """Each command has a help text with an example."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Example:" in result.stdout


def test_describe_tables():
    """Alone, describe lists the ten tables with their keys."""
    result = run("describe")
    assert result.exit_code == 0
    assert [name for name in tables.TABLE_NAMES if f"{name}: One row" in result.stdout] == list(
        tables.TABLE_NAMES
    )


def test_describe_a_table():
    """With a table, describe lists type, unit, meaning and allowed values, one column a line when piped."""
    lines = run("describe", "events").stdout.splitlines()
    described = [line.split("\t") for line in lines if "\t" in line]
    assert [row[0].rstrip("?") for row in described] == tables.column_names("events")
    by_name = {row[0]: row[1:] for row in described}
    assert by_name["killed_low?"] == [
        "whole number (persons)",
        "Lowest number of people killed reported. Allowed: 0 or more",
    ]


def test_describe_json():
    """--json has every column with its allowed values as a list."""
    (events,) = json.loads(run("describe", "events", "--json").stdout)
    assert events["key"] == ["event_id"]
    assert [column["name"] for column in events["columns"]] == tables.column_names("events")
    (quad_class,) = [column for column in events["columns"] if column["name"] == "quad_class"]
    assert (quad_class["allowed"], quad_class["missing"]) == ([1, 2, 3, 4], False)


def test_describe_markdown():
    """--markdown writes a table of columns."""
    assert "| `event_code` | text |" in run("describe", "--markdown").stdout


def test_describe_unknown_table():
    """A table that does not exist is wrong usage and names those that do."""
    result = run("describe", "event")
    assert (result.exit_code, "the tables are articles" in result.stderr) == (2, True)


def test_json_is_the_format(articles):
    """--json is --format json; beside another format it is wrong usage."""
    path = articles(text_extent="half")
    assert run("validate", path, "--json").stdout == run("validate", path, "--format", "json").stdout
    assert run("validate", path, "--json", "--format", "sarif").exit_code == 2


def test_quiet(articles, tmp_path):
    """-q writes findings alone: nothing where all is well, also of what was passed over."""
    articles()
    (tmp_path / "reasons.csv").write_text("a\n")
    result = run("validate", tmp_path, "-q")
    assert (result.exit_code, result.output) == (0, "")
    assert len(run("validate", articles(text_extent="half"), "-q").stdout.splitlines()) == 1


def test_pattern_in_plain_words(articles):
    """What a pattern allows is said in words."""
    message = run("validate", articles(text_sha256="1")).stdout
    assert "text_sha256: '1' is not written as it must be: 64 digits and letters a to f" in message


def test_every_pattern_has_words():
    """No pattern of the schemas is left to be read as such."""
    columns = [column for table in bundled_schemas().values() for column in table.columns.values()]
    patterns = {column.checks["str_matches"] for column in columns if "str_matches" in column.checks}
    assert patterns == set(_FORMS)
