"""Articles -> the `statements` table, and single sentences -> one code: the coder that users call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from vzevents.articles import Article, detect_language
from vzevents.choosing import choose
from vzevents.codebook import Codebook
from vzevents.ranking import SentenceModel, model_for
from vzevents.resources import package_version
from vzevents.rows import CodedText, confidence_of, statement_rows, unread_row
from vzevents.sentences import LANGUAGES, Sentence, bundled_skimmer, model_stamp, parse_texts
from vzevents.statements import Statement, StatementExtractor
from vzevents.tables import to_frame

if TYPE_CHECKING:
    import pandas as pd

_TELLING = 40  # words from which on function words tell the language

Bundled = Literal["bundled"] | None  # the model of the package, or patterns alone


class Coder:
    """Codes English and Spanish news with a codebook.

    Parameters
    ----------
    codebook : Codebook, optional
        The bundled one when left out.
    parse : callable, optional
        Instead of `parse_texts`: one that keeps its parses, say.
    model : SentenceModel, optional
        Ranks what the codebook's patterns leave open or contested. The package's own when left out, unless
        the codebook lacks one of its codes; with None patterns decide alone.
    threshold : float, default 0
        What is coded with less confidence is rejected, as ``low_confidence``: fewer statements, and more of
        them right.
    skip : bool, default True
        Leave sentences of articles unparsed that cannot hold a statement by their words alone; not where
        patterns decide alone.

    Examples
    --------
    >>> coder = Coder()
    >>> coder.code_text("Canada recognized Juan Guaidó.")[["source_country", "event_code"]].values.tolist()
    [['CAN', '054R']]
    """

    def __init__(
        self,
        codebook: Codebook | None = None,
        *,
        parse: Callable[..., list[list[Sentence]]] = parse_texts,
        model: SentenceModel | Bundled = "bundled",
        threshold: float = 0.0,
        skip: bool = True,
    ) -> None:
        self.codebook = codebook or Codebook.load()
        self._parse = parse
        self._threshold = threshold
        self._skips = skip
        self.model = model_for(self.codebook) if model == "bundled" else model
        self._extractors: dict[str, StatementExtractor] = {}
        self._names: dict[str | None, str] = {}

    def code_articles(self, articles: Iterable[Article]) -> Iterator[pd.DataFrame]:
        """Code articles one by one.

        Parameters
        ----------
        articles : iterable of Article
            As `read_articles` yields them.

        Yields
        ------
        pandas.DataFrame
            The `statements` table of each article; an article in a language that is not supported gives
            one rejected row.

        Raises
        ------
        MissingExtraError
            If spaCy or its model is not installed.
        """
        for article in articles:
            yield self.frame([self.read(article)])

    def code_text(
        self,
        text: str,
        *,
        published_date: date | None = None,
        language: str | None = None,
        article_id: str = "text",
    ) -> pd.DataFrame:
        """Code one text.

        Parameters
        ----------
        text : str
            The text; places in it are 0-based code points.
        published_date : datetime.date, optional
            Relative dates stay unknown without it.
        language : str, optional
            Detected when left out.
        article_id : str, default "text"
            Goes into the ids of the statements.

        Returns
        -------
        pandas.DataFrame
            The `statements` table.
        """
        article = Article(article_id, text, published_date, language, {}, article_id)
        return self.frame([self.read(article)])

    def read(self, article: Article) -> CodedText:
        """Return the statements of an article with all that led to them."""
        (coded,) = self.read_all([article])
        return coded

    def read_all(self, articles: Sequence[Article]) -> list[CodedText]:
        """Return what `read` returns for each of some articles, faster than one by one."""
        by_language: dict[str | None, list[int]] = {}
        for place, article in enumerate(articles):
            by_language.setdefault(_language(article), []).append(place)
        coded: dict[int, CodedText] = {}
        for language, places in by_language.items():
            some = [articles[place] for place in places]
            coded.update(zip(places, self._read(some, language), strict=True))
        return [coded[place] for place in range(len(articles))]

    def _read(self, articles: Sequence[Article], language: str | None) -> Iterator[CodedText]:
        """Yield articles of one language, coded."""
        if language is None:
            yield from (CodedText(article, None, (), ()) for article in articles)
            return
        skim = {"skim": bundled_skimmer(language).may_hold} if self._skips and self.model else {}
        parsed = self._parse([article.text for article in articles], language=language, **skim)
        extractor = self.extractor(language)
        for article, sentences in zip(articles, parsed, strict=True):
            found = extractor.extract(sentences, published=article.published_date)
            yield CodedText(article, language, tuple(sentences), tuple(map(self._doubted, found)))

    def _doubted(self, statement: Statement) -> Statement:
        """Return a statement, rejected where its code is not sure enough."""
        if statement.reject_reason or confidence_of(statement) >= self._threshold:
            return statement
        return replace(statement, reject_reason="low_confidence")

    def code_statement(
        self, text: str, *, source: str, target: str, language: str | None = None
    ) -> dict[str, object]:
        """Say what a given source does to a given target: exactly one code, never root 01.

        Parameters
        ----------
        text : str
            A sentence or two.
        source, target : str
            The actors; they need not stand in the text.
        language : str, optional
            Texts in a language that is not supported are read as English, so their codes are guesses.

        Returns
        -------
        dict
            `event_code`, `event_root_code`, `plover`, `benchmark_root`, `quad_class`, `confidence` (0 to 1)
            of the code and `root_confidence` of the benchmark root, `rule_id`, and `alternatives`: list of
            {event_code, confidence}, best first.
        """
        known = language if language in LANGUAGES else "en"
        answers = choose(
            self.extractor(known), self._parse([text], language=known)[0], source=source, target=target
        )
        best = self.codebook[answers[0].event_code]
        root = self.codebook.benchmark_root(best.event_code)
        same = (a.confidence for a in answers if self.codebook.benchmark_root(a.event_code) == root)
        return {
            "event_code": best.event_code,
            "event_root_code": best.event_root_code,
            "plover": best.plover.event,
            "benchmark_root": root,
            "quad_class": best.quad_class,
            "confidence": answers[0].confidence,
            "root_confidence": round(min(1.0, sum(same)), 4),
            "rule_id": answers[0].rule_id,
            "alternatives": [{"event_code": a.event_code, "confidence": a.confidence} for a in answers[1:6]],
        }

    def extractor(self, language: str) -> StatementExtractor:
        """Return what finds and codes the statements of a language, made on first use."""
        if language not in self._extractors:
            self._extractors[language] = StatementExtractor(
                self.codebook, language=language, model=self.model
            )
        return self._extractors[language]

    def frame(self, coded: Iterable[CodedText]) -> pd.DataFrame:
        """Return what `read` found in articles as the `statements` table."""
        return to_frame("statements", [row for one in coded for row in self._rows(one)])

    def _rows(self, coded: CodedText) -> Iterable[dict[str, object]]:
        how = self._how(coded.language)
        if coded.language is None:
            return [unread_row(coded.article, "language_not_supported", how=how)]
        return statement_rows(coded, self.extractor(coded.language), how=how)

    def _how(self, language: str | None) -> dict[str, object]:
        return {
            "coder": self._name(language),
            "codebook_version": self.codebook.version,
            "coding_method": "machine",
        }

    def _name(self, language: str | None) -> str:
        """Return what codes, of which versions; each row says so, and finding out takes time."""
        if language not in self._names:
            parts = [f"vzevents {package_version()}"]
            if language is not None:
                parts.append(model_stamp(language))
            if language is not None and self.model is not None:
                parts.append(f"model {self.model.stamp}")
            self._names[language] = ", ".join(parts)
        return self._names[language]


def _language(article: Article) -> str | None:
    """Return the language in which an article is read, None where it is not supported."""
    language = article.language or detect_language(article.text) or _unless_long(article.text)
    return language if language in LANGUAGES else None


def _unless_long(text: str) -> str | None:
    """Return English for a text too short to tell; a long one that tells nothing is in another language."""
    return "en" if len(text.split()) <= _TELLING else None
