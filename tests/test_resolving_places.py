"""Places in text: which name is found, which place it is, and what is no place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.codebook import Codebook
from vzevents.codebook.model import Place
from vzevents.resolving.places import PlaceIndex, PlaceMention, find_places


@pytest.fixture(scope="module")
def index() -> PlaceIndex:
    """Index of the bundled places."""
    return PlaceIndex.from_codebook(Codebook.load().places)


def ids(text: str, places: PlaceIndex, language: str = "en") -> list[str]:
    """Return the ids of the places found."""
    return [mention.place_id for mention in find_places(text, places=places, language=language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marchers filled the streets of Caracas.", ["VEN-GN3646738"]),
        ("at the Simon Bolivar bridge near Cúcuta", ["VEN-simon-bolivar-bridge", "COL-GN3685533"]),
        ("en el puente internacional Tienditas", ["VEN-tienditas-bridge"]),
        ("una base aérea, La Carlota, quedó sitiada", ["VEN-la-carlota"]),
        ("soldiers in Santa Elena de Uairen", ["VEN-GN3627382"]),
        ("meetings in Washington, D.C. and St. Lucia", ["USA-GN4140963", "LCA"]),
        ("residents of Caracas's Altamira district", ["VEN-GN3646738", "VEN-altamira"]),
    ],
)
def test_finds_the_longest_name_with_or_without_accents(
    index: PlaceIndex, text: str, expected: list[str]
) -> None:
    """The longest name wins, however its accents are written."""
    assert ids(text, index) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Protesters gathered in Mérida.", "VEN-GN3632308"),
        ("Protesters gathered in Mérida state.", "VE-L"),
        ("una marcha en el estado Mérida", "VE-L"),
        ("clashes in the state of Bolívar", "VE-F"),
        ("in Miranda, east of the capital", "VE-M"),
        ("in La Guaira", "VEN-GN3637721"),
        ("the Sucre municipality in Miranda", "VEN-GN8129175"),
    ],
)
def test_city_goes_before_its_state_unless_the_word_stands_beside(
    index: PlaceIndex, text: str, expected: str
) -> None:
    """Mérida is the city, "Mérida state" the state, "Sucre municipality" the municipality."""
    assert ids(text, index)[0] == expected


def test_a_list_of_states_is_read_as_states(index: PlaceIndex) -> None:
    """The plural before or after a list holds for each of its members."""
    assert ids("En los estados Zulia, Mérida y Barinas", index, "es") == ["VE-V", "VE-L", "VE-E"]
    assert ids("in Mérida and Barinas states", index) == ["VE-L", "VE-E"]


def test_united_states_does_not_make_a_state_of_a_city(index: PlaceIndex) -> None:
    """The country's name is no cue."""
    assert ids("In Mérida, the United States said", index) == ["VEN-GN3632308", "USA"]


@pytest.mark.parametrize(
    "text",
    [
        "Marco Rubio spoke first.",
        "Francisco de Miranda was honoured.",
        "They met general Zamora there.",
        "a statue of Antonio José de Sucre",
        "according to Gov. Miranda",
        "on Avenida Sucre",
        "They told us that bolívar notes were scarce.",
        "the Plaza municipality's neighbour Federación",
    ],
)
def test_persons_streets_and_common_words_are_no_places(index: PlaceIndex, text: str) -> None:
    """A name after a first name or title, or in small letters, is not a state or town."""
    assert not {"VE-M", "VE-R", "VE-F", "VEN-GN3628952", "USA"} & set(ids(text, index))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("a rally in Valencia", "VEN"),
        ("a rally in Valencia, Spain", "ESP"),
        ("emigrantes marcharon en Valencia (España)", "ESP"),
        ("Spanish police in Valencia", "ESP"),
        ("Spanish reporters in Valencia, Carabobo", "VEN"),
    ],
)
def test_homonyms_abroad_need_their_country_nearby(index: PlaceIndex, text: str, country: str) -> None:
    """Valencia is Venezuela's unless Spain stands near and Carabobo does not."""
    (mention,) = [
        found for found in find_places(text, places=index, language="en") if "alencia" in found.text
    ]
    assert mention.place_id[:3] == country


def test_homonymous_towns_are_told_by_their_state(index: PlaceIndex) -> None:
    """San Mateo is Aragua's by default and Anzoátegui's beside that name."""
    places = Codebook.load().places
    default, *_ = ids("in San Mateo", index)
    told, *_ = ids("in San Mateo, Anzoátegui", index)
    assert (places[default].admin1, places[told].admin1) == ("VE-D", "VE-B")


def test_headline_in_capitals_keeps_its_places(index: PlaceIndex) -> None:
    """Capitals tell nothing about surnames in a line of capitals."""
    assert ids("PROTESTS ROCK CARACAS", index) == ["VEN-GN3646738"]


def test_abbreviations_match_in_capitals_only(index: PlaceIndex) -> None:
    """The country is US; the pronoun is not."""
    assert ids("The US told us", index) == ["USA"]


def test_mentions_carry_their_span() -> None:
    """The span is that of the text given, and the name as written there."""
    place = Place("X-1", "Puerto Cabello", "city", "VEN", "VE-G", None, None, None, None)
    index = PlaceIndex.from_codebook({"X-1": place})
    found = find_places("In PUERTO Cabello, ships", places=index, language="en")
    assert found == [PlaceMention(start=3, end=17, place_id="X-1", text="PUERTO Cabello")]


def test_an_empty_index_finds_nothing() -> None:
    """No places, no mentions."""
    assert find_places("Caracas", places=PlaceIndex.from_codebook({}), language="es") == []


@given(st.text(st.sampled_from("Caracas Mérida estado . , San Cristóbal US\n"), max_size=60))
def test_mentions_are_ordered_and_do_not_overlap(text: str) -> None:
    """Any text gives mentions in its order, apart from one another, whose words are the text's."""
    places = {
        str(number): Place(str(number), name, "city", "VEN", None, None, None, None, None)
        for number, name in enumerate(("Caracas", "Mérida", "San", "San Cristóbal", "US", "C", "a"))
    }
    found = find_places(text, places=PlaceIndex.from_codebook(places), language="es")
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
