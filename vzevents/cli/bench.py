"""``vzevents bench``: how far the coder agrees with a gold file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vzevents.cli.options import echo_safe, json_option, model_option, progress, quiet_verbose

if TYPE_CHECKING:
    from vzevents.agreement import Bench
    from vzevents.coding import Bundled


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@model_option
@json_option
@quiet_verbose
def command(gold: Path, model: Bundled, as_json: bool, quiet: bool, verbose: int) -> None:
    """Measure the coder on GOLD: sentences whose actors are given and whose root is known.

    GOLD is JSON Lines with text, source, target and root (one of the 15 benchmark roots). With -v the
    sentences answered otherwise are listed by their id, with the rule that led there.

    \b
    Example:
        vzevents bench gold.jsonl
        vzevents bench gold.jsonl --json > figures.json
    """
    result = _bench(gold, model=model, quiet=quiet or as_json)
    if as_json:
        click.echo(json.dumps(asdict(result)))
        return
    for line in _lines(result, tell=verbose > 0):
        echo_safe(line)


def _bench(gold: Path, *, model: Bundled, quiet: bool) -> Bench:
    from vzevents.agreement import bench, read_gold
    from vzevents.coding import Coder

    records = read_gold(gold)
    coder = Coder(model=model)
    with progress("Coding", quiet=quiet) as step:

        def answer(record: Mapping[str, str]) -> Mapping[str, object]:
            step()
            return coder.code_statement(
                record["text"],
                source=record["source"],
                target=record["target"],
                language=record.get("language"),
            )

        return bench(answer, records, coder.codebook)


def _lines(result: Bench, *, tell: bool) -> Iterator[str]:
    yield f"{'root':<10} {'n':>5} {'precision':>9} {'recall':>7} {'F1':>6}"
    for score in result.roots:
        yield f"{score.label:<10} {score.n:>5} {score.precision:>9.3f} {score.recall:>7.3f} {score.f1:>6.3f}"
    yield ""
    yield f"{'sentences':<22} {result.n:>8}"
    yield f"{'root macro-F1':<22} {result.root_f1:>8.3f}"
    yield f"{'quad macro-F1':<22} {result.quad_f1:>8.3f}"
    yield f"{'binary macro-F1':<22} {result.binary_f1:>8.3f}"
    yield f"{'root accuracy':<22} {result.accuracy:>8.3f}"
    yield f"{'sentences a second':<22} {result.n / result.seconds:>8.0f}"
    for error in result.errors if tell else ():
        yield f"{error['id']}: {error['root']}, answered {error['answer']} by {error['rule_id']}"
