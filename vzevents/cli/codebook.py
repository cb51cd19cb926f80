"""vzevents codebook: show a code, check the files, run the examples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import clean, echo_safe, json_option, quiet_verbose

if TYPE_CHECKING:
    from vzevents.codebook import Codebook, Problem
    from vzevents.codebook.examples import Outcome

_language = click.option(
    "--language", type=click.Choice(["en", "es"]), default="en", show_default=True, help="Language to show."
)
_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Project whose codebook/ is meant (default: the one inside the package).",
)


@click.group()
def command() -> None:
    """Show, check and test the codebook.

    \b
    Example:
        vzevents codebook show defect
        vzevents codebook check
    """


@command.command()
@click.argument("code", required=False)
@_language
@_root
@json_option
def show(code: str | None, language: str, root: Path | None, as_json: bool) -> None:
    """Show what a CODE means (120D, or by name: defect), or list all codes.

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
        echo_safe(describe_code(codebook, chosen[0], language=language))
    else:
        echo_safe(list_codes(codebook, language=language))


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
@_root
@json_option
@quiet_verbose
@click.pass_context
def test(
    ctx: click.Context,
    codes: tuple[str, ...],
    language: str | None,
    split: str | None,
    root: Path | None,
    as_json: bool,
    quiet: bool,
    verbose: int,
) -> None:
    """Run the examples through the coder; exit 1 when one comes out otherwise.

    Failures listed in codebook/known_failures.yaml are reported and do not count. With -q only failures
    are written, with -v also what passes.

    \b
    Example:
        vzevents codebook test
        vzevents codebook test --code defect --language en
    """
    from vzevents.codebook.describing import describe_outcomes, outcome_fields

    outcomes = _run(_load(root), codes, language, split)
    if as_json:
        echo_safe(json.dumps([outcome_fields(o) for o in outcomes], ensure_ascii=False, indent=2))
    else:
        text = describe_outcomes(outcomes, summary=not quiet, every=verbose > 0)
        click.echo(clean(text) + "\n" if text else "", nl=False)
    ctx.exit(1 if any(not o.passed and not o.known for o in outcomes) else 0)


def _folder(root: Path | None) -> Path | None:
    return None if root is None else root / "codebook"


def _load(root: Path | None) -> Codebook:
    from vzevents.codebook import Codebook

    return Codebook.load(_folder(root))


def _run(
    codebook: Codebook, codes: tuple[str, ...], language: str | None, split: str | None
) -> list[Outcome]:
    from vzevents.codebook.examples import run_examples
    from vzevents.coding import Coder

    wanted = {codebook[code].event_code for code in codes}
    chosen = [e for e in codebook.examples if e.event_code in (wanted or {e.event_code})]
    chosen = [e for e in chosen if language in (None, e.language) and split in (None, e.split)]
    coder = Coder(codebook)
    outcomes = run_examples(
        chosen,
        lambda text, language: coder.code_text(text, language=language),
        known_failures=codebook.known_failures,
    )
    return list(outcomes)
