"""Say in plain text what a code means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vzevents.codebook.book import Codebook
    from vzevents.codebook.model import Code, Crosswalk

QUADS = {
    1: {"en": "verbal cooperation", "es": "cooperación verbal"},
    2: {"en": "material cooperation", "es": "cooperación material"},
    3: {"en": "verbal conflict", "es": "conflicto verbal"},
    4: {"en": "material conflict", "es": "conflicto material"},
}
_WORDS = {
    "en": {
        "when": "Use it when", "not": "Not when", "patterns": "Patterns", "modes": "modes",
        "train": "Examples", "test": "Examples of split test", "note": "+ has the code, - has not",
        "heading": "A heading: no statement has this code.", "quad": "quad class", "none": "none",
        "benchmark": "benchmark root",
    },
    "es": {
        "when": "Se usa cuando", "not": "No cuando", "patterns": "Patrones", "modes": "modos",
        "train": "Ejemplos", "test": "Ejemplos de la partición test",
        "note": "+ tiene el código, - no lo tiene",
        "heading": "Un encabezado: ningún enunciado lleva este código.", "quad": "clase cuádruple",
        "none": "ninguno", "benchmark": "raíz de comparación",
    },
}  # fmt: skip


def describe_code(
    codebook: Codebook, code: Code, *, language: str = "en", every_example: bool = False
) -> str:
    """Write a code out: meaning, when to use it and when not, scales, counterparts, patterns, examples.

    Parameters
    ----------
    codebook : Codebook
        The codebook of the code.
    code : Code
        The code.
    language : str
        ``"en"`` or ``"es"``.
    every_example : bool
        Write the examples of split test too: whoever writes patterns must not have read them.

    Returns
    -------
    str
        Several lines.
    """
    parents = (name_code(one, language) for one in codebook.parents(code.event_code))
    words = _WORDS[language]
    meaning = [] if code.assignable else [words["heading"]]
    meaning += filter(None, [code.definition.get(language)])
    meaning += _listed(words["when"], code.when.get(language, ()))
    meaning += _listed(words["not"], _near_misses(codebook, code, language))
    lines = [name_code(code, language, with_name=True), *filter(None, [" < ".join(parents)])]
    lines += ["", *meaning] if meaning else []
    lines += ["", *_scales(codebook, code, language)]
    patterns = _listed(words["patterns"], (p.text for p in code.patterns if p.language == language))
    lines += ["", *patterns] if patterns else []
    for split in ("train", "test") if every_example else ("train",):
        examples = _listed(f"{words[split]} ({words['note']})", _examples(codebook, code, language, split))
        lines += ["", *examples] if examples else []
    return "\n".join(lines)


def name_code(code: Code, language: str, *, with_name: bool = False) -> str:
    """Write a code with its label, and with its name where it has one: ``120D Defect (defect)``."""
    name = f" ({code.name})" if with_name and code.name else ""
    return f"{code.event_code} {code.label.get(language, '')}{name}"


def _near_misses(codebook: Codebook, code: Code, language: str) -> Iterator[str]:
    for miss in code.near_misses:
        yield f"{miss.text.get(language, '')}: {name_code(codebook[miss.use], language, with_name=True)}"


def _examples(codebook: Codebook, code: Code, language: str, split: str) -> Iterator[str]:
    """Yield what illustrates a code; near misses last, with the codes that they have instead."""
    mine = codebook.examples_by_code.get(code.event_code, ())
    mine = tuple(e for e in mine if (e.language, e.split) == (language, split))
    yield from (f"+ {example.text}" for example in mine if example.is_positive)
    for example in mine:
        if not example.is_positive:
            instead = ", ".join(dict.fromkeys(one["code"] for one in example.expected if "code" in one))
            yield f"- {example.text}" + (f" [{instead}]" if instead else "")


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
        "not": [
            {"use": miss.use, **miss.text, "label": dict(codebook[miss.use].label)}
            for miss in code.near_misses
        ],
        "scope": code.scope,
        "assignable": code.assignable,
        "quad_class": code.quad_class,
        "goldstein": code.goldstein,
        "goldstein_reason": dict(codebook.goldstein_reason(code.event_code)) or None,
        "plover": _counterpart(code.plover, "event", "mode", "context"),
        "acled": _counterpart(code.acled, "event_type", "sub_event_type"),
        "benchmark_root": codebook.benchmark_root(code.event_code),
        "modes": list(code.modes),
        "patterns": [{"language": p.language, "text": p.text} for p in code.patterns],
    }


def _listed(title: str, items: Iterable[str]) -> list[str]:
    lines = [f"  {item}" for item in items]
    return [f"{title}:", *lines] if lines else []


def _scales(codebook: Codebook, code: Code, language: str) -> Iterator[str]:
    words, quad = _WORDS[language], code.quad_class
    why = codebook.goldstein_reason(code.event_code).get(language)
    none = f"{words['none']}. {why}" if why else words["none"]
    yield f"{words['quad']} {quad} ({QUADS[quad][language]}); {code.scope}"
    yield f"Goldstein: {none if code.goldstein is None else f'{code.goldstein:g}'}"
    root = codebook.benchmark_root(code.event_code) or words["none"]
    yield f"PLOVER: {_with_fit(code.plover) or words['none']}; {words['benchmark']}: {root}"
    yield f"ACLED: {_with_fit(code.acled) or words['none']}"
    yield f"{words['modes']}: {', '.join(code.modes)}"


def _with_fit(crosswalk: Crosswalk) -> str | None:
    return f"{crosswalk.text} ({crosswalk.fit})" if crosswalk.text else None


def _counterpart(crosswalk: Crosswalk, *fields: str) -> dict[str, str | None]:
    values = (crosswalk.event, crosswalk.mode, crosswalk.context)
    return {**dict(zip(fields, values, strict=False)), "fit": crosswalk.fit}
