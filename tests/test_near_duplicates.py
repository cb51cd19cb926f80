from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.codebook.near_duplicates import near_duplicates

TEXT = "The colonel defected from the government to the opposition."
# Few words, so that texts come near each other often.
TEXTS = st.lists(
    st.lists(st.sampled_from(["march", "rally", "police", "Lima", "the", "of"]), max_size=9).map(" ".join)
)


def pieces(text: str) -> set[str]:
    """Return the 5-letter pieces of a text; one that is shorter is one piece."""
    plain = " ".join(text.casefold().split())
    return {plain[i : i + 5] for i in range(max(1, len(plain) - 4))}


@given(TEXTS, st.sampled_from([0.3, 0.5, 0.7, 0.9]))
def test_every_pair_is_found_and_no_other(texts: list[str], above: float) -> None:
    """The short cut finds what comparing all texts with all texts finds."""
    wanted = {
        (i, j): len(pieces(one) & pieces(other)) / len(pieces(one) | pieces(other))
        for (i, one), (j, other) in combinations(enumerate(texts), 2)
    }
    found = {(i, j): similarity for i, j, similarity in near_duplicates(texts, above=above)}
    assert found == {pair: similarity for pair, similarity in wanted.items() if similarity > above}


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (TEXT, True),
        (TEXT.upper().replace(" ", "\n "), True),
        (TEXT.replace("colonel", "general"), False),
        (TEXT.replace("opposition", "opponents"), True),
        ("The miners marched through the capital.", False),
    ],
)
def test_what_counts_as_nearly_the_same(other: str, near: bool) -> None:
    """Case and white space do not count; two or three other words make another text."""
    assert bool(list(near_duplicates([TEXT, other], above=0.7))) == near
