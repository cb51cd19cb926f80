"""The compiled codebook: what is kept is what was read, and whatever differs is read again."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_codebook import DEFECTS, small_codebook

from vzevents.codebook import Codebook, book, compiling
from vzevents.codebook.files import read_files
from vzevents.errors import CodebookError, InputError

ATTRIBUTES = (
    *("version", "sha256", "warnings", "words", "benchmark_quad", "implied_targets", "example_rates"),
    *("operators", "examples", "known_failures", "actors", "offices", "agents", "places", "shared_names"),
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty cache folder of its own."""
    monkeypatch.setenv("VZEVENTS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "codebooks"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with each codebook that is read from its YAML."""
    done: list[str] = []
    compile_files = book._compile

    def counted(files: book.Files) -> object:
        done.append(files.title)
        return compile_files(files)

    monkeypatch.setattr(book, "_compile", counted)
    return done


def everything(codebook: Codebook) -> dict[str, object]:
    """Return all that a codebook holds."""
    found: dict[str, object] = {name: getattr(codebook, name) for name in ATTRIBUTES}
    return {
        **found,
        "codes": tuple(codebook),
        "roots": [codebook.benchmark_root(c.event_code) for c in codebook],
    }


def parts(value: object) -> Iterator[object]:
    """Yield a value and all that stands in it."""
    yield value
    if is_dataclass(value):
        inner = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, Mapping):
        inner = [*value, *value.values()]
    else:
        inner = list(value) if isinstance(value, (tuple, frozenset, list)) else []
    for one in inner:
        yield from parts(one)


@pytest.mark.parametrize("bundled", [True, False])
def test_what_is_kept_is_what_was_read(bundled: bool, tmp_path: Path, reads: list[str]) -> None:
    """The second load reads no YAML and gives the same codes, words, examples, actors and sha256."""
    folder = None if bundled else small_codebook(tmp_path)
    first, second = Codebook.load(folder), Codebook.load(folder)
    assert reads == ["codebook"]
    assert everything(first) == everything(second)


def test_what_is_kept_is_read_only(tmp_path: Path) -> None:
    """Every mapping that comes from the cache is read-only, every sequence a tuple, every set frozen."""
    small_codebook(tmp_path)
    Codebook.load(tmp_path / "codebook")
    kept = everything(Codebook.load(tmp_path / "codebook"))
    kinds = {type(one) for value in kept.values() if not isinstance(value, list) for one in parts(value)}
    assert MappingProxyType in kinds
    assert kinds.isdisjoint({dict, list, set})


def test_examples_are_decoded_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not ask for examples does not pay for them; who does gets all, once."""
    folder = small_codebook(tmp_path)
    Codebook.load(folder)
    decoded: list[bytes] = []
    decode = compiling.decode_examples
    monkeypatch.setattr(book, "decode_examples", lambda raw: decoded.append(raw) or decode(raw))
    codebook = Codebook.load(folder)
    assert decoded == []
    assert (len(codebook.examples), codebook.examples[0].text, len(decoded)) == (3, DEFECTS, 1)


def edit(folder: Path) -> None:
    """Change a word and leave size and date of change as they were."""
    file = folder / "codes" / "14.yaml"
    dates = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    raw = file.read_bytes()
    file.write_bytes(raw.replace(b"Manifestarse", b"Protestarian"))
    assert file.stat().st_size == len(raw)
    os.utime(file, ns=dates)


def add(folder: Path) -> None:
    """Add a file that says nothing."""
    (folder / "codes" / "empty.yaml").write_text("{}", encoding="utf-8")


def remove(folder: Path) -> None:
    """Remove a file."""
    (folder / "examples" / "en" / "test" / "12.yaml").unlink()


def rename(folder: Path) -> None:
    """Rename a file."""
    (folder / "places" / "venezuela.csv").rename(folder / "places" / "all.csv")


def break_one(folder: Path) -> None:
    """Put a folder where a file may be."""
    (folder / "actors" / "leaders.yaml").mkdir()


@pytest.mark.parametrize("change", [edit, add, remove, rename])
def test_a_changed_file_is_read(change: object, tmp_path: Path, reads: list[str]) -> None:
    """Edited, added, removed, renamed: what is loaded is what the files say now."""
    folder = small_codebook(tmp_path)
    Codebook.load(folder)
    change(folder)  # type: ignore[operator]
    now = Codebook.load(folder)
    assert len(reads) == 2
    shutil.rmtree(os.environ["VZEVENTS_CACHE_DIR"])
    assert everything(now) == everything(Codebook.load(folder))


def test_another_folder_of_the_same_name_is_read(tmp_path: Path, reads: list[str]) -> None:
    """Two codebooks of one cache folder do not stand in for each other, and neither drives out the other."""
    one, other = small_codebook(tmp_path / "one"), small_codebook(tmp_path / "other")
    edit(other)
    labels = [Codebook.load(folder)["141"].label["es"] for folder in (one, other, one, other)]
    assert labels[:2] == labels[2:]
    assert labels[0] != labels[1]
    assert len(reads) == 2


def test_other_code_reads_again(tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of these modules kept is not used."""
    folder = small_codebook(tmp_path)
    Codebook.load(folder)
    monkeypatch.setattr(compiling, "_made_by", lambda: "other modules")
    Codebook.load(folder)
    assert len(reads) == 2


def test_a_codebook_with_mistakes_is_never_kept(tmp_path: Path, cache: Path) -> None:
    """Its mistakes are told at every load, also when it was sound before."""
    folder = small_codebook(tmp_path)
    Codebook.load(folder)
    break_one(folder)
    kept = sorted(cache.iterdir())
    for _ in range(2):
        with pytest.raises(CodebookError, match="is a folder, not a file"):
            Codebook.load(folder)
    assert sorted(cache.iterdir()) == kept


def test_warnings_are_kept(tmp_path: Path, reads: list[str]) -> None:
    """A codebook with warnings alone is sound; they come out of the cache too."""
    folder = small_codebook(tmp_path)
    shutil.copytree(Path(__file__).parent / "codebooks" / "known_failure_twice", folder, dirs_exist_ok=True)
    first, second = Codebook.load(folder), Codebook.load(folder)
    assert first.warnings == second.warnings != ()
    assert len(reads) == 1


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, bytes]:
    """Return a small codebook, the cache folder of its file, and what that file holds."""
    folder = tmp_path_factory.mktemp("kept")
    small = small_codebook(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VZEVENTS_CACHE_DIR", str(folder / "cache"))
        Codebook.load(small)
    (file,) = (folder / "cache" / "codebooks").iterdir()
    return small, file, file.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_passed_over(kept: tuple[Path, Path, bytes], data: st.DataObject) -> None:
    """Cut off anywhere, or with one bit another, nothing of it is used, nothing fails, and it is mended."""
    folder, file, whole = kept
    at = data.draw(st.integers(0, len(whole) - 1))
    file.write_bytes(
        data.draw(st.sampled_from((whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])))
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VZEVENTS_CACHE_DIR", str(file.parents[1]))
        assert compiling.recall(str(folder.resolve()), read_files(folder)) is None
        assert Codebook.load(folder)["defect"].event_code == "120D"
    assert file.read_bytes() == whole


@pytest.mark.parametrize("foreign", [b"", b"\n\n", b"{}", b"\x80\x04N.", b"\xff" * 100, b"a\nb\nc\n"])
def test_a_foreign_file_is_passed_over(kept: tuple[Path, Path, bytes], foreign: bytes) -> None:
    """A file of another kind in its place is no reason to fail."""
    folder, file, whole = kept
    file.write_bytes(foreign)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VZEVENTS_CACHE_DIR", str(file.parents[1]))
        assert len(Codebook.load(folder)) == 5
    assert file.read_bytes() == whole


def test_rows_of_another_shape_are_passed_over(
    tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even under a right header, what are no rows of a codebook is not used."""
    folder = small_codebook(tmp_path)
    monkeypatch.setattr(compiling, "_header", lambda *parts: b"always the same")
    Codebook.load(folder)
    (file,) = (tmp_path / "cache" / "codebooks").iterdir()
    file.write_bytes(b'always the same\n{"settings": []}\n[]')
    assert len(Codebook.load(folder)) == 5
    assert len(reads) == 2


def test_without_a_cache_folder_it_only_takes_longer(
    tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written the codebook loads all the same."""
    folder = small_codebook(tmp_path)
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("VZEVENTS_CACHE_DIR", str(tmp_path / "file"))
    assert len(Codebook.load(folder)) == len(Codebook.load(folder)) == 5
    assert len(reads) == 2


def test_a_failed_write_leaves_nothing(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step fails neither half a file nor a scratch file stays."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert len(Codebook.load(small_codebook(tmp_path))) == 5
    assert list(cache.iterdir()) == []


def test_the_cache_folder_does_not_grow_for_ever(tmp_path: Path, cache: Path) -> None:
    """Of many codebooks the newest stay."""
    for number in range(20):
        Codebook.load(small_codebook(tmp_path / str(number)))
    assert len(list(cache.iterdir())) == 16


@pytest.mark.parametrize("on", [True, False])
def test_the_garbage_collector_is_left_as_it_was(on: bool, tmp_path: Path) -> None:
    """It rests while YAML is read, and is behind that as it was before."""
    folder = small_codebook(tmp_path)
    was_on = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        Codebook.load(folder)
        assert gc.isenabled() is on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the file; nothing is loaded without it."""
    folder = small_codebook(tmp_path)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match=r"agents\.yaml: cannot be read: Permission denied"):
        Codebook.load(folder)
