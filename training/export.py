"""A fitted network -> `coder.onnx` with weights of 8 bits, and its tokenizer."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model

if TYPE_CHECKING:
    from network import Network
    from transformers import PreTrainedTokenizerFast

_INPUTS = ("ids", "mask")
_OUTPUTS = ("codes", "asks", "answers", "pairs")
_OPSET = 17
_ATTENDING, _WIDTH = 12, 384  # heads of attention and width of the encoder


def export_model(network: Network, tokenizer: PreTrainedTokenizerFast, folder: Path) -> None:
    """Write `coder.onnx` and `tokenizer.json` into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    network.train(mode=False)
    ids = torch.ones((2, 8), dtype=torch.long)
    with tempfile.TemporaryDirectory() as made:
        whole, plain = Path(made) / "whole.onnx", Path(made) / "plain.onnx"
        torch.onnx.export(
            network,
            (ids, torch.ones_like(ids)),
            str(whole),
            input_names=_INPUTS,
            output_names=_OUTPUTS,
            dynamic_axes={name: {0: "texts", 1: "pieces"} for name in (*_INPUTS, *_OUTPUTS[:3])}
            | {"pairs": {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        # Layers as one operator each and signed weights take 5 ms a sentence; neither took 8.
        fused = optimize_model(str(whole), "bert", _ATTENDING, _WIDTH, FusionOptions("bert"), opt_level=0)
        fused.save_model_to_file(str(plain))
        quantize_dynamic(
            plain,
            folder / "coder.onnx",
            per_channel=True,
            reduce_range=True,  # processors without VNNI would overflow
            weight_type=QuantType.QInt8,
            nodes_to_exclude=_heads(plain),
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))


def _heads(path: Path) -> list[str]:
    """Return the multiplications of the heads: small, and what they say should not be coarse."""
    names = [node.name for node in onnx.load(path).graph.node if node.op_type in {"MatMul", "Gemm"}]
    return [name for name in names if "/encoder/" not in name]
