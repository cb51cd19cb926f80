"""A project of a few rows, with a stand-in for the codebook, to be published in tests."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from vzevents import tables
from vzevents.releases.build import build_tables
from vzevents.releases.write import write_release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DATE = datetime.date(2026, 11, 22)
NOTE = "demonstration, not for citation"
CODES = {"054R": "recognize", "120D": "defect", "141": "protest"}

Row = dict[str, object]


@dataclass(frozen=True)
class StandIn:
    """A codebook of three codes, two actors and one place."""

    version: str = "0.1.0"
    sha256: str = "c" * 64
    cells: Mapping[str, object] = field(default_factory=dict)  # of the code 054R, in place of these

    def codes_table(self) -> pd.DataFrame:
        """Return the codes."""
        rows = [_code(code, name) for code, name in CODES.items()]
        return tables.to_frame("codes", [rows[0] | dict(self.cells), *rows[1:]])

    def actors_table(self) -> pd.DataFrame:
        """Return the actors, not in the order of their ids."""
        rows = [{"actor_id": "VEN", "name_en": "Venezuela"}, {"actor_id": "CAN", "name_en": "Canada"}]
        return tables.to_frame("actors", [row | {"kind": "state"} for row in rows])

    def offices_table(self) -> pd.DataFrame:
        """Return no office."""
        return tables.to_frame("offices", [])

    def places_table(self) -> pd.DataFrame:
        """Return one place."""
        place = {"place_id": "VEN-CCS", "name": "Caracas", "kind": "metropolitan", "country": "VEN"}
        return tables.to_frame("places", [place | {"latitude": 10.5, "longitude": -66.9}])


def _code(code: str, name: str) -> Row:
    return {
        "event_code": code,
        "name": name,
        "label_en": name.capitalize(),
        "label_es": name.capitalize(),
        "definition_en": f"To {name}.",
        "event_base_code": code[:3],
        "event_root_code": code[:2],
        "scope": "vzevents",
        "assignable": True,
        "quad_class": 1,
    }


def article(article_id: str = "a1") -> Row:
    """Return an article."""
    return {"article_id": article_id, "outlet": "Invented Times", "published_date": "2019-01-24"}


def statement(number: int, code: str = "054R") -> Row:
    """Return a statement of the article a1."""
    return {
        "statement_id": f"s{number}",
        "article_id": "a1",
        "action_text": f"act {number}",
        "event_code": code,
        "event_date": "2019-01-23",
        "date_precision": "day",
        "mode": "asserted",
        "status": "accepted",
        "reciprocal": False,
        "participants_best": number,
        "confidence": 0.5,
    }


def link(number: int, event: int | None = None) -> Row:
    """Return the link of a statement to an event, by default that of the same number."""
    row = {"statement_id": f"s{number}", "event_id": f"VZ-{event or number:06}"}
    return row | {"relation": "reports", "score": 1.0, "link_method": "curated"}


def stand_in_events(
    statements: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame, codebook: StandIn
) -> pd.DataFrame:
    """Make one event of the first statement that is linked to it."""
    first = links.merge(statements, on="statement_id").drop_duplicates("event_id")
    names = ["event_id", "event_code", "event_date", "date_precision", "participants_best"]
    rows = first[names].astype(object).where(first[names].notna(), None).to_dict("records")
    return tables.to_frame("events", [row | {"event_name": CODES[row["event_code"]]} for row in rows])


def curated(statements: list[Row] | None = None, links: list[Row] | None = None) -> dict[str, pd.DataFrame]:
    """Return curated tables; by default two statements, each linked to its event."""
    return {
        "articles": tables.to_frame("articles", [article()]),
        "statements": tables.to_frame("statements", statements or [statement(1), statement(2, "120D")]),
        "links": tables.to_frame("links", links or [link(1), link(2)]),
        "limitations": tables.to_frame("limitations", []),
    }


def build(
    version: str = "0.1.0",
    *,
    statements: list[Row] | None = None,
    links: list[Row] | None = None,
    previous: Mapping[str, pd.DataFrame] | None = None,
    reasons: pd.DataFrame | None = None,
    codebook: StandIn | None = None,
) -> dict[str, pd.DataFrame]:
    """Build the ten tables."""
    sources = curated(statements, links)
    limitations = sources.pop("limitations")
    more = {"previous": previous, "reasons": reasons, "limitations": limitations, "version": version}
    return build_tables(codebook or StandIn(), **sources, **more)


def write(frames: Mapping[str, pd.DataFrame], root: Path, version: str = "0.1.0", note: str = NOTE) -> Path:
    """Write the ten tables as a release under a root."""
    made_by = {"codebook_version": "0.1.0", "codebook_sha256": "c" * 64}
    return write_release(frames, version, root, date=DATE, note=note, **made_by)


def write_sources(root: Path, statements: list[Row] | None = None, links: list[Row] | None = None) -> None:
    """Write the curated tables as a project has them."""
    (root / "data" / "statements").mkdir(parents=True, exist_ok=True)
    for table, frame in curated(statements, links).items():
        name = f"{table}/2019.csv" if table == "statements" else f"{table}.csv"
        tables.write_table(frame, root / "data" / name, table)
