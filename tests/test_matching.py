"""Matching: which patterns a predicate meets, and which phrases fill their slots."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vzevents.codebook.patterns import parse_pattern
from vzevents.matching import Match, Matcher, Rule
from vzevents.roles import find_predicates
from vzevents.sentences import Sentence

Parse = Callable[[str], Sentence]
WORDS = {"goods": frozenset({"food", "tents"}), "talks": frozenset({"talks", "dialogue"})}
# What the actors of these tests are; everybody else is nobody.
ACTORS = {
    "Peru": {"GOV", "state", "known"},
    "Chile": {"GOV", "state", "known"},
    "general": {"MIL", "person", "known"},
    "lawmaker": {"LEG", "person", "known"},
    "police": {"COP", "group", "known"},
}


def _rule(pattern: str, *, key: str = "000", rank: int = 0) -> Rule:
    return Rule(key, parse_pattern(pattern, language="en", words=WORDS), rank)


def _matches(sentence: Sentence, *patterns: str) -> list[Match]:
    matcher = Matcher(_rule(pattern, rank=rank) for rank, pattern in enumerate(patterns))

    def fits(head: int, conditions: frozenset[str]) -> bool:
        return not conditions or not conditions.isdisjoint(ACTORS.get(sentence.tokens[head].text, ()))

    predicates = find_predicates(sentence, matcher.verbs, matcher.nouns)
    return [match for found in matcher.match(sentence, predicates, fits).values() for match in found]


def _filled(sentence: Sentence, match: Match) -> dict[str, str]:
    texts = {slot: " ".join(sentence.tokens[h].text for h in heads) for slot, heads in match.slots.items()}
    return {slot: text for slot, text in texts.items() if text}


@pytest.mark.parametrize(
    ("text", "pattern", "filled"),
    [
        # slots behind the head
        ("Peru thanked Chile.", "thank T", {"S": "Peru", "T": "Chile"}),
        ("Peru thanked Chile and Brazil.", "thank T", {"S": "Peru", "T": "Chile Brazil"}),
        ("Peru smiled.", "thank T", None),
        ("Peru waited.", "wait T", None),
        ("Chile was thanked by Peru.", "thank T", {"S": "Peru", "T": "Chile"}),
        ("Chile was thanked.", "thank T", {"T": "Chile"}),
        ("Peru gave Chile tents.", "give T <goods>", {"S": "Peru", "T": "Chile"}),
        ("Peru gave tents to Chile.", "give <goods> to T", {"S": "Peru", "T": "Chile"}),
        # slots behind prepositions
        ("Peru argued with Chile.", "argue with T", {"S": "Peru", "T": "Chile"}),
        ("Peru argued against Chile.", "argue with|against T", {"S": "Peru", "T": "Chile"}),
        ("Peru argued for Chile.", "argue with|against T", None),
        (
            "Peru joined Chile against Bolivia.",
            "join R against T",
            {"S": "Peru", "R": "Chile", "T": "Bolivia"},
        ),
        # the slot in front
        ("Peru received tents from Chile.", "T receive <goods> from S", {"T": "Peru", "S": "Chile"}),
        ("Peru and Chile met.", "S&T meet", {"S": "Peru", "T": "Chile"}),
        ("Peru met.", "S&T meet", None),
        ("Peru met Chile.", "meet &T", {"S": "Peru", "T": "Chile"}),
        # conditions
        ("The general thanked Chile.", "S:MIL thank T", {"S": "general", "T": "Chile"}),
        ("Peru thanked Chile.", "S:MIL thank T", None),
        ("Peru thanked Chile.", "S:MIL|GOV thank T", {"S": "Peru", "T": "Chile"}),
        ("Peru thanked the lawmaker.", "thank T:person", {"S": "Peru", "T": "lawmaker"}),
        ("Peru thanked Chile.", "thank T:person", None),
        ("Peru thanked the lawmaker and Chile.", "thank T:LEG", {"S": "Peru", "T": "lawmaker"}),
        # words, sets, particles
        ("Peru signed a treaty.", "sign treaty", {"S": "Peru"}),
        ("Peru signed two treaties.", "sign treaty", {"S": "Peru"}),
        ("Peru signed a poem.", "sign treaty|pact", None),
        ("Peru shipped tents.", "ship <goods>", {"S": "Peru"}),
        ("Peru shipped guns.", "ship <goods>", None),
        ("The tents were shipped by Peru.", "ship <goods>", {"S": "Peru"}),
        ("Peru spoke of talks.", "speak of <talks>", {"S": "Peru"}),
        ("Peru spoke of guns.", "speak of <talks>", None),
        ("Peru called off the talks.", "call_off <talks>", {"S": "Peru"}),
        ("Peru called the talks off.", "call_off <talks>", {"S": "Peru"}),
        ("Peru called the talks a farce.", "call_off <talks>", None),
        ("Peru spoke softly.", "speak *", {"S": "Peru"}),
        # words anywhere, and words that must not stand there
        ("Peru found in its old harbor two dead.", "find ... dead", {"S": "Peru"}),
        ("Peru found in its old harbor two ships.", "find ... dead", None),
        ("Peru attacked Chile.", "attack T !verbally", {"S": "Peru", "T": "Chile"}),
        ("Peru attacked Chile verbally.", "attack T !verbally", None),
        ("Peru verbally attacked Chile.", "attack T !verbally", None),
        # what may be missing
        ("Peru closed the border.", "close border (with T)", {"S": "Peru"}),
        ("Peru closed the border with Chile.", "close border (with T)", {"S": "Peru", "T": "Chile"}),
        ("Peru closed the shop.", "close border (with T)", None),
        # nouns that name acts
        (
            "The arrest of the lawmaker by police was late.",
            "the arrest of T by S",
            {"S": "police", "T": "lawmaker"},
        ),
        ("The arrest of the lawmaker was late.", "the arrest of T by S", None),
        ("Peru's visit to Chile was late.", "the visit to T", {"S": "Peru", "T": "Chile"}),
        ("Peru will arrest the lawmaker.", "the arrest of T", None),
        ("The arrest of the lawmaker was late.", "arrest T", None),
        # clauses of their own hold words of their own
        ("Peru thanked Chile, which shipped tents.", "thank ... tents", None),
        ("Peru laughed and Chile shipped tents.", "laugh ... tents", None),
    ],
)
def test_match(text: str, pattern: str, filled: dict[str, str] | None, parse: Parse) -> None:
    """A pattern is met if all that it asks for is there; its slots hold the right phrases."""
    sentence = parse(text)
    found = _matches(sentence, pattern)
    assert [_filled(sentence, match) for match in found] == ([] if filled is None else [filled])


@pytest.mark.parametrize(
    ("text", "pattern", "words"),
    [
        ("Peru called off the talks with Chile.", "call_off <talks> with T", ["talks"]),
        ("Peru spoke of new talks.", "speak of <talks>", ["talks"]),
        ("Peru attacked Chile.", "attack T !verbally", []),
        ("Peru spoke softly.", "speak *", []),
    ],
)
def test_words_met(text: str, pattern: str, words: list[str], parse: Parse) -> None:
    """The words that a rule asked for are told; what is anything, or forbidden, is no such word."""
    sentence = parse(text)
    (match,) = _matches(sentence, pattern)
    assert [sentence.tokens[i].text for i in match.words] == words


@pytest.mark.parametrize(
    ("text", "pattern", "acts"),
    [
        ("Peru urged Chile to leave.", "urge T to ACT", ["leave"]),
        ("Peru planned to leave.", "plan to ACT", ["leave"]),
        ("Peru suspended talks.", "suspend ACT", ["talks"]),
        ("Peru warned of attacks.", "warn of ACT", ["attacks"]),
        ("Peru ruled out leaving.", "rule_out ACT", ["leaving"]),
        ("Peru urged Chile.", "urge T to ACT", None),
    ],
)
def test_act_inside(text: str, pattern: str, acts: list[str] | None, parse: Parse) -> None:
    """An operator finds the clause or noun that may name the act inside, and is not met without one."""
    sentence = parse(text)
    found = [[sentence.tokens[i].text for i in match.acts] for match in _matches(sentence, pattern)]
    assert found == ([] if acts is None else [acts])


def test_word_of_a_rule_is_no_actor(parse: Parse) -> None:
    """A word that the pattern asks for fills no slot of it."""
    sentence = parse("Peru shipped tents.")
    assert _matches(sentence, "ship <goods> T") == []


@pytest.mark.parametrize(
    ("text", "known"),
    [("Peru thanked Chile.", 2), ("Peru thanked a baker.", 1), ("A baker thanked a cook.", 0)],
)
def test_known_actors(text: str, known: int, parse: Parse) -> None:
    """Slots filled by actors of the codebook are counted."""
    (match,) = _matches(parse(text), "thank T")
    assert match.known == known


@pytest.mark.parametrize(
    ("text", "weaker", "stronger"),
    [
        ("Peru thanked Chile for tents.", "thank T", "thank T for <goods>"),
        ("Peru thanked Chile.", "thank T", "thank T:state"),
        ("The general thanked Chile.", "thank T", "S:MIL thank T"),
        ("Peru closed the border with Chile.", "close border", "close border (with T)"),
        ("Peru called off the talks.", "call talks", "call_off talks"),
    ],
)
def test_strength(text: str, weaker: str, stronger: str, parse: Parse) -> None:
    """Who asks for more, or fills more slots, is stronger, in whatever order the rules stand."""
    for order in ((weaker, stronger), (stronger, weaker)):
        best = max(_matches(parse(text), *order), key=lambda match: match.strength)
        assert best.rule.pattern.text == stronger


def test_earlier_pattern_is_stronger(parse: Parse) -> None:
    """Of two patterns alike in all else, the one earlier in the codebook wins."""
    first, second = sorted(
        _matches(parse("Peru thanked Chile."), "thank T", "thank|laud T"), key=lambda m: m.rule.rank
    )
    assert first.strength > second.strength


def test_matcher_index() -> None:
    """Rules are found by any of their heads, verbs and nouns apart, in the order of the codebook."""
    late, early = _rule("thank|praise T", key="051", rank=5), _rule("the praise of T", key="052", rank=2)
    matcher = Matcher([late, early])
    assert matcher.verbs == {"thank", "praise"}
    assert matcher.nouns == {"praise"}
    assert matcher.headed_by(["praise", "thank"]) == [early, late]
    assert matcher.headed_by(["thank"]) == [late]
    assert matcher.headed_by(["blame"]) == []


def test_rule_id() -> None:
    """A rule is called by its code and the pattern as written, for whoever looks it up."""
    assert _rule("thank|praise T", key="051").rule_id == "051:thank|praise T"
