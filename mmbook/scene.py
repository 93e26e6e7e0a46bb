"""A figure once evaluated, as the viewer takes it: tree, labels, ranges, values and words.

Its JSON is written in ``schema/scene.schema.json``. The viewer parses no expression and multiplies
nothing on the CPU: whatever it needs to know about the figure is here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook.code import program
from mmbook.description import describe
from mmbook.expr import Join, Leaf
from mmbook.levels import check
from mmbook.titles import titles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mmbook.expr import Expr, Product
    from mmbook.figure import Figure

VERSION = 1


@dataclass(frozen=True, eq=False)
class Scene:
    """One evaluated figure.

    ``tree`` and ``ranges`` are as the schema writes them; ``arrays`` holds every matrix by name,
    read-only float32; ``python`` is a program that makes the figure, ``description`` says what it
    shows.
    """

    figure: Figure
    tree: dict[str, Any]
    ranges: dict[str, dict[str, Any]]
    arrays: Mapping[str, NDArray[np.float32]]
    python: str
    description: str

    @property
    def titles(self) -> dict[str, str]:
        """What every matrix is called in the picture, by name."""
        return titles(self.figure.tree, self.figure.labels)

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
    for name, given in figure.levels.items():
        check(name, arrays[name], given)
    ranges = {name: value_range(values) for name, values in arrays.items()}
    return Scene(
        figure=figure,
        tree=_Record(figure).node(figure.tree),
        ranges=ranges,
        arrays=arrays,
        python=program(figure),
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


class _Record:
    """Writes the tree, with labels flowing up: what was said of a matrix itself goes first."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.titles = titles(figure.tree, figure.labels)

    def node(self, node: Expr) -> dict[str, Any]:
        labels = self.figure.labels.get(node.name, {})
        record: dict[str, Any] = {
            "name": node.name,
            "role": "leaf",
            "shape": [*self.figure.shapes[node.name]],
        }
        if self.titles[node.name] != node.name:
            record["title"] = self.titles[node.name]
        own = {side: list(labels[side]) for side in ("rows", "cols") if side in labels}
        if isinstance(node, Leaf):
            return record | own
        made = self.join(node) if isinstance(node, Join) else self.result(node)
        return record | made | own

    def result(self, node: Product) -> dict[str, Any]:
        """Return what a product adds: rows labelled as the left, columns as the right operand."""
        left, right = self.node(node.left), self.node(node.right)
        record: dict[str, Any] = {"role": "result", "left": left, "right": right}
        epilog = self.figure.results.get(node.name, {}).get("epilog", "none")
        if epilog != "none":
            record["epilog"] = epilog
        if "rows" in left:
            record["rows"] = left["rows"]
        if "cols" in right:
            record["cols"] = right["cols"]
        return record

    def join(self, node: Join) -> dict[str, Any]:
        """Return what a joined matrix adds to its record.

        Along the axis that adds up, labels follow each other, blank for a part without any; the
        other ones are those of the first part that has some.
        """
        parts = [self.node(part) for part in node.parts]
        record: dict[str, Any] = {"role": "join", "axis": node.axis, "parts": parts}
        along, across, size = ("cols", "rows", 1) if node.axis == "cols" else ("rows", "cols", 0)
        if any(along in part for part in parts):
            blanks = [part.get(along, [""] * part["shape"][size]) for part in parts]
            record[along] = [label for labels in blanks for label in labels]
        labelled = [part[across] for part in parts if across in part]
        return {**record, across: labelled[0]} if labelled else record
