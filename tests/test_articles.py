"""Reading articles: every format, ids unchanged, and what happens to input that cannot be read."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vzevents.articles import BadRecord, detect_language, read_articles, read_records, read_tasks
from vzevents.articles.markup import read_markup
from vzevents.errors import InputError
from vzevents.resolving.dates import find_dates

GOOD = {"article_id": "007", "text": "The court freed two of the officers.", "published_date": "2021-06-11"}
DAY = dt.date(2021, 6, 11)


def write(path: Path, content: str | bytes) -> Path:
    """Write text as UTF-8, or bytes as they are."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def lines(*records: object) -> str:
    """Return records as JSON Lines; text goes in as it is."""
    return "".join((r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)) + "\n" for r in records)


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    """Return a Parquet file of two articles, the second without date and language."""
    path = tmp_path / "articles.parquet"
    rows = [{**GOOD, "note": 1.5}, {**GOOD, "article_id": "7", "published_date": None, "note": None}]
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def test_jsonl_keeps_ids_text_and_extra(tmp_path: Path) -> None:
    """Ids and texts come back unchanged, other values go to `extra`, and origin says file and line."""
    odd = {"id": " Ω-01\t", "text": "  Él dijo que la ley es para todos.\r\n", "title": "t", "n": 3}
    path = write(tmp_path / "a.jsonl", "\ufeff" + lines(GOOD, "", odd))
    first, second = read_articles([path])
    assert (first.article_id, first.published_date, first.language) == ("007", DAY, "en")
    assert (second.article_id, second.text) == (odd["id"], odd["text"])
    assert second.extra == {"title": "t", "n": 3}
    assert second.origin == f"{path}:3"
    assert second.published_date is None
    assert second.language == "es"


def test_article_id_goes_before_id(tmp_path: Path) -> None:
    """Where a record has both names, article_id is the id and the other value is kept."""
    [article] = read_articles([write(tmp_path / "a.jsonl", lines({**GOOD, "id": "other"}))])
    assert (article.article_id, article.extra) == ("007", {"id": "other"})


@pytest.mark.parametrize("content", [json.dumps(GOOD), json.dumps([GOOD]), json.dumps([GOOD], indent=1)])
def test_json_is_one_record_or_a_list(tmp_path: Path, content: str) -> None:
    """A JSON file holds one record or a list of records."""
    [article] = read_articles([write(tmp_path / "a.json", content)])
    assert (article.article_id, article.text) == ("007", GOOD["text"])


def test_json_list_says_lines(tmp_path: Path) -> None:
    """In a JSON list each record has the line at which it begins."""
    second = {**GOOD, "article_id": "8"}
    path = write(tmp_path / "a.json", json.dumps([GOOD, second], indent=1))
    assert [article.origin for article in read_articles([path])] == [f"{path}:2", f"{path}:7"]


def test_csv_is_text_and_empty_is_missing(tmp_path: Path) -> None:
    """CSV ids keep their zeros, empty fields are missing, quoted line breaks stay, lines are counted."""
    rows = 'article_id,text,published_date,outlet\n007,"One\r\nline, two",2021-06-11,\n7,Three,,Post\n'
    path = write(tmp_path / "a.csv", b"\xef\xbb\xbf" + rows.encode())
    first, second = read_articles([path], published_date=dt.date(2020, 1, 1), language="es")
    assert (first.article_id, first.text, first.published_date) == ("007", "One\r\nline, two", DAY)
    assert first.extra == {"outlet": None}
    assert (second.article_id, second.published_date, second.language) == ("7", dt.date(2020, 1, 1), "es")
    assert second.origin == f"{path}:4"


def test_csv_field_may_be_long(tmp_path: Path) -> None:
    """An article longer than the csv module's own limit is read whole."""
    path = write(tmp_path / "a.csv", "article_id,text\na," + "word " * 50_000 + "\n")
    assert len(next(read_articles([path])).text) == 250_000


def test_parquet(parquet: Path) -> None:
    """Parquet rows are read with missing as None; the origin names the row."""
    first, second = read_articles([parquet])
    assert (first.article_id, first.published_date, first.extra) == ("007", DAY, {"note": 1.5})
    assert (second.article_id, second.published_date, second.extra) == ("7", None, {"note": None})
    assert second.origin == f"{parquet}:row 2"


def test_parquet_dates_and_nan(tmp_path: Path) -> None:
    """Dates and times of Parquet are dates, and NaN is missing."""
    path = tmp_path / "a.parquet"
    row = {"id": "a", "text": "x y", "published_date": dt.datetime(2021, 6, 11, 23), "score": float("nan")}
    pq.write_table(pa.Table.from_pylist([row]), path)
    [article] = read_articles([path])
    assert (article.published_date, article.extra) == (DAY, {"score": None})


def test_text_file(tmp_path: Path) -> None:
    """A text file is one article named after the file, its text as it stands without the byte order mark."""
    path = write(tmp_path / "seed.1.txt", "\ufeffOne.\r\nTwo.\n")
    [article] = read_articles([path], published_date=DAY, language="en")
    assert (article.article_id, article.text, article.published_date) == ("seed.1", "One.\r\nTwo.\n", DAY)


PAGE = """<!doctype html><html><head><title>Site | Late news</title><style>p{}</style></head><body>
<nav><p>Home</p></nav><form><main><h1>Talks
 end</h1><script>var a = "<p>no</p>";</script><article><p>Caf&eacute; &amp; bar<br>closed.</p>
<p>It was <b>un</b>expected.<aside>Advertisement<p>x</aside></p></article></main></form><footer>©</footer>"""


def test_html_gives_title_and_text(tmp_path: Path) -> None:
    """A page gives headline and paragraphs with entities decoded, without scripts, styles and navigation."""
    [article] = read_articles([write(tmp_path / "page.html", PAGE)], published_date=DAY)
    assert article.extra == {"title": "Talks end"}
    assert article.text == "Café & bar\nclosed.\nIt was unexpected."
    assert article.article_id == "page"


def test_html_without_headline_or_container() -> None:
    """Without a headline the page's title counts, without a container everything that is text."""
    assert read_markup("<title>A &lt; B</title><p>One<p>Two") == ("A < B", "One\nTwo")
    assert read_markup("plain") == (None, "plain")


def test_html_without_a_date(tmp_path: Path) -> None:
    """A page without a given date is refused, and the message names the option."""
    [article] = read_articles([write(tmp_path / "page.html", PAGE)])
    assert (article.article_id, article.published_date) == ("page", None)


BAD_LINES = [
    ('{"article_id": "8", "text": "cut', "not JSON"),
    ("[1]", "is a JSON list"),
    ("7", "is a JSON int"),
    ("[" * 100_000, "nested too deeply"),
    ({**GOOD, "article_id": 7}, "article_id must be text; write '7' in quotes"),
    ({**GOOD, "article_id": 7.0}, "must be text"),
    ({**GOOD, "article_id": True}, "must be text"),
    ({**GOOD, "article_id": ["8"]}, "must be text, not list"),
    ({**GOOD, "article_id": None}, "article_id is missing"),
    ({**GOOD, "article_id": ""}, "article_id is missing"),
    ({"article_id": "8"}, "text is missing"),
    ({"article_id": "8", "text": " \n"}, "text is missing"),
    ({"article_id": "8", "text": ["a"]}, "text must be text, not list"),
    ({"article_id": "8", "text": "a\0b"}, "null byte at character 1"),
    ('{"article_id": "8", "text": "a\\ud800"}', "half a character"),
    (
        {**GOOD, "article_id": "8", "published_date": "2021-02-30"},
        "'2021-02-30' is no date; write YYYY-MM-DD",
    ),
    ({**GOOD, "article_id": "8", "published_date": "11/06/2021"}, "write YYYY-MM-DD"),
    ({**GOOD, "article_id": "8", "published_date": 20210611}, "write YYYY-MM-DD"),
    ({**GOOD, "article_id": "8", "language": 1}, "language must be text"),
    ('{"article_id": "8", "text": "a", "n": NaN}', "NaN is no JSON; write null"),
    ('{"article_id": "8", "text": "a", "text": "b"}', "the key 'text' stands there twice"),
    (GOOD, "article_id '007' was there before"),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES, ids=[message for _, message in BAD_LINES])
def test_bad_line_stops_with_its_line(tmp_path: Path, line: object, message: str) -> None:
    """A bad line stops the reading with file and line; with skip_bad it is listed and the rest is read."""
    path = write(tmp_path / "a.jsonl", lines(GOOD, line, {**GOOD, "article_id": "last"}))
    with pytest.raises(InputError) as caught:
        list(read_articles([path]))
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)
    bad: list[BadRecord] = []
    assert [a.article_id for a in read_articles([path], skip_bad=True, bad=bad)] == ["007", "last"]
    assert [record.origin for record in bad] == [f"{path}:2"]


def test_latin_1_says_line_and_byte(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are refused with line and byte; the other lines can still be read."""
    latin = '{"article_id": "8", "text": "Él"}'.encode("latin-1")
    path = write(tmp_path / "a.jsonl", lines(GOOD).encode() + latin + b"\n")
    offset = len(lines(GOOD)) + latin.index(0xC9)
    with pytest.raises(InputError, match=rf"a\.jsonl:2: not UTF-8: byte {offset} is 0xC9; save the file as"):
        list(read_articles([path]))
    assert len(list(read_articles([path], skip_bad=True))) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "is empty (0 bytes)"),
        ("a.jsonl", b"", "is empty (0 bytes)"),
        ("a.parquet", b"", "is empty (0 bytes)"),
        ("a.txt", b"One\nEl a\xf1o", "a.txt:2: not UTF-8: byte 8 is 0xF1"),
        ("a.txt", b"\xff\xfeO\x00", "is UTF-16; save it as UTF-8"),
        ("a.txt", b"  \n", "text is missing"),
        ("a.txt", b"a\0b", "null byte"),
        ("a.html", b"<body><script>x</script>", "no text besides scripts"),
        ("a.json", b'[{"id": "a", "text": "b"}\n {"id"', "a.json:1: not JSON: Expecting ','"),
        ("a.json", b'{"id": "a",\n "text": }', "a.json:2: not JSON"),
        ("a.json", b'[{"id": "a", "text": "b"}] x', "something stands after the list"),
        ("a.json", b"[", "nothing from here on can be read"),
        ("a.csv", b"id;text\na;b\n", "separated by commas"),
        ("a.csv", b"id,body\na,b\n", "a.csv:1: has no column text; its columns are 'id', 'body'"),
        ("a.csv", b"title,text\na,b\n", "has no column article_id or id"),
        ("a.csv", b"id,text,text\na,b,c\n", "has two columns 'text'"),
        ("a.csv", b"\n", "a.csv:1: has no header line"),
        ("a.csv", b"id,text\na,b,c\n", "a.csv:2: 3 fields where the header has 2"),
        ("a.csv", b'id,text\na,"b\nc\n', "a.csv:2: not CSV"),
        ("a.csv", b"id,text\na,b\nb,\xe9\n", "a.csv:3: not UTF-8: byte 14 is 0xE9"),
        ("a.csv", b"id,text\n\xe9", "a.csv:2: not UTF-8"),
        ("a.csv", b"id,text\na,b\0\n", "null byte"),
        ("a.parquet", b"PAR1 this is none", "not whole Parquet"),
    ],
)
def test_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """A file that is empty, broken or in another encoding is refused with its name, line and what is due."""
    path = write(tmp_path / name, content)
    with pytest.raises(InputError) as caught:
        list(read_articles([path], published_date=DAY))
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


def test_cut_parquet(tmp_path: Path, parquet: Path) -> None:
    """A Parquet file cut in half is refused, whole row groups before the cut notwithstanding."""
    whole = parquet.read_bytes()
    path = write(tmp_path / "cut.parquet", whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"cut\.parquet: not whole Parquet"):
        list(read_articles([path]))


def test_parquet_with_numbers_for_ids(tmp_path: Path) -> None:
    """A Parquet column of numbers is no column of ids."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": [7], "text": ["a"]}), path)
    with pytest.raises(InputError, match=r"a\.parquet:row 1: id must be text"):
        list(read_articles([path]))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.jsonl", "no such file"),
        ("", "is a folder; give its files"),
        ("a.docx", "known are .txt, .html"),
    ],
)
def test_paths_are_checked_first(tmp_path: Path, name: str, message: str) -> None:
    """A missing file, folder or unknown suffix is refused before anything is read, also with skip_bad."""
    write(tmp_path / "a.docx", "x")
    good = write(tmp_path / "good.jsonl", lines(GOOD))
    with pytest.raises(InputError, match=message):
        next(read_articles([good, tmp_path / name], skip_bad=True))


def test_line_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line beyond the limit is refused without being held in memory; the lines after it are read."""
    monkeypatch.setattr("vzevents.articles.decoding.MAX_BYTES", 200)
    path = write(
        tmp_path / "a.jsonl", lines(GOOD, {"id": "b", "text": "x" * 500}, {**GOOD, "article_id": "c"})
    )
    bad: list[BadRecord] = []
    assert [a.article_id for a in read_articles([path], skip_bad=True, bad=bad)] == ["007", "c"]
    assert [record.origin for record in bad] == [f"{path}:2"]


def test_ids_must_differ_across_files(tmp_path: Path) -> None:
    """Two files of one input may not share an id."""
    paths = [write(tmp_path / name, lines(GOOD)) for name in ("a.jsonl", "b.jsonl")]
    with pytest.raises(InputError, match=r"b\.jsonl:1: article_id '007' was there before"):
        list(read_articles(paths))


def test_reading_is_lazy(tmp_path: Path) -> None:
    """The first article comes before the second line is looked at."""
    path = write(tmp_path / "a.jsonl", lines(GOOD, "broken"))
    assert next(read_articles([path])).article_id == "007"


def test_read_records(tmp_path: Path) -> None:
    """Records are read as they are, and a broken one is an error."""
    assert list(read_records(write(tmp_path / "a.jsonl", lines({"a": 1}, {"b": None})))) == [
        {"a": 1},
        {"b": None},
    ]
    with pytest.raises(InputError, match=":1: "):
        list(read_records(write(tmp_path / "b.jsonl", "{")))


TASK = {"id": "007", "text": "Canada praised Peru.", "source": "Canada", "target": "Peru"}


def test_tasks(tmp_path: Path) -> None:
    """Coding tasks keep their ids and order; a language is taken from the record or from the caller."""
    path = write(tmp_path / "a.jsonl", lines({**TASK, "id": "b", "language": "es-VE"}, TASK))
    tasks = list(read_tasks([path], language="en"))
    assert [(task.id, task.language) for task in tasks] == [("b", "es"), ("007", "en")]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({**TASK, "id": 7}, "id must be text"),
        ({**TASK, "source": None}, "source is missing"),
        ({**TASK, "target": ""}, "target is missing"),
        (TASK, "id '007' was there before"),
    ],
)
def test_bad_task(tmp_path: Path, record: object, message: str) -> None:
    """A task without its parts, or with an id that was there before, stops with its line."""
    with pytest.raises(InputError, match=rf"a\.jsonl:2: {message}"):
        list(read_tasks([write(tmp_path / "a.jsonl", lines(TASK, record))]))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two ministers said that they would meet again on Tuesday.", "en"),
        ("Police arrested three people at the border.", "en"),
        ("Los dos ministros dijeron que se reunirán otra vez el martes.", "es"),
        ("La policía detuvo a tres personas en la frontera con el vecino.", "es"),
        ("Os dois ministros disseram que não se reuniram com o presidente da república.", None),
        ("Les deux ministres ont dit que la réunion est pour mardi avec le président.", None),
        ("Il ministro ha detto che la riunione non si terrà nel palazzo della presidenza.", None),
        ("Die beiden Minister treffen sich am Dienstag mit dem Präsidenten.", None),
        ("Caracas, Lima, Quito", None),
        ("", None),
    ],
)
def test_detect_language(text: str, language: str | None) -> None:
    """English and Spanish are told by their function words; anything else is left open."""
    assert detect_language(text) == language


@given(
    st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), unique_by=lambda pair: pair[0], max_size=5)
)
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]) -> None:
    """Whatever id and text are accepted come back as they were written."""
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_text(
        "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in pairs) or "\n", encoding="utf-8"
    )
    good = [(i, t) for i, t in pairs if i.strip() and t.strip() and "\0" not in i + t]
    assert [(a.article_id, a.text) for a in read_articles([path], skip_bad=True)] == good


EXAMPLES = sorted(Path(__file__).parents[1].glob("data/examples/*.json"))
CASE = Path(__file__).parent / "cases" / "defection-and-recognition.yaml"


def test_examples_are_read() -> None:
    """The example articles are read as they stand, are dated ahead of any fact, and say they are invented."""
    articles = list(read_articles(EXAMPLES))
    assert [article.article_id for article in articles] == ["demo-1", "demo-2", "demo-3"]
    for article in articles:
        assert article.published_date is not None
        assert article.published_date.year > 2030
        assert article.language == detect_language(article.text) == "en"
        assert article.extra["outlet"] == "invented"


def test_case_lies_in_its_article() -> None:
    """Each anchor of the reference coding stands once in the article, and so do the actors' words."""
    case = yaml.safe_load(CASE.read_text(encoding="utf-8"))
    [article] = [found for found in read_articles(EXAMPLES) if found.article_id == case["article"]]
    for row in [*case["expect"], *case["reject"]]:
        assert article.text.count(row["anchor"]) == 1
    for row in case["expect"]:
        actors = [row[name] for name in ("source", "target", "to") if row.get(name)]
        assert all(actor["text"] is None or actor["text"] in article.text for actor in actors)


def test_case_dates_are_those_of_the_text() -> None:
    """Every day or week of the reference coding is what the article's own words resolve to."""
    case = yaml.safe_load(CASE.read_text(encoding="utf-8"))
    [article] = read_articles([EXAMPLES[0]])
    mentions = find_dates(article.text, published=article.published_date, language="en")
    resolved = {(str(m.date), str(m.date_end), m.precision) for m in mentions}
    dated = {(r["date"], r["date_end"], r["precision"]) for r in case["expect"] if r["date"]}
    assert dated
    assert dated <= resolved
