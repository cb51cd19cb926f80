"""The actors, offices, agents and places that ship: what must hold of the data themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import yaml

from vzevents.codebook import Codebook
from vzevents.codebook.model import Actor, Office
from vzevents.resources import resource_dir

ROLES = {
    "GOV", "MIL", "OPP", "LEG", "JUD", "COP", "SPY", "REB", "CVL", "CRM", "MED", "BUS", "LAB", "NGO", "ELI",
    "UAF", "IGO",
}  # fmt: skip
FILES = ("states", "organisations", "venezuela", "leaders", "offices", "agents")
# Offices that several people hold at once.
MANY_HOLDERS = {"deputy", "senator", "rector-of-the-electoral-council"}
# Words that only a capital tells from another word.
CAPITALISED = {"Corona", "Estado", "Frente", "Supremo", "Tesoro"}
# One alias for two actors is allowed only when it stands here, with why.
SHARED_ALIASES: dict[str, set[str]] = {}


def raw(name: str) -> Any:
    """Return a file of actors as YAML reads it."""
    return yaml.safe_load(resource_dir("codebook").joinpath(f"actors/{name}.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    """Bundled codebook."""
    return Codebook.load()


def names(actor: Actor, language: str) -> Iterator[str]:
    """Yield every name of an actor in a language."""
    yield actor.name[language]
    for listed in (actor.aliases, actor.adjectives, actor.people, actor.capital, actor.residences):
        yield from listed.get(language, ())


def strings(value: object) -> Iterator[object]:
    """Yield every scalar of a YAML value, keys too."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    else:
        yield value


@pytest.mark.parametrize("name", FILES)
def test_yaml_holds_text_and_null_only(name: str) -> None:
    """No name, code or date is read as a boolean, number or date (NO, on, 2019-01-23)."""
    assert {type(value) for value in strings(raw(name))} <= {str, type(None)}


def test_ids_are_unique_across_files() -> None:
    """An actor id stands in one file only."""
    keys = [key for name in FILES[:4] for key in raw(name)]
    assert len(keys) == len(set(keys))


def test_all_states_are_there(codebook: Codebook) -> None:
    """193 members of the United Nations, Kosovo, Palestine, Taiwan and the Holy See."""
    states = {key for key, actor in codebook.actors.items() if actor.kind == "state"}
    assert len(states) == 197
    assert {"VEN", "USA", "NOR", "XKX", "PSE", "TWN", "VAT", "COD", "COG"} <= states


def test_countries_are_states_or_known_territories(codebook: Codebook) -> None:
    """The country of an actor is a state's code or one of the few territories listed."""
    states = set(raw("states"))
    countries = {actor.country for actor in codebook.actors.values() if actor.country}
    assert countries - states <= {"ABW", "BES", "CUW", "HKG", "PRI"}


def test_members_of_organisations_are_states(codebook: Codebook) -> None:
    """Members are states of the states file, each once at a time; two dozen blocs have them."""
    states = set(raw("states"))
    with_members = [actor for actor in codebook.actors.values() if actor.members]
    assert len(with_members) >= 24
    assert {"oas", "mercosur", "unasur", "lima-group", "eu", "alba", "celac"} <= {
        actor.actor_id for actor in with_members
    }
    for actor in with_members:
        assert {member.state for member in actor.members} <= states
        for year in range(1999, 2026):
            members = actor.members_on(date(year, 7, 1))
            assert len(members) == len(set(members)), (actor.actor_id, year)


@pytest.mark.parametrize(
    ("organisation", "day", "state", "is_member"),
    [
        ("mercosur", date(2012, 8, 11), "VEN", False),
        ("mercosur", date(2012, 8, 12), "VEN", True),
        ("mercosur", date(2017, 8, 5), "VEN", False),
        ("eu", date(2019, 2, 1), "GBR", True),
        ("eu", date(2021, 2, 1), "GBR", False),
        ("lima-group", date(2018, 12, 31), "MEX", True),
        ("lima-group", date(2019, 1, 4), "MEX", False),
        ("lima-group", date(2017, 8, 7), "PER", False),
        ("celac", date(2022, 1, 24), "BRA", False),
        ("celac", date(2023, 1, 24), "BRA", True),
        ("oas", date(2019, 2, 1), "USA", True),
        ("alba", date(2018, 8, 24), "ECU", False),
    ],
)
def test_membership_goes_by_date(
    codebook: Codebook, organisation: str, day: date, state: str, is_member: bool
) -> None:
    """A state is a member from its first day, month or year to its last."""
    assert (state in codebook.actors[organisation].members_on(day)) is is_member


def test_roles_and_sides_are_of_the_closed_lists(codebook: Codebook) -> None:
    """Roles are known; a side is given to Venezuelans and their armed neighbours alone."""
    assert {actor.role for actor in codebook.actors.values()} <= ROLES
    assert {agent.role for agent in codebook.agents} == ROLES
    for actor in codebook.actors.values():
        assert actor.side is None or actor.country == "VEN", actor.actor_id


def test_actor_codes_say_country_and_role(codebook: Codebook) -> None:
    """An actor with country and role is coded by the two together."""
    for actor in codebook.actors.values():
        if actor.country and actor.role:
            assert actor.actor_code == actor.country + actor.role


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_name_is_given_to_two_actors(codebook: Codebook, language: str) -> None:
    """A name means one actor, save for those listed as shared."""
    holders: dict[str, set[str]] = defaultdict(set)
    for actor_id, actor in codebook.actors.items():
        for name in names(actor, language):
            holders[name.casefold()].add(actor_id)
    shared = {name: actors for name, actors in holders.items() if len(actors) > 1}
    assert shared == SHARED_ALIASES


def test_parents_exist(codebook: Codebook) -> None:
    """A parent is an actor."""
    parents = {actor.parent for actor in codebook.actors.values() if actor.parent}
    assert parents <= set(codebook.actors)


@pytest.mark.parametrize(
    ("actor_id", "role", "side"),
    [
        ("maduro", "GOV", "government"),
        ("guaido", "OPP", "opposition"),
        ("leopoldo-lopez", "OPP", "opposition"),
        ("machado", "OPP", "opposition"),
        ("mud", "OPP", "opposition"),
        ("cne", "GOV", "government"),
        ("constituent-assembly", "LEG", "government"),
        ("national-assembly", "LEG", None),
        ("tsj", "JUD", "government"),
        ("tsj-in-exile", "JUD", "opposition"),
        ("tarek-saab", "JUD", "government"),
        ("national-guard", "MIL", "government"),
        ("yanez", "MIL", None),
        ("sebin", "SPY", "government"),
        ("pnb", "COP", "government"),
        ("pdvsa", "BUS", "government"),
        ("almagro", "IGO", None),
        ("bachelet", "IGO", None),
    ],
)
def test_conventions_on_roles_hold(codebook: Codebook, actor_id: str, role: str, side: str | None) -> None:
    """The actors that the conventions name have the role and side that they give."""
    actor = codebook.actors[actor_id]
    assert (actor.role, actor.side) == (role, side)


def test_farc_dissidents_are_colombian_rebels(codebook: Codebook) -> None:
    """They are COL REB, in Venezuela too."""
    actor = codebook.actors["farc-dissidents"]
    assert (actor.country, actor.role) == ("COL", "REB")


def held(codebook: Codebook, actor_id: str, day: str) -> set[tuple[str, str, str]]:
    """Return the offices of an actor on a day, each with account and basis."""
    return {
        (office.office, office.according_to, office.basis)
        for office in codebook.offices
        if office.actor_id == actor_id and office.valid_from <= day <= (office.valid_to or "9999")
    }


def test_guaido_offices_go_by_date(codebook: Codebook) -> None:
    """President of the Assembly from 5 January 2019, interim president claimed from 23 January."""
    presides, interim = "president-of-the-national-assembly", "interim-president"
    assert held(codebook, "guaido", "2019-01-04") == set()
    assert held(codebook, "guaido", "2019-01-22") == {(presides, "national-assembly-2015", "exercised")}
    on_the_day = held(codebook, "guaido", "2019-01-23")
    claims = {(account, basis) for office, account, basis in on_the_day if office == interim}
    assert claims == {
        ("self", "claimed"),
        ("national-assembly-2015", "claimed"),
        ("foreign-government", "recognised"),
    }
    assert (presides, "national-assembly-2015", "claimed") in held(codebook, "guaido", "2022-06-01")
    assert held(codebook, "guaido", "2023-01-06") == set()


def test_maduro_exercises_the_presidency(codebook: Codebook) -> None:
    """He is president by the government's account from 19 April 2013 on, vice president before."""
    assert ("president", "government", "exercised") in held(codebook, "maduro", "2019-02-03")
    assert held(codebook, "maduro", "2013-03-07") == {("vice-president", "government", "exercised")}


def test_side_of_the_assembly_goes_by_date(codebook: Codebook) -> None:
    """The opposition's from 2016, the government's from 2021."""
    rows = [office for office in codebook.offices if office.actor_id == "national-assembly"]
    assert [(row.valid_from[:4], row.side) for row in rows] == [
        ("2011", "government"),
        ("2016", "opposition"),
        ("2021", "government"),
    ]


def test_office_dates_are_ordered_and_keys_unique(codebook: Codebook) -> None:
    """No office ends before it begins; actor, office, start and account identify the row."""
    keys = [(row.actor_id, row.office, row.valid_from, row.according_to) for row in codebook.offices]
    assert len(keys) == len(set(keys))
    assert all(row.valid_to is None or row.valid_from <= row.valid_to for row in codebook.offices)
    assert {row.actor_id for row in codebook.offices} <= set(codebook.actors)


def test_one_holder_at_a_time(codebook: Codebook) -> None:
    """By one account nobody exercises an office that another holds, nor holds it twice."""
    held_by: dict[tuple[str | None, ...], list[Office]] = defaultdict(list)
    for row in codebook.offices:
        actor = codebook.actors[row.actor_id]
        if row.basis == "exercised" and actor.kind == "person":
            whose = actor.parent if row.role == "IGO" else row.country or actor.country
            one = row.actor_id if row.office in MANY_HOLDERS else None
            held_by[whose, row.office, row.according_to, one].append(row)
    for rows in held_by.values():
        rows.sort(key=lambda row: row.valid_from)
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None, (earlier, later)
            assert earlier.valid_to <= later.valid_from, (earlier, later)


def test_venezuela_has_its_offices_since_1999(codebook: Codebook) -> None:
    """Somebody is president and vice president on almost every day; the gaps are days of change."""
    for office, gaps in (("president", 60), ("vice-president", 60)):
        days = [date(1999 + n // 12, n % 12 + 1, 15).isoformat() for n in range(13, 12 * 26)]
        rows = [
            row
            for row in codebook.offices
            if row.office == office and codebook.actors[row.actor_id].country == "VEN"
        ]
        empty = [d for d in days if not any(r.valid_from <= d <= (r.valid_to or "9999") for r in rows)]
        assert len(empty) <= gaps / 30, (office, empty)


def test_opposition_figures_keep_their_role_in_every_office(codebook: Codebook) -> None:
    """Guaidó and the others of the opposition are OPP at all times."""
    for row in codebook.offices:
        if codebook.actors[row.actor_id].role == "OPP" and row.actor_id != "ortega-diaz":
            assert row.role == "OPP", row


@pytest.mark.parametrize("language", ["en", "es"])
def test_agents_have_one_role_a_word(codebook: Codebook, language: str) -> None:
    """A common noun stands once, in small letters save for initials and a few institutions."""
    words = [word for agent in codebook.agents for word in agent.words[language]]
    assert len(words) == len(set(words))
    assert len(words) > 400
    capitals = {word for word in words if word != word.lower() and not word.rstrip("s").isupper()}
    assert capitals <= CAPITALISED


def test_places_have_their_state_and_coordinates(codebook: Codebook) -> None:
    """A place lies in a state that is listed; what has coordinates lies in the country."""
    venezuelan = [place for place in codebook.places.values() if place.country == "VEN"]
    states = {place.place_id for place in venezuelan if place.kind == "admin1"}
    assert len(states) == 25
    for place in venezuelan:
        assert place.admin1 is None or place.admin1 in states
        if place.latitude is not None and place.longitude is not None:
            assert 0 < place.latitude < 16
            assert -74 < place.longitude < -59


def test_coordinates_have_an_open_source(codebook: Codebook) -> None:
    """Coordinates come from GeoNames or airportsdata, by number or code; nothing else has any, cities do."""
    for place in codebook.places.values():
        source = place.source or ""
        if place.latitude is not None:
            assert re.fullmatch(r"GeoNames \d+|airportsdata [A-Z]{4}", source), place.place_id
        if place.kind in {"city", "metropolitan"} and source.startswith("GeoNames"):
            assert place.latitude is not None, place.place_id


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Simón Bolívar International Bridge", "Tienditas International Bridge"), "site"),
        (("Francisco de Paula Santander International Bridge", "Unión International Bridge"), "site"),
        (("Santa Elena de Uairén border crossing", "Paraguachón border crossing"), "site"),
        (("Ramo Verde", "El Helicoide", "La Tumba", "Uribana prison", "Tocorón prison"), "site"),
        (("Tocuyito prison", "El Rodeo prison", "Yare prison", "El Dorado prison"), "site"),
        (("Altamira (Caracas)", "Plaza Bolívar (Caracas)", "Plaza Venezuela", "Puente Llaguno"), "site"),
        (("La Carlota air base", "Fuerte Tiuna", "Miraflores Palace", "Francisco Fajardo highway"), "site"),
        (("US embassy in Caracas", "Argentine embassy in Caracas", "Spanish embassy in Caracas"), "site"),
        (("Santa Elena de Uairén", "San Antonio del Táchira", "Ureña", "Petare", "Paraguaipoa"), "city"),
    ],
)
def test_sites_that_news_names(codebook: Codebook, names: tuple[str, ...], kind: str) -> None:
    """Bridges, crossings, prisons, squares, bases and embassies are places of Venezuela."""
    listed = {
        place.name for place in codebook.places.values() if (place.country, place.kind) == ("VEN", kind)
    }
    assert set(names) <= listed


def test_municipalities_of_places_exist(codebook: Codebook) -> None:
    """The municipality that a place names is listed in its state; there are 335."""
    listed = {(place.admin1, place.name) for place in codebook.places.values() if place.kind == "admin2"}
    assert sum(place.kind == "admin2" for place in codebook.places.values()) == 335
    used = {(place.admin1, place.admin2) for place in codebook.places.values() if place.admin2}
    assert used <= listed


@pytest.mark.parametrize(
    ("place_id", "admin1"),
    [
        ("VEN-GN3646738", "VE-A"),
        ("VEN-miraflores", "VE-A"),
        ("VEN-las-mercedes", "VE-M"),
        ("VEN-boleita", "VE-M"),
        ("VEN-la-carlota", "VE-M"),
        ("VEN-tienditas-bridge", "VE-S"),
        ("VEN-kumarakapay", "VE-F"),
    ],
)
def test_conventions_on_places_hold(codebook: Codebook, place_id: str, admin1: str) -> None:
    """Caracas counts to the Capital District, its eastern districts to Miranda."""
    assert codebook.places[place_id].admin1 == admin1
