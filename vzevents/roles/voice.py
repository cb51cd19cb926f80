"""Verbs -> voice and mood: whether a verb is one, passive, or leans on another."""

from __future__ import annotations

from collections.abc import Collection

from vzevents.sentences import Sentence


def is_verb(sentence: Sentence, i: int, verbs: Collection[str] = ()) -> bool:
    """Whether token `i` works as a verb, also where the tagger took an infinitive for a noun."""
    token = sentence.tokens[i]
    if token.pos in {"VERB", "AUX"} and token.tag[:2] == "VB":
        return not (token.relation in {"modifier", "compound"} and token.tag in {"VBN", "VBG"})
    if sentence.language != "en" or token.tag not in {"NN", "NNP", "JJ"}:
        return False
    after_to = i > 0 and sentence.tokens[i - 1].lower == "to" and token.lower in verbs
    # "the general swore" is no noun phrase, whatever the tagger says.
    behind_noun = i > 0 and sentence.tokens[i - 1].pos in {"NOUN", "PROPN", "PRON", "CCONJ"}
    past = behind_noun and not token.lower.endswith(("s", "ing", "ed")) and token.lower not in verbs
    return after_to or (past and token.tag != "NNP" and not token.forms.isdisjoint(verbs))


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Whether a verb stands in the passive, with an auxiliary or as a bare participle behind a noun."""
    if sentence.related(verb, "passive_auxiliary", "passive_subject"):
        return True
    token = sentence.tokens[verb]
    if token.tag != "VBN":
        return False
    if token.relation == "noun_clause":
        # "Gunmen on a truck set fire to a barn": a past tense that the parser takes for a participle.
        return not (sentence.related(verb, "object") and sentence.language == "en")
    bare = not sentence.related(verb, "auxiliary", "object")
    if token.relation == "adverbial_clause" and bare:
        return True  # "Summoned by prosecutors, the minister …"
    if token.relation == "ROOT" and sentence.language == "es":
        return not sentence.related(verb, "auxiliary")  # a headline: "Suspendida Nicaragua del sistema"
    if token.relation == "conjunct" and not sentence.related(verb, "auxiliary", "subject", "object"):
        return is_passive(sentence, token.head)
    return False


def is_dependent(sentence: Sentence, verb: int) -> bool:
    """Whether a verb stands in an infinitive, gerund or subjunctive, so that another says what came of it."""
    modal = any(sentence.tokens[c].tag == "MD" for c in sentence.related(verb, "auxiliary"))
    return sentence.tokens[verb].tag in {"VB", "VBG", "VBS"} and not modal
