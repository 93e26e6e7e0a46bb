"""The tree of an expression: given matrices, products, and matrices joined from parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from mmbook.lexer import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Axis: TypeAlias = Literal["rows", "cols"]

SEPARATORS: dict[Axis, str] = {"cols": " | ", "rows": " ; "}


@dataclass(frozen=True)
class Leaf:
    """A matrix that is given. ``column`` is where its name starts, counted from 1."""

    name: str
    column: int = field(default=1, compare=False)

    def text(self) -> str:
        """Return the expression that parses to this leaf."""
        return quoted(self.name)

    def walk(self) -> Iterator[Expr]:
        """Yield this leaf."""
        yield self


@dataclass(frozen=True)
class Product:
    """``left @ right``. ``named`` tells whether the name was given; ``column`` is that of the @."""

    name: str
    left: Expr
    right: Expr
    named: bool = False
    column: int = field(default=1, compare=False)

    def text(self) -> str:
        """Return the expression that parses to this product, names included."""
        left, right = self.left.text(), self.right.text()
        if _named(self.left):
            left = f"({left})"
        if _named(self.right) or isinstance(self.right, Product):
            right = f"({right})"
        return f"{quoted(self.name)} = {left} @ {right}" if self.named else f"{left} @ {right}"

    def walk(self) -> Iterator[Expr]:
        """Yield every node: the left subtree, the right subtree, then this product."""
        yield from self.left.walk()
        yield from self.right.walk()
        yield self


@dataclass(frozen=True)
class Join:
    """Parts beside each other, ``[A | B]``, or below each other, ``[A ; B]``.

    ``axis`` is the one that adds up: ``cols`` beside, ``rows`` below. ``column`` is that of the
    bracket.
    """

    name: str
    parts: tuple[Expr, ...]
    axis: Axis
    named: bool = False
    column: int = field(default=1, compare=False)

    def text(self) -> str:
        """Return the expression that parses to this matrix, names included."""
        joined = f"[{SEPARATORS[self.axis].join(part.text() for part in self.parts)}]"
        return f"{quoted(self.name)} = {joined}" if self.named else joined

    def walk(self) -> Iterator[Expr]:
        """Yield every node: the subtree of each part, then this matrix."""
        for part in self.parts:
            yield from part.walk()
        yield self


Expr: TypeAlias = Leaf | Product | Join


def product_name(left: Expr, right: Expr) -> str:
    """Return the name of an unnamed product of two nodes."""
    after = _spelled(right)
    if isinstance(right, Product) and not right.named:
        after = f"({after})"
    return f"{_spelled(left)} @ {after}"


def join_name(parts: Sequence[Expr], axis: Axis) -> str:
    """Return the name of an unnamed matrix joined from parts."""
    return f"[{SEPARATORS[axis].join(map(_spelled, parts))}]"


def depth(tree: Expr) -> int:
    """Return how many products and joined matrices are nested in each other."""
    if isinstance(tree, Leaf):
        return 0
    inside = tree.parts if isinstance(tree, Join) else (tree.left, tree.right)
    return 1 + max(map(depth, inside))


def _named(node: Expr) -> bool:
    return not isinstance(node, Leaf) and node.named


def _spelled(node: Expr) -> str:
    """Return how a node is called in the names of what it is part of."""
    return quoted(node.name) if isinstance(node, Leaf) or node.named else node.name
