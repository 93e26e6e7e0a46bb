"""Reads the pack that carries pocket GPT: its weights, its tokens, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmbook import packs

from .model import Config, Pocket
from .tokenizer import Tokenizer

PACK = "pocket/gpt"
REFERENCE = "reference logits"


@dataclass(frozen=True)
class Trained:
    """Pocket GPT as trained.

    `about`: command, plan, curve of (step, loss, held-out loss), head scores, a sample.
    `reference`: PyTorch's logits for `about["reference_tokens"]`, (tokens × vocabulary).
    """

    model: Pocket
    words: Tokenizer
    about: dict[str, Any]
    reference: NDArray[np.float32]


def load() -> Trained:
    """Pocket GPT from its pack; a PackError says where to get it if it is missing."""
    matrices, about = packs.load(PACK), packs.about(PACK)
    reference = matrices.pop(REFERENCE)
    weights = {name: m[0] if _is_vector(name) else m for name, m in matrices.items()}
    words = Tokenizer(tuple((left, right) for left, right in about["merges"]))
    return Trained(Pocket(Config(**about["config"]), weights), words, about, reference)


def _is_vector(name: str) -> bool:
    return name.endswith(".bias") or ".ln_" in f".{name}"
