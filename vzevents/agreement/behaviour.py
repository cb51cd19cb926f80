"""Behaviour: what must change no answer, and what must swap two, asked of a coder on gold texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from vzevents.agreement.articles import ArticleGold, CodedArticle, PassageGold
from vzevents.agreement.gold import Gold
from vzevents.agreement.relations import Relation, RelationGold
from vzevents.agreement.units import Step, Unit
from vzevents.codebook import Codebook
from vzevents.coding import Coder

# States that stand for each other's names: none is known for what it does to another.
_OTHERS = {
    "en": (("Paraguay", "Portugal"), ("Norway", "Ghana"), ("Nepal", "Senegal")),
    "es": (("Paraguay", "Portugal"), ("Noruega", "Ghana"), ("Nepal", "Senegal")),
}
_NEUTRAL = {"en": ", on a rainy morning", "es": ", en una mañana de lluvia"}
_NEUTRAL_SENTENCE = {"en": "\n\nIt was a rainy morning.", "es": "\n\nEra una mañana de lluvia."}
_STOPS = '.!?"”»'
_SWAPS = 3


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How many answers were as they must be; `otherwise` names texts whose answer was not."""

    name: str
    asked: int
    as_expected: int
    otherwise: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of answers that were as they must be."""
        return self.as_expected / self.asked if self.asked else 1.0


def behaviours(gold: Gold, coder: Coder, step: Step) -> Iterator[Behaviour]:
    """Yield how a coder behaves when what does not matter changes, and when patterns change places.

    Parameters
    ----------
    gold : Gold
        The texts.
    coder : Coder
        The coder.
    step : callable
        Called after each text that is coded.

    Yields
    ------
    Behaviour
        Codes in another order; labels renamed; where the layout knows the actors, actors renamed; a neutral
        clause added; the patterns of two codes swapped, patterns alone.
    """
    plain = gold.coded(coder, step)
    for name, codebook in _same_codebooks(coder.codebook):
        yield _compared(name, plain, gold.coded(Coder(codebook, model=coder.model), step))
    for name, changed in _same_texts(gold):
        yield _compared(name, plain, changed.coded(coder, step))
    if not isinstance(gold, ArticleGold | PassageGold):  # there one statement depends on the others
        yield from _swapped(gold, coder.codebook, step)


def _same_codebooks(codebook: Codebook) -> Iterator[tuple[str, Codebook]]:
    codes = list(codebook)
    yield "codes in another order", codebook.with_codes(reversed(codes))
    renamed = (
        replace(
            code,
            label=MappingProxyType({"en": f"label {n}", "es": f"rótulo {n}"}),
            definition=MappingProxyType({"en": f"definition {n}", "es": f"definición {n}"}),
        )
        for n, code in enumerate(codes)
    )
    yield "labels renamed", codebook.with_codes(renamed)


def _same_texts(gold: Gold) -> Iterator[tuple[str, Gold]]:
    if isinstance(gold, RelationGold):
        yield "actors renamed", replace(gold, items=tuple(map(_renamed, gold.items, range(len(gold.items)))))
        yield "a neutral clause added", replace(gold, items=tuple(map(_longer, gold.items)))
    if isinstance(gold, ArticleGold):
        yield "a neutral sentence added", replace(gold, items=tuple(map(_longer_article, gold.items)))


def _renamed(item: Relation, number: int) -> Relation:
    """Return a relation with other states in the places of its actors, where both stand in its text."""
    source, target = _OTHERS[item.language or "en"][number % len(_OTHERS["en"])]
    if item.source in item.target or item.target in item.source:
        return item
    text = item.text.replace(item.source, "\0").replace(item.target, target).replace("\0", source)
    return replace(item, text=text, source=source, target=target)


def _longer(item: Relation) -> Relation:
    body = item.text.rstrip().rstrip(_STOPS)
    return replace(item, text=body + _NEUTRAL[item.language or "en"] + item.text[len(body) :])


def _longer_article(item: CodedArticle) -> CodedArticle:
    article = item.article
    text = article.text.rstrip() + _NEUTRAL_SENTENCE[article.language or "en"]
    return replace(item, article=replace(article, text=text))


def _swapped(gold: Gold, codebook: Codebook, step: Step) -> Iterator[Behaviour]:
    """Swap the patterns of codes that are answered most, two by two."""
    plain = gold.coded(Coder(codebook, model=None), step)
    told = Counter(g.event_code for u in plain for g in u.answers.values() if g.event_code in codebook)
    often = [code for code, _ in told.most_common(2 * _SWAPS)]
    for one, other in zip(often[::2], often[1::2], strict=False):
        swapped = Coder(_with_swapped(codebook, one, other), model=None)
        yield _exchanged(one, other, plain, gold.coded(swapped, step))


def _with_swapped(codebook: Codebook, one: str, other: str) -> Codebook:
    patterns = {one: codebook[other].patterns, other: codebook[one].patterns}
    return codebook.with_codes(
        replace(code, patterns=patterns[code.event_code]) if code.event_code in patterns else code
        for code in codebook
    )


def _exchanged(one: str, other: str, before: Sequence[Unit], after: Sequence[Unit]) -> Behaviour:
    wanted = {one: other, other: one}
    met, otherwise = 0, []
    for plain, changed in zip(before, after, strict=True):
        codes = {g.event_code for g in plain.answers.values()}
        if codes & set(wanted):
            if {wanted.get(code, code) for code in codes} == {g.event_code for g in changed.answers.values()}:
                met += 1
            else:
                otherwise.append(plain.unit_id)
    return Behaviour(f"patterns of {one} and {other} swapped", met + len(otherwise), met, tuple(otherwise))


def _compared(name: str, before: Sequence[Unit], after: Sequence[Unit]) -> Behaviour:
    otherwise = tuple(
        plain.unit_id
        for plain, changed in zip(before, after, strict=True)
        if set(plain.answers) != set(changed.answers)
    )
    return Behaviour(name, len(before), len(before) - len(otherwise), otherwise)
