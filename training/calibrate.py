"""Fit what a confidence means on the texts kept back: `python training/calibrate.py`, after fit.py."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from texts import Item, read_all, split

from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.ranking import confidence_features
from vzevents.resources import model_dir


@click.command()
def main() -> None:
    """Write the weights of the confidence into model.json, and tell how well it parts right from wrong.

    Only marked sentences kept back are used: neither the model nor the patterns were fitted on them. Half of
    them fits, the other half measures.
    """
    codebook = Codebook.load()
    coder = Coder(codebook)
    examples = {example.text for example in codebook.examples}
    kept = [i for i in split(read_all(codebook))[1] if i.text not in examples and not i.others]
    rows = [list(_told(coder, item)) for item in kept]
    parts = [[row for told in rows[start::2] for row in told] for start in (0, 1)]
    (fitted, right), (checked, truth) = (map(np.array, zip(*part, strict=True)) for part in parts)
    model = LogisticRegression(C=10.0).fit(fitted, right)
    shares = model.predict_proba(checked)[:, 1]
    click.echo(f"{len(right)} statements fitted, {len(truth)} measured, {truth.mean():.3f} of them right")
    click.echo(
        f"calibration error {calibration_error(shares, truth):.3f}, AUROC {roc_auc_score(truth, shares):.3f}"
    )
    path = model_dir() / "model.json"
    settings = json.loads(path.read_text("utf-8"))
    settings["confidence"] = [round(float(w), 4) for w in (*model.intercept_, *model.coef_[0])]
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


def calibration_error(shares: np.ndarray, truth: np.ndarray, bins: int = 10) -> float:
    """Return the mean distance of confidence and share right, over bins of equal width."""
    places = np.minimum((shares * bins).astype(int), bins - 1)
    gaps = (
        (places == n).mean() * abs(shares[places == n].mean() - truth[places == n].mean())
        for n in range(bins)
        if (places == n).any()
    )
    return float(sum(gaps))


def _told(coder: Coder, item: Item) -> Iterator[tuple[list[float], bool]]:
    """Yield what a confidence is made of, and whether the code is right, for each accepted statement."""
    codes = {act.code for act in item.acts}
    article = Article("text", item.text, None, item.language, {}, "text")
    for statement in coder.read(article).statements:
        if not statement.reject_reason:
            yield confidence_features(statement.choice), statement.event_code in codes


if __name__ == "__main__":
    main()
