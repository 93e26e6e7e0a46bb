"""Tree to values: every matrix of a figure as float32.

A joined matrix is a copy of its parts. Products accumulate in float64, the epilog sees float64, and
each result is rounded to float32 once. So the order in which a platform sums hardly shows: CPython
and the page give the same numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mmbook.epilog import EPILOGS
from mmbook.errors import OptionError
from mmbook.expr import Join, Leaf
from mmbook.shapes import Shape, infer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mmbook.expr import Expr


def evaluate(
    tree: Expr, leaves: Mapping[str, NDArray[np.float32]], epilogs: Mapping[str, str]
) -> dict[str, NDArray[np.float32]]:
    """Return every matrix of a tree by name: leaves as given, all others made once each.

    Parameters
    ----------
    tree
        The parsed expression.
    leaves
        Two-dimensional float32 arrays, by name.
    epilogs
        Epilogs of products, by name; ``none`` where a product is not mentioned.

    Raises
    ------
    LeafError, ShapeError, ValueTooLarge
        As ``shapes.infer``, before anything is allocated.
    OptionError
        An epilog does not exist.

    """
    infer(tree, {name: _shape(values) for name, values in leaves.items()})
    results: dict[str, NDArray[np.float32]] = {}
    for node in tree.walk():
        if node.name in results:
            continue
        if isinstance(node, Leaf):
            results[node.name] = leaves[node.name]
            continue
        if isinstance(node, Join):
            parts = [results[part.name] for part in node.parts]
            results[node.name] = np.concatenate(parts, axis=1 if node.axis == "cols" else 0)
            continue
        epilog = epilogs.get(node.name, "none")
        if epilog not in EPILOGS:
            problem = "there is no such epilog"
            raise OptionError(problem, given=epilog, possible=EPILOGS, where=node.name)
        left = results[node.left.name].astype(np.float64)
        # By columns: the page's numpy has no BLAS, and its plain loop is many times faster so.
        right = results[node.right.name].astype(np.float64, order="F")
        # Infinities and NaN are results like any other; the scene counts what has no value.
        with np.errstate(all="ignore"):
            product = EPILOGS[epilog](left @ right, left.shape[1])
            results[node.name] = product.astype(np.float32)
    return results


def _shape(values: NDArray[np.float32]) -> Shape:
    rows, cols = values.shape
    return rows, cols
