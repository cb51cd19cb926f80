"""What the encoder reads of Spanish: English words, each of which knows where its Spanish one stands."""

from __future__ import annotations

import re

import pytest

from vzevents.ranking.glosses import english, gloss, glosses

_MARKED = "[S] El Gobierno [/S] expulsó al [T] embajador [/T], dijo Maduro."


def test_words_are_read_in_english() -> None:
    """Marks of parties and names that are spelled like words stay."""
    read = gloss(_MARKED, "es").text
    assert read.startswith("[S] the government [/S] expelled to the [T] ambassador [/T]")
    assert read.endswith("said Maduro.")


def test_each_place_of_a_gloss_knows_its_word() -> None:
    """A gloss of two words points to the one word that it renders; what stays points to itself."""
    read = gloss(_MARKED, "es")
    told = {m.group(): _MARKED[slice(*read.original(*m.span()))] for m in re.finditer(r"\w{2,}", read.text)}
    assert told["expelled"] == "expulsó"
    assert told["to"] == "al"
    assert told["Maduro"] == "Maduro"
    assert len(read.starts) == len(read.ends) == len(read.text)


def test_english_stays_as_it_is() -> None:
    """Place by place."""
    text = "Peru expelled the envoy."
    read = gloss(text, "en")
    assert read.text == text
    assert read.original(5, 13) == (5, 13)


def test_an_empty_place_stays_empty() -> None:
    """Signs that the tokenizer adds stand nowhere."""
    assert gloss("", "es").original(0, 0) == (0, 0)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("EXPULSÓ", "expelled"),
        ("Maduro", "Maduro"),
        ("maduro", "mature"),
        ("Xyzqwerty", None),
        ("xyzqw", None),
    ],
)
def test_words_of_any_case(word: str, told: str | None) -> None:
    """Capitals of headlines count for nothing, those of names for all."""
    assert english(word, "es") == told


def test_a_form_that_is_not_listed_is_read_by_its_lemma() -> None:
    """With its tense, which parts a threat from a deed."""
    form = next(f for f in ("desalojaremos", "clausuraréis", "deportaréis") if f not in glosses("es"))
    told = english(form, "es")
    assert told is not None
    assert told.startswith("will ")


def test_the_list_is_in_order_and_each_word_stands_once() -> None:
    """So that a line is found, and a change shows."""
    from vzevents.resources import model_dir

    lines = (model_dir() / "gloss_es.tsv").read_text("utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines]
    assert words == sorted(set(words))
    assert all(len(line.split("\t")) == 2 and line.split("\t")[1] for line in lines)
