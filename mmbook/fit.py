"""Sizes for the leaves of an expression, so that every product and every joined matrix fits.

Every side of a matrix is a sum of sizes, mostly of one. A product makes two sides equal, and so do
the parts of a joined matrix across the axis that adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mmbook.expr import Join, Leaf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mmbook.expr import Expr
    from mmbook.shapes import Shape

DEFAULT_SIZE = 32
"""The size of what nothing else decides."""

_Side: TypeAlias = tuple[int, ...]


def fit(tree: Expr, wanted: Mapping[str, Shape], fixed: Collection[str]) -> dict[str, Shape]:
    """Return a shape for every leaf of a tree.

    Parameters
    ----------
    tree
        The expression.
    wanted
        Shapes to keep as far as they fit; where two of them disagree, the first one stays.
    fixed
        Names whose wanted shapes stay in any case. Where they do not fit each other, what is
        returned does not fit either: ``infer`` then says where.

    """
    sizes = _Sizes()
    _sides(tree, sizes, {})
    for firm in (True, False):
        for name, (rows, cols) in wanted.items():
            if name in sizes.leaves and (name in fixed) is firm:
                for (side,), size in zip(sizes.leaves[name], (rows, cols), strict=True):
                    sizes.decide(side, size, firm=firm)
    sizes.settle()
    return {
        name: (sizes.total(rows), sizes.total(cols)) for name, (rows, cols) in sizes.leaves.items()
    }


def _sides(node: Expr, sizes: _Sizes, known: dict[str, tuple[_Side, _Side]]) -> tuple[_Side, _Side]:
    """Return what the rows and the columns of a matrix are sums of."""
    if node.name in known:
        return known[node.name]
    sides: tuple[_Side, _Side]
    if isinstance(node, Leaf):
        sides = sizes.leaf(node.name)
    elif isinstance(node, Join):
        parts = [_sides(part, sizes, known) for part in node.parts]
        along, across = (0, 1) if node.axis == "rows" else (1, 0)
        for part in parts[1:]:
            sizes.equal(parts[0][across], part[across])
        total = tuple(size for part in parts for size in part[along])
        other = parts[0][across]
        sides = (total, other) if node.axis == "rows" else (other, total)
    else:
        left, right = _sides(node.left, sizes, known), _sides(node.right, sizes, known)
        sizes.equal(left[1], right[0])
        sides = left[0], right[1]
    known[node.name] = sides
    return sides


class _Sizes:
    """Unknown sizes, which of them are one and the same, and which sums are equal."""

    def __init__(self) -> None:
        self.leaves: dict[str, tuple[tuple[int], tuple[int]]] = {}
        self.same: list[int] = []
        self.sums: list[tuple[_Side, _Side]] = []
        self.value: dict[int, int] = {}
        self.firm: set[int] = set()

    def leaf(self, name: str) -> tuple[tuple[int], tuple[int]]:
        number = len(self.same)
        self.same += [number, number + 1]
        self.leaves[name] = (number,), (number + 1,)
        return self.leaves[name]

    def find(self, size: int) -> int:
        while self.same[size] != size:
            size = self.same[size]
        return size

    def equal(self, one: _Side, other: _Side) -> None:
        if len(one) == len(other) == 1:
            self.same[self.find(other[0])] = self.find(one[0])
        else:
            self.sums.append((one, other))

    def decide(self, size: int, value: int, *, firm: bool) -> None:
        root = self.find(size)
        self.value.setdefault(root, value)
        if firm:
            self.firm.add(root)

    def total(self, side: _Side) -> int:
        return sum(self.value.get(self.find(size), DEFAULT_SIZE) for size in side)

    def settle(self) -> None:
        """Make equal sums equal, as far as sizes may change: first those nobody asked for."""
        for _ in range(len(self.sums) + 1):
            for one, other in self.sums:
                if self.total(one) == self.total(other):
                    continue
                if not self._adjust(one, self.total(other)):
                    self._adjust(other, self.total(one))

    def _adjust(self, side: _Side, total: int) -> bool:
        roots = [self.find(size) for size in side]
        for root in sorted(roots, key=lambda root: root in self.value):
            count = roots.count(root)
            rest = total - sum(self.total((other,)) for other in roots if other != root)
            if root not in self.firm and rest >= count and rest % count == 0:
                self.value[root] = rest // count
                return True
        return False
