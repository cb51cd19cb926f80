"""The network: a small encoder, on each piece of a word a code, and pointers from acts to their parties."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

POINTER = 96  # width of the questions and answers of a slot


class Network(nn.Module):
    """Encoder of H wide states with heads for K labels; label 0 is no act.

    Parameters
    ----------
    encoder : Path
        Folder of the pre-trained encoder.
    labels, vocabulary : int
        K, and the size of the vocabulary with the marks of the parties.
    kept : sequence of int
        Which pieces of the encoder's own vocabulary come first in it.
    attention : str
        "eager" can be exported, "sdpa" is faster.
    """

    def __init__(
        self, encoder: Path, *, labels: int, vocabulary: int, kept: Sequence[int], attention: str = "sdpa"
    ) -> None:
        super().__init__()
        # Hidden pieces keep it from learning by heart; dropout inside the encoder costs a sixth of the time.
        self.encoder = AutoModel.from_pretrained(
            encoder,
            attn_implementation=attention,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        table = self.encoder.get_input_embeddings().weight.data[torch.tensor(kept)]
        self.encoder.resize_token_embeddings(vocabulary, mean_resizing=False)
        self.encoder.get_input_embeddings().weight.data[: len(kept)] = table
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.codes = nn.Linear(width, labels)
        self.asks = nn.Linear(width, 2 * POINTER)
        self.answers = nn.Linear(width, 2 * POINTER)
        self.pairs = nn.Linear(width, labels)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return logits of codes (B, L, K), asks and answers (B, L, 2 · POINTER), logits of pairs (B, K)."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        states = self.dropout(states.float())
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        return self.codes(states), self.asks(states), self.answers(states), self.pairs(mean)
