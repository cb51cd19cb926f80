from __future__ import annotations

from pathlib import Path

import pytest
from small_codebook import small_codebook

from vzevents.codebook import Codebook, find_problems
from vzevents.codebook.shared_names import name_key
from vzevents.resolving.actors import ActorResolver


@pytest.mark.parametrize(
    ("name", "key"),
    [("Opep+", "opep"), ("Tarek El Aissami", "tarek el aissami"), ("U.S.", "u s"), ("Guaidó", "guaido")],
)
def test_how_names_are_looked_up(name: str, key: str) -> None:
    """Case, accents and other signs do not count."""
    assert " ".join(name_key(name)) == key


@pytest.mark.parametrize("meant", ["leader", "rival"])
def test_who_is_meant_decides(meant: str, tmp_path: Path) -> None:
    """A shared name stands for whom the file names, whoever comes first, and then nothing is wrong."""
    book = small_codebook(tmp_path)
    actors = book / "actors" / "venezuela.yaml"
    text = actors.read_text(encoding="utf-8").replace("[Rival]", "[Rival, The Leader]")
    actors.write_text(text, encoding="utf-8")
    decision = f"en:\n  the leader: {{means: {meant}, why: So it is.}}\n"
    (book / "actors" / "shared_names.yaml").write_text(decision, encoding="utf-8")
    assert find_problems(book) == []
    assert ActorResolver(Codebook.load(book)).resolve("The Leader").actor_id == meant
    assert Codebook.load(book).shared_names["en"] == {"the leader": meant}


def test_nobody_means_the_first(tmp_path: Path) -> None:
    """Without a decision the first actor of the files is meant; what `check` reports loads."""
    book = small_codebook(tmp_path)
    actors = book / "actors" / "venezuela.yaml"
    text = actors.read_text(encoding="utf-8").replace("[Rival]", "[Rival, The Leader]")
    actors.write_text(text, encoding="utf-8")
    assert ActorResolver(Codebook.load(book)).resolve("The Leader").actor_id == "leader"
