"""Gold of the codebook's own examples: which codes the statements of a sentence must have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from vzevents.agreement.figures import Figure, micro_f1, precision
from vzevents.agreement.units import Step, Unit, given_by
from vzevents.articles import Article
from vzevents.codebook import Codebook, Example
from vzevents.coding import Coder
from vzevents.errors import InputError
from vzevents.rows import confidence_of

_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class ExampleGold:
    """Examples; the codes of accepted statements are compared with those expected."""

    items: tuple[Example, ...]
    name = "examples of the codebook"

    @classmethod
    def of(cls, codebook: Codebook) -> ExampleGold:
        """Take the examples of split test."""
        return cls(tuple(e for e in codebook.examples if e.split == "test"))

    def __len__(self) -> int:
        return len(self.items)

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the examples."""
        return frozenset(item.language for item in self.items)

    def coded(self, coder: Coder, step: Step) -> list[Unit]:
        """Ask a coder."""
        units = []
        for start in range(0, len(self.items), _AT_ONCE):
            some = self.items[start : start + _AT_ONCE]
            articles = [Article(e.origin, e.text, None, e.language, {}, e.origin) for e in some]
            for example, coded in zip(some, coder.read_all(articles), strict=True):
                gold = frozenset(statement["code"] for statement in example.expected)
                unit = Unit(example.origin, example.origin, gold)
                for statement in coded.statements:
                    if not statement.reject_reason:
                        unit = unit.answered(
                            statement.event_code, given_by(statement, confidence_of(statement))
                        )
                units.append(unit)
                step()
        return units

    def predicted(self, rows: Iterable[Mapping[str, object]]) -> list[Unit]:
        """Refuse: examples have no ids that another coder would know."""
        message = "predictions go with a gold file, not with the codebook's examples"
        raise InputError(message)

    def figures(self) -> Iterator[Figure]:
        """Yield F1 and precision of codes, all together."""
        yield micro_f1("micro_f1")
        yield precision("precision_all")

    def only(self, count: int) -> ExampleGold:
        """Return `count` of them, evenly drawn."""
        return replace(self, items=self.items[:: max(1, len(self.items) // count)][:count])
