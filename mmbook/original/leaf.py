"""A leaf of the original's tree ⇄ an initializer.

Data from an address are not fetched: such a matrix has no values until the reader supplies them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mmbook.errors import ElementwiseError
from mmbook.formulas import DROPPED, FORMULAS, RANGED
from mmbook.init import Init, missing
from mmbook.original.javascript import translate
from mmbook.original.options import boolean, number, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mmbook.original.options import Notices

__all__ = ["DEFAULTS", "is_product", "leaf"]

_SIDE = 32
# Far more than a matrix may have; what lies beyond need not be spelled out.
_LARGEST = 10**9
DEFAULTS = {"left": "row major", "right": "col major"}


def is_product(node: Mapping[str, Any]) -> bool:
    """Tell whether a node other than the root is a product."""
    flag = node.get("matmul")
    return bool(number(flag)) if boolean(flag) is None else bool(boolean(flag))


def leaf(node: Mapping[str, Any], path: str, notices: Notices) -> tuple[Init, str | None]:
    """Return the initializer of a leaf, and the address its data would come from.

    Raises
    ------
    ValueTooLarge

    """
    side = path.rpartition(".")[2]
    rows, cols = (_size(node, name, path, notices) for name in ("h", "w"))
    kind = node.get("init", DEFAULTS[side])
    if kind == "url":
        return missing(rows, cols), _address(node.get("url"), path, notices)
    if kind == "expr":
        return _elementwise(node.get("expr", ""), rows, cols, path, notices), None
    if not isinstance(kind, str) or kind not in FORMULAS:
        notices.say(f"there is no initializer {kind!r:.60}; the values are missing", path)
        return missing(rows, cols), None
    options: dict[str, Any] = {}
    if kind in RANGED:
        low = _number(node, "min", -1.0, path, notices)
        # The original adds max(0, max - min).
        options = {"min": low, "max": max(low, _number(node, "max", 1.0, path, notices))}
    if kind in DROPPED:
        dropout = _number(node, "dropout", 0.0, path, notices)
        options["dropout"] = min(max(dropout, 0), 1)
        if options["dropout"] != dropout:
            near = whole(options["dropout"])
            notices.say(f"dropout {whole(dropout)} is out of range, taken as {near}", path)
    return Init(kind, (rows, cols), **options), None


def _size(node: Mapping[str, Any], name: str, path: str, notices: Notices) -> int:
    given = _number(node, name, _SIDE, path, notices)
    size = min(max(1, int(given)), _LARGEST)
    if size != given:
        notices.say(f"{name} {whole(given)} is no number of elements, taken as {size}", path)
    return size


def _number(
    node: Mapping[str, Any], name: str, default: float, path: str, notices: Notices
) -> float:
    if name not in node:
        return default
    value = number(node[name])
    if value is None:
        notices.say(f"{name} is no number, taken as {default}", path)
        return default
    return whole(value)


def _elementwise(text: Any, rows: int, cols: int, path: str, notices: Notices) -> Init:
    try:
        return Init("expr", (rows, cols), expr=translate(text if isinstance(text, str) else ""))
    except ElementwiseError as error:
        given = f"{text!r:.200}"
        notices.say(f"the values of {given} are missing: {error.summary.rstrip('.')}", path)
        return missing(rows, cols)


def _address(text: Any, path: str, notices: Notices) -> str | None:
    try:
        parts = urlsplit(text if isinstance(text, str) else "")
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        notices.say("the values are missing: no usable address is given for them", path)
        return None
    return str(text)
