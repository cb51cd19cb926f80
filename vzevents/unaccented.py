"""Words as they are compared: in lower case, without accents."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=100_000)
def unaccented(text: str) -> str:
    """Return a text in lower case without accents: papers leave them out in headlines."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
