"""Actors: names found in a text, and who a noun phrase stands for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.codebook import Codebook
from vzevents.resolving.actors import ActorReading, ActorResolver
from vzevents.unaccented import unaccented

ON = date(2019, 2, 20)


def _read(resolver: ActorResolver, text: str) -> tuple[str | None, ...]:
    reading = resolver.resolve(text, on=ON)
    return reading.actor_id, reading.country, reading.role


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # proper names need their capitals; short ones need all of them
        ("US troops", ["us troops"]),
        ("told us so", []),
        ("Us", []),
        ("EU", ["eu"]),
        ("eu", []),
        ("Peru", ["peru"]),
        ("peru", []),
        ("PERU", ["peru"]),
        ("IT is late", []),
        ("Xi slept", ["xi"]),
        # the longest name wins, and names do not overlap
        ("Nicolás Maduro", ["nicolas maduro"]),
        ("the Organization of American States", ["organization of american states"]),
        ("Latin American nations", ["latin american", "nations"]),
        ("Nigeria and Niger", ["nigeria", "niger"]),
        # accents and punctuation do not matter
        ("Guaidó and Guaido", ["guaido", "guaido"]),
        ("the U.S. and the US", ["u s", "us"]),
        ("Peruvian-led", ["peruvian"]),
        # a surname behind another first name is somebody else's
        ("Ofelia Maduro slept", []),
        ("Puerto Cabello sleeps", []),
        ("President Maduro slept", ["president", "maduro"]),
        ("Yesterday Maduro slept", ["maduro"]),
        ("Mr Maduro slept", ["maduro"]),
        ("Ofelia, Maduro and others", ["maduro"]),
        ("Police Say Maduro Slept Well", ["police", "maduro"]),
        # words are whole words
        ("Perugia", []),
        ("", []),
        ("...", []),
    ],
)
def test_find(text: str, found: list[str], resolver: ActorResolver) -> None:
    """Names are found as whole words, whatever their accents, with the capitals that they need."""
    assert [match.word for match in resolver.find(text)] == found


def test_find_offsets(resolver: ActorResolver) -> None:
    """A name stands where it says, in code points of the text as given."""
    text = "😀 Nicolás Maduro met U.S. envoys; Bogotá waited."
    assert [text[m.start : m.end] for m in resolver.find(text)] == [
        "Nicolás Maduro",
        "U.S",
        "envoys",
        "Bogotá",
    ]


@given(text=st.text(max_size=60))
def test_find_in_any_text(text: str, resolver: ActorResolver) -> None:
    """Whatever stands in a text, matches lie in it, in order and apart."""
    matches = resolver.find(text)
    assert all(0 <= m.start < m.end <= len(text) for m in matches)
    assert all(one.end <= other.start for one, other in pairwise(matches))


@pytest.mark.parametrize(
    ("text", "plain"), [("Guaidó", "guaido"), ("ÑANDÚ", "nandu"), ("Straße", "strasse"), ("e\u0301", "e")]
)
def test_normal(text: str, plain: str) -> None:
    """Names are compared in lower case without accents, however these are encoded."""
    assert unaccented(text) == plain


@pytest.mark.parametrize(
    ("text", "country", "role"),
    [
        ("Peru", "PER", "GOV"),
        ("Lima", "PER", "GOV"),
        ("Caracas", "VEN", "GOV"),
        ("Washington", "USA", "GOV"),
        ("the White House", "USA", "GOV"),
        ("the State Department", "USA", "GOV"),
        ("the US", "USA", "GOV"),
        ("the U.S.", "USA", "GOV"),
    ],
)
def test_states(text: str, country: str, role: str, resolver: ActorResolver) -> None:
    """A country, its capital and its government's buildings are the state, acting as its government."""
    assert _read(resolver, text) == (country, country, role)


@pytest.mark.parametrize(
    ("text", "country", "role"),
    [
        ("the Peruvian government", "PER", "GOV"),
        ("the Peruvian president", "PER", "GOV"),
        ("Peru's foreign minister", "PER", "GOV"),
        ("the president of Peru", "PER", "GOV"),
        ("U.S. officials", "USA", "GOV"),
        ("the embassy of Chile", "CHL", "GOV"),
        ("the Venezuelan ambassador to Peru", "VEN", "GOV"),
        ("a general", None, "MIL"),
        ("a Venezuelan general", "VEN", "MIL"),
        ("a general of the air force", None, "MIL"),
        ("army officials", None, "MIL"),
        ("a spokesman for the army", None, "MIL"),
        ("a spokesman for the opposition", None, "OPP"),
        ("the military high command", None, "MIL"),
        ("police", None, "COP"),
        ("the police of Peru", "PER", "COP"),
        ("security forces", None, "COP"),
        ("the attorney general", None, "JUD"),
        ("the opposition", None, "OPP"),
        ("opposition leaders", None, "OPP"),
        ("two Venezuelan lawmakers", "VEN", "LEG"),
        ("the electoral council", None, "GOV"),
        ("residents of Maracaibo", None, "CVL"),
        ("relatives of the prisoners", None, "CVL"),
        ("journalists", None, "MED"),
        ("Peruvians", "PER", "CVL"),
        ("Venezuelans", "VEN", "CVL"),
        ("hundreds of soldiers", None, "MIL"),
        ("a group of officers", None, "MIL"),
        ("Rivas, the Peruvian foreign minister", "PER", "GOV"),
        ("a baker", None, None),
        ("Ramiro Rivas", None, None),
        ("members of the club", None, None),
        ("a Peruvian", "PER", None),
    ],
)
def test_common_nouns(text: str, country: str | None, role: str | None, resolver: ActorResolver) -> None:
    """A common noun gives the role; adjective, owner or office give the country; nobody is somebody else."""
    assert _read(resolver, text) == (None, country, role)


@pytest.mark.parametrize(
    ("text", "actor_id", "country", "role"),
    [
        ("Nicolás Maduro", "maduro", "VEN", "GOV"),
        ("Nicolas Maduro", "maduro", "VEN", "GOV"),
        ("president Maduro", "maduro", "VEN", "GOV"),
        ("Juan Guaidó", "guaido", "VEN", "OPP"),
        ("opposition leader Juan Guaidó", "guaido", "VEN", "OPP"),
        ("Leopoldo López", "leopoldo-lopez", "VEN", "OPP"),
        ("María Corina Machado", "machado", "VEN", "OPP"),
        ("Diosdado Cabello", "cabello", "VEN", "GOV"),
        ("Colombian President Iván Duque", "duque", "COL", "GOV"),
        ("the Maduro government", "government", "VEN", "GOV"),
        ("the National Assembly", "national-assembly", "VEN", "LEG"),
        ("the Constituent Assembly", "constituent-assembly", "VEN", "LEG"),
        ("the Supreme Tribunal of Justice", "tsj", "VEN", "JUD"),
        ("SEBIN", "sebin", "VEN", "SPY"),
        ("PDVSA", "pdvsa", "VEN", "BUS"),
        ("FARC dissidents", "farc-dissidents", "COL", "REB"),
        ("the European Union", "eu", None, "IGO"),
        ("the OAS", "oas", None, "IGO"),
        ("the Lima Group", "lima-group", None, "IGO"),
        ("Mercosur", "mercosur", None, "IGO"),
        ("the United Nations", "un", None, "IGO"),
    ],
)
def test_named(text: str, actor_id: str, country: str | None, role: str, resolver: ActorResolver) -> None:
    """Who has a name in the codebook is that actor, with the role that the conventions give."""
    assert _read(resolver, text) == (actor_id, country, role)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("several Latin American nations", "several"),
        ("dozens of countries", "several"),
        ("many governments", "several"),
        ("most members of the OAS", "most"),
        ("most of the members of the OAS", "most"),
        ("some EU member states", "some"),
        ("a few countries", "some"),
        ("all governments of the region", "all"),
        ("members of the OAS", None),
        ("European countries", None),
    ],
)
def test_group_of_states(text: str, size: str | None, resolver: ActorResolver) -> None:
    """Some states together are one actor of no country, with the word for how many; no organisation acts."""
    reading = resolver.resolve(text, on=ON)
    assert reading == ActorReading(role="GOV", group_size=size, kind="group_of_states")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Peru", "state"),
        ("the OAS", "organisation"),
        ("Nicolás Maduro", "person"),
        ("a Venezuelan general", "person"),
        ("the Venezuelan army", "organisation"),
        ("Peruvian police", "group"),
        ("Maduro officials", "group"),
    ],
)
def test_kind(text: str, kind: str, resolver: ActorResolver) -> None:
    """A state, a person and a group are told apart, for pronouns and for conditions on slots."""
    assert resolver.resolve(text, on=ON).kind == kind


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Nicolás Maduro", "government"),
        ("Maduro officials", "government"),
        ("Juan Guaidó", "opposition"),
        ("Peru", None),
        ("a general", None),
    ],
)
def test_side(text: str, side: str | None, resolver: ActorResolver) -> None:
    """A side is known of Venezuela's named actors and of their people, of nobody else."""
    assert resolver.resolve(text, on=ON).side == side


@pytest.mark.parametrize(
    ("day", "office"),
    [
        (None, None),
        (date(2018, 12, 1), None),
        (date(2019, 1, 22), None),
        (date(2019, 1, 23), "interim-president"),
        (date(2022, 12, 31), "interim-president"),
        (date(2023, 1, 5), "interim-president"),
        (date(2023, 1, 6), None),
    ],
)
def test_office_claimed(day: date | None, office: str | None, resolver: ActorResolver) -> None:
    """An office is claimed from its first day to its last and at no other time; the role stays the same."""
    reading = resolver.resolve("Juan Guaidó", on=day)
    assert reading.office_claimed == office
    assert reading.role == "OPP"


@pytest.mark.parametrize(
    ("actor_id", "day", "start"),
    [
        ("guaido", date(2019, 1, 23), "2019-01-23"),
        ("guaido", date(2019, 1, 22), None),
        ("guaido", None, None),
        ("maduro", date(2019, 1, 23), None),
        (None, date(2019, 1, 23), None),
        ("nobody", date(2019, 1, 23), None),
    ],
)
def test_claim_start(
    actor_id: str | None, day: date | None, start: str | None, resolver: ActorResolver
) -> None:
    """The day since which an office is claimed is told for who claims one on that day."""
    assert resolver.claim_start(actor_id, day) == start


@pytest.mark.parametrize(
    ("reading", "conditions", "fits"),
    [
        (ActorReading(), [], True),
        (ActorReading(), ["known"], False),
        (ActorReading(), ["GOV"], False),
        (ActorReading(country="PER"), ["known"], False),
        (ActorReading(role="GOV"), ["known"], True),
        (ActorReading(role="GOV"), ["MIL", "GOV"], True),
        (ActorReading(role="GOV"), ["MIL"], False),
        (ActorReading(role="GOV", kind="person"), ["person"], True),
        (ActorReading(role="GOV", country="PER"), ["PER"], True),
    ],
)
def test_fits(reading: ActorReading, conditions: list[str], fits: bool) -> None:
    """One of a slot's conditions must hold: role, kind, country, or that the actor is known at all."""
    assert reading.fits(conditions) is fits


def test_every_name_of_an_actor_leads_to_it(codebook: Codebook, resolver: ActorResolver) -> None:
    """Whoever the codebook names is found by that name, unless another actor shares it."""
    people = [a for a in codebook.actors.values() if a.kind == "person"]
    missed = [a.name["en"] for a in people if resolver.resolve(a.name["en"]).actor_id != a.actor_id]
    assert len(people) > 100
    assert missed == []


def test_every_state_is_itself(codebook: Codebook, resolver: ActorResolver) -> None:
    """Every state's name stands for that state."""
    states = [a for a in codebook.actors.values() if a.kind == "state"]
    missed = [a.name["en"] for a in states if resolver.resolve(a.name["en"]).actor_id != a.actor_id]
    assert len(states) > 190
    assert missed == []


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Luisa Ortega Díaz", date(2016, 5, 1), ("VEN", "JUD", "government")),
        ("Luisa Ortega Díaz", date(2019, 5, 1), ("VEN", "OPP", "opposition")),
        ("Spanish foreign minister Josep Borrell", date(2019, 3, 1), ("ESP", "GOV", None)),
        ("Josep Borrell", date(2021, 3, 1), (None, "IGO", None)),
        ("Juan Guaidó", date(2019, 1, 10), ("VEN", "OPP", "opposition")),
    ],
)
def test_role_on_that_day(
    text: str, on: date, expected: tuple[str | None, ...], resolver: ActorResolver
) -> None:
    """The role is that of the office exercised on the day; without one it is the actor's own."""
    reading = resolver.resolve(text, on=on)
    assert (reading.country, reading.role, reading.side) == expected
