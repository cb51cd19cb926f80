"""Dates in English and Spanish text, resolved against the day the article was published."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vzevents.resolving.dates import find_dates

# A Wednesday.
PUBLISHED = dt.date(2019, 2, 6)

# text | the words found | first day, or first..last | precision
ENGLISH = """
He left on Jan. 23. | Jan. 23 | 2019-01-23 | day
He left on Jan 23. | Jan 23 | 2019-01-23 | day
He left on January 23, 2018, by car. | January 23, 2018 | 2018-01-23 | day
He left on 23 January. | 23 January | 2019-01-23 | day
He left on the 23rd of January 2018. | 23rd of January 2018 | 2018-01-23 | day
He left on Sept. 3. | Sept. 3 | 2018-09-03 | day
He left on February 10. | February 10 | 2019-02-10 | day
He left on February 20. | February 20 | 2018-02-20 | day
He will leave on February 20. | February 20 | 2019-02-20 | day
Talks are scheduled for May 5. | May 5 | 2019-05-05 | day
He left on May 5. | May 5 | 2018-05-05 | day
He left on Jan. 23 last year. | Jan. 23 last year | 2018-01-23 | day
He left on Tuesday, Jan. 22. | Tuesday, Jan. 22 | 2019-01-22 | day
He left on Feb. 29. | Feb. 29 | 2016-02-29 | day
He left on Feb. 30, 2019. | Feb. 30, 2019 | | unknown
The assembly, sitting Jan. 23-25, voted. | Jan. 23-25 | 2019-01-23..2019-01-25 | bounded
It sat between January 23 and 25. | January 23 and 25 | 2019-01-23..2019-01-25 | bounded
It sat from Jan. 30 to Feb. 2. | Jan. 30 to Feb. 2 | 2019-01-30..2019-02-02 | bounded
It sat from Dec. 28 to Jan. 3, 2019. | Dec. 28 to Jan. 3, 2019 | 2018-12-28..2019-01-03 | bounded
It sat from Dec. 28 to Jan. 3. | Dec. 28 to Jan. 3 | 2018-12-28..2019-01-03 | bounded
Signed 2019-01-23. | 2019-01-23 | 2019-01-23 | day
Signed 2019-13-23. | 2019-13-23 | | unknown
Signed 1/23/2019. | 1/23/2019 | 2019-01-23 | day
Signed 23/1/2019. | 23/1/2019 | 2019-01-23 | day
Signed 3/4/2019. | 3/4/2019 | | unknown
Signed 4/4/2019. | 4/4/2019 | 2019-04-04 | day
He said so on Wednesday. | Wednesday | 2019-02-06 | day
He said so on Thursday. | Thursday | 2019-01-31 | day
He said Tuesday that he will resign. | Tuesday | 2019-02-05 | day
He will resign on Thursday. | Thursday | 2019-02-07 | day
On Friday, the court will rule. | Friday | 2019-02-08 | day
On Friday, the court ruled. | Friday | 2019-02-01 | day
The talks will be held on Friday. | Friday | 2019-02-08 | day
He said on Monday he would go on Saturday. | Monday; Saturday | 2019-02-04; 2019-02-09 | day; day
He was freed after Friday's vote. | Friday | 2019-02-01 | day
They gave him until Sunday. | Sunday | 2019-02-10 | day
He left last Wednesday. | last Wednesday | 2019-01-30 | day
He leaves next Wednesday. | next Wednesday | 2019-02-13 | day
He leaves next Tuesday. | next Tuesday | 2019-02-12 | day
He left this Monday. | this Monday | 2019-02-04 | day
He will leave this Monday. | this Monday | 2019-02-11 | day
He left on Tuesday last week. | Tuesday last week | 2019-01-29 | day
He left today. | today | 2019-02-06 | day
He left yesterday. | yesterday | 2019-02-05 | day
He leaves tomorrow. | tomorrow | 2019-02-07 | day
He left last night. | last night | 2019-02-05 | day
He left this morning. | this morning | 2019-02-06 | day
He left last week. | last week | 2019-01-28..2019-02-03 | week
He left this week. | this week | 2019-02-04..2019-02-10 | week
He leaves next week. | next week | 2019-02-11..2019-02-17 | week
He left last month. | last month | 2019-01-01..2019-01-31 | month
He leaves next month. | next month | 2019-03-01..2019-03-31 | month
He left last year. | last year | 2018-01-01..2018-12-31 | year
He left in March. | March | 2018-03-01..2018-03-31 | month
He left in January. | January | 2019-01-01..2019-01-31 | month
He will leave in March. | March | 2019-03-01..2019-03-31 | month
He left in late January. | January | 2019-01-01..2019-01-31 | month
He left in March 2017. | March 2017 | 2017-03-01..2017-03-31 | month
He left in January last year. | January last year | 2018-01-01..2018-01-31 | month
He left last February. | last February | 2018-02-01..2018-02-28 | month
He left last December. | last December | 2018-12-01..2018-12-31 | month
He left in 2017. | 2017 | 2017-01-01..2017-12-31 | year
He left earlier this year. | earlier this year | 2019-01-01..2019-02-06 | bounded
He left earlier this week. | earlier this week | 2019-02-04..2019-02-06 | bounded
He leaves later this month. | later this month | 2019-02-06..2019-02-28 | bounded
He left two days ago. | two days ago | 2019-02-04 | day
He left a week ago. | a week ago | 2019-01-28..2019-02-03 | week
He left 3 months ago. | 3 months ago | 2018-11-01..2018-11-30 | month
He left a few days ago. | a few days ago | | unknown
They marched over the weekend. | the weekend | 2019-02-02..2019-02-03 | bounded
They marched last weekend. | last weekend | 2019-02-02..2019-02-03 | bounded
They march next weekend. | next weekend | 2019-02-09..2019-02-10 | bounded
He has been held since Jan. 23. | Jan. 23 | 2019-01-23..2019-02-06 | bounded
Ten died in the past three days. | past three days | 2019-02-03..2019-02-06 | bounded
They must leave within 72 hours. | within 72 hours | 2019-02-06..2019-02-09 | bounded
"""

SPANISH = """
Salió el 23 de enero de 2018. | 23 de enero de 2018 | 2018-01-23 | day
Salió el 23 de enero del 2018. | 23 de enero del 2018 | 2018-01-23 | day
Salió el 28 de julio. | 28 de julio | 2018-07-28 | day
Saldrá el 28 de julio. | 28 de julio | 2019-07-28 | day
Sale el próximo 28 de julio. | próximo 28 de julio | 2019-07-28 | day
Salió el pasado 23 de enero. | pasado 23 de enero | 2019-01-23 | day
Salió el 10 de febrero. | 10 de febrero | 2019-02-10 | day
Salió el 5 de julio de 1811. | 5 de julio de 1811 | 1811-07-05 | day
Salió el 1° de mayo. | 1° de mayo | 2018-05-01 | day
Salió el miércoles 23 de enero. | miércoles 23 de enero | 2019-01-23 | day
Salió el miércoles 23. | miércoles 23 | 2019-01-23 | day
El martes 13 personas salieron. | martes | 2019-02-05 | day
Salió el 23 de enero del año pasado. | 23 de enero del año pasado | 2018-01-23 | day
Sesionó del 23 al 25 de enero. | 23 al 25 de enero | 2019-01-23..2019-01-25 | bounded
Sesionó entre el 23 y el 24 de enero. | 23 y el 24 de enero | 2019-01-23..2019-01-24 | bounded
Sesionó el 12 y 19 de enero. | 19 de enero | 2019-01-19 | day
Firmado el 23/01/2019. | 23/01/2019 | 2019-01-23 | day
Firmado el 03/04/2018. | 03/04/2018 | 2018-04-03 | day
Firmado el 2019-01-23. | 2019-01-23 | 2019-01-23 | day
Salió el miércoles. | miércoles | 2019-02-06 | day
Salió el jueves. | jueves | 2019-01-31 | day
Se reunirá el jueves con la policía. | jueves | 2019-02-07 | day
El viernes la corte decidirá. | viernes | 2019-02-08 | day
Convocó una marcha para el sábado. | sábado | 2019-02-09 | day
Salió el pasado martes. | pasado martes | 2019-02-05 | day
Salió el martes pasado. | martes pasado | 2019-02-05 | day
Sale el próximo martes. | próximo martes | 2019-02-12 | day
Sale el martes que viene. | martes que viene | 2019-02-12 | day
Salió este miércoles. | este miércoles | 2019-02-06 | day
Salió este jueves. | este jueves | 2019-01-31 | day
Saldrá este jueves. | este jueves | 2019-02-07 | day
Salió el martes de la semana pasada. | martes de la semana pasada | 2019-01-29 | day
Salió hoy. | hoy | 2019-02-06 | day
Salió ayer por la mañana. | ayer | 2019-02-05 | day
Saldrá mañana. | mañana | 2019-02-07 | day
Saldrá pasado mañana. | pasado mañana | 2019-02-08 | day
Salió anoche. | anoche | 2019-02-05 | day
Dijo que "esta mañana salió". | esta mañana | 2019-02-06 | day
Salió la semana pasada. | semana pasada | 2019-01-28..2019-02-03 | week
Salió esta semana. | esta semana | 2019-02-04..2019-02-10 | week
Sale la próxima semana. | próxima semana | 2019-02-11..2019-02-17 | week
Sale la semana que viene. | semana que viene | 2019-02-11..2019-02-17 | week
Salió el mes pasado. | mes pasado | 2019-01-01..2019-01-31 | month
Salió el año pasado. | año pasado | 2018-01-01..2018-12-31 | year
Salió en marzo. | marzo | 2018-03-01..2018-03-31 | month
Salió a finales de enero. | enero | 2019-01-01..2019-01-31 | month
Salió en marzo de 2017. | marzo de 2017 | 2017-03-01..2017-03-31 | month
Salió el pasado mes de enero. | pasado mes de enero | 2019-01-01..2019-01-31 | month
Salió en diciembre del año pasado. | diciembre del año pasado | 2018-12-01..2018-12-31 | month
Salió en 2017. | 2017 | 2017-01-01..2017-12-31 | year
Salió en el año 2017. | año 2017 | 2017-01-01..2017-12-31 | year
Salió hace tres días. | hace tres días | 2019-02-03 | day
Salió hace una semana. | hace una semana | 2019-01-28..2019-02-03 | week
Salió hace pocos días. | hace pocos días | | unknown
Van diez en lo que va de año. | en lo que va de año | 2019-01-01..2019-02-06 | bounded
Marcharon el fin de semana. | fin de semana | 2019-02-02..2019-02-03 | bounded
Marcharon el pasado fin de semana. | pasado fin de semana | 2019-02-02..2019-02-03 | bounded
Está preso desde el 23 de enero. | 23 de enero | 2019-01-23..2019-02-06 | bounded
Diez murieron en las últimas 48 horas. | últimas 48 horas | 2019-02-04..2019-02-06 | bounded
"""

NO_DATE = [
    ("en", "Theresa May and April March marched on the capital."),
    ("en", "The Sunday Times told 2019 cases in the 1990s and of Bloody Sunday."),
    ("en", "It happened in room 12-13 at 10/11 odds, version 1.2.3."),
    ("es", "Vive en Santo Domingo, en la parroquia 23 de Enero, junto a la Plaza de Mayo."),
    ("es", "Hoy en día llega por la mañana los domingos."),
    ("fr", "Il est parti le 23 janvier 2019."),
]


def rows(table: str) -> list[list[str]]:
    """Split a table into rows of cells."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def found(text: str, language: str, published: dt.date | None = PUBLISHED) -> list[list[str]]:
    """Return words, days and precision of the mentions in a text, as the tables write them."""
    mentions = find_dates(text, published=published, language=language)
    days = [
        "" if m.date is None else str(m.date) + (f"..{m.date_end}" if m.date_end != m.date else "")
        for m in mentions
    ]
    return [["; ".join(m.text for m in mentions), "; ".join(days), "; ".join(m.precision for m in mentions)]]


@pytest.mark.parametrize("row", rows(ENGLISH), ids=lambda row: row[0])
def test_english_date(row: list[str]) -> None:
    """An English date covers exactly its words and means the days that the article's date makes of it."""
    assert found(row[0], "en") == [row[1:]]


@pytest.mark.parametrize("row", rows(SPANISH), ids=lambda row: row[0])
def test_spanish_date(row: list[str]) -> None:
    """A Spanish date covers exactly its words and means the days that the article's date makes of it."""
    assert found(row[0], "es") == [row[1:]]


@pytest.mark.parametrize(("language", "text"), NO_DATE)
def test_names_and_numbers_are_no_dates(language: str, text: str) -> None:
    """Names, verbs and numbers that look like dates are left alone, and so are other languages."""
    assert find_dates(text, published=PUBLISHED, language=language) == []


@pytest.mark.parametrize("row", rows(ENGLISH), ids=lambda row: row[0])
def test_without_published_nothing_is_guessed(row: list[str]) -> None:
    """Without the article's date only what names its own year is resolved; the mention stays."""
    mentions = find_dates(row[0], published=None, language="en")
    assert mentions
    for mention in mentions:
        own_year = any(year in mention.text for year in ("2017", "2018", "2019"))
        assert own_year or (mention.date, mention.date_end, mention.precision) == (None, None, "unknown")


def test_own_year_needs_no_published() -> None:
    """A date that names its year is resolved without the article's date."""
    assert found("El 23 de enero de 2018.", "es", None) == [["23 de enero de 2018", "2018-01-23", "day"]]


@pytest.mark.parametrize(
    ("published", "text", "first"),
    [
        ("2019-02-03", "They marched over the weekend.", "2019-02-02"),  # a Sunday
        ("2019-02-02", "They marched over the weekend.", "2019-02-02"),  # a Saturday
        ("2019-02-04", "They marched last weekend.", "2019-02-02"),  # a Monday
        ("2019-02-03", "He left last Sunday.", "2019-01-27"),
        ("2019-02-03", "He left on Sunday.", "2019-02-03"),
        ("2019-01-02", "He left on Dec. 30.", "2018-12-30"),
        ("2018-12-28", "He left on Jan. 3.", "2019-01-03"),  # within a week of the article
        ("2018-12-20", "He left on Jan. 3.", "2018-01-03"),
        ("2019-01-15", "He left last month.", "2018-12-01"),
        ("2018-12-15", "He leaves next month.", "2019-01-01"),
        ("2019-01-02", "He left last week.", "2018-12-24"),
    ],
)
def test_turns_of_week_month_and_year(published: str, text: str, first: str) -> None:
    """Relative dates cross the ends of weeks, months and years."""
    [mention] = find_dates(text, published=dt.date.fromisoformat(published), language="en")
    assert str(mention.date) == first


def test_a_calendar_that_ends() -> None:
    """A count that leads out of the calendar leaves the mention unknown instead of failing."""
    assert found("He left 999 years ago.", "en", dt.date(500, 1, 1)) == [["999 years ago", "", "unknown"]]


def test_line_broken_inside_a_date() -> None:
    """A line break or hard space inside a date does not hide it."""
    assert found("el 28\nde\u00a0julio de 2018", "es") == [["28\nde\u00a0julio de 2018", "2018-07-28", "day"]]


@given(
    st.lists(st.sampled_from([row[0] for row in rows(ENGLISH)] + ["é𝒳 ", "\n", "will "]), max_size=6),
    st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2040, 1, 1)),
)
def test_mentions_lie_in_the_text(parts: list[str], published: dt.date) -> None:
    """Mentions come in text order without overlap, cover their words, and never end before they begin."""
    text = " ".join(parts)
    last = 0
    for mention in find_dates(text, published=published, language="en"):
        assert last <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert (mention.date is None) == (mention.date_end is None) == (mention.precision == "unknown")
        assert mention.date is None or mention.date <= mention.date_end
        last = mention.end
