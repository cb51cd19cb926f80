"""The shapes that dates have in English and Spanish news, as regular expressions by kind.

Two-letter groups in angle brackets (``<MO>``) stand for word lists and are filled in once. A pattern with
a group `m` finds a date only in company (a preposition) and covers that group alone.
"""

from __future__ import annotations

import re
from functools import cache

from vzevents.resolving.date_words import COUNTS, DAY_WORDS, MONTHS, SHIFTS, UNITS, WEEKDAYS, alternatives

# (kind, pattern): the kind names the function of dates.py that resolves it. Where two patterns start at
# the same place the longer match wins, so their order decides nothing.
PATTERNS = {
    "en": [
        ("iso", r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<digits>\d\d)-(?P<day>\d\d)(?![\d-])"),
        ("numeric", r"(?<![\d/.-])(?P<a>\d{1,2})([/.-])(?P<b>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?![\d/-])"),
        ("dated", r"<WK><MO> <DD><YY>"),
        ("dated", r"<WK><DD> (?:of )?<MO><YY>"),
        ("days", r"<MO> <DD>\s?(?:-|–|—|to|through)\s?(?P<day2><DN>)(?![\d,.]*\d)<YY>"),
        ("days", r"(?<=between )<MO> <DD> and (?P<day2><DN>)<YY>"),
        ("days", r"<MO> <DD>\s?(?:-|–|—|to|through|until)\s?<M2> (?P<day2><DN>)(?![\d,.]*\d)<YY>"),
        ("month", r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id)(?: |-))?<MO>,?(?: of)? (?P<year><CY>)\b"),
        ("month", r"<MO>(?: of)? (?P<yearshift>last|this|next) year\b"),
        ("month", r"\b(?i:in|since|during|until|early|late|mid)(?: |-)(?P<m><MF>)(?! \d)"),
        ("month", r"\b(?:by|of|from|through) (?P<m>(?!May|March)<MF>)(?! \d)"),
        ("month", r"\b(?P<shift>[Ll]ast|[Tt]his|[Nn]ext) <MF>(?! \d)"),
        (
            "weekday",
            r"(?<!Black )(?<!Good )(?<!Palm )(?<!Bloody )(?<!Easter )<WD>(?! (?:Times|Telegraph|Mail))",
        ),
        ("weekday", r"\b(?P<shift>(?i:last|this|next|coming|upcoming))(?: coming)? <WD>"),
        ("weekday_of", r"<WD>(?: of)? (?P<shift>last|this|next) week\b"),
        ("weekend", r"\b(?i:over|during|at) (?P<m>the weekend)\b"),
        ("weekend", r"\b(?P<shift>(?i:last|this|next|coming|past))(?: coming| past)? weekend\b"),
        ("unit", r"\b(?P<shift>(?i:last|this|next|coming)) (?P<unit>week|month|year)\b"),
        ("begun", r"\b(?i:earlier|so far) this (?P<unit>week|month|year)\b"),
        ("left", r"\b(?i:later) this (?P<unit>week|month|year)\b"),
        ("ago", r"\b<CO> <UN> ago\b"),
        ("vague", r"\b(?i:(?:a few |several |many )?(?:days|weeks|months|years)) ago\b"),
        (
            "vague",
            r"\b(?i:in recent (?:days|weeks|months|years)|in the coming (?:days|weeks|months|years))\b",
        ),
        ("coming", r"\b(?i:within|in the next) (?:the next )?<CO> (?:<UN>|(?P<hours>hours))"),
        ("rolling", r"\b(?:past|last) <CO> (?:<UN>|(?P<hours>hours))"),
        ("rolling", r"\bthe (?P<m>past (?P<unit>week|month|year))\b"),
        ("word", r"(?<!USA )(?<!Russia )\b(?P<word>(?i:<DW>))"),
        (
            "year",
            r"\b(?i:in|since|during|of|by|until|early|late|from|through) (?P<m><NY>)(?![\d%]|[.,]\d|-\d)",
        ),
    ],
    "es": [
        ("iso", r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<digits>\d\d)-(?P<day>\d\d)(?![\d-])"),
        ("numeric", r"(?<![\d/.-])(?P<a>\d{1,2})([/.-])(?P<b>\d{1,2})\2(?P<year>(?:19|20)\d\d)(?![\d/-])"),
        ("dated", r"(?:<SH> )?<WK><DD> (?:de )?<MO><YY>"),
        ("dated", r"<WK><DD> de <MO> <SH>"),
        ("dated", r"\b(?P<month>Ene|Feb|Mar|Abr|May|Jun|Jul|Ago|Sep|Sept|Oct|Nov|Dic)\.? <DD>"),
        ("days", r"<DD>\s?(?:-|–|al|(?P<joint>y(?: el)?(?: día)?))\s?(?P<day2><DN>) de <MO><YY>"),
        ("days", r"<DD> de <MO> (?:al|y el) (?P<day2><DN>) de <M2><YY>"),
        ("weekday_day", r"(?:<SH> )?<WD>,? (?P<day><DN>)(?![\d%]|[.,:]\d)"),
        ("month", r"(?:mes de )?<MF> del? (?:año )?(?P<year><CY>)\b"),
        (
            "month",
            r"(?:mes de )?<MF> del? (?:(?P<yearshift>este) )?año"
            r"(?: (?P<yearshift2>pasado|en curso|próximo))?",
        ),
        (
            "month",
            r"\b(?i:en|desde|durante|hasta|a finales de|a fines de|a mediados de) (?P<m>(?:mes de )?<MF>)",
        ),
        ("month", r"\b(?i:a principios de|a comienzos de|el mes de) (?P<m><MF>)"),
        ("month", r"<SH> (?:mes de )?<MF>|<MF> <SH>"),
        ("weekday", r"(?<!los )<WD>"),
        ("weekday", r"<SH> (?:día )?<WD>|(?<!los )<WD> (?:<SH>)"),
        ("weekday_of", r"<WD> de (?:la )?<SH> semana|<WD> de (?:la )?semana <SH>"),
        ("weekend", r"\b(?i:durante el|el) (?P<m>fin de semana)(?! \w+ados?)"),
        ("weekend", r"<SH> fin de semana|\bfin de semana <SH>"),
        ("unit", r"<SH> (?:mism[oa] )?(?P<unit>semana|mes|año)\b|\b(?P<unit>semana|mes|año) <SH>"),
        ("unit", r"\b(?:del|el) (?P<m>(?P<unit>año) (?P<shift>en curso))\b"),
        ("begun", r"\ben lo que va (?:del?|de est[ea]) (?P<unit>semana|mes|año)\b"),
        ("ago", r"\b(?i:hace) (?:más de |casi |unos |unas )?<CO> <UN>"),
        ("ago", r"\b<CO> <UN> atrás\b"),
        ("vague", r"\b(?i:hace) (?:(?:poc|algun|vari|un)[oa]s )?(?:días|semanas|meses|años)\b"),
        ("vague", r"\b(?i:en (?:los|las) (?:últim|próxim)[oa]s (?:días|semanas|meses|años))\b"),
        ("coming", r"\b(?i:dentro de|en un plazo de) <CO> (?:<UN>|(?P<hours>horas))"),
        ("coming", r"\bpróxim[oa]s <CO> (?:<UN>|(?P<hours>horas))"),
        ("rolling", r"\búltim[oa]s <CO> (?:<UN>|(?P<hours>horas))"),
        ("word", r"(?<!\bla )(?<!\bel )(?<!\bun )(?<!\buna )(?<!\bcada )\b(?P<word>(?i:<DW>))(?! en día)"),
        ("year", r"\b(?i:en|desde|durante|del?|hasta)(?: el)? (?P<m>(?:año )?<NY>)(?![\d%]|[.,]\d|-\d)"),
    ],
}

_DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|º|°|ro)?(?!\w)"
_YEAR_AFTER = {
    "en": r"(?:,? (?P<year><CY>)\b(?!-\d)|,? (?:of )?(?P<yearshift>last|this|next) year\b)?",
    "es": r"(?: del? (?:año )?(?P<year><CY>)\b| del? (?:(?P<yearshift>este) )?"
    r"año(?: (?P<yearshift2>pasado|en curso|próximo))?)?",
}


@cache
def rules(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds and compiled patterns of a language.

    Parameters
    ----------
    language : str
        ``"en"`` or ``"es"``; any other has no rules.

    Returns
    -------
    tuple of (str, re.Pattern)
        Empty for a language that is not supported.
    """
    return tuple((kind, _compiled(pattern, language)) for kind, pattern in PATTERNS.get(language, ()))


def _compiled(pattern: str, language: str) -> re.Pattern[str]:
    for name, words in _fillings(language).items():
        pattern = pattern.replace(f"<{name}>", words)
    # A line may be broken inside a date, and typesetters put hard spaces there.
    return re.compile(_numbered(pattern).replace(" ", "[ \n\u00a0]"))


def _numbered(pattern: str) -> str:
    # Both sides of an alternation may name the same group, which re does not allow.
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        name = match.group(1)
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}>" if seen[name] == 1 else f"(?P<{name}_{seen[name]}>"

    return re.sub(r"\(\?P<(\w+)>", rename, pattern)


def _fillings(language: str) -> dict[str, str]:
    months = MONTHS[language]
    whole = {name: number for name, number in months.items() if not name.endswith(".")}
    weekday = rf"\b(?P<weekday>{_weekdays(language)})"
    shift = rf"\b(?P<shift>(?i:{alternatives(SHIFTS[language])}))"
    return {
        "WK": rf"(?:{weekday},? (?:the )?)?(?<!\d)(?<!\d[.,/])",
        "YY": _YEAR_AFTER[language],
        "DD": rf"\b(?P<day>{_DAY_NUMBER})(?![,.:]\d|%|°)",
        "DN": _DAY_NUMBER,
        "MO": rf"\b(?P<month>{alternatives(months)})",
        "M2": rf"(?P<month2>{alternatives(months)})",
        "MF": rf"\b(?P<month>{alternatives(whole)})",
        "NY": r"(?P<year>(?:19|20)\d\d)\b",
        "CY": r"(?:1[5-9]|20)\d\d",
        "WD": weekday,
        "SH": shift,
        "CO": rf"(?P<count>(?i:{alternatives(COUNTS[language])})|\d{{1,3}})",
        "UN": rf"(?P<unit>(?:{alternatives(UNITS[language])}))",
        "DW": alternatives(DAY_WORDS[language]),
    }


def _weekdays(language: str) -> str:
    names = list(WEEKDAYS[language])
    if language == "es":  # capital only where it cannot be a name (Domingo)
        names += [name.capitalize() for name in names if name != "domingo"]
    return "|".join(name + r"\b" for name in names)
