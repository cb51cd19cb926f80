"""Mend what spaCy's Spanish models get wrong again and again, before their labels are read.

Every step changes the words of a sentence in place and still speaks the parser's own labels.
"""

from __future__ import annotations

from vzevents.sentences.spanish.clauses import mend_complements, mend_speech
from vzevents.sentences.spanish.phrases import (
    mend_adjectives,
    mend_as,
    mend_general,
    mend_headless,
    mend_names,
    mend_numbers,
    mend_objects,
    mend_quotes,
    mend_titles,
)
from vzevents.sentences.spanish.subjects import (
    mend_addressees,
    mend_opening,
    mend_order,
    mend_relatives,
    mend_subjects,
)
from vzevents.sentences.spanish.trees import keep_a_tree
from vzevents.sentences.spanish.verbs import mend_again, mend_going, mend_having_to, mend_headline, mend_verbs
from vzevents.sentences.tokens import Word

_STEPS = (
    mend_general,
    mend_adjectives,
    mend_headless,
    mend_numbers,
    mend_objects,
    mend_names,
    mend_having_to,
    mend_going,
    mend_again,
    mend_headline,
    mend_verbs,
    mend_quotes,
    mend_as,
    mend_titles,
    mend_relatives,
    mend_speech,
    mend_subjects,
    mend_order,
    mend_opening,
    mend_addressees,
    mend_complements,
)


def mend(words: list[Word]) -> None:
    """Mend the tree of a sentence, in place; tags are there already."""
    for step in _STEPS:
        step(words)
        keep_a_tree(words)
