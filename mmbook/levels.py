"""Matrices whose values are levels times a scale, such as quantized weights: drawn by level.

Elements of a block share a scale, which is the largest magnitude in it. Levels therefore run from
-1 or to 1, and the values alone say what level each element stands on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.errors import OptionError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mmbook.shapes import Shape

CODEBOOKS = ("nf4",)
"""Levels that have a name."""

TOLERANCE = 1e-3
"""How far a value may lie from its level, in scales: float16 and 8-bit scales are finer."""


def read(levels: Any) -> dict[str, dict[str, Any]]:
    """Return the levels by matrix as a figure's JSON has them.

    A matrix has a codebook (``"nf4"``, or the levels themselves), or a mapping of ``values`` and
    ``block``: how many consecutive elements, row after row, share a scale. Without it all do.

    Raises
    ------
    OptionError

    """
    if not isinstance(levels, Mapping):
        problem = "levels map names of matrices to codebooks"
        raise OptionError(problem, given=type(levels).__name__, possible="a dict")
    return {str(name): _levels(str(name), given) for name, given in levels.items()}


def fitting(levels: Mapping[str, Any], shapes: Mapping[str, Shape]) -> None:
    """Check that the blocks fill the matrices: a part of a row each, or whole rows.

    Raises
    ------
    OptionError

    """
    for name, given in levels.items():
        rows, cols = shapes[name]
        block = given.get("block", rows * cols)
        parts = block <= cols and cols % block == 0
        whole = block % cols == 0 and rows % (block // cols) == 0
        if not (parts or whole):
            raise OptionError(
                f"blocks of {block} do not lie evenly in the rows of {name}",
                given=f"{rows} × {cols}",
                possible="a part of a row that fills it, or whole rows that fill the matrix",
            )


def check(name: str, values: NDArray[np.float32], given: Mapping[str, Any]) -> None:
    """Check that every value stands on a level of its block.

    Raises
    ------
    OptionError

    """
    levels = np.array(given["values"])
    blocks = values.astype(np.float64).reshape(-1, given.get("block", values.size))
    scales = np.nanmax(np.abs(blocks), axis=1, initial=0.0, keepdims=True)
    units = blocks / np.where(scales > 0, scales, 1.0)
    places = np.clip(np.searchsorted(levels, units), 1, len(levels) - 1)
    nearest = np.minimum(np.abs(levels[places] - units), np.abs(levels[places - 1] - units))
    # A value that is none has no level either.
    away = float(np.nanmax(nearest, initial=0.0))
    if away > TOLERANCE:
        raise OptionError(
            f"{name} has values that stand on no level",
            given=f"{away:.3g} of its block's largest magnitude away from the nearest",
            remedy="Give quantized values, the levels they came from, and the block",
            where="levels",
        )


def spoken(levels: Mapping[str, Any], called: Mapping[str, str]) -> list[str]:
    """Return a sentence for every matrix; ``called`` maps names to what readers know them by."""
    sentences = []
    for name, given in levels.items():
        block = f"every block of {given['block']}" if "block" in given else "the whole"
        sentences.append(
            f"{called[name]} is drawn in one colour for each of its {len(given['values'])} levels, "
            f"beside it the scale of {block}."
        )
    return sentences


def _levels(name: str, given: Any) -> dict[str, Any]:
    options = dict(given) if isinstance(given, Mapping) else {"values": given}
    if unknown := options.keys() - {"values", "block"}:
        problem = "levels have no such option"
        raise OptionError(problem, given=min(unknown), possible=("values", "block"), where=name)
    values = options.get("values")
    if isinstance(values, str):
        values = _codebook(values, name)
    if not isinstance(values, Sequence | np.ndarray):
        possible = (*CODEBOOKS, "a list of levels")
        raise OptionError("these are no levels", given=repr(values), possible=possible, where=name)
    levels = [float(value) for value in values]
    if not 2 <= len(levels) <= 16 or levels != sorted(set(levels)):
        problem = "levels are 2 to 16 different numbers in ascending order"
        raise OptionError(problem, given=str(levels), where=name)
    if max(abs(levels[0]), abs(levels[-1])) != 1:
        problem = "the largest level is the scale itself"
        given = f"{levels[0]:g} to {levels[-1]:g}"
        raise OptionError(problem, given=given, possible="levels from -1 or to 1", where=name)
    block = options.get("block")
    return {"values": levels} if block is None else {"values": levels, "block": int(block)}


def _codebook(text: str, where: str) -> list[float]:
    if text.lower() != "nf4":
        raise OptionError("no codebook", given=text, possible=CODEBOOKS, where=where)
    from mmbook.lora.quantize import nf4_codebook  # the core needs no laboratory

    return [float(level) for level in nf4_codebook()]
