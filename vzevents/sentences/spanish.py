"""What spaCy's Spanish models say -> the names that the role layer reads.

The parser follows Universal Dependencies, where a preposition hangs from its noun; here, as in the English
models, the noun hangs from the preposition. The parser's known mistakes are mended on the way: passive agents
called objects, subjects behind a verb of saying called its object, "que" taken for a relative pronoun.
"""

from __future__ import annotations

from collections.abc import Iterator

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
_NOUNS = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM"}
_NEGATIONS = {"no", "nunca", "jamás", "tampoco"}
# Of several prepositions before one noun ("en contra de", "por parte de") the one that says what is meant.
_TELLING = {"contra", "sobre", "ante", "hacia", "tras", "desde", "hasta", "según", "entre", "por"}
_SAME = {"al": "a", "del": "de"}
# Verbs whose subject acts on nobody but itself with "se": never "se detuvo a …" as a passive.
_REFLEXIVE = {
    "abstener", "alzar", "amotinar", "aliar", "atrincherar", "comprometer", "concentrar", "congregar",
    "declarar", "desligar", "desplegar", "disculpar", "enfrentar", "entregar", "fugar", "incorporar",
    "insubordinar", "inmolar", "juramentar", "levantar", "manifestar", "marchar", "mostrar", "movilizar",
    "negar", "oponer", "pasar", "plegar", "proclamar", "pronunciar", "quejar", "rebelar", "refugiar",
    "rendir", "replegar", "retirar", "reunir", "separar", "solidarizar", "sublevar", "sumar", "unir", "ver",
}  # fmt: skip
_QUOTES = {"«", "»", "“", "”", '"', "‘", "’"}  # the parser takes some for names
_IRREGULAR = {
    "hech": "hacer", "dich": "decir", "puest": "poner", "impuest": "imponer", "propuest": "proponer",
    "escrit": "escribir", "suscrit": "suscribir", "rot": "romper", "muert": "matar", "abiert": "abrir",
    "vuelt": "volver", "devuelt": "devolver", "depuest": "deponer", "dispuest": "disponer",
}  # fmt: skip
_BEFORE_INFINITIVE = {"de", "del", "por", "en", "con", "tras", "sin", "al", "sobre", "contra"}


def adapt(words: list[Word]) -> None:
    """Give the words of a sentence the role layer's relations, heads and tags, in place."""
    for word in words:
        word.tag = _tag(word)
        word.plural = word.features.get("Number") == "Plur"
    _mend_verbs(words)
    _mend_quotes(words)
    _mend_as(words)
    _mend_relatives(words)
    _mend_subjects(words)
    _mend_complements(words)
    voices = {i: _voice(words, i) for i, word in enumerate(words) if word.tag[:2] == "VB"}
    cases = _cases(words)
    for i, word in enumerate(words):
        word.relation = _relation(words, i, voices)
    _raise_prepositions(words, cases)
    _raise_before_infinitives(words)


def _tag(word: Word) -> str:
    """Return the Penn tag that the role layer knows, from class and features."""
    features = word.features
    if word.pos in {"VERB", "AUX"}:
        form = features.get("VerbForm")
        if form in {"Inf", "Ger", "Part"}:
            return {"Inf": "VB", "Ger": "VBG", "Part": "VBN"}[form]
        if features.get("Mood") in {"Sub", "Cnd"}:
            return {"Sub": "VBS", "Cnd": "VBC"}[features["Mood"]]
        return {"Past": "VBD", "Imp": "VBD", "Fut": "VBF"}.get(features.get("Tense", ""), "VBZ")
    plural = "S" if features.get("Number") == "Plur" else ""
    if word.pos in {"NOUN", "PROPN"}:
        return ("NN" if word.pos == "NOUN" else "NNP") + plural
    if word.pos == "PRON":
        return "WP" if "Rel" in features.get("PronType", "") else "PRP"
    return {"ADJ": "JJ", "ADP": "IN", "SCONJ": "IN", "ADV": "RB", "DET": "DT"}.get(word.pos, word.pos)


def _children(words: list[Word], i: int) -> Iterator[int]:
    return (n for n, word in enumerate(words) if word.head == i and n != i)


def _mend_verbs(words: list[Word]) -> None:
    """Read participles behind "ser" or before "por" as verbs, which the parser may call adjectives."""
    for i, word in enumerate(words):
        copulas = [c for c in _children(words, i) if words[c].relation == "cop" and words[c].lemma == "ser"]
        participle = word.pos == "ADJ" and word.features.get("VerbForm") == "Part"
        by = any(
            words[c].lower == "por" and words[n].relation in {"obl", "obj", "nmod"}
            for n in _children(words, i)
            for c in _children(words, n)
        )
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


def _mend_quotes(words: list[Word]) -> None:
    """Free the names that the parser hangs from a quotation mark: "«Perú reconoce …»"."""
    for i, word in enumerate(words):
        if word.text not in _QUOTES:
            continue
        below = list(_children(words, i))
        if below:
            first = words[below[0]]
            first.head, first.relation = (below[0] if word.head == i else word.head), word.relation
            for c in below[1:]:
                words[c].head = below[0]
        word.head = below[0] if below else word.head
        word.pos, word.tag, word.relation = "PUNCT", "PUNCT", "punct"


def _mend_relatives(words: list[Word]) -> None:
    """Read "que" as the object where the clause has another subject: "que le propuso la Unión"."""
    for i, word in enumerate(words):
        if word.relation == "acl":
            subjects = [c for c in _children(words, i) if words[c].relation == "nsubj"]
            relative = [c for c in subjects if words[c].tag == "WP"]
            if relative and len(subjects) > 1:
                words[relative[0]].relation = "obj"


def _mend_as(words: list[Word]) -> None:
    """Read "como presidente" as a phrase of its own: "reconoció a Díaz como presidente"."""
    for i, word in enumerate(words):
        if word.lower == "como" and word.relation in {"mark", "case", "advmod", "cc"} and word.head > i:
            head = words[word.head]
            if head.pos in _NOUNS and head.relation in {
                "obj",
                "iobj",
                "obl",
                "xcomp",
                "ccomp",
                "advcl",
                "amod",
                "nmod",
            }:
                word.pos, word.tag, word.relation, head.relation = "ADP", "IN", "case", "obl"


def _mend_subjects(words: list[Word]) -> None:
    """Read what follows a verb of saying behind its own words as its subject: "…, anunció la cancillería"."""
    for i, word in enumerate(words):
        if word.pos != "VERB" or word.tag in {"VB", "VBG", "VBN"}:
            continue
        below = list(_children(words, i))
        said = any(words[c].relation in {"ccomp", "parataxis"} and c < i for c in below)
        inserted = word.relation == "parataxis" or (said and word.relation in {"ROOT", "conj"})
        if any(words[c].relation == "nsubj" for c in below) or not (inserted or _closes_quote(words, i)):
            continue
        for c in below:
            bare = not any(words[n].relation == "case" for n in _children(words, c))
            named = words[c].pos in {"NOUN", "PROPN"} and words[c].features.get("AdvType") != "Tim"
            if c > i and words[c].relation in {"obj", "obl", "iobj"} and bare and named:
                words[c].relation = "nsubj"
                break


def _closes_quote(words: list[Word], verb: int) -> bool:
    """Whether a verb stands right behind a quotation: "», les gritó …"."""
    at = verb - 1
    while at > 0 and words[at].pos == "PRON":
        at -= 1
    return at > 0 and words[at].text == "," and words[at - 1].text in _QUOTES


def _mend_complements(words: list[Word]) -> None:
    """Read "pidió a los militares que abandonen" as what is asked for, not as a relative clause."""
    for i, word in enumerate(words):
        if word.relation != "acl" or word.tag != "VBS":
            continue
        noun = words[word.head]
        above = words[noun.head]
        marker = next((c for c in _children(words, i) if words[c].lower == "que"), None)
        asked = noun.relation in {"obj", "iobj", "obl"} and above.pos == "VERB" and above is not noun
        if asked and marker is not None:
            word.head, word.relation = noun.head, "ccomp"
            words[marker].relation, words[marker].pos, words[marker].tag = "mark", "SCONJ", "IN"


def _voice(words: list[Word], i: int) -> str:
    """Return how a verb stands: passive with "ser", with "se", or active."""
    verb = words[i]
    below = list(_children(words, i))
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
    below = (words[c] for c in _children(words, i) if words[c].relation in {"aux", "cop"})
    return words[i].tag not in {"VB", "VBG", "VBN"} or any(w.tag not in {"VB", "VBG", "VBN"} for w in below)


def _cases(words: list[Word]) -> dict[int, int]:
    """Return for each noun behind prepositions the one that it is to hang from."""
    found: dict[int, int] = {}
    for i, word in enumerate(words):
        if word.pos not in _NOUNS:
            continue
        case = [c for c in _children(words, i) if words[c].relation == "case" and c < i]
        case += [c for first in case for c in _children(words, first) if c < i]
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
                for c in _children(words, i)
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
    for c in _children(words, infinitive):
        if c < infinitive and words[c].lower == "a" and words[c].pos == "ADP":
            words[c].pos, words[c].relation = "PART", "marker"


def _plain(word: Word) -> str:
    return _SAME.get(word.lower, word.lower)
