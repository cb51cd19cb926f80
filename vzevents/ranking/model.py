"""The small model: sentences -> for each word its codes, its source and its target. Needs no network."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vzevents.errors import MissingExtraError
from vzevents.ranking.glosses import Gloss, gloss
from vzevents.ranking.views import SentenceView, Spans
from vzevents.ranking.weighing import Weigher
from vzevents.ranking.wording import WordingModel
from vzevents.resources import model_dir

if TYPE_CHECKING:
    from tokenizers import Encoding

    from vzevents.codebook import Codebook
    from vzevents.sentences import Sentence

    Floats = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

_NEEDED = "coding needs onnxruntime and tokenizers: pip install 'vzevents[coder]'"
_OUTPUTS = ("codes", "asks", "answers", "pairs")
LONGEST = 128  # pieces of words; what stands behind is not seen
SLOTS = "STP"  # source, target, words of the act


@dataclass(frozen=True, slots=True)
class _Output:
    """What the network says of a text: logits of codes, questions and answers of the pointers, of pairs."""

    codes: Floats
    asks: Floats
    answers: Floats
    pairs: Floats


class SentenceModel:
    """A network fitted on the codebook's own training text, as an ONNX file of 8-bit weights.

    Parameters
    ----------
    folder : path
        Holds `coder.onnx`, `tokenizer.json` and `model.json` (labels and settings).

    Raises
    ------
    MissingExtraError
        If onnxruntime or tokenizers is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from onnxruntime import InferenceSession, SessionOptions
            from tokenizers import Tokenizer
        except ImportError as error:
            raise MissingExtraError(_NEEDED) from error
        settings = json.loads((folder / "model.json").read_text("utf-8"))
        self.labels: tuple[str, ...] = tuple(settings["labels"])
        self.folder = folder
        self.weigher = Weigher(settings.get("weights", {}))
        self._marks: dict[str, list[str]] = settings["marks"]
        self._wording: dict[str, WordingModel] = {}
        options = SessionOptions()
        options.intra_op_num_threads = 1  # as many processes as cores are asked for with --jobs
        options.inter_op_num_threads = 1
        weights = str(folder / "coder.onnx")
        self._session = InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)

    @cached_property
    def stamp(self) -> str:
        """The first digits of the hash of the weights: which model coded."""
        return hashlib.sha256((self.folder / "coder.onnx").read_bytes()).hexdigest()[:12]

    def view(self, sentence: Sentence) -> SentenceView:
        """Read a sentence.

        Parameters
        ----------
        sentence : Sentence
            Parsed.

        Returns
        -------
        SentenceView
        """
        # Alone: beside others its weights would be rounded otherwise, and order would change what comes out.
        read = gloss(sentence.read, sentence.language)
        encoded, out = self._run(read)
        return SentenceView.of(
            sentence,
            labels=self.labels,
            offsets=[read.original(*offset) for offset in encoded.offsets],
            codes=_softmax(out.codes[0]),
            asks=out.asks[0],
            answers=out.answers[0],
            model=self,
        )

    def code_pair(self, text: str, spans: Spans, *, language: str) -> dict[str, float]:
        """Say how likely the network finds each code for one act of a text.

        Parameters
        ----------
        text : str
            A sentence or two.
        spans : mapping of str to sequence of (int, int)
            Code points of the sources (S), the targets (T) and, where they are known, the words of the
            act (P).
        language : str
            ``"en"`` or ``"es"``.

        Returns
        -------
        dict of str to float
            Code -> probability.
        """
        marked = self.mark(text, [(*span, slot) for slot in SLOTS for span in spans.get(slot, ())])
        _, out = self._run(gloss(marked, language))
        (shares,) = _softmax(out.pairs)
        return dict(zip(self.labels[1:], shares[1:].tolist(), strict=True))

    def code_wording(self, text: str, spans: Spans, *, language: str) -> dict[str, float]:
        """Say how likely the linear model of the wording finds each code; parameters as of `code_pair`."""
        return self.wording(language).probabilities(text, spans)

    def wording(self, language: str) -> WordingModel:
        """Return the linear model of a language, read on first use."""
        if language not in self._wording:
            self._wording[language] = WordingModel(self.folder / f"wording_{language}.npz")
        return self._wording[language]

    def mark(self, text: str, spans: Sequence[tuple[int, int, str]]) -> str:
        """Return a text with its parties and its act marked; spans are code points and S, T or P."""
        return set_marks(text, spans, self._marks)

    def _run(self, text: Gloss) -> tuple[Encoding, _Output]:
        """Return the pieces of a text, and what the network says of it."""
        encoded: Encoding = self._tokenizer.encode(text.text)
        ids = np.array([encoded.ids], dtype=np.int64)
        mask = np.ones_like(ids)
        return encoded, _Output(*self._session.run(_OUTPUTS, {"ids": ids, "mask": mask}))


def set_marks(text: str, spans: Sequence[tuple[int, int, str]], marks: Mapping[str, Sequence[str]]) -> str:
    """Return a text with marks around its parties and its act, in fitting and in coding the same.

    Parameters
    ----------
    text : str
        The text.
    spans : sequence of (int, int, str)
        Start, end (code points) and slot of each; no two overlap.
    marks : mapping of str to sequence of str
        The opening and the closing mark of each slot.

    Returns
    -------
    str
    """
    for start, end, slot in sorted(spans, reverse=True):
        opening, closing = marks[slot]
        text = f"{text[:start]} {opening} {text[start:end]} {closing} {text[end:]}"
    return text


@lru_cache(maxsize=1)
def bundled_model() -> SentenceModel:
    """Return the model that the package brings along."""
    return SentenceModel(model_dir())


def model_for(codebook: Codebook) -> SentenceModel | None:
    """Return the bundled model for a codebook that has all of its codes; for another, None."""
    model = bundled_model()
    known = {code.event_code for code in codebook}
    return model if known.issuperset(model.labels[1:]) else None


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
