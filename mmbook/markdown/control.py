"""Reads ``settings="gap, attn.epilog"`` of a figure: the controls that stand beside it.

An option of the figure stands by its own name. One of a matrix follows the matrix's name and a dot:
``A.dropout`` of a given one; ``C.epilog``, ``C.blocks.k`` or ``C.layout.left`` of a product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mmbook import schema
from mmbook.errors import OptionError, hint
from mmbook.expr import Product
from mmbook.markdown import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mmbook.figure import Figure

# What one control cannot set: a text, two numbers, the digest of values.
_UNCONTROLLED = ("shape", "expr", "data")


@dataclass(frozen=True)
class Control:
    """One option of one figure, and its words for readers without a script.

    ``path`` is where the option stands in the figure's JSON, with dots: ``layout.gap``,
    ``leaves.A.dropout``, ``results.C.blocks.k``.
    """

    path: str
    name: str
    description: str
    values: str


def controls(text: str, figure: Figure) -> tuple[Control, ...]:
    """Return the controls that a list of options asks for.

    Raises
    ------
    OptionError
        An option or a matrix of the list does not exist.

    """
    products = sorted(node.name for node in figure.tree.walk() if isinstance(node, Product))
    return tuple(
        _control(name.strip(), sorted(figure.leaves), products) for name in text.split(",")
    )


def _control(name: str, leaves: Sequence[str], products: Sequence[str]) -> Control:
    if name in schema.OPTION_GROUPS:
        group = schema.OPTION_GROUPS[name]
        return _made(f"{group}.{name}", name, schema.definition(group)["properties"][name])
    for group, part, matrices in (("leaves", "leaf", leaves), ("results", "result", products)):
        for matrix in matrices:
            if name.startswith(f"{matrix}."):
                known = _of_matrix(part)
                option = name.removeprefix(f"{matrix}.")
                if option not in known:
                    raise _unknown(name, [f"{matrix}.{other}" for other in known])
                return _made(f"{group}.{name}", name, known[option])
    matrices = [f"{matrix}.…" for matrix in (*leaves, *products)]
    raise _unknown(name, [*schema.OPTION_GROUPS, *matrices])


def _unknown(name: str, possible: list[str]) -> OptionError:
    problem = "there is no such option to stand beside the figure"
    return OptionError(problem, given=name, possible=possible, remedy=hint(name, possible))


def _of_matrix(part: str) -> dict[str, Any]:
    """Return the options of a leaf or a product that a control can set, inner ones with a dot."""
    known: dict[str, Any] = {}
    for name, option in schema.definition(part)["properties"].items():
        if "$ref" in option:
            inner = schema.definition(option["$ref"].rsplit("/", 1)[-1])["properties"]
            known |= {f"{name}.{key}": value for key, value in inner.items()}
        elif name not in _UNCONTROLLED:
            known[name] = option
    return known


def _made(path: str, name: str, option: dict[str, Any]) -> Control:
    default = options.standard(option)
    values = f"{options.possible(option)}; default {default}".replace("`", "")
    return Control(path, name, option.get("description", ""), values)
