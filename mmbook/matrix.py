"""Given values: an array or nested lists as a matrix of a figure, with what its sides stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.errors import LeafError
from mmbook.init import Init
from mmbook.shapes import checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def matrix(
    array: Any, *, rows: Sequence[object] | None = None, cols: Sequence[object] | None = None
) -> Init:
    """Return given values as a matrix of a figure.

    Parameters
    ----------
    array
        Two-dimensional real numbers: nested lists, a numpy array, or anything that becomes one.
        They are copied and rounded to float32. NaN stands for an element without a value.
    rows, cols
        What each row and each column stands for: one text each.

    Raises
    ------
    LeafError
        The values are no matrix of real numbers, or the labels do not match its sides.
    ValueTooLarge

    """
    values = _values(array)
    labels = tuple(
        _labels(given, size, side)
        for given, size, side in zip((rows, cols), values.shape, ("rows", "columns"), strict=True)
    )
    height, width = values.shape
    return Init("data", (height, width), array=values, rows=labels[0], cols=labels[1])


def coerce(name: str, value: Any) -> Init:
    """Return what was given for a matrix as an initializer; errors name the matrix."""
    if isinstance(value, Init):
        return value
    try:
        return matrix(value)
    except LeafError as error:
        error.where = name
        raise


def _values(array: Any) -> NDArray[np.float32]:
    try:
        values = np.asarray(array)
    except (ValueError, TypeError) as error:
        remedy = "Give every row the same number of values"
        raise LeafError("the values do not form a matrix", given=array, remedy=remedy) from error
    if values.dtype.kind not in "biuf":
        problem = "a matrix is made of real numbers"
        given = f"a {type(array).__name__} of {values.dtype}"
        remedy = (
            "Give an array, nested lists, matrix(...), or an initializer such as gaussian(4, 4)"
        )
        raise LeafError(problem, given=given, remedy=remedy)
    if values.ndim == 1:
        remedy = "Write [[1, 2, 3]] for one row, or [[1], [2], [3]] for one column"
        given = f"{len(values)} values in one dimension"
        raise LeafError("a matrix has two dimensions", given=given, remedy=remedy)
    if values.ndim != 2 or 0 in values.shape:
        given = f"shape {values.shape}"
        raise LeafError("a matrix has two dimensions, each of at least 1", given=given)
    checked(*values.shape)
    with np.errstate(over="ignore"):
        result = np.array(values, dtype=np.float32, order="C")
    if np.any(np.isinf(result) & np.isfinite(values)):
        largest = float(np.finfo(np.float32).max)
        problem = "a value is beyond the range of float32"
        raise LeafError(problem, given=float(np.abs(values).max()), possible=f"up to {largest:.3g}")
    result.setflags(write=False)
    return result


def _labels(given: Sequence[object] | None, size: int, side: str) -> tuple[str, ...] | None:
    if given is None:
        return None
    if isinstance(given, str) or len(given) != size:
        found = repr(given) if isinstance(given, str) else f"{len(given)} labels"
        raise LeafError(
            f"{size} {side} take {size} labels", given=found, remedy="Give one for each"
        )
    return tuple(map(str, given))
