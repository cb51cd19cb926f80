"""`codebook export` and `show`: everything the codebook says is there, escaped, and the same every time."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from small_codebook import DEFECTS, JOINS, STAYS, small_codebook

from vzevents.cli import main
from vzevents.codebook import Codebook

EVIL = "<script>alert('1')</script> & \"q\" {{ 7 * 7 }}"
VOID = {"meta", "input", "link", "br"}


class Page(HTMLParser):
    """What a browser makes of a page: ids, links, text, and tags that are not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: Counter[str] = Counter()
        self.texts: list[str] = []
        self.languages: set[str | None] = set()
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and what it points to."""
        found = dict(attrs)
        self.tags[tag] += 1
        self.languages.add(found.get("lang"))
        self.ids += [found["id"]] if found.get("id") else []  # type: ignore[list-item]
        self.links += [found[name] or "" for name in ("href", "src") if name in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last, and nothing else."""
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_data(self, data: str) -> None:
        """Keep the text without the line breaks of the template."""
        self.texts.append(" ".join(data.split()))


@pytest.fixture(autouse=True)
def _one_codebook(codebook: Codebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command without --root use the codebook that is loaded already."""
    load = Codebook.load
    monkeypatch.setattr(Codebook, "load", lambda folder=None: load(folder) if folder else codebook)


@pytest.fixture(scope="module")
def page(codebook: Codebook) -> Page:
    """Return the page of the bundled codebook."""
    return Page(codebook.to_html())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Codebook:
    """Return the small codebook with examples of both splits."""
    return Codebook.load(small_codebook(tmp_path_factory.mktemp("small")))


def invoke(*arguments: object) -> Result:
    """Run a command of `codebook`."""
    return CliRunner().invoke(main, ["codebook", *map(str, arguments)])


# The page


def test_the_page_stands_alone(page: Page) -> None:
    """Every tag is closed, every link leads into the page, nothing is loaded and nothing runs."""
    assert page.open == []
    assert all(link.startswith("#") for link in page.links)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert page.tags["script"] == page.tags["img"] == page.tags["link"] == 0


def test_the_page_has_every_code_and_all_that_is_said_of_it(codebook: Codebook, page: Page) -> None:
    """Codes, labels, definitions, usage, near misses, patterns and examples of both languages stand there."""
    texts = set(page.texts)
    assert {f"c{code.event_code}" for code in codebook} <= set(page.ids)
    for code in codebook:
        said = [*code.label.values(), *code.definition.values()]
        said += [line for lines in code.when.values() for line in lines]
        said += [text for miss in code.near_misses for text in miss.text.values()]
        said += [pattern.text for pattern in code.patterns]
        assert {" ".join(text.split()) for text in said} <= texts
    # No text: those of split test are counted and not printed, should one be missing.
    assert sum(" ".join(e.text.split()) not in texts for e in codebook.examples) == 0


def test_the_page_names_version_and_hash(codebook: Codebook, page: Page) -> None:
    """A reader can tell which codebook it is."""
    assert codebook.sha256 in page.texts
    assert f"vzevents codebook {codebook.version}" in page.texts


def test_the_page_marks_its_languages(page: Page) -> None:
    """What is English and what is Spanish is said, so that one can be hidden, and read out loud rightly."""
    assert page.languages == {None, "en", "es"}
    assert {"en", "es", "all"} <= set(page.ids)
    assert page.tags["label"] == page.tags["input"] == 3


def test_texts_of_the_codebook_are_no_markup(tmp_path: Path) -> None:
    """What looks like HTML or like a template stands on the page as it is written."""
    book = small_codebook(tmp_path)
    codes = book / "codes" / "12.yaml"
    written = codes.read_text(encoding="utf-8")
    for old in ("Someone changes sides.", "He leaves and joins.", "stays"):
        assert old in written
        written = written.replace(old, json.dumps(EVIL))
    codes.write_text(written, encoding="utf-8")
    page = Page(Codebook.load(book).to_html())
    assert page.tags["script"] == 0
    assert page.texts.count(EVIL) == 3


def test_the_page_tells_examples_apart(small: Codebook) -> None:
    """An example has its split and whether it has the code."""
    page = small.to_html()
    for text, kind, split in (
        (DEFECTS, "has", "train; has the code"),
        (STAYS, "not", "train; has not"),
        (JOINS, "has", "test; has the code"),
    ):
        line = page.partition(f'<li class="{kind}">{text}')[2].partition("</li>")[0]
        assert split in line


def test_a_missing_goldstein_value_has_its_reason(codebook: Codebook, page: Page) -> None:
    """The page says it in both languages, as often as there are such codes."""
    for language in ("en", "es"):
        reason = codebook.goldstein_reason("1125T")[language]
        assert page.texts.count(reason) == sum(c.scope == "vzevents" for c in codebook)
    assert codebook.goldstein_reason("141") == {}


# The table


def test_the_frame_has_one_row_a_code(codebook: Codebook) -> None:
    """The codes table stands in it; lists are lists, also empty ones; numbers are numbers."""
    frame = codebook.to_frame()
    codes = codebook.codes_table()
    pd.testing.assert_frame_equal(frame[codes.columns], codes)
    row = frame.set_index("event_code").loc["1125T"]
    code = codebook["1125T"]
    assert row["modes"] == list(code.modes)
    assert row["patterns_es"] == [p.text for p in code.patterns if p.language == "es"]
    assert [miss["use"] for miss in row["near_misses"]] == [miss.use for miss in code.near_misses]
    assert row["goldstein_reason_en"] == codebook.goldstein_reason("1125T")["en"]
    assert frame.set_index("event_code").loc["01", "examples"] == []
    assert sum(map(len, frame["examples"])) == len(codebook.examples)
    assert set(frame["codebook_sha256"]) == {codebook.sha256}


def test_the_parquet_table_is_read_as_it_was(codebook: Codebook, tmp_path: Path) -> None:
    """Other programs read text, lists and what is in them; version and hash stand in the file as well."""
    path = tmp_path / "codebook.parquet"
    assert invoke("export", path).exit_code == 0
    table = pq.read_table(path)
    frame = codebook.to_frame()
    assert table.column_names == list(frame.columns)
    rows = table.to_pylist()
    for name in ("event_code", "when_en", "when_es", "near_misses", "patterns_es", "examples", "modes"):
        assert [row[name] for row in rows] == frame[name].tolist()
    assert table.schema.metadata == {
        b"codebook_version": codebook.version.encode(),
        b"codebook_sha256": codebook.sha256.encode(),
    }


def test_the_parquet_table_is_read_by_duckdb(tmp_path: Path) -> None:
    """SQL takes the lists apart."""
    duckdb = pytest.importorskip("duckdb")
    invoke("export", tmp_path / "codebook.parquet")
    asked = (
        "SELECT count(*) FROM (SELECT unnest(examples) AS e, event_code FROM '{}') WHERE e.split = 'train'"
    )
    ((found,),) = duckdb.sql(asked.format(tmp_path / "codebook.parquet")).fetchall()
    assert found == sum(e.split == "train" for e in Codebook.load().examples)


# The command


def test_a_folder_gets_both_files_the_same_every_time(tmp_path: Path) -> None:
    """The folder is made; what is there is replaced; a second codebook object gives the same bytes."""
    root = small_codebook(tmp_path / "project").parent
    first, second = tmp_path / "site" / "one", tmp_path / "two"
    for folder in (first, second, first):
        result = invoke("export", folder, "--root", root)
        assert result.exit_code == 0
        assert result.stderr == f"{folder / 'codebook.html'} written\n{folder / 'codebook.parquet'} written\n"
    for name in ("codebook.html", "codebook.parquet"):
        digests = {hashlib.sha256((folder / name).read_bytes()).hexdigest() for folder in (first, second)}
        assert len(digests) == 1


def test_a_file_gets_its_format(codebook: Codebook, tmp_path: Path) -> None:
    """The name says whether the page or the table is meant; -q says nothing."""
    result = invoke("export", tmp_path / "Book.HTML", "-q")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "Book.HTML").read_text(encoding="utf-8") == codebook.to_html()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    """An unknown format names those that there are; a file in the way is told; both exit 3."""
    wrong = invoke("export", tmp_path / "book.pdf")
    assert wrong.exit_code == 3
    assert "give a name in .html, .parquet, or a folder" in wrong.stderr
    (tmp_path / "file").touch()
    blocked = invoke("export", tmp_path / "file" / "site")
    assert blocked.exit_code == 3
    assert "cannot be written" in blocked.stderr


# show


def test_show_names_the_code_to_use_instead() -> None:
    """A near miss has the label and the name of the code to use, in the language asked for."""
    assert ": 1125C Accuse of coup or conspiracy (accuse_of_coup)\n" in invoke("show", "1125T").stdout
    spanish = invoke("show", "1125T", "--language", "es").stdout
    assert ": 1125C Acusar de golpe o conspiración (accuse_of_coup)\n" in spanish


def test_show_has_modes_and_the_reason_for_a_missing_value() -> None:
    """Allowed modes, and why there is no Goldstein value; where there is one, the value."""
    shown = invoke("show", "155").stdout
    assert "modes: asserted, alleged, denied\n" in shown
    assert "Goldstein: none. The published tables of Goldstein values lack this code.\n" in shown
    assert "Goldstein: -6.5\n" in invoke("show", "141").stdout
    row = json.loads(invoke("show", "155", "--json").stdout)
    assert row["goldstein_reason"]["es"].startswith("Las tablas publicadas")
    assert json.loads(invoke("show", "141", "--json").stdout)["goldstein_reason"] is None


def test_show_keeps_test_examples_back(tmp_path: Path) -> None:
    """Examples come by split; those of split test only with --all, below a head of their own."""
    root = small_codebook(tmp_path).parent
    shown = invoke("show", "defect", "--root", root).stdout
    assert f"  + {DEFECTS}\n" in shown
    assert f"  - {STAYS}\n" in shown
    assert JOINS not in shown
    every = invoke("show", "defect", "--all", "--root", root).stdout
    assert every.startswith(shown)
    assert f"Examples of split test (+ has the code, - has not):\n  + {JOINS}\n" in every


def test_show_marks_near_misses_with_the_code_that_they_have(codebook: Codebook) -> None:
    """A sentence that has another code is no example of this one, and says which code it has."""
    shown = invoke("show", "1125T").stdout
    near = [e for e in codebook.examples_by_code["1125T"] if (e.language, e.split) == ("en", "train")]
    near = [example for example in near if not example.is_positive]
    assert near
    for example in near:
        codes = dict.fromkeys(one["code"] for one in example.expected)
        instead = f" [{', '.join(codes)}]" if codes else ""
        assert f"  - {example.text}{instead}\n" in shown


def test_show_says_that_a_root_is_a_heading() -> None:
    """A root is not coded; its page says so."""
    assert "A heading: no statement has this code.\n" in invoke("show", "12").stdout
    assert "A heading" not in invoke("show", "120").stdout
