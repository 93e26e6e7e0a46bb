"""The formulas behind the initializers: a kind and a shape to float64 values.

Element (i, j) counts from 0; a matrix has h rows and w columns. The ranged kinds give f, which the
initializer maps to its range; the random ones draw from the stream they are handed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import RandomState
    from numpy.typing import NDArray

    from mmbook.shapes import Shape

    Array: TypeAlias = NDArray[np.float64]


def _rows(shape: Shape, _: RandomState) -> Array:
    return np.broadcast_to(_steps(shape[0])[:, None], shape)


def _cols(shape: Shape, _: RandomState) -> Array:
    return np.broadcast_to(_steps(shape[1])[None, :], shape)


def _row_major(shape: Shape, _: RandomState) -> Array:
    return _steps(shape[0] * shape[1]).reshape(shape)


def _col_major(shape: Shape, _: RandomState) -> Array:
    return _steps(shape[0] * shape[1]).reshape(shape[::-1]).T


def _uniform(shape: Shape, stream: RandomState) -> Array:
    return stream.random_sample(shape)


def _gaussian(shape: Shape, stream: RandomState) -> Array:
    # Mean and deviation 1/2: the ends of the range lie one deviation from its middle.
    return 0.5 + 0.5 * stream.standard_normal(shape)


def _pt_linear(shape: Shape, stream: RandomState) -> Array:
    # PyTorch's Linear: uniform within 1/sqrt(fan-in). In x @ W the fan-in is the rows of W.
    return (2.0 * stream.random_sample(shape) - 1.0) / math.sqrt(shape[0])


def _tril(shape: Shape, _: RandomState) -> Array:
    return np.tri(*shape, dtype=np.float64)


def _triu(shape: Shape, _: RandomState) -> Array:
    return np.tri(*shape[::-1], dtype=np.float64).T


def _eye(shape: Shape, _: RandomState) -> Array:
    return np.eye(*shape)


def _diff(shape: Shape, _: RandomState) -> Array:
    # Each column holds 1 on the diagonal and -1 below it: x @ diff gives differences of neighbours.
    return np.eye(*shape) - np.eye(*shape, k=-1)


def _steps(count: int) -> Array:
    """Return 0 to 1 in equal steps; 0 alone if there is one."""
    return np.arange(count) / max(count - 1, 1)


FORMULAS: dict[str, Callable[[Shape, RandomState], Array]] = {
    "rows": _rows,
    "cols": _cols,
    "row major": _row_major,
    "col major": _col_major,
    "pt linear": _pt_linear,
    "uniform": _uniform,
    "gaussian": _gaussian,
    "tril mask": _tril,
    "triu mask": _triu,
    "eye": _eye,
    "diff": _diff,
}
RANDOM = frozenset({"uniform", "gaussian", "pt linear"})
RANGED = frozenset({"rows", "cols", "row major", "col major", "uniform", "gaussian"})
DROPPED = RANGED | {"pt linear"}
