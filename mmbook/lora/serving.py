"""Many adapters, one batch: S-LoRA's sum as a single cube with ownership bands.

Sheng et al. 2023, sections 4 to 6: `x @ W` once for all requests, and the thin products beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .adapter import Adapter

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Stack:
    """All adapters side by side: `A` (d_in × Σr), `B` (Σr × d_out), `owner` (Σr,)."""

    A: Array
    B: Array
    owner: NDArray[np.intp]

    def bands(self, requests: NDArray[np.intp]) -> Array:
        """(rows × Σr): 1 where a row of the batch owns that slice of depth, else 0."""
        owned: Array = (requests[:, None] == self.owner[None, :]).astype(np.float64)
        return owned

    def forward(self, x: Array, W: Array, requests: NDArray[np.intp]) -> Array:
        """Every row with its own adapter, in one masked product: (rows × d_out)."""
        result: Array = x @ W + ((x @ self.A) * self.bands(requests)) @ self.B
        return result


def stack(adapters: Sequence[Adapter]) -> Stack:
    """Adapters of different ranks for one weight; their scales are taken into B."""
    return Stack(
        np.hstack([a.A for a in adapters]),
        np.vstack([a.scale * a.B for a in adapters]),
        np.repeat(np.arange(len(adapters)), [a.rank for a in adapters]),
    )


def stored_numbers(d_in: int, d_out: int, ranks: Sequence[int]) -> dict[str, int]:
    """How many numbers three ways of serving keep: merged copies, shared, padded to one rank."""
    thin = d_in + d_out
    return {
        "merged": len(ranks) * d_in * d_out,
        "shared": d_in * d_out + thin * sum(ranks),
        "padded": d_in * d_out + thin * max(ranks) * len(ranks),
    }
