"""Gold of coded articles: which sentences hold a statement of which root; and passages of one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vzevents.agreement.figures import Figure, macro_f1, micro_f1, precision
from vzevents.agreement.units import Given, Step, Unit, article_root, given_by
from vzevents.articles import Article
from vzevents.articles.records import Record
from vzevents.coding import Coder
from vzevents.errors import InputError
from vzevents.rows import confidence_of

_FEW = 10  # a root that the gold file gives less often is left out of the macro mean
_AT_ONCE = 16

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """An article, where its sentences stand (code points), and the roots of each."""

    article: Article
    sentences: tuple[Span, ...]
    roots: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class ArticleGold:
    """Articles coded by sentence. A statement belongs to the sentence that holds the middle of its span."""

    items: tuple[CodedArticle, ...]
    name = "sentences of articles"

    @classmethod
    def of(cls, records: Iterable[Record]) -> ArticleGold:
        """Read records with `id`, `text`, `sentences` and `statements` (`sentence_index`, `event_code`).

        Raises
        ------
        InputError
            If a record has something else.
        """
        return cls(tuple(map(_coded_article, records)))

    def __len__(self) -> int:
        return len(self.items)

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the articles; English where none is given."""
        return frozenset(item.article.language or "en" for item in self.items)

    def coded(self, coder: Coder, step: Step) -> list[Unit]:
        """Ask a coder; only accepted statements are answers."""
        units: list[Unit] = []
        for start in range(0, len(self.items), _AT_ONCE):
            some = self.items[start : start + _AT_ONCE]
            for item, coded in zip(some, coder.read_all([one.article for one in some]), strict=True):
                found = [
                    (s.span, given_by(s, confidence_of(s))) for s in coded.statements if not s.reject_reason
                ]
                units += _units(item, found)
                step()
        return units

    def predicted(self, rows: Iterable[Mapping[str, object]]) -> list[Unit]:
        """Take answers from rows with `article_id`, `event_code` and `start`, `end` or `sentence_index`."""
        by_article: dict[str, list[tuple[Span, Given]]] = {}
        places = {item.article.article_id: item.sentences for item in self.items}
        for row in rows:
            name = str(row.get("article_id"))
            if name in places and row.get("status", "accepted") == "accepted":
                by_article.setdefault(name, []).append(_answer(row, places[name]))
        return [u for item in self.items for u in _units(item, by_article.get(item.article.article_id, []))]

    def figures(self) -> Iterator[Figure]:
        """Yield F1 of sentences with a gold root, all together and mean by root; precision over all."""
        yield micro_f1("micro_f1", only_coded=True)
        yield macro_f1("macro_f1", least=_FEW, only_coded=True)
        yield precision("precision_all")

    def only(self, count: int) -> ArticleGold:
        """Return `count` of them, evenly drawn."""
        return replace(self, items=self.items[:: max(1, len(self.items) // count)][:count])


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article, and the root of the act that they name: of several the first is preferred."""

    start: int
    end: int
    roots: tuple[str, ...]
    is_event: bool


@dataclass(frozen=True, slots=True)
class PassageGold:
    """Passages of one article: some name an act, some must not be coded but with the roots allowed there."""

    article: Article
    items: tuple[Passage, ...]
    name = "passages of an article"

    @classmethod
    def of(cls, records: Iterable[Record], article: Article) -> PassageGold:
        """Read records with `kind`, `anchor`, `anchor_start`, `cameo_root` and what else is allowed.

        Statements that need not be coded (`sure` is false) are left out.
        """
        return cls(article, tuple(p for record in records if (p := _passage(record)) is not None))

    def __len__(self) -> int:
        return len(self.items)

    @property
    def languages(self) -> frozenset[str]:
        """The language of the article."""
        return frozenset({self.article.language or "en"})

    def coded(self, coder: Coder, step: Step) -> list[Unit]:
        """Ask a coder; only accepted statements are answers."""
        found = []
        for statement in coder.read(self.article).statements:
            word = statement.sentence.tokens[statement.choice.match.predicate.head].start
            if not statement.reject_reason:
                found.append((statement.span, word, given_by(statement, confidence_of(statement))))
        step()
        return [_passage_unit(passage, found) for passage in self.items]

    def predicted(self, rows: Iterable[Mapping[str, object]]) -> list[Unit]:
        """Take answers from rows with `start`, `end` and `event_code`."""
        found = []
        for row in rows:
            if row.get("status", "accepted") == "accepted":
                span, given = _answer(row, ())
                found.append((span, (span[0] + span[1]) // 2, given))
        return [_passage_unit(passage, found) for passage in self.items]

    def figures(self) -> Iterator[Figure]:
        """Yield F1 of passages with an act, and precision over all."""
        yield micro_f1("micro_f1", only_coded=True)
        yield precision("precision_all")

    def only(self, count: int) -> PassageGold:
        """Return the article: there is but one."""
        return self


def _coded_article(record: Record) -> CodedArticle:
    values = record.values
    try:
        sentences = tuple((int(start), int(end)) for start, end in values["sentences"])  # type: ignore[attr-defined]
        roots: dict[int, set[str]] = {}
        for statement in values["statements"]:  # type: ignore[attr-defined]
            roots.setdefault(int(statement["sentence_index"]), set()).add(
                article_root(str(statement["event_code"]))
            )
        article = Article(
            str(values["id"]), str(values["text"]), _day(values), _text(values, "language"), {}, record.origin
        )
    except (KeyError, TypeError, ValueError) as error:
        message = (
            f"{record.origin}: a coded article has id, text, sentences (start and end of each) and "
            f"statements (sentence_index, event_code); {error}"
        )
        raise InputError(message) from error
    return CodedArticle(article, sentences, {index: frozenset(found) for index, found in roots.items()})


def _passage(record: Record) -> Passage | None:
    values = record.values
    try:
        start = int(str(values["anchor_start"]))
        end = start + len(str(values["anchor"]))
        if values["kind"] == "no_event":
            return Passage(start, end, tuple(values.get("roots_allowed", ())), is_event=False)  # type: ignore[arg-type]
        roots = (str(values["cameo_root"]), *values.get("root_alt", ()))  # type: ignore[misc]
    except (KeyError, TypeError, ValueError) as error:
        message = f"{record.origin}: a passage has kind, anchor, anchor_start and cameo_root; {error}"
        raise InputError(message) from error
    return Passage(start, end, roots, is_event=True) if values.get("sure", True) else None


def _day(values: Mapping[str, object]) -> date | None:
    told = _text(values, "published_date")
    return None if told is None else date.fromisoformat(told)


def _text(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


def _units(item: CodedArticle, found: Iterable[tuple[Span, Given]]) -> list[Unit]:
    """Return the sentences of an article with the answers whose middle they hold."""
    name = item.article.article_id
    units = [
        Unit(f"{name}:{index}", name, item.roots.get(index, frozenset()))
        for index in range(len(item.sentences))
    ]
    for (start, end), given in found:
        middle = (start + end) // 2
        for index, (first, last) in enumerate(item.sentences):
            if first <= middle < last:
                units[index] = units[index].answered(article_root(given.event_code), given)
    return units


def _passage_unit(passage: Passage, found: Sequence[tuple[Span, int, Given]]) -> Unit:
    """Return a passage with its answers; every root that is allowed counts as the one that is preferred."""
    name = f"{passage.start}-{passage.end}"
    unit = Unit(name, name, frozenset(passage.roots[:1]) if passage.is_event else frozenset())
    for (start, end), word, given in found:
        root = given.event_code[:2]
        if passage.is_event and start < passage.end and passage.start < end and root in passage.roots:
            unit = unit.answered(passage.roots[0], given)
        elif not passage.is_event and passage.start <= word < passage.end and root not in passage.roots:
            unit = unit.answered(root, given)
    return unit


def _answer(row: Mapping[str, object], sentences: Sequence[Span]) -> tuple[Span, Given]:
    """Return a row of predictions as an answer and where it stands."""
    try:
        if row.get("start") is not None:
            span = (int(str(row["start"])), int(str(row["end"])))
        else:
            span = sentences[int(str(row["sentence_index"]))]
        confidence = row.get("confidence")
        sure = float(str(confidence)) if confidence is not None else 1.0
        return span, Given(str(row["event_code"]), str(row.get("rule_id") or ""), sure)
    except (KeyError, ValueError, IndexError) as error:
        message = (
            f"predictions: a row needs article_id, event_code and start, end or sentence_index; {error!r} in "
            f"{dict(row)!r:.200}"
        )
        raise InputError(message) from error
