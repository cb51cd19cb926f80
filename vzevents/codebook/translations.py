"""Check that both languages say everything: meanings, near misses, names of actors, patterns."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from vzevents.codebook.fields import LANGUAGES
from vzevents.codebook.reporting import Severity, document_of, report_at

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import Actor, Code
    from vzevents.codebook.reading import Step


def check_translations(contents: Contents) -> None:
    """Note what stands in one language only, and codes that nothing leads to in one of them.

    Parameters
    ----------
    contents : Contents
        The codebook as read; its `problems` grow. Where codebook.yaml states ``example_counts`` it is meant
        to be complete: then what stands in no language is missing too, and all of this is an error.
    """
    complete = contents.settings.example_counts is not None
    severity: Severity = "error" if complete else "warning"
    led_to = _codes_of_operators(contents)
    for code in contents.codes:
        _meaning(contents, code, severity, complete=complete)
        if code.event_code not in led_to:
            _patterns(contents, code, severity, complete=complete)
    for actor in contents.actors:
        _actor_names(contents, actor, severity)


def _meaning(contents: Contents, code: Code, severity: Severity, *, complete: bool) -> None:
    """Check label, definition, when to use a code, and when not."""
    texts: dict[str, Collection[str]] = {
        "label": code.label,
        "definition": code.definition,
        "when": [language for language, lines in code.when.items() if lines],
    }
    for key, found in texts.items():
        if found:
            for language in LANGUAGES:
                # A label without "en" is told by whoever reads it: without one nothing can be shown.
                if language not in found and (key, language) != ("label", "en"):
                    _report(contents, code, f'{key} has no "{language}"', severity, key)
        elif complete and code.assignable and key != "label":
            _report(contents, code, f'"{key}" is missing', severity)
    if complete and code.assignable and not code.near_misses:
        _report(contents, code, '"not" is missing', severity)
    for index, miss in enumerate(code.near_misses):
        if "es" not in miss.text:
            _report(contents, code, f'the near miss {miss.use} has no "es"', severity, "not", index)


def _patterns(contents: Contents, code: Code, severity: Severity, *, complete: bool) -> None:
    """Check that there is a way to a code in each language."""
    having = {pattern.language for pattern in code.patterns}
    for language in LANGUAGES:
        if language not in having and code.assignable and (complete or having):
            message = f'"{code.event_code}" has no pattern in {language}, and no operator leads to it'
            _report(contents, code, message, severity)


def _codes_of_operators(contents: Contents) -> frozenset[str]:
    operators = contents.operators.values()
    return frozenset(code for o in operators for code in (*o.codes.values(), o.default) if code)


def _actor_names(contents: Contents, actor: Actor, severity: Severity) -> None:
    """Check that an actor has a name in each language."""
    for language in LANGUAGES:
        if actor.name and language not in actor.name:
            message = f'name of "{actor.actor_id}" has no "{language}"'
            report_at(contents, actor.origin, message, severity)


def _report(contents: Contents, code: Code, message: str, severity: Severity, *steps: Step) -> None:
    document = document_of(contents, code)
    document.report_line(document.line(code.event_code, *steps), message, severity=severity)
