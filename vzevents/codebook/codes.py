"""Turn codes/*.yaml, examples, words and operators into the rows of a codebook."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from vzevents.codebook.fields import Entry, frozen
from vzevents.codebook.model import STATEMENT_KEYS, Code, Crosswalk, Example, NearMiss, Operator, Root
from vzevents.codebook.patterns import Pattern, PatternError, parse_pattern

if TYPE_CHECKING:
    from vzevents.codebook.model import Settings, Texts, Words
    from vzevents.codebook.reading import Document

CODE = re.compile(r"\d{2,4}[A-Z]?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = (
    "name", "label", "definition", "when", "not", "assignable", "quad_class", "goldstein", "plover", "acled",
    "modes", "patterns",
)  # fmt: skip


def read_words(document: Document) -> Words:
    """Turn words.yaml into sets of words by language and name."""
    entry = Entry(document, keys=("en", "es"))
    words = {}
    for language in entry:
        sets = entry.entry(language)
        words[language] = MappingProxyType(
            {name: frozenset(word.casefold() for word in sets.strings(name)) for name in sets}
        )
    return MappingProxyType(words)


def read_codes(document: Document, settings: Settings, words: Words) -> list[Code]:
    """Turn one codes/NN.yaml into its codes, noting its mistakes in the document."""
    return [_code(document, code, settings, words) for code in Entry(document)]


def read_patterns(entry: Entry, words: Words) -> tuple[Pattern, ...]:
    """Parse the patterns of an entry in all languages."""
    found = []
    for language, lines in entry.names("patterns").items():
        for index, line in enumerate(lines):
            try:
                found.append(parse_pattern(line, language=language, words=words.get(language, {})))
            except PatternError as error:
                entry.report(f"bad pattern: {error}", "patterns", language, index)
    return tuple(found)


def read_operators(document: Document, words: Words) -> dict[str, Operator]:
    """Turn operators.yaml into operators by id."""
    operators = {}
    for name in Entry(document):
        entry = Entry(document, name, keys=("patterns", "default", "codes"))
        entry.require("patterns")
        codes = entry.entry("codes")
        operators[name] = Operator(
            operator_id=name,
            patterns=read_patterns(entry, words),
            default=entry.text("default"),
            codes=frozen({begin: code for begin in codes if (code := codes.text(begin)) is not None}),
            origin=entry.origin,
        )
    return operators


def read_examples(document: Document, language: str, split: str, settings: Settings) -> list[Example]:
    """Turn one examples/<language>/<split>/NN.yaml into examples."""
    book = Entry(document)
    keys = ("text", "split", "is", "is_not")
    entries = [(code, entry) for code in book for entry in book.entries(code, keys)]
    for _, entry in entries:
        if entry.text("split", choices=settings.lists["splits"]) not in {None, split}:
            entry.report(f"the split is not that of its folder, {split}", "split")
    return [_example(entry, code, language, split, settings) for code, entry in entries]


def read_known_failures(document: Document) -> list[str]:
    """Return the keys of the examples that known_failures.yaml lists, each with the reason why it fails."""
    entries = Entry(document, keys=("known_failures",)).entries("known_failures", ("example", "why"))
    for entry in entries:
        entry.require("example", "why")
    return [entry.text("example") or "" for entry in entries]


def _code(document: Document, event_code: str, settings: Settings, words: Words) -> Code:
    entry = Entry(document, event_code, keys=_KEYS)
    entry.require("label")
    root = settings.roots.get(event_code[:2]) or Root(0, ())
    quad_class = entry.number("quad_class", 1, 4)
    return Code(
        event_code=event_code,
        name=_name(entry),
        label=_label(entry),
        definition=entry.texts("definition"),
        when=entry.names("when"),
        near_misses=_near_misses(entry),
        scope="vzevents" if event_code[-1:].isalpha() else "cameo",
        assignable=entry.flag("assignable", default=True),
        quad_class=root.quad_class if quad_class is None else int(quad_class),
        goldstein=entry.number("goldstein", -10, 10),
        plover=_crosswalk(entry, "plover", ("event", "mode", "context"), settings),
        acled=_crosswalk(entry, "acled", ("event_type", "sub_event_type"), settings),
        modes=entry.strings("modes", choices=settings.lists["modes"]) or root.modes,
        patterns=read_patterns(entry, words),
        origin=entry.origin,
    )


def _name(entry: Entry) -> str | None:
    name = entry.text("name")
    if name is not None and not _NAME.fullmatch(name):
        entry.report(f'name "{name}" must be lower-case words joined by _', "name")
    return name


def _label(entry: Entry) -> Texts:
    label = entry.texts("label")
    if entry.data.get("label") and "en" not in label:
        entry.report('the label has no "en"', "label")
    return label


def _near_misses(entry: Entry) -> tuple[NearMiss, ...]:
    found = []
    for miss in entry.entries("not", ("use", "en", "es")):
        miss.require("use", "en")
        texts = {language: text for language in ("en", "es") if (text := miss.text(language))}
        found.append(NearMiss(miss.text("use") or "", frozen(texts)))
    return tuple(found)


def _crosswalk(entry: Entry, key: str, fields: tuple[str, ...], settings: Settings) -> Crosswalk:
    inner = entry.entry(key, (*fields, "fit"))
    event, mode, context = ([inner.text(name) for name in fields] + [None])[:3]
    fits = settings.lists["fits"]
    fit = inner.text("fit", choices=fits) or "none"
    if event is None and fit != "none":
        inner.report(f"{key} has fit {fit} but no {fields[0]}")
    elif event is not None and fit == "none" and inner.data.get("fit") in (None, "none"):
        inner.report(f"{key} names a counterpart but its fit is none; allowed: {', '.join(fits[:-1])}")
    return Crosswalk(event, mode, context, fit)


def _example(entry: Entry, code: str, language: str, split: str, settings: Settings) -> Example:
    entry.require("text", "split")
    return Example(
        text=entry.text("text") or "",
        language=language,
        event_code=code,
        expected=tuple(_statement(item, settings) for item in entry.entries("is", STATEMENT_KEYS)),
        is_not=entry.strings("is_not"),
        split=split,
        origin=entry.origin,
    )


def _statement(entry: Entry, settings: Settings) -> Texts:
    entry.require("code")
    modes = settings.lists["modes"]
    found = {key: entry.text(key, choices=modes if key == "mode" else None) for key in STATEMENT_KEYS}
    return frozen({key: value for key, value in found.items() if value is not None})
