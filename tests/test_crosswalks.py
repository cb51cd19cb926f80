"""Crosswalks: what is lost is what the published tables say is lost, and the rest comes back."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from vzevents.cli import main
from vzevents.codebook import Codebook
from vzevents.codebook.crosswalks import TITLES, crosswalk_pairs
from vzevents.errors import UnknownCodeError

TABLES = Path(__file__).parent.parent / "codebook" / "crosswalks"
SCHEMES = [(one, other) for one in TITLES for other in TITLES if one not in {other, "goldstein"}]

NO_CODE = {"1214"}  # in the published table, and not in the CAMEO manual


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a published table."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def falls_together() -> dict[tuple[str, str, str], list[str]]:
    """Return which CAMEO codes have one PLOVER type, mode and context, from the published table alone."""
    found = defaultdict(list)
    for row in table("plover_2021.csv"):
        found[row["event"], row["mode"], row["context"]].append(row["event_code"])
    return found


@pytest.fixture(autouse=True)
def _one_codebook(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command without --root use the codebook that is loaded already."""
    load = Codebook.load
    monkeypatch.setattr(Codebook, "load", lambda folder=None: load(folder) if folder else codebook)


def by_code(codebook: Codebook, scheme: str, other: str) -> pd.DataFrame:
    """Return a crosswalk by the code it begins with."""
    return codebook.crosswalk(scheme, other).set_index("code")


def invoke(*arguments: str) -> Result:
    """Run `codebook crosswalk`."""
    return CliRunner().invoke(main, ["codebook", "crosswalk", *arguments])


def test_lossy_pairs_are_those_of_the_published_table(
    codebook: Codebook, falls_together: dict[tuple[str, str, str], list[str]]
) -> None:
    """A CAMEO code loses exactly if the table lacks it or gives another code the same PLOVER counterpart."""
    alone = {codes[0] for codes in falls_together.values() if len(codes) == 1}
    pairs = by_code(codebook, "cameo", "plover")
    cameo = [code for code in pairs.index if codebook[code].scope == "cameo"]
    assert {code for code in cameo if pd.isna(pairs.loc[code, "loss"])} == alone - NO_CODE
    assert len(cameo) == 297


def test_loss_names_every_code_that_falls_together(
    codebook: Codebook, falls_together: dict[tuple[str, str, str], list[str]]
) -> None:
    """The loss lists the codes of the counterpart: those that cannot be told apart afterwards."""
    pairs = by_code(codebook, "cameo", "plover")
    for codes in falls_together.values():
        for code in codes if len(codes) > 1 else ():
            assert pairs.loc[code, "loss"] == f"{len(codes)} fall on it: {', '.join(codes)}"


@pytest.mark.parametrize("other", ["plover", "acled", "benchmark"])
def test_round_trips_hold_where_nothing_is_lost(codebook: Codebook, other: str) -> None:
    """From a pair without a loss the way back leads to this code, and to no other of CAMEO."""
    there, back = codebook.crosswalk("cameo", other), codebook.crosswalk(other, "cameo")
    for code, counterpart in there.loc[there["loss"].isna(), ["code", "counterpart"]].itertuples(index=False):
        found = [one for one in back.loc[back["code"] == counterpart, "counterpart"] if one != code]
        assert all(codebook[one].scope == "vzevents" and one.startswith(code) for one in found)
        assert code in set(back.loc[back["code"] == counterpart, "counterpart"])


@pytest.mark.parametrize("other", ["plover", "acled", "benchmark"])
def test_every_pair_is_walked_back(codebook: Codebook, other: str) -> None:
    """The way back has the same pairs, so that all candidates of a counterpart are there."""
    there, back = codebook.crosswalk("cameo", other), codebook.crosswalk(other, "cameo")
    forth = set(there.loc[there["counterpart"].notna(), ["code", "counterpart"]].itertuples(index=False))
    found = back.loc[back["counterpart"].notna(), ["counterpart", "code"]]
    assert {tuple(pair) for pair in found.itertuples(index=False)} == {tuple(pair) for pair in forth}


def test_own_codes_say_that_they_are_mapped_like_their_parent(codebook: Codebook) -> None:
    """An own code does not come back; beside it the parent loses nothing."""
    pairs = by_code(codebook, "cameo", "plover")
    assert pairs.loc["1722D", "loss"] == "own code, mapped like its parent 1722"
    assert pd.isna(pairs.loc["1722", "loss"])
    assert pairs.loc["112I", "loss"].startswith("own code, mapped like its parent 112; 4 fall on it: 110")
    back = codebook.crosswalk("plover", "cameo").set_index("counterpart")
    assert back.loc["1722D", "loss"] == "own code, finer than what the PLOVER types say"


@pytest.mark.parametrize(
    ("other", "code", "loss"),
    [
        ("plover", "010", "no counterpart: the PLOVER table of 2021 has nothing for root 01"),
        ("plover", "155", "no counterpart: the PLOVER table of 2021 has nothing for this code"),
        ("acled", "173", "no counterpart: ACLED counts no such act"),
        ("benchmark", "017P", "no counterpart: the benchmark roots have nothing for root 01"),
        ("goldstein", "1951", "The published tables of Goldstein values lack this code."),
        ("goldstein", "120D", "This project's own code; no Goldstein value has been published for it."),
    ],
)
def test_a_missing_counterpart_has_its_reason(codebook: Codebook, other: str, code: str, loss: str) -> None:
    """Where a scheme has nothing for a code, the loss says why, and the counterpart is missing."""
    row = by_code(codebook, "cameo", other).loc[code]
    assert (row["fit"], row["loss"]) == ("none", loss)
    assert pd.isna(row["counterpart"])


@pytest.mark.parametrize(("scheme", "other"), SCHEMES)
def test_every_pair_of_schemes_is_whole(codebook: Codebook, scheme: str, other: str) -> None:
    """A frame of four text columns; no pair twice; a missing counterpart has fit none and a loss."""
    pairs = codebook.crosswalk(scheme, other)
    assert list(pairs.columns) == ["code", "counterpart", "fit", "loss"]
    assert {str(dtype) for dtype in pairs.dtypes} == {"string"}
    assert not pairs.duplicated(["code", "counterpart"]).any()
    assert (pairs["counterpart"].isna() == (pairs["fit"] == "none")).all()
    assert pairs.loc[pairs["counterpart"].isna(), "loss"].notna().all()
    if scheme == "cameo":
        assert pairs["code"].tolist() == [code.event_code for code in codebook if code.assignable]


def test_types_that_no_code_reaches_are_told(codebook: Codebook) -> None:
    """The way back from ACLED has every type and sub-type of its published list."""
    pairs = codebook.crosswalk("acled", "cameo")
    every = {f"{row['event_type']} / {row['sub_event_type']}" for row in table("acled.csv")}
    assert every <= set(pairs["code"])
    lost = pairs.set_index("code").loc["Strategic developments / Arrests"]
    assert (lost["fit"], lost["loss"]) == ("none", "no code leads to it")
    plover = codebook.crosswalk("plover", "cameo").set_index("code")
    assert plover.loc["REJECT / assist / intelligence", "loss"] == "no code leads to it"


def test_between_two_schemes_the_codes_on_the_way_are_named(codebook: Codebook) -> None:
    """From PLOVER to ACLED several ways may lead; each says for which codes it holds, and fits badly."""
    pairs = codebook.crosswalk("plover", "acled").set_index(["code", "counterpart"])
    row = pairs.loc["PROTEST / riot", "Riots / Violent demonstration"]
    assert row["fit"] == "broad"
    assert row["loss"].startswith("only where the code is 145; ")


def test_written_counterparts_are_unambiguous(codebook: Codebook) -> None:
    """No two counterparts are written alike: a missing mode keeps its place."""
    for crosswalks in ({code.plover for code in codebook}, {code.acled for code in codebook}):
        parts = {(one.event, one.mode, one.context) for one in crosswalks}
        assert len({one.text for one in crosswalks}) == len(parts)
    assert codebook["0311"].plover.text == "AGREE / - / economic"


# Fits


def test_exact_is_one_to_one(codebook: Codebook) -> None:
    """A fit is exact only where no other CAMEO code has the counterpart, and never for an own code."""
    for scheme in ("plover", "acled"):
        users = defaultdict(list)
        for code in codebook:
            if getattr(code, scheme).event and code.scope == "cameo":
                users[getattr(code, scheme).text].append(code)
        for codes in users.values():
            assert len(codes) == 1 or "exact" not in {getattr(code, scheme).fit for code in codes}
        own = [code for code in codebook if code.scope == "vzevents"]
        assert "exact" not in {getattr(code, scheme).fit for code in own}


def test_no_demand_is_exact(codebook: Codebook) -> None:
    """PLOVER's REQUEST holds demands and appeals alike, so which of both is lost."""
    assert {c.plover.fit for c in codebook if c.plover.event == "REQUEST"} == {"close", "broad"}


def test_acled_has_no_words_and_no_single_arrests(codebook: Codebook) -> None:
    """Statements, appeals, threats, diplomacy, demands and arrests have no counterpart in ACLED."""
    words = {"01", "02", "03", "04", "05", "09", "10", "11", "12", "13"}
    wrong = [c.event_code for c in codebook if c.acled.event and c.event_root_code in words]
    assert wrong == []
    assert codebook["173"].acled.event is None


# The command


def test_the_command_prints_one_line_a_pair(codebook: Codebook) -> None:
    """Columns with a head; long lists are cut; the summary goes to standard error."""
    result = invoke("cameo", "PLOVER")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].split() == ["code", "counterpart", "fit", "loss"]
    assert len(lines) == 1 + len(crosswalk_pairs(codebook, "cameo", "plover"))
    assert re.match(r"316 CAMEO codes: \d+ come back whole, ", result.stderr)
    assert "140, 141, 1411, 1412, 1413, 1414, 142, 1421 … and 8 more" in invoke("acled", "cameo").stdout
    assert invoke("cameo", "plover", "-q").stderr == ""


def test_summary_counts_every_code_once(codebook: Codebook) -> None:
    """The numbers of the summary add up to the codes."""
    for scheme, other in SCHEMES:
        total, *parts = map(int, re.findall(r"(\d+) ", invoke(scheme, other).stderr))
        assert sum(parts) == total


def test_json_and_csv_have_the_frame(codebook: Codebook, tmp_path: Path) -> None:
    """--json and --csv write the rows of `Codebook.crosswalk`, whole lists and codes as text."""
    path = tmp_path / "pairs.csv"
    pairs = codebook.crosswalk("plover", "cameo")
    expected = pairs.astype(object).where(pairs.notna(), None).to_dict("records")
    assert json.loads(invoke("plover", "cameo", "--json").stdout) == expected
    assert invoke("plover", "cameo", "--csv", str(path)).stdout == ""
    pd.testing.assert_frame_equal(pd.read_csv(path, dtype="string"), pairs)


@pytest.mark.parametrize(
    ("scheme", "other", "message"),
    [
        ("icews", "cameo", "'icews' is no scheme; allowed: cameo, plover, acled, benchmark"),
        ("cameo", "icews", "'icews' is no scheme; allowed: cameo, plover, acled, goldstein, benchmark"),
        ("goldstein", "cameo", "'goldstein' is a scale, from which no code comes back; allowed: cameo"),
        ("cameo", "cameo", "'cameo' leads to itself"),
    ],
)
def test_unknown_schemes_are_refused(codebook: Codebook, scheme: str, other: str, message: str) -> None:
    """A pair of schemes that there is not exits 2 and says what is allowed; in Python it raises."""
    result = invoke(scheme, other)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    with pytest.raises(UnknownCodeError, match=re.escape(message)):
        codebook.crosswalk(scheme, other)


def test_a_csv_that_cannot_be_written(tmp_path: Path) -> None:
    """One line, exit 3."""
    result = invoke("cameo", "plover", "--csv", str(tmp_path / "none" / "pairs.csv"))
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr
