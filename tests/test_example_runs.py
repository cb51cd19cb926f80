"""Running the examples of a codebook: what passes, what is counted, what is told to whom."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner, Result
from small_codebook import DEFECTS, JOINS, STAYS, key, small_codebook

from vzevents import example_runs
from vzevents.articles import Article
from vzevents.cli import main
from vzevents.codebook import Codebook, Example
from vzevents.codebook.examples import Outcome, run_examples
from vzevents.codebook.outcomes import as_junit, describe_report, report_outcomes

Row = dict[str, str | None]
Run = Callable[..., Result]


def row(code: str, source: str | None, target: str | None, mode: str = "asserted") -> Row:
    """Make what is compared of a statement."""
    texts = {"source_text": source, "target_text": target, "to_text": None}
    actors = {"source_actor": None, "target_actor": None, "to_actor": None}
    return {"event_code": code, **texts, **actors, "mode": mode}


@pytest.mark.parametrize(
    ("rows", "passed"),
    [
        ([row("141", "the students", "Minister Diaz")], True),
        ([row("141", "The students", "minister"), row("140", "others", None)], True),
        ([row("141", "students", None)], False),
        ([row("141", "teachers", "minister")], False),
        ([row("141", "students", "minister", "alleged")], False),
        ([row("145", "students", "minister")], False),
        ([row("141", "students", "minister"), row("120", "students", "minister")], False),
        ([], False),
    ],
)
def test_an_example_passes_when_its_statements_come_out(rows: list[Row], passed: bool) -> None:
    """Code, source, target and mode must agree, others may come too, but no excluded code."""
    want = {"code": "141", "source": "students", "target": "minister"}
    example = Example("text", "en", "141", (want,), ("120",), "train", "codebook/examples/en/14.yaml:2")
    (outcome,) = run_examples([example], lambda text, language: rows)
    assert outcome.passed is passed


@pytest.mark.parametrize(
    ("want", "passed"),
    [
        ({"source_actor": "maduro"}, True),
        ({"source_actor": "guaido"}, False),
        ({"target_actor": "guaido"}, False),
        ({"to": "guaido"}, True),
        ({"to": "the opposition leader Guaidó"}, True),
        ({"to": "maduro"}, False),
    ],
)
def test_an_example_may_name_actors(want: Row, passed: bool) -> None:
    """Source and target by id; the side that is joined by id or by its words."""
    actors = {"source_actor": "maduro", "target_actor": None, "to_actor": "guaido", "to_text": "Guaidó"}
    example = Example("text", "en", "141", ({"code": "141", **want},), (), "train", "examples/en/14.yaml:2")
    (told,) = run_examples([example], lambda text, language: [row("141", None, None) | actors])
    assert told.passed is passed


def outcome(code: str, language: str, split: str, passed: bool, *, known: bool = False) -> Outcome:
    """Make an outcome."""
    text = f"{'Good' if passed else 'Bad'} {split} sentence."
    example = Example(text, language, code, (), (), split, f"{language}/{split}:1")
    return Outcome(example, (), () if passed else ("010",), (), known)


MIXED = (
    *(outcome("141", "en", "train", passed) for passed in (True, True, True, False)),
    outcome("020", "en", "train", False, known=True),
    outcome("141", "es", "test", False),
)


def test_rates_are_of_a_language_and_split() -> None:
    """A known failure is no pass; each language must hold the floor of a split by itself."""
    report = report_outcomes(MIXED, {"train": 0.6, "test": 0.1})
    told = [(rate.language, rate.split, rate.passed, rate.total, rate.holds) for rate in report.rates]
    assert told == [("en", "train", 3, 5, True), ("es", "test", 0, 1, False)]
    assert report_outcomes(MIXED[:3], {"train": 1}).holds
    assert not report_outcomes(MIXED[:4], {"train": 0.75}).holds  # the rate holds, and one fails unlisted
    assert report_outcomes((*MIXED[:3], MIXED[4]), {"train": 0.75}).holds
    assert not report_outcomes((*MIXED[:3], MIXED[4]), {"train": 0.76}).holds


def test_a_share_is_cut_and_not_rounded() -> None:
    """What misses its floor by a hair is not told as if it held."""
    report = report_outcomes([outcome("141", "en", "test", n > 0) for n in range(2000)], {"test": 1})
    text = describe_report(report, summary=False)
    assert text.splitlines()[0] == "en test: 1999 of 2000 as written (99.9 %), at least 100 % wanted: MISSED"


def test_each_code_has_a_line() -> None:
    """The table has a line a code and a column a language and split; what is not there is a dash."""
    lines = describe_report(report_outcomes(MIXED, {})).splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["code", "en", "train", "es", "test"],
        ["020", "0/1", "-"],
        ["141", "3/4", "0/1"],
    ]


def test_failures_of_split_test_are_kept_back() -> None:
    """They are counted; told by place when all is told; written out only when asked for."""
    report = report_outcomes(MIXED, {})
    told, every, shown = (
        describe_report(report, **how) for how in ({}, {"every": True}, {"show_test": True})
    )
    assert "en/train:1: 141 fails: Bad train sentence.\n  must not give: 010\n" in told
    assert "en/train:1: 020 fails (known): Bad train sentence." in told
    assert "es/test" not in told
    assert told.endswith("split test: 1 failures, shown with --show-test")
    assert "\nes/test:1: 141 fails\n" in every
    assert "Bad test sentence." not in every
    assert "en/train:1: 141 passes: Good train sentence." in every
    assert "es/test:1: 141 fails: Bad test sentence." in shown
    assert "--show-test" not in shown


def test_junit_has_a_test_for_each_example_and_rate() -> None:
    """Failures fail, known ones are skipped, a missed rate is a failure too; no sign breaks the XML."""
    odd = Example("a\x00b <c>", "en", "141", (), ("010",), "train", "x:1")
    outcomes = (*MIXED, Outcome(odd, (), ("010",), (row("010", "a\x1b", None),), known=False))
    root = ElementTree.fromstring(as_junit(report_outcomes(outcomes, {"train": 0.9})))
    told = [
        [suite.get(name) for name in ("name", "tests", "failures", "skipped")]
        for suite in root.findall("testsuite")
    ]
    assert told == [["en.train", "7", "3", "1"], ["es.test", "2", "1", "0"]]
    texts = [failure.text for failure in root.iterfind(".//failure")]
    assert "x:1: 141 fails: a\ufffdb <c>\n  must not give: 010\n  given: 010 a\ufffd -> - asserted" in texts


class FakeCoder:
    """Finds in any text that a colonel defects from the government to the rival."""

    parsers: ClassVar[list[object]] = []

    def __init__(self, codebook: Codebook, *, parse: object, model: object, skip: bool) -> None:
        self.parsers.append(parse)

    def read(self, article: Article) -> SimpleNamespace:
        """Return one accepted statement, and one that is rejected and must not count."""
        unknown = SimpleNamespace(actor_id=None)
        party = {
            "source": SimpleNamespace(text="the colonel", meant=None, reading=unknown),
            "target": SimpleNamespace(text="government", meant=None, reading=unknown),
        }
        rival = SimpleNamespace(text="rival", meant=None, reading=SimpleNamespace(actor_id="rival"))
        found = SimpleNamespace(
            event_code="120D", mode="asserted", to_actor=rival, reject_reason=None, **party
        )
        rejected = SimpleNamespace(event_code="120", reject_reason="denied")
        return SimpleNamespace(statements=[found, rejected])


@pytest.fixture
def tested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that writes a small codebook and runs `codebook test` on it with the fake coder.

    DEFECTS passes; STAYS, of split train too, and JOINS, of split test, fail.
    """
    monkeypatch.setattr(example_runs, "Coder", FakeCoder)

    def run(*arguments: str, known: Iterable[str] = (), rates: dict[str, float] | None = None) -> Result:
        small_codebook(tmp_path, known=known, rates=rates)
        return CliRunner().invoke(main, ["codebook", "test", "--root", str(tmp_path), *arguments])

    return run


@pytest.mark.parametrize(
    ("known", "rates", "code"),
    [
        ((), {}, 1),
        ((STAYS,), {}, 1),
        ((STAYS, JOINS), {}, 0),
        ((STAYS, JOINS), {"train": 0.5, "test": 0}, 0),
        ((STAYS, JOINS), {"train": 0.51}, 1),
        ((STAYS, JOINS), {"test": 0.01}, 1),
    ],
)
def test_the_exit_code_says_whether_it_holds(
    known: tuple[str, ...], rates: dict[str, float], code: int, tested: Run
) -> None:
    """It is 0 when nothing fails unlisted and each split holds what codebook.yaml demands, else 1."""
    assert tested(known=known, rates=rates).exit_code == code


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--code", "defect"], 0),
        (["--language", "en"], 1),
        (["--split", "train"], 0),
        (["--split", "test"], 1),
    ],
)
def test_rates_are_demanded_of_whole_splits(arguments: list[str], code: int, tested: Run) -> None:
    """Of a few codes no rate is demanded; of one language or one split alone it is."""
    assert tested(*arguments, known=(STAYS, JOINS), rates={"train": 0.5, "test": 0.5}).exit_code == code


def test_only_what_was_chosen_is_run(tested: Run) -> None:
    """--code, by code or name, --language and --split choose; other examples are not run."""
    for arguments, total in (
        (["--code", "120D"], 3),
        (["--code", "defect", "--split", "test"], 1),
        (["--code", "141"], 0),
        (["--language", "es"], 0),
    ):
        report = json.loads(tested(*arguments, "--json").stdout)
        assert len(report["examples"]) == total
    assert tested("--code", "defct").exit_code == 2


def test_failures_are_told_and_what_passes_now_is_a_warning(tested: Run) -> None:
    """A failure of train is written with what is missing; an entry that passes is stale, and no failure."""
    result = tested(known=(DEFECTS, STAYS, JOINS))
    assert result.exit_code == 0
    assert (
        f"120D fails (known): {STAYS}\n  must not give: 120D\n  given: 120D the colonel ->" in result.stdout
    )
    assert JOINS not in result.stdout
    assert "1 of 3 examples pass; 0 fail, 2 known" in result.stdout
    (warning,) = result.stderr.splitlines()
    assert warning.startswith("codebook/examples/en/train/12.yaml:")
    assert warning.endswith(": warning: passes now; take it out of known_failures.yaml")


def test_quiet_verbose_and_show_test(tested: Run) -> None:
    """-q tells failures alone; -v says what passes and where test fails; --show-test writes that out."""
    first, *_, last = tested("-q", known=(DEFECTS,)).stdout.splitlines()
    assert first.endswith(f"120D fails: {STAYS}")
    assert last == "split test: 1 failures, shown with --show-test"
    assert tested("-q", known=(DEFECTS,)).stderr == ""
    assert tested("-q", "--code", "141").output == ""
    told = tested("-v").stdout
    assert f"120D passes: {DEFECTS}" in told
    assert "codebook/examples/en/test/12.yaml:2: 120D fails\n" in told
    assert (
        f"120D fails: {JOINS}\n  missing: 120D major -> government asserted" in tested("--show-test").stdout
    )


def test_quiet_tells_a_missed_rate(tested: Run) -> None:
    """Whoever looks at the exit code finds in the output why."""
    result = tested("-q", "--split", "test", known=(JOINS,), rates={"test": 0.5})
    assert result.exit_code == 1
    assert result.stdout == "en test: 0 of 1 as written (0.0 %), at least 50 % wanted: MISSED\n"


def test_json_holds_everything(tested: Run) -> None:
    """Programs get rates and every example, those of split test with their text."""
    report = json.loads(tested("--json", known=(JOINS,), rates={"train": 0.5}).stdout)
    assert [(one["split"], one["share"], one["floor"], one["holds"]) for one in report["rates"]] == [
        ("train", 0.5, 0.5, True),
        ("test", 0.0, None, True),
    ]
    assert [(one["text"], one["passed"], one["known_failure"]) for one in report["examples"]] == [
        (DEFECTS, True, False),
        (STAYS, False, False),
        (JOINS, False, True),
    ]
    assert report["examples"][1]["unwanted"] == ["120D"]
    assert report["holds"] is False


def test_junit_is_written_beside_the_report(tested: Run, tmp_path: Path) -> None:
    """The file holds every example; where it cannot be written the exit code is 3 and the message says so."""
    result = tested("--junit", str(tmp_path / "examples.xml"))
    assert "1 of 3 examples pass" in result.stdout
    root = ElementTree.parse(tmp_path / "examples.xml").getroot()
    assert len(root.findall("testsuite/testcase")) == 3 + 2
    result = tested("--junit", str(tmp_path / "nowhere" / "examples.xml"))
    assert result.exit_code == 3
    assert result.stderr.splitlines()[-1].endswith(
        "examples.xml: cannot be written: No such file or directory"
    )


def test_parses_are_kept(tested: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The coder is given the parser that keeps its parses."""
    FakeCoder.parsers.clear()
    tested()
    (parse,) = FakeCoder.parsers
    assert parse.__self__.__class__.__name__ == "ParseCache"  # type: ignore[attr-defined]


def test_bundled_examples_go_through_the_coder(codebook: Codebook) -> None:
    """What is compared is what the coder gives as accepted statements, in either language."""
    examples = [
        next(e for e in codebook.examples if e.language == one and e.expected) for one in ("en", "es")
    ]
    for found in example_runs.run_codebook(codebook, examples):
        assert all(set(one) == {*row("", None, None)} for one in found.given)
        assert all(one["event_code"] in codebook for one in found.given)


def test_accept(tested: Run, tmp_path: Path) -> None:
    """All that fails is listed as known by a hash; from then on the run passes, and says what fails."""
    assert tested().exit_code == 1
    assert tested("--accept", 'not "yet"').exit_code == 1
    listed = yaml.safe_load((tmp_path / "codebook" / "known_failures.yaml").read_text("utf-8"))
    assert listed["known_failures"] == [
        {"example": key(STAYS), "why": 'not "yet"'},
        {"example": key(JOINS), "why": 'not "yet"'},
    ]


@pytest.mark.parametrize("arguments", [("--code", "120D"), ("--split", "test"), ("--language", "en")])
def test_accept_needs_all_examples(arguments: tuple[str, ...], tested: Run) -> None:
    """Of some examples nothing is known of the others."""
    result = tested("--accept", "why", *arguments)
    assert result.exit_code == 2
    assert "--accept needs --root, and all examples" in result.stderr
