"""How to cite a release: APA, BibTeX and CFF from the same few facts."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import yaml

if TYPE_CHECKING:
    from vzevents.releases.manifest import Manifest

Style = Literal["apa", "bibtex", "cff"]
STYLES: tuple[Style, ...] = get_args(Style)

TITLE = "vzevents: Venezuelan political events"
AUTHOR = "The vzevents maintainers"
LICENSE = "CC-BY-4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
KEYWORDS = ("event data", "political conflict", "Venezuela", "CAMEO", "PLOVER")
ABSTRACT = (
    "Political events of Venezuela, coded from statements in news articles by a published codebook "
    "that extends CAMEO. Holds the coded statements as well as the events made from them."
)
NO_DOI = "No DOI has been assigned to this version."

# What has a meaning in TeX, and how to write it so that it has none.
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {character: f"\\{character}" for character in "&%$#_"}


@dataclass(frozen=True, slots=True)
class Citation:
    """The facts of a citation; all else is the same for every version."""

    version: str
    date: str
    codebook_version: str
    note: str | None

    @classmethod
    def of(cls, manifest: Manifest) -> Citation:
        """Take the facts from the manifest of a release.

        Parameters
        ----------
        manifest : Manifest
            Of the release to be cited.

        Returns
        -------
        Citation
            To be rendered.
        """
        return cls(manifest.version, manifest.date, manifest.codebook_version, manifest.note)

    def remarks(self) -> str:
        """Say what a reader must know besides: codebook, missing DOI, the maintainers' note.

        Returns
        -------
        str
            One to three sentences.
        """
        note = f" {self.note[:1].upper()}{self.note[1:].rstrip('.')}." if self.note else ""
        return f"Codebook {self.codebook_version}. {NO_DOI}{note}"


def render(citation: Citation, style: Style) -> str:
    """Write a citation.

    Parameters
    ----------
    citation : Citation
        The facts.
    style : {"apa", "bibtex", "cff"}
        In which form.

    Returns
    -------
    str
        The citation, without a newline at its end.
    """
    return {"apa": _apa, "bibtex": _bibtex, "cff": _cff}[style](citation)


def fields(citation: Citation) -> dict[str, object]:
    """Return the facts of a citation for programs.

    Parameters
    ----------
    citation : Citation
        The facts.

    Returns
    -------
    dict
        Keys type, title, authors, version, date, license and note.
    """
    return {
        "type": "dataset",
        "title": TITLE,
        "authors": [AUTHOR],
        "version": citation.version,
        "date": citation.date,
        "license": LICENSE,
        "note": citation.remarks(),
    }


def _apa(citation: Citation) -> str:
    year = citation.date[:4]
    return f"{AUTHOR}. ({year}). {TITLE} (Version {citation.version}) [Data set]. {citation.remarks()}"


def _bibtex(citation: Citation) -> str:
    fields = {
        # The second pair of braces keeps BibTeX from taking "maintainers" for a family name.
        "author": f"{{{_tex(AUTHOR)}}}",
        "title": f"{{{_tex(TITLE)}}}",
        "year": citation.date[:4],
        "version": _tex(citation.version),
        "howpublished": _tex(f"Data set, version {citation.version}"),
        "note": _tex(citation.remarks()),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{vzevents_{citation.version.replace('.', '_')},", *lines, "}"])


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))


def _cff(citation: Citation) -> str:
    fields = {
        "cff-version": "1.2.0",
        "message": f"If you use this data set, please cite it as below. {citation.remarks()}",
        "type": "dataset",
        "title": TITLE,
        "abstract": ABSTRACT,
        "version": citation.version,
        "date-released": citation.date,
        "license": LICENSE,
        "authors": [{"name": AUTHOR}],
        "keywords": list(KEYWORDS),
    }
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100).rstrip("\n")


def license_text() -> str:
    """Write the licence of a release and what it owes to others.

    Returns
    -------
    str
        Text with a newline at its end.
    """
    text = f"""\
        {TITLE}
        Copyright {AUTHOR}

        These tables are licensed under the Creative Commons Attribution 4.0 International licence
        ({LICENSE}): {LICENSE_URL}
        The full text is at {LICENSE_URL}legalcode

        You may share and adapt them for any purpose if you name their source; CITATION.cff and
        `vzevents cite` say how.

        Attributions
        places   Names and coordinates whose `source` names GeoNames come from GeoNames
                 (https://www.geonames.org/), licensed under {LICENSE}, and were selected and adapted.
                 Coordinates whose `source` names airportsdata come from that package by Mike Borsetti
                 (https://github.com/mborsetti/airportsdata), MIT licence.
        codes    Code numbers and labels follow the public CAMEO, PLOVER and ACLED schemes.
                 Definitions, examples and notes are the maintainers' own.

        No text of any article is part of this release.
        """
    return textwrap.dedent(text)
