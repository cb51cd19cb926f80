"""Capitals and lost accents -> the spelling that parsers know; each character stays at its place."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_LEAST = 3  # words of two letters or more that a line in capitals has
_SHARE = 0.8  # of its letters that are capitals
_ACRONYM = 5  # letters; a longer word that no dictionary has is a name
# Names and acronyms that are spelled like other words; what a dictionary has as a name alone needs no entry.
_NAMES = {
    "en": {
        "biden", "carter", "castro", "chad", "chile", "china", "congo", "georgia", "guinea", "jordan", "lima",
        "lula", "mali", "niger", "panama", "petro", "santiago", "togo", "trump", "turkey",
    },
    "es": {
        "aruba", "bolívar", "borges", "cabello", "chile", "cuba", "granada", "guinea", "guyana", "lima",
        "lula", "maduro", "mérida", "miranda", "níger", "panamá", "petro", "santiago", "sucre", "trump",
        "valencia", "zulia",
    },
}  # fmt: skip
_ACRONYMS = {"en": {"EU", "UK", "UN", "US", "WHO"}, "es": {"UE"}}
_GERUND = re.compile(r"(.*)(a|ie)(ndo(?:se|me|nos|l[aeo]s?))")  # "manifestandose"
_ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "úü", "n": "ñ"}


def respell(text: str, language: str) -> str:
    """Return a text as it is read: a line in capitals in ordinary spelling, and in Spanish with its accents.

    Parameters
    ----------
    text : str
        A paragraph or a line.
    language : str
        ``"en"`` or ``"es"``.

    Returns
    -------
    str
        As long as the text. A word that a dictionary has only with an accent gets it where the text has no
        accent at all; what no dictionary has is a name, or an acronym, and stays one.
    """
    capitals = is_in_capitals(text)
    if not capitals and (language != "es" or not text.isascii()):
        return text
    first = True

    def spelt(match: re.Match[str]) -> str:
        nonlocal first
        word, opens, first = match.group(), first, False
        if capitals and word.isupper():
            word = _small(word, language)
            return word[:1].upper() + word[1:] if opens else word
        return _accented(word, language) if language == "es" and word.islower() else word

    return _WORD.sub(spelt, text)


def is_in_capitals(text: str) -> bool:
    """Return whether a text is a headline in capitals, some small words or names in small letters aside."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    letters = "".join(words)
    return len(words) >= _LEAST and sum(map(str.isupper, letters)) >= _SHARE * len(letters)


@lru_cache(maxsize=65_536)
def _small(word: str, language: str) -> str:
    """Return a word of a line in capitals: common words small, others as names."""
    from simplemma import lemmatize

    small = word.lower()
    if len(small) != len(word) or word in _ACRONYMS[language]:
        return word
    spelt = _accented(small, language) if language == "es" else small
    if spelt in _NAMES[language]:
        return spelt.capitalize()
    if spelt != small:
        return spelt
    if _is_known(small, language):
        is_name = lemmatize(small, lang=language)[:1].isupper()
        return small.capitalize() if is_name else small
    return word if len(word) <= _ACRONYM else small.capitalize()


@lru_cache(maxsize=65_536)
def _accented(word: str, language: str) -> str:
    """Return a word with the accent without which no dictionary has it."""
    if len(word) < 4 or _is_known(word, language):
        return word
    if gerund := _GERUND.fullmatch(word):
        stem, vowel, rest = gerund.groups()
        return stem + {"a": "á", "ie": "ié"}[vowel] + rest
    for at in range(len(word) - 1, -1, -1):
        for accented in _ACCENTS.get(word[at], ""):
            changed = word[:at] + accented + word[at + 1 :]
            if _is_known(changed, language):
                return changed
    return word


def _is_known(word: str, language: str) -> bool:
    from simplemma import is_known

    return bool(is_known(word, lang=language))
