"""Texts -> parsed sentences: paragraphs, wrapped lines and datelines, then the parser of the language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from vzevents.sentences import english, spanish
from vzevents.sentences.parsers import load_model
from vzevents.sentences.tokens import Sentence, Token, Word

_ADAPTERS = {"en": english.adapt, "es": spanish.adapt}
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
    spoken = [word for word in span if not word.is_space]
    place = {word.i: n for n, word in enumerate(spoken)}
    words = [_word(word, place.get(word.head.i, n)) for n, word in enumerate(spoken)]
    _ADAPTERS[language](words)
    tokens = tuple(
        Token(
            i=n,
            text=word.text,
            lemma=word.lemma,
            pos=word.pos,
            tag=word.tag,
            relation=word.relation,
            head=word.head,
            start=offset + at.idx,
            end=offset + at.idx + len(at),
            forms=_forms(word.text, word.lemma, language) | word.also,
            plural=word.plural,
            first_person=word.features.get("Person") == "1" and word.pos in {"VERB", "AUX"},
        )
        for n, (word, at) in enumerate(zip(words, spoken, strict=True))
    )
    start, end = tokens[0].start, tokens[-1].end
    return Sentence(index, start, end, text[start:end], language, tokens)


def _word(word: Any, head: int) -> Word:
    return Word(
        text=word.text,
        lemma=word.lemma_.casefold(),
        pos=word.pos_,
        tag=word.tag_,
        relation=word.dep_,
        head=head,
        features=word.morph.to_dict(),
    )


@lru_cache(maxsize=100_000)
def _forms(text: str, lemma: str, language: str) -> frozenset[str]:
    """Return a word as written, with the parser's lemma and a dictionary's: parsers invent some."""
    from simplemma import lemmatize

    return frozenset({text.casefold(), lemma.casefold(), lemmatize(text, lang=language).casefold()})
