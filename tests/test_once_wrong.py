"""Sentences that were once coded wrongly, each with what it must give."""

from __future__ import annotations

import pandas as pd
import pytest

from vzevents.coding import Coder


def coded(rules: Coder, text: str) -> pd.DataFrame:
    """Return the statements of a text, missing as None."""
    frame = rules.code_text(text, language="en")
    return frame.astype(object).where(frame.notna(), None)


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("Peru left the talks without expelling the Venezuelan ambassador.", "161", "negated"),
        ("Peru has yet to expel the Venezuelan ambassador.", "161", "negated"),
        ("It is not true that Peru expelled the Venezuelan ambassador.", "161", "negated"),
        ("Peru would have expelled the Venezuelan ambassador.", "161", "hypothetical"),
        ("If Peru recalls its ambassador, Chile will close the border.", "161", "conditional"),
        ("The army has arrested neither the deputy nor his aides.", "173", "negated"),
        ("She offered a pardon to soldiers who lay down their weapons.", "0873", "conditional"),
    ],
)
def test_rejected_with_reason(rules: Coder, text: str, code: str, reason: str) -> None:
    """What did not happen is kept as rejected, with its reason, and never accepted."""
    found = coded(rules, text)
    own = found[found["event_code"] == code]
    assert set(own["status"]) == {"rejected"}
    assert set(own["reject_reason"]) == {reason}


@pytest.mark.parametrize("text", ["The movement wants to oust the president."])
def test_nothing_at_all(rules: Coder, text: str) -> None:
    """Where nothing was done, nothing is accepted."""
    assert "accepted" not in set(coded(rules, text)["status"])


@pytest.mark.parametrize(
    ("text", "code", "source", "target"),
    [
        ("Germany promised to send food to Venezuela.", "0333", ("DEU", "GOV"), ("VEN", "GOV")),
        ("Germany vowed to impose sanctions on Cuba.", "1312", ("DEU", "GOV"), ("CUB", "GOV")),
        ("Chile will condemn Maduro on Friday.", "130", ("CHL", "GOV"), ("VEN", "GOV")),
        ("Peru said it would not recognize Juan Guaidó.", "120R", ("PER", "GOV"), ("VEN", "OPP")),
        ("Members of the Venezuelan opposition marched.", "141", ("VEN", "OPP"), (None, None)),
        ("Dozens of Peruvian protesters marched in Lima.", "141", ("PER", "CVL"), (None, None)),
        ("Peru was the first country to recognize Juan Guaidó.", "054R", ("PER", "GOV"), ("VEN", "OPP")),
        ("The ambassador was expelled by Peru.", "161", ("PER", "GOV"), (None, "GOV")),
        ("On Monday Peru condemned Maduro.", "111", ("PER", "GOV"), ("VEN", "GOV")),
        ("Venezuelan troops marched to the border.", "154", ("VEN", "MIL"), (None, None)),
        ("Maduro announced the recall of the ambassador to Chile.", "161", ("VEN", "GOV"), ("CHL", "GOV")),
        ("Peru rejected the offer of the Cuban company.", "120", ("PER", "GOV"), ("CUB", "BUS")),
    ],
)
def test_asserted(
    rules: Coder,
    text: str,
    code: str,
    source: tuple[str | None, str | None],
    target: tuple[str | None, str | None],
) -> None:
    """The one accepted statement has its code, and country and role of both actors."""
    found = coded(rules, text)
    (row,) = found[found["status"] == "accepted"].to_dict("records")
    assert row["event_code"] == code
    assert (row["source_country"], row["source_role"]) == source
    assert (row["target_country"], row["target_role"]) == target


def test_surname_alone(rules: Coder) -> None:
    """Who was introduced with a title is known by the surname afterwards."""
    text = "General Ramiro Echeverri defected to the opposition. Echeverri accused Maduro of corruption."
    last = coded(rules, text).iloc[-1]
    assert (last["status"], last["source_role"]) == ("accepted", "MIL")


def test_places_of_two_acts(rules: Coder) -> None:
    """Each act has its own place, and a target is no place."""
    both = coded(rules, "Rebels attacked soldiers in Apure, and police arrested a lawmaker in Valencia.")
    assert both["place_id"].nunique() == 2
    assert coded(rules, "The United States imposed sanctions on Venezuela.")["place_id"].tolist() == [None]


def test_alternatives_are_codes(rules: Coder) -> None:
    """No operator's name is given as a code."""
    answer = rules.code_statement("Peru accused Maduro of treason.", source="Peru", target="Maduro")
    assert all(
        other["event_code"] in {c.event_code for c in rules.codebook} for other in answer["alternatives"]
    )


def test_refusal_with_actors_given(rules: Coder) -> None:
    """With the actors given, what was not done is a refusal."""
    answer = rules.code_statement("Peru did not recognize Guaidó.", source="Peru", target="Guaidó")
    assert answer["event_code"] == "120R"
