"""Look and marks of single products, which the original hands down to everything inside them.

A product's own ``viz`` and ``deco`` are laid over those around it. ``elem scale`` is one for all
there, and so are the lens, the spotlight and the axes, since there is one pointer and one world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mmbook.original.options import FIELDS, fitted
from mmbook.schema import definition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.original.options import Notices

__all__ = ["ONE_FOR_ALL", "OWN", "Style", "inherited", "styled"]

Style = dict[str, dict[str, Any]]
"""Our group → every option of it that a product can have for itself, with its value."""

_PARTS = {"viz": ("look", definition("look")), "deco": ("marks", definition("own_marks"))}
ONE_FOR_ALL = {"elem scale"}
"""What the original lets a product set to no effect."""
_NAMES = {
    theirs: {
        name: option
        for name, option in FIELDS[theirs][1].items()
        if option in schema["properties"] and name not in ONE_FOR_ALL
    }
    for theirs, (_, schema) in _PARTS.items()
}
OWN: dict[str, dict[str, str]] = {ours: _NAMES[theirs] for theirs, (ours, _) in _PARTS.items()}
"""Our group → the original's names and ours of what a product can have for itself."""


def inherited(
    node: Mapping[str, Any], outer: Style, notices: Notices, place: str
) -> tuple[Style, Style]:
    """Return the style of a product inside ``outer``, and what of it is the product's own."""
    style, own = {}, {}
    for theirs, (ours, _) in _PARTS.items():
        group = node.get(theirs)
        given = group if isinstance(group, dict) else {}
        schema = definition(ours)["properties"]
        values = {
            option: fitted(given[name], schema[option], notices, f"{place}{theirs}.{name}")
            for name, option in _NAMES[theirs].items()
            if name in given
        }
        differing = {name: value for name, value in values.items() if value != outer[ours][name]}
        style[ours] = {**outer[ours], **differing}
        if differing:
            own[ours] = differing
    return style, own


def styled(options: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the original's groups say for the own look and marks of a product."""
    return {
        theirs: {
            name: options[ours][option]
            for name, option in _NAMES[theirs].items()
            if option in options.get(ours, {})
        }
        for theirs, (ours, _) in _PARTS.items()
    }
