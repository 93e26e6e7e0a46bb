"""One head of pocket GPT with its trained adapters beside the frozen weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mmbook import pocket
from mmbook.errors import OptionError
from mmbook.init import Init
from mmbook.matrix import matrix

from . import trained

Array = NDArray[np.float64]

TEXT = "for name in names:\n    if name in seen:\n        return False\n    seen.add(name)\n"
"""A few lines of source code, which neither the base nor the adapters saw."""

EXPRESSION = (
    "out = (attn = (Q = [x | u = x @ a] @ [wQ ; bQ])"
    " @ (K_t = [wK_t | bK_t] @ [x_t ; u_t = a_t @ x_t])) @ (V = [x | u = x @ a] @ [wV ; bV])"
    " @ (W = [I | aO] @ [wO ; bO])"
)
EPILOG = "softmax(tril(x/sqrt(k)))"


@dataclass(frozen=True, eq=False)
class AdaptedHead(Mapping[str, Init]):
    """The matrices of one head by name.

    `x` is tokens × 129: the layer's normed input in the adapted decoder, and a column of ones for
    the biases, which are the last rows of `wQ`, `wV` (129 × 32) and the last column of `wK_t`
    (32 × 129). `a` (129 × rank) is the adapter's A, `bQ`, `bV` (rank × 32) and `bK_t` (32 × rank)
    are its B with the scale in it; the same transposed are `x_t` and `a_t`. `wO` (32 × 128) and its
    `aO` (32 × rank), `bO` (rank × 128) are the head's share of the output matrix; with the identity
    `I` (32 × 32) beside it, `[I | aO] @ [wO ; bO]` is the merged weight.
    """

    name: str
    layer: int
    head: int
    tokens: tuple[str, ...]
    attention: Array = field(repr=False)
    """What the whole decoder computes for this head: tokens × tokens."""
    matrices: Mapping[str, Init] = field(repr=False)

    def __getitem__(self, name: str) -> Init:
        return self.matrices[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.matrices)

    def __len__(self) -> int:
        return len(self.matrices)


def adapted_head(layer: int = 2, head: int = 0, name: str = "lora-8") -> AdaptedHead:
    """The head of a layer, both counted from 0, with the adapter that a recipe trained."""
    model = trained.adapted(name)
    config = model.config
    if not (0 <= layer < config.layers and 0 <= head < config.heads):
        raise OptionError(
            "pocket GPT has no such head",
            given=f"layer {layer}, head {head}",
            possible=f"layers 0 to {config.layers - 1}, heads 0 to {config.heads - 1}",
        )
    words = pocket.load().words
    numbers = words.encode(TEXT)
    tokens = tuple(words.decode([number]) for number in numbers)
    ones = np.ones((len(numbers), 1))
    x = np.concatenate([model.normed_input(layer, numbers).astype(float), ones], axis=1)
    into, out = f"h.{layer}.attn.c_attn", f"h.{layer}.attn.c_proj"
    inner, outer = trained.adapter(name, into), trained.adapter(name, out)
    W, bias = trained.frozen(name, into), model.weights[f"{into}.bias"]
    size, width = config.width // config.heads, config.width
    W = np.concatenate([W, bias[None, :].astype(float)])
    a = np.concatenate([inner.A, np.zeros((1, inner.rank))])
    own = slice(head * size, (head + 1) * size)
    wQ, wK, wV = (W[:, n * width : (n + 1) * width][:, own] for n in range(3))
    bQ, bK, bV = (inner.scale * inner.B[:, n * width : (n + 1) * width][:, own] for n in range(3))
    labels = list(tokens)
    matrices = {
        "x": matrix(x, rows=labels),
        "x_t": matrix(x.T, cols=labels),
        **{name: matrix(values) for name, values in {
            "wQ": wQ, "wK_t": wK.T, "wV": wV, "a": a, "a_t": a.T,
            "bQ": bQ, "bK_t": bK.T, "bV": bV,
            "I": np.eye(size), "wO": trained.frozen(name, out)[own],
            "aO": outer.A[own], "bO": outer.scale * outer.B,
        }.items()},
    }  # fmt: skip
    attention = model.attentions(numbers)[layer, head].astype(float)
    return AdaptedHead(name, layer, head, tokens, attention, matrices)
