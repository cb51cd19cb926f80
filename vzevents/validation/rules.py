"""The one table of rules, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable

from vzevents.validation import codes, consistency, dates, identity, places, provenance, schema
from vzevents.validation.rule import Rule

RULES: tuple[Rule, ...] = (
    *schema.RULES,
    *codes.RULES,
    *dates.RULES,
    *places.RULES,
    *identity.RULES,
    *provenance.RULES,
    *consistency.RULES,
)


def find_rules(prefix: str) -> list[Rule]:
    """Return the rules whose id starts with a prefix.

    Parameters
    ----------
    prefix : str
        An id or its beginning: ``VZ101`` one rule, ``VZ1`` all of its theme.

    Returns
    -------
    list of Rule
        In the order of their ids.

    Raises
    ------
    ValueError
        If there is none; the message names the themes.
    """
    found = [rule for rule in RULES if rule.id.startswith(prefix.strip().upper() or "?")]
    if not found:
        themes = ", ".join(dict.fromkeys(f"{rule.id[:3]}.." for rule in RULES))
        message = (
            f"no rule {prefix!r}; ids are VZ and three digits, {RULES[0].id} to {RULES[-1].id} ({themes})"
        )
        raise ValueError(message)
    return found


def choose_rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """Return the rules to check by.

    Parameters
    ----------
    select : iterable of str
        Ids or their beginnings; all rules where none is given.
    ignore : iterable of str
        Ids or their beginnings to leave out; they win over `select`.

    Returns
    -------
    list of Rule
        In the order of their ids.

    Raises
    ------
    ValueError
        If one of them is of no rule.
    """
    chosen = [rule for prefix in select for rule in find_rules(prefix)] or list(RULES)
    left_out = {rule.id for prefix in ignore for rule in find_rules(prefix)}
    return [rule for rule in RULES if rule in chosen and rule.id not in left_out]
