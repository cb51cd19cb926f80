"""Measure how long `vzevents codebook test` takes when all is parsed, and when the parses are on disk."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Run:
    """One run of the command, in seconds from start to end."""

    parses: str
    seconds: float
    examples: int
    examples_per_second: float


def run(parses: str, cache: str, arguments: list[str]) -> Run:
    """Run the command with a cache folder and time it."""
    command = [sys.executable, "-m", "vzevents", "codebook", "test", "--json", "-q", *arguments]
    start = time.perf_counter()
    done = subprocess.run(
        command, env={**os.environ, "VZEVENTS_CACHE_DIR": cache}, capture_output=True, text=True, check=False
    )
    taken = time.perf_counter() - start
    if not done.stdout:
        sys.exit(done.stderr)
    count = len(json.loads(done.stdout)["examples"])
    return Run(parses, taken, count, count / taken)


def main() -> None:
    """Print both runs and how many times quicker the second is, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    parser.add_argument(
        "arguments", nargs="*", help="more of the command's own, behind --: -- --language en --root ."
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        runs = [run(parses, cache, options.arguments) for parses in ("none", "on disk")]
    quicker = runs[0].seconds / runs[1].seconds
    if options.json:
        print(json.dumps({"runs": [asdict(one) for one in runs], "quicker": quicker}))
        return
    for one in runs:
        rate = f"{one.examples_per_second:.0f} a second"
        print(f"parses {one.parses:<8} {one.seconds:>6.1f} s for {one.examples} examples ({rate})")
    print(f"{quicker:.1f} times quicker")


if __name__ == "__main__":
    main()
