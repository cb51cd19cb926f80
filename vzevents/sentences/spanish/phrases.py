"""Mend names, titles, quotation marks and what hangs from them."""

from __future__ import annotations

import re

from vzevents.sentences.spanish.trees import NOUNS, children
from vzevents.sentences.tokens import Word

QUOTES = {"«", "»", "“", "”", '"', "‘", "’"}  # the parser takes some for names
_LOOSE = {"obj", "iobj", "obl", "xcomp", "ccomp", "advcl", "amod", "nmod"}
_NUMBER = re.compile(
    "dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|mil|cien|ciento|"
    r"(?:dieci|veinti)\w+|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|\w+cient[oa]s"
)


def mend_quotes(words: list[Word]) -> None:
    """Free the names that the parser hangs from a quotation mark: "«Perú reconoce …»"."""
    for i, word in enumerate(words):
        if word.text not in QUOTES:
            continue
        below = list(children(words, i))
        if below:
            first = words[below[0]]
            first.head, first.relation = (below[0] if word.head == i else word.head), word.relation
            for c in below[1:]:
                words[c].head = below[0]
        word.head = below[0] if below else word.head
        word.pos, word.tag, word.relation = "PUNCT", "PUNCT", "punct"


def mend_as(words: list[Word]) -> None:
    """Read "como presidente" as a phrase of its own: "reconoció a Díaz como presidente"."""
    for i, word in enumerate(words):
        if word.lower == "como" and word.relation in {"mark", "case", "advmod", "cc"} and word.head > i:
            head = words[word.head]
            if head.pos in NOUNS and head.relation in _LOOSE:
                word.pos, word.tag, word.relation, head.relation = "ADP", "IN", "case", "obl"


def mend_titles(words: list[Word]) -> None:
    """Join a title to its name where both hang from one verb: "El expresidente Soto fustigó"."""
    for j in range(1, len(words)):
        name = words[j]
        if name.pos != "PROPN" or name.relation not in {"nsubj", "obj", "obl"}:
            continue
        i = j - 1
        while i > 0 and words[i].pos == "ADJ" and words[i].head == i - 1:
            i -= 1
        title = words[i]
        if (
            title.pos == "NOUN"
            and title.head == name.head
            and title.relation in {"obl", "nsubj", "obj", "advmod"}
        ):
            cased = any(words[c].relation == "case" for c in children(words, i))
            title.relation = title.relation if cased else name.relation
            name.head, name.relation = i, "appos"


def mend_names(words: list[Word]) -> None:
    """Read a capital inside a sentence as a name: "solicitó a Catar"."""
    for i in range(1, len(words)):
        word, before = words[i], words[i - 1]
        if word.pos in {"VERB", "AUX"} and word.text[:1].isupper() and before.pos in {"ADP", "DET"}:
            word.pos, word.tag, word.relation = "PROPN", "NNP", "obl"


def mend_general(words: list[Word]) -> None:
    """Read "al general" as a person, which the parser takes for an adverb."""
    for i in range(1, len(words)):
        word, before = words[i], words[i - 1]
        if word.lower != "general" or word.relation != "fixed" or before.lower != "al":
            continue
        verb = next((n for n in range(i - 2, -1, -1) if words[n].pos == "VERB"), None)
        if verb is not None:
            word.pos, word.tag, word.head, word.relation = "NOUN", "NN", verb, "obj"
            before.head, before.relation, before.pos = i, "case", "ADP"


def mend_adjectives(words: list[Word]) -> None:
    """Hang a demonym from the noun that it stands behind: "Tropas venezolanas atacaron"."""
    if len(words) < 3 or words[0].pos not in {"NOUN", "PROPN"} or not words[1].text.islower():
        return
    noun, word = words[0], words[1]
    free = word.pos in {"NOUN", "PROPN"} and word.relation in {"flat", "obj", "nsubj", "appos", "nmod"}
    if free and noun.relation in {"nsubj", "obj", "ROOT"} and words[2].pos in {"VERB", "AUX", "CCONJ"}:
        for c in list(children(words, 1)):
            words[c].head = 0
        word.head, word.relation, word.pos, word.tag = 0, "amod", "ADJ", "JJ"


def mend_headless(words: list[Word]) -> None:
    """Read "los de la Casa Blanca" as somebody of the White House, not as an article."""
    for i in range(len(words) - 2):
        article, of = words[i], words[i + 1]
        if article.lower not in {"el", "la", "los", "las"} or of.lower not in {"de", "del"}:
            continue
        noun = next((n for n in range(i + 2, len(words)) if words[n].pos in {"NOUN", "PROPN"}), None)
        if noun is None or words[noun].head not in {i, i + 1}:
            continue
        article.pos, article.tag = "PRON", "PRP"
        article.relation = "obl" if article.relation == "det" else article.relation
        of.head, of.relation = noun, "case"
        words[noun].head, words[noun].relation = i, "nmod"


def mend_numbers(words: list[Word]) -> None:
    """Hang a number from what it counts: "Veintitrés efectivos", "Treinta y dos soldados"."""
    for i in range(len(words) - 1):
        number = words[i]
        if number.pos not in {"PROPN", "NOUN", "NUM"} or not _NUMBER.fullmatch(number.lower):
            continue
        joined = words[i + 1].lower == "y" and i + 3 < len(words) and _NUMBER.fullmatch(words[i + 2].lower)
        n = i + 3 if joined else i + 1
        counted = words[n]
        if (
            counted.head != i
            or counted.relation not in {"amod", "conj", "nmod", "flat"}
            or not counted.plural
        ):
            continue
        counted.head, counted.relation = (n if number.head == i else number.head), number.relation
        counted.pos, counted.tag = "NOUN", "NNS"
        for c in list(children(words, i)):
            if c > n or words[c].relation in {"det", "case"}:
                words[c].head = n
        number.head, number.relation, number.pos = n, "nummod", "NUM"


def mend_objects(words: list[Word]) -> None:
    """Free a noun that the parser takes for a part of the name before it: "pidió a Alemania tanques"."""
    for word in words:
        above = words[word.head]
        if (
            word.pos == "NOUN"
            and word.relation == "flat"
            and above.pos == "PROPN"
            and words[above.head].pos == "VERB"
        ):
            word.head, word.relation = above.head, "obj"
