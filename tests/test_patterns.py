"""The pattern notation: every piece of it, what a pattern weighs, and what each mistake is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.codebook import Codebook
from vzevents.codebook.patterns import PREPOSITIONS, Element, Pattern, PatternError, Slot, parse_pattern

WORDS = {"goods": frozenset({"food", "tents"}), "talks": frozenset({"talks", "dialogue"})}
S, T, R = Slot("S"), Slot("T"), Slot("R")


def _parse(text: str, language: str = "en") -> Pattern:
    return parse_pattern(text, language=language, words=WORDS)


def _only(text: str) -> Element:
    (element,) = _parse(text).elements
    return element


def _words(*words: str, behind: tuple[str, ...] = (), optional: bool = False) -> Element:
    return Element("words", frozenset(behind), words=frozenset(words), optional=optional)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("praise", [("praise", None)]),
        ("praise|laud", [("laud", None), ("praise", None)]),
        ("call_off", [("call", "off")]),
        ("launch|carry_out", [("carry", "out"), ("launch", None)]),
        ("<talks>", [("dialogue", None), ("talks", None)]),
        ("hold|<talks>", [("dialogue", None), ("hold", None), ("talks", None)]),
        ("Praise", [("praise", None)]),
        ("o'clock", [("o'clock", None)]),
        ("re-elect", [("re-elect", None)]),
        ("señalar", [("señalar", None)]),
    ],
)
def test_heads(text: str, heads: list[tuple[str, str | None]]) -> None:
    """A head is one word or several joined by a bar, each with its particle; a set stands for its words."""
    assert list(_parse(text).heads) == heads


@pytest.mark.parametrize(
    ("text", "element"),
    [
        ("thank T", Element("slot", slot=T)),
        ("join R", Element("slot", slot=R)),
        ("call for S", Element("slot", frozenset({"for"}), slot=S)),
        ("arrive with|from T", Element("slot", frozenset({"with", "from"}), slot=T)),
        ("arrest T:person", Element("slot", slot=Slot("T", frozenset({"person"})))),
        ("arrest T:OPP|LEG", Element("slot", slot=Slot("T", frozenset({"OPP", "LEG"})))),
        ("meet &T", Element("slot", slot=Slot("T", mutual=True))),
        ("meet with &T:GOV", Element("slot", frozenset({"with"}), slot=Slot("T", frozenset({"GOV"}), True))),
        ("say *", Element("any")),
        ("deny that|of *", Element("any", frozenset({"that", "of"}))),
        ("urge to ACT", Element("act", frozenset({"to"}))),
        ("consider ACT", Element("act")),
        ("sign treaty", _words("treaty")),
        ("sign Treaty|pact", _words("treaty", "pact")),
        ("ship <goods>", _words("food", "tents")),
        ("ship <goods>|water", _words("food", "tents", "water")),
        ("pay for <goods>", _words("food", "tents", behind=("for",))),
        ("say ... dead|killed", Element("anywhere", words=frozenset({"dead", "killed"}))),
        ("attack !verbally", Element("never", words=frozenset({"verbally"}))),
        ("attack !in <goods>", None),
        ("march (against T)", Element("slot", frozenset({"against"}), slot=T, optional=True)),
        ("march (T)", Element("slot", slot=T, optional=True)),
        ("march (<talks>)", _words("talks", "dialogue", optional=True)),
        ("send (for <goods>)", _words("food", "tents", behind=("for",), optional=True)),
    ],
)
def test_element(text: str, element: Element | None) -> None:
    """Each piece behind the head becomes one element; a word that no preposition may follow stays a word."""
    if element is None:
        assert [e.kind for e in _parse(text).elements] == ["never", "words"]
    else:
        assert _only(text) == element


def test_parentheses_end_where_they_close() -> None:
    """Only what stands between the parentheses may be missing, though it be several pieces."""
    optional = [e.optional for e in _parse("lift embargo (on|against T with <goods>) at dawn").elements]
    assert optional == [False, True, True, False]


def test_preposition_behind_preposition_is_a_word() -> None:
    """A second preposition is what the first one introduces: "from" + "within"."""
    assert _only("criticise from within") == _words("within", behind=("from",))


@pytest.mark.parametrize(
    ("text", "language", "nominal", "head"),
    [
        ("the arrest of T", "en", True, "arrest"),
        ("arrest T", "en", False, "arrest"),
        ("el arresto de T", "es", True, "arresto"),
        ("la captura de T", "es", True, "captura"),
        ("los arrestos de T", "es", True, "arrestos"),
        ("las capturas de T", "es", True, "capturas"),
        ("the arresto", "es", False, "the"),
    ],
)
def test_article_marks_a_noun(text: str, language: str, nominal: bool, head: str) -> None:
    """An article of the language in front says that the head is a noun; another language's is a word."""
    pattern = _parse(text, language)
    assert pattern.nominal is nominal
    assert pattern.heads == ((head, None),)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("thank T", None),
        ("T receive <goods>", T),
        ("S:MIL withdraw", Slot("S", frozenset({"MIL"}))),
        ("S:GOV|IGO withdraw", Slot("S", frozenset({"GOV", "IGO"}))),
        ("S&T meet", Slot("S&T", mutual=True)),
        ("&T meet", Slot("T", mutual=True)),
        ("the T arrest", T),
    ],
)
def test_subject(text: str, subject: Slot | None) -> None:
    """A slot before the head is the subject, whatever it is; without one nothing is asked of it."""
    assert _parse(text).subject == subject


@pytest.mark.parametrize(
    ("text", "mutual"), [("S&T meet", True), ("meet with &T", True), ("meet T", False), ("meet", False)]
)
def test_is_mutual(text: str, mutual: bool) -> None:
    """A pattern is mutual if any of its slots says so."""
    assert _parse(text).is_mutual is mutual


@pytest.mark.parametrize(("text", "operator"), [("urge T to ACT", True), ("urge T", False), ("act", False)])
def test_is_operator(text: str, operator: bool) -> None:
    """A pattern that holds another act is one for operators."""
    assert _parse(text).is_operator is operator


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("praise", 0),
        ("praise|laud", 0),
        ("call_off", 2),
        ("launch|carry_out", 0),
        ("break_off|call_off", 2),
        ("praise T", 1),
        ("praise T:OPP", 2),
        ("praise T:OPP|LEG", 2),
        ("S:MIL praise T", 3),
        ("S:MIL praise T:OPP", 4),
        ("S&T meet", 1),
        ("meet with &T", 1),
        ("praise T for <goods>", 3),
        ("praise ... loyalty", 2),
        ("say *", 0),
        ("urge T to ACT", 1),
        ("attack T !verbally", 2),
        ("ship <goods> (to T)", 2),
        ("lift embargo (on|against T:GOV)", 2),
        ("the arrest of T by S", 2),
        ("call_off talks with T", 5),
    ],
)
def test_weight(text: str, weight: int) -> None:
    """Words asked for count two, slots, conditions and forbidden words one, what is optional nothing.

    A particle is a word asked for, if every head has one.
    """
    assert _parse(text).weight == weight


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' has no head word; write the verb first, or the article and the noun"),
        ("   ", "'   ' has no head word"),
        ("the", "'the' has no head word"),
        ("S:MIL", "'S:MIL' has no head word"),
        ("the T", "'the T' has no head word"),
        ("ship <gods>", "no word set <gods>; words.yaml has goods"),
        ("<gods> T", "no word set <gods>; words.yaml has goods"),
        ("sign treaty with", "'treaty with' ends in 'with'; a slot or words must follow"),
        ("sign (with T", "'(with T' ends in 'T'; a slot or words must follow"),
        ("say ...", "'...' ends in '...'; a slot or words must follow"),
        ("arrest T:", "'T:' is neither a slot (S, T, R, ACT, *), a word set <name> nor words joined by |"),
        ("arrest U:OPP", "'U:OPP' is neither a slot"),
        ("arrest T:O-P", "'O-P' in 'T:O-P' is no role and no country; write GOV, VEN, a kind or a word"),
        ("pay 100", "'100' is neither a slot"),
        ("arrest T,R", "'T,R' is neither a slot"),
        ("sign a||b", "'a||b' is neither a slot"),
        ("sign <goods", "'<goods' is neither a slot"),
        ("attack !", "'' is neither a slot"),
        ("R&T", "'R&T' is neither a slot"),
        ("*", "'*' is neither a slot"),
    ],
)
def test_mistake(text: str, message: str) -> None:
    """A piece that the notation does not have is refused with the piece and what is allowed."""
    with pytest.raises(PatternError) as caught:
        _parse(text)
    assert str(caught.value).startswith(message)


def test_no_word_sets() -> None:
    """Where a language has no word sets the message says so."""
    with pytest.raises(PatternError, match=r"no word set <goods>; words.yaml has none"):
        parse_pattern("ship <goods>", language="es", words={})


def test_pattern_error_is_a_value_error() -> None:
    """Callers may catch the builtin."""
    with pytest.raises(ValueError, match="has no head word"):
        _parse("")


@given(st.text(max_size=40))
def test_any_text_parses_or_is_refused(text: str) -> None:
    """Whatever is written, the answer is a pattern that keeps the line, or a PatternError."""
    try:
        pattern = _parse(text)
    except PatternError:
        return
    assert pattern.text == text
    assert pattern.heads
    assert pattern.weight >= 0


def test_prepositions_of_the_languages_differ() -> None:
    """What introduces a phrase is the language's own: "with" is a mere word in Spanish."""
    assert _parse("reunirse con T", "es").elements[0].prepositions == {"con"}
    assert [e.kind for e in _parse("reunirse with T", "es").elements] == ["words", "slot"]
    assert "with" not in PREPOSITIONS["es"]


def test_patterns_of_the_codebook(codebook: Codebook) -> None:
    """Codes hold no act inside theirs, operators do: else a rule could never be met or never be told."""
    of_codes = [p for code in codebook for p in code.patterns]
    of_operators = [p for operator in codebook.operators.values() for p in operator.patterns]
    assert not [p.text for p in of_codes if p.is_operator]
    assert [p.text for p in of_operators if not p.is_operator] == []
    assert len(of_codes) > 300
