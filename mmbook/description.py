"""What a figure shows, in words, for readers who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mmbook import highlight, levels
from mmbook.expr import Join, Leaf, Product
from mmbook.titles import titles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.expr import Expr
    from mmbook.figure import Figure

# Read aloud, "softmax(tril(x/sqrt(k)))" is noise.
_EPILOGS = {
    "relu": "the relu of {product}",
    "gelu": "the gelu of {product}",
    "sigmoid": "the sigmoid of {product}",
    "silu": "the silu of {product}",
    "tanh": "the hyperbolic tangent of {product}",
    "x**2": "the square of every element of {product}",
    "x/k": "{product}, divided by its depth {depth}",
    "x/sqrt(k)": "{product}, divided by the square root of its depth {depth}",
    "layernorm": "{product}, each row normalised to mean 0 and variance 1",
    "softmax": "the softmax of each row of {product}",
    "softmax(x/sqrt(k))": (
        "the softmax of each row of {product}, divided by the square root of its depth {depth}"
    ),
    "softmax(tril(x/sqrt(k)))": (
        "the causal softmax of each row of {product}, divided by the square root of its depth "
        "{depth}: row i sees columns up to i, the others are 0"
    ),
    "softmax(tril(x/8))": (
        "the causal softmax of each row of {product}, divided by 8: row i sees columns up to i, "
        "the others are 0"
    ),
}


def describe(figure: Figure, ranges: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the title, the author's words, and a sentence for every matrix with its range.

    The author's ``alt`` comes first where there is one; what was computed follows in any case.
    """
    sentences = [_ended(text) for text in (figure.title, figure.alt) if text.strip()]
    made = [node for node in dict.fromkeys(figure.tree.walk()) if not isinstance(node, Leaf)]
    count = sum(isinstance(node, Product) for node in made)
    if count:
        sentences.append(f"{count} matrix {'product' if count == 1 else 'products'}.")
    called = titles(figure.tree, figure.labels)
    if not made:
        name = figure.tree.name
        size, span = _size(figure, name), _span(ranges[name])
        sentences.append(f"One matrix, {called[name]}, {size}; {span}.")
    introduced: set[str] = set()
    for node in made:
        operands = []
        for part in _operands(node):
            known = part.name in introduced
            introduced.add(part.name)
            title = called[part.name]
            operands.append(title if known else f"{title} ({_size(figure, part.name)})")
        introduced.add(node.name)
        size, span = _size(figure, node.name), _span(ranges[node.name])
        sentences.append(
            f"{called[node.name]}, {size}, is {_made(node, operands, figure)}; {span}."
        )
    lit = highlight.spoken(figure.highlights, called)
    return " ".join([*sentences, *lit, *levels.spoken(figure.levels, called)])


def _operands(node: Product | Join) -> tuple[Expr, ...]:
    return node.parts if isinstance(node, Join) else (node.left, node.right)


def _made(node: Product | Join, operands: list[str], figure: Figure) -> str:
    if isinstance(node, Join):
        return (" beside " if node.axis == "cols" else " above ").join(operands)
    epilog = figure.results.get(node.name, {}).get("epilog", "none")
    depth = figure.shapes[node.left.name][1]
    product = " times ".join(operands)
    return _EPILOGS.get(epilog, "{product}").format(product=product, depth=depth)


def _size(figure: Figure, name: str) -> str:
    rows, cols = figure.shapes[name]
    return f"{rows} by {cols}"


def _span(values: Mapping[str, Any]) -> str:
    low, high, missing = values["min"], values["max"], values["missing"]
    gaps = f", {missing} without a value" if missing else ""
    if low is None:
        return f"no finite values{gaps}"
    if low == high:
        return f"every value {low:.3g}{gaps}"
    return f"values from {low:.3g} to {high:.3g}{gaps}"


def _ended(text: str) -> str:
    text = " ".join(text.split())
    return text if text[-1] in ".!?…" else f"{text}."
