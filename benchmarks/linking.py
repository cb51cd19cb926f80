"""Measure how well statements are linked to events: pairs that report one act, on the project's stories."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from linking_stories import agreement

FLOOR = 0.85


def main() -> None:
    """Print precision, recall and F1 of each split; exit with 1 when F1 on split test is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="write JSON for programs")
    options = parser.parse_args()
    figures = {}
    for split in ("train", "test"):
        one = agreement(split)
        names = ("meant", "found", "precision", "recall", "f1")
        figures[split] = {name: getattr(one, name) for name in names}
    if options.json:
        print(json.dumps(figures))
    else:
        for split, values in figures.items():
            told = ", ".join(
                f"{n} {v:.3f}" if isinstance(v, float) else f"{n} {v}" for n, v in values.items()
            )
            print(f"{split:<6} {told}")
    sys.exit(figures["test"]["f1"] < FLOOR)


if __name__ == "__main__":
    main()
