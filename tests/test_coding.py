"""The coder: what must hold of every statement that it codes, whatever the text."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vzevents import tables
from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.demonstration import example_articles
from vzevents.sentences import sentence_sha256

Code = Callable[[str], list[dict[str, object]]]
SAMPLE = 80
_OTHER_TEXTS = (
    "😀 Peru condemned Maduro.\r\n\r\n  Chile\u00a0thanked  Brazil — at last 🇨🇱.\r\nPeru slept.",
    "LIMA (Invented) -- Peru and Chile expelled the Venezuelan ambassador on Monday.",
    '"We condemn Maduro," the Chilean minister said.\nHe accused Peru of arresting two diplomats.',
    "Peru denied that it had recognized Maduro.",
    "Nun\u0303ez condemned Bogota\u0301 and María Corina Machado.",
)


@pytest.fixture(scope="module")
def articles(codebook: Codebook) -> list[Article]:
    """Return the example articles, sampled examples of the codebook, and texts with odd characters."""
    english = [example for example in codebook.examples if example.language == "en"]
    sampled = random.Random(80).sample(english, SAMPLE)
    texts = [*(example.text for example in sampled), *_OTHER_TEXTS]
    day = date(2019, 2, 20)
    return [*example_articles(), *(Article(f"t{n}", t, day, "en", {}, "t") for n, t in enumerate(texts))]


@pytest.fixture(scope="module")
def frames(coder: Coder, articles: list[Article]) -> dict[str, pd.DataFrame]:
    """Return the statements of each article."""
    return dict(zip([a.article_id for a in articles], coder.code_articles(articles), strict=True))


@pytest.fixture(scope="module")
def statements(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the statements of all articles."""
    return pd.concat(frames.values(), ignore_index=True)


@pytest.fixture(scope="module")
def rows(statements: pd.DataFrame, articles: list[Article]) -> list[tuple[str, dict[str, object]]]:
    """Return each statement with the text of its article; what is missing is None."""
    texts = {article.article_id: article.text for article in articles}
    return [(texts[str(row["article_id"])], row) for row in _plain(statements)]


def _plain(frame: pd.DataFrame) -> Iterator[dict[str, object]]:
    for row in frame.to_dict("records"):
        yield {str(name): None if pd.isna(value) else value for name, value in row.items()}


def _int(value: object) -> int:
    return int(str(value))


def test_enough_to_check(statements: pd.DataFrame) -> None:
    """The texts give statements of every mode and status, so that what follows is not empty."""
    assert len(statements) > 150
    assert set(statements["status"]) == {"accepted", "rejected"}
    assert set(statements["mode"]) == {"asserted", "alleged", "denied"}


def test_table(statements: pd.DataFrame) -> None:
    """What comes out is the `statements` table: its columns in their order, and its schema holds."""
    assert list(statements.columns) == tables.column_names("statements")
    tables.pandera_schema("statements").validate(statements, lazy=True)


def test_codes(rows: list[tuple[str, dict[str, object]]], codebook: Codebook) -> None:
    """Every code is in the codebook and assignable; base and root are its beginning; scales are its own."""
    for _, row in rows:
        code = codebook[str(row["event_code"])]
        assert code.event_code == row["event_code"]
        assert code.assignable
        assert row["event_base_code"] == code.event_code[:3]
        assert row["event_root_code"] == code.event_code[:2]
        assert row["plover"] == code.plover.event
        assert row["benchmark_root"] == codebook.benchmark_root(code.event_code)


def test_modes(rows: list[tuple[str, dict[str, object]]], codebook: Codebook) -> None:
    """An accepted statement has a mode that its code allows; alleged ones say by whose word."""
    for _, row in rows:
        if row["status"] == "accepted":
            assert row["mode"] in codebook[str(row["event_code"])].modes
            assert row["mode"] != "denied"
        if row["mode"] == "alleged" and row["status"] == "accepted":
            assert row["claimed_by"], row["action_text"]


def test_reject_reason(statements: pd.DataFrame) -> None:
    """A reason stands with rejected statements and with no others."""
    assert ((statements["status"] == "rejected") == statements["reject_reason"].notna()).all()


def test_spans(rows: list[tuple[str, dict[str, object]]]) -> None:
    """A span lies in its sentence, the sentence in the text, and the span holds the action's head word."""
    for text, row in rows:
        start, end = _int(row["start"]), _int(row["end"])
        assert _int(row["sentence_start"]) <= start < end <= _int(row["sentence_end"]) <= len(text)
        assert str(row["action_text"]).split()[0] in text[start:end]


def test_span_holds_the_parties(rows: list[tuple[str, dict[str, object]]]) -> None:
    """The last word of a named source or target of the sentence stands in the span."""
    for text, row in rows:
        stretch = text[_int(row["start"]) : _int(row["end"])]
        for name in (row["source_text"], row["target_text"]):
            assert name is None or str(name).split()[-1] in stretch


def test_sentence_hash(rows: list[tuple[str, dict[str, object]]]) -> None:
    """Whoever has the text can check a statement's sentence against its hash."""
    for text, row in rows:
        sentence = text[_int(row["sentence_start"]) : _int(row["sentence_end"])]
        assert sentence_sha256(sentence) == row["sentence_sha256"]


def test_ids_are_unique(statements: pd.DataFrame) -> None:
    """No two statements share an id."""
    assert statements["statement_id"].is_unique
    assert statements["statement_id"].str.fullmatch("S[0-9a-f]{20}").all()


def test_few_words(statements: pd.DataFrame) -> None:
    """No column of an article's words holds more than ten of them."""
    for column in ("action_text", "source_text", "target_text"):
        assert (statements[column].dropna().str.split().str.len() <= 10).all()


def test_dates(rows: list[tuple[str, dict[str, object]]], articles: list[Article]) -> None:
    """An interval begins before it ends and before publication; an unknown one is empty."""
    published = {a.article_id: a.published_date for a in articles}
    for _, row in rows:
        if row["date_precision"] == "unknown":
            assert (row["event_date"], row["event_date_end"]) == (None, None)
        else:
            assert row["event_date"] <= row["event_date_end"]  # type: ignore[operator]
            day = published[str(row["article_id"])]
            assert day is None or pd.Timestamp(str(row["event_date"])) <= pd.Timestamp(day)


def test_confidence(statements: pd.DataFrame) -> None:
    """Confidence lies between 0 and 1."""
    assert statements["confidence"].between(0.0, 1.0).all()


def test_actors(rows: list[tuple[str, dict[str, object]]], codebook: Codebook) -> None:
    """Actors, places and their countries are those of the codebook."""
    for _, row in rows:
        for slot in ("source", "target"):
            actor_id = row[f"{slot}_actor"]
            if actor_id is not None:
                actor = codebook.actors[str(actor_id)]
                assert (actor.country, actor.role) == (row[f"{slot}_country"], row[f"{slot}_role"])
        assert row["place_id"] is None or row["place_id"] in codebook.places


def test_accepted_has_somebody(rows: list[tuple[str, dict[str, object]]]) -> None:
    """An accepted statement names its source or its target."""
    for _, row in rows:
        if row["status"] == "accepted":
            assert any(row[name] for name in ("source_role", "source_text", "target_role", "target_text"))


def test_rules_alone_know_whom_they_accept(rules: Coder, articles: list[Article]) -> None:
    """Without a model an accepted statement knows its source's role, or its target's where it has none."""
    for frame in rules.code_articles(articles):
        for row in _plain(frame):
            if row["status"] == "accepted":
                assert row["source_role"] or (row["source_text"] is None and row["target_role"])


def test_one_statement_a_dyad(statements: pd.DataFrame) -> None:
    """In one sentence no root stands twice for the same named dyad in the same mode."""
    accepted = statements[(statements["status"] == "accepted") & statements["source_actor"].notna()]
    accepted = accepted[accepted["target_actor"].notna()]
    key = ["article_id", "sentence_index", "event_root_code", "source_actor", "target_actor", "mode"]
    assert not accepted.duplicated(key).any()


def test_twice_the_same(coder: Coder, articles: list[Article], frames: dict[str, pd.DataFrame]) -> None:
    """Coding an article again, with another coder too, gives the same frame."""
    for article in articles[:20]:
        (again,) = coder.code_articles([article])
        pd.testing.assert_frame_equal(again, frames[article.article_id])
    (fresh,) = Coder(coder.codebook).code_articles(articles[:1])
    pd.testing.assert_frame_equal(fresh, frames[articles[0].article_id])


def test_order_of_articles(coder: Coder, articles: list[Article], frames: dict[str, pd.DataFrame]) -> None:
    """What other articles come before does not change what is coded in an article."""
    for article, frame in zip(reversed(articles), coder.code_articles(reversed(articles)), strict=True):
        pd.testing.assert_frame_equal(frame, frames[article.article_id])


def test_article_id_changes_ids_only(coder: Coder) -> None:
    """The same text in another article gives the same statements under other ids."""
    one, other = (coder.code_text("Peru thanked Chile.", language="en", article_id=i) for i in ("a", "b"))
    assert (one["statement_id"] != other["statement_id"]).all()
    rest = [c for c in one.columns if c not in {"statement_id", "article_id"}]
    pd.testing.assert_frame_equal(one[rest], other[rest])


@pytest.mark.parametrize("text", ["", "   \n", "Bread is dear.", "…", "?!"])
def test_nothing_to_code(text: str, coder: Coder) -> None:
    """A text without a statement gives the table without rows."""
    statements = coder.code_text(text, language="en")
    assert statements.empty
    assert list(statements.columns) == tables.column_names("statements")


def test_stamp(code: Code, codebook: Codebook) -> None:
    """Each statement says which coder, model and codebook made it, and that a machine did."""
    (row,) = code("Peru thanked Chile.")
    assert str(row["coder"]).startswith("vzevents ")
    assert "en_core_web_sm" in str(row["coder"])
    assert row["codebook_version"] == codebook.version
    assert row["coding_method"] == "machine"
    assert row["note"] is None


@pytest.mark.parametrize("language", ["fr", "xx"])
def test_language_not_supported(language: str | None, coder: Coder) -> None:
    """An article in a language that is not supported gives one rejected row that says so."""
    text = "Le gouvernement du Pérou a remercié le Chili pour l'aide envoyée aux villages lundi."
    (row,) = _plain(coder.code_text(text, language=language, article_id="a1"))
    assert row["reject_reason"] == "language_not_supported"
    assert (row["status"], row["article_id"], row["event_code"]) == ("rejected", "a1", None)
    assert row["coding_method"] == "machine"


def test_language_detected(coder: Coder) -> None:
    """A text without a stated language is coded if it is English."""
    text = "The government of Peru thanked Chile for the help that it sent to the towns on the border."
    assert "051" in set(coder.code_text(text)["event_code"])


def test_streaming(coder: Coder) -> None:
    """Articles are taken one by one: the next is not read before the last was handed out."""
    taken: list[int] = []

    def articles() -> Iterator[Article]:
        for n in range(3):
            taken.append(n)
            yield Article(f"a{n}", "Peru thanked Chile.", None, "en", {}, "t")

    frames = coder.code_articles(articles())
    next(frames)
    assert taken == [0]


@settings(max_examples=30, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "Peru",
                "Chile",
                "thanked",
                "Maduro",
                "said",
                "not",
                "will",
                "police",
                "of",
                "“We",
                "accused",
                "arrested",
                ",",
                ".",
                "\n",
                "😀",
                "and",
                "talks",
                "to",
                "sanctions",
                "by",
            ]
        ),
        max_size=25,
    )
)
def test_any_words(words: list[str], coder: Coder) -> None:
    """However words are strung together, ids are unique and spans stand in their sentences."""
    text = " ".join(words)
    statements = coder.code_text(text, published_date=date(2019, 2, 20), language="en")
    assert statements["statement_id"].is_unique
    for row in _plain(statements):
        assert (
            _int(row["sentence_start"]) <= _int(row["start"]) < _int(row["end"]) <= _int(row["sentence_end"])
        )
        assert str(row["action_text"]).split()[0] in text[_int(row["start"]) : _int(row["end"])]


def test_a_sentence_too_long_is_rejected(rules: Coder) -> None:
    """It is a row of its own that says where it stands; the rest of the article is coded."""
    endless = "Peru met Chile and " * 120
    text = f"Canada expelled two diplomats of Peru. {endless}slept."
    coded, unread = rules.code_text(text, language="en").to_dict("records")
    assert (coded["event_code"], coded["status"]) == ("161", "accepted")
    assert (unread["status"], unread["reject_reason"], unread["sentence_index"]) == (
        "rejected",
        "too_long",
        1,
    )
    assert text[unread["sentence_start"] : unread["sentence_end"]] == f"{endless}slept."
    assert pd.isna(unread["event_code"])
    answer = rules.code_statement(endless, source="Peru", target="Chile", language="en")
    assert answer["event_code"]


def test_what_is_less_sure_than_asked_is_rejected(coder: Coder, rules: Coder) -> None:
    """A threshold turns accepted statements below it into rejected ones and changes nothing else."""
    text = "Canada expelled two diplomats of Peru. The general spoke of treason in Lima."
    for one in (coder, rules):
        plain = one.code_text(text, language="en")
        asked = Coder(one.codebook, model=one.model, threshold=1.01).code_text(text, language="en")
        assert (plain["status"] == "accepted").any()
        assert set(asked["status"]) == {"rejected"}
        doubted = asked[plain["status"] == "accepted"]
        assert set(doubted["reject_reason"]) == {"low_confidence"}
        assert asked["confidence"].tolist() == plain["confidence"].tolist()
        half = Coder(one.codebook, model=one.model, threshold=plain["confidence"].max())
        kept = half.code_text(text, language="en").query("status == 'accepted'")
        assert kept["confidence"].tolist() == [plain["confidence"].max()] * len(kept)
