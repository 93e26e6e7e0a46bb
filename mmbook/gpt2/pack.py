"""What a head's pack is called and what it holds; its writer and its reader agree here."""

from __future__ import annotations

__all__ = ["EPILOG", "EXPRESSION", "MATRICES", "pack_name"]

EXPRESSION = "out = (attn = (Q = x @ wQ) @ (K_t = wK_t @ x_t)) @ (V = x @ wV) @ wO"
EPILOG = "softmax(tril(x/sqrt(k)))"
MATRICES = ("x", "wQ", "wK_t", "wV", "wO")
"""The entries from which everything is computed; ``x_t`` is ``x`` transposed and not stored."""


def pack_name(layer: int, head: int) -> str:
    """Return the name of a head's pack: ``gpt2/head-05-04``."""
    return f"gpt2/head-{layer:02d}-{head:02d}"
