"""Articles -> the `articles` table, without their text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from vzevents.tables import column_names, to_frame

if TYPE_CHECKING:
    import pandas as pd

    from vzevents.articles.reading import Article


def articles_table(articles: Iterable[Article]) -> pd.DataFrame:
    """Make the `articles` table of articles that were read.

    Parameters
    ----------
    articles : iterable of Article
        Whatever their records held under the name of a column is taken over.

    Returns
    -------
    pandas.DataFrame
        The `articles` table; `text_sha256` is over the text in UTF-8 as given.
    """
    names = set(column_names("articles"))
    return to_frame("articles", [_row(article, names) for article in articles])


def _row(article: Article, names: set[str]) -> dict[str, object]:
    return {
        **{name: value for name, value in article.extra.items() if name in names},
        "article_id": article.article_id,
        "language": article.language,
        "published_date": article.published_date,
        "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
    }
