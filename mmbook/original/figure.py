"""A link of the original tool → the figure it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mmbook.figure import Figure
from mmbook.original.leaf import is_product
from mmbook.original.options import FIELDS, Notices, fitted, group, number, whole
from mmbook.original.query import read
from mmbook.original.style import ONE_FOR_ALL, OWN
from mmbook.original.tree import Tree
from mmbook.schema import defaults, definition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


__all__ = ["Imported", "import_link"]

# How many matrices one notice names.
_NAMED = 8


@dataclass(frozen=True)
class Imported:
    """What a link of the original gives.

    ``notices`` are sentences: where the figure is another than the link says. ``downloads`` maps
    the names of matrices whose values are missing to the address they would come from; nothing is
    fetched from there unless the reader says so.
    """

    figure: Figure
    notices: tuple[str, ...]
    downloads: Mapping[str, str]


def import_link(text: str) -> Imported:
    """Return the figure of a link of the original tool.

    Parameters
    ----------
    text
        The address, or only its query, or the JSON of its parameters. Nothing in it is run and
        nothing is fetched. Query keys the original does not know are ignored.

    Raises
    ------
    LinkError
        It is no such link, is damaged or too large, or keeps its figure in a file elsewhere.
    ShapeError
        The matrices in it do not fit.
    ValueTooLarge

    """
    parameters = read(text)
    root, notices = parameters.root, Notices()
    options: dict[str, Any] = {
        ours: group(theirs, root.get(theirs), parameters.whole, notices)
        for theirs, (ours, _) in FIELDS.items()
    }
    if options["animation"].get("alg"):
        # The original knows no pause in a link: what can move, moves.
        options["animation"]["playing"] = True
    style = {ours: {**defaults(ours), **options[ours]} for ours in OWN}
    tree = Tree(notices, options["layout"].get("scheme") == "custom", style)
    expression = tree.read(root)
    notices.extend(_overridden(root, options))
    if tree.downloads:
        first, rest = [*tree.downloads][:_NAMED], len(tree.downloads) - _NAMED
        names = ", ".join(first) + (f" and {rest} more" if rest > 0 else "")
        notices.say(f"the values of {names} are missing: they lie elsewhere and were not fetched")
    figure = Figure(
        expression.text(),
        leaves=tree.leaves,
        results=tree.results,
        labels=tree.labels,
        camera=_camera(root.get("cam"), notices),
        **options,
    )
    return Imported(figure, tuple(notices), tree.downloads)


def _camera(given: Any, notices: Notices) -> dict[str, Any]:
    """Return the camera, or nothing where there is none to look through."""
    if given is None:
        return {}
    points = [_point(given), _point(given.get("target", {}))] if isinstance(given, dict) else []
    if not points or None in points or points[0] == points[1]:
        notices.say("the camera is no place to look from; the whole figure is shown", "cam")
        return {}
    return {"position": points[0], "target": points[1]}


def _point(given: Any) -> list[float] | None:
    if not isinstance(given, dict):
        return None
    numbers = [number(given.get(axis, 0)) for axis in "xyz"]
    return None if None in numbers else [whole(value) for value in numbers if value is not None]


def _overridden(root: Mapping[str, Any], options: Mapping[str, Any]) -> Iterator[str]:
    """Yield a notice for what a product sets for itself, but only the whole figure has."""
    for theirs, (ours, names) in FIELDS.items():
        if ours not in OWN:
            continue
        schema = definition(ours)["properties"]
        shared = {**defaults(ours), **options[ours]}
        figures = {name: names[name] for name in names.keys() - OWN[ours].keys() - ONE_FOR_ALL}
        for path, node in _products(root):
            own = node.get(theirs)
            given = own if isinstance(own, dict) else {}
            other = [
                name
                for name, option in figures.items()
                if name in given
                and fitted(given[name], schema[option], Notices(), "") != shared[option]
            ]
            if other:
                yield f"{path}.{theirs}: {', '.join(sorted(other))} of the whole figure counts."


def _products(root: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    waiting: list[tuple[str, Mapping[str, Any]]] = [("", root)]
    while waiting:
        path, node = waiting.pop()
        if path and not is_product(node):
            continue
        if path:
            yield path, node
        for side in ("left", "right"):
            child = node.get(side)
            if isinstance(child, dict):
                waiting.append((f"{path}.{side}".removeprefix("."), child))
