"""What every step of mending asks of a tree of words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vzevents.sentences.tokens import Word

NOUNS = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM"}
_CONDITIONAL = re.compile(r"(?:[aei]r|dr|br|har|querr|dir)ía(?:s|mos|is|n)?$")
_FUTURE = ("ré", "rás", "rá", "remos", "réis", "rán")


def keep_a_tree(words: list[Word]) -> None:
    """Cut what hangs from itself: a step that mends one knot may tie another where the parse is odd."""
    for i in range(len(words)):
        seen, at = {i}, words[i].head
        while at not in seen and words[at].head != at:
            seen.add(at)
            at = words[at].head
        if words[at].head != at:
            words[i].head, words[i].relation = i, "ROOT"


def children(words: list[Word], i: int) -> Iterator[int]:
    """Yield the dependents of a word."""
    return (n for n, word in enumerate(words) if word.head == i and n != i)


def tag_of(word: Word) -> str:
    """Return the Penn tag that the role layer knows, from class and features."""
    features = word.features
    if word.pos in {"VERB", "AUX"}:
        form = features.get("VerbForm")
        if form in {"Inf", "Ger", "Part"}:
            return {"Inf": "VB", "Ger": "VBG", "Part": "VBN"}[form]
        if features.get("Mood") == "Cnd" and not _CONDITIONAL.search(word.lower):
            return "VBD"  # "exigían": an imperfect
        if features.get("Mood") in {"Sub", "Cnd"}:
            return {"Sub": "VBS", "Cnd": "VBC"}[features["Mood"]]
        if features.get("Tense") == "Fut" and not word.lower.endswith(_FUTURE):
            return "VBD"  # "tendimos", "cuadró": the parser's guess, and no ending of the future
        return {"Past": "VBD", "Imp": "VBD", "Fut": "VBF"}.get(features.get("Tense", ""), "VBZ")
    plural = "S" if features.get("Number") == "Plur" else ""
    if word.pos in {"NOUN", "PROPN"}:
        return ("NN" if word.pos == "NOUN" else "NNP") + plural
    if word.pos == "PRON":
        return "WP" if "Rel" in features.get("PronType", "") else "PRP"
    return {"ADJ": "JJ", "ADP": "IN", "SCONJ": "IN", "ADV": "RB", "DET": "DT"}.get(word.pos, word.pos)


def has_case(words: list[Word], i: int) -> bool:
    """Whether a preposition stands before a word."""
    return any(words[c].relation == "case" for c in children(words, i))


def is_bare(words: list[Word], i: int) -> bool:
    """Whether a word is an object without a preposition, and no time."""
    word = words[i]
    plain = word.pos in {"NOUN", "PROPN"} and word.features.get("AdvType") != "Tim"
    return (
        plain and word.relation == "obj" and not any(words[c].relation == "case" for c in children(words, i))
    )


def is_clitic(word: Word) -> bool:
    """Whether a word is "se", or a clitic that stands for an object told before."""
    pronoun = word.pos == "PRON" and word.lower in {"lo", "la", "los", "las"}
    return pronoun or word.features.get("Reflex") == "Yes"
