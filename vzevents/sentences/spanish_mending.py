"""Mend what spaCy's Spanish models get wrong again and again, before their labels are read.

Every step changes the words of a sentence in place and still speaks the parser's own labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simplemma import lemmatize

from vzevents.sentences.tokens import Word

NOUNS = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM"}
_QUOTES = {"«", "»", "“", "”", '"', "‘", "’"}  # the parser takes some for names
_ENCLITIC = re.compile(r"(\w{2,}[aeiáéí]r)(?:me|te|se|nos)?(?:lo|la|los|las|le|les|se)$")
_PLAIN = str.maketrans("áéí", "aei")
_SAYING = {
    "aconsejar", "adelantar", "admitir", "advertir", "afirmar", "agregar", "anunciar", "asegurar", "avisar",
    "comunicar", "confesar", "confirmar", "declarar", "decir", "denunciar", "exigir", "exhortar", "explicar",
    "expresar", "garantizar", "implorar", "indicar", "informar", "insistir", "instar", "invitar", "jurar",
    "llamar", "manifestar", "ofrecer", "pedir", "prometer", "proponer", "recomendar", "reconocer", "reiterar",
    "rogar", "señalar", "solicitar", "sostener", "sugerir", "suplicar", "urgir",
}  # fmt: skip
_CONDITIONAL = re.compile(r"(?:[aei]r|dr|br|har|querr|dir)ía(?:s|mos|is|n)?$")
_FUTURE = ("ré", "rás", "rá", "remos", "réis", "rán")
_DEPTH = 8  # a longer chain of names is a parser's knot
_NO_FINITE = {"VB", "VBG", "VBN"}
_LOOSE = {"obj", "iobj", "obl", "xcomp", "ccomp", "advcl", "amod", "nmod"}
_IRREGULAR = {
    "hech": "hacer", "dich": "decir", "puest": "poner", "impuest": "imponer", "propuest": "proponer",
    "escrit": "escribir", "suscrit": "suscribir", "rot": "romper", "muert": "matar", "abiert": "abrir",
    "vuelt": "volver", "devuelt": "devolver", "depuest": "deponer", "dispuest": "disponer",
}  # fmt: skip


def mend(words: list[Word]) -> None:
    """Mend the tree of a sentence, in place; tags are there already."""
    for step in _STEPS:
        step(words)
        keep_a_tree(words)


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


def _mend_verbs(words: list[Word]) -> None:
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


def _mend_quotes(words: list[Word]) -> None:
    """Free the names that the parser hangs from a quotation mark: "«Perú reconoce …»"."""
    for i, word in enumerate(words):
        if word.text not in _QUOTES:
            continue
        below = list(children(words, i))
        if below:
            first = words[below[0]]
            first.head, first.relation = (below[0] if word.head == i else word.head), word.relation
            for c in below[1:]:
                words[c].head = below[0]
        word.head = below[0] if below else word.head
        word.pos, word.tag, word.relation = "PUNCT", "PUNCT", "punct"


def _mend_relatives(words: list[Word]) -> None:
    """Tell the subject of a relative clause from its object by what else stands there, and by number."""
    for i, word in enumerate(words):
        if word.relation != "acl":
            continue
        below = list(children(words, i))
        pronouns = [c for c in below if words[c].tag == "WP" and words[c].relation in {"nsubj", "obj"}]
        relative = next((c for c in pronouns if not _has_case(words, c)), None)
        if relative is None:
            continue
        behind = [c for c in below if c > i and _is_bare(words, c)]
        others = [c for c in below if c != relative and words[c].relation == "nsubj"]
        agrees = words[word.head].plural == word.plural
        if others:
            words[relative].relation = "obj"  # "que le propuso la Unión"
        elif behind and not agrees and words[behind[0]].plural == word.plural:
            words[relative].relation, words[behind[0]].relation = "obj", "nsubj"
        elif behind and agrees:
            words[relative].relation = "nsubj"  # "las mujeres que trancaron la carretera"


def _has_case(words: list[Word], i: int) -> bool:
    return any(words[c].relation == "case" for c in children(words, i))


def _is_bare(words: list[Word], i: int) -> bool:
    """Whether a word is an object without a preposition, and no time."""
    word = words[i]
    plain = word.pos in {"NOUN", "PROPN"} and word.features.get("AdvType") != "Tim"
    return (
        plain and word.relation == "obj" and not any(words[c].relation == "case" for c in children(words, i))
    )


def _mend_order(words: list[Word]) -> None:
    """Find the subject that stands behind the object, or before the verb as an apposition."""
    for i, word in enumerate(words):
        if word.pos != "VERB" or word.tag in _NO_FINITE:
            continue
        below = list(children(words, i))
        if any(words[c].relation == "nsubj" or words[c].tag == "WP" for c in below):
            continue
        behind = [c for c in below if c > i and _is_bare(words, c)]
        said = any(words[c].relation == "ccomp" for c in below)
        before = _apposed_before(words, i)
        if before is not None:
            words[before].head, words[before].relation = i, "nsubj"
        elif _has_noun_before(words, i):
            continue  # it has a subject by another label
        elif len(behind) == 1 and (said or any(_is_clitic(words[c]) for c in below)):
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
        if words[i].pos in {"NOUN", "PROPN"} and not _has_case(words, i) and words[i].relation != "obl":
            return True
    return False


def _is_clitic(word: Word) -> bool:
    """Whether a word is "se", or a clitic that stands for an object told before."""
    pronoun = word.pos == "PRON" and word.lower in {"lo", "la", "los", "las"}
    return pronoun or word.features.get("Reflex") == "Yes"


def _apposed_before(words: list[Word], verb: int) -> int | None:
    """Return the noun between comma and verb that the parser hangs from a fronted clause."""
    for i in range(verb - 1, -1, -1):
        if words[i].text == ",":
            first = next((n for n in range(i + 1, verb) if words[n].relation == "appos"), None)
            return first if first is not None and words[first].head < i else None
    return None


def _mend_as(words: list[Word]) -> None:
    """Read "como presidente" as a phrase of its own: "reconoció a Díaz como presidente"."""
    for i, word in enumerate(words):
        if word.lower == "como" and word.relation in {"mark", "case", "advmod", "cc"} and word.head > i:
            head = words[word.head]
            if head.pos in NOUNS and head.relation in _LOOSE:
                word.pos, word.tag, word.relation, head.relation = "ADP", "IN", "case", "obl"


def _mend_subjects(words: list[Word]) -> None:
    """Read what follows a verb of saying behind its own words as its subject: "…, anunció la cancillería"."""
    for i, word in enumerate(words):
        if word.pos != "VERB" or word.tag in _NO_FINITE:
            continue
        below = list(children(words, i))
        quoted = _closes_quote(words, i)
        for c in below:  # "«Devuélvannos …», pidieron las mujeres"
            inside = quoted and c < i and any(words[n].text in _QUOTES for n in range(c, i))
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
    return at > 0 and words[at].text == "," and words[at - 1].text in _QUOTES


def _mend_complements(words: list[Word]) -> None:
    """Read "pidió a los militares que abandonen", "dijo el lunes que" as what is asked or said."""
    for i, word in enumerate(words):
        if word.relation != "acl" or word.tag in _NO_FINITE:
            continue
        noun = words[word.head]
        above = words[noun.head]
        marker = next((c for c in children(words, i) if words[c].lower == "que"), None)
        asked = noun.relation in {"obj", "iobj", "obl"} and above.pos == "VERB" and above is not noun
        said = above.lemma in _SAYING and words[i - 1].text != ","
        asked = asked and (word.tag == "VBS" or noun.features.get("AdvType") == "Tim" or said)
        if asked and marker is not None:
            word.head, word.relation = noun.head, "ccomp"
            words[marker].relation, words[marker].pos, words[marker].tag = "mark", "SCONJ", "IN"


def _mend_titles(words: list[Word]) -> None:
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


def _mend_speech(words: list[Word]) -> None:
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
        root = words[above].relation == "ROOT" and words[above].tag not in _NO_FINITE - {"VBN"}
        side = word.relation in {"advcl", "parataxis", "ccomp", "conj"}
        if side and root and named and not introduced and words[i - 1].text == ",":
            word.head, word.relation = i, "ROOT"
            words[above].head, words[above].relation = i, "ccomp"


def _mend_headline(words: list[Word]) -> None:
    """Find the verb of a headline that the parser takes for a noun: "Alianza denuncia fraude"."""
    if any(word.pos in {"VERB", "AUX"} and word.tag not in _NO_FINITE for word in words):
        return
    for i, word in enumerate(words):
        # "la marcha" is no verb, "Alianza denuncia" is one; the first word of a headline is in the plural.
        guided = i > 0 and words[i - 1].pos in {"DET", "ADP", "NUM"}
        plural = word.lower.endswith(("an", "en", "aron", "ieron"))
        if word.pos not in {"NOUN", "PROPN", "ADJ"} or guided or (i == 0 and not plural):
            continue
        infinitive = lemmatize(word.lower, lang="es")
        if infinitive.endswith(("ar", "er", "ir")) and infinitive != word.lower and not word.text.isupper():
            if i > 0 and word.text[:1].isupper():
                continue
            _make_root(words, i, infinitive, plural=plural)
            return


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


def _mend_having_to(words: list[Word]) -> None:
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


def _mend_names(words: list[Word]) -> None:
    """Read a capital inside a sentence as a name: "solicitó a Catar"."""
    for i in range(1, len(words)):
        word, before = words[i], words[i - 1]
        if word.pos in {"VERB", "AUX"} and word.text[:1].isupper() and before.pos in {"ADP", "DET"}:
            word.pos, word.tag, word.relation = "PROPN", "NNP", "obl"


def _mend_going(words: list[Word]) -> None:
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


def _mend_addressees(words: list[Word]) -> None:
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


def _mend_general(words: list[Word]) -> None:
    """Read "al general" as a person, which the parser takes for an adverb."""
    for i in range(1, len(words)):
        word, before = words[i], words[i - 1]
        if word.lower != "general" or word.relation != "fixed" or before.lower != "al":
            continue
        verb = next((n for n in range(i - 2, -1, -1) if words[n].pos == "VERB"), None)
        if verb is not None:
            word.pos, word.tag, word.head, word.relation = "NOUN", "NN", verb, "obj"
            before.head, before.relation, before.pos = i, "case", "ADP"


def _mend_objects(words: list[Word]) -> None:
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


_STEPS = (
    _mend_general,
    _mend_objects,
    _mend_names,
    _mend_having_to,
    _mend_going,
    _mend_headline,
    _mend_verbs,
    _mend_quotes,
    _mend_as,
    _mend_titles,
    _mend_relatives,
    _mend_speech,
    _mend_subjects,
    _mend_order,
    _mend_addressees,
    _mend_complements,
)
