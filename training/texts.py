"""Training text: marked sentences, the codebook's training examples and definitions, as items to fit on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vzevents.codebook import Codebook
from vzevents.ranking.wording import Span, overlaps
from vzevents.sentences.spelling import respell

SENTENCES = Path(__file__).parent / "sentences"
NO_ACT = "none"
HOLDOUT = 12  # one in so many texts is kept back
_MARK = re.compile(r'<(?P<close>/?)(?P<tag>[stp])(?: code="(?P<code>\w+)")?>|(?P<text>[^<]+)')
_TAGS = {"s": "S", "t": "T", "p": "P"}


@dataclass(frozen=True, slots=True)
class Act:
    """An act in a text: its code and where its words (P), source (S) and target (T) stand, in code points.

    Without words it is somewhere in the text; `parties_told` is False where S and T are not marked.
    """

    code: str
    spans: dict[str, list[Span]]
    parties_told: bool = True


@dataclass(slots=True)
class Item:
    """A text with its acts; `others` are words of further acts; `whole` says that nothing else is an act."""

    text: str
    language: str
    acts: list[Act] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    whole: bool = True


class TrainingTextError(ValueError):
    """A line of training text that cannot be read; the message says which and why."""


def read_all(codebook: Codebook) -> list[Item]:
    """Return all that the model is fitted on: nothing of split test.

    Parameters
    ----------
    codebook : Codebook
        Gives codes, training examples and definitions.

    Returns
    -------
    list of Item
        In a fixed order.

    Raises
    ------
    TrainingTextError
        If a line is not in the format of training/README.md or its code is not assignable.
    """
    codes = frozenset(code.event_code for code in codebook)
    items = [item for path in sorted(SENTENCES.glob("*/*.txt")) for item in _sentences(path, codes)]
    return [*items, *_examples(codebook), *_definitions(codebook)]


def split(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Return the items to fit on and the twelfth that is kept back, to measure on."""
    kept = [n % HOLDOUT == 0 and item.whole for n, item in enumerate(items)]
    return (
        [item for item, back in zip(items, kept, strict=True) if not back],
        [item for item, back in zip(items, kept, strict=True) if back],
    )


def _sentences(path: Path, codes: frozenset[str]) -> Iterator[Item]:
    """Yield the sentences of a file; lines of the same text are one item with several acts."""
    items: dict[str, Item] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        code, tab, marked = line.partition("\t")
        if not tab or (code != NO_ACT and code not in codes):
            message = (
                f"{path}:{number}: expected an assignable code or {NO_ACT}, a tab and a text: {line[:60]}"
            )
            raise TrainingTextError(message)
        text, spans, others = _unmark(marked)
        text = respell(text, path.parent.name)
        item = items.setdefault(text, Item(text, path.parent.name))
        item.others.extend(others)
        if code != NO_ACT:
            item.acts.append(Act(code, spans))
    yield from items.values()


def _unmark(marked: str) -> tuple[str, dict[str, list[Span]], list[Span]]:
    """Return a text without its marks, the spans by slot, and those of the words of other acts."""
    text, spans, others, opened = "", {slot: [] for slot in "STP"}, [], None
    for match in _MARK.finditer(marked):
        if match["text"] is not None:
            text += match["text"]
        elif not match["close"]:
            opened = (_TAGS[match["tag"]], len(text), match["code"])
        elif opened is not None:
            slot, start, code = opened
            (others if code else spans[slot]).append((start, len(text)))
            opened = None
    return text, spans, others


def _examples(codebook: Codebook) -> Iterator[Item]:
    """Yield the codebook's training examples; a near-miss without statements has no act at all."""
    for example in codebook.examples:
        if example.split == "test":
            continue
        item = Item(example.text, example.language)
        acts: dict[tuple[str, str], dict[str, list[str]]] = {}
        for statement in example.expected:
            key = (statement["code"], statement.get("trigger", ""))
            phrases = acts.setdefault(key, {"S": [], "T": [], "P": [statement.get("trigger", "")]})
            phrases["S"].append(statement.get("source", ""))
            phrases["T"].append(statement.get("target", ""))
        for (code, _), phrases in acts.items():
            item.acts.append(Act(code, _find(example.text, phrases)))
        yield item


def _find(text: str, phrases: dict[str, list[str]]) -> dict[str, list[Span]]:
    """Return where phrases stand in a text, each at a place of its own."""
    spans: dict[str, list[Span]] = {slot: [] for slot in "STP"}
    taken: list[Span] = []
    for slot, named in phrases.items():
        for phrase in dict.fromkeys(p for p in named if p):
            start = text.find(phrase)
            while start >= 0 and overlaps(taken, start, start + len(phrase)):
                start = text.find(phrase, start + 1)
            if start >= 0:
                spans[slot].append((start, start + len(phrase)))
                taken.append(spans[slot][-1])
    return spans


def _definitions(codebook: Codebook) -> Iterator[Item]:
    """Yield what the codebook says of each code: its words name the act somewhere, its actors nobody."""
    for code in codebook:
        for language in ("en", "es"):
            told = [code.definition.get(language, ""), *code.when.get(language, ())]
            for text in told:
                if text:
                    yield Item(
                        text, language, [Act(code.event_code, {s: [] for s in "STP"}, False)], whole=False
                    )
