"""Say in plain text what a code means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vzevents.codebook.book import Codebook
    from vzevents.codebook.model import Code, Crosswalk

_QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
_WORDS = {
    "en": {"when": "Use it when", "not": "Not when", "patterns": "Patterns", "examples": "Examples"},
    "es": {"when": "Se usa cuando", "not": "No cuando", "patterns": "Patrones", "examples": "Ejemplos"},
}


def describe_code(codebook: Codebook, code: Code, *, language: str = "en") -> str:
    """Write a code out: meaning, when to use it and when not, scales, counterparts, patterns, examples.

    Parameters
    ----------
    codebook : Codebook
        The codebook of the code.
    code : Code
        The code.
    language : str
        ``"en"`` or ``"es"``.

    Returns
    -------
    str
        Several lines.
    """
    head = f"{code.event_code} {code.label.get(language, '')}" + (f" ({code.name})" if code.name else "")
    above = " < ".join(
        f"{p.event_code} {p.label.get(language, '')}" for p in codebook.parents(code.event_code)
    )
    words = _WORDS[language]
    lines = [*filter(None, [code.definition.get(language)])]
    lines += _listed(words["when"], code.when.get(language, ()))
    misses = (f"{m.text.get(language, '')}: {m.use} {codebook[m.use].name or ''}" for m in code.near_misses)
    lines += _listed(words["not"], misses)
    lines = [head, *filter(None, [above]), *(["", *lines] if lines else []), "", *_scales(codebook, code)]
    lines += _listed(words["patterns"], (p.text for p in code.patterns if p.language == language))
    mine = (e for e in codebook.examples if e.event_code == code.event_code and e.language == language)
    lines += _listed(words["examples"], (("+ " if e.expected else "- ") + e.text for e in mine))
    return "\n".join(lines)


def list_codes(codebook: Codebook, *, language: str = "en") -> str:
    """Write one line a code: code, name, label."""
    return "\n".join(f"{c.event_code:<6}{c.name or '':<34}{c.label.get(language, '')}" for c in codebook)


def code_fields(codebook: Codebook, code: Code) -> dict[str, object]:
    """Return a code as plain values for JSON."""
    return {
        "event_code": code.event_code,
        "name": code.name,
        "label": dict(code.label),
        "definition": dict(code.definition),
        "when": {language: list(lines) for language, lines in code.when.items()},
        "not": [{"use": miss.use, **miss.text} for miss in code.near_misses],
        "scope": code.scope,
        "assignable": code.assignable,
        "quad_class": code.quad_class,
        "goldstein": code.goldstein,
        "plover": _counterpart(code.plover, "event", "mode", "context"),
        "acled": _counterpart(code.acled, "event_type", "sub_event_type"),
        "benchmark_root": codebook.benchmark_root(code.event_code),
        "modes": list(code.modes),
        "patterns": [{"language": p.language, "text": p.text} for p in code.patterns],
    }


def _listed(title: str, items: Iterable[str]) -> list[str]:
    lines = [f"  {item}" for item in items]
    return [f"{title}:", *lines] if lines else []


def _scales(codebook: Codebook, code: Code) -> Iterator[str]:
    goldstein = "none published" if code.goldstein is None else f"{code.goldstein:g}"
    yield f"quad class {code.quad_class} ({_QUADS[code.quad_class]}); Goldstein {goldstein}; {code.scope}"
    root = codebook.benchmark_root(code.event_code) or "none"
    yield f"PLOVER: {_joined(code.plover)}; benchmark root: {root}"
    yield f"ACLED: {_joined(code.acled)}"


def _joined(crosswalk: Crosswalk) -> str:
    parts = [part for part in (crosswalk.event, crosswalk.mode, crosswalk.context) if part]
    return f"{' / '.join(parts)} ({crosswalk.fit})" if parts else "none"


def _counterpart(crosswalk: Crosswalk, *fields: str) -> dict[str, str | None]:
    values = (crosswalk.event, crosswalk.mode, crosswalk.context)
    return {**dict(zip(fields, values, strict=False)), "fit": crosswalk.fit}
