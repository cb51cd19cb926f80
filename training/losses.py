"""What the network is fitted to: the code of each act at its words, its parties, and no act elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from texts import Item, Span
from torch import Tensor

_ROOT = 0.3  # what the root counts beside the code
_PARTY = 0.5
_SPREAD = 0.5  # how much of that asks for every word of a party, the rest for any
_NOTHING = 1.5  # what the words count that name no act
_WORST = 0.3  # and what the one counts beside them that most looks like one
_SMOOTHING = 0.05
_OUT = -1e4


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a batch: row, label, and masks (acts, L) of the pieces of their words and parties."""

    rows: Tensor
    labels: Tensor
    words: Tensor
    sources: Tensor
    targets: Tensor
    told: Tensor


def gather(items: Sequence[Item], offsets: Tensor, index: dict[str, int]) -> tuple[Acts | None, Tensor]:
    """Return the acts of a batch and a mask (B, L) of the pieces that must name no act."""
    real = offsets[..., 1] > offsets[..., 0]
    free = real.clone()
    rows, labels, masks, told = [], [], [], []
    for row, item in enumerate(items):
        free[row] &= item.whole & ~_inside(offsets[row], item.others)
        for act in item.acts:
            words, source, target = (_inside(offsets[row], act.spans[slot]) for slot in "PST")
            if words.any():
                free[row] &= ~words
            else:
                words = real[row] & ~source & ~target
                free[row] = False
            rows.append(row)
            labels.append(index[act.code])
            masks.append((words, source, target))
            told.append(act.parties_told)
    if not rows:
        return None, free
    words, sources, targets = (torch.stack(one) for one in zip(*masks, strict=True))
    made = Acts(torch.tensor(rows), torch.tensor(labels), words, sources, targets, torch.tensor(told))
    return made, free


def act_loss(
    outputs: tuple[Tensor, ...], acts: Acts | None, free: Tensor, real: Tensor, roots: Tensor
) -> Tensor:
    """Return the loss of a batch of texts: codes at the words of acts, their parties, nothing elsewhere."""
    codes, asks, answers, _ = outputs
    logged = F.log_softmax(codes, -1)
    loss = torch.zeros(())
    rows = free.any(1)
    if rows.any():
        nothing = logged[..., 0] * free
        loss = loss - _NOTHING * (nothing.sum(1) / free.sum(1).clamp(min=1))[rows].sum()
        loss = loss - _WORST * nothing.amin(1).sum()
    if acts is None:
        return loss / len(free)
    own = logged[acts.rows]  # (acts, L, K)
    at_label = own.gather(2, acts.labels[:, None, None].expand(-1, own.shape[1], 1)).squeeze(2)
    loss = loss - _mean_inside(at_label, acts.words).sum()
    at_root = torch.logsumexp(own + roots[acts.labels][:, None, :], -1)
    loss = loss - _ROOT * _mean_inside(at_root, acts.words).sum()
    weights = torch.softmax(at_label.detach().masked_fill(~acts.words, _OUT), -1)
    asking = torch.einsum("al,ald->ad", weights, asks[acts.rows])
    heard = answers[acts.rows]
    half = asking.shape[1] // 2
    for side, mask in enumerate((acts.sources, acts.targets)):
        part = slice(side * half, (side + 1) * half)
        scores = torch.einsum("ald,ad->al", heard[..., part], asking[:, part]) / half**0.5
        allowed = real[acts.rows].clone()
        allowed[:, 0] = True
        shares = F.log_softmax(scores.masked_fill(~allowed, _OUT), -1)
        wanted = mask.clone()
        wanted[:, 0] = ~mask.any(1)
        anywhere = torch.logsumexp(shares.masked_fill(~wanted, _OUT), -1)
        everywhere = (shares * wanted).sum(1) / wanted.sum(1)
        found = (1 - _SPREAD) * anywhere + _SPREAD * everywhere
        loss = loss - _PARTY * found[acts.told].sum()
    return loss / len(free)


def pair_loss(logits: Tensor, labels: Tensor, roots: Tensor) -> Tensor:
    """Return the loss of texts with marked parties: one code a text."""
    logged = F.log_softmax(logits, -1)
    at_root = torch.logsumexp(logged + roots[labels], -1)
    return F.cross_entropy(logits, labels, label_smoothing=_SMOOTHING) - _ROOT * at_root.mean()


def _mean_inside(logged: Tensor, mask: Tensor) -> Tensor:
    """Return the logarithm of the mean probability over the pieces of a mask."""
    total = torch.logsumexp(logged.masked_fill(~mask, _OUT), -1)
    return total - torch.log(mask.sum(-1).clamp(min=1).float())


def _inside(offsets: Tensor, spans: Sequence[Span]) -> Tensor:
    """Return which pieces overlap with spans."""
    found = torch.zeros(offsets.shape[0], dtype=torch.bool)
    for start, end in spans:
        found |= (offsets[:, 0] < end) & (offsets[:, 1] > start) & (offsets[:, 1] > offsets[:, 0])
    return found
