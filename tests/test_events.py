"""Events: which statements report the same act, what makes an event, and what an event knows."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linking_stories import agreement

from vzevents import tables
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.demonstration import example_articles
from vzevents.events import link_events, link_statements, make_events

Cells = dict[str, object]


def _statement(number: int, **cells: object) -> Cells:
    """Return a statement: Chile expels the Venezuelan ambassador, said in article a1 of 20 February."""
    return {
        "statement_id": f"S{number:020d}",
        "article_id": "a1",
        "sentence_index": number,
        "start": 100 * number,
        "end": 100 * number + 50,
        "source_actor": "CHL",
        "source_country": "CHL",
        "source_role": "GOV",
        "target_country": "VEN",
        "target_role": "GOV",
        "event_code": "161",
        "event_base_code": "161",
        "event_root_code": "16",
        "mode": "asserted",
        "status": "accepted",
        "event_date": "2019-02-18",
        "event_date_end": "2019-02-18",
        "date_precision": "day",
        "coding_method": "machine",
        "actor_implied": False,
        "reciprocal": False,
        **cells,
    }


def _statements(*several: Cells) -> pd.DataFrame:
    return tables.to_frame("statements", [_statement(n, **cells) for n, cells in enumerate(several, start=1)])


def _articles(**several: Cells) -> pd.DataFrame:
    rows = [{"article_id": i, "published_date": "2019-02-20", **cells} for i, cells in several.items()]
    return tables.to_frame("articles", rows)


ARTICLES = _articles(a1={}, a2={}, a3={})
DENIED: Cells = {"mode": "denied", "status": "rejected", "reject_reason": "denied"}
UNDATED: Cells = {"event_date": None, "event_date_end": None, "date_precision": "unknown"}
ALLEGED: Cells = {"mode": "alleged", "claimed_by": "Peru"}


def _event_ids(statements: pd.DataFrame, articles: pd.DataFrame = ARTICLES) -> list[str]:
    links = link_statements(statements, articles).set_index("statement_id")["event_id"]
    return [str(links.get(i, "")) for i in statements["statement_id"]]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"article_id": "a2"},
        # the code may be more specific
        {"event_code": "1611", "event_base_code": "161"},
        # intervals that overlap
        {"event_date": "2019-02-18", "event_date_end": "2019-02-24", "date_precision": "week"},
        {"event_date": "2019-02-01", "event_date_end": "2019-02-28", "date_precision": "month"},
        # what one does not know cannot differ
        {"source_actor": None},
        {"place_id": "VE-A"},
        UNDATED,
        {"article_id": "a2", **UNDATED},
        # a leader or a ministry acts for its state
        {"source_actor": "pinera"},
        {"source_actor": None, "source_country": None, "source_role": None},
    ],
)
def test_same_act(other: Cells) -> None:
    """Statements whose codes, actors, dates and places agree as far as they are known report one event."""
    assert _event_ids(_statements({}, other)) == ["VZ-000001", "VZ-000001"]


@pytest.mark.parametrize(
    "other",
    [
        {"event_code": "160", "event_base_code": "160"},
        {"source_country": "PER", "source_actor": "PER"},
        {"target_country": "COL"},
        {"source_group_size": "several"},
        {"event_date": "2019-02-19", "event_date_end": "2019-02-19"},
        {"event_date": "2019-02-11", "event_date_end": "2019-02-17", "date_precision": "week"},
    ],
)
def test_another_act(other: Cells) -> None:
    """Another code, actor, group or day is another event."""
    assert _event_ids(_statements({}, other)) == ["VZ-000001", "VZ-000002"]


def test_another_name() -> None:
    """Two people whom the codebook does not know are told apart by their names, not by their titles."""
    texts = ("General Luis Rivas", "Rivas", "General Pedro Soto", "Vice Admiral")
    rivas, again, soto, untold = (
        {"target_text": t, "article_id": f"a{n % 3 + 1}"} for n, t in enumerate(texts)
    )
    assert len(set(_event_ids(_statements(rivas, again)))) == 1
    assert len(set(_event_ids(_statements(rivas, soto)))) == 2
    assert len(set(_event_ids(_statements(rivas, untold)))) == 1


def test_another_place() -> None:
    """Acts in two named places are two events."""
    places: list[Cells] = [{"place_id": "VE-A"}, {"place_id": "VE-M"}]
    assert _event_ids(_statements(*places)) == ["VZ-000001", "VZ-000002"]


@pytest.mark.parametrize(
    ("published", "same"),
    [("2019-02-20", True), ("2019-03-02", True), ("2019-02-13", True), ("2019-05-28", False), (None, False)],
)
def test_undated_in_two_articles(published: str | None, same: bool) -> None:
    """Without dates two articles tell of one act only if they were published near each other."""
    articles = _articles(a1={}, a2={"published_date": published})
    ids = _event_ids(_statements(UNDATED, {**UNDATED, "article_id": "a2"}), articles)
    assert (len(set(ids)) == 1) is same


def test_every_member_must_agree() -> None:
    """A vague statement does not join two acts of different days into one event."""
    monday: Cells = {"event_date": "2019-02-18", "event_date_end": "2019-02-18"}
    tuesday: Cells = {"event_date": "2019-02-19", "event_date_end": "2019-02-19"}
    ids = _event_ids(_statements(UNDATED, monday, tuesday))
    assert ids == ["VZ-000001", "VZ-000001", "VZ-000002"]


def test_two_who_meet_may_be_named_in_either_order() -> None:
    """Peru met Chile on the day on which Chile met Peru; who expels whom is another matter."""
    meeting: Cells = {"event_code": "040", "event_base_code": "040", "event_root_code": "04"}
    turned: Cells = {"article_id": "a2", "source_actor": None, "source_country": "VEN"}
    turned |= {"target_actor": "CHL", "target_country": "CHL"}
    assert len(set(_event_ids(_statements(meeting, {**meeting, **turned})))) == 1
    assert len(set(_event_ids(_statements({}, turned)))) == 2


def test_a_square_may_lie_in_a_city() -> None:
    """Sites are known by their state: a palace and its capital are no two places; two cities are."""
    cells = [{"place_id": place} for place in ("VEN-miraflores", "VEN-GN3646738", "VEN-GN3633009")]
    assert len(set(_event_ids(_statements(*cells[:2])))) == 1
    assert len(set(_event_ids(_statements(*cells[1:])))) == 2


def test_stories() -> None:
    """Statements of stories that the rule was not fitted on are put together as their writer meant."""
    found = agreement("test")
    assert found.meant > 150
    assert found.f1 >= 0.85


def test_alleged_alone_makes_no_event(codebook: Codebook) -> None:
    """What is reported only inside an accusation is no event, and is linked to none."""
    links, events = link_events(_statements(ALLEGED, ALLEGED), ARTICLES, codebook=codebook)
    assert links.empty
    assert events.empty
    assert list(events.columns) == tables.column_names("events")


def test_alleged_and_asserted(codebook: Codebook) -> None:
    """An allegation is linked to the event that somebody else asserts, and asserts nothing itself."""
    links, events = link_events(_statements(ALLEGED, {"article_id": "a2"}), ARTICLES, codebook=codebook)
    assert links["relation"].tolist() == ["reports", "reports"]
    assert events["n_asserting"].tolist() == [1]


@pytest.mark.parametrize(("first", "second"), [({}, DENIED), (DENIED, {})])
def test_denied(first: Cells, second: Cells, codebook: Codebook) -> None:
    """A denial is linked as such, before or behind the assertion, and makes the event disputed."""
    links, events = link_events(_statements(first, second), ARTICLES, codebook=codebook)
    assert sorted(links["relation"]) == ["denies", "reports"]
    (event,) = events.to_dict("records")
    assert (event["n_asserting"], event["n_denying"], event["disputed"]) == (1, 1, True)


def test_denied_alone(codebook: Codebook) -> None:
    """A denial of what nobody asserts is no event."""
    links, events = link_events(_statements(DENIED), ARTICLES, codebook=codebook)
    assert links.empty
    assert events.empty


def test_undisputed(codebook: Codebook) -> None:
    """An event that nobody denies is not disputed; a denial of another act changes nothing."""
    other: Cells = {**DENIED, "source_country": "PER", "source_actor": "PER"}
    _, events = link_events(_statements({}, other), ARTICLES, codebook=codebook)
    assert events["disputed"].tolist() == [False]
    assert events["n_denying"].tolist() == [0]


@pytest.mark.parametrize(
    "reason", ["suspected_source_error", "negated", "hypothetical", "duplicate", "state", "no_source"]
)
def test_rejected_makes_no_event(reason: str, codebook: Codebook) -> None:
    """What was rejected, for whatever reason but a denial, is linked to nothing and counts nowhere."""
    rejected: Cells = {"status": "rejected", "reject_reason": reason}
    links, events = link_events(_statements(rejected, {}), ARTICLES, codebook=codebook)
    assert links["statement_id"].tolist() == ["S00000000000000000002"]
    assert events["n_asserting"].tolist() == [1]
    assert link_statements(_statements(rejected), ARTICLES).empty


@pytest.mark.parametrize("relation", ["reports", "part_of"])
def test_rejected_but_linked_by_hand(relation: str, codebook: Codebook) -> None:
    """Even a link made by hand makes no event of a statement that is likely an error of the article."""
    rejected: Cells = {"status": "rejected", "reject_reason": "suspected_source_error"}
    link = {"statement_id": "S00000000000000000001", "event_id": "VZ-000001", "relation": relation}
    links = tables.to_frame("links", [{**link, "link_method": "curated"}])
    assert make_events(_statements(rejected), links, ARTICLES, codebook).empty
    assert make_events(_statements(ALLEGED), links, ARTICLES, codebook).empty
    assert len(make_events(_statements({}), links, ARTICLES, codebook)) == 1


def test_wire_copies_count_once(codebook: Codebook) -> None:
    """Outlets that print the same wire report are one independent report; the outlets count each."""
    articles = _articles(
        a1={"outlet": "One", "wire_origin": "Wire"},
        a2={"outlet": "Two", "wire_origin": "Wire"},
        a3={"outlet": "Three"},
        a4={"outlet": "Three"},
    )
    statements = _statements(*({"article_id": i} for i in ("a1", "a1", "a2", "a3", "a4")))
    (event,) = link_events(statements, articles, codebook=codebook)[1].to_dict("records")
    assert (event["n_articles"], event["n_outlets"], event["n_independent"]) == (4, 3, 3)
    assert event["n_asserting"] == 5


def test_copies_without_an_origin_count_once(codebook: Codebook) -> None:
    """Who prints a sentence that another outlet has printed is no second witness."""
    articles = _articles(a1={"wire_origin": "Wire"}, a2={}, a3={}, a4={})
    rows: list[Cells] = [
        {"article_id": "a1", "sentence_sha256": "1"},
        {"article_id": "a2", "sentence_sha256": "2"},
        {"article_id": "a3", "sentence_sha256": "1"},
        {"article_id": "a4"},
    ]
    (event,) = link_events(_statements(*rows), articles, codebook=codebook)[1].to_dict("records")
    assert (event["n_articles"], event["n_independent"]) == (4, 3)


def test_first_published(codebook: Codebook) -> None:
    """The event keeps the day on which it was first published, and none where no day is known."""
    articles = _articles(a1={"published_date": "2019-02-21"}, a2={}, a3={"published_date": None})
    statements = _statements({}, {"article_id": "a2"}, {"article_id": "a3"})
    _, events = link_events(statements, articles, codebook=codebook)
    assert events["first_published"].tolist() == [pd.Timestamp("2019-02-20")]
    _, undated = link_events(statements.iloc[2:], articles, codebook=codebook)
    assert undated["first_published"].isna().all()


def test_what_an_event_takes_over(codebook: Codebook) -> None:
    """The longest code, the narrowest dates, the largest counts and the first known place are kept."""
    statements = _statements(
        {"event_date_end": "2019-02-24", "date_precision": "week", "killed_best": 2, "source_actor": None},
        {"event_code": "1621", "article_id": "a2", "killed_best": 5, "place_id": "VE-A"},
    )
    (event,) = link_events(statements, ARTICLES, codebook=codebook)[1].to_dict("records")
    assert event["event_code"] == "1621"
    assert (event["event_date"], event["event_date_end"]) == (pd.Timestamp("2019-02-18"),) * 2
    assert event["date_precision"] == "day"
    assert event["killed_best"] == 5
    assert event["source_actor"] == "CHL"
    assert (event["place_id"], event["place_country"], event["admin1"]) == ("VE-A", "VEN", "VE-A")
    assert event["geo_precision"] == 3


@pytest.mark.parametrize(
    ("methods", "method"),
    [
        (("human_reviewed", "human_reviewed"), "human_reviewed"),
        (("human_reviewed", "machine_assisted"), "machine_assisted"),
        (("machine", "human_reviewed"), "machine"),
    ],
)
def test_coding_method(methods: tuple[str, str], method: str, codebook: Codebook) -> None:
    """An event is as well reviewed as the least reviewed of its statements."""
    statements = _statements(*({"coding_method": m} for m in methods))
    _, events = link_events(statements, ARTICLES, codebook=codebook)
    assert events["coding_method"].tolist() == [method]


def test_scales(codebook: Codebook) -> None:
    """Name, scales and crosswalks are the codebook's."""
    (event,) = link_events(_statements({}), ARTICLES, codebook=codebook)[1].to_dict("records")
    code = codebook["161"]
    assert event["event_name"] == (code.name or code.label["en"])
    assert (event["quad_class"], event["goldstein"], event["plover"]) == (
        code.quad_class,
        code.goldstein,
        code.plover.event,
    )
    assert event["plover_quad"] == codebook.plover_quad("161")


def test_joined_side(codebook: Codebook) -> None:
    """Whom a defector joins is told with country, role and side."""
    joined: Cells = {
        "event_code": "120D",
        "event_base_code": "120",
        "event_root_code": "12",
        "to_actor": "guaido",
    }
    (event,) = link_events(_statements(joined), ARTICLES, codebook=codebook)[1].to_dict("records")
    assert (event["to_actor"], event["to_actor_country"]) == ("guaido", "VEN")
    assert (event["to_actor_role"], event["to_actor_side"]) == ("OPP", "opposition")


def test_numbers() -> None:
    """Events are numbered from the number given, in order of publication."""
    articles = _articles(a1={"published_date": "2019-02-21"}, a2={})
    statements = _statements({}, {"article_id": "a2", "target_country": "COL"})
    links = link_statements(statements, articles, first=123).set_index("statement_id")["event_id"]
    assert links[_statement(2)["statement_id"]] == "VZ-000123"
    assert links[_statement(1)["statement_id"]] == "VZ-000124"


def test_links_table() -> None:
    """Links are a table of their own: each says how it was made and how well the statements agree."""
    links = link_statements(_statements({}, {}, {"source_actor": None}), ARTICLES)
    tables.pandera_schema("links").validate(links, lazy=True)
    assert set(links["link_method"]) == {"rule"}
    assert links["score"].tolist()[0] == 1.0
    assert links["score"].between(0, 1).all()
    assert links["score"].iloc[2] < links["score"].iloc[1]


def test_no_statements(codebook: Codebook) -> None:
    """No statements give tables without rows."""
    links, events = link_events(_statements(), _articles(), codebook=codebook)
    assert links.empty
    assert events.empty


def test_arguments_stay_as_they_are(codebook: Codebook) -> None:
    """Neither table given is changed."""
    statements, articles = _statements({}, DENIED), ARTICLES.copy()
    before = statements.copy()
    link_events(statements, articles, codebook=codebook)
    pd.testing.assert_frame_equal(statements, before)
    pd.testing.assert_frame_equal(articles, ARTICLES)


def _row(number: int) -> st.SearchStrategy[Cells]:
    days = st.sampled_from([None, "2019-02-17", "2019-02-18", "2019-02-19"])
    cells = st.fixed_dictionaries(
        {
            "article_id": st.sampled_from(["a1", "a2", "a3"]),
            "start": st.sampled_from([0, 100]),
            "source_country": st.sampled_from(["CHL", "PER"]),
            "event_code": st.sampled_from(["162", "1621"]),
            "mode": st.sampled_from(["asserted", "asserted", "asserted", "alleged"]),
            "day": days,
        }
    )
    return cells.map(lambda c: _dated(number, c))


def _dated(number: int, cells: Cells) -> Cells:
    day = cells.pop("day")
    dates = {"event_date": day, "event_date_end": day, "date_precision": "day" if day else "unknown"}
    base: Cells = {"event_base_code": "162", "source_actor": cells["source_country"]}
    return {**_statement(number), **cells, **base, **dates}


SEVERAL = st.integers(1, 7).flatmap(lambda n: st.tuples(*(_row(number) for number in range(n))))


@settings(max_examples=40, deadline=None)
@given(rows=SEVERAL, seed=st.integers(0, 999))
def test_order_of_rows(rows: Iterable[Cells], seed: int) -> None:
    """Shuffled statements and articles give the same links, event ids included."""
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    links = link_statements(tables.to_frame("statements", rows), ARTICLES)
    again = link_statements(tables.to_frame("statements", shuffled), ARTICLES.iloc[::-1])
    by = ["statement_id", "event_id"]
    pd.testing.assert_frame_equal(
        links.sort_values(by, ignore_index=True), again.sort_values(by, ignore_index=True)
    )


def test_order_of_rows_that_start_together() -> None:
    """Two statements of one list start at the same word; their order in the table changes no event id."""
    targets: list[Cells] = [
        {"start": 0, "end": end, "target_country": c} for end, c in ((40, "VEN"), (60, "COL"))
    ]
    statements = _statements(*targets)
    links = link_statements(statements, ARTICLES).sort_values("statement_id", ignore_index=True)
    again = link_statements(statements.iloc[::-1], ARTICLES).sort_values("statement_id", ignore_index=True)
    pd.testing.assert_frame_equal(links, again)


@settings(max_examples=15, deadline=None)
@given(rows=SEVERAL, seed=st.integers(0, 999))
def test_events_do_not_depend_on_order(rows: Iterable[Cells], seed: int, codebook: Codebook) -> None:
    """Events made of shuffled statements and links are the same rows in the same order."""
    statements = tables.to_frame("statements", rows)
    links = link_statements(statements, ARTICLES)
    events = make_events(statements, links, ARTICLES, codebook)
    again = make_events(
        statements.sample(frac=1, random_state=seed),
        links.sample(frac=1, random_state=seed),
        ARTICLES,
        codebook,
    )
    pd.testing.assert_frame_equal(events, again)
    assert events["event_id"].is_monotonic_increasing
    assert events["event_id"].is_unique


def test_events_of_the_example_articles(coder: Coder, codebook: Codebook) -> None:
    """The order of the articles changes neither links nor events, and both hold their schema."""
    from vzevents.articles.table import articles_table

    articles = example_articles()
    frames = list(coder.code_articles(articles))
    made = [
        link_events(pd.concat(some, ignore_index=True), articles_table(articles), codebook=codebook)
        for some in (frames, frames[::-1])
    ]
    for one, other in zip(*made, strict=True):
        pd.testing.assert_frame_equal(one, other)
    links, events = made[0]
    tables.pandera_schema("events").validate(events, lazy=True)
    assert set(events["event_id"]) <= set(links["event_id"])
