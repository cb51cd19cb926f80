"""``vzevents bench``: how far the coder, or another's predictions, agrees with gold files."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import echo_safe, json_option, model_option, progress, quiet_verbose

if TYPE_CHECKING:
    from vzevents.agreement import Behaviour, Gold, Report
    from vzevents.coding import Bundled, Coder

_FEW = 10  # lines of confusion and of mistakes, unless more are asked for
_BEHAVING = 200  # texts that behaviour is tried on


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for on the command line."""

    model: Bundled
    predictions: Path | None
    article: Path | None
    behaviour: bool
    draws: int
    quiet: bool


@click.command()
@click.argument("gold", nargs=-1, type=click.Path(path_type=Path))
@click.option("--examples", is_flag=True, help="Measure on the codebook's test examples too.")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    help="Measure these answers (a table) instead of the coder.",
)
@click.option("--article", type=click.Path(path_type=Path), help="The article of gold passages.")
@click.option(
    "--behaviour/--no-behaviour",
    default=True,
    show_default=True,
    help=f"Change what must not matter, in up to {_BEHAVING} texts a file.",
)
@click.option("--draws", default=1000, show_default=True, help="Bootstrap draws for the intervals.")
@model_option
@json_option
@quiet_verbose
def command(gold: tuple[Path, ...], examples: bool, as_json: bool, verbose: int, **options: object) -> None:
    """Measure the coder on GOLD files: sentences or articles whose codes are known.

    Three layouts of JSON Lines are known: relations (text, source, target, root: one of the 15 benchmark
    roots), coded articles (id, text, sentences, statements) and passages of one article (kind, anchor,
    anchor_start). Printed are F1 by root with its interval, what is taken for what, the surest mistakes, how
    far confidence can be believed, what a threshold gives and takes, and how the coder behaves when what does
    not matter changes. With -v all mistakes are listed; --json gives one object a line and gold file.

    Predictions are rows with id and root (or event_code) for relations; article_id, event_code and start, end
    (or sentence_index) for articles, as `vzevents code` writes them; confidence is optional.

    \b
    Example:
        vzevents bench gold.jsonl
        vzevents bench --examples --no-behaviour
        vzevents bench articles.jsonl --predictions statements.parquet --json > figures.json
    """
    if not gold and not examples:
        message = "name a gold file, or ask for --examples"
        raise click.UsageError(message)
    asked = _Asked(quiet=bool(options.pop("quiet")) or as_json, **options)  # type: ignore[arg-type]
    for name, found, behaved in _measured(gold, examples=examples, asked=asked):
        if as_json:
            click.echo(
                json.dumps(_plain({"file": name, **asdict(found), "behaviour": list(map(asdict, behaved))}))
            )
            continue
        for line in _lines(name, found, behaved, limit=None if verbose else _FEW):
            echo_safe(line)


def _measured(
    paths: Sequence[Path], *, examples: bool, asked: _Asked
) -> Iterator[tuple[str, Report, Sequence[Behaviour]]]:
    from vzevents.agreement import ExampleGold, read_gold
    from vzevents.coding import Coder

    coder = Coder(model=asked.model)
    found: list[tuple[str, Gold]] = [
        (str(path), read_gold(path, coder.codebook, article=asked.article)) for path in paths
    ]
    if examples:
        found.append(("test examples", ExampleGold.of(coder.codebook)))
    for name, gold in found:
        yield name, *_one(gold, coder, asked)


def _one(gold: Gold, coder: Coder, asked: _Asked) -> tuple[Report, Sequence[Behaviour]]:
    from vzevents.agreement import behaviours, report
    from vzevents.articles import read_records

    if asked.predictions is not None:
        units = gold.predicted(read_records(asked.predictions))
        return report(gold, units, draws=asked.draws), ()
    for language in gold.languages:  # what is read once is no time of coding
        coder.code_text("Chile", language=language)
    started = time.perf_counter()
    with progress("Coding", total=len(gold), quiet=asked.quiet) as step:
        units = gold.coded(coder, step)
    found = report(gold, units, draws=asked.draws, seconds=time.perf_counter() - started)
    if not asked.behaviour:
        return found, ()
    with progress("Trying behaviour", quiet=asked.quiet) as step:
        return found, list(behaviours(gold.only(_BEHAVING), coder, step))


def _lines(name: str, found: Report, behaved: Sequence[Behaviour], *, limit: int | None) -> Iterator[str]:
    speed = "" if not found.seconds else f", {found.n / found.seconds:.0f} a second"
    yield f"{name}: {found.n} {found.name}{speed}"
    yield from _scores(found)
    yield from _confusion(found, limit)
    yield from _trust(found)
    yield from _mistakes(found, limit)
    for one in behaved:
        changed = f"; otherwise: {', '.join(one.otherwise[:limit])}" if one.otherwise else ""
        yield f"  {one.name:<40} as it must be: {one.as_expected} of {one.asked}{changed}"
    yield ""


def _plain(value: object) -> object:
    """Return a value as JSON knows it: what is not a number is null."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _scores(found: Report) -> Iterator[str]:
    yield f"{'label':<10} {'n':>5} {'precision':>9} {'recall':>7} {'F1':>6}  {'95 of 100':>12}"
    for s in found.roots:
        interval = f"{s.f1_low:.2f} to {s.f1_high:.2f}"
        yield f"{s.label:<10} {s.n:>5} {s.precision:>9.3f} {s.recall:>7.3f} {s.f1:>6.3f}  {interval:>12}"
    yield ""
    for name, (value, low, high) in found.figures.items():
        yield f"{name.replace('_', ' '):<38} {value:>6.3f}  {low:.3f} to {high:.3f}"
    yield ""


def _confusion(found: Report, limit: int | None) -> Iterator[str]:
    yield "taken for (gold, answer; - is none):"
    wrong = [(label, answer, n) for label, answer, n in found.confusion if label != answer]
    for label, answer, n in wrong[:limit]:
        yield f"  {label:<10} {answer:<10} {n:>5}"
    yield ""


def _trust(found: Report) -> Iterator[str]:
    trust = found.trust
    yield f"confidence: calibration error {trust.error:.3f}, AUROC {trust.auroc:.3f}"
    for mean, right, n in trust.bins:
        yield f"  {mean:.2f} sure: {right:.2f} right of {n}"
    yield "threshold   answers precision  recall"
    for one in found.trade:
        yield f"  {one.threshold:>7.2f} {one.answers:>9} {one.precision:>9.3f} {one.recall:>7.3f}"
    yield ""


def _mistakes(found: Report, limit: int | None) -> Iterator[str]:
    yield "surest mistakes:"
    for one in found.mistakes[:limit]:
        gold = ", ".join(one.gold) or "none"
        answer = f"{one.answer} ({one.event_code}) by {one.rule_id:.80}, {one.confidence:.2f} sure"
        yield f"  {one.unit_id}: {gold}, answered {answer}"
    yield ""
