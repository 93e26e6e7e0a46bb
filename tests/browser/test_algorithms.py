"""Every animation algorithm on a tree of three products: what a step shows is what numpy computes.

Which elements and summands a step has is written here from the definitions of the algorithms.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import mmbook as mm
from mmbook.epilog import EPILOGS

from .conftest import Visit
from .test_accumulation import SHOW, SHOWN, STEP

# P is 3 × 5, Q is 5 × 6, the root 3 × 6 and 5 deep.
SHAPES = {"A": (3, 4), "B": (4, 5), "C": (5, 2), "D": (2, 6)}
Matrix = NDArray[np.float64]
Partial = Callable[[Matrix, Matrix, int], Matrix]


def first(left: Matrix, right: Matrix, count: int, order: str) -> Matrix:
    """The first elements of a product in row-major (C) or column-major (F) order."""
    whole = left @ right
    flat = np.full(whole.size, np.nan)
    flat[:count] = whole.flatten(order)[:count]  # type: ignore[call-overload]
    return flat.reshape(whole.shape, order=order)  # type: ignore[call-overload, no-any-return]


def axpy(left: Matrix, right: Matrix, n: int) -> Matrix:
    j, k = divmod(n, left.shape[1])
    sums = first(left, right, j * len(left), "F")
    sums[:, j] = left[:, : k + 1] @ right[: k + 1, j]
    return sums


# Algorithm → the axes whose lengths multiply to its steps, and its sums at step n.
ALGORITHMS: dict[str, tuple[str, Partial]] = {
    "dotprod (row major)": ("hw", lambda a, b, n: first(a, b, n + 1, "C")),
    "dotprod (col major)": ("hw", lambda a, b, n: first(a, b, n + 1, "F")),
    "axpy": ("dw", axpy),
    "vmprod": ("h", lambda a, b, n: first(a, b, (n + 1) * b.shape[1], "C")),
    "mvprod": ("w", lambda a, b, n: first(a, b, (n + 1) * len(a), "F")),
    "vvprod": ("d", lambda a, b, n: a[:, : n + 1] @ b[: n + 1]),
}


def steps_of(axes: str, *sizes: int) -> int:
    """Return the steps of a product of h, d and w."""
    return math.prod(size for axis, size in zip("hdw", sizes, strict=True) if axis in axes)


def shown(visit: Visit, path: str) -> Matrix:
    got: dict[str, Any] = visit.page.evaluate(SHOWN, ["playground", path])
    return np.array(got["data"], dtype=np.float64).reshape(got["shape"])


@pytest.fixture(scope="module")
def figure() -> mm.Figure:
    leaves = {name: mm.gaussian(*shape, seed=n) for n, (name, shape) in enumerate(SHAPES.items())}
    epilogs = {"P": "x/sqrt(k)", "Q": "tanh", "out": "relu"}
    return mm.figure("out = (P = A @ B) @ (Q = C @ D)", **leaves, results=epilogs)


def test_a_middle_step_shows_numpys_partial_and_the_last_one_its_result(
    visit: Visit, figure: mm.Figure
) -> None:
    visit.open("playground/", figure="playground")
    for alg, (axes, partial) in ALGORITHMS.items():
        scene = figure.with_(alg=alg).scene()
        arrays = {
            name: {"shape": list(values.shape), "data": values.ravel().tolist()}
            for name, values in scene.arrays.items()
        }
        visit.page.evaluate(SHOW, ["playground", scene.to_dict(), arrays])
        a, b, c, d, p, q = (scene.arrays[name].astype(np.float64) for name in "ABCDPQ")
        inner = steps_of(axes, 3, 4, 5), steps_of(axes, 5, 2, 6)
        root = steps_of(axes, 3, 5, 6)
        # The operands go side by side, one step ends them, then the root begins.
        steps = visit.describe("playground")["animation"]["steps"]
        assert steps == max(inner) + 1 + root, alg
        for step in {0, min(inner) // 2}:
            visit.page.evaluate(STEP, ["playground", step])
            left = EPILOGS["x/sqrt(k)"](partial(a, b, step), 4)
            right = EPILOGS["tanh"](partial(c, d, step), 2)
            np.testing.assert_allclose(shown(visit, "left"), left, atol=1e-6, err_msg=alg)
            np.testing.assert_allclose(shown(visit, "right"), right, atol=1e-6, err_msg=alg)
            assert np.isnan(shown(visit, "root")).all()
        for n in {0, root // 2, root - 1}:
            visit.page.evaluate(STEP, ["playground", steps - root + n])
            expected = EPILOGS["relu"](partial(p, q, n), 5)
            np.testing.assert_allclose(shown(visit, "root"), expected, atol=1e-6, err_msg=alg)
            np.testing.assert_array_equal(shown(visit, "left"), scene.arrays["P"])
            np.testing.assert_array_equal(shown(visit, "right"), scene.arrays["Q"])
        visit.page.evaluate(STEP, ["playground", steps])
        product = np.maximum(p @ q, 0)
        np.testing.assert_allclose(shown(visit, "root"), product, atol=1e-6, err_msg=alg)
