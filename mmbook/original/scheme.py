"""Placements of nested products: the original's links state them, our figures follow a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["placement"]

Placement = dict[str, str]


def placement(scheme: str, side: str, parent: Mapping[str, str]) -> Placement:
    """Return how the product on one side of another is placed.

    Under the scheme custom a product has sides of its own; those it lacks are as under blocks.
    """
    if scheme == "wheel":
        return dict(parent)
    positive = parent["polarity"] == "positive"
    on_right = parent["left"] == "right"
    at_bottom = parent["right"] == "bottom"
    behind = parent["result"] == "back"
    turned = scheme != "zigzag"
    if side == "left":
        nested = (positive != behind, at_bottom != turned, positive == on_right)
    else:
        nested = (on_right != turned, positive != behind, positive == at_bottom)
    return {
        "polarity": "negative" if positive else "positive",
        "left": "right" if nested[0] else "left",
        "right": "bottom" if nested[1] else "top",
        "result": "back" if nested[2] else "front",
    }
