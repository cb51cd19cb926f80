"""Texts -> parsed sentences: paragraphs, wrapped lines and datelines, then the parser of the language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from vzevents.sentences import english, spanish
from vzevents.sentences.parsers import load_model
from vzevents.sentences.skimming import sentences_of
from vzevents.sentences.spelling import respell
from vzevents.sentences.tokens import LONGEST_SENTENCE, Sentence, Token, Word

_ADAPTERS = {"en": english.adapt, "es": spanish.adapt}
# A longer stretch is no paragraph of news; parsing it whole would cost memory without bound.
_LONGEST = 20_000
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s")
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


_AT_ONCE = 64  # paragraphs; more together parse no faster


def parse_text(text: str, *, language: str = "en") -> list[Sentence]:
    """Split a text into sentences and parse them; as `parse_texts`, for one text."""
    (sentences,) = parse_texts([text], language=language)
    return sentences


def parse_texts(
    texts: Sequence[str], *, language: str = "en", skim: Callable[[str], bool] | None = None
) -> list[list[Sentence]]:
    """Split texts into sentences and parse them, all together: one by one takes twice as long.

    Parameters
    ----------
    texts : sequence of str
        Texts of articles; line breaks end a sentence unless the line is plainly wrapped.
    language : str, default "en"
        One of `LANGUAGES`.
    skim : callable, optional
        Takes the text of a sentence; one that it returns False for is not parsed, and has no tokens.

    Returns
    -------
    list of list of Sentence
        One list a text, in their order; what stands beside a text changes nothing.

    Raises
    ------
    MissingExtraError
        If spaCy or its model is not installed.
    """
    model = load_model(language)
    places = [(number, *place) for number, text in enumerate(texts) for place in _stretches(text)]
    parts = [part for place in places for part in _skimmed(*place, skim)]
    short = (respell(part.text, language) for part in parts if part.is_parsed)
    parsed = model.pipe(short, batch_size=_AT_ONCE)
    found: list[list[Sentence]] = [[] for _ in texts]
    for part in parts:
        own, text, offset = found[part.number], texts[part.number], part.offset
        if not part.is_parsed:
            start = offset + len(part.text) - len(part.text.lstrip())
            own.append(_unread(start, offset + len(part.text.rstrip()), len(own), text, language))
            continue
        document = next(parsed)
        read = document.text  # put together anew each time it is asked for
        for span in document.sents:
            if span.text.strip():
                own.append(_sentence(span, read, offset, len(own), text, language))
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the `number`-th text, which is parsed or not."""

    number: int
    offset: int
    text: str
    is_parsed: bool


def _skimmed(number: int, offset: int, stretch: str, skim: Callable[[str], bool] | None) -> Iterator[_Part]:
    """Yield what is parsed of a stretch, as much as stands together, and the sentences that are not."""
    if skim is None or len(stretch) > LONGEST_SENTENCE:
        yield _Part(number, offset, stretch, is_parsed=not _is_endless(stretch))
        return
    for is_parsed, sentences in groupby(sentences_of(stretch), key=lambda at: skim(stretch[slice(*at)])):
        together = list(sentences)
        if is_parsed:
            together = [(together[0][0], together[-1][1])]
        for start, end in together:
            yield _Part(number, offset + start, stretch[start:end], is_parsed)


def _is_endless(stretch: str) -> bool:
    """Whether a stretch is one sentence, as far as stops tell, and too long to be one."""
    return len(stretch) > LONGEST_SENTENCE and _END.search(stretch.strip()) is None


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Yield what is parsed at a time: paragraphs; of long ones as many sentences as are not too long."""
    for offset, line in _paragraphs(text):
        if len(line) <= LONGEST_SENTENCE:
            yield offset, line
            continue
        start = 0
        for at, end in pairwise([0, *(match.end() for match in _END.finditer(line)), len(line)]):
            if end - at > LONGEST_SENTENCE:
                yield from _unless_empty(offset, line, start, at)
                yield from _unless_empty(offset, line, at, end)
                start = end
            elif end - start > _LONGEST:
                yield from _unless_empty(offset, line, start, at)
                start = at
        yield from _unless_empty(offset, line, start, len(line))


def _unless_empty(offset: int, line: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    if line[start:end].strip():
        yield offset + start, line[start:end]


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for match in _PARAGRAPH.finditer(_WRAPPED.sub(" ", text)):
        line, offset = match.group(), match.start()
        dateline = _DATELINE.match(line)
        if dateline and dateline.end() < len(line):
            line, offset = line[dateline.end() :], offset + dateline.end()
        if line.strip():
            yield offset, line


def _unread(start: int, end: int, index: int, text: str, language: str) -> Sentence:
    return Sentence(index, start, end, text[start:end], language, (), "")


def _sentence(span: Any, read: str, offset: int, index: int, text: str, language: str) -> Sentence:
    if len(span.text.strip()) > LONGEST_SENTENCE:
        start = offset + span.start_char + len(span.text) - len(span.text.lstrip())
        return _unread(start, start + len(span.text.strip()), index, text, language)
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
    return Sentence(index, start, end, text[start:end], language, tokens, read[start - offset : end - offset])


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
