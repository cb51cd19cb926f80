"""How far a coder, or the predictions of another, agrees with gold files, and how it behaves."""

from vzevents.agreement.behaviour import Behaviour, behaviours
from vzevents.agreement.examples import ExampleGold
from vzevents.agreement.figures import Score, Threshold, Trust
from vzevents.agreement.gold import Gold, read_gold
from vzevents.agreement.report import Report, report
from vzevents.agreement.units import Given, Unit

__all__ = [
    "Behaviour",
    "ExampleGold",
    "Given",
    "Gold",
    "Report",
    "Score",
    "Threshold",
    "Trust",
    "Unit",
    "behaviours",
    "read_gold",
    "report",
]
