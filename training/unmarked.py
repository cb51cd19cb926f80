"""Acts in training text that nobody marked: to call them "no act" would teach the wrong thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from texts import Item, Span

from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.ranking.wording import overlaps
from vzevents.rows import CodedText
from vzevents.sentences.parse_cache import ParseCache

_SAYING = "01"  # "he said" beside what is said


def set_unmarked_apart(items: Sequence[Item], codebook: Codebook) -> int:
    """Take the words of acts that a rule accepts and nobody marked out of what must name no act.

    Parameters
    ----------
    items : sequence of Item
        Those that have an act grow in `others`; where writers say that nothing is an act, that stands.
    codebook : Codebook
        Whose patterns say what an act is.

    Returns
    -------
    int
        Acts found.
    """
    found = 0
    with ParseCache() as cache:
        coder = Coder(codebook, parse=cache.parse_texts, model=None)
        for language in ("en", "es"):
            own = [item for item in items if item.language == language and item.whole and item.acts]
            articles = [
                Article(str(n), item.text, None, language, {}, "training") for n, item in enumerate(own)
            ]
            for item, coded in zip(own, coder.read_all(articles), strict=True):
                marked = [span for act in item.acts for span in act.spans["P"]] + item.others
                for words in _acts(coded):
                    if marked and not any(overlaps(marked, *span) for span in words):
                        item.others.extend(words)
                        found += 1
    return found


def _acts(coded: CodedText) -> Iterator[list[Span]]:
    """Yield the words of each act that rules accept."""
    for statement in coded.statements:
        if statement.reject_reason is None and not statement.event_code.startswith(_SAYING):
            choice, tokens = statement.choice, statement.sentence.tokens
            words = {choice.match.predicate.head, *choice.match.words, *choice.acts}
            yield [(tokens[i].start, tokens[i].end) for i in sorted(words)]
