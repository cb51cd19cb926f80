"""Turn actors/*.yaml and places/*.csv into the rows of a codebook."""

from __future__ import annotations

import datetime
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.fields import LANGUAGES, Entry
from vzevents.codebook.model import Actor, Agent, Membership, Office, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vzevents.codebook.model import Settings
    from vzevents.codebook.reading import Document

_ISO3 = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_MEMBER = re.compile(r"(?P<state>[A-Z]{3})(?: (?P<since>[\d.-]+)/(?P<until>[\d.-]+))?")
_STATE = ("name", "aliases", "adjectives", "people", "capital", "residences")
_ACTOR = ("name", "aliases", "kind", "country", "role", "side", "actor_code", "parent", "members")
_OFFICE = (
    "actor", "office", "valid_from", "valid_to", "according_to", "role", "side", "basis", "country",
)  # fmt: skip
_AGENT = ("id", "role", "kind", "en", "es")
PLACE_COLUMNS = (
    "place_id", "name", "kind", "country", "admin1", "admin2", "latitude", "longitude", "source", "aliases",
)  # fmt: skip


def read_states(document: Document) -> list[Actor]:
    """Turn actors/states.yaml into actors of kind state."""
    return [_state(Entry(document, code, keys=_STATE), code) for code in Entry(document)]


def read_actors(document: Document, settings: Settings) -> list[Actor]:
    """Turn a file of persons, bodies or organisations into actors."""
    return [_actor(Entry(document, name, keys=_ACTOR), name, settings) for name in Entry(document)]


def read_offices(document: Document, settings: Settings) -> list[tuple[Office, Entry]]:
    """Turn actors/offices.yaml into offices, each with the entry to report its mistakes to."""
    entries = [Entry(document, index, keys=_OFFICE) for index in range(_length(document))]
    return [(_office(entry, settings), entry) for entry in entries]


def read_agents(document: Document, settings: Settings) -> list[Agent]:
    """Turn actors/agents.yaml into agents."""
    entries = [Entry(document, index, keys=_AGENT) for index in range(_length(document))]
    return [_agent(entry, settings) for entry in entries]


def read_place(document: Document, line: int, row: dict[str, str], settings: Settings) -> Place:
    """Turn a row of places/*.csv into a place, noting its mistakes in the document."""
    values = {name: row.get(name) or None for name in PLACE_COLUMNS}
    kinds = settings.lists["place_kinds"]
    for name in ("place_id", "name", "kind", "country"):
        if values[name] is None:
            document.report_line(line, f"{name} is empty")
    if values["kind"] is not None and values["kind"] not in kinds:
        document.report_line(line, f'kind "{values["kind"]}" is not allowed; allowed: {", ".join(kinds)}')
    if values["country"] is not None and not _ISO3.fullmatch(values["country"]):
        document.report_line(line, _not_iso3(values["country"]))
    return Place(
        place_id=values["place_id"] or "",
        name=values["name"] or "",
        kind=values["kind"] or "",
        country=values["country"] or "",
        admin1=values["admin1"],
        admin2=values["admin2"],
        latitude=_degrees(document, line, values, "latitude", 90),
        longitude=_degrees(document, line, values, "longitude", 180),
        source=values["source"],
        aliases=tuple(alias for alias in (values["aliases"] or "").split("|") if alias),
    )


def _state(entry: Entry, code: str) -> Actor:
    entry.require("name")
    if not _ISO3.fullmatch(code):
        entry.report(_not_iso3(code))
    return Actor(
        actor_id=code,
        name=entry.texts("name"),
        aliases=entry.names("aliases"),
        kind="state",
        country=code,
        role="GOV",
        side=None,
        actor_code=f"{code}GOV",
        parent=None,
        origin=entry.origin,
        adjectives=entry.names("adjectives"),
        people=entry.names("people"),
        capital=entry.names("capital"),
        residences=entry.names("residences"),
    )


def _actor(entry: Entry, actor_id: str, settings: Settings) -> Actor:
    entry.require("name", "kind")
    return Actor(
        actor_id=actor_id,
        name=entry.texts("name"),
        aliases=entry.names("aliases"),
        kind=entry.text("kind", choices=settings.lists["actor_kinds"]) or "",
        country=_country(entry),
        role=entry.text("role", choices=settings.lists["roles"]),
        side=entry.text("side", choices=settings.lists["sides"]),
        actor_code=entry.text("actor_code"),
        parent=entry.text("parent"),
        origin=entry.origin,
        members=tuple(_members(entry)),
    )


def _members(entry: Entry) -> Iterator[Membership]:
    """Read members: "ARG", or "VEN 2012-08-12/2016-12-01" with two dots where an end is open."""
    for index, text in enumerate(entry.strings("members")):
        match = _MEMBER.fullmatch(text)
        ends = [] if match is None or match["since"] is None else [match["since"], match["until"]]
        if match is None or not all(end == ".." or _is_date(end) for end in ends):
            example = '"ARG", or with dates "VEN 2012-08-12/2016-12-01" or "HRV 2013-07/.."'
            entry.report(f'member "{text}" is not allowed; write {example}', "members", index)
            continue
        since, until = (None if end == ".." else end for end in ends or ("..", ".."))
        if since and until and until < since[: len(until)]:
            entry.report(f'member "{text}" leaves before it joins', "members", index)
        yield Membership(match["state"], since, until)


def _office(entry: Entry, settings: Settings) -> Office:
    entry.require("actor", "office", "valid_from", "according_to", "basis")
    valid_from, valid_to = _day(entry, "valid_from"), _day(entry, "valid_to")
    if valid_from and valid_to and valid_to < valid_from:
        entry.report(f"valid_to {valid_to} is before valid_from {valid_from}", "valid_to")
    return Office(
        actor_id=entry.text("actor") or "",
        office=entry.text("office") or "",
        valid_from=valid_from or "",
        valid_to=valid_to,
        according_to=entry.text("according_to") or "",
        role=entry.text("role", choices=settings.lists["roles"]),
        side=entry.text("side", choices=settings.lists["sides"]),
        basis=entry.text("basis", choices=settings.lists["bases"]) or "",
        country=_country(entry),
    )


def _agent(entry: Entry, settings: Settings) -> Agent:
    entry.require("id", "role", "kind")
    return Agent(
        agent_id=entry.text("id") or "",
        role=entry.text("role", choices=settings.lists["roles"]) or "",
        kind=entry.text("kind", choices=settings.lists["agent_kinds"]) or "",
        words=MappingProxyType({lang: entry.strings(lang) for lang in LANGUAGES}),
    )


def _country(entry: Entry) -> str | None:
    country = entry.text("country")
    if country is not None and not _ISO3.fullmatch(country):
        entry.report(_not_iso3(country), "country")
    return country


def _day(entry: Entry, key: str) -> str | None:
    value = entry.text(key)
    if value is None or _is_day(value):
        return value
    entry.report(f'{key} "{value}" is not a date; write it as "2019-01-23"', key)
    return None


def _is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year."""
    return bool(_MONTH_OR_YEAR.fullmatch(text)) or _is_day(text)


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return bool(_DAY.fullmatch(text))


def _degrees(
    document: Document, line: int, values: dict[str, str | None], key: str, limit: float
) -> float | None:
    text = values[key]
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -limit <= value <= limit:
        document.report_line(line, f'{key} "{text}" is not a number from -{limit:g} to {limit:g}')
        return None
    return value


def _length(document: Document) -> int:
    if document.data and not isinstance(document.data, list):
        document.report("must be a list")
    return len(document.data) if isinstance(document.data, list) else 0


def _not_iso3(country: str) -> str:
    return f'country "{country}" is not an ISO 3166-1 alpha-3 code; write three capitals, for example "VEN"'
