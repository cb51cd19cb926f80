"""Measure what ``import vzevents`` and ``vzevents --help`` cost over a bare interpreter."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

BARE = ("-c", "pass")
MEASURED = {
    "import vzevents": (("-c", "import vzevents"), 60.0),
    "vzevents --help": (("-m", "vzevents", "--help"), 200.0),
}


@dataclass(frozen=True)
class Cost:
    """What a command costs beyond a bare interpreter, in milliseconds."""

    command: str
    bare_ms: float
    median_ms: float
    fastest_ms: float
    target_ms: float


def milliseconds(arguments: tuple[str, ...]) -> float:
    """Return how long a fresh interpreter takes with these arguments."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - start)


def measure(command: str, pairs: int) -> Cost:
    """Run a command and a bare interpreter in turn, so that both meet the same load of the machine."""
    arguments, target = MEASURED[command]
    milliseconds(arguments)  # the first run reads the disk and may write bytecode
    runs = [(milliseconds(BARE), milliseconds(arguments)) for _ in range(pairs)]
    over = [taken - bare for bare, taken in runs]
    return Cost(
        command, statistics.median(bare for bare, _ in runs), statistics.median(over), min(over), target
    )


def main() -> int:
    """Print a table, or JSON; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=21, help="runs of each command, each beside a bare one")
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    options = parser.parse_args()
    costs = [measure(command, options.pairs) for command in MEASURED]
    if options.json:
        print(json.dumps([asdict(cost) for cost in costs]))
    else:
        print(f"{'over a bare interpreter':<24} {'median':>8} {'fastest':>8} {'target':>8}")
        for cost in costs:
            figures = (cost.median_ms, cost.fastest_ms, cost.target_ms)
            print(f"{cost.command:<24} " + " ".join(f"{figure:>5.0f} ms" for figure in figures))
    return int(any(cost.median_ms > cost.target_ms for cost in costs))


if __name__ == "__main__":
    sys.exit(main())
