"""Validation: every rule finds what breaks it, and nothing where all is well."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from small_tables import ROWS, SmallCodebook, changed, valid_tables

from vzevents import tables
from vzevents.codebook import Codebook
from vzevents.columns import read_schemas
from vzevents.errors import InputError
from vzevents.resources import resource_dir
from vzevents.validation import RULES, Issue, issues_frame, validate_paths, validate_tables
from vzevents.validation.rules import choose_rules, find_rules

# Rule, table, row (from 0), cells that break it, and a word that the message must have.
BREAKS = [
    ("VZ102", "events", 0, {"coding_method": None}, "a value is due"),
    ("VZ103", "events", 1, {"event_date": "23/01/2019"}, "YYYY-MM-DD"),
    ("VZ103", "events", 0, {"event_date": "2019-02-30"}, "YYYY-MM-DD"),
    ("VZ103", "events", 0, {"event_code": 51}, "leading zeros"),
    ("VZ103", "events", 0, {"killed_best": "many"}, "whole number"),
    ("VZ103", "events", 0, {"latitude": "10,5"}, "number such as"),
    ("VZ103", "events", 0, {"disputed": "no"}, "true nor false"),
    ("VZ103", "events", 0, {"note": ""}, "leave the cell missing"),
    ("VZ104", "events", 0, {"coding_method": "guess"}, "human_reviewed"),
    ("VZ105", "events", 0, {"latitude": 105.0}, "-90 to 90"),
    ("VZ105", "statements", 0, {"injured": -1}, "0 or more"),
    ("VZ106", "events", 0, {"event_id": "VZ-1"}, "VZ- and at least six digits"),
    (
        "VZ106",
        "statements",
        0,
        {"article_id": "a1", "sentence_sha256": "F00"},
        "64 digits and letters a to f",
    ),
    ("VZ107", "events", 1, {"event_id": "VZ-000001"}, "VZ-000001"),
    ("VZ109", "events", 0, {"note": "N/A"}, "empty"),
    ("VZ110", "articles", 0, {"title": "=1+1"}, "formula"),
    ("VZ111", "articles", 0, {"title": " x"}, "white space"),
    ("VZ201", "events", 0, {"event_code": "054Q"}, "near: 054R"),
    ("VZ202", "events", 0, {"event_code": "51", "event_base_code": "51", "event_root_code": "05"}, "051"),
    ("VZ202", "events", 0, {"event_code": "10", "event_base_code": "10", "event_root_code": "1"}, "010"),
    ("VZ203", "events", 0, {"event_root_code": "14"}, "event_root_code 14"),
    ("VZ204", "events", 0, {"quad_class": 4}, "has 1"),
    ("VZ205", "events", 0, {"goldstein": None}, "has 4.0"),
    ("VZ206", "statements", 0, {"benchmark_root": "AID"}, "has SUPPORT"),
    ("VZ207", "events", 0, {"acled_event_type": "Riots"}, "has nothing"),
    ("VZ208", "statements", 0, {"event_code": "05", "event_base_code": "05"}, "groups"),
    ("VZ209", "statements", 1, {"event_code": "054R", "event_base_code": "054"}, "mode alleged"),
    ("VZ210", "statements", 0, {"codebook_version": "0.0.9"}, "0.0.9"),
    ("VZ301", "events", 0, {"event_date_end": "2019-01-22", "date_precision": "bounded"}, "2019-01-22"),
    ("VZ302", "events", 1, {"event_date_end": "2019-01-26"}, "week"),
    ("VZ302", "events", 0, {"date_precision": "unknown"}, "unknown"),
    ("VZ302", "events", 0, {"event_date_end": None, "date_precision": "bounded"}, "bounded"),
    ("VZ303", "statements", 0, {"event_date": "2019-02-01", "event_date_end": "2019-02-01"}, "2019-01-24"),
    ("VZ303", "events", 0, {"first_published": "2019-01-22"}, "2019-01-22"),
    ("VZ304", "events", 0, {"source_actor": "rodriguez", "source_role": "LEG"}, "LEG on 2019-01-23"),
    ("VZ305", "offices", 0, {"valid_to": "2020-01-01"}, "2021-01-05"),
    ("VZ306", "articles", 0, {"read_date": "2019-01-01"}, "2019-01-01"),
    ("VZ401", "statements", 0, {"place_id": "atlantis"}, "atlantis"),
    ("VZ402", "events", 0, {"admin1": "VE-M"}, "has VE-A"),
    ("VZ403", "places", 0, {"longitude": None}, "give both"),
    ("VZ404", "places", 0, {"latitude": -66.9, "longitude": 10.5}, "not in Venezuela"),
    ("VZ405", "events", 0, {"geo_precision": 4}, "caracas"),
    ("VZ501", "statements", 0, {"article_id": "a9"}, "a9"),
    ("VZ502", "links", 0, {"statement_id": "s9"}, "s9"),
    ("VZ503", "events", 0, {"source_actor": "nobody"}, "nobody"),
    ("VZ504", "actors", 0, {"parent": "nobody"}, "nobody"),
    ("VZ505", "events", 0, {"event_id": "VZ-000009"}, "VZ-000009"),
    ("VZ506", "events", 1, {"event_date": "2019-01-23", "event_date_end": "2019-01-23"}, "same dates"),
    ("VZ507", "changes", 0, {"column": "colour"}, "colour"),
    (
        "VZ601",
        "statements",
        0,
        {"source_text": "one two three four five six seven eight nine ten eleven"},
        "10",
    ),
    ("VZ602", "statements", 0, {"mode": "alleged", "claimed_by": "guaido"}, "alleged"),
    ("VZ603", "links", 0, {"statement_id": "s3"}, "s3"),
    ("VZ604", "statements", 1, {"claimed_by": None}, "by whom"),
    ("VZ605", "statements", 2, {"reject_reason": None}, "without"),
    ("VZ605", "statements", 0, {"reject_reason": "state"}, "accepted"),
    ("VZ606", "changes", 0, {"reason": None}, "VZ-000001"),
    ("VZ607", "statements", 0, {"rule_id": None}, "rule_id"),
    ("VZ701", "events", 0, {"killed_low": 3, "killed_best": 2}, "rising"),
    ("VZ702", "statements", 0, {"end": 61}, "0 to 61"),
    ("VZ703", "statements", 0, {"action_text": None}, "action_text"),
    ("VZ704", "statements", 0, {"mode": "denied"}, "denied"),
    ("VZ705", "events", 0, {"source_actor": "guaido"}, "guaido"),
    ("VZ706", "events", 0, {"source_side": "neither"}, "CAN"),
    ("VZ707", "events", 0, {"source_role": "IGO"}, "CAN"),
    ("VZ708", "events", 0, {"n_outlets": 2}, "n_outlets 2"),
    ("VZ708", "events", 0, {"n_statements": 2}, "1 statements are linked"),
    ("VZ709", "events", 0, {"disputed": True}, "n_denying 0"),
    ("VZ710", "events", 0, {"event_code": "051", "event_base_code": "051"}, "051"),
    ("VZ711", "limitations", 0, {"filter": "{table: events}"}, "not JSON"),
]


def check(given, **options) -> list[Issue]:
    """Validate with the small codebook."""
    return validate_tables(given, SmallCodebook(), **options)


def test_valid_tables_are_clean():
    """Tables that break no rule give no finding, not even a note."""
    assert check(valid_tables()) == []


@pytest.mark.parametrize(("rule", "table", "row", "cells", "word"), BREAKS)
def test_rule_finds_what_breaks_it(rule, table, row, cells, word):
    """A rule names table, row and column of what breaks it, and says what is allowed."""
    found = check(changed(table, row, **cells), select=[rule])
    assert {issue.severity for issue in found} == {find_rules(rule)[0].severity}
    assert any(word in issue.message for issue in found)
    # A statement that asserts nothing is found at the event that it is to make.
    at = ("events", 1) if rule == "VZ602" else (table, row + 1)
    assert at in {(issue.table, issue.row) for issue in found}


def test_codes_of_an_older_release_are_those_of_its_codebook():
    """A list of codes beside rows of another codebook is not compared with today's; events still are."""
    given = valid_tables()
    other = {"acled_event_type": "Riots", "acled_sub_event_type": "Mob violence", "acled_fit": "broad"}
    given["codes"] = given["codes"].assign(**other)
    assert {issue.rule for issue in check(given, select=["VZ2"])} == {"VZ207"}
    given["statements"] = given["statements"].assign(codebook_version="0.0.9")
    assert {issue.rule for issue in check(given, select=["VZ2"])} == {"VZ210"}
    given["events"] = given["events"].assign(acled_event_type="Riots")
    assert {(i.rule, i.table) for i in check(given, select=["VZ207"])} == {("VZ207", "events")}


def test_every_rule_is_tested():
    """No rule is without a case that breaks it."""
    elsewhere = {"VZ101", "VZ108"}
    assert {rule.id for rule in RULES} - elsewhere == {case[0] for case in BREAKS}


def test_rules_are_in_order_and_explained():
    """Ids are unique and in order, and each rule has a title and an explanation in a full sentence."""
    ids = [rule.id for rule in RULES]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"[A-Z0-9].*\.", rule.explanation) for rule in RULES)
    assert all(rule.title and not rule.title.endswith(".") for rule in RULES)


def test_missing_and_extra_columns():
    """A column of the schema that is not there is an error, one that it does not have a note."""
    given = valid_tables()
    given["links"] = given["links"].drop(columns="score").assign(colour="red")
    found = [(issue.rule, issue.severity, issue.column, issue.row) for issue in check(given)]
    assert found == [("VZ101", "error", "score", None), ("VZ108", "info", "colour", None)]


def test_one_cell_has_one_schema_finding():
    """A cell of a wrong type in a column that may not be missing is not reported as missing too."""
    rules = [issue.rule for issue in check(changed("events", 0, first_published="x", quad_class="y"))]
    assert rules == ["VZ103", "VZ103"]


def test_a_whole_column_without_zeros():
    """Where all codes lost their zeros, 10 is reported too, although it is a code."""
    codes = ["51", "10", "54R"]
    frame = tables.to_frame("codes", [{"event_code": code} for code in codes])
    found = [issue.value for issue in check({"codes": frame}, select=["VZ202"])]
    assert found == codes
    beside_a_zero = tables.to_frame("codes", [{"event_code": code} for code in ["051", "10"]])
    assert check({"codes": beside_a_zero}, select=["VZ202", "VZ201"]) == []


def test_select_and_ignore():
    """Rules are chosen by id or theme; what is ignored stays out even where it is selected."""
    given = changed("events", 0, quad_class=4, coding_method="guess")
    assert {issue.rule for issue in check(given)} == {"VZ104", "VZ204"}
    assert {issue.rule for issue in check(given, select=["VZ2"])} == {"VZ204"}
    assert check(given, select=["vz2"], ignore=["VZ204"]) == []
    assert len(choose_rules()) == len(RULES)
    with pytest.raises(ValueError, match="no rule 'VZ999'"):
        choose_rules(["VZ999"])


def test_unknown_table_is_a_mistake_of_the_caller():
    """A table that does not exist is an exception that names those that do."""
    with pytest.raises(ValueError, match="no table 'event'; the tables are articles"):
        check({"event": pd.DataFrame()})


def test_the_argument_is_not_changed():
    """Validation leaves the caller's frames as they were."""
    given = changed("events", 0, quad_class="y")
    before = given["events"].copy(deep=True)
    check(given)
    pd.testing.assert_frame_equal(given["events"], before)


def test_empty_tables_are_clean():
    """Tables without a row break no rule."""
    assert check({name: tables.to_frame(name, []) for name in ROWS}) == []


@pytest.mark.parametrize("name", tables.TABLE_NAMES)
def test_a_table_alone_is_clean(name):
    """A table given without the others is checked as far as it can be."""
    assert check({name: valid_tables()[name]}) == []


def test_the_codebook_validates():
    """The tables that the bundled codebook makes break no rule."""
    book = Codebook.load()
    made = {name: getattr(book, f"{name}_table")() for name in ("codes", "actors", "offices", "places")}
    assert [
        issue.where + issue.message for issue in validate_tables(made, book) if issue.severity == "error"
    ] == []


def test_issues_as_a_table():
    """Findings make a table with whole numbers for rows and lines, also where there are none."""
    frame = issues_frame(check(changed("events", 1, quad_class=4)))
    assert frame.loc[0, ["rule", "table", "row", "column", "value"]].tolist() == [
        "VZ204",
        "events",
        2,
        "quad_class",
        "4",
    ]
    assert list(issues_frame([]).columns) == list(frame.columns)
    assert str(issues_frame([]).dtypes["row"]) == "Int64"


def test_schemas_of_another_dataset():
    """With schemas of its own, another dataset is checked by them; rules about our columns keep away."""
    schemas = read_schemas(resource_dir("schemas"))
    kept = {
        name: column
        for name, column in schemas["events"].columns.items()
        if name in {"event_id", "event_code"}
    }
    document = dict(
        schemas["events"].document,
        columns={name: schemas["events"].document["columns"][name] for name in kept},
    )
    events = type(schemas["events"])("events", "Events", "", ("event_id",), kept, document)
    frame = pd.DataFrame({"event_id": ["VZ-000001", "VZ-1"], "event_code": ["054R", "999"]})
    found = validate_tables({"events": frame}, SmallCodebook(), schemas={"events": events})
    assert [(issue.rule, issue.value) for issue in found] == [
        ("VZ106", "VZ-1"),
        ("VZ106", "999"),
        ("VZ201", "999"),
    ]


# --- files ---


@pytest.fixture
def folder(tmp_path):
    """Write all ten tables to a folder, statements as two files below it."""
    for name, frame in valid_tables().items():
        if name != "statements":
            tables.write_table(frame, tmp_path / f"{name}.parquet", name)
    (tmp_path / "statements").mkdir()
    statements = valid_tables()["statements"]
    tables.write_table(statements[:2], tmp_path / "statements" / "2019.csv", "statements")
    tables.write_table(statements[2:], tmp_path / "statements" / "2020.jsonl", "statements")
    return tmp_path


def validate_folder(path, **options):
    """Validate a folder with the small codebook."""
    return validate_paths([path], SmallCodebook(), **options)


def test_a_folder_is_clean(folder):
    """A folder's tables are found by name, those of a subfolder named after its table too."""
    report = validate_folder(folder)
    assert report.issues == []
    assert sorted(report.files) == sorted(tables.TABLE_NAMES)
    assert len(report.files["statements"]) == 2
    assert report.rows == sum(len(rows) for rows in ROWS.values())


def test_file_and_line_across_files(folder):
    """A finding names the file, the line and the row within that file, also in the second file of a table."""
    path = folder / "statements" / "2020.jsonl"
    row = json.loads(path.read_text()) | {"reject_reason": "boredom", "event_date": "23.1.2019"}
    path.write_text("\n" + json.dumps(row) + "\n")
    found = [(issue.rule, issue.path, issue.row, issue.line) for issue in validate_folder(folder).issues]
    assert found[:2] == [("VZ103", str(path), 1, 2), ("VZ104", str(path), 1, 2)]


def test_line_after_a_quoted_line_break(tmp_path):
    """A line number counts lines of the file, also after a cell that spans several."""
    path = tmp_path / "limitations.csv"
    path.write_text(
        'limitation_id,table,filter,text_en,text_es,since,until\nL1,,,"two\nlines",,,\nL2,none,,x,,,\n'
    )
    found = [(issue.rule, issue.line, issue.row, issue.column) for issue in validate_folder(tmp_path).issues]
    assert found == [("VZ104", 4, 2, "table")]


def test_other_files_are_passed_over(folder):
    """Table files of no table's name are named as passed over; other files are left alone."""
    (folder / "reasons.csv").write_text("a,b\n1,2\n")
    (folder / "manifest.json").write_text("{}")
    report = validate_folder(folder)
    assert (report.issues, report.skipped) == ([], [str(folder / "reasons.csv")])


def test_a_folder_without_tables(tmp_path):
    """A folder without any table cannot be validated."""
    with pytest.raises(InputError, match="no table in this folder"):
        validate_folder(tmp_path)


def test_codes_stored_as_numbers(tmp_path):
    """A Parquet column of codes stored as numbers is one finding that speaks of leading zeros."""
    frame = valid_tables()["codes"].assign(event_code=54)
    frame.to_parquet(tmp_path / "codes.parquet")
    found = [issue for issue in validate_folder(tmp_path).issues if issue.rule == "VZ103"]
    assert [(issue.row, issue.column) for issue in found] == [(None, "event_code")]
    assert "leading zeros" in found[0].message


def test_a_frame_written_by_pandas_is_clean(tmp_path):
    """What load() gives, written to CSV by pandas itself, validates clean."""
    for name, frame in valid_tables().items():
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    assert validate_folder(tmp_path).issues == []
