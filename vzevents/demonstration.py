"""The whole flow on the articles written for this project: coded, validated, published, loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING

from vzevents.articles import Article, articles_table, read_articles
from vzevents.codebook import Codebook
from vzevents.resources import resource_dir

if TYPE_CHECKING:
    import pandas as pd

    from vzevents.coding import Coder

_VERSION = "0.0.1"
_NOTE = "demonstration on invented articles, not for citation"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the flow: what it is called, what came out, and the table that it made."""

    name: str
    outcome: str
    table: pd.DataFrame


def example_articles() -> list[Article]:
    """Return the articles written for this project, in the order of their files."""
    with as_file(resource_dir("data/examples")) as folder:
        return list(read_articles(sorted(Path(folder).glob("*.json"))))


def run_demonstration(folder: Path) -> Iterator[Step]:
    """Take the example articles through the whole flow.

    Parameters
    ----------
    folder : Path
        An empty folder; a release is written into it.

    Yields
    ------
    Step
        Articles, statements, events, validation, release, load: as each is done.
    """
    from vzevents.coding import Coder
    from vzevents.dataset import load

    codebook = Codebook.load()
    articles = example_articles()
    read = articles_table(articles)
    yield Step("articles", f"{len(read)} articles read", read)
    statements = _coded(Coder(codebook), articles)
    accepted = int((statements["status"] == "accepted").sum())
    yield Step("code", f"{accepted} statements accepted, {len(statements) - accepted} rejected", statements)
    tables = _tables(codebook, read, statements)
    yield Step("link", f"{len(tables['events'])} events", tables["events"])
    yield _validated(tables, codebook)
    release = _published(tables, codebook, folder)
    yield Step(
        "publish",
        f"version {_VERSION}: {', '.join(sorted(p.name for p in release.iterdir()))}",
        tables["changes"],
    )
    events = load("events", version=_VERSION, data_dir=release.parent)
    yield Step("load", f"{len(events)} events loaded, version {events.attrs['version']}", events)


def _coded(coder: Coder, articles: list[Article]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(list(coder.code_articles(articles)), ignore_index=True)


def _tables(codebook: Codebook, articles: pd.DataFrame, statements: pd.DataFrame) -> dict[str, pd.DataFrame]:
    from vzevents.events import link_statements
    from vzevents.releases.build import build_tables
    from vzevents.tables import to_frame

    links = link_statements(statements, articles)
    nothing = to_frame("limitations", [])
    return build_tables(
        codebook,
        articles,
        statements,
        links,
        previous=None,
        reasons=None,
        limitations=nothing,
        version=_VERSION,
    )


def _validated(tables: dict[str, pd.DataFrame], codebook: Codebook) -> Step:
    import pandas as pd

    from vzevents.validation import validate_tables

    issues = validate_tables(tables, codebook)
    errors = sum(issue.severity == "error" for issue in issues)
    return Step(
        "validate",
        f"{len(tables)} tables, {errors} errors, {len(issues) - errors} other findings",
        pd.DataFrame(issues),
    )


def _published(tables: dict[str, pd.DataFrame], codebook: Codebook, folder: Path) -> Path:
    from vzevents.releases.write import write_release

    day = tables["articles"]["published_date"].max().date()
    made_by = {"codebook_version": codebook.version, "codebook_sha256": codebook.sha256}
    return write_release(tables, _VERSION, folder, date=day, note=_NOTE, **made_by)
