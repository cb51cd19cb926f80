"""Statements + links -> events: one row for what several statements report."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from vzevents.codebook import Codebook
from vzevents.codebook.model import Code
from vzevents.tables import to_frame

_PRECISION = ("day", "week", "month", "year", "bounded", "unknown")
_GEO_PRECISION = {"site": 1, "city": 2, "metropolitan": 2, "admin2": 2, "admin1": 3, "country": 4}
_COUNTS = (
    "participants_low", "participants_best", "participants_high",
    "killed_low", "killed_best", "killed_high", "injured", "arrested",
)  # fmt: skip
_METHODS = ("human_reviewed", "machine_assisted", "machine")
_PARTIES = ("actor", "country", "role", "side")


def make_events(
    statements: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Make one row for each event that accepted statements assert.

    Parameters
    ----------
    statements, links, articles : pandas.DataFrame
        The tables of those names.
    codebook : Codebook
        Gives scales, crosswalks, actors and places.

    Returns
    -------
    pandas.DataFrame
        The `events` table, sorted by `event_id`. An event to which only alleged, denied or rejected
        statements are linked is not in it.
    """
    linked = links.merge(statements, on="statement_id", how="inner").merge(
        articles[["article_id", "outlet", "wire_origin", "published_date"]], on="article_id", how="left"
    )
    asserted = linked[
        linked["relation"].isin(["reports", "part_of"])
        & (linked["status"] == "accepted")
        & (linked["mode"] == "asserted")
    ]
    rows = []
    for event_id, members in asserted.groupby("event_id", sort=True):
        everything = linked[linked["event_id"] == event_id]
        rows.append({"event_id": event_id, **_event(members, everything, codebook)})
    return to_frame("events", rows)


def _event(members: pd.DataFrame, everything: pd.DataFrame, codebook: Codebook) -> dict[str, object]:
    best = _best(members)
    code = codebook[str(best["event_code"])]
    return {
        **_code(code, codebook),
        **_when(members),
        **_who(best, codebook),
        **_where(members, codebook),
        **{column: _largest(members[column]) for column in _COUNTS},
        **_reports(members, everything),
        "coding_method": next(m for m in reversed(_METHODS) if (members["coding_method"] == m).any()),
        "note": _plain(best["note"]) or _first(members["note"]),
    }


def _best(members: pd.DataFrame) -> Mapping[str, object]:
    """Return the statement that knows most: the longest code, then the better known actors."""
    known = members[["source_actor", "target_actor", "to_actor"]].notna().sum(axis=1)
    order = pd.DataFrame(
        {"code": -members["event_code"].str.len(), "known": -known, "id": members["statement_id"]}
    )
    best: Mapping[str, object] = members.loc[order.sort_values(["code", "known", "id"]).index[0]].to_dict()
    return best


def _code(code: Code, codebook: Codebook) -> dict[str, object]:
    return {
        "event_code": code.event_code,
        "event_base_code": code.event_base_code,
        "event_root_code": code.event_root_code,
        "event_name": code.name or code.label["en"],
        "quad_class": code.quad_class,
        "plover": code.plover.event,
        "plover_quad": codebook.plover_quad(code.event_code),
        "goldstein": code.goldstein,
        "acled_event_type": code.acled.event,
        "acled_sub_event_type": code.acled.mode,
    }


def _when(members: pd.DataFrame) -> dict[str, object]:
    """Return the narrowest interval that a statement gives, the earliest of several."""
    order = pd.DataFrame(
        {
            "rank": members["date_precision"].map({p: n for n, p in enumerate(_PRECISION)}),
            "length": members["event_date_end"] - members["event_date"],
            "start": members["event_date"],
        }
    )
    narrow = members.loc[order.sort_values(["rank", "length", "start"], kind="stable").index[0]]
    return {column: _plain(narrow[column]) for column in ("event_date", "event_date_end", "date_precision")}


def _who(best: Mapping[str, object], codebook: Codebook) -> dict[str, object]:
    row = {
        f"{slot}_{field}": _plain(best[f"{slot}_{field}"])
        for slot in ("source", "target")
        for field in _PARTIES
    }
    joined = _plain(best["to_actor"])
    actor = codebook.actors.get(str(joined))
    row["to_actor"] = joined
    if actor:
        row |= {"to_actor_country": actor.country, "to_actor_role": actor.role, "to_actor_side": actor.side}
    return row


def _where(members: pd.DataFrame, codebook: Codebook) -> dict[str, object]:
    place = codebook.places.get(str(_first(members["place_id"])))
    if place is None:
        return {}
    return {
        "place_id": place.place_id,
        "place_country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "place_name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geo_precision": _GEO_PRECISION[place.kind],
    }


def _reports(members: pd.DataFrame, everything: pd.DataFrame) -> dict[str, object]:
    """Count who asserts and who denies an event, and what else is linked to it."""
    denying = int((everything["relation"] == "denies").sum())
    published = everything["published_date"].dropna()
    return {
        "n_statements": len(everything),
        "n_articles": everything["article_id"].nunique(),
        "n_outlets": everything["outlet"].nunique(),
        "n_independent": _independent(everything),
        "n_asserting": len(members),
        "n_denying": denying,
        "disputed": denying > 0,
        "first_published": None if published.empty else published.min(),
    }


def _independent(linked: pd.DataFrame) -> int:
    """Count articles, those once that come from one wire report or print the same sentence."""
    groups: list[set[str]] = []
    for columns in zip(
        *(linked[name] for name in ("article_id", "wire_origin", "sentence_sha256")), strict=True
    ):
        own = {f"{n} {value}" for n, value in enumerate(columns) if not pd.isna(value)}
        alike = [group for group in groups if not group.isdisjoint(own)]
        groups = [group for group in groups if group.isdisjoint(own)] + [own.union(*alike)]
    return len(groups)


def _first(values: pd.Series) -> object:
    known = values.dropna()
    return None if known.empty else known.iloc[0]


def _largest(values: pd.Series) -> object:
    known = values.dropna()
    return None if known.empty else int(known.max())


def _plain(value: object) -> object:
    return None if value is None or pd.isna(value) else value  # type: ignore[call-overload]
