"""Keywords of ``figure`` to the parts of a figure: matrices, products, labels and options.

A keyword that names a matrix of the expression is that matrix, except ``leaves`` and ``results``;
any other one is an option.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from mmbook import highlight, levels
from mmbook.errors import LeafError, OptionError, hint
from mmbook.expr import Join, Leaf, Product
from mmbook.matrix import coerce
from mmbook.schema import GROUPS, OPTION_GROUPS, check_option

if TYPE_CHECKING:
    from mmbook.expr import Expr
    from mmbook.init import Init

_TEXTS = ("title", "alt")
_WHOLE = (*GROUPS, "camera", "merges")
_OTHERS = (*_TEXTS, "labels", "highlights", "levels", "leaves", "results", *_WHOLE)


def result(
    epilog: str | None = None,
    *,
    alg: str | None = None,
    blocks: tuple[int, int, int] | Mapping[str, int] | None = None,
    layout: Mapping[str, str] | None = None,
    look: Mapping[str, Any] | None = None,
    marks: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the options of one product.

    Parameters
    ----------
    epilog
        Function applied to the product, such as ``softmax``.
    alg
        How the product is animated; ``inherit`` as the figure.
    blocks
        Into how many pieces rows, columns and depth are cut: (i, j, k), or ``{"k": 8}``.
    layout
        Placement of this product, for the scheme ``custom``; sides that are not given are as
        under ``blocks``.
    look, marks
        How this product, and everything in it, looks where that is not as the rest of the figure,
        such as ``{"sensitivity": "local"}`` and ``{"legends": 4}``.

    Raises
    ------
    OptionError

    """
    parts = {"layout": layout, "look": look, "marks": marks}
    given = {"epilog": epilog, "alg": alg, "blocks": blocks, **parts}
    options = {name: plain(value) for name, value in given.items() if value is not None}
    if isinstance(options.get("blocks"), list):
        if len(options["blocks"]) != 3:
            raise OptionError("blocks are three numbers", given=blocks, possible="(i, j, k)")
        options["blocks"] = dict(zip("ijk", options["blocks"], strict=True))
    check_option(options, "result")
    return options


def sort(
    tree: Expr, keywords: Mapping[str, Any], pool: Mapping[str, Init] | None = None
) -> dict[str, Any]:
    """Return the fields of a figure: leaves, results, labels, texts and option groups.

    ``pool`` supplies the matrices that the keywords do not.

    Raises
    ------
    OptionError, LeafError, ValueTooLarge

    """
    given = {node.name for node in tree.walk() if isinstance(node, Leaf)}
    products = {node.name for node in tree.walk() if isinstance(node, Product)}
    matrices = (given | products) - {"leaves", "results"}
    options = {name: value for name, value in keywords.items() if name not in matrices}
    joined = {node.name for node in tree.walk() if isinstance(node, Join)}
    _known(options, matrices, joined)

    # A mapping may offer more than an expression uses, as the packs of a model do.
    direct = {name: keywords[name] for name in matrices if name in keywords}
    offers = (pool or {}, options.get("leaves", {}), direct)
    values = {name: offer[name] for offer in offers for name in given if name in offer}
    leaves = {name: _leaf(name, value) for name, value in values.items()}

    wanted = {**options.get("results", {})}
    wanted |= {name: value for name, value in direct.items() if name in products}
    for name in sorted(joined & wanted.keys()):
        raise takes_nothing(name)
    if unknown := wanted.keys() - products:
        problem = f"{min(unknown)} is no product of the expression"
        raise OptionError(problem, possible=sorted(products), where="results")

    fields: dict[str, Any] = {name: options[name] for name in _TEXTS if name in options}
    for name, text in fields.items():
        check_option(text, name)
    fields["leaves"] = {name: _unlabelled(leaf) for name, leaf in leaves.items()}
    fields["results"] = {name: _result(name, value) for name, value in wanted.items()}
    fields["labels"] = _labels(leaves, plain(options.get("labels", {})))
    fields["highlights"] = highlight.read(options.get("highlights", {}))
    fields["levels"] = levels.read(options.get("levels", {}))
    for name in _WHOLE:
        fields[name] = _group(name, options)
    return fields


def takes_nothing(name: str) -> OptionError:
    """Return the error for a joined matrix that is given values or a function."""
    problem = f"{name} is joined from its parts, and takes neither values nor a function"
    return OptionError(problem, remedy="Give them to a part, or to the product it enters")


def plain(value: Any) -> Any:
    """Return a value as JSON has it: numpy's numbers, tuples and mappings become Python's own."""
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    if isinstance(value, Mapping):
        return {name: plain(member) for name, member in value.items()}
    if isinstance(value, tuple | list):
        return [plain(member) for member in value]
    return value


def _known(options: Mapping[str, Any], matrices: set[str], joined: set[str]) -> None:
    possible = (*sorted(matrices), *_OTHERS, *OPTION_GROUPS)
    for name in options:
        if name not in OPTION_GROUPS and name not in _OTHERS:
            if name in joined:
                raise takes_nothing(name)
            remedy = hint(name, possible) or "Remove it, or pass it in leaves={…}"
            problem = f"{name} is neither a matrix of the expression nor an option"
            raise OptionError(problem, possible=possible, remedy=remedy)
    for name in ("leaves", "results", "labels"):
        if not isinstance(options.get(name, {}), Mapping):
            problem = f"{name} maps names of matrices to what they are"
            raise OptionError(problem, given=type(options[name]).__name__, possible="a dict")


def _leaf(name: str, value: Any) -> Init:
    if isinstance(value, str):
        problem = f"{name} is a given matrix, not a product, and takes no epilog"
        remedy = "Give an array, matrix(...), or an initializer such as gaussian(4, 4)"
        raise LeafError(problem, given=value, remedy=remedy)
    return coerce(name, value)


def _unlabelled(leaf: Init) -> Init:
    if leaf.rows is leaf.cols is None:
        return leaf
    return replace(leaf, rows=None, cols=None)


def _result(name: str, value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        value = {"epilog": value}
    if not isinstance(value, Mapping):
        problem = f"{name} is a product: its values are computed"
        remedy = "Rename it in the expression if its values are to be given"
        given = type(value).__name__
        raise OptionError(problem, given=given, possible="an epilog, result(...)", remedy=remedy)
    options: dict[str, Any] = plain(value)
    check_option(options, "result", where=name)
    return options


def _labels(leaves: Mapping[str, Init], explicit: Any) -> dict[str, Any]:
    """Return the labels that came with the values, overlaid with those given by themselves."""
    labels: dict[str, Any] = {}
    for name, leaf in leaves.items():
        sides = {"rows": leaf.rows, "cols": leaf.cols}
        known = {side: list(texts) for side, texts in sides.items() if texts is not None}
        if known:
            labels[name] = known
    for name, sides in explicit.items():
        check_option(sides, "labels", where=name)
        labels[name] = {**labels.get(name, {}), **sides}
    return labels


def _group(group: str, options: Mapping[str, Any]) -> dict[str, Any]:
    members = plain(options.get(group, {}))
    members = {} if members is None and group == "camera" else members
    if members or not isinstance(members, dict):
        check_option(members, group)
    singles = {name: plain(value) for name, value in options.items() if _is_in(name, group)}
    for name, value in singles.items():
        check_option(value, group, name)
    return {**members, **singles}


def _is_in(name: str, group: str) -> bool:
    return OPTION_GROUPS.get(name) == group
