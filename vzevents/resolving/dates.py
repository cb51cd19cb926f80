"""Find dates in a text and resolve them against the day the article was published.

Resolved by the article's own words, never by history: what has neither a year nor an article's date
stays unknown. English and Spanish.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from vzevents.resolving import date_intervals as intervals
from vzevents.resolving.date_intervals import UNKNOWN, Direction, Interval, Precision
from vzevents.resolving.date_rules import rules
from vzevents.resolving.date_words import (
    COUNTS,
    DAY_WORDS,
    FUTURE,
    FUTURE_AFTER,
    MONTHS,
    PAST,
    SHIFTS,
    UNITS,
    WEEKDAYS,
    Unit,
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: where it stands (0-based code points, end exclusive) and which days it means.

    `date` and `date_end` are first and last day; both are None when `precision` is ``unknown``.
    A ``bounded`` mention happened on a day or days of the interval that are not known closer.
    """

    start: int
    end: int
    date: dt.date | None
    date_end: dt.date | None
    precision: Precision
    text: str


@dataclass(frozen=True, slots=True)
class _Found:
    """One match with what its resolution needs: words by name, language, clock, direction."""

    words: dict[str, str]
    language: str
    published: dt.date | None
    direction: Direction

    def month(self, name: str = "month") -> int:
        """Return the number of the month named in a group."""
        names = {word.rstrip(".").lower(): number for word, number in MONTHS[self.language].items()}
        return names[self.words[name].rstrip(".").lower()]

    def weekday(self) -> int:
        """Return the number of the weekday, Monday 0."""
        names = {word.lower(): number for word, number in WEEKDAYS[self.language].items()}
        return names[self.words["weekday"].lower()]

    def day(self, name: str = "day") -> int:
        """Return the day of the month in a group."""
        return int(re.sub(r"\D+$", "", self.words[name]))

    def shift(self, name: str = "shift") -> int | None:
        """Return -1, 0 or 1 for last, this and next; None when no such word stands there."""
        word = self.words.get(name)
        return None if word is None else SHIFTS[self.language].get(word.lower(), 0)

    def unit(self) -> Unit:
        """Return the unit that is counted."""
        return UNITS[self.language][self.words["unit"]]

    def count(self) -> int:
        """Return how many units."""
        word = self.words["count"].lower()
        return int(word) if word.isdigit() else COUNTS[self.language][word]

    def leaning(self) -> Direction:
        """Return the direction that a word beside the date gives, else the clause's."""
        shift = self.shift()
        return self.direction if not shift else (1 if shift > 0 else -1)

    def year(self) -> int | None:
        """Return the year written or reckoned (last year); None when the text gives none."""
        if "year" in self.words:
            return int(self.words["year"])
        if self.published is None:
            return None
        shift = self.shift("yearshift2") if "yearshift2" in self.words else self.shift("yearshift")
        return None if shift is None else self.published.year + shift


def _iso(found: _Found) -> Interval:
    return intervals.one_day(int(found.words["year"]), int(found.words["digits"]), found.day())


def _numeric(found: _Found) -> Interval:
    first, second, year = int(found.words["a"]), int(found.words["b"]), int(found.words["year"])
    if found.language == "es" or first > 12 or first == second:
        return intervals.one_day(year, second, first)
    # An English 3/4/2019 is a day of March or of April; nothing in the text says which.
    return intervals.one_day(year, first, second) if second > 12 else UNKNOWN


def _dated(found: _Found) -> Interval:
    year = found.year()
    if year is not None:
        return intervals.one_day(year, found.month(), found.day())
    if found.published is None or "yearshift" in found.words:
        return UNKNOWN
    return intervals.without_year(found.published, found.month(), found.day(), found.leaning())


def _days(found: _Found) -> Interval | None:
    if "joint" in found.words and found.day("day2") - found.day() != 1 and "between" not in found.words:
        return None  # "el 12 y 19 de junio": two days with others between them
    start = _dated(found)
    if start.first is None:
        return UNKNOWN
    month = found.month("month2") if "month2" in found.words else found.month()
    year = start.first.year + (month < start.first.month and "year" not in found.words)
    if month < start.first.month and "year" in found.words:  # 28 December to 3 January 2019
        start = intervals.one_day(year - 1, start.first.month, start.first.day)
    return intervals.bounded(start.first, intervals.one_day(year, month, found.day("day2")).first)


def _month(found: _Found) -> Interval:
    year = found.year()
    if year is not None:
        return intervals.one_month(year, found.month())
    if found.published is None:
        return UNKNOWN
    shift = found.shift()
    if shift == 0:
        return intervals.one_month(found.published.year, found.month())
    if not shift:
        return intervals.month_without_year(found.published, found.month(), found.direction)
    # "last March", said in March, is a year ago.
    step = shift if (found.month() - found.published.month) * shift <= 0 else 0
    return intervals.one_month(found.published.year + step, found.month())


def _weekday(found: _Found) -> Interval | None:
    if found.published is None:
        return UNKNOWN
    shift = found.shift()
    if shift is None:
        return intervals.weekday_near(found.published, found.weekday(), found.direction)
    return intervals.weekday_shifted(found.published, found.weekday(), shift, found.direction)


def _weekday_of(found: _Found) -> Interval:
    if found.published is None:
        return UNKNOWN
    monday = intervals.period(found.published, "week", found.shift() or 0).first
    return UNKNOWN if monday is None else intervals.day_of(monday + timedelta(days=found.weekday()))


def _weekday_day(found: _Found) -> Interval | None:
    """Resolve "el miércoles 23": the nearest such day; None when the number is no day of the month."""
    if found.published is None:
        return UNKNOWN
    reach = range(0, 45) if found.leaning() > 0 else range(7, -62, -1)
    for step in reach:
        near = found.published + timedelta(days=step)
        if near.day == found.day() and near.weekday() == found.weekday():
            return intervals.day_of(near)
    return None


def _weekend(found: _Found) -> Interval:
    if found.published is None:
        return UNKNOWN
    past = found.words.get("shift", "").lower() == "past"
    return intervals.weekend(found.published, -1 if past else found.shift(), found.direction)


def _unit(found: _Found) -> Interval:
    if found.published is None:
        return UNKNOWN
    return intervals.period(found.published, found.unit(), found.shift() or 0)


def _begun(found: _Found) -> Interval:
    if found.published is None:
        return UNKNOWN
    return intervals.bounded(intervals.period(found.published, found.unit(), 0).first, found.published)


def _left(found: _Found) -> Interval:
    if found.published is None:
        return UNKNOWN
    return intervals.bounded(found.published, intervals.period(found.published, found.unit(), 0).last)


def _ago(found: _Found) -> Interval:
    if found.published is None:
        return UNKNOWN
    return intervals.back(found.published, found.unit(), found.count())


def _reach(found: _Found) -> timedelta:
    if "hours" in found.words:
        return timedelta(days=-(-found.count() // 24))
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[found.unit()]
    return timedelta(days=days * (found.count() if "count" in found.words else 1))


def _coming(found: _Found) -> Interval:
    return UNKNOWN if found.published is None else _span(found.published, _reach(found))


def _rolling(found: _Found) -> Interval:
    return UNKNOWN if found.published is None else _span(found.published, -_reach(found))


def _span(published: dt.date, reach: timedelta) -> Interval:
    return intervals.bounded(min(published, published + reach), max(published, published + reach))


def _word(found: _Found) -> Interval:
    if found.published is None:
        return UNKNOWN
    steps = DAY_WORDS[found.language][found.words["word"].lower()]
    return intervals.day_of(found.published + timedelta(days=steps))


def _year(found: _Found) -> Interval:
    return intervals.one_year(int(found.words["year"]))


def _vague(found: _Found) -> Interval:
    return UNKNOWN


# None from a resolver: not a date after all, and a shorter match may be one.
_RESOLVERS: dict[str, Callable[[_Found], Interval | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "dated": _dated,
    "days": _days,
    "month": _month,
    "weekday": _weekday,
    "weekday_of": _weekday_of,
    "weekday_day": _weekday_day,
    "weekend": _weekend,
    "unit": _unit,
    "begun": _begun,
    "left": _left,
    "ago": _ago,
    "coming": _coming,
    "rolling": _rolling,
    "word": _word,
    "year": _year,
    "vague": _vague,
}

_SINCE = {"en": re.compile(r"\b[Ss]ince $"), "es": re.compile(r"\b[Dd]esde (?:el |la |la noche del )?$")}
_WINDOW = 300  # characters around a date in which words may put it ahead of the article
_BREAK = re.compile(r"[!?;\n]|\.(?=\s+[\"“«¿¡]?[A-ZÁÉÍÓÚÑ])")


def find_dates(text: str, *, published: dt.date | None, language: str) -> list[DateMention]:
    """Find the dates in a text and resolve them against the article's date.

    Parameters
    ----------
    text : str
        A sentence or a whole article.
    published : datetime.date or None
        When the article appeared. Without it, relative and yearless dates stay unknown.
    language : str
        ``"en"`` or ``"es"``; in any other language nothing is found.

    Returns
    -------
    list of DateMention
        In text order, without overlaps; ``text[m.start:m.end] == m.text``.

    Examples
    --------
    >>> [found] = find_dates("He left on Wednesday.", published=date(2021, 6, 11), language="en")
    >>> found.text, found.date.isoformat(), found.precision
    ('Wednesday', '2021-06-09', 'day')
    """
    mentions: list[DateMention] = []
    for kind, match in _matches(text, language):
        start, end = match.span("m" if "m" in match.re.groupindex else 0)
        if mentions and start < mentions[-1].end:
            continue
        words = {
            re.sub(r"_\d$", "", name): " ".join(word.split())
            for name, word in match.groupdict().items()
            if word
        }
        direction = _direction(text, start, end, language)
        interval = _resolved(kind, _Found(words, language, published, direction))
        if interval is not None:
            mentions.append(
                _mention(text, start, end, _open_ended(text, start, interval, published, language))
            )
    return mentions


def _resolved(kind: str, found: _Found) -> Interval | None:
    try:
        return _RESOLVERS[kind](found)
    except (ValueError, OverflowError):  # counted out of the calendar: "999 years ago"
        return UNKNOWN


def _mention(text: str, start: int, end: int, interval: Interval) -> DateMention:
    return DateMention(start, end, interval.first, interval.last, interval.precision, text[start:end])


def _matches(text: str, language: str) -> Iterator[tuple[str, re.Match[str]]]:
    found = [(kind, match) for kind, pattern in rules(language) for match in pattern.finditer(text)]

    def place(item: tuple[str, re.Match[str]]) -> tuple[int, int]:
        start, end = item[1].span("m" if "m" in item[1].re.groupindex else 0)
        return start, -end

    yield from sorted(found, key=place)


def _direction(text: str, start: int, end: int, language: str) -> Direction:
    """Say whether the words around a date put it ahead of the article, behind it, or leave it open."""
    before = _BREAK.split(text[max(0, start - _WINDOW) : start])[-1]
    ahead = max((found.end() for found in FUTURE[language].finditer(before)), default=-1)
    behind = max((found.end() for found in PAST[language].finditer(before)), default=-1)
    possessive = text[end : end + 2] in ("'s", "’s")
    if ahead >= behind and ahead >= 0 and not possessive:
        return 1
    if behind >= 0:
        return -1
    # "On Monday, the court will rule": nothing but a word or two before the date.
    opens = len(before.split()) <= 3
    return 1 if opens and FUTURE_AFTER[language].match(text[end : end + _WINDOW]) else 0


def _open_ended(
    text: str, start: int, interval: Interval, published: dt.date | None, language: str
) -> Interval:
    """Stretch "since January" up to the article."""
    if (
        published is None
        or interval.first is None
        or not _SINCE[language].search(text[max(0, start - 30) : start])
    ):
        return interval
    return replace(interval, last=published, precision="bounded") if interval.first <= published else interval
