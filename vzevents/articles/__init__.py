"""Articles out of text, HTML, JSON, JSON Lines, CSV and Parquet files, one at a time."""

from vzevents.articles.formats import SUFFIXES, read_records
from vzevents.articles.language import detect_language
from vzevents.articles.reading import Article, read_articles
from vzevents.articles.records import BadRecord
from vzevents.articles.table import articles_table
from vzevents.articles.tasks import CodingTask, read_tasks

__all__ = [
    "SUFFIXES",
    "Article",
    "BadRecord",
    "CodingTask",
    "articles_table",
    "detect_language",
    "read_articles",
    "read_records",
    "read_tasks",
]
