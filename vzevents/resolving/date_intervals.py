"""Intervals of days counted from the day an article was published."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from vzevents.resolving.date_words import Unit

Precision = Literal["day", "week", "month", "year", "bounded", "unknown"]
Direction = Literal[-1, 0, 1]  # behind the article, not said, ahead of it


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, and how precisely they are known."""

    first: date | None
    last: date | None
    precision: Precision


UNKNOWN = Interval(None, None, "unknown")

# Without a year, the latest such date that is at most this far ahead of the article.
_AHEAD = timedelta(days=7)


def one_day(year: int, month: int, day: int) -> Interval:
    """Return the interval of a calendar day; unknown when there is no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return UNKNOWN
    return Interval(found, found, "day")


def day_of(found: date) -> Interval:
    """Return the interval of a day."""
    return Interval(found, found, "day")


def one_month(year: int, month: int) -> Interval:
    """Return the interval of a calendar month."""
    return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def one_year(year: int) -> Interval:
    """Return the interval of a calendar year."""
    return Interval(date(year, 1, 1), date(year, 12, 31), "year")


def period(published: date, unit: Unit, steps: int) -> Interval:
    """Return the day, week (Monday to Sunday), month or year that is `steps` away from an article's."""
    if unit == "day":
        return day_of(published + timedelta(days=steps))
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=steps)
        return Interval(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + steps, 12)
        return one_month(year, month + 1)
    return one_year(published.year + steps)


def back(published: date, unit: Unit, count: int) -> Interval:
    """Return the time `count` units before the article, as precise as the unit."""
    return period(published, unit, -count)


def bounded(first: date | None, last: date | None) -> Interval:
    """Return an interval in which something happened on a day that is not known."""
    if first is None or last is None or first > last:
        return UNKNOWN
    return Interval(first, last, "bounded")


def weekday_near(published: date, weekday: int, direction: Direction) -> Interval:
    """Return the last such day up to the article's own, or the first from it on when it lies ahead."""
    if direction > 0:
        return day_of(published + timedelta(days=(weekday - published.weekday()) % 7))
    return day_of(published - timedelta(days=(published.weekday() - weekday) % 7))


def weekday_shifted(published: date, weekday: int, shift: int, direction: Direction) -> Interval:
    """Return last (before the article's day), next (after it) or this such day (the nearest)."""
    if shift < 0:
        return day_of(published - timedelta(days=(published.weekday() - weekday - 1) % 7 + 1))
    if shift > 0:
        return day_of(published + timedelta(days=(weekday - published.weekday() - 1) % 7 + 1))
    if direction:
        return weekday_near(published, weekday, direction)
    ahead = (weekday - published.weekday()) % 7
    return day_of(published + timedelta(days=ahead if ahead <= 3 else ahead - 7))


def weekend(published: date, shift: int | None, direction: Direction) -> Interval:
    """Return Saturday and Sunday: this week's, the last or the next; without a word, the latest begun."""
    saturday = published - timedelta(days=published.weekday()) + timedelta(days=5)
    started = published.weekday() >= 5
    if shift is None:
        saturday -= timedelta(weeks=0 if started or direction > 0 else 1)
    elif shift < 0:
        saturday -= timedelta(weeks=1)
    elif shift > 0:
        saturday += timedelta(weeks=1 if started else 0)
    elif direction < 0 and not started:
        saturday -= timedelta(weeks=1)
    return Interval(saturday, saturday + timedelta(days=1), "bounded")


def without_year(published: date, month: int, day: int, direction: Direction) -> Interval:
    """Return the day of a date that names no year: ahead of the article only when the text says so."""
    years = range(published.year - 8, published.year + 9)  # 29 February comes back within 8 years
    days = [found.first for year in years if (found := one_day(year, month, day)).first]
    if direction > 0:
        return next((day_of(found) for found in days if found >= published), UNKNOWN)
    return next((day_of(found) for found in reversed(days) if found <= published + _AHEAD), UNKNOWN)


def month_without_year(published: date, month: int, direction: Direction) -> Interval:
    """Return the month of a text that names no year: ahead of the article only when the text says so."""
    months = [one_month(published.year + step, month) for step in (-1, 0, 1)]
    if direction > 0:
        return next(found for found in months if found.last and found.last >= published)
    return next(found for found in reversed(months) if found.first and found.first <= published + _AHEAD)
