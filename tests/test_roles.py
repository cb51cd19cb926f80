"""Roles: who does what to whom, whatever the grammar of the sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from vzevents.roles import (
    Predicate,
    find_predicates,
    governor,
    is_passive,
    is_verb,
    objects,
    phrase,
    prepositional,
    subjects,
)
from vzevents.sentences import Sentence

Parse = Callable[[str], Sentence]
VERBS = frozenset(
    {"accuse", "arrest", "call", "close", "condemn", "expel", "force", "give", "leave"}
    | {"offer", "plot", "recall", "release", "seize", "thank", "urge"}
)
NOUNS = frozenset({"arrest", "expulsion", "attack", "offer"})


def _at(sentence: Sentence, word: str) -> int:
    return next(t.i for t in sentence.tokens if t.text == word)


def _texts(sentence: Sentence, tokens: Iterable[int]) -> list[str]:
    return [sentence.tokens[i].text for i in tokens]


def _predicate(sentence: Sentence, word: str) -> Predicate:
    return next(p for p in find_predicates(sentence, VERBS, NOUNS) if sentence.tokens[p.head].text == word)


@pytest.mark.parametrize(
    ("text", "word", "agents", "patients"),
    [
        # active
        ("Peru expelled the consul.", "expelled", "Peru", "consul"),
        ("Peru and Chile expelled the consul and the attaché.", "expelled", "Peru Chile", "consul attaché"),
        ("Peru, Chile and Brazil expelled the consul.", "expelled", "Peru Chile Brazil", "consul"),
        # passive
        ("The consul was expelled by Peru.", "expelled", "Peru", "consul"),
        ("The consul was expelled by Peru and Chile.", "expelled", "Peru Chile", "consul"),
        ("The consul was expelled.", "expelled", "", "consul"),
        ("The lawmaker was arrested and expelled.", "expelled", "", "lawmaker"),
        ("The lawmaker, arrested on Monday, was released on Friday.", "arrested", "", "lawmaker"),
        ("The lawmaker, arrested on Monday, was released on Friday.", "released", "", "lawmaker"),
        ("The lawmaker arrested by police left.", "arrested", "police", "lawmaker"),
        # shared subjects
        ("Peru accused the consul and expelled him.", "expelled", "Peru", "him"),
        ("Having expelled the consul, Peru closed the border.", "expelled", "Peru", "consul"),
        ("After expelling the consul, Peru closed the border.", "expelling", "Peru", "consul"),
        ("To arrest lawmakers, police marched to Lima.", "arrest", "police", "lawmakers"),
        ("Apart from Bolivia, Peru and Chile have condemned the coup.", "condemned", "Peru Chile", "coup"),
        # infinitives and gerunds: of whom they speak
        ("Peru wants to expel the consul.", "expel", "Peru", "consul"),
        ("Peru urged the consul to leave.", "urged", "Peru", "consul"),
        ("Peru urged the consul to leave.", "leave", "consul", ""),
        ("Peru forced the consul to leave.", "leave", "consul", ""),
        ("Peru was urged to leave.", "leave", "Peru", ""),
        ("Peru was urged to leave.", "urged", "", "Peru"),
        ("Peru accused the consul of plotting against Chile.", "plotting", "consul", ""),
        ("The consul replied by plotting against Chile.", "plotting", "consul", ""),
        ("Peru thanked Chile for expelling the consul.", "expelling", "Chile", "consul"),
        # clauses
        ("Peru said it expelled the consul.", "expelled", "it", "consul"),
        ("The police who arrested the lawmaker left.", "arrested", "police", "lawmaker"),
        ("The lawmaker whom police arrested left.", "arrested", "police", "lawmaker"),
        # nouns
        ("The arrest of the lawmaker by police shocked Peru.", "arrest", "police", ""),
        ("Peru's expulsion of the consul shocked Chile.", "expulsion", "Peru", ""),
        ("The Peruvian attack shocked Chile.", "attack", "Peruvian", ""),
    ],
)
def test_agents_and_patients(text: str, word: str, agents: str, patients: str, parse: Parse) -> None:
    """Who does it and to whom it is done are told from passive, coordination and clauses alike."""
    sentence = parse(text)
    predicate = _predicate(sentence, word)
    assert _texts(sentence, predicate.agents) == agents.split()
    assert _texts(sentence, predicate.patients) == patients.split()


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Peru gave the miners a deal.", "miners"),
        ("Peru gave a deal.", ""),
    ],
)
def test_recipients(text: str, recipients: str, parse: Parse) -> None:
    """Who is given something is told from what is given."""
    sentence = parse(text)
    predicate = _predicate(sentence, "gave")
    assert _texts(sentence, predicate.recipients) == recipients.split()
    assert _texts(sentence, predicate.patients) == ["deal"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Peru expelled the consul after the arrest.", ["expelled", "arrest"]),
        ("The expulsion came late.", ["expulsion"]),
        ("Peru is quiet.", []),
        ("Peru offered nothing; the offer was late.", ["offered", "offer"]),
        ("The arrested lawmaker slept.", []),
        ("The plotting officers slept.", []),
        ("To arrest lawmakers is no crime.", ["arrest"]),
    ],
)
def test_find_predicates(text: str, words: list[str], parse: Parse) -> None:
    """Verbs and nouns of the codebook are found in text order; participles that describe are none."""
    sentence = parse(text)
    found = find_predicates(sentence, VERBS, NOUNS)
    assert [sentence.tokens[p.head].text for p in found] == words


def test_nominal(parse: Parse) -> None:
    """The same word is a noun or a verb by its place, and says which."""
    sentence = parse("Peru offered nothing; the offer was late.")
    assert [p.nominal for p in find_predicates(sentence, VERBS, NOUNS)] == [False, True]


@pytest.mark.parametrize(
    ("text", "word", "particles"),
    [
        ("Peru called off the talks.", "called", {"off"}),
        ("Peru called the talks off.", "called", {"off"}),
        ("Peru closed the border.", "closed", set()),
    ],
)
def test_particles(text: str, word: str, particles: set[str], parse: Parse) -> None:
    """A particle belongs to its verb from either side of the object."""
    assert _predicate(parse(text), word).particles == particles


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("The consul was expelled.", "expelled", True),
        ("The consul has been expelled.", "expelled", True),
        ("Peru has expelled the consul.", "expelled", False),
        ("Peru expelled the consul.", "expelled", False),
        ("The lawmaker arrested by police left.", "arrested", True),
        ("The lawmaker was arrested and expelled.", "expelled", True),
        ("Peru has accused the consul and expelled him.", "expelled", False),
    ],
)
def test_is_passive(text: str, word: str, passive: bool, parse: Parse) -> None:
    """A verb is passive by its auxiliary, as a participle behind a noun, or with the verb it is joined to."""
    sentence = parse(text)
    assert is_passive(sentence, _at(sentence, word)) is passive


@pytest.mark.parametrize(
    ("text", "word", "verb"),
    [
        ("Peru expelled the consul.", "expelled", True),
        ("Peru expelled the consul.", "consul", False),
        ("The arrested lawmaker slept.", "arrested", False),
        ("The arrest came late.", "arrest", False),
    ],
)
def test_is_verb(text: str, word: str, verb: bool, parse: Parse) -> None:
    """Finite verbs are verbs; nouns and participles that describe are not."""
    sentence = parse(text)
    assert is_verb(sentence, _at(sentence, word), VERBS) is verb


@pytest.mark.parametrize(
    ("text", "head", "words"),
    [
        (
            "The three Venezuelan air force generals of Peru left.",
            "generals",
            "The three Venezuelan air force generals",
        ),
        ("Peru's foreign minister left.", "minister", "Peru's foreign minister"),
        ("Peru left.", "Peru", "Peru"),
        ("A minister who lied left.", "minister", "A minister"),
    ],
)
def test_phrase(text: str, head: str, words: str, parse: Parse) -> None:
    """A noun phrase is its head with what stands left of it."""
    sentence = parse(text)
    start, stop = phrase(sentence, _at(sentence, head))
    assert sentence.text[sentence.tokens[start].start : sentence.tokens[stop - 1].end] == words


@pytest.mark.parametrize(
    ("text", "word", "above"),
    [
        ("Peru expelled the consul on Monday.", "Monday", "expelled"),
        ("Peru expelled the consul on Monday.", "on", "expelled"),
        ("Peru wants to expel the consul.", "expel", "wants"),
        ("Peru accused the consul of plotting against Chile.", "plotting", "accused"),
        ("Peru expelled the consul.", "expelled", None),
    ],
)
def test_governor(text: str, word: str, above: str | None, parse: Parse) -> None:
    """A word hangs from another across prepositions; the main verb hangs from nothing."""
    sentence = parse(text)
    found = governor(sentence, _at(sentence, word))
    assert (None if found is None else sentence.tokens[found].text) == above


def test_grammatical_roles(parse: Parse) -> None:
    """Subject, object and prepositional object are those of the grammar, all members of a list in order."""
    sentence = parse("Peru and Chile sent tents and food to Brazil and Bolivia.")
    verb, preposition = _at(sentence, "sent"), _at(sentence, "to")
    assert _texts(sentence, subjects(sentence, verb)) == ["Peru", "Chile"]
    assert _texts(sentence, objects(sentence, verb)) == ["tents", "food"]
    assert _texts(sentence, prepositional(sentence, preposition)) == ["Brazil", "Bolivia"]


def test_subject_of_noun(parse: Parse) -> None:
    """A word without a subject has none rather than somebody else's."""
    sentence = parse("Peru expelled the consul.")
    assert subjects(sentence, _at(sentence, "consul")) == []
    assert objects(sentence, _at(sentence, "Peru")) == []
