"""The original's tree of parameters → an expression, its matrices and the options of its products.

In the original every place in the tree is a matrix of its own; here the same name is the same
matrix. So matrices of one name that differ in anything are told apart by a suffix, and those that
do not differ become one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mmbook.errors import LinkError
from mmbook.expr import MAX_DEPTH, MAX_PRODUCTS, Expr, Leaf, Product, product_name
from mmbook.formulas import RANDOM
from mmbook.init import Init
from mmbook.original.leaf import is_product, leaf
from mmbook.original.options import BLOCKS, PLACEMENT, Notices, fitted
from mmbook.original.style import Style, inherited
from mmbook.schema import definition

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

__all__ = ["Tree", "own_text"]

_NAME_LENGTH = 150
_DEFAULTS = {"left": "L", "right": "R"}


def own_text(left: str, right: str) -> str:
    """Return what the original calls an unnamed product of two matrices of these names."""
    return f"{left} @ {f'({right})' if ' ' in right else right}"


@dataclass
class Tree:
    """What is gathered on the way through the tree; ``read`` fills it."""

    notices: Notices
    custom: bool
    style: Style
    leaves: dict[str, Init] = field(default_factory=dict)
    labels: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    downloads: dict[str, str] = field(default_factory=dict)
    _meanings: dict[str, Hashable] = field(default_factory=dict)
    _wished: set[str] = field(default_factory=set)
    _products: int = 0

    def read(self, root: Mapping[str, Any]) -> Expr:
        """Return the expression of the whole tree.

        Raises
        ------
        LinkError
            The tree holds more than a figure may, or no tree.
        ValueTooLarge

        """
        self._survey(root, "", 0)
        return self._product(root, "", self.style)[0]

    def _survey(self, node: Mapping[str, Any], path: str, depth: int) -> None:
        """Note every name, so that no suffix takes one, and stop where the tree is too large."""
        if isinstance(name := node.get("name"), str):
            self._wished.add(_legible(name))
        if path and not is_product(node):
            return
        self._products += 1
        if depth >= MAX_DEPTH or self._products > MAX_PRODUCTS:
            raise LinkError(
                "the link holds more products than a figure may",
                possible=f"at most {MAX_PRODUCTS}, at most {MAX_DEPTH} inside each other",
            )
        for side in ("left", "right"):
            self._survey(_child(node, side, path), _below(path, side), depth + 1)

    def _node(self, node: Mapping[str, Any], path: str, outer: Style) -> tuple[Expr, str]:
        return self._product(node, path, outer) if is_product(node) else self._leaf(node, path)

    def _leaf(self, node: Mapping[str, Any], path: str) -> tuple[Expr, str]:
        """Return a leaf and the name it has in the link."""
        side = path.rpartition(".")[2]
        theirs = self._name(node, path) or _DEFAULTS[side]
        init, address = leaf(node, path, self.notices)
        meaning = ("leaf", repr(init.to_dict()), address)
        again = self._meanings.get(theirs) == meaning
        name = self._claimed(theirs, meaning, path, theirs)
        if again and init.kind in RANDOM:
            self.notices.say(f"{name} is drawn once, and is the same matrix everywhere", path)
        self.leaves[name] = init
        if address is not None:
            self.downloads[name] = address
        return Leaf(name), theirs

    def _product(self, node: Mapping[str, Any], path: str, outer: Style) -> tuple[Expr, str]:
        """Return a product and the name it has in the link; ``outer`` is the style around it."""
        style, own_style = inherited(node if path else {}, outer, self.notices, f"{path}.")
        left, their_left = self._node(_child(node, "left", path), _below(path, "left"), style)
        right, their_right = self._node(_child(node, "right", path), _below(path, "right"), style)
        auto = own_text(their_left, their_right)
        given = self._name(node, path)
        theirs = given or auto
        own = product_name(left, right)
        unnamed = "".join(theirs.split()) == "".join(auto.split())
        options = self._options(node, path) | own_style
        meaning = ("product", left.name, right.name, repr(options))
        name = self._claimed(own if unnamed else theirs, meaning, path, theirs)
        if options:
            self.results[name] = options
        return Product(name, left, right, named=name != own), theirs

    def _name(self, node: Mapping[str, Any], path: str) -> str:
        name = node.get("name")
        if not isinstance(name, str):
            return ""
        legible = _legible(name)
        if legible != name.strip():
            self.notices.say(f"the name {name!r:.60} is written {legible!r:.60}", path)
        return legible

    def _claimed(self, wished: str, meaning: Hashable, path: str, title: str) -> str:
        """Return the name for a matrix: the one wished for unless it already means another.

        The picture then still calls it by its title.
        """
        if self._meanings.setdefault(wished, meaning) == meaning:
            return wished
        count = 2
        while True:
            name = _suffixed(wished, count)
            if name not in self._wished and self._meanings.setdefault(name, meaning) == meaning:
                break
            count += 1
        said = f"{wished} already is another matrix; the expression calls this one {name}"
        self.notices.say(said, path)
        self.labels[name] = {"title": title}
        return name

    def _options(self, node: Mapping[str, Any], path: str) -> dict[str, Any]:
        """Return the options of a product, without those at their default."""
        schema = definition("result")["properties"]
        options: dict[str, Any] = {}
        place = f"{path}." if path else ""
        if "epilog" in node:
            epilog = fitted(node["epilog"], schema["epilog"], self.notices, f"{place}epilog")
            options |= {"epilog": epilog} if epilog != "none" else {}
        animation = _group(node, "anim")
        # The root's own algorithm is the figure's.
        if path and "alg" in animation:
            alg = fitted(animation["alg"], schema["alg"], self.notices, f"{place}anim.alg")
            options |= {"alg": alg} if alg != "inherit" else {}
        # Below the root only the depth is free: the other cuts follow from the parent's.
        names = BLOCKS if not path else {"k blocks": "k"}
        counts = self._given(node, "block", names, definition("blocks"), place)
        counts = {ours: count for ours, count in counts.items() if count != 1}
        options |= {"blocks": counts} if counts else {}
        if path and self.custom:
            sides = self._given(node, "layout", PLACEMENT, definition("layout"), place)
            options |= {"layout": sides} if sides else {}
        return options

    def _given(
        self,
        node: Mapping[str, Any],
        group: str,
        names: Mapping[str, str],
        schema: Mapping[str, Any],
        place: str,
    ) -> dict[str, Any]:
        given, properties = _group(node, group), schema["properties"]
        return {
            ours: fitted(given[theirs], properties[ours], self.notices, f"{place}{group}.{theirs}")
            for theirs, ours in names.items()
            if theirs in given
        }


def _group(node: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    group = node.get(name)
    return group if isinstance(group, dict) else {}


def _child(node: Mapping[str, Any], side: str, path: str) -> Mapping[str, Any]:
    child = node.get(side, {} if not path else None)
    if not isinstance(child, dict):
        raise LinkError("the link misses a matrix of its tree", where=_below(path, side))
    return child


def _below(path: str, side: str) -> str:
    return f"{path}.{side}" if path else side


def _legible(name: str) -> str:
    """Return a name that can stand in an expression, the same wherever possible."""
    plain = unicodedata.normalize("NFC", name).replace("`", "'")
    kept = "".join(character if character.isprintable() else " " for character in plain)
    return kept[:_NAME_LENGTH].strip()


def _suffixed(name: str, count: int) -> str:
    return f"{name}_{count}" if name.isidentifier() else f"{name[:_NAME_LENGTH]} ({count})"
