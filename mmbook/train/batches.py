"""Windows of tokens: drawn at random to learn from, laid end to end to measure on."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor


def draw(tokens: Tensor, count: int, length: int, rng: np.random.RandomState) -> Tensor:
    """`count` windows of `length` + 1 tokens, (count × length + 1)."""
    starts = rng.randint(0, len(tokens) - length - 1, count)
    return torch.stack([tokens[s : s + length + 1] for s in starts])


def lay(tokens: Tensor, length: int, most: int = 64) -> Tensor:
    """At most `most` windows that do not overlap, evenly spread over the text."""
    windows = (len(tokens) - 1) // length
    chosen = np.unique(np.linspace(0, windows - 1, min(most, windows)).astype(int))
    return torch.stack([tokens[w * length : w * length + length + 1] for w in chosen])
