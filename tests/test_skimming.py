"""Skimming: sentences that cannot hold a statement are told by their words, counted, and left unparsed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from vzevents.cli import main
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.sentences import bundled_skimmer, parse_texts
from vzevents.sentences.skimming import BITS, Skimmer, features, sentences_of

TEXT = "The square was empty. Peru condemned Cuba on Monday. It rained. Chile thanked Peru."


def _skim(text: str) -> bool:
    return "Peru" in text


class _OnlyPeru:
    """Stands in for a skimmer."""

    may_hold = staticmethod(_skim)


def _skimmer(folder: Path, words: dict[str, int], least: float) -> Skimmer:
    """Return a skimmer that knows some words."""
    weights = np.zeros(1 << BITS, dtype=np.int8)
    for word, weight in words.items():
        weights[sorted(features(word) - features("zzz"))] = weight
    path = folder / "skim.npz"
    np.savez(path, weights=weights, least=np.float32(least))
    return Skimmer(path)


@pytest.mark.parametrize(
    ("line", "sentences"),
    [
        ("", []),
        ("Peru left", ["Peru left"]),
        (
            TEXT,
            [
                "The square was empty. ",
                "Peru condemned Cuba on Monday. ",
                "It rained. ",
                "Chile thanked Peru.",
            ],
        ),
        ("“It rained.” He left.", ["“It rained.” ", "He left."]),
        ("¿Quién llama? Nadie contestó.", ["¿Quién llama? ", "Nadie contestó."]),
        ("Troops of the U.S. Navy left.", ["Troops of the U.S. Navy left."]),
        ("El Gral. Rivas y el Dr. Paz hablan.", ["El Gral. Rivas y el Dr. Paz hablan."]),
        ("It cost 3.50 dollars. and more", ["It cost 3.50 dollars. and more"]),
    ],
)
def test_sentences(line: str, sentences: list[str]) -> None:
    """A line ends only where there is no doubt; nothing of it is lost."""
    assert [line[start:end] for start, end in sentences_of(line)] == sentences


def test_what_is_not_parsed() -> None:
    """A sentence that is skimmed off keeps its place and its number; the others are parsed as ever."""
    (found,) = parse_texts([TEXT], skim=_skim)
    (whole,) = parse_texts([TEXT])
    assert [(s.index, s.start, s.end, s.text) for s in found] == [
        (s.index, s.start, s.end, s.text) for s in whole
    ]
    assert [s.is_skipped for s in found] == [True, False, True, False]
    assert [found[1].tokens, found[3].tokens] == [whole[1].tokens, whole[3].tokens]
    assert not any(s.is_skipped for s in whole)


def test_what_is_too_long() -> None:
    """A sentence that is too long is told as such, whether skimmed or not."""
    for skim in (None, _skim):
        (found,) = parse_texts(["word " * 1000], skim=skim)
        assert [(s.is_too_long, s.is_skipped) for s in found] == [(True, False)]


def test_skimmer(tmp_path: Path) -> None:
    """Weights of words are added up; case and accents do not matter."""
    skimmer = _skimmer(tmp_path, {"condenó": 5, "llovió": -5}, least=0.0)
    assert skimmer.may_hold("CONDENO")
    assert skimmer.may_hold("xyzzy")
    assert not skimmer.may_hold("Llovio")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The opposition leader accused the government of torture on Friday."),
        ("en", "Troops arrested two mayors."),
        ("es", "El canciller peruano condenó la detención de los diputados."),
        ("es", "Estudiantes marcharon en Caracas contra el gobierno."),
    ],
)
def test_what_is_read(language: str, text: str) -> None:
    """Plain statements are read."""
    assert bundled_skimmer(language).may_hold(text)


def test_examples_are_read(codebook: Codebook) -> None:
    """Of the codebook's training examples that hold a statement nearly all are read, and not all others."""
    for language in ("en", "es"):
        skimmer = bundled_skimmer(language)
        told = [
            (bool(e.expected), skimmer.may_hold(e.text))
            for e in codebook.examples
            if e.language == language and e.split == "train"
        ]
        holding = [read for holds, read in told if holds]
        assert sum(holding) / len(holding) > 0.98


def test_coder(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coder skips unless told otherwise, and says of what is left what it would have said."""
    assert coder.model is not None
    monkeypatch.setattr("vzevents.coding.bundled_skimmer", lambda _: _OnlyPeru)
    found = coder.code_text(TEXT, language="en")
    whole = Coder(coder.codebook, model=coder.model, skip=False).code_text(TEXT, language="en")
    assert found[found["status"] == "accepted"].equals(whole[whole["status"] == "accepted"])


def test_code_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary of a run says how many sentences were skipped; with --no-skip none is."""
    monkeypatch.setattr("vzevents.coding.bundled_skimmer", lambda _: _OnlyPeru)
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["code", str(path), "--language", "en"])
    assert "1 article, 4 sentences (2 skipped): " in result.stderr
    result = CliRunner().invoke(main, ["code", str(path), "--language", "en", "--no-skip"])
    assert "1 article, 4 sentences: " in result.stderr
