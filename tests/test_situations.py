"""Situations: what happened, told from what was denied, meant, supposed, asked or alleged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vzevents.roles import find_predicates
from vzevents.sentences import Sentence
from vzevents.situations import Situation, SituationReader
from vzevents.statements import StatementExtractor

Parse = Callable[[str], Sentence]
VERBS = frozenset({"arrest", "attack", "close", "expel"})
NOUNS = frozenset({"arrest", "expulsion"})


@pytest.fixture(scope="module")
def reader(extractor: StatementExtractor) -> SituationReader:
    """Return a reader with the codebook's words."""
    return extractor.situations


def _read(reader: SituationReader, sentence: Sentence, word: str) -> Situation:
    return next(
        reader.read(sentence, p)
        for p in find_predicates(sentence, VERBS, NOUNS)
        if sentence.tokens[p.head].text == word
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Peru did not expel the consul.", "expel"),
        ("Peru didn't expel the consul.", "expel"),
        ("Peru never expelled the consul.", "expelled"),
        ("Peru cannot expel the consul.", "expel"),
        ("Peru hardly expelled anyone.", "expelled"),
        ("Nobody expelled the consul.", "expelled"),
        ("No country expelled the consul.", "expelled"),
        ("Peru expelled nobody.", "expelled"),
        ("Peru has neither expelled the consul nor closed the border.", "expelled"),
        ("Peru has neither expelled the consul nor closed the border.", "closed"),
        ("Peru did not expel the consul or close the border.", "close"),
        ("Peru failed to expel the consul.", "expel"),
        ("Peru refused to expel the consul.", "expel"),
        ("Chile prevented Peru from expelling the consul.", "expelling"),
        ("There is no sign that Peru expelled the consul.", "expelled"),
        ("Peru did not announce the arrest of the consul.", "arrest"),
        ("No arrest followed.", "arrest"),
        ("There was no expulsion.", "expulsion"),
    ],
)
def test_negated(text: str, word: str, reader: SituationReader, parse: Parse) -> None:
    """What did not happen, or was kept from happening, is negated wherever the "no" stands."""
    assert _read(reader, parse(text), word).refusal == "negated"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Peru expelled the consul.", "expelled"),
        ("Peru did not expel the consul but closed the border.", "closed"),
        ("Peru began to expel diplomats.", "expel"),
        ("Peru managed to expel the consul.", "expel"),
        ("Peru was forced to expel the consul.", "expel"),
        ("Peru expelled the consul because Chile lied.", "expelled"),
        ("Peru slept after Chile expelled the consul.", "expelled"),
        ("Chile expelled a consul who did not speak.", "expelled"),
        ("The decision to expel the consul was late.", "expel"),
        ("Peru announced the arrest of the consul.", "arrest"),
        ("Peru ordered the expulsion of the consul.", "expulsion"),
        ("The expulsion shocked Chile.", "expulsion"),
    ],
)
def test_happened(text: str, word: str, reader: SituationReader, parse: Parse) -> None:
    """An act that was done, ordered or decided stands, though another clause says no or speaks of aims."""
    assert _read(reader, parse(text), word) == Situation()


@pytest.mark.parametrize(
    ("text", "word", "refusal"),
    [
        # conditions
        ("If Peru expels the consul, Chile waits.", "expels", "conditional"),
        ("Chile waits unless Peru expels the consul.", "expels", "conditional"),
        ("Chile asked whether Peru expelled the consul.", "expelled", "conditional"),
        ("It is unclear whether Peru expelled the consul.", "expelled", "conditional"),
        # what may or should be
        ("Peru may expel the consul.", "expel", "hypothetical"),
        ("Peru could have expelled the consul.", "expelled", "hypothetical"),
        ("Peru should expel the consul.", "expel", "hypothetical"),
        ("Peru hopes Chile expels the consul.", "expels", "hypothetical"),
        ("Peru wants Chile to expel the consul.", "expel", "hypothetical"),
        ("Peru tried to expel the consul.", "expel", "hypothetical"),
        ("Peru is expected to expel the consul.", "expel", "hypothetical"),
        ("Peru called on Chile to expel the consul.", "expel", "hypothetical"),
        ("Peru threatened to expel the consul.", "expel", "hypothetical"),
        ("Peru wants the expulsion of the consul.", "expulsion", "hypothetical"),
        # questions
        ("Did Peru expel the consul?", "expel", "question"),
        ("“Did Peru expel the consul?”", "expel", "question"),
        ('"Did Peru arrest the consul?"', "arrest", "question"),
        ("Why the expulsion of the consul?", "expulsion", "question"),
        # denials
        ("Peru denied expelling the consul.", "expelling", "denied"),
        ("Peru denied that Chile expelled the consul.", "expelled", "denied"),
        ("Peru denied the expulsion of the consul.", "expulsion", "denied"),
        # aims, and what a noun only speaks of
        ("Peru met Chile to expel the consul.", "expel", "not_an_act"),
        ("To arrest lawmakers, police marched to Lima.", "arrest", "not_an_act"),
        ("An offer to expel the consul was late.", "expel", "not_an_act"),
    ],
)
def test_refused(text: str, word: str, refusal: str, reader: SituationReader, parse: Parse) -> None:
    """What is supposed, asked, denied or only aimed at did not happen, and the reason says which."""
    assert _read(reader, parse(text), word).refusal == refusal


@pytest.mark.parametrize(
    ("text", "word", "refusal"),
    [
        ("Peru will expel the consul.", "expel", None),
        ("They'll expel the consul.", "expel", None),
        ("Peru would expel the consul.", "expel", None),
        ("Peru plans to expel the consul.", "expel", None),
        ("Peru promised to expel the consul.", "expel", None),
        ("Peru said it would expel the consul.", "expel", None),
        ("Peru will announce the arrest of the consul.", "arrest", None),
        ("Peru won't expel the consul.", "expel", "negated"),
        ("Peru does not plan to expel the consul.", "expel", "negated"),
    ],
)
def test_intended(text: str, word: str, refusal: str | None, reader: SituationReader, parse: Parse) -> None:
    """What is announced is marked as meant, and whether it is meant not to be done."""
    found = _read(reader, parse(text), word)
    assert found.intended
    assert found.refusal == refusal


@pytest.mark.parametrize("text", ["Peru expelled the consul.", "Peru may expel the consul."])
def test_not_intended(text: str, reader: SituationReader, parse: Parse) -> None:
    """What is done, or only possible, is nobody's announced intention."""
    sentence = parse(text)
    assert not reader.read(sentence, find_predicates(sentence, VERBS, NOUNS)[0]).intended


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Peru said Chile expelled the consul.", ["Peru"]),
        ("Chile expelled the consul, Peru said.", ["Peru"]),
        ("Peru and Bolivia reported that Chile expelled the consul.", ["Peru", "Bolivia"]),
        ("Chile expelled the consul.", []),
        ("Peru slept and Chile expelled the consul.", []),
    ],
)
def test_speakers(text: str, speakers: list[str], reader: SituationReader, parse: Parse) -> None:
    """The word on which an act stands is the subject's of the verb of saying, before or behind."""
    sentence = parse(text)
    found = _read(reader, sentence, "expelled")
    assert found.refusal is None
    assert [sentence.tokens[i].text for i in found.speakers] == speakers


@pytest.mark.parametrize(
    ("text", "word", "accuser"),
    [
        ("Peru accused Chile of expelling the consul.", "expelling", "accused"),
        ("Peru blamed Chile for attacking the consul.", "attacking", "blamed"),
        ("Peru alleged that Chile expelled the consul.", "expelled", "alleged"),
    ],
)
def test_accuser(text: str, word: str, accuser: str, reader: SituationReader, parse: Parse) -> None:
    """An act that is only the content of an accusation knows the verb that accuses, and is not refused."""
    sentence = parse(text)
    found = _read(reader, sentence, word)
    assert found.refusal is None
    assert found.accuser is not None
    assert sentence.tokens[found.accuser].text == accuser


@pytest.mark.parametrize(
    ("text", "word", "refusal"),
    [
        ("Peru, which expels consuls, slept.", "expels", "state"),
        ("Chile slept with Peru, which expels diplomats.", "expels", "state"),
        ("Peru, which expelled the consul on Monday, slept.", "expelled", None),
        ("The police who arrested the lawmaker slept.", "arrested", None),
    ],
)
def test_relative_clause(
    text: str, word: str, refusal: str | None, reader: SituationReader, parse: Parse
) -> None:
    """A relative clause is background: in the present it tells a state, in the past an act."""
    found = _read(reader, parse(text), word)
    assert found.background
    assert found.refusal == refusal


def test_words_decide(parse: Parse) -> None:
    """Which words deny stands in the codebook: without them a denial reads like any other sentence."""
    sentence = parse("Peru denied expelling the consul.")
    without = _read(SituationReader({}), sentence, "expelling")
    assert without.refusal is None
    denying = SituationReader({"denying": frozenset({"deny"})})
    assert _read(denying, sentence, "expelling").refusal == "denied"
