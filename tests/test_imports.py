"""What an import costs and may reach: light at the top, and only upwards in the flow."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import vzevents

PACKAGE = Path(vzevents.__file__).parent
HEAVY = ("pandas", "numpy", "pyarrow", "pandera", "spacy", "rich", "yaml", "msgspec", "onnxruntime")

# A module imports only from those before it; a folder counts as one module.
ORDER = (
    *("errors", "unaccented", "resources", "columns", "cells", "arrow", "tablefiles", "tables", "codebook"),
    *(
        "articles",
        "output",
        "sentences",
        "roles",
        "situations",
        "zones",
        "slots",
        "matching",
        "resolving",
        "parties",
    ),
    *(
        "choices",
        "ranking",
        "participants",
        "statements",
        "circumstances",
        "choosing",
        "rows",
        "coding",
        "runs",
        "explaining",
    ),
    *("agreement", "events", "validation", "releases", "dataset", "demonstration", "worked_example"),
    *("example_runs", "documents", "cli", "__main__"),
)


def loaded_by(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has after some code."""
    tell = f"import sys\n{code}\nprint('LOADED', *sys.modules)"
    done = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_import_is_light() -> None:
    """`import vzevents` loads nothing heavy, and none of the package's own modules."""
    loaded = loaded_by("import vzevents")
    assert loaded.isdisjoint(HEAVY)
    assert {name for name in loaded if name.startswith("vzevents.")} == set()


@pytest.mark.parametrize("arguments", [["--help"], ["code", "--help"], ["--version"]], ids=" ".join)
def test_help_is_light(arguments: list[str]) -> None:
    """--help of the group, which asks every command, and of a command load nothing heavy."""
    loaded = loaded_by(f"from vzevents.cli import main\nmain({arguments!r}, standalone_mode=False)")
    assert "vzevents.cli" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_everything_heavy_is_there_to_be_loaded() -> None:
    """The names above are those of modules that the package does load, so that the tests can fail."""
    loaded = loaded_by("import vzevents\nvzevents.Codebook, vzevents.load")
    assert {"pandas", "pyarrow", "yaml", "msgspec"} <= loaded


@pytest.mark.parametrize("name", vzevents.__all__)
def test_public_name_is_there(name: str) -> None:
    """Each name resolves; none is that of a module, which its import would put in the name's place."""
    value = getattr(vzevents, name)
    assert isinstance(value, str) or callable(value)
    assert not (PACKAGE / name).exists()
    assert not (PACKAGE / f"{name}.py").exists()


def test_unknown_name_is_an_attribute_error() -> None:
    """A misspelt name is told as one of any module is."""
    with pytest.raises(AttributeError, match="'vzevents' has no attribute 'laod'"):
        vzevents.laod  # noqa: B018


def test_every_module_has_its_place() -> None:
    """The order above names every module and nothing else."""
    found = {path.stem if path.is_file() else path.name for path in _modules()}
    assert found - {"__init__"} == set(ORDER)


def _modules() -> Iterator[Path]:
    for path in PACKAGE.iterdir():
        if path.suffix == ".py" or (path / "__init__.py").is_file():
            yield path


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of every import of a file, wherever it stands in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("module", ORDER)
def test_imports_only_from_above(module: str) -> None:
    """A module imports only from itself and from those above it in the flow, also inside functions."""
    folder = PACKAGE / module
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [PACKAGE / f"{module}.py"]
    allowed = {*ORDER[: ORDER.index(module) + 1]}
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in files
        for line, name in imported(path)
        if name.startswith("vzevents.") and name.split(".")[1] not in allowed
    ]
    assert wrong == []


def test_one_module_knows_the_parser() -> None:
    """The parser is imported in sentences/parsers.py and nowhere else."""
    files = PACKAGE.rglob("*.py")
    found = {path.name for path in files for _, name in imported(path) if name.split(".")[0] == "spacy"}
    assert found == {"parsers.py"}
