"""Parties: who a phrase of a sentence stands for, names and pronouns carried through an article."""

from __future__ import annotations

from datetime import date

import pytest

from vzevents.parties import Party, PartyReader, words_of
from vzevents.sentences import Sentence, parse_text
from vzevents.statements import StatementExtractor


def _read_all(extractor: StatementExtractor, text: str) -> tuple[PartyReader, list[Sentence]]:
    sentences = parse_text(text)
    reader = PartyReader(extractor.resolver, extractor.words, sentences, published=date(2019, 2, 20))
    for sentence in sentences:
        reader.begin(sentence)
    return reader, sentences


def _party(extractor: StatementExtractor, text: str, word: str) -> Party:
    """Return who the last occurrence of a word in a text stands for, read as the coder does."""
    sentences = parse_text(text)
    reader = PartyReader(extractor.resolver, extractor.words, sentences, published=date(2019, 2, 20))
    found = None
    for sentence in sentences:
        reader.begin(sentence)
        for token in sentence.tokens:
            if token.text == word:
                found = reader.read(sentence, token.i)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "word", "words"),
    [
        ("The Peruvian foreign minister left.", "minister", "Peruvian foreign minister"),
        ("Peru's foreign minister left.", "minister", "Peru's foreign minister"),
        ("Two lawmakers of the opposition left.", "lawmakers", "Two lawmakers"),
        ("A crowd of Venezuelans left.", "crowd", "crowd of Venezuelans"),
        ("Most members of the OAS left.", "members", "Most members of the OAS"),
        ("The minister who lied left.", "minister", "minister"),
        ("Chile left.", "Chile", "Chile"),
    ],
)
def test_words(text: str, word: str, words: str, extractor: StatementExtractor) -> None:
    """The words of a party are its name without article; a mere quantity takes in what it counts."""
    party = _party(extractor, text, word)
    assert party.text == words
    assert text[party.start : party.end].endswith(words)


def test_long_name(extractor: StatementExtractor) -> None:
    """Of a long name the ten words that end in its head are kept, its place is that of all of it."""
    name = "very old and very tired former Peruvian deputy foreign trade policy minister"
    party = _party(extractor, f"The {name} left.", "minister")
    assert len(party.text.split()) <= 10
    assert party.text.endswith("minister")
    assert party.end - party.start >= len(party.text)


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        # whose the army is
        ("Peru elected a president.\nThe army slept.", "army", "PER"),
        ("Chile and Chile again spoke of Peru.\nThe police slept.", "police", "CHL"),
        ("The army slept.", "army", None),
        # not for organisations, groups of states, nor for who has a country of his own
        ("Peru elected a president.\nThe OAS slept.", "OAS", None),
        ("Peru elected a president.\nSeveral nations slept.", "nations", None),
        ("Peru elected a president.\nA Chilean general slept.", "general", "CHL"),
        ("Peru elected a president.\nA baker slept.", "baker", None),
    ],
)
def test_country_of_the_article(
    text: str, word: str, country: str | None, extractor: StatementExtractor
) -> None:
    """Who has a role but no country is of the country that the article speaks of most."""
    assert _party(extractor, text, word).reading.country == country


@pytest.mark.parametrize(
    ("text", "word", "actor_id", "role"),
    [
        # singular persons
        ("Maduro slept. He left.", "He", "maduro", "GOV"),
        ("Maduro met Guaidó. He left.", "He", "maduro", "GOV"),
        ("Peru slept. He left.", "He", None, None),
        ("Maduro slept. Chile slept. He left.", "He", "maduro", "GOV"),
        ("Maduro slept. Chile slept. Peru slept. Brazil slept. He left.", "He", None, None),
        ("Maduro said that he left.", "he", "maduro", "GOV"),
        # bodies
        ("Peru slept. It left.", "It", "PER", "GOV"),
        ("Maduro slept. It left.", "It", None, None),
        ("Peru said that it left.", "it", "PER", "GOV"),
        # several
        ("The protesters slept. They left.", "They", None, "CVL"),
        ("The OAS slept. They left.", "They", "oas", "IGO"),
        ("Maduro slept. They left.", "They", None, None),
        # nobody before
        ("He left.", "He", None, None),
    ],
)
def test_pronouns(
    text: str, word: str, actor_id: str | None, role: str | None, extractor: StatementExtractor
) -> None:
    """A pronoun stands for the nearest fitting subject of this or the two sentences before."""
    party = _party(extractor, text, word)
    assert (party.reading.actor_id, party.reading.role) == (actor_id, role)
    assert party.text == word


@pytest.mark.parametrize(
    ("text", "word", "country", "role"),
    [
        ('"I left," the Chilean minister said.', "I", "CHL", "GOV"),
        ('"We left," the Chilean minister said.', "We", "CHL", "GOV"),
        ('The Chilean minister said: "We left."', "We", "CHL", "GOV"),
        ("We left.", "We", None, None),
    ],
)
def test_first_person(
    text: str, word: str, country: str | None, role: str | None, extractor: StatementExtractor
) -> None:
    """In a quote "I" and "we" are who speaks."""
    reading = _party(extractor, text, word).reading
    assert (reading.country, reading.role) == (country, role)


@pytest.mark.parametrize(
    ("text", "word", "country", "role"),
    [
        ("Chilean General Ramiro Soto slept.\nThen Maduro met Soto.", "Soto", "CHL", "MIL"),
        ("Maduro met Soto.", "Soto", None, None),
        ("Chilean General Ramiro Soto slept.\nThen Maduro met Mora.", "Mora", None, None),
        ("Chilean General Ramiro Soto slept.\nThen Maduro met Peruvian minister Soto.", "Soto", "PER", "GOV"),
    ],
)
def test_surname(
    text: str, word: str, country: str | None, role: str | None, extractor: StatementExtractor
) -> None:
    """Who was introduced is known by surname from then on, unless somebody else is introduced by it."""
    reading = _party(extractor, text, word).reading
    assert (reading.country, reading.role) == (country, role)


@pytest.mark.parametrize(
    ("text", "word", "actor_id"),
    [
        ("The offer of the OAS came late.", "offer", "oas"),
        ("Maduro's offer came late.", "offer", "maduro"),
        ("The offer from Peru came late.", "offer", "PER"),
        ("The offer of the bakers came late.", "offer", None),
        ("The offer came late.", "offer", None),
        ("His offer came late.", "offer", None),
    ],
)
def test_owner(text: str, word: str, actor_id: str | None, extractor: StatementExtractor) -> None:
    """Whose a thing is stands before it or behind "of", "from", "by"; nobody known is nobody."""
    reader, (sentence,) = _read_all(extractor, text)
    owner = reader.owner(sentence, next(t.i for t in sentence.tokens if t.text == word))
    assert (owner.reading.actor_id if owner else None) == actor_id


def test_nearest_before(extractor: StatementExtractor) -> None:
    """The actors before a word come nearest first, those behind it not at all."""
    reader, (sentence,) = _read_all(extractor, "Peru told Chile and a baker to leave Brazil.")
    leave = next(t.i for t in sentence.tokens if t.text == "leave")
    assert [p.reading.actor_id for p in reader.nearest_before(sentence, leave)] == ["CHL", "PER"]


def test_office_is_that_of_the_day(extractor: StatementExtractor) -> None:
    """Claimed offices are looked up for the day of publication."""
    assert _party(extractor, "Guaidó slept.", "Guaidó").reading.office_claimed == "interim-president"


def test_words_of(extractor: StatementExtractor) -> None:
    """A stretch begins behind articles, takes in everything between, and has ten words at most."""
    (sentence,) = parse_text("The old man saw one two three four five six seven eight nine ten ships.")
    assert words_of(sentence, [3, 0]) == "old man saw"
    assert len(words_of(sentence, range(len(sentence.tokens) - 1)).split()) == 10
