"""Find words of patterns and word sets that no dictionary has: most are slips of the pen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from vzevents.codebook.fields import LANGUAGES, Entry
from vzevents.codebook.reporting import placed_patterns

if TYPE_CHECKING:
    from vzevents.codebook.loading import Contents
    from vzevents.codebook.reading import Document, Step

FILE = "spelling.yaml"
_WORD = re.compile(r"[^\W\d_]+")
# The words of a pattern; names of word sets, slots and their conditions are passed over.
_OWN_WORD = re.compile(
    r"<\w+>|(?<![\w-])[A-Z]+(?![\w-])"
    r"|(?<=[:|])(?:known|person|office|organisation|group(?:_of_states)?|state)(?!\w)|([^\W\d_]+)"
)
# Spanish pronouns written at the end of a verb: "expulsarlo", "devuélvanoslo".
_PRONOUNS = re.compile(r"(?:me|te|se|nos|os|l[aeo]s?){1,2}$")
_UNACCENTED = str.maketrans("áéíóú", "aeiou")


def read_spelling(document: Document) -> Mapping[str, frozenset[str]]:
    """Turn spelling.yaml into the words that are right though no dictionary has them, by language."""
    entry = Entry(document, keys=LANGUAGES)
    return {language: frozenset(map(str.casefold, entry.strings(language))) for language in entry}


def check_spelling(contents: Contents) -> None:
    """Warn of words that stand once in patterns and word sets and nowhere else.

    What stands in an example or a name, twice in patterns or in spelling.yaml is taken to be meant. Without
    simplemma, which comes with ``vzevents[coder]``, there is no dictionary and nothing is checked.
    """
    try:
        from simplemma import is_known
    except ImportError:
        return
    for language in LANGUAGES:
        lines = [(_own_words(text), document, path) for text, document, path in _lines(contents, language)]
        counts = Counter(word for words, _, _ in lines for word in words)
        right = contents.spelling.get(language, frozenset()) | _words_elsewhere(contents, language)
        is_right = partial(_is_word, is_known=partial(is_known, lang=language))
        slips = {w for w, count in counts.items() if count == 1 and w not in right and not is_right(w)}
        for words, document, path in lines:
            for word in slips.intersection(words):
                message = f'"{word}" is in no dictionary ({language}); mend it, or list it in {FILE}'
                document.report_line(document.line(*path), message, severity="warning")


def _lines(contents: Contents, language: str) -> Iterator[tuple[str, Document, tuple[Step, ...]]]:
    """Yield each pattern and each word of a set of a language with its place."""
    for placed in placed_patterns(contents):
        if placed.pattern.language == language:
            yield placed.pattern.text, placed.document, placed.path
    words = Entry(contents.documents["words.yaml"]).entry(language)
    for name in words:
        for index, text in enumerate(words.items(name)):
            yield str(text).casefold(), words.document, (language, name, index)


def _own_words(text: str) -> list[str]:
    return [word.casefold() for word in _OWN_WORD.findall(text) if word]


def _words_elsewhere(contents: Contents, language: str) -> frozenset[str]:
    """Return the words of examples, of actors' names and of common nouns for actors."""
    texts = [example.text for example in contents.examples if example.language == language]
    for actor in contents.actors:
        texts += [actor.name.get(language, ""), *actor.aliases.get(language, ())]
    for agent in contents.agents:
        texts += agent.words.get(language, ())
    return frozenset(_WORD.findall("\n".join(texts).casefold()))


def _is_word(word: str, is_known: Callable[[str], bool]) -> bool:
    stem = _PRONOUNS.sub("", word)
    return any(is_known(one) for one in (word, stem, stem.translate(_UNACCENTED)) if one)
