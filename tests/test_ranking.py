"""The ranking of codes: features of wording, what the model says of words, how rules and model are merged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

import numpy as np
import pytest

from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.parties import PartyReader
from vzevents.ranking import SentenceModel, SentenceView, Standing, bundled_model
from vzevents.ranking.views import Spans
from vzevents.ranking.weighing import NOTHING, REASONS, Candidate, Evidence, Weigher
from vzevents.ranking.wording import features
from vzevents.resources import model_dir
from vzevents.sentences import Sentence

_LARGEST = 30_000_000  # bytes that the issue of a small model allows


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    """Return the model of the package."""
    return bundled_model()


def test_names_of_parties_do_not_decide() -> None:
    """Two sentences that differ in who does it to whom have the same features."""
    one = features("Peru expelled Rivas.", {"S": [(0, 4)], "T": [(14, 19)], "P": [(5, 13)]})
    other = features("The Chilean army expelled two men.", {"S": [(0, 16)], "T": [(26, 33)], "P": [(17, 25)]})
    assert one == other


def test_source_and_target_are_told_apart() -> None:
    """Who stands first is a feature: a passive has the same words in another order."""
    one = features("Peru expelled Rivas.", {"S": [(0, 4)], "T": [(14, 19)], "P": [(5, 13)]})
    other = features("Peru expelled Rivas.", {"T": [(0, 4)], "S": [(14, 19)], "P": [(5, 13)]})
    assert one != other


def test_accents_and_capitals_do_not_count() -> None:
    """Headlines leave them out."""
    spans: dict[str, list[tuple[int, int]]] = {"S": [], "T": [], "P": [(0, 8)]}
    assert features("Acusó él", spans) == features("ACUSO EL", spans)


def test_marks_stand_around_the_parties(model: SentenceModel) -> None:
    """Spans are given in any order and keep their places."""
    marked = model.mark("Peru expelled Rivas.", [(14, 19, "T"), (0, 4, "S")])
    assert marked == " [S] Peru [/S]  expelled  [T] Rivas [/T] ."


def test_the_model_is_small_and_the_one_of_the_card() -> None:
    """Files together stay below the limit, and the card has the hash of the weights."""
    files = [path for path in model_dir().iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < _LARGEST
    digest = hashlib.sha256((model_dir() / "coder.onnx").read_bytes()).hexdigest()
    assert digest in (model_dir() / "MODEL_CARD.md").read_text("utf-8")


def test_the_model_gives_codes_of_the_codebook_alone(codebook: Codebook, model: SentenceModel) -> None:
    """No label of the network or of the linear models is unknown."""
    known = {code.event_code for code in codebook}
    assert set(model.labels[1:]) <= known
    assert all(set(model.wording(language).codes) <= known for language in ("en", "es"))


def test_shares_sum_to_one(model: SentenceModel) -> None:
    """What the linear model says of an act is a distribution over codes."""
    told = model.wording("en").probabilities("Peru expelled Rivas.", {"S": [(0, 4)], "T": [], "P": [(5, 13)]})
    assert sum(told.values()) == pytest.approx(1.0)
    assert max(told, key=lambda code: told[code])[:2] in {"16", "17"}


def test_a_view_has_a_row_for_each_word(model: SentenceModel, parse: Callable[[str], Sentence]) -> None:
    """Also for words behind the last that the model reads, which name no act."""
    sentence = parse("Peru expelled the envoy, " + "and so on, " * 60 + "he said.")
    view = model.view(sentence)
    assert view.codes.shape == (len(sentence.tokens), len(model.labels))
    assert view.codes[-3, 0] == 1.0
    assert np.allclose(view.codes.sum(axis=1), 1.0, atol=1e-3)


def test_what_was_read_before_changes_nothing(model: SentenceModel, parse: Callable[[str], Sentence]) -> None:
    """A sentence is seen as if it stood alone: the order of articles changes no code."""
    one = parse("Peru expelled the ambassador.")
    other = parse("The court in Caracas on Friday sentenced the lawmaker to six years for an alleged plot.")
    first = model.view(one)
    model.view(other)
    again = model.view(one)
    assert np.array_equal(first.codes, again.codes)
    assert np.array_equal(first.asks, again.asks)


def test_pointers_find_the_parties(model: SentenceModel, parse: Callable[[str], Sentence]) -> None:
    """In a plain sentence the source and the target are those that anybody would name."""
    sentence = parse("Peru's government expelled the Venezuelan ambassador on Monday.")
    view = model.view(sentence)
    verb = next(t.i for t in sentence.tokens if t.text == "expelled")
    assert [sentence.tokens[i].text for i in view.heads("S", [verb])] == ["government"]
    assert [sentence.tokens[i].text for i in view.heads("T", [verb])] == ["ambassador"]


def test_without_a_model_rules_decide_alone(codebook: Codebook) -> None:
    """Patterns work without it, and the stamp says so."""
    rows = Coder(codebook, model=None).code_text("Canada recognized Juan Guaidó.")
    assert rows["event_code"].tolist() == ["054R"]
    assert not rows["rule_id"].str.startswith("model:").any()
    assert "model" not in rows["coder"].iloc[0].split(", ")[-1]


def test_the_stamp_names_the_model(coder: Coder, model: SentenceModel) -> None:
    """Who reads a table knows which weights coded it."""
    rows = coder.code_text("Canada recognized Juan Guaidó.")
    assert rows["coder"].iloc[0].endswith(f", model {model.stamp}")


def test_an_act_that_no_rule_knows_is_found(view_of: Callable[..., SentenceView], coder: Coder) -> None:
    """The model alone makes a statement, and its rule says that it was the model."""
    view = view_of("Peru frobbed Rivas.", {"frobbed": {"174": 0.97}})
    (found,) = coder.extractor("en").ranker.unmatched(view, frozenset())
    assert (found.event_code, found.rule_id) == ("174", "model:174")


def test_what_is_unlikely_to_be_an_act_is_left(view_of: Callable[..., SentenceView], coder: Coder) -> None:
    """Below the threshold nothing is made of it."""
    view = view_of("Peru frobbed Rivas.", {"frobbed": {"174": 0.1}})
    assert list(coder.extractor("en").ranker.unmatched(view, frozenset())) == []


def test_what_speaks_for_a_code_is_weighed() -> None:
    """A code that a rule gives wins over a likelier one where rules count enough; no act competes."""
    candidates = (
        Candidate("111", first=0.4, wording=0.4, asked_for=2),
        Candidate("112", first=0.5, wording=0.5),
    )
    evidence = Evidence("en", (0,), 0.01, candidates)

    def shares(**weights: float) -> list[float]:
        row = [weights.get(name, 0.0) for name in (*REASONS, *NOTHING)]
        return Weigher({"en": {"seen": row}}).shares(evidence)

    by_model, by_rule, none = (
        shares(first=1.0, nothing_first=1.0),
        shares(first=1.0, rule=2.0, nothing_first=1.0),
        shares(first=1.0, nothing=9.0),
    )
    assert by_model[1] == max(by_model)
    assert by_rule[0] == max(by_rule)
    assert none[2] == max(none)
    assert sum(by_rule) == pytest.approx(1.0)


def test_a_second_look_counts_by_weights_of_its_own() -> None:
    """Whether the model was asked again decides which weights hold."""
    asked = Evidence("en", (0,), 0.1, (Candidate("111", pair=0.9),))
    assert asked.kind == "asked"
    assert Evidence("en", (0,), 0.1, (Candidate("111"),)).kind == "seen"
    assert Evidence("en", (), None, (Candidate("111"),)).kind == "given"


class _Firm:
    """A model that says the same when it is asked again."""

    def __init__(self, told: dict[str, dict[str, float]]) -> None:
        self.told = {code: share for codes in told.values() for code, share in codes.items()}

    def code_pair(self, text: str, spans: Spans, *, language: str) -> dict[str, float]:
        return self.told

    def code_wording(self, text: str, spans: Spans, *, language: str) -> dict[str, float]:
        return self.told


def _ranked(coder: Coder, view: SentenceView) -> Standing:
    """Return the best choice for the first act that a rule is met by."""
    extractor, sentence = coder.extractor("en"), view.sentence
    parties = PartyReader(extractor.resolver, extractor.words, [sentence], published=None)
    parties.begin(sentence)
    head, found = next(iter(extractor.chooser.choose(sentence, parties).items()))
    situation = extractor.situations.read(sentence, found[0].match.predicate)
    standing = [extractor.chooser.as_it_stands(choice, situation) for choice in found]
    assert extractor.ranker is not None
    return extractor.ranker.rank(view, head, standing, situation, lambda _: False)[0]


def test_what_is_surely_no_act_is_refused(view_of: Callable[..., SentenceView], coder: Coder) -> None:
    """Where the model is sure that nothing happens, the rule's code stays and says why it is rejected."""
    refused, how = _ranked(coder, view_of("Peru arrested Rivas.", {}))
    assert (refused.event_code[:2], how.refusal) == ("17", "not_an_act")
    kept, how = _ranked(coder, view_of("Peru arrested Rivas.", {"arrested": {"173": 0.99}}))
    assert (kept.event_code, how.refusal) == ("173", None)


def test_a_party_gives_way_where_the_model_points_elsewhere(
    view_of: Callable[..., SentenceView], coder: Coder
) -> None:
    """Unless it finds no act there: then its pointers mean nothing."""
    text = "Peru arrested Rivas near a warehouse of Gomez."
    sure, none = {"arrested": {"173": 0.99}}, dict[str, dict[str, float]]()

    def target(told: dict[str, dict[str, float]], pointed: dict[str, str] | None) -> list[str]:
        view = view_of(text, told, pointed)
        choice, _ = _ranked(coder, view)
        return [view.sentence.tokens[i].text for i in choice.match.slots["T"]]

    assert target(sure, None) == ["Rivas"]
    assert target(sure, {"T": "Gomez"}) == ["Gomez"]
    assert target(none, {"T": "Gomez"}) == ["Rivas"]


@pytest.fixture
def view_of(model: SentenceModel, parse: Callable[[str], Sentence]) -> Callable[..., SentenceView]:
    """Return a function that makes a view in which words have given codes and nobody is pointed to."""

    def make(
        text: str, told: dict[str, dict[str, float]], pointed: dict[str, str] | None = None
    ) -> SentenceView:
        sentence = parse(text)
        codes = np.zeros((len(sentence.tokens), len(model.labels)), dtype=np.float32)
        for token in sentence.tokens:
            for code, probability in told.get(token.text, {}).items():
                codes[token.i, model.labels.index(code)] = probability
        codes[:, 0] = 1.0 - codes.sum(axis=1)
        pieces = tuple((t.i + 1,) for t in sentence.tokens)
        nowhere = np.zeros((len(pieces) + 2, 2, 4), dtype=np.float32)
        answers = nowhere.copy()
        answers[0] = 1.0
        for slot, word in (pointed or {}).items():
            place = next(t.i for t in sentence.tokens if t.text == word)
            answers[place + 1, "ST".index(slot)] = 4.0
        asks = np.ones_like(nowhere)
        return SentenceView(sentence, model.labels, codes, asks, answers, pieces, _Firm(told))

    return make


def test_settings_name_what_was_fitted() -> None:
    """How many texts and epochs went into it can be read."""
    settings = json.loads((model_dir() / "model.json").read_text("utf-8"))
    assert settings["texts"] > 10_000
    assert settings["epochs"] > 0
