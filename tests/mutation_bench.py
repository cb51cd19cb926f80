"""Slips that a careless hand could make in a codebook, and whether anything notices them.

A slip is noticed when `vzevents codebook check` has something to say that it had not before, or when an
example that came out as written no longer does. Slips in patterns are made in patterns on which an
example hinges, since no test can notice what becomes of a line that others stand in for; how many patterns
decide an example at all is a figure of its own (`Bench.share_in_use`).
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from vzevents.articles import Article
from vzevents.codebook import Codebook, Example, codes, example_checks, loading
from vzevents.codebook.checking import check_codebook
from vzevents.codebook.compiling import Compiled
from vzevents.codebook.examples import Given, run_examples
from vzevents.codebook.files import Files, read_files
from vzevents.codebook.loading import Contents, read_codebook
from vzevents.codebook.model import Code
from vzevents.codebook.near_duplicates import near_duplicates
from vzevents.codebook.patterns import Pattern, parse_pattern
from vzevents.codebook.reading import Document, read_document
from vzevents.coding import Coder
from vzevents.sentences.parse_cache import ParseCache

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_PLACES = re.compile(r"\S+\.(?:yaml|csv):\d+|line \d+")


@dataclass(frozen=True)
class Mutation:
    """A slip: one file as it then is, and the examples that may notice."""

    kind: str
    what: str
    file: str
    data: Any  # the file's new plain contents
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Use:
    """A pattern that decides an example which comes out as written."""

    code: str
    language: str
    text: str

    @property
    def file(self) -> str:
        """Where it stands."""
        return f"codes/{self.code[:2]}.yaml"


class Bench:
    """A codebook as it is: what `check` says of it, and what comes of the examples of some codes."""

    def __init__(self, folder: Path, *, wanted: Iterable[str] | None = None) -> None:
        self._files = read_files(folder)
        self._cache = ParseCache()
        with _remembering():
            self.contents = self._read(self._files)
        self.said = _messages(self.contents)
        chosen = None if wanted is None else frozenset(wanted)
        self.examples = [e for e in self.contents.examples if chosen is None or e.event_code in chosen]
        self.passing = list(self._run(self.contents, self.examples))  # with the rules that decide it
        self.uses = sorted(self._uses(), key=lambda use: (use.code, use.language, use.text))

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *error: object) -> None:
        self._cache.__exit__(None, None, None)

    @property
    def share_in_use(self) -> float:
        """How many of all patterns of codes decide an example."""
        return len(self.uses) / max(1, sum(len(code.patterns) for code in self.contents.codes))

    def data(self, file: str) -> Any:
        """Return the plain contents of a file, to be changed."""
        return copy.deepcopy(self.contents.documents[file].data)

    def of_codes(self, *wanted: str, language: str | None = None) -> tuple[Example, ...]:
        """Return the passing examples of some codes."""
        return tuple(e for e, _ in self.passing if e.event_code in wanted and language in (None, e.language))

    def hinges_on(self, use: Use) -> bool:
        """Whether an example no longer comes out as written without a pattern."""
        contents = copy.copy(self.contents)
        contents.codes = [_without(code, use) for code in contents.codes]
        examples = self.of_codes(use.code, language=use.language)
        return sum(1 for _ in self._run(contents, examples)) < len(examples)

    def parties(self) -> Counter[tuple[str, str]]:
        """Return how many examples name somebody so, by language and name."""
        return Counter(
            (example.language, name)
            for example in self.contents.examples
            for name in {want.get(key, "") for want in example.expected for key in ("source", "target")}
        )

    def with_words(self, words: str, language: str) -> tuple[Example, ...]:
        """Return the passing examples of a language in which some words stand."""
        return tuple(e for e, _ in self.passing if e.language == language and words in e.text)

    def noticed_by(self, mutation: Mutation) -> str | None:
        """Return what notices a slip: "check", "examples", or nothing."""
        raw = yaml.dump(mutation.data, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10**6)
        files = replace(self._files, contents={**self._files.contents, mutation.file: raw.encode()})
        with _remembering():
            contents = self._read(files)
        if _messages(contents) - self.said:
            return "check"
        wanted = {(example.language, example.text) for example in mutation.examples}
        again = [example for example in contents.examples if (example.language, example.text) in wanted]
        passing = sum(1 for _ in self._run(contents, again))
        return "examples" if passing < len(mutation.examples) else None

    def _read(self, files: Files) -> Contents:
        contents = read_codebook(files)
        check_codebook(contents, thorough=True)
        return contents

    def _run(
        self, contents: Contents, examples: Iterable[Example]
    ) -> Iterator[tuple[Example, frozenset[str]]]:
        """Yield the examples that come out as written, with the rules behind their expected codes."""
        coder = Coder(_codebook(contents), parse=self._cache.parse_texts, model=None)
        rules: list[tuple[str, str]] = []

        def code_text(text: str, language: str) -> Iterator[Given]:
            for row, rule_id in _coded(coder, text, language):
                rules.append((row["event_code"] or "", rule_id))
                yield row

        for example in examples:
            rules.clear()
            (outcome,) = run_examples([example], code_text)
            if outcome.passed:
                wanted = {statement["code"] for statement in example.expected}
                yield example, frozenset(rule for code, rule in rules if code in wanted)

    def _uses(self) -> Iterator[Use]:
        known = {
            (pattern.language, f"{code.event_code}:{pattern.text}"): code.event_code
            for code in self.contents.codes
            for pattern in code.patterns
        }
        seen = set()
        for example, rules in self.passing:
            for rule in rules:
                key = (example.language, rule)
                if key in known and known[key] == example.event_code and key not in seen:
                    seen.add(key)
                    yield Use(known[key], example.language, rule.partition(":")[2])


def _coded(coder: Coder, text: str, language: str) -> Iterator[tuple[Given, str]]:
    for statement in coder.read(Article("example", text, None, language, {}, "example")).statements:
        if statement.reject_reason is None:
            to_actor = statement.to_actor
            row = {
                "event_code": statement.event_code,
                "source_text": statement.source.text if statement.source else None,
                "target_text": statement.target.text if statement.target else None,
                "source_actor": statement.source.reading.actor_id if statement.source else None,
                "target_actor": statement.target.reading.actor_id if statement.target else None,
                "to_text": to_actor.text if to_actor else None,
                "to_actor": to_actor.reading.actor_id if to_actor else None,
                "mode": statement.mode,
            }
            yield row, statement.choice.rule_id


def _without(code: Code, use: Use) -> Code:
    left = (
        p
        for p in code.patterns
        if (code.event_code, p.language, p.text) != (use.code, use.language, use.text)
    )
    return replace(code, patterns=tuple(left))


def _codebook(contents: Contents) -> Codebook:
    compiled = Compiled(
        settings=contents.settings,
        sha256="",
        warnings=(),
        words=contents.words,
        codes=tuple(contents.codes),
        known_failures=(),
        operators=tuple(contents.operators.values()),
        actors=tuple(contents.actors),
        offices=tuple(office for office, _ in contents.offices),
        agents=tuple(contents.agents),
        places=tuple(place for place, _, _ in contents.places),
        shared_names=contents.shared_names,
    )
    return Codebook(compiled, tuple(contents.examples))


def _messages(contents: Contents) -> Counter[str]:
    """Return what `check` says, without lines, which any change to a file shifts."""
    return Counter(_PLACES.sub("", f"{problem.severity} {problem.message}") for problem in contents.problems)


@contextmanager
def _remembering() -> Iterator[None]:
    """Keep what is read and compared while it stays the same: all files but one do, slip by slip."""
    with ExitStack() as stack:
        for module, name, function in (
            (loading, "read_document", _read_document),
            (codes, "parse_pattern", _parse_pattern),
            (example_checks, "near_duplicates", _near_duplicates),
        ):
            stack.enter_context(mock.patch.object(module, name, function))
        yield


_documents: dict[tuple[str, bytes], Document] = {}
_patterns: dict[tuple[object, ...], Pattern] = {}
_pairs: dict[tuple[str, ...], list[tuple[int, int, float]]] = {}


def _read_document(raw: bytes, file: str) -> Document:
    found = _documents.get((file, raw)) or _documents.setdefault((file, raw), read_document(raw, file))
    return replace(found, problems=list(found.problems))


def _parse_pattern(text: str, *, language: str, words: Mapping[str, frozenset[str]]) -> Pattern:
    key = (text, language, *(words.get(name) for name in re.findall(r"<(\w+)>", text)))
    found = _patterns.get(key)
    if found is None:
        found = _patterns[key] = parse_pattern(text, language=language, words=words)
    return found


def _near_duplicates(texts: Sequence[str], *, above: float) -> list[tuple[int, int, float]]:
    key = tuple(texts)
    if key not in _pairs:
        _pairs[key] = list(near_duplicates(texts, above=above))
    return _pairs[key]
