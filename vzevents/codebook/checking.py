"""Check what no single entry of a codebook shows: codes that point nowhere, names given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from vzevents.codebook.codes import CODE
from vzevents.codebook.example_checks import check_examples
from vzevents.codebook.fields import suggestion
from vzevents.codebook.pattern_checks import check_patterns
from vzevents.codebook.reporting import document_of, placed_patterns, report_at
from vzevents.codebook.shared_names import check_shared_names
from vzevents.codebook.spelling import check_spelling
from vzevents.codebook.translations import check_translations
from vzevents.codebook.unknown_names import check_unknown_names

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import Code, Crosswalk


def check_codebook(contents: Contents, *, thorough: bool = False) -> None:
    """Add to the documents of a codebook the mistakes that only several entries together show.

    Parameters
    ----------
    contents : Contents
        The codebook as read; its `problems` grow.
    thorough : bool
        Whether to look also for what keeps no program from using the codebook and takes longer to find:
        patterns in each other's way, names that are shared, what is missing or stands there twice.
    """
    if not contents.settings.roots:
        return  # nothing else has been read
    for check in (*_CHECKS, *(_THOROUGH if thorough else ())):
        check(contents)


def _codes_fit_their_place(contents: Contents) -> None:
    """Check that a code stands in its root's file, under its parent, with the root's quad class."""
    known = {code.event_code for code in contents.codes}
    for code in contents.codes:
        document = document_of(contents, code)
        name = code.event_code
        if not CODE.fullmatch(name):
            document.report(f'"{name}" is not a code; write 2 to 4 digits, our own with a capital', name)
            continue
        if document.file.rpartition("/")[2] != f"{code.event_root_code}.yaml":
            document.report(f'"{name}" belongs in codes/{code.event_root_code}.yaml', name)
        root = contents.settings.roots.get(code.event_root_code)
        if root is None:
            document.report(f"root {code.event_root_code} is not in codebook.yaml", name)
        elif code.quad_class != root.quad_class:
            message = f"quad_class {code.quad_class} is at odds with root {code.event_root_code}, which has "
            document.report(f"{message}{root.quad_class}", name, "quad_class")
        if len(name) > 2 and name[:-1] not in known:
            document.report(f'"{name}" has no parent; "{name[:-1]}" is not in the codebook', name)


def _codes_are_unique(contents: Contents) -> None:
    """Check that no code and no name is given to two codes."""
    first: dict[str, Code] = {}
    for code in contents.codes:
        other = first.setdefault(code.event_code, code)
        if other is not code:
            report_at(contents, code.origin, f'code "{code.event_code}" is already in {other.origin}')
    named: dict[str, Code] = {}
    for code in contents.codes:
        if code.name is None:
            continue
        other = named.setdefault(code.name, code)
        if other.event_code != code.event_code:
            message = f'name "{code.name}" is already that of "{other.event_code}"'
            document_of(contents, code).report(message, code.event_code, "name")


def _near_misses_exist(contents: Contents) -> None:
    """Check that `use` names another code of the codebook."""
    known = {code.event_code for code in contents.codes}
    for code in contents.codes:
        for index, miss in enumerate(code.near_misses):
            if not miss.use or (miss.use in known and miss.use != code.event_code):
                continue
            what = "is this very code" if miss.use in known else "is not in the codebook"
            near = "" if miss.use in known else suggestion(miss.use, known)
            message = f'use "{miss.use}" {what}{near}'
            document_of(contents, code).report(message, code.event_code, "not", index, "use")


def _patterns_hold_no_act(contents: Contents) -> None:
    """Check that ACT stands in operators.yaml only."""
    for placed in placed_patterns(contents, operators=False):
        if placed.pattern.is_operator:
            placed.report(
                f"bad pattern: {placed.pattern.text!r} has ACT, which stands in operators.yaml only"
            )


def _crosswalks_agree(contents: Contents) -> None:
    """Check that counterparts are those of the published tables."""
    rows = {row["event_code"]: row for row in contents.crosswalks.get("plover_2021.csv", [])}
    types = {(r["event_type"], r["sub_event_type"] or None) for r in contents.crosswalks.get("acled.csv", [])}
    types |= {(event_type, None) for event_type, _ in types}
    for code in contents.codes:
        document = document_of(contents, code)
        published = rows.get(code.event_code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        if rows and _plover(code.plover) != (published and _values(published)):
            wanted = ", ".join(filter(None, _values(published))) if published else "none"
            document.report(
                f"plover is not as in the 2021 table, which has: {wanted}", code.event_code, "plover"
            )
        if types and code.acled.event and (code.acled.event, code.acled.mode) not in types:
            pair = " / ".join(filter(None, (code.acled.event, code.acled.mode)))
            document.report(f'acled "{pair}" is not in crosswalks/acled.csv', code.event_code, "acled")


def _missing_values_are_explained(contents: Contents) -> None:
    """Check that a code without a Goldstein value is of a scope for which codebook.yaml says why."""
    reasons = contents.settings.goldstein_missing
    for code in contents.codes if reasons else ():
        if code.goldstein is None and not reasons.get(code.scope):
            message = (
                f"has no Goldstein value; goldstein_missing in codebook.yaml must say why for {code.scope}"
            )
            document_of(contents, code).report(f'"{code.event_code}" {message}', code.event_code)


def _plover(crosswalk: Crosswalk) -> tuple[str | None, ...] | None:
    return (crosswalk.event, crosswalk.mode, crosswalk.context) if crosswalk.event else None


def _values(row: dict[str, str]) -> tuple[str | None, ...]:
    return row["event"], row["mode"] or None, row["context"] or None


def _operators_lead_to_codes(contents: Contents) -> None:
    """Check that operators lead to codes of the codebook."""
    known = {code.event_code for code in contents.codes}
    for operator in contents.operators.values():
        document = contents.documents["operators.yaml"]
        for path, code in [(("default",), operator.default)] + [
            (("codes", begin), code) for begin, code in operator.codes.items()
        ]:
            if code is not None and code not in known:
                message = f'code "{code}" is not in the codebook{suggestion(code, known)}'
                document.report(message, operator.operator_id, *path)


def _examples_name_codes(contents: Contents) -> None:
    """Check that examples name codes of the codebook only."""
    known = {code.event_code for code in contents.codes}
    for example in contents.examples:
        named = [example.event_code, *example.is_not, *(item.get("code", "") for item in example.expected)]
        for code in dict.fromkeys(named):
            if code and code not in known:
                near = suggestion(code, known)
                report_at(contents, example.origin, f'code "{code}" is not in the codebook{near}')


def _known_failures_are_examples(contents: Contents) -> None:
    """Check that what is known to fail is an example, and stands there once."""
    keys = {example.key for example in contents.examples} if contents.known_failures else set()
    seen: set[str] = set()
    for index, key in enumerate(contents.known_failures):
        message = "no example has this key" if key not in keys else "this example is listed already"
        if key not in keys or key in seen:
            document = contents.documents["known_failures.yaml"]
            line = document.line("known_failures", index, "example")
            document.report_line(line, message, severity="warning" if key in keys else "error")
        seen.add(key)


def _actors_are_unique(contents: Contents) -> None:
    """Check that no id stands for two actors."""
    first: dict[str, str] = {}
    for actor in contents.actors:
        if actor.actor_id in first:
            message = f'actor "{actor.actor_id}" is already in {first[actor.actor_id]}'
            report_at(contents, actor.origin, message)
        first.setdefault(actor.actor_id, actor.origin)


def _actors_point_to_actors(contents: Contents) -> None:
    """Check that parents of actors and holders of offices are actors."""
    known = {actor.actor_id for actor in contents.actors}
    for actor in contents.actors:
        if actor.parent is not None and actor.parent not in known:
            near = suggestion(actor.parent, known)
            report_at(contents, actor.origin, f'parent "{actor.parent}" is not an actor{near}')
    seen = set()
    for office, entry in contents.offices:
        if office.actor_id and office.actor_id not in known:
            near = suggestion(office.actor_id, known)
            entry.report(f'actor "{office.actor_id}" is not an actor{near}', "actor")
        key = (office.actor_id, office.office, office.valid_from, office.according_to)
        if key in seen:
            entry.report("this office of this actor from that day by that account is given twice")
        seen.add(key)


def _members_are_states(contents: Contents) -> None:
    """Check that members of organisations are states, each once at a time."""
    states = {actor.actor_id for actor in contents.actors if actor.kind == "state"}
    for actor in contents.actors:
        until: dict[str, str] = {}
        for member in actor.members:
            if member.state not in states:
                message = f'member "{member.state}" is not a state of actors/states.yaml'
                report_at(contents, actor.origin, message)
            elif member.state in until and (member.since or "") < until[member.state]:
                report_at(contents, actor.origin, f'"{member.state}" is a member twice at the same time')
            until[member.state] = member.until or "9999"


def _places_are_unique(contents: Contents) -> None:
    """Check that no id stands for two places."""
    first: dict[str, str] = {}
    for place, document, line in contents.places:
        other = first.setdefault(place.place_id, f"{document.file}:{line}")
        if other != f"{document.file}:{line}":
            document.report_line(line, f'place "{place.place_id}" is already in {other}')


def _agents_are_unique(contents: Contents) -> None:
    """Check that no id stands for two groups of agents."""
    for agent_id, count in Counter(agent.agent_id for agent in contents.agents).items():
        if count > 1:
            contents.documents["actors/agents.yaml"].report(f'agent "{agent_id}" is given {count} times')


_CHECKS: tuple[Callable[[Contents], None], ...] = (
    _codes_fit_their_place,
    _codes_are_unique,
    _near_misses_exist,
    _patterns_hold_no_act,
    _crosswalks_agree,
    _missing_values_are_explained,
    _operators_lead_to_codes,
    _examples_name_codes,
    _known_failures_are_examples,
    _actors_are_unique,
    _actors_point_to_actors,
    _members_are_states,
    _places_are_unique,
    _agents_are_unique,
)
_THOROUGH: tuple[Callable[[Contents], None], ...] = (
    check_patterns,
    check_spelling,
    check_shared_names,
    check_unknown_names,
    check_examples,
    check_translations,
)
