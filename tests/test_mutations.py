from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from mutation_bench import Bench
from mutations import SLIPS

BUNDLED = Path(__file__).parents[1] / "codebook"
# Neighbours in two files, so that their patterns can change places, with the examples of these codes alone.
CODES = ("120", "120D", "173", "174")
COUNT, UNNOTICED = 20, 1  # at least 95 %


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    """Return the bundled codebook with what comes of the examples of some codes."""
    with Bench(BUNDLED, wanted=CODES) as made:
        yield made


def test_nothing_is_noticed_where_nothing_has_changed(bench: Bench) -> None:
    """The same contents, written anew, give neither a new problem nor a failing example."""
    mutation = SLIPS[0](bench, random.Random(1))
    same = type(mutation)("none", "", mutation.file, bench.data(mutation.file), mutation.examples)
    assert mutation.examples
    assert bench.noticed_by(same) is None


def test_slips_are_noticed(bench: Bench) -> None:
    """Of twenty slips of all kinds `check` or the examples notice at least nineteen, each of them some."""
    rng = random.Random(20)
    made = [SLIPS[turn % len(SLIPS)](bench, rng) for turn in range(COUNT)]
    by = [bench.noticed_by(mutation) for mutation in made]
    missed = [f"{mutation.kind}: {mutation.what}" for mutation, one in zip(made, by, strict=True) if not one]
    assert len(missed) <= UNNOTICED, missed
    assert Counter(by)["check"] > 0
    assert Counter(by)["examples"] > 0
