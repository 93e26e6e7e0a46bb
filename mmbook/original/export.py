"""A figure → a link of the original tool, as far as the original can say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mmbook.errors import ElementwiseError, LinkError
from mmbook.expr import Leaf, Product
from mmbook.formulas import DROPPED, RANDOM
from mmbook.original.elementwise import javascript
from mmbook.original.options import BLOCKS, FIELDS, PLACEMENT, whole
from mmbook.original.query import write
from mmbook.original.scheme import placement
from mmbook.original.style import OWN, styled
from mmbook.original.tree import own_text
from mmbook.schema import defaults
from mmbook.titles import titles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.expr import Expr
    from mmbook.figure import Figure
    from mmbook.init import Init

__all__ = ["Exported", "export"]


@dataclass(frozen=True)
class Exported:
    """``query`` goes after the original's address and a ``?``; ``left_out`` says what it lacks."""

    query: str
    left_out: tuple[str, ...]


def export(
    figure: Figure, *, downloads: Mapping[str, str] | None = None, leave_out: bool = False
) -> Exported:
    """Return the query that shows a figure in the original tool.

    Random matrices are drawn anew whenever the original shows them.

    Parameters
    ----------
    figure
        The figure: a product.
    downloads
        Where the values of matrices given as data lie, by name: addresses of CSV files.
    leave_out
        Leave out what the original has no words for beside the matrices, such as titles and
        labels, instead of raising.

    Raises
    ------
    LinkError
        The original cannot say something; the message lists all of it.

    """
    if not isinstance(figure.tree, Product):
        raise LinkError("the original shows nothing but products", given=figure.expr)
    if any(not isinstance(node, Leaf | Product) for node in figure.tree.walk()):
        raise LinkError("the original joins no matrices", given=figure.expr)
    writer = _Writer(figure, downloads or {})
    root = writer.written(figure)
    left_out = tuple(dict.fromkeys(_left_out(figure)))
    unspoken = (*dict.fromkeys(writer.unspoken), *(() if leave_out else left_out))
    if unspoken:
        remedy = None
        if not writer.unspoken:
            remedy = "Leave it out with leave_out=True (--leave-out)"
        problem = "the original tool cannot say everything that is in this figure"
        raise LinkError(problem, given="; ".join(unspoken), remedy=remedy)
    return Exported(write(root), left_out)


@dataclass
class _Writer:
    figure: Figure
    downloads: Mapping[str, str]
    unspoken: list[str] = field(default_factory=list)
    titles: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.titles = titles(self.figure.tree, self.figure.labels)

    def written(self, figure: Figure) -> dict[str, Any]:
        layout = {**defaults("layout"), **figure.layout}
        node, _ = self.node(figure.tree, layout)
        groups: dict[str, Any] = {}
        for theirs, (ours, names) in FIELDS.items():
            # What the whole product has for itself, the whole figure has.
            own = figure.results.get(figure.tree.name, {}).get(ours, {}) if ours in OWN else {}
            values = {**defaults(ours), **getattr(figure, ours), **own}
            groups[theirs] = {name: values[option] for name, option in names.items()}
        counts = figure.results.get(figure.tree.name, {}).get("blocks", {})
        groups["block"] = {theirs: counts.get(ours, 1) for theirs, ours in BLOCKS.items()}
        del node["matmul"]
        root = {"expr": figure.tree.text(), **node, **groups}
        if figure.camera:
            point, target = (
                dict(zip("xyz", figure.camera[at], strict=True)) for at in ("position", "target")
            )
            root["cam"] = {**point, "target": target}
        return {**root, "folder": "closed", "compress": False}

    def node(self, node: Expr, sides: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """Return the parameters of a matrix and the name it has in the original."""
        if isinstance(node, Leaf):
            return self.leaf(node.name, self.figure.leaves[node.name]), self.name(node.name)
        assert isinstance(node, Product)
        left, left_name = self.node(node.left, self.inner(node, "left", sides))
        right, right_name = self.node(node.right, self.inner(node, "right", sides))
        titled = node.named or "title" in self.figure.labels.get(node.name, {})
        name = self.name(node.name) if titled else own_text(left_name, right_name)
        options = self.figure.results.get(node.name, {})
        record = {
            "name": name,
            "matmul": True,
            "epilog": options.get("epilog", "none"),
            "left": left,
            "right": right,
            "anim": {"alg": options.get("alg", "inherit")},
            "block": {"k blocks": options.get("blocks", {}).get("k", 1)},
            "layout": {theirs: sides[ours] for theirs, ours in PLACEMENT.items()},
        }
        if node is not self.figure.tree:
            record |= {theirs: given for theirs, given in styled(options).items() if given}
        return record, name

    def inner(self, node: Product, side: str, sides: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the placement of a product inside another."""
        scheme = self.figure.layout.get("scheme", "blocks")
        child = node.left if side == "left" else node.right
        own = self.figure.results.get(child.name, {}).get("layout", {})
        return {**placement(scheme, side, sides), **(own if scheme == "custom" else {})}

    def leaf(self, name: str, init: Init) -> dict[str, Any]:
        record = {
            "name": self.name(name),
            "matmul": False,
            "h": init.shape[0],
            "w": init.shape[1],
            "init": init.kind,
            "min": whole(init.min),
            "max": whole(init.max),
            "dropout": whole(init.dropout),
            "url": "",
            "expr": "",
        }
        if init.kind == "data":
            record["init"] = "url"
            record["url"] = self.downloads.get(name, "")
            if name not in self.downloads:
                self.unspoken.append(f"the values of {name}, which lie at no address")
        if init.expr is not None:
            try:
                record["expr"] = javascript(init.expr)
            except ElementwiseError as error:
                self.unspoken.append(f"{init.expr} ({error.problem})")
        return record

    def name(self, name: str) -> str:
        title = self.titles[name]
        # The original puts names into its page as they are.
        if any(character in title for character in "<>&"):
            self.unspoken.append(f"the name {title}, which it would take for HTML")
        return title


def _left_out(figure: Figure) -> list[str]:
    """Return what the original has no words for and the matrices do not need."""
    lacking = [name for name in ("title", "alt") if getattr(figure, name)]
    if any(sides.keys() - {"title"} for sides in figure.labels.values()):
        lacking.append("labels")
    animation = {**defaults("animation"), **figure.animation}
    known = {group: set(names.values()) for group, names in FIELDS.values()}
    for group, names in known.items():
        for option in getattr(figure, group):
            if option not in names and option != "playing":
                lacking.append(f"{group}.{option}")
    moves = animation["alg"] != "none"
    if moves != animation["playing"]:
        lacking.append("an animation that waits" if moves else "playing without an algorithm")
    inner = {name: options for name, options in figure.results.items() if name != figure.tree.name}
    for name, options in inner.items():
        for group, own in OWN.items():
            for option in sorted(options.get(group, {}).keys() - set(own.values())):
                lacking.append(f"{option} of {name} alone")
    for name, init in figure.leaves.items():
        drawn = init.kind in RANDOM or (init.dropout and init.kind in DROPPED)
        if init.seed is not None and drawn:
            lacking.append(f"the seed of {name}")
    return lacking
