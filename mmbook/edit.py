"""Another expression for a figure, or other leaves: what can stay stays, the rest fits.

By name: a matrix that is called as before is the same matrix, and a product called as before keeps
its function, blocks and animation. A product that only gets a name, or loses one, is known by its
operands. A leaf in the place of one that is gone takes over from it: that is what renaming looks
like.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mmbook.expr import Join, Leaf, Product, parse
from mmbook.figure import Figure
from mmbook.fit import fit
from mmbook.highlight import kept
from mmbook.init import Init
from mmbook.titles import remaining

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mmbook.expr import Expr
    from mmbook.shapes import Shape

DEFAULT_KIND = "gaussian"
"""How a new matrix comes about."""


def edit(figure: Figure, text: str) -> Figure:
    """Return the figure with another expression.

    Leaves and products keep what they had; new leaves get shapes that fit. Where kept shapes do not
    fit each other any more, the first one stays; given values always keep theirs. The camera stays
    while every matrix keeps its shape.

    Raises
    ------
    ExpressionError
        With the column.
    ShapeError
        Given values do not fit.
    ValueTooLarge

    """
    tree = parse(text)
    old = dict(_places(figure.tree, ""))
    names = {node.name for node in tree.walk()}
    leaves: dict[str, Init] = {}
    shapes: dict[str, Shape] = {}
    for place, node in _places(tree, ""):
        before = old.get(place)
        if not isinstance(node, Leaf):
            continue
        if node.name in figure.leaves:
            leaves[node.name] = figure.leaves[node.name]
        elif node.name in figure.shapes:
            # It was made from others: its shape stays, and it begins as the first of them does.
            first = next(leaf for leaf in _node(figure.tree, node.name).walk())
            kind = figure.leaves[first.name]
            leaves[node.name] = _like(kind, figure.shapes[node.name])
        elif isinstance(before, Leaf) and before.name not in names:
            leaves.setdefault(node.name, figure.leaves[before.name])
        if node.name in leaves:
            shapes[node.name] = leaves[node.name].shape
    return _fitted(figure, tree, leaves, shapes, fixed=set())


def with_leaves(figure: Figure, leaves: Mapping[str, Init]) -> Figure:
    """Return the figure with other leaves; those that are not given fit themselves to them.

    Raises
    ------
    ShapeError, ValueTooLarge

    """
    given = {name: replace(leaf, rows=None, cols=None) for name, leaf in leaves.items()}
    both = {**figure.leaves, **given}
    shapes = {name: leaf.shape for name, leaf in both.items()}
    return _fitted(figure, figure.tree, both, shapes, fixed=set(given))


def _fitted(
    figure: Figure,
    tree: Expr,
    leaves: Mapping[str, Init],
    wanted: Mapping[str, Shape],
    fixed: set[str],
) -> Figure:
    firm = fixed | {name for name, leaf in leaves.items() if leaf.array is not None}
    shapes = fit(tree, wanted, firm)
    fitting = {name: _shaped(leaves.get(name), shape) for name, shape in shapes.items()}
    record = figure.to_dict()
    results = _results(figure, tree, record.get("results", {}))
    others = {
        name: record[name]
        for name in ("title", "alt", "layout", "look", "marks", "animation", "camera")
        if name in record
    }
    new = Figure(tree.text(), fitting, results, **others)
    same = {
        name: shape == figure.shapes.get(name) and new.leaves.get(name) is figure.leaves.get(name)
        for name, shape in new.shapes.items()
    }
    labels = remaining(record.get("labels", {}), same)
    highlights = kept(record.get("highlights", {}), new.shapes)
    quantized = {
        name: given
        for name, given in record.get("levels", {}).items()
        if new.leaves.get(name) is figure.leaves.get(name)
    }
    new = replace(new, labels=labels, highlights=highlights, levels=quantized)
    if [*new.shapes.values()] != [*figure.shapes.values()]:
        new = replace(new, camera={})
    return new


def _results(figure: Figure, tree: Expr, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of the products, by name or else by operands."""
    by_operands = {
        _operands(node): known[node.name]
        for node in figure.tree.walk()
        if isinstance(node, Product) and node.name in known
    }
    found = {}
    for node in tree.walk():
        if not isinstance(node, Product):
            continue
        options = known.get(node.name, by_operands.get(_operands(node)))
        if options is not None:
            found[node.name] = options
    return found


def _operands(node: Product) -> tuple[str, str]:
    return node.left.name, node.right.name


def _node(tree: Expr, name: str) -> Expr:
    return next(node for node in tree.walk() if node.name == name)


def _places(node: Expr, place: str) -> Iterator[tuple[str, Expr]]:
    """Yield every node with its place in the tree."""
    yield place, node
    if isinstance(node, Leaf):
        return
    inside = node.parts if isinstance(node, Join) else (node.left, node.right)
    for at, part in enumerate(inside):
        yield from _places(part, f"{place}{at}.")


def _shaped(leaf: Init | None, shape: Shape) -> Init:
    if leaf is None:
        return Init(DEFAULT_KIND, shape)
    return leaf if leaf.shape == shape or leaf.array is not None else replace(leaf, shape=shape)


def _like(leaf: Init, shape: Shape) -> Init:
    return Init(DEFAULT_KIND, shape) if leaf.kind == "data" else replace(leaf, shape=shape)
