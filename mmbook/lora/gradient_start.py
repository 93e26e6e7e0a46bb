"""LoRA-GA: start the adapter where its first step is closest to the full gradient's.

Wang, Yu, Li 2024, sections 3.1 to 3.3. One step changes `s A B` by -lr s² (A Aᵀ G + G Bᵀ B), up to
lr². With G = U S Vᵀ, rows of Vᵀ for B and other columns of U for A make that the best
approximation of rank 2r there is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import OptionError

from .adapter import Adapter, check_rank

Array = NDArray[np.float64]


def gradient_start(
    G: Array,
    rank: int,
    *,
    scale: float = 1.0,
    zeta: float = 1.0,
    for_A: Sequence[int] | None = None,
    for_B: Sequence[int] | None = None,
) -> Adapter:
    """The adapter for gradient `G` (d_in × d_out); `zeta` is the share of G its step should make.

    `for_A`, `for_B`: which singular directions each takes. By default B has the first `rank`, A the
    next, as in the paper, where B is the factor on the output's side.
    The base weight has to give up `delta()`, so that the start changes nothing: `W - delta()`.
    """
    check_rank(rank, *G.shape)
    if (for_A is None or for_B is None) and 2 * rank > min(G.shape):
        raise OptionError(
            f"the start takes 2 × {rank} directions of a gradient that has {min(G.shape)}",
            given=rank,
            possible=f"1 to {min(G.shape) // 2}",
        )
    # In the paper's orientation: the signs of singular vectors are free, and what u_i and v_(r+i)
    # make together depends on them.
    U, _, Vt = np.linalg.svd(G.T, full_matrices=False)
    c = np.sqrt(zeta) / scale
    left = list(for_A) if for_A is not None else list(range(rank, 2 * rank))
    right = list(for_B) if for_B is not None else list(range(rank))
    return Adapter(c * Vt[left].T, c * U[:, right].T, scale)


def first_step(adapter: Adapter, G: Array) -> Array:
    """What one gradient step does to the weight, divided by -lr, as lr goes to 0."""
    A, B = adapter.A, adapter.B
    step: Array = adapter.scale**2 * (A @ (A.T @ G) + (G @ B.T) @ B)
    return step


def tail(G: Array, rank: int) -> float:
    """Norm of G beyond its first `rank` singular values: no matrix of that rank comes closer."""
    return float(np.sqrt((np.linalg.svd(G, compute_uv=False)[rank:] ** 2).sum()))


def stable_scale(d_out: int, gamma: float = 16.0) -> float:
    """The factor by which the authors' code lengthens A and B each: d_out^(1/4) / √γ."""
    return float(d_out**0.25 / np.sqrt(gamma))
