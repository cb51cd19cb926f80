"""What is slow to load and never changed: the codebook, the coder, and what they make of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.resolving.actors import ActorResolver
from vzevents.sentences import Sentence, parse_text
from vzevents.statements import StatementExtractor

PUBLISHED = date(2019, 2, 20)  # a Wednesday

Rows = list[dict[str, object]]
Code = Callable[[str], Rows]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the user's cache out of the tests, and what they cache out of the user's."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("VZEVENTS_CACHE_DIR", str(folder))
        yield folder


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """Return the bundled codebook."""
    return Codebook.load()


@pytest.fixture(scope="session")
def coder(codebook: Codebook) -> Coder:
    """Return a coder with the bundled codebook."""
    return Coder(codebook)


@pytest.fixture(scope="session")
def rules(codebook: Codebook) -> Coder:
    """Return a coder in which patterns decide alone."""
    return Coder(codebook, model=None)


@pytest.fixture(scope="session")
def extractor(codebook: Codebook) -> StatementExtractor:
    """Return the statement extractor for English."""
    return StatementExtractor(codebook)


@pytest.fixture(scope="session")
def resolver(extractor: StatementExtractor) -> ActorResolver:
    """Return the actor resolver for English."""
    return extractor.resolver


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Sentence]:
    """Return a function that parses a text of one sentence."""

    @cache
    def parsed(text: str) -> Sentence:
        (sentence,) = parse_text(text)
        return sentence

    return parsed


@pytest.fixture(scope="session")
def code(rules: Coder) -> Code:
    """Return a function that codes an English text of 20 February 2019; what is missing is None."""

    @cache
    def coded(text: str) -> Rows:
        statements = rules.code_text(text, published_date=PUBLISHED, language="en")
        return [
            {str(name): None if pd.isna(value) else value for name, value in row.items()}
            for row in statements.to_dict("records")
        ]

    return coded
