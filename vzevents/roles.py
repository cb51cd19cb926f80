"""Sentences -> predicates: who does what to whom, the same for every parser and language.

The coder reads this layer; of the parser's own labels only those of word classes and verb forms. What parsers
get wrong again and again (shared subjects, infinitives read as nouns, subjects lost in fronted phrases) is
mended here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from vzevents.sentences import Sentence

_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"}
_RELATIVE = {"WP", "WDT", "WP$"}
_NOT = {"en": "not", "es": "no"}
_BY = {"by", "por"}
_OF = {"of", "de", "del"}
_ON_THE_PART = {
    "parte", "orden", "órdenes", "decisión", "disposición", "instrucción", "instrucciones", "mandato", "voto",
    "acuerdo", "resolución", "cuenta", "obra", "iniciativa",
}  # fmt: skip
_MANNERS = {
    "altura",
    "ciegas",
    "gritos",
    "golpes",
    "mano",
    "mitad",
    "palos",
    "pie",
    "puerta",
    "ritmo",
    "tiros",
}
_PERSONAL = {"a", "al"}  # Spanish marks objects that are persons with "a"
_MODIFIERS = {"modifier", "compound", "determiner", "possessor", "number", "case", "adverb", "nmod"}
_BEHIND = {"name", "modifier"}  # "Dirección General", "presos políticos"
_PHRASES = frozenset({"preposition", "conjunct", "relative_clause", "noun_clause"})
_SIDE_CLAUSES = frozenset(
    {"relative_clause", "noun_clause", "adverbial_clause", "complement", "conjunct", "prepositional_clause"}
)
_DEPTH = 8  # a chain of governors longer than this is a parser's knot, not a sentence


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that may name an act, with the heads of the phrases around it.

    `subjects` and `objects` are grammatical; `agents` and `patients` what they mean (passive resolved).
    """

    head: int
    nominal: bool
    lemmas: frozenset[str]
    particles: frozenset[str]
    passive: bool
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    recipients: tuple[int, ...]


def find_predicates(sentence: Sentence, verbs: Collection[str], nouns: Collection[str]) -> list[Predicate]:
    """Return the predicates whose word is one of `verbs` or `nouns` (lemmas), in text order."""
    found = []
    for token in sentence.tokens:
        if is_verb(sentence, token.i, verbs) and not token.forms.isdisjoint(verbs):
            found.append(_verbal(sentence, token.i, token.forms))
        elif (
            (token.pos in {"NOUN", "PROPN"} or _is_made_a_noun(sentence, token.i))
            and token.relation not in {"compound", "modifier"}
            and not token.forms.isdisjoint(nouns)
        ):
            found.append(_nominal(sentence, token.i, token.forms))
    return found


def _is_made_a_noun(sentence: Sentence, i: int) -> bool:
    """Whether a Spanish participle with an article names an act: "el llamado de los obispos"."""
    if sentence.language != "es" or sentence.tokens[i].pos != "ADJ":
        return False
    return bool(sentence.related(i, "determiner"))


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


def subjects(sentence: Sentence, verb: int, depth: int = 0) -> list[int]:
    """Return the heads of the grammatical subject of a verb, its own or the one that it shares."""
    own = sentence.related(verb, "subject", "passive_subject")
    if len(own) > 1 and sentence.language == "es" and not _are_joined(sentence, own):
        own = own[-1:]  # "Vencedor de los comicios, Quiroga fue …"
    if own:
        return [h for o in own for h in _coordinated(sentence, _antecedent(sentence, o, verb))]
    if depth > _DEPTH:
        return []
    return _shared_subject(sentence, verb, depth) or _fronted_subject(sentence, verb)


def _are_joined(sentence: Sentence, heads: list[int]) -> bool:
    return any(token.lower in {"y", "e"} for token in sentence.tokens[heads[0] : heads[-1]])


def objects(sentence: Sentence, verb: int) -> list[int]:
    """Return the heads of the direct object of an active verb."""
    own = _personal_objects(sentence, verb)
    own = own or sentence.related(verb, "object") or _raised_object(sentence, verb)
    if own:
        heads = [h for o in own for h in _coordinated(sentence, _antecedent(sentence, o, verb))]
        return [*heads, *_stray(sentence, verb, heads)]
    token = sentence.tokens[verb]
    if token.relation == "compound" and token.pos not in {"VERB", "AUX"}:
        return _coordinated(sentence, token.head)  # "to desert Maduro" read as a compound noun
    if token.relation == "relative_clause" and sentence.related(verb, "subject"):
        return [token.head]  # "the man police arrested"
    return []


def _personal_objects(sentence: Sentence, verb: int) -> list[int]:
    """Return all objects of a Spanish verb, those behind "a" too; clitics only where they stand alone."""
    if sentence.language != "es":
        return []
    marked = [p for p in sentence.related(verb, "preposition") if sentence.tokens[p].lower in _PERSONAL]
    behind = [
        o
        for p in marked
        for o in sentence.related(p, "prepositional_object")
        if not is_manner(sentence, p, o)
    ]
    own = sorted([*sentence.related(verb, "object", "recipient"), *behind])
    named = [o for o in own if sentence.tokens[o].pos != "PRON" or sentence.tokens[o].tag == "WP"]
    return named if behind else own


def is_manner(sentence: Sentence, preposition: int, noun: int) -> bool:
    """Whether "a" says how, not whom: "a baja altura", "a gritos", "a puñetazos"."""
    token = sentence.tokens[noun]
    if sentence.tokens[preposition].lower != "a" or sentence.related(noun, "determiner"):
        return False
    return token.lower in _MANNERS or token.lower.endswith(("azos", "adas"))


def prepositional(sentence: Sentence, preposition: int) -> list[int]:
    """Return the heads of the phrase that stands behind a preposition."""
    own = sentence.related(preposition, "prepositional_object")
    return [h for o in own for h in _coordinated(sentence, o)]


def shared_sides(sentence: Sentence, head: int) -> list[int]:
    """Return the two or more to whom a plural noun belongs: of "ships of A and B" A and B."""
    if not (sentence.tokens[head].plural or sentence.tokens[head].lower.endswith("s")):
        return []
    for modifier in sentence.related(head, "modifier"):
        joined = [c for c in sentence.related(modifier, "conjunct") if sentence.tokens[c].pos in _NOMINAL]
        if joined:
            return [modifier, *joined]
    for preposition in sentence.related(head, "preposition"):
        owners = prepositional(sentence, preposition)
        if sentence.tokens[preposition].lower in _OF and len(owners) > 1:
            return owners
    return []


def phrase(sentence: Sentence, head: int) -> tuple[int, int]:
    """Return the token range (stop exclusive) of the noun phrase of `head`, without its clauses."""
    start, stop = head, head + 1
    for child in sentence.children[head]:
        if child == stop and sentence.tokens[child].relation in _BEHIND:
            stop = sentence.subtree(child, without=_PHRASES)[-1] + 1
        infinitive = sentence.tokens[child - 1].lower == "to" if child else False  # "to desert Maduro"
        infinitive = infinitive or (sentence.language == "es" and sentence.tokens[child].relation == "case")
        if child < head and sentence.tokens[child].relation in _MODIFIERS and not infinitive:
            start = min(start, sentence.subtree(child)[0])
    return start, stop


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


def is_impersonal(sentence: Sentence, verb: int) -> bool:
    """Whether a Spanish verb in the plural names nobody who does it: "Detienen a un periodista"."""
    token = sentence.tokens[verb]
    finite = sentence.language == "es" and token.tag in {"VBD", "VBZ", "VBF"}
    # "Detienen a un periodista", "Se investiga al exministro"
    nobody = token.plural or (sentence.related(verb, "clitic") and _personal_objects(sentence, verb))
    return bool(finite and nobody and not subjects(sentence, verb))


def is_dependent(sentence: Sentence, verb: int) -> bool:
    """Whether a verb stands in an infinitive, gerund or subjunctive, so that another says what came of it."""
    modal = any(sentence.tokens[c].tag == "MD" for c in sentence.related(verb, "auxiliary"))
    return sentence.tokens[verb].tag in {"VB", "VBG", "VBS"} and not modal


def governor(sentence: Sentence, i: int) -> int | None:
    """Return the word that a clause or phrase hangs from, prepositions skipped; None for the root."""
    at = sentence.tokens[i].head
    if at == i:
        return None
    while sentence.tokens[at].relation == "preposition" or sentence.tokens[at].pos == "ADP":
        above = sentence.tokens[at].head
        if above == at:
            break
        at = above
    return at


def _verbal(sentence: Sentence, i: int, lemmas: frozenset[str]) -> Predicate:
    passive = is_passive(sentence, i)
    grammatical = tuple(subjects(sentence, i))
    by = _by_agents(sentence, i) if passive else ()
    return Predicate(
        head=i,
        nominal=False,
        lemmas=lemmas,
        particles=_particles(sentence, i),
        passive=passive,
        agents=by if passive else grammatical,
        patients=(grammatical if passive else ()) or tuple(objects(sentence, i)),
        recipients=tuple(_recipients(sentence, i)),
    )


def _nominal(sentence: Sentence, i: int, lemmas: frozenset[str]) -> Predicate:
    owners = sentence.related(i, "possessor", "compound", "modifier")
    by = _by_agents(sentence, i)
    return Predicate(i, True, lemmas, frozenset(), False, by or tuple(owners), (), ())


def _particles(sentence: Sentence, i: int) -> frozenset[str]:
    own = [sentence.tokens[c].lower for c in sentence.related(i, "particle", "clitic")]
    # The tagger calls a particle an adverb or a preposition as often as not.
    follows = [t.lower for t in sentence.tokens[i + 1 : i + 2] if t.pos in {"ADP", "ADV", "PART"}]
    enclitic = ["se"] if _ends_in_se(sentence, i) else []
    negated = [_NOT.get(sentence.language, "")] if sentence.related(i, "negation") else []
    return frozenset(own + follows + enclitic + negated)


def _ends_in_se(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return sentence.language == "es" and token.tag in {"VB", "VBG"} and token.lower.endswith("se")


def _by_agents(sentence: Sentence, i: int) -> tuple[int, ...]:
    by = [p for p in sentence.related(i, "preposition") if sentence.tokens[p].lower in _BY]
    if not by:  # the parser may hang it deeper: "was demanded of the envoy by Peru"
        below = sentence.subtree(i, without=_SIDE_CLAUSES)
        by = [
            p for p in below if p > i and sentence.tokens[p].lower in _BY and sentence.tokens[p].pos == "ADP"
        ][:1]
    heads = [a for p in by for h in prepositional(sentence, p) for a in _on_the_part_of(sentence, h)]
    return (*heads, *_stray(sentence, i, heads))


def _on_the_part_of(sentence: Sentence, head: int) -> list[int]:
    """Return who stands behind "por parte de", "por orden de"."""
    if sentence.language != "es" or sentence.tokens[head].lower not in _ON_THE_PART:
        return [head]
    return [h for p in sentence.related(head, "preposition") for h in prepositional(sentence, p)] or [head]


def _recipients(sentence: Sentence, verb: int) -> Iterable[int]:
    for child in sentence.related(verb, "recipient"):
        if sentence.tokens[child].pos == "ADP":
            yield from prepositional(sentence, child)
        else:
            yield from _coordinated(sentence, child)


def _coordinated(sentence: Sentence, head: int) -> list[int]:
    found, stack = [], [head]
    while stack:  # no recursion: a list of a thousand names is one chain
        found.append(at := stack.pop())
        joined = [c for c in sentence.related(at, "conjunct") if c > at]
        stack.extend(c for c in reversed(joined) if sentence.tokens[c].pos in _NOMINAL)
    return found


def _stray(sentence: Sentence, verb: int, heads: list[int]) -> list[int]:
    """Return nouns joined to the verb that belong to its last phrase: "by A and most of B"."""
    joined = sentence.related(verb, "conjunct")
    return [c for c in joined if heads and c > heads[-1] and sentence.tokens[c].pos in _NOMINAL]


def _antecedent(sentence: Sentence, pronoun: int, verb: int) -> int:
    clause = sentence.tokens[verb]
    if sentence.tokens[pronoun].tag in _RELATIVE and clause.relation == "relative_clause":
        return clause.head
    return pronoun


def _raised_object(sentence: Sentence, verb: int) -> list[int]:
    """Return the subject of an infinitive that stands right behind the verb: "urged Maduro to leave"."""
    for clause in sentence.related(verb, "complement"):
        infinitive = any(sentence.tokens[c].lower == "to" for c in sentence.related(clause, "auxiliary"))
        between = [c for c in sentence.related(clause, "subject", "passive_subject") if verb < c < clause]
        if infinitive and between:
            return between
    return []


def _shared_subject(sentence: Sentence, verb: int, depth: int) -> list[int]:
    token = sentence.tokens[verb]
    above = token.head
    if above == verb:
        return []
    if token.relation == "conjunct" and sentence.tokens[above].pos in {"NOUN", "PROPN"}:
        return [above]
    if token.relation in {"conjunct", "adverbial_clause"}:
        return subjects(sentence, above, depth + 1)
    if token.relation == "complement":
        finite = sentence.language == "es" and token.tag not in {"VB", "VBS"}
        controlled = [] if finite or is_passive(sentence, above) else objects(sentence, above)
        if any(sentence.tokens[c].lower == "a" for c in sentence.related(verb, "marker")):
            controlled = [o for o in controlled if o < verb]  # "volvió a vender gas a Perú"
        return controlled or subjects(sentence, above, depth + 1)
    if token.relation == "prepositional_clause":
        return _subject_across_preposition(sentence, above, depth)
    if token.relation in {"noun_clause", "relative_clause", "compound"}:
        return [] if _leaves_subject_out(sentence, verb) else _subject_from_noun(sentence, verb, above)
    return []


def _leaves_subject_out(sentence: Sentence, verb: int) -> bool:
    """Whether a Spanish relative clause has neither its noun nor another subject: "al que reconoció"."""
    if sentence.language != "es" or sentence.tokens[verb].relation != "relative_clause":
        return False
    return any(sentence.tokens[i].tag == "WP" and i < verb for i in sentence.subtree(verb))


def _subject_across_preposition(sentence: Sentence, preposition: int, depth: int) -> list[int]:
    """Return who plots: in "accused Rivas of plotting" the object, in "replied by plotting" the subject."""
    above = governor(sentence, preposition)
    if above is None:
        return []
    if sentence.tokens[above].pos == "NOUN":
        return _subject_from_noun(sentence, preposition, above)
    if sentence.tokens[preposition].lower in {"of", "for", "from", "into", "de", "por"} and not is_passive(
        sentence, above
    ):
        return objects(sentence, above) or subjects(sentence, above, depth + 1)
    return subjects(sentence, above, depth + 1)


def _subject_from_noun(sentence: Sentence, clause: int, noun: int) -> list[int]:
    """Return the noun that a clause stands behind, climbing out of "officer in service to …"."""
    if sentence.tokens[noun].relation == "apposition":
        noun = sentence.tokens[noun].head  # "el estudiante Jairo Pinto, que …"
    owner = sentence.related(noun, "possessor")
    if owner:
        return owner
    at = _top_noun(sentence, clause, noun)
    if at is not None:
        return [at]
    if sentence.tokens[noun].relation == "predicate_noun":  # "Peru was the first country to …"
        return subjects(sentence, sentence.tokens[noun].head) or [noun]
    top = noun
    while (
        sentence.tokens[top].relation in {"prepositional_object", "preposition"}
        and sentence.tokens[top].head != top
    ):
        top = sentence.tokens[top].head
    if sentence.tokens[clause].relation == "compound" and sentence.tokens[top].pos in _NOMINAL:
        return [top]
    return [noun]


def _top_noun(sentence: Sentence, verb: int, noun: int) -> int | None:
    """Return the noun that heads a sentence whose verb the parser took for a participle below it."""
    misread = sentence.tokens[verb].tag == "VBN" and sentence.related(verb, "object")
    if sentence.language != "en" or not misread:
        return None
    while sentence.tokens[noun].head != noun and sentence.tokens[noun].relation in {
        "prepositional_object",
        "preposition",
    }:
        noun = sentence.tokens[noun].head
    return noun if sentence.tokens[noun].relation in {"ROOT", "conjunct"} else None


def _fronted_subject(sentence: Sentence, verb: int) -> list[int]:
    """Return the subject that a parser has left in a fronted phrase: "Apart from A, B and C have …"."""
    if sentence.tokens[verb].relation not in {"ROOT", "complement"}:
        return []
    for preposition in reversed([p for p in sentence.related(verb, "preposition", "adverb") if p < verb]):
        inner = [t for t in sentence.subtree(preposition) if t < verb]
        after_comma = [t for t in inner if t > preposition and sentence.tokens[t].relation == "conjunct"]
        if after_comma and sentence.tokens[after_comma[0]].pos in _NOMINAL:
            return after_comma
        last = [t for t in inner if sentence.tokens[t].relation == "apposition"]
        if last:
            return last[-1:]
    return []
