"""The wheel holds what git tracks, and works by itself: elsewhere, and with the network cut."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from published import CHECKOUT, PUBLISHED, needs_release

_BUNDLED = ("codebook", "schemas", "data/releases", "data/examples")

# Run before anything else: whatever touches a socket fails, also below Python's own modules.
_CUT = """
import sys

def _cut(event, args):
    if event.startswith("socket."):
        raise OSError("the network is cut: " + event)

sys.addaudithook(_cut)
"""


def run(*command: object, cwd: Path = CHECKOUT) -> str:
    """Run a program and return its standard output; tell what it said where it fails."""
    # A git hook sets GIT_DIR and others, and git would look elsewhere.
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the checkout, as it would be built for a release."""
    folder = tmp_path_factory.mktemp("wheel")
    # With the backend at hand nothing need be fetched.
    isolation = ["--no-build-isolation"] if find_spec("hatchling") else []
    run(sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "--quiet", "-w", folder, *isolation)
    (built,) = folder.glob("vzevents-*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.skipif(not (CHECKOUT / ".git").exists(), reason="not a git checkout: nothing to compare with")
@pytest.mark.parametrize("folder", _BUNDLED)
def test_wheel_has_what_git_tracks(names: set[str], folder: str) -> None:
    """Every tracked file of a folder is in the wheel, and no other: add a stray file to git or delete it."""
    tracked = set(run("git", "-c", "core.quotePath=off", "ls-files", folder).splitlines())
    start = f"vzevents/_bundled/{folder}/"
    shipped = {name.removeprefix("vzevents/_bundled/") for name in names if name.startswith(start)}
    assert sorted(shipped - tracked) == []
    assert sorted(tracked - shipped) == []


def test_wheel_has_the_package_and_nothing_of_the_tree(names: set[str]) -> None:
    """Beside the package there are only its metadata, with the three licence files."""
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"vzevents"}
    assert "vzevents/py.typed" in names
    licences = {name.rpartition("/")[2] for name in names if ".dist-info/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-DATA", "NOTICE"}
    assert not [name for name in names if "__pycache__" in name or "/." in name]


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and nothing else, into a fresh environment; return its interpreter."""
    home = tmp_path_factory.mktemp("venv")
    run(sys.executable, "-m", "venv", "--without-pip", home)
    interpreter = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        interpreter,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
    )
    # What vzevents depends on is taken from this environment. A .pth puts it after the wheel, and the .pth of
    # an editable install, which leads back to the checkout, is not read from there.
    packages = run(interpreter, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    (Path(packages) / "dependencies.pth").write_text(
        "\n".join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    )
    return interpreter


def offline(python: Path, folder: Path, code: str) -> str:
    """Run code in the fresh environment, from an empty folder and with the network cut."""
    return run(python, "-c", f"{_CUT}\n{code}", cwd=folder)


def test_network_is_cut(python: Path, tmp_path: Path) -> None:
    """What the tests below run under does refuse a connection."""
    code = "import socket\ntry:\n socket.create_connection(('127.0.0.1', 9))\nexcept OSError as e: print(e)"
    assert "the network is cut" in offline(python, tmp_path, code)


def test_installed_package_has_its_codebook_and_schemas(python: Path, tmp_path: Path) -> None:
    """Away from the checkout the codebook is read and its page made, a table described, nothing written."""
    code = """
import vzevents
from vzevents.columns import bundled_schemas
book = vzevents.Codebook.load()
print(vzevents.__file__, len(book) > 250, len(bundled_schemas()), book.sha256 in book.to_html())
"""
    file, *told = offline(python, tmp_path, code).split()
    assert Path(file).is_relative_to(python.parents[1])
    assert told == ["True", "10", "True"]
    assert list(tmp_path.iterdir()) == []


@needs_release
def test_installed_package_loads_every_release(python: Path, tmp_path: Path) -> None:
    """load() gives the newest release, and each version every table, without network or checkout."""
    code = """
import vzevents
print(vzevents.load().attrs["version"])
for version in vzevents.list_releases()["version"]:
    tables = [vzevents.load(name, version=version) for name in %r]
    print(version, all(table.attrs["version"] == version for table in tables))
"""
    told = offline(python, tmp_path, code % (("events", "statements", "articles", "codes", "changes"),))
    assert told.split("\n")[:-1] == [PUBLISHED[-1], *(f"{version} True" for version in PUBLISHED)]
