"""VZ4xx: the place is known, and what a row says of it agrees with the places table."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from vzevents.validation.data import Data, differs, look_up
from vzevents.validation.findings import Found, flag
from vzevents.validation.rule import Rule

# What an event repeats of its place: its own column, and that of the places table.
_REPEATED = {
    "place_country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "place_name": "name",
    "latitude": "latitude",
    "longitude": "longitude",
}
# Venezuela with its islands, in degrees: south, north, west, east.
_VENEZUELA = (0.6, 15.8, -73.4, -59.7)


def _unknown_place(data: Data) -> Iterator[Found]:
    known = data.known("places", "place_id", data.codebook.places)
    for name, frame in data.with_columns(["place_id"]):
        wrong = frame["place_id"].notna() & ~frame["place_id"].isin(known)
        yield from flag(name, frame, wrong, "place_id", "{place_id} is no place of the places table")


def _place_differs(data: Data) -> Iterator[Found]:
    events = data.frame("events")
    if events is None:
        return
    places = _places(data)
    known = events["place_id"].isin(places["place_id"])
    for column, of_place in _REPEATED.items():
        shown = events.assign(due=look_up(events["place_id"], places, "place_id", of_place))
        wrong = known & differs(shown[column], shown["due"])
        message = f"{column} is {{{column}}}; the places table has {{due}} for {{place_id}}"
        yield from flag("events", shown, wrong, column, message)


def _places(data: Data) -> pd.DataFrame:
    given = data.frame("places")
    return data.codebook.places_table() if given is None else given


def _half_coordinates(data: Data) -> Iterator[Found]:
    for name, frame in data.with_columns(["latitude", "longitude"]):
        wrong = frame["latitude"].isna() != frame["longitude"].isna()
        yield from flag(
            name, frame, wrong, "latitude", "latitude {latitude} beside longitude {longitude}: give both"
        )


def _outside_venezuela(data: Data) -> Iterator[Found]:
    south, north, west, east = _VENEZUELA
    for name, frame in data.with_columns(["latitude", "longitude"]):
        country = frame["place_country" if "place_country" in frame.columns else "country"]
        inside = frame["latitude"].between(south, north) & frame["longitude"].between(west, east)
        wrong = (country == "VEN") & ~inside
        yield from flag(name, frame, wrong, "latitude", "{latitude}, {longitude} is not in Venezuela")


def _precision_of_country(data: Data) -> Iterator[Found]:
    events = data.frame("events")
    if events is None:
        return
    kind = look_up(events["place_id"], _places(data), "place_id", "kind")
    wrong = (kind == "country") != (events["geo_precision"] == 4)
    message = (
        "geo_precision {geo_precision} does not fit {place_id}: 4 is for countries, 1 to 3 for places in one"
    )
    yield from flag("events", events, wrong, "geo_precision", message)


RULES = (
    Rule(
        "VZ401",
        "error",
        "Place not known",
        _unknown_place,
        "Every place_id must be one of the places table or the codebook.",
    ),
    Rule(
        "VZ402",
        "error",
        "Place differs from the places table",
        _place_differs,
        "What an event repeats of its place stands in the places table; a municipality lies in one state.",
    ),
    Rule(
        "VZ403",
        "error",
        "Half a coordinate",
        _half_coordinates,
        "A latitude without a longitude, or the other way round, is no place.",
    ),
    Rule(
        "VZ404",
        "warning",
        "Not in Venezuela",
        _outside_venezuela,
        "A place in Venezuela lies within its outline; swapped coordinates or a lost minus sign do not.",
    ),
    Rule(
        "VZ405",
        "warning",
        "Precision does not fit the place",
        _precision_of_country,
        "A row placed in a country as a whole has geo_precision 4, and no other row has.",
    ),
)
