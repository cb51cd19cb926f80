"""vzevents codebook: show and find codes, walk to other schemes, check the files, run the examples."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import clean, echo_safe, json_option, model_option, progress, quiet_verbose

if TYPE_CHECKING:
    from vzevents.codebook import Codebook, Problem
    from vzevents.codebook.outcomes import Report
    from vzevents.coding import Bundled

_language = click.option(
    "--language", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Language to show."
)
_every = click.option(
    "--all", "every", is_flag=True, help="Examples of split test too; not for those who write patterns."
)
_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Project whose codebook/ is meant (default: the one inside the package).",
)


@click.group()
def command() -> None:
    """Show, search, export, check and test the codebook.

    \b
    Example:
        vzevents codebook show defect
        vzevents codebook search treason
        vzevents codebook check
    """


@command.command()
@click.argument("code", required=False)
@_language
@_every
@_root
@json_option
def show(code: str | None, language: str, every: bool, root: Path | None, as_json: bool) -> None:
    """Show what a CODE means (120D, or by name: defect), or list all codes.

    Its examples are those of split train; --all adds those of split test. JSON has no examples: see export.

    \b
    Example:
        vzevents codebook show 1125T
        vzevents codebook show "accuse of treason" --language es
    """
    from vzevents.codebook.describing import code_fields, describe_code, list_codes

    codebook = _load(root)
    chosen = [codebook[code]] if code else list(codebook)
    if as_json:
        rows = [code_fields(codebook, one) for one in chosen]
        echo_safe(json.dumps(rows[0] if code else rows, ensure_ascii=False, indent=2))
    elif code:
        echo_safe(describe_code(codebook, chosen[0], language=language, every_example=every))
    else:
        echo_safe(list_codes(codebook, language=language))


@command.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--language", type=click.Choice(["en", "es"]), help="Only texts in this language.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="Codes to show.")
@_every
@_root
@json_option
@click.pass_context
def search(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    language: str | None,
    limit: int,
    every: bool,
    root: Path | None,
    as_json: bool,
) -> None:
    """Find codes by WORDS, in both languages; exit 1 when nothing has them all.

    Looks at code, name, label, definition, usage, near misses, patterns and examples, and says where the
    words stand. Case and accents do not matter; the beginning of a word is enough.

    \b
    Example:
        vzevents codebook search traición
        vzevents codebook search "accuse of treason" --language en --limit 3
    """
    from vzevents.codebook.searching import describe_hits, hit_fields

    codebook, text = _load(root), " ".join(words)
    hits = codebook.search(text, language=language, every_example=every)
    if as_json:
        echo_safe(json.dumps([hit_fields(hit) for hit in hits[:limit]], ensure_ascii=False, indent=2))
    elif hits:
        echo_safe(describe_hits(hits[:limit], text, language=language))
    _tell_found(codebook, text, language, found=len(hits), limit=limit)
    ctx.exit(0 if hits else 1)


def _tell_found(codebook: Codebook, text: str, language: str | None, *, found: int, limit: int) -> None:
    from vzevents.codebook.searching import near_words

    if found > limit:
        echo_safe(f"{limit} of {found} codes; --limit {found} shows all", stderr=True)
    elif not found:
        near = ", ".join(near_words(codebook, text, language=language))
        hint = f"; did you mean {near}?" if near else "; try fewer words, or their beginnings"
        echo_safe(f'no code has "{text}"{hint}', stderr=True)


@command.command()
@click.argument("path", type=click.Path(path_type=Path))
@_root
@click.option("-q", "--quiet", is_flag=True, help="Do not say what was written.")
def export(path: Path, root: Path | None, quiet: bool) -> None:
    """Write the whole codebook as a web page and as a table: into a folder, or one of them into a file.

    The page (.html) needs no other file and no network; English or Spanish is chosen on it. The table
    (.parquet) has one row a code; what are several is a list. Both name version and SHA-256 of the codebook.

    \b
    Example:
        vzevents codebook export site
        vzevents codebook export codebook.html
    """
    from vzevents.codebook.exporting import write_codebook

    for written in write_codebook(_load(root), path):
        if not quiet:
            echo_safe(f"{written} written", stderr=True)


@command.command()
@click.argument("scheme", metavar="FROM")
@click.argument("other", metavar="TO")
@click.option("--csv", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the pairs into a CSV file instead.")  # fmt: skip
@_root
@json_option
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
def crosswalk(
    scheme: str, other: str, csv: Path | None, root: Path | None, as_json: bool, quiet: bool
) -> None:
    """Say what codes of one scheme become in another, one line a pair, and what is lost.

    FROM is cameo (with the project's own codes), plover, acled or benchmark; TO is another of them, or
    goldstein. PLOVER is written event / mode / context, ACLED event type / sub-event type. A pair without a
    loss comes back: its counterpart has no other code. The fit says how well the meanings agree: exact,
    close, broad or none.

    \b
    Example:
        vzevents codebook crosswalk cameo plover
        vzevents codebook crosswalk plover cameo --csv candidates.csv
    """
    from vzevents.codebook.crosswalks import crosswalk_pairs, describe_pairs, pair_rows, summarize

    codebook = _load(root)
    pairs = crosswalk_pairs(codebook, scheme.casefold(), other.casefold())
    rows = pair_rows(pairs)
    if csv is not None:
        _write_csv(csv, rows)
    elif as_json:
        echo_safe(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        echo_safe(describe_pairs(pairs))
    if not quiet:
        echo_safe(summarize(codebook, scheme.casefold(), other.casefold(), pairs), stderr=True)


def _write_csv(path: Path, rows: Sequence[Mapping[str, str | None]]) -> None:
    from vzevents.tablefiles import csv_line

    _write_text(path, "".join([csv_line(rows[0]), *(csv_line(row.values()) for row in rows)]))


@command.command()
@_root
@json_option
@quiet_verbose
@click.pass_context
def check(ctx: click.Context, root: Path | None, as_json: bool, quiet: bool, verbose: int) -> None:
    """Check every file of the codebook; exit 1 when something is wrong.

    With -v a sound codebook is told with its version, codes and SHA-256.

    \b
    Example:
        vzevents codebook check
        vzevents codebook check --root .
    """
    from vzevents.codebook import find_problems

    problems = find_problems(_folder(root))
    errors = sum(problem.severity == "error" for problem in problems)
    _write_problems(problems, as_json=as_json)
    if not quiet:
        echo_safe(f"{errors} errors, {len(problems) - errors} warnings", stderr=True)
    if verbose and not errors:
        book = _load(root)
        echo_safe(f"codebook {book.version}: {len(book)} codes, SHA-256 {book.sha256}", stderr=True)
    ctx.exit(1 if errors else 0)


def _write_problems(problems: Sequence[Problem], *, as_json: bool) -> None:
    if as_json:
        names = ("file", "line", "severity", "message")
        rows = [{name: getattr(problem, name) for name in names} for problem in problems]
        echo_safe(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for problem in problems:
        warning = "warning: " if problem.severity == "warning" else ""
        echo_safe(f"{problem.file}:{problem.line}: {warning}{problem.message}")


@command.command()
@click.option("--code", "codes", multiple=True, help="Only this code or name; may be repeated.")
@click.option("--language", type=click.Choice(["en", "es"]), help="Only examples in this language.")
@click.option("--split", type=click.Choice(["train", "test"]), help="Only examples of this split.")
@click.option("--show-test", is_flag=True, help="Print failures of split test as well.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write JUnit XML for a CI service.")  # fmt: skip
@click.option("--accept", metavar="WHY", help="List what fails now in known_failures.yaml, for this reason.")
@model_option
@_root
@json_option
@quiet_verbose
@click.pass_context
def test(
    ctx: click.Context,
    /,
    codes: tuple[str, ...],
    show_test: bool,
    junit: Path | None,
    accept: str | None,
    model: Bundled,
    root: Path | None,
    as_json: bool,
    quiet: bool,
    verbose: int,
    **chosen: str | None,
) -> None:
    """Run the examples through the coder; exit 1 when too many come out otherwise.

    \b
    It must hold, in each language, what codebook.yaml demands as example_rates; of
    single codes (--code) no rate is demanded. And no example may fail but those of
    known_failures.yaml; one of these that passes is told as a warning.

    \b
    Failures of split train are printed. Those of split test are counted only, since
    whoever reads them while writing patterns fits the patterns to the test; with -v
    they are listed without their text. --show-test prints them, and --json and --junit
    hold them. With -q only failures and missed rates are written, with -v also what
    passes. Parses are kept on disk, so that a second run is several times quicker.

    \b
    With --accept, and --root for the project, all that fails is listed as known: from
    then on every other example that fails is noticed.

    \b
    Example:
        vzevents codebook test
        vzevents codebook test --code defect --language en
        vzevents codebook test --split train -q --junit examples.xml
        vzevents codebook test --root . --accept "not coded yet by version 0.3.0"
    """
    from vzevents.codebook.outcomes import describe_report, known_failures_yaml, report_fields

    if accept is not None and (root is None or codes or any(chosen.values())):
        message = "--accept needs --root, and all examples: no --code, --language or --split"
        raise click.UsageError(message)
    report = _run(_load(root), codes, quiet=quiet, model=model, **chosen)
    _write_junit(report, junit)
    if accept is not None and root is not None:
        _write_text(root / "codebook" / "known_failures.yaml", known_failures_yaml(report, accept))
    for outcome in () if quiet else report.stale:
        what = "warning: passes now; take it out of known_failures.yaml"
        echo_safe(f"{outcome.example.origin}: {what}", stderr=True)
    if as_json:
        echo_safe(json.dumps(report_fields(report), ensure_ascii=False, indent=2))
    else:
        text = describe_report(report, summary=not quiet, every=verbose > 0, show_test=show_test)
        click.echo(clean(text) + "\n" if text else "", nl=False)
    ctx.exit(0 if report.holds else 1)


def _write_junit(report: Report, path: Path | None) -> None:
    from vzevents.codebook.outcomes import as_junit

    if path is not None:
        _write_text(path, as_junit(report))


def _write_text(path: Path, text: str) -> None:
    from vzevents.errors import InputError

    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        message = f"{path}: cannot be written: {error.strerror or error}"
        raise InputError(message) from error


def _folder(root: Path | None) -> Path | None:
    return None if root is None else root / "codebook"


def _load(root: Path | None) -> Codebook:
    from vzevents.codebook import Codebook

    return Codebook.load(_folder(root))


def _run(
    codebook: Codebook,
    codes: tuple[str, ...],
    *,
    language: str | None,
    split: str | None,
    model: Bundled,
    quiet: bool,
) -> Report:
    from vzevents.codebook.outcomes import report_outcomes
    from vzevents.example_runs import run_codebook

    wanted = {codebook[code].event_code for code in codes}
    chosen = [e for e in codebook.examples if e.event_code in (wanted or {e.event_code})]
    chosen = [e for e in chosen if language in (None, e.language) and split in (None, e.split)]
    outcomes = []
    with progress("Coding examples", total=len(chosen), quiet=quiet) as step:
        for outcome in run_codebook(codebook, chosen, model=model):
            outcomes.append(outcome)
            step()
    return report_outcomes(outcomes, {} if codes else codebook.example_rates)
