"""Approximations of a matrix by a thin product: pseudo-inverse, SVD, sampled and chosen columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mmbook.errors import OptionError

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


def truncate(M: Array, rank: int) -> tuple[Array, Array]:
    """The best product `L @ R` of that rank (Eckart and Young 1936): (n × rank), (rank × m)."""
    _check_depth(M, rank)
    U, S, Vt = np.linalg.svd(M, full_matrices=False)
    return U[:, :rank] * S[:rank], Vt[:rank]


def fit_right(A: Array, M: Array) -> Array:
    """The B that makes `A @ B` nearest to M: A⁺ M (Penrose 1955)."""
    return np.linalg.pinv(A) @ M


@dataclass(frozen=True)
class Sample:
    """Some of the k-slices of `X @ Y`, each to be multiplied by its `weights` entry."""

    indices: Indices
    weights: Array

    def product(self, X: Array, Y: Array) -> Array:
        """The estimate of `X @ Y` from these slices."""
        estimate: Array = (X[:, self.indices] * self.weights) @ Y[self.indices]
        return estimate


def slice_norms(X: Array, Y: Array) -> Array:
    """Norm of every outer product x_k y_k: column norm times row norm, (K,)."""
    norms: Array = np.linalg.norm(X, axis=0) * np.linalg.norm(Y, axis=1)
    return norms


def best_probabilities(X: Array, Y: Array) -> Array:
    """Proportional to the slices' norms: the least variance (Drineas, Kannan, Mahoney 2006)."""
    a = slice_norms(X, Y)
    probabilities: Array = a / a.sum()
    return probabilities


def draw(
    probabilities: Array, count: int, rng: np.random.RandomState | np.random.Generator
) -> Sample:
    """`count` slices drawn with replacement, weighted 1 / (count p), so that the mean is exact."""
    indices = rng.choice(probabilities.size, count, p=probabilities)
    return Sample(indices, 1 / (count * probabilities[indices]))


def expected_error(X: Array, Y: Array, probabilities: Array, count: int) -> float:
    """Mean of ‖estimate - X @ Y‖², in closed form.

    Slices of norm 0 may have probability 0; with any other of probability 0 there is no such mean.
    """
    a = slice_norms(X, Y)
    kept = a > 0
    if np.any(probabilities[kept] <= 0):
        raise OptionError(
            "a slice that is not zero is never drawn, so the mean is not the product",
            given=f"probability {probabilities[kept].min():g}",
            possible="above 0 for every slice that is not zero",
        )
    squares = (a[kept] ** 2 / probabilities[kept]).sum()
    return float((squares - np.linalg.norm(X @ Y) ** 2) / count)


def interpolate(M: Array, rank: int) -> tuple[Indices, Array]:
    """Chosen columns S and Z (rank × m) with `M ≈ M[:, S] @ Z` and Z[:, S] the identity.

    By column-pivoted QR (Cheng, Gimbutas, Martinsson, Rokhlin 2005).
    """
    _check_depth(M, rank)
    R = M.astype(np.float64, copy=True)
    order = np.arange(M.shape[1])
    basis = np.zeros((M.shape[0], rank))
    nothing = max(M.shape) * np.finfo(np.float64).eps * np.linalg.norm(M)
    for step in range(rank):
        left = np.linalg.norm(R[:, order[step:]], axis=0)
        if left.max() <= nothing:
            raise OptionError(
                f"the matrix has rank {step}: no further column adds anything", given=rank
            )
        pick = step + int(left.argmax())
        order[[step, pick]] = order[[pick, step]]
        q = R[:, order[step]]
        # A second pass against the basis keeps it orthogonal to rounding.
        q = q - basis[:, :step] @ (basis[:, :step].T @ q)
        basis[:, step] = q / np.linalg.norm(q)
        R -= np.outer(basis[:, step], basis[:, step] @ R)
    chosen = order[:rank]
    T = basis.T @ M
    Z: Array = np.linalg.solve(T[:, chosen], T).astype(np.float64)
    Z[:, chosen] = np.eye(rank)
    return chosen, Z


def _check_depth(M: Array, rank: int) -> None:
    if not 1 <= rank <= min(M.shape):
        raise OptionError(
            f"a product for a {M.shape[0]} × {M.shape[1]} matrix cannot have this depth",
            given=rank,
            possible=f"1 to {min(M.shape)}",
        )
