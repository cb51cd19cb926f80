"""Mend how clauses hang together: what is said, asked and demanded."""

from __future__ import annotations

from vzevents.sentences.spanish.trees import children
from vzevents.sentences.spanish.verbs import NO_FINITE
from vzevents.sentences.tokens import Word

_SAYING = {
    "aconsejar", "adelantar", "admitir", "advertir", "afirmar", "agregar", "anunciar", "asegurar", "avisar",
    "comunicar", "confesar", "confirmar", "declarar", "decir", "denunciar", "exigir", "exhortar", "explicar",
    "expresar", "garantizar", "implorar", "indicar", "informar", "insistir", "instar", "invitar", "jurar",
    "llamar", "manifestar", "ofrecer", "pedir", "prometer", "proponer", "recomendar", "reconocer", "reiterar",
    "rogar", "señalar", "solicitar", "sostener", "sugerir", "suplicar", "urgir",
}  # fmt: skip


def mend_complements(words: list[Word]) -> None:
    """Read "pidió a los militares que abandonen", "dijo el lunes que" as what is asked or said."""
    for i, word in enumerate(words):
        if word.relation != "acl" or word.tag in NO_FINITE:
            continue
        noun = words[word.head]
        above = words[noun.head]
        marker = next((c for c in children(words, i) if words[c].lower == "que"), None)
        behind = noun.relation == "nsubj" and word.head > noun.head  # "le pidieron los obispos que deje …"
        asked = noun.relation in {"obj", "iobj", "obl"} or behind
        asked = asked and above.pos == "VERB" and above is not noun
        said = above.lemma in _SAYING and words[i - 1].text != ","
        asked = asked and (word.tag == "VBS" or noun.features.get("AdvType") == "Tim" or said)
        if asked and marker is not None:
            word.head, word.relation = noun.head, "ccomp"
            words[marker].relation, words[marker].pos, words[marker].tag = "mark", "SCONJ", "IN"


def mend_speech(words: list[Word]) -> None:
    """Hang what is said from its verb: "La consulta es nula, declaró el gobierno" is about the declaring."""
    for i, word in enumerate(words):
        above = word.head
        if word.pos != "VERB" or word.tag not in {"VBD", "VBZ"} or not 0 < above + 1 < i or above == i:
            continue
        below = list(children(words, i))
        introduced = any(words[c].relation in {"mark", "cc"} or words[c].tag == "WP" for c in below)
        named = any(
            c > i and words[c].relation in {"nsubj", "obj"} and words[c].pos in {"NOUN", "PROPN"}
            for c in below
        )
        root = words[above].relation == "ROOT" and words[above].tag not in NO_FINITE - {"VBN"}
        side = word.relation in {"advcl", "parataxis", "ccomp", "conj"}
        if side and root and named and not introduced and words[i - 1].text == ",":
            word.head, word.relation = i, "ROOT"
            words[above].head, words[above].relation = i, "ccomp"
