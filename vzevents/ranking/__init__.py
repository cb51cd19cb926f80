"""Rules + a small model -> codes: what the codebook's patterns leave open or contested is ranked."""

from vzevents.ranking.model import SentenceModel, bundled_model, model_for, set_marks
from vzevents.ranking.ranker import Ranker, Standing, as_learned, model_rule
from vzevents.ranking.views import SentenceView
from vzevents.ranking.weighing import Candidate, Evidence, Weigher

__all__ = [
    "Candidate",
    "Evidence",
    "Ranker",
    "SentenceModel",
    "SentenceView",
    "Standing",
    "Weigher",
    "as_learned",
    "bundled_model",
    "model_for",
    "model_rule",
    "set_marks",
]
