"""``vzevents code``: articles in, coded statements out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from vzevents.cli.options import clean, model_option, progress, quiet_verbose

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vzevents.articles import Article, BadRecord, CodingTask
    from vzevents.coding import Bundled
    from vzevents.runs import Counts

T = TypeVar("T")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="File to write: .parquet, .csv or .jsonl."
)
@click.option(
    "--published-date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Date of articles that name none.",
)
@click.option("--language", type=click.Choice(["en", "es"]), help="Language of articles that name none.")
@click.option("--skip-bad", is_flag=True, help="Go on after a bad record, list it, and exit with 1.")
@click.option(
    "--statements", is_flag=True, help="PATH holds statements (id, text, source, target): code each."
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Reject what is coded with less confidence.",
)
@click.option(
    "--skip/--no-skip",
    default=True,
    show_default=True,
    help="Leave sentences unparsed that cannot hold a statement by their words alone.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes on this machine."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Code on a Dask cluster: its scheduler, tcp://host:8786."
)
@model_option
@quiet_verbose
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    published_date: datetime | None,
    language: str | None,
    skip_bad: bool,
    statements: bool,
    threshold: float,
    skip: bool,
    jobs: int,
    scheduler: str | None,
    model: Bundled,
    quiet: bool,
    verbose: int,
) -> None:
    """Code news articles into a table of statements.

    PATH is a .txt, .html, .json, .jsonl, .csv or .parquet file; records have article_id, text and, where
    known, published_date and language. Without -o, JSON Lines go to standard output. Nothing is written when
    a record cannot be read, unless --skip-bad is given. A run with -o that was stopped goes on where it was:
    until it is whole, what is coded lies in a folder beside the output, named as it is and .part.

    \b
    Example:
        vzevents code articles.jsonl -o statements.parquet --jobs 4
        vzevents code page.html --published-date 2019-02-03 -o statements.csv
        vzevents code --statements sentences.jsonl -o answers.jsonl
    """
    from vzevents.articles import read_articles, read_tasks
    from vzevents.output import check_output

    check_output(output, paths)
    bad: list[BadRecord] = []
    with progress("Coding", quiet=quiet) as step:
        if statements:
            tasks = read_tasks(paths, language=language, skip_bad=skip_bad, bad=bad)
            summary = _code_tasks(tasks, output, step, model=model)
        else:
            day = published_date.date() if published_date else None
            articles = read_articles(paths, published_date=day, language=language, skip_bad=skip_bad, bad=bad)
            told = _told(step, tell=verbose > 0)
            settings, workers = (model, threshold, skip), (jobs, scheduler)
            summary = _code_articles(articles, output, told, settings=settings, workers=workers)
    _report(summary, bad, quiet=quiet)


def _code_articles(
    articles: Iterator[Article],
    output: Path | None,
    done: Callable[[Counts], None],
    *,
    settings: tuple[Bundled, float, bool],
    workers: tuple[int, str | None],
) -> str:
    articles = _started(articles)
    from vzevents.runs import Settings, Workers, code_to_file

    counts = code_to_file(
        articles, output, settings=Settings(*settings), workers=Workers(*workers), done=done
    )
    return _summary(counts)


def _told(step: Callable[[int], None], *, tell: bool) -> Callable[[Counts], None]:
    """Return what is called with the counts of each batch of articles."""

    def done(counts: Counts) -> None:
        step(counts.articles)
        if tell:
            click.echo(_summary(counts), err=True)

    return done


def _summary(counts: Counts) -> str:
    skipped = f" ({counts.skipped} skipped)" if counts.skipped else ""
    met = f"{_counted(counts.articles, 'article')}, {_counted(counts.sentences, 'sentence')}{skipped}"
    return f"{met}: {_counted(counts.accepted, 'statement')} accepted, {counts.rejected} rejected"


def _code_tasks(
    tasks: Iterator[CodingTask], output: Path | None, step: Callable[[int], None], *, model: Bundled
) -> str:
    from vzevents.coding import Coder
    from vzevents.output import answer_writer

    tasks = _started(tasks)
    done = 0
    with answer_writer(output) as write:
        coder = Coder(model=model)
        for task in tasks:
            answer = coder.code_statement(
                task.text, source=task.source, target=task.target, language=task.language
            )
            write({**answer, "id": task.id})
            step(1)
            done += 1
    return f"{_counted(done, 'statement')} coded"


def _started(items: Iterator[T]) -> Iterator[T]:
    """Read the first item now, so that a file that cannot be read is refused before a model is loaded."""
    first = list(islice(items, 1))
    return chain(first, items)


def _report(summary: str, bad: list[BadRecord], *, quiet: bool) -> None:
    for record in bad:
        click.echo(f"skipped {clean(record)}", err=True)
    if not quiet:
        click.echo(summary + (f"; {_counted(len(bad), 'bad record')} skipped" if bad else ""), err=True)
    if bad:
        click.get_current_context().exit(1)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
