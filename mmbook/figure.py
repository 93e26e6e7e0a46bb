"""The one value everything is made of: an expression, its matrices and what differs from defaults.

A fence, a reader's cell and a link all make a ``Figure``; the build evaluates it, the viewer draws
it. Its JSON is written in ``schema/figure.schema.json``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mmbook import evaluate as evaluation
from mmbook import highlight, levels
from mmbook.errors import FigureError, OptionError
from mmbook.expr import Product, parse
from mmbook.keywords import sort
from mmbook.nested import frozen, laid_over, thawed
from mmbook.record import read
from mmbook.scene import Scene, evaluated
from mmbook.shapes import infer, spelled
from mmbook.titles import remaining

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from mmbook.expr import Expr
    from mmbook.init import Init
    from mmbook.notebook.widget import FigureWidget
    from mmbook.shapes import Shape

VERSION = 1
_GROUPS = (
    "results",
    "labels",
    "title",
    "alt",
    "layout",
    "look",
    "marks",
    "animation",
    "camera",
    "highlights",
    "merges",
    "levels",
)


@dataclass(frozen=True, eq=False, repr=False)
class Figure:
    """One figure: immutable, equal by value. Made by ``figure`` or ``Figure.from_json``.

    ``expr`` is kept in the form the parser prints. ``leaves`` holds an ``Init`` for every given
    matrix; the other fields hold only what was given explicitly. ``tree`` and ``shapes`` follow.
    """

    expr: str
    leaves: Mapping[str, Init]
    results: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    alt: str = ""
    layout: Mapping[str, Any] = field(default_factory=dict)
    look: Mapping[str, Any] = field(default_factory=dict)
    marks: Mapping[str, Any] = field(default_factory=dict)
    animation: Mapping[str, Any] = field(default_factory=dict)
    camera: Mapping[str, Any] = field(default_factory=dict)
    highlights: Mapping[str, Any] = field(default_factory=dict)
    merges: Mapping[str, Any] = field(default_factory=dict)
    levels: Mapping[str, Any] = field(default_factory=dict)
    tree: Expr = field(init=False)
    shapes: Mapping[str, Shape] = field(init=False)

    def __post_init__(self) -> None:
        tree = parse(self.expr)
        shapes = infer(tree, {name: leaf.shape for name, leaf in self.leaves.items()}, self.expr)
        names = [node.name for node in tree.walk()]
        products = [node.name for node in tree.walk() if isinstance(node, Product)]
        _known("leaves", self.leaves, set(names) - set(products))
        _known("results", self.results, set(products))
        _known("labels", self.labels, set(names))
        _known("merges", self.merges, set(names))
        _known("levels", self.levels, set(self.leaves))
        levels.fitting(self.levels, shapes)
        _fitting(self.labels, shapes)
        highlight.fitting(self.highlights, shapes)
        # A figure is a value: nothing in it may change under those who share it.
        put = object.__setattr__
        put(self, "expr", tree.text())
        put(self, "tree", tree)
        put(self, "shapes", MappingProxyType(shapes))
        for group in ("leaves", "results", "labels"):
            members = getattr(self, group)
            put(self, group, {name: members[name] for name in shapes if name in members})
        for group in ("leaves", *_GROUPS):
            put(self, group, frozen(getattr(self, group)))

    @classmethod
    def from_json(
        cls, text: str | bytes | Mapping[str, Any], arrays: Mapping[str, ArrayLike] | None = None
    ) -> Figure:
        """Return the figure that JSON describes.

        Parameters
        ----------
        text
            The JSON, or what it parses to.
        arrays
            The values of the leaves whose ``init`` is ``data``, by name.

        Raises
        ------
        FigureError
            The JSON does not follow the schema, or values are missing or are others than those
            the figure was made with; ``where`` is the path inside the JSON.
        MmError
            The figure itself is wrong, as ``figure`` raises it.

        """
        return cls(**read(text, arrays or {}))

    def to_dict(self) -> dict[str, Any]:
        """Return what ``to_json`` writes, as dicts and lists."""
        record: dict[str, Any] = {"mm": VERSION, "expr": self.expr}
        record["leaves"] = {name: leaf.to_dict() for name, leaf in self.leaves.items()}
        given = {name: thawed(getattr(self, name)) for name in _GROUPS}
        return record | {name: value for name, value in given.items() if value}

    def to_json(self) -> str:
        """Return the figure as JSON, without the values of given matrices: see ``arrays``."""
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    @property
    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The values that travel beside the JSON: those of the leaves that were given as data."""
        leaves = self.leaves.items()
        return {name: leaf.array for name, leaf in leaves if leaf.array is not None}

    def evaluate(self) -> dict[str, NDArray[np.float32]]:
        """Return every matrix by name, leaves and products, as read-only float32 arrays."""
        return dict(self._values)

    @cached_property
    def _values(self) -> dict[str, NDArray[np.float32]]:
        leaves = {name: leaf.values(name) for name, leaf in self.leaves.items()}
        epilogs = {name: options.get("epilog", "none") for name, options in self.results.items()}
        values = evaluation.evaluate(self.tree, leaves, epilogs)
        for array in values.values():
            array.setflags(write=False)
        return values

    def scene(self) -> Scene:
        """Return the evaluated figure as the viewer takes it."""
        return evaluated(self)

    def save(self, path: str | Path) -> None:
        """Write the figure to a file.

        ``.json`` holds the figure; the values of given matrices go to an ``.npz`` of the same name
        beside it. ``.npz`` holds the values of every matrix.

        Raises
        ------
        OptionError
            The path ends in something else.
        PackError

        """
        from mmbook.pack import write_pack  # most figures are never saved

        path = Path(path)
        if path.suffix == ".npz":
            write_pack(path, self.evaluate())
        elif path.suffix == ".json":
            path.write_text(f"{self.to_json()}\n", encoding="utf-8")
            if self.arrays:
                write_pack(path.with_suffix(".npz"), self.arrays)
        else:
            problem = "the ending of a file says what is saved"
            raise OptionError(problem, given=path.name, possible=".json (figure), .npz (values)")

    def with_(self, expr: str | None = None, /, **changes: Any) -> Figure:
        """Return a figure with some things changed, by the keywords of ``figure``.

        Options are laid over those there are. With another expression, what belongs to matrices
        that no longer occur is dropped.
        """
        tree = self.tree if expr is None else parse(expr)
        new = sort(tree, changes, self.leaves)
        names = {node.name for node in tree.walk()}
        replaced = {
            name for name in new["leaves"] if new["leaves"][name] is not self.leaves.get(name)
        }
        old = {name: thawed(getattr(self, name)) for name in _GROUPS}
        old["results"] = {name: old["results"][name] for name in old["results"] if name in names}
        for group in ("merges", "levels"):
            old[group] = {name: old[group][name] for name in old[group] if name in names}
        old["labels"] = remaining(old["labels"], {name: name not in replaced for name in names})
        both = laid_over(old, new)
        # A group that is given again is given whole; what no longer fits an expression is dropped.
        both["highlights"] = {**old["highlights"], **new["highlights"]}
        if expr is not None or replaced:
            shapes = infer(
                tree, {name: leaf.shape for name, leaf in both["leaves"].items()}, expr or ""
            )
            both["highlights"] = highlight.kept(both["highlights"], shapes)
        return Figure(self.expr if expr is None else expr, **both)

    def widget(self, *, height: int = 480) -> FigureWidget:
        """Return the figure as a notebook widget, ``height`` pixels high.

        Its ``state`` and ``step`` follow the reader; see ``mmbook.notebook.widget``.

        Raises
        ------
        MmError
            anywidget is not installed.

        """
        from mmbook.notebook.display import widget  # most figures are never in a notebook

        return widget(self, height=height)

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, Any]:
        from mmbook.notebook.display import bundle

        return bundle(self)

    def _repr_html_(self) -> str:
        from mmbook.notebook.page import render

        return render(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figure) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.expr, *self.shapes.values()))

    def __repr__(self) -> str:
        shapes = ", ".join(f"{name} {spelled(shape)}" for name, shape in self.shapes.items())
        return f"<Figure {self.expr}: {shapes}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Figure.from_json, (self.to_json(), self.arrays)


def figure(expr: str, /, **keywords: Any) -> Figure:
    """Return the figure of an expression.

    Parameters
    ----------
    expr
        The expression, such as ``"out = (attn = Q @ K_t) @ V"``.
    keywords
        A keyword that names a matrix of the expression is that matrix: an array, ``matrix(...)`` or
        an initializer; for a product, its epilog (a text) or ``result(...)``. Any other keyword is
        an option: ``title``, ``alt``, ``labels``, ``highlights`` (groups of rows and columns that
        stand out), a group (``layout={...}``), ``camera``, or an
        option of a group by its own name (``gap=10``). Matrices whose names Python cannot spell go
        into ``leaves={...}`` and ``results={...}``; ``leaves`` may hold more than is used.

    Raises
    ------
    ExpressionError, LeafError, ShapeError, ValueTooLarge, OptionError

    """
    tree = parse(expr)
    return Figure(expr, **sort(tree, keywords))


def _known(group: str, members: Mapping[str, Any], possible: set[str]) -> None:
    for name in members:
        if name not in possible:
            problem = f"{name} does not occur in the expression in this role"
            raise FigureError(problem, possible=sorted(possible), where=group)


def _fitting(labels: Mapping[str, Any], shapes: Mapping[str, Shape]) -> None:
    for name, sides in labels.items():
        for side, size in zip(("rows", "cols"), shapes[name], strict=True):
            if side in sides and len(sides[side]) != size:
                problem = f"{name} has {size} {side}, but {len(sides[side])} labels for them"
                raise OptionError(problem, remedy="Give one label for each")
