"""Measure how many slips in the codebook `check` or the examples notice, kind by kind."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from mutation_bench import Bench  # noqa: E402
from mutations import SLIPS  # noqa: E402

TARGET = 0.95


@dataclass(frozen=True)
class Told:
    """A slip and what noticed it: "check", "examples" or nothing."""

    kind: str
    what: str
    by: str | None


def slips(bench: Bench, count: int, seed: int) -> list[Told]:
    """Make slips of every kind in turn."""
    rng = random.Random(seed)
    told = []
    for turn in track(range(count), "Making slips", console=Console(stderr=True)):
        mutation = SLIPS[turn % len(SLIPS)](bench, rng)
        told.append(Told(mutation.kind, mutation.what, bench.noticed_by(mutation)))
    return told


def table(told: list[Told]) -> str:
    """Return a line a kind, and one for all."""
    lines = [f"{'':<26}{'slips':>7}{'check':>7}{'examples':>10}{'noticed':>9}"]
    for kind in (*dict.fromkeys(one.kind for one in told), "all"):
        by = Counter(one.by for one in told if kind in (one.kind, "all"))
        noticed = 1 - by[None] / by.total()
        lines.append(f"{kind:<26}{by.total():>7}{by['check']:>7}{by['examples']:>10}{noticed:>8.1%}")
    lines += [f"unnoticed: {one.kind}: {one.what}" for one in told if one.by is None]
    return "\n".join(lines)


def main() -> int:
    """Print a table, or JSON; return 1 when fewer slips than wanted are noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codebook", type=Path, default=ROOT / "codebook", help="folder of another codebook")
    parser.add_argument("--count", type=int, default=200, help="slips to make, of every kind in turn")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--code", action="append", help="only examples of this code; may be repeated")
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    options = parser.parse_args()
    with Bench(options.codebook, wanted=options.code) as bench:
        told = slips(bench, options.count, options.seed)
    if options.json:
        print(json.dumps({"in_use": bench.share_in_use, "slips": [asdict(one) for one in told]}))
    else:
        print(table(told))
        print(f"{bench.share_in_use:.1%} of all patterns decide an example; slips were made in these")
    return int(sum(one.by is not None for one in told) < TARGET * len(told))


if __name__ == "__main__":
    sys.exit(main())
