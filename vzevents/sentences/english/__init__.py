"""What spaCy's English models say -> the names that the role layer reads."""

from __future__ import annotations

from vzevents.sentences.english.mending import mend
from vzevents.sentences.tokens import Word

# ClearNLP labels.
_RELATIONS = {
    "nsubj": "subject",
    "csubj": "clause_subject",
    "nsubjpass": "passive_subject",
    "csubjpass": "clause_subject",
    "dobj": "object",
    "dative": "recipient",
    "agent": "preposition",
    "prep": "preposition",
    "pobj": "prepositional_object",
    "pcomp": "prepositional_clause",
    "conj": "conjunct",
    "xcomp": "complement",
    "ccomp": "complement",
    "acl": "noun_clause",
    "relcl": "relative_clause",
    "advcl": "adverbial_clause",
    "appos": "apposition",
    "neg": "negation",
    "aux": "auxiliary",
    "auxpass": "passive_auxiliary",
    "mark": "marker",
    "poss": "possessor",
    "amod": "modifier",
    "compound": "compound",
    "nmod": "compound",
    "det": "determiner",
    "predet": "determiner",
    "nummod": "number",
    "quantmod": "number",
    "attr": "predicate_noun",
    "oprd": "predicate_noun",
    "acomp": "predicate_adjective",
    "prt": "particle",
    "expl": "expletive",
    "npadvmod": "adverbial_noun",
    "advmod": "adverb",
}


# Past forms that tagger and dictionary take for nouns.
_PAST = {
    "swore": "swear",
    "broke": "break",
    "shook": "shake",
    "froze": "freeze",
    "struck": "strike",
    "slew": "slay",
}


def adapt(words: list[Word]) -> None:
    """Mend the tree of a sentence and rename its relations, in place."""
    mend(words)
    for i, word in enumerate(words):
        if word.relation == "relcl" and _is_infinitive(words, i):
            word.relation = "acl"  # "rejected calls to step down"
    for word in words:
        word.relation = _RELATIONS.get(word.relation, word.relation)
        word.plural = word.tag in {"NNS", "NNPS"}
        if word.lower in _PAST:
            word.also = frozenset({_PAST[word.lower]})


def _is_infinitive(words: list[Word], i: int) -> bool:
    """Whether a clause begins with "to" and has no relative pronoun."""
    below = [word for word in words if word.head == i]
    return any(w.lower == "to" and w.relation == "aux" for w in below) and not any(
        w.tag in {"WDT", "WP", "WRB"} for w in below
    )
