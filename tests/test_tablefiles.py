"""Table files: the same rows out as went in, and the file and line of what is broken."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_tables import valid_table

from vzevents import tables
from vzevents.errors import InputError, InvalidTableError

FORMATS = [".csv", ".jsonl", ".parquet"]


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", tables.TABLE_NAMES)
def test_round_trip(name, suffix, tmp_path):
    """Every table comes back from every format as it was."""
    frame = valid_table(name)
    tables.write_table(frame, tmp_path / f"{name}{suffix}", name)
    pd.testing.assert_frame_equal(tables.read_table(tmp_path / f"{name}{suffix}"), frame)


texts = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=8),
    st.sampled_from(
        ["=1+1", "-5", "@x", "007", "NA", " ", '"', "a,b", "a\r\nb", "\r", "\u2028", "\x00", "nan", "\ufeffx"]
    ),
)
dates = st.one_of(st.none(), st.dates(dt.date(1, 1, 1)))
rows = st.fixed_dictionaries(
    {
        "event_code": texts,
        "note": texts,
        "quad_class": st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1)),
        "goldstein": st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
        "disputed": st.sampled_from([None, True, False]),
        "event_date": dates,
    }
)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, max_size=4))
def test_any_rows_come_back(tmp_path, suffix, made):
    """Whatever the cells are, formulas, line breaks and leading zeros too, they come back unchanged."""
    frame = tables.to_frame("events", made)
    tables.write_table(frame, tmp_path / f"x{suffix}", "events")
    pd.testing.assert_frame_equal(tables.read_table(tmp_path / f"x{suffix}", "events"), frame)


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_rows_same_bytes(suffix, tmp_path):
    """Written twice, a table has the same bytes, also after it was read."""
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    tables.write_table(valid_table("events"), first, "events")
    tables.write_table(tables.read_table(first, "events"), second, "events")
    assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()


def test_what_the_files_look_like(tmp_path):
    """CSV has empty fields, ISO dates and line feeds; JSON Lines has null and plain letters."""
    frame = tables.to_frame("offices", [{"actor_id": "=ñ", "valid_from": "2019-01-05", "office": "a,b"}])
    tables.write_table(frame, tmp_path / "x.csv", "offices")
    tables.write_table(frame, tmp_path / "x.jsonl", "offices")
    head = "actor_id,office,valid_from,according_to,valid_to,role,side,basis\n"
    assert (tmp_path / "x.csv").read_bytes().decode() == head + '=ñ,"a,b",2019-01-05,,,,,\n'
    row = {"actor_id": "=ñ", "office": "a,b", "valid_from": "2019-01-05"}
    whole = dict.fromkeys(tables.column_names("offices")) | row
    assert (tmp_path / "x.jsonl").read_bytes().decode() == json.dumps(whole, ensure_ascii=False) + "\n"


def test_parquet_types(tmp_path):
    """Parquet has dates as dates, and nullable columns of pandas for whoever reads it with pandas alone."""
    tables.write_table(valid_table("events"), tmp_path / "x.parquet", "events")
    assert pq.read_schema(tmp_path / "x.parquet").equals(tables.arrow_schema("events"))
    assert tables.arrow_schema("events").field("event_date").type == pa.date32()
    dtypes = pd.read_parquet(tmp_path / "x.parquet").dtypes.astype(str)
    assert dtypes[["event_code", "injured", "latitude", "disputed"]].tolist() == [
        "string",
        "Int64",
        "Float64",
        "boolean",
    ]


def test_parquet_of_others(tmp_path):
    """Parquet types of other programs are read without loss: small integers, midnights, dictionaries."""
    table = pa.table(
        {
            "event_code": pa.array(["010", None]).dictionary_encode(),
            "quad_class": pa.array([1, None], pa.int8()),
            "goldstein": pa.array([1, 2], pa.int16()),
            "event_date": pa.array([dt.datetime(2019, 2, 3), None], pa.timestamp("ns")),
            "note": pa.array([None, None], pa.null()),
        }
    )
    pq.write_table(table, tmp_path / "x.parquet")
    frame = tables.read_table(tmp_path / "x.parquet", "events")
    assert frame["event_code"].tolist() == ["010", pd.NA]
    assert frame["quad_class"].tolist() == [1, pd.NA]
    assert frame["goldstein"].tolist() == [1.0, 2.0]
    assert frame["event_date"].tolist() == [pd.Timestamp("2019-02-03"), pd.NaT]


def test_codes_stored_as_numbers_are_refused(tmp_path):
    """A Parquet column of codes stored as numbers is refused once, not cell by cell."""
    pq.write_table(pa.table({"event_code": [10, 20]}), tmp_path / "x.parquet")
    with pytest.raises(
        InvalidTableError, match="stored as int64 where text is due; as numbers they lose leading"
    ) as caught:
        tables.read_table(tmp_path / "x.parquet", "events")
    assert len(caught.value.issues) == 1


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", b"", r"x\.csv:1: no header line"),
        ("x.csv", b"statement_id,event_id\ns1,\xf1\n", r"x\.csv:2: not UTF-8 \(byte 0xF1\)"),
        ("x.csv", b'statement_id,event_id\n"a\nb",c\nd\n', r"x\.csv:4: 1 fields where the header has 2"),
        ("x.csv", b'statement_id,event_id\ns1,"c\n', r"x\.csv:2: not CSV"),
        ("x.csv", b"statement_id;event_id\n", r"x\.csv:1: fields are not separated by commas"),
        ("x.csv", b"event_id,event_id\n", r"x\.csv:1: the header names columns twice: event_id"),
        ("x.jsonl", b'{"event_id": "1"}\n{"event_id"', r"x\.jsonl:2: not JSON"),
        ("x.jsonl", b"[1]\n", r"x\.jsonl:1: a JSON object is due"),
        ("x.jsonl", b'{"score": NaN}\n', r"x\.jsonl:1: not JSON: NaN"),
        ("x.jsonl", b"[" * 100_000, r"x\.jsonl:1: not JSON"),
        ("x.parquet", b"PAR1", r"x\.parquet: not a whole Parquet file"),
        ("x.parquet", b"", r"x\.parquet: not a whole Parquet file"),
        ("x.xlsx", b"", r"x\.xlsx: no table format; the name must end in \.csv, \.jsonl, \.parquet"),
    ],
)
def test_broken_files_are_refused(name, data, message, tmp_path):
    """A file that cannot be read is refused with its name, its line and what is wrong."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message):
        tables.read_table(tmp_path / name, "links")


def test_no_file(tmp_path):
    """A file that is not there, and a folder with a file's name, are refused by name."""
    (tmp_path / "y.csv").mkdir()
    for name in ("x.csv", "x.parquet", "y.csv"):
        with pytest.raises(InputError, match=rf"{name}: cannot be read"):
            tables.read_table(tmp_path / name, "links")


def test_wrong_cells_of_a_file_have_lines(tmp_path):
    """A wrong cell is refused with file and line, also after a cell with a line break."""
    (tmp_path / "links.csv").write_text('statement_id,score\n"a\nb",0.5\ns2,high\n')
    with pytest.raises(InvalidTableError, match=r"links\.csv:4: score: 'high' is not a number"):
        tables.read_table(tmp_path / "links.csv")


def test_bom_and_blank_lines(tmp_path):
    """A byte order mark and blank lines, as other programs write them, are not data."""
    (tmp_path / "links.csv").write_bytes(b"\xef\xbb\xbfstatement_id,event_id\r\n\r\ns1,VZ-000001\r\n")
    (tmp_path / "links.jsonl").write_bytes(
        b'\xef\xbb\xbf\n{"statement_id": "s1", "event_id": "VZ-000001"}\r\n\n'
    )
    for suffix in (".csv", ".jsonl"):
        frame = tables.read_table(tmp_path / f"links{suffix}")
        assert frame[["statement_id", "event_id"]].to_numpy().tolist() == [["s1", "VZ-000001"]]


def test_numbers_as_text_in_json_are_refused(tmp_path):
    """JSON has numbers of its own: a number in quotes is refused there, and taken from CSV."""
    (tmp_path / "links.jsonl").write_text('{"statement_id": "s1", "score": "0.5"}\n')
    with pytest.raises(InvalidTableError, match=r"links\.jsonl:1: score"):
        tables.read_table(tmp_path / "links.jsonl")


def test_folder_names_are_not_columns(tmp_path):
    """A Parquet file below a folder such as role=GOV gets no column from it."""
    folder = tmp_path / "role=GOV"
    folder.mkdir()
    tables.write_table(valid_table("offices").assign(role=None), folder / "offices.parquet", "offices")
    assert tables.read_table(folder / "offices.parquet")["role"].isna().all()


def test_extra_columns_are_not_written(tmp_path):
    """A frame with a column that the table does not have is refused, and no file is made."""
    with pytest.raises(InvalidTableError, match="links has no column colour; drop or rename it"):
        tables.write_table(valid_table("links").assign(colour="red"), tmp_path / "x.csv", "links")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path, monkeypatch):
    """A write that fails leaves the file as it was, and no part of a new one."""
    path = tmp_path / "x.csv"
    tables.write_table(valid_table("links"), path, "links")
    before = path.read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError, match=r"x\.csv: cannot be written: No space left"):
        tables.write_table(valid_table("links")[:0], path, "links")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_unknown_suffix_is_not_written(tmp_path):
    """A file name of no table format is refused."""
    with pytest.raises(InputError, match=r"x\.xlsx: no table format"):
        tables.write_table(valid_table("links"), tmp_path / "x.xlsx", "links")
