"""Reports: findings for people and programs, whatever the data hold."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from small_tables import ROWS, SmallCodebook

from vzevents import tables
from vzevents.validation import RULES, validate_paths
from vzevents.validation.reports import FORMATS, as_text

NASTY = "a]]>&<b\x1b[31m\x00\ud800\u202e%\r\n::error::x"


def report_on(tmp_path, value=NASTY):
    """Return a report with findings about one nasty cell, from a JSON Lines file."""
    row = dict.fromkeys(tables.column_names("articles")) | ROWS["articles"][0] | {"language": value}
    (tmp_path / "articles.jsonl").write_text(json.dumps(row) + "\n")
    return validate_paths([tmp_path], SmallCodebook())


@pytest.mark.parametrize("form", FORMATS)
def test_no_report_breaks_on_nasty_text(tmp_path, form):
    """No report fails on control characters or markup, or hands half characters to whoever writes it."""
    text = FORMATS[form](report_on(tmp_path, NASTY.replace("\ud800", "")))
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "\u202e" not in text
    assert text.encode()


def test_half_a_character_is_a_finding(tmp_path):
    """A lone surrogate from JSON is reported as a wrong cell and breaks nothing."""
    report = report_on(tmp_path)
    assert [issue.rule for issue in report.issues] == ["VZ103"]
    assert json.loads(FORMATS["json"](report))["issues"][0]["value"] == NASTY


def test_json_report(tmp_path):
    """The JSON report has every finding whole, and the counts."""
    report = report_on(tmp_path, "EN\u202e")
    document = json.loads(FORMATS["json"](report))
    assert document["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert document["issues"][0]["value"] == "EN\u202e"
    assert document["tables"] == {"articles": [str(tmp_path / "articles.jsonl")]}


def test_junit_report(tmp_path):
    """The JUnit report has one test a rule and table; a note is no failure."""
    report = report_on(tmp_path, "=EN")
    suite = ElementTree.fromstring(FORMATS["junit"](report)).find("testsuite")
    assert (suite.get("tests"), suite.get("failures")) == (str(len(RULES)), "1")
    assert [case.get("name")[:5] for case in suite if len(case)] == ["VZ106", "VZ110"]


def test_sarif_report(tmp_path):
    """The SARIF report lists all rules and gives every finding a file, a line and a level."""
    run = json.loads(FORMATS["sarif"](report_on(tmp_path, "=EN")))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.id for rule in RULES]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (tmp_path / "articles.jsonl").as_uri()
    assert place["region"] == {"startLine": 1}
    assert [result["level"] for result in run["results"]] == ["error", "note"]


def test_github_report(tmp_path):
    """A finding is one workflow command on one line; no text of data can add another."""
    lines = FORMATS["github"](report_on(tmp_path, "x\r\n::error::y")).split("\n")
    assert len(lines) == 1
    assert lines[0].startswith(
        f"::error file={tmp_path}/articles.jsonl,line=1,title=VZ106 articles::language: "
    )


def test_github_report_escapes_properties(tmp_path):
    """Commas, colons and percent signs of a path do not end its property."""
    folder = tmp_path / "a,b:c%d"
    folder.mkdir()
    assert "a%2Cb%3Ac%25d/articles.jsonl,line=1" in FORMATS["github"](report_on(folder, "EN"))


def test_text_report_counts_what_is_alike(tmp_path):
    """The text report shows twenty findings of a kind and counts the rest."""
    frame = tables.to_frame("articles", [{"article_id": f"a{i}", "language": "EN"} for i in range(30)])
    tables.write_table(frame, tmp_path / "articles.csv", "articles")
    lines = FORMATS["text"](validate_paths([tmp_path], SmallCodebook())).split("\n")
    assert len(lines) == 22
    assert lines[0].startswith(f"{tmp_path}/articles.csv:2: error VZ106 language: 'EN'")
    assert lines[-2].startswith("and 10 more of VZ106 in articles, column language")
    assert lines[-1] == "1 table, 30 rows: 30 errors, 0 warnings, 0 notes"


def test_missing_columns_are_one_line(tmp_path):
    """The columns that a file lacks are one line of text, and each a finding in JSON."""
    (tmp_path / "articles.csv").write_text("article_id\na1\n")
    report = validate_paths([tmp_path], SmallCodebook())
    wanted = tables.column_names("articles")[1:]
    lines = FORMATS["text"](report).split("\n")
    (line,) = [line for line in lines if "VZ101" in line]
    assert line.endswith(f"VZ101 {len(wanted)} columns are not there: {', '.join(wanted)}")
    issues = json.loads(FORMATS["json"](report))["issues"]
    assert [issue["column"] for issue in issues if issue["rule"] == "VZ101"] == wanted


def test_text_report_short_and_long(tmp_path):
    """The summary can be left out, and what is alike can be shown whole."""
    frame = tables.to_frame("articles", [{"article_id": f"a{i}", "language": "EN"} for i in range(30)])
    tables.write_table(frame, tmp_path / "articles.csv", "articles")
    lines = as_text(validate_paths([tmp_path], SmallCodebook()), summary=False, every=True).split("\n")
    assert len(lines) == 30
    assert all(" VZ106 " in line for line in lines)
