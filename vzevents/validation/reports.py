"""Findings as text for people, and as what other programs read.

JSON and XML are written in ASCII with escapes, so that values stay whole and none acts on a terminal.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import PurePath
from urllib.parse import quote
from xml.etree import ElementTree

from vzevents.validation.checking import Report
from vzevents.validation.findings import SEVERITIES, Issue
from vzevents.validation.rules import RULES

_SHOWN = 20  # findings of one rule in one column shown as text; the other formats have all
_SARIF_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
# What no XML 1.0 document may hold, not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def count_by_severity(issues: Iterable[Issue]) -> dict[str, int]:
    """Return how many findings there are of each severity.

    Parameters
    ----------
    issues : iterable of Issue
        The findings.

    Returns
    -------
    dict of str to int
        error, warning and info, also where there are none.
    """
    counts = Counter(issue.severity for issue in issues)
    return {severity: counts[severity] for severity in SEVERITIES}


def as_text(report: Report, *, summary: bool = True, every: bool = False) -> str:
    """Return findings one a line, then a summary line.

    Parameters
    ----------
    report : Report
        What came of the check.
    summary : bool
        Whether to count everything in a last line.
    every : bool
        Whether to show all findings of a kind instead of twenty.

    Returns
    -------
    str
        ``file:line: severity VZ101 message`` lines; what is alike beyond twenty findings is counted, and
        the columns that a table lacks are one line.
    """
    issues = _columns_joined(report.issues)
    alike = Counter((issue.rule, issue.table, issue.column) for issue in issues)
    seen: Counter[tuple[str, str, str | None]] = Counter()
    lines = []
    for issue in issues:
        kind = (issue.rule, issue.table, issue.column)
        seen[kind] += 1
        if every or seen[kind] <= _SHOWN:
            lines.append(f"{issue.where}: {issue.severity} {issue.rule} {issue.message}")
        elif seen[kind] == alike[kind]:
            rest = f"and {alike[kind] - _SHOWN} more of {issue.rule} in {issue.table}"
            lines.append(f"{rest}, column {issue.column} (-v or --format json lists all)")
    return "\n".join([*lines, _summary(report)] if summary else lines)


def _columns_joined(issues: Iterable[Issue]) -> list[Issue]:
    """Make one finding of all columns that are not there in one file."""
    joined: dict[object, list[Issue]] = {}
    for number, issue in enumerate(issues):
        missing = issue.rule == "VZ101" and issue.row is None
        joined.setdefault((issue.path, issue.table) if missing else number, []).append(issue)
    return [some[0] if len(some) == 1 else _joined(some) for some in joined.values()]


def _joined(issues: list[Issue]) -> Issue:
    names = ", ".join(str(issue.column) for issue in issues)
    return replace(issues[0], column=None, message=f"{len(issues)} columns are not there: {names}")


def _summary(report: Report) -> str:
    counts = count_by_severity(report.issues)
    words = {"error": "error", "warning": "warning", "info": "note"}
    found = ", ".join(_counted(count, words[severity]) for severity, count in counts.items())
    checked = f"{_counted(len(report.files), 'table')}, {_counted(report.rows, 'row')}"
    return f"{checked}: {found if report.issues else 'nothing found'}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_json(report: Report) -> str:
    """Return findings as a JSON object.

    Parameters
    ----------
    report : Report
        What came of the check.

    Returns
    -------
    str
        Keys `tables` (files by table), `rows`, `skipped`, `counts` and `issues`.
    """
    issues = [asdict(issue) for issue in report.issues]
    head = {"tables": dict(report.files), "rows": report.rows, "skipped": report.skipped}
    document = {**head, "counts": count_by_severity(report.issues), "issues": issues}
    return json.dumps(document, indent=2)


def as_github(report: Report) -> str:
    """Return findings as workflow commands, which GitHub shows beside the lines of a change.

    Parameters
    ----------
    report : Report
        What came of the check.

    Returns
    -------
    str
        One command a line.
    """
    return "\n".join(_github_line(issue) for issue in report.issues)


def _github_line(issue: Issue) -> str:
    place = {"file": issue.path, "line": issue.line, "title": f"{issue.rule} {issue.table}"}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value)
    return f"::{_GITHUB_LEVELS[issue.severity]} {properties}::{_data(issue.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(report: Report) -> str:
    """Return findings as SARIF 2.1.0, which code hosts and editors read.

    Parameters
    ----------
    report : Report
        What came of the check.

    Returns
    -------
    str
        A JSON document with every rule and one result a finding.
    """
    rules = [
        {
            "id": rule.id,
            "name": rule.name,
            "shortDescription": {"text": rule.title},
            "fullDescription": {"text": rule.explanation},
            "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
        }
        for rule in RULES
    ]
    tool = {"driver": {"name": "vzevents", "rules": rules}}
    run = {"tool": tool, "results": [_sarif_result(issue) for issue in report.issues]}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_result(issue: Issue) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": issue.rule,
        "level": _SARIF_LEVELS[issue.severity],
        "message": {"text": issue.message},
    }
    if issue.path:
        place: dict[str, object] = {"artifactLocation": {"uri": _uri(issue.path)}}
        if issue.line:
            place["region"] = {"startLine": issue.line}
        result["locations"] = [{"physicalLocation": place}]
    return result


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def as_junit(report: Report) -> str:
    """Return findings as JUnit XML: one test a rule and table, failing where an error or warning was found.

    Parameters
    ----------
    report : Report
        What came of the check.

    Returns
    -------
    str
        An XML document.
    """
    suites = ElementTree.Element("testsuites", name="vzevents validate")
    for table in report.files:
        issues = [issue for issue in report.issues if issue.table == table]
        suite = ElementTree.SubElement(suites, "testsuite", name=table, tests=str(len(RULES)))
        for rule in RULES:
            case = ElementTree.SubElement(suite, "testcase", classname=table, name=f"{rule.id} {rule.title}")
            _add_outcome(case, [issue for issue in issues if issue.rule == rule.id])
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
    ElementTree.indent(suites)
    return bytes(ElementTree.tostring(suites, encoding="us-ascii", xml_declaration=True)).decode()


def _add_outcome(case: ElementTree.Element, issues: list[Issue]) -> None:
    if not issues:
        return
    # A note is no failure: JUnit knows no lesser word than that.
    tag = "system-out" if issues[0].severity == "info" else "failure"
    element = ElementTree.SubElement(case, tag)
    element.text = _NOT_XML.sub("\ufffd", "\n".join(f"{issue.where}: {issue.message}" for issue in issues))
    if tag == "failure":
        element.set("message", f"{len(issues)} found")
        element.set("type", issues[0].severity)


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "junit": as_junit,
    "sarif": as_sarif,
    "github": as_github,
}
