"""Intrinsic dimension: how few numbers, along random directions, still solve a problem.

Li et al. 2018, section 2: θ = θ0 + P z, where P (D × d) is random and fixed and only z is trained.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import OptionError

Array = NDArray[np.float64]


def random_subspace(D: int, d: int, seed: int) -> Array:
    """P with orthonormal columns, (D × d)."""
    if not 1 <= d <= D:
        raise OptionError(
            f"a subspace of {D} dimensions cannot have this many", given=d, possible=f"1 to {D}"
        )
    P, _ = np.linalg.qr(np.random.RandomState(seed).randn(D, d))
    return P


def residual(X: Array, y: Array, P: Array) -> float:
    """Least ‖X P z - y‖ / ‖y‖ over z: the loss that training inside the subspace can reach.

    X is (equations × D), y (equations,). From d = rank(X) on it is 0, however P was drawn.
    """
    M = X @ P
    z, *_ = np.linalg.lstsq(M, y, rcond=None)
    return float(np.linalg.norm(M @ z - y) / np.linalg.norm(y))
