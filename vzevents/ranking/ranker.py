"""Choices of rules + the model's view -> the code of each act: what rules leave open or contested is ranked.

What speaks for a code is weighed: how likely the model finds it at the first look, at the second with the
parties marked, by wording alone, and what a rule asked for that gives it. "No act" competes with the codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from vzevents.choices import Choice
from vzevents.codebook.patterns import Pattern
from vzevents.matching import Match, Rule
from vzevents.ranking.views import SentenceView
from vzevents.ranking.weighing import Candidate, Evidence, Weigher
from vzevents.roles import predicate_at
from vzevents.sentences import Sentence
from vzevents.situations import Situation

_ALONE = 0.6  # share of "no act" up to which an act stands that no rule is met by
_LEAST = {False: 0.2, True: 0.35}  # and what its likeliest code needs, as a verb and as a noun
_LOOKED_AT = 0.2  # from which a word that meets no rule is looked at
_REFUSED = {False: 0.9, True: 0.95}  # from which what a rule codes is no act; where it knows both parties
_KNOWN, _UNKNOWN = 0.02, 0.1  # of the model's pointer, below which a rule's own party gives way
_FILLED = 0.3  # share of nobody from which a place stays empty that a rule leaves so
_LIKELY = 0.5  # from which the model decides against infinitives, conditions and states
_CLEARLY = 0.7  # and against what a code of refusal or threat says itself: "will not", "if"
_CLEAR = 0.5  # from which the first look is enough
_SOME = 0.1  # the least likely code that is weighed
# What the model has learned to tell from acts itself, and what a code of a root says by itself.
_LEARNED = frozenset({"not_an_act", "hypothetical", "state"})
_SAID_BY = {
    "03": frozenset({"conditional"}),
    "12": frozenset({"negated"}),
    "13": frozenset({"conditional", "negated"}),
}
_CONTENT = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV"})

_SLOTS = ("S", "T")
_BARE = {
    nominal: Pattern("", language="", nominal=nominal, subject=None, heads=(), elements=(), weight=0)
    for nominal in (False, True)
}

Standing = tuple[Choice, Situation]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks the codes of one codebook with a model's views.

    `codes` are those that may be given; of those in `implying` the codebook says who is the target.
    """

    codes: frozenset[str]
    weigher: Weigher
    implying: frozenset[str] = frozenset()

    def rank(
        self,
        view: SentenceView,
        head: int,
        standing: Sequence[Standing],
        situation: Situation,
        is_known: Callable[[int], bool],
    ) -> list[Standing]:
        """Return the codes that an act may have, the best first.

        Parameters
        ----------
        view : SentenceView
            What the model says of the sentence.
        head : int
            The word of the act.
        standing : sequence of (Choice, Situation)
            What rules make of it, as it stands in its sentence.
        situation : Situation
            How it stands there whatever its code.
        is_known : callable
            Takes the head of a phrase; whether it names an actor.

        Returns
        -------
        list of (Choice, Situation)
            With their probabilities; where it most likely is no act, the best says so.
        """
        match = standing[0][0].match
        words = {head, *match.words, *standing[0][0].acts}
        rules: dict[str, Standing] = {}
        for choice, how in standing:
            rules.setdefault(choice.event_code, (choice, how))
        shares, nothing = self._weighed(view, match, words, [choice for choice, _ in rules.values()])
        ranked: list[Standing] = []
        for code, share in sorted(shares.items(), key=lambda one: -one[1]):
            if code in rules:
                choice, how = rules[code]
                ranked.append((replace(choice, probability=share), how))
            elif share >= _SOME:
                choice = _by_model(code, match, share)
                ranked.append((choice, as_learned(situation, choice)))
        if nothing > (ranked[0][0].probability or 0.0):  # then the model knows neither code nor parties
            ranked.sort(key=lambda one: one[0].event_code not in rules)
            best, how = ranked[0]
            known = all(any(map(is_known, best.match.slots.get(slot, ()))) for slot in _SLOTS)
            refusal = how.refusal or ("not_an_act" if nothing >= _REFUSED[known] else None)
            return [(best, replace(how, refusal=refusal)), *ranked[1:]]
        best, how = ranked[0]
        match = _completed(view, best.match, is_known)
        if best.event_code in rules and best.event_code in self.implying and not best.match.slots.get("T"):
            match = replace(match, slots={s: heads for s, heads in match.slots.items() if s != "T"})
        return [(replace(best, match=match), how), *ranked[1:]]

    def unmatched(self, view: SentenceView, taken: frozenset[int]) -> Iterator[Choice]:
        """Yield a choice for each act that no rule is met by; `taken` are the words that rules have used."""
        seen: set[tuple[str, tuple[int, ...], tuple[int, ...]]] = set()
        sentence = view.sentence
        words = [i for i in view.acts(_LOOKED_AT) if sentence.tokens[i].pos in _CONTENT]
        likely = {word: view.probabilities((word,)) for word in words}
        for word in sorted(words, key=lambda i: (_depth(sentence, i), i)):
            code, probability = max(likely[word].items(), key=lambda one: one[1], default=("", 0.0))
            beside = [i for i in words if likely[i].get(code, 0.0) >= probability / 2]
            if word in taken or not taken.isdisjoint(beside):
                continue  # "placed under house arrest": a rule is met by one of its words
            bare = Match(Rule(code, _BARE[False], -1), predicate_at(sentence, word), {}, (word,))
            bare = _completed(view, bare)
            shares, nothing = self._weighed(view, bare, {word}, ())
            code, share = max(shares.items(), key=lambda one: one[1], default=("", 0.0))
            choice = _by_model(code, bare, share)
            if nothing > _ALONE or share < _LEAST[bare.predicate.nominal]:
                continue
            key = (code, choice.match.slots.get("S", ()), choice.match.slots.get("T", ()))
            if key not in seen:
                seen.add(key)
                yield choice

    def _weighed(
        self, view: SentenceView, match: Match, words: Set[int], rules: Sequence[Choice]
    ) -> tuple[dict[str, float], float]:
        """Return how likely each code is, and how likely none; where that is not clear, look again."""
        slots = _completed(view, match).slots
        wording = view.wordings(slots, words)
        evidence = self._evidence(view, words, rules, wording)
        shares = self.weigher.shares(evidence)
        if max(shares) < _CLEAR:
            evidence = self._evidence(view, words, rules, wording, view.codes_between(slots, words))
            shares = self.weigher.shares(evidence)
        codes = [candidate.code for candidate in evidence.candidates]
        return dict(zip(codes, shares, strict=False)), shares[-1]

    def _evidence(
        self,
        view: SentenceView,
        words: Set[int],
        rules: Sequence[Choice],
        wording: Mapping[str, float],
        pair: Mapping[str, float] | None = None,
    ) -> Evidence:
        first = view.probabilities(words)
        given = {choice.event_code: choice.weight for choice in rules}
        looks = (first, wording, pair or {})
        likely = {code for look in looks for code, share in look.items() if share >= _SOME}
        candidates = tuple(
            Candidate(
                code,
                first.get(code, 0.0),
                wording.get(code, 0.0),
                None if pair is None else pair.get(code, 0.0),
                given.get(code),
                bool(rules) and code == rules[0].event_code,
            )
            for code in sorted((likely & self.codes) | given.keys())
        )
        return Evidence(view.sentence.language, tuple(sorted(words)), view.nothing(words), candidates)


def model_rule(event_code: str) -> str:
    """Return what stands as `rule_id` of a code that the model gives and no rule does."""
    return f"model:{event_code}"


def _by_model(code: str, match: Match, probability: float) -> Choice:
    """Return the model's own choice of a code, with the words and slots of a match."""
    pattern = _BARE[match.predicate.nominal]
    match = replace(match, rule=Rule(code, pattern, -1), acts=())
    return Choice(code, model_rule(code), match, probability=probability)


def as_learned(situation: Situation, choice: Choice) -> Situation:
    """Return how an act stands that the model is sure of: what its code itself says refuses nothing."""
    share = choice.probability or 0.0
    said = situation.refusal in _SAID_BY.get(choice.event_code[:2], ()) and share >= _CLEARLY
    learned = situation.refusal in _LEARNED and share >= _LIKELY
    return replace(situation, refusal=None) if said or learned else situation


def _completed(view: SentenceView, match: Match, is_known: Callable[[int], bool] | None = None) -> Match:
    """Return a match whose empty slots are filled by those whom the model points to.

    With `is_known` a rule's own party gives way where the model points elsewhere, or into its phrase ("the
    border with Brazil"), less readily if it is somebody known; of a joint subject ("A and B agreed") it
    tells who is the target.
    """
    slots = dict(match.slots)
    words = {match.predicate.head, *match.words, *match.acts}
    pointed = {slot: view.heads(slot, words) for slot in _SLOTS}
    by_rule = match.rule.rank >= 0
    for slot, other in (("S", "T"), ("T", "S")):
        meant = tuple(h for h in pointed[slot] if h not in pointed[other] and h not in slots.get("R", ()))
        if not meant:
            continue
        if slots.get(slot):
            if is_known is None:
                continue
            told = any(view.sentence.tokens[h].pos == "PRON" for h in slots[slot])
            doubt = _KNOWN if any(is_known(head) for head in slots[slot]) else _UNKNOWN
            if told or not view.is_better(slot, words, meant, than=slots[slot], below=doubt):
                continue
        elif by_rule and not _may_fill(view, match, slot, words, meant):
            continue
        slots[slot] = meant
        slots[other] = tuple(h for h in slots.get(other, ()) if h not in meant)
    return replace(match, slots={slot: heads for slot, heads in slots.items() if heads})


def _may_fill(view: SentenceView, match: Match, slot: str, words: Set[int], meant: Sequence[int]) -> bool:
    """Return whether somebody fills the place that a rule leaves empty."""
    if slot == "S" and match.predicate.passive:
        # "Two were jailed, and a court freed them": it is not the court that jailed them.
        later = (h for h in meant if h > match.predicate.head)
        if not view.is_sure(slot, words) or any(view.sentence.tokens[h].relation == "subject" for h in later):
            return False
    return view.shares(slot, words)[1] < _FILLED


def _depth(sentence: Sentence, word: int) -> int:
    depth = 0
    while sentence.tokens[word].head != word and depth < len(sentence.tokens):
        word, depth = sentence.tokens[word].head, depth + 1
    return depth
