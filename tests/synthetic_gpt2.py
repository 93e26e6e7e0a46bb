"""A small made-up GPT-2 and a forward pass through it, as files; float64 numpy is the oracle."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LAYERS, HEADS, WIDTH = 2, 2, 128
TOKENS = ("One", " two", " three", " zwölf")


def write_safetensors(
    path: Path,
    tensors: Mapping[str, np.ndarray],
    *,
    dtype: str = "F32",
    metadata: Mapping[str, str] | None = None,
) -> Path:
    """Write the format by hand: the length of a JSON header, the header, the bytes."""
    header: dict[str, object] = {} if metadata is None else {"__metadata__": dict(metadata)}
    body = b""
    for name, array in tensors.items():
        if dtype == "BF16":
            # The upper half of a float32, rounded towards zero.
            data = (np.asarray(array, "<f4").view("<u4") >> 16).astype("<u2").tobytes()
        else:
            data = (
                np.asarray(array)
                .astype({"F32": "<f4", "F16": "<f2", "I64": "<i8"}[dtype])
                .tobytes()
            )
        header[name] = {
            "dtype": dtype,
            "shape": list(array.shape),
            "data_offsets": [len(body), len(body) + len(data)],
        }
        body += data
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + body)
    return path


def weights() -> dict[str, np.ndarray]:
    """Return the attention half of every layer."""
    rng = np.random.RandomState(7)
    tensors = {}
    for layer in range(LAYERS):
        shapes = {
            "c_attn.weight": (WIDTH, 3 * WIDTH),
            "c_attn.bias": (3 * WIDTH,),
            "c_proj.weight": (WIDTH, WIDTH),
            "c_proj.bias": (WIDTH,),
        }
        for name, shape in shapes.items():
            values = (0.1 * rng.standard_normal(shape)).astype(np.float32)
            tensors[f"h.{layer}.attn.{name}"] = values
    return tensors


def inputs() -> np.ndarray:
    """Return what each layer's attention is given: layers × tokens × width."""
    rng = np.random.RandomState(8)
    return rng.standard_normal((LAYERS, len(TOKENS), WIDTH)).astype(np.float32)


def attention(
    tensors: Mapping[str, np.ndarray], x: np.ndarray, layer: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return (heads × tokens × tokens attention, tokens × width output) in float64, all at once."""
    at = {
        name.removeprefix(f"h.{layer}.attn."): array.astype(np.float64)
        for name, array in tensors.items()
        if name.startswith(f"h.{layer}.attn.")
    }
    tokens, width = x.shape
    projected = x.astype(np.float64) @ at["c_attn.weight"] + at["c_attn.bias"]
    q, k, v = projected.reshape(tokens, 3, width // 64, 64).transpose(1, 2, 0, 3)
    scores = np.einsum("hid,hjd->hij", q, k) / 8.0
    seen = np.where(np.tri(tokens), scores, -np.inf)
    powers = np.exp(seen - seen.max(axis=-1, keepdims=True))
    given = powers / powers.sum(axis=-1, keepdims=True)
    mixed = np.einsum("hij,hjd->ihd", given, v).reshape(tokens, width)
    return given, mixed @ at["c_proj.weight"] + at["c_proj.bias"]


def write_checkpoint(path: Path) -> Path:
    """Write the weights."""
    return write_safetensors(path, weights())


def write_activations(
    path: Path, tensors: Mapping[str, np.ndarray] | None = None, x: np.ndarray | None = None
) -> Path:
    """Write the forward pass of these weights on these inputs."""
    x = inputs() if x is None else x
    tensors = weights() if tensors is None else tensors
    given = [attention(tensors, x[layer], layer)[0] for layer in range(LAYERS)]
    return write_safetensors(
        path,
        {"ln_1_output": x, "attention": np.stack(given)},
        metadata={"tokens": json.dumps(TOKENS), "text": "".join(TOKENS)},
    )
