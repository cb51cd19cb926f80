"""Whatever text comes, the coder says something, and the same again: 500 of the texts of `make torture`."""

from __future__ import annotations

import pytest
import torture

from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Coder


def test_nothing_breaks_the_coder(codebook: Codebook, coder: Coder) -> None:
    """No exception, spans inside the text, valid tables, the same alone and beside others."""
    found = torture.texts(codebook, 500, seed=1)
    assert [(one.kind, one.what, one.text) for one in torture.torture(coder, found)] == []


def test_what_breaks_is_told(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception is a fault with the text that caused it."""

    def fail(articles: list[Article]) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(coder, "code_articles", fail)
    article = Article("t1", "Peru condemned Cuba.", None, "en", {}, "t1")
    (struck,) = torture.strike(coder, [("as written", article)])
    assert (struck.kind, struck.what) == ("as written", "RuntimeError: boom")


def test_what_takes_long_is_told(coder: Coder) -> None:
    """A limit that every text exceeds is noticed."""
    article = Article("t1", "Peru condemned Cuba.", None, "en", {}, "t1")
    (struck,) = torture.strike(coder, [("as written", article)], seconds=0.0)
    assert struck.what.startswith("took ")
