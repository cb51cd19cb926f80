"""Mend who does it and to whom: subjects behind their verbs, relatives, addressees."""

from __future__ import annotations

from vzevents.sentences.spanish.phrases import QUOTES
from vzevents.sentences.spanish.trees import children, has_case, is_bare, is_clitic
from vzevents.sentences.spanish.verbs import NO_FINITE
from vzevents.sentences.tokens import Word

_DEPTH = 8  # a longer chain of names is a parser's knot


def mend_relatives(words: list[Word]) -> None:
    """Tell the subject of a relative clause from its object by what else stands there, and by number."""
    for i, word in enumerate(words):
        if word.relation != "acl":
            continue
        below = list(children(words, i))
        pronouns = [c for c in below if words[c].tag == "WP" and words[c].relation in {"nsubj", "obj"}]
        relative = next((c for c in pronouns if not has_case(words, c)), None)
        if relative is None:
            continue
        behind = [c for c in below if c > i and is_bare(words, c)]
        others = [c for c in below if c != relative and words[c].relation == "nsubj"]
        agrees = words[word.head].plural == word.plural
        if others:
            words[relative].relation = "obj"  # "que le propuso la Unión"
        elif behind and not agrees and words[behind[0]].plural == word.plural:
            words[relative].relation, words[behind[0]].relation = "obj", "nsubj"
        elif behind and agrees:
            words[relative].relation = "nsubj"  # "las mujeres que trancaron la carretera"


def mend_opening(words: list[Word]) -> None:
    """Read "Levantan la inmunidad al diputado" as done by nobody named: the noun is what is lifted."""
    verb = words[0]
    if verb.pos != "VERB" or verb.tag in NO_FINITE or not verb.plural:
        return
    for c in children(words, 0):
        joined = any(words[n].relation == "conj" for n in children(words, c))
        if words[c].relation == "nsubj" and not words[c].plural and not joined and words[c].pos == "NOUN":
            words[c].relation = "obj"


def mend_order(words: list[Word]) -> None:
    """Find the subject that stands behind the object, or before the verb as an apposition."""
    for i, word in enumerate(words):
        if word.pos != "VERB" or word.tag in NO_FINITE:
            continue
        below = list(children(words, i))
        if any(words[c].relation == "nsubj" or words[c].tag == "WP" for c in below):
            continue
        behind = [c for c in below if c > i and is_bare(words, c)]
        said = any(words[c].relation == "ccomp" for c in below)
        before = _apposed_before(words, i)
        if before is not None:
            words[before].head, words[before].relation = i, "nsubj"
        elif _has_noun_before(words, i):
            continue  # it has a subject by another label
        elif len(behind) == 1 and (said or any(is_clitic(words[c]) for c in below)):
            words[
                behind[0]
            ].relation = "nsubj"  # "se defendió el exministro", "a la fiscal la arroparon sus colegas"
        elif len(behind) > 1 and words[behind[-1]].plural == word.plural:
            words[behind[-1]].relation = "nsubj"  # "Exigían gas las mujeres"


def _has_noun_before(words: list[Word], verb: int) -> bool:
    """Whether a noun without a preposition stands between the last comma or quotation mark and a verb."""
    for i in range(verb - 1, -1, -1):
        if words[i].pos == "PUNCT":
            return False
        if words[i].pos in {"NOUN", "PROPN"} and not has_case(words, i) and words[i].relation != "obl":
            return True
    return False


def _apposed_before(words: list[Word], verb: int) -> int | None:
    """Return the noun between comma and verb that the parser hangs from a fronted clause."""
    for i in range(verb - 1, -1, -1):
        if words[i].text == ",":
            first = next((n for n in range(i + 1, verb) if words[n].relation == "appos"), None)
            return first if first is not None and words[first].head < i else None
    return None


def mend_subjects(words: list[Word]) -> None:
    """Read what follows a verb of saying behind its own words as its subject: "…, anunció la cancillería"."""
    for i, word in enumerate(words):
        if word.pos != "VERB" or word.tag in NO_FINITE:
            continue
        below = list(children(words, i))
        quoted = _closes_quote(words, i)
        for c in below:  # "«Devuélvannos …», pidieron las mujeres"
            inside = quoted and c < i and any(words[n].text in QUOTES for n in range(c, i))
            if inside and words[c].relation == "nsubj":
                words[c].relation = "ccomp"
        said = any(words[c].relation in {"ccomp", "parataxis"} and c < i for c in below)
        inserted = word.relation == "parataxis" or (said and word.relation in {"ROOT", "conj"})
        if any(words[c].relation == "nsubj" for c in below) or not (inserted or quoted):
            continue
        for c in below:
            bare = not any(words[n].relation == "case" for n in children(words, c))
            named = words[c].pos in {"NOUN", "PROPN"} and words[c].features.get("AdvType") != "Tim"
            if c > i and words[c].relation in {"obj", "obl", "iobj"} and bare and named:
                words[c].relation = "nsubj"
                break


def _closes_quote(words: list[Word], verb: int) -> bool:
    """Whether a verb stands right behind a quotation: "», les gritó …"."""
    at = verb - 1
    while at > 0 and words[at].pos == "PRON":
        at -= 1
    return at > 0 and words[at].text == "," and words[at - 1].text in QUOTES


def mend_addressees(words: list[Word]) -> None:
    """Hang "a X" behind a verb from the verb, not from its subject: "advirtió el alcalde a los vecinos"."""
    for i, word in enumerate(words):
        cases = {words[c].lower for c in children(words, i) if words[c].relation == "case"}
        if not cases & {"a", "al"} or word.relation not in {"nmod", "obl", "obj"}:
            continue
        noun = word.head
        for _ in range(_DEPTH):
            if words[noun].relation in {"appos", "flat", "nmod"}:
                noun = words[noun].head
        verb = words[noun].head
        told = words[noun].relation == "nsubj" and words[verb].pos == "VERB"
        if told and words[word.head].pos in {"NOUN", "PROPN"} and i > verb:
            word.head, word.relation = verb, "obl"
