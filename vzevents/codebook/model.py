"""What a codebook holds: frozen rows for codes, actors, offices, places and words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from vzevents.codebook.patterns import Pattern

# Read-only; the cache tells from these types what to make of what it reads.
Texts = MappingProxyType[str, str]  # language -> text
Names = MappingProxyType[str, tuple[str, ...]]  # language -> names
SharedNames = MappingProxyType[str, Texts]  # language -> name as it is looked up -> who is meant
Words = MappingProxyType[str, MappingProxyType[str, frozenset[str]]]  # language -> name of a set -> words


def _none() -> Names:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """What a code becomes in another scheme; `fit` is exact, close, broad or none."""

    event: str | None = None
    mode: str | None = None
    context: str | None = None
    fit: str = "none"

    @property
    def text(self) -> str | None:
        """Write the counterpart as ``ACCUSE / allege / legal``; ``-`` keeps the place of a missing mode."""
        if self.event is None:
            return None
        parts = [self.event, self.mode or ("-" if self.context else None), self.context]
        return " / ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What looks like a code and is another one: `use` names the code to use instead."""

    use: str
    text: Texts


@dataclass(frozen=True, slots=True)
class Code:
    """An event code with its meaning, its scales and the patterns that lead to it."""

    event_code: str
    name: str | None
    label: Texts
    definition: Texts
    when: Names
    near_misses: tuple[NearMiss, ...]
    scope: str  # cameo, vzevents
    assignable: bool
    quad_class: int
    goldstein: float | None
    plover: Crosswalk
    acled: Crosswalk  # event: event type; mode: sub-event type
    modes: tuple[str, ...]
    patterns: Sequence[Pattern]
    origin: str  # file:line

    @property
    def event_base_code(self) -> str:
        """The first three digits."""
        return self.event_code[:3]

    @property
    def event_root_code(self) -> str:
        """The first two digits."""
        return self.event_code[:2]


# What an example may say of a statement: words of its text, ids of actors (`to` is either), the mode.
STATEMENT_KEYS = (
    "code", "source", "target", "source_actor", "target_actor", "to", "mode", "claimed_by", "trigger",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the statements that it must (`expected`) and must not (`is_not`) give."""

    text: str
    language: str
    event_code: str  # the code it illustrates
    expected: tuple[Texts, ...]
    is_not: tuple[str, ...]
    split: str  # train, test
    origin: str

    @property
    def key(self) -> str:
        """What stands for the example in lists: a hash, for nobody should read split test there."""
        return hashlib.sha256(f"{self.language}:{self.text}".encode()).hexdigest()[:12]

    @property
    def is_positive(self) -> bool:
        """Whether the sentence has the code that it illustrates; else it is a near miss."""
        return any(statement.get("code") == self.event_code for statement in self.expected)


@dataclass(frozen=True, slots=True)
class Membership:
    """A state in an organisation; ISO dates, perhaps of a month or a year, or None where it is open."""

    state: str
    since: str | None = None
    until: str | None = None

    def holds(self, day: str) -> bool:
        """Whether the state is a member on a day (ISO); first and last day, month or year belong to it."""
        begun = self.since is None or self.since <= day[: len(self.since)]
        return begun and (self.until is None or day[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, office, organisation, group or state, with the role it exercises in fact."""

    actor_id: str
    name: Texts
    aliases: Names
    kind: str
    country: str | None
    role: str | None
    side: str | None
    actor_code: str | None
    parent: str | None
    origin: str
    # States only: words that stand for the country, its people or its government.
    adjectives: Names = field(default_factory=_none)
    people: Names = field(default_factory=_none)
    capital: Names = field(default_factory=_none)
    residences: Names = field(default_factory=_none)
    members: tuple[Membership, ...] = ()  # organisations of states only

    def members_on(self, day: date) -> tuple[str, ...]:
        """Return the states that an organisation has on a day, in the order of its file."""
        return tuple(member.state for member in self.members if member.holds(day.isoformat()))


@dataclass(frozen=True, slots=True)
class Office:
    """Who held an office from when to when (ISO dates), by whose account."""

    actor_id: str
    office: str
    valid_from: str
    valid_to: str | None
    according_to: str
    role: str | None
    side: str | None
    basis: str
    country: str | None = None  # only where the office is not of its holder's own country


@dataclass(frozen=True, slots=True)
class Agent:
    """Common nouns for a role: general, spokesman, protesters."""

    agent_id: str
    role: str
    kind: str  # person, collective
    words: Names


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its codes and coordinates."""

    place_id: str
    name: str
    kind: str
    country: str
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    source: str | None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operator:
    """What becomes of an act inside another: threatened, demanded, refused, promised.

    `codes` maps the beginning of the inner act's code to the code of the whole; the longest match wins.
    """

    operator_id: str
    patterns: tuple[Pattern, ...]
    default: str | None
    codes: Texts
    origin: str


@dataclass(frozen=True, slots=True)
class Root:
    """What holds for all codes of a root unless a code says otherwise."""

    quad_class: int
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExampleCounts:
    """How many examples there must be; numbers of a code hold in each language, both splits together."""

    frequent: tuple[str, ...]  # the codes that news use most
    positive: tuple[int, int]  # of a frequent code, of any other
    near_miss: tuple[int, int]
    test_share: float  # of all examples, how many must be of split test
    new_trigger: int  # of so many positive test examples of a code, one must use words that train lacks


@dataclass(frozen=True, slots=True)
class Settings:
    """The contents of codebook.yaml."""

    version: str
    roots: MappingProxyType[str, Root]
    benchmark_by_plover: Texts
    benchmark_by_root: Texts
    plover_quad: MappingProxyType[str, int]
    benchmark_quad: MappingProxyType[str, int]
    implied_targets: Texts
    example_rates: MappingProxyType[str, float]  # split -> share of its examples that must pass
    lists: Names
    example_counts: ExampleCounts | None = None  # a small codebook states none
    # scope -> why codes of that scope may have no Goldstein value
    goldstein_missing: MappingProxyType[str, Texts] = field(default_factory=lambda: MappingProxyType({}))
