"""Which operands fit, how large a figure may be, and why something does not."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, TypeAlias

from mmbook.errors import LeafError, ShapeError, ValueTooLarge, hint
from mmbook.expr import Join, Leaf, Product

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.expr import Expr

Shape: TypeAlias = tuple[int, int]

# 4096 by 4096: 64 MiB as float32, and the largest texture every WebGL2 device takes is that wide.
MAX_ELEMENTS = 2**24
# 128 MiB as float32; a phone's tab holds them twice, for Python and for the GPU.
MAX_FIGURE_ELEMENTS = 2**25
# About a minute in the page, whose numpy has no BLAS; under ten seconds in CPython.
MAX_MULTIPLICATIONS = 2**34


def infer(tree: Expr, leaf_shapes: Mapping[str, Shape], text: str = "") -> dict[str, Shape]:
    """Return the (rows, columns) of every matrix of a tree, by name.

    ``text`` is the expression the tree was parsed from; error messages point into it.

    Raises
    ------
    LeafError
        A leaf has no shape.
    ShapeError
        The columns of a left operand differ from the rows of the right one, or parts that stand
        beside each other differ in rows, below each other in columns.
    ValueTooLarge
        A matrix, or the figure as a whole, is over its limit.

    """
    shapes: dict[str, Shape] = {}
    multiplications = 0
    for node in tree.walk():
        if node.name in shapes:
            continue
        if isinstance(node, Leaf):
            if node.name not in leaf_shapes:
                raise missing(node.name, leaf_shapes)
            shape = leaf_shapes[node.name]
        elif isinstance(node, Join):
            shape = _joined(node, shapes, text)
        else:
            shape, depth = _fitted(node, shapes, text)
            multiplications += shape[0] * shape[1] * depth
        shapes[node.name] = limited(shape, node.name)
    _limit("the figure", "elements", sum(h * w for h, w in shapes.values()), MAX_FIGURE_ELEMENTS)
    _limit("the figure", "multiplications", multiplications, MAX_MULTIPLICATIONS)
    return shapes


def checked(rows: object, cols: object, name: str = "") -> Shape:
    """Return (rows, columns) if they are whole numbers of at least 1 and within the limit.

    Raises
    ------
    LeafError, ValueTooLarge

    """
    try:
        shape = operator.index(rows), operator.index(cols)  # type: ignore[arg-type]
    except TypeError:
        shape = 0, 0
    if min(shape) < 1 or isinstance(rows, bool) or isinstance(cols, bool):
        raise LeafError(
            "a matrix needs a number of rows and a number of columns",
            given=f"{rows!r}, {cols!r}",
            possible="whole numbers from 1",
            where=name or None,
        )
    return limited(shape, name)


def limited(shape: Shape, name: str = "") -> Shape:
    """Return the shape if one matrix may be that large; raise ValueTooLarge otherwise."""
    _limit(name or "a matrix", f"elements ({spelled(shape)})", shape[0] * shape[1], MAX_ELEMENTS)
    return shape


def spelled(shape: Shape) -> str:
    """Return a shape as it is written in messages: ``9 × 64``."""
    return f"{shape[0]} × {shape[1]}"


def missing(name: str, given: Mapping[str, object]) -> LeafError:
    """Return the error for a leaf without a value, with the likeliest misspelling."""
    remedy = hint(name, given) or f"Give {name} a value, or remove it"
    return LeafError(f"no value is given for the matrix {name}", possible=given, remedy=remedy)


def _fitted(node: Product, shapes: Mapping[str, Shape], text: str) -> tuple[Shape, int]:
    """Return the shape and the depth of a product."""
    left, right = node.left.name, node.right.name
    (rows, depth), (height, cols) = shapes[left], shapes[right]
    if depth != height:
        raise ShapeError(
            f"{left} is {spelled((rows, depth))} and {right} is {spelled((height, cols))}: "
            f"{left} has {depth} columns, but {right} has {height} rows",
            left=left,
            right=right,
            shapes=((rows, depth), (height, cols)),
            text=text,
            column=node.column if text else None,
            remedy="Make the two numbers equal, or transpose one of the matrices",
        )
    return (rows, cols), depth


def _joined(node: Join, shapes: Mapping[str, Shape], text: str) -> Shape:
    """Return the shape of a matrix that is joined from parts."""
    parts = [shapes[part.name] for part in node.parts]
    rows, cols = zip(*parts, strict=True)
    across, side, lie = (
        (rows, "rows", "beside") if node.axis == "cols" else (cols, "columns", "below")
    )
    other = next((at for at, size in enumerate(across) if size != across[0]), None)
    if other is not None:
        named = [f"{part.name} is {spelled(shapes[part.name])}" for part in node.parts]
        raise ShapeError(
            f"matrices {lie} each other need the same number of {side}: {', '.join(named)}",
            left=node.parts[0].name,
            right=node.parts[other].name,
            shapes=(parts[0], parts[other]),
            text=text,
            column=node.column if text else None,
            remedy="Make the numbers equal, or transpose one of the matrices",
        )
    return (rows[0], sum(cols)) if node.axis == "cols" else (sum(rows), cols[0])


def _limit(what: str, unit: str, size: int, limit: int) -> None:
    if size > limit:
        raise ValueTooLarge(
            f"{what} would have {size:,} {unit}",
            size=size,
            limit=limit,
            possible=f"at most {limit:,}",
            remedy="Make the matrices smaller",
        )
