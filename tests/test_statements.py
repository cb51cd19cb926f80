"""Participants and statements: who takes part in an act, by whose word, and what is rejected why."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from vzevents.codebook import Codebook
from vzevents.sentences import parse_text
from vzevents.statements import Statement, StatementExtractor

Code = Callable[[str], list[dict[str, object]]]


def _accepted(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [row for row in rows if row["status"] == "accepted"]


def _row(rows: list[dict[str, object]], event_code: str) -> dict[str, object]:
    (row,) = [row for row in rows if row["event_code"] == event_code]
    return row


@pytest.mark.parametrize(
    ("text", "event_code", "pairs"),
    [
        ("Peru expelled the Venezuelan ambassador.", "161", [("Peru", "Venezuelan ambassador")]),
        ("Caracas condemned Peru.", "111", [("Caracas", "Peru")]),
        ("Peru was condemned by Maduro.", "111", [("Maduro", "Peru")]),
        ("Two lawmakers were arrested.", "173", [(None, "Two lawmakers")]),
        (
            "Brazil, Peru and Chile condemned Maduro.",
            "111",
            [("Brazil", "Maduro"), ("Peru", "Maduro"), ("Chile", "Maduro")],
        ),
        (
            "Peru condemned Maduro and Diosdado Cabello.",
            "111",
            [("Peru", "Maduro"), ("Peru", "Diosdado Cabello")],
        ),
        ("Several nations condemned Maduro.", "111", [("Several nations", "Maduro")]),
        (
            "Chile announced the expulsion of the Venezuelan ambassador.",
            "161",
            [("Chile", "Venezuelan ambassador")],
        ),
        ("Peru and Ecuador signed an agreement.", "057", [("Peru", "Ecuador")]),
    ],
)
def test_participants(text: str, event_code: str, pairs: list[tuple[object, object]], code: Code) -> None:
    """Each named source with each named target is a statement; a passive without agent has no source."""
    rows = [row for row in _accepted(code(text)) if row["event_code"] == event_code]
    assert [(row["source_text"], row["target_text"]) for row in rows] == pairs


def test_list_group(code: Code) -> None:
    """Statements that one list gives share a group; a statement on its own has none."""
    rows = _accepted(
        code("Peru and Chile condemned Maduro. Brazil and Cuba thanked Canada. Chile met Haiti.")
    )
    groups = [row["list_group"] for row in rows]
    assert groups[0] == groups[1]
    assert groups[2] == groups[3]
    assert len(set(groups)) == 3
    assert groups[4] is None


@pytest.mark.parametrize(
    ("text", "reciprocal"),
    [
        ("Peru and Ecuador signed an agreement.", True),
        ("Maduro met the president of Bolivia.", True),
        ("Venezuelan soldiers clashed with protesters.", True),
        ("Peru condemned Ecuador.", False),
    ],
)
def test_reciprocal(text: str, reciprocal: bool, code: Code) -> None:
    """What two do to each other is one statement in the order of the text, and says so."""
    (row,) = _accepted(code(text))
    assert row["reciprocal"] is reciprocal


@pytest.mark.parametrize(
    ("text", "event_code", "reason"),
    [
        ("Peru never recognized Juan Guaidó.", "054R", "negated"),
        ("No country recalled its ambassador.", "161", "negated"),
        ("If Peru recalls its ambassador, Chile waits.", "161", "conditional"),
        ("Brazil might close the border with Venezuela.", "160B", "hypothetical"),
        ("Did Peru recognize Juan Guaidó?", "054R", "question"),
        ("Peru denied that its police arrested the Venezuelan ambassador.", "173", "denied"),
        ("Troops came to arrest the lawmaker.", "173", "not_an_act"),
        ("Peru, which recognizes Juan Guaidó, slept.", "054R", "state"),
        ("A baker arrested the lawmaker.", "173", "actor_unresolved"),
        ("Brazil urged Maduro to release the prisoners.", "0841", "hypothetical"),
        ("Chile promised to release the prisoners.", "0841", "hypothetical"),
    ],
)
def test_rejected(text: str, event_code: str, reason: str, code: Code) -> None:
    """What did not happen, or nobody known did, is kept as rejected and says why."""
    row = _row(code(text), event_code)
    assert (row["status"], row["reject_reason"]) == ("rejected", reason)


@pytest.mark.parametrize(
    ("text", "event_code", "source", "target"),
    [
        ("Peru will recognize Juan Guaidó.", "032", "PER", "VEN"),
        ("Peru plans to recognize Juan Guaidó.", "032", "PER", "VEN"),
        ("Peru will not recognize Juan Guaidó.", "120R", "PER", "VEN"),
        ("Peru refuses to recognize Juan Guaidó.", "120R", "PER", "VEN"),
        ("Germany will send food to Colombia.", "0333", "DEU", "COL"),
        ("Peru threatened to impose sanctions on Venezuela.", "1312", "PER", "VEN"),
        ("Brazil urged Maduro to release the prisoners.", "0253", "BRA", "VEN"),
        ("Bolivia demanded that Peru release the prisoners.", "1053", "BOL", "PER"),
        ("Chile promised to release the prisoners.", "0353", "CHL", "CHL"),
        ("Canada agreed to meet Juan Guaidó.", "036", "CAN", "VEN"),
        ("Peru ruled out talks with Maduro.", "125", "PER", "VEN"),
        ("Mexico suspended aid to Haiti.", "162", "MEX", "HTI"),
        ("Guaidó called on soldiers to defect.", "022", "VEN", "VEN"),
    ],
)
def test_act_about_an_act(text: str, event_code: str, source: str, target: str, code: Code) -> None:
    """Promise, threat, demand and refusal have codes of their own; the act inside is not done."""
    (row,) = _accepted(code(text))
    assert (row["event_code"], row["source_country"], row["target_country"]) == (event_code, source, target)
    assert row["mode"] == "asserted"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Peru refused to recognize the result and recalled its ambassador from Caracas.", ["120R", "161"]),
        ("Germany promised to send food to Haiti and condemned Bolivia.", ["0333", "111"]),
        ("Brazil promised to visit Haiti and condemn Bolivia.", ["036", "130"]),
    ],
)
def test_what_is_told_as_done_beside_an_infinitive(text: str, codes: list[str], code: Code) -> None:
    """A finite verb is joined to the finite one before it, not to the infinitive that it stands next to."""
    assert [row["event_code"] for row in _accepted(code(text))] == codes


@pytest.mark.parametrize(
    ("text", "event_code", "source", "claimed_by"),
    [
        (
            "Colombia accused the Venezuelan army of killing three farmers.",
            "1823",
            "Venezuelan army",
            "Colombia",
        ),
        ("Maduro accused Colombia of arresting two diplomats.", "173", "Colombia", "Maduro"),
    ],
)
def test_alleged(text: str, event_code: str, source: str, claimed_by: str, code: Code) -> None:
    """An act reported only inside an accusation is alleged, by whom; the accusation is asserted."""
    row = _row(code(text), event_code)
    assert (row["mode"], row["status"]) == ("alleged", "accepted")
    assert (row["source_text"], row["claimed_by"]) == (source, claimed_by)
    (accusation,) = [r for r in code(text) if r["event_root_code"] == "11"]
    assert (accusation["mode"], accusation["claimed_by"]) == ("asserted", None)


@pytest.mark.parametrize(
    ("text", "claimed_by"),
    [
        ("Peru said that Chile recognized Juan Guaidó.", "Peru"),
        ("Chile recognized Juan Guaidó, the Peruvian minister said.", "Peruvian minister"),
        ("Chile said that it recognized Juan Guaidó.", None),
        ("Chile recognized Juan Guaidó.", None),
    ],
)
def test_claimed_by(text: str, claimed_by: str | None, code: Code) -> None:
    """On whose word an act stands is told, if it is somebody else's than who did it."""
    assert _row(code(text), "054R")["claimed_by"] == claimed_by


def test_denied(code: Code) -> None:
    """A denial is coded, and what is denied is a rejected row of that mode."""
    rows = code("The general denied arresting the lawmaker.")
    assert _row(rows, "016")["status"] == "accepted"
    denied = _row(rows, "173")
    assert (denied["mode"], denied["reject_reason"]) == ("denied", "denied")


def test_defector(code: Code) -> None:
    """A defector leaves his own government, though no word names it; the statement says it is implied."""
    (row,) = code("A Venezuelan general defected to the opposition.")
    assert (row["event_code"], row["source_role"]) == ("120D", "MIL")
    assert (row["target_country"], row["target_role"], row["target_text"]) == ("VEN", "GOV", None)
    assert row["actor_implied"] is True


def test_same_act_twice_in_a_sentence(code: Code) -> None:
    """Same root and same dyad twice in one sentence are one statement, the most specific code."""
    rows = code("Peru condemned Maduro and accused Maduro of treason.")
    assert [(row["event_code"], row["reject_reason"]) for row in rows] == [
        ("111", "duplicate"),
        ("1125T", None),
    ]


def test_restated_in_another_sentence(code: Code) -> None:
    """Every sentence is coded on its own: an act told again is coded again."""
    rows = code("Peru condemned Maduro. On Monday Peru condemned Maduro.")
    assert [row["status"] for row in rows] == ["accepted", "accepted"]


@pytest.mark.parametrize(
    ("text", "action", "stretch"),
    [
        (
            "Later Peru expelled the ambassador of Chile by decree.",
            "expelled",
            "Peru expelled the ambassador",
        ),
        (
            "Later Peru called off the talks with Chile in Lima.",
            "called off the talks",
            "Peru called off the talks with Chile",
        ),
        ("Two lawmakers were arrested on Monday.", "arrested", "Two lawmakers were arrested"),
        ("The lawmaker was freed by Peru on Monday.", "freed", "lawmaker was freed by Peru"),
    ],
)
def test_span(text: str, action: str, stretch: str, extractor: StatementExtractor) -> None:
    """The span is the smallest stretch that holds action and parties; the action begins with its head."""
    (statement,) = extractor.extract(parse_text(text))
    start, end = statement.span
    assert text[start:end].removeprefix("The ") == stretch
    assert statement.action_text == action


def test_action_text_is_short(extractor: StatementExtractor) -> None:
    """However far off the words of a rule stand, the action has ten words at most."""
    text = "Peru accused the very old and very tired and rather angry Maduro of many years of treason."
    statements = extractor.extract(parse_text(text))
    assert statements
    assert all(1 <= len(s.action_text.split()) <= 10 for s in statements)


def test_background(code: Code) -> None:
    """An act in a relative clause is less sure than the same act as the news."""
    news = _row(code("Peru expelled the Venezuelan ambassador."), "161")
    background = _row(code("Chile thanked Peru, which expelled the Venezuelan ambassador."), "161")
    assert float(str(background["confidence"])) < float(str(news["confidence"]))


def test_unknown_target(code: Code) -> None:
    """A target that nobody knows costs confidence and rejects nothing."""
    known, unknown = code("Peru thanked Chile."), code("Peru thanked a baker.")
    assert _accepted(unknown)[0]["target_role"] is None
    assert float(str(unknown[0]["confidence"])) < float(str(known[0]["confidence"]))


def test_alternatives(extractor: StatementExtractor) -> None:
    """Other codes whose rules were met stay with the statement, weaker ones behind."""
    (statement,) = extractor.extract(parse_text("Peru accused Maduro of treason."))
    assert statement.event_code == "1125T"
    codes = [choice.event_code for choice in statement.alternatives]
    assert "112" in codes
    weights = [choice.weight for choice in statement.alternatives]
    assert statement.choice.weight >= max(weights)


def test_nothing_to_code(extractor: StatementExtractor) -> None:
    """Sentences without a word of any rule give nothing, and so does no sentence at all."""
    found: list[Statement] = extractor.extract(parse_text("The weather was fine. Bread is dear."))
    assert found == []
    assert extractor.extract([]) == []


def test_implied_targets_are_codes(codebook: Codebook) -> None:
    """Every code for which a target is implied exists, else it would be implied for nothing."""
    assert codebook.implied_targets
    assert all(code in codebook for code in codebook.implied_targets)
