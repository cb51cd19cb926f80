"""The encoder's vocabulary without what English text and glosses never use: a tenth of the weights."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tokenizers import Tokenizer
from transformers import AutoTokenizer, PreTrainedTokenizerFast

_LATIN = re.compile(r"[ -~–—‘’“”«»¿¡€£…·ºª°]+")


def smaller_tokenizer(encoder: Path, marks: list[str]) -> tuple[PreTrainedTokenizerFast, list[int]]:
    """Return the encoder's tokenizer with the pieces that can occur, and marks behind them.

    Parameters
    ----------
    encoder : Path
        Folder of the pre-trained encoder.
    marks : list of str
        Signs to add.

    Returns
    -------
    tokenizer : PreTrainedTokenizerFast
    kept : list of int
        Which rows of the encoder's table of pieces stay, in their new order; the marks have none.
    """
    whole = AutoTokenizer.from_pretrained(encoder)
    made = json.loads(whole.backend_tokenizer.to_str())
    vocabulary: dict[str, int] = made["model"]["vocab"]
    pieces = [p for p in sorted(vocabulary, key=vocabulary.__getitem__) if _LATIN.fullmatch(p)]
    kept = [vocabulary[piece] for piece in pieces if not piece.startswith("[unused")]
    new = {old: place for place, old in enumerate(kept)}
    made["model"]["vocab"] = {p: new[i] for p, i in vocabulary.items() if i in new}
    for token in made["added_tokens"]:
        token["id"] = new[token["id"]]
    for token in made["post_processor"]["special_tokens"].values():
        token["ids"] = [new[i] for i in token["ids"]]
    names = ("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(made)),
        **{name: getattr(whole, name) for name in names},
    )
    tokenizer.add_special_tokens({"additional_special_tokens": marks})
    return tokenizer, kept
