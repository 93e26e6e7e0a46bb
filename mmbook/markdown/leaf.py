"""Reads the value of a matrix as a fence writes it.

Either a call of an initializer with literal arguments, ``gaussian(9, 64, seed=3)``, or nested
lists, or ``pack("name", "entry")``. The text is parsed, never evaluated.
"""

from __future__ import annotations

import ast
from typing import Any

from mmbook import init, packs
from mmbook.errors import LeafError, OptionError, PackError
from mmbook.matrix import matrix

INITIALIZERS = (
    "gaussian",
    "uniform",
    "rows",
    "cols",
    "row_major",
    "col_major",
    "pt_linear",
    "tril_mask",
    "triu_mask",
    "eye",
    "diff",
    "elementwise",
    "matrix",
)
_POSSIBLE = (*(f"{name}(…)" for name in INITIALIZERS), 'pack("name", "entry")', "[[1, 2], [3, 4]]")


def call(text: str) -> tuple[str, list[Any], dict[str, Any]]:
    """Return name, positional and keyword arguments of a call whose arguments are literals."""
    tree = _parse(text)
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
        raise LeafError("this is no call with literal arguments", given=text, possible=_POSSIBLE)
    try:
        arguments = [ast.literal_eval(argument) for argument in tree.args]
        keywords = {str(kw.arg): ast.literal_eval(kw.value) for kw in tree.keywords if kw.arg}
    except ValueError:
        raise LeafError(
            "an argument is no literal",
            given=text,
            possible="numbers, texts, lists, True, False and None",
        ) from None
    if len(keywords) != len(tree.keywords):
        raise LeafError("** cannot be used here", given=text, possible=_POSSIBLE)
    return tree.func.id, arguments, keywords


def leaf(text: str) -> Any:
    """Return the matrix that the text stands for, in a form that ``figure(leaves=…)`` takes."""
    if text.lstrip().startswith("["):
        return _rows(text)
    name, arguments, keywords = call(text)
    if name == "pack":
        return _packed(text, arguments, keywords)
    if name not in INITIALIZERS:
        raise LeafError("there is no such initializer", given=name, possible=_POSSIBLE)
    try:
        return (matrix if name == "matrix" else getattr(init, name))(*arguments, **keywords)
    except TypeError as error:
        # The signature's own words: which argument is missing, unknown or given twice.
        raise LeafError(str(error), given=text, possible=_POSSIBLE) from None


def _rows(text: str) -> Any:
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError):
        raise LeafError(
            "these are no nested lists of numbers", given=text, possible=_POSSIBLE
        ) from None
    return matrix(value)


def _packed(text: str, arguments: list[Any], keywords: dict[str, Any]) -> Any:
    if keywords or len(arguments) != 2 or not all(isinstance(item, str) for item in arguments):
        raise OptionError("pack takes two texts", given=text, possible='pack("name", "entry")')
    name, entry = arguments
    arrays = packs.load(name)
    if entry not in arrays:
        raise PackError(f"pack {name} has no such entry", given=entry, possible=sorted(arrays))
    return matrix(arrays[entry])


def _parse(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        raise LeafError("this cannot be read", given=text, possible=_POSSIBLE) from None
