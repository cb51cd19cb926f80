"""docs/patterns.md: every pattern in it is one, weighs what it says, and its grammar is the parser's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vzevents.codebook import Codebook, find_problems
from vzevents.codebook.patterns import PREPOSITIONS, Pattern, PatternError, parse_pattern

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(en|es)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
LINES = [(language, line) for language, block in BLOCKS for line in block.splitlines()]
# Rows of the tables that give a pattern in each language; of the first only the last two columns.
PAIRS = re.findall(r"^\|.*\| `([^`]+)` \| `([^`]+)` \|$", PAGE, re.MULTILINE)
WEIGHTS = re.findall(r"^\| (\d) \| `([^`]+)` \| `([^`]+)` \|$", PAGE, re.MULTILINE)
GRAMMAR = PAGE.partition("## Grammar")[2]


def parsed(codebook: Codebook, language: str, line: str) -> Pattern:
    """Parse a pattern of the page with the word sets of the codebook."""
    return parse_pattern(line.replace("\\|", "|"), language=language, words=codebook.words[language])


def test_the_page_has_patterns_of_both_languages() -> None:
    """There is something to parse in every place that the tests below look at."""
    assert {language for language, _ in LINES} == {"en", "es"}
    assert len(LINES) > 25
    assert (len(PAIRS), len(WEIGHTS)) == (14, 9)


@pytest.mark.parametrize(("language", "line"), LINES)
def test_every_pattern_in_a_block_is_one(codebook: Codebook, language: str, line: str) -> None:
    """A line of a block marked en or es is a pattern of that language."""
    assert parsed(codebook, language, line).text == line


@pytest.mark.parametrize(("english", "spanish"), PAIRS)
def test_patterns_of_a_row_say_the_same(codebook: Codebook, english: str, spanish: str) -> None:
    """The English and the Spanish pattern of a row are built alike."""
    one, other = parsed(codebook, "en", english), parsed(codebook, "es", spanish)
    assert one.nominal == other.nominal
    assert len(one.heads) > 1 or len(other.heads) == 1
    assert [e.kind for e in one.elements if e.kind != "words"] == [
        e.kind for e in other.elements if e.kind != "words"
    ]


@pytest.mark.parametrize(("weight", "english", "spanish"), WEIGHTS)
def test_weights_are_those_of_the_parser(codebook: Codebook, weight: str, english: str, spanish: str) -> None:
    """What the page says of precedence is what decides."""
    assert parsed(codebook, "en", english).weight == int(weight)
    assert parsed(codebook, "es", spanish).weight == int(weight)


def test_every_piece_of_the_notation_is_shown(codebook: Codebook) -> None:
    """Among the patterns of each language are all kinds of elements, conditions, optional and mutual ones."""
    for language in ("en", "es"):
        patterns = [parsed(codebook, one, line) for one, line in LINES if one == language]
        elements = [element for pattern in patterns for element in pattern.elements]
        assert {e.kind for e in elements} == {"slot", "words", "any", "act", "anywhere", "never"}
        assert {name for e in elements if e.slot for name in [e.slot.name]} >= {"S", "T", "R"} - {"S"}
        assert any(e.optional for e in elements)
        assert any(e.slot and e.slot.words for e in elements)
        assert any(p.nominal for p in patterns)
        assert any(p.is_mutual for p in patterns)
        assert any(p.subject and p.subject.conditions for p in patterns)


def test_prepositions_on_the_page_are_those_of_the_parser() -> None:
    """The lists are written by the program."""
    for language, name in (("en", "English"), ("es", "Spanish")):
        (listed,) = re.findall(rf"^Prepositions in {name}: (.*)\.$", PAGE, re.MULTILINE)
        assert set(listed.split(", ")) == PREPOSITIONS[language]


# The steps that add a verb


def test_the_verb_of_the_page_can_be_added(tmp_path: Path) -> None:
    """Each step of the page, done to the codebook, leaves one without a new problem."""
    book = tmp_path / "codebook"
    shutil.copytree(ROOT / "codebook", book)
    before = [problem.message for problem in find_problems(book)]
    steps = [yaml.safe_load(block) for block in re.findall(r"^   ```yaml\n(.*?)^   ```$", PAGE, re.M | re.S)]
    (verb,) = {"spike"} & set(steps[0]["refusing"])
    words = book / "words.yaml"
    text = words.read_text(encoding="utf-8")
    assert verb not in yaml.safe_load(text)["en"]["refusing"]
    words.write_text(text.replace("  refusing: [", f"  refusing: [{verb}, ", 1), encoding="utf-8")
    assert verb in Codebook.load(book).words["en"]["refusing"]
    (line,) = steps[1]["patterns"]["en"]
    assert parse_pattern(line, language="en", words={}).heads == ((verb, None),)
    examples = book / "examples" / "en" / "train" / "12.yaml"
    entries = yaml.safe_load(examples.read_text(encoding="utf-8"))
    entries["120"] += steps[2]
    examples.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), encoding="utf-8")
    after = [problem.message for problem in find_problems(book)]
    assert [message for message in after if message not in before] == []


# The grammar

_WORDS = {"name": frozenset({"one", "two"})}
_word = st.sampled_from(["accuse", "señalar", "o'clock", "re-elect", "have_to", "Treason", "x2"])
_set = st.just("<name>")
_condition = st.one_of(st.sampled_from(["GOV", "VEN", "known", "group_of_states", "colonel"]), _set)


def barred(one: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return several joined by bars."""
    return st.lists(one, min_size=1, max_size=3).map("|".join)


_words = barred(st.one_of(_word, _set))
_conditions = st.one_of(st.just(""), barred(_condition).map(":{}".format))
_slot = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from(["", "&"]), st.sampled_from("STR"), _conditions),
    st.builds("S&T{}".format, _conditions),
)
_piece = st.one_of(_slot, st.just("*"), st.just("ACT"), _words, _words.map("!{}".format))
_prepositions = st.one_of(st.just(""), barred(st.sampled_from(["of", "against", "to"])).map("{} ".format))
_element = st.builds("{}{}{}".format, _prepositions, st.sampled_from(["", "... "]), _piece)
_group = st.one_of(_element, st.lists(_element, min_size=1, max_size=2).map(" ".join).map("({})".format))
_pattern = st.builds(
    "{}{}{} {}".format,
    st.sampled_from(["", "the "]),
    st.one_of(st.just(""), _slot.map("{} ".format)),
    barred(st.one_of(_word, st.just("call_off"), _set)),
    st.lists(_group, max_size=4).map(" ".join),
).map(str.strip)


@given(_pattern)
def test_what_the_grammar_allows_is_parsed(line: str) -> None:
    """Every line made by the rules of the page is a pattern."""
    assert parse_pattern(line, language="en", words=_WORDS).text == line


@given(_pattern, st.sampled_from(["<none>", "T:XYZW|GO2", "a||b", "|", "#", "S:", "!", "2nd"]))
def test_what_the_grammar_does_not_allow_is_refused(line: str, piece: str) -> None:
    """A piece that no rule makes is refused, wherever the rest is right."""
    with pytest.raises(PatternError):
        parse_pattern(f"{line} {piece}", language="en", words=_WORDS)


def test_the_grammar_names_what_it_uses() -> None:
    """Every name on the right of a rule has a rule, so that none of the page's grammar hangs in the air."""
    rules = dict(re.findall(r"^(\w+) +=(.*);", GRAMMAR, re.MULTILINE))
    for right in rules.values():
        plain = re.sub(r"\(\*.*?\*\)|\"[^\"]*\"|3 capitals|…", " ", right)
        unknown = set(re.findall(r"[a-z]+", plain)) - {*rules, "name", "letter", "digit", "preposition"}
        assert unknown == set()
