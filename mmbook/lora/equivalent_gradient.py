"""LoRA-Pro: move A and B so that the weight moves as nearly along its own gradient as it can.

Wang, Liang, He, Wang, Tan (arXiv 2407.18242), section 2, in row convention. The equivalent gradient
of `s A B` is g̃ = s (gA B + A gB); the best reachable one is P_A G + (I - P_A) G P_B, with P the
projections on the column space of A and the row space of B. What is left over is
(I - P_A) G (I - P_B).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .adapter import Adapter

Array = NDArray[np.float64]


def projections(adapter: Adapter) -> tuple[Array, Array]:
    """P_A (d_in × d_in) and P_B (d_out × d_out)."""
    A, B = adapter.A, adapter.B
    return A @ np.linalg.pinv(A), np.linalg.pinv(B) @ B


def equivalent(adapter: Adapter, gA: Array, gB: Array) -> Array:
    """The change of the weight that changes gA and gB make, to first order."""
    return adapter.scale * (gA @ adapter.B + adapter.A @ gB)


def best_equivalent(adapter: Adapter, G: Array) -> Array:
    """The nearest to G that any gA, gB can make."""
    P_A, P_B = projections(adapter)
    within: Array = P_A @ G
    return within + (G - within) @ P_B


def pro_gradients(adapter: Adapter, G: Array, X: Array | None = None) -> tuple[Array, Array]:
    """Changes gA (d_in × r), gB (r × d_out) that make it; `X` (r × r) is free, and does not matter.

    Without `X`, the one that keeps both nearest to their own gradients (`nearest_free_part`).
    Pseudo-inverses stand for inverses, so that a zero B is no special case.
    """
    A, B, s = adapter.A, adapter.B, adapter.scale
    free = nearest_free_part(adapter, G) if X is None else X
    P_A, _ = projections(adapter)
    gA = (G - P_A @ G) @ np.linalg.pinv(B) / s - A @ free
    gB = np.linalg.pinv(A) @ G / s + free @ B
    return gA, gB


def nearest_free_part(adapter: Adapter, G: Array) -> Array:
    """Solve AᵀA X + X BBᵀ = -(AᵀA)⁻¹ (s AᵀG) Bᵀ / s² through both eigenbases, (r × r)."""
    A, B, s = adapter.A, adapter.B, adapter.scale
    w, Q = np.linalg.eigh(A.T @ A)
    v, Z = np.linalg.eigh(B @ B.T)
    C = -np.linalg.pinv(A.T @ A) @ (A.T @ G) @ B.T / s
    sums = w[:, None] + v[None, :]
    solved: Array = Q @ ((Q.T @ C @ Z) / np.where(sums > 1e-14 * sums.max(), sums, np.inf)) @ Z.T
    return solved
