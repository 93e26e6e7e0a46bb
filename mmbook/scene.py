"""A figure once evaluated, as the viewer takes it: tree, labels, ranges, values and words.

Its JSON is written in ``schema/scene.schema.json``. The viewer parses no expression and multiplies
nothing on the CPU: whatever it needs to know about the figure is here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.code import python
from mmbook.description import describe
from mmbook.expr import Leaf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mmbook.expr import Expr
    from mmbook.figure import Figure

VERSION = 1


@dataclass(frozen=True, eq=False)
class Scene:
    """One evaluated figure.

    ``tree`` and ``ranges`` are as the schema writes them; ``arrays`` holds every matrix by name,
    read-only float32; ``python`` is source that makes the figure, ``description`` says what it
    shows.
    """

    figure: Figure
    tree: dict[str, Any]
    ranges: dict[str, dict[str, Any]]
    arrays: Mapping[str, NDArray[np.float32]]
    python: str
    description: str

    def to_dict(self, pack: str | None = None) -> dict[str, Any]:
        """Return what ``to_json`` writes, as dicts and lists."""
        record = {
            "mm": VERSION,
            "figure": self.figure.to_dict(),
            "tree": self.tree,
            "ranges": self.ranges,
            "python": self.python,
            "description": self.description,
        }
        return record if pack is None else {**record, "pack": pack}

    def to_json(self, pack: str | None = None) -> str:
        """Return the scene as JSON; ``pack`` names the file that holds the values, if one does."""
        return json.dumps(
            self.to_dict(pack), ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )


def evaluated(figure: Figure) -> Scene:
    """Return the scene of a figure."""
    arrays = figure.evaluate()
    ranges = {name: value_range(values) for name, values in arrays.items()}
    return Scene(
        figure=figure,
        tree=_node(figure.tree, figure),
        ranges=ranges,
        arrays=arrays,
        python=python(figure),
        description=describe(figure, ranges),
    )


def value_range(values: NDArray[np.float32]) -> dict[str, Any]:
    """Return what values span: least and greatest, least and greatest magnitude, NaN counted.

    Infinities are neither missing nor part of a span; without a finite value the span is null.
    """
    finite = values[np.isfinite(values)]
    missing = int(np.isnan(values).sum())
    if not finite.size:
        return {"min": None, "max": None, "smallest": None, "largest": None, "missing": missing}
    sizes = np.abs(finite)
    return {
        "min": float(finite.min()),
        "max": float(finite.max()),
        "smallest": float(sizes.min()),
        "largest": float(sizes.max()),
        "missing": missing,
    }


def _node(node: Expr, figure: Figure) -> dict[str, Any]:
    """Return the tree, with labels flowing up: rows from the left operand, columns from the right.

    What was said of a matrix itself goes before what flows into it.
    """
    labels = figure.labels.get(node.name, {})
    record: dict[str, Any] = {
        "name": node.name,
        "role": "leaf",
        "shape": [*figure.shapes[node.name]],
    }
    own = {side: list(labels[side]) for side in ("rows", "cols") if side in labels}
    if isinstance(node, Leaf):
        return record | own
    left, right = _node(node.left, figure), _node(node.right, figure)
    inherited = {
        side: operand[side]
        for side, operand in (("rows", left), ("cols", right))
        if side in operand
    }
    epilog = figure.results.get(node.name, {}).get("epilog", "none")
    record["role"] = "result"
    if epilog != "none":
        record["epilog"] = epilog
    return record | inherited | own | {"left": left, "right": right}
