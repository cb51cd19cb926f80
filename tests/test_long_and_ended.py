"""Sentences that are very long, and acts that have ended."""

from __future__ import annotations

import pytest

from vzevents.articles import Article
from vzevents.articles.table import articles_table
from vzevents.coding import Coder
from vzevents.events import link_statements


@pytest.mark.parametrize(
    "text",
    [
        "Peru and " + " and ".join(f"Name{n}" for n in range(150)) + " condemned Maduro.",
        "Maduro condemned the ambassador" + " of the ambassador" * 90 + ".",
    ],
)
def test_a_long_chain(coder: Coder, text: str) -> None:
    """A chain of a hundred phrases is read like any other."""
    assert "111" in set(coder.code_text(text, language="en")["event_code"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Peru no longer recognizes Maduro as president.", "160R"),
        ("General Rodriguez no longer recognizes Maduro.", "120B"),
        ("Peru recognizes Maduro as president.", "054R"),
    ],
)
def test_no_longer(rules: Coder, text: str, code: str) -> None:
    """What has ended is not coded as what it was."""
    found = rules.code_text(text, language="en")
    assert found[found["status"] == "accepted"]["event_code"].tolist() == [code]


@pytest.mark.parametrize(
    "text",
    [
        "No country recognized Juan Guaidó.",
        "Peru has not yet recognized Juan Guaidó.",
        "Peru never recognized Juan Guaidó.",
    ],
)
def test_what_never_was_has_not_ended(rules: Coder, text: str) -> None:
    """A plain no is negated; only "no longer" ends something."""
    found = rules.code_text(text, language="en")
    assert set(found["reject_reason"]) == {"negated"}


def test_two_people_make_two_events(rules: Coder) -> None:
    """Two generals without an id in the codebook are not one."""
    text = "General Rivas defected to Guaidó. Colonel Soto defected to Guaidó. Rivas defected on Monday."
    article = Article("a", text, None, "en", {}, "a")
    (statements,) = rules.code_articles([article])
    links = link_statements(statements, articles_table([article]))
    assert links["event_id"].nunique() == 2
