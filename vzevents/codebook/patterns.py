"""The notation in which a codebook says which words mean which act: docs/patterns.md has its grammar.

One line is one pattern: ``accuse T of treason``, ``the arrest of T by S``, ``urge T to ACT``. Among patterns
that match, the one with more `weight` wins: what it asks for, optional pieces apart.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

import msgspec

_ARTICLES = {"en": {"the"}, "es": {"el", "la", "los", "las"}}
_SLOT = re.compile(r"(?P<mutual>&)?(?P<slot>S&T|[STR])(?::(?P<conditions>[\w|<>’'-]+))?")
_KINDS = frozenset({"known", "person", "office", "organisation", "group", "group_of_states", "state"})
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
PREPOSITIONS = {
    "en": frozenset({
        "about", "above", "across", "after", "against", "along", "alongside", "among", "amid", "around", "as",
        "at", "before", "behind", "below", "beneath", "beside", "between", "beyond", "by", "concerning",
        "despite", "during", "for", "from", "in", "inside", "into", "near", "of", "off", "on", "onto",
        "opposite", "out", "outside", "over", "past", "regarding", "since", "that", "through", "throughout",
        "to", "toward", "towards", "under", "until", "upon", "via", "which", "with", "within", "without",
    }),
    "es": frozenset({
        "a", "al", "ante", "bajo", "como", "con", "contra", "de", "del", "desde", "durante", "en", "entre",
        "hacia", "hasta", "para", "por", "que", "según", "sin", "sobre", "tras",
    }),
}  # fmt: skip

_CONTRACTED = {"a": "al", "de": "del"}

ElementKind = Literal["slot", "words", "any", "act", "anywhere", "never"]


class PatternError(ValueError):
    """A pattern that the notation does not allow; the message says which piece and what is allowed."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for an actor: S, T, R or S&T.

    One of `conditions` (roles, kinds, countries) must hold, or the head be one of `words`; `mutual` marks
    those who do it to each other.
    """

    name: str
    conditions: frozenset[str] = frozenset()
    mutual: bool = False
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Element:
    """One thing that a pattern asks for behind its head, perhaps after a preposition."""

    kind: ElementKind
    prepositions: frozenset[str] = frozenset()
    slot: Slot | None = None
    words: frozenset[str] = frozenset()
    optional: bool = False
    anywhere: bool = False  # a slot behind "..."

    @cached_property
    def phrases(self) -> dict[str, list[tuple[str, ...]]]:
        """The words that are several, one behind the other (have_to), by the first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(tuple(word.split("_")) for word in self.words if "_" in word):
            found.setdefault(phrase[0], []).append(phrase)
        return found

    @cached_property
    def openers(self) -> frozenset[str]:
        """The first words of `phrases`."""
        return frozenset(self.phrases)


class Pattern(msgspec.Struct, frozen=True):
    """A parsed pattern; `text` is the line as written.

    There are tens of thousands, all made whenever a codebook is loaded: hence no dataclass.
    """

    text: str
    language: str
    nominal: bool
    subject: Slot | None
    heads: tuple[tuple[str, str | None], ...]  # word and its particle
    elements: tuple[Element, ...]
    weight: int

    @property
    def is_operator(self) -> bool:
        """Whether the pattern holds another act."""
        return any(element.kind == "act" for element in self.elements)

    @property
    def is_mutual(self) -> bool:
        """Whether source and target do it to each other."""
        slots = [self.subject, *(element.slot for element in self.elements)]
        return any(slot.mutual for slot in slots if slot)


def parse_pattern(text: str, *, language: str, words: Mapping[str, frozenset[str]]) -> Pattern:
    """Parse one line of the notation.

    Parameters
    ----------
    text : str
        The line, for example ``"accuse T of treason"``.
    language : str
        ``"en"`` or ``"es"``: decides articles and prepositions.
    words : mapping of str to frozenset of str
        The word sets of that language, by name.

    Returns
    -------
    Pattern

    Raises
    ------
    PatternError
        If a piece is not of the notation.
    """
    pieces = text.split()
    nominal = bool(pieces) and pieces[0] in _ARTICLES.get(language, set())
    pieces = pieces[1:] if nominal else pieces
    subject = _slot(pieces[0], words) if pieces else None
    pieces = pieces[1:] if subject else pieces
    if not pieces:
        message = f"{text!r} has no head word; write the verb first, or the article and the noun"
        raise PatternError(message)
    heads = _heads(pieces[0], words)
    elements = tuple(_elements(pieces[1:], PREPOSITIONS.get(language, frozenset()), words))
    return Pattern(text, language, nominal, subject, heads, elements, _weight(subject, heads, elements))


def _slot(piece: str, words: Mapping[str, frozenset[str]]) -> Slot | None:
    match = _SLOT.fullmatch(piece)
    if match is None:
        return None
    mutual = bool(match["mutual"]) or match["slot"] == "S&T"
    written = frozenset((match["conditions"] or "").split("|")) - {""}
    conditions = frozenset(one for one in written if one in _KINDS or one.isupper())
    unknown = sorted(one for one in conditions - _KINDS if not re.fullmatch("[A-Z]{3}", one))
    if unknown:
        message = f"{unknown[0]!r} in {piece!r} is no role and no country; write GOV, VEN, a kind or a word"
        raise PatternError(message)
    heads = [_word_set(one, words) for one in written - conditions]
    return Slot(match["slot"], conditions, mutual, frozenset().union(*heads))


def _heads(piece: str, words: Mapping[str, frozenset[str]]) -> tuple[tuple[str, str | None], ...]:
    """Return the words of ``launch|carry_out|<set>``, each with its particle."""
    found: set[tuple[str, str | None]] = set()
    for part in piece.split("|"):
        word, joined, particle = (part, "", "") if part.startswith("<") else part.partition("_")
        if joined and not _WORD.fullmatch(particle):
            message = f"{part!r} has no particle behind the _; write call_off or call"
            raise PatternError(message)
        found |= {(head, particle or None) for head in _word_set(word, words)}
    return tuple(sorted(found, key=str))


def _word_set(piece: str, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the words of ``word|word|<name>``."""
    plain = _plain_words(piece)
    if plain is not None:
        return plain
    found: set[str] = set()
    for part in piece.split("|"):
        if part.startswith("<") and part.endswith(">"):
            found |= _named_set(part[1:-1], words)
        elif _WORD.fullmatch(part):
            found.add(part.casefold())
        else:
            message = (
                f"{piece!r} is neither a slot (S, T, R, ACT, *), a word set <name> nor words joined by |"
            )
            raise PatternError(message)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def _plain_words(piece: str) -> frozenset[str] | None:
    """Return the words of a piece without a word set; many patterns ask for the same."""
    parts = piece.split("|")
    return frozenset(map(str.casefold, parts)) if all(map(_WORD.fullmatch, parts)) else None


def _named_set(name: str, words: Mapping[str, frozenset[str]]) -> frozenset[str]:
    if name not in words:
        near = difflib.get_close_matches(name, words, n=3) or sorted(words)[:8]
        message = f"no word set <{name}>; words.yaml has {', '.join(near) or 'none'}"
        raise PatternError(message)
    return words[name]


def _elements(
    pieces: list[str], prepositions: frozenset[str], words: Mapping[str, frozenset[str]]
) -> list[Element]:
    found: list[Element] = []
    behind: frozenset[str] = frozenset()
    anywhere = optional = False
    for written in pieces:
        optional = optional or written.startswith("(")
        if written.endswith(")") and not optional:
            message = f"{written!r} closes a parenthesis that none opens; write (on T)"
            raise PatternError(message)
        piece = written.removeprefix("(").removesuffix(")")
        parts = frozenset(piece.split("|"))
        if piece == "...":
            anywhere = True
        elif not behind and parts <= prepositions:
            behind = parts | {_CONTRACTED[part] for part in parts & _CONTRACTED.keys()}
        else:
            element = _element(piece, behind, anywhere=anywhere, words=words)
            found.append(replace(element, optional=True) if optional else element)
            behind, anywhere = frozenset(), False
        optional = optional and not written.endswith(")")
    if behind or anywhere or optional:
        message = f"{' '.join(pieces)!r} ends in {pieces[-1]!r}; a slot or words must follow"
        raise PatternError(message)
    return found


def _element(
    piece: str, behind: frozenset[str], *, anywhere: bool, words: Mapping[str, frozenset[str]]
) -> Element:
    slot = _slot(piece, words)
    if slot:
        return Element("slot", behind, slot=slot, anywhere=anywhere)
    if piece == "ACT":
        return Element("act", behind)
    if piece == "*":
        return Element("any", behind)
    if piece.startswith("!"):
        return Element("never", behind, words=_word_set(piece[1:], words))
    return Element("anywhere" if anywhere else "words", behind, words=_word_set(piece, words))


def _weight(
    subject: Slot | None, heads: tuple[tuple[str, str | None], ...], elements: tuple[Element, ...]
) -> int:
    asked = [e for e in elements if not e.optional]
    slots = [e.slot for e in asked if e.slot] + ([subject] if subject else [])
    words = sum(e.kind in {"words", "anywhere"} for e in asked) + all(particle for _, particle in heads)
    never = sum(e.kind == "never" for e in asked)
    # "known" weighs nothing by itself: each slot that somebody known fills counts anyway.
    conditions = sum(2 if slot.words else bool(slot.conditions - {"known"}) for slot in slots)
    return 2 * words + never + len(slots) + conditions
