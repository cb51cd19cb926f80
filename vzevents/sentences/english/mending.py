"""Mend what spaCy's English models get wrong again and again, before their labels are read.

Every step changes the words of a sentence in place and still speaks the parser's own labels.
"""

from __future__ import annotations

from vzevents.sentences.tokens import Word

_SAYING = {
    "acknowledge", "add", "admit", "allege", "announce", "argue", "assert", "boast", "caution", "charge",
    "claim", "complain", "concede", "contend", "declare", "deny", "fear", "insist", "lament", "maintain",
    "note", "object", "pledge", "predict", "promise", "protest", "proclaim", "reply", "report", "retort",
    "say", "state", "stress", "swear", "tell", "threaten", "tweet", "urge", "vow", "warn", "write",
}  # fmt: skip
_DEMANDING = {
    "ask", "demand", "insist", "order", "propose", "recommend", "request", "require", "suggest", "urge",
}  # fmt: skip
_PAST = {"VBD", "VBN"}
_FINITE = {"VBD", "VBZ", "VBP"}
_LOOSE = {"dobj", "attr", "npadvmod", "oprd"}
_CLOSING = {'"', "”", "''", "’"}


def mend(words: list[Word]) -> None:
    """Mend the tree of a sentence, in place."""
    for step in (
        _mend_inverted,
        _mend_final_speech,
        _mend_lost_speech,
        _mend_subjunctive,
        _mend_finite_conjunct,
    ):
        step(words)


def _children(words: list[Word], i: int) -> list[int]:
    return [n for n, word in enumerate(words) if word.head == i and n != i]


def _first(words: list[Word], i: int) -> int:
    """Return where the phrase of a word begins."""
    below = [n for n in _children(words, i) if n < i]
    return min((_first(words, n) for n in below), default=i)


def _says(words: list[Word], i: int) -> bool:
    """Whether a past tense of saying was read as a participle of the noun before it."""
    word = words[i]
    if word.tag not in _PAST or word.relation != "acl" or word.lemma not in _SAYING or word.head > i:
        return False
    return all(words[c].lower != "by" for c in _children(words, i))


def _mend_inverted(words: list[Word]) -> None:
    """Read who speaks behind the verb after a quotation: "…," warned the minister."""
    for i in range(2, len(words)):
        word = words[i]
        behind = words[i - 1].text in _CLOSING and word.tag in {"VBD", "VBZ", "VBN"}
        if not behind or any(words[c].relation in {"nsubj", "nsubjpass"} for c in _children(words, i)):
            continue
        for c in _children(words, i):
            named = words[c].pos in {"NOUN", "PROPN"} and words[c].relation in _LOOSE
            if c > i and named:
                words[c].relation = "nsubj"
                break


def _mend_final_speech(words: list[Word]) -> None:
    """Read who says it behind what is said: "Peru broke the truce, the minister charged on Sunday"."""
    for i, word in enumerate(words):
        if not _says(words, i):
            continue
        speaker, root = word.head, next(n for n, w in enumerate(words) if w.relation == "ROOT" or w.head == n)
        start = _first(words, speaker)
        own_clause = any(words[c].relation in {"nsubj", "nsubjpass"} for c in _children(words, root))
        if own_clause and root < start and words[start - 1].text == ",":
            _make_main(words, i, speaker=speaker, said=root)
            return


def _mend_lost_speech(words: list[Word]) -> None:
    """Read the verb of a sentence without one: "A panel of jurists charged in Lima that …"."""
    root = next(n for n, w in enumerate(words) if w.relation == "ROOT" or w.head == n)
    if words[root].pos not in {"NOUN", "PROPN"}:
        return
    for i in range(root + 1, len(words)):
        said = _introduced(words, i) if _says(words, i) else None
        if said is not None:
            _make_main(words, i, speaker=root, said=said)
            return


def _introduced(words: list[Word], i: int) -> int | None:
    """Return the verb of the next clause that "that" opens."""
    for n in range(i + 1, len(words)):
        opens = words[n].lower == "that" and words[n].relation == "mark"
        if opens and words[n].head > n and words[words[n].head].pos in {"VERB", "AUX"}:
            return words[n].head
    return None


def _make_main(words: list[Word], i: int, *, speaker: int, said: int) -> None:
    """Make a verb the main one, over who speaks and what is said."""
    verb = words[i]
    verb.head, verb.relation, verb.tag = i, "ROOT", "VBD"
    words[said].head, words[said].relation = i, "ccomp"
    words[speaker].head, words[speaker].relation = i, "nsubj"


def _mend_subjunctive(words: list[Word]) -> None:
    """Read "demanded that Rivas resign" as a clause, where the tagger takes "Rivas resign" for a name."""
    for i, word in enumerate(words):
        below = _children(words, i)
        that = any(words[c].relation == "mark" and words[c].lower == "that" for c in below)
        named = [c for c in below if words[c].relation == "compound" and words[c].pos in {"NOUN", "PROPN"}]
        above = words[word.head].lemma in _DEMANDING
        if word.tag == "NN" and word.relation == "ccomp" and that and above and named[-1:] == [i - 1]:
            word.pos, word.tag, word.lemma = "VERB", "VB", word.lower
            words[named[-1]].relation = "nsubj"


def _mend_finite_conjunct(words: list[Word]) -> None:
    """Read "refused to sign and left" as two acts: what is told as done is joined to no infinitive."""
    for i, word in enumerate(words):
        below = [words[c] for c in _children(words, i)]
        told = word.tag in _FINITE and not any(c.relation in {"nsubj", "nsubjpass"} for c in below)
        above = word.head
        while told and word.relation == "conj" and _is_infinitive(words, above):
            above = words[above].head
        if above != word.head and above < i and words[above].tag in _FINITE:
            word.head = above


def _is_infinitive(words: list[Word], i: int) -> bool:
    """Whether "to" opens a verb that another holds."""
    opened = any(words[c].tag == "TO" for c in _children(words, i))
    return opened and words[i].tag == "VB" and words[i].relation in {"xcomp", "advcl", "ccomp", "acl", "conj"}
