"""Phrases -> actors: "Venezuelan Air Force General Francisco Yánez" is VEN MIL, and who he is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vzevents.codebook import Codebook
from vzevents.codebook.model import Actor, Office
from vzevents.resolving.gazetteer import Gazetteer, Match

# Where the phrase of the head ends, and where what only says a place or an addressee begins.
_BELONGS = re.compile(r",(?!\d)|\(|\b(?:of|from|for|de|del)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:to|in|at|on|near|with|against|who|that|which|en|ante|con|contra|que)\b", re.IGNORECASE
)
_PLACE = re.compile(r"(?:in|at|near|en)\b", re.IGNORECASE)
_OF_A_STATE = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})  # bodies that every state has
_NOBODY_YET = {"size", "state_noun"}  # "most of", "members of": whoever follows


@dataclass(frozen=True, slots=True)
class ActorReading:
    """Who a phrase stands for; `country` and `role` may be known where `actor_id` is not."""

    actor_id: str | None = None
    country: str | None = None
    role: str | None = None
    side: str | None = None
    office_claimed: str | None = None
    group_size: str | None = None
    kind: str | None = None
    guessed: bool = False  # the country is that of the article, not of the phrase

    @property
    def is_known(self) -> bool:
        """Whether the phrase names an actor at all."""
        return self.role is not None

    def fits(self, conditions: Iterable[str]) -> bool:
        """Whether one of a slot's conditions (roles, kinds, countries) holds; no conditions always fit."""
        wanted = set(conditions)
        own = {self.role, self.kind, self.country, "known" if self.is_known else None}
        return not wanted or not wanted.isdisjoint(own)


class ActorResolver:
    """Reads noun phrases of one language with the codebook's names."""

    def __init__(self, codebook: Codebook, *, language: str = "en") -> None:
        self._gazetteer = Gazetteer(codebook, language=language)
        words = codebook.words.get(language, {})
        self._weak = words.get("weak_agents", frozenset())
        self._quantities = words.get("quantities", frozenset())
        self._numerals = self._quantities | words.get("numerals", frozenset())
        self._offices: dict[str, list[Office]] = {}
        for office in codebook.offices:
            self._offices.setdefault(office.actor_id, []).append(office)

    def find(self, text: str) -> tuple[Match, ...]:
        """Return the codebook's names that stand in `text`."""
        return self._gazetteer.find(text)

    def resolve(self, text: str, *, on: date | None = None, head: int | None = None) -> ActorReading:
        """Say who a phrase stands for.

        Parameters
        ----------
        text : str
            A noun phrase with what says whose it is: ``"a general of the air force"``.
        on : datetime.date, optional
            The day for which claimed offices are looked up.
        head : int, optional
            Where the head noun begins, in languages whose adjectives follow it: words for people behind an
            unknown head are adjectives ("sanciones petroleras").

        Returns
        -------
        ActorReading
            All fields None where the codebook knows nothing of the phrase.
        """
        matches = self.find(text)
        begins = min(
            (m.start() for m in _ASIDE.finditer(text, 1) if not _inside(m.start(), matches)),
            default=len(text),
        )
        belongs = min(
            (m.start() for m in _BELONGS.finditer(text) if not _inside(m.start(), matches)), default=begins
        )
        core = [m for m in matches if m.start < min(belongs, begins)]
        if head is not None and not _inside(head, matches):
            core = [m for m in core if m.name.kind != "agent" or m.start < head]
        owned = [m for m in matches if min(belongs, begins) <= m.start < begins]
        # "protesters in Lima" are Peru's, the ambassador to Lima is not.
        where = [m for m in matches if m.start >= begins and _PLACE.match(text, begins)]
        reading = (
            _group_of_states(core, owned)
            or self._of_theirs(text, core, owned)
            or _named(text, core, owned)
            or self._common(core, owned, where)
            or self._state(text, core)
            or _named_of(text, core, owned)
            or (self._apposed(text, on) if all(m.name.kind in _NOBODY_YET for m in core) else None)
        )
        return self._on_that_day(reading or ActorReading(country=_country(matches)), on, _country(core))

    def claim_start(self, actor_id: str | None, on: date | None) -> str | None:
        """Return the ISO day since which an actor claims an office on that day, if any."""
        claimed = self._held(actor_id, on, "claimed")
        return claimed[0].valid_from if claimed else None

    def _of_theirs(self, text: str, core: list[Match], owned: list[Match]) -> ActorReading | None:
        """Read somebody of a named actor: "army officials", "members of the opposition"."""
        agents = [m for m in core if m.name.kind == "agent" or m.word in self._weak]
        owners = [m for m in (*core, *owned) if m.name.kind == "actor" and m.name.role]
        if not agents or not owners:
            return None
        head, owner = agents[-1], owners[-1] if owners[-1] in owned else owners[0]
        if any(m.name.person and m.start > head.start for m in owners if m in core) or (
            owner in core and owner.start > head.start
        ):
            return None  # "NATO chief Jens Stoltenberg" is he
        if owner.name.person and text[: owner.start].rstrip().endswith(","):
            return _of_actor(owner.name.actor)  # "the president of Peru, Dina Boluarte"
        role = owner.name.role if head.word in self._weak or head.name.role == "GOV" else head.name.role
        if owner in core and owner.name.person and head.word not in self._weak:
            role = head.name.role
        return _theirs(owner, role, head, _abroad(text, owner, core, owned))

    def _common(self, core: list[Match], owned: list[Match], where: list[Match]) -> ActorReading | None:
        """Read a common noun: its role, and the country that an adjective, an owner or a place gives."""
        agents = [m for m in core if m.name.kind == "agent"]
        if not agents:
            return None
        inner = [m for m in owned if m.name.kind == "agent"]
        strong = [m for m in (*reversed(agents), *inner) if m.word not in self._weak]
        head = (strong or agents[-1:])[0]
        country = _country(core) or _country(owned) or _country(where)
        return ActorReading(
            country=country, role=head.name.role, kind="person" if head.name.person else "group"
        )

    def _state(self, text: str, core: list[Match]) -> ActorReading | None:
        """Read a country, its capital or its people; an adjective alone is nobody."""
        for match in reversed(core):
            if match.name.kind in {"country", "capital"} and match.name.actor:
                return _of_actor(match.name.actor)
            if match.name.kind == "people" and self._begins_with_quantity(text[: match.start]):
                return ActorReading(country=match.name.country, role="CVL", kind="group")
        return None

    def _begins_with_quantity(self, before: str) -> bool:
        """Whether only articles and numbers stand before a people: "82 peruanos", not "barcos peruanos"."""
        words = re.findall(r"[^\W\d]{4,}", before.casefold())
        return all(word in self._numerals for word in words)

    def _apposed(self, text: str, on: date | None) -> ActorReading | None:
        """Read what stands behind a quantity ("dozens of …") or a comma ("Rivas, a retired general")."""
        first, _, rest = text.partition(",")
        quantity = re.match(r"(?:\w+ )*?(\w+) (?:of|de|del) ", text)
        if quantity and quantity[1].casefold() in self._quantities:
            reading = self.resolve(text[quantity.end() :], on=on)
            return reading if reading.is_known else None
        if rest.strip() and not self.find(first):
            reading = replace(self.resolve(rest, on=on), actor_id=None, kind="person")
            return reading if reading.is_known else None
        return None

    def _on_that_day(self, reading: ActorReading, on: date | None, country: str | None) -> ActorReading:
        """Return a reading with the role of the office held on a day, and the office claimed."""
        exercised = self._held(reading.actor_id, on, "exercised")
        if exercised:
            latest = max(exercised, key=lambda office: office.valid_from)
            reading = replace(reading, role=latest.role or reading.role, side=latest.side or reading.side)
            # Who speaks for an organisation speaks for no country.
            own = None if reading.role == "IGO" else latest.country or reading.country or country
            reading = replace(reading, country=own)
        claimed = self._held(reading.actor_id, on, "claimed")
        return replace(reading, office_claimed=claimed[0].office) if claimed else reading

    def _held(self, actor_id: str | None, on: date | None, basis: str) -> list[Office]:
        if on is None:
            return []
        day = on.isoformat()
        offices = [office for office in self._offices.get(actor_id or "", []) if office.basis == basis]
        return [o for o in offices if o.valid_from <= day <= (o.valid_to or "9999-12-31")]


def _inside(at: int, matches: Sequence[Match]) -> bool:
    return any(m.start <= at < m.end for m in matches)


def _group_of_states(core: list[Match], owned: list[Match]) -> ActorReading | None:
    """Read "several Latin American nations" and "most of the members of the OAS"."""
    nouns = [m for m in (*core, *owned) if m.name.kind == "state_noun"]
    sizes = [m for m in (*core, *owned) if m.name.kind == "size"]
    organisations = [m for m in (*core, *owned) if m.name.actor and m.name.role == "IGO"]
    if not nouns or (nouns[0].word.startswith(("member", "miembro")) and not organisations):
        return None
    if not (sizes or organisations or nouns[0] in core):
        return None
    return ActorReading(role="GOV", group_size=sizes[0].name.size if sizes else None, kind="group_of_states")


def _named_of(text: str, core: list[Match], owned: list[Match]) -> ActorReading | None:
    """Read a name that nobody knows with its organisation: "Julio Brandt of the World Food Programme"."""
    owner = next((m for m in owned if m.name.kind == "actor" and m.name.role), None)
    first = text[: owner.start].split()[:2] if owner else []
    if core or owner is None or len(first) < 2 or not all(word[:1].isupper() for word in first):
        return None
    return ActorReading(country=owner.name.country, role=owner.name.role, kind="person")


def _named(text: str, core: list[Match], owned: list[Match]) -> ActorReading | None:
    named = [m for m in core if m.name.kind == "actor"]
    people = [m for m in named if m.name.person]
    if not named:
        return None
    match = (people or named)[-1]
    elsewhere = _abroad(text, match, core, owned)
    if elsewhere is not None:
        return ActorReading(country=elsewhere, role=match.name.role, kind="group")
    return _of_actor(match.name.actor)


def _abroad(text: str, match: Match, core: list[Match], owned: list[Match]) -> str | None:
    """Return whose body it is where another state's has the name of Venezuela's: Ecuador's National Assembly.

    "U.S.-backed" and what stands behind "in" do not tell whose it is.
    """
    actor = match.name.actor
    if actor is None or match.name.person or actor.country is None or actor.role not in _OF_A_STATE:
        return None
    told = [m for m in (*core, *owned[:2]) if m.name.kind in {"country", "adjective", "capital"}]
    countries = [m.name.country for m in told if not text.startswith("-", m.end)]
    return None if actor.country in countries else next(iter(countries), None)


def _of_actor(actor: Actor | None) -> ActorReading | None:
    if actor is None:
        return None
    return ActorReading(actor.actor_id, actor.country, actor.role, actor.side, kind=actor.kind)


def _theirs(owner: Match, role: str | None, head: Match, elsewhere: str | None) -> ActorReading:
    side = owner.name.actor.side if owner.name.actor and elsewhere is None else None
    kind = "person" if head.name.person and not head.word.endswith("s") else "group"
    return ActorReading(country=elsewhere or owner.name.country, role=role, side=side, kind=kind)


def _country(matches: Sequence[Match]) -> str | None:
    return next((m.name.country for m in matches if m.name.country), None)
