"""Find codes by words: in names and meaning, in what they are mistaken for, in patterns and examples."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vzevents.codebook.fields import LANGUAGES

if TYPE_CHECKING:
    from vzevents.codebook.book import Codebook
    from vzevents.codebook.model import Code
    from vzevents.codebook.patterns import Pattern

_WORD = re.compile(r"[^\W_]+")
_SET = re.compile(r"<(\w+)>")
_BRITISH = re.compile(r"is(e|es|ed|ing|ation|ations)$")  # read as "ize": recognise, recognize
_WIDTH = 100
# What a find is worth by where it stands: a code is first what it is called, last what it is mistaken for.
_WORTH = {
    "code": 100,
    "name": 90,
    "label": 90,
    "definition": 60,
    "when": 50,
    "pattern": 40,
    "example": 30,
    "not": 10,
    "near miss": 8,
}
_HEAD = 75
_WHOLE, _PHRASE, _WORDS, _BEGINNINGS = 2.0, 1.5, 1.3, 1.0  # how well a text has the words


@dataclass(frozen=True, slots=True)
class Hit:
    """A code that has the words; `where` says in what (label, pattern, …), `text` is what has them."""

    code: Code
    where: str
    language: str | None
    text: str
    n_texts: int  # how many texts of the code have the words


@dataclass(frozen=True, slots=True)
class _Text:
    where: str
    language: str | None
    text: str
    pattern: Pattern | None = None


def search_codes(
    codebook: Codebook, text: str, *, language: str | None = None, every_example: bool = False
) -> tuple[Hit, ...]:
    """Find the codes that have all the words of a text; parameters as those of `Codebook.search`.

    Within a code the best text counts, and among equals the code that has more of them. Words that begin with
    those asked for count as well, if least: "expuls" finds "expulsión".
    """
    asked = _words(text)
    if not asked:
        return ()
    sets = {one: _sets_with(codebook, one, asked) for one in LANGUAGES}
    found: list[tuple[float, Hit]] = []
    for code in codebook:
        rated = [
            (_worth(one, asked) * quality, one)
            for one in _texts(codebook, code, every_example=every_example)
            if (language in (None, one.language) or one.language is None)
            and (quality := _quality(asked, _searched(one, sets)))
        ]
        if rated:
            worth, best = max(rated, key=lambda pair: pair[0])
            # The word stands in a set that the pattern names: its line alone would look like a mistake.
            by_set = best.where == "pattern" and not _quality(asked, _words(best.text))
            where = "pattern, by a word set" if by_set else best.where
            found.append((worth, Hit(code, where, best.language, best.text, len(rated))))
    found.sort(key=lambda pair: (-pair[0], -pair[1].n_texts))
    return tuple(hit for _, hit in found)


def near_words(codebook: Codebook, text: str, *, language: str | None = None) -> tuple[str, ...]:
    """Return words of the codebook that are written nearly like those of a text; its own are left out."""
    texts = (one for code in codebook for one in _texts(codebook, code))
    written = {
        word
        for one in texts
        if language in (None, one.language) or one.language is None
        for word in _WORD.findall(one.text.casefold())
    }
    known = {plain: word for word in sorted(written) for plain in _words(word)}
    missing = [word for word in _words(text) if word not in known]
    found = (near for word in missing for near in difflib.get_close_matches(word, known, n=3, cutoff=0.7))
    return tuple(dict.fromkeys(known[near] for near in found))


def hit_fields(hit: Hit) -> dict[str, object]:
    """Return a find as plain values for JSON."""
    return {
        "event_code": hit.code.event_code,
        "name": hit.code.name,
        "label": dict(hit.code.label),
        "where": hit.where,
        "language": hit.language,
        "text": hit.text,
        "n_texts": hit.n_texts,
    }


def describe_hits(hits: Iterable[Hit], text: str, *, language: str | None = None) -> str:
    """Write each code found on one line, and below it where the words of the text stand.

    Parameters
    ----------
    hits : iterable of Hit
        What was found.
    text : str
        What was looked for: a long find is cut around it.
    language : str, optional
        Language of the labels; that of each find when left out.

    Returns
    -------
    str
        Two lines a code.
    """
    lines = []
    for hit in hits:
        code, where = hit.code, hit.where + (f" ({hit.language})" if hit.language else "")
        label = code.label.get(language or hit.language or "en", "")
        lines.append(f"{code.event_code:<6}{label}{f' ({code.name})' if code.name else ''}")
        more = f"  [+{hit.n_texts - 1} more]" if hit.n_texts > 1 else ""
        lines.append(f"      {where}: {_around(hit.text, _words(text))}{more}")
    return "\n".join(lines)


def _around(text: str, asked: list[str]) -> str:
    """Return what stands around the first of the words asked for, where the text is long."""
    if len(text) <= _WIDTH:
        return text
    places = (_plain(text).find(word) for word in asked)
    start = max(0, min((place for place in places if place >= 0), default=0) - _WIDTH // 3)
    end = start + _WIDTH
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _texts(codebook: Codebook, code: Code, *, every_example: bool = False) -> Iterator[_Text]:
    """Yield every text of a code with the place where it stands."""
    yield _Text("code", None, code.event_code)
    if code.name:
        yield _Text("name", None, code.name)
    for where, texts in (("label", code.label), ("definition", code.definition)):
        yield from (_Text(where, language, text) for language, text in texts.items())
    for language, lines in code.when.items():
        yield from (_Text("when", language, line) for line in lines)
    for miss in code.near_misses:
        for language, text in miss.text.items():
            label = codebook[miss.use].label.get(language, "")
            yield _Text("not", language, f"{text}: {miss.use} {label}".rstrip())
    yield from (_Text("pattern", pattern.language, pattern.text, pattern) for pattern in code.patterns)
    for example in codebook.examples_by_code.get(code.event_code, ()):
        if every_example or example.split != "test":
            yield _Text("example" if example.is_positive else "near miss", example.language, example.text)


def _plain(text: str) -> str:
    """Return a text in lower case and without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _words(text: str) -> list[str]:
    """Return the words of a text, those written in two ways in one of them."""
    return [_BRITISH.sub(r"iz\1", word) if "is" in word else word for word in _WORD.findall(_plain(text))]


def _sets_with(codebook: Codebook, language: str, asked: Iterable[str]) -> Mapping[str, list[str]]:
    """Return which of the words asked for the word sets of a language hold, by name of the set."""
    found: dict[str, list[str]] = {}
    for name, members in codebook.words.get(language, {}).items():
        # Joined: one call a set instead of one a word.
        words = set(_words(" ".join(members)))
        found[name] = [word for word in asked if word in words]
    return found


def _searched(one: _Text, sets: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    """Return the words of a text; a pattern has those of its word sets too."""
    words = _words(one.text)
    if one.where == "pattern" and one.language:
        words += [word for name in _SET.findall(one.text) for word in sets[one.language].get(name, ())]
    return words


def _worth(one: _Text, asked: list[str]) -> int:
    """Return what a find is worth by where it stands; what heads a pattern is a name of the act."""
    heads = {plain for head, _ in one.pattern.heads for plain in _words(head)} if one.pattern else set()
    return _HEAD if heads.intersection(asked) else _WORTH[one.where]


def _quality(asked: list[str], words: list[str]) -> float:
    """Return how well a text has all the words asked for, the better the less else it says; 0 without one."""
    return _how(asked, words) * (1 + len(asked) / max(len(words), len(asked)))


def _how(asked: list[str], words: list[str]) -> float:
    if words == asked:
        return _WHOLE
    text, phrase = f" {' '.join(words)} ", " ".join(asked)
    if f" {phrase} " in text:
        return _PHRASE
    if set(asked) <= set(words):
        return _WORDS
    return _BEGINNINGS if all(f" {word}" in text for word in asked) else 0
