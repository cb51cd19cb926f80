"""What spaCy's Spanish models say -> the names that the role layer reads.

The parser follows Universal Dependencies, where a preposition hangs from its noun; here, as in the English
models, the noun hangs from the preposition. What the parser gets wrong is mended before that, in
mending.py and the steps that it lists.
"""

from __future__ import annotations

from vzevents.sentences.spanish.mending import mend
from vzevents.sentences.spanish.trees import NOUNS, children, keep_a_tree, tag_of
from vzevents.sentences.tokens import Word

_RELATIONS = {
    "nsubj": "subject",
    "csubj": "clause_subject",
    "obj": "object",
    "iobj": "recipient",
    "obl": "adverbial_noun",
    "nmod": "compound",
    "amod": "modifier",
    "det": "determiner",
    "nummod": "number",
    "appos": "apposition",
    "acl": "noun_clause",
    "advcl": "adverbial_clause",
    "ccomp": "complement",
    "xcomp": "complement",
    "conj": "conjunct",
    "advmod": "adverb",
    "mark": "marker",
    "aux": "auxiliary",
    "cop": "auxiliary",
    "flat": "name",
    "expl": "clitic",
    "expl:pass": "clitic",
    "expl:impers": "clitic",
}
_AUXILIARIES = {"aux", "cop", "auxiliary", "passive_auxiliary"}
_NEGATIONS = {"no", "nunca", "jamás", "tampoco"}
# Of several prepositions before one noun ("en contra de", "por parte de") the one that says what is meant.
_TELLING = {"contra", "sobre", "ante", "hacia", "tras", "desde", "hasta", "según", "entre", "por"}
_SAME = {"al": "a", "del": "de"}
# Verbs whose subject acts on nobody but itself with "se": never "se detuvo a …" as a passive.
_REFLEXIVE = {
    "abstener", "alzar", "amotinar", "aliar", "atrincherar", "comprometer", "concentrar", "congregar",
    "declarar", "defender", "desligar", "desplegar", "disculpar", "enfrentar", "entregar", "fugar",
    "incorporar", "insubordinar", "inmolar", "juramentar", "levantar", "manifestar", "marchar", "mostrar",
    "movilizar", "negar", "oponer", "pasar", "plegar", "proclamar", "pronunciar", "quejar", "rebelar",
    "refugiar", "rendir", "replegar", "retirar", "reunir", "separar", "solidarizar", "sublevar", "sumar",
    "unir", "ver",
    "adueñar", "agolpar", "apoderar", "apostar", "arremolinar", "ausentar", "batir", "cruzar", "echar",
    "encadenar", "encerrar", "instalar", "insurreccionar", "ir", "lanzar", "llevar", "parapetar", "plantar",
    "sentar", "tirotear", "volcar", "aglomerar", "adherir", "acoger", "arrodillar", "apartar", "bajar",
}  # fmt: skip
_BEFORE_INFINITIVE = {"de", "del", "por", "en", "con", "tras", "sin", "al", "sobre", "contra"}


def adapt(words: list[Word]) -> None:
    """Give the words of a sentence the role layer's relations, heads and tags, in place."""
    for word in words:
        word.tag = tag_of(word)
        word.plural = word.features.get("Number") == "Plur"
    mend(words)
    voices = {i: _voice(words, i) for i, word in enumerate(words) if word.tag[:2] == "VB"}
    cases = _cases(words)
    for i, word in enumerate(words):
        word.relation = _relation(words, i, voices)
    _raise_prepositions(words, cases)
    _raise_before_infinitives(words)
    keep_a_tree(words)


def _voice(words: list[Word], i: int) -> str:
    """Return how a verb stands: passive with "ser", with "se", or active."""
    verb = words[i]
    below = list(children(words, i))
    if verb.tag == "VBN" and any(
        words[c].relation in {"aux", "cop"} and words[c].lemma in {"ser", "estar", "quedar", "resultar"}
        for c in below
    ):
        return "passive"
    reflexive = any(words[c].features.get("Reflex") == "Yes" and words[c].lower == "se" for c in below)
    if reflexive and verb.lemma not in _REFLEXIVE and verb.tag[:2] == "VB":
        behind = [c for c in below if words[c].relation == "nsubj" and c > i and words[c].pos == "NOUN"]
        if behind and not any(words[c].relation == "nsubj" and c < i for c in below):
            return "passive"
    return "active"


def _relation(words: list[Word], i: int, voices: dict[int, str]) -> str:
    word = words[i]
    voice = voices.get(word.head, "active")
    if word.relation == "nsubj" and voice == "passive":
        return "passive_subject"
    if word.relation in {"aux", "cop"} and voice == "passive" and word.lemma != "haber":
        return "passive_auxiliary"
    if word.relation in {"obj", "iobj", "obl"} and word.features.get("Reflex") == "Yes":
        return "clitic"
    if word.relation == "advmod" and word.lower in _NEGATIONS:
        return "negation"
    if word.relation == "acl" and word.pos in {"VERB", "AUX"} and _is_finite(words, i):
        return "relative_clause"
    if word.relation == "ROOT" or word.head == i:
        return "ROOT"
    return _RELATIONS.get(word.relation, word.relation)


def _is_finite(words: list[Word], i: int) -> bool:
    """Whether a verb or its auxiliary is finite: "que dio", "que había dado", not "dado por"."""
    below = (words[c] for c in children(words, i) if words[c].relation in _AUXILIARIES)
    return words[i].tag not in {"VB", "VBG", "VBN"} or any(w.tag not in {"VB", "VBG", "VBN"} for w in below)


def _cases(words: list[Word]) -> dict[int, int]:
    """Return for each noun behind prepositions the one that it is to hang from."""
    found: dict[int, int] = {}
    for i, word in enumerate(words):
        if word.pos not in NOUNS:
            continue
        case = [c for c in children(words, i) if words[c].relation == "case" and c < i]
        case += [c for first in case for c in children(words, first) if c < i]
        prepositions = sorted(c for c in case if words[c].pos == "ADP")
        if prepositions:
            telling = [c for c in prepositions if words[c].lower in _TELLING]
            found[i] = (telling or prepositions[-1:])[0]
    return found


def _raise_prepositions(words: list[Word], cases: dict[int, int]) -> None:
    """Hang nouns from their prepositions, and these from what the nouns hung from."""
    for noun, preposition in cases.items():
        word = words[noun]
        if word.relation == "conjunct":
            first = cases.get(word.head)
            if first is None or _plain(words[first]) == _plain(words[preposition]):
                continue  # "a Maduro y a Cabello": one list
            above = words[words[word.head].head]
            head = above.head if above.pos == "ADP" else words[word.head].head
        elif word.relation == "ROOT":
            continue
        else:
            head = word.head
        if head == noun:
            continue
        words[preposition].head, words[preposition].relation = head, "preposition"
        word.head, word.relation = preposition, "prepositional_object"


def _raise_before_infinitives(words: list[Word]) -> None:
    """Hang infinitives from what introduces them: "acusado de conspirar", "por violar", "sin informar"."""
    for i, word in enumerate(words):
        if word.tag != "VB" or word.relation not in {
            "complement",
            "adverbial_clause",
            "noun_clause",
            "adverbial_noun",
        }:
            continue
        marker = next(
            (
                c
                for c in children(words, i)
                if c < i and words[c].pos == "ADP" and words[c].lower in _BEFORE_INFINITIVE
            ),
            None,
        )
        if marker is None:
            _read_a_as_to(words, i)
            continue
        words[marker].head, words[marker].relation = word.head, "preposition"
        word.head, word.relation = marker, "prepositional_clause"


def _read_a_as_to(words: list[Word], infinitive: int) -> None:
    """Read the "a" of "se negó a cumplir" as a marker, as English "to" is one."""
    if words[infinitive].relation == "adverbial_noun":
        words[infinitive].relation = "complement"
    for c in children(words, infinitive):
        if c < infinitive and words[c].lower == "a" and words[c].pos == "ADP":
            words[c].pos, words[c].relation = "PART", "marker"


def _plain(word: Word) -> str:
    return _SAME.get(word.lower, word.lower)
