"""Write the whole codebook out for those who read or count it: one web page, one Parquet table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from vzevents.codebook.describing import QUADS
from vzevents.codebook.fields import LANGUAGES
from vzevents.codebook.model import STATEMENT_KEYS
from vzevents.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from vzevents.codebook.book import Codebook
    from vzevents.codebook.model import Code, Example

NAMES = ("codebook.html", "codebook.parquet")


def write_codebook(codebook: Codebook, path: Path) -> list[Path]:
    """Write a codebook into a file, or as page and table into a folder.

    Parameters
    ----------
    codebook : Codebook
        The codebook.
    path : Path
        A file whose name ends in ``.html`` or ``.parquet``, or a folder, which is made where there is none.
        Files that are there are replaced.

    Returns
    -------
    list of Path
        What was written. The same codebook gives the same bytes.

    Raises
    ------
    InputError
        If it cannot be written, or the name is that of another format.
    """
    is_file = path.suffix != "" and not path.is_dir()
    if is_file and path.suffix.lower() not in _WRITERS:
        message = f"{path}: no format of the codebook; give a name in {', '.join(_WRITERS)}, or a folder"
        raise InputError(message)
    paths = [path] if is_file else [path / name for name in NAMES]
    for one in paths:
        raw = _WRITERS[one.suffix.lower()](codebook)
        try:
            if not is_file:
                path.mkdir(parents=True, exist_ok=True)
            one.write_bytes(raw)
        except OSError as error:
            message = f"{one}: cannot be written: {error.strerror or error}"
            raise InputError(message) from error
    return paths


def codebook_page(codebook: Codebook) -> str:
    """Return the codebook as one HTML page.

    Parameters
    ----------
    codebook : Codebook
        The codebook.

    Returns
    -------
    str
        A page that loads nothing else. Every text of the codebook is escaped.
    """
    # Not at the top: only this page needs it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("vzevents", "codebook")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    roots = [list(codes) for _, codes in groupby(codebook, key=lambda code: code.event_root_code)]
    page = environment.get_template("page.html").render(
        codebook=codebook,
        roots=roots,
        languages=LANGUAGES,
        quads=QUADS,
        examples=codebook.examples_by_code,
    )
    return page + "\n"


def codebook_frame(codebook: Codebook) -> pd.DataFrame:
    """Return one row a code, with lists where there are several.

    Parameters
    ----------
    codebook : Codebook
        The codebook.

    Returns
    -------
    pandas.DataFrame
        The columns of the table `codes`, then `goldstein_reason_en` and `_es` (text), `plover_quad`,
        `benchmark_root`, and as lists `when_en` and `_es`, `near_misses` (use, en, es), `modes`,
        `patterns_en` and `_es`, `examples` (text, language, split, positive, statements, is_not); version and
        sha256 of the codebook stand in each row.
    """
    import pandas as pd

    codes = codebook.codes_table()
    examples = codebook.examples_by_code
    rows = [_more(codebook, code, examples.get(code.event_code, ())) for code in codebook]
    more = {name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in _more_types().items()}
    return codes.assign(**more)


def _parquet(codebook: Codebook) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from vzevents.arrow import ARROW_TYPES
    from vzevents.columns import bundled_schemas

    frame = codebook_frame(codebook)
    columns = bundled_schemas()["codes"].columns
    kinds = {name: ARROW_TYPES[column.dtype] for name, column in columns.items()} | _arrow_types()
    about = {"codebook_version": codebook.version, "codebook_sha256": codebook.sha256}
    schema = pa.schema(list(kinds.items()), metadata=about)
    arrays = [pa.array(frame[name], type=kind, from_pandas=True) for name, kind in kinds.items()]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), sink, compression="snappy", version="2.6")
    return bytes(sink.getvalue())


def _html(codebook: Codebook) -> bytes:
    return codebook_page(codebook).encode()


_WRITERS = {".html": _html, ".parquet": _parquet}


def _more(codebook: Codebook, code: Code, examples: Sequence[Example]) -> dict[str, object]:
    """Return what the table `codes` does not say of a code."""
    why = codebook.goldstein_reason(code.event_code)
    by_language: Iterator[tuple[str, object]] = (
        pair
        for language in LANGUAGES
        for pair in (
            (f"goldstein_reason_{language}", why.get(language)),
            (f"when_{language}", list(code.when.get(language, ()))),
            (f"patterns_{language}", [p.text for p in code.patterns if p.language == language]),
        )
    )
    return {
        **dict(by_language),
        "plover_quad": codebook.plover_quad(code.event_code),
        "benchmark_root": codebook.benchmark_root(code.event_code),
        "modes": list(code.modes),
        "near_misses": [
            {"use": miss.use, **{one: miss.text.get(one) for one in LANGUAGES}} for miss in code.near_misses
        ],
        "examples": [_example(example) for example in examples],
        "codebook_version": codebook.version,
        "codebook_sha256": codebook.sha256,
    }


def _example(example: Example) -> dict[str, object]:
    return {
        "text": example.text,
        "language": example.language,
        "split": example.split,
        "positive": example.is_positive,
        "statements": [{name: one.get(name) for name in STATEMENT_KEYS} for one in example.expected],
        "is_not": list(example.is_not),
    }


def _more_types() -> dict[str, str]:
    """Return the columns beside those of the table `codes`, in order, with their type in pandas."""
    import pyarrow as pa

    names = {pa.string(): "string", pa.int64(): "Int64"}
    return {name: names.get(kind, "object") for name, kind in _arrow_types().items()}


def _arrow_types() -> dict[str, pa.DataType]:
    import pyarrow as pa

    text = pa.string()
    texts = pa.list_(text)
    near_miss = pa.struct([(name, text) for name in ("use", *LANGUAGES)])
    statement = pa.struct([(name, text) for name in STATEMENT_KEYS])
    example = {
        **dict.fromkeys(("text", "language", "split"), text),
        "positive": pa.bool_(),
        "statements": pa.list_(statement),
        "is_not": texts,
    }
    return {
        **{f"goldstein_reason_{language}": text for language in LANGUAGES},
        "plover_quad": pa.int64(),
        "benchmark_root": text,
        "modes": texts,
        **{f"when_{language}": texts for language in LANGUAGES},
        "near_misses": pa.list_(near_miss),
        **{f"patterns_{language}": texts for language in LANGUAGES},
        "examples": pa.list_(pa.struct(example.items())),
        "codebook_version": text,
        "codebook_sha256": text,
    }
