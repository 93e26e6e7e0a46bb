"""What matrices are called in the picture: their names, unless the figure has a title for them.

A name tells matrices apart; a title need not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mmbook.tree import Join, Leaf, join_name, product_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.tree import Expr


def titles(tree: Expr, labels: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the title of every matrix by name.

    An unnamed product, or joined matrix, is called by its own text, written with the titles of its
    operands.
    """
    found: dict[str, str] = {}

    def called(node: Expr) -> Expr:
        return replace(node, name=found[node.name])

    for node in tree.walk():
        given = labels.get(node.name, {}).get("title")
        if given:
            found[node.name] = given
        elif isinstance(node, Leaf) or node.named:
            found[node.name] = node.name
        elif isinstance(node, Join):
            found[node.name] = join_name([called(part) for part in node.parts], node.axis)
        else:
            found[node.name] = product_name(called(node.left), called(node.right))
    return found


def remaining(
    labels: Mapping[str, Mapping[str, Any]], same: Mapping[str, bool]
) -> dict[str, dict[str, Any]]:
    """Return the labels of the matrices that are still there; ``same`` says which kept its values.

    Rows and columns of other values stand for something else, but the title is the matrix's own.
    """
    found = {}
    for name, sides in labels.items():
        stay = {part: sides[part] for part in sides if part == "title" or same.get(name)}
        if name in same and stay:
            found[name] = stay
    return found
