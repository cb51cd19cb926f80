"""Find the places that a text names: text span to a row of the places table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vzevents.resolving.place_words import ARTICLES, BEFORE_DE, CUES, DEMONYMS, NOT_FIRST_NAMES, TITLES
from vzevents.unaccented import unaccented

if TYPE_CHECKING:
    from vzevents.codebook.model import Place

_TOKEN = re.compile(r"[^\W_]+")
# What may stand between the words of one name: "St. Lucia", "Port-au-Prince", "Côte d'Ivoire".
_GAP = re.compile(r"[ \t\r\n\u00a0.'’&-]{1,2}")
_NEARBY = 60  # characters either side in which the country or state of a homonym is looked for


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named at ``text[start:end]``."""

    start: int
    end: int
    place_id: str
    text: str


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    key: str  # without accents and capitals


@dataclass(frozen=True, slots=True)
class _Name:
    written: str
    place: Place


@dataclass(frozen=True, slots=True)
class PlaceIndex:
    """The names of all places by their words; of two places of one name the first listed is preferred."""

    names: Mapping[tuple[str, ...], tuple[_Name, ...]]
    regions: Mapping[str, frozenset[str]]  # country or state code -> words that tell it
    longest: int

    @classmethod
    def from_codebook(cls, places: Mapping[str, Place]) -> PlaceIndex:
        """Index the names and aliases of `places`.

        Parameters
        ----------
        places : Mapping of str to Place
            The codebook's places in their order, which is the order of preference among homonyms.

        Returns
        -------
        PlaceIndex
        """
        names: dict[tuple[str, ...], tuple[_Name, ...]] = {}
        for place in places.values():
            for written in (place.name, *place.aliases):
                key = tuple(word.key for word in _words(written))
                names[key] = (*names.get(key, ()), _Name(written, place))
        regions = {code: frozenset(words) for code, words in DEMONYMS.items()}
        for place in places.values():
            if place.kind in ("country", "admin1"):
                told = {
                    unaccented(written) for written in (place.name, *place.aliases) if len(written) > 3
                }  # not US
                regions[place.place_id] = regions.get(place.place_id, frozenset()) | told
        return cls(names, regions, max(map(len, names), default=0))


def find_places(text: str, *, places: PlaceIndex, language: str) -> list[PlaceMention]:
    """Find the places named in `text`.

    The longest name wins; a city goes before the state or municipality of its name unless "state", "estado",
    "municipality" or "municipio" stands beside it; a name after a first name or a title is a person's.

    Parameters
    ----------
    text : str
        A sentence or a part of one.
    places : PlaceIndex
        The names to look for.
    language : str
        ``"en"`` or ``"es"``; names and cues of both are looked for, since news of either uses both.

    Returns
    -------
    list of PlaceMention
        In the order of the text, without overlap; positions are 0-based code points.
    """
    words = _words(text)
    found: list[PlaceMention] = []
    at = 0
    while at < len(words):
        match = _longest_at(text, words, at, places)
        if match is None:
            at += 1
        else:
            mention, at = match
            found.append(mention)
    return found


def _longest_at(
    text: str, words: Sequence[_Word], at: int, places: PlaceIndex
) -> tuple[PlaceMention, int] | None:
    run = _run(text, words, at, places.longest)
    for size in range(len(run), 0, -1):
        start, end = run[0].start, run[size - 1].end
        named = places.names.get(tuple(word.key for word in run[:size]), ())
        fitting = [name for name in named if _is_written_like(name.written, text[start:end])]
        if fitting and not (size == 1 and _is_surname(text, words, at)):
            place = _choose([name.place for name in fitting], text, start, end, places)
            if place is not None:
                return PlaceMention(start, end, place.place_id, text[start:end]), at + size
    return None


def _run(text: str, words: Sequence[_Word], at: int, longest: int) -> Sequence[_Word]:
    last = at + 1
    while last < min(len(words), at + longest) and _GAP.fullmatch(
        text, words[last - 1].end, words[last].start
    ):
        last += 1
    return words[at:last]


def _choose(candidates: list[Place], text: str, start: int, end: int, places: PlaceIndex) -> Place | None:
    for kind, (before, after) in CUES.items():
        cued = [place for place in candidates if place.kind == kind]
        if cued and (before.search(text, 0, start) or after.search(text[end:])):
            return _told_by_region(cued, text, start, end, places)
    # Municipalities bear the names of heroes: without the word beside it, the name is not theirs.
    others = [place for place in candidates if place.kind != "admin2"]
    return _told_by_region(others, text, start, end, places) if others else None


def _told_by_region(candidates: list[Place], text: str, start: int, end: int, places: PlaceIndex) -> Place:
    if len(candidates) == 1:
        return candidates[0]
    around = f"{text[max(0, start - _NEARBY) : start]} {text[end : end + _NEARBY]}"
    nearby = f" {' '.join(word.key for word in _words(around))} "
    for level in ("admin1", "country"):
        told = [place for place in candidates if _is_told(getattr(place, level), nearby, places)]
        if told:
            return told[0]
    return candidates[0]


def _is_told(region: str | None, nearby: str, places: PlaceIndex) -> bool:
    return any(f" {name} " in nearby for name in places.regions.get(region or "", ()))


def _is_written_like(written: str, found: str) -> bool:
    if written.isupper() and len(written) < 6:  # "US" is a country, "us" and "Us" are not
        return found == written.rstrip(".")
    name, text = written.split(), found.split()
    if unaccented(name[0]) in ARTICLES and len(name) == len(text) > 1 and text[1][0].islower():
        return name[1][0].islower()  # "La Tumba" is a prison, "La tumba" a grave at the head of a sentence
    return written[0].islower() or not found[0].islower()


def _is_surname(text: str, words: Sequence[_Word], at: int) -> bool:
    if at == 0:
        return False
    before = words[at - 1]
    gap = text[before.end : words[at].start]
    if before.key in TITLES and gap in (" ", ". "):
        return True
    if before.key == "de" and at > 1:
        return words[at - 2].key in BEFORE_DE
    if before.key in NOT_FIRST_NAMES or gap != " " or not before.text[0].isupper():
        return False
    # In a line of capitals they tell nothing.
    return not (len(before.text) > 1 and before.text.isupper() and words[at].text.isupper())


def _words(text: str) -> list[_Word]:
    return [_Word(m.start(), m.end(), m[0], unaccented(m[0])) for m in _TOKEN.finditer(text)]
