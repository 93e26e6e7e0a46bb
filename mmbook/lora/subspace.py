"""How much of one subspace lies in another: Hu et al. 2021 (LoRA), section 7.2, equation 4."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def directions(M: Array, count: int) -> Array:
    """The `count` strongest directions of a matrix's rows, as orthonormal columns.

    For an adapter's A (d_in × rank) give its transpose: the directions of the input it listens to.
    """
    _, _, Vt = np.linalg.svd(M, full_matrices=False)
    kept: Array = Vt[:count].T
    return kept


def overlap(U: Array, V: Array) -> float:
    """‖UᵀV‖² / min(i, j) of orthonormal columns.

    1 where one subspace holds the other, 0 where they are orthogonal.
    """
    return float(((U.T @ V) ** 2).sum() / min(U.shape[1], V.shape[1]))


def chance(d: int, i: int, j: int) -> float:
    """Mean overlap of random subspaces of i and j out of d dimensions: max(i, j) / d."""
    return max(i, j) / d
