"""Spanish: the parser's trees, turned into the relations that the role layer reads."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from vzevents.roles import Predicate, find_predicates, phrase, subjects
from vzevents.sentences import Sentence, parse_text
from vzevents.situations import SituationReader

VERBS = frozenset(
    {
        "acusar",
        "aplaudir",
        "bloquear",
        "detener",
        "exigir",
        "expulsar",
        "firmar",
        "negar",
        "pedir",
        "prometer",
    }
    | {
        "proponer",
        "reconocer",
        "registrar",
        "reunir",
        "retirar",
        "suspender",
        "cumplir",
        "conspirar",
        "abandonar",
    }
)
NOUNS = frozenset({"detención", "expulsión", "firma"})


def parsed(text: str) -> Sentence:
    """Return the one sentence of a text."""
    (sentence,) = parse_text(text, language="es")
    return sentence


def predicate(sentence: Sentence, word: str) -> Predicate:
    """Return the predicate of a word."""
    return next(p for p in find_predicates(sentence, VERBS, NOUNS) if sentence.tokens[p.head].text == word)


def texts(sentence: Sentence, tokens: Iterable[int]) -> str:
    """Return the words of tokens."""
    return " ".join(sentence.tokens[i].text for i in tokens)


# Word, relation, head. Another model version that reads them otherwise changes what is coded.
GOLDEN = {
    "Perú expulsó el lunes al cónsul de Chile.": [
        ("Perú", "subject", "expulsó"),
        ("expulsó", "ROOT", "expulsó"),
        ("el", "determiner", "lunes"),
        ("lunes", "adverbial_noun", "expulsó"),
        ("al", "preposition", "expulsó"),
        ("cónsul", "prepositional_object", "al"),
        ("de", "preposition", "cónsul"),
        ("Chile", "prepositional_object", "de"),
        (".", "punct", "expulsó"),
    ],
    "El cónsul no fue detenido por la policía.": [
        ("El", "determiner", "cónsul"),
        ("cónsul", "passive_subject", "detenido"),
        ("no", "negation", "detenido"),
        ("fue", "passive_auxiliary", "detenido"),
        ("detenido", "ROOT", "detenido"),
        ("por", "preposition", "detenido"),
        ("la", "determiner", "policía"),
        ("policía", "prepositional_object", "por"),
        (".", "punct", "detenido"),
    ],
}


@pytest.mark.parametrize("text", GOLDEN)
def test_golden_parse(text: str) -> None:
    """Nouns hang from their prepositions, and the relations have the role layer's names."""
    sentence = parsed(text)
    found = [(t.text, t.relation, sentence.tokens[t.head].text) for t in sentence.tokens]
    assert found == GOLDEN[text]


@pytest.mark.parametrize(
    ("text", "word", "agents", "patients"),
    [
        ("Perú expulsó al cónsul.", "expulsó", "Perú", "cónsul"),
        ("Perú y Chile expulsaron al cónsul y al agregado.", "expulsaron", "Perú Chile", "cónsul agregado"),
        ("El cónsul fue expulsado por Perú.", "expulsado", "Perú", "cónsul"),
        ("El cónsul fue detenido el martes por agentes de la policía.", "detenido", "agentes", "cónsul"),
        ("La diputada, detenida por la policía, pidió ayuda.", "detenida", "policía", "diputada"),
        ("Se registraron protestas en Maracaibo.", "registraron", "", "protestas"),
        ("Los ministros se reunieron en Lima.", "reunieron", "ministros", ""),
        ("El coronel se negó a cumplir la orden.", "cumplir", "coronel", "orden"),
        ("El fiscal acusó a los coroneles de conspirar.", "conspirar", "coroneles", ""),
        ("El tratado que propuso la Unión Europea fue retirado.", "propuso", "Unión", "tratado"),
    ],
)
def test_who_does_it_to_whom(text: str, word: str, agents: str, patients: str) -> None:
    """Passives, personal "a", "se", lists and infinitives give agents and patients as English does."""
    sentence = parsed(text)
    found = predicate(sentence, word)
    assert texts(sentence, found.agents) == agents
    assert texts(sentence, found.patients) == patients


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Reconocerán al presidente, anunció ayer la cancillería.", "anunció", "cancillería"),
        ("«Perú reconoce al Gobierno», dijo la ministra.", "reconoce", "Perú"),
    ],
)
def test_subject(text: str, verb: str, subject: str) -> None:
    """A subject behind a verb of saying is found; a clause that leaves it out does not borrow its noun."""
    sentence = parsed(text)
    at = next(t.i for t in sentence.tokens if t.text == verb)
    assert texts(sentence, subjects(sentence, at)) == subject


def test_what_is_asked_is_no_relative_clause() -> None:
    """In "pidió a los militares que abandonen" the clause belongs to the verb."""
    sentence = parsed("El canciller pidió a los militares que abandonen al Gobierno.")
    asked = next(t for t in sentence.tokens if t.text == "abandonen")
    assert (asked.relation, sentence.tokens[asked.head].text) == ("complement", "pidió")


def test_names_are_whole() -> None:
    """A name's first word heads it; the phrase takes in what follows."""
    sentence = parsed("La Unión Europea aplaudió a los presos políticos.")
    start, stop = phrase(sentence, 1)
    assert texts(sentence, range(start, stop)) == "La Unión Europea"


@pytest.mark.parametrize(
    ("text", "word", "refusal", "intended"),
    [
        ("Perú expulsó al cónsul.", "expulsó", None, False),
        ("Perú no expulsó al cónsul.", "expulsó", "negated", False),
        ("Perú expulsará al cónsul.", "expulsará", None, True),
        ("Perú no expulsará al cónsul.", "expulsará", "negated", True),
        ("Perú expulsaría al cónsul.", "expulsaría", "hypothetical", False),
        ("Perú podría expulsar al cónsul.", "expulsar", "hypothetical", False),
        ("Si Perú expulsa al cónsul, habrá problemas.", "expulsa", "conditional", False),
        ("El ministro negó que Perú expulsara al cónsul.", "expulsara", "denied", False),
        ("Perú dijo que expulsó al cónsul.", "expulsó", None, False),
        ("Chile pidió a Perú que expulse al cónsul.", "expulse", "hypothetical", False),
    ],
)
def test_situation(text: str, word: str, refusal: str | None, intended: bool, codebook: object) -> None:
    """Negation, tense, mood and verbs of saying decide how an act stands, as in English."""
    sentence = parsed(text)
    reader = SituationReader(codebook.words["es"])  # type: ignore[attr-defined]
    situation = reader.read(sentence, predicate(sentence, word))
    assert (situation.refusal, situation.intended) == (refusal, intended)


def test_no_longer() -> None:
    """What is done "ya no" has ended."""
    sentence = parsed("Perú ya no reconoce al presidente.")
    situation = SituationReader({"ended": frozenset({"ya"}), "negators": frozenset({"no"})}).read(
        sentence, predicate(sentence, "reconoce")
    )
    assert situation.ended is not None
