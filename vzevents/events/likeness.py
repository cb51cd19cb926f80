"""Two statements -> how likely they report the same act: points for what agrees, and what rules it out.

The points are log-odds. They were fitted on the stories of tests/cases/linking/train.jsonl, written for this
project, and rounded to halves; `python benchmarks/linking.py` tells how often they are right.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from vzevents.codebook import Codebook
from vzevents.codebook.model import Place

Row = Mapping[str, object]

LONG_AGO = timedelta(days=60)  # an undated statement speaks of nothing older
START = -3.0
POINTS = {
    # the code
    "same code": 1.0,
    "code of the same base": 0.0,
    "one code is general": -0.5,
    "other code of the root": -1.5,
    # who does it
    "same source": 1.5,
    "source speaks for the other": 0.5,
    "source has the same name": 1.0,
    "source of the same role": 1.0,
    "source of a near role": 0.5,
    "source of another role": -0.5,
    "source not told": 1.0,
    # to whom
    "same target": 1.0,
    "target speaks for the other": 0.0,
    "target has the same name": 1.0,
    "target of the same role": 0.5,
    "target of a near role": 0.5,
    "target of another role": 0.0,
    "target not told": 0.0,
    "group of another size": -1.5,
    # when
    "same day": 2.0,
    "days of one week": 1.5,
    "times overlap": 1.0,
    "days next to each other": -1.5,
    "told within three days": 2.5,
    "told within ten days": 0.5,
    "told within two months": 0.0,
    "both undated, told within ten days": 0.5,
    "both undated, told within two months": -0.5,
    # where
    "same place": 1.5,
    "place inside the other": 0.5,
    # how it is told
    "same sentence": -2.0,
    "same article": -1.0,
}
_PREPOSITION = re.compile(r"\s(?:of|in|at|from|de|del|en|desde)\s")
_CAPITALISED = re.compile(r"[^\W\d_a-zà-ÿ][\w'’-]+")
_OF_A_STATE = frozenset({"GOV", "MIL", "COP", "JUD"})
_MUTUAL = frozenset({"04"})  # roots of what two sides do together: either may be named first
_NEAR_ROLES = (frozenset({"MIL", "COP", "GOV"}), frozenset({"OPP", "LEG", "CVL"}))


@dataclass(frozen=True, slots=True)
class Report:
    """What a statement says of an act, ready to be compared."""

    row: Row
    published: date | None
    start: date | None
    end: date | None
    names: Mapping[str, frozenset[str]]  # by slot

    @property
    def window(self) -> tuple[date, date] | None:
        """The days on which the act may have been; None where nothing is known."""
        if self.start and self.end:
            return self.start, self.end
        return (self.published - LONG_AGO, self.published) if self.published else None


class Likeness:
    """Compares statements, with what a codebook knows of actors and places."""

    def __init__(self, codebook: Codebook) -> None:
        self._actors = codebook.actors
        self._places = codebook.places
        self._common = _common(codebook)

    def report(self, row: Row, published: date | None) -> Report:
        """Return a row of the `statements` table, missing as None, as it is compared."""
        names = {slot: self._names(row[f"{slot}_text"]) for slot in ("source", "target")}
        return Report(row, published, day_of(row["event_date"]), day_of(row["event_date_end"]), names)

    def probability(self, one: Report, other: Report) -> float:
        """Return how likely two statements report the same act; 0 where something rules it out."""
        found = [self._compared(one, other)]
        if one.row["event_root_code"] in _MUTUAL:
            found.append(self._compared(one, _turned(other)))
        return max(found)

    def _compared(self, one: Report, other: Report) -> float:
        points = START
        for finding in self.findings(one, other):
            if finding is None:
                return 0.0
            points += POINTS[finding]
        return 1 / (1 + math.exp(-points))

    def findings(self, one: Report, other: Report) -> Iterator[str | None]:
        """Yield what agrees and differs, by its name in the table of points; None rules the same act out."""
        yield _code(one.row, other.row)
        for slot in ("source", "target"):
            yield self._party(slot, one, other)
        yield _time(one, other)
        yield from self._place(one.row["place_id"], other.row["place_id"])
        if any(one.row[f"{slot}_group_size"] != other.row[f"{slot}_group_size"] for slot in _SLOTS):
            yield "group of another size"
        if one.row["article_id"] == other.row["article_id"]:
            same = one.row["sentence_index"] == other.row["sentence_index"]
            yield "same sentence" if same else "same article"

    def _party(self, slot: str, one: Report, other: Report) -> str | None:
        rows = (one.row, other.row)
        actors = [row[f"{slot}_actor"] for row in rows]
        countries = [row[f"{slot}_country"] for row in rows]
        roles = [row[f"{slot}_role"] for row in rows]
        if any(
            a is None and c is None and not row[f"{slot}_text"]
            for a, c, row in zip(actors, countries, rows, strict=True)
        ):
            return f"{slot} not told"
        if None not in countries and countries[0] != countries[1]:
            return None
        if None not in actors:
            if actors[0] == actors[1]:
                return f"same {slot}"
            return f"{slot} speaks for the other" if self._speaks_for(actors, roles) else None
        names = [report.names[slot] for report in (one, other)]
        if all(names):
            shared = not names[0].isdisjoint(names[1])
            if shared or actors == [None, None]:
                return f"{slot} has the same name" if shared else None
        return f"{slot} of {_nearness(*roles)} role"

    def _speaks_for(self, ids: Sequence[object], roles: Sequence[object]) -> bool:
        """Whether two actors of a country are one body: a leader or a ministry and its state."""
        actors = [self._actors.get(str(actor_id)) for actor_id in ids]
        if None in actors or len({actor.country for actor in actors if actor}) > 1:
            return False
        if any(actor.kind == "state" for actor in actors if actor):
            return None in roles or set(roles) <= _OF_A_STATE
        return roles[0] == roles[1] and (
            roles[0] == "GOV" or any(actor.kind != "person" for actor in actors if actor)
        )

    def _place(self, one: object, other: object) -> Iterator[str | None]:
        if one is None or other is None:
            return
        if one == other:
            yield "same place"
            return
        places = [self._places.get(str(place_id)) for place_id in (one, other)]
        inside = [str(one) in _around(places[1]), str(other) in _around(places[0]), _in_one_state(*places)]
        yield "place inside the other" if any(inside) else None

    def _names(self, text: object) -> frozenset[str]:
        """Return the words of a phrase that name somebody: not "Police in Monagas", nor "Unos vecinos"."""
        words = _PREPOSITION.split(str(text or ""), maxsplit=1)[0].split()
        first = len(words) > 1 and not _CAPITALISED.fullmatch(words[1])  # it may only begin a sentence
        named = (word.casefold() for word in words[first:] if _CAPITALISED.fullmatch(word))
        return frozenset(named) - self._common


_SLOTS = ("source", "target")
_FIELDS = ("actor", "country", "role", "text", "group_size")


def _turned(report: Report) -> Report:
    """Return a statement with its source as the target and its target as the source."""
    row = dict(report.row)
    for one, other in (_SLOTS, _SLOTS[::-1]):
        row |= {f"{one}_{field}": report.row[f"{other}_{field}"] for field in _FIELDS}
    names = {"source": report.names["target"], "target": report.names["source"]}
    return replace(report, row=row, names=names)


def day_of(value: object) -> date | None:
    """Return a cell of a date column as a date."""
    return None if value is None else date.fromisoformat(str(value)[:10])


def _common(codebook: Codebook) -> frozenset[str]:
    """Return words with a capital that name nobody: of states, peoples and capitals, titles and bodies."""
    states = (actor for actor in codebook.actors.values() if actor.kind == "state")
    named = [
        *(texts for s in states for texts in (s.aliases, s.adjectives, s.people, s.capital)),
        *(agent.words for agent in codebook.agents),
    ]
    phrases = (phrase for texts in named for several in texts.values() for phrase in several)
    return frozenset(word.casefold() for phrase in phrases for word in phrase.split())


def _around(place: Place | None) -> tuple[str | None, ...]:
    return (place.admin2, place.admin1, place.country) if place else ()


def _in_one_state(one: Place | None, other: Place | None) -> bool:
    """Whether a square or a prison may be of a city: sites are known by their state alone."""
    known = [place for place in (one, other) if place and place.admin1]
    return len(known) == 2 and known[0].admin1 == known[1].admin1 and "site" in {p.kind for p in known}


def _code(one: Row, other: Row) -> str | None:
    if one["event_root_code"] != other["event_root_code"]:
        return None
    codes = sorted(str(row["event_code"]) for row in (one, other))
    if codes[1].startswith(codes[0]):  # one report may tell more than the other
        return "same code"
    bases = [str(row["event_base_code"]) for row in (one, other)]
    if bases[0] == bases[1]:
        return "code of the same base"
    return "one code is general" if any(base.endswith("0") for base in bases) else "other code of the root"


def _nearness(one: object, other: object) -> str:
    if one == other:
        return "the same"
    near = one is None or other is None or any({one, other} <= roles for roles in _NEAR_ROLES)
    return "a near" if near else "another"


def _time(one: Report, other: Report) -> str | None:
    if one.start and one.end and other.start and other.end:
        return _intervals((one.start, one.end), (other.start, other.end))
    for dated, undated in ((one, other), (other, one)):
        if dated.start and dated.end and undated.published:
            return _since((undated.published - dated.end).days, known=undated.published >= dated.start)
    if one.published is None or other.published is None:
        return None if one.row["article_id"] != other.row["article_id"] else "told within three days"
    apart = abs(one.published - other.published)
    if apart.days <= 10:
        return "both undated, told within ten days"
    return "both undated, told within two months" if apart <= LONG_AGO else None


def _intervals(one: tuple[date, date], other: tuple[date, date]) -> str | None:
    gap = max((other[0] - one[1]).days, (one[0] - other[1]).days)
    if gap > 0:
        return "days next to each other" if gap == 1 else None
    if one == other and one[0] == one[1]:
        return "same day"
    short = all((end - start).days <= 7 for start, end in (one, other))
    return "days of one week" if short else "times overlap"


def _since(days: int, *, known: bool) -> str | None:
    """Return what the days from an act to an undated statement say; nobody tells of it before."""
    if not known or days > LONG_AGO.days:
        return None
    return f"told within {'three days' if days <= 3 else 'ten days' if days <= 10 else 'two months'}"
