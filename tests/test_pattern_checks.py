from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from small_codebook import small_codebook

from vzevents.codebook import find_problems


def told(folder: Path, **patterns: list[str]) -> list[str]:
    """Return what `check` says of the English patterns of some codes: c120, c120D, c141."""
    book = small_codebook(folder)
    for key, lines in patterns.items():
        code = key.removeprefix("c")
        file = book / "codes" / f"{code[:2]}.yaml"
        codes = yaml.safe_load(file.read_text(encoding="utf-8"))
        codes[code]["patterns"] = {"en": lines}
        file.write_text(yaml.safe_dump(codes), encoding="utf-8")
    return [p.message for p in find_problems(book) if p.message.startswith("pattern ")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("condemn T", "condemn T"),
        ("condemn|blame T", "blame|condemn T"),
        ("condemn T for|over *", "condemn T over|for *"),
        ("condemn T:MIL|GOV", "condemn T:GOV|MIL"),
        ("the arrest of T by S", "the arrest of T by S"),
    ],
)
def test_what_asks_for_the_same_is_the_same(one: str, other: str, tmp_path: Path) -> None:
    """The order of alternatives does not tell patterns apart, within a code and in two codes."""
    (twice,) = told(tmp_path, c120=[one, other])
    assert "keep it or that in line" in twice
    (stolen,) = told(tmp_path, c120=[one], c141=[other])
    assert f'{other!r} is also a pattern of "120"' in stolen


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ("condemn|blame T", "condemn T"),
        ("condemn T for|over *", "condemn T for *"),
        ("condemn T:GOV|MIL", "condemn T:GOV"),
        ("condemn|blame T !mildly", "condemn T !mildly|softly"),
        ("S:GOV|MIL condemn T", "S:MIL condemn T"),
        ("condemn T ... killing|murder", "condemn T ... murder"),
        ("the arrest|seizure of T", "the arrest of T"),
    ],
)
def test_what_never_wins(strong: str, weak: str, tmp_path: Path) -> None:
    """What a pattern of an earlier or a longer code matches too, with no less weight, never wins."""
    for codes in ({"c120": [strong], "c141": [weak]}, {"c120": [weak], "c120D": [strong]}):
        (message,) = told(tmp_path, **codes)
        assert f"{weak!r} never wins: {strong!r}" in message


@pytest.mark.parametrize(
    ("strong", "weak"),
    [
        ("condemn|blame T", "condemn T for *|words"),  # more words, more weight
        ("condemn|blame T", "condemn T:GOV"),  # a condition counts
        ("condemn|blame T", "condemn|praise T over *"),
        ("condemn|blame T for murder", "condemn T over murder"),
        ("condemn|blame S", "condemn T"),
        ("condemn|blame", "the condemn"),
        ("condemn T ... killing", "condemn T killing"),
        ("call_off|cancel T", "call T"),
        ("condemn|blame (for T)", "condemn for T"),
        ("condemn|blame T !mildly|softly", "condemn T !mildly"),  # matches less than the other
    ],
)
def test_what_can_win(strong: str, weak: str, tmp_path: Path) -> None:
    """What asks for more, or for something else, than an earlier pattern is in order."""
    assert [m for m in told(tmp_path, c120=[strong], c141=[weak]) if "never wins" in m] == []


def test_the_stronger_may_stand_later(tmp_path: Path) -> None:
    """A special pattern that comes first wins over the general one behind it: nothing is wrong."""
    assert [m for m in told(tmp_path, c120=["condemn T"], c141=["condemn|blame T"]) if "never" in m] == []


def test_where_order_alone_decides(tmp_path: Path) -> None:
    """Patterns that share a head and ask for the same are told with what they share."""
    (message,) = told(tmp_path, c120=["condemn|blame T"], c141=["blame|scold T"])
    assert "'blame|scold T' shares blame with 'condemn|blame T' of \"120\"" in message
    assert told(tmp_path, c120=["condemn|blame T"], c120D=["blame|scold T"]) == []  # the longer code wins
    assert told(tmp_path, c120=["condemn|blame T"], c141=["blame|scold T for it"]) == []
    assert told(tmp_path, c120=["condemn|blame T"], c141=["praise|scold T"]) == []


def test_a_line_behind_a_bad_pattern_keeps_its_line(tmp_path: Path) -> None:
    """What is not read does not shift the lines of what is."""
    book = small_codebook(tmp_path)
    file = book / "codes" / "14.yaml"
    with file.open("a", encoding="utf-8") as codes:
        codes.write("  patterns:\n    en:\n      - march to\n      - march T\n      - march T\n")
    lines = len(file.read_text(encoding="utf-8").splitlines())
    found = {p.line: p.message for p in find_problems(book) if p.file.endswith("14.yaml")}
    assert "ends in 'to'" in found[lines - 2]
    assert f"keep it or that in line {lines - 1}" in found[lines]
