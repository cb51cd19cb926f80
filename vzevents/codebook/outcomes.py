"""What came of the examples: rates by language and split, as text, as JSON values and as JUnit XML."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from vzevents.codebook.examples import Outcome

_KNOWN = """\
# Examples that the coder is known to code otherwise, and why: `vzevents codebook test` reports them without
# failing. An example is named by a hash, so that nobody reads those of split test here;
# `vzevents codebook test --root . --accept WHY` writes this file.
"""
# XML has no way to write these.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many examples of a language and split come out as written, and the share that must."""

    language: str
    split: str
    passed: int
    total: int
    floor: float | None

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.passed / self.total

    @property
    def holds(self) -> bool:
        """Whether the share is at least the floor, or there is none."""
        return self.floor is None or self.share >= self.floor


@dataclass(frozen=True, slots=True)
class Report:
    """How examples came out, and whether that is good enough."""

    outcomes: tuple[Outcome, ...]
    rates: tuple[Rate, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """What came out otherwise and is not known to."""
        return tuple(o for o in self.outcomes if not o.passed and not o.known)

    @property
    def stale(self) -> tuple[Outcome, ...]:
        """What is listed as a known failure and passes."""
        return tuple(o for o in self.outcomes if o.passed and o.known)

    @property
    def holds(self) -> bool:
        """Whether every rate holds and nothing failed that is not known to."""
        return not self.failed and all(rate.holds for rate in self.rates)


def report_outcomes(outcomes: Iterable[Outcome], floors: Mapping[str, float]) -> Report:
    """Count outcomes by language and split.

    Parameters
    ----------
    outcomes : iterable of Outcome
        How the examples came out.
    floors : mapping of str to float
        Split -> the share of its examples that must come out as written, in each language; empty where
        only some of them were run.

    Returns
    -------
    Report
    """
    told = tuple(outcomes)
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for outcome in told:
        groups[outcome.example.language, outcome.example.split].append(outcome.passed)
    rates = (
        Rate(language, split, sum(passed), len(passed), floors.get(split))
        for (language, split), passed in groups.items()
    )
    return Report(told, tuple(rates))


def known_failures_yaml(report: Report, why: str) -> str:
    """Write what failed as known_failures.yaml; its comments say where an example is looked for.

    Parameters
    ----------
    report : Report
        How all examples came out.
    why : str
        The reason, the same for all.

    Returns
    -------
    str
    """
    reason = json.dumps(why, ensure_ascii=False)
    failed = [outcome.example for outcome in report.outcomes if not outcome.passed]
    lines = [
        f'  - {{example: "{e.key}", why: {reason}}}  # {e.event_code}, {e.language} {e.split}' for e in failed
    ]
    return _KNOWN + ("known_failures:\n" + "\n".join(lines) if lines else "known_failures: []") + "\n"


def describe_report(
    report: Report, *, summary: bool = True, every: bool = False, show_test: bool = False
) -> str:
    """Write what failed; with a summary also a line a code, and the rates.

    Parameters
    ----------
    report : Report
        How the examples came out.
    summary : bool
        Whether to count; else there are failures and missed rates alone.
    every : bool
        Whether to name the examples that passed too.
    show_test : bool
        Whether failures of split test are written out as those of train are: whoever writes patterns should
        not read them, or they measure nothing.

    Returns
    -------
    str
        Several lines; empty where there is nothing to say.
    """
    lines = list(_counts(report)) if summary else []
    for outcome in report.outcomes:
        shown = show_test or outcome.example.split != "test"
        if outcome.passed and every:
            lines.append(_line(outcome, " passes", shown=shown))
        elif not outcome.passed and (shown or every):
            lines += _failure(outcome, shown=shown)
    lines += [_rate(rate) for rate in report.rates if summary or not rate.holds]
    lines += [_total(report)] if summary else []
    # Counted even without a summary: nothing fails in silence.
    told = report.outcomes if summary else report.failed
    hidden = 0 if show_test else sum(not o.passed and o.example.split == "test" for o in told)
    lines += [f"split test: {hidden} failures, shown with --show-test"] if hidden else []
    return "\n".join(lines)


def report_fields(report: Report) -> dict[str, object]:
    """Return a report as plain values for JSON."""
    return {
        "holds": report.holds,
        "rates": [
            {
                "language": rate.language,
                "split": rate.split,
                "passed": rate.passed,
                "total": rate.total,
                "share": rate.share,
                "floor": rate.floor,
                "holds": rate.holds,
            }
            for rate in report.rates
        ],
        "examples": [_fields(outcome) for outcome in report.outcomes],
    }


def as_junit(report: Report) -> str:
    """Return a report as JUnit XML: a suite a language and split, a test an example, and one for the rate.

    Parameters
    ----------
    report : Report
        How the examples came out.

    Returns
    -------
    str
        An XML document. What is known to fail is skipped.
    """
    suites = ElementTree.Element("testsuites", name="vzevents codebook test")
    for rate in report.rates:
        name = f"{rate.language}.{rate.split}"
        mine = [o for o in report.outcomes if f"{o.example.language}.{o.example.split}" == name]
        suite = ElementTree.SubElement(suites, "testsuite", name=name)
        for outcome in mine:
            _add_case(suite, f"{name}.{outcome.example.event_code}", outcome)
        case = ElementTree.SubElement(suite, "testcase", classname=name, name="rate")
        if not rate.holds:
            ElementTree.SubElement(case, "failure", message=_rate(rate))
        for kind, found in (
            ("tests", "testcase"),
            ("failures", "testcase/failure"),
            ("skipped", ".//skipped"),
        ):
            suite.set(kind, str(len(suite.findall(found))))
    ElementTree.indent(suites)
    return bytes(ElementTree.tostring(suites, encoding="us-ascii", xml_declaration=True)).decode()


def _add_case(suite: ElementTree.Element, classname: str, outcome: Outcome) -> None:
    case = ElementTree.SubElement(suite, "testcase", classname=classname, name=outcome.example.origin)
    if outcome.passed:
        return
    tag = "skipped" if outcome.known else "failure"
    element = ElementTree.SubElement(
        case, tag, message="known failure" if outcome.known else "coded otherwise"
    )
    element.text = _NOT_XML.sub("\ufffd", "\n".join(_failure(outcome, shown=True)))


def _fields(outcome: Outcome) -> dict[str, object]:
    return {
        "event_code": outcome.example.event_code,
        "language": outcome.example.language,
        "text": outcome.example.text,
        "origin": outcome.example.origin,
        "split": outcome.example.split,
        "passed": outcome.passed,
        "known_failure": outcome.known,
        "missing": [dict(statement) for statement in outcome.missing],
        "unwanted": list(outcome.unwanted),
        "given": [dict(statement) for statement in outcome.given],
    }


def _counts(report: Report) -> Iterator[str]:
    """Yield a table: for each code how many examples passed, in a column a language and split."""
    columns = [(rate.language, rate.split) for rate in report.rates]
    counts: dict[str, dict[tuple[str, str], list[bool]]] = defaultdict(lambda: defaultdict(list))
    for outcome in report.outcomes:
        example = outcome.example
        counts[example.event_code][example.language, example.split].append(outcome.passed)
    if columns:
        yield "code  " + "".join(f"{' '.join(column):>10}" for column in columns)
    for code, mine in sorted(counts.items()):
        cells = (f"{sum(mine[one])}/{len(mine[one])}" if one in mine else "-" for one in columns)
        yield f"{code:<6}" + "".join(f"{cell:>10}" for cell in cells)


def _line(outcome: Outcome, what: str, *, shown: bool) -> str:
    text = f": {outcome.example.text}" if shown else ""
    return f"{outcome.example.origin}: {outcome.example.event_code}{what}{text}"


def _failure(outcome: Outcome, *, shown: bool) -> Iterator[str]:
    known = " (known)" if outcome.known else ""
    yield _line(outcome, f" fails{known}", shown=shown)
    if not shown:
        return
    for want in outcome.missing:
        yield f"  missing: {_statement(want, 'code', 'source', 'target')}"
    if outcome.unwanted:
        yield f"  must not give: {', '.join(outcome.unwanted)}"
    for row in outcome.given:
        yield f"  given: {_statement(row, 'event_code', 'source_text', 'target_text')}"


def _statement(values: Mapping[str, str | None], code: str, source: str, target: str) -> str:
    words = f"{values.get(source) or '?'} -> {values.get(target) or '-'}"
    return f"{values.get(code)} {words} {values.get('mode') or 'asserted'}"


def _rate(rate: Rate) -> str:
    # Cut, not rounded: 84.97 % must not be told as 85.0.
    share = f"{1000 * rate.passed // rate.total / 10:.1f} %"
    text = f"{rate.language} {rate.split}: {rate.passed} of {rate.total} as written ({share})"
    if rate.floor is None:
        return text
    return f"{text}, at least {100 * rate.floor:g} % wanted{'' if rate.holds else ': MISSED'}"


def _total(report: Report) -> str:
    passed = sum(o.passed for o in report.outcomes)
    known = len(report.outcomes) - passed - len(report.failed)
    return f"{passed} of {len(report.outcomes)} examples pass; {len(report.failed)} fail, {known} known"
