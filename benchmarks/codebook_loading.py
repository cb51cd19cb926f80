"""Measure what loading the codebook costs a program, with its compiled cache and without."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

LOAD = """
import sys, pathlib, vzevents
vzevents.Codebook.load(pathlib.Path(sys.argv[1]) if sys.argv[1] else None)
"""
TARGETS = {"from its cache": 0.3, "without a cache": 3.0}


@dataclass(frozen=True)
class Cost:
    """What the whole process takes beyond a bare interpreter, in seconds."""

    load: str
    bare: float
    median: float
    fastest: float
    slowest: float
    target: float


def seconds(cache: Path, *arguments: str) -> float:
    """Return how long a fresh interpreter takes with these arguments and this cache folder."""
    start = time.perf_counter()
    environment = {**os.environ, "VZEVENTS_CACHE_DIR": str(cache)}
    subprocess.run([sys.executable, *arguments], env=environment, check=True)
    return time.perf_counter() - start


def measure(load: str, codebook: str, runs: int) -> Cost:
    """Load so often, each time with a bare interpreter beside it, so that both meet the same load."""
    bare, taken = [], []
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        seconds(cache, "-c", LOAD, codebook)  # reads the disk, may write bytecode, fills the cache
        for run in range(runs):
            bare.append(seconds(cache, "-c", "pass"))
            # A folder of its own that is empty: to write the cache belongs to loading without one.
            cache = Path(folder) / str(run) if load == "without a cache" else cache
            taken.append(seconds(cache, "-c", LOAD, codebook) - bare[-1])
    median = statistics.median(taken)
    return Cost(load, statistics.median(bare), median, min(taken), max(taken), TARGETS[load])


def main() -> int:
    """Print a table, or JSON; return 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codebook", default="", help="folder of another codebook than the bundled one")
    parser.add_argument("--runs", type=int, default=11, help="loads of each kind, each beside a bare process")
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    options = parser.parse_args()
    costs = [measure(load, options.codebook, options.runs) for load in TARGETS]
    if options.json:
        print(json.dumps([asdict(cost) for cost in costs]))
    else:
        print(f"{'over a bare interpreter':<24} {'median':>8} {'fastest':>8} {'slowest':>8} {'target':>8}")
        for cost in costs:
            figures = (cost.median, cost.fastest, cost.slowest, cost.target)
            print(f"{cost.load:<24} " + " ".join(f"{figure:>6.2f} s" for figure in figures))
    return int(any(cost.median > cost.target for cost in costs))


if __name__ == "__main__":
    sys.exit(main())
