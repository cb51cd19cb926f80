"""Tables of a few rows that break no rule, and a codebook to check them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from vzevents import tables
from vzevents.codebook.model import Actor, Code, Crosswalk, Office, Place

Row = dict[str, object]


def _code(
    event_code: str, event: str, *, modes: tuple[str, ...] = ("asserted", "alleged"), quad: int = 1
) -> Code:
    plover, acled = Crosswalk(event, fit="close"), Crosswalk("Protests", "Peaceful protest", fit="broad")
    return Code(
        event_code=event_code,
        name=None,
        label={"en": event.title()},
        definition={},
        when={},
        near_misses=(),
        scope="cameo",
        assignable=len(event_code) > 2,
        quad_class=quad,
        goldstein=4.0,
        plover=plover,
        acled=acled if event == "PROTEST" else Crosswalk(),
        modes=modes,
        patterns=(),
        origin="codes.yaml:1",
    )


def _actor(actor_id: str, role: str, country: str | None = "VEN", kind: str = "person") -> Actor:
    return Actor(actor_id, {"en": actor_id}, {}, kind, country, role, None, None, None, "actors.yaml:1")


CODES = (
    _code("01", "CONSULT"),
    _code("010", "CONSULT"),
    _code("05", "SUPPORT"),
    _code("051", "SUPPORT"),
    _code("054R", "SUPPORT", modes=("asserted",)),
    _code("10", "REQUEST", quad=3),
    _code("141", "PROTEST", quad=3),
)
CARACAS = Place("caracas", "Caracas", "metropolitan", "VEN", "VE-A", None, 10.5, -66.9, "own")
VENEZUELA = Place("VEN", "Venezuela", "country", "VEN", None, None, 7.0, -66.0, "own")


@dataclass(frozen=True)
class SmallCodebook:
    """A codebook of seven codes, three actors, one office and two places."""

    version: str = "0.1.0"
    codes: Mapping[str, Code] = field(default_factory=lambda: {code.event_code: code for code in CODES})
    offices: tuple[Office, ...] = (
        Office("rodriguez", "speaker", "2021-01-05", None, "assembly", "LEG", "government", "exercised"),
    )

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors by id."""
        people = (_actor("guaido", "OPP"), _actor("rodriguez", "GOV"), _actor("CAN", "GOV", "CAN", "state"))
        return {actor.actor_id: actor for actor in people}

    @property
    def places(self) -> Mapping[str, Place]:
        """The places by id."""
        return {place.place_id: place for place in (CARACAS, VENEZUELA)}

    def __getitem__(self, key: str) -> Code:
        return self.codes[key]

    def __contains__(self, key: object) -> bool:
        return key in self.codes

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes.values())

    def plover_quad(self, event_code: str) -> int:
        """Return the quad class: here the same in both schemes."""
        return self[event_code].quad_class

    def benchmark_root(self, event_code: str) -> str | None:
        """Return the PLOVER type: here the same in both schemes."""
        return self[event_code].plover.event

    def offices_table(self) -> pd.DataFrame:
        """Return the `offices` table."""
        return tables.to_frame("offices", [_fields(office, "offices") for office in self.offices])

    def places_table(self) -> pd.DataFrame:
        """Return the `places` table."""
        return tables.to_frame("places", [_fields(place, "places") for place in self.places.values()])


def _fields(row: object, table: str) -> Row:
    return {name: getattr(row, name) for name in tables.column_names(table)}


def _statement(number: int, **cells: object) -> Row:
    return {
        "statement_id": f"s{number}",
        "article_id": "a1",
        "sentence_index": 0,
        "sentence_start": 0,
        "sentence_end": 60,
        "start": 0,
        "end": 40,
        "action_text": "recognized",
        "source_text": "Canada",
        "source_actor": "CAN",
        "source_country": "CAN",
        "source_role": "GOV",
        "target_actor": "guaido",
        "target_country": "VEN",
        "target_role": "OPP",
        "target_side": "opposition",
        "event_code": "054R",
        "event_base_code": "054",
        "event_root_code": "05",
        "plover": "SUPPORT",
        "benchmark_root": "SUPPORT",
        "mode": "asserted",
        "event_date": "2019-01-23",
        "event_date_end": "2019-01-23",
        "date_precision": "day",
        "rule_id": "054R.en.1",
        "confidence": 0.9,
        "coder": "vzevents 0.1.0",
        "codebook_version": "0.1.0",
        "coding_method": "machine",
        "status": "accepted",
        **cells,
    }


def _event(number: int, **cells: object) -> Row:
    taken = ("source_actor", "source_country", "source_role", "target_actor", "target_country", "target_role",
             "target_side", "event_code", "event_base_code", "event_root_code", "plover", "event_date",
             "event_date_end", "date_precision", "coding_method")  # fmt: skip
    return {
        **{name: _statement(1)[name] for name in taken},
        "event_id": f"VZ-{number:06}",
        "quad_class": 1,
        "plover_quad": 1,
        "goldstein": 4.0,
        "place_id": "caracas",
        "place_country": "VEN",
        "admin1": "VE-A",
        "place_name": "Caracas",
        "latitude": 10.5,
        "longitude": -66.9,
        "geo_precision": 2,
        **dict.fromkeys(["n_statements", "n_articles", "n_outlets", "n_independent", "n_asserting"], 1),
        "n_denying": 0,
        "disputed": False,
        "first_published": "2019-01-24",
        **cells,
    }


# fmt: off
ROWS: Mapping[str, list[Row]] = {
    "articles": [{"article_id": "a1", "published_date": "2019-01-24", "read_date": "2019-02-01"}],
    "statements": [
        _statement(1),
        _statement(2, event_code="051", event_base_code="051", mode="alleged", claimed_by="guaido"),
        _statement(3, status="rejected", reject_reason="denied", mode="denied", event_code=None,
                   event_base_code=None, event_root_code=None, plover=None, benchmark_root=None),
    ],
    "links": [
        {"statement_id": "s1", "event_id": "VZ-000001", "relation": "reports", "link_method": "rule"},
        {"statement_id": "s1", "event_id": "VZ-000002", "relation": "part_of", "link_method": "rule"},
    ],
    "events": [
        _event(1),
        _event(2, event_date="2019-01-21", event_date_end="2019-01-27", date_precision="week"),
    ],
    "actors": [{"actor_id": "voluntad-popular", "name_en": "Voluntad Popular", "kind": "organisation"}],
    "offices": [
        {"actor_id": "rodriguez", "office": "speaker", "valid_from": "2021-01-05", "according_to": "assembly",
         "role": "LEG", "basis": "exercised"},
    ],
    "codes": [
        {"event_code": "054R", "label_en": "Recognize", "event_base_code": "054", "event_root_code": "05",
         "scope": "vzevents", "assignable": True, "quad_class": 1, "goldstein": 4.0, "plover": "SUPPORT"},
    ],
    "places": [_fields(CARACAS, "places"), _fields(VENEZUELA, "places")],
    "limitations": [{"limitation_id": "L1", "text_en": "Few sources.", "filter": '{"table": "events"}'}],
    "changes": [
        {"version": "0.2.0", "table": "events", "row_id": "VZ-000001", "column": "event_code",
         "action": "recoded", "old": '"051"', "new": '"054R"', "reason": "The text says so."},
    ],
}
# fmt: on


def valid_tables() -> dict[str, pd.DataFrame]:
    """Return all ten tables with rows that break no rule."""
    return {name: valid_table(name) for name in ROWS}


@cache
def valid_table(name: str) -> pd.DataFrame:
    """Return one of them; nothing of ours changes a frame that it is given."""
    return tables.to_frame(name, ROWS[name])


def changed(table: str, row: int = 0, **cells: object) -> dict[str, pd.DataFrame]:
    """Return the valid tables with cells of one row replaced; `row` counts from 0."""
    rows = [dict(cells_of) for cells_of in ROWS[table]]
    rows[row] |= cells
    return valid_tables() | {
        table: pd.DataFrame(rows, dtype=object).reindex(columns=tables.column_names(table))
    }
