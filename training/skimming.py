"""Fit what tells sentences that cannot hold a statement: a step of fit.py, also by itself."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from texts import HOLDOUT, Item, read_all

from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.resources import model_dir
from vzevents.sentences.skimming import BITS, features

EVENTLESS = Path(__file__).parent / "eventless"
LOST = 0.01  # of the texts kept back that hold a statement: as many may be told to hold none
_AT_ONCE = 64


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder (default: the package's).")
def main(out: Path | None) -> None:
    """Write skim_en.npz and skim_es.npz, and tell what they skip of the texts kept back."""
    codebook = Codebook.load()
    fit_skimmers(read_all(codebook), codebook, out or model_dir())


def fit_skimmers(items: Sequence[Item], codebook: Codebook, folder: Path) -> None:
    """Fit and write the model of each language.

    Parameters
    ----------
    items : sequence of Item
        Texts; those with a marked act, or with one that the patterns accept, hold a statement. To the others
        come the sentences of news in which nothing happens.
    codebook : Codebook
        Gives the patterns.
    folder : Path
        Where the models are written.
    """
    coder = Coder(codebook, model=None)
    for language in ("en", "es"):
        told = dict(_told([item for item in items if item.language == language and item.whole], coder))
        lines = (EVENTLESS / f"{language}.txt").read_text("utf-8").splitlines()
        told |= dict.fromkeys(lines, False)
        skipped = _fit(list(told), np.array(list(told.values())), folder / f"skim_{language}.npz")
        click.echo(f"{language}: {skipped:.0%} of the texts without a statement are skipped")


def _told(items: Sequence[Item], coder: Coder) -> Iterator[tuple[str, bool]]:
    """Yield texts and whether they hold a statement."""
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        coded = coder.read_all([Article("text", one.text, None, one.language, {}, "text") for one in some])
        for item, found in zip(some, coded, strict=True):
            yield item.text, bool(item.acts) or any(not s.reject_reason for s in found.statements)


def _fit(texts: Sequence[str], holds: np.ndarray, path: Path) -> float:
    """Fit and write a model; return what it skips of the texts kept back that hold nothing."""
    kept = np.array([zlib.crc32(text.encode()) % HOLDOUT == 0 for text in texts])
    table = _table(texts)
    model = LogisticRegression(class_weight="balanced", max_iter=300).fit(table[~kept], holds[~kept])
    # Scale and intercept change no order: whole numbers do.
    weights = np.round(model.coef_[0] / np.abs(model.coef_[0]).max() * 127).astype(np.int8)
    scores = table[kept] @ weights.astype(np.float32)
    least = np.quantile(scores[holds[kept]], LOST)
    np.savez_compressed(path, weights=weights, least=np.float32(least))
    return float((scores[~holds[kept]] < least).mean())


def _table(texts: Sequence[str]) -> csr_matrix:
    found = [sorted(features(text)) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    values = np.ones(ends[-1], dtype=np.float32)
    return normalize(csr_matrix((values, np.concatenate(found), ends), shape=(len(texts), 1 << BITS)))


if __name__ == "__main__":
    main()
