"""What the pages say holds: snippets run, commands, columns and codes are described, links lead somewhere."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from published import CHECKOUT, PUBLISHED

from vzevents.cli import main
from vzevents.codebook import Codebook
from vzevents.columns import Table, bundled_schemas
from vzevents.documents import codebook_markdown, commands_markdown, escape, walk

PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/index.md",
    "docs/cli.md",
    "docs/codebook.md",
    "docs/columns.md",
    "docs/patterns.md",
    "docs/linking.md",
)
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OF_RELEASE = re.compile(r"load\(|\bcite\b|data/releases")
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Block:
    """A fenced block of the README and the line on which it begins."""

    language: str
    text: str
    line: int

    @property
    def commands(self) -> list[list[str]]:
        """The words of each vzevents command after its name."""
        lines = (line for line in self.text.splitlines() if line.startswith("$ vzevents "))
        return [shlex.split(line)[2:] for line in lines]


BLOCKS = [Block(m[1], m[2], README[: m.start()].count("\n") + 1) for m in _BLOCK.finditer(README)]


def blocks(language: str) -> list[object]:
    """Return the README's blocks in a language; those of a release are skipped while there is none."""
    found = [block for block in BLOCKS if block.language == language]
    return [
        pytest.param(
            block,
            id=f"line-{block.line}",
            marks=pytest.mark.skipif(
                not PUBLISHED and _OF_RELEASE.search(block.text) is not None,
                reason="data/releases is empty: nothing is published yet",
            ),
        )
        for block in found
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder that has a copy of data/ and nothing else."""
    shutil.copytree(CHECKOUT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(arguments: list[str]) -> str:
    """Run a command that must end well; return its standard output."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, f"{arguments}: {result.output}"
    return result.stdout


# Snippets of the README


def test_readme_has_snippets_of_every_kind() -> None:
    """There is something to run in every language that the tests below look for."""
    assert {block.language for block in BLOCKS} == {"console", "python", "json", "yaml", "r", "sql"}


@pytest.mark.parametrize("block", blocks("python"))
def test_python_runs(block: Block, folder: Path) -> None:
    """A Python block runs by itself."""
    if "duckdb" in block.text:
        pytest.importorskip("duckdb")
    script = folder / "snippet.py"
    script.write_text(block.text, encoding="utf-8")
    runpy.run_path(str(script))


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("block", [b for b in blocks("console") if b.values[0].commands])
def test_commands_run(block: Block) -> None:
    """The vzevents commands of a block end with 0, one after the other."""
    for arguments in block.commands:
        run(arguments)


@pytest.mark.parametrize("block", blocks("json"))
def test_row_shown_is_what_the_command_writes(block: Block, folder: Path) -> None:
    """The row in the README stands, cell by cell, in the file that the command before it writes."""
    before = [b for b in BLOCKS if b.language == "console" and b.line < block.line][-1]
    arguments = before.commands[0]
    run(arguments)
    lines = (folder / arguments[arguments.index("-o") + 1]).read_text(encoding="utf-8").splitlines()
    shown = json.loads(block.text)
    assert any(shown.items() <= json.loads(line).items() for line in lines)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("block", blocks("yaml"))
def test_workflow_runs(block: Block) -> None:
    """The workflow is YAML, and its vzevents commands end with 0."""
    jobs = yaml.safe_load(block.text)["jobs"].values()
    steps = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    commands = [shlex.split(step)[1:] for step in steps if step.startswith("vzevents ")]
    assert commands
    for arguments in commands:
        run(arguments)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("block", blocks("sql"))
def test_sql_runs(block: Block) -> None:
    """DuckDB answers the query with every event."""
    duckdb = pytest.importorskip("duckdb")
    n_events = duckdb.sql(f"SELECT count(*) FROM '{released_paths(block)[0]}'").fetchall()[0][0]
    assert len(duckdb.sql(block.text).fetchall()) == n_events


@pytest.mark.parametrize("block", blocks("r"))
def test_r_reads_a_file_that_is_there(block: Block, folder: Path) -> None:
    """R reads it, where R with arrow is installed; else the file is at least there."""
    for path in released_paths(block):
        assert (folder / path).is_file()
    program = shutil.which("Rscript")
    if program and subprocess.run([program, "-e", "library(arrow)"], check=False).returncode == 0:
        subprocess.run([program, "-e", block.text], check=True, cwd=folder)


def released_paths(block: Block) -> list[str]:
    """Return the paths below data/releases that a block reads; there must be one."""
    paths = re.findall(r"data/releases/[\w./-]+", block.text)
    assert paths
    return paths


def test_readme_names_the_version_that_is_cited() -> None:
    """Every release that the README names is the one of CITATION.cff."""
    cited = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))["preferred-citation"]
    named = re.findall(r"data/releases/(\d[^/\s]*)|[Rr]elease (\d+\.\d+\.\d+)", README)
    assert named
    assert {first or second for first, second in named} == {cited["version"]}


def test_changelog_has_the_version_of_the_package() -> None:
    """CHANGELOG.md has a section on this version with its three parts."""
    version = re.search(r'^version = "(.+)"$', (CHECKOUT / "pyproject.toml").read_text(), re.MULTILINE)
    changes = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert version is not None
    section = changes.partition(f"\n## {version[1]}\n")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", section, re.MULTILINE) == ["Code", "Codebook", "Data"]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    """Every relative link of a page leads to a file of the checkout."""
    path = CHECKOUT / page
    links = re.findall(r"(?<!\\)\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


# Commands

CONTEXTS = {context.command_path: context for context in walk(click.Context(main, info_name="vzevents"))}


def examples(context: click.Context) -> list[str]:
    """Return the lines of the example in a command's help."""
    text = context.get_help().partition("Example:\n")[2].partition("\n\n")[0]
    return [line.strip() for line in text.splitlines()]


@pytest.mark.parametrize("path", CONTEXTS)
def test_command_has_help_with_an_example(path: str) -> None:
    """--help says in a sentence what the command does, every option what it is for, and shows an example."""
    context = CONTEXTS[path]
    summary = (context.command.help or "").strip().splitlines()[0]
    assert summary.endswith((".", ":"))
    assert examples(context)
    for parameter in context.command.params:
        assert isinstance(parameter, click.Argument) or getattr(parameter, "help", None), parameter.name


@pytest.mark.parametrize("line", sorted({line for c in CONTEXTS.values() for line in examples(c)}))
@pytest.mark.usefixtures("folder")
def test_example_is_valid_usage(line: str) -> None:
    """The line names a command, and the command takes its options and arguments."""
    words = shlex.split(line.partition(" > ")[0])
    path = max((p for p in CONTEXTS if words[: len(p.split())] == p.split()), key=len)
    command, arguments = CONTEXTS[path].command, words[len(path.split()) :]
    assert path != "vzevents"
    try:
        command.make_context(path, arguments)
    except click.exceptions.Exit as leave:  # --explain prints and leaves
        assert leave.exit_code == 0  # noqa: PT017 - there is nothing to raise where it does not leave


@pytest.mark.parametrize("path", CONTEXTS)
def test_command_is_on_the_page(path: str) -> None:
    """docs/cli.md has a section on every command, with its options."""
    page = (CHECKOUT / "docs" / "cli.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## `{path}`\n")[2].partition("\n## ")[0]
    for parameter in CONTEXTS[path].command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in section


def test_page_of_commands_does_not_depend_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A narrow terminal makes the same page."""
    wide = commands_markdown(main, name="vzevents")
    monkeypatch.setenv("COLUMNS", "40")
    assert commands_markdown(main, name="vzevents") == wide


# Columns and codes


@pytest.mark.parametrize("table", bundled_schemas().values(), ids=bundled_schemas())
def test_every_column_is_documented(table: Table) -> None:
    """docs/columns.md has a row for every column of every table, and every column says what it means."""
    page = (CHECKOUT / "docs" / "columns.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## `{table.name}`\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(table.columns)
    assert [column.name for column in table.columns.values() if not column.description] == []


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    """Return the codebook of the package."""
    return Codebook.load()


def test_every_code_is_documented(codebook: Codebook) -> None:
    """docs/codebook.md has a row for every code, in order, and every code has a label in both languages."""
    page = (CHECKOUT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\d\w*)` \|", page, re.MULTILINE) == [code.event_code for code in codebook]
    assert [c.event_code for c in codebook if not (c.label.get("en") and c.label.get("es"))] == []


def test_every_own_code_is_defined(codebook: Codebook) -> None:
    """The page says in both languages what each of the project's own codes means."""
    page = (CHECKOUT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for code in codebook:
        if code.scope == "vzevents":
            line = page.partition(f"\n- `{code.event_code}` ")[2].partition("\n")[0]
            assert all(escape(code.definition[language]) in line for language in ("en", "es"))


def test_every_missing_goldstein_value_is_explained(codebook: Codebook) -> None:
    """The page lists the codes without a Goldstein value by the reason why, in both languages."""
    page = (CHECKOUT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for code in codebook:
        lines = [line for line in page.splitlines() if re.match(rf"- .*`{code.event_code}`.*: ", line)]
        lines = [line for line in lines if not line.startswith(f"- `{code.event_code}` ")]  # its definition
        assert len(lines) == (code.goldstein is None)
        for language in ("en", "es") if lines else ():
            assert codebook.goldstein_reason(code.event_code)[language] in lines[0]


def test_text_of_the_codebook_is_no_markup(codebook: Codebook) -> None:
    """A label with bars, tags or cog's markers stays one cell of one row."""
    odd = replace(codebook["120D"], label={"en": "a | b\n[[[end]]] <b> `c`", "es": "*d*"})
    page = codebook_markdown([codebook["12"], odd])
    row = next(line for line in page.splitlines() if line.startswith("| `120D`"))
    assert len(re.findall(r"(?<!\\)\|", row)) == 8
    assert not re.search(r"(?<!\\)[\[<*]", row)


@given(st.text())
def test_escaped_text_is_one_line_and_comes_back(text: str) -> None:
    """Without the backslashes the words are those that went in."""
    shown = escape(text)
    assert "\n" not in shown
    assert re.sub(r"\\([\\`*_~\[\]<>&|#])", r"\1", shown) == " ".join(text.split())
