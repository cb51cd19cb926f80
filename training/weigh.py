"""Fit how much each reason for a code counts, on the texts kept back: the last step of fit.py."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from scipy.optimize import minimize
from texts import Item, read_all, split

from vzevents.articles import Article
from vzevents.codebook import Codebook
from vzevents.coding import Coder
from vzevents.ranking import Evidence, SentenceModel, Weigher
from vzevents.ranking.wording import Span, overlaps
from vzevents.resources import model_dir

PENALTY = 0.3  # on the squares of the weights


class Case(NamedTuple):
    """The reasons of all answers to one act, and which answer is right."""

    table: np.ndarray
    right: int


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder (default: the package's).")
def main(out: Path | None) -> None:
    """Write the weights into model.json, and tell how often the heaviest answer is right."""
    weigh(out or model_dir())


def weigh(folder: Path) -> None:
    """Fit and write the weights of the model in a folder.

    Only marked sentences kept back count: neither the network nor the wording was fitted on them, and no
    pattern was written from them. Half of them fits and the other measures, then all fit.
    """
    codebook = Codebook.load()
    examples = {example.text for example in codebook.examples}
    kept = [item for item in split(read_all(codebook))[1] if item.text not in examples]
    model = SentenceModel(folder)
    recorder = Recorder({})
    model.weigher = recorder
    coder = Coder(codebook, model=model)
    cases: dict[tuple[str, str], list[list[Case]]] = {}
    for number, item in enumerate(kept):
        for kind, case in (*_cases(coder, recorder, item), *_given(coder, recorder, item)):
            cases.setdefault((item.language, kind), [[], []])[number % 2].append(case)
    weights: dict[str, dict[str, list[float]]] = {}
    for (language, kind), halves in sorted(cases.items()):
        told = ", ".join(f"{_right(_fitted(a), b):.3f} of {len(b)}" for a, b in (halves, halves[::-1]))
        click.echo(f"{language} {kind}: heaviest answer right in {told}")
        fitted = _fitted([case for half in halves for case in half])
        weights.setdefault(language, {})[kind] = [round(float(weight), 4) for weight in fitted]
    path = folder / "model.json"
    settings = json.loads(path.read_text("utf-8"))
    settings["weights"] = weights
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


@dataclass(frozen=True)
class Recorder(Weigher):
    """Keeps what is to be weighed, and leaves all open, so that the second look is always taken."""

    met: list[Evidence] = field(default_factory=list)

    def shares(self, evidence: Evidence) -> list[float]:
        """Return the same share for each answer."""
        self.met.append(evidence)
        answers = len(evidence.candidates) + (evidence.nothing is not None)
        return [1 / answers] * answers


def _cases(coder: Coder, recorder: Recorder, item: Item) -> Iterator[tuple[str, Case]]:
    """Yield each act of a text that the coder has met, seen once and asked again, with the answer marked."""
    recorder.met.clear()
    article = Article("text", item.text, None, item.language, {}, "text")
    sentences = coder.read(article).sentences
    if len(sentences) != 1:
        return  # the words of an act are told by their number in the sentence
    tokens = sentences[0].tokens
    for evidence in recorder.met:
        places = [(tokens[i].start, tokens[i].end) for i in evidence.words]
        if _overlap(places, item.others):
            continue  # an act, and of which code this line does not tell
        right = {act.code for act in item.acts if _overlap(places, act.spans["P"])}
        codes = [candidate.code for candidate in evidence.candidates]
        if not right:
            yield evidence.kind, Case(evidence.table(), len(codes))
        for code in right & set(codes):
            yield evidence.kind, Case(evidence.table(), codes.index(code))


def _given(coder: Coder, recorder: Recorder, item: Item) -> Iterator[tuple[str, Case]]:
    """Yield each act of a text whose source and target are given, as `vzevents bench` asks for it."""
    for act in item.acts:
        if not (act.spans["S"] and act.spans["T"]) or act.code[:2] == "01":
            continue
        recorder.met.clear()
        source, target = (item.text[slice(*act.spans[slot][0])] for slot in "ST")
        coder.code_statement(item.text, source=source, target=target, language=item.language)
        for evidence in recorder.met:
            codes = [candidate.code for candidate in evidence.candidates]
            if act.code in codes:
                yield evidence.kind, Case(evidence.table(), codes.index(act.code))


def _overlap(places: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(overlaps(others, start, end) for start, end in places)


def _fitted(cases: Sequence[Case]) -> np.ndarray:
    """Return the weights that make the right answers likeliest."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for table, right in cases:
            scores = table @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            total -= float(np.log(max(shares[right], 1e-12)))
            slope = slope + shares @ table - table[right]
        return total, slope

    start = np.zeros(cases[0].table.shape[1])
    found: np.ndarray = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _right(weights: np.ndarray, cases: Sequence[Case]) -> float:
    return float(np.mean([int((table @ weights).argmax()) == right for table, right in cases]))


if __name__ == "__main__":
    main()
