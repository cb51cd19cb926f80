"""Fit the linear models over wording, one a language, and write them as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.svm import LinearSVC
from texts import Item

from vzevents.ranking.wording import BITS, features

KEPT = 1_500_000  # weights; the others change next to nothing
PENALTY = 0.5
SHARPNESS = 12.0  # from margins to probabilities: the least log-loss on the texts kept back


def fit_wording(items: Sequence[Item], language: str, path: Path) -> int:
    """Fit the model of a language and write it.

    Parameters
    ----------
    items : sequence of Item
        Texts of any language; those of others are left out.
    language : str
        ``"en"`` or ``"es"``.
    path : Path
        The .npz file to write.

    Returns
    -------
    int
        How many acts it was fitted on.
    """
    acts = [(item, act) for item in items if item.language == language for act in item.acts]
    idf = TfidfTransformer()
    table = idf.fit_transform(_table([features(item.text, act.spans) for item, act in acts]))
    model = LinearSVC(C=PENALTY, random_state=0).fit(table, [act.code for _, act in acts])
    weights = model.coef_
    least = np.partition(np.abs(weights).ravel(), -KEPT)[-KEPT] if weights.size > KEPT else 0.0
    scale = float(np.abs(weights).max()) / 127
    small = np.where(np.abs(weights) >= least, np.round(weights / scale), 0).astype(np.int8)
    kept = csr_matrix(small.T)
    np.savez_compressed(
        path,
        starts=kept.indptr.astype(np.uint32),
        labels=kept.indices.astype(np.uint16),
        weights=kept.data.astype(np.int8),
        idf=idf.idf_.astype(np.float16),
        intercepts=model.intercept_.astype(np.float32),
        scale=np.float32(scale),
        sharpness=np.float32(SHARPNESS),
        codes=np.array(model.classes_, dtype=str),
    )
    return len(acts)


def _table(rows: Sequence[dict[int, float]]) -> csr_matrix:
    starts = np.cumsum([0, *(len(row) for row in rows)])
    places = [place for row in rows for place in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, places, starts), shape=(len(rows), 1 << BITS))
