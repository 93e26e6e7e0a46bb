"""A GPT-2 checkpoint in the usual safetensors layout, as far as attention needs it.

Names are those of the PyTorch checkpoint, with or without ``transformer.`` in front, and weights
lie input × output (``y = x @ W + b``). A partial file will do, and so will the index of a sharded
one. Any GPT-2 size is read: a head is 64 wide in all of them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mmbook.errors import CheckpointError
from mmbook.gpt2.tensors import TensorFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

__all__ = ["HEAD_WIDTH", "AttentionWeights", "Checkpoint"]

HEAD_WIDTH = 64
_PREFIXES = ("", "transformer.")
_QUERY_KEY_VALUE = re.compile(r"(?:transformer\.)?h\.(\d+)\.attn\.c_attn\.weight")


@dataclass(frozen=True)
class AttentionWeights:
    """One layer's attention: width × 3·width for query, key, value, and width × width for output.

    ``in_bias`` has 3·width numbers, ``out_bias`` width.
    """

    in_weight: Array
    in_bias: Array
    out_weight: Array
    out_bias: Array

    @property
    def heads(self) -> int:
        """How many heads the layer has."""
        return len(self.out_weight) // HEAD_WIDTH

    def head(self, head: int) -> dict[str, Array]:
        """Return one head's ``wQ``, ``wK_t``, ``wV`` and ``wO``.

        The first three have the bias as their last row (``wK_t``: column), so that
        ``[x | 1] @ wQ`` is the whole projection. ``wO`` is the head's share of the output
        projection; ``out_bias`` belongs to no head.
        """
        if not 0 <= head < self.heads:
            raise CheckpointError(
                "there is no such head", given=head, possible=f"0 to {self.heads - 1}"
            )
        start = head * HEAD_WIDTH
        width = len(self.out_weight)
        affine = np.vstack([self.in_weight, self.in_bias])
        query, key, value = (
            affine[:, third * width + start : third * width + start + HEAD_WIDTH]
            for third in range(3)
        )
        return {
            "wQ": query,
            "wK_t": key.T,
            "wV": value,
            "wO": self.out_weight[start : start + HEAD_WIDTH],
        }


class Checkpoint:
    """The tensors of a checkpoint file, or of all the files that a sharded one's index names.

    Raises
    ------
    CheckpointError
        The file is missing or damaged, or holds no GPT-2 attention; or the extra ``gpt2`` is not
        installed.

    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        shards = _shards(self.path) if self.path.suffix == ".json" else [self.path]
        self._tensors: dict[str, TensorFile] = {}
        for shard in shards:
            file = TensorFile(shard)
            self._tensors.update(dict.fromkeys(file.names, file))
        found = [match for name in self._tensors if (match := _QUERY_KEY_VALUE.fullmatch(name))]
        if not found:
            raise CheckpointError(
                "this file holds no GPT-2 attention",
                possible="tensors h.0.attn.c_attn.weight and so on",
                where=str(self.path),
            )
        self.layers = sorted(int(match[1]) for match in found)
        """Numbers of the layers whose attention the file holds."""
        shape = self._tensors[found[0][0]].shape(found[0][0])
        self.width = shape[0] if shape else 0
        """Numbers a token carries: 768 in GPT-2 small."""
        if not self.width or self.width % HEAD_WIDTH:
            raise CheckpointError(
                f"the width is no multiple of {HEAD_WIDTH}, the width of GPT-2's heads",
                given=f"{found[0][0]} of shape {shape}",
                where=str(self.path),
            )

    def tensor(self, name: str, shape: tuple[int, ...]) -> Array:
        """Return a tensor as float32, checked to be all there, of this shape, and finite."""
        for prefix in _PREFIXES:
            if file := self._tensors.get(prefix + name):
                return file.read(prefix + name, shape)
        raise CheckpointError(
            "a tensor is missing",
            given=name,
            remedy="A checkpoint of GPT-2 with its attention weights is needed.",
            where=str(self.path),
        )

    def attention(self, layer: int) -> AttentionWeights:
        """Return the attention weights of a layer, counted from 0."""
        if layer not in self.layers:
            raise CheckpointError(
                "the checkpoint holds no such layer",
                given=layer,
                possible=map(str, self.layers),
                where=str(self.path),
            )
        width, at = self.width, f"h.{layer}.attn"
        return AttentionWeights(
            self.tensor(f"{at}.c_attn.weight", (width, 3 * width)),
            self.tensor(f"{at}.c_attn.bias", (3 * width,)),
            self.tensor(f"{at}.c_proj.weight", (width, width)),
            self.tensor(f"{at}.c_proj.bias", (width,)),
        )


def _shards(index: Path) -> list[Path]:
    """Return the files that ``model.safetensors.index.json`` spreads a checkpoint over."""
    try:
        weight_map = json.loads(index.read_text(encoding="utf-8"))["weight_map"]
        names = sorted(set(weight_map.values()))
        if all(isinstance(name, str) and Path(name).name == name for name in names):
            return [index.parent / name for name in names]
    except OSError as error:
        raise CheckpointError(
            "the index cannot be read", given=error.strerror, where=str(index)
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    raise CheckpointError(
        "this is no index of a sharded checkpoint",
        possible='JSON with a "weight_map" from tensor names to files beside it',
        where=str(index),
    )
