"""vzevents validate: check tables against schema, codebook and each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vzevents.cli.options import clean, echo_safe, json_option, quiet_verbose

if TYPE_CHECKING:
    from vzevents.codebook import Codebook
    from vzevents.columns import Table
    from vzevents.validation import Report

_FORMATS = ["text", "json", "junit", "sarif", "github"]
_ESCAPED = {"json", "junit", "sarif"}  # clean() would change their values


def _explain(ctx: click.Context, _: click.Parameter, prefix: str | None) -> None:
    """Print what rules demand and leave."""
    if prefix is None or ctx.resilient_parsing:
        return
    from vzevents.validation.rules import find_rules

    rules = _as_usage(find_rules)(prefix)
    click.echo(
        "\n\n".join(f"{rule.id} ({rule.severity}): {rule.title}\n{rule.explanation}" for rule in rules)
    )
    ctx.exit()


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--table", metavar="TABLE", help="Table that the files hold (default: known from name or columns)."
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True,
              help="For people, for programs, or for a CI service.")  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info"]), default="error", show_default=True,
    help="Least severity that makes the exit code 1.",
)  # fmt: skip
@click.option(
    "--select", multiple=True, metavar="RULES", help="Check these only: VZ101,VZ2. May be repeated."
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these out. May be repeated.")
@click.option("--explain", metavar="RULE", callback=_explain, expose_value=False, is_eager=True,
              help="Print what a rule (VZ101) or a theme of them (VZ1) demands.")  # fmt: skip
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Project whose codebook/ and schemas/ to use (default: the package's).")  # fmt: skip
@json_option
@quiet_verbose
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    form: str,
    as_json: bool,
    fail_on: str,
    quiet: bool,
    verbose: int,
    **chosen: Any,
) -> None:
    """Check tables: CSV, JSON Lines or Parquet files, or folders such as a release.

    \b
    Checks columns, types and values, codes, dates, places, ids, provenance and what
    goes together across the tables given. Files are matched to tables by their name
    or columns. Exit code 1: a finding at or above --fail-on. As text at most twenty
    findings of a kind are shown, with -v all; --json is --format json.

    \b
    Example:
        vzevents validate data/releases/0.1.0
        vzevents validate events.csv --format json
        vzevents validate --explain VZ202
    """
    if as_json and form not in ("text", "json"):
        message = f"--json and --format {form}: give one of them"
        raise click.UsageError(message)
    report = _check(paths, **chosen)
    for path in () if quiet else report.skipped:
        echo_safe(f"{path}: passed over, its name is of no table", stderr=True)
    _write(report, "json" if as_json else form, summary=not quiet, every=verbose > 0)
    ctx.exit(_exit_code(report, fail_on))


def _write(report: Report, form: str, *, summary: bool, every: bool) -> None:
    from vzevents.validation.reports import FORMATS, as_text

    text = as_text(report, summary=summary, every=every) if form == "text" else FORMATS[form](report)
    if text:
        click.echo(text if form in _ESCAPED else "\n".join(map(clean, text.split("\n"))))


def _check(
    paths: tuple[Path, ...],
    table: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    root: Path | None,
) -> Report:
    from vzevents.validation import validate_paths

    codebook, schemas = _project(root)
    report: Report = _as_usage(validate_paths)(
        paths, codebook, table=table, select=_split(select), ignore=_split(ignore), schemas=schemas
    )
    return report


def _project(root: Path | None) -> tuple[Codebook, dict[str, Table]]:
    """Return the codebook and schemas of a project; what it does not have is the package's."""
    from vzevents.codebook import Codebook
    from vzevents.columns import bundled_schemas, read_schemas

    of_root = {name: root / name for name in ("codebook", "schemas") if root and (root / name).is_dir()}
    schemas = read_schemas(of_root["schemas"]) if "schemas" in of_root else bundled_schemas()
    return Codebook.load(of_root.get("codebook")), schemas


def _split(values: tuple[str, ...]) -> list[str]:
    return [rule for value in values for rule in value.split(",") if rule]


def _as_usage(function: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a plain ValueError, a table or rule that is not known, into a usage error."""

    def call(*args: object, **options: object) -> Any:
        from vzevents.errors import VzeventsError

        try:
            return function(*args, **options)
        except VzeventsError:
            raise
        except ValueError as error:
            raise click.UsageError(str(error)) from error

    return call


def _exit_code(report: Report, fail_on: str) -> int:
    from vzevents.validation.findings import SEVERITIES

    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return int(any(issue.severity in grave for issue in report.issues))
