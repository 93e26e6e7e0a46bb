"""Hypothesis strategies for trees, shapes and figures."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from mmbook.expr import Expr, Join, Leaf, Product, join_name, product_name

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from mmbook.tree import Axis

plain_names = st.sampled_from(["A", "B", "x_t", "wQ", "ψ", "été", "名前", "_", "in"])
odd_names = (
    st.text(st.characters(exclude_characters="`", exclude_categories=["C", "Z"]), min_size=1)
    .map(lambda name: unicodedata.normalize("NFC", name))
    .filter(lambda name: name.isprintable() and len(name) <= 40)
)
leaf_names = plain_names | odd_names
axes: st.SearchStrategy[Axis] = st.sampled_from(["rows", "cols"])


@st.composite
def trees(draw: DrawFn, leaves: int = 8) -> Expr:
    """Draw any tree whose names mean one thing each."""
    parts: list[Expr] = [
        Leaf(name) for name in draw(st.lists(leaf_names, min_size=1, max_size=leaves))
    ]
    count = 0
    while len(parts) > 1:
        at = draw(st.integers(0, len(parts) - 2))
        end = at + 2
        named = draw(st.booleans())
        count += 1
        if draw(st.integers(0, 2)):
            left, right = parts[at:end]
            name = f"P{count}" if named else product_name(left, right)
            made: Expr = Product(name, left, right, named)
        else:
            end = draw(st.integers(end, len(parts)))
            axis = draw(axes)
            name = f"P{count}" if named else join_name(parts[at:end], axis)
            made = Join(name, tuple(parts[at:end]), axis, named)
        parts[at:end] = [made]
    meanings: dict[str, Expr] = {}
    # A leaf may happen to be spelt like a product.
    assume(all(meanings.setdefault(node.name, node) == node for node in parts[0].walk()))
    return parts[0]


@dataclass(frozen=True)
class Fitting:
    """A tree whose operands fit, with the shapes of its leaves."""

    tree: Expr
    shapes: dict[str, tuple[int, int]]


@st.composite
def fitting(draw: DrawFn, largest: int = 6, depth: int = 3) -> Fitting:
    """Draw a tree whose operands fit; leaves of one shape may be shared."""
    sides = st.integers(1, largest)
    shapes: dict[str, tuple[int, int]] = {}

    def join(rows: int, cols: int, level: int) -> Join:
        axis = draw(axes) if min(rows, cols) > 1 else "cols" if cols > 1 else "rows"
        size = cols if axis == "cols" else rows
        seams = draw(st.sets(st.integers(1, size - 1), min_size=1, max_size=3))
        counts = [to - start for start, to in itertools.pairwise([0, *sorted(seams), size])]
        parts = tuple(
            matrix(rows, count, level - 1) if axis == "cols" else matrix(count, cols, level - 1)
            for count in counts
        )
        return Join(join_name(parts, axis), parts, axis)

    def matrix(rows: int, cols: int, level: int) -> Expr:
        kind = draw(st.sampled_from(["leaf", "leaf", "product", "join"])) if level else "leaf"
        if kind == "join" and max(rows, cols) > 1:
            return join(rows, cols, level)
        if kind == "product":
            inner = draw(sides)
            left, right = matrix(rows, inner, level - 1), matrix(inner, cols, level - 1)
            return Product(product_name(left, right), left, right)
        same = [name for name, shape in shapes.items() if shape == (rows, cols)]
        if same and draw(st.booleans()):
            return Leaf(draw(st.sampled_from(same)))
        name = f"M{len(shapes)}"
        shapes[name] = (rows, cols)
        return Leaf(name)

    left = matrix(draw(sides), inner := draw(sides), depth)
    right = matrix(inner, draw(sides), depth)
    return Fitting(Product(product_name(left, right), left, right), shapes)


def values(shape: tuple[int, int]) -> st.SearchStrategy[np.ndarray]:
    """Draw float32 values with a few zeros among them."""
    return st.integers(0, 2**32 - 1).map(
        lambda seed: np.where(
            (stream := np.random.RandomState(seed)).random_sample(shape) < 0.1,
            0.0,
            stream.standard_normal(shape),
        ).astype(np.float32)
    )
