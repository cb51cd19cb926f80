"""Codebook -> outcomes: its examples run through the coder, with the parses kept for the next time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from vzevents.articles import Article
from vzevents.codebook import Codebook, Example
from vzevents.codebook.examples import Outcome, run_examples
from vzevents.coding import Bundled, Coder
from vzevents.sentences.parse_cache import ParseCache

if TYPE_CHECKING:
    from vzevents.codebook.examples import Given
    from vzevents.parties import Party


def run_codebook(
    codebook: Codebook, examples: Iterable[Example] | None = None, *, model: Bundled = "bundled"
) -> Iterator[Outcome]:
    """Code the examples of a codebook and compare.

    Parameters
    ----------
    codebook : Codebook
        The codebook that codes.
    examples : iterable of Example, optional
        All of the codebook when left out.
    model : "bundled" or None
        As of `Coder`.

    Yields
    ------
    Outcome
        One per example, in their order.

    Raises
    ------
    MissingExtraError
        If spaCy or the parser of a language is not installed.
    """
    with ParseCache() as cache:
        coder = Coder(codebook, parse=cache.parse_texts, model=model, skip=False)
        yield from run_examples(
            codebook.examples if examples is None else examples,
            lambda text, language: _accepted(coder, text, language),
            known_failures=codebook.known_failures,
        )


def _words(party: Party | None) -> str | None:
    """Return the words that name a party; an example names whom a pronoun stands for."""
    return (party.meant or party.text) if party else None


def _accepted(coder: Coder, text: str, language: str) -> Iterator[Given]:
    """Yield what is compared of each statement: a table of all columns would cost more than the coding."""
    for statement in coder.read(Article("example", text, None, language, {}, "example")).statements:
        if statement.reject_reason is None:
            to_actor = statement.to_actor
            yield {
                "event_code": statement.event_code,
                "source_text": _words(statement.source),
                "target_text": _words(statement.target),
                "source_actor": statement.source.reading.actor_id if statement.source else None,
                "target_actor": statement.target.reading.actor_id if statement.target else None,
                "to_text": _words(to_actor),
                "to_actor": to_actor.reading.actor_id if to_actor else None,
                "mode": statement.mode,
            }
