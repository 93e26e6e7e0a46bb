"""Epilogs: functions applied to a product before it is stored.

Each takes the product as float64 and its depth k, and returns a new float64 array. Row functions
(softmax, layernorm) work on each row by itself. A NaN, or a row that has no answer (all of it minus
infinity), gives NaN: never a number that nothing computed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

LAYERNORM_EPSILON = 1e-5

_erfc = np.frompyfunc(math.erfc, 1, 1)


def sigmoid(x: Array) -> Array:
    """Return 1/(1+e^-x), without overflow on either side."""
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


def gelu(x: Array) -> Array:
    """Return x·Φ(x) with the exact normal distribution, not the tanh fit GPT-2 uses.

    Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016. The complementary error function
    keeps the lower tail exact where 1 + erf would cancel.
    """
    return x * 0.5 * np.asarray(_erfc(-x / math.sqrt(2.0)), dtype=np.float64)


def layernorm(x: Array) -> Array:
    """Return every row shifted to mean 0 and scaled to variance 1, without gain and bias.

    Ba, Kiros and Hinton, "Layer Normalization", 2016: biased variance plus 1e-5, computed from the
    centred row so that a large mean costs no digits.
    """
    centred = x - x.mean(axis=1, keepdims=True)
    variance = (centred * centred).mean(axis=1, keepdims=True)
    return np.asarray(centred / np.sqrt(variance + LAYERNORM_EPSILON))


def softmax(x: Array) -> Array:
    """Return the softmax of every row, relative to the row's own maximum."""
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def causal_softmax(x: Array) -> Array:
    """Return the softmax of every row over its columns 0..i; the rest is exactly 0.

    Rows below the last column see all columns. What is masked takes no part, even if it is NaN.
    """
    visible = np.tri(*x.shape, dtype=np.bool_)
    seen = softmax(np.where(visible, x, -np.inf))
    return np.where(visible, seen, 0.0)


EPILOGS: dict[str, Callable[[Array, int], Array]] = {
    "none": lambda x, _: x,
    "relu": lambda x, _: np.maximum(x, 0.0),
    "gelu": lambda x, _: gelu(x),
    "sigmoid": lambda x, _: sigmoid(x),
    "silu": lambda x, _: x * sigmoid(x),
    "tanh": lambda x, _: np.tanh(x),
    "x**2": lambda x, _: x * x,
    "x/k": lambda x, depth: x / depth,
    "x/sqrt(k)": lambda x, depth: x / math.sqrt(depth),
    "layernorm": lambda x, _: layernorm(x),
    "softmax": lambda x, _: softmax(x),
    "softmax(x/sqrt(k))": lambda x, depth: softmax(x / math.sqrt(depth)),
    "softmax(tril(x/sqrt(k)))": lambda x, depth: causal_softmax(x / math.sqrt(depth)),
    "softmax(tril(x/8))": lambda x, _: causal_softmax(x / 8.0),
}
