"""Mend the words that are verbs and are not read as such, and the other way round."""

from __future__ import annotations

import re

from simplemma import lemmatize

from vzevents.sentences.spanish.trees import children
from vzevents.sentences.tokens import Word

_ENCLITIC = re.compile(r"(\w{2,}[aeiáéí]r)(?:me|te|se|nos)?(?:lo|la|los|las|le|les|se)$")
_PLAIN = str.maketrans("áéí", "aei")
_PARTICIPLE = re.compile(r"(?:ad|id)[oa]s?$")
NO_FINITE = {"VB", "VBG", "VBN"}
_IRREGULAR = {
    "hech": "hacer", "dich": "decir", "puest": "poner", "impuest": "imponer", "propuest": "proponer",
    "escrit": "escribir", "suscrit": "suscribir", "rot": "romper", "muert": "matar", "abiert": "abrir",
    "vuelt": "volver", "devuelt": "devolver", "depuest": "deponer", "dispuest": "disponer",
}  # fmt: skip


def mend_verbs(words: list[Word]) -> None:
    """Read participles behind "ser" or before "por" as verbs, which the parser may call adjectives."""
    for i, word in enumerate(words):
        copulas = [c for c in children(words, i) if words[c].relation == "cop" and words[c].lemma == "ser"]
        participle = word.pos == "ADJ" and word.features.get("VerbForm") == "Part"
        by = any(
            words[c].lower == "por" and words[n].relation in {"obl", "obj", "nmod"}
            for n in children(words, i)
            for c in children(words, n)
        )
        if word.pos in {"NOUN", "ADJ", "PROPN", "ADV"} and (stem := _ENCLITIC.match(word.lower)):
            infinitive = stem[1].translate(_PLAIN)
            if lemmatize(infinitive, lang="es") == infinitive and i > 0:
                word.pos, word.tag, word.lemma = "VERB", "VB", infinitive
        if participle and (copulas or by):
            word.pos, word.tag, word.also = "VERB", "VBN", _infinitives(word.lower)
            word.relation = "acl" if word.relation == "amod" else word.relation


def _infinitives(participle: str) -> frozenset[str]:
    """Return the infinitives that a participle may be of, where the parser gives none: "detenida"."""
    stem = participle.rstrip("s")[:-1]
    if stem in _IRREGULAR:
        return frozenset({_IRREGULAR[stem]})
    endings = {"ad": ("ar",), "id": ("er", "ir")}.get(stem[-2:], ())
    return frozenset(stem[:-2] + ending for ending in endings)


def mend_headline(words: list[Word]) -> None:
    """Find the verb of a headline that the parser takes for a noun: "Alianza denuncia fraude"."""
    if any(word.pos in {"VERB", "AUX"} and word.tag not in NO_FINITE for word in words):
        return

    if _mend_participle(words):
        return
    for i, word in enumerate(words):
        # "la marcha" is no verb, "Alianza denuncia" is one; the first word of a headline is in the plural.
        guided = i > 0 and words[i - 1].pos in {"DET", "ADP", "NUM"}
        plural = word.lower.endswith(("an", "en", "aron", "ieron"))
        misread = word.pos == "VERB" and word.lower.endswith("ó")
        if (word.pos not in {"NOUN", "PROPN", "ADJ"} and not misread) or guided or (i == 0 and not plural):
            continue
        infinitive = lemmatize(word.lower, lang="es")
        if infinitive.endswith(("ar", "er", "ir")) and infinitive != word.lower and not word.text.isupper():
            if i > 0 and word.text[:1].isupper():
                continue
            _make_root(words, i, infinitive, plural=plural)
            return


def _mend_participle(words: list[Word]) -> bool:
    """Read the participle that opens a headline as a passive: "Inhabilitada la gobernadora"."""
    first = words[0]
    regular = _PARTICIPLE.search(first.lower) or first.lower.rstrip("s")[:-1] in _IRREGULAR
    patients = [
        c
        for c in children(words, 0)
        if words[c].relation in {"flat", "appos", "nsubj", "obj"} and words[c].pos in {"NOUN", "PROPN"}
    ]
    if first.relation != "ROOT" or not regular or not patients or words[1].lower == "de":
        return False
    first.pos, first.tag, first.also = "VERB", "VBN", _infinitives(first.lower)
    words[patients[0]].relation = "nsubj"
    return True


def _make_root(words: list[Word], i: int, infinitive: str, *, plural: bool) -> None:
    """Make a word the verb of its sentence: what hung above it is its subject or object now."""
    verb = words[i]
    old = next((n for n, word in enumerate(words) if word.relation == "ROOT" or word.head == n), i)
    verb.pos, verb.tag, verb.lemma, verb.plural = "VERB", "VBZ", infinitive, plural
    if old != i:
        words[old].head, words[old].relation = i, "nsubj" if old < i else "obj"
    verb.head, verb.relation = i, "ROOT"
    for c in children(words, i):
        if (
            c > i
            and words[c].relation in {"flat", "nmod", "amod", "appos"}
            and words[c].pos in {"NOUN", "PROPN"}
        ):
            cased = any(words[n].relation == "case" for n in children(words, c))
            words[c].relation = "obl" if cased else "obj"
        elif c < i and words[c].relation in {"nmod", "appos", "flat"}:
            words[c].relation = "nsubj"


def mend_having_to(words: list[Word]) -> None:
    """Read "tiene que ceder" as "debe ceder"."""
    for i in range(len(words) - 2):
        verb, follows = words[i], words[i + 2]
        if verb.lemma != "tener" or words[i + 1].lower != "que" or follows.tag != "VB" or follows.head != i:
            continue
        follows.head, follows.relation = (i + 2 if verb.head == i else verb.head), verb.relation
        for c in list(children(words, i)):
            words[c].head = i + 2
        verb.head, verb.relation, verb.pos = i + 2, "aux", "AUX"
        words[i + 1].head, words[i + 1].relation = i + 2, "mark"


def mend_going(words: list[Word]) -> None:
    """Read "fue a Bagdad" as going there: the parser takes it for a form of "ser"."""
    for i, word in enumerate(words):
        place = word.head
        if word.relation != "cop" or word.lemma != "ser" or place <= i:
            continue
        cases = {words[c].lower for c in children(words, place) if words[c].relation == "case"}
        if cases & {"a", "al", "hasta", "hacia"}:
            for c in children(words, place):
                if words[c].relation not in {"case", "det", "amod", "nmod", "flat", "appos"}:
                    words[c].head = i
            word.head = i if words[place].head == place else words[place].head
            word.relation, word.lemma, word.pos = words[place].relation, "ir", "VERB"
            words[place].head, words[place].relation = i, "obl"
