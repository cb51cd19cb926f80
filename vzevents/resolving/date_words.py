"""Words that dates are made of, English and Spanish: names of months and days, counts, markers."""

from __future__ import annotations

import re
from typing import Literal

Unit = Literal["day", "week", "month", "year"]

MONTHS = {
    "en": {
        "January": 1, "February": 2, "March": 3, "April": 4, "May": 5, "June": 6, "July": 7,
        "August": 8, "September": 9, "October": 10, "November": 11, "December": 12,
        "Jan.": 1, "Feb.": 2, "Mar.": 3, "Apr.": 4, "Jun.": 6, "Jul.": 7, "Aug.": 8, "Sept.": 9,
        "Sep.": 9, "Oct.": 10, "Nov.": 11, "Dec.": 12,
    },
    "es": {
        "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
        "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
        "ene.": 1, "feb.": 2, "mar.": 3, "abr.": 4, "may.": 5, "jun.": 6, "jul.": 7, "ago.": 8, "sept.": 9,
        "sep.": 9, "oct.": 10, "nov.": 11, "dic.": 12,
    },
}  # fmt: skip

WEEKDAYS = {
    "en": {
        "Monday": 0, "Tuesday": 1, "Wednesday": 2, "Thursday": 3, "Friday": 4, "Saturday": 5, "Sunday": 6,
    },
    "es": {
        "lunes": 0, "martes": 1, "miércoles": 2, "miercoles": 2, "jueves": 3, "viernes": 4, "sábado": 5,
        "sabado": 5, "domingo": 6,
    },
}  # fmt: skip

UNITS: dict[str, dict[str, Unit]] = {
    "en": {
        "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
        "year": "year", "years": "year",
    },
    "es": {
        "día": "day", "días": "day", "dia": "day", "dias": "day", "jornada": "day", "semana": "week",
        "semanas": "week", "mes": "month", "meses": "month", "año": "year", "años": "year",
    },
}  # fmt: skip

COUNTS = {
    "en": {
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    },
    "es": {
        "un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
        "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15,
    },
}  # fmt: skip

# Single words that name a day, as days after the article's.
DAY_WORDS = {
    "en": {
        "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1, "this morning": 0,
        "this afternoon": 0, "this evening": 0,
    },
    "es": {
        "hoy": 0, "ayer": -1, "anoche": -1, "anteayer": -2, "antier": -2, "mañana": 1, "pasado mañana": 2,
        "esta mañana": 0, "esta tarde": 0, "esta noche": 0, "esta madrugada": 0,
    },
}  # fmt: skip

# Adjectives that say which of several days, weeks, months is meant: before, at or after now.
SHIFTS = {
    "en": {"last": -1, "this": 0, "next": 1, "coming": 1, "upcoming": 1},
    "es": {
        "pasado": -1, "pasada": -1, "último": -1, "última": -1, "ultimo": -1, "ultima": -1,
        "este": 0, "esta": 0, "presente": 0, "próximo": 1, "próxima": 1, "proximo": 1, "proxima": 1,
        "que viene": 1, "entrante": 1, "venidero": 1, "venidera": 1,
    },
}  # fmt: skip

# Verbs and prepositions before a date that put it ahead of the article. The verb after "will" or "to" is
# taken along, so that its participle ("will be held") is not read as a past form.
_FUTURE = {
    "en": r"(?:\b(?:will|would|shall|won['’]t)|['’]ll)(?:\s+(?:not|also|\w+ly))*\s+(?:be\s+)?\w+"
    r"|\b(?:is|are|was|were)\s+to\s+(?:be\s+)?\w+"
    r"|\b(?:expect|plan|intend|hope|aim|prepare|schedule|due|set|slate)(?:s|d|ed|ned)?\b[^.;,]{0,60}?"
    r"\bto\s+(?:be\s+)?(?!the\b|an?\b|his\b|her\b|their\b|its\b)[a-z]\w+"
    r"|\b(?:ha(?:s|ve|d)|gave|given|deadline)\b[^.;,]{0,40}?\buntil\s*$"
    r"|\b(?:scheduled|planned|due|set|slated|expected|for|by|before|no later than)\s+(?:(?:on|for)\s+)?$",
    "es": r"\b\w{2,}(?:rá|rán|remos)\b(?:\s+\w+[aio]d[oa]s?\b)?"
    r"|\bv(?:a|an|amos|oy)\s+a\s+\w+r\b|\b(?:iba|iban)\s+a\s+\w+r\b"
    r"|\b(?:prevé|prevén|planea|planean|espera|esperan|pretende|pretenden)\s+\w+r\b"
    r"|\b(?:previst|programad|convocad|fijad|pautad)[oa]s?\b(?:\s+para)?"
    r"|\b(?:para|hasta|antes de)(?:\s+el|l)?\s*$",
}

# Past forms before a date: of past and future, what stands nearest to the date decides.
_PAST = {
    "en": r"\b(?:said|told|met|left|took|went|came|began|held|won|fled|was|were|had|has|have|did|made|gave|"
    r"saw|broke|swore|shot|rose|fell|sent|led|hit|cut|spoke|wrote|became|got|fought|drove|flew|ran|stood|"
    r"struck|withdrew|\w{2,}ed)\b",
    "es": r"\b(?:\w{2,}(?:ó|aron|ieron|aba|aban)|dijo|dijeron|hizo|hicieron|fue|fueron|hubo|tuvo|dio|puso|"
    r"vino|ha|han|había|habían)\b",
}

# A future verb after a date that opens its sentence: "On Monday, the court will rule".
_FUTURE_AFTER = {
    "en": r"^[^.;:?!\"“”\n]{0,60}?\b(?:will|shall|(?:is|are)\s+(?:expected|scheduled|due|set|to))\b",
    "es": r"^[^.;:?!\"“”\n]{0,60}?\b(?:\w{2,}(?:rá|rán)|v(?:a|an)\s+a\s+\w+r|est(?:á|án)\s+previst[oa]s?)\b",
}

FUTURE = {language: re.compile(pattern) for language, pattern in _FUTURE.items()}
PAST = {language: re.compile(pattern) for language, pattern in _PAST.items()}
FUTURE_AFTER = {language: re.compile(pattern) for language, pattern in _FUTURE_AFTER.items()}


def alternatives(words: dict[str, int] | dict[str, Unit]) -> str:
    """Join words to a regular expression, longest first, a full stop at their end left optional.

    Parameters
    ----------
    words : dict
        The words are its keys.

    Returns
    -------
    str
        The inside of a group.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word.rstrip(".")).replace("\\ ", " ") + (r"\b\.?" if word.endswith(".") else r"\b")
        for word in ordered
    )
