"""Parses kept on disk: what comes out is what the parser gave, and whatever is damaged is parsed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from vzevents.sentences import Sentence, Token, parse_cache, parse_text
from vzevents.sentences.parse_cache import ParseCache

TEXTS = ("Peru expelled the envoy.", "Chile did not.", "")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of kept parses, in a cache folder of the test's own."""
    monkeypatch.setenv("VZEVENTS_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "parses"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put a parser that knows words only in place of the real one; return what it parsed."""
    texts: list[str] = []

    def parse(given: Sequence[str], *, language: str) -> list[list[Sentence]]:
        texts.extend(f"{language}: {text}" for text in given)
        return [words_of(text, language) for text in given]

    def words_of(text: str, language: str) -> list[Sentence]:
        words = enumerate(text.split())
        token = [Token(i, w, w, "X", "X", "ROOT", i, i, i + 1, frozenset({w, w.lower()})) for i, w in words]
        return [Sentence(0, 0, len(text), text, language, tuple(token), text)] if text else []

    monkeypatch.setattr(parse_cache, "parse_texts", parse)
    monkeypatch.setattr(parse_cache, "model_stamp", lambda language: f"{language}-model-1")
    return texts


def run(*texts: str, language: str = "en") -> list[list[Sentence]]:
    """Parse texts through a cache that is closed behind them."""
    with ParseCache() as cache:
        return [one for text in texts for one in cache.parse_texts([text], language=language)]


def test_a_text_is_parsed_once(folder: Path, parsed: list[str]) -> None:
    """The second run parses nothing and gives the same; within a run a text is parsed once too."""
    first = run(*TEXTS, TEXTS[0])
    assert len(parsed) == len(TEXTS)
    assert run(*TEXTS, TEXTS[0]) == first
    assert len(parsed) == len(TEXTS)
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("language", "text"), [("en", "Peru expelled the envoy."), ("es", "Perú lo expulsó.")]
)
def test_what_is_kept_is_what_the_parser_gives(folder: Path, language: str, text: str) -> None:
    """Sentences come back equal, with the same types, and the same words hang from each other."""
    (plain,) = parse_text(text, language=language)
    run(text, language=language)
    ((kept,),) = run(text, language=language)
    assert kept == plain
    assert kept.children == plain.children
    assert {type(kept.tokens), type(kept.tokens[0].forms)} == {tuple, frozenset}


@pytest.mark.parametrize("what", ["language", "model", "modules"])
def test_another_parser_parses_again(
    what: str, folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another language, model or version of the adapters made is not used, and stays for them."""
    run(TEXTS[0])
    if what == "model":
        monkeypatch.setattr(parse_cache, "model_stamp", lambda language: "another")
    if what == "modules":
        monkeypatch.setattr(parse_cache, "_made_by", lambda: "another")
    run(TEXTS[0], language="es" if what == "language" else "en")
    assert len(parsed) == 2
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("raw", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_begun_anew(raw: bytes, folder: Path, parsed: list[str]) -> None:
    """What is no database is replaced: the run after that parses nothing again."""
    first = run(*TEXTS)
    (file,) = folder.iterdir()
    file.write_bytes(raw)
    assert run(*TEXTS) == first
    assert len(parsed) == 2 * len(TEXTS)
    assert run(*TEXTS) == first
    assert len(parsed) == 2 * len(TEXTS)


def test_a_database_damaged_inside_is_given_up(folder: Path, parsed: list[str]) -> None:
    """Wherever a page is overwritten, the parses are right, and the third run parses nothing again."""
    texts = [f"{TEXTS[0]} {number}" for number in range(300)]
    first = run(*texts)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for page in range(1, len(whole) // 4096, 3):
        file.write_bytes(whole[: 4096 * page] + b"\xa5" * 4096 + whole[4096 * (page + 1) :])
        assert run(*texts) == first
        assert run(*texts) == first
        parsed.clear()
        assert run(*texts) == first
        assert parsed == []


def test_a_damaged_parse_is_parsed_again(folder: Path, parsed: list[str]) -> None:
    """A row whose hash does not fit is not used, though it be a parse in form."""
    first = run(*TEXTS)
    (file,) = folder.iterdir()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE parses SET parse = CAST(replace(parse, 'envoy', 'enemy') AS BLOB)")
    connection.close()
    assert run(*TEXTS) == first
    assert len(parsed) > len(TEXTS)


def test_without_a_folder_all_is_parsed(
    tmp_path: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written the parses are right, only slower."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("VZEVENTS_CACHE_DIR", str(tmp_path / "file"))
    assert run(*TEXTS) == run(*TEXTS)
    assert len(parsed) == 2 * len(TEXTS)


def test_while_another_program_writes_nothing_fails(
    folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked file costs the keeping of what is new, not the run."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, timeout=0))
    run(TEXTS[0])
    (file,) = folder.iterdir()
    other = connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert run(*TEXTS)[0][0].text == TEXTS[0]
    other.close()
    run(*TEXTS)
    assert run(TEXTS[1])[0][0].text == TEXTS[1]


def test_an_interrupted_run_keeps_what_it_parsed(folder: Path, parsed: list[str]) -> None:
    """What was parsed before an error need not be parsed again."""
    with pytest.raises(AttributeError):
        run(TEXTS[0], None)  # type: ignore[arg-type]
    run(TEXTS[0])
    assert len(parsed) == 1


def test_files_long_out_of_use_are_removed(
    folder: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many versions of a parser the newest files stay, the one in use among them."""
    for number in range(9):
        monkeypatch.setattr(parse_cache, "model_stamp", lambda language, n=number: str(n))
        run(TEXTS[0])
    assert len(list(folder.iterdir())) == 6
    parsed.clear()
    run(TEXTS[0])
    assert parsed == []
