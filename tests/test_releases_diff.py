"""Changes between releases: complete, each with its reason, and the version number follows from them."""

from __future__ import annotations

import json

import pandas as pd
import pytest
import small_project as small
from hypothesis import given, settings
from hypothesis import strategies as st

from vzevents import tables
from vzevents.errors import ReleaseError
from vzevents.releases import build, content
from vzevents.releases.changelog import changes_markdown
from vzevents.releases.diff import diff_tables
from vzevents.releases.versions import Version, check_version, demanded_level, parse_version


@pytest.fixture(autouse=True)
def _stand_in_events(monkeypatch):
    monkeypatch.setattr(build, "_make_events", small.stand_in_events)


# The diff

EVENT_CELLS = {
    "event_code": st.sampled_from(["054R", "120D", "141"]),
    "event_date": st.none() | st.dates().map(str),
    "participants_best": st.none() | st.integers(0, 2**62),
    "goldstein": st.none() | st.floats(-10, 10),
    "disputed": st.none() | st.booleans(),
    "note": st.none() | st.text(st.characters(codec="utf-8"), min_size=1),
}


@st.composite
def event_tables(draw):
    """Draw an events table of up to five rows with cells of every type."""
    numbers = draw(st.lists(st.integers(1, 9), unique=True, max_size=5))
    rows = [
        {"event_id": f"VZ-{number:06}"} | {name: draw(cells) for name, cells in EVENT_CELLS.items()}
        for number in numbers
    ]
    return tables.to_frame("events", rows)


def apply_changes(frame: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Apply the changes of the events table, as their documentation says."""
    cells = content.json_cells(frame)
    rows = {
        event_id: {name: cells[name][row] for name in cells} for row, event_id in enumerate(frame["event_id"])
    }
    for change in changes.astype(object).where(changes.notna(), None).to_dict("records"):
        if change["column"] is not None:
            assert rows[change["row_id"]][change["column"]] == change["old"]
            rows[change["row_id"]][change["column"]] = change["new"]
        elif change["action"] == "withdrawn":
            del rows[change["row_id"]]
        else:
            rows[change["row_id"]] = {k: json.dumps(v) for k, v in json.loads(change["new"]).items()}
    plain = [{k: json.loads(v) for k, v in row.items() if v is not None} for row in rows.values()]
    return tables.to_frame("events", plain).sort_values("event_id", ignore_index=True)


@settings(max_examples=40, deadline=None)
@given(event_tables(), event_tables())
def test_changes_applied_to_the_old_table_give_the_new(old, new):
    """The changes between any two tables lead from the one to the other."""
    changes = diff_tables({"events": old}, {"events": new}, version="0.2.0")
    expected = new.sort_values("event_id", ignore_index=True)
    pd.testing.assert_frame_equal(apply_changes(old, changes), expected)


@settings(max_examples=20, deadline=None)
@given(event_tables(), st.randoms())
def test_a_table_does_not_differ_from_itself(events, random):
    """In whatever order its rows stand."""
    shuffled = events.iloc[random.sample(range(len(events)), len(events))].reset_index(drop=True)
    assert diff_tables({"events": events}, {"events": shuffled}, version="0.2.0").empty


def _two(old: small.Row, new: small.Row) -> pd.DataFrame:
    before, after = ({"events": tables.to_frame("events", [row])} for row in (old, new))
    return diff_tables(before, after, version="0.2.0")


def test_recoding_is_told_from_correction():
    """What follows the code is recoded with it; another cell, or a scale alone, is corrected."""
    old = {"event_id": "VZ-000001", "event_code": "054R", "goldstein": 7.0, "note": "one"}
    changes = _two(old, old | {"event_code": "120D", "goldstein": -4.0, "note": "two"})
    assert dict(zip(changes["column"], changes["action"], strict=True)) == {
        "event_code": "recoded",
        "goldstein": "recoded",
        "note": "corrected",
    }
    assert list(_two(old, old | {"goldstein": 6.0})["action"]) == ["corrected"]


def test_cells_are_json_text():
    """Old and new are JSON, missing where the cell is."""
    row = {"event_id": "VZ-000001", "event_date": "2019-01-23", "note": None}
    change = _two(row, row | {"event_date": None, "note": 'a "b"'}).set_index("column")
    assert change.loc["event_date", "old"] == '"2019-01-23"'
    assert pd.isna(change.loc["event_date", "new"])
    assert json.loads(change.loc["note", "new"]) == 'a "b"'


def test_rows_with_keys_of_several_columns_are_named_by_a_bar():
    """A link is named by its statement and its event."""
    new = {"links": tables.to_frame("links", [small.link(1)])}
    assert list(diff_tables({}, new, version="0.1.0")["row_id"]) == ["s1|VZ-000001"]


def test_a_new_column_is_one_change():
    """A column that came is one row, not one for each of its cells."""
    events = tables.to_frame("events", [{"event_id": "VZ-000001", "note": "n"}])
    changes = diff_tables({"events": events.drop(columns="note")}, {"events": events}, version="0.2.0")
    assert changes[["row_id", "column", "action"]].to_dict("records") == [
        {"row_id": "*", "column": "note", "action": "added"}
    ]


# Reasons


def _reasons(*rows: tuple[str, ...]) -> pd.DataFrame:
    names = ["table", "row_id", "column", "reason", "action", "successors"]
    return pd.DataFrame([dict(zip(names, row, strict=False)) for row in rows], columns=names)


WITHDRAWN = ("events", "VZ-000002", "*", "reported in error", "withdrawn")
# What goes with an event that is withdrawn.
REST = (("statements", "*", "*", "recoded"), ("links", "*", "*", "unlinked"))


def _second(*reasons: tuple[str, ...], statements=None, links=None, previous=None) -> pd.DataFrame:
    """Build 0.2.0 upon a release of two events and return what it changed."""
    built = small.build(
        "0.2.0",
        statements=statements,
        links=links,
        previous=previous or small.build(),
        reasons=_reasons(*reasons),
    )
    return built["changes"][built["changes"]["version"].eq("0.2.0")]


def test_a_changed_row_needs_a_reason():
    """A change without a reason refuses the release and is named."""
    changed = [small.statement(1) | {"participants_best": 9}, small.statement(2, "120D")]
    with pytest.raises(ReleaseError, match="events VZ-000001 participants_best: corrected without a reason"):
        _second(("statements", "*", "*", "recount"), statements=changed)


def test_the_most_particular_reason_counts():
    """Row and column before row, row before column, column before table."""
    changed = [small.statement(1) | {"participants_best": 9}, small.statement(2, "120D") | {"note": "n"}]
    wide = [("statements", "*", "*", "table"), ("events", "*", "*", "all")]
    narrow = [("statements", "s1", "*", "row"), ("statements", "*", "participants_best", "column")]
    changes = _second(*wide, *narrow, statements=changed).set_index(["table", "row_id"])["reason"]
    assert changes["statements", "s1"] == "row"
    assert changes["statements", "s2"] == "table"
    changes = _second(*wide, narrow[1], statements=changed).set_index(["table", "row_id"])["reason"]
    assert changes["statements", "s1"] == "column"


def test_added_rows_need_no_reason_and_carry_no_copy():
    """A new row's reason is that it is new, and its cells stand in its own table alone."""
    statements = [small.statement(1), small.statement(2, "120D"), small.statement(3)]
    changes = _second(statements=statements, links=[small.link(1), small.link(2), small.link(3)])
    assert set(changes["action"]) == {"added"}
    assert set(changes["reason"]) == {"new in this release"}
    assert changes["new"].isna().all()


def test_event_ids_are_permanent():
    """An event that is gone needs a reason of its own that says what became of it."""
    with pytest.raises(ReleaseError, match="VZ-000002: gone; event ids are permanent"):
        _second(("events", "*", "*", "cleaned"), *REST, links=[small.link(1)])
    with pytest.raises(ReleaseError, match="VZ-000002: withdrawn without a reason"):
        _second(*REST, links=[small.link(1)])


def test_a_withdrawn_event_keeps_its_last_row():
    """Its row stands in `old`, with the reason."""
    changes = _second(WITHDRAWN, *REST, links=[small.link(1)])
    event = changes[changes["table"].eq("events")].iloc[0]
    assert (event["action"], event["reason"]) == ("withdrawn", "reported in error")
    assert json.loads(event["old"])["event_code"] == "120D"


def test_a_merged_event_names_its_successor():
    """`new` is the JSON array of the ids that it went into."""
    merged = ("events", "VZ-000002", "*", "the same act", "merged", "VZ-000001")
    changes = _second(merged, *REST, links=[small.link(1), small.link(2, 1)])
    event = changes[changes["table"].eq("events")].iloc[0]
    assert (event["action"], json.loads(event["new"])) == ("merged", ["VZ-000001"])


def test_a_redacted_row_leaves_no_copy():
    """What was redacted does not come back through the changes."""
    redacted = (*WITHDRAWN[:4], "redacted")
    changes = _second(redacted, *REST, links=[small.link(1)])
    event = changes[changes["table"].eq("events")].iloc[0]
    assert event["action"] == "redacted"
    assert pd.isna(event["old"])


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (("events", "VZ-000002", "*", "r", "merged", ""), "merged and split events, and no others, name"),
        (("events", "VZ-000002", "*", "r", "withdrawn", "VZ-000001"), "and no others, name"),
        (("events", "VZ-000002", "*", "r", "merged", "VZ-000009"), "successor VZ-000009 is no event"),
        (("events", "VZ-000002", "*", "r", "corrected"), "VZ-000002: gone; event ids are permanent"),
    ],
)
def test_wrong_ends_are_refused(reason, message):
    """An event ends withdrawn, merged, split or redacted, into events that are there."""
    with pytest.raises(ReleaseError, match=message):
        _second(reason, *REST, links=[small.link(1)])


def test_a_reason_for_what_did_not_change_is_refused():
    """It would be a mistyped id, or one left over from another release."""
    with pytest.raises(ReleaseError, match="events VZ-000001 note: nothing of that changed"):
        _second(("events", "VZ-000001", "note", "typo"))


def test_an_id_is_never_used_again():
    """An id that an earlier release ended cannot come back, even for the same event."""
    first = small.build()
    second = small.build("0.2.0", links=[small.link(1)], previous=first, reasons=_reasons(WITHDRAWN, *REST))
    with pytest.raises(ReleaseError, match="used again: VZ-000002"):
        small.build("0.3.0", previous=second, reasons=_reasons(*REST))


def test_changes_are_a_history():
    """The changes of the release before stay, so that every id resolves from one release."""
    second = small.build(
        "0.2.0", links=[small.link(1)], previous=small.build(), reasons=_reasons(WITHDRAWN, *REST)
    )
    assert set(second["changes"]["version"]) == {"0.1.0", "0.2.0"}
    assert not second["changes"].duplicated(tables.key("changes")).any()


# CHANGES.md


def test_changes_are_told_to_people():
    """CHANGES.md has this version's counts, added events, and changed rows with their reasons."""
    changes = _second(
        WITHDRAWN,
        *REST,
        links=[small.link(1), small.link(3)],
        statements=[small.statement(n) for n in (1, 3)],
    )
    text = changes_markdown(changes, version="0.2.0", date="2026-11-22", note=None)
    assert "# Changes in 0.2.0 (2026-11-22)" in text
    assert "| events | withdrawn | 1 |" in text
    assert "## Events added\n\nVZ-000003\n" in text
    assert "- events VZ-000002 withdrawn: reported in error\n" in text


def test_markup_in_data_stays_text():
    """A reason cannot bring in a link, a table row or HTML."""
    evil = "[x](http://y)\n| a | <script>"
    changes = _second((*WITHDRAWN[:3], evil, "withdrawn"), *REST, links=[small.link(1)])
    text = changes_markdown(changes, version="0.2.0", date="2026-11-22", note=None)
    assert r"\[x\]\(http://y\) \| a \| \<script\>" in text


def test_nothing_changed_is_said():
    """A release without a change says so."""
    empty = tables.to_frame("changes", [])
    assert "Nothing changed." in changes_markdown(empty, version="0.1.1", date="2026-11-22", note=None)


def test_long_lists_are_cut_and_say_so():
    """More than a hundred events or rows are counted, not listed."""
    rows = [
        {"version": "0.2.0", "table": "events", "row_id": f"VZ-{n:06}", "action": action, "reason": "r"}
        for n in range(205)
        for action in ("added", "withdrawn")
    ]
    text = changes_markdown(tables.to_frame("changes", rows), version="0.2.0", date="2026-11-22", note=None)
    assert "VZ-000099 and 105 more" in text
    assert "- and 105 more" in text


# Version numbers


def _level(**row: object) -> str:
    change = {"version": "0.2.0", "table": "events", "row_id": "x", "action": "corrected"} | row
    return demanded_level(tables.to_frame("changes", [change]))[0]


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({"action": "added"}, "minor"),
        ({"action": "withdrawn"}, "minor"),
        ({"action": "merged"}, "minor"),
        ({"action": "recoded", "column": "event_code"}, "minor"),
        ({"action": "corrected", "column": "note"}, "patch"),
        ({"action": "redacted", "column": "note"}, "patch"),
        ({"table": "statements", "action": "added"}, "patch"),
        ({"table": "codes", "action": "added"}, "patch"),
        ({"table": "codes", "action": "withdrawn"}, "major"),
        ({"table": "codes", "column": "goldstein", "old": "1.0", "new": "2.0"}, "major"),
        ({"table": "codes", "column": "label_en", "old": '"a"', "new": '"b"'}, "patch"),
        ({"table": "codes", "column": "definition_en", "old": '"a"', "new": '"b"'}, "major"),
        ({"table": "codes", "column": "definition_en", "new": '"b"'}, "patch"),
    ],
)
def test_level_follows_from_the_change(change, level):
    """Meaning of a code: major; events added, withdrawn or recoded: minor; else patch."""
    assert _level(**change) == level


def test_schema_change_is_major():
    """Another schema is a major change, whatever else there is."""
    level, why = demanded_level(tables.to_frame("changes", []), ["events"])
    assert (level, why) == ("major", "the schema changed: events")


@pytest.mark.parametrize(
    ("before", "level", "smallest"),
    [
        ("0.1.0", "patch", "0.1.1"),
        ("0.1.3", "minor", "0.2.0"),
        ("0.1.3", "major", "0.2.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "major", "2.0.0"),
    ],
)
def test_smallest_version_is_allowed_and_no_smaller(before, level, smallest):
    """The next number of the level is allowed, and one below it refused with that number named."""
    last, least = parse_version(before), parse_version(smallest)
    check_version(least, last, level, "of a change")
    with pytest.raises(ReleaseError, match=f"because of a change; the smallest is {smallest}"):
        check_version(last, last, level, "of a change")
    if level != "patch":
        with pytest.raises(ReleaseError, match="too small"):
            check_version(last.after("patch"), last, level, "of a change")


@given(st.lists(st.tuples(*[st.integers(0, 999)] * 3), min_size=2))
def test_versions_sort_by_number(numbers):
    """1.10.0 comes after 1.9.0, and text and number lead to each other."""
    texts = [".".join(map(str, triple)) for triple in numbers]
    assert sorted(map(parse_version, texts)) == [Version(*triple) for triple in sorted(numbers)]
    assert [str(parse_version(text)) for text in texts] == texts
