"""Rules + a small model -> codes: what the codebook's patterns leave open or contested is ranked."""

from vzevents.ranking.model import SentenceModel, bundled_model, model_for, set_marks
from vzevents.ranking.ranker import SURE, Ranker, Standing, as_learned
from vzevents.ranking.views import SentenceView

__all__ = [
    "SURE",
    "Ranker",
    "SentenceModel",
    "SentenceView",
    "Standing",
    "as_learned",
    "bundled_model",
    "model_for",
    "set_marks",
]
