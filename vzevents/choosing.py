"""Given source and target, choose one code: every sentence gets an answer, never root 01.

Two kinds of answers are ranked together: rules whose slots the two actors fill, and rules whose bare words
stand in the text. What a rule scores is written down in `_fit`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vzevents.choices import Choice
from vzevents.parties import PartyReader
from vzevents.ranking import Candidate, Evidence, SentenceModel, model_rule
from vzevents.ranking.wording import overlaps
from vzevents.sentences import Sentence
from vzevents.statements import StatementExtractor
from vzevents.unaccented import unaccented

# The answer when not one word of the codebook stands in the text; its confidence says that it is a guess.
_LAST_RESORT = "111"
# From scores to confidences: how sharply they part, and the score at which no rule is as likely right.
_TEMPERATURE = 2.0
_DOUBT = 1.0
_LEAST = 0.003  # from which a code is weighed
# People who code the same news agree on the root some nine times in ten: no answer can be surer of it.
_AGREEMENT = 0.9
_CLAUSES = frozenset({"relative_clause", "noun_clause", "conjunct"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A code for a given pair of actors, with its score and the rule behind it."""

    event_code: str
    rule_id: str
    score: float
    confidence: float = 0.0


_NONE = Answer("", "", float("-inf"))


def choose(
    extractor: StatementExtractor, sentences: Sequence[Sentence], *, source: str, target: str
) -> list[Answer]:
    """Return the codes for what `source` does to `target`, the best first; never empty.

    Parameters
    ----------
    extractor : StatementExtractor
        Gives the rules.
    sentences : sequence of Sentence
        The text, parsed.
    source, target : str
        The actors, as they stand in the text or not.

    Returns
    -------
    list of Answer
        One for each code, the best first; scores of different texts compare only roughly. With a model the
        likeliest root comes first and in it the likeliest code.
    """
    found: dict[str, Answer] = {}
    for answer in [*_by_slots(extractor, sentences, source, target), *_by_words(extractor, sentences)]:
        if answer.event_code[:2] != "01" and answer.score > found.get(answer.event_code, _NONE).score:
            found[answer.event_code] = answer
    found.setdefault(_LAST_RESORT, Answer(_LAST_RESORT, "none", -2.0))
    ranked = _weighed(sorted(found.values(), key=lambda a: (-a.score, a.event_code)))
    if extractor.model is None:
        return ranked
    text = " ".join(sentence.text for sentence in sentences)
    return _with_model(extractor.model, ranked, text, {"S": source, "T": target}, extractor.language)


def _weighed(ranked: Sequence[Answer]) -> list[Answer]:
    weights = [math.exp(a.score / _TEMPERATURE) for a in ranked]
    total = sum(weights) + math.exp(_DOUBT / _TEMPERATURE)
    return [replace(a, confidence=round(w / total, 4)) for a, w in zip(ranked, weights, strict=True)]


def _with_model(
    model: SentenceModel, ranked: Sequence[Answer], text: str, actors: Mapping[str, str], language: str
) -> list[Answer]:
    """Return the answers of rules and model together: the likeliest root first, in it the likeliest code."""
    spans = _spans(text, actors)
    rules = {answer.event_code: answer for answer in ranked}
    pair = model.code_pair(text, spans, language=language)
    wording = model.code_wording(text, spans, language=language)
    told = {code for likely in (pair, wording) for code, share in likely.items() if share >= _LEAST}
    candidates = tuple(
        Candidate(
            code,
            wording=wording.get(code, 0.0),
            pair=pair.get(code, 0.0),
            by_rules=rules[code].confidence if code in rules else 0.0,
        )
        for code in sorted(told | rules.keys())
        if code[:2] != "01"
    )
    shares = model.weigher.shares(Evidence(language, (), None, candidates))
    roots: defaultdict[str, float] = defaultdict(float)
    for candidate, share in zip(candidates, shares, strict=True):
        roots[candidate.code[:2]] += share
    first = max(roots, key=lambda root: roots[root])
    answers = [
        Answer(
            one.code,
            rules[one.code].rule_id if one.code in rules else model_rule(one.code),
            share,
            round(_AGREEMENT * share, 4),
        )
        for one, share in zip(candidates, shares, strict=True)
    ]
    return sorted(answers, key=lambda a: (a.event_code[:2] != first, -a.score, a.event_code))


def _spans(text: str, names: Mapping[str, str]) -> dict[str, list[tuple[int, int]]]:
    """Return where names stand first in a text, as code points; none where they do not, or overlap."""
    found: dict[str, list[tuple[int, int]]] = {}
    for slot, name in names.items():
        words = name.strip()
        start = text.find(words) if words else -1
        end = start + len(words)
        free = not any(overlaps(spans, start, end) for spans in found.values())
        found[slot] = [(start, end)] if start >= 0 and free else []
    return found


def _by_slots(
    extractor: StatementExtractor, sentences: Sequence[Sentence], source: str, target: str
) -> Iterator[Answer]:
    parties = PartyReader(extractor.resolver, extractor.words, sentences, published=None)
    for sentence in sentences:
        parties.begin(sentence)
        spans = {"S": _tokens_of(sentence, source), "T": _tokens_of(sentence, target)}
        chosen = extractor.chooser.choose(sentence, parties)
        inside = {act for found in chosen.values() for act in found[0].acts}
        for head, found in chosen.items():
            situation = extractor.situations.read(sentence, found[0].match.predicate)
            if situation.refusal == "negated":
                situation = replace(situation, intended=True)  # with actors given, "did not" is a refusal
            for rank, choice in enumerate(found):
                read = extractor.chooser.as_it_stands(choice, situation)[0]
                score = _fit(sentence, choice, spans) - 0.1 * rank - 2.0 * (head in inside)
                score -= 1.0 * bool(situation.refusal)
                yield Answer(read.event_code, read.rule_id, score)


def _fit(sentence: Sentence, choice: Choice, spans: Mapping[str, frozenset[int]]) -> float:
    """Score a choice: its weight, and the slots that the right or the wrong actor fills."""
    match = choice.match
    score = 0.4 * match.rule.pattern.weight
    for slot, other in (("S", "T"), ("T", "S")):
        phrases = {i for head in match.slots.get(slot, ()) for i in sentence.subtree(head, without=_CLAUSES)}
        score += 2.5 * bool(phrases & spans[slot]) - 1.5 * bool(phrases & spans[other])
    behind = {i for i in sentence.subtree(match.predicate.head) if i > match.predicate.head}
    if not match.slots.get("T"):
        score += 1.5 * bool(behind & spans["T"])
    first = min(spans["S"] | spans["T"], default=0)
    last = max(spans["S"] | spans["T"], default=len(sentence.tokens))
    return score + 0.7 * (first <= match.predicate.head <= last) - 0.5 * match.predicate.nominal


def _tokens_of(sentence: Sentence, name: str) -> frozenset[int]:
    """Return the tokens of a sentence in which a given actor's words stand."""
    wanted = {unaccented(word) for word in name.split()}
    at = sentence.text.find(name.strip())
    if at >= 0:
        start, end = sentence.start + at, sentence.start + at + len(name.strip())
        return frozenset(t.i for t in sentence.tokens if t.start >= start and t.end <= end)
    nouns = (t for t in sentence.tokens if t.pos in {"NOUN", "PROPN"})
    return frozenset(t.i for t in nouns if unaccented(t.text) in wanted)


def _by_words(extractor: StatementExtractor, sentences: Sequence[Sentence]) -> Iterator[Answer]:
    """Yield the rules whose words all stand in a sentence, whatever its grammar."""
    for sentence in sentences:
        words = {w for t in sentence.tokens for w in t.forms}
        for rule in extractor.chooser.matcher.headed_by(words):
            asked = [e.words for e in rule.pattern.elements if e.kind in {"words", "anywhere"}]
            if rule.key not in extractor.codebook.operators and all(
                not words.isdisjoint(one) for one in asked
            ):
                yield Answer(rule.key, rule.rule_id, 0.4 * rule.pattern.weight - 2.0)
