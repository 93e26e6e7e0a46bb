"""What a head does, in a few numbers: where its attention goes, and how many directions it uses.

All functions compute in float64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Vector = NDArray[np.float64]

__all__ = [
    "channel_share",
    "effective_rank",
    "energy_share",
    "mass_on_band",
    "mass_on_first",
    "row_entropy",
    "spectrum",
    "uniform_band",
    "uniform_entropy",
]


def mass_on_first(attention: ArrayLike) -> Vector:
    """Return, for each row, the attention weight of the first token.

    Row 0 of causal attention sees nothing else: its mass is always 1. Attention that is spread
    evenly over the tokens seen so far would give 1/(i + 1) in row i.
    """
    return np.asarray(attention, np.float64)[:, 0]


def mass_on_band(attention: ArrayLike, width: int = 1) -> Vector:
    """Return, for each row i, the attention weight of the columns i - width + 1 to i.

    A width of 1 is the diagonal: what a token gives to itself. Columns left of the matrix count
    as 0; :func:`uniform_band` is what even attention would give.
    """
    weights = np.asarray(attention, np.float64)
    i, j = np.indices(weights.shape)
    return np.asarray(np.where((j <= i) & (j > i - width), weights, 0.0).sum(axis=1))


def uniform_band(rows: int, width: int = 1) -> Vector:
    """Return the mass on the band if every token spread its attention evenly over its prefix."""
    seen = np.arange(1, rows + 1)
    return np.asarray(np.minimum(width, seen) / seen)


def row_entropy(attention: ArrayLike) -> Vector:
    """Return each row's Shannon entropy in bits; a weight of 0 contributes 0.

    2 to this power is the number of tokens over which even attention would be as spread out.
    """
    weights = np.asarray(attention, np.float64)
    logarithms = np.log2(weights, where=weights > 0, out=np.zeros_like(weights))
    return np.asarray(np.abs((weights * logarithms).sum(axis=1)))


def uniform_entropy(rows: int) -> Vector:
    """Return the most bits each row of causal attention can have: log2(i + 1) in row i."""
    return np.asarray(np.log2(np.arange(1, rows + 1)))


def spectrum(matrix: ArrayLike) -> Vector:
    """Return the singular values, largest first: min(rows, columns) of them."""
    return np.linalg.svd(np.asarray(matrix, np.float64), compute_uv=False)


def energy_share(matrix: ArrayLike) -> Vector:
    """Return the share of the squared sum that the best rank-1, 2, 3, … approximation keeps.

    Eckart and Young, 1936: the sum of the first r squared singular values over that of all.
    A matrix of zeros has no shares: NaN.
    """
    return _shares(spectrum(matrix) ** 2)


def channel_share(matrix: ArrayLike) -> Vector:
    """Return the share of the squared sum that the strongest 1, 2, 3, … columns hold.

    Never above :func:`energy_share`: single columns are one choice of directions among all.
    """
    squares = (np.asarray(matrix, np.float64) ** 2).sum(axis=0)
    return _shares(np.sort(squares)[::-1])


def effective_rank(matrix: ArrayLike) -> float:
    """Return the exponential of the entropy of the singular values, scaled to sum to 1.

    Roy and Vetterli, 2007: between 1 and the rank, which it reaches when all non-zero singular
    values are equal. A matrix of zeros has none: NaN.
    """
    values = spectrum(matrix)
    values = values[values > 0]
    if not len(values):
        return float("nan")
    share = values / values.sum()
    return float(np.exp(-(share * np.log(share)).sum()))


def _shares(squares: Vector) -> Vector:
    total = squares.sum()
    return np.cumsum(squares) / total if total > 0 else np.full(len(squares), np.nan)
