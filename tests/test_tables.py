"""Tables: every column described, and one rule of types."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from small_tables import ROWS, valid_table

from vzevents import tables
from vzevents.columns import TYPE_WORDS, bundled_schemas, parse_table, table_schema
from vzevents.documents import columns_markdown
from vzevents.errors import InputError, InvalidTableError
from vzevents.resources import resource_dir

CHECKOUT = Path(__file__).parent.parent


# --- schemas ---


@pytest.mark.parametrize("name", tables.TABLE_NAMES)
def test_every_column_is_described(name):
    """Every column has a type of ours, a title, a description in a full sentence and no coercion."""
    table = table_schema(name)
    assert table.name == name
    assert table.document["coerce"] is False
    assert table.document["unique"] == list(table.key) == tables.column_names(name)[: len(table.key)]
    for column in table.columns.values():
        assert column.dtype in TYPE_WORDS
        assert column.title
        assert column.description.endswith(".")


@pytest.mark.parametrize("name", tables.TABLE_NAMES)
def test_numbers_have_a_unit_or_a_scale(name):
    """Counts and measures have a unit; other numbers are from a closed list or count sentences."""
    numbers = [c for c in table_schema(name).columns.values() if c.dtype in {"Int64", "Float64"}]
    bare = [c.name for c in numbers if not c.unit and "isin" not in c.checks]
    assert set(bare) <= {"sentence_index"}


def test_the_tables_of_the_design():
    """There are ten tables, in the order of the flow, each with its schema file and no other beside them."""
    files = {file.name for file in resource_dir("schemas").iterdir()}
    assert files == {f"{name}.yaml" for name in tables.TABLE_NAMES}
    assert list(bundled_schemas()) == list(tables.TABLE_NAMES)
    assert tables.key("changes") == ["version", "table", "row_id", "column"]


def test_unknown_table():
    """A table that does not exist is refused with those that do."""
    with pytest.raises(ValueError, match="no table 'event'; the tables are articles, statements"):
        tables.column_names("event")


@pytest.mark.parametrize("name", tables.TABLE_NAMES)
def test_pandera_reads_the_yaml_and_the_parquet(name, tmp_path):
    """With pandera alone, as its own command works, the YAML accepts the Parquet file, also without rows."""
    from pandera.io.pandas_io import from_yaml

    with resource_dir("schemas").joinpath(f"{name}.yaml").open(encoding="utf-8") as file:
        schema = from_yaml(file.read())
    for rows in (valid_table(name), tables.to_frame(name, [])):
        tables.write_table(rows, tmp_path / "x.parquet", name)
        schema.validate(pd.read_parquet(tmp_path / "x.parquet"), lazy=True)
        tables.pandera_schema(name).validate(tables.read_table(tmp_path / "x.parquet", name), lazy=True)


def test_pandera_command(tmp_path):
    """The command of pandera accepts a table as written, and refuses codes read as numbers."""
    pytest.importorskip("typer")
    pytest.importorskip("pandera.cli")
    tables.write_table(valid_table("codes")[:0], tmp_path / "codes.parquet", "codes")
    row = ROWS["codes"][0] | {"event_code": "051", "event_base_code": "051"}
    tables.write_table(tables.to_frame("codes", [row]), tmp_path / "codes.csv", "codes")
    schema = str(CHECKOUT / "schemas" / "codes.yaml")
    command = [sys.executable, "-m", "pandera", "validate", "--schema", schema, "--data"]
    outcomes = [
        subprocess.run(
            [*command, str(tmp_path / f"codes.{form}")], capture_output=True, check=False
        ).returncode
        for form in ("parquet", "csv")
    ]
    assert outcomes == [0, 1]


def test_pandera_refuses_wrong_values():
    """The in-memory schema refuses a value outside a closed list, and a code that is a number."""
    import pandera.errors

    schema = tables.pandera_schema("events")
    for wrong in ({"coding_method": "guess"}, {"event_code": 54}):
        with pytest.raises(pandera.errors.SchemaErrors):
            schema.validate(valid_table("events").assign(**wrong), lazy=True)


@pytest.mark.parametrize(
    "text",
    ["columns: [", "- 1", "name: x\ncolumns: {a: {dtype: string}}",
     "name: x\nmetadata: {key: [b]}\ncolumns: {a: {dtype: string}}",
     "name: x\nmetadata: {key: [a]}\ncolumns: {a: {dtype: complex}}",
     "name: x\nmetadata: {key: [a]}\ncolumns: !!python/object/apply:os.getcwd []"],
)  # fmt: skip
def test_a_broken_schema_is_refused(text):
    """What is no table schema is refused with the file's name; no YAML tag makes an object."""
    with pytest.raises(InputError, match=r"^own\.yaml: not"):
        parse_table(text, origin="own.yaml")


def test_documentation_is_current():
    """docs/columns.md has exactly what the schemas say."""
    page = (CHECKOUT / "docs" / "columns.md").read_text(encoding="utf-8")
    assert columns_markdown(bundled_schemas()) in page


def test_tables_loads_without_pandera():
    """Importing the module and reading a schema costs no pandera; describing columns not even pandas."""
    code = (
        "import sys; from vzevents import columns; columns.bundled_schemas()\n"
        "assert 'pandas' not in sys.modules\n"
        "from vzevents import tables; tables.to_frame('links', []); assert 'pandera' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=CHECKOUT)


# --- types ---


def test_types_of_a_frame():
    """Each kind of column has one type, whatever the rows."""
    dtypes = tables.to_frame("events", []).dtypes.astype(str)
    assert dtypes["event_code"] == "string"
    assert dtypes["quad_class"] == "Int64"
    assert dtypes["goldstein"] == "Float64"
    assert dtypes["disputed"] == "boolean"
    assert dtypes["event_date"] == "datetime64[us]"
    assert dtypes.equals(valid_table("events").dtypes.astype(str))


@pytest.mark.parametrize("missing", [None, pd.NA, pd.NaT, float("nan"), np.float64("nan")])
def test_missing_is_missing(missing):
    """Every way to say missing becomes NA, in every type."""
    frame = tables.to_frame("events", [dict.fromkeys(tables.column_names("events"), missing)])
    assert frame.isna().all(axis=None)


@pytest.mark.parametrize(
    ("column", "given_as", "cell"),
    [("quad_class", "1", 1), ("quad_class", 1.0, 1), ("quad_class", np.int32(1), 1),
     ("goldstein", "-3.5", -3.5), ("goldstein", 3, 3.0),
     ("disputed", "TRUE", True), ("disputed", np.bool_(0), False),
     ("event_date", dt.date(2019, 2, 3), pd.Timestamp("2019-02-03")),
     ("event_date", "2019-02-03T00:00:00.000", pd.Timestamp("2019-02-03")),
     ("event_date", pd.Timestamp("2019-02-03"), pd.Timestamp("2019-02-03")),
     ("event_date", np.datetime64("2019-02-03"), pd.Timestamp("2019-02-03")),
     ("event_code", "010", "010"), ("note", "NA", "NA")],
)  # fmt: skip
def test_cells_are_cast(column, given_as, cell):
    """Numbers, truth values and dates are taken in the usual ways; text is taken as it is."""
    assert tables.to_frame("events", [{column: given_as}])[column].tolist() == [cell]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("quad_class", "1.5"), ("quad_class", True), ("quad_class", 2**63), ("quad_class", "1e3"),
     ("quad_class", []), ("goldstein", "NaN"), ("goldstein", float("inf")), ("goldstein", False),
     ("disputed", 1), ("disputed", "yes"), ("event_date", "2019-2-3"), ("event_date", "20190203"),
     ("event_date", "2019-02-30"), ("event_date", 20190203), ("event_date", dt.datetime(2019, 2, 3, 12)),
     ("event_date", pd.Timestamp("2019-02-03", tz="UTC")),
     ("event_code", 10), ("event_code", 10.0), ("note", ""), ("note", "\ud800"), ("note", ["x"])],
)  # fmt: skip
def test_wrong_cells_are_refused(column, wrong):
    """A cell of another type is refused with table, row and column, and listed in `issues`."""
    with pytest.raises(InvalidTableError, match=rf"^events, row 2: {column}: ") as caught:
        tables.to_frame("events", [{}, {column: wrong}])
    assert caught.value.issues[["table", "row", "column", "check"]].to_numpy().tolist() == [
        ["events", 2, column, "type"]
    ]


def test_all_wrong_cells_are_listed():
    """The message shows the first cells and counts the rest; `issues` has all of them."""
    with pytest.raises(InvalidTableError, match="and 3 more") as caught:
        tables.to_frame("events", [{"quad_class": "x"}] * 8)
    assert len(caught.value.issues) == 8


def test_unknown_column_of_a_row():
    """A row with a name that is no column is a mistake of the caller."""
    with pytest.raises(ValueError, match="links has no column colour; its columns are statement_id"):
        tables.to_frame("links", [{"colour": "red"}])


def test_conform_keeps_other_columns():
    """Columns that the table does not have come last, as they were; the argument is not changed."""
    given_frame = pd.DataFrame({"colour": ["red"], "event_id": ["VZ-000001"]}, index=[7])
    before = given_frame.copy(deep=True)
    frame = tables.conform("links", given_frame)
    assert list(frame.columns) == [*tables.column_names("links"), "colour"]
    pd.testing.assert_frame_equal(given_frame, before)
    pd.testing.assert_frame_equal(tables.conform("links", frame), frame)


def test_a_typed_column_is_looked_at_too():
    """Columns that have their type already are refused an empty text, an infinite number or a time of day."""
    for column, cells, dtype in (
        ("note", [""], "string"),
        ("goldstein", [np.inf], "Float64"),
        ("event_date", [pd.Timestamp("2019-02-03 12:00")], "datetime64[ns]"),
    ):
        with pytest.raises(InvalidTableError, match=column):
            tables.conform("events", pd.DataFrame({column: pd.array(cells, dtype=dtype)}))


# --- which table ---


@pytest.mark.parametrize(
    ("path", "columns", "table"),
    [
        ("events.csv", [], "events"),
        ("Events-2024_final.parquet", [], "events"),
        ("statements/2019.csv", [], "statements"),
        ("mine.csv", ["statement_id", "event_id", "relation"], "links"),
        ("mine.csv", ["event_id", "event_code", "event_date", "note"], "events"),
        ("events-and-places.csv", ["place_id", "name", "kind"], "places"),
        ("mine.csv", ["actor_id", "name_en", "kind"], "actors"),
    ],
)
def test_guess(path, columns, table):
    """A table is known by the name of its file or folder, else by its columns."""
    assert tables.guess_table(Path(path), columns) == table


@pytest.mark.parametrize("columns", [[], ["a", "b"], ["event_date"]])
def test_no_guess(columns):
    """Where nothing tells the table, the message lists the names to choose from."""
    with pytest.raises(
        InputError, match=r"mine\.csv: neither its name nor its columns .* articles, statements"
    ):
        tables.guess_table(Path("mine.csv"), columns)


def test_yaml_has_no_surprises():
    """No allowed value of a schema is read as a number or truth value where text is due."""
    for name in tables.TABLE_NAMES:
        document = yaml.safe_load(
            resource_dir("schemas").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        )
        for column in document["columns"].values():
            kind = int if column["dtype"] == "Int64" else str
            assert all(type(value) is kind for value in column.get("isin", []))
