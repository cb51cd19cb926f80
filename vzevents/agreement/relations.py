"""Gold of the relation task: texts whose two actors are given and whose benchmark root is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from vzevents.agreement.figures import Figure, accuracy, macro_f1
from vzevents.agreement.units import Given, Step, Unit
from vzevents.articles.records import Record
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.errors import InputError, UnknownCodeError

_NEEDED = ("text", "source", "target", "root")
_MARKED = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class Relation:
    """A text with its two actors, the root that is right, and the language where the file says it."""

    relation_id: str
    text: str
    source: str
    target: str
    root: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RelationGold:
    """Relations; each gets exactly one answer."""

    items: tuple[Relation, ...]
    codebook: Codebook
    name = "relations"

    @classmethod
    def of(cls, records: Iterable[Record], codebook: Codebook) -> RelationGold:
        """Read records with `text`, `source`, `target` and `root`; or with `marked` text and `root`.

        Raises
        ------
        InputError
            If a record lacks a field, or its root is none of the 15.
        """
        items = tuple(_relation(record, number) for number, record in enumerate(records, start=1))
        unknown = sorted({item.root for item in items} - set(codebook.benchmark_quad))
        if unknown:
            allowed = ", ".join(codebook.benchmark_quad)
            message = f"no benchmark root: {', '.join(unknown)}; allowed are {allowed}"
            raise InputError(message)
        return cls(items, codebook)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the texts; English where none is given."""
        return frozenset(item.language or "en" for item in self.items)

    def coded(self, coder: Coder, step: Step) -> list[Unit]:
        """Ask a coder."""
        units = []
        for item in self.items:
            answer = coder.code_statement(
                item.text, source=item.source, target=item.target, language=item.language
            )
            units.append(self._unit(item, answer))
            step()
        return units

    def predicted(self, rows: Iterable[Mapping[str, object]]) -> list[Unit]:
        """Take answers from rows with `id` and `root`, `benchmark_root` or `event_code`."""
        by_id = {str(row.get("id")): row for row in rows}
        return [self._unit(item, by_id.get(item.relation_id, {})) for item in self.items]

    def figures(self) -> Iterator[Figure]:
        """Yield what is worked out: macro F1 of root, quad and side, and accuracy."""
        quad = {root: str(quad) for root, quad in self.codebook.benchmark_quad.items()}
        side = {root: "conflict" if number > "2" else "cooperation" for root, number in quad.items()}
        yield macro_f1("root_f1")
        yield macro_f1("quad_f1", under=quad)
        yield macro_f1("binary_f1", under=side)
        yield accuracy("accuracy")

    def only(self, count: int) -> RelationGold:
        """Return `count` of them, evenly drawn."""
        return replace(self, items=self.items[:: max(1, len(self.items) // count)][:count])

    def _unit(self, item: Relation, answer: Mapping[str, object]) -> Unit:
        unit = Unit(item.relation_id, item.relation_id, frozenset({item.root}))
        root = self._root(answer)
        if root is None:
            return unit
        confidence = answer.get("root_confidence", answer.get("confidence"))
        given = Given(
            str(answer.get("event_code") or root),
            str(answer.get("rule_id") or ""),
            float(str(confidence)) if confidence is not None else 1.0,
        )
        return unit.answered(root, given)

    def _root(self, answer: Mapping[str, object]) -> str | None:
        root = answer.get("benchmark_root") or answer.get("root")
        if root is not None:
            return str(root)
        try:
            return self.codebook.benchmark_root(str(answer["event_code"])) if answer else None
        except (KeyError, UnknownCodeError) as error:
            message = f"answer to {answer.get('id')!r}: needs root, or an event_code of the codebook"
            raise InputError(message) from error


def _relation(record: Record, number: int) -> Relation:
    values = dict(record.values)
    if isinstance(values.get("marked"), str):
        values |= _unmarked(str(values["marked"]))
    missing = [name for name in _NEEDED if not isinstance(values.get(name), str)]
    if missing:
        message = f"{record.origin}: no text for {', '.join(missing)}; a gold record has {', '.join(_NEEDED)}"
        raise InputError(message)
    text, source, target, root = (str(values[name]) for name in _NEEDED)
    language = values.get("language")
    name = str(values.get("id", number))
    return Relation(name, text, source, target, root, str(language) if language else None)


def _unmarked(marked: str) -> dict[str, str]:
    """Return text and actors of a text in which they are marked."""
    found = {"text": _MARKED.sub("", marked)}
    for name, slot in (("source", "s"), ("target", "t")):
        match = re.search(f"<{slot}>(.*?)</{slot}>", marked)
        if match:
            found[name] = match.group(1)
    return found
