"""Sentences: where they begin and end, what the parser makes of them, and their hash."""

from __future__ import annotations

import builtins
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.errors import MissingExtraError
from vzevents.sentences import Sentence, load_model, model_stamp, parse_text, sentence_sha256

Parse = Callable[[str], Sentence]

# Word, relation, head. Another model version that reads them otherwise changes what is coded.
GOLDEN = {
    "Peru expelled two Venezuelan diplomats on Monday.": [
        ("Peru", "subject", "expelled"),
        ("expelled", "ROOT", "expelled"),
        ("two", "number", "diplomats"),
        ("Venezuelan", "modifier", "diplomats"),
        ("diplomats", "object", "expelled"),
        ("on", "preposition", "expelled"),
        ("Monday", "prepositional_object", "on"),
        (".", "punct", "expelled"),
    ],
    "Chile said it would not recall its envoy.": [
        ("Chile", "subject", "said"),
        ("said", "ROOT", "said"),
        ("it", "subject", "recall"),
        ("would", "auxiliary", "recall"),
        ("not", "negation", "recall"),
        ("recall", "complement", "said"),
        ("its", "possessor", "envoy"),
        ("envoy", "object", "recall"),
        (".", "punct", "said"),
    ],
    "Residents were dispersed by the National Guard who had fled.": [
        ("Residents", "passive_subject", "dispersed"),
        ("were", "passive_auxiliary", "dispersed"),
        ("dispersed", "ROOT", "dispersed"),
        ("by", "preposition", "dispersed"),
        ("the", "determiner", "Guard"),
        ("National", "compound", "Guard"),
        ("Guard", "prepositional_object", "by"),
        ("who", "subject", "fled"),
        ("had", "auxiliary", "fled"),
        ("fled", "relative_clause", "Guard"),
        (".", "punct", "dispersed"),
    ],
}


@pytest.mark.parametrize("text", GOLDEN)
def test_golden_parse(text: str, parse: Parse) -> None:
    """The parser reads a sentence as it did when the codebook's examples were last run."""
    tokens = parse(text).tokens
    assert [(t.text, t.relation, tokens[t.head].text) for t in tokens] == GOLDEN[text]


def test_model_stamp() -> None:
    """Language, name and version of the model are told, whichever package holds it."""
    name, _, version = model_stamp("en").rpartition("-")
    assert name.startswith("en_core_web_sm")
    assert version.startswith("3.")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n\r\n\t ", []),
        ("Peru acted. Chile waited.", ["Peru acted.", "Chile waited."]),
        ("Peru acted\nChile waited", ["Peru acted", "Chile waited"]),
        ("Peru acted.\r\n\r\n  \r\nChile waited.\n", ["Peru acted.", "Chile waited."]),
        ("  Peru acted.  ", ["Peru acted."]),
        ("A 😀 day. Peru acted.", ["A 😀 day.", "Peru acted."]),
        ("Gen. Rivas met Mr. Soto in St. Lucia.", ["Gen. Rivas met Mr. Soto in St. Lucia."]),
    ],
)
def test_split(text: str, sentences: list[str]) -> None:
    """Full stops and line breaks end a sentence; white space around it is not of it."""
    found = parse_text(text)
    assert [s.text for s in found] == sentences
    assert [s.index for s in found] == list(range(len(sentences)))


@pytest.mark.parametrize(
    "text",
    [
        "Peru acted. Chile waited.",
        "😀😀 Peru acted.\r\n\r\nChile waited — 🇵🇪 too.\n\n\n  Brazil slept.",
        "Cafe\u0301 Núñez closed. \u00a0Peru acted.",
        "LIMA (Invented) -- Peru acted. Chile waited.\nLIMA, Feb. 3 — Brazil slept.",
        "Peru\tacted\u2009twice.\u2028Chile waited.",
    ],
)
def test_offsets(text: str) -> None:
    """Sentences and words stand where they say, in code points of the text exactly as given."""
    sentences = parse_text(text)
    assert len(sentences) > 1
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip()
        assert [text[t.start : t.end] for t in sentence.tokens] == [t.text for t in sentence.tokens]
        assert [t.i for t in sentence.tokens] == list(range(len(sentence.tokens)))
    assert [s.start for s in sentences] == sorted(s.start for s in sentences)


@given(st.lists(st.sampled_from(["Peru met Chile.", "😀", "\r\n", "\n", " ", "\t", "—", "“Yes”,", "Núñez"])))
def test_offsets_of_any_text(pieces: list[str]) -> None:
    """However a text is put together, every sentence stands where it says and none overlaps the next."""
    text = "".join(pieces)
    sentences = parse_text(text)
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert all(one.end <= other.start for one, other in pairwise(sentences))


@pytest.mark.parametrize(
    "dateline",
    [
        "LIMA -- ",
        "LIMA (Invented) -- ",
        "LIMA (Invented) — ",
        "LIMA, Peru – ",
        "LIMA, Peru (Invented News) - ",
        "BUENOS AIRES, Feb. 3 (Invented) — ",
        "ST. JOHN'S, Antigua -- ",
    ],
)
def test_dateline(dateline: str) -> None:
    """A dateline is no part of the sentence behind it."""
    (sentence,) = parse_text(f"{dateline}Police fired in the air.")
    assert sentence.start == len(dateline)
    assert sentence.text == "Police fired in the air."


@pytest.mark.parametrize(
    "text",
    [
        "PERU expelled a consul -- at last.",
        "Lima -- police fired.",
        "USA-based firms left.",
        "LIMA --",
        "A man - tall - left.",
    ],
)
def test_no_dateline(text: str) -> None:
    """Capitals alone, a dash alone, or nothing behind the dash are no dateline."""
    assert parse_text(text)[0].start == 0


def test_dateline_of_every_line() -> None:
    """Datelines go at the beginning of each line, for texts that hold several reports."""
    text = "LIMA -- Peru acted.\nQUITO -- Ecuador waited."
    assert [s.text for s in parse_text(text)] == ["Peru acted.", "Ecuador waited."]


def test_long_line() -> None:
    """A line without end is parsed in stretches, and nothing of it is lost."""
    text = "Peru acted. " * 2_000
    sentences = parse_text(text)
    assert sentences[-1].end == len(text.rstrip())
    assert sum(len(s.text) for s in sentences) == pytest.approx(len(text) - 2_000, abs=2)


def test_a_sentence_too_long_is_not_parsed() -> None:
    """What goes on for over 2,000 characters is told, in its place, and what stands around it is read."""
    endless = " ".join(["Peru met Chile and"] * 120) + " slept."
    sentences = parse_text(f"Peru acted. {endless} Chile waited.\n{endless}")
    assert [s.is_too_long for s in sentences] == [False, True, False, True]
    assert [s.text for s in sentences] == ["Peru acted.", endless, "Chile waited.", endless]
    assert [s.index for s in sentences] == [0, 1, 2, 3]
    assert [bool(s.tokens) for s in sentences] == [True, False, True, False]


def test_a_sentence_that_only_the_parser_finds_too_long() -> None:
    """Stops that end no sentence do not hide its length."""
    (first, *_) = parse_text("Peru accused " + "Mr. Soto, " * 300 + "of treason.")
    assert first.is_too_long
    assert first.tokens == ()


def test_tree(parse: Parse) -> None:
    """Dependents, those of a relation, and all below a word come in text order."""
    sentence = parse("Peru expelled two Venezuelan diplomats on Monday.")
    assert sentence.children[1] == (0, 4, 5, 7)
    assert sentence.related(1, "object", "subject") == [0, 4]
    assert sentence.subtree(4) == (2, 3, 4)
    assert sentence.subtree(1) == tuple(range(8))
    assert sentence.children[0] == ()


@pytest.mark.parametrize(
    ("text", "word", "forms"),
    [
        ("Peru EXPELLED a consul.", "EXPELLED", {"expelled"}),
        ("Peru expelled a consul.", "expelled", {"expelled", "expel"}),
        ("Diplomats left.", "Diplomats", {"diplomats", "diplomat"}),
    ],
)
def test_forms(text: str, word: str, forms: set[str], parse: Parse) -> None:
    """A word is looked up as written and by its lemma, both in lower case."""
    token = next(t for t in parse(text).tokens if t.text == word)
    assert forms <= token.forms
    assert all(form == form.casefold() for form in token.forms)
    assert token.lower == word.casefold()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peru acted.", "Peru  acted."),
        ("Peru acted.", "  Peru\r\n acted.\t"),
        ("Peru acted.", "Peru\u00a0acted."),
        (unicodedata.normalize("NFC", "Núñez acted."), unicodedata.normalize("NFD", "Núñez acted.")),
    ],
)
def test_same_hash(one: str, other: str) -> None:
    """White space and the way accents are encoded do not change the hash of a sentence."""
    assert one != other
    assert sentence_sha256(one) == sentence_sha256(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Peru acted.", "Peru acted"), ("Peru acted.", "peru acted."), ("Nunez", "Núñez")]
)
def test_other_hash(one: str, other: str) -> None:
    """A changed letter or stop changes the hash."""
    assert sentence_sha256(one) != sentence_sha256(other)


def test_known_hash() -> None:
    """The hash is SHA-256 of the UTF-8 bytes, as anybody can compute it."""
    known = "2e98caf1fad09377ca71b1057be879f90b2d8051951b534d4cc44ab52f030c3c"
    assert sentence_sha256("Núñez  acted.\n") == known


@pytest.mark.parametrize("missing", ["spacy", "model"])
def test_missing_extra(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without spaCy or its model the error names the command that installs them."""
    if missing == "spacy":
        real = builtins.__import__

        def without(name: str, *arguments: object, **options: object) -> object:
            if name.partition(".")[0] == "spacy":
                raise ImportError(name)
            return real(name, *arguments, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(builtins, "__import__", without)
    else:
        monkeypatch.setattr("spacy.util.is_package", lambda _: False)
    with pytest.raises(MissingExtraError, match=r"pip install 'vzevents\[coder\]'"):
        load_model.__wrapped__("en")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Peru expelled the\nambassador of Chile.", 1),
        ("Peru expelled the ambassador of\nChile.", 1),
        ("Peru, Chile,\nCuba and Spain met.", 1),
        ("Peru expelled an envoy\nChile protested.", 2),
        ("Peru expelled an envoy.\n\nChile protested.", 2),
    ],
)
def test_wrapped_lines(text: str, sentences: int) -> None:
    """A line that is plainly wrapped goes on; places in the text stay what they are."""
    found = parse_text(text)
    assert len(found) == sentences
    assert all(text[t.start : t.end] == t.text for s in found for t in s.tokens)
