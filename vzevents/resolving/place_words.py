"""Words that decide whether a name in a text is a place's, and which place's."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What stands before and after a name to say that the state or the municipality of that name is meant.
CUES: Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "admin1": (
        re.compile(r"(?i)\b(?:estado|state|edo\.?)(?: de| of)? $|\b(?:estados|states of) [^.;:]{0,60}$"),
        re.compile(r"^ (?:[Ss]tate|[Ee]stado)\b|^[^.;:]{0,60}\bstates\b(?! of)"),
    ),
    "admin2": (
        re.compile(
            r"(?i)\b(?:municipio|municipality)(?: de| of)? $|\b(?:municipios|municipalities of) [^.;:]{0,60}$"
        ),
        re.compile(r"^ (?:[Mm]unicipality|[Mm]unicipio)\b|^[^.;:]{0,60}\bmunicipalities\b(?! of)"),
    ),
}
# The countries that share names of cities with Venezuela: Valencia, Barcelona, Mérida, Trujillo.
DEMONYMS: Mapping[str, tuple[str, ...]] = {
    "COL": ("colombian", "colombiano", "colombiana"),
    "ESP": ("spanish", "espanol", "espanola", "espanoles", "catalan", "catalonia", "cataluna"),
    "MEX": ("mexican", "mexicano", "mexicana", "yucatan"),
    "PER": ("peruvian", "peruano", "peruana"),
    "VEN": ("venezuelan", "venezuelans", "venezolano", "venezolana", "venezolanos"),
}
# A place may follow these, though capitalised: "In Caracas", "Western Zulia", "Estado Miranda".
NOT_FIRST_NAMES: frozenset[str] = frozenset({
    "a", "across", "after", "against", "also", "and", "ante", "around", "as", "at", "before", "between",
    "but", "by", "central", "centro", "city", "ciudad", "con", "contra", "cuando", "de", "del", "desde",
    "domingo", "downtown", "during", "e", "east", "eastern", "edo", "el", "en", "entre", "estado", "este",
    "friday", "from", "gran", "greater", "hacia", "hasta", "if", "in", "inside", "jueves", "la", "las",
    "like", "los", "lunes", "martes", "meanwhile", "metropolitan", "miercoles", "monday", "municipality",
    "municipio", "near", "neighboring", "neighbouring", "norte", "north", "northeastern", "northern",
    "northwestern", "now", "o", "occidente", "oeste", "of", "on", "or", "oriente", "outside", "over",
    "para", "parroquia", "por", "que", "rural", "sabado", "saturday", "se", "si", "sin", "since", "sobre",
    "south", "southeastern", "southern", "southwestern", "state", "sunday", "sur", "the", "then", "though",
    "through", "throughout", "thursday", "to", "toda", "todo", "toward", "towards", "tras", "tuesday",
    "unlike", "upper", "urban", "via", "viernes", "wednesday", "west", "western", "when", "where", "while",
    "with", "within", "y", "ya",
})  # fmt: skip
# A name after one of these is a person's.
TITLES: frozenset[str] = frozenset({
    "activist", "adm", "alcalde", "capitan", "capt", "captain", "col", "colonel", "commander", "coronel",
    "deputy", "diputada", "diputado", "doctor", "dr", "gen", "general", "gobernador", "gov", "governor",
    "judge", "juez", "jueza", "lawmaker", "leader", "lider", "lieutenant", "lt", "magistrado", "major",
    "mayor", "minister", "ministra", "ministro", "mr", "mrs", "ms", "president", "presidente", "profesor",
    "rep", "reporter", "sen", "senador", "senator", "sergeant", "sgt", "sir", "teniente",
})  # fmt: skip
BEFORE_DE: frozenset[str] = frozenset({"francisco", "jose"})  # Francisco de Miranda, Antonio José de Sucre
ARTICLES: frozenset[str] = frozenset({"el", "la", "las", "los", "the"})
# Words that open a sentence before a surname: "Yesterday Maduro …".
OPENERS: frozenset[str] = frozenset({
    "ademas", "ahora", "although", "anoche", "antes", "asi", "aunque", "ayer", "because", "both", "can",
    "como", "cuanto", "despite", "despues", "did", "does", "donde", "earlier", "entonces", "even", "has",
    "how", "however", "hoy", "incluso", "is", "later", "luego", "mas", "mientras", "mr", "mrs", "ms", "not",
    "nunca", "once", "only", "pero", "porque", "pues", "quien", "segun", "should", "solo", "still",
    "tambien", "tampoco", "today", "under", "until", "was", "what", "whether", "who", "why", "will",
    "without", "yesterday",
})  # fmt: skip
