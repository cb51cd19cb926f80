"""Capitals and lost accents are respelt before a sentence is parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.coding import Coder
from vzevents.sentences.spelling import is_in_capitals, respell

pytest.importorskip("simplemma")


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("POLICIA DETUVO A UN DIPUTADO EN CARACAS", "es", "Policía detuvo a un diputado en Caracas"),
        ("ESTUDIANTES DE CHILE SIGUEN NEGANDOSE", "es", "Estudiantes de Chile siguen negándose"),
        ("LA ONU CONDENA A MADURO", "es", "La ONU condena a Maduro"),
        ("La policia detuvo a un dirigente", "es", "La policía detuvo a un dirigente"),
        ("La policia detuvo a Ramírez", "es", "La policia detuvo a Ramírez"),
        ("PERU EXPELS US ENVOY FROM LIMA", "en", "Peru expels US envoy from Lima"),
        ("Peru expels an envoy of NATO", "en", "Peru expels an envoy of NATO"),
        ("MADRID (EFE)", "es", "MADRID (EFE)"),
        ("", "en", ""),
    ],
)
def test_respelt(text: str, language: str, wanted: str) -> None:
    """Common words are small, names and acronyms stay; a text that has accents is left as it is."""
    assert respell(text, language) == wanted


@given(st.text(), st.sampled_from(["en", "es"]))
def test_every_character_stays_at_its_place(text: str, language: str) -> None:
    """Whatever the text, spans in what is read are spans in the text."""
    assert len(respell(text, language)) == len(text)


def test_capitals_are_most_letters_of_three_words() -> None:
    """An acronym or a name in capitals makes no line of capitals."""
    assert is_in_capitals("THE ARMY of PERU MUTINIES")
    assert not is_in_capitals("NATO and the EU met")
    assert not is_in_capitals("CARACAS PDVSA")


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("CANADA RECOGNIZES JUAN GUAIDO AS INTERIM PRESIDENT", "en", "054R"),
        ("CANADA RECONOCE A JUAN GUAIDO COMO PRESIDENTE ENCARGADO", "es", "054R"),
    ],
)
def test_a_headline_in_capitals_is_coded(rules: Coder, text: str, language: str, code: str) -> None:
    """Its parties are told in the words of the text."""
    found = rules.code_text(text, language=language)
    row = found[found["status"] == "accepted"].iloc[0]
    assert (row["event_code"], row["source_text"]) == (code, "CANADA")
    assert row["target_text"].startswith("JUAN GUAIDO")
