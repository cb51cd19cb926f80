"""Count examples: enough of each code and split, test examples that say it otherwise, none nearly twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Set
from typing import TYPE_CHECKING

from vzevents.codebook.fields import LANGUAGES, suggestion
from vzevents.codebook.near_duplicates import near_duplicates
from vzevents.codebook.patterns import PREPOSITIONS
from vzevents.codebook.reporting import document_of, report_at

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.model import Code, Example, ExampleCounts

_ALIKE = 0.7
_WORD = re.compile(r"[^\W_]+")
# What stands in every trigger and names no act.
_ARTICLES = frozenset("a an the el la los las un una unos unas".split())  # noqa: SIM905
_PRONOUNS = frozenset("se lo le les me nos te su sus it its him his her them their us our up".split())  # noqa: SIM905


def check_examples(contents: Contents) -> None:
    """Note examples that are missing, that stand there twice and that name what is not in their text.

    Parameters
    ----------
    contents : Contents
        The codebook as read; its `problems` grow. Nothing is missing where codebook.yaml states no
        ``example_counts``.
    """
    actors = {actor.actor_id for actor in contents.actors}
    for example in contents.examples:
        _words_stand_in_the_text(contents, example)
        _actors_are_known(contents, example, actors)
    for language in LANGUAGES:
        _no_text_twice(contents, [e for e in contents.examples if e.language == language])
    counts = contents.settings.example_counts
    if counts is None:
        return
    _frequent_codes_exist(contents, counts)
    _enough_tests(contents, counts)
    by_code: dict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in contents.examples:
        by_code[example.event_code, example.language].append(example)
    for language in LANGUAGES:
        simple_forms = _simple_forms(language)
        for code in contents.codes:
            if code.assignable:
                examples = by_code[code.event_code, language]
                _enough_of_a_code(contents, code, language, examples, counts)
                _enough_new_triggers(contents, code, language, examples, counts, simple_forms)


def _words_stand_in_the_text(contents: Contents, example: Example) -> None:
    """Check that who acts, on whom, and the trigger stand in the text of an example."""
    text = example.text.casefold()
    for statement in example.expected:
        for key in ("source", "target", "trigger"):
            if statement.get(key, "").casefold() not in text:
                report_at(contents, example.origin, f'{key} "{statement[key]}" does not stand in the text')


def _actors_are_known(contents: Contents, example: Example, actors: Set[str]) -> None:
    """Check that the actors whom an example expects are actors of the codebook."""
    for statement in example.expected:
        for key in ("source_actor", "target_actor"):
            if key in statement and statement[key] not in actors:
                near = suggestion(statement[key], actors)
                report_at(contents, example.origin, f'{key} "{statement[key]}" is not an actor{near}')


def _no_text_twice(contents: Contents, examples: list[Example]) -> None:
    """Check that no two texts of a language are nearly the same, whatever their split."""
    for one, other, similarity in near_duplicates([e.text for e in examples], above=_ALIKE):
        # Cut, not rounded: 0.7004 must not be told as 0.70.
        share = int(100 * similarity)
        message = f"nearly the text of {examples[one].origin}: {share} % of their pieces are the same"
        report_at(contents, examples[other].origin, f"{message}; at most {100 * _ALIKE:g} % may be")


def _frequent_codes_exist(contents: Contents, counts: ExampleCounts) -> None:
    """Check that what is listed as frequent can be assigned."""
    assignable = {code.event_code for code in contents.codes if code.assignable}
    for index, code in enumerate(counts.frequent):
        if code not in assignable:
            message = f'"{code}" is not an assignable code'
            contents.documents["codebook.yaml"].report(message, "example_counts", "frequent_codes", index)


def _enough_tests(contents: Contents, counts: ExampleCounts) -> None:
    """Check how many of all examples are of split test."""
    tests, total = sum(e.split == "test" for e in contents.examples), len(contents.examples)
    if tests < counts.test_share * total:
        message = (
            f"{tests} of {total} examples are of split test; at least {100 * counts.test_share:g} % must"
        )
        contents.documents["codebook.yaml"].report(f"{message} be", "example_counts", "test_share")


def _enough_of_a_code(
    contents: Contents, code: Code, language: str, examples: list[Example], counts: ExampleCounts
) -> None:
    """Check how many examples a code has in a language."""
    other = code.event_code not in counts.frequent
    positive = sum(example.is_positive for example in examples)
    missed = sum(code.event_code in example.is_not for example in examples)
    for found, wanted, what in (
        (positive, counts.positive[other], "positive"),
        (missed, counts.near_miss[other], "near-miss"),
    ):
        if found < wanted:
            message = f'{what} examples of "{code.event_code}" in {language}: {found}; it needs {wanted}'
            document_of(contents, code).report(message, code.event_code)


def _enough_new_triggers(
    contents: Contents,
    code: Code,
    language: str,
    examples: list[Example],
    counts: ExampleCounts,
    simple_forms: Callable[[str], frozenset[str]],
) -> None:
    """Check how many test examples of a code name its act by words that its train examples lack."""
    positive = [example for example in examples if example.is_positive]
    trained = _joined(simple_forms(e.text) for e in positive if e.split == "train")
    tests = [e for e in positive if e.split == "test"]
    new = sum(any(_is_new(simple_forms(t), trained) for t in _triggers(e)) for e in tests)
    wanted = len(tests) // counts.new_trigger
    if new < wanted:
        what = (
            f'test examples of "{code.event_code}" in {language} with a trigger that its train examples lack'
        )
        message = f"{what}: {new} of {len(tests)}; it needs {wanted}"
        document_of(contents, code).report(message, code.event_code)


def _triggers(example: Example) -> list[str]:
    own = (statement for statement in example.expected if statement.get("code") == example.event_code)
    return [statement["trigger"] for statement in own if "trigger" in statement]


def _is_new(words: frozenset[str], trained: frozenset[str]) -> bool:
    return bool(words) and words.isdisjoint(trained)


def _joined(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(word for words in sets for word in words)


def _simple_forms(language: str) -> Callable[[str], frozenset[str]]:
    """Return what gives the words of a text in their simple forms, without articles and prepositions."""
    little = _ARTICLES | _PRONOUNS | PREPOSITIONS.get(language, frozenset())
    try:
        from simplemma import lemmatize
    except ImportError:  # then "arrests" and "arrested" count as two

        def simple(word: str) -> str:
            return word

    else:

        def simple(word: str) -> str:
            return str(lemmatize(word, lang=language)).casefold()

    known: dict[str, str] = {}

    def words_of(text: str) -> frozenset[str]:
        words = {word for word in _WORD.findall(text.casefold()) if word not in little}
        return frozenset(known.get(word) or known.setdefault(word, simple(word)) for word in words)

    return words_of
