"""Members of organisations: how their dates are written and read."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_codebook import small_codebook

from vzevents.codebook import Codebook, find_problems
from vzevents.codebook.model import Membership

BLOC = """
bloc:
  name: {en: The Bloc, es: El Bloque}
  kind: organisation
  role: GOV
  actor_code: GOV
  members: [MEMBERS]
"""
LAND = """
AAA:
  name: {en: Aland, es: Alandia}
"""


def _book(folder: Path, members: str) -> Path:
    book = small_codebook(folder)
    for name, text in (("organisations", BLOC.replace("MEMBERS", members)), ("states", LAND)):
        with (book / "actors" / f"{name}.yaml").open("a", encoding="utf-8") as file:
            file.write(text)
    return book


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        (None, None, "1999-01-01", True),
        ("2012-08-12", None, "2012-08-11", False),
        ("2012-08-12", None, "2012-08-12", True),
        ("2012-08", None, "2012-07-31", False),
        ("2012-08", None, "2012-08-01", True),
        ("2012", None, "2011-12-31", False),
        (None, "2016-12-01", "2016-12-01", True),
        (None, "2016-12-01", "2016-12-02", False),
        (None, "2016-12", "2016-12-31", True),
        (None, "2016", "2017-01-01", False),
    ],
)
def test_holds(since: str | None, until: str | None, day: str, holds: bool) -> None:
    """The first and the last day, month or year belong to a membership."""
    assert Membership("AAA", since, until).holds(day) is holds


@pytest.mark.parametrize(
    ("members", "read"),
    [
        ("AAA", [Membership("AAA")]),
        ("AAA 2012-08-12/..", [Membership("AAA", "2012-08-12")]),
        ("AAA ../2016, AAA 2018-03/..", [Membership("AAA", None, "2016"), Membership("AAA", "2018-03")]),
    ],
)
def test_members_are_read(members: str, read: list[Membership], tmp_path: Path) -> None:
    """A member is a state, perhaps with its first and last day; nothing is wrong with that."""
    book = _book(tmp_path, members)
    assert [str(p) for p in find_problems(book) if p.severity == "error"] == []
    assert list(Codebook.load(book).actors["bloc"].members) == read


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ("Aland", 'member "Aland" is not allowed; write "ARG", or with dates'),
        ("AAA 2012", 'member "AAA 2012" is not allowed'),
        ("AAA 2012-13/..", 'member "AAA 2012-13/.." is not allowed'),
        ("AAA 2012-02-30/..", 'member "AAA 2012-02-30/.." is not allowed'),
        ("AAA 2016/2012", 'member "AAA 2016/2012" leaves before it joins'),
        ("ZZZ", 'member "ZZZ" is not a state of actors/states.yaml'),
        ("AAA ../2018, AAA 2016/..", '"AAA" is a member twice at the same time'),
    ],
)
def test_mistakes_are_named(members: str, message: str, tmp_path: Path) -> None:
    """A member that is no state, or whose dates cannot be, is one line that says what is allowed."""
    found = [problem.message for problem in find_problems(_book(tmp_path, members))]
    assert any(one.startswith(message) for one in found), found
